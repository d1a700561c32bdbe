import { type RawBuilder, sql } from 'kysely';
import type { Static } from 'typebox';
import type { Day } from '../../../kernel/day.ts';
import { humanNumber } from '../../../kernel/ids.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { TaskFilters } from '../api.ts';
import { bigramsSought, plainForSearch } from '../bigrams.ts';
import type { Lamp } from '../lamp.ts';
import { isOpen } from '../lifecycle.ts';

export type Filters = Static<typeof TaskFilters>;
export type Condition = RawBuilder<unknown>;

const list = (values: readonly string[]): Condition => sql.join(values.map((value) => sql`${value}`));
const among = (column: Condition, values: readonly string[] | undefined, type = sql`text`): Condition[] => {
  if (values === undefined || values.length === 0) return [];
  const [only] = values;
  return [values.length === 1 ? sql`${column} = ${only}::${type}` : sql`${column} in (${list(values)})`];
};
export const allOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`true` : sql.join(conditions as Condition[], sql` and `);

/** What is sought in title and wording: pairs of characters, the text in a row, and the numbers that it may be. */
export interface Sought {
  readonly pairs: readonly string[];
  readonly pattern: string | null;
  readonly numbers: readonly string[];
}

/** A question to the list, with conditions left out that follow from others: they would only mislead the planner. */
export interface Question {
  readonly filters: Filters;
  /** Units of which one must take part; null: no such condition. */
  readonly sight: readonly string[] | null;
  readonly units: readonly string[] | null;
  readonly sought: Sought | null;
  /** Whether the filters leave open tasks only. */
  readonly openOnly: boolean;
}

const within = (some: readonly string[] | undefined, all: readonly string[]): boolean =>
  some !== undefined && some.length > 0 && some.every((one) => all.includes(one));

/** A lead unit takes part, so asking for it says more than asking for who takes part. */
export function questionOf(scope: Scope, asked: Filters): Question {
  const named = asked.unit && asked.unit.length > 0 ? asked.unit : null;
  const units = named && within(asked.leadUnit, named) ? null : named;
  const own = scope.units === 'all' ? null : [...scope.units];
  const implied = own !== null && (within(asked.leadUnit, own) || within(asked.unit, own));
  const states = asked.state ?? [];
  const lamps = asked.lamp ?? [];
  const openOnly =
    (states.length > 0 && states.every(isOpen)) || (lamps.length > 0 && lamps.every((lamp) => lamp !== 'none'));
  // No open task has a day of closing: sorted by it they lie in the order of their numbers.
  const sort =
    openOnly && asked.sort === 'closed' ? 'number' : openOnly && asked.sort === '-closed' ? '-number' : asked.sort;
  return { filters: { ...asked, sort }, sight: implied ? null : own, units, sought: soughtIn(asked.q), openOnly };
}

/** Numbers that a search for 任-2026-0007, 2026-0007 or 0007 means; serials alone are tried for the years of use. */
function numbersMeant(sought: string): string[] {
  const [, year, serial] = /^(?:任-?)?(?:(\d{4})-)?(\d{1,8})$/.exec(sought) ?? [];
  if (serial === undefined || (year === undefined && serial.length < 3)) return [];
  const years = year === undefined ? Array.from({ length: 40 }, (_, at) => 2015 + at) : [Number(year)];
  return years.map((one) => humanNumber('任', one, Number(serial)));
}

function soughtIn(text: string | undefined): Sought | null {
  const plain = plainForSearch(text ?? '');
  if (plain === '') return null;
  const pairs = bigramsSought(plain);
  return {
    pairs,
    // One pair is exact by itself; of several, the text must hold them in a row.
    pattern: pairs.length > 1 ? `%${plain.replaceAll(/[\\%_]/g, '\\$&')}%` : null,
    numbers: numbersMeant(plain),
  };
}

