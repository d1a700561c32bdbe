import { sql } from 'kysely';
import type { Static } from 'typebox';
import type { Day } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { holding, soughtIn } from '../../../platform/ledger/sought.ts';
import type { AnyOf, Condition, Range, Sought } from '../../../platform/ledger/table.ts';
import type { TaskFilters } from '../api.ts';
import type { Lamp } from '../lamp.ts';
import { isOpen } from '../lifecycle.ts';

export type Filters = Static<typeof TaskFilters>;
const list = (values: readonly string[]): Condition => sql.join(values.map((value) => sql`${value}`));
const among = (column: Condition, values: readonly string[] | undefined, type = sql`text`): Condition[] => {
  if (values === undefined || values.length === 0) return [];
  const [only] = values;
  return [values.length === 1 ? sql`${column} = ${only}::${type}` : sql`${column} in (${list(values)})`];
};
/** A question to the list, with conditions left out that follow from others: they would only mislead the planner. */
export interface Question {
  readonly filters: Filters;
  /** Units of which one must take part; null: no such condition. */
  readonly sight: readonly string[] | null;
  readonly units: readonly string[] | null;
  readonly sought: Sought | null;
  /** Whether the filters leave open tasks only. */
  readonly openOnly: boolean;
  /** Lamps of open tasks with states of ended ones: there is nothing to look for. */
  readonly impossible: boolean;
}

const within = (some: readonly string[] | undefined, all: readonly string[]): boolean =>
  some !== undefined && some.length > 0 && some.every((one) => all.includes(one));

/** A lead unit takes part, so asking for it says more than asking for who takes part. */
export function questionOf(scope: Scope, asked: Filters): Question {
  const named = asked.unit && asked.unit.length > 0 ? asked.unit : null;
  const units = named && within(asked.leadUnit, named) ? null : named;
  const own = scope.units === 'all' ? null : [...scope.units];
  const implied = own !== null && (within(asked.leadUnit, own) || within(asked.unit, own));
  const lamps = asked.lamp ?? [];
  const lit = lamps.length > 0 && lamps.every((lamp) => lamp !== 'none');
  // A lit lamp leaves of the states the open ones.
  const states = (asked.state ?? []).filter((state) => !lit || isOpen(state));
  const openOnly = lit || (states.length > 0 && states.every(isOpen));
  const impossible =
    (lit && states.length === 0 && (asked.state ?? []).length > 0) ||
    (openOnly && lamps.length > 0 && lamps.every((lamp) => lamp === 'none'));
  // No open task has a day of closing: sorted by it they lie in the order of their numbers.
  const sort =
    openOnly && asked.sort === 'closed' ? 'number' : openOnly && asked.sort === '-closed' ? '-number' : asked.sort;
  return {
    filters: { ...asked, state: states, sort },
    sight: implied ? null : own,
    units,
    sought: soughtIn(asked.q, '任'),
    openOnly,
    impossible,
  };
}

/** The rule of `lampOf` as SQL over the columns of alias `a` (t or s); the property test compares the two. */
function lampIs(a: Condition, lamp: Lamp, on: Day): Condition {
  const due = sql`(${a}.due_on is null or ${a}.due_on >= ${on}::date)`;
  if (lamp === 'red') return sql`(${a}.state <> 'suspended' and ${a}.due_on < ${on}::date)`;
  if (lamp === 'amber') return sql`(${a}.state <> 'suspended' and ${due} and ${a}.amber_on <= ${on}::date)`;
  if (lamp === 'green')
    return sql`(${a}.state <> 'suspended' and ${due} and (${a}.amber_on is null or ${a}.amber_on > ${on}::date))`;
  return sql`${a}.state = 'suspended'`;
}

/** In the words of the partial indexes; over the state, which every covering index holds. */
const stillOpen = sql`(t.state <> 'closed' and t.state <> 'withdrawn')`;
const ended = sql`t.state in ('closed', 'withdrawn')`;

/** Conditions that no word of the search index tells: days, and lamps mixed with what has ended. */
function timed(a: Condition, isSpan: boolean, filters: Filters, on: Day): Condition[] {
  const where: Condition[] = [
    ...(filters.dueFrom ? [sql`${a}.due_on >= ${filters.dueFrom}::date`] : []),
    ...(filters.dueTo ? [sql`${a}.due_on <= ${filters.dueTo}::date`] : []),
    ...(filters.deadline ? [sql`${a}.due_on is null`] : []),
  ];
  const wanted = filters.lamp ?? [];
  if (wanted.length === 0) return where;
  const lit = wanted.filter((lamp) => lamp !== 'none').map((lamp) => lampIs(a, lamp, on));
  const some = sql`(${sql.join(lit, sql` or `)})`;
  if (isSpan) return [...where, lit.length === 0 ? sql`false` : some];
  if (lit.length === 0) return [...where, ended];
  if (wanted.includes('none')) return [...where, sql`(${ended} or (${stillOpen} and ${some}))`];
  return [...where, stillOpen, some];
}

const without = (a: Condition, filters: Filters): Condition[] => [
  ...(filters.without?.includes('stage') ? [sql`${a}.stage_id is null`] : []),
  ...(filters.without?.includes('sector') ? [sql`${a}.sector is null`] : []),
];

