import { sql } from 'kysely';
import type { Day } from '../../../../kernel/day.ts';
import { notFound } from '../../../../kernel/refusal.ts';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import type { DrawRules, PoolItem, SeedSource } from '../../look-back.ts';
import type { CheckState, LookBackState } from '../../look-back-lifecycle.ts';
import type { Grade } from '../../problem.ts';

export interface LookBack {
  readonly jurisdiction: string;
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly state: LookBackState;
  readonly from: Day;
  readonly to: Day;
  readonly ofUnits: readonly string[];
  readonly ofSectors: readonly string[];
  readonly ofGrades: readonly Grade[];
  readonly take: number;
  readonly perUnit: number;
  readonly perGrade: Readonly<Partial<Record<Grade, number>>>;
  readonly seedSource: SeedSource;
  readonly frozenOn: Day;
  readonly frozenAt: Date;
  readonly frozenBy: string;
  readonly frozenByName: string;
  readonly poolSize: number;
  readonly listHash: string;
  readonly seed: string | null;
  readonly seedHow: string | null;
  readonly witnesses: readonly string[];
  readonly sealDay: Day | null;
  readonly seededAt: Date | null;
  readonly seededBy: string | null;
  readonly seededByName: string | null;
  readonly drawnAt: Date | null;
  readonly drawnByName: string | null;
  readonly finishedOn: Day | null;
  readonly replacesId: string | null;
  readonly replacedById: string | null;
  readonly reason: string | null;
  readonly version: number;
}

/** A drawn problem as the look-back keeps it. */
export interface CheckItem {
  readonly jurisdiction: string;
  readonly id: string;
  readonly lookBackId: string;
  readonly position: number;
  readonly problemId: string;
  readonly number: string;
  readonly title: string;
  readonly ticket: string;
  readonly rank: number;
  readonly because: 'unit' | 'grade' | 'rest';
  readonly unitId: string;
  readonly sector: string | null;
  readonly grade: Grade;
  readonly cycle: number;
  readonly closedOn: Day;
  readonly doneBy: string | null;
  readonly doneByName: string | null;
  readonly recheckedBy: string | null;
  readonly recheckedByName: string | null;
  readonly recheckedUnitId: string | null;
  readonly closedBy: string | null;
  readonly closedByName: string | null;
  readonly hands: readonly string[];
  readonly state: CheckState;
  readonly checkerId: string | null;
  readonly checkerName: string | null;
  readonly checkerUnitId: string | null;
  readonly dueOn: Day | null;
  readonly assignedOn: Day | null;
  readonly resultOn: Day | null;
  readonly resultBy: string | null;
  readonly resultByName: string | null;
  readonly text: string | null;
  readonly fileIds: readonly string[];
  readonly newDue: Day | null;
  readonly version: number;
}

const columns = sql`l.jurisdiction, l.id, l.number, l.title, l.state, l.closed_from as "from", l.closed_to as "to",
  l.of_units as "ofUnits", l.of_sectors as "ofSectors", l.of_grades as "ofGrades", l.take, l.per_unit as "perUnit",
  l.per_grade as "perGrade", l.seed_source as "seedSource", l.frozen_on as "frozenOn", l.frozen_at as "frozenAt",
  l.frozen_by as "frozenBy", l.frozen_by_name as "frozenByName", l.pool_size as "poolSize", l.list_hash as "listHash",
  l.seed, l.seed_how as "seedHow", l.witnesses, l.seal_day as "sealDay", l.seeded_at as "seededAt",
  l.seeded_by as "seededBy", l.seeded_by_name as "seededByName", l.drawn_at as "drawnAt", l.drawn_by_name as "drawnByName",
  l.finished_on as "finishedOn", l.replaces_id as "replacesId", l.replaced_by_id as "replacedById", l.reason, l.version`;

const itemColumns = sql`i.jurisdiction, i.id, i.look_back_id as "lookBackId", i.position, i.problem_id as "problemId", i.number,
  i.title, i.ticket, i.rank, i.because, i.unit_id as "unitId", i.sector, i.grade, i.cycle, i.closed_on as "closedOn",
  i.done_by as "doneBy", i.done_by_name as "doneByName", i.rechecked_by as "recheckedBy",
  i.rechecked_by_name as "recheckedByName", i.rechecked_unit_id as "recheckedUnitId", i.closed_by as "closedBy",
  i.closed_by_name as "closedByName", i.hands, i.state, i.checker_id as "checkerId", i.checker_name as "checkerName",
  i.checker_unit_id as "checkerUnitId", i.due_on as "dueOn", i.assigned_on as "assignedOn", i.result_on as "resultOn",
  i.result_by as "resultBy", i.result_by_name as "resultByName", i.text, i.file_ids as "fileIds", i.new_due as "newDue",
  i.version`;

