import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pairsOf, plainForSearch } from '../src/kernel/search-text.ts';
import type { Database } from '../src/platform/db/connect.ts';
import { slowly } from './slowly.ts';

/** What the generated tasks hang on, for choosing filters. */
export interface Seeded {
  readonly jurisdiction: string;
  readonly units: readonly string[];
  readonly plans: readonly string[];
  readonly stages: readonly string[];
  readonly sectors: readonly string[];
  /** The day that counts as today; open tasks lie around it. */
  readonly today: string;
}

const subjects = [
  '危险化学品',
  '建筑施工',
  '道路运输',
  '城镇燃气',
  '消防安全',
  '特种设备',
  '工贸企业',
  '烟花爆竹',
  '渔业船舶',
  '学校食堂',
];
const places = [
  '重点企业',
  '人员密集场所',
  '在建工地',
  '老旧小区',
  '农贸市场',
  '加油站点',
  '仓储物流',
  '有限空间',
  '高层建筑',
  '液氨储罐',
];
const works = [
  '专项检查',
  '隐患排查',
  '教育培训',
  '应急演练',
  '联合执法',
  '风险评估',
  '回头看',
  '标准化建设',
  '在线监测接入',
  '责任书签订',
];

const LONGEST_DAYS = 2190;
const TODAY = '2026-11-22';

/** One jurisdiction to fill: `count` tasks of which `open` are open today. Few tasks are a shorter history, not a slower one. */
export interface Size {
  readonly jurisdiction: string;
  readonly count: number;
  readonly open: number;
}

/**
 * Fills in tasks by SQL alone: 40 units (one leads, two take part), 8 plans of 4 stages, 26 sectors, about 450 new tasks a
 * day over up to six years, open on average for a month, one in a hundred for good; a twentieth without a person.
 * Indexes are made after the rows.
 */
