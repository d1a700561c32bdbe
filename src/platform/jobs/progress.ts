import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Actor } from '../../kernel/actor.ts';
import { Refusal, type RefusalPlace } from '../../kernel/refusal.ts';
import type { Act, House } from '../act.ts';
import type { Queryable } from '../db/connect.ts';

/** What a piece of long work was asked to do. */
export interface WorkOrder {
  /** 'enterprise.check': the room's own name of it. */
  readonly kind: string;
  /** What the person sees: 核对企业名录「名录.xlsx」. */
  readonly word: string;
  /** Whatever the room wants to read again later; plain JSON. */
  readonly given?: unknown;
  /** The uploaded file that it works on; kept while the row names it. */
  readonly source?: { readonly sha256: string; readonly name: string };
}

/** A running piece of work, in the hands of the one who does it. */
export interface Work {
  readonly house: House;
  readonly actor: Actor;
  readonly id: string;
  /** Begins a step of so many parts (null: nobody knows); shown at once. */
  step(word: string, total?: number | null): Promise<void>;
  /** So many parts of the step are done. Written at most four times a second; lets other requests run in between. */
  reached(done: number): Promise<void>;
  /** Keeps a file that the person can fetch afterwards. */
  report(name: string, bytes: Buffer): Promise<void>;
  /**
   * Marks the work as done inside the transaction that did it, so that neither is saved without the other. Work that
   * writes nothing simply returns its result.
   */
  settle(db: Queryable, result: unknown): Promise<void>;
}

/** Enters a piece of work in the act's transaction; call `startWork` with its id after the commit. Returns the id. */
export async function orderWork(act: Act, order: WorkOrder): Promise<string> {
  const id = randomUUID();
  await sql`
    insert into long_work (jurisdiction, id, kind, word, given, started_by, started_at, state, source_sha256, source_name)
    values (${act.actor.jurisdiction}, ${id}, ${order.kind}, ${order.word}, ${JSON.stringify(order.given ?? {})}::jsonb,
      ${act.actor.accountId}, ${act.now}, 'running', ${order.source?.sha256 ?? null}, ${order.source?.name ?? null})`.execute(
    act.db,
  );
  return id;
}

const underWay = new Map<string, Promise<void>>();

/**
 * Does ordered work in the background. A Refusal thrown by `run` becomes what the person reads; anything else is logged
 * and said as a failure. Call it in `act.afterCommit(async () => startWork(...))`: it returns at once.
 */
export function startWork(house: House, actor: Actor, id: string, run: (work: Work) => Promise<unknown>): void {
  if (underWay.has(id)) return;
  const ended = carryOut(house, actor, id, run).finally(() => underWay.delete(id));
  underWay.set(id, ended);
}

/** Resolves when the work with this id has ended, or at once when it does not run in this process. For tests and stops. */
export const workEnded = (id: string): Promise<void> => underWay.get(id) ?? Promise.resolve();

const PAUSE_MS = 250;

async function carryOut(house: House, actor: Actor, id: string, run: (work: Work) => Promise<unknown>): Promise<void> {
  const where = sql`jurisdiction = ${actor.jurisdiction} and id = ${id} and state = 'running'`;
  let told = 0;
  let settled = false;
  const work: Work = {
    house,
    actor,
    id,
    async step(word, total = null) {
      told = performance.now();
      await sql`update long_work set step = ${word}, done = 0, total = ${total}, heard_at = clock_timestamp()
        where ${where}`.execute(house.db);
    },
    async reached(done) {
      if (settled || performance.now() - told < PAUSE_MS) return;
      told = performance.now();
      await sql`update long_work set done = ${done}, heard_at = clock_timestamp() where ${where}`.execute(house.db);
      await breathe();
    },
    async report(name, bytes) {
      const { sha256 } = await house.files.put(Readable.from([bytes]), bytes.length);
      await sql`update long_work set report_sha256 = ${sha256}, report_name = ${name} where ${where}`.execute(house.db);
    },
    async settle(db, result) {
      settled = true;
      await finish(db, actor, id, 'done', house.clock.now(), { result });
    },
  };
  try {
    const result = await run(work);
    if (!settled) await finish(house.db, actor, id, 'done', house.clock.now(), { result });
  } catch (error) {
    if (!(error instanceof Refusal)) console.error(`long work ${id} failed`, error);
    const refusal =
      error instanceof Refusal
        ? { says: error.says, places: error.places }
        : {
            says: '系统出了差错，这次没有办成，也没有写入任何内容。请稍后再试；如果一再出现，请联系系统管理员。',
            places: [],
          };
    await finish(house.db, actor, id, error instanceof Refusal ? 'refused' : 'failed', house.clock.now(), {
      refusal,
    }).catch((trouble: unknown) => console.error(`long work ${id} could not be ended`, trouble));
  }
}

const finish = (
  db: Queryable,
  actor: Actor,
  id: string,
  state: 'done' | 'refused' | 'failed',
  at: Date,
  outcome: { readonly result?: unknown; readonly refusal?: unknown },
): Promise<unknown> =>
  sql`
    update long_work set state = ${state}, step = '', done = coalesce(total, done), finished_at = ${at},
      heard_at = clock_timestamp(), result = ${outcome.result === undefined ? null : JSON.stringify(outcome.result)}::jsonb,
      refusal = ${outcome.refusal === undefined ? null : JSON.stringify(outcome.refusal)}::jsonb
    where jurisdiction = ${actor.jurisdiction} and id = ${id} and state = 'running'`.execute(db);

/** A piece of work as it now stands; `given` is what the room ordered. */
export interface LongWork {
  readonly id: string;
  readonly kind: string;
  readonly word: string;
  readonly given: unknown;
  readonly state: 'running' | 'done' | 'refused' | 'failed' | 'cut';
  readonly step: string;
  readonly done: number;
  readonly total: number | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly result: unknown;
  readonly refusal: { readonly says: string; readonly places: readonly RefusalPlace[] } | null;
  readonly sourceSha256: string | null;
  readonly sourceName: string | null;
  readonly reportSha256: string | null;
  readonly reportName: string | null;
}

/** Running work that has said nothing for so long was cut off with its process: steps speak far more often. */
const SILENT = sql`interval '5 minutes'`;

/** The person's own work, newest first; with `id` only that one. Nobody sees another person's. */
export async function workOf(
  db: Queryable,
  actor: Actor,
  filter: { readonly id?: string; readonly kind?: string },
): Promise<readonly LongWork[]> {
  const found = await sql<LongWork>`
    select id, kind, word, given, case when state = 'running' and heard_at < clock_timestamp() - ${SILENT} then 'cut' else state end as state,
      step, done, total, started_at as "startedAt", finished_at as "finishedAt", result, refusal,
      source_sha256 as "sourceSha256", source_name as "sourceName", report_sha256 as "reportSha256", report_name as "reportName"
    from long_work
    where jurisdiction = ${actor.jurisdiction} and started_by = ${actor.accountId}
      ${filter.id === undefined ? sql`` : sql`and id = ${filter.id}`}
      ${filter.kind === undefined ? sql`` : sql`and kind = ${filter.kind}`}
    order by started_at desc limit 20`.execute(db);
  return found.rows;
}
