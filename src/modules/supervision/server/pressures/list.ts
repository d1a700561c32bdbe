import { sql } from 'kysely';
import type { QueryOf, ResponseOf } from '../../../../kernel/contract.ts';
import { type Day, yearOf } from '../../../../kernel/day.ts';
import { notFound } from '../../../../kernel/refusal.ts';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Reading } from '../../../../platform/act.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { problemOfScope } from '../../../problems/server/door.ts';
import { unitsByIds } from '../../../units/server/door.ts';
import type { pressuresApi } from '../../api-pressures.ts';
import { type PressureKind, pressureKinds, replyLate } from '../../pressure.ts';
import { isOpenPressure, type PressureAction, pressureLifecycle, servedStates } from '../../pressure-lifecycle.ts';
import { judgePressure } from '../../pressure-situation.ts';
import { lineOf, type SeenPressure, seen } from './lines.ts';
import { type PressureRow, pressuresInSight } from './store.ts';

type Query = QueryOf<typeof pressuresApi.listPressures>;

const plain = (text: string): string => text.toLowerCase().replace(/\s/g, '');

/** Leads are nobody else's matter, and what was withdrawn by the day had not been. The statement of `measuresOf` says the same. */
const isCounted = (row: PressureRow, day: string): boolean =>
  row.kind !== 'transfer' && !(row.state === 'withdrawn' && row.endedOn !== null && row.endedOn <= day);

/** One filter after the other; what a figure counts and what the list shows go through here both. */
function fits(query: Query, row: PressureRow, today: Day): boolean {
  if (query.kind && query.kind.length > 0 && !query.kind.includes(row.kind)) return false;
  if (query.state && query.state.length > 0 && !query.state.includes(row.state)) return false;
  if (query.unit && row.unitId !== query.unit) return false;
  if (query.rule && row.ruleCode !== query.rule) return false;
  if (query.only === 'open' && !isOpenPressure(row.state)) return false;
  if (query.only === 'running' && !servedStates.includes(row.state)) return false;
  if (query.only === 'ended' && isOpenPressure(row.state)) return false;
  if (query.only === 'late' && replyLate(row, today) === 0) return false;
  if (query.servedFrom && (row.servedOn === null || row.servedOn < query.servedFrom)) return false;
  if (query.servedTo && (row.servedOn === null || row.servedOn > query.servedTo)) return false;
  if (query.jurisdiction && row.jurisdiction !== query.jurisdiction) return false;
  if (query.countedOn && !isCounted(row, query.countedOn)) return false;
  if (query.q) {
    const text = plain([row.number, row.matter, row.unitName, row.addressee, row.documentNumber ?? ''].join('\n'));
    if (!text.includes(plain(query.q))) return false;
  }
  return true;
}

const all = (reading: Reading): Promise<PressureRow[]> =>
  pressuresInSight(reading.db, { scope: reading.scope, actor: reading.actor });

/** The actions that lead on and wait for somebody; the others are done when there is a reason. */
const leading: readonly PressureAction[] = [
  'takeUp',
  'approve',
  'serve',
  'receive',
  'reply',
  'attend',
  'commit',
  'lift',
];

/** Which of the leading actions the reader may take now; the first names what waits for him. */
function duties(reading: Reading, { row, commitments, done }: SeenPressure): PressureAction[] {
  if (!isOpenPressure(row.state) || row.jurisdiction !== reading.actor.jurisdiction) return [];
  return leading.filter((action) => {
    // an interview waits for its day
    if (action === 'attend' && (row.meetOn === null || row.meetOn > reading.day)) return false;
    return judgePressure(row, reading.actor, action, reading.day, null, commitments - done).may;
  });
}

/** The list: open ones first, those whose reply is late before the others; then those that ended, the newest first. */
export async function list(reading: Reading, query: Query): Promise<ResponseOf<typeof pressuresApi.listPressures>> {
  const { page = 1, pageSize = 50 } = query;
  const rows = (await all(reading)).filter((row) => fits(query, row, reading.day));
  const order = (row: PressureRow): string =>
    isOpenPressure(row.state) ? `0${9999 - Math.min(9999, replyLate(row, reading.day))}`.padStart(6, '0') : '1';
  const sorted = [...rows].sort((a, b) => order(a).localeCompare(order(b)));
  const mine =
    query.only === 'mine'
      ? (await seen(reading, sorted)).filter((one) => duties(reading, one).length > 0).map((one) => one.row)
      : sorted;
  const shown = await seen(reading, mine.slice((page - 1) * pageSize, page * pageSize));
  return {
    rows: shown.map((one) => lineOf(one, reading.day)),
    total: mine.length,
    totalIsCapped: false,
    page,
    pageSize,
  };
}

/** What waits for the reader. */
export async function toDo(reading: Reading): Promise<ResponseOf<typeof pressuresApi.pressuresToDo>> {
  const open = (await all(reading)).filter((row) => isOpenPressure(row.state));
  return {
    rows: (await seen(reading, open)).flatMap((one) => {
      const [action] = duties(reading, one);
      return action === undefined
        ? []
        : [{ pressure: lineOf(one, reading.day), action, word: pressureLifecycle.actions[action] }];
    }),
  };
}

