import { randomUUID } from 'node:crypto';
import { hasRole } from '../../../kernel/actor.ts';
import { addDays, type Day } from '../../../kernel/day.ts';
import { notAllowed, notFound, notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { ownFiles, who } from '../../../platform/case.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { unitsByIds } from '../../units/server/door.ts';
import {
  type Award,
  type AwardGiven,
  type AwardKind,
  awardKinds,
  judgeAward,
  type Nominee,
  type NomineeKind,
  passedOf,
} from '../award.ts';
import type { AwardAction, AwardState } from '../award-lifecycle.ts';
import { bare } from '../scheme.ts';
import { casesOf, type Kept } from './cases.ts';
import type { ItemDone } from './sheet-acts.ts';
import { confirmedAsOf, type VetoRow } from './store-parts.ts';

export type KeptAward = Kept<AwardState, Award>;
export const awards = casesOf<AwardState, Award>({ kind: 'award', table: 'award', noun: '评选', series: '选' });

interface Seen {
  readonly id: string;
  readonly version: number;
}

/** 发起评选: what is awarded or created, by which criteria, and over which days a veto excludes. */
export async function makeAward(
  act: Act,
  input: {
    readonly kind: AwardKind;
    readonly title: string;
    readonly basis: string;
    readonly criteria: string;
    readonly quota: number | null;
    readonly from: Day;
    readonly to: Day;
    readonly nominateUntil: Day;
    readonly showDays: number;
  },
): Promise<ItemDone> {
  if (!hasRole(act.actor, 'officer')) throw notAllowed('发起评选应由安委办工作人员办理，您不在其列。');
  const short = (text: string, least: number): boolean => text.trim().length < least;
  const places = [
    ...(short(input.title, 4) ? [{ where: 'body.title', says: '请写明评选名称' }] : []),
    ...(short(input.basis, 4) ? [{ where: 'body.basis', says: '请写明依据的文件' }] : []),
    ...(short(input.criteria, 4) ? [{ where: 'body.criteria', says: '请写明评选条件' }] : []),
    ...(input.from > input.to ? [{ where: 'body.from', says: '否决核查的起止日期有误' }] : []),
    ...(input.nominateUntil < act.day ? [{ where: 'body.nominateUntil', says: '推荐截止日期早于今天' }] : []),
  ];
  if (places.length > 0) throw notValid('评选还有没写明的地方，请按列出的各处填写。', places);
  const body: Award = {
    ...input,
    title: input.title.trim(),
    basis: input.basis.trim(),
    criteria: input.criteria.trim(),
    nominees: [],
    objections: [],
    shownBy: null,
    shownOn: null,
    showUntil: null,
    decidedOn: null,
    decidedByName: null,
    endedWhy: null,
  };
  return awards.make(
    act,
    { state: 'nominating', year: Number(input.to.slice(0, 4)), units: [], personId: null, body },
    (number) => ({
      kind: 'award.opened',
      says: `${who(act)}发起${awardKinds[input.kind]}「${body.title}」（${number}）`,
    }),
  );
}

/** Confirmed vetoes within the award's days, as of a day, by unit. */
export async function vetoesIn(
  db: Queryable,
  jurisdiction: string,
  { from, to }: Pick<Award, 'from' | 'to'>,
  day: Day,
): Promise<ReadonlyMap<string, readonly VetoRow[]>> {
  const found = new Map<string, VetoRow[]>();
  for (const event of await confirmedAsOf(db, jurisdiction, from, to, day))
    found.set(event.unitId, [...(found.get(event.unitId) ?? []), event]);
  return found;
}

/** What the check for vetoes found, in words. */
export const checkInWords = ({ from, to }: Pick<Award, 'from' | 'to'>, events: readonly VetoRow[]): string =>
  events.length === 0
    ? `${from}至${to}没有已认定的一票否决情形`
    : `有一票否决情形：${events.map((one) => `${one.kindName}（${one.number}，${one.happenedOn}）`).join('、')}`;

async function loadToJudge(act: Act, seen: Seen) {
  const one = await awards.load(act, seen);
  const vetoes = await vetoesIn(act.db, act.actor.jurisdiction, one.body, act.day);
  return { one, vetoes };
}

function decide(
  act: Act,
  { one, vetoes }: Awaited<ReturnType<typeof loadToJudge>>,
  action: AwardAction,
  given: AwardGiven,
  nominee: Nominee | null = null,
): AwardState {
  const verdict = judgeAward(one, act.actor, action, act.day, new Set(vetoes.keys()), nominee, given);
  if (!verdict.may) throw verdict.refusal;
  return verdict.to;
}

const nomineeOf = ({ body }: KeptAward, key: string): Nominee => {
  const found = body.nominees.find((one) => one.key === key && one.state !== 'withdrawn');
  if (!found) throw notFound('没有找到这个推荐对象，可能已经撤回。');
  return found;
};
const withNominee = (body: Award, key: string, change: Partial<Nominee>): Award => ({
  ...body,
  nominees: body.nominees.map((one) => (one.key === key ? { ...one, ...change } : one)),
});

export async function nominate(
  act: Act,
  input: Seen & {
    readonly kind: NomineeKind;
    readonly unitId: string;
    readonly name: string;
    readonly post: string;
    readonly deeds: string;
    readonly fileIds?: readonly string[] | undefined;
  },
): Promise<ItemDone> {
  const loaded = await loadToJudge(act, input);
  const { one } = loaded;
  const { actor } = act;
  const [unit] = await unitsByIds(act.db, actor.jurisdiction, [input.unitId]);
  const unitName = unit ? (unit.shortName ?? unit.name) : '';
  const name = input.kind === 'unit' ? unitName : input.name.trim();
  const state = decide(act, loaded, 'nominate', { ...input, name, unitId: unit ? input.unitId : null });
  if (!hasRole(actor, 'officer') && actor.unitId !== input.unitId)
    throw notAllowed('单位只能推荐本单位和本单位的同志、创建对象；其他单位的由安委办推荐。');
  const fileIds = await ownFiles(
    act,
    { kind: awards.kind, id: one.id },
    input.fileIds ?? [],
    '有材料没有上传到这项评选，请重新上传。',
  );
  const nominee: Nominee = {
    key: randomUUID(),
    kind: input.kind,
    unitId: input.unitId,
    unitName,
    name,
    post: input.kind === 'person' ? input.post.trim() : '',
    deeds: input.deeds.trim(),
    fileIds,
    byName: actor.name,
    byUnitId: actor.unitId,
    on: act.day,
    state: 'proposed',
    opinion: '',
    reviewedByName: null,
    checked: null,
  };
  return awards.save(
    act,
    one,
    {
      state,
      body: { ...one.body, nominees: [...one.body.nominees, nominee] },
      units: [...new Set([...one.units, input.unitId, ...(actor.unitId === null ? [] : [actor.unitId])])],
    },
    {
      kind: 'award.nominated',
      says: `${who(act)}推荐${unitName}${input.kind === 'unit' ? '' : name}`,
      data: { fileIds },
    },
  );
}

export async function withdrawNominee(
  act: Act,
  input: Seen & { readonly key: string; readonly reason: string },
): Promise<ItemDone> {
  const loaded = await loadToJudge(act, input);
  const nominee = nomineeOf(loaded.one, input.key);
  const state = decide(act, loaded, 'withdrawNominee', { reason: input.reason }, nominee);
  return awards.save(
    act,
    loaded.one,
    { state, body: withNominee(loaded.one.body, input.key, { state: 'withdrawn', opinion: input.reason.trim() }) },
    { kind: 'award.nomineeWithdrawn', says: `${who(act)}撤回对${nominee.name}的推荐：${input.reason.trim()}` },
  );
}

export async function closeNominating(act: Act, input: Seen): Promise<ItemDone> {
  const loaded = await loadToJudge(act, input);
  const state = decide(act, loaded, 'closeNominating', {});
  const { one } = loaded;
  const count = one.body.nominees.filter((nominee) => nominee.state !== 'withdrawn').length;
  return awards.save(
    act,
    one,
    { state, body: one.body },
    { kind: 'award.closed', says: `${who(act)}截止推荐，共${count}个对象，转入审查` },
  );
}

/** 审查: what the check for vetoes finds on the day is frozen on the candidate; under a veto nobody passes. */
export async function reviewNominee(
  act: Act,
  input: Seen & { readonly key: string; readonly pass: boolean; readonly opinion: string },
): Promise<ItemDone> {
  const loaded = await loadToJudge(act, input);
  const { one, vetoes } = loaded;
  const nominee = nomineeOf(one, input.key);
  const state = decide(act, loaded, 'reviewNominee', { opinion: input.opinion, pass: input.pass }, nominee);
  const checked = checkInWords(one.body, vetoes.get(nominee.unitId) ?? []);
  const opinion = input.opinion.trim();
  return awards.save(
    act,
    one,
    {
      state,
      body: withNominee(one.body, input.key, {
        state: input.pass ? 'passed' : 'refused',
        opinion,
        checked,
        reviewedByName: act.actor.name,
      }),
    },
    {
      kind: 'award.reviewed',
      says: `${who(act)}审查${nominee.name}：${input.pass ? '通过' : '不予通过'}，${bare(opinion)}；否决核查：${checked}`,
    },
  );
}

export async function showNominees(act: Act, input: Seen): Promise<ItemDone> {
  const loaded = await loadToJudge(act, input);
  const state = decide(act, loaded, 'showNominees', {});
  const { one } = loaded;
  const showUntil = addDays(act.day, one.body.showDays);
  const names = passedOf(one.body).map((nominee) => nominee.name);
  return awards.save(
    act,
    one,
    {
      state,
      body: {
        ...one.body,
        shownBy: { accountId: act.actor.accountId, personId: act.actor.personId },
        shownOn: act.day,
        showUntil,
      },
    },
    { kind: 'award.shown', says: `${who(act)}公示名单至${showUntil}：${names.join('、')}` },
  );
}

/** 提出异议: an addition that conflicts with nothing. */
export async function objectToAward(
  act: Act,
  input: { readonly id: string; readonly key: string | null; readonly text: string },
): Promise<ItemDone> {
  const one = await awards.load(act, { id: input.id });
  const loaded = { one, vetoes: new Map() };
  const state = decide(act, loaded, 'object', { content: input.text });
  const about = input.key === null ? '名单' : nomineeOf(one, input.key).name;
  const text = input.text.trim();
  const { name: byName, unitName } = act.actor;
  return awards.save(
    act,
    one,
    {
      state,
      body: {
        ...one.body,
        objections: [...one.body.objections, { key: input.key, text, byName, unitName, on: act.day }],
      },
    },
    { kind: 'award.objected', says: `${who(act)}对${about}提出异议：${text}` },
  );
}

export async function excludeNominee(
  act: Act,
  input: Seen & { readonly key: string; readonly reason: string },
): Promise<ItemDone> {
  const loaded = await loadToJudge(act, input);
  const { one, vetoes } = loaded;
  const nominee = nomineeOf(one, input.key);
  const state = decide(act, loaded, 'exclude', { reason: input.reason }, nominee);
  const reason = input.reason.trim();
  return awards.save(
    act,
    one,
    {
      state,
      body: withNominee(one.body, input.key, {
        state: 'excluded',
        opinion: reason,
        checked: checkInWords(one.body, vetoes.get(nominee.unitId) ?? []),
      }),
    },
    { kind: 'award.excluded', says: `${who(act)}将${nominee.name}移出名单：${reason}` },
  );
}

/** 作出决定: by another person than the one who showed the list, after the days of showing, with one more check for vetoes. */
export async function decideAward(act: Act, input: Seen): Promise<ItemDone> {
  const loaded = await loadToJudge(act, input);
  const state = decide(act, loaded, 'decideAward', {});
  const { one } = loaded;
  const names = passedOf(one.body).map((nominee) => nominee.name);
  return awards.save(
    act,
    one,
    { state, body: { ...one.body, decidedOn: act.day, decidedByName: act.actor.name } },
    { kind: 'award.decided', says: `${who(act)}作出决定，共${names.length}个：${names.join('、')}` },
  );
}

export async function dropAward(act: Act, input: Seen & { readonly reason: string }): Promise<ItemDone> {
  const loaded = await loadToJudge(act, input);
  const state = decide(act, loaded, 'dropAward', { reason: input.reason });
  const endedWhy = input.reason.trim();
  return awards.save(
    act,
    loaded.one,
    { state, body: { ...loaded.one.body, endedWhy } },
    { kind: 'award.dropped', says: `${who(act)}终止评选：${endedWhy}` },
  );
}
