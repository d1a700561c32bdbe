import { sql } from 'kysely';
import type { Static } from 'typebox';
import { addDays, type Day } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { allOf, oneOf } from '../../../platform/ledger/statements.ts';
import type { AnyOf, Condition, Range } from '../../../platform/ledger/table.ts';
import type { ProblemFilters } from '../api-shapes.ts';
import type { ProblemLamp } from '../lamp.ts';
import { isOpen, openStates } from '../lifecycle.ts';
import { CELL } from './figures/dimensions.ts';

/** Filters with 我的 turned into units; days are sound. */
export type Filters = Omit<Static<typeof ProblemFilters>, 'mine'> & {
  readonly coUnit?: string;
  readonly supervisingUnit?: string;
  readonly finderUnit?: string;
};

/** A question to the ledger, with conditions left out that follow from others. */
export interface Question {
  readonly filters: Filters;
  /** Units of which one must be concerned; null: no such condition. */
  readonly sight: readonly string[] | null;
  readonly units: readonly string[] | null;
  /** Whether the filters leave open problems only. */
  readonly openOnly: boolean;
  /** … or ended ones only. */
  readonly endedOnly: boolean;
  /** Lamps of open problems with states of ended ones: there is nothing to look for. */
  readonly impossible: boolean;
}

const given = <T>(values: readonly T[] | undefined): readonly T[] | null =>
  values !== undefined && values.length > 0 ? values : null;
const within = (some: readonly string[] | undefined, all: readonly string[]): boolean =>
  given(some)?.every((one) => all.includes(one)) ?? false;

/** A lead unit is concerned, so asking for it says more than asking for who is concerned. */
export function questionOf(scope: Scope, asked: Filters): Question {
  const named = given(asked.unit);
  const units = named && within(asked.leadUnit, named) ? null : named;
  const own = scope.units === 'all' ? null : [...scope.units];
  const implied = own !== null && (within(asked.leadUnit, own) || within(asked.unit, own));
  const lit = given(asked.lamp)?.every((lamp) => lamp !== 'none') ?? false;
  const openOnly = lit || (given(asked.state)?.every(isOpen) ?? false);
  const dark = given(asked.lamp)?.every((lamp) => lamp === 'none') ?? false;
  const endedOnly = dark || (given(asked.state)?.every((state) => !isOpen(state)) ?? false);
  // A lit lamp leaves of the states the open ones.
  const states = lit ? asked.state?.filter(isOpen) : asked.state;
  const impossible = (lit && (asked.state?.length ?? 0) > 0 && states?.length === 0) || (openOnly && dark);
  // No open problem has a day of closing: sorted by it they lie in the order of their numbers.
  const sort = openOnly && asked.sort?.endsWith('closed') ? asked.sort.replace('closed', 'number') : asked.sort;
  const filters = { ...asked, state: states, sort: sort as Filters['sort'] };
  return { filters, sight: implied ? null : own, units, openOnly, endedOnly, impossible };
}

/** One of the values; '' stands for none. */
function among(column: Condition, values: readonly string[] | undefined, type = sql`text`): Condition[] {
  const named = given(values)?.filter((value) => value !== '');
  if (!named) return [];
  const is = sql`${column} = any(${[...named]}::${type}[])`;
  if (named.length === values?.length) return [is];
  return [named.length === 0 ? sql`${column} is null` : sql`(${column} is null or ${is})`];
}

const between = (column: Condition, from: string | undefined, to: string | undefined): Condition[] => [
  ...(from ? [sql`${column} >= ${from}::date`] : []),
  ...(to ? [sql`${column} <= ${to}::date`] : []),
];

/** The rule of `lampOf` as SQL over the columns of an open row `a` (t or s); the property test compares the two. */
function lampIs(a: Condition, lamp: ProblemLamp, on: Day): Condition {
  const clockRuns = sql`${a}.state <> 'disputed' and ${a}.state <> 'planned'`;
  if (lamp === 'red') return sql`(${clockRuns} and ${a}.due_on < ${on}::date)`;
  if (lamp === 'amber') return sql`(${clockRuns} and ${a}.due_on >= ${on}::date and ${a}.amber_on <= ${on}::date)`;
  if (lamp === 'green') return sql`(${clockRuns} and ${a}.due_on >= ${on}::date and ${a}.amber_on > ${on}::date)`;
  return sql`not (${clockRuns})`;
}

const concerned = (a: Condition, units: readonly string[] | null): Condition[] =>
  units === null ? [] : [oneOf(units.map((unit) => sql`${unit}::uuid = any(${a}.units)`))];

/** Within one of the map cells, each named by its left lower corner; rounded as the history keeps coordinates. */
function inCell(a: Condition, cells: readonly string[] | undefined): Condition[] {
  const named = given(cells);
  if (!named) return [];
  const edge = Math.round(1 / CELL);
  const low = (column: Condition): Condition => sql`floor(${column}::real::float8 * ${edge}::int)`;
  return [
    oneOf(
      named.map((cell) => {
        const [longitude = 0, latitude = 0] = cell.split(',').map((part) => Math.round(Number(part) * edge));
        return sql`(${low(sql`${a}.longitude`)} = ${longitude}::int and ${low(sql`${a}.latitude`)} = ${latitude}::int)`;
      }),
    ),
  ];
}

