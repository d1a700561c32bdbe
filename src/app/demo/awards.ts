import type { Actor } from '../../kernel/actor.ts';
import { addDays, type Day, yearOf } from '../../kernel/day.ts';
import { accountOfLogin, actorOf } from '../../modules/access/server/door.ts';
import { awardsApi } from '../../modules/assessment/api-awards.ts';
import { reviewsApi } from '../../modules/assessment/api-reviews.ts';
import { awardRoutes, reviewRoutes } from '../../modules/assessment/server/routes.ts';
import { dutyProgressOf } from '../../modules/meetings/server/door.ts';
import type { House } from '../../platform/act.ts';
import { houseOn } from './adoption.ts';
import type { People } from './people.ts';
import { play } from './player.ts';

const inAwards = play(awardsApi, awardRoutes);
const inReviews = play(reviewsApi, reviewRoutes);

interface Told {
  readonly house: House;
  readonly people: People;
  readonly first: Actor;
  readonly second: Actor;
  readonly today: Day;
}
interface Unit {
  readonly unitId: string;
  readonly name: string;
}
const at = (told: Told, days: number, actor: Actor, minute = 10 * 60) => ({
  house: houseOn(told.house, addDays(told.today, days), minute),
  actor,
});
const seen = (made: { id: string; version: number }) => ({ params: { id: made.id }, version: made.version });

/**
 * A round of awards that is shown: one unit passes, one person passes, the unit under a veto does not; and a creation for which
 * units put roads and sites forward. `vetoed`: the unit of the confirmed event.
 */
export async function tellAwards(told: Told, units: readonly Unit[], vetoed: Unit | undefined): Promise<void> {
  const { today, first, second } = told;
  const year = yearOf(addDays(today, -20));
  const [best, other] = units.filter((unit) => unit.unitId !== vetoed?.unitId);
  if (!best || !other) return;
  const days = { from: `${year}-01-01`, to: `${year}-12-31` };
  let award = await inAwards(at(told, -20, first), 'makeAward', {
    body: {
      kind: 'commendation',
      title: `${year}年度安全生产先进集体和先进个人评选（演示）`,
      basis: '《望澜区安全生产表彰奖励办法（演示）》第三条',
      criteria: '完成年度目标任务，隐患整改和报送工作扎实，考核等次良好以上，评选期内没有一票否决情形。',
      quota: 3,
      ...days,
      nominateUntil: addDays(today, -6),
      showDays: 5,
    },
  });
  const put = async (unit: Unit, kind: 'unit' | 'person', name: string, deeds: string): Promise<void> => {
    const worker = told.people.with(unit.unitId, 'clerk', 'unitLeader', 'officer')[0] ?? first;
    award = await inAwards(at(told, -12, worker, 11 * 60), 'nominate', {
      params: { id: award.id },
      body: {
        version: award.version,
        kind,
        unitId: unit.unitId,
        name,
        post: kind === 'person' ? '安全监管岗位' : '',
        deeds,
      },
    });
  };
  await put(best, 'unit', '', '牵头的重点任务全部按序时完成，存量隐患化解率居前，排查做法在全区推广。');
  await put(other, 'person', '钟砚秋', '全年带队检查企业八十余家次，推动三处久拖未改的隐患整改到位。');
  if (vetoed) await put(vetoed, 'unit', '', '健全制度，强化宣传，组织应急演练四次。');
  award = await inAwards(at(told, -5, first), 'closeNominating', { ...body(award) });
  const view = await inAwards(at(told, -2, first), 'viewAward', { params: { id: award.id } });
  for (const nominee of view.nominees)
    award = await inAwards(at(told, -2, second, 14 * 60), 'reviewNominee', {
      params: { id: award.id },
      body: {
        version: award.version,
        key: nominee.key,
        pass: !nominee.vetoed,
        opinion: nominee.vetoed ? '评选期内有已认定的一票否决情形，不予通过。' : '材料属实，符合评选条件。',
      },
    });
  await inAwards(at(told, -1, first, 16 * 60), 'showNominees', { ...body(award) });
  let creation = await inAwards(at(told, -8, second), 'makeAward', {
    body: {
      kind: 'creation',
      title: `${year}年度“平安放心路”创建（演示）`,
      basis: '《望澜区平安创建活动方案（演示）》第二条',
      criteria: '道路隐患清零，临水临崖路段防护到位，全年没有亡人道路交通事故。',
      quota: null,
      ...days,
      nominateUntil: addDays(today, 20),
      showDays: 5,
    },
  });
  for (const [unit, name] of [
    [best, '滨河南路'],
    [other, '兰溪大道'],
  ] as const)
    creation = await inAwards(at(told, -4, first, 15 * 60), 'nominate', {
      params: { id: creation.id },
      body: {
        version: creation.version,
        kind: 'place',
        unitId: unit.unitId,
        name,
        post: '',
        deeds: '沿线护栏、标志标线全部更新，两处事故多发点完成改造。',
      },
    });
}
const body = (made: { id: string; version: number }) => {
  const { params, version } = seen(made);
  return { params, body: { version } };
};

