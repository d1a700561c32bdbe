-- 挂牌督办. The limit and the units of a listing are those of its problem and are not kept here again.
create table listing (
  jurisdiction text not null check (jurisdiction ~ '^[0-9]{6,9}$'),
  id uuid not null,
  number text not null,
  problem_id uuid not null,
  problem_number text not null,
  state text not null,
  -- whether the state is none of the final ones; set with the state, kept for the index that allows one open listing
  open boolean not null,
  level text not null,
  matter text not null,
  requirements jsonb not null,
  reason text not null,
  proposed_on date not null,
  proposed_by text not null,
  proposed_by_name text not null,
  proposed_by_person uuid,
  proposed_unit_id uuid,
  proposed_unit_name text,
  decided_on date,
  decided_by_name text,
  decided_by_post text,
  decision text check (decision in ('approved', 'refused')),
  opinion text,
  recorded_by text,
  recorded_by_name text,
  listed_on date,
  notice_number text,
  plan jsonb,
  plan_file_ids uuid[] not null default '{}',
  plan_filed_on date,
  plan_filed_by_name text,
  plan_recorded_on date,
  applied_on date,
  applied_by text,
  accepted_on date,
  accepted_by text,
  failures int not null default 0,
  last_failed_on date,
  retry_on date,
  escalations int not null default 0,
  delisted_on date,
  delisting_number text,
  ended_on date,
  version int not null default 1,
  created_at timestamptz(3) not null,
  primary key (jurisdiction, id)
);
create unique index listing_number on listing (jurisdiction, number);
create unique index listing_open_problem on listing (jurisdiction, problem_id) where open;
create index listing_by_problem on listing (jurisdiction, problem_id);

create table listing_progress (
  jurisdiction text not null,
  id uuid not null,
  listing_id uuid not null,
  day date not null,
  at timestamptz(3) not null,
  by_id text not null,
  by_name text not null,
  unit_name text,
  text text not null,
  file_ids uuid[] not null default '{}',
  primary key (jurisdiction, listing_id, id)
);

create table listing_acceptance (
  jurisdiction text not null,
  id uuid not null,
  listing_id uuid not null,
  round int not null,
  applied_on date not null,
  held_on date not null,
  place text not null,
  people jsonb not null,
  checks jsonb not null,
  passed boolean not null,
  opinion text not null,
  retry_on date,
  file_ids uuid[] not null default '{}',
  by_id text not null,
  by_name text not null,
  at timestamptz(3) not null,
  primary key (jurisdiction, listing_id, id)
);

-- The grounds are those of the day of the escalation; they are never worked out again.
create table listing_escalation (
  jurisdiction text not null,
  id uuid not null,
  listing_id uuid not null,
  kind text not null check (kind in ('higherLevel', 'letter', 'measures')),
  day date not null,
  grounds jsonb not null,
  reason text not null,
  level_before text not null,
  level_after text not null,
  demands jsonb not null,
  reply_on date,
  measures text,
  by_id text not null,
  by_name text not null,
  at timestamptz(3) not null,
  primary key (jurisdiction, listing_id, id)
);

-- A document that was issued, with all that it was made of: template and values give the same bytes again.
create table issued_document (
  jurisdiction text not null,
  id uuid not null,
  kind text not null,
  item_kind text not null,
  item_id uuid not null,
  title text not null,
  number text not null,
  letters text not null,
  year int not null,
  serial int not null,
  template_sha256 text not null,
  template_name text not null,
  data jsonb not null,
  file_id uuid not null,
  sha256 text not null,
  issued_on date not null,
  issued_by text not null,
  issued_by_name text not null,
  issued_at timestamptz(3) not null,
  primary key (jurisdiction, id)
);
create unique index issued_document_number on issued_document (jurisdiction, letters, year, serial);
create index issued_document_of_item on issued_document (jurisdiction, item_kind, item_id);
create function refuse_change_of_issued() returns trigger language plpgsql as $$
begin raise exception 'an issued document is neither changed nor removed'; end $$;
create trigger issued_document_stays before update or delete on issued_document
  for each row execute function refuse_change_of_issued();

-- Templates that officers put in the place of the built-in ones; the newest that is not withdrawn is used.
create table document_template (
  jurisdiction text not null,
  id uuid not null,
  kind text not null,
  name text not null,
  sha256 text not null,
  size bigint not null,
  put_on date not null,
  put_by_name text not null,
  put_at timestamptz(3) not null,
  withdrawn_on date,
  primary key (jurisdiction, id)
);
create index document_template_in_use on document_template (jurisdiction, kind, put_at) where withdrawn_on is null;

-- What the district says must be listed, and from when to when.
create table listing_rule (
  jurisdiction text not null,
  id uuid not null,
  name text not null,
  basis text not null,
  sectors text[] not null default '{}',
  kinds text[] not null default '{}',
  tags text[] not null default '{}',
  clauses text[] not null default '{}',
  from_on date not null,
  to_on date,
  within_days int not null check (within_days between 0 and 3650),
  made_by_name text not null,
  made_on date not null,
  primary key (jurisdiction, id)
);
