import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { bigramsOf } from '../src/modules/tasks/bigrams.ts';
import type { Database } from '../src/platform/db/connect.ts';

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

/** Fills in `count` tasks by SQL alone: 2 % open, 40 units, 8 plans of 4 stages, 26 sectors, six years of history. */
export async function seedTasks(database: Database, count = 1_000_000, jurisdiction = '990102'): Promise<Seeded> {
  const { db } = database;
  const units = Array.from({ length: 40 }, () => randomUUID());
  const plans = Array.from({ length: 8 }, () => randomUUID());
  const stages = Array.from({ length: 32 }, () => randomUUID());
  const sectors = Array.from({ length: 26 }, (_, at) => `行业领域${at + 1}`);
  const today = '2026-11-22';
  const run = async (what: string, statement: ReturnType<typeof sql>): Promise<void> => {
    const begun = Date.now();
    await statement.execute(db);
    console.log(`  ${what}: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  };
  await sql`insert into jurisdiction (code, name, level) values (${jurisdiction}, '演示区', 'district') on conflict do nothing`.execute(
    db,
  );
  for (const [at, id] of units.entries())
    await sql`insert into unit (jurisdiction, id, name, name_key, kind, area_code, sort, pinyin, initials)
      values (${jurisdiction}, ${id}, ${`单位${at + 1}`}, ${`单位${at + 1}`}, 'department', ${jurisdiction}, ${at}, '', '')`.execute(
      db,
    );
  const phrases = subjects.flatMap((subject) =>
    places.flatMap((place) =>
      works.map((work) => ({
        title: `开展${subject}${place}${work}`,
        text: `对${place}开展${work}，${subject}领域全覆盖。`,
      })),
    ),
  );
  await database.pool.query(
    `alter database ${(await sql<{ d: string }>`select current_database() as d`.execute(db)).rows[0]?.d} set statement_timeout = 0`,
  );
  await sql`create table bench_phrase (k int primary key, title text, text text, search tsvector)`.execute(db);
  await sql`insert into bench_phrase select x.k, x.title, x.text, array_to_tsvector(x.grams)
    from jsonb_to_recordset(${JSON.stringify(phrases.map((one, k) => ({ k, ...one, grams: bigramsOf(one.title, one.text) })))}::jsonb)
      as x (k int, title text, text text, grams text[])`.execute(db);
  const indexes = await sql<{ name: string; def: string }>`
    select indexname as name, indexdef as def from pg_indexes
    where tablename in ('task', 'task_unit', 'task_span', 'task_tally') and indexname not like '%_pkey'`.execute(db);
  for (const index of indexes.rows) await sql`drop index ${sql.id(index.name)}`.execute(db);
  await run(
    'tasks',
    sql`insert into task (jurisdiction, id, serial, number, title, text, origin, plan_id, stage_id, sector, state, open,
        lead_unit_id, person_name, started_on, deadlines, quotas, targets, first_due_on, due_on, amber_on, extensions,
        percent, evidence, received_on, submitted_on, submitted_by, closed_on, ended_on, sent_back, units, search, version, created_at)
      select ${jurisdiction}, gen_random_uuid(), extract(year from g.started)::bigint * 100000000 + g.n,
        '任-' || extract(year from g.started) || '-' || lpad(g.n::text, 7, '0'), p.title, p.text,
        jsonb_build_object('kind', 'plan', 'planTitle', '方案' || g.plan, 'address', g.n % 9), g.plans[g.plan], g.stages[g.stage],
        g.sectors[g.h % 26 + 1], g.state, g.open, g.units[g.u], case when g.h % 20 = 0 then null else '责任人' || g.h % 500 end,
        g.started, jsonb_build_array(jsonb_build_object('kind', 'date', 'text', '年底前', 'on', g.due)), '[]', '[]', g.due, g.due,
        g.due - 7, 0, case when g.open then g.h % 90 else 100 end, 1,
        case when g.state <> 'toReceive' then g.started + 2 end, case when g.open then null else g.ended end, 'x',
        case when g.state = 'closed' then g.ended end, case when not g.open then g.ended end, 0,
        array[g.units[g.u], g.units[g.u % 40 + 1], g.units[(g.u + g.h) % 40 + 1]], p.search, 3, g.started
      from (
        select n, h, started, due, open, ended, units, plans, stages, sectors, h % 40 + 1 as u, plan, (plan - 1) * 4 + h / 7 % 4 + 1 as stage,
          case when open then (array['toReceive', 'underway', 'underway', 'underway', 'submitted', 'suspended'])[h % 6 + 1]
            when h % 97 = 0 then 'withdrawn' else 'closed' end as state
        from (
          select n, h, started, started + 20 + h % 160 as due, (n % 100 = 0 or n > ${count} * 0.99) as open,
            least(started + 5 + (h / 3) % 190, ${today}::date) as ended, h / 11 % 8 + 1 as plan,
            ${units}::uuid[] as units, ${plans}::uuid[] as plans, ${stages}::uuid[] as stages, ${sectors}::text[] as sectors
          from (select n, (hashint4(n) & 1073741823) as h,
              (${today}::date - (2190 * (1 - n::numeric / ${count}))::int) as started
            from generate_series(1, ${count}::int) n) a) b) g
      join bench_phrase p on p.k = g.h / 13 % ${phrases.length}`,
  );
  await run(
    'units of tasks',
    sql`insert into task_unit (jurisdiction, task_id, unit_id, role, sort)
      select distinct on (id, u) jurisdiction, id, u, case when o = 1 then 'lead' else 'responsible' end, o
      from task cross join lateral unnest(units) with ordinality x (u, o)
      where open order by id, u, o`,
  );
  await run(
    'spans',
    sql`insert into task_span (jurisdiction, task_id, from_on, to_on, state, lead_unit_id, sector, plan_id, stage_id, due_on, amber_on, percent, serial, units)
      select jurisdiction, id, f, u, s, lead_unit_id, sector, plan_id, stage_id, due_on, amber_on, 0, serial, units from (
        select t.*, started_on as f, least(started_on + 2, ended_on) as u, 'toReceive' as s from task t where not open or state <> 'toReceive'
        union all
        select t.*, started_on + 2, ended_on, case when open then state else 'underway' end from task t
          where (open and state <> 'toReceive') or (not open and ended_on > started_on + 2)
        union all
        select t.*, started_on, null, state from task t where state = 'toReceive') x order by f`,
  );
  await run(
    'counts',
    sql`insert into task_tally (jurisdiction, plan_id, stage_id, unit_id, sector, period, first_day, closed, closed_late)
      select jurisdiction, coalesce(plan_id::text, ''), coalesce(stage_id::text, ''), coalesce(lead_unit_id::text, ''),
        coalesce(sector, ''), period, date_trunc(case period when 'm' then 'month' else 'year' end, closed_on)::date, count(*),
        count(*) filter (where closed_late)
      from task cross join (values ('m'), ('y')) p (period) where closed_on is not null
      group by jurisdiction, period, 7, grouping sets ((), (lead_unit_id), (sector), (lead_unit_id, sector),
        (plan_id), (plan_id, lead_unit_id), (plan_id, sector),
        (plan_id, stage_id), (plan_id, stage_id, lead_unit_id), (plan_id, stage_id, sector))`,
  );
  const begun = Date.now();
  const client = await database.pool.connect();
  try {
    await client.query(`set statement_timeout = 0; set maintenance_work_mem = '512MB'`);
    for (const index of indexes.rows) await client.query(index.def);
    await client.query('vacuum (analyze) task; ');
    await client.query('vacuum (analyze) task_unit');
    await client.query('vacuum (analyze) task_span');
    await client.query('vacuum (analyze) task_tally');
  } finally {
    client.release(true);
  }
  console.log(`  indexes and statistics: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  await sql`drop table bench_phrase`.execute(db);
  return { jurisdiction, units, plans, stages, sectors, today };
}
