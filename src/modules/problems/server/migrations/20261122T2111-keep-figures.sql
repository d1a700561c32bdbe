-- What is kept ready for figures, written at night for finished days (see server/figures/roll-up.ts) and never on the way of
-- a registration. Days that are not kept yet are counted from spans and turns themselves.

-- Turns of finished days, summed up by day, month and year. `dim` says what `key` is: all, unit, sector, unitSector (key2 is the
-- sector), source, area, plan, batch, tag. `slice`: '' for all, or only major ones, only kinds other than hazards.
create table problem_flow (
  jurisdiction text not null,
  dim text not null,
  key text not null,
  key2 text not null default '',
  slice text not null default '',
  period text not null check (period in ('d', 'm', 'y')),
  first_day date not null,
  registered int not null default 0,
  late_entry int not null default 0,
  found_at_grid int not null default 0,
  fixed_on_spot int not null default 0,
  closed int not null default 0,
  closed_late int not null default 0,
  closed_on_spot int not null default 0,
  closed_at_grid int not null default 0,
  other_end int not null default 0,
  reopened int not null default 0,
  rechecked int not null default 0,
  passed int not null default 0,
  first_checked int not null default 0,
  first_passed int not null default 0,
  primary key (jurisdiction, dim, key, key2, slice, period, first_day)
);
create index problem_flow_by_time on problem_flow (jurisdiction, dim, slice, period, first_day)
  include (key, key2, registered, late_entry, found_at_grid, fixed_on_spot, closed, closed_late, closed_on_spot,
    closed_at_grid, other_end, reopened, rechecked, passed, first_checked, first_passed);

-- Open problems as the morning of a day found them, with the lamps and ages of that day. `opened`: how many of them began in
-- which month. The evening is this with what changed during the day.
create table problem_stock (
  jurisdiction text not null,
  day date not null,
  dim text not null,
  key text not null,
  key2 text not null default '',
  slice text not null default '',
  open int not null,
  red int not null,
  amber int not null,
  grey int not null,
  listed int not null,
  major int not null,
  to_receive int not null,
  underway int not null,
  to_recheck int not null,
  to_close int not null,
  disputed int not null,
  planned int not null,
  age_7 int not null,
  age_30 int not null,
  age_90 int not null,
  age_180 int not null,
  opened jsonb not null,
  -- of the red ones the first: days of its deadline since 1970 × 2^38 + serial
  oldest bigint,
  primary key (jurisdiction, day, dim, key, key2, slice)
);
create index problem_stock_of_key on problem_stock (jurisdiction, dim, key, day) include (open, red) where slice = '' and key2 = '';

-- How far figures are kept: turns up to and including `flow_day`, mornings of the days from–to.
create table problem_kept (
  jurisdiction text primary key,
  flow_day date not null
);

-- Spans that began on a day and have ended since; narrow sets of open problems.
create index problem_span_begun on problem_span (jurisdiction, from_on) where to_on is not null;
create index problem_span_by_sector on problem_span (jurisdiction, sector) where to_on is null;
create index problem_span_by_plan on problem_span (jurisdiction, plan_id) where to_on is null and plan_id is not null;
create index problem_span_by_batch on problem_span (jurisdiction, batch_id) where to_on is null and batch_id is not null;
create index problem_span_late on problem_span (jurisdiction, lead_unit_id, due_on, serial)
  where to_on is null and state <> 'disputed' and state <> 'planned';
create index problem_turn_by_batch on problem_turn (jurisdiction, batch_id, turn) where batch_id is not null;
