-- What happened, once and for all. Append-only: not partitioned, since nothing is ever dropped and reading is by item.
create table fact (
  jurisdiction text not null,
  item_kind text not null,
  item_id text not null,
  seq int not null check (seq > 0),
  at timestamptz(3) not null,
  day date not null,
  actor_id text not null,
  actor_name text not null,
  unit_id text,
  unit_name text,
  kind text not null,
  from_state text,
  to_state text,
  says text not null,
  data jsonb,
  image text not null,
  previous text not null,
  hash text not null,
  primary key (jurisdiction, item_kind, item_id, seq)
);
create index fact_by_day on fact (jurisdiction, day, at);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '事实只能追加，不能修改或删除' using errcode = 'restrict_violation';
end $$;
create trigger fact_is_append_only before update or delete on fact for each row execute function refuse_change();

-- One row per finished day: the hash over all facts of that day and over the seal before it.
create table seal (
  jurisdiction text not null,
  day date not null,
  facts int not null,
  root text not null,
  previous text not null,
  hash text not null,
  sealed_at timestamptz(3) not null,
  primary key (jurisdiction, day)
);
create trigger seal_is_append_only before update or delete on seal for each row execute function refuse_change();

-- Who asked for what, refused or not. Kept apart from facts: a refused attempt is no fact of the item.
create table audit_entry (
  jurisdiction text not null,
  id bigint generated always as identity,
  at timestamptz(3) not null,
  account_id text,
  account_name text,
  action text not null,
  route text not null,
  target text,
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  says text,
  address text,
  primary key (jurisdiction, id)
);
create index audit_by_time on audit_entry (jurisdiction, at desc);
create trigger audit_is_append_only before update or delete on audit_entry for each row execute function refuse_change();

-- Uploaded files: bytes lie on disk under their SHA-256, this row says what they are and to which item they belong.
create table file (
  jurisdiction text not null,
  id uuid not null,
  sha256 text not null,
  name text not null,
  size bigint not null,
  type text not null,
  item_kind text not null,
  item_id text not null,
  uploaded_by text not null,
  uploaded_by_name text not null,
  uploaded_at timestamptz(3) not null,
  primary key (jurisdiction, id)
);
create index file_by_item on file (jurisdiction, item_kind, item_id);
