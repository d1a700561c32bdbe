import { existsSync } from 'node:fs';
import fastifyCookie from '@fastify/cookie';
import fastifyMultipart from '@fastify/multipart';
import fastifySwagger from '@fastify/swagger';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Actor } from '../../kernel/actor.ts';
import { asJurisdiction } from '../../kernel/ids.ts';
import { holds, open } from '../../kernel/permission.ts';
import { notAllowed, Refusal } from '../../kernel/refusal.ts';
import type { House } from '../act.ts';
import { perform, reading } from '../perform.ts';
import { audit, outside } from './audit.ts';
import { DEVICE_ACCOUNT, DEVICE_NOW, deviceOf } from './device.ts';
import { contentDisposition } from './disposition.ts';
import { Flood } from './flood.ts';
import { gather } from './gather.ts';
import { once } from './once.ts';
import { addPages } from './pages.ts';
import { asRefusal, statusOf } from './refusals.ts';
import type { Download, ServedRoute, Session, Upload } from './serve.ts';
import { compileSchema } from './validate.ts';

const cookieName = 'guatu';
const PHONE_SESSION_S = 12 * 3600;

/** Somebody who has not signed in: no roles, no units, sees nothing. */
const stranger: Actor = {
  accountId: 'stranger' as Actor['accountId'],
  personId: null,
  name: '未登录',
  jurisdiction: asJurisdiction(outside),
  unitId: null,
  unitName: null,
  roles: [],
  units: [],
  inferiors: [],
  wholeJurisdiction: false,
};

export interface SignedIn {
  readonly actor: Actor;
  readonly mustChangePassword: boolean;
}

