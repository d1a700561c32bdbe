-- 考核、一票否决.
create table assessment_scheme (
  jurisdiction text not null check (jurisdiction ~ '^[0-9]{6,9}$'),
  id uuid not null,
  number text not null,
  state text not null,
  title text not null,
  year int not null,
  object_word text not null,
  drafted_by text not null,
  drafted_by_name text not null,
  drafted_by_person uuid,
  drafted_on date not null,
  published_on date,
  self_until date,
  snapshot_id uuid,
  veto_finding text,
  shown_on date,
  appeal_until date,
  graded_on date,
  graded_by text,
  graded_by_name text,
  graded_by_person uuid,
  announced_on date,
  dropped_on date,
  version int not null default 1,
  created_at timestamptz(3) not null,
  primary key (jurisdiction, id)
);
create unique index assessment_scheme_number on assessment_scheme (jurisdiction, number);

-- What a scheme says; once it holds it is never changed: a new version holds from a day on.
create table assessment_version (
  jurisdiction text not null,
  id uuid not null,
  scheme_id uuid not null,
  serial int not null,
  state text not null check (state in ('draft', 'pending', 'issued', 'withdrawn')),
  body jsonb not null,
  reason text,
  from_on date,
  drafted_by text not null,
  drafted_by_name text not null,
  drafted_by_person uuid,
  drafted_at timestamptz(3) not null,
  issued_by_name text,
  issued_at timestamptz(3),
  primary key (jurisdiction, id)
);
create unique index assessment_version_serial on assessment_version (jurisdiction, scheme_id, serial);
create unique index assessment_version_waiting on assessment_version (jurisdiction, scheme_id)
  where state in ('draft', 'pending');
create function refuse_change_of_scheme() returns trigger language plpgsql as $$
begin
  if old.state in ('issued', 'withdrawn') then raise exception 'an issued scheme is neither changed nor removed'; end if;
  if tg_op = 'DELETE' then raise exception 'a version of a scheme is not removed'; end if;
  return new;
end $$;
create trigger assessment_version_stays before update or delete on assessment_version
  for each row execute function refuse_change_of_scheme();

-- What the ledger gave on a day, for all units, with its hash.
create table assessment_snapshot (
  jurisdiction text not null,
  id uuid not null,
  scheme_id uuid not null,
  version_id uuid not null,
  serial int not null,
  day date not null,
  hash text not null,
  content jsonb not null,
  reason text,
  taken_by text not null,
  taken_by_name text not null,
  taken_at timestamptz(3) not null,
  primary key (jurisdiction, id)
);
create unique index assessment_snapshot_serial on assessment_snapshot (jurisdiction, scheme_id, serial);
create function refuse_change_of_assessment() returns trigger language plpgsql as $$
begin raise exception 'a sealed part of an assessment is neither changed nor removed'; end $$;
create trigger assessment_snapshot_stays before update or delete on assessment_snapshot
  for each row execute function refuse_change_of_assessment();

create table score_sheet (
  jurisdiction text not null,
  id uuid not null,
  scheme_id uuid not null,
  unit_id uuid not null,
  unit_name text not null,
  self_text text,
  self_scores jsonb,
  self_on date,
  self_by_name text,
  final_score numeric(8, 2),
  rank int,
  grade text,
  grade_name text,
  grade_says text,
  coupling text,
  vetoed boolean,
  graded_on date,
  version int not null default 1,
  primary key (jurisdiction, id)
);
create unique index score_sheet_of_unit on score_sheet (jurisdiction, scheme_id, unit_id);
create index score_sheet_by_unit on score_sheet (jurisdiction, unit_id);

-- Points given by hand and corrected by appeals; the newest of a line counts, the earlier ones stay.
create table score_given (
  jurisdiction text not null,
  id uuid not null,
  sheet_id uuid not null,
  code text not null,
  kind text not null check (kind in ('hand', 'appeal')),
  score numeric(8, 2) not null,
  score_before numeric(8, 2),
  says text not null,
  file_ids uuid[] not null default '{}',
  appeal_id uuid,
  by_id text not null,
  by_name text not null,
  by_person uuid,
  unit_name text,
  day date not null,
  serial bigint generated always as identity,
  at timestamptz(3) not null,
  primary key (jurisdiction, sheet_id, id)
);
create trigger score_given_stays before update or delete on score_given
  for each row execute function refuse_change_of_assessment();

create table assessment_appeal (
  jurisdiction text not null,
  id uuid not null,
  number text not null,
  scheme_id uuid not null,
  sheet_id uuid not null,
  unit_id uuid not null,
  unit_name text not null,
  code text not null,
  line_name text not null,
  state text not null,
  text text not null,
  asked numeric(8, 2),
  score_before numeric(8, 2) not null,
  score_after numeric(8, 2),
  filed_by text not null,
  filed_by_name text not null,
  filed_by_person uuid,
  filed_on date not null,
  opinion text,
  decided_by_name text,
  decided_on date,
  version int not null default 1,
  created_at timestamptz(3) not null,
  primary key (jurisdiction, id)
);
create unique index assessment_appeal_number on assessment_appeal (jurisdiction, number);
create unique index assessment_appeal_open on assessment_appeal (jurisdiction, sheet_id, code) where state = 'filed';

create table veto_event (
  jurisdiction text not null,
  id uuid not null,
  number text not null,
  unit_id uuid not null,
  unit_name text not null,
  code text not null,
  kind_name text not null,
  happened_on date not null,
  grounds text not null,
  state text not null,
  entered_by text not null,
  entered_by_name text not null,
  entered_by_person uuid,
  entered_on date not null,
  opinion text,
  decided_by_name text,
  decided_on date,
  lifted_on date,
  version int not null default 1,
  created_at timestamptz(3) not null,
  primary key (jurisdiction, id)
);
create unique index veto_event_number on veto_event (jurisdiction, number);
create index veto_event_of_unit on veto_event (jurisdiction, unit_id, happened_on);
