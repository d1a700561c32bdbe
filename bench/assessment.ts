import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { day } from '../src/kernel/day.ts';
import { measureCodes, measures } from '../src/modules/assessment/measures.ts';
import { everything, type Indicator, type SchemeBody } from '../src/modules/assessment/scheme.ts';
import { draftScheme, publishScheme } from '../src/modules/assessment/server/door.ts';
import { assessmentRoutes } from '../src/modules/assessment/server/routes.ts';
import type { House } from '../src/platform/act.ts';
import { perform, reading } from '../src/platform/perform.ts';
import { testActor } from '../src/platform/testing.ts';
import type { Work } from './office.ts';
import type { SeededProblems } from './seed-problems.ts';

const UNITS = 200;
const INDICATORS = 30;

const rule = (code: (typeof measureCodes)[number]) =>
  measures[code].better === 'more'
    ? ({ kind: 'linear', zeroAt: 20, fullAt: 100 } as const)
    : ({ kind: 'linear', zeroAt: 60, fullAt: 0 } as const);

/** Every measure once, and those of tasks and problems again for single sectors and major problems, until there are thirty. */
function indicators(sectors: readonly string[]): Indicator[] {
  const narrowed = measureCodes.filter((code) => measures[code].narrows.length > 0);
  return Array.from({ length: INDICATORS }, (_, at) => {
    const code = measureCodes[at] ?? narrowed[at % narrowed.length] ?? 'taskOnTime';
    const again = at >= measureCodes.length;
    return {
      code: `I${at}`,
      name: `指标${at}`,
      part: 'common',
      units: [],
      weight: at === 0 ? 100 - (INDICATORS - 1) * 3 : 3,
      floor: 0,
      by: 'ledger',
      measure: code,
      scoring: rule(code),
      narrow: again ? { ...everything, sectors: [sectors[at % 4] ?? ''] } : everything,
      whenNone: 'rescale',
      scorer: null,
      asks: '',
    };
  });
}

async function namesOfUnits(db: House['db'], jurisdiction: string): Promise<string[]> {
  const known = await sql<{
    name: string;
  }>`select name from unit where jurisdiction = ${jurisdiction} and valid_to is null
    order by name`.execute(db);
  const missing = Math.max(0, UNITS - known.rows.length);
  const ids = Array.from({ length: missing }, () => randomUUID());
  await sql`insert into unit (jurisdiction, id, name, name_key, kind, area_code, sort, pinyin, initials)
    select ${jurisdiction}, x.id, '站所' || x.n, '站所' || x.n, 'department', ${jurisdiction}, x.n, '', ''
    from unnest(${ids}::uuid[]) with ordinality x (id, n) on conflict do nothing`.execute(db);
  return [...known.rows.map((row) => row.name), ...ids.map((_, at) => `站所${at + 1}`)].slice(0, UNITS);
}

/** 200 units by 30 indicators: the table of all scores, and one unit's sheet with its working. */
export async function assessmentWork(house: House, seeded: SeededProblems): Promise<Work[]> {
  const { db } = house;
  const { jurisdiction } = seeded;
  const today = day(seeded.today);
  const officer = (name: string) => testActor({ roles: ['officer'], name, jurisdiction, accountId: randomUUID() });
  const year = Number(today.slice(0, 4));
  const body: SchemeBody = {
    title: '测量用的考核方案',
    year,
    basis: '测量用的依据',
    objects: { word: '各单位', units: await namesOfUnits(db, jurisdiction), without: [] },
    from: `${year}-01-01`,
    to: `${year}-12-31`,
    total: 100,
    floor: 0,
    bonusCap: 0,
    malusCap: 0,
    indicators: indicators(seeded.sectors),
    grades: [
      { code: 'a', name: '优秀', from: 90, quota: 30 },
      { code: 'b', name: '合格', from: 0, quota: null },
    ],
    vetoes: [],
    coupling: [],
    selfDays: 5,
    appealDays: 5,
  };
  const drafted = await perform(house, officer('拟稿人'), (act) => draftScheme(act, body));
  await perform(house, officer('签发人'), (act) => publishScheme(act, { id: drafted.id, version: drafted.version }));
  const reader = officer('查看人');
  const ask = async (name: string, params: Record<string, string>): Promise<unknown> => {
    const route = assessmentRoutes.find((one) => one.name === name);
    const handle = route?.handle as (situation: unknown) => Promise<unknown>;
    return handle({ ...reading(house, reader), params, query: {} });
  };
  const [unit] = (
    await sql<{
      id: string;
    }>`select lead_unit_id as id from problem where jurisdiction = ${jurisdiction} limit 1`.execute(db)
  ).rows;
  return [
    {
      name: `assessment of ${UNITS} units × ${INDICATORS} indicators`,
      limit: 5,
      run: () => ask('schemeTable', { id: drafted.id }),
    },
    {
      name: "one unit's sheet with its working",
      limit: 5,
      run: () => ask('unitSheet', { id: drafted.id, unitId: unit?.id ?? '' }),
    },
  ];
}
