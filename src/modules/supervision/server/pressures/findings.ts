import { addDays, type Day, later } from '../../../../kernel/day.ts';
import { asJurisdiction } from '../../../../kernel/ids.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { filingsByIds, missedFilings } from '../../../filings/server/door.ts';
import { overdueProblems, reopenedProblems, undecidedMajor } from '../../../problems/server/door.ts';
import { overdueTasks } from '../../../tasks/server/door.ts';
import { unitsByIds } from '../../../units/server/door.ts';
import { type Finding, type GroundItem, type PressureRule, windowOf } from '../../pressure-rule.ts';

/** Accidents of one unit as somebody entered them: of a day or a month, noted on a day. */
export interface AccidentEntry {
  readonly unitId: string;
  readonly id: string;
  readonly title: string;
  readonly on: Day;
  readonly notedOn: Day;
  readonly count: number;
}

/** What rooms above this one know and the app lends: it is asked for the days of the window, both included. */
export interface GroundSources {
  readonly accidents?: (db: Queryable, jurisdiction: string, from: Day, to: Day) => Promise<readonly AccidentEntry[]>;
}

interface Found {
  readonly unitId: string;
  readonly figure: number;
  readonly latest: Day;
  readonly items: readonly GroundItem[];
}

/** Findings of two ledgers for the same unit become one. */
function joined(lists: readonly (readonly Found[])[]): Found[] {
  const units = new Map<string, Found>();
  for (const found of lists.flat()) {
    const one = units.get(found.unitId);
    units.set(
      found.unitId,
      one === undefined
        ? found
        : {
            unitId: found.unitId,
            figure: one.figure + found.figure,
            latest: later(one.latest, found.latest),
            items: [...one.items, ...found.items].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
          },
    );
  }
  return [...units.values()];
}

type Behind = {
  readonly unitId: string;
  readonly figure: number;
  readonly latest: Day;
  readonly items: readonly { readonly id: string; readonly number: string; readonly title: string; readonly on: Day }[];
};
const as = (kind: GroundItem['kind'], found: readonly Behind[]): Found[] =>
  found.map((one) => ({ ...one, items: one.items.map((item) => ({ ...item, kind, count: 1 })) }));

async function foundBy(
  db: Queryable,
  jurisdiction: string,
  rule: PressureRule,
  day: Day,
  sources: GroundSources,
): Promise<Found[]> {
  const asked = { grades: rule.grades, sectors: rule.sectors };
  const { from, to } = windowOf(rule, day);
  switch (rule.kind) {
    case 'overdue':
    case 'overdueAtOnce': {
      const days = rule.kind === 'overdue' ? rule.threshold : 1;
      // grades are of problems: a rule about them leaves tasks alone
      const tasks = rule.about.includes('task') && rule.grades.length === 0;
      return joined([
        rule.about.includes('problem')
          ? as('problem', await overdueProblems(db, jurisdiction, day, { ...asked, days }))
          : [],
        tasks ? as('task', await overdueTasks(db, jurisdiction, day, { days, sectors: rule.sectors })) : [],
      ]);
    }
    case 'majorUndecided':
      return as('problem', await undecidedMajor(db, jurisdiction, day, { ...asked, days: rule.threshold }));
    case 'reopened':
      return as('problem', await reopenedProblems(db, jurisdiction, from, to, asked));
    case 'filingsMissed':
      return filingFindings(db, jurisdiction, from, to);
    case 'accidents': {
      const units = new Map<string, Found>();
      for (const entry of (await sources.accidents?.(db, jurisdiction, from, to)) ?? []) {
        if (entry.count === 0 || entry.notedOn > day) continue;
        const item: GroundItem = {
          kind: 'accident',
          id: entry.id,
          number: '',
          title: entry.title,
          on: entry.on,
          count: entry.count,
        };
        const one = units.get(entry.unitId);
        units.set(entry.unitId, {
          unitId: entry.unitId,
          figure: (one?.figure ?? 0) + entry.count,
          latest: later(one?.latest ?? entry.notedOn, later(entry.notedOn, entry.on)),
          items: [...(one?.items ?? []), item],
        });
      }
      return [...units.values()];
    }
  }
}

/** Reports that were due in the window and had not come by the end of its last day; late ones do not count. */
async function filingFindings(db: Queryable, jurisdiction: string, from: Day, to: Day): Promise<Found[]> {
  const scope = { jurisdictions: [asJurisdiction(jurisdiction)], units: 'all' as const };
  const units = (await missedFilings(db, scope, from, to)).filter((unit) => unit.missingIds.length > 0);
  const ids = units.flatMap((unit) => unit.missingIds);
  const at = new Date(`${addDays(to, 1)}T00:00:00+08:00`);
  const filings = new Map((await filingsByIds(db, scope, ids, at)).map((one) => [one.id, one]));
  return units.flatMap((unit): Found[] => {
    const items = unit.missingIds
      .flatMap((id) => filings.get(id) ?? [])
      .map(
        (one): GroundItem => ({
          kind: 'filing',
          id: one.id,
          number: one.number,
          title: `${one.rhythmName}（${one.periodWords}）`,
          on: one.dueOn,
          count: 1,
        }),
      )
      .sort((a, b) => (a.on < b.on ? -1 : 1));
    const last = items.at(-1);
    return last ? [{ unitId: unit.unitId, figure: items.length, latest: last.on, items: items.slice(0, 200) }] : [];
  });
}

/** Every unit as the rule finds it in the evening of the day, with its name, by name. */
export async function findingsOf(
  db: Queryable,
  jurisdiction: string,
  rule: PressureRule,
  day: Day,
  sources: GroundSources,
): Promise<Finding[]> {
  const found = await foundBy(db, jurisdiction, rule, day, sources);
  const names = new Map(
    (
      await unitsByIds(
        db,
        jurisdiction,
        found.map((one) => one.unitId),
      )
    ).map((unit) => [unit.id as string, unit.name]),
  );
  return found
    .flatMap((one) => {
      const unitName = names.get(one.unitId);
      return unitName === undefined ? [] : [{ ...one, unitName }];
    })
    .sort((a, b) => (a.unitName < b.unitName ? -1 : a.unitName > b.unitName ? 1 : 0));
}