export const lookBackGone = () => notFound('没有找到这次回头看，可能编号有误，或者它不在您能查看的范围内。');
export const checkGone = () => notFound('没有找到这条抽中事项，可能已经重抽，或者它不在您能查看的范围内。');

/** The draw, in one of the governments that the reader may see; who takes part in it sees it whole or in part. */
export async function lookBackInScope(db: Queryable, scope: Scope, id: string): Promise<LookBack> {
  const found = await sql<LookBack>`select ${columns} from look_back l
    where l.jurisdiction = any(${[...scope.jurisdictions]}::text[]) and l.id = ${id}::uuid`.execute(db);
  const row = found.rows[0];
  if (!row) throw lookBackGone();
  return row;
}

/** Locks the draw of the own government until the transaction ends. */
export async function lockLookBack(db: Queryable, jurisdiction: string, id: string): Promise<LookBack> {
  const found = await sql<LookBack>`select ${columns} from look_back l
    where l.jurisdiction = ${jurisdiction} and l.id = ${id}::uuid for update`.execute(db);
  const row = found.rows[0];
  if (!row) throw lookBackGone();
  return row;
}

export interface LookBackCounts {
  readonly drawn: number;
  readonly checked: number;
  readonly notStill: number;
  readonly late: number;
  readonly replaces: { readonly id: string; readonly number: string } | null;
  readonly replacedBy: { readonly id: string; readonly number: string } | null;
}

/** Draws newest first with how far their checks are on a day. */
export async function listLookBackRows(
  db: Queryable,
  scope: Scope,
  asked: { readonly id?: string; readonly state?: LookBackState; readonly page: number; readonly pageSize: number },
  today: Day,
): Promise<{ rows: (LookBack & LookBackCounts)[]; total: number }> {
  const where = sql`l.jurisdiction = any(${[...scope.jurisdictions]}::text[])
    and (${asked.id ?? null}::uuid is null or l.id = ${asked.id ?? null}::uuid)
    and (${asked.state ?? null}::text is null or l.state = ${asked.state ?? null})`;
  const found = await sql<LookBack & LookBackCounts>`
    select ${columns}, coalesce(c.drawn, 0) as drawn, coalesce(c.checked, 0) as checked, coalesce(c."notStill", 0) as "notStill",
      coalesce(c.late, 0) as late,
      case when b.id is null then null else jsonb_build_object('id', b.id, 'number', b.number) end as replaces,
      case when a.id is null then null else jsonb_build_object('id', a.id, 'number', a.number) end as "replacedBy"
    from look_back l
    left join look_back b on b.jurisdiction = l.jurisdiction and b.id = l.replaces_id
    left join look_back a on a.jurisdiction = l.jurisdiction and a.id = l.replaced_by_id
    left join lateral (
      select count(*)::int as drawn, (count(*) filter (where i.state in ('still', 'notStill')))::int as checked,
        (count(*) filter (where i.state = 'notStill'))::int as "notStill",
        (count(*) filter (where i.state = 'toCheck' and i.due_on < ${today}::date))::int as late
      from look_back_item i where i.jurisdiction = l.jurisdiction and i.look_back_id = l.id) c on true
    where ${where} order by l.frozen_at desc, l.number desc
    limit ${asked.pageSize} offset ${(asked.page - 1) * asked.pageSize}`.execute(db);
  const counted = await sql<{ total: number }>`select count(*)::int as total from look_back l where ${where}`.execute(
    db,
  );
  return { rows: found.rows, total: counted.rows[0]?.total ?? 0 };
}

/** The rules that were frozen, as the published text tells them. */
export const rulesOf = (draw: LookBack): DrawRules => ({
  number: draw.number,
  from: draw.from,
  to: draw.to,
  take: draw.take,
  perUnit: draw.perUnit,
  perGrade: draw.perGrade,
  seedSource: draw.seedSource,
  sealAfter: draw.seedSource === 'seal' ? draw.frozenOn : null,
});

