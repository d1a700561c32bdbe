-- Some reports come with files: a typical case with its decision, a review with its minutes.
alter table rhythm add column attachments text not null default 'none' check (attachments in ('none', 'may', 'must'));
