import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeHouse, permissions, rooms } from '../src/app/house.ts';
import { type Actor, type Role, roles, systemActor } from '../src/kernel/actor.ts';
import { rehearsalClock } from '../src/kernel/clock.ts';
import type { RouteContract } from '../src/kernel/contract.ts';
import { day } from '../src/kernel/day.ts';
import { asJurisdiction } from '../src/kernel/ids.ts';
import { holds, open } from '../src/kernel/permission.ts';
import { actorOf } from '../src/modules/access/server/authenticate.ts';
import { createAccount } from '../src/modules/access/server/create-account.ts';
import { accountOfLogin } from '../src/modules/access/server/store.ts';
import { readingsFinished } from '../src/modules/plans/server/door.ts';
import { createUnit } from '../src/modules/units/server/door.ts';
import type { House } from '../src/platform/act.ts';
import { freshDatabase, type TestDatabase } from '../src/platform/db/testing.ts';
import { openFileStore } from '../src/platform/files/store.ts';
import { createServer } from '../src/platform/http/server.ts';
import { perform } from '../src/platform/perform.ts';

/** A city with two districts; all that happens, happens in the first district. */
const city = '990900';
const district = '990901';
const elsewhere = '990902';

const text = `松涛区安全生产委员会办公室文件

松安办〔2026〕7号

关于印发《松涛区2026年冰凌桥梁安全攻坚方案》的通知

松涛区2026年冰凌桥梁安全攻坚方案

一、攻坚任务

（一）更换锈蚀护栏。逐座检查桥梁护栏并更换锈蚀构件，6月底前完成。（牵头单位：松涛区住房局；责任单位：松涛区水务局）

（二）清理桥面积冰。配齐除冰物资，区党代会召开前完成。（牵头单位：松涛区住房局；责任单位：松涛区水务局）
二、工作步骤

（一）护栏更换动员阶段（2026年3月底前）。制定方案，动员部署。

（二）护栏更换整治阶段（2026年4月至10月）。逐座更换，限期销号。
`;

interface Answer {
  readonly status: number;
  /** The whole answer as text; the sheets of a workbook are unpacked. */
  readonly text: string;
}
interface Asked {
  readonly method: RouteContract['method'];
  readonly url: string;
  readonly body?: unknown;
  /** The name under which a small file is sent. */
  readonly upload?: string;
}
interface Served {
  readonly name: string;
  readonly route: RouteContract;
}

let database: TestDatabase;
let house: House;
let server: Awaited<ReturnType<typeof createServer>>;
const actors = new Map<string, Actor>();
const found = {
  plan: '',
  task: '',
  second: '',
  file: '',
  filing: '',
  event: '',
  unit: '',
  account: '',
  enterprise: '',
  problem: '',
  closed: '',
  photo: '',
  criteria: '',
  listing: '',
  lookBack: '',
  measure: '',
};
/** Titles, ids and file names of the plan, the problems and all that hangs on them (other districts count from 1 too). */
let marks: string[] = [];
/** Marks of the enterprise: its own district knows it, other districts do not. */
let sharedMarks: string[] = [];
/** Items whose facts nobody else may add to. */
let guarded: string[] = [];
const routes: readonly Served[] = rooms.flat().map(({ name, route }) => ({ name, route }));

/** The words of an answer, whatever it is packed in. */
function wordsOf(payload: Buffer, type: string): string {
  if (!type.includes('spreadsheet')) return payload.toString('utf8');
  return Object.values(unzipSync(payload))
    .map((part) => Buffer.from(part).toString('utf8'))
    .join('\n');
}

