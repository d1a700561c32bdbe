-- Addresses of other systems that are told what happens, and what they were told.
create table webhook (
  jurisdiction text not null,
  id uuid not null,
  name text not null,
  address text not null,
  -- signs what is sent; shown once, needed at each sending
  secret text not null,
  events text[] not null,
  -- null: of the whole jurisdiction; else only problems in which one of the unit and those below it takes part
  unit_id uuid,
  disabled_at timestamptz(3),
  created_by_name text not null,
  created_at timestamptz(3) not null,
  version int not null default 1,
  primary key (jurisdiction, id)
);

create table webhook_delivery (
  jurisdiction text not null,
  id uuid not null,
  webhook_id uuid not null,
  event text not null,
  item_id uuid not null,
  seq int not null,
  state text not null check (state in ('waiting', 'delivered', 'failed', 'outside')),
  tries int not null default 0,
  -- when it is tried next; moved forward before each try, so that two processes never try at once
  next_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  ended_at timestamptz(3),
  answer text,
  primary key (jurisdiction, id)
);
create unique index webhook_delivery_once on webhook_delivery (jurisdiction, webhook_id, item_id, seq);
create index webhook_delivery_due on webhook_delivery (next_at) where state = 'waiting';
create index webhook_delivery_list on webhook_delivery (jurisdiction, webhook_id, created_at desc);

-- What came in through Open311; the problem itself is an ordinary one of the ledger.
create table open311_request (
  jurisdiction text not null,
  problem_id uuid not null,
  number text not null,
  service_code text not null,
  requested_at timestamptz(3) not null,
  -- what a client may see of it
  description text not null,
  address text not null default '',
  latitude double precision,
  longitude double precision,
  primary key (jurisdiction, problem_id)
);
create index open311_request_by_time on open311_request (jurisdiction, requested_at desc);
create unique index open311_request_by_number on open311_request (jurisdiction, number);
