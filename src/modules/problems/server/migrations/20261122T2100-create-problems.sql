-- Problems with what they are made of. One row holds what lists and rules ask for; what grows (progress, requests, photos)
-- lies beside it. Figures read `problem_span` and `problem_turn` and never the closed rows.
create table problem (
  jurisdiction text not null check (jurisdiction ~ '^[0-9]{6,9}$'),
  id uuid not null,
  -- year × 100,000,000 + serial of the number: numbers sort by it, texts would not beyond 9999
  serial bigint not null,
  number text not null,
  kind text not null,
  title text not null,
  text text not null,
  source_type text not null,
  batch_id uuid,
  original_number text,
  record_kind text,
  record_id text,
  finder text,
  handed_down boolean not null,
  found_on date not null,
  entered_on date not null check (found_on <= entered_on),
  registered_by text not null,
  registered_by_name text not null,
  finder_unit_id uuid,
  enterprise_id uuid,
  subject text,
  address text,
  area_code text,
  longitude double precision check (longitude between -180 and 180),
  latitude double precision check (latitude between -90 and 90),
  grid text,
  sector text,
  tags text[] not null default '{}',
  plan_id uuid,
  stage_id uuid,
  task_id uuid,
  grade text not null,
  judgement jsonb,
  measures text,
  lead_unit_id uuid not null,
  co_unit_ids uuid[] not null default '{}',
  supervising_unit_id uuid,
  person_name text,
  state text not null,
  -- whether the state is none of the final ones; set with the state, kept for partial indexes
  open boolean not null,
  first_due_on date not null,
  due_on date not null,
  -- when its lamp turns amber; follows from the deadline and the setting problems.nearDays
  amber_on date not null,
  extensions int not null default 0,
  five jsonb not null default '{}',
  evidence int not null default 0,
  after_files int not null default 0,
  -- kind of the request that waits for a decision
  asked text,
  received_on date,
  done_on date,
  done_by text,
  done_by_name text,
  -- the person behind the account: two accounts of one person are one person
  done_by_person uuid,
  done_by_key boolean not null default false,
  rechecked_on date,
  rechecked_by text,
  rechecked_by_name text,
  rechecked_by_person uuid,
  rechecked_unit_id uuid,
  closed_on date,
  closed_by text,
  closed_by_name text,
  close_kind text check (close_kind in ('rectified', 'onSpot')),
  closed_late boolean not null generated always as
    (closed_on is not null and coalesce(done_on, closed_on) > due_on) stored,
  ended_on date,
  sent_back int not null default 0,
  cycle int not null default 1,
  -- entered, or reopened for the last time
  opened_on date not null,
  on_spot boolean not null default false,
  drawn boolean not null default false,
  control_measures text,
  merged_into uuid,
  listed_on date,
  delisted_on date,
  -- found by grid staff; rectified by grid staff; how often it was given to another unit: share solved at the grid
  at_grid boolean not null default false,
  done_at_grid boolean not null default false,
  moved int not null default 0,
  photo_id uuid,
  -- lead, co, supervising and finding unit: what a unit's scope looks at
  units uuid[] not null,
  -- the overlays that hold now, as lists filter by them: listed, reopened, onSpot, lateEntry, sentBack, request, extended
  flags text[] not null default '{}',
  -- pairs of characters of title, wording, subject, address and original number; the same text as search compares it
  pairs int[] not null,
  plain text not null,
  version int not null default 1,
  created_at timestamptz(3) not null,
  primary key (jurisdiction, id)
) with (fillfactor = 90);
create unique index problem_number on problem (jurisdiction, number);
create index problem_by_serial on problem (jurisdiction, serial);
create index problem_by_due on problem (jurisdiction, due_on, serial);
create index problem_by_found on problem (jurisdiction, found_on, serial);
create index problem_by_closing on problem (jurisdiction, closed_on, serial) where closed_on is not null;
create index problem_open on problem (jurisdiction, due_on, serial) where open;
create index problem_by_enterprise on problem (jurisdiction, enterprise_id, serial) where enterprise_id is not null;
create index problem_by_original on problem (jurisdiction, batch_id, original_number) where original_number is not null;
create index problem_merged on problem (jurisdiction, merged_into) where merged_into is not null;

