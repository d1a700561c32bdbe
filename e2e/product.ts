import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import type { ResponseOf } from '../src/kernel/contract.ts';
import type { accessApi } from '../src/modules/access/api.ts';

const root = resolve(import.meta.dirname, '..');

/** The product as a person starts it: its own process, its own data folder. */
export interface Product {
  readonly origin: string;
  readonly dataDir: string;
  /** Everything that the terminal showed so far. */
  readonly terminal: () => string;
  /** Stops the process in order; the data folder stays, so that it can be started again. */
  stop(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** A process of the product that ended by itself, with what it said. */
export async function runToEnd(args: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [join(root, 'bin/guatu'), ...args], { env: environment(env) });
  const said = listen(child);
  const code = await new Promise<number | null>((done) => child.once('exit', done));
  return { code, said: said() };
}

function listen(child: ChildProcess): () => string {
  let text = '';
  const take = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  return () => text;
}

/** The environment of this process without settings of the product, so that a developer's own do not leak in. */
function environment(own: Record<string, string>): NodeJS.ProcessEnv {
  const { DATABASE_URL: _url, GUATU_TODAY: _today, GUATU_DATA: _data, PORT: _port, ...rest } = process.env;
  return { ...rest, TZ: 'Asia/Shanghai', ...own };
}

/**
 * Starts the product on a free port and waits until it says that it is open. Without `dataDir` the folder is a new and
 * empty one, so that a demonstration begins, or with `empty` a real installation.
 */
export async function startProduct(
  options: {
    readonly dataDir?: string;
    readonly today?: string;
    readonly empty?: boolean;
    /** How many problems the demonstration tells of its year. */
    readonly problems?: number;
  } = {},
): Promise<Product> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'guatu-e2e-'));
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, 'bin/guatu'), 'start', ...(options.empty ? ['--empty'] : [])], {
    cwd: root,
    env: environment({
      PORT: String(port),
      GUATU_DATA: dataDir,
      // a year of few problems: the flows need some of each kind, not a full ledger
      GUATU_DEMO_PROBLEMS: String(options.problems ?? 300),
      ...(options.today ? { GUATU_TODAY: options.today } : {}),
    }),
  });
  const terminal = listen(child);
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  };
  const deadline = Date.now() + 150_000;
  while (!/挂图已启动/.test(terminal())) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`the product did not start:\n${terminal()}`);
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    dataDir,
    terminal,
    stop,
    remove: async () => {
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The accounts that a demonstration shows on its login page. */
export async function shownAccounts(product: Product) {
  const view = (await (await fetch(`${product.origin}/api/session`)).json()) as ResponseOf<
    typeof accessApi.readSession
  >;
  return view.demoAccounts ?? [];
}

/** Somebody at the API, as a page would be: with a cookie, and with a new key for each act. */
export class Caller {
  #cookie = '';
  readonly #origin: string;
  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Sends one request; a body makes it JSON. */
  async send(method: string, path: string, body?: unknown): Promise<Response> {
    const answer = await fetch(`${this.#origin}${path}`, {
      method,
      headers: {
        'x-guatu': '1',
        ...(this.#cookie ? { cookie: this.#cookie } : {}),
        ...(method === 'GET' ? {} : { 'idempotency-key': crypto.randomUUID() }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const set = answer.headers.getSetCookie().find((one) => one.startsWith('guatu='));
    if (set) this.#cookie = set.split(';')[0] ?? '';
    return answer;
  }

  /** The JSON of a request that must succeed. */
  async get<T>(path: string): Promise<T> {
    const answer = await this.send('GET', path);
    expect(answer.status, `${path}: ${answer.status}`).toBe(200);
    return (await answer.json()) as T;
  }

  async act<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown): Promise<T> {
    const answer = await this.send(method, path, body);
    const said = await answer.text();
    expect(answer.status, `${path}: ${said}`).toBe(200);
    return JSON.parse(said || 'null') as T;
  }

  signIn(login: string, password: string): Promise<unknown> {
    return this.act('POST', '/api/session', { login, password });
  }
}
