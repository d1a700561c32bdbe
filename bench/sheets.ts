import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { makeHouse } from '../src/app/house.ts';
import { addDays, day } from '../src/kernel/day.ts';
import { createUnit } from '../src/modules/units/server/door.ts';
import type { Database } from '../src/platform/db/connect.ts';
import { workbookType } from '../src/platform/documents/sheet-form.ts';
import { bookBytes, type SheetValue } from '../src/platform/documents/sheet-writer.ts';
import { testAct, testActor, testHouse } from '../src/platform/testing.ts';
import { atMost, type Measured } from './measured.ts';
import type { SeededProblems } from './seed-problems.ts';
import { listenAs } from './server.ts';
import type { Memory, Serve } from './serving.ts';

const ROWS = 50_000;
const EXPORTED = 1_000_000;
/** A government of its own, so that the others stay what they were seeded as. */
const IMPORTING = '990114';

const headers = { cookie: 'guatu=0', 'x-guatu': '1' };

async function sent<T>(origin: string, path: string, body: FormData | object): Promise<T> {
  const form = body instanceof FormData;
  const answer = await fetch(`${origin}${path}`, {
    method: 'POST',
    headers: {
      ...headers,
      'idempotency-key': randomUUID(),
      ...(form ? {} : { 'content-type': 'application/json' }),
    },
    body: form ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text.slice(0, 300)}`);
  return JSON.parse(text) as T;
}

interface Shown {
  readonly state: string;
  readonly refusal: unknown;
  readonly result: Record<string, unknown> | null;
  readonly report?: unknown;
}

/** Looks at the work as the page does, four times a second, until it is over; how often its progress had moved. */
async function followed(origin: string, id: string): Promise<{ work: Shown; moves: number }> {
  let moves = 0;
  let last = '';
  for (;;) {
    const answer = await fetch(`${origin}/api/work/${id}`, { headers });
    const work = (await answer.json()) as Shown & { step: unknown; done: unknown };
    const now = JSON.stringify([work.step, work.done]);
    if (now !== last) moves += 1;
    last = now;
    if (work.state !== 'running') {
      if (work.state !== 'done') throw new Error(`the work failed: ${JSON.stringify(work).slice(0, 400)}`);
      return { work, moves };
    }
    await wait(250);
  }
}

const faults = ['疏散通道被占用', '灭火器超期未检', '配电箱未接地', '临边防护缺失', '安全出口上锁'];

function workbook(today: string, mark: string): Promise<Buffer> {
  const on = day(today);
  function* rows(): Generator<SheetValue[]> {
    for (let at = 0; at < ROWS; at++)
      yield [
        `${mark}-${at}`,
        `第${at}处${faults[at % faults.length]}，长约${(at % 9) + 1}米（${mark}）`,
        `样本企业${at % 3000}号`,
        at % 50 === 0 ? '重大' : '一般',
        `导入单位${(at % 20) + 1}`,
        at % 3 === 0 ? `导入单位${((at + 7) % 20) + 1}` : '',
        { day: addDays(on, 20 + (at % 30)) },
        { day: addDays(on, -(at % 10)) },
      ];
  }
  const header = ['编号', '问题描述', '企业（场所）名称', '隐患等级', '责任单位', '配合单位', '整改时限', '发现日期'];
  return bookBytes({
    sheet: '问题隐患',
    titles: ['专项检查问题清单'],
    columns: header.map((name) => ({ header: name, width: 14 })),
    paper: 'A4',
    rows: rows(),
  });
}

/** A workbook of 50,000 rows: sent, checked row by row, entered, as the page does it; its report fetched. */
export async function measureImport(database: Database, today: string): Promise<Measured[]> {
  const actor = testActor({ roles: ['officer'], unitId: randomUUID(), jurisdiction: IMPORTING, name: '办' });
  await sql`insert into jurisdiction (code, name, level) values (${IMPORTING}, '演示区', 'district') on conflict do nothing`.execute(
    database.db,
  );
  const base = await testHouse(database.db, { today });
  const there = await sql`select 1 from unit where jurisdiction = ${IMPORTING} limit 1`.execute(database.db);
  const house = makeHouse({ db: database.db, files: base.files, clock: base.clock, kind: 'demonstration' });
  if (there.rows.length === 0)
    for (let at = 1; at <= 20; at++)
      await testAct(house, actor, (act) =>
        createUnit(act, { name: `导入单位${at}`, kind: 'department', parentId: null }),
      );
  const { origin, close } = await listenAs(database, actor, today);
  try {
    const bytes = await workbook(today, randomUUID().slice(0, 8));
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)], { type: workbookType }), '五万行.xlsx');
    const begun = performance.now();
    const check = await sent<{ workId: string }>(origin, '/api/problem-sheets/check', form);
    const checked = await followed(origin, check.workId);
    const half = performance.now();
    if (checked.work.result?.rows !== ROWS || checked.work.result?.wrong !== 0)
      throw new Error(`the check found something else: ${JSON.stringify(checked.work.result).slice(0, 400)}`);
    const report = await fetch(`${origin}/api/work/${check.workId}/report`, { headers });
    const reportSize = (await report.arrayBuffer()).byteLength;
    if (!report.ok || reportSize < ROWS * 10) throw new Error('the report of the check cannot be fetched');
    const from = performance.now();
    const enter = await sent<{ workId: string }>(origin, '/api/problem-sheets', {
      checkId: check.workId,
      title: '五万行',
      sourceType: 'specialCheck',
      duplicates: 'skip',
    });
    const entered = await followed(origin, enter.workId);
    const end = performance.now();
    if (entered.work.result?.registered !== ROWS)
      throw new Error(`not all was registered: ${JSON.stringify(entered.work.result).slice(0, 400)}`);
    const seconds = (half - begun + end - from) / 1000;
    const each = `check ${((half - begun) / 1000).toFixed(1)} s, enter ${((end - from) / 1000).toFixed(1)} s`;
    return [
      {
        ...atMost('a workbook of 50,000 rows: sent, checked, entered', seconds, 60, 's'),
        shown: `${seconds.toFixed(1)} s (${each}; progress moved ${checked.moves + entered.moves} times; report ${(reportSize / 1e6).toFixed(1)} MB)`,
      },
    ];
  } finally {
    await close();
  }
}

/** Bytes and lines of a download that is read and forgotten. */
const downloaded = (url: string): Promise<{ bytes: number; lines: number }> =>
  new Promise((resolve, reject) => {
    get(url, { headers }, (answer) => {
      let [bytes, lines] = [0, 0];
      answer.on('data', (piece: Buffer) => {
        bytes += piece.length;
        for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) lines += 1;
      });
      answer.on('error', reject);
      answer.on('end', () =>
        answer.statusCode === 200 && answer.complete
          ? resolve({ bytes, lines })
          : reject(new Error(`${url}: ${answer.statusCode}`)),
      );
    }).on('error', reject);
  });

/** A server in a process of its own: its memory is what an operator sees, without that of the bench and of the client. */
async function serving(serve: Serve) {
  const child = fork(fileURLToPath(new URL('./serving.ts', import.meta.url)), {
    execArgv: ['--expose-gc', '--import', 'tsx'],
  });
  const said = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      child.once('message', (message) => resolve(message as T));
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the server ended: ${code}`)));
    });
  const ask = <T>(order: Serve | 'watch' | 'tell'): Promise<T> => {
    const answer = said<T>();
    child.send(order);
    return answer;
  };
  const { origin } = await ask<{ origin: string }>(serve);
  return {
    origin,
    watch: () => ask<unknown>('watch'),
    memory: () => ask<Memory>('tell'),
    close: () => void child.removeAllListeners('exit').kill(),
  };
}

