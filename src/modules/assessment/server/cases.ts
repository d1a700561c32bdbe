import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import { notFound } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { refuseStale } from '../../../platform/case.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { nextNumbers } from '../../../platform/db/number.ts';
import { announce } from '../../../platform/facts/record.ts';
import type { ItemDone } from './sheet-acts.ts';

/** One award or one assessment of a leader as it is kept. */
export interface Kept<State extends string, Body> {
  readonly id: string;
  readonly number: string;
  readonly state: State;
  readonly year: number;
  readonly units: readonly string[];
  readonly personId: string | null;
  readonly body: Body;
  readonly version: number;
  readonly createdByName: string;
  readonly createdOn: Day;
}

export interface Fact {
  readonly kind: string;
  readonly says: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const columns = sql`t.id, t.number, t.state, t.year, t.units, t.person_id as "personId", t.body, t.version,
  t.created_by_name as "createdByName", t.created_on as "createdOn"`;

/** Everything that the room does with one of the two tables; who may see a case the caller makes sure of. */
export function casesOf<State extends string, Body>(of: {
  readonly kind: string;
  readonly table: 'award' | 'leader_review';
  readonly noun: string;
  readonly series: string;
}) {
  type One = Kept<State, Body>;
  const table = sql.table(of.table);
  const unknown = () => notFound(`没有找到这项${of.noun}，可能编号有误，或者它不在您能查看的范围内。`);
  async function where(db: Queryable, jurisdiction: string, condition: RawBuilder<unknown>): Promise<One[]> {
    const found =
      await sql<One>`select ${columns} from ${table} t where t.jurisdiction = ${jurisdiction} and ${condition}
      order by t.year desc, t.number desc limit 1000`.execute(db);
    return found.rows;
  }
  async function byId(db: Queryable, jurisdiction: string, id: string, lock = false): Promise<One> {
    if (!uuid.test(id)) throw unknown();
    const found =
      await sql<One>`select ${columns} from ${table} t where t.jurisdiction = ${jurisdiction} and t.id = ${id}
      ${lock ? sql`for update` : sql``}`.execute(db);
    const [row] = found.rows;
    if (!row) throw unknown();
    return row;
  }
  return {
    ...of,
    unknown,
    where,
    byId,
    /** Loads and locks a case of the actor's own government. */
    async load(act: Act, seen: { readonly id: string; readonly version?: number }): Promise<One> {
      const one = await byId(act.db, act.actor.jurisdiction, seen.id, true);
      await refuseStale(act, of.noun, { ...one, kind: of.kind }, seen.version);
      return one;
    },
    async make(
      act: Act,
      input: Pick<One, 'state' | 'year' | 'units' | 'personId' | 'body'>,
      fact: (number: string) => Fact,
    ): Promise<ItemDone> {
      const { actor } = act;
      const [number = ''] = await nextNumbers(act.db, actor.jurisdiction, of.series, input.year, 1);
      const id = randomUUID();
      await sql`
        insert into ${table} (jurisdiction, id, number, state, year, units, person_id, body, created_by, created_by_name,
          created_on, created_at)
        values (${actor.jurisdiction}, ${id}, ${number}, ${input.state}, ${input.year}, ${[...input.units]}::uuid[],
          ${input.personId}, ${JSON.stringify(input.body)}::jsonb, ${actor.accountId}, ${actor.name}, ${act.day},
          ${act.now})`.execute(act.db);
      const { data, ...told } = fact(number);
      await announce(act, {
        item: { kind: of.kind, id },
        ...told,
        to: input.state,
        data: { version: 1, number, ...data },
      });
      return { id, number, version: 1, state: input.state };
    },
    /** Writes the case as it now is and announces what happened; `before` was locked. */
    async save(
      act: Act,
      before: One,
      after: { readonly state: State; readonly body: Body; readonly units?: readonly string[] },
      { data, ...fact }: Fact,
    ): Promise<ItemDone> {
      const version = before.version + 1;
      await sql`update ${table} set state = ${after.state}, body = ${JSON.stringify(after.body)}::jsonb,
          units = ${[...(after.units ?? before.units)]}::uuid[], version = ${version}
        where jurisdiction = ${act.actor.jurisdiction} and id = ${before.id}`.execute(act.db);
      await announce(act, {
        item: { kind: of.kind, id: before.id },
        ...fact,
        from: before.state,
        to: after.state,
        data: { version, number: before.number, ...data },
      });
      return { id: before.id, number: before.number, version, state: after.state };
    },
  };
}

/** Files of an item, the oldest first. */
export async function filesOfItem(db: Queryable, jurisdiction: string, kind: string, id: string) {
  const found = await sql<{ id: string; name: string; size: number; type: string }>`
    select id, name, size::int as size, type from file
    where jurisdiction = ${jurisdiction} and item_kind = ${kind} and item_id = ${id} order by uploaded_at, id`.execute(
    db,
  );
  return found.rows;
}

/** What was done to an item, the newest first. */
export async function factsShown(db: Queryable, jurisdiction: string, kind: string, id: string) {
  const found = await sql<{
    seq: number;
    at: Date;
    day: string;
    kind: string;
    says: string;
    actorName: string;
    unitName: string | null;
  }>`select seq, at, day, kind, says, actor_name as "actorName", unit_name as "unitName" from fact
    where jurisdiction = ${jurisdiction} and item_kind = ${kind} and item_id = ${id} order by seq desc limit 300`.execute(
    db,
  );
  return found.rows.map((one) => ({ ...one, at: one.at.toISOString() }));
}
