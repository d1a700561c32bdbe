-- Look-backs: closed problems drawn again. The list is frozen with its hash before the seed is known; nothing of a draw is
-- changed afterwards, another draw is another number.
create table look_back (
  jurisdiction text not null check (jurisdiction ~ '^[0-9]{6,9}$'),
  id uuid not null,
  number text not null,
  title text not null,
  state text not null,
  closed_from date not null,
  closed_to date not null check (closed_to >= closed_from),
  -- what the list was narrowed to; empty: not narrowed
  of_units uuid[] not null default '{}',
  of_sectors text[] not null default '{}',
  of_grades text[] not null default '{}',
  take int not null check (take >= 0),
  per_unit int not null check (per_unit >= 0),
  per_grade jsonb not null default '{}',
  seed_source text not null check (seed_source in ('witnessed', 'seal')),
  frozen_on date not null,
  frozen_at timestamptz(3) not null,
  frozen_by text not null,
  frozen_by_name text not null,
  pool_size int not null,
  list_hash text not null check (list_hash ~ '^[0-9a-f]{64}$'),
  seed text,
  seed_how text,
  witnesses text[] not null default '{}',
  seal_day date,
  seeded_at timestamptz(3),
  seeded_by text,
  seeded_by_name text,
  drawn_at timestamptz(3),
  drawn_by_name text,
  finished_on date,
  replaces_id uuid,
  replaced_by_id uuid,
  reason text,
  version int not null default 1,
  primary key (jurisdiction, id)
);
create unique index look_back_number on look_back (jurisdiction, number);
create index look_back_by_time on look_back (jurisdiction, frozen_at desc);

-- The frozen list, line by line in the order in which it was published.
create table look_back_pool (
  jurisdiction text not null,
  look_back_id uuid not null,
  position int not null,
  problem_id uuid not null,
  number text not null,
  unit_id uuid not null,
  sector text,
  grade text not null,
  primary key (jurisdiction, look_back_id, position)
);
create trigger look_back_pool_is_append_only before update or delete on look_back_pool
  for each row execute function refuse_change();

-- A drawn problem with those who closed it as they were when it was drawn, its checker, and what he found.
create table look_back_item (
  jurisdiction text not null,
  id uuid not null,
  look_back_id uuid not null,
  position int not null,
  problem_id uuid not null,
  number text not null,
  title text not null,
  ticket text not null,
  rank int not null,
  because text not null check (because in ('unit', 'grade', 'rest')),
  unit_id uuid not null,
  sector text,
  grade text not null,
  cycle int not null,
  closed_on date not null,
  done_by text,
  done_by_name text,
  rechecked_by text,
  rechecked_by_name text,
  rechecked_unit_id uuid,
  closed_by text,
  closed_by_name text,
  -- accounts and persons who rectified, rechecked or closed it: none of them checks it
  hands text[] not null,
  state text not null,
  checker_id text,
  checker_name text,
  checker_unit_id uuid,
  due_on date,
  assigned_on date,
  result_on date,
  result_by text,
  result_by_name text,
  text text,
  file_ids uuid[] not null default '{}',
  new_due date,
  version int not null default 1,
  primary key (jurisdiction, id)
);
create unique index look_back_item_place on look_back_item (jurisdiction, look_back_id, position);
create index look_back_item_by_problem on look_back_item (jurisdiction, problem_id);
create index look_back_item_by_checker on look_back_item (jurisdiction, checker_id, state);
create index look_back_item_by_result on look_back_item (jurisdiction, result_on) where result_on is not null;
