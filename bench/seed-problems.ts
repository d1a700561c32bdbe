import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pairsOf, plainForSearch } from '../src/kernel/search-text.ts';
import type { Database } from '../src/platform/db/connect.ts';
import type { Seeded } from './seed-tasks.ts';
import { slowly } from './slowly.ts';

/** What the generated problems hang on, for choosing filters. */
export interface SeededProblems extends Seeded {
  readonly enterprises: readonly string[];
  readonly areas: readonly string[];
}

const things = [
  '配电箱',
  '疏散通道',
  '液氨储罐',
  '灭火器',
  '临边防护',
  '脚手架',
  '燃气管道',
  '安全出口',
  '危险化学品仓库',
  '起重机械',
  '有限空间',
  '消火栓',
  '电气线路',
  '压力容器',
  '应急照明',
  '防爆电机',
  '粉尘收集系统',
  '特种作业证件',
  '冷库',
  '加油机',
];
const faults = [
  '未接地',
  '被杂物占用',
  '没有警示标志',
  '超期未检',
  '缺失',
  '锈蚀严重',
  '带病运行',
  '未按规定设置',
  '私自改动',
  '标识不清',
  '压力不足',
  '堵塞',
  '无人值守',
  '记录不全',
  '间距不够',
  '绝缘老化',
  '通风不良',
  '门未关闭',
  '堆放过高',
  '未做培训',
];
const demands = [
  '要求立即整改',
  '要求限期整改',
  '请主管部门督促',
  '责令停止使用',
  '应当设置隔离',
  '须由专人负责',
  '应当更换',
  '须补齐台账',
  '要求现场清理',
  '须重新检测',
  '应当制定方案',
  '要求加装报警',
  '须落实责任人',
  '应当公示',
  '要求恢复原状',
  '须组织演练',
  '应当加固',
  '要求排查同类',
  '须签订承诺',
  '应当报告进度',
];

const LONGEST_DAYS = 2190;
/** Turns are filled in of so many days: figures ask for a year. */
const TURN_DAYS = 400;
const TODAY = '2026-11-22';

/** One jurisdiction to fill: `count` problems of which 2 % are open today. */
export interface Size {
  readonly jurisdiction: string;
  readonly count: number;
}

/**
 * Fills in problems by SQL alone: 60 units (one leads, one supervises, one found it), 26 sectors, 12 towns, 600 grids, 8 plans of
 * 4 stages (half of the problems have one), 30,000 enterprises (seven tenths), 8 sources, 20 × 20 × 20 wordings, 3 % major, a
 * fifth fixed on the spot, 2 % open (half of them the newest, half from all years), 2 % ended in another way than closed, over
 * up to six years. Turns: each registration and each end of the last 400 days. Indexes are made after the rows.
 */
