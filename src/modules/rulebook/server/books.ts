import { addDays, type Day } from '../../../kernel/day.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import { endForm, formsOf, makeForm } from '../../bulletins/server/door.ts';
import { beginRhythm, endRhythm, rhythmsOf } from '../../filings/server/door.ts';
import {
  dutyListsIn,
  endObligation,
  makeDutyList,
  makeObligation,
  makePeriod,
  obligationsIn,
  specialPeriodsIn,
} from '../../meetings/server/door.ts';
import {
  endPressureRule,
  endRule,
  listingRules,
  makePressureRule,
  makeRule,
  pressureRules,
} from '../../supervision/server/door.ts';
import { personsOf, resolveMentions, unitsByIds } from '../../units/server/door.ts';
import { bulletinSheet } from '../bulletin-sheet.ts';
import type { Cells } from '../cells.ts';
import { dutySheet } from '../duty-sheet.ts';
import { listingSheet } from '../listing-sheet.ts';
import { meetingSheet, periodSheet } from '../meeting-sheets.ts';
import { codeFor, pressureSheet } from '../pressure-sheet.ts';
import { rhythmSheet } from '../rhythm-sheet.ts';
import type { Dated, RuleSheet } from '../sheet.ts';

/** One kind of rule: its sheet, what there is, and the acts of its own room by which it is made and ended. */
export interface Book<B extends Dated> {
  readonly sheet: RuleSheet<B>;
  /** False: each has its own days (a holiday of a year), and a changed one is not the next version of another. */
  readonly versions: boolean;
  /** Everything of the reader's government, ended and future rules included. */
  there(reading: Reading): Promise<readonly (B & { readonly id: string })[]>;
  /** Names of units and groups in the row as the room keeps them; notes the cells where nobody is known by a name. */
  settle?(act: Act, rule: B, cells: Cells): Promise<B>;
  make(act: Act, rule: B): Promise<unknown>;
  end?(act: Act, id: string, on: Day): Promise<unknown>;
}
/** The type of the rule is known inside only, where sheet and acts were paired. */
export type AnyBook = Book<Dated>;
const book = <B extends Dated>(of: Book<B>): AnyBook => of as unknown as AnyBook;

const own = (reading: Reading): string[] => [reading.actor.jurisdiction];

/** Units by names of units and groups, as of the day on which the rule begins or today. */
async function unitsNamed(act: Act, names: readonly string[], from: string) {
  const on = from > act.day ? from : act.day;
  const settled = await resolveMentions(act.db, act.actor.jurisdiction, names, on);
  const ids = settled.flatMap((one) => (one.kind === 'unit' ? [one.unitId] : one.kind === 'group' ? one.unitIds : []));
  const unknown = names.filter((_, at) => settled[at]?.kind === 'unresolved');
  const found = new Map(
    (await unitsByIds(act.db, act.actor.jurisdiction, ids)).map((unit) => [unit.id as string, unit.name]),
  );
  const units = [...new Set(ids)].map((id) => ({ id: id as string, name: found.get(id) ?? '' }));
  return { units, unknown };
}

/** The names of a cell as full names of units; says which nobody knows. */
async function fullNames(
  act: Act,
  cells: Cells,
  key: string,
  names: readonly string[],
  from: string,
): Promise<string[]> {
  const { units, unknown } = await unitsNamed(act, names, from);
  if (unknown.length > 0)
    cells.wrong(
      key,
      `单位名册里没有${unknown.map((one) => `“${one}”`).join('、')}`,
      '请写单位或分组的全称，或先在“组织”中登记、记为别名',
    );
  return units.map((unit) => unit.name);
}

async function namesById(reading: Reading, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const units = await unitsByIds(reading.db, reading.actor.jurisdiction, [...new Set(ids)]);
  return new Map(units.map((unit) => [unit.id as string, unit.name]));
}
const namesIn = (ids: readonly string[], names: ReadonlyMap<string, string>): string[] =>
  ids.map((id) => names.get(id) ?? '').filter((name) => name !== '');

