-- Work that takes longer than a request: how far it is, what came of it. Rows tell; they decide nothing.

create table long_work (
  jurisdiction text not null,
  id uuid not null,
  kind text not null,
  -- What is being done, in Chinese: 核对企业名录「….xlsx」.
  word text not null,
  -- What it works on, as the room that began it wants to read it again.
  given jsonb not null default '{}',
  started_by text not null,
  started_at timestamptz not null,
  state text not null check (state in ('running', 'done', 'refused', 'failed')),
  step text not null default '',
  done int not null default 0,
  total int,
  -- By the clock of the database: running work that has not been heard of for long was cut off.
  heard_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  result jsonb,
  refusal jsonb,
  -- The file that it reads, and the file that it leaves for the person who began it.
  source_sha256 text,
  source_name text,
  report_sha256 text,
  report_name text,
  primary key (jurisdiction, id)
);
create index long_work_by_person on long_work (jurisdiction, started_by, kind, started_at desc);
