-- What every room stands on: which governments use this installation, their settings, numbers, duties, repeated requests.

-- Exclusion constraints over periods (who was in office when) need text equality in a GiST index. Not every
-- PostgreSQL lets its owner install extensions; rooms that need it say so in their own migration.
do $$
begin
  create extension if not exists btree_gist;
exception when others then
  raise notice 'btree_gist is not available: %', sqlerrm;
end
$$;

create table jurisdiction (
  code text primary key,
  name text not null,
  level text not null check (level in ('province', 'city', 'district', 'town')),
  parent text,
  created_at timestamptz not null default now()
);

create table setting (
  jurisdiction text not null,
  name text not null,
  value jsonb not null,
  primary key (jurisdiction, name)
);

create table installation (
  id int primary key check (id = 1),
  kind text not null check (kind in ('demonstration', 'real')),
  created_at timestamptz not null default now()
);

-- Human numbers are taken by updating the row, so a number is never used twice and a rolled-back one leaves no gap.
create table number_series (
  jurisdiction text not null,
  series text not null,
  year int not null,
  last int not null,
  primary key (jurisdiction, series, year)
);

create table duty_run (
  duty text not null,
  day date not null,
  jurisdiction text not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  outcome text,
  primary key (duty, day, jurisdiction)
);

create table idempotency (
  jurisdiction text not null,
  account text not null,
  key text not null,
  route text not null,
  request_hash text not null,
  status int,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (jurisdiction, account, key)
);

create index idempotency_created_at on idempotency (created_at);
