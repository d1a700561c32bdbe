-- 制度措施事项: what has to be settled by policy or institution.
create table measure (
  jurisdiction text not null check (jurisdiction ~ '^[0-9]{6,9}$'),
  id uuid not null,
  number text not null,
  kind text not null,
  title text not null,
  text text not null,
  proposal text,
  sector text,
  lead_unit_id uuid not null,
  co_unit_ids uuid[] not null default '{}',
  person_name text,
  due_on date,
  problem_ids uuid[] not null default '{}',
  state text not null,
  proposed_by text,
  document_title text,
  document_number text,
  issued_on date,
  sorted_on date not null,
  sorted_by_name text not null,
  version int not null default 1,
  primary key (jurisdiction, id)
);
create unique index measure_number on measure (jurisdiction, number);
create index measure_by_state on measure (jurisdiction, state);
