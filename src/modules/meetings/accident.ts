import { type Actor, hasRole } from '../../kernel/actor.ts';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import {
  accidentFigureLifecycle,
  type FigureAction,
  type FigureNeed,
  type FigurePart,
  type FigureState,
} from './figure-lifecycle.ts';

/** What a unit entered for a month: accidents and deaths. The former numbers stay, so that a past day tells what it told. */
export interface AccidentFigure {
  readonly unitId: string;
  readonly unitName: string;
  /** 'YYYY-MM' */
  readonly month: string;
  readonly accidents: number;
  readonly deaths: number;
  readonly note: string;
  readonly enteredBy: string;
  readonly enteredByName: string;
  readonly enteredByPerson: string | null;
  readonly confirmedOn: string | null;
  readonly confirmedByName: string | null;
  /** Numbers that were confirmed, oldest first; the last is what counts now. */
  readonly confirmed: readonly Confirmed[];
}
export interface Confirmed {
  readonly on: string;
  readonly accidents: number;
  readonly deaths: number;
}

/** What a unit may have at most in a year, and what it had the year before. */
export interface AccidentTarget {
  readonly unitId: string;
  readonly unitName: string;
  readonly year: number;
  readonly accidents: number;
  readonly deaths: number;
  readonly accidentsBefore: number | null;
  readonly deathsBefore: number | null;
}

export interface FigureGiven {
  readonly accidents?: number;
  readonly deaths?: number;
  readonly reason?: string;
}

type Person = Pick<Actor, 'accountId' | 'personId' | 'roles' | 'unitId'>;

export function figureParts(figure: Pick<AccidentFigure, 'unitId'>, actor: Person): FigurePart[] {
  const parts: FigurePart[] = [];
  if (hasRole(actor as Actor, 'officer')) parts.push('office');
  if (actor.unitId === figure.unitId && hasRole(actor as Actor, 'clerk', 'unitLeader')) parts.push('reporter');
  return parts;
}

export const soundNumbers = (accidents: number | undefined, deaths: number | undefined): boolean =>
  Number.isInteger(accidents) &&
  Number.isInteger(deaths) &&
  (accidents ?? -1) >= 0 &&
  (deaths ?? -1) >= 0 &&
  ((accidents ?? 0) > 0 || deaths === 0);

export function figureUnmet(figure: AccidentFigure, actor: Person, given: FigureGiven | null): FigureNeed[] {
  const unmet: FigureNeed[] = [];
  if (
    actor.accountId === figure.enteredBy ||
    (figure.enteredByPerson !== null && actor.personId === figure.enteredByPerson)
  )
    unmet.push('otherPerson');
  if (given === null) return unmet;
  if (!soundNumbers(given.accidents, given.deaths)) unmet.push('numbers');
  if ((given.reason ?? '').trim().length < 2) unmet.push('reason');
  return unmet;
}

export const judgeFigure = (
  now: { readonly state: FigureState; readonly body: AccidentFigure },
  actor: Person,
  action: FigureAction,
  given: FigureGiven | null,
): Verdict<FigureState> =>
  verdict(accidentFigureLifecycle, {
    state: now.state,
    action,
    parts: figureParts(now.body, actor),
    unmet: figureUnmet(now.body, actor, given),
  });

/** The numbers of a month as they were confirmed by the evening of `day`; null: not confirmed by then. */
export const confirmedBy = (figure: Pick<AccidentFigure, 'confirmed'>, day: string): Confirmed | null =>
  figure.confirmed.filter((one) => one.on <= day).at(-1) ?? null;

/** 'YYYY-MM' moved by whole months. */
export function monthsFrom(month: string, by: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
export const monthsOf = (from: string, to: string): string[] => {
  const months: string[] = [];
  for (let at = from; at <= to; at = monthsFrom(at, 1)) months.push(at);
  return months;
};

export interface AccidentCount {
  readonly unitId: string;
  readonly accidents: number;
  readonly deaths: number;
  /** Months of the window whose numbers nobody has confirmed. */
  readonly missing: readonly string[];
  /** Ids of the figures that were added up. */
  readonly figureIds: readonly string[];
}

/**
 * Accidents and deaths of each unit in the `months` months that end with the month of `day`, as confirmed by that day: a
 * window that slides with the day. The running month is not missing while it runs.
 */
export function countIn(
  figures: readonly (AccidentFigure & { readonly id: string })[],
  unitIds: readonly string[],
  day: string,
  months: number,
): AccidentCount[] {
  const last = day.slice(0, 7);
  const window = monthsOf(monthsFrom(last, 1 - months), last);
  return unitIds.map((unitId) => {
    const known = figures.flatMap((one) => {
      const numbers = one.unitId === unitId && window.includes(one.month) ? confirmedBy(one, day) : null;
      return numbers ? [{ id: one.id, month: one.month, ...numbers }] : [];
    });
    return {
      unitId,
      accidents: known.reduce((sum, one) => sum + one.accidents, 0),
      deaths: known.reduce((sum, one) => sum + one.deaths, 0),
      missing: window.filter((month) => month < last && !known.some((one) => one.month === month)),
      figureIds: known.map((one) => one.id),
    };
  });
}
