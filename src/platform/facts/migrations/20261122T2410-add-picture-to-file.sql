-- What a picture states in its own bytes when it is stored: size in pixels, time, place. Read from the content named by
-- sha256, so it can be read again; it is no part of the item's image. Null for files that are no pictures.
alter table file add column picture jsonb;

-- The same picture handed in for another item is found by its content.
create index file_by_content on file (jurisdiction, sha256);
