import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import type { Day } from '../../../kernel/day.ts';
import type { Reading } from '../../../platform/act.ts';
import type { ProblemState } from '../lifecycle.ts';

/** What one group of the home page asks; all parts together. Only open problems of the actor's own government. */
export interface HomeAsk {
  readonly states?: readonly ProblemState[];
  readonly lead?: string;
  /** A unit that leads, takes part, oversees or found it. */
  readonly takesPart?: string | null;
  readonly dueFrom?: Day;
  readonly dueTo?: Day;
  readonly enteredTo?: Day;
  /** Questions that no filter of the ledger can ask. */
  readonly that?: 'sentBack' | 'near' | 'major' | 'recheck' | 'close' | 'requests' | 'supervisedRequests';
}

type Condition = RawBuilder<unknown>;

/** A group is counted to here; a person who has more has enough, and counting costs a row each. */
const CAP = 300;

const notMine = (
  column: Condition,
  person: Condition,
  actor: Actor,
): Condition => sql`${column} is distinct from ${actor.accountId}
  and (${actor.personId}::text is null or ${person}::text is distinct from ${actor.personId}::text)`;

/** Whoever reported progress in this cycle, or that it is done, neither rechecks nor closes it. */
const notWorkedOn = (actor: Actor): Condition => sql`${notMine(sql`t.done_by`, sql`t.done_by_person`, actor)}
  and not exists (select 1 from problem_progress p where p.jurisdiction = t.jurisdiction and p.problem_id = t.id
    and p.cycle = t.cycle and (p.by_id = ${actor.accountId} or p.by_person::text = ${actor.personId}::text))`;

function conditionOf(ask: HomeAsk, actor: Actor, day: Day): Condition {
  const all: Condition[] = [sql`t.jurisdiction = ${actor.jurisdiction}`, sql`t.open`];
  if (ask.lead !== undefined) all.push(sql`t.lead_unit_id = ${ask.lead}::uuid`);
  if (ask.takesPart) all.push(sql`${ask.takesPart}::uuid = any(t.units)`);
  if (ask.dueFrom !== undefined) all.push(sql`t.due_on >= ${ask.dueFrom}::date`);
  if (ask.dueTo !== undefined) all.push(sql`t.due_on <= ${ask.dueTo}::date`);
  if (ask.enteredTo !== undefined) all.push(sql`t.opened_on <= ${ask.enteredTo}::date`);
  if (ask.that === 'sentBack') all.push(sql`t.sent_back > 0 and t.evidence = 0`);
  if (ask.that === 'near') all.push(sql`t.amber_on <= ${day}::date`);
  if (ask.that === 'major') all.push(sql`t.grade = 'major'`);
  if (ask.that === 'recheck')
    all.push(
      notWorkedOn(actor),
      sql`(t.grade <> 'major' or (${actor.unitId}::uuid is not null and t.lead_unit_id <> ${actor.unitId}::uuid))`,
    );
  if (ask.that === 'close')
    all.push(notWorkedOn(actor), notMine(sql`t.rechecked_by`, sql`t.rechecked_by_person`, actor));
  if (ask.that === 'requests' || ask.that === 'supervisedRequests') {
    const supervised =
      ask.that === 'requests'
        ? sql``
        : sql`and r.kind = 'extension' and t.supervising_unit_id = ${actor.unitId}::uuid
            and t.lead_unit_id <> ${actor.unitId}::uuid and r.asked_unit_id is distinct from ${actor.unitId}::uuid`;
    all.push(sql`t.asked is not null and exists (select 1 from problem_request r where r.jurisdiction = t.jurisdiction
      and r.problem_id = t.id and r.decision is null and ${notMine(sql`r.asked_by`, sql`r.asked_by_person`, actor)} ${supervised})`);
  }
  return sql.join(all, sql` and `);
}

/**
 * The first few problems of every group, by deadline, and how many each has, counted up to `CAP`. Each state of a
 * group is one stretch of an index over open problems, so that closed ones cost nothing.
 */
export async function homeRows(
  { db, actor, day }: Reading,
  groups: readonly { readonly key: string; readonly ask: HomeAsk }[],
  most: number,
): Promise<ReadonlyMap<string, { total: number; capped: boolean; ids: string[] }>> {
  const result = new Map<string, { total: number; capped: boolean; ids: string[] }>();
  if (groups.length === 0) return result;
  const asked = groups.map(({ key, ask }) => {
    const where = conditionOf(ask, actor, day);
    const part = (limit: Condition) =>
      ask.states === undefined
        ? sql`select t.id, t.due_on, t.serial from problem t where ${where} order by t.due_on, t.serial limit ${limit}`
        : sql`select x.* from unnest(${[...ask.states]}::text[]) s(state), lateral (select t.id, t.due_on, t.serial
            from problem t where ${where} and t.state = s.state order by t.due_on, t.serial limit ${limit}) x`;
    return sql`select ${key}::text as key,
        (select count(*)::int from (select 1 from (${part(sql`${CAP + 1}`)}) c limit ${CAP + 1}) n) as total,
        array(select f.id from (${part(sql`${most}`)}) f order by f.due_on, f.serial limit ${most}) as ids`;
  });
  const found = await sql<{ key: string; total: number; ids: string[] }>`${sql.join(asked, sql` union all `)}`.execute(
    db,
  );
  for (const { key, total, ids } of found.rows)
    result.set(key, { total: Math.min(total, CAP), capped: total > CAP, ids });
  return result;
}
