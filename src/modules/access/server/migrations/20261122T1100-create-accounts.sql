-- Who may sign in, as what, and from where he is signed in now.

create table account (
  jurisdiction text not null,
  id uuid not null,
  login text not null,
  name text not null,
  person_id uuid,
  unit_id uuid,
  roles text[] not null,
  -- Limits what is seen to the units whose division code begins so.
  area_code text,
  password_hash text not null,
  must_change_password boolean not null,
  disabled_at timestamptz(3),
  version int not null default 1,
  primary key (jurisdiction, id)
);
create index account_by_unit on account (jurisdiction, unit_id);

-- A login is unique over all jurisdictions of the installation, because nobody says his jurisdiction when signing in.
create table login_name (
  login text primary key,
  jurisdiction text not null,
  account_id uuid not null
);

-- The token itself is known only to the browser.
create table session (
  jurisdiction text not null,
  token_hash text not null,
  id uuid not null,
  account_id uuid not null,
  address text not null,
  started_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3),
  primary key (jurisdiction, token_hash)
);
create index session_by_account on session (jurisdiction, account_id, started_at desc);

-- Wrong passwords, counted for each login that was typed (known or not) and for each address they came from.
create table login_guard (
  kind text not null check (kind in ('login', 'address')),
  key text not null,
  failures int not null,
  last_failed_at timestamptz(3) not null,
  locked_until timestamptz(3),
  primary key (kind, key)
);
create index login_guard_by_age on login_guard (last_failed_at);
