import { sql } from 'kysely';
import type { Static } from 'typebox';
import { type Actor, hasRole } from '../../../../kernel/actor.ts';
import { type Day, parseDay } from '../../../../kernel/day.ts';
import { notValid } from '../../../../kernel/refusal.ts';
import { ownJurisdiction } from '../../../../kernel/scope.ts';
import type { Reading } from '../../../../platform/act.ts';
import type { lookBacksApi } from '../../api-look-backs.ts';
import { becauseWords, howToRecompute } from '../../look-back.ts';
import {
  type CheckAction,
  type CheckNeed,
  type CheckState,
  checkLifecycle,
  type LookBackAction,
  type LookBackNeed,
  type LookBackState,
  lookBackLifecycle,
} from '../../look-back-lifecycle.ts';
import { gradeWords } from '../../problem.ts';
import { closedCounts, type PoolFilter } from './closed-problems.ts';
import { countsOf } from './finish.ts';
import { unitNames } from './names.ts';
import { checkVerdict, lookBackVerdict, unmetOfResult } from './step.ts';
import { type CheckFilter, checkGone, type LookBack, listCheckRows, listLookBackRows, lookBackGone } from './store.ts';

export type LookBackLine = Static<typeof lookBacksApi.listLookBacks.response>['rows'][number];
export type CheckLine = Static<typeof lookBacksApi.viewCheck.response>;
type Offer = CheckLine['offers'][number];

const lineOf = (row: Awaited<ReturnType<typeof listLookBackRows>>['rows'][number]): LookBackLine => ({
  id: row.id,
  number: row.number,
  title: row.title,
  state: row.state,
  from: row.from,
  to: row.to,
  poolSize: row.poolSize,
  take: row.take,
  drawn: row.drawn,
  checked: row.checked,
  notStill: row.notStill,
  late: row.late,
  frozenOn: row.frozenOn,
  frozenByName: row.frozenByName,
  replaces: row.replaces,
  replacedBy: row.replacedBy,
  version: row.version,
});

export async function listLookBacks(
  reading: Reading,
  query: { readonly state?: LookBackState; readonly page?: number; readonly pageSize?: number },
) {
  const { page = 1, pageSize = 50, state } = query;
  const { rows, total } = await listLookBackRows(reading.db, reading.scope, { state, page, pageSize }, reading.day);
  return { rows: rows.map(lineOf), total, totalIsCapped: false, page, pageSize };
}

const lookBackActions: readonly LookBackAction[] = ['fixSeed', 'draw', 'assign', 'finish', 'redraw'];

/** Every action with whether it may be done now; what a form still lacks is not counted. */
function offersOf(actor: Actor, draw: LookBack, open: number, checked: number): Offer[] {
  return lookBackActions.map((action) => {
    const unmet: LookBackNeed[] = [];
    if (open > 0) unmet.push('allChecked');
    if (checked > 0) unmet.push('notBegun');
    if (draw.seedSource === 'witnessed' && draw.frozenBy === actor.accountId) unmet.push('seederApart');
    const found = lookBackVerdict(actor, draw, action, unmet);
    return {
      action,
      label: lookBackLifecycle.actions[action],
      may: found.may,
      says: found.may ? '' : found.refusal.says,
    };
  });
}

const checkActions: readonly CheckAction[] = ['assign', 'recordStill', 'recordNotStill'];
const checkUnmet = (reading: Reading, item: Parameters<typeof unmetOfResult>[1], state: string | null): CheckNeed[] => [
  ...unmetOfResult(reading.actor, item, reading.day, null),
  ...(state === 'closed' ? [] : (['reopenable'] as const)),
];

