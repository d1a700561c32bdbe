import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { strToU8, zipSync } from 'fflate';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPlanFile } from '../modules/plans/server/read-file.ts';
import { connectDatabase, type Database } from '../platform/db/connect.ts';
import { type EmbeddedDatabase, startEmbedded } from '../platform/db/embedded.ts';
import { packed, paragraph, pdfFile, wordFile } from '../platform/documents/fixtures.ts';
import { verify } from '../platform/facts/verify.ts';
import { png as emptyPng } from '../platform/files/picture-material.ts';
import { openFileStore } from '../platform/files/store.ts';
import { itemKinds } from './house.ts';
import {
  type Answer,
  accountsIn,
  ask,
  dataFolder,
  formOf,
  type Running,
  signIn,
  startProduct,
  stop,
} from './testing.ts';

const dataDir = dataFolder();
let product: Running & { readonly origin: string };
let officer: string;
let clerk: string;
let task: string;
let embedded: EmbeddedDatabase;
let database: Database;

beforeAll(async () => {
  product = await startProduct(dataDir);
  const enter = async (login: string): Promise<string> => {
    const account = accountsIn(product.said()).find((one) => one.login === login);
    return signIn(product.origin, login, account?.password ?? '');
  };
  officer = await enter('awb1');
  clerk = await enter('yingji');
  const { body } = await ask(product.origin, clerk, '/api/tasks?state=underway&mine=lead');
  task = (body.rows as { id: string }[])[0]?.id ?? '';
  embedded = await startEmbedded({ dataDir: join(dataDir, 'database') });
  database = await connectDatabase({ url: embedded.url, max: 2 });
}, 180_000);
afterAll(async () => {
  await database.close();
  await embedded.stop();
  await stop(product);
  rmSync(dataDir, { recursive: true, force: true });
});

const saidBy = (answer: Answer): string => String(answer.body.says ?? '');
const get = (path: string) => ask(product.origin, officer, path);
const post = (path: string, body: object) => ask(product.origin, officer, path, { body });
const count = async (table: string): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(database.db)).rows[0]?.n ?? 0;
const incoming = (): string[] => readdirSync(join(dataDir, 'files/incoming'));

interface Plan {
  id: string;
  state: string;
  readingError: string | null;
  lines: number;
  version: number;
  title: string;
}

/** Imports as the page does and waits until the file has been read, or could not be. */
async function imported(name: string, content: string | Uint8Array, seconds = 60): Promise<Plan> {
  const answer = await post('/api/plans/import', formOf(name, content));
  expect(answer.status, saidBy(answer)).toBe(200);
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const { plan } = (await get(`/api/plans/${answer.body.id}`)).body as unknown as { plan: Plan };
    if (plan.state !== 'importing') return plan;
    await wait(150);
  }
  throw new Error(`${name} was not read in ${seconds} s`);
}

const factsOf = async (id: string): Promise<string[]> =>
  ((await get(`/api/plans/${id}`)).body.facts as { says: string }[]).map((fact) => fact.says);
const lossesOf = async (id: string): Promise<string> =>
  ((await get(`/api/plans/${id}/text`)).body.losses as { message: string }[]).map((loss) => loss.message).join();

/** An OLE container that names the two streams of an encrypted Office file. */
function encryptedOffice(): Uint8Array {
  const bytes = new Uint8Array(512 * 4);
  const view = new DataView(bytes.buffer);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  view.setUint16(30, 9, true);
  view.setUint32(48, 1, true);
  view.setUint32(68, 0xfffffffe, true);
  for (let at = 0; at < 109; at += 1) view.setUint32(76 + at * 4, at === 0 ? 0 : 0xffffffff, true);
  view.setUint32(512, 0xfffffffd, true);
  view.setUint32(516, 0xfffffffe, true);
  for (const [index, name] of ['EncryptedPackage', 'EncryptionInfo'].entries()) {
    const at = 1024 + index * 128;
    for (const [place, letter] of [...name].entries()) view.setUint16(at + place * 2, letter.charCodeAt(0), true);
    view.setUint16(at + 64, name.length * 2 + 2, true);
    view.setUint32(at + 116, 2, true);
    view.setUint32(at + 120, 4096, true);
  }
  return bytes;
}

const key = '<00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff>';
const encryptedPdf = (): Uint8Array =>
  pdfFile(
    ['BT /F1 12 Tf (x) Tj ET'],
    `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ${key} /U ${key} >> /ID [<00> <00>] `,
  );
