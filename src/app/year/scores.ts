import { type Day, daysBetween } from '../../kernel/day.ts';
import type { Indicator, SchemeBody } from '../../modules/assessment/scheme.ts';
import type { Recount } from './recount.ts';

/** What somebody scored or an appeal set, the newest last. */
export interface Given {
  readonly unitId: string;
  readonly code: string;
  readonly kind: 'hand' | 'appeal';
  readonly score: number;
}

/** What a line prints: the value, the counts it was worked out from, the points. */
export interface CountedLine {
  readonly code: string;
  readonly value: number | null;
  readonly counts: readonly number[];
  readonly max: number;
  readonly score: number | null;
}
export interface CountedUnit {
  readonly unitId: string;
  readonly lines: readonly CountedLine[];
  readonly base: number;
  readonly bonus: number;
  readonly malus: number;
  readonly score: number;
  readonly rank: number;
  readonly gradeName: string;
}

/** A share in percent with two decimals, never more than the whole. */
const percent = (part: number, whole: number): number | null =>
  whole <= 0 ? null : Math.round((10_000 * Math.min(part, whole)) / whole) / 100;
const two = (value: number): number => Math.round((value + Number.EPSILON) * 100) / 100;
const between = (value: number, low: number, high: number): number => (value < low ? low : value > high ? high : value);

interface Value {
  readonly value: number | null;
  readonly counts: readonly number[];
}