/** What a span of the history knows as well as the problem itself: over alias `a` (t or s), as of the day of the lamps. */
function alike({ filters, sight, units }: Question, a: Condition): Condition[] {
  const { grade, source, kind, batch, leadUnit, sector, tag, area, enterprise, plan, stage, state } = filters;
  return [
    ...among(sql`${a}.lead_unit_id`, leadUnit, sql`uuid`),
    ...among(sql`${a}.sector`, sector),
    ...among(sql`${a}.area_code`, area),
    ...among(sql`${a}.source_type`, source),
    ...among(sql`${a}.kind`, kind),
    ...among(sql`${a}.state`, state),
    ...(grade ? [sql`${a}.grade = ${grade}`] : []),
    ...(given(tag) ? [sql`${a}.tags && ${[...(tag ?? [])]}::text[]`] : []),
    ...(batch ? [sql`${a}.batch_id = ${batch}::uuid`] : []),
    ...(enterprise ? [sql`${a}.enterprise_id = ${enterprise}::uuid`] : []),
    ...(plan ? [sql`${a}.plan_id = ${plan}::uuid`] : []),
    ...(stage ? [sql`${a}.stage_id = ${stage}::uuid`] : []),
    ...between(sql`${a}.found_on`, filters.foundFrom, filters.foundTo),
    ...between(sql`${a}.due_on`, filters.dueFrom, filters.dueTo),
    ...between(sql`${a}.opened_on`, filters.openedFrom, filters.openedTo),
    // Found through serials: the planner takes days and serials for independent, and would read and sort all of these days.
    ...between(sql`(${a}.entered_on + 0)`, filters.enteredFrom, filters.enteredTo),
    ...inCell(a, filters.cell),
    ...concerned(a, units),
    ...concerned(a, sight),
  ];
}

/** What only the problem itself knows, over `t`; nothing of it changes while a problem lives, or it is meant as of today. */
function lasting({ filters }: Question): Condition[] {
  const { grid, task, coUnit, supervisingUnit, finderUnit } = filters;
  return [
    ...(grid ? [sql`t.grid = ${grid}`] : []),
    ...(task ? [sql`t.task_id = ${task}::uuid`] : []),
    ...(coUnit ? [sql`${coUnit}::uuid = any(t.co_unit_ids)`] : []),
    ...(supervisingUnit ? [sql`t.supervising_unit_id = ${supervisingUnit}::uuid`] : []),
    ...(finderUnit ? [sql`t.finder_unit_id = ${finderUnit}::uuid`] : []),
    ...between(sql`t.closed_on`, filters.closedFrom, filters.closedTo),
  ];
}

/** All conditions but the text over `t`. */
export function plainly(question: Question, on: Day): Condition[] {
  const { filters, openOnly, endedOnly } = question;
  const lamps = given(filters.lamp);
  const lit = (lamps ?? []).filter((lamp) => lamp !== 'none').map((lamp) => lampIs(sql`t`, lamp, on));
  const lamp =
    lit.length === 0
      ? []
      : [oneOf([...(lamps?.includes('none') ? [sql`not t.open`] : []), sql`(t.open and ${oneOf(lit)})`])];
  return [
    ...alike(question, sql`t`),
    ...lasting(question),
    ...lamp,
    ...(openOnly ? [sql`t.open`] : []),
    ...(endedOnly ? [sql`not t.open`] : []),
    ...(given(filters.only) ? [sql`t.flags @> ${[...(filters.only ?? [])]}::text[]`] : []),
  ];
}

/** Facets as `problem_words` makes them; what follows from another is left out. */
export function facetsOf({ filters, units, sight, openOnly }: Question): { many: AnyOf[]; few: AnyOf[] } {
  const { grade, only } = filters;
  const some = (sign: string, values: readonly string[] | null | undefined): AnyOf[] =>
    values && values.length > 0 && !values.includes('') ? [values.map((value) => sign + value)] : [];
  const ids = (sign: string, values: readonly string[] | null | undefined): AnyOf[] =>
    some(
      sign,
      values?.map((value) => value.toLowerCase()),
    );
  const one = (sign: string, id: string | undefined): AnyOf[] => (id ? [[sign + id.toLowerCase()]] : []);
  const states = given(filters.state);
  const allOpen = states !== null && openStates.every((state) => states.includes(state));
  const [own] = [filters.coUnit, filters.supervisingUnit, filters.finderUnit].filter((unit) => unit !== undefined);
  return {
    many: [
      ...ids('l', filters.leadUnit),
      ...ids('u', units),
      ...ids('u', sight),
      ...one('u', own),
      ...some('s', filters.sector),
      ...some('a', filters.area),
      ...(filters.stage ? one('g', filters.stage) : one('p', filters.plan)),
      ...some('r', filters.source),
      ...some('k', filters.kind),
      ...some('x', filters.tag),
      ...(only ?? []).map((flag) => [`f${flag}`]),
      ...(grade === 'major' ? [['mmajor']] : []),
      ...(openOnly && (states === null || allOpen) ? [['o']] : []),
      ...(states !== null && !allOpen && !states.includes('closed') ? some('t', states) : []),
    ],
    few: [
      ...one('e', filters.enterprise),
      ...one('w', filters.task),
      ...one('b', filters.batch),
      ...some('d', filters.grid ? [filters.grid] : null),
    ],
  };
}

