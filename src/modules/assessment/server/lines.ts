import type { Static } from 'typebox';
import { type Actor, hasRole } from '../../../kernel/actor.ts';
import type { Day } from '../../../kernel/day.ts';
import type { Reading } from '../../../platform/act.ts';
import type { SchemeLine, Table } from '../api.ts';
import { openToAll, type SchemeState } from '../lifecycle.ts';
import { type IndicatorPart, partCodes } from '../scheme.ts';
import { type Computed, settle, versionOn } from './compute.ts';
import { allSchemes, type SchemeRow, versionsOf } from './store.ts';

export type Line = Static<typeof SchemeLine>;
export type TableOf = Static<typeof Table>;

const nextSteps: Readonly<Record<SchemeState, string>> = {
  draft: '由起草人以外的同志发布',
  published: '各单位随时可见得分；考核期末布置自评',
  selfFiling: '等待各单位自评，截止后取数封存',
  scoring: '等待打分单位打完需要打分的指标',
  vetoChecking: '核查一票否决情形，然后公示',
  shown: '公示、申诉期内，处理申诉后定级',
  graded: '由定级人以外的同志公布',
  announced: '已经公布',
  dropped: '已经作废',
};

/** The office and leaders see every scheme and unit; others what is issued, and their own units. */
export const seesAll = (actor: Actor): boolean => hasRole(actor, 'officer', 'leader') && actor.wholeJurisdiction;
export const seesScheme = (actor: Actor, scheme: Pick<SchemeRow, 'state' | 'publishedOn'>): boolean =>
  seesAll(actor) || scheme.publishedOn !== null;

/** A scheme as lists show it, of the version that holds on the day. */
export async function lineOf(reading: Reading, scheme: SchemeRow, today: Day = reading.day): Promise<Line> {
  const version = versionOn(await versionsOf(reading.db, scheme), today);
  const { units } = version ? await settle(reading.db, scheme.jurisdiction, version.body, today) : { units: [] };
  return lineFrom(scheme, version?.body ?? null, units.length);
}

export const lineFrom = (scheme: SchemeRow, body: Computed['body'] | null, units: number): Line => ({
  id: scheme.id,
  number: scheme.number,
  state: scheme.state,
  title: scheme.title,
  year: scheme.year,
  objectWord: scheme.objectWord,
  from: body?.from ?? '',
  to: body?.to ?? '',
  units,
  indicators: body?.indicators.length ?? 0,
  publishedOn: scheme.publishedOn,
  selfUntil: scheme.selfUntil,
  appealUntil: scheme.appealUntil,
  nextStep: nextSteps[scheme.state],
  version: scheme.version,
});

/** Schemes that the reader may see, the newest first. */
export const schemesSeen = async (reading: Reading): Promise<SchemeRow[]> =>
  (await allSchemes(reading.db, { jurisdictions: [reading.actor.jurisdiction] })).filter((one) =>
    seesScheme(reading.actor, one),
  );

const partOrder = (part: IndicatorPart): number => partCodes.indexOf(part);

/** The table of all units, by place; `seen` says which rows the reader may see, `mine` which lines he scores. */
export function tableOf(
  all: Computed,
  seen: (unitId: string) => boolean = () => true,
  scorerUnit: string | null = null,
): TableOf {
  const { body, units, snapshot } = all;
  const columns = [...body.indicators].sort((a, b) => partOrder(a.part) - partOrder(b.part));
  const rows = units
    .filter((unit) => seen(unit.unitId))
    .sort((a, b) => a.standing.rank - b.standing.rank || (a.name < b.name ? -1 : 1))
    .map((unit) => {
      const lines = new Map(unit.sheet.lines.map((line) => [line.code, line]));
      const { standing } = unit;
      return {
        unitId: unit.unitId,
        name: unit.name,
        total: { ...unit.sheet.total },
        scores: columns.map((column) => {
          const line = lines.get(column.code);
          return {
            score: line?.score ?? null,
            max: line?.max ?? 0,
            applies: line?.applies ?? false,
            mine:
              line !== undefined &&
              column.by === 'hand' &&
              scorerUnit !== null &&
              all.scorers.get(column.scorer ?? '') === scorerUnit,
          };
        }),
        selfScore: selfScoreOf(unit.row?.selfScores ?? null, body),
        vetoes: unit.vetoes.map(({ id, number, name, effect }) => ({
          id,
          number,
          name,
          effect: effect === 'override' ? '直接定为' : '最高定为',
        })),
        rank: standing.rank,
        grade: standing.grade,
        gradeName: standing.gradeName,
        gradeSays: standing.says,
        coupling: standing.coupling,
        vetoed: standing.vetoed,
      };
    });
  return {
    day: all.day,
    sealed: snapshot !== null,
    hash: snapshot?.hash ?? null,
    total: body.total,
    columns: columns.map(({ code, name, part, weight, by }) => ({ code, name, part, weight, by })),
    rows,
    grades: body.grades.map(({ code, name }) => ({
      code,
      name,
      count: units.filter((unit) => unit.standing.grade === code).length,
    })),
  };
}

/** What a unit gave itself: bonus counted up and malus down. */
export function selfScoreOf(
  scores: readonly { readonly code: string; readonly score: number }[] | null,
  body: Pick<Computed['body'], 'indicators'>,
): number | null {
  if (scores === null) return null;
  const sum = scores.reduce((all, one) => {
    const part = body.indicators.find((indicator) => indicator.code === one.code)?.part;
    return all + (part === 'malus' ? -one.score : one.score);
  }, 0);
  return Math.round(sum * 100) / 100;
}

/** The unit whose lines the reader scores; null: he scores none. */
export const scorerUnitOf = (actor: Actor): string | null =>
  hasRole(actor, 'officer', 'clerk', 'unitLeader') ? actor.unitId : null;

/** Which units' rows a reader sees: all once they are open to all, else his own and those that he scores. */
export function seenUnits(reading: Reading, scheme: SchemeRow, all: Computed): (unitId: string) => boolean {
  const { actor } = reading;
  const own: readonly string[] = actor.units;
  const assessed = all.units.some((unit) => own.includes(unit.unitId));
  if (seesAll(actor) || (assessed && openToAll.includes(scheme.state))) return () => true;
  const scores = [...all.scorers.values()].includes(actor.unitId ?? '') && scheme.state === 'scoring';
  return (unitId) => scores || own.includes(unitId);
}