export async function seedProblems(
  database: Database,
  sizes: readonly Size[],
  log: (line: string) => void = console.log,
): Promise<SeededProblems[]> {
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
     where tablename in ('problem', 'problem_span', 'problem_turn') and indexname not like '%_pkey'`,
  );
  for (const index of indexes.rows) await pool.query(`drop index ${index.name}`);
  await pool.query('alter table problem drop constraint problem_pkey');
  const seeded: SeededProblems[] = [];
  for (const size of sizes)
    await timed(`${size.count} problems`, async () => {
      seeded.push(await problemsOf(database, size));
    });
  const making = (wanted: (def: string, of: string) => boolean): string[] =>
    indexes.rows.filter((index) => wanted(index.def, index.of)).map((index) => index.def);
  const isSearch = (def: string): boolean => def.includes('problem_search');
  await timed('indexes, history and turns', async () => {
    await slowly(pool, ['alter table problem add primary key (jurisdiction, id)']);
    await Promise.all([
      slowly(pool, [...making(isSearch), 'alter index problem_search alter column 2 set statistics 300']),
      slowly(pool, [
        ...making((def, of) => of === 'problem' && !isSearch(def)),
        SPANS,
        ...making((_, of) => of === 'problem_span'),
        'alter index problem_span_search alter column 1 set statistics 300',
        TURNS,
        ...making((_, of) => of === 'problem_turn'),
      ]),
    ]);
  });
  await timed('statistics', () =>
    slowly(pool, [
      'vacuum (analyze) problem',
      'vacuum (analyze) problem_span',
      'vacuum (analyze) problem_turn',
      'drop table bench_phrase',
      'checkpoint',
    ]),
  );
  return seeded;
}

async function phrases({ db }: Database): Promise<void> {
  const all = things.flatMap((thing) =>
    faults.flatMap((fault) =>
      demands.map((demand) => ({ title: `${thing}${fault}`, text: `现场检查发现${thing}${fault}，${demand}。` })),
    ),
  );
  const rows = all.map((one, k) => ({
    k,
    ...one,
    pairs: pairsOf(one.title, one.text),
    plain: plainForSearch(`${one.title} ${one.text}`),
  }));
  await sql`insert into bench_phrase select x.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as x (k int, title text, text text, pairs int[], plain text)`.execute(db);
}

async function problemsOf({ db, pool }: Database, { jurisdiction, count }: Size): Promise<SeededProblems> {
  const units = Array.from({ length: 60 }, () => randomUUID());
  const plans = Array.from({ length: 8 }, () => randomUUID());
  const stages = Array.from({ length: 32 }, () => randomUUID());
  const sectors = Array.from({ length: 26 }, (_, at) => `行业领域${at + 1}`);
  const areas = Array.from({ length: 12 }, (_, at) => `${jurisdiction}${String(at + 100)}`);
  const enterprises = Array.from({ length: Math.max(100, count / 400) }, () => randomUUID());
  const days = Math.round(LONGEST_DAYS * Math.min(1, count / 1_000_000));
  const open = Math.round(count * 0.02);
  await sql`insert into jurisdiction (code, name, level) values (${jurisdiction}, '演示区', 'district')
    on conflict do nothing`.execute(db);
  await sql`insert into unit (jurisdiction, id, name, name_key, kind, area_code, sort, pinyin, initials)
    select ${jurisdiction}, x.id, '单位' || x.n, '单位' || x.n, 'department', ${jurisdiction}, x.n, '', ''
    from unnest(${units}::uuid[]) with ordinality x (id, n)`.execute(db);
  const statement = sql`
    insert into problem (jurisdiction, id, serial, number, kind, title, text, source_type, handed_down, found_on, entered_on,
      registered_by, registered_by_name, finder_unit_id, enterprise_id, subject, address, area_code, longitude, latitude, grid, sector,
      tags, plan_id, stage_id, grade, lead_unit_id, supervising_unit_id, person_name, state, open, first_due_on, due_on, amber_on,
      extensions, evidence, after_files, received_on, done_on, done_by, done_by_name, closed_on, closed_by, closed_by_name, close_kind,
      ended_on, sent_back, opened_on, on_spot, units, flags, pairs, plain, created_at)
    select ${jurisdiction}, gen_random_uuid(), g.year * 100000000 + g.n, '问-' || g.year || '-' || lpad(g.n::text, 8, '0'),
      (array['hazard', 'hazard', 'hazard', 'problem', 'problem', 'accidentLead'])[g.h % 6 + 1], p.title, p.text,
      (array['patrol', 'dailyCheck', 'specialCheck', 'grid', 'selfCheck', 'tipoff', 'guidance', 'handedOver'])[g.h / 3 % 8 + 1],
      g.h / 3 % 8 > 5, g.entered - case when g.h / 5 % 12 = 0 then 6 else g.h % 3 end, g.entered, 'x', '登记人',
      g.units[g.h / 11 % 60 + 1], case when g.h / 7 % 10 < 7 then g.enterprises[g.h / 13 % cardinality(g.enterprises) + 1] end, '',
      '', g.areas[g.h / 17 % 12 + 1], 118 + g.h % 997 / 2000.0, 31 + g.h % 991 / 2000.0,
      case when g.h / 19 % 5 < 2 then '网格' || g.h / 23 % 600 end, g.sectors[g.h / 29 % 26 + 1],
      case when g.h / 31 % 5 = 0 then array[(array['五个责任', '八个方面', '回头看', '百日行动'])[g.h / 37 % 4 + 1]] else '{}' end,
      case when g.h / 41 % 2 = 0 then g.plans[g.h / 43 % 8 + 1] end,
      case when g.h / 41 % 2 = 0 then g.stages[g.h / 43 % 8 * 4 + g.h / 47 % 4 + 1] end,
      case when g.h / 53 % 33 = 0 then 'major' else 'general' end, g.units[g.h / 59 % 60 + 1], g.units[g.h / 61 % 60 + 1],
      '责任人' || g.h % 500, g.state, g.open, g.due, g.due, g.due - 7, (g.h / 67 % 16 = 0)::int, 1, 1, g.entered,
      case when not g.open then g.ended end, 'x', '整改人', case when g.state = 'closed' then g.ended end, 'y', '销号人',
      case when g.state = 'closed' then case when g.spot then 'onSpot' else 'rectified' end end, case when not g.open then g.ended end,
      (g.h / 71 % 25 = 0)::int, g.entered, g.spot,
      array[g.units[g.h / 59 % 60 + 1], g.units[g.h / 61 % 60 + 1], g.units[g.h / 11 % 60 + 1]],
      array_remove(array[case when g.spot then 'onSpot' end, case when g.h / 5 % 12 = 0 then 'lateEntry' end,
        case when g.h / 67 % 16 = 0 then 'extended' end, case when g.h / 71 % 25 = 0 then 'sentBack' end], null),
      p.pairs, p.plain, g.entered
    from (
      select n, h, entered, extract(year from entered)::bigint as year, entered + 5 + h % 60 as due, open, spot,
        case when spot then entered else least(entered + 1 + (h / 3) % 45, ${TODAY}::date) end as ended,
        case when open then (array['toReceive', 'underway', 'underway', 'underway', 'toRecheck', 'toClose', 'planned', 'disputed'])[h % 8 + 1]
          when spot then 'closed'
          when h / 73 % 50 = 0 then (array['withdrawn', 'merged', 'unfounded', 'withdrawn'])[h / 79 % 4 + 1]
          else 'closed'
          end as state,
        ${units}::uuid[] as units, ${plans}::uuid[] as plans, ${stages}::uuid[] as stages, ${sectors}::text[] as sectors,
        ${areas}::text[] as areas, ${enterprises}::uuid[] as enterprises
      from (select n, h, entered, open, not open and h / 83 % 5 = 0 as spot
        from (select n, (hashint8(n) & 1073741823) as h,
            (${TODAY}::date - (${days} * (1 - n::numeric / ${count}::int))::int) as entered,
            (n % ${Math.round((2 * count) / open)}::int = 0 or n > ${count - open / 2}::int) as open
          from generate_series(1::bigint, ${count}::bigint) n) a) b) g
    join bench_phrase p on p.k = g.h / 89 % 8000`.compile(db);
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query(statement.sql, [...statement.parameters]);
  } finally {
    client.release(true);
  }
  // New ones go on where the generated ones end.
  await sql`insert into number_series (jurisdiction, series, year, last) values (${jurisdiction}, '问', ${Number(TODAY.slice(0, 4))}, ${count})
    on conflict do nothing`.execute(db);
  return { jurisdiction, units, plans, stages, sectors, areas, enterprises: enterprises.slice(0, 100), today: TODAY };
}

const SPANS = `insert into problem_span (jurisdiction, problem_id, from_on, to_on, kind, state, grade, lead_unit_id, sector, source_type,
    batch_id, plan_id, stage_id, enterprise_id, area_code, tags, due_on, amber_on, extensions, found_on, entered_on, opened_on, listed,
    serial, units, longitude, latitude)
  select jurisdiction, id, entered_on, ended_on, kind, case when open then state else 'underway' end, grade, lead_unit_id, sector,
    source_type, batch_id, plan_id, stage_id, enterprise_id, area_code, tags, due_on, amber_on, extensions, found_on, entered_on,
    opened_on, false, serial, units, longitude, latitude
  from problem where open or ended_on > entered_on`;

const TURNS = `insert into problem_turn (jurisdiction, day, turn, problem_id, seq, serial, kind, grade, lead_unit_id, sector, source_type,
    batch_id, plan_id, area_code, tags, units, cycle, late, on_spot, at_grid, by_id)
  select jurisdiction, x.day, x.turn, id, x.seq, serial, kind, grade, lead_unit_id, sector, source_type, batch_id, plan_id, area_code,
    tags, units, 1, x.late, on_spot, false, 'x'
  from problem cross join lateral (select 1 as seq, 'registered' as turn, entered_on as day, 'lateEntry' = any(flags) as late
    union all select 2, case when state = 'closed' then 'closed' else state end, ended_on, ended_on > due_on where not open) x
  where x.day > date '${TODAY}' - ${TURN_DAYS}`;
