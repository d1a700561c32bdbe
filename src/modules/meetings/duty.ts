import { type Actor, hasRole } from '../../kernel/actor.ts';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import {
  type DutyListAction,
  type DutyListNeed,
  type DutyListPart,
  type DutyListState,
  dutyListLifecycle,
} from './duty-lifecycle.ts';
import type { DutyItem } from './shapes.ts';

/** Something that a leader did for an item of his list. */
export interface DutyDone {
  /** Place of the item in the list, from 0. */
  readonly item: number;
  readonly on: string;
  readonly text: string;
  /** Number of a meeting, task or problem that proves it. */
  readonly reference: string;
  readonly fileIds: readonly string[];
  readonly byName: string;
  readonly registeredOn: string;
}

/** 职责清单和年度工作清单 of one leader for one year. */
export interface DutyList {
  readonly personId: string | null;
  readonly name: string;
  readonly post: string;
  readonly unitId: string | null;
  readonly unitName: string;
  readonly items: readonly DutyItem[];
  readonly done: readonly DutyDone[];
  readonly draftedBy: string;
  readonly draftedByPerson: string | null;
  readonly confirmedOn: string | null;
  readonly confirmedByName: string | null;
}

export interface DutyGiven {
  readonly items?: readonly DutyItem[];
  readonly item?: number;
  readonly on?: string;
  readonly text?: string;
  readonly reference?: string;
  readonly fileIds?: readonly string[];
}

type Person = Pick<Actor, 'accountId' | 'personId' | 'roles' | 'unitId'>;
const short = (text: string | null | undefined): boolean => (text ?? '').trim().length < 2;
const works = (actor: Person): boolean => hasRole(actor as Actor, 'clerk', 'unitLeader', 'leader', 'officer');

export function dutyListParts(list: Pick<DutyList, 'personId' | 'unitId'>, actor: Person): DutyListPart[] {
  const parts: DutyListPart[] = [];
  if (hasRole(actor as Actor, 'officer')) parts.push('office');
  if (hasRole(actor as Actor, 'leader')) parts.push('leader');
  if (list.personId !== null && actor.personId === list.personId && works(actor)) parts.push('owner');
  if (actor.unitId !== null && actor.unitId === list.unitId && hasRole(actor as Actor, 'clerk', 'unitLeader'))
    parts.push('ownUnit');
  return parts;
}

/** Items of the year with how often each was done by `day`, as recorded by then, and whether it is late. */
export function progressOf(
  list: Pick<DutyList, 'items' | 'done'>,
  day: string,
): { readonly item: DutyItem; readonly at: number; readonly done: number; readonly late: boolean }[] {
  return list.items.map((item, at) => {
    const done = list.done.filter((one) => one.item === at && one.on <= day && one.registeredOn <= day).length;
    return {
      item,
      at,
      done,
      late: item.kind === 'annual' && item.dueOn !== null && item.dueOn < day && done < item.times,
    };
  });
}

export function dutyUnmet(
  list: DutyList,
  year: number,
  actor: Person,
  today: string,
  given: DutyGiven | null,
): DutyListNeed[] {
  const unmet: DutyListNeed[] = [];
  const items = given?.items ?? list.items;
  if (!items.some((one) => one.kind === 'annual' && !short(one.text))) unmet.push('items');
  if (actor.accountId === list.draftedBy || (list.draftedByPerson !== null && actor.personId === list.draftedByPerson))
    unmet.push('otherPerson');
  if (list.personId !== null && actor.personId === list.personId) unmet.push('notOwner');
  const whole = progressOf(list, today).every((one) => one.item.kind === 'standing' || one.done >= one.item.times);
  if (today <= `${year}-12-31` && !whole) unmet.push('yearOver');
  if (given === null) return unmet;
  const item = given.item === undefined ? undefined : list.items[given.item];
  if (item === undefined || short(given.text)) unmet.push('dutyDone');
  if (!given.on || given.on > today || !given.on.startsWith(`${year}-`)) unmet.push('doneDay');
  if ((given.fileIds ?? []).length === 0 && short(given.reference)) unmet.push('evidence');
  return unmet;
}

export function judgeDutyList(
  now: { readonly state: DutyListState; readonly year: number; readonly body: DutyList },
  actor: Person,
  action: DutyListAction,
  today: string,
  given: DutyGiven | null,
): Verdict<DutyListState> {
  const unmet = dutyUnmet(now.body, now.year, actor, today, given);
  const open = action === 'editList' && given === null ? [] : unmet;
  return verdict(dutyListLifecycle, { state: now.state, action, parts: dutyListParts(now.body, actor), unmet: open });
}
