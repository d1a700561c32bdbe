import { sql } from 'kysely';
import { type Actor, hasRole, systemActor } from '../../kernel/actor.ts';
import { addDays, type Day } from '../../kernel/day.ts';
import { asJurisdiction } from '../../kernel/ids.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { pressuresApi } from '../../modules/supervision/api-pressures.ts';
import { suggestAll } from '../../modules/supervision/server/door.ts';
import { supervisionRoutes } from '../../modules/supervision/server/routes.ts';
import type { House } from '../../platform/act.ts';
import { perform } from '../../platform/perform.ts';
import { houseOn } from './adoption.ts';
import { readDistrict } from './district.ts';
import { type People, peopleOf } from './people.ts';
import { play } from './player.ts';

const inPressures = play(pressuresApi, supervisionRoutes);

/** How far back the office looks with its rules, and how often. */
const DAYS = 48;
const STEP = 3;
/** What the rules proposed in the last days still waits in the inbox. */
const FRESH = 4;

interface Cast {
  readonly base: House;
  readonly first: Actor;
  readonly second: Actor;
  readonly leader: Actor;
  readonly people: People;
  readonly today: Day;
}
interface Line {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly kind: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly matter: string;
}

const serialOf = (number: string): number => Number(number.split('-').at(-1));

/**
 * The office's weeks with its rules: what they proposed was taken up or not, served, answered or not, so that some climbed
 * to the next rung; what was found in the last days waits. Broken off, it goes on from the last day that was told.
 */
export async function tellPressures(house: House): Promise<void> {
  const district = await readDistrict();
  const jurisdiction = asJurisdiction(district.jurisdiction);
  const people = await peopleOf(house, district);
  const { officers, leader } = await officeOf(house, people, jurisdiction);
  const [first, second] = officers;
  if (!first || !second || !leader) return;
  const today = house.clock.today();
  const cast: Cast = { base: house, first, second, leader, people, today };
  await inPressures({ house: houseOn(house, addDays(today, -DAYS), 9 * 60), actor: first }, 'loadPressureRules', {
    body: {},
  });
  const told = await sql<{ last: Day | null }>`
    select max(suggested_on) as last from pressure where jurisdiction = ${jurisdiction} and rule_id is not null`.execute(
    house.db,
  );
  const from = told.rows[0]?.last ?? addDays(today, -DAYS);
  for (let day = from; day <= today; day = addDays(day, STEP)) {
    await perform(houseOn(house, day, 80), systemActor(jurisdiction), (act) => suggestAll(act, addDays(day, -1)));
    await workOn(cast, day);
  }
  await perform(house, systemActor(jurisdiction), (act) => suggestAll(act, addDays(today, -1)));
  await byHand(cast);
}

async function officeOf(house: House, people: People, jurisdiction: string) {
  const found = await sql<{ unitId: string }>`
    select distinct unit_id as "unitId" from account where jurisdiction = ${jurisdiction} and unit_id is not null
    order by 1`.execute(house.db);
  const all = found.rows.flatMap((row) => people.with(row.unitId, 'officer', 'leader'));
  return {
    officers: all.filter((one) => hasRole(one, 'officer')).sort((a, b) => (a.name < b.name ? -1 : 1)),
    leader: all.find((one) => hasRole(one, 'leader')),
  };
}

/** What a rule of the day refuses (its unit may be the office itself) simply stays where it is. */
async function unlessRefused(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused;
  }
}

async function workOn(cast: Cast, day: Day): Promise<void> {
  const at = (minute: number, actor: Actor) => ({ house: houseOn(cast.base, day, minute), actor });
  const listed = async (
    state: 'suggested' | 'served' | 'received',
  ): Promise<readonly (Line & { readonly replyDueOn: string | null; readonly servedOn: string | null })[]> =>
    (await inPressures(at(9 * 60, cast.leader), 'listPressures', { query: { state: [state], pageSize: 200 } })).rows;
  for (const line of await listed('received')) await unlessRefused(() => answer(cast, day, line));
  for (const line of await listed('served')) await unlessRefused(() => receive(cast, day, line));
  if (day <= addDays(cast.today, -FRESH))
    for (const line of await listed('suggested')) await unlessRefused(() => begin(cast, day, line));
}

async function begin(cast: Cast, day: Day, line: Line): Promise<void> {
  const at = (minute: number, actor: Actor) => ({ house: houseOn(cast.base, day, minute), actor });
  const params = { id: line.id };
  const serial = serialOf(line.number);
  const [officer, other] = serial % 2 === 0 ? [cast.first, cast.second] : [cast.second, cast.first];
  if (serial % 7 === 6) {
    const body = { version: line.version, reason: '已当面督促，责任单位正在办理，暂不采取。' };
    await inPressures(at(9 * 60 + 20, officer), 'dismissPressure', { params, body });
    return;
  }
  const { demands } = await inPressures(at(9 * 60 + 10, officer), 'viewPressure', { params });
  const taken = await inPressures(at(9 * 60 + 30, officer), 'takeUpPressure', {
    params,
    body: {
      version: line.version,
      kind: line.kind as 'reminder',
      addressee: line.unitName,
      matter: line.matter,
      reason: '经核实，情况属实，责任单位推进不力。',
      demands: [...demands],
    },
  });
  if (serial % 9 === 8) return;
  const agreed = await inPressures(at(10 * 60 + 40, cast.leader), 'decidePressure', {
    params,
    body: { version: taken.version, approve: true, opinion: '同意，请抓紧督促。' },
  });
  if (serial % 11 === 10) return;
  await inPressures(at(15 * 60, other), 'servePressure', {
    params,
    body: {
      version: agreed.version,
      replyDueOn: addDays(day, 7),
      meetOn: addDays(day, 2 * STEP),
      meetAt: '上午9时30分',
      meetPlace: '安委办会议室',
      meetHost: cast.leader.name,
    },
  });
}

