import { type Answer, type RouteName, routes } from './routes.ts';

/** Why nothing came of a request. `offline`: never arrived; `later`: the server is in trouble; `no`: it will stay refused. */
export class Refused extends Error {
  readonly kind: 'offline' | 'later' | 'signIn' | 'no';
  readonly says: string;

  constructor(kind: Refused['kind'], says: string) {
    super(says);
    this.kind = kind;
    this.says = says;
  }
}

export interface Sending {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | readonly string[] | null | undefined>>;
  readonly body?: unknown;
  readonly form?: FormData;
  /** The same key for the same act, however often it is sent. */
  readonly key?: string;
  /** Whose act it is: refused when somebody else is signed in by now. */
  readonly account?: string;
  /** When the person did it, by this device's clock. */
  readonly madeAt?: string;
}

const sentences: Readonly<Record<number, string>> = {
  401: '登录已过期，请重新登录。',
  404: '没有找到，可能不在您能查看的范围内。',
  413: '内容太大，服务器没有接收。',
  429: '服务器正忙，稍后会自动再送。',
};

function queryOf(query: Sending['query']): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(query ?? {}))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== null && one !== undefined && one !== '')
        parts.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(one))}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

export const addressOf = (name: RouteName, sending: Sending = {}): string =>
  routes[name][1].replace(/:(\w+)/g, (_all, param: string) => encodeURIComponent(sending.params?.[param] ?? '')) +
  queryOf(sending.query);

function kindOf(status: number): Refused['kind'] {
  if (status === 401) return 'signIn';
  return status >= 500 || status === 429 || status === 408 ? 'later' : 'no';
}

interface Said {
  readonly says?: unknown;
  readonly places?: unknown;
}

/** The server's sentence, with the places to mend where it names any. */
function saysOf(status: number, body: unknown): string {
  const { says, places } = (typeof body === 'object' && body !== null ? body : {}) as Said;
  const said = typeof says === 'string' && says !== '' ? says : (sentences[status] ?? '服务器没有给出正常的答复。');
  const where = Array.isArray(places)
    ? (places as { says?: unknown }[])
        .map((place) => (typeof place.says === 'string' ? place.says : ''))
        .filter((one) => one !== '' && said.indexOf(one.replace(/。$/, '')) < 0)
    : [];
  return where.length > 0 ? `${said}（${where.join('；')}）` : said;
}

/** Sends one request with this device's clock; throws Refused. Runs in the page and in the service worker. */
export async function send<K extends RouteName>(name: K, sending: Sending = {}): Promise<Answer<K>> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'x-guatu': '1',
    'x-guatu-now': new Date().toISOString(),
  };
  if (sending.body !== undefined) headers['content-type'] = 'application/json';
  if (sending.key) headers['idempotency-key'] = sending.key;
  if (sending.account) headers['x-guatu-account'] = sending.account;
  if (sending.madeAt) headers['x-guatu-made'] = sending.madeAt;
  let status = 0;
  let text = '';
  try {
    const answer = await fetch(addressOf(name, sending), {
      method: routes[name][0],
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      body: sending.form ?? (sending.body === undefined ? null : JSON.stringify(sending.body)),
    });
    status = answer.status;
    text = await answer.text();
  } catch {
    throw new Refused('offline', '没有连上服务器。');
  }
  let body: unknown;
  try {
    body = text === '' ? null : JSON.parse(text);
  } catch {
    // a page of somebody else's: the sign-in of a public network, a proxy in trouble
    throw new Refused('later', '收到的不是本系统的答复，可能网络需要先登录。');
  }
  if (status >= 400) throw new Refused(kindOf(status), saysOf(status, body));
  return body as Answer<K>;
}