export interface ServerOptions {
  readonly house: House;
  readonly rooms: readonly (readonly ServedRoute[])[];
  /** Who stands behind a session token; null when it is unknown, ended or idle for too long. */
  readonly authenticate: (token: string) => Promise<SignedIn | null>;
  /** Who stands behind the key of another system (`Authorization: Bearer …`), and how often it may ask; throws when it is not good. */
  readonly authenticateKey?: (token: string, address: string) => Promise<{ actor: Actor; perMinute: number }>;
  /** Routes that stay open while an initial password has not been changed. */
  readonly beforePasswordChange: readonly string[];
  /** Folder of the built pages; absent in tests of the API alone. */
  readonly pages?: string;
  /** Folder of the small pages for phones. */
  readonly phonePages?: string;
  /** Largest upload, in bytes. */
  readonly uploadLimit?: number;
  /** True when TLS ends here or at a proxy in front: the cookie is then never sent in the clear. */
  readonly secure?: boolean;
  /** PEM certificate and key where TLS ends in the product itself. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer };
  readonly log?: (line: string) => void;
}

const headers: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'content-security-policy':
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
};

/** The HTTP server: every route of every room, with permission, audit and transaction in this one place, and the pages. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    ...(options.tls ? { https: options.tls } : {}),
    bodyLimit: 8 * 1_048_576,
    trustProxy: 'loopback',
  });
  app.setValidatorCompiler(compileSchema);
  // forms of clients that speak no JSON (Open311)
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
  await app.register(fastifyCookie);
  await app.register(fastifyMultipart, {
    limits: { files: 1, fields: 30, fileSize: (options.uploadLimit ?? 100 * 1_048_576) + 1 },
  });
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Guatu 挂图',
        version: '1',
        description: '安全生产任务、问题闭环系统的接口。由路由合同自动生成。',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: cookieName },
          key: { type: 'http', scheme: 'bearer', description: '接口密钥，由系统管理员建立' },
        },
      },
    },
  });
  app.addHook('onSend', async (_request, reply) => {
    for (const [name, value] of Object.entries(headers)) if (!reply.hasHeader(name)) reply.header(name, value);
  });
  app.setErrorHandler((error, request, reply) => answerError(options, error, request, reply));

  await app.register(async (api) => {
    for (const room of options.rooms) for (const served of room) addRoute(api, options, served);
    api.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
    api.get('/api/*', { schema: { hide: true } }, async () => {
      throw new Refusal('not-found', '没有这个接口。');
    });
  });
  if (options.pages && existsSync(options.pages)) await addPages(app, options.pages, options.phonePages);
  return app;
}

function sessionOf(request: FastifyRequest, reply: FastifyReply, secure: boolean): Session {
  return {
    token: request.cookies[cookieName] ?? null,
    address: request.ip,
    set: (token) => {
      // at a desk a closed browser ends the session; a phone closes its browser whenever it likes, and keeps it for a day's
      // work – how long a session holds without a request is decided by the session itself
      const kept = request.headers[DEVICE_NOW] === undefined ? {} : { maxAge: PHONE_SESSION_S };
      reply.setCookie(cookieName, token, { path: '/', httpOnly: true, sameSite: 'strict', secure, ...kept });
    },
    clear: () => {
      reply.clearCookie(cookieName, { path: '/' });
    },
  };
}

function addRoute(app: FastifyInstance, options: ServerOptions, served: ServedRoute): void {
  const { route } = served;
  const schema: Record<string, unknown> = {
    summary: route.summary,
    operationId: served.name,
    tags: [route.path.split('/')[2] ?? 'api'],
    security:
      route.permission === open.public
        ? []
        : [{ session: [] }, ...(options.house.permissions[route.permission]?.machine ? [{ key: [] }] : [])],
  };
  if (route.params) schema.params = route.params;
  if (route.query) schema.querystring = route.query;
  if (route.body && !route.upload) schema.body = route.body;
  if (!route.download) schema.response = { 200: route.response };
  app.route({
    method: route.method,
    url: route.path,
    schema,
    preValidation: (request, reply) => admit(options, served, request, reply),
    handler: (request, reply) => answer(options, served, request, reply),
  });
}

/**
 * Who asks, and whether he may: decided before the content is looked at, so that strangers learn nothing about it and
 * no file of theirs is kept.
 */
async function admit(
  options: ServerOptions,
  served: ServedRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { house } = options;
  const { route } = served;
  const session = sessionOf(request, reply, options.secure ?? false);
  const key = bearer(request);
  const signedIn =
    key === null
      ? session.token
        ? await options.authenticate(session.token)
        : null
      : { actor: await keyHolder(options, key, request), mustChangePassword: false };
  const actor = signedIn?.actor ?? null;
  request.actor = actor;
  const meant = request.headers[DEVICE_ACCOUNT];
  if (typeof meant === 'string' && actor !== null && meant !== actor.accountId)
    throw new Refusal('not-signed-in', '这台设备上现在登录的是另一个人，这份内容没有提交。请由填写的人登录后再送。');
  if (!holds(house.permissions, actor, route.permission)) {
    if (actor === null)
      throw new Refusal('not-signed-in', '请先登录；如果刚才已经登录，可能是太久没有操作，请重新登录。');
    const word = house.permissions[route.permission]?.word ?? route.summary;
    throw notAllowed(`您的账号没有「${word}」的权限。如果工作需要，请联系系统管理员。`);
  }
  if (signedIn?.mustChangePassword && !options.beforePasswordChange.includes(served.name))
    throw notAllowed('您使用的是初始密码，请先修改密码，再办理其他事项。');
  // A key is never sent by a browser of its own accord, so nobody can make one send it.
  if (route.method !== 'GET' && key === null && request.headers['x-guatu'] === undefined)
    throw notAllowed('这个请求不是从本系统的页面发出的，没有办理。');
}

/** The key that came with the request, or null. */
function bearer(request: FastifyRequest): string | null {
  const header = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
  if (header) return header;
  // clients of Open311 send it among the fields
  if (!request.url.startsWith('/open311/')) return null;
  const fields = [request.query, request.body] as ({ api_key?: unknown } | null | undefined)[];
  const found = fields.map((one) => one?.api_key).find((one) => typeof one === 'string' && one !== '');
  return typeof found === 'string' ? found : null;
}

/** Every try counts, good or not: by its address before the key is looked at, by the key itself afterwards. */
const floods = new WeakMap<ServerOptions, Flood>();
const TRIES_OF_AN_ADDRESS = 60_000;

async function keyHolder(options: ServerOptions, key: string, request: FastifyRequest): Promise<Actor> {
  const flood = floods.get(options) ?? new Flood();
  floods.set(options, flood);
  flood.take(`address ${request.ip}`, TRIES_OF_AN_ADDRESS);
  if (!options.authenticateKey) throw new Refusal('not-signed-in', '这里不接受接口密钥。');
  const { actor, perMinute } = await options.authenticateKey(key, request.ip);
  flood.take(`key ${actor.accountId}`, perMinute);
  return actor;
}

/** Either a plain reading or one transaction with audit and single effect. */
async function answer(
  options: ServerOptions,
  served: ServedRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { house } = options;
  const { route } = served;
  const session = sessionOf(request, reply, options.secure ?? false);
  const actor = request.actor ?? null;

  const input = {
    params: request.params,
    query: request.query,
    body: request.body,
    session,
    upload: route.upload ? await takeUpload(house, options, request) : undefined,
  };
  const run = served.handle as (situation: unknown) => Promise<unknown>;
  const who = actor ?? stranger;
  const device = deviceOf(request.headers, house.clock.now());
  if (route.method === 'GET') {
    const result = await run({ ...reading(house, who), ...input });
    return route.download ? sendDownload(reply, result as Download) : result;
  }
  const sent = request.headers['idempotency-key'];
  const key =
    typeof sent === 'string' &&
    sent.length > 0 &&
    sent.length <= 100 &&
    actor !== null &&
    !route.download &&
    !route.secret
      ? sent
      : null;
  const content = [input.params, input.query, input.body, input.upload];
  const own = () =>
    perform(house, who, async (act) => {
      const run_ = async (): Promise<unknown> => {
        const done = await run({ ...act, ...input, ...(device ? { device } : {}) });
        if (route.audit !== null) await audit(act.db, entry(options, served, request, actor, 'done', null));
        return done;
      };
      return key === null ? run_() : once(act, key, served.name, content, run_);
    });
  const result =
    served.together && actor !== null
      ? await gather(house, served, {
          actor,
          input,
          device,
          key: key === null ? null : { text: key, content },
          audit: route.audit === null ? null : entry(options, served, request, actor, 'done', null),
          alone: own,
        })
      : await own();
  return route.download ? sendDownload(reply, result as Download) : result;
}

const entry = (
  options: ServerOptions,
  served: ServedRoute,
  request: FastifyRequest,
  actor: Actor | null,
  outcome: 'done' | 'refused' | 'failed',
  says: string | null,
): Parameters<typeof audit>[1] => ({
  actor,
  at: options.house.clock.now(),
  action: served.route.audit ?? served.route.summary,
  route: served.name,
  // What strangers ask for is read by the auditors of every jurisdiction: it names no item of any of them.
  target: actor === null ? null : Object.values((request.params ?? {}) as Record<string, string>).join('/') || null,
  outcome,
  says,
  address: request.ip,
});

/** At most 120 characters, without folders and control characters; what is cut is the middle, so that the ending stays. */
function uploadName(given: string): string {
  const clean = given
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, '')
    .trim();
  if (clean === '' || clean === '.' || clean === '..') return '未命名';
  const letters = [...clean];
  return letters.length <= 120 ? clean : `${letters.slice(0, 100).join('')}…${letters.slice(-19).join('')}`;
}