/** The value of one measure for one unit, from the lives alone. */
function measured(all: Recount, unit: string, { measure, narrow }: Indicator, from: Day, to: Day): Value {
  const fits = (one: { unit: string; sector: string; major: boolean }): boolean =>
    one.unit === unit &&
    (narrow.sectors.length === 0 || narrow.sectors.includes(one.sector)) &&
    (!narrow.major || one.major);
  const tasks = () => {
    const closed = all.closedTasks(to, from).filter((one) => one.closed.unit === unit);
    const red = all.redTasks(to).filter((one) => one.unit === unit);
    const open = all.openTasks(to).filter((one) => one.unit === unit).length;
    return { closed: closed.length, onTime: closed.filter((one) => !one.closed.late).length, red, open };
  };
  const problems = () => {
    const closed = all.turns('closed', from, to).filter(fits);
    const red = all.redProblems(to).filter(fits);
    const open = all.openProblems(to).filter(fits);
    return { closed: closed.length, onTime: closed.filter((one) => !one.late).length, red, open };
  };
  const daysLate = (red: readonly { due: Day | null }[]): number =>
    Math.max(0, ...red.map((one) => (one.due === null ? 0 : daysBetween(one.due, to))));
  switch (measure) {
    case 'taskOnTime': {
      const { closed, onTime, red } = tasks();
      return { value: percent(onTime, closed + red.length), counts: [closed, onTime, red.length] };
    }
    case 'taskLateShare': {
      const { red, open } = tasks();
      return { value: percent(red.length, open), counts: [red.length, open] };
    }
    case 'taskLongest': {
      const { red, open, closed } = tasks();
      return { value: open + closed === 0 ? null : daysLate(red), counts: [red.length, open, closed] };
    }
    case 'problemOnTime': {
      const { closed, onTime, red } = problems();
      return { value: percent(onTime, closed + red.length), counts: [closed, onTime, red.length] };
    }
    case 'problemLateShare': {
      const { red, open } = problems();
      return { value: percent(red.length, open.length), counts: [red.length, open.length] };
    }
    case 'problemLongest': {
      const { red, open, closed } = problems();
      return { value: open.length + closed === 0 ? null : daysLate(red), counts: [red.length, open.length, closed] };
    }
    case 'problemFirstPass': {
      const checks = all.turns('checked', from, to).filter((one) => one.first && fits(one));
      const passed = checks.filter((one) => one.passed).length;
      return { value: percent(passed, checks.length), counts: [checks.length, passed] };
    }
    case 'problemReopened': {
      const reopened = all.turns('reopened', from, to).filter(fits).length;
      const { closed } = problems();
      return { value: percent(reopened, closed), counts: [reopened, closed] };
    }
    case 'stockCleared': {
      const before = all.openProblems(dayBefore(from)).filter(fits).length;
      const remaining = problems().open.filter((one) => one.openedOn < from).length;
      return { value: percent(before - remaining, before), counts: [before, remaining] };
    }
    case 'lookBackQuality': {
      const found = all.lookedBack(from, to).get(unit);
      return found ? { value: percent(found.still, found.checked), counts: [found.checked, found.still] } : nothing;
    }
    case 'filingOnTime': {
      const found = all.discipline(from, to).get(unit);
      if (!found) return nothing;
      const due = found.onTime + found.late + found.missing;
      return { value: percent(found.onTime, due), counts: [due, found.onTime] };
    }
    case 'filingMissing': {
      const found = all.discipline(from, to).get(unit);
      if (!found) return nothing;
      const due = found.onTime + found.late + found.missing;
      return { value: due === 0 ? null : found.missing, counts: [due, found.missing] };
    }
    case 'measuresReceived': {
      const count = all.served(from, to).filter(({ row }) => row.unitId === unit).length;
      return { value: count, counts: [count] };
    }
    default:
      throw new Error(`no second way to work out ${measure}`);
  }
}
const nothing: Value = { value: null, counts: [] };
const dayBefore = (on: Day): Day =>
  new Date(Date.parse(`${on}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10) as Day;

const lessIsBetter = new Set([
  'taskLateShare',
  'taskLongest',
  'problemLateShare',
  'problemLongest',
  'problemReopened',
  'filingMissing',
  'measuresReceived',
]);

/** Which part of the weight a value earns. */
function earned({ measure, scoring, weight }: Indicator, value: number): number {
  if (scoring === null) return 0;
  if (scoring.kind === 'linear') return between((value - scoring.zeroAt) / (scoring.fullAt - scoring.zeroAt), 0, 1);
  if (scoring.kind === 'step') {
    let share = scoring.base;
    for (const step of scoring.steps) if (value >= step.at) share = step.share;
    return share / 100;
  }
  if (scoring.kind === 'each') {
    const points = Math.max(0, value - scoring.free) * scoring.points;
    return between((lessIsBetter.has(measure ?? '') ? weight - points : points) / weight, 0, 1);
  }
  const { points } = scoring;
  const next = points.findIndex((point) => point.at >= value);
  if (next <= 0) return (points.at(next)?.share ?? 0) / 100;
  const [a, b] = [points[next - 1], points[next]];
  if (!a || !b) return 0;
  return (a.share + ((b.share - a.share) * (value - a.at)) / (b.at - a.at)) / 100;
}

const isMain = (one: Indicator): boolean => one.part === 'common' || one.part === 'individual';

function unitOf(all: Recount, unitId: string, body: SchemeBody, given: readonly Given[], from: Day, to: Day) {
  const own = given.filter((one) => one.unitId === unitId);
  const newest = (code: string, kind: Given['kind']): Given | undefined =>
    own.findLast((one) => one.code === code && one.kind === kind);
  const applying = body.indicators.filter((one) => one.units.length === 0 || one.units.includes(all.nameOf(unitId)));
  const first = applying.map((one) => {
    const { weight } = one;
    if (one.by === 'hand') {
      const hand = newest(one.code, 'hand');
      return { one, value: null, counts: [], points: hand ? two(between(hand.score, 0, weight)) : null, none: false };
    }
    const { value, counts } = measured(all, unitId, one, from, to);
    if (value === null) {
      const full = isMain(one) && one.whenNone === 'full';
      const none = !isMain(one) || one.whenNone === 'rescale';
      return { one, value, counts, points: full ? weight : 0, none };
    }
    const share = earned(one, value);
    const points = two(weight * (one.part === 'malus' ? 1 - share : share));
    return { one, value, counts, points: isMain(one) ? Math.max(one.floor, points) : points, none: false };
  });
  const main = first.filter(({ one }) => isMain(one));
  const left = main.filter(({ none }) => !none).reduce((sum, { one }) => sum + one.weight, 0);
  const factor = left > 0 && main.some(({ none }) => none) ? body.total / left : 1;
  const lines = first.map(({ one, value, counts, points, none }) => {
    const spread = isMain(one) ? factor : 1;
    const max = none && isMain(one) ? 0 : two(one.weight * spread);
    const usual = none ? 0 : points === null ? null : Math.min(max, two(points * spread));
    const decided = newest(one.code, 'appeal');
    const score = decided ? two(between(decided.score, 0, max > 0 ? max : one.weight)) : usual;
    return { part: one.part, code: one.code, value, counts, max, score };
  });
  const sum = (parts: readonly string[]): number =>
    two(lines.reduce((total, line) => total + (parts.includes(line.part) ? (line.score ?? 0) : 0), 0));
  const base = Math.min(body.total, sum(['common', 'individual']));
  const bonus = Math.min(body.bonusCap, sum(['bonus']));
  const malus = Math.min(body.malusCap, sum(['malus']));
  const score = two(between(base + bonus - malus, body.floor, body.total + body.bonusCap));
  return { unitId, lines: lines.map(({ part: _part, ...line }) => line), base, bonus, malus, score };
}

/**
 * Scores, places and grades of all units, worked out a second time. The best grade has a quota, the others have none; a veto
 * in `vetoed` puts its unit into the worst.
 */
export function scoresCounted(
  all: Recount,
  body: SchemeBody,
  units: readonly string[],
  given: readonly Given[],
  vetoed: ReadonlySet<string>,
): CountedUnit[] {
  const sheets = units.map((unit) => unitOf(all, unit, body, given, body.from as Day, body.to as Day));
  const [best, ...others] = body.grades;
  if (!best || others.some((one) => one.quota !== null))
    throw new Error('grades with other quotas are not counted here');
  const most = best.quota === null ? units.length : Math.floor((units.length * best.quota) / 100);
  const able = sheets.filter((one) => !vetoed.has(one.unitId) && one.score >= best.from);
  // with equal points all get the best grade, or none of them
  const excellent = able.filter((one) => able.filter((other) => other.score >= one.score).length <= most);
  return sheets.map((one) => {
    const rank = 1 + sheets.filter((other) => other.score > one.score).length;
    const grade = vetoed.has(one.unitId)
      ? body.grades.at(-1)
      : excellent.includes(one)
        ? best
        : others.find((other) => one.score >= other.from);
    return { ...one, rank, gradeName: grade?.name ?? '' };
  });
}
