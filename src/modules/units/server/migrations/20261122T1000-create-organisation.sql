-- Who there is: units, people with their posts, groups, task forces, and the other names under which documents mention them.
-- Nothing is deleted: rows end (valid_to, to_on). An empty begin means "since before this installation".

create table unit (
  jurisdiction text not null,
  id uuid not null,
  name text not null,
  -- The name as mentions are compared with it: white space, brackets and widths made equal.
  name_key text not null,
  short_name text,
  kind text not null,
  area_code text not null,
  parent_id uuid,
  sort int not null default 0,
  phone text,
  address text,
  pinyin text not null,
  initials text not null,
  valid_from date,
  valid_to date,
  merged_into uuid,
  version int not null default 1,
  primary key (jurisdiction, id),
  check (valid_from is null or valid_to is null or valid_from <= valid_to)
);
create unique index unit_name on unit (jurisdiction, name_key) where valid_to is null;
create index unit_by_kind on unit (jurisdiction, kind, sort, name);
create index unit_by_area on unit (jurisdiction, area_code text_pattern_ops);
create index unit_by_parent on unit (jurisdiction, parent_id);

create table person (
  jurisdiction text not null,
  id uuid not null,
  name text not null,
  phone text,
  pinyin text not null,
  initials text not null,
  version int not null default 1,
  primary key (jurisdiction, id)
);
create index person_by_name on person (jurisdiction, name);

create table post (
  jurisdiction text not null,
  id uuid not null,
  person_id uuid not null,
  unit_id uuid not null,
  title text not null,
  duty text not null,
  from_on date,
  to_on date,
  primary key (jurisdiction, id),
  check (from_on is null or to_on is null or from_on <= to_on)
);
create index post_by_person on post (jurisdiction, person_id);
create index post_by_unit on post (jurisdiction, unit_id);

create table unit_group (
  jurisdiction text not null,
  id uuid not null,
  name text not null,
  name_key text not null,
  -- Which class of the drafting conventions it stands for (各镇街, 安委会成员单位 …), or null.
  class text,
  kind text not null check (kind in ('list', 'rule')),
  rule jsonb,
  pinyin text not null,
  initials text not null,
  valid_from date,
  valid_to date,
  version int not null default 1,
  primary key (jurisdiction, id)
);
create unique index unit_group_name on unit_group (jurisdiction, name_key) where valid_to is null;

create table group_member (
  jurisdiction text not null,
  id uuid not null,
  group_id uuid not null,
  unit_id uuid not null,
  from_on date,
  to_on date,
  primary key (jurisdiction, id),
  check (from_on is null or to_on is null or from_on <= to_on)
);
create index group_member_by_group on group_member (jurisdiction, group_id);
create index group_member_by_unit on group_member (jurisdiction, unit_id);

-- One meaning per spelling at a time; giving it another target is a fact of both.
create table alias (
  jurisdiction text not null,
  key text not null,
  alias text not null,
  unit_id uuid,
  group_id uuid,
  valid_from date,
  primary key (jurisdiction, key),
  check ((unit_id is null) <> (group_id is null))
);
create index alias_by_unit on alias (jurisdiction, unit_id);
create index alias_by_group on alias (jurisdiction, group_id);

create table task_force (
  jurisdiction text not null,
  id uuid not null,
  name text not null,
  name_key text not null,
  purpose text,
  pinyin text not null,
  initials text not null,
  valid_from date,
  valid_to date,
  version int not null default 1,
  primary key (jurisdiction, id)
);
create unique index task_force_name on task_force (jurisdiction, name_key) where valid_to is null;

create table task_force_seat (
  jurisdiction text not null,
  id uuid not null,
  task_force_id uuid not null,
  person_id uuid,
  unit_id uuid,
  part text not null check (part in ('leader', 'deputy', 'member')),
  duty text,
  from_on date,
  to_on date,
  primary key (jurisdiction, id),
  check (person_id is not null or unit_id is not null),
  check (from_on is null or to_on is null or from_on <= to_on)
);
create index task_force_seat_by_force on task_force_seat (jurisdiction, task_force_id);
