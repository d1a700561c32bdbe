-- Keys of other systems. The key itself is shown once and kept nowhere; what it may do is a list of permissions.
create table api_key (
  jurisdiction text not null,
  id uuid not null,
  name text not null,
  unit_id uuid not null,
  sight text not null check (sight in ('unit', 'whole')),
  permissions text[] not null,
  per_minute int not null check (per_minute between 1 and 60000),
  token_hash text not null,
  -- the last characters, so that people can tell which key is meant
  hint text not null,
  expires_on date not null,
  disabled_at timestamptz(3),
  created_by_name text not null,
  created_at timestamptz(3) not null,
  version int not null default 1,
  primary key (jurisdiction, id)
);
create unique index api_key_by_token on api_key (jurisdiction, token_hash);

-- When and from where it was used last; apart from the key, so that use does not change what is chained.
create table api_key_use (
  jurisdiction text not null,
  key_id uuid not null,
  last_used_at timestamptz(3) not null,
  address text not null,
  primary key (jurisdiction, key_id)
);