async function takeUpload(house: House, options: ServerOptions, request: FastifyRequest): Promise<Upload> {
  const limit = options.uploadLimit ?? 100 * 1_048_576;
  if (!request.isMultipart()) throw new Refusal('not-valid', '没有收到文件，请重新选择文件上传。');
  const part = await request.file();
  if (!part) throw new Refusal('not-valid', '没有收到文件，请重新选择文件上传。');
  const stored = await house.files.put(part.file, limit);
  const fields: Record<string, string> = {};
  for (const [name, field] of Object.entries(part.fields)) {
    const one = Array.isArray(field) ? field[0] : field;
    if (one && one.type === 'field' && typeof one.value === 'string') fields[name] = one.value;
  }
  return { name: uploadName(part.filename), size: stored.size, sha256: stored.sha256, fields };
}

function sendDownload(reply: FastifyReply, download: Download): FastifyReply {
  return reply
    .header('content-type', download.type)
    .header('content-disposition', contentDisposition(download.name, download.inline ?? false))
    .header('content-security-policy', "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    .send(download.body);
}

async function answerError(
  options: ServerOptions,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const refusal = asRefusal(error);
  const served = options.rooms.flat().find((one) => one.name === request.routeOptions.schema?.operationId);
  if (served && served.route.method !== 'GET') {
    const outcome = refusal ? 'refused' : 'failed';
    const says = refusal?.says ?? '系统内部错误';
    await audit(options.house.db, entry(options, served, request, request.actor ?? null, outcome, says)).catch(
      () => {},
    );
  }
  if (refusal) {
    const { kind, says, places, detail } = refusal;
    if (kind === 'too-many')
      reply.header('retry-after', String((detail as { retryAfter?: number } | undefined)?.retryAfter ?? 60));
    return reply
      .code(statusOf[kind])
      .header('content-type', 'application/json; charset=utf-8')
      .send(JSON.stringify({ kind, says, places, detail }));
  }
  options.log?.(
    `${request.method} ${request.url}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return reply
    .code(500)
    .header('content-type', 'application/json; charset=utf-8')
    .send(
      JSON.stringify({
        kind: 'failed',
        says: '系统出了差错，这次没有办成，也没有留下任何改动。请稍后再试；如果一再出现，请联系系统管理员。',
        places: [],
      }),
    );
}

declare module 'fastify' {
  interface FastifyRequest {
    actor?: Actor | null;
  }
  interface FastifySchema {
    operationId?: string;
  }
}
