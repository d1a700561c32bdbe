-- A list of a past day, and what moved since the last finished day, read running spans in this index alone: everything that
-- filters and lines ask of them lies in it.
drop index problem_span_running;
create index problem_span_running on problem_span (jurisdiction, from_on)
  include (problem_id, serial, state, lead_unit_id, sector, grade, kind, source_type, due_on, amber_on, opened_on, listed, units,
    extensions, area_code, tags, found_on, entered_on, batch_id, plan_id, stage_id, enterprise_id, longitude, latitude)
  where to_on is null;