async function ask(who: string | null, asked: Asked): Promise<Answer> {
  const form = 'f0rm';
  const part = `--${form}\r\ncontent-disposition: form-data; name="file"; filename="${asked.upload}"\r\ncontent-type: text/plain\r\n\r\n一份材料。\r\n--${form}--\r\n`;
  const answer = await server.inject({
    method: asked.method,
    url: asked.url,
    headers: {
      'x-guatu': '1',
      ...(who === null ? {} : { cookie: `guatu=${who}` }),
      ...(asked.upload ? { 'content-type': `multipart/form-data; boundary=${form}` } : {}),
    },
    ...(asked.upload ? { payload: part } : asked.body === undefined ? {} : { payload: asked.body as object }),
  });
  return {
    status: answer.statusCode,
    text: wordsOf(answer.rawPayload, String(answer.headers['content-type'] ?? '')),
  };
}

/** A request that must succeed, with its JSON. */
async function done<T>(who: string, asked: Asked): Promise<T> {
  const answer = await ask(who, asked);
  expect(answer.status, `${asked.method} ${asked.url}: ${answer.text.slice(0, 300)}`).toBe(200);
  return JSON.parse(answer.text) as T;
}

/** The keywords of JSON schema that contracts use. */
interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
}

/** A value that fits the shape, so that a request is refused for what it asks and not for how it is written. */
function sample(shape: Shape): unknown {
  if (shape.enum) return shape.enum[0];
  if (shape.const !== undefined) return shape.const;
  if (shape.anyOf) return sample(shape.anyOf.find((each) => each.type !== 'null') ?? {});
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(
        (shape.required ?? []).map((name) => [name, sample(shape.properties?.[name] ?? {})] as const),
      );
    case 'array':
      return Array.from({ length: shape.minItems ?? 0 }, () => sample(shape.items ?? {}));
    case 'integer':
    case 'number':
      return Math.max(1, shape.minimum ?? 1);
    case 'boolean':
      return true;
    case 'string':
      if (shape.pattern?.includes('0-9a-fA-F')) return found.unit;
      if (shape.pattern?.includes('-\\d{2}')) return '2026-03-20';
      if (shape.pattern?.includes('\\d{6}')) return '990903';
      return '走查'.padEnd(shape.minLength ?? 2, '查');
    default:
      return {};
  }
}

