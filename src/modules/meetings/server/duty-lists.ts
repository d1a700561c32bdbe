import { hasRole } from '../../../kernel/actor.ts';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { notAllowed, notValid } from '../../../kernel/refusal.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { personById, unitsByIds } from '../../units/server/door.ts';
import type { dutiesApi } from '../api-duties.ts';
import { type DutyGiven, type DutyList, judgeDutyList, progressOf } from '../duty.ts';
import { dutyListLifecycle } from '../duty-lifecycle.ts';
import type { DutyItem } from '../shapes.ts';
import { type Done, recordOf, type Seen } from './cases.ts';
import { dayIn, dayOrNull, filesOf, led, namesOf } from './from-form.ts';
import { dutyLists, type KeptDutyList } from './kinds.ts';
import { offersOf } from './views.ts';

const sound = (items: readonly DutyItem[]): DutyItem[] =>
  items
    .map((one, at) => ({ ...one, text: one.text.trim(), dueOn: dayOrNull(one.dueOn, `body.items[${at}].dueOn`) }))
    .filter((one) => one.text !== '');

/** Every list of the scope, those that are archived included. */
export const dutyListsIn = (db: Queryable, scope: Scope): Promise<readonly KeptDutyList[]> => dutyLists.list(db, scope);

/** 拟定一位领导一个年度的职责清单和工作清单. */
export async function makeDutyList(
  act: Act,
  input: {
    readonly year: number;
    readonly personId: string | null;
    readonly name: string;
    readonly post: string;
    readonly unitId: string | null;
    readonly items: readonly DutyItem[];
  },
): Promise<Done> {
  const { actor } = act;
  const own = actor.unitId !== null && actor.unitId === input.unitId && hasRole(actor, 'clerk', 'unitLeader');
  if (!hasRole(actor, 'officer') && !own) throw notAllowed('职责清单应由安委办或本单位的工作人员拟定，您不在其列。');
  const person = input.personId === null ? null : await personById(act.db, act.actor.jurisdiction, input.personId);
  if (input.personId !== null && person === null)
    throw notValid('没有找到这位同志，请重新选择。', [{ where: 'body.personId', says: '没有这个人' }]);
  await namesOf(act, [input.unitId], 'body.unitId');
  const [unit] = input.unitId === null ? [] : await unitsByIds(act.db, actor.jurisdiction, [input.unitId]);
  const name = (person?.name ?? input.name).trim();
  const post = input.post.trim();
  if (name.length < 2 || post.length < 2)
    throw notValid('请写明是哪位领导、担任什么职务。', [{ where: 'body.name', says: '请写明姓名和职务' }]);
  const items = sound(input.items);
  if (!items.some((one) => one.kind === 'annual')) throw notValid(dutyListLifecycle.needs.items);
  const body: DutyList = {
    personId: input.personId,
    name,
    post,
    unitId: input.unitId,
    unitName: unit?.name ?? '',
    items,
    done: [],
    draftedBy: actor.accountId,
    draftedByPerson: actor.personId,
    confirmedOn: null,
    confirmedByName: null,
  };
  const made = await dutyLists.make(
    act,
    { state: 'listDrafted', on: act.day, year: input.year, units: [input.unitId], body },
    { kind: 'dutyList.drafted', says: (number) => `${who(act)}拟定${post}${name}${input.year}年清单${number}` },
  );
  return { id: made.id, number: made.number, version: 1, state: made.state };
}

const decide = (act: Act, one: KeptDutyList, action: Parameters<typeof judgeDutyList>[2], given: DutyGiven) =>
  led(judgeDutyList(one, act.actor, action, act.day, given));

export async function editDutyList(act: Act, input: Seen & { readonly items: readonly DutyItem[] }): Promise<Done> {
  const one = await dutyLists.load(act, input);
  const items = sound(input.items);
  const state = decide(act, one, 'editList', { items });
  return dutyLists.save(
    act,
    one,
    { state, body: { items, draftedBy: act.actor.accountId, draftedByPerson: act.actor.personId } },
    { kind: 'dutyList.edited', says: `${who(act)}修改清单，共${items.length}项` },
  );
}

export async function confirmDutyList(act: Act, input: Seen): Promise<Done> {
  const one = await dutyLists.load(act, input);
  const state = decide(act, one, 'confirmList', {});
  return dutyLists.save(
    act,
    one,
    { state, body: { confirmedOn: act.day, confirmedByName: act.actor.name } },
    { kind: 'dutyList.confirmed', says: `${who(act)}审定清单` },
  );
}

