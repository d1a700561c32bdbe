-- What kinds of bulletins the district makes, from which day to which.
create table bulletin_form (
  jurisdiction text not null check (jurisdiction ~ '^[0-9]{6,9}$'),
  id uuid not null,
  name text not null,
  basis text not null,
  period text not null check (period in ('day', 'week', 'month', 'quarter', 'year')),
  hour text not null,
  sections jsonb not null,
  addressee text not null,
  copies text not null,
  weights jsonb not null,
  at_least int not null check (at_least between 0 and 1000),
  named int not null check (named between 1 and 20),
  requests jsonb not null,
  from_on date not null,
  to_on date,
  made_on date not null,
  made_by_name text not null,
  primary key (jurisdiction, id),
  check (to_on is null or from_on <= to_on)
);

-- Figures as they were counted once, as canonical JSON with its hash. Nothing here is ever changed.
create table bulletin_snapshot (
  jurisdiction text not null,
  id uuid not null,
  form_id uuid not null,
  period_from date not null,
  period_to date not null,
  content text not null,
  sha256 text not null,
  made_by_name text not null,
  made_at timestamptz(3) not null,
  primary key (jurisdiction, id)
);

create table bulletin (
  jurisdiction text not null,
  id uuid not null,
  number text not null,
  form_id uuid not null,
  form_name text not null,
  period text not null,
  period_from date not null,
  period_to date not null,
  snapshot_id uuid not null,
  title text not null,
  state text not null,
  sections jsonb not null,
  chosen jsonb not null,
  addressee text not null,
  copies text not null,
  hands jsonb not null,
  submitted_by text,
  submitted_by_name text,
  submitted_on date,
  approved_by text,
  approved_by_name text,
  approved_on date,
  opinion text,
  issue int,
  document_number text,
  issued_on date,
  publish_asked jsonb,
  published_on date,
  published_by_name text,
  version int not null default 1,
  primary key (jurisdiction, id)
);
create unique index bulletin_of_period on bulletin (jurisdiction, form_id, period_from) where state <> 'voided';
create unique index bulletin_issue on bulletin (jurisdiction, form_id, (extract(year from issued_on)), issue);
create index bulletin_by_period on bulletin (jurisdiction, period_to desc);

-- The words as each person left them.
create table bulletin_edit (
  jurisdiction text not null,
  bulletin_id uuid not null,
  no int not null,
  sections jsonb not null,
  chosen jsonb not null,
  by_id text not null,
  by_name text not null,
  at timestamptz(3) not null,
  primary key (jurisdiction, bulletin_id, no)
);

create function refuse_change_of_snapshot() returns trigger language plpgsql as $$
begin raise exception 'a snapshot and the words of a bulletin are neither changed nor removed'; end $$;
create trigger bulletin_snapshot_stays before update or delete on bulletin_snapshot
  for each row execute function refuse_change_of_snapshot();
create trigger bulletin_edit_stays before update or delete on bulletin_edit
  for each row execute function refuse_change_of_snapshot();
