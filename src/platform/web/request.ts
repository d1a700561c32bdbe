import { newKey } from './key.ts';
import { asRefused, RefusedError, refusedFrom, unreachable } from './refused.ts';

/** One request before it is sent. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly address: string;
  /** JSON body, or a form with a file. */
  readonly body?: unknown;
  readonly form?: FormData;
  /** Reused when the same act is sent again, so that it takes effect once. */
  readonly key?: string;
  readonly signal?: AbortSignal;
  /** Share of the upload already sent, 0–1. */
  readonly onProgress?: (share: number) => void;
  /** The answer is a file. */
  readonly asFile?: boolean;
  /** A route open to everyone: a refusal is shown where it happened and does not open the sign-in dialog. */
  readonly open?: boolean;
}

/** A file that the server sent. */
export interface ReceivedFile {
  readonly name: string;
  readonly blob: Blob;
}

let signInAgain: (() => Promise<void>) | null = null;
let waiting: Promise<void> | null = null;

/** The shell registers how a person signs in again over the open page; resolves when he has, rejects when he gave up. */
export function onSignedOut(ask: (() => Promise<void>) | null): void {
  signInAgain = ask;
}

function askOnce(ask: () => Promise<void>): Promise<void> {
  waiting ??= ask().finally(() => {
    waiting = null;
  });
  return waiting;
}

function nameIn(disposition: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1] ?? '下载文件';
}

function headersOf(request: Request): Record<string, string> {
  const headers: Record<string, string> = { 'x-guatu': '1', accept: request.asFile ? '*/*' : 'application/json' };
  if (request.method !== 'GET' && request.key !== undefined) headers['idempotency-key'] = request.key;
  if (request.body !== undefined) headers['content-type'] = 'application/json';
  return headers;
}

const parsed = (text: string): unknown => {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

async function byFetch(request: Request): Promise<unknown> {
  let answer: Response;
  let text = '';
  try {
    answer = await fetch(request.address, {
      method: request.method,
      headers: headersOf(request),
      body: request.form ?? (request.body === undefined ? null : JSON.stringify(request.body)),
      credentials: 'same-origin',
      signal: request.signal ?? null,
    });
    if (answer.ok && request.asFile) {
      return { name: nameIn(answer.headers.get('content-disposition')), blob: await answer.blob() };
    }
    text = await answer.text();
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown;
    throw unreachable();
  }
  const body = parsed(text);
  if (!answer.ok) throw refusedFrom(answer.status, body);
  if (text !== '' && body === undefined) throw refusedFrom(500, undefined);
  return body;
}

/** `fetch` cannot tell how much of an upload has gone; XMLHttpRequest can. */
function byUpload(request: Request): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(request.method, request.address);
    for (const [name, value] of Object.entries(headersOf(request))) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) request.onProgress?.(event.loaded / event.total);
    };
    xhr.onerror = () => reject(unreachable());
    xhr.onabort = () => reject(new RefusedError('unreachable', '上传已取消。'));
    xhr.onload = () => {
      const body = parsed(xhr.responseText);
      if (xhr.status >= 200 && xhr.status < 300) resolve(body);
      else reject(refusedFrom(xhr.status, body));
    };
    request.signal?.addEventListener('abort', () => xhr.abort());
    xhr.send(request.form ?? null);
  });
}

/**
 * Sends a request and gives its JSON (or file). When the session has ended, the page stays as it is, the person signs
 * in again over it, and the same request with the same key is sent once more.
 * Throws RefusedError; an aborted reading throws the browser's AbortError.
 */
export async function send(request: Request): Promise<unknown> {
  const keyed: Request = request.method === 'GET' ? request : { ...request, key: request.key ?? newKey() };
  const go = () => (keyed.form === undefined ? byFetch(keyed) : byUpload(keyed));
  try {
    return await go();
  } catch (thrown) {
    if (thrown instanceof DOMException) throw thrown;
    const refused = asRefused(thrown);
    if (refused.kind !== 'not-signed-in' || keyed.open === true || signInAgain === null) throw refused;
    await askOnce(signInAgain);
    return go();
  }
}
