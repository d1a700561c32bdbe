-- 报送制度: who reports what to whom, how often, until which hour, from which day to which.
create table rhythm (
  jurisdiction text not null check (jurisdiction ~ '^[0-9]{6,9}$'),
  id uuid not null,
  name text not null,
  basis text not null,
  period text not null check (period in ('day', 'week', 'month', 'quarter', 'year', 'special')),
  reporters jsonb not null,
  receiver text not null,
  hour text not null,
  due_after int not null check (due_after between 0 and 60),
  opens_before int not null check (opens_before between 0 and 60),
  workdays boolean not null,
  fields jsonb not null,
  known jsonb not null,
  narrative text not null,
  cases text not null,
  practices text not null,
  from_on date not null,
  to_on date,
  made_on date not null,
  made_by_name text not null,
  primary key (jurisdiction, id),
  check (to_on is null or from_on <= to_on)
);

-- One unit's duty to report for one period. Whether it is late or missing follows from the hours of its turns.
create table periodic_report (
  jurisdiction text not null,
  id uuid not null,
  number text not null,
  rhythm_id uuid not null,
  unit_id uuid not null,
  period_from date not null,
  period_to date not null,
  opens_on date not null,
  due_on date not null,
  due_at timestamptz(3) not null,
  state text not null,
  version int not null default 1,
  primary key (jurisdiction, id)
);
create unique index periodic_report_once on periodic_report (jurisdiction, rhythm_id, period_from, unit_id);
create index periodic_report_by_due on periodic_report (jurisdiction, due_on);
create index periodic_report_by_unit on periodic_report (jurisdiction, unit_id, due_on);

-- Every version as it was filed, with the figures worked out at that moment. Nothing here is ever changed.
create table periodic_report_version (
  jurisdiction text not null,
  report_id uuid not null,
  no int not null,
  filled jsonb not null,
  known jsonb not null,
  known_sha256 text not null,
  reason text,
  by_id text not null,
  by_name text not null,
  at timestamptz(3) not null,
  primary key (jurisdiction, report_id, no)
);

-- What happened to it at which hour.
create table periodic_report_turn (
  jurisdiction text not null,
  report_id uuid not null,
  no int not null,
  kind text not null check (kind in ('filed', 'amended', 'returned', 'exempted', 'demanded')),
  at timestamptz(3) not null,
  due_at timestamptz(3),
  reason text,
  by_name text not null,
  primary key (jurisdiction, report_id, no)
);

create function refuse_change_of_reported() returns trigger language plpgsql as $$
begin raise exception 'what was filed is neither changed nor removed'; end $$;
create trigger periodic_report_version_stays before update or delete on periodic_report_version
  for each row execute function refuse_change_of_reported();
create trigger periodic_report_turn_stays before update or delete on periodic_report_turn
  for each row execute function refuse_change_of_reported();
