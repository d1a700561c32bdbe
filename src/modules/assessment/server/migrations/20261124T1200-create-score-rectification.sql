-- 对标整改: tasks that were made for lines of a sheet on which points were lost; only added to.
create table score_rectification (
  jurisdiction text not null check (jurisdiction ~ '^[0-9]{6,9}$'),
  id uuid not null,
  sheet_id uuid not null,
  code text not null,
  task_id uuid not null,
  task_number text not null,
  text text not null,
  due_on date not null,
  by_name text not null,
  day date not null,
  serial bigint generated always as identity,
  at timestamptz(3) not null,
  primary key (jurisdiction, id)
);
create unique index score_rectification_of_line on score_rectification (jurisdiction, sheet_id, code);
create trigger score_rectification_stays before update or delete on score_rectification
  for each row execute function refuse_change_of_assessment();