/** Two of three units sign; the others leave it lying. */
async function receive(cast: Cast, day: Day, line: Line): Promise<void> {
  const [clerk] = cast.people.with(line.unitId, 'clerk', 'unitLeader');
  if (!clerk || serialOf(line.number) % 3 === 2) return;
  const at = { house: houseOn(cast.base, day, 11 * 60), actor: clerk };
  await inPressures(at, 'receivePressure', { params: { id: line.id }, body: { version: line.version } });
}

async function answer(cast: Cast, day: Day, line: Line): Promise<void> {
  const params = { id: line.id };
  const serial = serialOf(line.number);
  const [clerk] = cast.people.with(line.unitId, 'clerk', 'unitLeader');
  const at = (minute: number, actor: Actor) => ({ house: houseOn(cast.base, day, minute), actor });
  const promised = [{ text: '对所列事项逐项制定措施，限期整改到位', dueOn: addDays(cast.today, 15 + (serial % 10)) }];
  if (line.kind === 'interview') {
    const held = await inPressures(at(11 * 60 + 30, cast.second), 'attendPressure', {
      params,
      body: {
        version: line.version,
        heldOn: day,
        attendees: [
          { name: cast.leader.name, post: '分管领导', unitName: cast.leader.unitName ?? '', as: 'host' },
          { name: clerk?.name ?? '负责人', post: '负责人', unitName: line.unitName, as: 'called' },
        ],
        text: '通报了规则查到的情况和所列事项。\n被约谈单位说明了原因，作出整改承诺。\n会议要求主要负责人亲自抓落实，每周报告一次进展。',
        promised,
        fileIds: [],
      },
    });
    await commit(cast, { ...line, version: held.version }, promised);
    return;
  }
  if (!clerk || serial % 4 === 3 || line.kind === 'circular') return;
  const said = await inPressures(at(14 * 60, clerk), 'replyPressure', {
    params,
    body: {
      version: line.version,
      text: '收到后立即召开会议研究，已明确责任人，所列事项正在逐项整改。',
      promised,
      fileIds: [],
    },
  });
  if (serial % 4 === 1) await commit(cast, { ...line, version: said.version }, promised);
  if (serial % 4 === 0)
    await inPressures(at(16 * 60, cast.first), 'liftPressure', {
      params,
      body: { version: said.version, opinion: '经核查，已按要求整改，予以解除。' },
    });
}

/** Tasks of commitments are handed out today: what the ledger of tasks counts of past days stays as it is. */
const commit = (
  cast: Cast,
  line: Line,
  commitments: readonly { readonly text: string; readonly dueOn: Day }[],
): Promise<unknown> =>
  inPressures({ house: cast.base, actor: cast.first }, 'commitPressure', {
    params: { id: line.id },
    body: { version: line.version, commitments: [...commitments] },
  });

/** What people proposed without a rule: an exposure, a lead for discipline inspection. */
async function byHand(cast: Cast): Promise<void> {
  const { base, first, second, leader, today } = cast;
  const { rows } = await inPressures({ house: base, actor: first }, 'listPressures', { query: { pageSize: 100 } });
  const units = [...new Map(rows.map((row) => [row.unitId, row])).values()].filter(
    (row) => row.unitId !== first.unitId,
  );
  const plans = [
    {
      kind: 'exposure',
      matter: '消防通道长期占用屡改屡犯',
      addressee: null,
      demands: ['限期整改到位，并公开整改结果。'],
    },
    {
      kind: 'transfer',
      matter: '验收把关不严涉嫌失职',
      addressee: '区纪委监委',
      demands: ['请依规依纪处置，并反馈结果。'],
    },
  ] as const;
  for (const [index, plan] of plans.entries()) {
    const unit = units[index];
    if (!unit || rows.some((row) => row.kind === plan.kind)) continue;
    const made = await inPressures(
      { house: houseOn(base, addDays(today, -6), 9 * 60), actor: first },
      'proposePressure',
      {
        body: {
          kind: plan.kind,
          unitId: unit.unitId,
          addressee: plan.addressee,
          matter: plan.matter,
          reason: '多次督促没有明显改进。',
          demands: [...plan.demands],
          keepers: plan.kind === 'transfer' ? [second.accountId] : [],
        },
      },
    );
    const params = { id: made.id };
    const agreed = await inPressures(
      { house: houseOn(base, addDays(today, -5), 10 * 60), actor: leader },
      'decidePressure',
      {
        params,
        body: { version: made.version, approve: true, opinion: '同意。' },
      },
    );
    await inPressures({ house: houseOn(base, addDays(today, -4), 15 * 60), actor: second }, 'servePressure', {
      params,
      body: {
        version: agreed.version,
        replyDueOn: addDays(today, 10),
        medium: '区融媒体中心《安全在线》',
        publishedOn: addDays(today, -4),
        link: null,
      },
    });
  }
}
