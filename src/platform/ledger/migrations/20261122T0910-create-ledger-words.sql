-- What a row of a ledger can be found by, as numbers of one GIN index. Each facet (a short text: sign and value) gives
-- one word for the whole ledger and, if it is one that many rows have, one for the block of rows in which the row lies
-- along each axis: blocks of 65,536 serials, blocks of 16 days. `days`: one for each further axis; null: the row does
-- not lie on the axis; infinity: it lies behind all days, in blocks of serials.
-- Upper 32 bits: facet of the jurisdiction. Lower 32 bits: axis (28), behind all days (27), block. See platform/ledger.
create function ledger_words(code text, serial bigint, days date[], many text[], few text[]) returns bigint[]
language plpgsql immutable parallel safe as $$
declare
  lows bigint[] := array[0, 268435456 + (serial - 200000000000) / 65536];
  words bigint[] := '{}';
  facet text;
  high bigint;
  low bigint;
begin
  for axis in 1 .. coalesce(cardinality(days), 0) loop
    if days[axis] = 'infinity' then
      lows := lows || ((axis + 1) * 268435456 + 134217728 + (serial - 200000000000) / 65536);
    elsif days[axis] is not null then
      lows := lows || ((axis + 1) * 268435456 + (((days[axis] - date '1970-01-01') >> 4) + 1048576)::bigint);
    end if;
  end loop;
  foreach facet in array many || ''::text loop
    if facet is not null then
      high := ('x' || left(md5(code || facet), 8))::bit(32)::bigint << 32;
      foreach low in array lows loop
        words := words || (high | low);
      end loop;
    end if;
  end loop;
  foreach facet in array few loop
    if facet is not null then
      words := words || (('x' || left(md5(code || facet), 8))::bit(32)::bigint << 32);
    end if;
  end loop;
  return words;
end
$$;

-- The same for a stretch of days (`to_on`: the first day after it): the words of each facet, and of none, in the blocks of 16
-- days that it touches.
create function ledger_span_words(code text, from_on date, to_on date, facets text[]) returns bigint[]
language plpgsql immutable parallel safe as $$
declare
  axis bigint := 15::bigint * 268435456 + 1048576;
  words bigint[] := '{}';
  facet text;
  high bigint;
begin
  foreach facet in array facets || ''::text loop
    if facet is not null then
      high := ('x' || left(md5(code || facet), 8))::bit(32)::bigint << 32;
      for block in (from_on - date '1970-01-01') >> 4 .. (to_on - 1 - date '1970-01-01') >> 4 loop
        words := words || (high | (axis + block));
      end loop;
    end if;
  end loop;
  return words;
end
$$;

-- The first block from `start` on (counted from 0) of which some row has one of its words and one of the words of `beside`;
-- null: none. `blocks` holds `width` words of each block one after the other, `expression` the words of a row `t`.
-- The planner would read the table in hope of an early hit: not so within this function.
create function ledger_first_block(name text, expression text, blocks bigint[], width int, beside bigint[], start int) returns int
language plpgsql stable set enable_seqscan = off as $$
declare
  hit int;
begin
  for block in start .. cardinality(blocks) / width - 1 loop
    execute format('select 1 from %I t where %s && $1 and %s && $2 limit 1', name, expression, expression)
      into hit using blocks[block * width + 1 : (block + 1) * width], beside;
    if hit is not null then
      return block;
    end if;
  end loop;
  return null;
end
$$;