/** A page that is one picture, as a scanner makes it. */
const scan = (): Uint8Array =>
  pdfFile([`q 500 0 0 700 40 40 cm BI /W 8 /H 8 /CS /G /BPC 8 /F /AHx ID ${'7f'.repeat(64)}> EI Q`]);
const zipBomb = (): Uint8Array =>
  zipSync(
    { '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': new Uint8Array(60_000_000) },
    { level: 9 },
  );
const entities = (): Uint8Array =>
  wordFile('', {
    parts: {
      'word/document.xml':
        '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><w:document><w:body><w:p/></w:body></w:document>',
    },
  });

describe('导入不好的文件，说清原因，什么也不留下', () => {
  it('空文件：当场拒绝，没有留下方案', async () => {
    const before = await count('plan');
    const answer = await post('/api/plans/import', formOf('方案.docx', ''));
    expect(answer.status).toBe(422);
    expect(saidBy(answer)).toBe('文件是空的（0字节），没有导入。请检查文件后重新选择。');
    expect(await count('plan')).toBe(before);
  });

  it.each([
    ['不认识的格式', '方案.docx', () => Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 256), /无法识别/],
    ['普通压缩包', '方案.docx', () => packed({ 'a.txt': '一' }), /压缩包，请解压后导入/],
    ['加密的Word文件', '方案.docx', encryptedOffice, /设有打开密码，无法读取。请先.*去掉密码/],
    ['加密的PDF', '方案.pdf', encryptedPdf, /设有打开密码，无法读取/],
    ['没有文字的扫描件', '方案.pdf', scan, /扫描件/],
    ['压缩炸弹', '方案.docx', zipBomb, /解压|压缩/],
    ['带XML实体的文件', '方案.docx', entities, /实体/],
    ['截断的文件', '方案.docx', () => wordFile(paragraph('一、总体要求'.repeat(500))).slice(0, -40), /损坏|不完整/],
  ])('%s：方案标为读不出，写明原因和办法，没有任务和草稿', async (_name, name, content, says) => {
    const drafts = await count('plan_draft');
    const plan = await imported(name, content());
    expect(plan.state).toBe('unreadable');
    expect(plan.readingError).toMatch(says);
    expect(plan.readingError).toMatch(/。$/);
    expect(await count('plan_draft')).toBe(drafts);
    expect(incoming()).toEqual([]);
  });

  it('后缀不对、带宏、表格缺格的文件照样读，并说明', async () => {
    const line = (n: number) => `（${n}）开展第${n}项整治，6月底前完成。（责任单位：区应急局）`;
    const body = [1, 2].map((n) => paragraph(line(n))).join('');
    const wrong = await imported('方案.pdf', wordFile(body));
    expect([wrong.state, wrong.lines]).toEqual(['reviewing', 2]);
    expect(await lossesOf(wrong.id)).toContain('后缀是 .pdf，内容其实是 docx 格式');
    const macro = await imported(
      '方案.docm',
      wordFile(`${body}${paragraph('附：')}`, { parts: { 'word/vbaProject.bin': 'x' } }),
    );
    expect(macro.state).toBe('reviewing');
    expect(await lossesOf(macro.id)).toContain('宏');
    const row = (...cells: string[]) =>
      `<w:tr>${cells.map((text) => `<w:tc>${paragraph(text)}</w:tc>`).join('')}</w:tr>`;
    const ragged = wordFile(
      `${paragraph('目标任务清单')}<w:tbl>${row('序号', '工作任务', '责任单位', '完成时限')}${row('1', '排查隐患', '区应急局', '6月底')}${row(
        '2',
        '整治违建',
      )}${row()}${row('3', '检查燃气', '区住建局', '9月底', '多出的一格', '又一格')}</w:tbl>`,
    );
    const table = await imported('清单.docx', ragged);
    expect(table.state, table.readingError ?? '').toBe('reviewing');
    expect(table.lines).toBeGreaterThanOrEqual(2);
  });

  it('没有任务的文件：读完后说明，可以从原文新增', async () => {
    const plan = await imported('通知.txt', '关于放假的通知\n\n各单位：\n\n今天天气很好。\n');
    expect([plan.state, plan.lines]).toEqual(['reviewing', 0]);
    expect((await factsOf(plan.id)).join()).toContain('没有识别出任务；可以在校核页从原文新增');
  });

  it('读取时卡住的文件，到时限就停下，读取的进程不会留下', async () => {
    const fifo = join(dataDir, 'never-ends.docx');
    execFileSync('mkfifo', [fifo]);
    await expect(readPlanFile(fifo, '方案.docx', () => {}, { seconds: 3 })).rejects.toThrow(/仍未完成，已停止/);
    const left = readdirSync('/proc').filter(
      (pid) => /^\d+$/.test(pid) && commandOf(pid).includes('never-ends.docx') && commandOf(pid).includes('reader'),
    );
    expect(left).toEqual([]);
  });
});

const commandOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
};

/** Sends zeros as a file without ever holding them; the answer, or null when the line was cut without one. */
function stream(path: string, cookie: string, megabytes: number): Promise<Answer | null> {
  return new Promise((done) => {
    const boundary = 'guatu-test-boundary';
    const upload = request(
      `${product.origin}${path}`,
      {
        method: 'POST',
        headers: { cookie, 'x-guatu': '1', 'content-type': `multipart/form-data; boundary=${boundary}` },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => done({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
      },
    );
    upload.on('error', () => setTimeout(() => done(null), 500));
    upload.write(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="large.pdf"\r\ncontent-type: application/pdf\r\n\r\n%PDF-1.4\n`,
    );
    const chunk = Buffer.alloc(1_048_576);
    let left = megabytes;
    const more = (): void => {
      while (left > 0 && !upload.destroyed) {
        left -= 1;
        if (!upload.write(chunk)) return void upload.once('drain', more);
      }
      if (!upload.destroyed) upload.end(`\r\n--${boundary}--\r\n`);
    };
    more();
  });
}

const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

describe('超大的上传', () => {
  it('300 MB的文件边收边数，过了上限就拒绝，内存不涨，临时文件不留', async () => {
    const pid = product.child.pid ?? 0;
    const before = memoryOf(pid);
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, memoryOf(pid));
    }, 20);
    const plans = await count('plan');
    const answer = await stream('/api/plans/import', officer, 300);
    clearInterval(watch);
    expect(answer?.status).toBe(413);
    expect(answer?.body.says).toBe('文件超过了 100 MB 的上限，没有保存。请压缩或拆分后再传。');
    expect(most - before, 'kilobytes').toBeLessThan(150_000);
    expect(await count('plan')).toBe(plans);
    await expect.poll(incoming).toEqual([]);
  }, 60_000);

  it('没有登录的人传大文件，不会收下', async () => {
    const answer = await stream('/api/plans/import', 'guatu=nobody', 30);
    expect(answer?.status ?? 401).toBe(401);
    await expect.poll(incoming).toEqual([]);
  });
});

describe('五千条任务的方案', () => {
  it('读得出、校核得动、下达得了', async () => {
    const lines = Array.from(
      { length: 5000 },
      (_, n) => `（${n + 1}）开展第${n + 1}号点位隐患排查整治，年底前完成。（责任单位：区应急局）`,
    );
    const began = Date.now();
    const plan = await imported('大方案.txt', `隐患排查整治方案\n\n一、工作任务\n\n${lines.join('\n\n')}\n`, 120);
    const read = Date.now();
    expect([plan.state, plan.lines]).toEqual(['reviewing', 5000]);
    const review = (await get(`/api/plans/${plan.id}/review`)).body.changes as {
      version: number;
      drafts: { id: string }[];
      doubts: { id: string }[];
    };
    const shown = Date.now();
    const operations: object[] = [
      { do: 'setUnits', drafts: review.drafts.map((draft) => draft.id), lead: ['区应急局'] },
    ];
    if (review.doubts.length > 0)
      operations.push({ do: 'settleDoubts', doubts: review.doubts.map((doubt) => doubt.id), settlement: 'asWritten' });
    const stepped = await post(`/api/plans/${plan.id}/review`, { version: review.version, operations });
    expect(stepped.status, saidBy(stepped)).toBe(200);
    const reviewed = Date.now();
    const adopted = await post(`/api/plans/${plan.id}/adopt`, { version: stepped.body.version, withDoubts: true });
    expect(adopted.status, JSON.stringify(adopted.body).slice(0, 500)).toBe(200);
    expect(adopted.body.tasks).toBe(5000);
    const done = Date.now();
    console.log(
      `5,000 tasks: read ${read - began} ms, shown ${shown - read} ms, one step over all ${reviewed - shown} ms, adopted ${done - reviewed} ms`,
    );
    expect(done - began).toBeLessThan(90_000);
  }, 150_000);
});

describe('附件', () => {
  const attach = (name: string, content: string | Uint8Array) =>
    ask(product.origin, clerk, `/api/files?itemKind=task&itemId=${task}`, { body: formOf(name, content) });
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(40)]);
  const png = emptyPng(4, 3);

  it.each([
    ['改名为.jpg的脚本', '照片.jpg', '#!/bin/sh\nrm -rf /', /不是允许的类型/],
    ['网页', '说明.html', '<!doctype html><script>alert(1)</script>', /不是允许的类型/],
    ['改名为.txt的网页', '说明.txt', '<html><script>alert(1)</script>', /不是允许的类型/],
    ['矢量图', '图.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', /不是允许的类型/],
    ['程序', '工具.exe', 'MZ\u0090\u0000\u0003', /不是允许的类型/],
    ['改名为.png的程序', '工具.png', 'MZ\u0090\u0000\u0003', /不是允许的类型/],
    ['内容与扩展名不符的图片', '照片.pdf', png, /内容像是 \.png/],
    ['空文件', '照片.jpg', '', /是空的，没有保存/],
  ])('%s不收，说明原因', async (_name, name, content, says) => {
    const before = await count('file');
    const answer = await attach(name, content);
    expect(answer.status).toBe(422);
    expect(saidBy(answer)).toMatch(says);
    expect(saidBy(answer)).toContain(name);
    expect(await count('file')).toBe(before);
    expect(incoming()).toEqual([]);
  });

  it('各种古怪的文件名都收得下、列得出、下得来，不会写到别处', async () => {
    const long = `${'很长的名字'.repeat(60)}.png`;
    const names: readonly (readonly [given: string, kept: RegExp])[] = [
      ['../../../etc/passwd.png', /^passwd\.png$/],
      ['..\\..\\windows\\system.png', /^system\.png$/],
      [`引号"与'单引号;分号.png`, /^引号.*分号\.png$/],
      ['换\r\n行.png', /^换.*行\.png$/],
      [long, /^很长的名字.*…?.*\.png$/],
      ['😀表情与生僻字𠮷.png', /^😀表情与生僻字𠮷\.png$/],
      ['a\u202egnp.png', /^agnp\.png$/],
    ];
    for (const [given, kept] of names) {
      const answer = await attach(given, Buffer.concat([png, Buffer.from(given)]));
      expect(answer.status, `${given}: ${saidBy(answer)}`).toBe(200);
      expect(answer.body.name).toMatch(kept);
      const response = await fetch(`${product.origin}/api/files/${answer.body.id}`, { headers: { cookie: clerk } });
      expect(response.status, given).toBe(200);
      expect(response.headers.get('content-disposition')).toMatch(
        /^inline; filename="[\x20-\x7e]*"; filename\*=UTF-8''\S+$/,
      );
      await response.arrayBuffer();
    }
    expect(readdirSync(join(dataDir, 'files')).every((name) => /^([0-9a-f]{2}|incoming)$/.test(name))).toBe(true);
  });

  it('下载时不许浏览器猜类型、不许内容当网页用，照片以外的另存', async () => {
    const headersOf = async (name: string, content: string | Uint8Array): Promise<Headers> => {
      const answer = await attach(name, content);
      expect(answer.status, saidBy(answer)).toBe(200);
      const response = await fetch(`${product.origin}/api/files/${answer.body.id}`, { headers: { cookie: clerk } });
      await response.arrayBuffer();
      return response.headers;
    };
    for (const [name, content, type, way] of [
      ['现场.png', png, 'image/png', 'inline'],
      ['现场.heic', heic, 'image/heic', 'attachment'],
      ['记录.txt', '一切正常', 'text/plain; charset=utf-8', 'attachment'],
    ] as const) {
      const headers = await headersOf(name, content);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('content-type')).toBe(type);
      expect(headers.get('content-disposition')).toMatch(new RegExp(`^${way}; `));
    }
  });

  it('一件任务可以有二百份附件', async () => {
    for (let n = 0; n < 200; n += 10) {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, at) => attach(`记录${n + at}.txt`, `第${n + at}份`)),
      );
      expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200));
    }
    const { body } = await ask(product.origin, clerk, `/api/files?itemKind=task&itemId=${task}`);
    expect((body.rows as unknown[]).length).toBeGreaterThanOrEqual(200);
  }, 60_000);

  it('文字里有无法保存的控制字符时说明，不是系统出错', async () => {
    const answer = await ask(product.origin, clerk, `/api/tasks/${task}/progress`, { body: { text: '进\u0000展' } });
    expect(answer.status).toBe(422);
    expect(saidBy(answer)).toContain('控制字符');
  });
});

it('这一切之后，全部记录核对没有发现', async () => {
  const files = await openFileStore(join(dataDir, 'files'));
  const { findings } = await verify(database.db, itemKinds, files);
  expect(findings).toEqual([]);
});
