import { sql } from 'kysely';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { Draft, Review, ReviewDoubt, Sheet } from '../plan.ts';

/** Which plan: stores of the review take the jurisdiction of a plan that the caller has already seen or locked. */
export interface PlanKey {
  readonly jurisdiction: string;
  readonly id: string;
}

const json = (value: unknown): string => JSON.stringify(value).replaceAll('\\u0000', ' ');

/** Replaces everything under review by its first version. */
export async function beginReviewRows(db: Queryable, plan: PlanKey, review: Review): Promise<void> {
  for (const table of ['plan_draft', 'plan_doubt', 'plan_step']) {
    await sql`delete from ${sql.table(table)} where jurisdiction = ${plan.jurisdiction} and plan_id = ${plan.id}`.execute(
      db,
    );
  }
  await saveDrafts(db, plan, review.drafts);
  await saveDoubts(db, plan, review.doubts);
}

const bodyOf = ({ version: _, ...draft }: Draft): Omit<Draft, 'version'> => draft;

export async function saveDrafts(db: Queryable, plan: PlanKey, drafts: readonly Draft[]): Promise<void> {
  for (let at = 0; at < drafts.length; at += 1000) {
    const part = drafts.slice(at, at + 1000);
    await sql`
      insert into plan_draft (jurisdiction, plan_id, id, position, version, discarded, body)
      select ${plan.jurisdiction}, ${plan.id}::uuid, d.id, d.position, d.version, d.discarded, d.body
      from unnest(${part.map((one) => one.id)}::text[], ${part.map((one) => one.position)}::float8[],
        ${part.map((one) => one.version)}::int[], ${part.map((one) => one.discarded !== null)}::boolean[],
        ${part.map((one) => json(bodyOf(one)))}::jsonb[]) as d (id, position, version, discarded, body)
      on conflict (jurisdiction, plan_id, id) do update set position = excluded.position, version = excluded.version,
        discarded = excluded.discarded, body = excluded.body`.execute(db);
  }
}

export async function saveDoubts(db: Queryable, plan: PlanKey, doubts: readonly ReviewDoubt[]): Promise<void> {
  for (let at = 0; at < doubts.length; at += 1000) {
    const part = doubts.slice(at, at + 1000);
    await sql`
      insert into plan_doubt (jurisdiction, plan_id, id, ordinal, version, body)
      select ${plan.jurisdiction}, ${plan.id}::uuid, d.id, d.ordinal, d.version, d.body
      from unnest(${part.map((one) => one.id)}::text[], ${part.map((one) => Number(one.id.slice(1)))}::int[],
        ${part.map((one) => one.version)}::int[], ${part.map(json)}::jsonb[]) as d (id, ordinal, version, body)
      on conflict (jurisdiction, plan_id, id) do update set version = excluded.version, body = excluded.body`.execute(
      db,
    );
  }
}

/** Lines in their order; `ids` limits them, `since` to those changed after that version. */
export async function draftsOf(
  db: Queryable,
  plan: PlanKey,
  which: { ids?: readonly string[]; since?: number; keptOnly?: boolean } = {},
): Promise<Draft[]> {
  const found = await sql<{ version: number; body: Omit<Draft, 'version'> }>`
    select version, body from plan_draft
    where jurisdiction = ${plan.jurisdiction} and plan_id = ${plan.id} and version > ${which.since ?? -1}
      and (${which.ids === undefined} or id = any(${which.ids ?? []}::text[]))
      and (${which.keptOnly !== true} or not discarded)
    order by position, id`.execute(db);
  return found.rows.map((row) => ({ ...row.body, version: row.version }));
}

export async function doubtsOf(
  db: Queryable,
  plan: PlanKey,
  which: { ids?: readonly string[]; since?: number } = {},
): Promise<ReviewDoubt[]> {
  const found = await sql<{ version: number; body: ReviewDoubt }>`
    select version, body from plan_doubt
    where jurisdiction = ${plan.jurisdiction} and plan_id = ${plan.id} and version > ${which.since ?? -1}
      and (${which.ids === undefined} or id = any(${which.ids ?? []}::text[]))
    order by ordinal`.execute(db);
  return found.rows.map((row) => ({ ...row.body, version: row.version }));
}

