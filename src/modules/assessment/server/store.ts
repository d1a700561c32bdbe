import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import { notFound } from '../../../kernel/refusal.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { RecordLoader } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { SchemeState } from '../lifecycle.ts';
import type { Measured } from '../measures.ts';
import type { SchemeBody } from '../scheme.ts';
import type { Doer } from '../situation.ts';

/** A scheme without what its versions say. */
export interface SchemeRow {
  readonly jurisdiction: string;
  readonly id: string;
  readonly number: string;
  readonly state: SchemeState;
  readonly title: string;
  readonly year: number;
  readonly objectWord: string;
  readonly draftedBy: Doer;
  readonly draftedByName: string;
  readonly publishedOn: Day | null;
  readonly selfUntil: Day | null;
  readonly snapshotId: string | null;
  readonly vetoFinding: string | null;
  readonly shownOn: Day | null;
  readonly appealUntil: Day | null;
  readonly gradedOn: Day | null;
  readonly gradedBy: Doer | null;
  readonly gradedByName: string | null;
  readonly announcedOn: Day | null;
  readonly droppedOn: Day | null;
  readonly version: number;
}

export interface VersionRow {
  readonly id: string;
  readonly serial: number;
  readonly state: 'draft' | 'pending' | 'issued' | 'withdrawn';
  readonly body: SchemeBody;
  readonly reason: string | null;
  readonly fromOn: Day | null;
  readonly draftedBy: Doer;
  readonly draftedByName: string;
  readonly issuedByName: string | null;
}

/** One unit in a snapshot: which indicators applied to it, and what they came to. */
export interface SealedUnit {
  readonly unitId: string;
  readonly name: string;
  readonly codes: readonly string[];
  readonly measured: Readonly<Record<string, Measured>>;
}
export interface SnapshotRow {
  readonly id: string;
  readonly serial: number;
  readonly versionId: string;
  readonly day: Day;
  readonly hash: string;
  readonly content: { readonly units: readonly SealedUnit[] };
  readonly reason: string | null;
  readonly byName: string;
  readonly at: Date;
}

/** What a unit claims for one line, and what proves it. */
export interface SelfScore {
  readonly code: string;
  readonly score: number;
  readonly text: string;
  readonly fileIds?: readonly string[];
}

export interface SheetRow {
  readonly id: string;
  readonly schemeId: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly selfText: string | null;
  readonly selfScores: readonly SelfScore[] | null;
  readonly selfOn: Day | null;
  readonly selfByName: string | null;
  readonly finalScore: number | null;
  readonly rank: number | null;
  readonly grade: string | null;
  readonly gradeName: string | null;
  readonly gradeSays: string | null;
  readonly coupling: string | null;
  readonly vetoed: boolean | null;
  readonly version: number;
}

