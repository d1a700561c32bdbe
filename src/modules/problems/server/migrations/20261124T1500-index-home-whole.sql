-- The home page counts and checks open problems in these indexes alone: each row that it looked at lay on a page of its own.
drop index problem_open_by_state;
create index problem_open_by_state on problem (jurisdiction, state, due_on, serial)
  include (id, lead_unit_id, grade, amber_on, opened_on, cycle, done_by, done_by_person, rechecked_by, rechecked_by_person, units)
  where open;
drop index problem_open_by_lead;
create index problem_open_by_lead on problem (jurisdiction, lead_unit_id, state, due_on, serial)
  include (id, grade, amber_on, sent_back, evidence)
  where open;
drop index problem_open_major;
create index problem_open_major on problem (jurisdiction, state, due_on, serial) include (id) where open and grade = 'major';
-- What waits for a decision is a small part of what is open.
create index problem_asked on problem (jurisdiction, due_on, serial) include (id, lead_unit_id, supervising_unit_id)
  where open and asked is not null;
