import { sql } from 'kysely';
import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Act, Device, House } from '../act.ts';
import type { Queryable } from '../db/connect.ts';
import { prepared } from '../db/prepared.ts';
import { canonical, sha256 } from '../facts/canonical.ts';
import { perform, reading } from '../perform.ts';
import { type AuditEntry, outside } from './audit.ts';
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

/** Requests of one government for one route, and how they are being done. */
interface Queue {
  readonly waiting: Waiting[];
  /** Transactions under way, and the requests of the one that was begun last. */
  running: number;
  last: number;
  /** Whether somebody will look at what waits as soon as everything that has arrived was read. */
  woken: boolean;
}

/** Requests of one transaction: more would make the first of them wait. */
const MOST = 64;
/** While one transaction is being saved the next is prepared; more would only wait for each other's numbers. */
const AT_ONCE = 2;

/** What fails where a key was used before. */
const KEYS = 'idempotency_pkey';

const queues = new WeakMap<House, Map<string, Queue>>();

/**
 * Does requests that arrive at the same time in one transaction: the log of the database is flushed once for all of them,
 * and the row that gives numbers is held once. One that is refused does not keep the others from being done; whose key was
 * used before gets his answer of then; if anything unforeseen happens, each is done on its own.
 */
export function gather(house: House, served: ServedRoute, joining: Joining): Promise<unknown> {
  const byName = queues.get(house) ?? new Map<string, Queue>();
  queues.set(house, byName);
  const name = `${served.name} ${joining.actor.jurisdiction}`;
  const queue = byName.get(name) ?? { waiting: [], running: 0, last: 0, woken: false };
  byName.set(name, queue);
  return new Promise((resolve, reject) => {
    queue.waiting.push({ ...joining, resolve, reject });
    if (queue.woken) return;
    queue.woken = true;
    setImmediate(() => {
      queue.woken = false;
      begin(house, served, queue);
    });
  });
}

/** Begins as many transactions as may run; a second one when as many wait for it as are in the first. */
function begin(house: House, served: ServedRoute, queue: Queue): void {
  const { waiting } = queue;
  while (waiting.length > 0 && (queue.running === 0 || (queue.running < AT_ONCE && waiting.length >= queue.last))) {
    const some = waiting.splice(0, MOST);
    queue.running += 1;
    queue.last = some.length;
    void answerAll(house, served, some).finally(() => {
      queue.running -= 1;
      begin(house, served, queue);
    });
  }
}

const claimOf = (one: Waiting): string => `${one.actor.accountId} ${one.key?.text}`;

/** Answers everybody; who could not be answered with the others is done on his own afterwards. */
async function answerAll(house: House, served: ServedRoute, some: readonly Waiting[]): Promise<void> {
  const claimed = new Set<string>();
  let joined = some.filter((one) => {
    if (one.key === null) return true;
    const fresh = !claimed.has(claimOf(one));
    claimed.add(claimOf(one));
    return fresh;
  });
  let answers: ReadonlyMap<Waiting, unknown> = new Map();
  while (joined.length > 0) {
    try {
      answers = await together(house, served, joined);
      break;
    } catch (error) {
      // one of the keys was used before: nothing was done, and the others are done without it
      const used = (error as { constraint?: string }).constraint === KEYS ? await usedBefore(house, joined) : null;
      joined = used?.size ? joined.filter((one) => one.key === null || !used.has(claimOf(one))) : [];
    }
  }
  const left: Waiting[] = [];
  for (const one of some) {
    const answer = answers.has(one) ? answers.get(one) : alone;
    if (answer === alone) left.push(one);
    else if (answer instanceof Refusal) one.reject(answer);
    else one.resolve(answer);
  }
  for (const one of left) await one.alone().then(one.resolve, one.reject);
}

/** One answer for each: what it is answered with, a refusal, or `alone`. */
async function together(
  house: House,
  served: ServedRoute,
  some: readonly Waiting[],
): Promise<ReadonlyMap<Waiting, unknown>> {
  const [first] = some;
  const run = served.together as ((situations: readonly unknown[]) => Promise<readonly unknown[]>) | undefined;
  if (!first || !run) return new Map();
  return perform(house, first.actor, async (act) => {
    const found = await run(
      some.map((one) => ({
        ...situationOf(act, one.actor),
        ...one.input,
        ...(one.device ? { device: one.device } : {}),
      })),
    );
    const answers = new Map(some.map((one, index) => [one, found[index]]));
    const done = some.filter((one) => {
      const answer = answers.get(one);
      return answer !== alone && !(answer instanceof Refusal);
    });
    await note(act.db, served, act.now, done, answers);
    return answers;
  });
}

const situationOf = (act: Act, actor: Actor): Act => ({ ...act, ...reading(act.house, actor), db: act.db });

const noteAll = prepared(
  'note-done-together',
  `with audited as (
    insert into audit_entry (jurisdiction, at, account_id, account_name, action, route, target, outcome, says, address)
    select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
      $9::text[], $10::text[]))
  insert into idempotency (jurisdiction, account, key, route, request_hash, status, response, created_at)
  select t.jurisdiction, t.account, t.key, $11, t.hash, 200, t.response, $12
  from unnest($13::text[], $14::text[], $15::text[], $16::text[], $17::jsonb[]) as t (jurisdiction, account, key, hash, response)`,
  { later: true },
);

/** The audit lines of those that were done, and their answers under their keys; a key used before fails the transaction. */
async function note(
  db: Queryable,
  served: ServedRoute,
  now: Date,
  done: readonly Waiting[],
  answers: ReadonlyMap<Waiting, unknown>,
): Promise<void> {
  if (done.length === 0) return;
  const lines = done.flatMap((one) => (one.audit ? [one.audit] : []));
  const of = <T>(value: (line: AuditEntry) => T): T[] => lines.map(value);
  // in one order, so that two transactions never wait for each other's keys in a circle
  const keyed = done
    .flatMap((one) => (one.key === null ? [] : [{ one, key: one.key, claim: claimOf(one) }]))
    .sort((a, b) => (a.claim < b.claim ? -1 : 1));
  await noteAll(db, [
    of((line) => line.actor?.jurisdiction ?? outside),
    of((line) => line.at),
    of((line) => line.actor?.accountId ?? null),
    of((line) => line.actor?.name ?? null),
    of((line) => line.action),
    of((line) => line.route),
    of((line) => line.target),
    of((line) => line.outcome),
    of((line) => line.says),
    of((line) => line.address),
    served.name,
    now,
    keyed.map(({ one }) => one.actor.jurisdiction),
    keyed.map(({ one }) => one.actor.accountId),
    keyed.map(({ key }) => key.text),
    keyed.map(({ key }) => sha256(canonical(key.content))),
    keyed.map(({ one }) => JSON.stringify(answers.get(one) ?? null)),
  ]);
}

/** Those whose key was used before. */
async function usedBefore(house: House, some: readonly Waiting[]): Promise<ReadonlySet<string>> {
  const keyed = some.flatMap((one) => (one.key === null ? [] : [{ one, key: one.key.text }]));
  const found = await sql<{ account: string; key: string }>`
    select account, key from idempotency where (jurisdiction, account, key) in (
      select * from unnest(${keyed.map(({ one }) => one.actor.jurisdiction)}::text[],
        ${keyed.map(({ one }) => one.actor.accountId)}::text[], ${keyed.map(({ key }) => key)}::text[]))`.execute(
    house.db,
  );
  const used = new Set(found.rows.map((row) => `${row.account} ${row.key}`));
  return new Set(keyed.flatMap(({ one }) => (used.has(claimOf(one)) ? [claimOf(one)] : [])));
}
