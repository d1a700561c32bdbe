import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/guatu', import.meta.url));

/** A data folder of its own that the database's user can enter, also when tests run as root. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'guatu-app-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** The environment of this process without settings of the product, so that a developer's own do not leak in. */
function environment(own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { DATABASE_URL: _url, GUATU_TODAY: _today, GUATU_DATA: _data, PORT: _port, HOST: _host, ...rest } = process.env;
  // nothing goes on in the background of a test unless it asks for it
  return { ...rest, GUATU_DEMO_PROBLEMS: '0', ...own };
}

/** A process of the product with everything that it says. */
export interface Running {
  readonly child: ChildProcess;
  said(): string;
  /** Waits for a line; fails with all that was said when the process ends or `seconds` pass before. */
  until(line: RegExp, seconds?: number): Promise<RegExpExecArray>;
  readonly ended: Promise<number | null>;
}

/** Starts one command of `bin/guatu`. */
export function begin(args: readonly string[], env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [program, ...args], {
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const hear = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const until = (line: RegExp, seconds = 90): Promise<RegExpExecArray> =>
    new Promise((done, failed) => {
      const look = (): void => {
        const hit = line.exec(text);
        if (hit) finish(() => done(hit));
      };
      const finish = (answer: () => void): void => {
        clearTimeout(timer);
        child.stdout.off('data', look);
        child.stderr.off('data', look);
        answer();
      };
      const fail = (why: string) => finish(() => failed(new Error(`${why} before ${line}: ${text}`)));
      const timer = setTimeout(() => fail(`${seconds} s passed`), seconds * 1000);
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      void ended.then(() => fail('the process ended'));
      look();
    });
  return { child, said: () => text, until, ended };
}

/** Runs one command to its end: exit code, and all that it said. */
export async function guatu(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; said: string }> {
  const running = begin(args, env);
  return { code: await running.ended, said: running.said() };
}

/** Starts the product on a free port and waits until it answers. */
export async function startProduct(
  dataDir: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Running & { readonly origin: string }> {
  const running = begin(['start', ...args], { GUATU_DATA: dataDir, PORT: '0', ...env });
  const [, origin = ''] = await running.until(/挂图已启动（[\d.]+ 秒）：(http\S+)/);
  return { ...running, origin };
}

/** Stops a process in order; gives its exit code. */
export async function stop(running: Running): Promise<number | null> {
  running.child.kill('SIGTERM');
  return running.ended;
}

/** The accounts that a new demonstration shows on the terminal. */
export const accountsIn = (said: string): readonly { login: string; password: string; role: string }[] =>
  [...said.matchAll(/^ {2}(\S+) +(\S+) +(\S+) /gm)].map(([, login = '', password = '', role = '']) => ({
    login,
    password,
    role,
  }));

/** What the product answered; `body` is empty for what is no JSON. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : {} };
}

/** Signs in as a page does; gives the cookie. */
export async function signIn(origin: string, login: string, password: string): Promise<string> {
  const response = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-guatu': '1' },
    body: JSON.stringify({ login, password }),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`${login} did not get in: ${response.status} ${await response.text()}`);
  return cookie;
}

/** One request as a page makes it; a form is sent as multipart, anything else as JSON. */
export async function ask(
  origin: string,
  cookie: string,
  path: string,
  send?: { readonly body: object; readonly key?: string; readonly signal?: AbortSignal },
): Promise<Answer> {
  const form = send?.body instanceof FormData ? send.body : null;
  const response = await fetch(`${origin}${path}`, {
    method: send ? 'POST' : 'GET',
    headers: {
      cookie,
      'x-guatu': '1',
      ...(send && !form ? { 'content-type': 'application/json' } : {}),
      ...(send?.key ? { 'idempotency-key': send.key } : {}),
    },
    ...(send ? { body: form ?? JSON.stringify(send.body) } : {}),
    ...(send?.signal ? { signal: send.signal } : {}),
  });
  return answerOf(response);
}

/** A form with one file, as the upload of a page sends it. */
export function formOf(
  name: string,
  content: string | Uint8Array,
  fields: Readonly<Record<string, string>> = {},
): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set('file', new Blob([Buffer.from(content)]), name);
  return form;
}