/** What may be known of a task but not of a span of its history. */
const lasting = (filters: Filters): Condition[] => [
  ...(filters.parent ? [sql`t.parent_id = ${filters.parent}::uuid`] : []),
  ...(filters.closedFrom ? [sql`t.closed_on >= ${filters.closedFrom}::date`] : []),
  ...(filters.closedTo ? [sql`t.closed_on <= ${filters.closedTo}::date`] : []),
  ...(filters.closing ? [sql`t.closed_on is not null and t.closed_late = ${filters.closing === 'late'}`] : []),
];

/** Any of the units takes part. */
const takingPart = (a: Condition, units: readonly string[] | null): Condition[] =>
  units === null
    ? []
    : [
        sql`(${sql.join(
          units.map((unit) => sql`${unit}::uuid = any(${a}.units)`),
          sql` or `,
        )})`,
      ];

/** All conditions but the text over `t`, as columns that the covering indexes hold. */
export function plainly(question: Question, on: Day): Condition[] {
  const { filters } = question;
  const states = filters.state ?? [];
  return [
    ...among(sql`t.lead_unit_id`, filters.leadUnit, sql`uuid`),
    ...among(sql`t.sector`, filters.sector),
    ...(filters.plan ? [sql`t.plan_id = ${filters.plan}::uuid`] : []),
    ...(filters.stage ? [sql`t.stage_id = ${filters.stage}::uuid`] : []),
    ...(filters.person ? [sql`t.person_name is null`] : []),
    ...among(sql`t.state`, states),
    // Said again in the words of the partial indexes.
    ...(states.length > 0 && states.every(isOpen) ? [stillOpen] : []),
    ...(states.length > 0 && states.every((state) => state === 'closed') ? [sql`t.closed_on is not null`] : []),
    ...timed(sql`t`, false, filters, on),
    ...without(sql`t`, filters),
    ...lasting(filters),
    ...takingPart(sql`t`, question.units),
    ...takingPart(sql`t`, question.sight),
  ];
}

/** Facets as `task_words` (see the migration) makes them; what follows from another is left out. */
export function facetsOf({ filters, units, sight, openOnly }: Question): { many: AnyOf[]; few: AnyOf[] } {
  const states = filters.state ?? [];
  const lower = (sign: string, ids: readonly string[] | null | undefined): AnyOf[] =>
    ids && ids.length > 0 ? [ids.map((id) => sign + id.toLowerCase())] : [];
  const some = (wanted: boolean, facet: string): AnyOf[] => (wanted ? [[facet]] : []);
  return {
    many: [
      ...lower('l', filters.leadUnit),
      ...lower('u', units),
      ...lower('u', sight),
      ...(filters.sector && filters.sector.length > 0 ? [filters.sector.map((name) => `s${name}`)] : []),
      ...(filters.stage ? lower('g', [filters.stage]) : filters.plan ? lower('p', [filters.plan]) : []),
      ...(states.length > 0 && !states.includes('closed') ? [states.map((state) => `t${state}`)] : []),
      ...some(openOnly && states.length === 0, 'o'),
      ...some(filters.person !== undefined, 'n'),
      ...some(filters.deadline !== undefined, 'd'),
      ...some(filters.without?.includes('stage') ?? false, 'G'),
      ...some(filters.without?.includes('sector') ?? false, 'S'),
    ],
    few: filters.parent ? lower('c', [filters.parent]) : [],
  };
}

/** Days between which axes must lie: the day due is axis 1 of the ledger, the day of closing axis 2. */
export const rangesOf = ({ filters }: Question, closedBy: Day | null): Range[] => {
  const range = (axis: number, from: string | undefined, to: string | null | undefined): Range[] =>
    from || to ? [{ axis, from: (from ?? null) as Day | null, to: (to ?? null) as Day | null }] : [];
  const lastClosed = [filters.closedTo, closedBy].filter((day) => day).sort()[0];
  return [...range(1, filters.dueFrom, filters.dueTo), ...range(2, filters.closedFrom, lastClosed)];
};

/** Conditions over the spans `s` of a past day, and those that only the task `t` can tell. */
export function asOfDay(question: Question, asOf: Day): { span: Condition[]; task: Condition[] } {
  const { filters, sought } = question;
  return {
    span: [
      ...among(sql`s.lead_unit_id`, filters.leadUnit, sql`uuid`),
      ...among(sql`s.sector`, filters.sector),
      ...(filters.plan ? [sql`s.plan_id = ${filters.plan}::uuid`] : []),
      ...(filters.stage ? [sql`s.stage_id = ${filters.stage}::uuid`] : []),
      ...(filters.person ? [sql`not s.has_person`] : []),
      ...among(sql`s.state`, filters.state),
      ...timed(sql`s`, true, filters, asOf),
      ...without(sql`s`, filters),
      ...takingPart(sql`s`, question.units),
      ...takingPart(sql`s`, question.sight),
    ],
    task: [...lasting(filters), ...(sought ? [holding(sought)] : [])],
  };
}

/** All tasks as of the evening of a day, over `t`: those that were open then, narrowed by what they were like, and those closed by then. */
export function knownBy(question: Question, on: Day): Condition {
  const { span, task } = asOfDay({ ...question, sought: null }, on);
  const all = (conditions: readonly Condition[]): Condition => sql.join([...conditions], sql` and `);
  const closed = all([sql`t.closed_on <= ${on}::date`, ...plainly(question, on)]);
  const open = all([
    sql`s.jurisdiction = t.jurisdiction and s.task_id = t.id`,
    sql`s.from_on <= ${on}::date and (s.to_on is null or s.to_on > ${on}::date)`,
    ...span,
  ]);
  return sql`((${closed}) or (${all([sql`exists (select from task_span s where ${open})`, ...task])}))`;
}
