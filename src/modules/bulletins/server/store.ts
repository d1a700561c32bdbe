import { type RawBuilder, sql } from 'kysely';
import { hasRole } from '../../../kernel/actor.ts';
import type { Day } from '../../../kernel/day.ts';
import { notFound } from '../../../kernel/refusal.ts';
import type { Reading, RecordLoader } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { sha256 } from '../../../platform/facts/canonical.ts';
import type { BulletinForm } from '../bulletin-form.ts';
import type { BulletinState } from '../lifecycle.ts';
import type { Bulletin } from '../situation.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Section } from '../text.ts';

export interface BulletinRow extends Bulletin {
  readonly jurisdiction: string;
}
export interface FormRow extends BulletinForm {
  readonly jurisdiction: string;
}

/** Every kind of bulletin of the governments, those that ended included. */
export async function formsOf(db: Queryable, jurisdictions: readonly string[]): Promise<FormRow[]> {
  const found = await sql<FormRow>`
    select jurisdiction, id, name, basis, period, hour, sections, addressee, called, copies, weights, at_least as "atLeast", named,
      requests, from_on as "fromOn", to_on as "toOn"
    from bulletin_form where jurisdiction = any(${[...jurisdictions]}::text[]) order by from_on desc, name, id`.execute(
    db,
  );
  return found.rows;
}

const columns = sql`b.jurisdiction, b.id, b.number, b.form_id as "formId", b.form_name as "formName", b.period,
  b.period_from as "periodFrom", b.period_to as "periodTo", b.snapshot_id as "snapshotId", b.title, b.state, b.sections,
  b.chosen, b.addressee, b.copies, b.hands, b.submitted_by as "submittedBy", b.submitted_by_name as "submittedByName",
  b.submitted_on as "submittedOn", b.approved_by as "approvedBy", b.approved_by_name as "approvedByName",
  b.approved_on as "approvedOn", b.opinion, b.issue, b.document_number as "documentNumber", b.issued_on as "issuedOn",
  b.publish_asked as "publishAsked", b.published_on as "publishedOn", b.published_by_name as "publishedByName", b.version`;

const issuedStates: readonly BulletinState[] = ['issued', 'toPublish', 'published'];

/** The office and the leaders see every bulletin of their scope; units see what their own government issued. */
const inSight = ({ scope, actor }: Reading): RawBuilder<unknown> =>
  scope.units === 'all' && (hasRole(actor, 'officer', 'leader') || actor.accountId === 'system')
    ? sql`b.jurisdiction = any(${[...scope.jurisdictions]}::text[])`
    : sql`b.jurisdiction = any(${[...scope.jurisdictions]}::text[]) and b.jurisdiction = ${actor.jurisdiction}
        and b.state = any(${[...issuedStates]}::text[])`;

export interface Sought {
  readonly form?: string;
  readonly states?: readonly string[];
  readonly from?: Day;
  readonly to?: Day;
}

