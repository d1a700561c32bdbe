-- What happened on days that are not finished, and in a unit's own month, is counted from these indexes alone.
drop index problem_turn_by_day;
create index problem_turn_by_day on problem_turn (jurisdiction, turn, day, serial)
  include (problem_id, lead_unit_id, sector, grade, kind, source_type, late, on_spot, at_grid, passed, first);
drop index problem_turn_by_lead;
create index problem_turn_by_lead on problem_turn (jurisdiction, lead_unit_id, day) include (turn, batch_id, plan_id, tags);
