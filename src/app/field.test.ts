import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Role } from '../kernel/actor.ts';
import { realClock } from '../kernel/clock.ts';
import { addDays, type Day } from '../kernel/day.ts';
import { createUnit } from '../modules/units/server/door.ts';
import type { House } from '../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../platform/db/testing.ts';
import { verify } from '../platform/facts/verify.ts';
import { type CameraNotes, camera, jpeg } from '../platform/files/picture-material.ts';
import { openFileStore } from '../platform/files/store.ts';
import { createServer } from '../platform/http/server.ts';
import { testAct, testActor } from '../platform/testing.ts';
import { makeHouse, rooms } from './house.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

let database: TestDatabase;
let house: House;
let server: Awaited<ReturnType<typeof createServer>>;
let pages: string;
let town: string;
let bureau: string;
const actors = new Map<string, Actor>();

interface Said {
  readonly status: number;
  readonly body: Record<string, unknown>;
}
/** What a phone tells: its clock, when it was done, whose it is. `ahead`: how fast its clock is. */
interface Phone {
  readonly ahead?: number;
  /** How long ago the person did it. */
  readonly ago?: number;
  readonly account?: string;
  readonly key?: string;
}

const headersOf = (who: string, phone: Phone): Record<string, string> => {
  const now = Date.now() + (phone.ahead ?? 0);
  return {
    cookie: `guatu=${who}`,
    'x-guatu': '1',
    'x-guatu-now': new Date(now).toISOString(),
    'x-guatu-made': new Date(now - (phone.ago ?? 0)).toISOString(),
    ...(phone.account ? { 'x-guatu-account': phone.account } : {}),
    ...(phone.key ? { 'idempotency-key': phone.key } : {}),
  };
};

async function post(who: string, url: string, body: object, phone: Phone = {}): Promise<Said> {
  const answer = await server.inject({ method: 'POST', url, headers: headersOf(who, phone), payload: body });
  return { status: answer.statusCode, body: answer.json() };
}
async function get(who: string, url: string): Promise<Said> {
  const answer = await server.inject({ method: 'GET', url, headers: { cookie: `guatu=${who}` } });
  return { status: answer.statusCode, body: answer.json() };
}
async function upload(who: string, id: string, name: string, content: Uint8Array, phone: Phone = {}): Promise<Said> {
  const form = `f${randomUUID()}`;
  const answer = await server.inject({
    method: 'POST',
    url: `/api/files?itemKind=problem&itemId=${id}`,
    headers: { ...headersOf(who, phone), 'content-type': `multipart/form-data; boundary=${form}` },
    payload: Buffer.concat([
      Buffer.from(
        `--${form}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: image/jpeg\r\n\r\n`,
      ),
      content,
      Buffer.from(`\r\n--${form}--\r\n`),
    ]),
  });
  return { status: answer.statusCode, body: answer.json() };
}

let shade = 0;
/** A photo that no other test uses. */
function photo(notes?: CameraNotes): Buffer {
  shade += 1;
  return Buffer.concat([jpeg(notes ? { exif: camera(notes) } : {}), Buffer.from(`#${shade}`)]);
}

async function sent(who: string, id: string, content: Uint8Array = photo(), phone: Phone = {}): Promise<string> {
  const answer = await upload(who, id, '现场1.jpg', content, phone);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return String(answer.body.id);
}
const later = (days: number): Day => addDays(house.clock.today(), days);

interface Evidence {
  readonly fileId: string;
  readonly role: string;
  readonly takenAt?: string;
  readonly takenFrom?: string;
  readonly longitude?: number;
  readonly latitude?: number;
}
const report = (id: string, evidence: readonly Evidence[] = [], more: object = {}): object => ({
  id,
  kind: 'hazard',
  text: '楼道堆放电动车，堵住安全出口',
  source: 'grid',
  place: { address: '东街12号' },
  leadUnitId: town,
  dueOn: later(15),
  evidence,
  ...more,
});