-- What a problem can be filtered by, as words of one index: see platform/ledger.
create function problem_words(p_jurisdiction text, p_serial bigint, due_on date, closed_on date, found_on date, lead uuid,
    units uuid[], sector text, tags text[], flags text[], area text, grid text, enterprise uuid, plan uuid, stage uuid, task uuid,
    batch uuid, source text, kind text, grade text, state text) returns bigint[]
  -- maintenance runs without our schema in the path
  language plpgsql immutable parallel safe set search_path from current as $$
begin
  return ledger_words(p_jurisdiction, p_serial, array[coalesce(due_on, 'infinity'), closed_on, found_on],
    array['l' || lead, 's' || sector, 'a' || area, 'p' || plan, 'g' || stage, 'r' || source, 'k' || kind,
      case when grade <> 'general' then 'm' || grade end, case when state <> 'closed' then 't' || state end,
      case when state not in ('closed', 'withdrawn', 'merged', 'unfounded') then 'o' end]
      || array(select 'u' || x from unnest(units) x) || array(select 'x' || x from unnest(tags) x)
      || array(select 'f' || x from unnest(flags) x),
    array['e' || enterprise, 'w' || task, 'b' || batch, 'd' || grid]);
end $$;
create index problem_search on problem using gin (pairs, problem_words(jurisdiction, serial, due_on, closed_on, found_on,
  lead_unit_id, units, sector, tags, flags, area_code, grid, enterprise_id, plan_id, stage_id, task_id, batch_id, source_type, kind,
  grade, state)) with (gin_pending_list_limit = 256);
alter index problem_search alter column 2 set statistics 300;

create table problem_progress (
  jurisdiction text not null,
  problem_id uuid not null,
  id uuid not null,
  day date not null,
  at timestamptz(3) not null,
  by_id text not null,
  by_name text not null,
  by_person uuid,
  unit_id uuid,
  unit_name text,
  text text not null,
  cycle int not null,
  file_ids uuid[] not null default '{}',
  primary key (jurisdiction, problem_id, id)
);

create table problem_request (
  jurisdiction text not null,
  problem_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('extension', 'withdrawal', 'merge', 'unfounded', 'plan')),
  asked_by text not null,
  asked_by_name text not null,
  asked_by_person uuid,
  asked_unit_id uuid,
  asked_on date not null,
  old_due date,
  new_due date,
  target_id uuid,
  control_measures text,
  reason text not null,
  decision text check (decision in ('approved', 'refused')),
  decided_by text,
  decided_by_name text,
  decided_on date,
  opinion text,
  primary key (jurisdiction, problem_id, id)
);
create unique index problem_request_open on problem_request (jurisdiction, problem_id) where decision is null;

-- Photos and files with what was told about them by whoever sent them; what the file itself states is in file.picture.
-- Neither is believed; both are shown beside the time of receipt. ahead_ms: by how much the sending phone's clock was fast.
create table problem_evidence (
  jurisdiction text not null,
  problem_id uuid not null,
  file_id uuid not null,
  role text not null check (role in ('before', 'after', 'document')),
  cycle int not null,
  taken_at text,
  taken_from text check (taken_from in ('picture', 'device')),
  longitude double precision,
  latitude double precision,
  ahead_ms bigint,
  received_at timestamptz(3) not null,
  by_id text not null,
  by_name text not null,
  primary key (jurisdiction, problem_id, file_id)
);