export interface GivenRow {
  readonly id: string;
  readonly sheetId: string;
  readonly code: string;
  readonly kind: 'hand' | 'appeal';
  readonly score: number;
  readonly before: number | null;
  readonly says: string;
  readonly fileIds: readonly string[];
  readonly by: Doer;
  readonly byName: string;
  readonly unitName: string | null;
  readonly day: Day;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const unknownScheme = () => notFound('没有找到这份考核方案，可能编号有误，或者它不在您能查看的范围内。');

const schemeColumns = sql`t.jurisdiction, t.id, t.number, t.state, t.title, t.year, t.object_word as "objectWord",
  jsonb_build_object('accountId', t.drafted_by, 'personId', t.drafted_by_person) as "draftedBy",
  t.drafted_by_name as "draftedByName", t.published_on as "publishedOn", t.self_until as "selfUntil",
  t.snapshot_id as "snapshotId", t.veto_finding as "vetoFinding", t.shown_on as "shownOn", t.appeal_until as "appealUntil",
  t.graded_on as "gradedOn", case when t.graded_by is null then null else
    jsonb_build_object('accountId', t.graded_by, 'personId', t.graded_by_person) end as "gradedBy",
  t.graded_by_name as "gradedByName", t.announced_on as "announcedOn", t.dropped_on as "droppedOn", t.version`;

/** Schemes of the scope's governments, the newest first; drafts are for the caller to leave out. */
export async function allSchemes(db: Queryable, scope: Pick<Scope, 'jurisdictions'>): Promise<SchemeRow[]> {
  const found = await sql<SchemeRow>`select ${schemeColumns} from assessment_scheme t
    where t.jurisdiction = any(${scope.jurisdictions as readonly string[]})
    order by t.year desc, t.number desc limit 500`.execute(db);
  return found.rows;
}

export async function schemeById(
  db: Queryable,
  scope: Pick<Scope, 'jurisdictions'>,
  id: string,
  lock = false,
): Promise<SchemeRow> {
  if (!uuid.test(id)) throw unknownScheme();
  const found = await sql<SchemeRow>`select ${schemeColumns} from assessment_scheme t
    where t.jurisdiction = any(${scope.jurisdictions as readonly string[]}) and t.id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(db);
  const row = found.rows[0];
  if (!row) throw unknownScheme();
  return row;
}

export async function versionsOf(db: Queryable, scheme: Pick<SchemeRow, 'jurisdiction' | 'id'>): Promise<VersionRow[]> {
  const found = await sql<VersionRow>`select id, serial, state, body, reason, from_on as "fromOn",
      jsonb_build_object('accountId', drafted_by, 'personId', drafted_by_person) as "draftedBy",
      drafted_by_name as "draftedByName", issued_by_name as "issuedByName"
    from assessment_version where jurisdiction = ${scheme.jurisdiction} and scheme_id = ${scheme.id}
    order by serial`.execute(db);
  return found.rows;
}

const snapshotColumns = (withContent: boolean) => sql`id, serial, version_id as "versionId", day, hash,
  ${withContent ? sql`content` : sql`'{"units": []}'::jsonb as content`}, reason, taken_by_name as "byName", taken_at as at`;

export async function snapshotById(db: Queryable, jurisdiction: string, id: string): Promise<SnapshotRow> {
  const found = await sql<SnapshotRow>`select ${snapshotColumns(true)} from assessment_snapshot
    where jurisdiction = ${jurisdiction} and id = ${id}`.execute(db);
  const row = found.rows[0];
  if (!row) throw unknownScheme();
  return row;
}

export async function snapshotsOf(
  db: Queryable,
  scheme: Pick<SchemeRow, 'jurisdiction' | 'id'>,
  withContent = false,
): Promise<SnapshotRow[]> {
  const found = await sql<SnapshotRow>`select ${snapshotColumns(withContent)} from assessment_snapshot
    where jurisdiction = ${scheme.jurisdiction} and scheme_id = ${scheme.id} order by serial`.execute(db);
  return found.rows;
}

const sheetColumns = sql`id, scheme_id as "schemeId", unit_id as "unitId", unit_name as "unitName", self_text as "selfText",
  self_scores as "selfScores", self_on as "selfOn", self_by_name as "selfByName", final_score::float8 as "finalScore", rank,
  grade, grade_name as "gradeName", grade_says as "gradeSays", coupling, vetoed, version`;

export async function sheetsOf(db: Queryable, scheme: Pick<SchemeRow, 'jurisdiction' | 'id'>): Promise<SheetRow[]> {
  const found = await sql<SheetRow>`select ${sheetColumns} from score_sheet
    where jurisdiction = ${scheme.jurisdiction} and scheme_id = ${scheme.id} order by unit_name`.execute(db);
  return found.rows;
}

export async function lockSheet(
  db: Queryable,
  scheme: Pick<SchemeRow, 'jurisdiction' | 'id'>,
  unitId: string,
): Promise<SheetRow | null> {
  if (!uuid.test(unitId)) return null;
  const found = await sql<SheetRow>`select ${sheetColumns} from score_sheet
    where jurisdiction = ${scheme.jurisdiction} and scheme_id = ${scheme.id} and unit_id = ${unitId} for update`.execute(
    db,
  );
  return found.rows[0] ?? null;
}

/** Points given by hand and by appeals, the oldest first, of all sheets of a scheme. */
export async function givenOf(db: Queryable, scheme: Pick<SchemeRow, 'jurisdiction' | 'id'>): Promise<GivenRow[]> {
  const found = await sql<GivenRow>`select g.id, g.sheet_id as "sheetId", g.code, g.kind, g.score::float8 as score,
      g.score_before::float8 as before, g.says, g.file_ids as "fileIds",
      jsonb_build_object('accountId', g.by_id, 'personId', g.by_person) as by, g.by_name as "byName", g.unit_name as "unitName",
      g.day
    from score_given g join score_sheet s on s.jurisdiction = g.jurisdiction and s.id = g.sheet_id
    where g.jurisdiction = ${scheme.jurisdiction} and s.scheme_id = ${scheme.id} order by g.serial`.execute(db);
  return found.rows;
}

/** All rows that make up each scheme; of snapshots what is in them stands in their hash. */
export const schemeRecord: RecordLoader = async (db, jurisdiction, ids) => {
  const found = await sql<{ id: string; record: unknown }>`
    select t.id, jsonb_build_object(
      'scheme', to_jsonb(t),
      'versions', (select jsonb_agg(to_jsonb(v) order by v.serial) from assessment_version v
        where v.jurisdiction = t.jurisdiction and v.scheme_id = t.id),
      'snapshots', (select jsonb_agg(to_jsonb(s) - 'content' order by s.serial) from assessment_snapshot s
        where s.jurisdiction = t.jurisdiction and s.scheme_id = t.id)) as record
    from assessment_scheme t where t.jurisdiction = ${jurisdiction} and t.id = any(${ids}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};

export const sheetRecord: RecordLoader = async (db, jurisdiction, ids) => {
  const found = await sql<{ id: string; record: unknown }>`
    select t.id, jsonb_build_object('sheet', to_jsonb(t),
      'given', (select jsonb_agg(to_jsonb(g) order by g.serial) from score_given g
        where g.jurisdiction = t.jurisdiction and g.sheet_id = t.id))
      || coalesce((select jsonb_build_object('rectified', jsonb_agg(to_jsonb(r) order by r.serial)) from score_rectification r
        where r.jurisdiction = t.jurisdiction and r.sheet_id = t.id having count(*) > 0), '{}') as record
    from score_sheet t where t.jurisdiction = ${jurisdiction} and t.id = any(${ids}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};

/** The one row of each item of a table whose items are their rows. */
export const rowRecord =
  (table: string): RecordLoader =>
  async (db, jurisdiction, ids) => {
    const found = await sql<{ id: string; record: unknown }>`
      select t.id, to_jsonb(t) as record from ${sql.table(table)} t
      where t.jurisdiction = ${jurisdiction} and t.id = any(${ids}::uuid[])`.execute(db);
    return new Map(found.rows.map((row) => [row.id, row.record]));
  };

/** A task that was made for a line on which points were lost. */
export interface RectifiedRow {
  readonly code: string;
  readonly taskId: string;
  readonly taskNumber: string;
  readonly text: string;
  readonly dueOn: Day;
  readonly byName: string;
  readonly day: Day;
}

export async function rectifiedOf(db: Queryable, jurisdiction: string, sheetId: string): Promise<RectifiedRow[]> {
  const found =
    await sql<RectifiedRow>`select code, task_id as "taskId", task_number as "taskNumber", text, due_on as "dueOn",
      by_name as "byName", day
    from score_rectification where jurisdiction = ${jurisdiction} and sheet_id = ${sheetId} order by serial`.execute(
      db,
    );
  return found.rows;
}