/** The frozen list in the order in which it was published. */
export async function poolOf(db: Queryable, draw: Pick<LookBack, 'jurisdiction' | 'id'>): Promise<PoolItem[]> {
  const found = await sql<PoolItem>`
    select problem_id as id, number, unit_id as "unitId", sector, grade from look_back_pool
    where jurisdiction = ${draw.jurisdiction} and look_back_id = ${draw.id} order by position`.execute(db);
  return found.rows;
}

/** Seeds of all earlier draws of a government: none is used twice. */
export async function seedsUsed(db: Queryable, jurisdiction: string): Promise<string[]> {
  const found = await sql<{ seed: string }>`
    select seed from look_back where jurisdiction = ${jurisdiction} and seed is not null`.execute(db);
  return found.rows.map((row) => row.seed);
}

export interface CheckFilter {
  readonly id?: string;
  readonly lookBack?: string;
  readonly problem?: string;
  readonly checkerId?: string;
  readonly state?: readonly CheckState[];
  readonly unit?: string;
  readonly sector?: string;
  readonly rechecker?: string;
  /** Only results known on that day, as they were. */
  readonly asOf?: Day;
  /** Only results from that day on. */
  readonly from?: Day;
  readonly page: number;
  readonly pageSize: number;
}

/**
 * Drawn problems with the number of their draw and the present state of the problem. `seen`: the reader's scope covers
 * the problem, so that its title may be told.
 */
export async function listCheckRows(
  db: Queryable,
  scope: Scope,
  filter: CheckFilter,
): Promise<{
  rows: (CheckItem & { lookBackNumber: string; problemState: string | null; seen: boolean })[];
  total: number;
}> {
  const where = sql`i.jurisdiction = any(${[...scope.jurisdictions]}::text[])
    and (${filter.id ?? null}::uuid is null or i.id = ${filter.id ?? null}::uuid)
    and (${filter.lookBack ?? null}::uuid is null or i.look_back_id = ${filter.lookBack ?? null}::uuid)
    and (${filter.problem ?? null}::uuid is null or i.problem_id = ${filter.problem ?? null}::uuid)
    and (${filter.checkerId ?? null}::text is null or i.checker_id = ${filter.checkerId ?? null})
    and (${filter.unit ?? null}::uuid is null or i.unit_id = ${filter.unit ?? null}::uuid)
    and (${filter.sector ?? null}::text is null or coalesce(i.sector, '') = ${filter.sector ?? null})
    and (${filter.rechecker ?? null}::text is null or i.rechecked_by = ${filter.rechecker ?? null})
    and (${filter.state && filter.state.length > 0 ? [...filter.state] : null}::text[] is null
      or i.state = any(${filter.state ? [...filter.state] : []}::text[]))
    and (${filter.asOf ?? null}::date is null or i.result_on <= ${filter.asOf ?? null}::date)
    and (${filter.from ?? null}::date is null or i.result_on >= ${filter.from ?? null}::date)`;
  const units = scope.units === 'all' ? null : [...scope.units];
  const found = await sql<CheckItem & { lookBackNumber: string; problemState: string | null; seen: boolean }>`
    select ${itemColumns}, l.number as "lookBackNumber", p.state as "problemState",
      (${units}::uuid[] is null or coalesce(p.units && ${units ?? []}::uuid[], false)) as seen
    from look_back_item i
    join look_back l on l.jurisdiction = i.jurisdiction and l.id = i.look_back_id
    left join problem p on p.jurisdiction = i.jurisdiction and p.id = i.problem_id
    where ${where} order by l.frozen_at desc, i.look_back_id, i.position
    limit ${filter.pageSize} offset ${(filter.page - 1) * filter.pageSize}`.execute(db);
  const counted = await sql<{
    total: number;
  }>`select count(*)::int as total from look_back_item i where ${where}`.execute(db);
  return { rows: found.rows, total: counted.rows[0]?.total ?? 0 };
}

/** Locks drawn problems of the own government in a fixed order. */
export async function lockChecks(db: Queryable, jurisdiction: string, ids: readonly string[]): Promise<CheckItem[]> {
  const found = await sql<CheckItem>`select ${itemColumns} from look_back_item i
    where i.jurisdiction = ${jurisdiction} and i.id = any(${[...ids]}::uuid[]) order by i.id for update`.execute(db);
  return found.rows;
}
