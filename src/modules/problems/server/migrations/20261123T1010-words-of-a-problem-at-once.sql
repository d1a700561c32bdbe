-- The words by which a problem is found, in one function: the same numbers as `ledger_words` gives for its facets, in two
-- thirds of the time, since every registration computes them. It calls nothing of ours and so needs no path of its own.
-- Signs and axes: see platform/ledger; axes: 0 none, 1 serial, 2 due, 3 closed, 4 found.
create or replace function problem_words(p_jurisdiction text, p_serial bigint, due_on date, closed_on date, found_on date, lead uuid,
    units uuid[], sector text, tags text[], flags text[], area text, grid text, enterprise uuid, plan uuid, stage uuid, task uuid,
    batch uuid, source text, kind text, grade text, state text) returns bigint[]
  language plpgsql immutable parallel safe as $$
declare
  axis constant bigint := 268435456;
  behind constant bigint := 134217728;
  block constant bigint := (p_serial - 200000000000) / 65536;
  lows bigint[] := array[0, axis + block];
  many text[] := array['', 'l' || lead, 's' || sector, 'a' || area, 'p' || plan, 'g' || stage, 'r' || source, 'k' || kind];
  words bigint[] := '{}';
  unit uuid;
  facet text;
  high bigint;
  low bigint;
begin
  if coalesce(due_on, 'infinity') = 'infinity' then
    lows := lows || (2 * axis + behind + block);
  else
    lows := lows || (2 * axis + (((due_on - date '1970-01-01') >> 4) + 1048576)::bigint);
  end if;
  if closed_on = 'infinity' then
    lows := lows || (3 * axis + behind + block);
  elsif closed_on is not null then
    lows := lows || (3 * axis + (((closed_on - date '1970-01-01') >> 4) + 1048576)::bigint);
  end if;
  if found_on = 'infinity' then
    lows := lows || (4 * axis + behind + block);
  elsif found_on is not null then
    lows := lows || (4 * axis + (((found_on - date '1970-01-01') >> 4) + 1048576)::bigint);
  end if;
  if grade <> 'general' then
    many := many || ('m' || grade);
  end if;
  if state <> 'closed' then
    many := many || ('t' || state);
  end if;
  if state not in ('closed', 'withdrawn', 'merged', 'unfounded') then
    many := many || 'o'::text;
  end if;
  foreach unit in array coalesce(units, '{}') loop
    many := many || ('u' || unit);
  end loop;
  foreach facet in array coalesce(tags, '{}') loop
    many := many || ('x' || facet);
  end loop;
  foreach facet in array coalesce(flags, '{}') loop
    many := many || ('f' || facet);
  end loop;
  foreach facet in array many loop
    if facet is not null then
      high := ('x' || left(md5(p_jurisdiction || facet), 8))::bit(32)::bigint << 32;
      foreach low in array lows loop
        words := words || (high | low);
      end loop;
    end if;
  end loop;
  foreach facet in array array['e' || enterprise, 'w' || task, 'b' || batch, 'd' || grid] loop
    if facet is not null then
      words := words || (('x' || left(md5(p_jurisdiction || facet), 8))::bit(32)::bigint << 32);
    end if;
  end loop;
  return words;
end $$;
