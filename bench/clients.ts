import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import pg from 'pg';
import { newKey } from '../src/platform/web/key.ts';

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

/** A connection that is kept open (ids and keys are made as pages and phones make them), on which one request after the other is sent: as lean as the driver of the bare clients. */
class Caller {
  readonly #socket: Socket;
  #said = '';
  #answered: ((answer: { status: number; body: string }) => void) | null = null;
  #failed: ((error: Error) => void) | null = null;

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.setEncoding('utf8');
    this.#socket.on('data', (part: string) => this.#hear(part));
    this.#socket.on('error', (error) => this.#failed?.(error));
    this.#socket.on('close', () => this.#failed?.(new Error('the server closed the connection')));
  }

  #hear(part: string): void {
    this.#said += part;
    const end = this.#said.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.#said.slice(0, end))?.[1] ?? Number.NaN);
    if (Number.isNaN(length)) {
      this.#failed?.(new Error('an answer without length'));
      return;
    }
    const body = this.#said.slice(end + 4);
    if (Buffer.byteLength(body) < length) return;
    const status = Number(this.#said.slice(9, 12));
    this.#said = '';
    this.#answered?.({ status, body });
  }

  /** Null where it was registered, else what was answered. */
  post(body: object): Promise<string | null> {
    const text = JSON.stringify({ ...body, id: newKey() });
    return new Promise((resolve, reject) => {
      this.#failed = reject;
      this.#answered = (answer) => resolve(answer.status === 200 ? null : answer.body);
      this.#socket.write(
        `POST /api/problems HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncookie: guatu=0\r\nx-guatu: 1\r\n` +
          `idempotency-key: ${newKey()}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
      );
    });
  }

  end(): void {
    this.#failed = null;
    this.#socket.destroy();
  }
}

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
  const callers = Array.from({ length: clients }, () => new Caller(port));
  let at = 0;
  const done = await drive(
    clients,
    seconds,
    (client) => callers[client]?.post(bodies[at++ % bodies.length] ?? {}) ?? Promise.resolve('no such client'),
  );
  for (const caller of callers) caller.end();
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