async function enter(login: string, roles: readonly Role[], unitId: string): Promise<void> {
  actors.set(login, testActor({ roles, unitId, name: login, accountId: login, jurisdiction: '990102' }));
}

/** The page of a problem, as far as these tests look. */
interface View {
  readonly problem: {
    readonly foundOn: string;
    readonly state: string;
    readonly version: number;
    readonly number: string;
  };
  readonly facts: readonly { readonly kind: string; readonly says: string }[];
  readonly photos: readonly { readonly fileId: string; readonly takenAt: string | null; readonly doubts: string[] }[];
}
const viewOf = async (id: string, who = 'office'): Promise<View> => {
  const answer = await get(who, `/api/problems/${id}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as unknown as View;
};

beforeAll(async () => {
  database = await freshDatabase();
  await sql`insert into jurisdiction (code, name, level, parent) values ('990102', '溪东区', 'district', null)`.execute(
    database.db,
  );
  house = makeHouse({
    db: database.db,
    files: await openFileStore(await mkdtemp(join(tmpdir(), 'guatu-field-files-'))),
    clock: realClock(),
    kind: 'real',
  });
  const system = testActor({ roles: ['officer'], accountId: 'system', jurisdiction: '990102' });
  const unit = async (name: string, kind: 'department' | 'committeeOffice' | 'town') =>
    (await testAct(house, system, (act) => createUnit(act, { name, kind }))).id;
  const office = await unit('溪东区安委办', 'committeeOffice');
  town = await unit('北桥街道', 'town');
  bureau = await unit('溪东区应急局', 'department');
  await enter('office', ['officer'], office);
  await enter('grid', ['gridWorker'], town);
  await enter('grid2', ['gridWorker'], town);
  await enter('townclerk', ['clerk'], town);
  await enter('inspector', ['inspector'], bureau);
  pages = await mkdtemp(join(tmpdir(), 'guatu-field-pages-'));
  for (const [name, content] of Object.entries({
    'web/index.html': '<title>办公</title>',
    'field/index.html': '<title>现场</title>',
    'field/worker.js': '1;',
    'field/assets/a-1.js': '2;',
  })) {
    await mkdir(join(pages, name, '..'), { recursive: true });
    await writeFile(join(pages, name), content);
  }
  server = await createServer({
    house,
    rooms,
    authenticate: async (token) => {
      const actor = actors.get(token);
      return actor ? { actor, mustChangePassword: false } : null;
    },
    beforePasswordChange: [],
    pages: join(pages, 'web'),
    phonePages: join(pages, 'field'),
    log: (line) => console.error(line),
  });
});
afterAll(async () => {
  await server?.close();
  await database?.drop();
  await rm(pages, { recursive: true, force: true });
});

describe('同一份离线登记送五次', () => {
  it('带凭据的，五次都得到同一个编号，只有一条问题、两张照片', async () => {
    const id = randomUUID();
    const pictures = [photo(), photo()];
    const keys = [randomUUID(), randomUUID()];
    const attempt = async (): Promise<Said> => {
      const evidence: Evidence[] = [];
      for (const [at, picture] of pictures.entries())
        evidence.push({ fileId: await sent('grid', id, picture, { key: keys[at] ?? '' }), role: 'before' });
      return post('grid', '/api/problems', report(id, evidence), { key: id, account: 'grid', ago: 90 * MINUTE });
    };
    const answers: Said[] = [];
    for (let i = 0; i < 3; i += 1) answers.push(await attempt());
    answers.push(...(await Promise.all([attempt(), attempt()])));
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(answers.map((one) => one.body.number)).size).toBe(1);
    const rows = await sql<{ problems: number; files: number; facts: number }>`
      select (select count(*)::int from problem where id = ${id}) as problems,
        (select count(*)::int from file where item_id = ${id}) as files,
        (select count(*)::int from fact where item_id = ${id} and kind = 'problem.registered') as facts`.execute(
      database.db,
    );
    expect(rows.rows[0]).toEqual({ problems: 1, files: 2, facts: 1 });
  });

  it('凭据已被清理的，凭编号认出，答复已经登记', async () => {
    const id = randomUUID();
    const body = report(id, [{ fileId: await sent('grid', id), role: 'before' }]);
    const first = await post('grid', '/api/problems', body);
    expect(first.body.known).toBe(false);
    for (let i = 0; i < 4; i += 1) {
      const again = await post('grid', '/api/problems', body, { key: randomUUID() });
      expect(again.body).toMatchObject({ known: true, number: first.body.number });
    }
    const other = await post('grid', '/api/problems', { ...body, text: '换了内容' });
    expect(other.status).toBe(409);
    expect(String(other.body.says)).toContain(String(first.body.number));
    expect((await post('grid2', '/api/problems', body)).status).toBe(409);
  });

  it('手机上换了人登录，前一个人的待送内容不会以后一个人的名义送出', async () => {
    const id = randomUUID();
    const answer = await post('grid2', '/api/problems', report(id), { account: 'grid', key: id });
    expect(answer.status).toBe(401);
    expect(String(answer.body.says)).toContain('现在登录的是另一个人');
    expect((await upload('grid2', id, '1.jpg', photo(), { account: 'grid' })).status).toBe(401);
    const rows =
      await sql`select 1 from problem where id = ${id} union all select 1 from file where item_id = ${id}`.execute(
        database.db,
      );
    expect(rows.rows).toEqual([]);
  });
});

describe('手机的时间', () => {
  it('两天前没有网络时登记的，发现日是两天前，经过里写明何时做、何时收到', async () => {
    const id = randomUUID();
    const evidence = [{ fileId: await sent('grid', id), role: 'before' }];
    await post('grid', '/api/problems', report(id, evidence), { ago: 2 * DAY });
    const view = await viewOf(id);
    expect(view.problem.foundOn).toBe(later(-2));
    expect(view.facts.some((fact) => /手机上做于 \d\d-\d\d \d\d:\d\d，\d\d-\d\d \d\d:\d\d 收到/.test(fact.says))).toBe(
      true,
    );
  });

  it.each([
    ['快', DAY],
    ['慢', -DAY],
  ])('时钟%s一天的，按服务器时间折算，照片和经过都写明', async (word, ahead) => {
    const id = randomUUID();
    const takenAt = new Date(Date.now() + ahead - 10 * MINUTE).toISOString();
    const evidence = [{ fileId: await sent('grid', id), role: 'before', takenAt, takenFrom: 'device' }];
    const done = await post('grid', '/api/problems', report(id, evidence), { ahead, ago: 10 * MINUTE });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    const view = await viewOf(id);
    // ten minutes before now, by the server's clock
    const found = addDays(new Date(Date.now() + 8 * 3_600_000 - 10 * MINUTE).toISOString().slice(0, 10) as Day, 0);
    expect(view.problem.foundOn).toBe(found);
    expect(view.facts.at(0)?.says ?? '').toContain(`手机时钟${word}约 24 小时，已按服务器时间折算`);
    expect(view.photos[0]?.doubts.join()).toContain(`手机时钟${word}约 24 小时`);
    if (ahead > 0) expect(view.photos[0]?.doubts.join()).toContain('晚于收到时间');
  });

  it('照片自带的时间与报送的不一致、别处用过的照片，都看得见', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    const picture = photo({ taken: '2026:01:05 08:00:00' });
    const evidence = (fileId: string) => [
      { fileId, role: 'before', takenAt: new Date(Date.now() - MINUTE).toISOString(), takenFrom: 'picture' },
    ];
    const first = await post('grid', '/api/problems', report(one, evidence(await sent('grid', one, picture))));
    await post('grid', '/api/problems', report(two, evidence(await sent('grid', two, picture)), { text: '另一处' }));
    const doubts = (await viewOf(two)).photos[0]?.doubts.join('；') ?? '';
    expect(doubts).toContain('与照片自带的拍摄时间（2026-01-05 08:00）不一致');
    expect(doubts).toContain(`同一张照片还用在${String(first.body.number)}`);
  });
});

describe('比销号还早的离线材料', () => {
  it('销号后才到的进展不记入，说明何时由谁办理了什么', async () => {
    const id = randomUUID();
    await post('grid', '/api/problems', report(id, [{ fileId: await sent('grid', id), role: 'before' }]));
    let version = (await viewOf(id)).problem.version;
    const step = async (who: string, path: string, body: object): Promise<void> => {
      const answer = await post(who, `/api/problems/${id}/${path}`, { version, ...body });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      version = Number(answer.body.version);
    };
    await step('townclerk', 'receive', {});
    await step('grid2', 'done', {
      text: '电动车已清走',
      evidence: [{ fileId: await sent('grid2', id), role: 'after' }],
    });
    await step('office', 'recheck', { pass: true, opinion: '到场看过，已清走' });
    expect((await viewOf(id)).problem.state).toBe('closed');
    const old = await post('townclerk', `/api/problems/${id}/progress`, { text: '正在清理' }, { ago: 3 * 60 * MINUTE });
    expect(old.status).toBe(409);
    expect(String(old.body.says)).toMatch(/这份材料是 .* 在手机上做的，之后.*已于 .* 办理：.*复查通过/);
    const done = await post(
      'grid2',
      `/api/problems/${id}/done`,
      { version: 1, text: '清走' },
      { ago: 3 * 60 * MINUTE },
    );
    expect(done.status).toBe(409);
    expect((await viewOf(id)).facts.filter((fact) => fact.kind === 'problem.progressed')).toHaveLength(0);
  });
});

describe('现场照片', () => {
  it('三十一张照片被婉拒，三十张收下', async () => {
    const id = randomUUID();
    const evidence: Evidence[] = [];
    for (let i = 0; i < 31; i += 1) evidence.push({ fileId: await sent('grid', id), role: 'before' });
    const refused = await post('grid', '/api/problems', report(id, evidence));
    expect(refused.status).toBe(422);
    expect(String(refused.body.says)).toContain('一次最多报送 30 张照片和文件，这次有 31 份');
    expect((await post('grid', '/api/problems', report(id, evidence.slice(0, 30)))).status).toBe(200);
  });

  it('二百张以上的连表单也不收', async () => {
    const many = Array.from({ length: 201 }, () => ({ fileId: randomUUID(), role: 'before' }));
    expect((await post('grid', '/api/problems', report(randomUUID(), many))).status).toBe(422);
  });

  it('HEIC 收下，注明不能在网页上查看；六千万像素的收下；脚本拒收', async () => {
    const id = randomUUID();
    const heic = await upload(
      'grid',
      id,
      '现场1.heic',
      Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(40)]),
    );
    expect(heic.status).toBe(200);
    const big = await upload('grid', id, '现场2.jpg', jpeg({ width: 9000, height: 6700 }));
    expect(big.status).toBe(200);
    const script = await upload('grid', id, '现场3.jpg', Buffer.from('<script>alert(1)</script>'));
    expect(script.status).toBe(422);
    await post(
      'grid',
      '/api/problems',
      report(id, [
        { fileId: String(heic.body.id), role: 'before' },
        { fileId: String(big.body.id), role: 'before' },
      ]),
    );
    const view = await viewOf(id);
    expect(view.photos.find((one) => one.fileId === heic.body.id)?.doubts.join()).toContain(
      'HEIC 格式，网页上不能直接查看',
    );
  });
});

describe('现场首屏', () => {
  it('网格员看到本街道待整改的和自己登记的，检查人员看到待复查的', async () => {
    const id = randomUUID();
    const registered = await post(
      'grid',
      '/api/problems',
      report(id, [], { supervisingUnitId: bureau, text: '首屏上的问题' }),
    );
    expect(registered.status, JSON.stringify(registered.body)).toBe(200);
    const start = await get('grid', '/api/field/start');
    expect(start.status, JSON.stringify(start.body)).toBe(200);
    type Lists = Record<
      'toFix' | 'toRecheck' | 'mine',
      { rows: { id: string; can: string[]; text: string }[]; total: number }
    >;
    const lists = start.body as unknown as Lists;
    expect(lists.toFix.rows.find((row) => row.id === id)).toMatchObject({ can: ['receive'], text: '首屏上的问题' });
    expect(lists.mine.rows.some((row) => row.id === id)).toBe(true);
    expect(lists.toRecheck.total).toBe(0);
    expect(start.body).toMatchObject({
      photosPerReport: 30,
      usualDays: { general: 15 },
      sources: [{ code: 'grid' }, {}],
    });
    expect(JSON.stringify(start.body).length).toBeLessThan(60_000);
    const received = await post('townclerk', `/api/problems/${id}/receive`, { version: 1 });
    await post('townclerk', `/api/problems/${id}/done`, {
      version: received.body.version,
      text: '已清走',
      evidence: [{ fileId: await sent('townclerk', id), role: 'after' }],
    });
    const inspector = (await get('inspector', '/api/field/start')).body as unknown as Lists;
    expect(inspector.toRecheck.rows.find((row) => row.id === id)?.can).toEqual(['recheck']);
  });
});

it('离线查找用的企业名录没有变化时不再重发', async () => {
  const added = await post('townclerk', '/api/enterprises', {
    kind: 'enterprise',
    name: '北桥五金加工厂',
    townUnitId: town,
  });
  expect(added.status, JSON.stringify(added.body)).toBe(200);
  const first = (await get('grid', '/api/field/places')).body;
  expect(first.rows).toMatchObject([{ name: '北桥五金加工厂', townUnitId: town }]);
  expect(first.units).toMatchObject([{ id: town, name: '北桥街道' }]);
  const again = (await get('grid', `/api/field/places?known=${String(first.mark)}`)).body;
  expect(again).toEqual({ mark: first.mark, rows: null, units: [] });
  expect((await get('inspector', '/api/field/places')).body.rows).toEqual([]);
});

describe('手机页面的地址', () => {
  const page = async (url: string, agent: string): Promise<string> =>
    (await server.inject({ method: 'GET', url, headers: { 'user-agent': agent } })).body;
  const phone = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/80.0 Mobile Safari/537.36';
  const desk = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/110.0 Safari/537.36';

  it('/field 总是手机页面；门牌二维码在手机上开手机页面，在电脑上开办公页面', async () => {
    expect(await page('/field', desk)).toContain('现场');
    expect(await page('/field/', phone)).toContain('现场');
    expect(await page('/e/%E4%BC%81-2026-0001', phone)).toContain('现场');
    expect(await page('/e/%E4%BC%81-2026-0001', desk)).toContain('办公');
    expect(await page('/problems', phone)).toContain('办公');
  });

  it('离线脚本可以管到门牌地址，带版本的文件长期保存，其余每次询问', async () => {
    const worker = await server.inject({ method: 'GET', url: '/field/worker.js' });
    expect(worker.headers).toMatchObject({ 'service-worker-allowed': '/', 'cache-control': 'no-cache' });
    const asset = await server.inject({ method: 'GET', url: '/field/assets/a-1.js' });
    expect(String(asset.headers['cache-control'])).toContain('immutable');
    expect((await server.inject({ method: 'GET', url: '/field/assets/none.js' })).statusCode).toBe(404);
  });
});

it('以上种种之后，核验没有发现问题', async () => {
  expect((await verify(house.db, house.items, house.files)).findings).toEqual([]);
});
