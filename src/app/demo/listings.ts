import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { type Actor, hasRole, systemActor } from '../../kernel/actor.ts';
import { asJurisdiction } from '../../kernel/ids.ts';
import { scopeOf } from '../../kernel/scope.ts';
import { accountOfLogin, actorOf } from '../../modules/access/server/door.ts';
import { type Line, majorOpen } from '../../modules/problems/server/door.ts';
import { type RectificationPlan, usualLevels } from '../../modules/supervision/listing.ts';
import {
  decidePlan,
  decideProposal,
  filePlan,
  issue,
  makeRule,
  propose,
} from '../../modules/supervision/server/door.ts';
import type { House } from '../../platform/act.ts';
import { perform } from '../../platform/perform.ts';
import { readDistrict } from './district.ts';

/** Open major problems that are looked at; one in six of them is left as missing. */
const MOST = 12;

type Rule = Parameters<typeof makeRule>[1];

const plan: RectificationPlan = {
  aims: '在整改时限之前全部整改到位，经检测合格。',
  methods: '委托有资质的单位制定方案并施工，每周调度一次。',
  funds: '整改资金由单位自筹，已列入本年度安全投入。',
  bodies: '主要负责人牵头，安全管理机构具体落实。',
  timeLimit: '按整改时限倒排工期，逐周检查。',
  safety: '整改期间停用相关部位，专人值守，备有应急预案。',
};

async function actorsOf(house: House, logins: readonly string[]): Promise<Actor[]> {
  const actors: Actor[] = [];
  for (const login of logins) {
    const account = await accountOfLogin(house.db, login);
    if (account !== null) actors.push(await actorOf(house.db, account));
  }
  return actors;
}

/**
 * Lists the most urgent major problems of the demonstration, as its people would today: some only proposed, some with a
 * filed plan, some not at all. Broken off, it goes on with those that were not proposed yet.
 */
export async function tellListings(house: House): Promise<void> {
  const district = await readDistrict();
  const jurisdiction = asJurisdiction(district.jurisdiction);
  const people = await actorsOf(
    house,
    district.accounts.map((account) => account.login),
  );
  const [first, second] = people.filter((one) => hasRole(one, 'officer'));
  const leader = people.find((one) => hasRole(one, 'leader'));
  if (!first || !second || !leader) return;
  const path = new URL(`../../../data/jurisdictions/${jurisdiction}/supervision.json`, import.meta.url);
  const { rules } = JSON.parse(await readFile(path, 'utf8')) as { rules: readonly Rule[] };
  const made = await sql<{ name: string }>`select name from listing_rule where jurisdiction = ${jurisdiction}`.execute(
    house.db,
  );
  for (const rule of rules)
    if (!made.rows.some((one) => one.name === rule.name)) await perform(house, first, (act) => makeRule(act, rule));
  const proposed = await sql<{ id: string }>`
    select problem_id as id from listing where jurisdiction = ${jurisdiction}`.execute(house.db);
  const today = house.clock.today();
  const open = await majorOpen(house.db, scopeOf(systemActor(jurisdiction)), today, { most: MOST, dueAfter: today });
  for (const [index, problem] of open.entries())
    if (!proposed.rows.some((one) => one.id === problem.id))
      await tellOne(house, { problem, index, first, second, leader, clerk: clerkOf(people, problem, first, second) });
}

/** Who answers for the unit that rectifies; none where the office itself does, which would record its own plan. */
const clerkOf = (people: readonly Actor[], problem: Line, ...apart: readonly Actor[]): Actor | undefined =>
  people.find((one) => one.unitId === problem.leadUnitId && hasRole(one, 'clerk') && !apart.includes(one));

async function tellOne(
  house: House,
  told: {
    readonly problem: Line;
    readonly index: number;
    readonly first: Actor;
    readonly second: Actor;
    readonly leader: Actor;
    readonly clerk: Actor | undefined;
  },
): Promise<void> {
  const { problem, index, first, second, leader, clerk } = told;
  const step = index % 6;
  if (step === 5) return;
  const made = await perform(house, first, (act) =>
    propose(act, {
      problemId: problem.id,
      level: usualLevels[0]?.code ?? '',
      matter: problem.title.replace(/[：:]\s*/, '').slice(0, 80),
      requirements: [
        '立即停用存在隐患的部位，落实专人看守。',
        '限期整改到位，并经检测合格。',
        '开展全面自查，举一反三。',
      ],
      reason: '属于重大隐患，涉及人员多，整改难度大。',
    }),
  );
  if (step === 4) return;
  const approved = await perform(house, leader, (act) =>
    decideProposal(act, { id: made.id, version: made.version, approve: true, opinion: '同意挂牌督办，请抓紧整改。' }),
  );
  if (step === 3) return;
  const issued = await perform(house, second, (act) =>
    issue(act, { id: made.id, version: approved.version, announce: true }),
  );
  if (step === 2 || !clerk) return;
  const filed = await perform(house, clerk, (act) => filePlan(act, { id: made.id, version: issued.version, plan }));
  if (step === 1) return;
  await perform(house, second, (act) =>
    decidePlan(act, { id: made.id, version: filed.version, approve: true, opinion: '方案可行，请按期落实。' }),
  );
}