/** Bulletins in sight, the newest period first. */
export async function bulletinsOf(reading: Reading, sought: Sought, most: number, offset = 0): Promise<BulletinRow[]> {
  const where: RawBuilder<unknown>[] = [
    inSight(reading),
    ...(sought.form ? [sql`b.form_id = ${sought.form}::uuid`] : []),
    ...(sought.states?.length ? [sql`b.state = any(${[...sought.states]}::text[])`] : []),
    ...(sought.from ? [sql`b.period_to >= ${sought.from}::date`] : []),
    ...(sought.to ? [sql`b.period_from <= ${sought.to}::date`] : []),
  ];
  const found = await sql<BulletinRow>`
    select ${columns} from bulletin b where ${sql.join(where, sql` and `)}
    order by b.period_to desc, b.period_from, b.form_name, b.number desc limit ${most} offset ${offset}`.execute(
    reading.db,
  );
  return found.rows;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const unknownBulletin = () => notFound('没有找到这期通报，可能编号有误，或者还没有印发。');

export async function bulletinById(reading: Reading, id: string): Promise<BulletinRow> {
  if (!uuid.test(id)) throw unknownBulletin();
  const found = await sql<BulletinRow>`
    select ${columns} from bulletin b where ${inSight(reading)} and b.id = ${id}`.execute(reading.db);
  const row = found.rows[0];
  if (!row) throw unknownBulletin();
  return row;
}

export async function lockBulletin(db: Queryable, jurisdiction: string, id: string): Promise<void> {
  if (!uuid.test(id)) throw unknownBulletin();
  await sql`select 1 from bulletin where jurisdiction = ${jurisdiction} and id = ${id} for update`.execute(db);
}

/** The bulletin of a form and period that is not voided. */
export async function bulletinOfPeriod(reading: Reading, formId: string, from: Day): Promise<BulletinRow | undefined> {
  const found = await sql<BulletinRow>`
    select ${columns} from bulletin b where b.jurisdiction = ${reading.actor.jurisdiction} and b.form_id = ${formId}::uuid
      and b.period_from = ${from}::date and b.state <> 'voided'`.execute(reading.db);
  return found.rows[0];
}

/** A snapshot as it was kept; `sealed` false: its content no longer has the hash under which it was kept. */
export interface Kept {
  readonly snapshot: Snapshot;
  readonly content: string;
  readonly sha256: string;
  readonly sealed: boolean;
  readonly madeAt: Date;
  readonly madeByName: string;
}

export async function snapshotOf(db: Queryable, jurisdiction: string, id: string): Promise<Kept> {
  const found = await sql<{ content: string; sha256: string; madeAt: Date; madeByName: string }>`
    select content, sha256, made_at as "madeAt", made_by_name as "madeByName" from bulletin_snapshot
    where jurisdiction = ${jurisdiction} and id = ${id}`.execute(db);
  const row = found.rows[0];
  if (!row) throw notFound('没有找到这期通报的快照。');
  return { ...row, snapshot: JSON.parse(row.content) as Snapshot, sealed: sha256(row.content) === row.sha256 };
}

/** The words that stood first, before anybody edited them. */
export async function firstWords(db: Queryable, jurisdiction: string, id: string): Promise<readonly Section[]> {
  const found = await sql<{ sections: readonly Section[] }>`
    select sections from bulletin_edit where jurisdiction = ${jurisdiction} and bulletin_id = ${id} order by no limit 1`.execute(
    db,
  );
  return found.rows[0]?.sections ?? [];
}

export const bulletinRecord: RecordLoader = async (db, jurisdiction, ids) => {
  const found = await sql<{ id: string; record: unknown }>`
    select t.id, jsonb_build_object('bulletin', to_jsonb(t), 'edits', (select jsonb_agg(to_jsonb(x) order by x.no)
      from bulletin_edit x where x.jurisdiction = t.jurisdiction and x.bulletin_id = t.id)) as record
    from bulletin t where t.jurisdiction = ${jurisdiction} and t.id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};
/** Forms without a word of their own for the units read as they did before there was one: their proofs hold. */
export const formRecord: RecordLoader = async (db, jurisdiction, ids) => {
  const found = await sql<{ id: string; record: unknown }>`
    select t.id, case when t.called is null then to_jsonb(t) - 'called' else to_jsonb(t) end as record from bulletin_form t
    where t.jurisdiction = ${jurisdiction} and t.id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};

export const rowRecord =
  (table: string): RecordLoader =>
  async (db, jurisdiction, ids) => {
    const found = await sql<{ id: string; record: unknown }>`
      select t.id, to_jsonb(t) as record from ${sql.table(table)} t
      where t.jurisdiction = ${jurisdiction} and t.id = any(${[...ids]}::uuid[])`.execute(db);
    return new Map(found.rows.map((row) => [row.id, row.record]));
  };