/** The figures above the list. Each is counted by the very filter to which it opens. */
export async function figures(reading: Reading): Promise<ResponseOf<typeof pressuresApi.pressureFigures>> {
  const rows = await all(reading);
  const year = yearOf(reading.day);
  const figure = (key: string, name: string, query: Query, red = false) => ({
    key,
    name,
    value: rows.filter((row) => fits(query, row, reading.day)).length,
    query: Object.fromEntries(
      Object.entries(query).map(([field, value]) => [field, Array.isArray(value) ? value.join(',') : String(value)]),
    ),
    red,
  });
  return {
    figures: [
      figure('suggested', '规则提示', { state: ['suggested'] }),
      figure('proposed', '提请待批', { state: ['proposed'] }),
      figure('approved', '待送达', { state: ['approved'] }),
      figure('running', '正在督促', { only: 'running' }),
      figure('late', '回复逾期', { only: 'late' }, true),
      figure('interview', `${year}年约谈`, {
        kind: ['interview'],
        servedFrom: `${year}-01-01`,
        servedTo: `${year}-12-31`,
      }),
      figure('served', `${year}年已送达`, { servedFrom: `${year}-01-01`, servedTo: `${year}-12-31` }),
    ],
  };
}

/** Measures about a problem or a task that the reader may see. */
export async function ofItem(
  reading: Reading,
  kind: 'problem' | 'task',
  id: string,
): Promise<ResponseOf<typeof pressuresApi.pressuresOf>> {
  if (kind === 'problem') await problemOfScope(reading.db, reading.scope, id);
  else if (!(await reading.house.items.task?.sight?.(reading, id))) throw notFound('没有找到这件任务。');
  const rows = await pressuresInSight(
    reading.db,
    { scope: reading.scope, actor: reading.actor },
    { item: { kind, id: id.toLowerCase() } },
  );
  return { rows: (await seen(reading, rows)).map((one) => lineOf(one, reading.day)) };
}

/** What a unit was subjected to, as far as the reader may know. */
export async function ofUnit(reading: Reading, id: string): Promise<ResponseOf<typeof pressuresApi.pressuresOfUnit>> {
  const known = await Promise.all(reading.scope.jurisdictions.map((code) => unitsByIds(reading.db, code, [id])));
  if (known.every((units) => units.length === 0)) throw notFound('没有找到这个单位，或者它不在您能查看的范围内。');
  const rows = await pressuresInSight(reading.db, { scope: reading.scope, actor: reading.actor }, { unitId: id });
  const lines = (await seen(reading, rows)).map((one) => lineOf(one, reading.day));
  return {
    rows: lines.slice(0, 200),
    open: lines.filter((line) => isOpenPressure(line.state)).length,
    late: lines.filter((line) => line.replyLate > 0).length,
  };
}

/** A measure that was served, for bulletins and assessments: without leads, which are nobody else's matter. */
export interface ServedMeasure {
  readonly id: string;
  readonly number: string;
  readonly kind: PressureKind;
  readonly unitId: string;
  readonly unitName: string;
  readonly matter: string;
  readonly servedOn: Day;
  readonly documentNumber: string | null;
  readonly replyDueOn: Day | null;
  readonly repliedOn: Day | null;
  readonly endedOn: Day | null;
  readonly state: PressureRow['state'];
}

/**
 * Measures that were served on days `from`–`to` in the scope's governments, by day; `units` narrows to those they are
 * about. Withdrawn ones are left out. `counts`: how many of each kind. The query of the list that shows exactly these:
 * `{servedFrom, servedTo, countedOn}` (and `unit`).
 */
export async function measuresOf(
  db: Queryable,
  scope: Scope,
  asked: { readonly from: Day; readonly to: Day; readonly units?: readonly string[] },
): Promise<{ readonly counts: Readonly<Record<PressureKind, number>>; readonly lines: readonly ServedMeasure[] }> {
  const units = asked.units ?? (scope.units === 'all' ? null : scope.units);
  const found = await sql<ServedMeasure>`
    select id, number, kind, unit_id as "unitId", unit_name as "unitName", matter, served_on as "servedOn",
      document_number as "documentNumber", reply_due_on as "replyDueOn", replied_on as "repliedOn", ended_on as "endedOn", state
    from pressure where jurisdiction = any(${[...scope.jurisdictions]}::text[]) and kind <> 'transfer'
      and served_on between ${asked.from}::date and ${asked.to}::date
      and not (state = 'withdrawn' and ended_on <= ${asked.to}::date)
      ${units === null ? sql`` : sql`and unit_id = any(${[...units]}::uuid[])`}
    order by served_on, number`.execute(db);
  const counts = Object.fromEntries(
    pressureKinds.map((kind) => [kind, found.rows.filter((row) => row.kind === kind).length]),
  ) as Record<PressureKind, number>;
  return { counts, lines: found.rows };
}
