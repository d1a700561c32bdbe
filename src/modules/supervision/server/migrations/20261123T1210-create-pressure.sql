-- 督促措施: reminders to transfers, their frozen grounds, and the rules that propose them.
create table pressure (
  jurisdiction text not null check (jurisdiction ~ '^[0-9]{6,9}$'),
  id uuid not null,
  number text not null,
  kind text not null check (kind in
    ('reminder', 'warning', 'urging', 'interview', 'circular', 'exposure', 'accountability', 'transfer')),
  state text not null,
  open boolean not null,
  unit_id uuid not null,
  unit_name text not null,
  addressee text not null,
  matter text not null,
  reason text not null,
  demands jsonb not null,
  rule_id uuid,
  rule_code text,
  rule_version int,
  rung int not null default 0,
  earlier_id uuid,
  keepers jsonb not null default '[]',
  suggested_on date not null,
  proposed_on date,
  proposed_by text,
  proposed_by_name text,
  proposed_by_person uuid,
  proposed_unit_id uuid,
  proposed_unit_name text,
  decided_on date,
  decided_by_name text,
  decided_by_post text,
  decision text check (decision in ('approved', 'refused')),
  opinion text,
  recorded_by text,
  recorded_by_name text,
  served_on date,
  document_number text,
  reply_due_on date,
  meet_on date,
  meet_at text,
  meet_place text,
  meet_host text,
  medium text,
  published_on date,
  link text,
  received_on date,
  received_by_name text,
  replied_on date,
  urged int not null default 0,
  ended_on date,
  version int not null default 1,
  created_at timestamptz(3) not null,
  primary key (jurisdiction, id)
);
create unique index pressure_number on pressure (jurisdiction, number);
create index pressure_by_unit on pressure (jurisdiction, unit_id);
create index pressure_by_rule on pressure (jurisdiction, rule_code, unit_id) where rule_code is not null;
create index pressure_running on pressure (jurisdiction) where open;

-- Why it was proposed, as it stood on that day. The key is of one ground for ever: the same ground never proposes twice.
create table pressure_ground (
  jurisdiction text not null,
  pressure_id uuid not null,
  key text not null,
  day date not null,
  rule jsonb,
  rule_code text,
  unit_id uuid not null,
  figure int not null,
  says jsonb not null,
  sha256 text not null,
  primary key (jurisdiction, pressure_id)
);
create unique index pressure_ground_key on pressure_ground (jurisdiction, key);
create index pressure_ground_last on pressure_ground (jurisdiction, rule_code, unit_id, day) where rule_code is not null;
create trigger pressure_ground_is_append_only before update or delete on pressure_ground
  for each row execute function refuse_change();

-- The records behind the ground.
create table pressure_item (
  jurisdiction text not null,
  pressure_id uuid not null,
  place int not null,
  kind text not null check (kind in ('problem', 'task', 'filing', 'accident')),
  item_id text not null,
  number text not null,
  title text not null,
  day date not null,
  count int not null,
  primary key (jurisdiction, pressure_id, place)
);
create index pressure_item_by_item on pressure_item (jurisdiction, kind, item_id);
create trigger pressure_item_is_append_only before update or delete on pressure_item
  for each row execute function refuse_change();

-- What was written about it: receipts, replies, minutes, notes.
create table pressure_entry (
  jurisdiction text not null,
  id uuid not null,
  pressure_id uuid not null,
  kind text not null check (kind in ('receipt', 'reply', 'returned', 'minutes', 'note', 'urging')),
  day date not null,
  at timestamptz(3) not null,
  by_id text not null,
  by_name text not null,
  unit_name text,
  text text not null,
  data jsonb,
  file_ids uuid[] not null default '{}',
  primary key (jurisdiction, pressure_id, id)
);
create trigger pressure_entry_is_append_only before update or delete on pressure_entry
  for each row execute function refuse_change();

-- What the unit undertook; each is a task.
create table pressure_commitment (
  jurisdiction text not null,
  pressure_id uuid not null,
  place int not null,
  text text not null,
  due_on date not null,
  task_id uuid not null,
  task_number text not null,
  primary key (jurisdiction, pressure_id, place)
);
create index pressure_commitment_of_task on pressure_commitment (jurisdiction, task_id);

-- When which measure is proposed. A change is a new row under the same code; the one before ends the day before.
create table pressure_rule (
  jurisdiction text not null,
  id uuid not null,
  code text not null,
  version int not null,
  name text not null,
  basis text not null,
  kind text not null check (kind in
    ('overdue', 'overdueAtOnce', 'reopened', 'majorUndecided', 'filingsMissed', 'accidents')),
  about text[] not null default '{}',
  threshold int not null check (threshold between 1 and 10000),
  window_days int check (window_days between 1 and 3660),
  quiet_days int not null check (quiet_days between 1 and 3660),
  grades text[] not null default '{}',
  sectors text[] not null default '{}',
  ladder jsonb not null,
  from_on date not null,
  to_on date,
  made_by_name text not null,
  made_on date not null,
  primary key (jurisdiction, id),
  unique (jurisdiction, code, version)
);