/** Drawn problems as pages show them. Who stands outside a problem is not told its title or what was found there. */
export async function checkLines(reading: Reading, filter: CheckFilter): Promise<{ rows: CheckLine[]; total: number }> {
  const { db, scope, actor, day } = reading;
  const { rows, total } = await listCheckRows(db, scope, filter);
  const unitIds = rows
    .flatMap((row) => [row.unitId, row.recheckedUnitId, row.checkerUnitId])
    .filter((id) => id !== null);
  const names = await unitNames(db, scope.jurisdictions, [...new Set(unitIds)]);
  const fileIds = rows.flatMap((row) => row.fileIds);
  const files =
    fileIds.length === 0
      ? []
      : (
          await sql<{ id: string; name: string; type: string }>`select id, name, type from file
            where jurisdiction = any(${[...scope.jurisdictions]}::text[]) and id = any(${fileIds}::uuid[])`.execute(db)
        ).rows;
  const fileOf = new Map(files.map((file) => [file.id, file]));
  const lines = rows.map((row): CheckLine => {
    const mine = row.checkerId === actor.accountId;
    const seen = row.seen || mine;
    const own = row.jurisdiction === actor.jurisdiction;
    return {
      id: row.id,
      lookBackId: row.lookBackId,
      lookBackNumber: row.lookBackNumber,
      problemId: row.problemId,
      number: row.number,
      title: seen ? row.title : null,
      unitId: row.unitId,
      unitName: names.get(row.unitId) ?? '（单位已不存在）',
      sector: row.sector,
      grade: row.grade,
      ticket: row.ticket,
      rank: row.rank,
      because: becauseWords[row.because],
      closedOn: row.closedOn,
      doneByName: seen ? row.doneByName : null,
      recheckedByName: seen ? row.recheckedByName : null,
      recheckedUnitName: row.recheckedUnitId === null ? null : (names.get(row.recheckedUnitId) ?? null),
      closedByName: seen ? row.closedByName : null,
      state: row.state,
      late: row.state === 'toCheck' && row.dueOn !== null && row.dueOn < day,
      checkerName: row.checkerName,
      checkerUnitName: row.checkerUnitId === null ? null : (names.get(row.checkerUnitId) ?? null),
      mine,
      dueOn: row.dueOn,
      resultOn: row.resultOn,
      resultByName: row.resultByName,
      text: seen ? row.text : null,
      files: seen ? row.fileIds.flatMap((id) => fileOf.get(id) ?? []) : [],
      newDue: row.newDue,
      problemState: row.problemState,
      offers: own
        ? checkActions.map((action) => {
            const found = checkVerdict(actor, row, action, checkUnmet(reading, row, row.problemState));
            return {
              action,
              label: checkLifecycle.actions[action],
              may: found.may,
              says: found.may ? '' : found.refusal.says,
            };
          })
        : [],
      version: row.version,
    };
  });
  return { rows: lines, total };
}

const narrowedBy = (draw: LookBack, names: ReadonlyMap<string, string>): string[] => [
  ...(draw.ofUnits.length > 0 ? [`单位：${draw.ofUnits.map((id) => names.get(id) ?? id).join('、')}`] : []),
  ...(draw.ofSectors.length > 0 ? [`行业领域：${draw.ofSectors.join('、')}`] : []),
  ...(draw.ofGrades.length > 0 ? [`等级：${draw.ofGrades.map((grade) => gradeWords[grade]).join('、')}`] : []),
];

