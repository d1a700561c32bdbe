-- What awaits whom on the home page: open problems by state, and by the unit that leads, each by deadline.
create index problem_open_by_state on problem (jurisdiction, state, due_on, serial) where open;
create index problem_open_by_lead on problem (jurisdiction, lead_unit_id, state, due_on, serial) where open;
create index problem_open_major on problem (jurisdiction, state, due_on, serial) where open and grade = 'major';
