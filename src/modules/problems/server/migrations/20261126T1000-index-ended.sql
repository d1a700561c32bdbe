-- The newest problems are nearly all open: a list of ended ones in the order of the ledger would pass all of those, row by row.
create index problem_ended on problem (jurisdiction, serial) where not open;
create index problem_ended_by_found on problem (jurisdiction, found_on, serial) where not open;