/** 回头看详情. */
export async function viewLookBack(reading: Reading, id: string) {
  const { db, scope, actor } = reading;
  const [draw] = (await listLookBackRows(db, scope, { id, page: 1, pageSize: 1 }, reading.day)).rows;
  if (!draw) throw lookBackGone();
  const [items, facts, counted, names] = await Promise.all([
    checkLines(reading, { lookBack: id, page: 1, pageSize: 2000 }),
    sql<{ at: Date; says: string; actorName: string; unitName: string | null }>`
      select at, says, actor_name as "actorName", unit_name as "unitName" from fact
      where jurisdiction = ${draw.jurisdiction} and item_kind = 'lookBack' and item_id = ${id} order by seq desc`.execute(
      db,
    ),
    countsOf(reading, draw),
    unitNames(db, [draw.jurisdiction], draw.ofUnits),
  ]);
  return {
    lookBack: lineOf(draw),
    narrowed: narrowedBy(draw, names),
    perUnit: draw.perUnit,
    perMajor: draw.perGrade.major ?? 0,
    seedSource: draw.seedSource,
    listHash: draw.listHash,
    frozenAt: draw.frozenAt.toISOString(),
    seed: draw.seed,
    seedHow: draw.seedHow,
    witnesses: [...draw.witnesses],
    sealDay: draw.sealDay,
    seededAt: draw.seededAt?.toISOString() ?? null,
    seededByName: draw.seededByName,
    drawnAt: draw.drawnAt?.toISOString() ?? null,
    reason: draw.reason,
    items: items.rows,
    howToRecompute: [...howToRecompute],
    facts: facts.rows.map((fact) => ({ ...fact, at: fact.at.toISOString() })),
    offers: draw.jurisdiction === actor.jurisdiction ? offersOf(actor, draw, counted.open, counted.checked) : [],
  };
}

export async function viewCheck(reading: Reading, id: string): Promise<CheckLine> {
  const { rows } = await checkLines(reading, { id, page: 1, pageSize: 1 });
  const [line] = rows;
  if (!line || line.title === null) throw checkGone();
  return line;
}

export async function listChecks(
  reading: Reading,
  query: {
    readonly mine?: 'checks';
    readonly lookBack?: string;
    readonly problem?: string;
    readonly state?: readonly CheckState[];
    readonly unit?: string;
    readonly sector?: string;
    readonly rechecker?: string;
    readonly asOf?: string;
    readonly from?: string;
    readonly page?: number;
    readonly pageSize?: number;
  },
) {
  const { page = 1, pageSize = 50, mine, asOf, from, ...rest } = query;
  const day: Day | null | undefined = asOf === undefined ? undefined : parseDay(asOf);
  if (day === null) throw notValid(`没有“${asOf}”这一天，请重新选择。`, [{ where: 'query.asOf', says: '不是日期' }]);
  const since: Day | null | undefined = from === undefined ? undefined : parseDay(from);
  if (since === null) throw notValid(`没有“${from}”这一天，请重新选择。`, [{ where: 'query.from', says: '不是日期' }]);
  const { rows, total } = await checkLines(reading, {
    ...rest,
    ...(since === undefined ? {} : { from: since }),
    ...(mine === undefined ? {} : { checkerId: reading.actor.accountId }),
    ...(day === undefined ? {} : { asOf: day }),
    page,
    pageSize,
  });
  return { rows, total, totalIsCapped: false, page, pageSize };
}

/** How many closed problems could be drawn, before anything is frozen. */
export async function poolCounts(reading: Reading, filter: PoolFilter) {
  const scope = ownJurisdiction(reading.scope, reading.actor);
  if (!hasRole(reading.actor, 'officer') || parseDay(filter.from) === null || parseDay(filter.to) === null)
    throw notValid('日期有误，请重新选择。', [{ where: 'query.from', says: '不是日期' }]);
  const rows = await closedCounts(reading.db, scope.jurisdictions[0] ?? '', filter);
  const byUnit = new Map<string, number>();
  const bySector = new Map<string | null, number>();
  for (const row of rows) {
    byUnit.set(row.unitId, (byUnit.get(row.unitId) ?? 0) + row.count);
    bySector.set(row.sector, (bySector.get(row.sector) ?? 0) + row.count);
  }
  const names = await unitNames(reading.db, scope.jurisdictions, [...byUnit.keys()]);
  return {
    count: rows.reduce((sum, row) => sum + row.count, 0),
    units: [...byUnit]
      .map(([unitId, count]) => ({ unitId, name: names.get(unitId) ?? '（单位已不存在）', count }))
      .sort((a, b) => b.count - a.count),
    sectors: [...bySector].map(([sector, count]) => ({ sector, count })).sort((a, b) => b.count - a.count),
    major: rows.filter((row) => row.grade === 'major').reduce((sum, row) => sum + row.count, 0),
  };
}
