-- Tasks with what they are made of. Lists read `task` through covering indexes and never touch what is wide;
-- the wall reads `task_span` and `task_tally`, whose size at a day does not depend on how many tasks were closed before.
create table task (
  jurisdiction text not null check (jurisdiction ~ '^[0-9]{6,9}$'),
  id uuid not null,
  -- year × 100,000,000 + serial of the number: numbers sort by it, texts would not beyond 9999
  serial bigint not null,
  number text not null,
  title text not null,
  text text not null,
  origin jsonb not null,
  plan_id uuid,
  stage_id uuid,
  sector text,
  state text not null,
  -- whether the state is none of the final ones; set with the state, kept for partial indexes
  open boolean not null,
  lead_unit_id uuid not null,
  person_id uuid,
  person_name text,
  started_on date not null,
  deadlines jsonb not null,
  quotas jsonb not null,
  targets jsonb not null,
  milestones jsonb not null default '[]',
  until_on date,
  moved_to date,
  first_due_on date,
  due_on date,
  amber_on date,
  extensions int not null default 0,
  percent double precision not null default 0 check (percent between 0 and 100),
  evidence int not null default 0,
  parent_id uuid,
  received_on date,
  submitted_on date,
  submitted_by text,
  closed_on date,
  ended_on date,
  suspended_on date,
  disputed_by text,
  closed_late boolean not null generated always as
    (closed_on is not null and due_on is not null and coalesce(submitted_on, closed_on) > due_on) stored,
  sent_back int not null default 0,
  -- lead unit and all units that take part: what a unit's scope looks at
  units uuid[] not null,
  -- pairs of neighbouring characters of title and wording
  pairs int[] not null,
  -- title and wording as search compares them: one width, lower case, no white space
  plain text not null,
  version int not null default 1,
  created_at timestamptz(3) not null,
  primary key (jurisdiction, id)
) with (fillfactor = 90);
create unique index task_number on task (jurisdiction, number);
create index task_by_serial on task (jurisdiction, serial)
  include (id, due_on, closed_on, state, lead_unit_id, sector, plan_id, stage_id, person_name, units);
create index task_by_due on task (jurisdiction, due_on, serial)
  include (id, closed_on, state, lead_unit_id, sector, plan_id, stage_id, person_name, units);
create index task_by_lead on task (jurisdiction, lead_unit_id, due_on, serial)
  include (id, closed_on, state, sector, plan_id, stage_id, person_name, units);
create index task_by_sector on task (jurisdiction, sector, due_on, serial)
  include (id, closed_on, state, lead_unit_id, plan_id, stage_id, person_name, units);
create index task_by_plan on task (jurisdiction, plan_id, stage_id, due_on, serial)
  include (id, closed_on, state, lead_unit_id, sector, person_name, units);
create index task_by_closing on task (jurisdiction, closed_on, serial)
  include (id, closed_late, due_on, state, lead_unit_id, sector, plan_id, stage_id, person_name, units) where closed_on is not null;
create index task_closed_by_lead on task (jurisdiction, lead_unit_id, closed_on)
  include (closed_late, sector, plan_id, stage_id) where closed_on is not null;
create index task_open on task (jurisdiction, due_on, serial)
  include (id, state, amber_on, lead_unit_id, sector, plan_id, stage_id, person_name, sent_back, created_at, units)
  where state <> 'closed' and state <> 'withdrawn';
create index task_by_parent on task (jurisdiction, parent_id) where parent_id is not null;
create index task_by_event on task using gin (deadlines jsonb_path_ops) where open;

-- What a task can be found by, in words of one index (see platform/ledger): any combination of filters, with or without
-- a search, is the common part of their lists. State closed is no word: nearly all tasks have it.
create function task_words(jurisdiction text, serial bigint, due_on date, closed_on date, lead uuid, units uuid[], sector text,
    plan uuid, stage uuid, parent uuid, person text, state text) returns bigint[]
  -- maintenance runs without our schema in the path
  language plpgsql immutable parallel safe set search_path from current as $$
begin
  return ledger_words(jurisdiction, serial, array[coalesce(due_on, 'infinity'), closed_on],
    array['l' || lead, 's' || sector, 'p' || plan, 'g' || stage, case when state <> 'closed' then 't' || state end,
      case when state <> 'closed' and state <> 'withdrawn' then 'o' end, case when person is null then 'n' end,
      case when due_on is null then 'd' end, case when stage is null then 'G' end, case when sector is null then 'S' end]
      || array(select 'u' || x from unnest(units) x),
    array['c' || parent]);
end
$$;
-- A short list of what is not yet sorted in: it is read through by every search.
create index task_search on task using gin (pairs, task_words(jurisdiction, serial, due_on, closed_on, lead_unit_id, units,
  sector, plan_id, stage_id, parent_id, person_name, state)) with (gin_pending_list_limit = 256);