/** The newest million problems as .csv with all columns and as .xlsx with the usual ones, in constant memory. */
export async function measureExport(database: Database, url: string, seeded: SeededProblems): Promise<Measured[]> {
  const { jurisdiction, units, today } = seeded;
  const edge = await sql<{ day: string }>`select (entered_on + 1)::text as day from problem
    where jurisdiction = ${jurisdiction} order by serial desc offset ${EXPORTED} limit 1`.execute(database.db);
  const from = edge.rows[0]?.day;
  const found = await sql<{ n: number }>`select count(*)::int as n from problem
    where jurisdiction = ${jurisdiction} and (${from ?? null}::date is null or entered_on >= ${from ?? null}::date)`.execute(
    database.db,
  );
  const count = found.rows[0]?.n ?? 0;
  const lines: Measured[] = [];
  for (const kind of ['csv', 'xlsx'] as const) {
    const server = await serving({ url, jurisdiction, unitId: units[0] ?? null, today });
    try {
      // what every process holds after its first page is not what an export needs
      await downloaded(`${server.origin}/api/problems`);
      await server.watch();
      const begun = performance.now();
      const got = await downloaded(
        `${server.origin}/api/problems.${kind}${from === undefined ? '' : `?enteredFrom=${from}`}`,
      );
      const seconds = (performance.now() - begun) / 1000;
      const { grown, peak } = await server.memory();
      const whole = kind === 'xlsx' || got.lines >= count + 1;
      lines.push({
        ...atMost(`export of ${count.toLocaleString('en-US')} problems as .${kind}: memory`, grown, 300, 'MB'),
        shown: `${grown.toFixed(0)} MB more (${peak.toFixed(0)} MB in all), ${seconds.toFixed(0)} s, ${(got.bytes / 1e6).toFixed(0)} MB, ${(count / seconds).toFixed(0)} a second${whole ? '' : `, only ${got.lines} lines`}`,
        ok: grown <= 300 && whole,
      });
    } finally {
      server.close();
    }
  }
  return lines;
}