/** The kinds of rules of every room, in the order of the workbook. */
export const books: readonly AnyBook[] = [
  book({
    sheet: rhythmSheet,
    versions: true,
    there: (reading) => rhythmsOf(reading.db, own(reading)),
    settle: async (act, rule, cells) => {
      await fullNames(act, cells, 'reporters', rule.reporters, rule.fromOn);
      return rule;
    },
    make: (act, rule) =>
      beginRhythm(act, {
        ...rule,
        reporters: [...rule.reporters],
        known: [...rule.known],
        fields: rule.fields.map((one) => ({ ...one, options: [...one.options] })),
      }),
    end: (act, id, on) => endRhythm(act, id, on),
  }),
  book({
    sheet: bulletinSheet,
    versions: true,
    there: (reading) => formsOf(reading.db, own(reading)),
    make: (act, rule) =>
      makeForm(act, {
        ...rule,
        sections: [...rule.sections],
        requests: [...rule.requests],
        weights: { ...rule.weights },
      }),
    end: (act, id, on) => endForm(act, id, on),
  }),
  book({
    sheet: pressureSheet,
    versions: true,
    there: (reading) => pressureRules(reading.db, own(reading)),
    make: async (act, rule) => {
      const known = (await pressureRules(act.db, [act.actor.jurisdiction])).find((one) => one.name === rule.name);
      return makePressureRule(act, {
        ...rule,
        code: known?.code ?? (rule.code || codeFor(rule.name)),
        about: [...rule.about],
        grades: [...rule.grades],
        sectors: [...rule.sectors],
        ladder: rule.ladder.map((rung) => ({ ...rung })),
      });
    },
    end: (act, id, on) => endPressureRule(act, id, on),
  }),
  book({
    sheet: listingSheet,
    versions: true,
    there: (reading) => listingRules(reading.db, own(reading)),
    make: (act, rule) =>
      makeRule(act, {
        ...rule,
        sectors: [...rule.sectors],
        kinds: [],
        clauses: [...rule.clauses],
        tags: [...rule.tags],
      }),
    end: (act, id, on) => endRule(act, id, on),
  }),
  book({
    sheet: meetingSheet,
    versions: true,
    there: async (reading) => {
      const found = await obligationsIn(reading.db, { jurisdictions: [reading.actor.jurisdiction], units: 'all' });
      const names = await namesById(
        reading,
        found.flatMap((one) => one.attendeeUnitIds),
      );
      return found.map((one) => ({
        ...one,
        per: one.per === 'day' ? ('week' as const) : one.per,
        attendees: namesIn(one.attendeeUnitIds, names),
      }));
    },
    settle: async (act, rule, cells) => {
      const { units } = await unitsNamed(act, [rule.convener], rule.fromOn);
      return {
        ...rule,
        convener: units.length === 1 ? (units[0]?.name ?? rule.convener) : rule.convener,
        attendees: await fullNames(act, cells, 'attendees', rule.attendees, rule.fromOn),
      };
    },
    make: async (act, { attendees, ...rule }) => {
      const convener = await unitsNamed(act, [rule.convener], rule.fromOn);
      const asked = await unitsNamed(act, attendees, rule.fromOn);
      return makeObligation(act, {
        ...rule,
        convenerUnitId: convener.units.length === 1 ? (convener.units[0]?.id ?? null) : null,
        attendeeUnitIds: asked.units.map((unit) => unit.id),
      });
    },
    end: (act, id, on) => endObligation(act, id, on),
  }),
  book({
    sheet: periodSheet,
    versions: false,
    there: async (reading) =>
      (await specialPeriodsIn(reading.db, { jurisdictions: [reading.actor.jurisdiction], units: 'all' })).map(
        (one) => ({
          id: one.id,
          ...one.body,
          units: one.body.units.map((unit) => unit.name),
        }),
      ),
    settle: async (act, rule, cells) => ({
      ...rule,
      units: await fullNames(act, cells, 'units', rule.units, rule.fromOn),
    }),
    make: async (act, { units, ...rule }) => {
      const found = await unitsNamed(act, units, rule.fromOn);
      return makePeriod(act, { ...rule, toOn: rule.toOn ?? rule.fromOn, unitIds: found.units.map((unit) => unit.id) });
    },
  }),
  book({
    sheet: dutySheet,
    versions: false,
    there: async (reading) =>
      (await dutyListsIn(reading.db, { jurisdictions: [reading.actor.jurisdiction], units: 'all' })).map((one) => ({
        id: one.id,
        year: one.year,
        name: one.body.name,
        post: one.body.post,
        unit: one.body.unitName,
        items: one.body.items,
        fromOn: `${one.year}-01-01`,
        toOn: `${one.year}-12-31`,
      })),
    settle: async (act, rule, cells) => ({
      ...rule,
      unit: rule.unit === '' ? '' : ((await fullNames(act, cells, 'unit', [rule.unit], act.day))[0] ?? rule.unit),
    }),
    make: async (act, rule) => {
      const unit = rule.unit === '' ? undefined : (await unitsNamed(act, [rule.unit], act.day)).units[0];
      const people = unit ? await personsOf(act.db, act.actor.jurisdiction, unit.id, act.day) : [];
      return makeDutyList(act, {
        year: rule.year,
        personId: people.find((one) => one.personName === rule.name)?.personId ?? null,
        name: rule.name,
        post: rule.post,
        unitId: unit?.id ?? null,
        items: rule.items.map((one) => ({ ...one })),
      });
    },
  }),
];

/** The day before one on which the next version begins. */
export const before = (day: string): Day => addDays(day as Day, -1);
