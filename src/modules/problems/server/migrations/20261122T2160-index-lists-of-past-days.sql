-- Lists by the day of entry find their serials through it.
create index problem_by_entry on problem (jurisdiction, entered_on, serial);

-- What an ended span can be found by: its facets (signs as in problem_words, and none) in each block of 16 days that it
-- touches. A list of a past day then reads what was open then and fits, not all that was open.
create function problem_span_words(code text, from_on date, to_on date, lead uuid, units uuid[], sector text, tags text[], area text,
    plan uuid, stage uuid, source text, kind text, grade text, state text) returns bigint[]
  language plpgsql immutable parallel safe set search_path from current as $$
begin
  return ledger_span_words(code, from_on, to_on,
    array['l' || lead, 's' || sector, 'a' || area, 'p' || plan, 'g' || stage, 'r' || source, 'k' || kind, 't' || state,
      case when grade <> 'general' then 'm' || grade end]
      || array(select 'u' || x from unnest(units) x) || array(select 'x' || x from unnest(tags) x));
end $$;
create index problem_span_search on problem_span using gin (problem_span_words(jurisdiction, from_on, to_on, lead_unit_id, units,
  sector, tags, area_code, plan_id, stage_id, source_type, kind, grade, state)) with (gin_pending_list_limit = 256)
  where to_on is not null;
alter index problem_span_search alter column 1 set statistics 300;