-- What an open problem was like from one day to another (to_on: first day on which it was no longer so; null: still so).
-- One row per day-level change; a problem has no row for days on which it was ended.
create table problem_span (
  jurisdiction text not null,
  problem_id uuid not null,
  from_on date not null,
  to_on date,
  kind text not null,
  state text not null,
  grade text not null,
  lead_unit_id uuid not null,
  sector text,
  source_type text not null,
  batch_id uuid,
  plan_id uuid,
  stage_id uuid,
  enterprise_id uuid,
  area_code text,
  tags text[] not null,
  due_on date not null,
  amber_on date not null,
  extensions int not null,
  found_on date not null,
  entered_on date not null,
  opened_on date not null,
  listed boolean not null,
  serial bigint not null,
  units uuid[] not null,
  longitude real,
  latitude real,
  days int8range not null generated always as (span_days(jurisdiction, from_on, to_on)) stored,
  primary key (jurisdiction, problem_id, from_on)
);
create index problem_span_running on problem_span (jurisdiction, from_on)
  include (problem_id, serial, state, lead_unit_id, sector, grade, kind, source_type, due_on, amber_on, opened_on, listed, units)
  where to_on is null;
create index problem_span_by_lead on problem_span (jurisdiction, lead_unit_id) where to_on is null;
create index problem_span_days on problem_span using gist (days) where to_on is not null;
create index problem_span_ended on problem_span (jurisdiction, to_on) where to_on is not null;

-- Turns of a problem's life as they were at that moment, never changed afterwards: what flows in figures are counted from.
create table problem_turn (
  jurisdiction text not null,
  day date not null,
  turn text not null check (turn in ('registered', 'rechecked', 'closed', 'withdrawn', 'merged', 'unfounded', 'reopened')),
  problem_id uuid not null,
  -- which turn of the problem it is: 1 for its registration
  seq int not null,
  serial bigint not null,
  kind text not null,
  grade text not null,
  lead_unit_id uuid not null,
  sector text,
  source_type text not null,
  batch_id uuid,
  plan_id uuid,
  area_code text,
  tags text[] not null,
  units uuid[] not null,
  cycle smallint not null,
  -- closed: done after the deadline; registered: entered later than allowed after it was found
  late boolean not null,
  on_spot boolean not null,
  at_grid boolean not null,
  -- rechecked only: its result, and whether it was the first recheck of this cycle
  passed boolean,
  first boolean,
  by_id text,
  done_by text,
  rechecked_by text,
  rechecked_unit_id uuid,
  primary key (jurisdiction, problem_id, seq)
);
create index problem_turn_by_day on problem_turn (jurisdiction, turn, day, serial)
  include (problem_id, lead_unit_id, sector, grade, kind, source_type, late, on_spot, at_grid);
create index problem_turn_by_lead on problem_turn (jurisdiction, lead_unit_id, day);
create trigger problem_turn_is_append_only before update or delete on problem_turn
  for each row execute function refuse_change();

-- Criteria by which a grade is judged: texts of the law or of the province, entered by people, with the days on which they
-- hold. A version that was used is never changed; another one follows it.
create table criteria_set (
  jurisdiction text not null,
  id uuid not null,
  name text not null,
  version text not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  source text,
  sample boolean not null default false,
  created_by_name text not null,
  created_at timestamptz(3) not null,
  record_version int not null default 1,
  primary key (jurisdiction, id)
);
create unique index criteria_set_version on criteria_set (jurisdiction, name, version);

create table criteria_clause (
  jurisdiction text not null,
  set_id uuid not null,
  code text not null,
  sort int not null,
  sector text,
  text text not null,
  primary key (jurisdiction, set_id, code)
);

-- Which values occur in the problems that a unit takes part in, for the choices of filters: each once, noted when it first
-- occurs and never taken back. Nobody is offered what occurs only out of his sight.
create table problem_choice (
  jurisdiction text not null,
  unit_id uuid not null,
  kind text not null check (kind in ('sector', 'tag', 'area', 'unit', 'plan', 'batch')),
  value text not null,
  primary key (jurisdiction, unit_id, kind, value)
);
