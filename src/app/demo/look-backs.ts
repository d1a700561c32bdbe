import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { type Actor, hasRole } from '../../kernel/actor.ts';
import { addDays, type Day } from '../../kernel/day.ts';
import { asJurisdiction } from '../../kernel/ids.ts';
import { accountOfLogin, actorOf } from '../../modules/access/server/door.ts';
import {
  assignChecks,
  drawLookBack,
  fixSeed,
  freezeLookBack,
  issueMeasure,
  type MeasureInput,
  recordCheck,
  sortMeasure,
  stepMeasure,
  viewLookBack,
} from '../../modules/problems/server/door.ts';
import type { House } from '../../platform/act.ts';
import { perform, reading } from '../../platform/perform.ts';
import { readDistrict } from './district.ts';
import { picture } from './evidence.ts';

const DRAWN = 16;

interface MeasureStory extends Omit<MeasureInput, 'leadUnitId' | 'dueOn'> {
  readonly dueDays: number;
  readonly steps: readonly ('study' | 'progress' | 'propose' | 'defer' | 'issue')[];
  readonly document?: string;
}

const words: Readonly<Record<Exclude<MeasureStory['steps'][number], 'issue'>, string>> = {
  study: '',
  progress: '已经实地调研，正在征求各单位意见。',
  propose: '意见已经一致，条件成熟，提请研究。',
  defer: '等待上级规划明确以后再研究。',
};

/**
 * A look-back of the quarter before last month, drawn before witnesses and partly checked, another one frozen only, and the
 * list of institution measures; as the demonstration's people would do it today. What is there already is not told again.
 */
export async function tellLookBacks(house: House): Promise<void> {
  const district = await readDistrict();
  const jurisdiction = asJurisdiction(district.jurisdiction);
  const people: Actor[] = [];
  for (const { login } of district.accounts) {
    const account = await accountOfLogin(house.db, login);
    if (account !== null) people.push(await actorOf(house.db, account));
  }
  const [first, second] = people.filter((one) => hasRole(one, 'officer'));
  if (!first || !second) return;
  const there = await sql<{ draws: number; measures: number }>`
    select (select count(*)::int from look_back where jurisdiction = ${jurisdiction}) as draws,
      (select count(*)::int from measure where jurisdiction = ${jurisdiction}) as measures`.execute(house.db);
  const { draws = 0, measures = 0 } = there.rows[0] ?? {};
  const today = house.clock.today();
  const month = `${today.slice(0, 7)}-01` as Day;
  if (draws === 0)
    await tellDraw(house, { first, second, people, from: addDays(month, -120), to: addDays(month, -31), today });
  if (draws < 2)
    await perform(house, second, (act) =>
      freezeLookBack(act, {
        title: '上月销号问题回头看',
        from: addDays(month, -30),
        to: addDays(month, -1),
        take: 10,
        perUnit: 0,
        perMajor: 1,
        seedSource: 'seal',
      }),
    ).catch(() => undefined);
  await tellMeasures(house, { first, second, people, today, jurisdiction, told: measures });
}

interface Cast {
  readonly first: Actor;
  readonly second: Actor;
  readonly people: readonly Actor[];
  readonly today: Day;
}

