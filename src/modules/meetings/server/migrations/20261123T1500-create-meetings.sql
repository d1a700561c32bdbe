-- 会议、责任书、职责清单、请示、事故数字、重点时段. Cases of one shape: what lists and scopes ask stands in columns, the
-- rest in `body`; lateness is derived and stored nowhere.
create table meeting (
  jurisdiction text not null check (jurisdiction ~ '^[0-9]{6,9}$'),
  id uuid not null,
  number text not null,
  state text not null,
  year int not null,
  -- the day of the case: planned or held, printed, asked, first of the month, first of the period
  on_day date not null,
  -- units that take part: what a unit's scope looks at
  units uuid[] not null,
  body jsonb not null,
  version int not null default 1,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz(3) not null,
  primary key (jurisdiction, id)
);
create unique index meeting_number on meeting (jurisdiction, number);
create index meeting_by_day on meeting (jurisdiction, on_day);

create table responsibility_letter (like meeting including all);
create table duty_list (like meeting including all);
create table instruction_request (like meeting including all);
create table accident_figure (like meeting including all);
create table special_period (like meeting including all);
create unique index accident_figure_of_month on accident_figure (jurisdiction, (body ->> 'unitId'), (body ->> 'month'));

-- How often which meeting must be held, from day to day, and the document that demands it.
create table meeting_obligation (
  jurisdiction text not null check (jurisdiction ~ '^[0-9]{6,9}$'),
  id uuid not null,
  name text not null,
  convener_unit_id uuid,
  convener text not null,
  attends text not null,
  attendee_unit_ids uuid[] not null default '{}',
  count int not null check (count between 1 and 366),
  per text not null check (per in ('day', 'week', 'month', 'quarter', 'half-year', 'year')),
  every_years int not null default 1 check (every_years between 1 and 10),
  from_on date not null,
  to_on date,
  basis text not null,
  made_by_name text not null,
  made_on date not null,
  primary key (jurisdiction, id)
);

-- 事故压降目标: what each unit may have at most in a year. A change is a new row; the last one made by a day holds on that day.
create table accident_target (
  jurisdiction text not null check (jurisdiction ~ '^[0-9]{6,9}$'),
  id uuid not null,
  unit_id uuid not null,
  unit_name text not null,
  year int not null,
  accidents int not null check (accidents >= 0),
  deaths int not null check (deaths >= 0),
  accidents_before int,
  deaths_before int,
  reason text not null,
  made_by_name text not null,
  made_on date not null,
  made_at timestamptz(3) not null,
  primary key (jurisdiction, id)
);
create index accident_target_of_year on accident_target (jurisdiction, year, unit_id, made_at);