export async function sheetOf(db: Queryable, plan: PlanKey): Promise<Sheet | null> {
  const found = await sql<{ sheet: Sheet }>`
    select sheet from plan_document where jurisdiction = ${plan.jurisdiction} and plan_id = ${plan.id}`.execute(db);
  return found.rows[0]?.sheet ?? null;
}

export async function saveSheet(db: Queryable, plan: PlanKey, sheet: Sheet): Promise<void> {
  await sql`
    update plan_document set sheet = ${json(sheet)}::jsonb
    where jurisdiction = ${plan.jurisdiction} and plan_id = ${plan.id}`.execute(db);
}

/** Every wording of a unit in the kept and discarded lines, once each. */
export async function mentionsInPlan(db: Queryable, plan: PlanKey): Promise<string[]> {
  const found = await sql<{ text: string }>`
    select distinct m.text from plan_draft d
    cross join lateral jsonb_to_recordset(d.body->'lead' || (d.body->'responsible') || (d.body->'territorial')) as m (text text)
    where d.jurisdiction = ${plan.jurisdiction} and d.plan_id = ${plan.id} order by m.text`.execute(db);
  return found.rows.map((row) => row.text);
}

export async function linkTasks(
  db: Queryable,
  plan: PlanKey,
  links: readonly { draft: string; taskId: string }[],
): Promise<void> {
  await sql`
    update plan_draft d set task_id = l.task_id
    from unnest(${links.map((one) => one.draft)}::text[], ${links.map((one) => one.taskId)}::uuid[]) as l (id, task_id)
    where d.jurisdiction = ${plan.jurisdiction} and d.plan_id = ${plan.id} and d.id = l.id`.execute(db);
}

export interface StepSide {
  readonly drafts: readonly Draft[];
  readonly doubts: readonly ReviewDoubt[];
  readonly sheet?: Sheet;
}
export interface StepRow {
  seq: number;
  says: string;
  before: StepSide;
  after: StepSide;
  actorId: string;
  actorName: string;
  at: Date;
}

export async function addStep(db: Queryable, plan: PlanKey, step: Omit<StepRow, 'seq'>): Promise<void> {
  await sql`
    insert into plan_step (jurisdiction, plan_id, seq, says, before, after, actor_id, actor_name, at)
    select ${plan.jurisdiction}, ${plan.id}::uuid, coalesce(max(seq), 0) + 1, ${step.says}, ${json(step.before)}::jsonb,
      ${json(step.after)}::jsonb, ${step.actorId}, ${step.actorName}, ${step.at}
    from plan_step where jurisdiction = ${plan.jurisdiction} and plan_id = ${plan.id}`.execute(db);
}

/** The last step that has not been taken back. */
export async function lastStep(db: Queryable, plan: PlanKey): Promise<StepRow | null> {
  const found = await sql<StepRow>`
    select seq, says, before, after, actor_id as "actorId", actor_name as "actorName", at from plan_step
    where jurisdiction = ${plan.jurisdiction} and plan_id = ${plan.id} and not undone order by seq desc limit 1`.execute(
    db,
  );
  return found.rows[0] ?? null;
}

/** The same without its records, for pages. */
export async function lastStepSays(
  db: Queryable,
  plan: PlanKey,
): Promise<{ seq: number; says: string; actorId: string; actorName: string } | null> {
  const found = await sql<{ seq: number; says: string; actorId: string; actorName: string }>`
    select seq, says, actor_id as "actorId", actor_name as "actorName" from plan_step
    where jurisdiction = ${plan.jurisdiction} and plan_id = ${plan.id} and not undone order by seq desc limit 1`.execute(
    db,
  );
  return found.rows[0] ?? null;
}

export async function markUndone(db: Queryable, plan: PlanKey, seq: number): Promise<void> {
  await sql`
    update plan_step set undone = true where jurisdiction = ${plan.jurisdiction} and plan_id = ${plan.id} and seq = ${seq}`.execute(
    db,
  );
}

export async function stepsOf(
  db: Queryable,
  plan: PlanKey,
): Promise<{ seq: number; says: string; actorName: string; at: string; undone: boolean }[]> {
  const found = await sql<{ seq: number; says: string; actorName: string; at: Date; undone: boolean }>`
    select seq, says, actor_name as "actorName", at, undone from plan_step
    where jurisdiction = ${plan.jurisdiction} and plan_id = ${plan.id} order by seq desc limit 500`.execute(db);
  return found.rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
