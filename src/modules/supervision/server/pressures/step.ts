import { dayInWords } from '../../../../kernel/day.ts';
import type { Act } from '../../../../platform/act.ts';
import { refuseStale } from '../../../../platform/case.ts';
import { announce } from '../../../../platform/facts/record.ts';
import { tasksByIds } from '../../../tasks/server/door.ts';
import { isRestricted, type Pressure, pressureWords } from '../../pressure.ts';
import { isOpenPressure, type PressureAction, type PressureState } from '../../pressure-lifecycle.ts';
import { judgePressure, type PressureGiven } from '../../pressure-situation.ts';
import { commitmentsOf, lockPressure, type PressureRow, updatePressure } from './store.ts';

/** Which measure, and the version that the person had before his eyes. */
export interface Seen {
  readonly id: string;
  readonly version: number;
}

/** What every changing route answers. */
export interface Done {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly state: PressureState;
}

export const endedTask = new Set(['closed', 'withdrawn']);

/** How many commitments of the measure are not yet done; a task that was called back counts as settled. */
export async function openCommitments(act: Pick<Act, 'db' | 'scope' | 'day'>, row: PressureRow): Promise<number> {
  const rows = await commitmentsOf(act.db, [row.jurisdiction], [row.id]);
  const ids = rows.map((one) => one.taskId);
  if (ids.length === 0) return 0;
  const lines = await tasksByIds(act.db, { jurisdictions: act.scope.jurisdictions, units: 'all' }, ids, act.day);
  const ended = new Set(lines.filter((line) => endedTask.has(line.state)).map((line) => line.id));
  return ids.filter((id) => !ended.has(id)).length;
}

/** Loads and locks a measure of the actor's own government that he may see. */
export async function load(act: Act, seen: { readonly id: string; readonly version?: number }): Promise<PressureRow> {
  const scope = {
    jurisdictions: act.scope.jurisdictions.filter((code) => code === act.actor.jurisdiction),
    units: act.scope.units,
  };
  const row = await lockPressure(act.db, { scope, actor: act.actor }, seen.id);
  await refuseStale(act, '督促措施', { ...row, kind: 'pressure' }, seen.version);
  return row;
}

/** Where the action leads; throws the rule's refusal. */
export async function decide(
  act: Act,
  row: PressureRow,
  action: PressureAction,
  given: PressureGiven = {},
): Promise<PressureState> {
  const verdict = judgePressure(row, act.actor, action, act.day, given, await openCommitments(act, row));
  if (!verdict.may) throw verdict.refusal;
  return verdict.to;
}

export const save = (act: Act, before: PressureRow, changes: Partial<Pressure>): Promise<PressureRow> =>
  updatePressure(act, before, changes, isOpenPressure(changes.state ?? before.state));

/** What was written about a lead stays on its page: its facts only say that something was done. */
export const quiet = (one: Pick<Pressure, 'kind'>, text: string): string => (isRestricted(one.kind) ? '' : text);

/** 警示函措-2026-0003「…」 for sentences. */
export const called = (one: Pick<Pressure, 'kind' | 'number' | 'matter'>): string =>
  `${pressureWords[one.kind]}${one.number}${quiet(one, `「${one.matter}」`)}`;
export const onDay = dayInWords;

/** Announces what happened, with the version that it made. */
export async function tell(
  act: Act,
  before: PressureRow,
  after: PressureRow,
  kind: string,
  says: string,
  data: Readonly<Record<string, unknown>> = {},
): Promise<Done> {
  await announce(act, {
    item: { kind: 'pressure', id: after.id },
    kind,
    says,
    from: before.state,
    to: after.state,
    data: { version: after.version, number: after.number, ...data },
  });
  return { id: after.id, number: after.number, version: after.version, state: after.state };
}