/** The sought text stands in title or wording, or is a task's number; over the task `x`. */
export function holding(x: Condition, sought: Sought): Condition {
  const inARow = sought.pattern === null ? [] : [sql`${x}.plain like ${sought.pattern}`];
  const pairs = sought.pairs.map((pair) => `'${pair.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`).join(' & ');
  const held = sought.pairs.length === 0 ? [] : [allOf([sql`${x}.search @@ ${pairs}::tsquery`, ...inARow])];
  const isNumber = sought.numbers.length === 0 ? [] : [sql`${x}.number = any(${[...sought.numbers]}::text[])`];
  const ways = [...isNumber, ...held];
  return ways.length === 0 ? sql`false` : sql`(${sql.join(ways, sql` or `)})`;
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
const lasting = (x: Condition, filters: Filters): Condition[] => [
  ...(filters.parent ? [sql`${x}.parent_id = ${filters.parent}::uuid`] : []),
  ...(filters.closedFrom ? [sql`${x}.closed_on >= ${filters.closedFrom}::date`] : []),
  ...(filters.closedTo ? [sql`${x}.closed_on <= ${filters.closedTo}::date`] : []),
];

/** Any of the units takes part; written so that no index over units is used where `walking`. */
const takingPart = (a: Condition, units: readonly string[] | null, walking: boolean): Condition[] => {
  if (units === null) return [];
  if (!walking) return [sql`${a}.units && ${[...units]}::uuid[]`];
  return [
    sql`(${sql.join(
      units.map((unit) => sql`${unit}::uuid = any(${a}.units)`),
      sql` or `,
    )})`,
  ];
};

/** All conditions but the text over `t`, as columns that the covering indexes hold. */
export function plainly(question: Question, code: Condition, on: Day, walking: boolean): Condition[] {
  const { filters } = question;
  const states = filters.state ?? [];
  return [
    sql`t.jurisdiction = ${code}`,
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
    ...lasting(sql`t`, filters),
    ...takingPart(sql`t`, question.units, walking),
    ...takingPart(sql`t`, question.sight, walking),
    ...(filters.sort?.endsWith('closed') ? [sql`t.closed_on is not null`] : []),
  ];
}

/** The same conditions as words of the search index (see `task_facets`), with the text; null where none is a word. */
export function inWords(question: Question, code: Condition, on: Day): Condition[] | null {
  const { filters, sought } = question;
  const word = (sign: string, value: string): Condition => sql`${sign + value}::text`;
  const local = (sign: string, value = ''): Condition => sql`(${sign}::text || ${code} || ${value}::text)`;
  const all: Condition[] = [];
  const anyOf: Condition[][] = [];
  const add = (words: readonly Condition[] | undefined): void => {
    const [only] = words ?? [];
    if (words?.length === 1 && only) all.push(only);
    else if (words && words.length > 1) anyOf.push([...words]);
  };
  add(filters.leadUnit?.map((id) => word('l', id.toLowerCase())));
  add(question.units?.map((id) => word('u', id.toLowerCase())));
  add(question.sight?.map((id) => word('u', id.toLowerCase())));
  add(filters.sector?.map((name) => local('s', name)));
  add(filters.state?.map((state) => local('t', state)));
  if (filters.plan) all.push(word('p', filters.plan.toLowerCase()));
  if (filters.stage) all.push(word('g', filters.stage.toLowerCase()));
  if (filters.person) all.push(local('n'));
  if (question.openOnly) all.push(local('o'));
  else if (filters.lamp?.length === 1 && filters.lamp[0] === 'none')
    anyOf.push([local('t', 'closed'), local('t', 'withdrawn')]);
  if (all.length + anyOf.length === 0 && sought === null) return null;
  const facets = sql`task_facets(t.jurisdiction, t.lead_unit_id, t.units, t.sector, t.plan_id, t.stage_id, t.person_name, t.state)`;
  const onlyNone = filters.lamp?.every((lamp) => lamp === 'none') ?? false;
  return [
    // Kept from the other indexes: only the words find.
    sql`t.jurisdiction || '' = ${code}`,
    ...(all.length > 0 ? [sql`${facets} @> array[${sql.join(all)}]`] : []),
    ...anyOf.map((words) => sql`${facets} && array[${sql.join(words)}]`),
    ...without(sql`t`, filters),
    ...timed(sql`t`, false, onlyNone ? { ...filters, lamp: undefined } : filters, on),
    ...lasting(sql`t`, filters),
    ...(sought ? [holding(sql`t`, sought)] : []),
    ...(filters.sort?.endsWith('closed') ? [sql`t.closed_on is not null`] : []),
  ];
}

/** Conditions over the spans `s` of a past day, and those that only the task `x` can tell. */
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
      ...takingPart(sql`s`, question.units, true),
      ...takingPart(sql`s`, question.sight, true),
    ],
    task: [...lasting(sql`x`, filters), ...(sought ? [holding(sql`x`, sought)] : [])],
  };
}
