-- Enterprises and public places: one register, one file each. Nothing is deleted: a closed one stays, a duplicate points to
-- the one that is kept, a former name goes on being found.

create table enterprise (
  jurisdiction text not null,
  id uuid not null,
  number text not null,
  -- Year and serial of the number, for sorting: 20260000042 for 企-2026-0042.
  serial bigint not null,
  kind text not null check (kind in ('enterprise', 'place')),
  name text not null,
  -- The name as lists and imports compare it: widths, brackets and white space made equal.
  name_key text not null,
  -- The same without the legal form, so that 某某厂 is proposed for 某某厂有限公司.
  name_core text not null,
  -- As written on the licence; its check digit is warned about, never enforced.
  credit_code text,
  sector text,
  industry text,
  address text,
  address_key text not null default '',
  area_code text not null,
  longitude double precision check (longitude between -180 and 180),
  latitude double precision check (latitude between -90 and 90),
  grid text,
  grid_code text,
  regulator_unit_id uuid,
  town_unit_id uuid,
  legal_person text,
  safety_head text,
  safety_phone text,
  size text check (size in ('large', 'medium', 'small', 'micro')),
  headcount int check (headcount >= 0),
  risk text check (risk in ('red', 'orange', 'yellow', 'blue')),
  state text not null check (state in ('active', 'stopped', 'closed')),
  state_on date not null,
  registered_on date not null,
  -- Who last stood for it that the file is true; empty: found in the field or imported, nobody has looked yet.
  confirmed_on date,
  confirmed_by text,
  merged_into uuid,
  merged_on date,
  pinyin text not null,
  initials text not null,
  note text,
  version int not null default 1,
  primary key (jurisdiction, id),
  check ((longitude is null) = (latitude is null)),
  check ((merged_into is null) = (merged_on is null) and merged_into <> id)
);
create unique index enterprise_number on enterprise (jurisdiction, number);
create index enterprise_in_order on enterprise (jurisdiction, serial desc);
create index enterprise_by_name on enterprise (jurisdiction, name_key);
create index enterprise_by_core on enterprise (jurisdiction, name_core);
create index enterprise_by_code on enterprise (jurisdiction, credit_code) where credit_code is not null;
create index enterprise_by_regulator on enterprise (jurisdiction, regulator_unit_id, serial desc);
create index enterprise_by_town on enterprise (jurisdiction, town_unit_id, serial desc);
create index enterprise_by_sector on enterprise (jurisdiction, sector, serial desc);
create index enterprise_by_place on enterprise (jurisdiction, latitude, longitude) where latitude is not null;
create index enterprise_merged on enterprise (jurisdiction, merged_into) where merged_into is not null;

-- In which state it was from which day on; several changes of one day stay in their order.
create table enterprise_state (
  jurisdiction text not null,
  enterprise_id uuid not null,
  seq int not null,
  state text not null check (state in ('active', 'stopped', 'closed')),
  from_on date not null,
  reason text,
  primary key (jurisdiction, enterprise_id, seq)
);

-- Former names, each with the last day on which it was the name.
create table enterprise_name (
  jurisdiction text not null,
  enterprise_id uuid not null,
  seq int not null,
  name text not null,
  name_key text not null,
  until_on date not null,
  primary key (jurisdiction, enterprise_id, seq)
);
create index enterprise_name_by_key on enterprise_name (jurisdiction, name_key);
