import { sql } from 'kysely';
import type { Static } from 'typebox';
import { type Day, parseDay } from '../../../../kernel/day.ts';
import { notValid } from '../../../../kernel/refusal.ts';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Reading } from '../../../../platform/act.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import type { lookBacksApi } from '../../api-look-backs.ts';
import { unitNames } from './names.ts';

export type Quality = Static<typeof lookBacksApi.lookBackQuality.response>;

interface Counted {
  level: number;
  unit: string | null;
  sector: string | null;
  rechecker: string | null;
  name: string | null;
  recheckerUnit: string | null;
  still: number;
  notStill: number;
}

const rated = (still: number, notStill: number) => ({
  checked: still + notStill,
  still,
  notStill,
  rate: still + notStill === 0 ? null : Math.round((still / (still + notStill)) * 1000) / 10,
});

/**
 * How well closings held, as of a day: results of look-backs up to then, by the unit that closed, by sector, and by the
 * person who rechecked. Those who see only some units see the results that concern these.
 */
export async function qualityAsOf(db: Queryable, scope: Scope, day: Day, from: Day | null): Promise<Quality> {
  const units = scope.units === 'all' ? null : [...scope.units];
  const where = sql`i.jurisdiction = any(${[...scope.jurisdictions]}::text[])
    and (${units}::uuid[] is null or i.unit_id = any(${units ?? []}::uuid[]))`;
  const found = await sql<Counted>`
    select grouping(i.unit_id, i.sector, i.rechecked_by) as level, i.unit_id as unit, i.sector, i.rechecked_by as rechecker,
      max(i.rechecked_by_name) as name, max(i.rechecked_unit_id::text) as "recheckerUnit",
      (count(*) filter (where i.state = 'still'))::int as still,
      (count(*) filter (where i.state = 'notStill'))::int as "notStill"
    from look_back_item i where ${where} and i.result_on <= ${day}::date
      and (${from}::date is null or i.result_on >= ${from}::date)
    group by grouping sets ((), (i.unit_id), (i.sector), (i.rechecked_by))`.execute(db);
  const waiting = await sql<{ open: number; late: number }>`
    select count(*)::int as open, (count(*) filter (where i.due_on < ${day}::date))::int as late
    from look_back_item i join look_back l on l.jurisdiction = i.jurisdiction and l.id = i.look_back_id
    where ${where} and i.assigned_on <= ${day}::date and i.state <> 'dropped'
      and (i.result_on is null or i.result_on > ${day}::date)`.execute(db);
  // grouping() gives one bit per column left out: unit kept 011, sector kept 101, rechecker kept 110
  const of = (level: number): Counted[] => found.rows.filter((row) => row.level === level);
  const [whole] = of(0b111);
  const names = await unitNames(
    db,
    scope.jurisdictions,
    [...of(0b011).map((row) => row.unit), ...of(0b110).map((row) => row.recheckerUnit)].filter((id) => id !== null),
  );
  const worst = <T extends { notStill: number; checked: number }>(rows: T[]): T[] =>
    rows.sort((a, b) => b.notStill - a.notStill || b.checked - a.checked);
  return {
    day,
    ...rated(whole?.still ?? 0, whole?.notStill ?? 0),
    toCheck: waiting.rows[0]?.open ?? 0,
    late: waiting.rows[0]?.late ?? 0,
    units: worst(
      of(0b011).flatMap((row) =>
        row.unit === null
          ? []
          : [{ unitId: row.unit, name: names.get(row.unit) ?? '（单位已不存在）', ...rated(row.still, row.notStill) }],
      ),
    ),
    sectors: worst(of(0b101).map((row) => ({ sector: row.sector, ...rated(row.still, row.notStill) }))),
    recheckers: worst(
      of(0b110).flatMap((row) =>
        row.rechecker === null
          ? []
          : [
              {
                recheckerId: row.rechecker,
                name: row.name ?? '',
                unitName: row.recheckerUnit === null ? null : (names.get(row.recheckerUnit) ?? null),
                ...rated(row.still, row.notStill),
              },
            ],
      ),
    ),
  };
}

/** 销号质量 as the page asks for it. */
export async function lookBackQuality(
  reading: Reading,
  query: { readonly asOf?: string; readonly from?: string },
): Promise<Quality> {
  const asked = query.asOf === undefined ? reading.day : parseDay(query.asOf);
  const from = query.from === undefined ? null : parseDay(query.from);
  if (asked === null || (query.from !== undefined && from === null))
    throw notValid('日期有误，请重新选择。', [{ where: 'query.asOf', says: '不是日期' }]);
  return qualityAsOf(reading.db, reading.scope, asked > reading.day ? reading.day : asked, from);
}
