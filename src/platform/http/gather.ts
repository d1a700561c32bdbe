import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Act, Device, House } from '../act.ts';
import type { Queryable } from '../db/connect.ts';
import { canonical, sha256 } from '../facts/canonical.ts';
import { perform, reading } from '../perform.ts';
import { type AuditEntry, auditMany } from './audit.ts';
import type { ServedRoute } from './serve.ts';

/** What a request answered by `together` could not be answered with others: it is done on its own afterwards. */
export const alone = Symbol('done alone');

/** A request that may be done in one transaction with others of the same kind. */
export interface Joining {
  readonly actor: Actor;
  readonly input: Readonly<Record<string, unknown>>;
  readonly device: Device | undefined;
  /** Key of the single effect and what it is compared by; null where none came. */
  readonly key: { readonly text: string; readonly content: unknown } | null;
  readonly audit: AuditEntry | null;
  /** The same request in a transaction of its own. */
  readonly alone: () => Promise<unknown>;
}

interface Waiting extends Joining {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Requests of one transaction: more would make the first of them wait. */
const MOST = 64;
const PAUSE_MS = 1;

const queues = new WeakMap<House, Map<string, Waiting[]>>();

/**
 * Does requests that arrive while others are being saved in one transaction: the log of the database is flushed once for
 * all of them, and the row that gives numbers is held once. One that is refused does not keep the others from being done;
 * if anything unforeseen happens, each is done on its own.
 */
export function gather(house: House, served: ServedRoute, joining: Joining): Promise<unknown> {
  const byName = queues.get(house) ?? new Map<string, Waiting[]>();
  queues.set(house, byName);
  const name = `${served.name} ${joining.actor.jurisdiction}`;
  return new Promise((resolve, reject) => {
    const waiting = { ...joining, resolve, reject };
    const queue = byName.get(name);
    if (queue) queue.push(waiting);
    else {
      const begun = [waiting];
      byName.set(name, begun);
      void drain(house, served, begun).finally(() => byName.delete(name));
    }
  });
}

/** Everything that waits, until nothing does; what comes meanwhile is the next transaction. */
async function drain(house: House, served: ServedRoute, queue: Waiting[]): Promise<void> {
  for (let last = 0; queue.length > 0; ) {
    // who was just answered asks again at once: a moment's wait makes one transaction of what would be two
    if (last > 1 && queue.length < last) await pause(PAUSE_MS);
    const some = queue.splice(0, MOST);
    last = some.length;
    const answers = await together(house, served, some).catch(() => some.map(() => alone));
    for (const [index, one] of some.entries()) {
      const answer = answers[index];
      if (answer === alone) await one.alone().then(one.resolve, one.reject);
      else if (answer instanceof Refusal) one.reject(answer);
      else one.resolve(answer);
    }
  }
}

/** One answer for each: what it is answered with, a refusal, or `alone`. */
async function together(house: House, served: ServedRoute, some: readonly Waiting[]): Promise<readonly unknown[]> {
  const [first] = some;
  const run = served.together as ((situations: readonly unknown[]) => Promise<readonly unknown[]>) | undefined;
  // nobody to share with: the ordinary way is the shorter one
  if (!first || !run || some.length === 1) return some.map(() => alone);
  return perform(house, first.actor, async (act) => {
    const claimed = await claim(act.db, served, some, act.now);
    const joined = some.filter((one) => claimed.has(one));
    const situations = joined.map((one) => ({
      ...situationOf(act, one.actor),
      ...one.input,
      ...(one.device ? { device: one.device } : {}),
    }));
    const found = await run(situations);
    const answers = new Map(joined.map((one, index) => [one, found[index]]));
    const done = joined.filter((one) => {
      const answer = answers.get(one);
      return answer !== alone && !(answer instanceof Refusal);
    });
    await auditMany(
      act.db,
      done.flatMap((one) => (one.audit ? [one.audit] : [])),
    );
    await keep(act.db, joined, done, answers);
    return some.map((one) => (claimed.has(one) ? answers.get(one) : alone));
  });
}

const situationOf = (act: Act, actor: Actor): Act => ({ ...act, ...reading(act.house, actor), db: act.db });

/** Whose key is new; who sent none counts as new. The others have been answered before, and get that answer alone. */
async function claim(
  db: Queryable,
  served: ServedRoute,
  some: readonly Waiting[],
  now: Date,
): Promise<ReadonlySet<Waiting>> {
  const keyed = some.filter((one) => one.key !== null);
  if (keyed.length === 0) return new Set(some);
  const claimed = await sql<{ account: string; key: string }>`
    insert into idempotency (jurisdiction, account, key, route, request_hash, created_at)
    select t.jurisdiction, t.account, t.key, ${served.name}, t.hash, ${now}
    from unnest(${keyed.map((one) => one.actor.jurisdiction)}::text[], ${keyed.map((one) => one.actor.accountId)}::text[],
      ${keyed.map((one) => one.key?.text ?? '')}::text[],
      ${keyed.map((one) => sha256(canonical(one.key?.content)))}::text[]) as t (jurisdiction, account, key, hash)
    on conflict do nothing returning account, key`.execute(db);
  const fresh = new Set(claimed.rows.map((row) => `${row.account} ${row.key}`));
  const taken = new Set<string>();
  return new Set(
    some.filter((one) => {
      if (one.key === null) return true;
      const name = `${one.actor.accountId} ${one.key.text}`;
      if (!fresh.has(name) || taken.has(name)) return false;
      taken.add(name);
      return true;
    }),
  );
}

/** Keeps the answers of those that were done under their keys; whoever was not done gives his key back. */
async function keep(
  db: Queryable,
  joined: readonly Waiting[],
  done: readonly Waiting[],
  answers: ReadonlyMap<Waiting, unknown>,
): Promise<void> {
  const keyed = joined.filter((one) => one.key !== null);
  if (keyed.length === 0) return;
  const kept = keyed.filter((one) => done.includes(one));
  const dropped = keyed.filter((one) => !done.includes(one));
  if (kept.length > 0)
    await sql`
      update idempotency i set status = 200, response = t.response
      from unnest(${kept.map((one) => one.actor.jurisdiction)}::text[], ${kept.map((one) => one.actor.accountId)}::text[],
        ${kept.map((one) => one.key?.text ?? '')}::text[], ${kept.map((one) => JSON.stringify(answers.get(one) ?? null))}::jsonb[])
        as t (jurisdiction, account, key, response)
      where i.jurisdiction = t.jurisdiction and i.account = t.account and i.key = t.key`.execute(db);
  if (dropped.length > 0)
    await sql`
      delete from idempotency i using unnest(${dropped.map((one) => one.actor.jurisdiction)}::text[],
        ${dropped.map((one) => one.actor.accountId)}::text[], ${dropped.map((one) => one.key?.text ?? '')}::text[])
        as t (jurisdiction, account, key)
      where i.jurisdiction = t.jurisdiction and i.account = t.account and i.key = t.key`.execute(db);
}
