import type pg from 'pg';

/** Text of each statement that is planned once for a connection → the name under which the server keeps it. */
const names = new Map<string, string>();

/** Makes a statement one whose plan is kept. Throws where its text is one already. */
export function keepPlanOf(text: string, name: string): void {
  if (names.has(text)) throw new Error(`the statement ${name} is prepared twice`);
  names.set(text, name);
}

/** Lets a new connection keep the plans of prepared statements; their texts reach it through kysely, without a name. */
export function keepPlans(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  const named = (...given: unknown[]): unknown => {
    const [text, values] = given;
    const name = typeof text === 'string' && Array.isArray(values) && given.length === 2 ? names.get(text) : undefined;
    return name === undefined ? query(...given) : query({ name, text, values });
  };
  client.query = named as typeof client.query;
}