/** 登记履职: an addition that conflicts with nothing. */
export async function recordDuty(
  act: Act,
  input: {
    readonly id: string;
    readonly item: number;
    readonly on: string;
    readonly text: string;
    readonly reference: string;
    readonly fileIds?: readonly string[];
  },
): Promise<Done> {
  const one = await dutyLists.load(act, { id: input.id });
  const fileIds = await filesOf(act, dutyLists.kind, one.id, input.fileIds);
  const on = dayIn(input.on, 'body.on');
  const state = decide(act, one, 'recordDuty', { ...input, on, fileIds });
  const text = input.text.trim();
  const done = [
    ...one.body.done,
    {
      item: input.item,
      on,
      text,
      reference: input.reference.trim(),
      fileIds,
      byName: act.actor.name,
      registeredOn: act.day,
    },
  ];
  return dutyLists.save(
    act,
    one,
    { state, body: { done } },
    { kind: 'dutyList.done', says: `${who(act)}登记${on}履职（第${input.item + 1}项）：${text}`, data: { fileIds } },
  );
}

export async function archiveDutyList(act: Act, input: Seen): Promise<Done> {
  const one = await dutyLists.load(act, input);
  const state = decide(act, one, 'archiveList', {});
  return dutyLists.save(act, one, { state }, { kind: 'dutyList.archived', says: `${who(act)}归档清单` });
}

export async function listDutyLists(
  reading: Reading,
  query: { readonly year?: number },
): Promise<ResponseOf<typeof dutiesApi.listDutyLists>> {
  const all = await dutyLists.list(reading.db, reading.scope);
  const years = [...new Set(all.map((one) => one.year))].sort((a, b) => b - a);
  const year = query.year ?? years[0];
  return {
    rows: all
      .filter((one) => one.year === year)
      .sort((a, b) => a.number.localeCompare(b.number))
      .map((one) => {
        const annual = progressOf(one.body, reading.day).filter((row) => row.item.kind === 'annual');
        return {
          id: one.id,
          number: one.number,
          state: one.state,
          year: one.year,
          name: one.body.name,
          post: one.body.post,
          unitName: one.body.unitName,
          annual: annual.length,
          fulfilled: annual.filter((row) => row.done >= row.item.times).length,
          late: annual.filter((row) => row.late).length,
          version: one.version,
        };
      }),
    years,
  };
}

export async function viewDutyList(reading: Reading, id: string): Promise<ResponseOf<typeof dutiesApi.viewDutyList>> {
  const { db, actor, day } = reading;
  const one = await dutyLists.byId(db, reading.scope, id);
  const { body, jurisdiction } = one;
  const record = await recordOf(db, jurisdiction, dutyLists.kind, one.id);
  const next: Readonly<Record<KeptDutyList['state'], string>> = {
    listDrafted: '等拟定人、本人以外的同志审定',
    listInForce: '按时限逐项履职，登记佐证',
    listArchived: '已经归档',
  };
  return {
    id: one.id,
    jurisdiction,
    number: one.number,
    version: one.version,
    state: one.state,
    nextStep: next[one.state],
    offers: offersOf(dutyListLifecycle, actor, jurisdiction, (action) => judgeDutyList(one, actor, action, day, null)),
    ...record,
    year: one.year,
    personId: body.personId,
    name: body.name,
    post: body.post,
    unitId: body.unitId,
    unitName: body.unitName,
    items: progressOf(body, day).map(({ item, at, done, late }) => ({ ...item, at, done, late })),
    done: body.done.map((deed) => ({ ...deed, fileIds: [...deed.fileIds] })),
    confirmedOn: body.confirmedOn,
    confirmedByName: body.confirmedByName,
  };
}

/** How much of the year's work of one duty list is done. */
export interface DutyProgress {
  readonly listId: string;
  readonly number: string;
  readonly year: number;
  readonly personId: string | null;
  readonly name: string;
  readonly post: string;
  readonly unitId: string | null;
  /** Times that the items of the year ask for, and times done by the day, of each item no more than it asks. */
  readonly asked: number;
  readonly done: number;
}

/** Duty lists of a year that hold or held, as of the evening of a day, for higher rooms. */
export async function dutyProgressOf(
  db: Reading['db'],
  scope: Reading['scope'],
  of: { readonly year: number; readonly day: string },
): Promise<DutyProgress[]> {
  const all = await dutyLists.list(db, scope, { year: of.year, states: ['listInForce', 'listArchived'] });
  return all.map(({ id, number, year, body }) => {
    const annual = progressOf(body, of.day).filter((row) => row.item.kind === 'annual');
    return {
      listId: id,
      number,
      year,
      personId: body.personId,
      name: body.name,
      post: body.post,
      unitId: body.unitId,
      asked: annual.reduce((sum, row) => sum + row.item.times, 0),
      done: annual.reduce((sum, row) => sum + Math.min(row.done, row.item.times), 0),
    };
  });
}