export async function seedTasks(
  database: Database,
  sizes: readonly Size[],
  log: (line: string) => void = console.log,
): Promise<Seeded[]> {
  const { pool } = database;
  await slowly(pool, [
    'drop table if exists bench_phrase',
    'create table bench_phrase (k int primary key, title text, text text, pairs int[], plain text)',
  ]);
  await phrases(database);
  const timed = async (what: string, run: () => Promise<void>): Promise<void> => {
    const begun = Date.now();
    await run();
    log(`  ${what}: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  };
  const indexes = await pool.query<{ name: string; def: string; of: string }>(
    `select indexname as name, indexdef as def, tablename as of from pg_indexes
     where tablename in ('task', 'task_unit', 'task_span', 'task_tally') and indexname not like '%_pkey'`,
  );
  for (const index of indexes.rows) await pool.query(`drop index ${index.name}`);
  const making = (of: string): string[] => indexes.rows.filter((index) => index.of === of).map((index) => index.def);
  const seeded: Seeded[] = [];
  for (const size of sizes)
    await timed(`${size.count} tasks`, async () => {
      seeded.push(await tasksOf(database, size));
    });
  await timed('indexes, history and counts', async () => {
    const all = making('task');
    const search = all.filter((one) => one.includes(' gin '));
    await Promise.all([
      slowly(pool, search),
      slowly(pool, [
        UNITS,
        SPANS,
        ...making('task_span'),
        ...making('task_unit'),
        ...all.filter((one) => !search.includes(one)),
      ]),
    ]);
    await slowly(pool, [TALLY, ...making('task_tally')]);
  });
  await timed('statistics', () =>
    slowly(pool, [
      'alter index task_search alter column 2 set statistics 300',
      'vacuum (analyze) task',
      'vacuum (analyze) task_unit',
      'vacuum (analyze) task_span',
      'vacuum (analyze) task_tally',
      'drop table bench_phrase',
      'checkpoint',
    ]),
  );
  return seeded;
}

async function phrases({ db }: Database): Promise<void> {
  const all = subjects.flatMap((subject) =>
    places.flatMap((place) =>
      works.map((work) => ({
        title: `开展${subject}${place}${work}`,
        text: `对${place}开展${work}，${subject}领域全覆盖。`,
      })),
    ),
  );
  const rows = all.map((one, k) => ({
    k,
    ...one,
    pairs: pairsOf(one.title, one.text),
    plain: plainForSearch(`${one.title} ${one.text}`),
  }));
  await sql`insert into bench_phrase select x.k, x.title, x.text, x.pairs, x.plain
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (k int, title text, text text, pairs int[], plain text)`.execute(
    db,
  );
}

async function tasksOf({ db, pool }: Database, { jurisdiction, count, open }: Size): Promise<Seeded> {
  const units = Array.from({ length: 40 }, () => randomUUID());
  const plans = Array.from({ length: 8 }, () => randomUUID());
  const stages = Array.from({ length: 32 }, () => randomUUID());
  const sectors = Array.from({ length: 26 }, (_, at) => `行业领域${at + 1}`);
  const days = Math.round((LONGEST_DAYS * count) / 1_000_000);
  await sql`insert into jurisdiction (code, name, level) values (${jurisdiction}, '演示区', 'district')
    on conflict do nothing`.execute(db);
  await sql`insert into unit (jurisdiction, id, name, name_key, kind, area_code, sort, pinyin, initials)
    select ${jurisdiction}, x.id, '科室' || x.n, '科室' || x.n, 'department', ${jurisdiction}, x.n, '', ''
    from unnest(${units}::uuid[]) with ordinality x (id, n)`.execute(db);
  await sql`insert into plan (jurisdiction, id, number, kind, title, state, file_sha256, file_name, file_size, imported_by,
      imported_by_name, imported_at, adopted_on)
    select ${jurisdiction}, x.id, '方-2020-000' || x.n, 'plan', '方案' || x.n, 'adopted', x.n, '', 1, 'x', 'x', now(), '2020-11-22'
    from unnest(${plans}::uuid[]) with ordinality x (id, n)`.execute(db);
  await sql`insert into stage (jurisdiction, id, plan_id, ordinal, name, text)
    select ${jurisdiction}, x.id, (${plans}::uuid[])[(x.n - 1) / 4 + 1], x.n, '阶段' || x.n, ''
    from unnest(${stages}::uuid[]) with ordinality x (id, n)`.execute(db);
  const statement = sql`
    insert into task (jurisdiction, id, serial, number, title, text, origin, plan_id, stage_id, sector, state, open,
      lead_unit_id, person_name, started_on, deadlines, quotas, targets, first_due_on, due_on, amber_on, extensions, percent,
      evidence, received_on, submitted_on, submitted_by, closed_on, ended_on, sent_back, units, pairs, plain, version, created_at)
    select ${jurisdiction}, gen_random_uuid(), g.year * 100000000 + g.n, '任-' || g.year || '-' || lpad(g.n::text, 7, '0'),
      p.title, p.text, jsonb_build_object('kind', 'plan', 'planTitle', '方案' || g.plan, 'address', '一（' || g.n % 9 || '）'),
      g.plans[g.plan], g.stages[g.stage], g.sectors[g.h % 26 + 1], g.state, g.open, g.units[g.u],
      case when g.h / 17 % 20 = 0 then null else '责任人' || g.h % 500 end, g.started,
      jsonb_build_array(jsonb_build_object('kind', 'date', 'text', '年底前', 'on', g.due)), '[]', '[]', g.due, g.due,
      g.due - 7, 0, case when g.open then g.h % 90 else 100 end, 1, case when g.state <> 'toReceive' then g.started + 2 end,
      case when g.open then null else g.ended end, 'x', case when g.state = 'closed' then g.ended end,
      case when not g.open then g.ended end, 0, array[g.units[g.u], g.units[g.u % 40 + 1], g.units[(g.u + g.h / 5) % 38 + 1]],
      p.pairs, p.plain, 3, g.started
    from (
      select n, h, started, extract(year from started)::bigint as year, due, open, ended, units, plans, stages, sectors,
        h / 29 % 40 + 1 as u, plan, (plan - 1) * 4 + h / 7 % 4 + 1 as stage,
        case when open then (array['toReceive', 'underway', 'underway', 'underway', 'submitted', 'suspended'])[h % 6 + 1]
          when h % 97 = 0 then 'withdrawn' else 'closed' end as state
      from (
        select n, h, started, started + 20 + h % 160 as due, (n % ${(2 * count) / open}::int = 0 or n > ${count - open / 2}::int) as open,
          least(started + 5 + (h / 3) % 50, ${TODAY}::date) as ended, h / 11 % 8 + 1 as plan,
          ${units}::uuid[] as units, ${plans}::uuid[] as plans, ${stages}::uuid[] as stages, ${sectors}::text[] as sectors
        from (select n, (hashint4(n) & 1073741823) as h,
            (${TODAY}::date - (${days} * (1 - n::numeric / ${count}::int))::int) as started
          from generate_series(1, ${count}::int) n) a) b) g
    join bench_phrase p on p.k = g.h / 13 % (select count(*) from bench_phrase)`.compile(db);
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query(statement.sql, [...statement.parameters]);
  } finally {
    client.release(true);
  }
  return { jurisdiction, units, plans, stages, sectors, today: TODAY };
}

const UNITS = `insert into task_unit (jurisdiction, task_id, unit_id, role, sort)
  select distinct on (id, u) jurisdiction, id, u, case when o = 1 then 'lead' else 'responsible' end, o
  from task cross join lateral unnest(units) with ordinality x (u, o) where open order by id, u, o`;

const SPANS = `insert into task_span (jurisdiction, task_id, from_on, to_on, state, lead_unit_id, sector, plan_id, stage_id, due_on,
    amber_on, percent, has_person, serial, units)
  select jurisdiction, id, f, u, s, lead_unit_id, sector, plan_id, stage_id, due_on, amber_on, percent,
    person_name is not null, serial, units from (
    select t.*, started_on as f, least(started_on + 2, ended_on) as u, 'toReceive' as s from task t
      where not open or state <> 'toReceive'
    union all
    select t.*, started_on + 2, ended_on, case when open then state else 'underway' end from task t
      where (open and state <> 'toReceive') or (not open and ended_on > started_on + 2)
    union all
    select t.*, started_on, null, state from task t where state = 'toReceive') x`;

const TALLY = `insert into task_tally (jurisdiction, plan_id, stage_id, unit_id, sector, period, first_day, closed, closed_late)
  select * from (select jurisdiction, coalesce(plan_id::text, '') as plan, coalesce(stage_id::text, '') as stage, coalesce(lead_unit_id::text, '') as unit,
    coalesce(sector, '') as field, period, first_day, sum(n), sum(late)
  from (select jurisdiction, plan_id, stage_id, lead_unit_id, sector, p.period, p.first_day, count(*) as n,
      count(*) filter (where closed_late) as late
    from task cross join lateral (values ('m', date_trunc('month', closed_on)::date), ('y', date_trunc('year', closed_on)::date))
      p (period, first_day) where closed_on is not null group by 1, 2, 3, 4, 5, 6, 7) c
  group by jurisdiction, period, first_day, grouping sets ((), (lead_unit_id), (sector), (lead_unit_id, sector),
    (plan_id), (plan_id, lead_unit_id), (plan_id, sector), (plan_id, lead_unit_id, sector),
    (plan_id, stage_id), (plan_id, stage_id, lead_unit_id), (plan_id, stage_id, sector),
    (plan_id, stage_id, lead_unit_id, sector))) x
  where period = 'y' or plan = '' or unit = '' or field = ''`;
