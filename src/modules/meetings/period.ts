import { type Actor, hasRole } from '../../kernel/actor.ts';
import { addDays, type Day } from '../../kernel/day.ts';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import {
  type PeriodAction,
  type PeriodNeed,
  type PeriodPart,
  type PeriodState,
  specialPeriodLifecycle,
} from './period-lifecycle.ts';
import type { Shift } from './shapes.ts';

/** Who handed over to whom, and what was to be known. Only added to. */
export interface Handover {
  readonly day: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly at: string;
  readonly byName: string;
}

/** 元旦、春节、两会…: a stretch of days with its demands, the units on duty, their roster and the extra checks. */
export interface SpecialPeriod {
  readonly name: string;
  readonly fromOn: string;
  readonly toOn: string;
  readonly demands: string;
  readonly basis: string;
  readonly units: readonly { readonly id: string; readonly name: string }[];
  readonly shifts: readonly Shift[];
  readonly handovers: readonly Handover[];
  readonly rosterNumber: string | null;
  readonly checks: { readonly text: string; readonly dueOn: string; readonly taskIds: readonly string[] } | null;
  readonly summary: string | null;
}

export interface Gap {
  readonly unitId: string;
  readonly unitName: string;
  readonly days: readonly string[];
}

/** Days of the period. */
export function daysOf(period: Pick<SpecialPeriod, 'fromOn' | 'toOn'>): string[] {
  const days: string[] = [];
  for (let at = period.fromOn as Day; at <= period.toOn; at = addDays(at, 1)) days.push(at);
  return days;
}

/** Which unit has nobody on duty on which days; empty where the roster is whole. */
export function gapsOf(period: Pick<SpecialPeriod, 'fromOn' | 'toOn' | 'units' | 'shifts'>): Gap[] {
  const days = daysOf(period);
  const taken = new Set(period.shifts.map((one) => `${one.unitId} ${one.day}`));
  return period.units.flatMap((unit) => {
    const missing = days.filter((day) => !taken.has(`${unit.id} ${day}`));
    return missing.length > 0 ? [{ unitId: unit.id, unitName: unit.name, days: missing }] : [];
  });
}

export const running = (period: Pick<SpecialPeriod, 'fromOn' | 'toOn'>, day: string): boolean =>
  period.fromOn <= day && day <= period.toOn;

export interface PeriodGiven {
  readonly shifts?: readonly Shift[];
  readonly handover?: { readonly day: string; readonly from: string; readonly to: string; readonly text: string };
  readonly checks?: { readonly text: string; readonly dueOn: string };
  readonly summary?: string;
}

type Person = Pick<Actor, 'roles' | 'unitId'>;
const short = (text: string | null | undefined): boolean => (text ?? '').trim().length < 2;

export function periodParts(period: Pick<SpecialPeriod, 'units'>, actor: Person): PeriodPart[] {
  const parts: PeriodPart[] = [];
  if (hasRole(actor as Actor, 'officer')) parts.push('office');
  if (
    hasRole(actor as Actor, 'clerk', 'unitLeader', 'officer') &&
    period.units.some((unit) => unit.id === actor.unitId)
  )
    parts.push('dutyUnit');
  return parts;
}

export function periodUnmet(
  period: SpecialPeriod,
  actor: Person,
  today: string,
  given: PeriodGiven | null,
): PeriodNeed[] {
  const unmet: PeriodNeed[] = [];
  if (gapsOf(period).length > 0) unmet.push('noGaps');
  if (period.checks !== null) unmet.push('once');
  if (today <= period.toOn) unmet.push('afterEnd');
  if (given === null) return unmet;
  const { shifts = [], handover, checks } = given;
  const sound = (one: Shift): boolean =>
    running(period, one.day) &&
    period.units.some((unit) => unit.id === one.unitId) &&
    !short(one.leader) &&
    !short(one.person) &&
    one.phone.trim().length >= 5;
  if (shifts.length === 0 || !shifts.every(sound)) unmet.push('shifts');
  if (!hasRole(actor as Actor, 'officer') && shifts.some((one) => one.unitId !== actor.unitId)) unmet.push('ownShifts');
  if (!handover || short(handover.from) || short(handover.to) || short(handover.text)) unmet.push('handover');
  if (!handover || !running(period, handover.day) || handover.day > today) unmet.push('dutyDay');
  if (!checks || short(checks.text) || checks.dueOn <= today) unmet.push('checks');
  if (short(given.summary)) unmet.push('summary');
  return unmet;
}

export const judgePeriod = (
  now: { readonly state: PeriodState; readonly body: SpecialPeriod },
  actor: Person,
  action: PeriodAction,
  today: string,
  given: PeriodGiven | null,
): Verdict<PeriodState> =>
  verdict(specialPeriodLifecycle, {
    state: now.state,
    action,
    parts: periodParts(now.body, actor),
    unmet: periodUnmet(now.body, actor, today, given),
  });
