-- A new row is put wherever a page has room for it. Without spare room in each page, what is left over at the end of old pages is
-- such a place: of millions of rows the history would be written all over the disk, each row on a page read for it alone.
alter table problem_span set (fillfactor = 90);
alter table problem_turn set (fillfactor = 95);
