-- A weekly report may be due on Friday of its own week, a monthly one on the 25th of its own month.
alter table rhythm add column due_day int check (due_day between 1 and 28);
