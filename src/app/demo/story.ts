import { type Window, windowAround } from '../../kernel/calendar.ts';
import { addDays, type Day, daysBetween, earlier, later, weekdayOf } from '../../kernel/day.ts';
import type { Quota } from '../../kernel/deadline.ts';
import type { Tale } from './district.ts';

/** Who does it: the lead unit's clerk or head, one of the two officers, or a unit that takes part. */
export type Who = 'clerk' | 'head' | 'officer' | 'otherOfficer';

export type Deed =
  | { readonly do: 'receive' | 'pass' | 'setPerson' | 'coReceive' | 'milestones' | 'split' }
  | { readonly do: 'report'; readonly percent: number; readonly text: string; readonly files: boolean }
  | { readonly do: 'occurrence'; readonly quota: number; readonly text: string; readonly files: boolean }
  | { readonly do: 'submit'; readonly text: string }
  | { readonly do: 'askExtension'; readonly newDue: Day; readonly reason: string }
  | { readonly do: 'decideExtension'; readonly approve: boolean; readonly opinion: string }
  | { readonly do: 'sendBack' | 'suspend' | 'dispute' | 'settleKeep'; readonly reason: string };

export interface Scene {
  readonly on: Day;
  /** Minutes since midnight, within office hours. */
  readonly minute: number;
  readonly who: Who;
  readonly deed: Deed;
}

/** What the story needs to know of a task that was handed out. */
export interface Handed {
  readonly begun: Day;
  readonly due: Day | null;
  readonly quotas: readonly Quota[];
}

