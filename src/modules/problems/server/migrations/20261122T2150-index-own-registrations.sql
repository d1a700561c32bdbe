-- The phone shows everybody what he registered and is still open, without looking through what others registered.
create index problem_mine on problem (jurisdiction, registered_by, due_on, serial) where open;
