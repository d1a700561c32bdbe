import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Day, yearOf } from '../../../kernel/day.ts';
import { holds } from '../../../kernel/permission.ts';
import { notFound, Refusal } from '../../../kernel/refusal.ts';
import { ownJurisdiction, type Scope } from '../../../kernel/scope.ts';
import type { Act, ItemKind, Reading, RecordLoader } from '../../../platform/act.ts';
import { refuseStale } from '../../../platform/case.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { nextNumbers } from '../../../platform/db/number.ts';
import { announce } from '../../../platform/facts/record.ts';
import { meetingsPermissions } from '../permissions.ts';

/** One case of this room as it is kept: what lists and scopes ask beside what it is. */
export interface Kept<State extends string, Body> {
  readonly id: string;
  readonly jurisdiction: string;
  readonly number: string;
  readonly state: State;
  readonly year: number;
  readonly on: Day;
  readonly units: readonly string[];
  readonly body: Body;
  readonly version: number;
  readonly createdByName: string;
}

/** What every changing route answers. */
export interface Done {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly state: string;
}

/** Which case, and the version that the person had before his eyes. */
export interface Seen {
  readonly id: string;
  readonly version: number;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Rows that the scope lets be seen: all of its governments, or those in which one of its units takes part. */
export const within = (scope: Scope) =>
  scope.units === 'all'
    ? sql<boolean>`t.jurisdiction = any(${[...scope.jurisdictions]}::text[])`
    : sql<boolean>`t.jurisdiction = any(${[...scope.jurisdictions]}::text[]) and t.units && ${[...scope.units]}::uuid[]`;

const columns = sql`t.id, t.jurisdiction, t.number, t.state, t.year, t.on_day as "on", t.units, t.body, t.version,
  t.created_by_name as "createdByName"`;

/** The one row of each item of a table whose items are their rows. */
export const rowRecord =
  (table: string): RecordLoader =>
  async (db, jurisdiction, ids) => {
    const found = await sql<{ id: string; record: unknown }>`
      select t.id, to_jsonb(t) as record from ${sql.table(table)} t
      where t.jurisdiction = ${jurisdiction} and t.id = any(${ids}::uuid[])`.execute(db);
    return new Map(found.rows.map((row) => [row.id, row.record]));
  };

/** Store of one kind of case: everything that the room does with its table goes through here. */
export function casesOf<State extends string, Body>(of: {
  readonly kind: string;
  readonly table: string;
  /** 会议: in sentences. */
  readonly noun: string;
  /** Series of the human numbers. */
  readonly series: string;
  /** Permission that reading asks. */
  readonly read: string;
}) {
  type One = Kept<State, Body>;
  const table = sql.table(of.table);
  const unknown = () => notFound(`没有找到这份${of.noun}，可能编号有误，或者它不在您能查看的范围内。`);

  async function byId(db: Queryable, scope: Scope, id: string, lock = false): Promise<One> {
    if (!uuid.test(id)) throw unknown();
    const found = await sql<One>`select ${columns} from ${table} t where ${within(scope)} and t.id = ${id}
      ${lock ? sql`for update` : sql``}`.execute(db);
    const row = found.rows[0];
    if (!row) throw unknown();
    return row;
  }

  return {
    ...of,
    byId,
    /** Loads and locks a case of the actor's own government that he may see. */
    async load(act: Act, seen: { readonly id: string; readonly version?: number }): Promise<One> {
      const one = await byId(act.db, ownJurisdiction(act.scope, act.actor), seen.id, true);
      await refuseStale(act, of.noun, { ...one, kind: of.kind }, seen.version);
      return one;
    },
    /** Makes a case with its number and its first fact. */
    async make(
      act: Act,
      input: {
        readonly id?: string;
        readonly state: State;
        readonly on: string;
        readonly year?: number;
        readonly units: readonly (string | null)[];
        readonly body: Body;
      },
      fact: { readonly kind: string; readonly says: (number: string) => string },
    ): Promise<One> {
      const { actor } = act;
      const year = input.year ?? yearOf(input.on as Day);
      const [number = ''] = await nextNumbers(act.db, actor.jurisdiction, of.series, yearOf(act.day), 1);
      const id = input.id ?? randomUUID();
      const units = unitsOf(input.units);
      await sql`
        insert into ${table} (jurisdiction, id, number, state, year, on_day, units, body, created_by, created_by_name, created_at)
        values (${actor.jurisdiction}, ${id}, ${number}, ${input.state}, ${year}, ${input.on}, ${units}::uuid[],
          ${JSON.stringify(input.body)}::jsonb, ${actor.accountId}, ${actor.name}, ${act.now})`.execute(act.db);
      await announce(act, {
        item: { kind: of.kind, id },
        kind: fact.kind,
        says: fact.says(number),
        to: input.state,
        data: { version: 1, number },
      });
      return {
        id,
        jurisdiction: actor.jurisdiction,
        number,
        state: input.state,
        year,
        on: input.on as Day,
        units,
        body: input.body,
        version: 1,
        createdByName: actor.name,
      };
    },
    /** Writes the case as it now is and announces what happened; `before` was locked. */
    async save(
      act: Act,
      before: One,
      changes: {
        readonly state?: State;
        readonly on?: string;
        readonly units?: readonly (string | null)[];
        readonly body?: Partial<Body>;
      },
      fact: { readonly kind: string; readonly says: string; readonly data?: Readonly<Record<string, unknown>> },
    ): Promise<Done> {
      const state = changes.state ?? before.state;
      const version = before.version + 1;
      const units = changes.units ? unitsOf(changes.units) : before.units;
      await sql`
        update ${table} set state = ${state}, on_day = ${changes.on ?? before.on}, units = ${[...units]}::uuid[],
          body = ${JSON.stringify({ ...before.body, ...changes.body })}::jsonb, version = ${version}
        where jurisdiction = ${before.jurisdiction} and id = ${before.id}`.execute(act.db);
      await announce(act, {
        item: { kind: of.kind, id: before.id },
        kind: fact.kind,
        says: fact.says,
        from: before.state,
        to: state,
        data: { version, number: before.number, ...fact.data },
      });
      return { id: before.id, number: before.number, version, state };
    },
    /** Cases in sight, the latest day first, at most 2,000. */
    async list(
      db: Queryable,
      scope: Scope,
      asked: {
        readonly from?: string;
        readonly to?: string;
        readonly states?: readonly State[];
        readonly year?: number;
      } = {},
    ): Promise<One[]> {
      const { from = null, to = null, states = null, year = null } = asked;
      const found = await sql<One>`select ${columns} from ${table} t where ${within(scope)}
        and (${from}::date is null or t.on_day >= ${from}::date) and (${to}::date is null or t.on_day <= ${to}::date)
        and (${year}::int is null or t.year = ${year}::int)
        and (${states === null ? null : [...states]}::text[] is null or t.state = any(${states === null ? null : [...states]}::text[]))
        order by t.on_day desc, t.number desc limit 2000`.execute(db);
      return found.rows;
    },
    /** The kind of item for the platform. */
    item(): ItemKind {
      return {
        record: rowRecord(of.table),
        table: of.table,
        called: { word: of.noun, column: 'number' },
        series: of.series,
        sight: (reading: Reading, id: string) => seen(reading, of.read, () => byId(reading.db, reading.scope, id)),
      };
    },
  };
}

async function seen(reading: Reading, permission: string, find: () => Promise<unknown>): Promise<boolean> {
  if (!holds(meetingsPermissions, reading.actor, permission)) return false;
  try {
    await find();
    return true;
  } catch (refused) {
    if (refused instanceof Refusal) return false;
    throw refused;
  }
}

const unitsOf = (units: readonly (string | null)[]): string[] => [
  ...new Set(units.filter((one): one is string => one !== null)),
];

/** What every page of a case shows beside what is its own. */
export async function recordOf(db: Queryable, jurisdiction: string, kind: string, id: string) {
  const [facts, files] = await Promise.all([
    sql<{ seq: number; at: Date; day: string; kind: string; says: string; actorName: string; unitName: string | null }>`
      select seq, at, day, kind, says, actor_name as "actorName", unit_name as "unitName" from fact
      where jurisdiction = ${jurisdiction} and item_kind = ${kind} and item_id = ${id} order by seq desc limit 500`.execute(
      db,
    ),
    sql<{ id: string; name: string; size: number; type: string }>`
      select id, name, size::int as size, type from file
      where jurisdiction = ${jurisdiction} and item_kind = ${kind} and item_id = ${id} order by uploaded_at, id limit 500`.execute(
      db,
    ),
  ]);
  return { facts: facts.rows.map((one) => ({ ...one, at: one.at.toISOString() })), files: files.rows };
}