/** A sequence that is the same in every installation. */
export function chance(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** Offices work from Monday to Friday: the Friday before a weekend. */
const workday = (d: Day): Day => (weekdayOf(d) > 5 ? addDays(d, 5 - weekdayOf(d)) : d);

/** Days on which the recurring duty was fulfilled, spread over each of its periods; the tale may leave periods out. */
function occasions(quota: Quota, tale: Tale, handed: Handed, last: Day, closing: boolean): Day[] {
  const days: Day[] = [];
  const years = quota.everyYears ?? 1;
  if (years > 1) return days;
  const current = windowAround(last, quota.per);
  const before = windowAround(addDays(current.from, -1), quota.per);
  for (
    let at: Window = windowAround(handed.begun, quota.per);
    at.from <= last;
    at = windowAround(addDays(at.to, 1), quota.per)
  ) {
    if (tale.fate === 'missed' && at.from >= (before.from > handed.begun ? before.from : current.from)) continue;
    const from = later(at.from, addDays(handed.begun, 5));
    // A task that is to be closed has fulfilled its last period by then.
    const to = closing ? earlier(at.to, addDays(last, -1)) : at.to;
    const count = tale.fate === 'short' && at.from === current.from ? Math.max(1, quota.count - 1) : quota.count;
    for (let round = 1; round <= count; round++) {
      const share = tale.fate === 'short' ? (round * 0.35) / count : round / (count + 0.6);
      const on = workday(addDays(from, Math.floor(daysBetween(from, to) * share)));
      if (on >= at.from && on <= last && on > handed.begun) days.push(on);
    }
  }
  return days;
}

/**
 * What happens to one task between the day it was handed out and yesterday. The tale says how it fares; days follow from
 * the task's own deadline, so that the story fits whatever day the demonstration begins on.
 */
export function scenesOf(tale: Tale, handed: Handed, today: Day, seed: number): Scene[] {
  const pick = chance(seed);
  const scenes: Scene[] = [];
  const yesterday = addDays(today, -1);
  const add = (on: Day, who: Who, deed: Deed): void => {
    const real = later(earlier(workday(on), yesterday), handed.begun);
    scenes.push({ on: real, minute: 9 * 60 + pick(8 * 60), who, deed });
  };
  const { fate } = tale;
  if (fate === 'unreceived') return [];
  const receivedOn = addDays(handed.begun, 1 + pick(4));
  add(receivedOn, pick(4) === 0 ? 'head' : 'clerk', { do: 'receive' });
  if (tale.coReceive || pick(3) > 0) add(addDays(receivedOn, 1 + pick(3)), 'clerk', { do: 'coReceive' });
  if (fate === 'moved') {
    add(addDays(receivedOn, 2), 'head', { do: 'dispute', reason: tale.disputeReason ?? '' });
    add(addDays(receivedOn, 6), 'officer', { do: 'settleKeep', reason: tale.keepReason ?? '' });
    add(addDays(receivedOn, 8), 'clerk', { do: 'receive' });
  }
  const settledOn = addDays(receivedOn, fate === 'moved' ? 10 : 5);
  add(settledOn, 'clerk', { do: 'setPerson' });
  if (tale.milestones) add(addDays(settledOn, 1), 'clerk', { do: 'milestones' });
  if (tale.split) add(addDays(settledOn, 2), 'clerk', { do: 'split' });

  const due = handed.due ?? yesterday;
  const submitOn =
    fate === 'onTime'
      ? addDays(due, -2 - pick(5))
      : fate === 'late'
        ? addDays(due, tale.lateBy ?? 7)
        : fate === 'sentBackThenClosed'
          ? addDays(due, -8)
          : fate === 'sentBack'
            ? addDays(due, -1)
            : fate === 'waiting'
              ? addDays(today, -2)
              : fate === 'recordedAll'
                ? addDays(today, -40)
                : null;
  const until =
    submitOn ?? addDays(today, fate === 'suspended' ? -(tale.suspendAgo ?? 20) : -(tale.sinceReport ?? 4 + pick(5)));
  const stretch = Math.max(tale.steps.length, daysBetween(settledOn, until));
  tale.steps.forEach((step, index) => {
    const on = addDays(settledOn, Math.floor((stretch * (index + 1)) / tale.steps.length));
    add(later(on, addDays(settledOn, 1)), 'clerk', {
      do: 'report',
      ...step,
      files: tale.evidence !== undefined && index === tale.steps.length - 1,
    });
  });
  const last = submitOn ?? yesterday;
  handed.quotas.forEach((quota, index) => {
    for (const [round, on] of occasions(quota, tale, handed, last, submitOn !== null).entries())
      if (on > receivedOn)
        add(on, 'clerk', {
          do: 'occurrence',
          quota: index,
          text: `${tale.occasion ?? '按要求开展'}（第${round + 1}次）`,
          files: tale.evidence === 'minutes' && round === 0,
        });
  });
  if (tale.askBefore !== undefined) {
    const askOn = earlier(addDays(due, -tale.askBefore), addDays(today, -5));
    const newDue = addDays(later(due, today), tale.extendTo ?? 25);
    add(askOn, 'clerk', { do: 'askExtension', newDue, reason: tale.reason ?? '' });
    const approve = fate === 'extended';
    const opinion = approve ? '情况属实，同意延期，请按新的时限倒排工期。' : (tale.refuseReason ?? '');
    if (tale.pending !== true) add(addDays(askOn, 2), 'otherOfficer', { do: 'decideExtension', approve, opinion });
  }
  if (fate === 'disputed') add(addDays(today, -3), 'head', { do: 'dispute', reason: tale.disputeReason ?? '' });
  if (fate === 'suspended') add(addDays(until, 1), 'officer', { do: 'suspend', reason: tale.suspendReason ?? '' });
  if (submitOn !== null) {
    const text = tale.steps.at(-1)?.text ?? '任务已完成，申请办结。';
    add(submitOn, 'clerk', { do: 'submit', text: `${text}申请办结。` });
    if (fate === 'onTime' || fate === 'late' || fate === 'recordedAll')
      add(addDays(submitOn, 2 + pick(3)), 'officer', { do: 'pass' });
    if (fate === 'sentBack' || fate === 'sentBackThenClosed')
      add(addDays(submitOn, 3), 'officer', { do: 'sendBack', reason: tale.backReason ?? '' });
    if (fate === 'sentBackThenClosed') {
      add(addDays(submitOn, 6), 'clerk', { do: 'report', percent: 100, text: '已按退回意见补齐材料。', files: true });
      add(addDays(submitOn, 6), 'clerk', { do: 'submit', text: '已按退回意见补齐材料，再次申请办结。' });
      add(addDays(submitOn, 9), 'officer', { do: 'pass' });
    }
  }
  return inOrder(scenes);
}

/** By day; on one day in the order in which they were told, each a little after the one before. */
function inOrder(scenes: readonly Scene[]): Scene[] {
  const sorted = scenes
    .map((scene, index) => ({ scene, index }))
    .sort((a, b) => (a.scene.on === b.scene.on ? a.index - b.index : a.scene.on < b.scene.on ? -1 : 1));
  const told: Scene[] = [];
  for (const { scene } of sorted) {
    const before = told.at(-1);
    const minute = before?.on === scene.on ? Math.max(scene.minute, before.minute + 7) : scene.minute;
    told.push({ ...scene, minute: Math.min(minute, 23 * 60 + 50) });
  }
  return told;
}