/** Places of the axes in `problemLedger`. */
export const AXIS = { number: 0, due: 1, closed: 2, found: 3 } as const;

/** Days between which axes must lie. */
export const rangesOf = ({ filters }: Question, today: Day): Range[] => {
  const range = (axis: number, from: string | undefined, to: string | undefined): Range[] =>
    from || to ? [{ axis, from: (from ?? null) as Day | null, to: (to ?? null) as Day | null }] : [];
  const lamps = given(filters.lamp);
  // Lamps say on which side of today the deadline lies.
  const late = lamps?.every((lamp) => lamp === 'red') ? addDays(today, -1) : undefined;
  const timely = lamps?.every((lamp) => lamp === 'amber' || lamp === 'green') ? today : undefined;
  const latest = (days: (string | undefined)[]): string | undefined =>
    days
      .filter((one) => one !== undefined)
      .sort()
      .at(-1);
  const earliest = (days: (string | undefined)[]): string | undefined =>
    days.filter((one) => one !== undefined).sort()[0];
  return [
    ...range(AXIS.due, latest([filters.dueFrom, timely]), earliest([filters.dueTo, late])),
    ...range(AXIS.closed, filters.closedFrom, filters.closedTo),
    ...range(AXIS.found, filters.foundFrom, filters.foundTo),
  ];
};

/** Conditions over the spans `s` of a past day, and those that only the problem `t` can tell. */
export function asOfDay(question: Question, on: Day): { span: Condition[]; problem: Condition[] } {
  const { filters } = question;
  const only = filters.only ?? [];
  const lamps = given(filters.lamp);
  const lit = (lamps ?? []).filter((lamp) => lamp !== 'none').map((lamp) => lampIs(sql`s`, lamp, on));
  // Of these the history knows what held then; the others never end once they began.
  const known = { listed: sql`s.listed`, extended: sql`s.extensions > 0`, reopened: sql`s.opened_on > s.entered_on` };
  const others = only.filter((flag) => !(flag in known));
  return {
    span: [
      ...alike(question, sql`s`),
      ...(lamps ? [oneOf(lit)] : []),
      ...Object.entries(known).flatMap(([flag, condition]) => (only.some((one) => one === flag) ? [condition] : [])),
    ],
    problem: [...lasting(question), ...(others.length > 0 ? [sql`t.flags @> ${[...others]}::text[]`] : [])],
  };
}

/** A turn of the problem's life that lists behind figures ask for; over alias `e` of `problem_turn`, narrowed as it was then. */
export function turnOf({ filters, sight, units }: Question): Condition | null {
  const { turn, turnFrom, turnTo, turnIs, grade, batch, plan } = filters;
  if (turn === undefined) return null;
  const kinds = {
    late: sql`e.late`,
    onTime: sql`not e.late`,
    onSpot: sql`e.on_spot`,
    atGrid: sql`e.at_grid`,
    passed: sql`e.passed`,
    failed: sql`not e.passed`,
    firstPassed: sql`e.first and e.passed`,
    first: sql`e.first`,
  };
  const others = ['withdrawn', 'merged', 'unfounded'];
  const several = { ended: ['closed', ...others], otherEnd: others, began: ['registered', 'reopened'] };
  const turns = turn in several ? several[turn as keyof typeof several] : [turn];
  return allOf([
    turns.length === 1 ? sql`e.turn = ${turns[0]}` : sql`e.turn = any(${turns}::text[])`,
    ...between(sql`e.day`, turnFrom, turnTo),
    ...(turnIs ? [kinds[turnIs]] : []),
    ...among(sql`e.lead_unit_id`, filters.leadUnit, sql`uuid`),
    ...among(sql`e.sector`, filters.sector),
    ...among(sql`e.area_code`, filters.area),
    ...among(sql`e.source_type`, filters.source),
    ...among(sql`e.kind`, filters.kind),
    ...(grade ? [sql`e.grade = ${grade}`] : []),
    ...(given(filters.tag) ? [sql`e.tags && ${[...(filters.tag ?? [])]}::text[]`] : []),
    ...(batch ? [sql`e.batch_id = ${batch}::uuid`] : []),
    ...(plan ? [sql`e.plan_id = ${plan}::uuid`] : []),
    ...concerned(sql`e`, units),
    ...concerned(sql`e`, sight),
  ]);
}

/** The question without what a turn is compared with instead. */
export const withoutTurn = (question: Question): Question => {
  const {
    turn,
    turnFrom,
    turnTo,
    turnIs,
    leadUnit,
    sector,
    area,
    source,
    kind,
    grade,
    tag,
    batch,
    plan,
    unit,
    ...rest
  } = question.filters;
  return { ...question, filters: rest, units: null, sight: null };
};