/** The leader in charge and the head of a department are assessed: one has filed his statement, the other waits to be confirmed. */
export async function tellReviews(told: Told, units: readonly Unit[]): Promise<void> {
  const { house, today, first, second } = told;
  const { jurisdiction } = first;
  const year = yearOf(addDays(today, -20));
  const lists = await dutyProgressOf(house.db, { jurisdictions: [jurisdiction], units: 'all' }, { year, day: today });
  const leaders: { actor: Actor; post: string; units: readonly Unit[]; closed: boolean }[] = [];
  for (const [login, closed] of [
    ['leader', false],
    ['zhujian-ld', true],
  ] as const) {
    const account = await accountOfLogin(house.db, login);
    const actor = account === null ? null : await actorOf(house.db, account);
    if (!actor?.personId) continue;
    const own = units.filter((unit) => unit.unitId === actor.unitId);
    const list = lists.find((one) => one.name === actor.name);
    leaders.push({
      actor,
      post: list?.post ?? (closed ? '单位主要负责人' : '分管负责同志'),
      units: closed && own.length > 0 ? own : units.slice(0, 4),
      closed,
    });
  }
  for (const [index, { actor, post, units: answered, closed }] of leaders.entries()) {
    let review = await inReviews(at(told, -14, first, 9 * 60 + index), 'makeReview', {
      body: {
        year,
        personId: actor.personId,
        name: actor.name,
        post,
        unitId: actor.unitId,
        basis: '《望澜区领导干部安全生产履职考核办法（演示）》第六条',
        dutyListId: lists.find((one) => one.name === actor.name)?.listId ?? null,
        shares: { units: 60, duties: 30, statement: 10 },
        units: answered.map((unit, place) => ({ unitId: unit.unitId, weight: place === 0 ? 2 : 1 })),
        grades: [
          { name: '优秀', from: 90 },
          { name: '称职', from: 75 },
          { name: '基本称职', from: 60 },
          { name: '不称职', from: 0 },
        ],
        vetoGrade: '基本称职',
      },
    });
    review = await inReviews(at(told, -13, second, 9 * 60 + index), 'issueReview', body(review));
    review = await inReviews(at(told, -7, actor, 15 * 60 + index), 'fileStatement', {
      params: { id: review.id },
      body: {
        version: review.version,
        text: '一年来，带头学习安全生产重要论述，主持召开分管领域专题会议，带队检查重点企业和人员密集场所。\n推动久拖不改的隐患挂牌整改，协调解决跨部门的难点问题。\n不足：对基层监管力量薄弱的问题研究不深。下一步将加强督导，压实属地和行业责任。',
      },
    });
    if (!closed) continue;
    review = await inReviews(at(told, -3, second, 10 * 60), 'scoreStatement', {
      params: { id: review.id },
      body: { version: review.version, score: 88, opinion: '内容具体，问题找得准，举措还可细化。' },
    });
    await inReviews(at(told, -2, first, 10 * 60), 'collectReview', body(review));
  }
}
