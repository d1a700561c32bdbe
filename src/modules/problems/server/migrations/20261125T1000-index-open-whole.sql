-- Lists of open problems are found in these indexes alone: they lie scattered over all years, each on a page of its own.
-- Tags are left out: a row of an index has little room.
drop index problem_open;
create index problem_open on problem (jurisdiction, due_on, serial)
  include (id, lead_unit_id, state, grade, kind, sector, source_type, area_code, grid, enterprise_id, plan_id, stage_id, amber_on, found_on,
    entered_on, opened_on, flags, units)
  where open;
drop index problem_open_by_lead;
create index problem_open_by_lead on problem (jurisdiction, lead_unit_id, state, due_on, serial)
  include (id, grade, kind, sector, source_type, area_code, grid, enterprise_id, plan_id, stage_id, amber_on, found_on, entered_on,
    opened_on, sent_back, evidence, flags, units)
  where open;
drop index problem_open_by_state;
create index problem_open_by_state on problem (jurisdiction, state, due_on, serial)
  include (id, lead_unit_id, grade, kind, sector, source_type, area_code, grid, enterprise_id, plan_id, stage_id, amber_on, found_on,
    entered_on, opened_on, cycle, done_by, done_by_person, rechecked_by, rechecked_by_person, flags, units)
  where open;
