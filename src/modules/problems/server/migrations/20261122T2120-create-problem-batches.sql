-- Lists that superiors send, and workbooks that were imported: the file, what was read of it, and what became of each line.
create table problem_batch (
  jurisdiction text not null check (jurisdiction ~ '^[0-9]{6,9}$'),
  id uuid not null,
  number text not null,
  state text not null check (state in ('reading', 'unreadable', 'reviewing', 'registered', 'withdrawn')),
  way text not null check (way in ('document', 'sheet')),
  title text not null,
  sender text,
  document_number text,
  issued_on date,
  received_on date not null,
  found_on date,
  finder text,
  source_type text not null,
  plan_id uuid,
  tags text[] not null default '{}',
  -- the unit whose clerk brought it: who may see it beside the office
  unit_id uuid,
  file_sha256 text not null,
  file_name text not null,
  file_size int not null,
  error text,
  step text,
  reason text,
  imported_by text not null,
  imported_by_name text not null,
  imported_at timestamptz(3) not null,
  registered_on date,
  -- wordings of units as people settled them for this list: [{text, unitId, name}]
  settled jsonb not null default '[]',
  version int not null default 1,
  primary key (jurisdiction, id)
);
create unique index problem_batch_number on problem_batch (jurisdiction, number);
create index problem_batch_by_file on problem_batch (jurisdiction, file_sha256);
create index problem_batch_by_time on problem_batch (jurisdiction, imported_at desc);

create table problem_batch_text (
  jurisdiction text not null,
  batch_id uuid not null,
  -- text, blocks and losses as the reader gave them; head and tables as the rules found them
  document jsonb not null,
  feedback jsonb not null,
  primary key (jurisdiction, batch_id)
);

create table problem_batch_line (
  jurisdiction text not null,
  batch_id uuid not null,
  id uuid not null,
  position int not null,
  state text not null check (state in ('open', 'registered', 'merged', 'discarded')),
  -- what the document says, never changed; and what is going to be registered
  said jsonb not null,
  draft jsonb not null,
  reason text,
  problem_id uuid,
  -- hash of wording and subject: the same line in another list is recognised by it
  wording text not null,
  primary key (jurisdiction, batch_id, id)
);
create index problem_batch_line_by_wording on problem_batch_line (jurisdiction, wording) where problem_id is not null;
create index problem_batch_line_by_problem on problem_batch_line (jurisdiction, problem_id) where problem_id is not null;

-- List views (两表四清单 and whatever a district calls them): columns, filters, order and title, as data.
create table problem_view (
  jurisdiction text not null,
  id uuid not null,
  name text not null,
  title text not null,
  columns jsonb not null,
  filters jsonb not null default '{}',
  sort text,
  paper text not null default 'A4' check (paper in ('A4', 'A3')),
  plan_id uuid,
  -- null: for everybody in the jurisdiction; otherwise for this unit
  unit_id uuid,
  made_by text not null,
  made_by_name text not null,
  made_at timestamptz(3) not null,
  sort_key int not null default 0,
  -- hidden from everybody; the row stays, because its history does
  removed boolean not null default false,
  version int not null default 1,
  primary key (jurisdiction, id)
);
create index problem_view_order on problem_view (jurisdiction, sort_key, name);