const firstOf: readonly [RegExp, keyof typeof found][] = [
  [/^\/api\/tasks\//, 'task'],
  [/^\/api\/plans\/source\//, 'task'],
  [/^\/api\/plans\//, 'plan'],
  [/^\/api\/events\//, 'event'],
  [/^\/api\/filings\//, 'filing'],
  [/^\/api\/files\//, 'file'],
  [/^\/api\/accounts\//, 'account'],
  [/^\/api\/units\//, 'unit'],
  [/^\/api\/enterprises\//, 'enterprise'],
  [/^\/api\/problem-criteria\//, 'criteria'],
  [/^\/api\/problems\//, 'problem'],
  [/^\/api\/listings\//, 'listing'],
  [/^\/api\/look-backs\//, 'lookBack'],
  [/^\/api\/measures\//, 'measure'],
];

/** The request that aims a route at the plan, the task, the file of the first district; `at` aims it elsewhere. */
function aimed(served: Served, at?: string): Asked {
  const { route } = served;
  const target = firstOf.find(([path]) => path.test(route.path))?.[1];
  let nth = 0;
  const path = route.path.replace(/:\w+/g, () => {
    nth += 1;
    return nth === 1 ? (at ?? (target ? found[target] : randomUUID())) : randomUUID();
  });
  const query = new URLSearchParams();
  const names = Object.keys((route.query as Shape | undefined)?.properties ?? {});
  if (names.includes('itemKind')) {
    query.set('itemKind', 'problem');
    query.set('itemId', at ?? found.problem);
  }
  if (names.includes('text')) query.set('text', '松涛区住房局');
  for (const name of ['planId', 'plan']) if (names.includes(name)) query.set(name, at ?? found.plan);
  const asks = query.size > 0 ? `?${query}` : '';
  return {
    method: route.method,
    url: `${path}${asks}`,
    ...(route.upload ? { upload: 'other.txt' } : {}),
    ...(route.body ? { body: bodyOf(served, at) } : {}),
  };
}

function bodyOf(served: Served, at?: string): unknown {
  if (served.name === 'batchTasks')
    return { action: 'withdraw', reason: '走查', tasks: [{ id: at ?? found.task, version: 1 }] };
  return sample(served.route.body as Shape);
}

/** Every mark that stands in the answer and was not in the question. */
const leaks = (asked: Asked, answer: Answer, more: readonly string[] = []): string[] => {
  const question = `${decodeURIComponent(asked.url)}${JSON.stringify(asked.body ?? '')}`;
  return [...marks, ...more].filter((mark) => answer.text.includes(mark) && !question.includes(mark));
};

/** The state of everything in the first district: whoever may not change it leaves this as it was. */
async function portrait(): Promise<string> {
  const rows = await sql<{ what: string; hash: string }>`
    select 'task' as what, md5(coalesce(string_agg(t::text, '|' order by t.id), '')) as hash from task t where jurisdiction = ${district}
    union all select 'plan', md5(coalesce(string_agg(p::text, '|' order by p.id), '')) from plan p where jurisdiction = ${district}
    union all select 'file', md5(coalesce(string_agg(f::text, '|' order by f.id), '')) from file f where jurisdiction = ${district} and item_id = any(${guarded})
    union all select 'problem', md5(coalesce(string_agg(p::text, '|' order by p.id), '')) from problem p
      where jurisdiction = ${district} and id::text = any(${guarded})
    union all select 'enterprise', md5(coalesce(string_agg(e::text, '|' order by e.id), '')) from enterprise e
      where jurisdiction = ${district} and id::text = any(${guarded})
    union all select 'fact', count(*)::text from fact where jurisdiction = ${district} and item_id = any(${guarded})`.execute(
    database.db,
  );
  return JSON.stringify(rows.rows);
}

const pdfTakesABrowser = (served: Served): boolean => served.name === 'wallSheet';
/** Signing in and setting up have no item and are tested in the room of accounts. */
const walked = routes.filter(({ route }) => route.permission !== open.public);

async function enter(login: string, jurisdiction: string, role: Role, unitId: string | null): Promise<void> {
  await perform(house, systemActor(asJurisdiction(jurisdiction)), (act) =>
    createAccount(act, { login, name: `${login}某`, roles: [role], unitId }),
  );
  const row = await accountOfLogin(house.db, login);
  if (row === null) throw new Error(`no account ${login}`);
  actors.set(login, await actorOf(house.db, row));
}

beforeAll(async () => {
  database = await freshDatabase();
  await sql`insert into jurisdiction (code, name, level, parent) values
    (${city}, '松江市', 'city', null), (${district}, '松涛区', 'district', ${city}),
    (${elsewhere}, '柏岭区', 'district', ${city})`.execute(database.db);
  house = makeHouse({
    db: database.db,
    files: await openFileStore(await mkdtemp(join(tmpdir(), 'guatu-walk-'))),
    clock: rehearsalClock(day('2026-03-10')),
    kind: 'real',
  });
  server = await createServer({
    house,
    rooms,
    authenticate: async (token) => {
      const actor = actors.get(token);
      return actor ? { actor, mustChangePassword: false } : null;
    },
    beforePasswordChange: [],
    log: (line) => console.error(line),
  });
  const unit = async (jurisdiction: string, name: string, kind: 'department' | 'committeeOffice'): Promise<string> =>
    (await perform(house, systemActor(asJurisdiction(jurisdiction)), (act) => createUnit(act, { name, kind }))).id;
  const office = await unit(district, '松涛区安委办', 'committeeOffice');
  found.unit = await unit(district, '松涛区住房局', 'department');
  const water = await unit(district, '松涛区水务局', 'department');
  const outsider = await unit(district, '松涛区教育局', 'department');
  const cityOffice = await unit(city, '松江市安委办', 'committeeOffice');
  const otherOffice = await unit(elsewhere, '柏岭区安委办', 'committeeOffice');
  const otherUnit = await unit(elsewhere, '柏岭区住房局', 'department');
  for (const role of roles) {
    const administers = role === 'systemAdmin' || role === 'auditAdmin';
    const at = role === 'officer' || role === 'leader' ? office : administers ? null : found.unit;
    await enter(role.toLowerCase(), district, role, at);
  }
  await enter('partner', district, 'clerk', water);
  await enter('outsider', district, 'clerk', outsider);
  await enter('outsiderhead', district, 'unitLeader', outsider);
  await enter('cityofficer', city, 'officer', cityOffice);
  await enter('cityleader', city, 'leader', cityOffice);
  await enter('otherofficer', elsewhere, 'officer', otherOffice);
  await enter('otherleader', elsewhere, 'leader', otherOffice);
  await enter('otherclerk', elsewhere, 'clerk', otherUnit);
  await enter('otheradmin', elsewhere, 'systemAdmin', null);
  await enter('otheraudit', elsewhere, 'auditAdmin', null);
  found.account = (await accountOfLogin(house.db, 'clerk'))?.id ?? '';
  await handOut(water);
  await findProblems();
  const known = await sql<{ id: string }>`
    select distinct item_id as id from fact where jurisdiction = ${district}`.execute(database.db);
  guarded = known.rows.map((row) => row.id);
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

/** A plan goes the whole way: read, adopted, worked on with a file, and a sub-plan is filed. */
async function handOut(partner: string): Promise<void> {
  const form = 'pl4n';
  const sent = await server.inject({
    method: 'POST',
    url: '/api/plans/import',
    headers: {
      'x-guatu': '1',
      cookie: 'guatu=officer',
      'content-type': `multipart/form-data; boundary=${form}`,
    },
    payload: `--${form}\r\ncontent-disposition: form-data; name="file"; filename="bridge-plan.txt"\r\ncontent-type: text/plain\r\n\r\n${text}\r\n--${form}--\r\n`,
  });
  expect(sent.statusCode, sent.body).toBe(200);
  found.plan = sent.json<{ id: string }>().id;
  await readingsFinished();
  const review = await done<{
    changes: { version: number; sheet: { title: string }; drafts: { id: string }[] };
  }>('officer', { method: 'GET', url: `/api/plans/${found.plan}/review` });
  const event = { text: '区党代会召开前', kind: 'event', date: null, event: 'e1', source: null };
  const changed = await done<{ version: number }>('officer', {
    method: 'POST',
    url: `/api/plans/${found.plan}/review`,
    body: {
      version: review.changes.version,
      operations: [
        { do: 'setEvents', events: [{ key: 'e1', name: '区党代会', date: null }] },
        { do: 'setDeadlines', drafts: [review.changes.drafts[1]?.id], deadlines: [event] },
      ],
    },
  });
  const plan = await done<{ number: string }>('officer', {
    method: 'POST',
    url: `/api/plans/${found.plan}/adopt`,
    body: { version: changed.version, withDoubts: true },
  });
  const tasks = await done<{ rows: { id: string; number: string; title: string; version: number }[] }>('officer', {
    method: 'GET',
    url: `/api/tasks?plan=${found.plan}`,
  });
  expect(tasks.rows).toHaveLength(2);
  const [first, second] = tasks.rows;
  found.task = first?.id ?? '';
  found.second = second?.id ?? '';
  await done('clerk', { method: 'POST', url: `/api/tasks/${found.task}/receive`, body: { version: first?.version } });
  const file = await done<{ id: string }>('clerk', {
    method: 'POST',
    url: `/api/files?itemKind=task&itemId=${found.task}`,
    upload: 'walk.txt',
  });
  found.file = file.id;
  await done('clerk', {
    method: 'POST',
    url: `/api/tasks/${found.task}/progress`,
    body: { text: '护栏更换过半，照片见附件。', fileIds: [file.id] },
  });
  await done('officer', {
    method: 'POST',
    url: `/api/plans/${found.plan}/filings`,
    body: { title: '桥梁护栏子方案', dueOn: '2026-04-10', unitIds: [partner], groupIds: [] },
  });
  const filings = await done<{ rows: { id: string }[] }>('officer', { method: 'GET', url: '/api/filings' });
  found.filing = filings.rows[0]?.id ?? '';
  await done('partner', { method: 'POST', url: `/api/filings/${found.filing}/file`, upload: 'walk.txt' });
  const stages = await done<{ stages: { id: string; name: string }[] }>('officer', {
    method: 'GET',
    url: `/api/plans/${found.plan}`,
  });
  const events = await done<{ rows: { id: string; name: string }[] }>('officer', { method: 'GET', url: '/api/events' });
  found.event = events.rows[0]?.id ?? '';
  marks = [
    plan.number,
    review.changes.sheet.title,
    '松安办〔2026〕7号',
    ...tasks.rows.flatMap((task) => [task.id, task.number, task.title]),
    found.plan,
    found.file,
    found.filing,
    '桥梁护栏子方案',
    'bridge-plan.txt',
    'walk.txt',
    '护栏更换过半',
    ...events.rows.map((event) => event.id),
    ...stages.stages.map((stage) => stage.id),
  ];
}

/** An enterprise with a major hazard that is to be listed, a problem that was closed and looked back at, a measure. */
async function findProblems(): Promise<void> {
  const enterprise = await done<{ id: string; number: string }>('officer', {
    method: 'POST',
    url: '/api/enterprises',
    body: { kind: 'enterprise', name: '松涛化纤试验厂', areaCode: district, regulatorUnitId: found.unit },
  });
  found.enterprise = enterprise.id;
  const criteria = await done<{ id: string }>('officer', { method: 'POST', url: '/api/problem-criteria/sample' });
  found.criteria = criteria.id;
  const register = (more: object) =>
    done<{ id: string; number: string; version: number }>('officer', {
      method: 'POST',
      url: '/api/problems',
      body: {
        kind: 'hazard',
        text: '原料仓库的消防水泵停用。',
        source: 'patrol',
        enterpriseId: found.enterprise,
        leadUnitId: found.unit,
        dueOn: '2026-04-10',
        ...more,
      },
    });
  const open = await register({ title: '消防水泵停用', grade: 'major', criteriaId: criteria.id, clauses: ['示例1'] });
  found.problem = open.id;
  const step = (who: string, id: string, path: string, body: object) =>
    done<{ version: number; state: string }>(who, { method: 'POST', url: `/api/problems/${id}/${path}`, body });
  const received = await step('clerk', open.id, 'receive', { version: open.version });
  const photo = await done<{ id: string }>('clerk', {
    method: 'POST',
    url: `/api/files?itemKind=problem&itemId=${open.id}`,
    upload: 'pump.txt',
  });
  found.photo = photo.id;
  await step('clerk', open.id, 'progress', {
    text: '水泵配件已订购。',
    evidence: [{ fileId: photo.id, role: 'document' }],
  });
  const end = await register({ title: '货架挡住通道', text: '货架挡住了疏散通道。' });
  found.closed = end.id;
  const taken = await step('clerk', end.id, 'receive', { version: end.version });
  const proof = await done<{ id: string }>('clerk', {
    method: 'POST',
    url: `/api/files?itemKind=problem&itemId=${end.id}`,
    upload: 'shelf.txt',
  });
  const cleared = await step('clerk', end.id, 'done', {
    version: taken.version,
    text: '货架已移走。',
    evidence: [{ fileId: proof.id, role: 'after' }],
  });
  const closed = await step('officer', end.id, 'recheck', {
    version: cleared.version,
    pass: true,
    opinion: '通道畅通。',
  });
  expect([received.state, closed.state]).toEqual(['underway', 'closed']);
  const listing = await done<{ id: string }>('officer', {
    method: 'POST',
    url: '/api/listings',
    body: {
      problemId: open.id,
      level: 'county',
      matter: '消防水泵停用',
      requirements: ['恢复供水'],
      reason: '险情重大。',
    },
  });
  found.listing = listing.id;
  const lookBack = await done<{ id: string; number: string }>('officer', {
    method: 'POST',
    url: '/api/look-backs',
    body: {
      title: '一季度回头看',
      from: '2026-03-01',
      to: '2026-03-10',
      take: 1,
      perUnit: 0,
      perMajor: 0,
      seedSource: 'witnessed',
    },
  });
  found.lookBack = lookBack.id;
  const measure = await done<{ id: string; number: string }>('officer', {
    method: 'POST',
    url: '/api/measures',
    body: { kind: 'institution', title: '仓库水泵轮检制度', text: '每周轮检一次。', leadUnitId: found.unit },
  });
  found.measure = measure.id;
  marks = [
    ...marks,
    open.id,
    '消防水泵停用',
    '货架挡住',
    '配件已订购',
    'pump.txt',
    photo.id,
    proof.id,
    listing.id,
    measure.id,
    '轮检制度',
  ];
  // the list of a look-back is published in the district: whoever may read it recomputes the draw
  sharedMarks = [end.id, enterprise.id, '松涛化纤试验厂', criteria.id];
}

describe('走查：每个接口、每个角色、外单位、外辖区、未登录', () => {
  it('准备就绪：方案、任务、附件、子方案都在，办理的单位自己看得到', async () => {
    expect(Object.entries(found).filter(([, id]) => id === '')).toEqual([]);
    for (const who of ['officer', 'leader', 'clerk', 'unitleader', 'partner']) {
      const list = await ask(who, { method: 'GET', url: '/api/tasks' });
      expect(list.text, who).toContain(found.task);
      expect((await ask(who, { method: 'GET', url: `/api/files/${found.file}` })).status, who).toBe(200);
    }
  });

  it('没有登录的人，任何接口都只得到“请先登录”', async () => {
    const wrong: string[] = [];
    for (const served of walked) {
      const answer = await ask(null, aimed(served));
      if (answer.status !== 401) wrong.push(`${served.name}: ${answer.status}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(roles)('%s：没有权限的接口一律 403，不论对象是否存在；有权限的不被权限挡住', async (role) => {
    const who = role.toLowerCase();
    const wrong: string[] = [];
    const before = await portrait();
    for (const served of walked) {
      const allowed = holds(permissions, actors.get(who) ?? null, served.route.permission);
      if (!allowed) {
        for (const asked of [aimed(served), aimed(served, randomUUID())]) {
          const answer = await ask(who, asked);
          if (answer.status !== 403 || leaks(asked, answer).length > 0)
            wrong.push(`${served.name}: ${answer.status} ${leaks(asked, answer)}`);
        }
      } else if (served.route.method === 'GET' && !pdfTakesABrowser(served)) {
        const answer = await ask(who, aimed(served));
        if (answer.status === 401 || answer.status === 403 || answer.status >= 500)
          wrong.push(`${served.name}: ${answer.status} ${answer.text.slice(0, 120)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await portrait()).toBe(before);
  });

  // The log of a jurisdiction names what its people asked for: 'otheraudit' looks before they have asked.
  it.each(['otheraudit', 'outsider', 'outsiderhead', 'otherofficer', 'otherleader', 'otherclerk', 'otheradmin'])(
    '%s 与这些任务无关：列表、导出、图表、附件里一个字也没有，办什么都办不成',
    async (who) => {
      const wrong: string[] = [];
      const before = await portrait();
      // Reading first: what he asks for himself stands in the log of his jurisdiction afterwards.
      const readingFirst = walked.toSorted(
        (a, b) => Number(b.route.method === 'GET') - Number(a.route.method === 'GET'),
      );
      for (const served of readingFirst) {
        if (pdfTakesABrowser(served)) continue;
        const asked = aimed(served);
        const answer = await ask(who, asked);
        const own = actors.get(who)?.jurisdiction === district;
        const leaked = leaks(asked, answer, own ? [] : sharedMarks);
        if (leaked.length > 0) wrong.push(`${served.name} ${answer.status} leaks ${leaked.join(' ')}`);
        if (answer.status >= 500) wrong.push(`${served.name}: ${answer.status} ${answer.text.slice(0, 200)}`);
        const one = /:id|:taskId/.test(served.route.path) && firstOf.some(([path]) => path.test(served.route.path));
        const shared = /^\/api\/(units|enterprises|problem-criteria|look-backs)\//.test(served.route.path) && own;
        if (one && !shared && answer.status < 400 && !/"source":null/.test(answer.text))
          wrong.push(`${served.name}: ${answer.status} ${answer.text.slice(0, 120)}`);
      }
      expect(wrong).toEqual([]);
      expect(await portrait()).toBe(before);
    },
  );

  it.each(['cityofficer', 'cityleader'])('%s 看得到下级的任务和挂图，但什么也改不了', async (who) => {
    expect((await ask(who, { method: 'GET', url: `/api/tasks/${found.task}` })).status).toBe(200);
    expect((await ask(who, { method: 'GET', url: '/api/tasks' })).text).toContain(found.task);
    expect((await ask(who, { method: 'GET', url: `/api/plans/${found.plan}` })).status).toBe(200);
    expect((await ask(who, { method: 'GET', url: `/api/files/${found.file}` })).status).toBe(200);
    const wrong: string[] = [];
    const before = await portrait();
    for (const served of walked) {
      if (served.route.method === 'GET') continue;
      const answer = await ask(who, aimed(served));
      if (answer.status >= 500) wrong.push(`${served.name}: ${answer.status} ${answer.text.slice(0, 200)}`);
      if (/:id/.test(served.route.path) && answer.status < 400)
        wrong.push(`${served.name}: ${answer.status} ${answer.text.slice(0, 120)}`);
    }
    expect(wrong).toEqual([]);
    expect(await portrait()).toBe(before);
  });

  it('换着法子找也找不到：按关键词、按方案、按日期，外单位和外辖区都是空的', async () => {
    const wrong: string[] = [];
    const words = encodeURIComponent('护栏');
    for (const who of ['outsider', 'otherofficer'])
      for (const url of [
        `/api/tasks?q=${words}`,
        `/api/tasks?plan=${found.plan}`,
        `/api/tasks?asOf=2026-03-10&plan=${found.plan}`,
        `/api/tasks?leadUnit=${found.unit}`,
        `/api/tasks.xlsx?q=${words}`,
        `/api/plans?q=${encodeURIComponent('冰凌')}`,
        `/api/filings?planId=${found.plan}`,
        `/api/wall?asOf=2026-03-10&planId=${found.plan}`,
        `/api/wall/sheet.html?planId=${found.plan}`,
        `/api/wall/sheet.xlsx`,
        `/api/files?itemKind=plan&itemId=${found.plan}`,
        `/api/files?itemKind=filing&itemId=${found.filing}`,
        `/api/files?itemKind=problem&itemId=${found.problem}`,
        `/api/files/${found.photo}`,
        `/api/problems?q=${encodeURIComponent('水泵')}`,
        `/api/problems?enterprise=${found.enterprise}`,
        `/api/problems?leadUnit=${found.unit}`,
        `/api/problems?asOf=2026-03-10`,
        `/api/problems/${found.closed}`,
        `/api/problem-choices`,
      ]) {
        const asked: Asked = { method: 'GET', url };
        const answer = await ask(who, asked);
        const leaked = leaks(asked, answer);
        if (leaked.length > 0 || answer.status >= 500)
          wrong.push(`${who} ${url}: ${answer.status} ${leaked.join(' ') || answer.text.slice(0, 200)}`);
      }
    expect(wrong).toEqual([]);
  });
});