async function tellDraw(house: House, cast: Cast & { readonly from: Day; readonly to: Day }): Promise<void> {
  const { first, second, people, from, to, today } = cast;
  const input = {
    title: '销号问题回头看',
    from,
    to,
    take: DRAWN,
    perUnit: 0,
    perMajor: 1,
    seedSource: 'witnessed',
  } as const;
  // a young demonstration has nothing closed in that time
  const made = await perform(house, first, (act) => freezeLookBack(act, input)).catch(() => null);
  if (made === null) return;
  const { id } = made;
  await perform(house, second, (act) =>
    fixSeed(act, {
      id,
      version: 1,
      seed: '3 5 1 6 6 2 4 1 3 5 2 6',
      how: '会上当众掷骰子十二次',
      witnesses: ['驻区纪检监察组同志', '企业代表'],
    }),
  );
  await perform(house, first, (act) => drawLookBack(act, { id, version: 2 }));
  const { items } = await viewLookBack(reading(house, first), id);
  const checkers = people.filter((one) => hasRole(one, 'inspector', 'clerk') && !hasRole(one, 'officer'));
  for (const [index, item] of items.entries()) {
    if (index % 8 === 7) continue;
    const at = index % Math.max(1, checkers.length);
    for (const checker of [...checkers.slice(at), ...checkers.slice(0, at)]) {
      // whoever had a hand in it is refused, the next one is asked
      const assigned = await perform(house, first, (act) =>
        assignChecks(act, { id, itemIds: [item.id], checkerId: checker.accountId, dueOn: addDays(today, 14) }),
      ).catch(() => null);
      if (assigned === null) continue;
      if (index % 3 !== 2) await tellCheck(house, checker, item.id, index);
      break;
    }
  }
}

async function tellCheck(house: House, checker: Actor, id: string, index: number): Promise<void> {
  const still = index % 5 !== 3;
  const photo = picture('核查现场.png', 40 + index, !still);
  const stored = await house.files.put(Readable.from([photo.bytes]), photo.bytes.length);
  await perform(house, checker, async (act) => {
    const fileId = randomUUID();
    await sql`insert into file (jurisdiction, id, sha256, name, size, type, item_kind, item_id, uploaded_by, uploaded_by_name,
        uploaded_at)
      values (${checker.jurisdiction}, ${fileId}, ${stored.sha256}, ${photo.name}, ${stored.size}, 'image/png', 'lookBackItem',
        ${id}, ${checker.accountId}, ${checker.name}, ${act.now})`.execute(act.db);
    await recordCheck(act, {
      id,
      version: 2,
      still,
      text: still ? '到现场查看，整改措施还在，没有反弹。' : '到现场查看，整改以后又恢复原状，没有长期保持。',
      fileIds: [fileId],
      ...(still ? {} : { newDue: addDays(act.day, 20) }),
    });
  });
}

async function tellMeasures(
  house: House,
  cast: Cast & { readonly jurisdiction: string; readonly told: number },
): Promise<void> {
  const { first, second, people, today, jurisdiction, told } = cast;
  const path = new URL(`../../../data/jurisdictions/${jurisdiction}/measures.json`, import.meta.url);
  const { measures } = JSON.parse(await readFile(path, 'utf8')) as { measures: readonly MeasureStory[] };
  const clerks = people.filter((one) => hasRole(one, 'clerk') && one.unitId !== null && one.unitId !== first.unitId);
  for (const [index, { dueDays, steps, document, ...content }] of measures.entries()) {
    if (index < told) continue;
    const clerk = clerks[index % Math.max(1, clerks.length)];
    if (!clerk?.unitId) return;
    const leadUnitId = clerk.unitId;
    const found = await sql<{ id: string }>`select id from problem where jurisdiction = ${jurisdiction}
      and sector = ${content.sector ?? ''} and units && array[${leadUnitId}]::uuid[] order by serial desc limit 3`.execute(
      house.db,
    );
    let done = await perform(house, clerk, (act) =>
      sortMeasure(act, {
        ...content,
        leadUnitId,
        personName: clerk.name,
        dueOn: addDays(today, dueDays),
        problemIds: found.rows.map((row) => row.id),
      }),
    );
    for (const step of steps) {
      const { id, version } = done;
      done =
        step === 'issue'
          ? await perform(house, second, (act) =>
              issueMeasure(act, { id, version, documentTitle: document ?? content.title, issuedOn: today }),
            )
          : await perform(house, step === 'defer' ? first : clerk, (act) =>
              stepMeasure(act, { id, version, action: step, text: words[step] }),
            );
    }
  }
}