alter index task_search alter column 2 set statistics 300;
create statistics task_stages (dependencies, mcv) on plan_id, stage_id from task;

create table task_unit (
  jurisdiction text not null,
  task_id uuid not null,
  unit_id uuid not null,
  role text not null check (role in ('lead', 'responsible', 'territorial')),
  sort int not null default 0,
  received_on date,
  received_by_name text,
  primary key (jurisdiction, task_id, unit_id)
);

create table task_progress (
  jurisdiction text not null,
  id uuid not null,
  task_id uuid not null,
  day date not null,
  at timestamptz(3) not null,
  by_id text not null,
  by_name text not null,
  unit_id uuid,
  unit_name text,
  text text not null,
  figures jsonb not null default '[]',
  percent double precision,
  file_ids uuid[] not null default '{}',
  primary key (jurisdiction, task_id, id)
);

create table task_occurrence (
  jurisdiction text not null,
  id uuid not null,
  task_id uuid not null,
  held_on date not null,
  quota int not null default 0,
  text text not null,
  file_ids uuid[] not null default '{}',
  by_id text not null,
  by_name text not null,
  at timestamptz(3) not null,
  primary key (jurisdiction, task_id, id)
);

create table task_extension (
  jurisdiction text not null,
  id uuid not null,
  task_id uuid not null,
  asked_by text not null,
  asked_by_name text not null,
  asked_on date not null,
  old_due date,
  new_due date not null,
  reason text not null,
  decision text check (decision in ('approved', 'refused')),
  decided_by text,
  decided_by_name text,
  decided_on date,
  opinion text,
  primary key (jurisdiction, task_id, id)
);
create unique index task_extension_open on task_extension (jurisdiction, task_id) where decision is null;

-- Jurisdiction and days as one range of numbers: a GiST index over both that needs no extension.
create function span_days(jurisdiction text, from_on date, to_on date) returns int8range
  language sql immutable parallel safe as $$
  select int8range(jurisdiction::bigint * 100000 + (from_on - date '1970-01-01'),
    jurisdiction::bigint * 100000 + coalesce(to_on - date '1970-01-01', 99999))
$$;
create function span_day(jurisdiction text, day date) returns bigint
  language sql immutable parallel safe as $$ select jurisdiction::bigint * 100000 + (day - date '1970-01-01') $$;

-- What an open task was like from one day to another (to_on: first day on which it was no longer so; null: still so).
-- One row per day-level change; a task has no row for days on which it was closed or withdrawn.
create table task_span (
  jurisdiction text not null,
  task_id uuid not null,
  from_on date not null,
  to_on date,
  state text not null,
  lead_unit_id uuid not null,
  sector text,
  plan_id uuid,
  stage_id uuid,
  due_on date,
  amber_on date,
  percent real not null,
  has_person boolean not null,
  serial bigint not null,
  units uuid[] not null,
  days int8range not null generated always as (span_days(jurisdiction, from_on, to_on)) stored,
  primary key (jurisdiction, task_id, from_on)
);
-- Spans that still run are all that today needs; those that have ended are found by any day of theirs.
create index task_span_running on task_span (jurisdiction, from_on)
  include (task_id, serial, state, lead_unit_id, sector, plan_id, stage_id, due_on, amber_on, percent, has_person, units)
  where to_on is null;
create index task_span_days on task_span using gist (days)
  include (task_id, serial, state, lead_unit_id, sector, plan_id, stage_id, due_on, amber_on, percent, has_person, units)
  where to_on is not null;

-- How many tasks were closed, and closed late, per month and year, for the combinations of lead unit, sector, plan and
-- stage that figures are asked for ('' stands for all; a unit's sectors within a plan by year only). Sums of a few dozen rows; the days of the running month are
-- counted from the index over closing days.
create table task_tally (
  jurisdiction text not null,
  plan_id text not null default '',
  stage_id text not null default '',
  unit_id text not null default '',
  sector text not null default '',
  period text not null check (period in ('m', 'y')),
  first_day date not null,
  shard smallint not null default 0,
  closed int not null default 0,
  closed_late int not null default 0,
  primary key (jurisdiction, plan_id, stage_id, unit_id, sector, period, first_day, shard)
);
create index task_tally_by_unit on task_tally (jurisdiction, plan_id, stage_id, sector, period, first_day)
  include (unit_id, closed, closed_late) where unit_id <> '';
create index task_tally_by_sector on task_tally (jurisdiction, plan_id, unit_id, period, first_day)
  include (stage_id, sector, closed, closed_late) where sector <> '';
create index task_tally_of_cells on task_tally (jurisdiction, period, first_day)
  include (plan_id, stage_id, sector, closed) where unit_id = '';
create index task_tally_of_unit_cells on task_tally (jurisdiction, unit_id, first_day)
  include (plan_id, stage_id, sector, closed, closed_late) where unit_id <> '' and period = 'y';
