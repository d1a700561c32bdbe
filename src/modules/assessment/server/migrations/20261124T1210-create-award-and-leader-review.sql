-- 评优表彰、平安创建 and 领导个人考核: cases of one shape; what lists ask stands in columns, the rest in `body`.
create table award (
  jurisdiction text not null check (jurisdiction ~ '^[0-9]{6,9}$'),
  id uuid not null,
  number text not null,
  state text not null,
  year int not null,
  -- units that take part: what a unit sees
  units uuid[] not null,
  -- the person whom it is about, where it is about one
  person_id uuid,
  body jsonb not null,
  version int not null default 1,
  created_by text not null,
  created_by_name text not null,
  created_on date not null,
  created_at timestamptz(3) not null,
  primary key (jurisdiction, id)
);
create unique index award_number on award (jurisdiction, number);
create table leader_review (like award including all);
create unique index leader_review_of_person on leader_review (jurisdiction, year, person_id)
  where person_id is not null and state <> 'reviewDropped';
