import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import pg from 'pg';

/** What the bench asks this process to do; it answers with how many were done and how long each took. */
export type Order =
  | {
      readonly what: 'register';
      readonly port: number;
      readonly clients: number;
      readonly seconds: number;
      readonly bodies: readonly object[];
    }
  | { readonly what: 'bare'; readonly url: string; readonly clients: number; readonly seconds: number };

export interface Done {
  readonly count: number;
  readonly seconds: number;
  readonly refused: string | null;
}

const post = (agent: Agent, port: number, body: object): Promise<string | null> =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify({ ...body, id: randomUUID() });
    const sent = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/api/problems',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
          cookie: 'guatu=0',
          'x-guatu': '1',
          'idempotency-key': randomUUID(),
        },
      },
      (answer) => {
        let said = '';
        answer.on('data', (part) => {
          said += part;
        });
        answer.on('end', () => resolve(answer.statusCode === 200 ? null : said));
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });

/** Every client begins the next one when the last is answered. */
async function drive(clients: number, seconds: number, one: (client: number) => Promise<string | null>): Promise<Done> {
  const begun = performance.now();
  const end = begun + seconds * 1000;
  let count = 0;
  let refused: string | null = null;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < end && refused === null) {
        refused = (await one(client)) ?? refused;
        count += 1;
      }
    }),
  );
  return { count, seconds: (performance.now() - begun) / 1000, refused };
}

async function register({ port, clients, seconds, bodies }: Extract<Order, { what: 'register' }>): Promise<Done> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  let at = 0;
  const done = await drive(clients, seconds, () => post(agent, port, bodies[at++ % bodies.length] ?? {}));
  agent.destroy();
  return done;
}

/** Two inserts and a commit, nothing else. */
async function bare({ url, clients, seconds }: Extract<Order, { what: 'bare' }>): Promise<Done> {
  const open = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const text = '现场检查发现配电箱未接地，要求立即整改。';
  const done = await drive(clients, seconds, async (at) => {
    const client = open[at];
    const id = randomUUID();
    await client?.query('begin');
    await client?.query({ name: 'one', text: 'insert into bench_one values ($1, $2)', values: [id, text] });
    await client?.query({ name: 'two', text: 'insert into bench_two values ($1, $2)', values: [id, text] });
    await client?.query('commit');
    return null;
  });
  await Promise.all(open.map((client) => client.end()));
  return done;
}

process.on('message', (order: Order) => {
  void (order.what === 'register' ? register(order) : bare(order)).then((done) => {
    process.send?.(done);
    process.disconnect();
  });
});
