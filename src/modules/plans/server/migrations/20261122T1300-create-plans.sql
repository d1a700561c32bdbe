-- Plans from the file to adoption. What was read stands apart from what people changed, and is never changed itself.
create table plan (
  jurisdiction text not null,
  id uuid not null,
  number text,
  kind text not null,
  title text not null,
  document_number text,
  issuer text,
  issued_on date,
  parent_plan_id uuid,
  state text not null,
  file_sha256 text not null,
  file_name text not null,
  file_size bigint not null,
  reading_step text,
  reading_began timestamptz(3),
  reading_error text,
  lines int not null default 0,
  review_version int not null default 0,
  version int not null default 1,
  imported_by text not null,
  imported_by_name text not null,
  imported_at timestamptz(3) not null,
  adopted_on date,
  with_doubts int not null default 0,
  ended_because text,
  primary key (jurisdiction, id)
);
create unique index plan_number on plan (jurisdiction, number) where number is not null;
create index plan_by_file on plan (jurisdiction, file_sha256);
create index plan_by_time on plan (jurisdiction, imported_at desc);
create index plan_by_parent on plan (jurisdiction, parent_plan_id) where parent_plan_id is not null;

-- The large texts lie apart, so that lists of plans stay small.
create table plan_document (
  jurisdiction text not null,
  plan_id uuid not null,
  format text not null,
  source_text text not null,
  blocks jsonb not null,
  losses jsonb not null,
  extraction jsonb not null,
  sheet jsonb not null,
  primary key (jurisdiction, plan_id)
);

create table plan_draft (
  jurisdiction text not null,
  plan_id uuid not null,
  id text not null,
  position double precision not null,
  version int not null,
  discarded boolean not null,
  body jsonb not null,
  task_id uuid,
  primary key (jurisdiction, plan_id, id)
);
create index plan_draft_in_order on plan_draft (jurisdiction, plan_id, position);
create index plan_draft_by_task on plan_draft (jurisdiction, task_id) where task_id is not null;

create table plan_doubt (
  jurisdiction text not null,
  plan_id uuid not null,
  id text not null,
  ordinal int not null,
  version int not null,
  body jsonb not null,
  primary key (jurisdiction, plan_id, id)
);

-- The history of the review: every step with the records before and after, so that the last one can be taken back.
create table plan_step (
  jurisdiction text not null,
  plan_id uuid not null,
  seq int not null,
  says text not null,
  before jsonb not null,
  after jsonb not null,
  actor_id text not null,
  actor_name text not null,
  at timestamptz(3) not null,
  undone boolean not null default false,
  primary key (jurisdiction, plan_id, seq)
);

create table stage (
  jurisdiction text not null,
  id uuid not null,
  plan_id uuid not null,
  ordinal int not null,
  name text not null,
  text text not null,
  from_on date,
  to_on date,
  from_event uuid,
  to_event uuid,
  source_start int,
  source_end int,
  primary key (jurisdiction, id)
);
create index stage_of_plan on stage (jurisdiction, plan_id, ordinal);

create table event (
  jurisdiction text not null,
  id uuid not null,
  name text not null,
  date date,
  set_by_name text,
  version int not null default 1,
  primary key (jurisdiction, id),
  unique (jurisdiction, name)
);

-- Units that a plan concerns, beyond their tasks: who may read it.
create table plan_unit (
  jurisdiction text not null,
  plan_id uuid not null,
  unit_id uuid not null,
  primary key (jurisdiction, plan_id, unit_id)
);
create index plan_unit_by_unit on plan_unit (jurisdiction, unit_id);

create table line_mapping (
  jurisdiction text not null,
  higher_plan_id uuid not null,
  line_id text not null,
  plan_id uuid not null,
  draft_id text not null default '',
  not_ours_because text,
  decided_by_name text not null,
  decided_at timestamptz(3) not null,
  primary key (jurisdiction, higher_plan_id, line_id, plan_id, draft_id)
);

create table filing (
  jurisdiction text not null,
  id uuid not null,
  plan_id uuid not null,
  title text not null,
  unit_id uuid not null,
  due_on date not null,
  state text not null,
  file_sha256 text,
  file_name text,
  first_filed_on date,
  filed_on date,
  filed_by_name text,
  says text,
  judged_by_name text,
  judged_on date,
  version int not null default 1,
  asked_at timestamptz(3) not null,
  primary key (jurisdiction, id),
  unique (jurisdiction, plan_id, unit_id, title)
);
create index filing_by_unit on filing (jurisdiction, unit_id, due_on);
