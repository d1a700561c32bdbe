-- Most questions about figures are of one unit or a few: each unit's share of a block of finished days lies in a row of its own,
-- so that no more of the history is read than was asked for. Flow lies in shares of sectors, too (what: flowBySector). The block
-- itself says which days are in it, and changes its stamp whenever its shares are written anew.
create table problem_block_part (
  jurisdiction text not null,
  what text not null,
  first_day date not null,
  -- code of the lead unit, or of the sector; 0 is none
  share int not null,
  body text not null,
  -- what few questions ask: plan, batch, tags, map cell
  more text not null,
  serials bytea,
  primary key (jurisdiction, what, first_day, share)
);
-- handed over as they are: not to be unpacked each time
alter table problem_block_part alter body set storage external, alter more set storage external, alter serials set storage external;

-- Blocks that are there are taken apart: rows lose the two digits of their unit, or sector, and keep their order. A second or
-- less for a hundred thousand problems, about two minutes for ten million.
do $$
declare
  block record;
  body bytea;
  more bytea;
  serials bytea;
  width int;
  place int;
  beside int;
  lot text;
begin
  for block in select b.jurisdiction, b.what, b.first_day from problem_block b order by 1, 2, 3 loop
    select convert_to(b.body, 'UTF8'), convert_to(b.more, 'UTF8'), b.serials || ''::bytea into body, more, serials
    from problem_block b
    where b.jurisdiction = block.jurisdiction and b.what = block.what and b.first_day = block.first_day;
    foreach lot in array case block.what when 'stock' then array['stock'] else array['flow', 'flowBySector'] end loop
      -- where the two digits are that rows lose
      place := case lot when 'stock' then 2 when 'flow' then 1 else 3 end;
      width := case lot when 'stock' then 24 else 14 end;
      beside := case lot when 'stock' then 11 else 8 end;
      insert into problem_block_part (jurisdiction, what, first_day, share, body, more, serials)
      select block.jurisdiction, lot, block.first_day, coalesce(c.code, 0), convert_from(p.body, 'UTF8'),
        convert_from(p.more, 'UTF8'), p.serials
      from (
        select r.mark, string_agg(r.body, ''::bytea order by r.row) as body,
          string_agg(r.more, ''::bytea order by r.row) as more, string_agg(r.serial, ''::bytea order by r.row) as serials
        from (
          select g.row, substring(body from g.row * width + place + 1 for 2) as mark,
            substring(body from g.row * width + 1 for place)
              || substring(body from g.row * width + place + 3 for width - place - 2) as body,
            substring(more from g.row * beside + 1 for beside) as more, substring(serials from g.row * 8 + 1 for 8) as serial
          from generate_series(0, length(body) / width - 1) g (row)) r
        group by r.mark) p
      left join problem_code c on c.jurisdiction = block.jurisdiction and c.mark = convert_from(p.mark, 'UTF8')
        and c.what = case lot when 'flowBySector' then 'sector' else 'unit' end;
    end loop;
  end loop;
end $$;
analyze problem_block_part;

-- A new table and not fewer columns: what was in them would keep its room.
create table problem_block_head (
  jurisdiction text not null,
  what text not null check (what in ('stock', 'flow')),
  first_day date not null,
  -- the last finished day that is in it
  to_day date not null,
  stamp uuid not null,
  primary key (jurisdiction, what, first_day)
);
insert into problem_block_head select jurisdiction, what, first_day, to_day, stamp from problem_block;
drop table problem_block;
alter table problem_block_head rename to problem_block;
alter index problem_block_head_pkey rename to problem_block_pkey;
analyze problem_block;

-- Changes whenever anything that is kept does: what a process knows of blocks and codes holds as long as this stands.
alter table problem_kept add stamp uuid not null default gen_random_uuid();
