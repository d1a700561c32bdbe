import type { Duplex } from 'node:stream';
import type pg from 'pg';

/** A statement planned once for a connection: the name under which the server keeps it, and whether it may wait. */
interface Kept {
  readonly name: string;
  readonly later: boolean;
}

/** By their texts, since these reach a connection through kysely, without a name. */
const kept = new Map<string, Kept>();

/** Makes a statement one whose plan is kept; `later`: see `prepared`. Throws where its text is one already. */
export function keepPlanOf(text: string, name: string, later: boolean): void {
  if (kept.has(text)) throw new Error(`the statement ${name} is prepared twice`);
  kept.set(text, { name, later });
}

interface Statement {
  readonly text: string;
  readonly values: unknown[];
  readonly name?: string;
}

type Answer = Pick<pg.QueryResult, 'command' | 'rowCount' | 'rows'>;
const nothing: Answer = { command: '', rowCount: 0, rows: [] };

/** What the driver has and its declared types leave out. */
type Wire = { pipeline: boolean; connection: { stream: Duplex } };

/** Sends all at once and gives the answer of the last; throws what the first failure was: the server did none after it. */
async function sendAll(
  client: pg.PoolClient,
  query: (statement: Statement) => Promise<Answer>,
  statements: readonly Statement[],
): Promise<Answer> {
  const wire = client as unknown as Wire;
  const { stream } = wire.connection;
  wire.pipeline = true;
  stream.cork();
  const sent = statements.map(query);
  stream.uncork();
  const done = await Promise.allSettled(sent);
  wire.pipeline = false;
  const failed = done.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  const last = done.at(-1);
  return last?.status === 'fulfilled' ? last.value : nothing;
}

/**
 * Lets a new connection keep the plans of prepared statements, and send those whose answer nobody needs together with
 * the next one of the same transaction; so too its beginning. Each message to the database costs both sides a call to
 * the system and a change of process, as much as a small statement costs in all.
 */
export function keepPlans(client: pg.PoolClient): void {
  const plain = client.query.bind(client) as (...given: unknown[]) => Promise<Answer>;
  const query = (statement: Statement): Promise<Answer> => plain(statement);
  let within = false;
  let held: Statement[] = [];
  const send = (statement: Statement): Promise<Answer> => {
    if (held.length === 0) return query(statement);
    const all = [...held, statement];
    held = [];
    return sendAll(client, query, all);
  };
  const ask = (...given: unknown[]): Promise<Answer> => {
    const [text, values] = given;
    // kysely gives both and nothing else; whoever has the connection to himself speaks to it himself
    if (typeof text !== 'string' || !Array.isArray(values) || given.length !== 2) return plain(...given);
    const { name, later = false } = kept.get(text) ?? {};
    const statement: Statement = name === undefined ? { text, values } : { text, values, name };
    if (text === 'begin' || (within && later)) {
      within = true;
      held.push(statement);
      return Promise.resolve(nothing);
    }
    if (text.startsWith('start transaction')) within = true;
    if (text === 'rollback' || text === 'commit') {
      within = false;
      const unbegun = held[0]?.text === 'begin';
      // what is undone before it was sent was never done
      if (text === 'rollback' || (unbegun && held.length === 1)) held = [];
      if (unbegun && held.length === 0) return Promise.resolve(nothing);
    }
    return send(statement);
  };
  client.query = ask as typeof client.query;
}
