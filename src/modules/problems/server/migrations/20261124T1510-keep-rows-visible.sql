-- Lists and the home page answer out of indexes alone where a page of rows is known to be seen by everybody: that is noted by
-- vacuum, which by itself would wait until a fifth of millions has changed. Where few rows are dead it reads new pages only.
alter table problem set (autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_vacuum_scale_factor = 0.05);
alter table problem_span set (autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_vacuum_scale_factor = 0.05);
alter table problem_turn set (autovacuum_vacuum_insert_scale_factor = 0.01);
