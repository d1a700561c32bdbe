-- Figures under any narrowing, of any past day: the finished days of the ledger's history written close together, see
-- server/figures/layout.ts. Written at night; what is not in them yet is counted from spans and turns.

-- Numbers that stand in blocks for units, sectors, sources, areas, plans, batches, sets of tags and map cells. 0 is none.
create table problem_code (
  jurisdiction text not null,
  what text not null check (what in ('unit', 'sector', 'source', 'area', 'plan', 'batch', 'tags', 'cell')),
  value text not null,
  code int not null,
  -- the code in digits of 64, as it stands in blocks
  mark text not null,
  id bigint generated always as identity,
  primary key (jurisdiction, what, value),
  -- as many as two digits (three for the last ones) of 64 hold
  check (code between 1 and case when what in ('batch', 'tags', 'cell') then 262143 else 4095 end)
);
create unique index problem_code_by_id on problem_code (jurisdiction, id) include (what, value, code);

-- Days since 1970 in three digits of 64.
create table problem_day_mark (day date primary key, mark text not null);
insert into problem_day_mark
select date '1970-01-01' + n, chr(48 + (n >> 12)) || chr(48 + ((n >> 6) & 63)) || chr(48 + (n & 63)) from generate_series(0, 65535) n;
analyze problem_day_mark;

-- stock: all that was open on any evening of 16 days, by deadline and serial; flow: the turns of a month.
create table problem_block (
  jurisdiction text not null,
  what text not null check (what in ('stock', 'flow')),
  first_day date not null,
  -- the last finished day that is in it
  to_day date not null,
  stamp uuid not null,
  body text not null,
  -- what few questions ask: plan, batch, tags, map cell
  more text not null,
  serials bytea,
  primary key (jurisdiction, what, first_day)
);
-- read whole and often: not to be unpacked each time
alter table problem_block alter body set storage external, alter more set storage external, alter serials set storage external;

drop table problem_stock;

-- Open ones of a day more or less than on the day before, under the key: what began of spans less what ended of them.
truncate problem_flow;
delete from problem_kept;
alter table problem_flow add net int not null default 0;
drop index problem_flow_by_time;
create index problem_flow_by_time on problem_flow (jurisdiction, dim, slice, period, first_day)
  include (key, key2, registered, late_entry, found_at_grid, fixed_on_spot, closed, closed_late, closed_on_spot,
    closed_at_grid, other_end, reopened, rechecked, passed, first_checked, first_passed, net);
