import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accountsIn,
  ask,
  begin,
  dataFolder,
  formOf,
  guatu,
  type Running,
  signIn,
  startProduct,
  stop,
} from './testing.ts';

const first = dataFolder();
const second = dataFolder();
const real = dataFolder();
const archive = join(first, '备份.tar.gz');
let product: Running & { readonly origin: string };
let password: string;

beforeAll(async () => {
  product = await startProduct(first);
  password = accountsIn(product.said()).find((one) => one.login === 'awb1')?.password ?? '';
}, 180_000);
afterAll(async () => {
  await stop(product);
  for (const folder of [first, second, real]) rmSync(folder, { recursive: true, force: true });
});

/** What an officer sees: every page of tasks, plans, sub-plans, the board, and the bytes of one attachment. */
async function seen(origin: string): Promise<unknown> {
  const cookie = await signIn(origin, 'awb1', password);
  const get = async (path: string): Promise<Record<string, unknown>> => {
    const answer = await ask(origin, cookie, path);
    expect(answer.status, path).toBe(200);
    return answer.body;
  };
  const tasks = await get('/api/tasks?pageSize=200&sort=number');
  const ids = (tasks.rows as { id: string }[]).map((row) => row.id);
  const details = await Promise.all(ids.slice(0, 10).map((id) => get(`/api/tasks/${id}`)));
  const file = details.flatMap((task) => task.files as { id: string }[])[0]?.id ?? '';
  const bytes = await fetch(`${origin}/api/files/${file}`, { headers: { cookie } });
  return {
    tasks,
    details,
    plans: await get('/api/plans?pageSize=200&sort=number'),
    filings: await get('/api/filings?pageSize=200'),
    units: await get('/api/units?pageSize=200'),
    file: Buffer.from(await bytes.arrayBuffer()).toString('base64'),
  };
}

describe('恢复演练', () => {
  it('边运行边备份，恢复到新目录，核对没有发现，清单与原来一样', async () => {
    const before = await seen(product.origin);
    const backup = await guatu(['backup', archive], { GUATU_DATA: first });
    expect(backup.said).toContain('备份完成');
    expect(backup.code).toBe(0);
    expect(await seen(product.origin)).toEqual(before);

    const restored = await guatu(['restore', archive], { GUATU_DATA: second });
    expect(restored.code, restored.said).toBe(0);
    const verified = await guatu(['verify'], { GUATU_DATA: second });
    expect(verified.said).toContain('没有发现改动');
    expect(verified.code).toBe(0);

    const copy = await startProduct(second);
    expect(await seen(copy.origin)).toEqual(before);
    expect(await stop(copy)).toBe(0);
    expect((await guatu(['verify'], { GUATU_DATA: second })).said).toMatch(/与库外存根 \d+ 天对照.*没有发现改动/);
  }, 120_000);

  it('备份以后又办了事，再恢复到同一目录：不写明 --replace 就拒绝；恢复后原有的存根另存', async () => {
    const cookie = await signIn(product.origin, 'awb1', password);
    const before = await seen(product.origin);
    const made = await ask(product.origin, cookie, '/api/plans/import', {
      body: formOf('通知.txt', '关于开展检查的通知'),
    });
    expect(made.status).toBe(200);
    expect(await stop(product)).toBe(0);
    const refused = await guatu(['restore', archive], { GUATU_DATA: first });
    expect(refused.code).toBe(1);
    expect(refused.said).toContain('--replace');
    const replaced = await guatu(['restore', archive, '--replace'], { GUATU_DATA: first });
    expect(replaced.code, replaced.said).toBe(0);
    expect(replaced.said).toContain('原有的封存存根另存为');
    expect(existsSync(join(first, 'seals.log'))).toBe(false);
    expect(readdirSync(first).filter((name) => /^seals-\d{14}\.log$/.test(name))).toHaveLength(1);
    product = await startProduct(first);
    expect(await seen(product.origin)).toEqual(before);
  }, 120_000);

  it('损坏的备份、找不到的备份：说明原因，什么也不动', async () => {
    const missing = await guatu(['restore', join(first, '没有.tar.gz')], { GUATU_DATA: second });
    expect([missing.code, missing.said]).toEqual([1, expect.stringContaining('找不到备份文件')]);
    const empty = await guatu(['verify'], { GUATU_DATA: real });
    expect([empty.code, empty.said]).toEqual([1, expect.stringContaining('还没有安装，没有可以核对的记录')]);
    const unnamed = await guatu(['backup'], { GUATU_DATA: second });
    expect([unnamed.code, unnamed.said]).toEqual([1, expect.stringContaining('请写明备份文件的路径')]);
  }, 60_000);
});

describe('演示与正式安装分得开', () => {
  const sentence = '正式安装不能设 GUATU_TODAY：它只用于演示和演练。请去掉这个环境变量后再启动。';

  it('已有演示的目录不能再建正式安装', async () => {
    const { code, said } = await guatu(['start', '--empty'], { GUATU_DATA: second, PORT: '0' });
    expect(code).toBe(1);
    expect(said).toContain('里已经是演示。正式安装请换一个空目录');
  }, 60_000);

  it('正式安装不接受演练日期，无论是建立时、启动时、只开接口还是只办定时事项', async () => {
    const today = { GUATU_DATA: real, PORT: '0', GUATU_TODAY: '2020-09-15' };
    const founding = await guatu(['start', '--empty'], today);
    expect([founding.code, founding.said.trim().split('\n').at(-1)]).toEqual([1, sentence]);
    const opened = begin(['start', '--empty'], { GUATU_DATA: real, PORT: '0' });
    await opened.until(/挂图已启动/);
    expect(opened.said()).toMatch(/安装码 \d{4} \d{4}/);
    expect(await stop(opened)).toBe(0);
    for (const command of [['start'], ['serve'], ['work']]) {
      const { code, said } = await guatu(command, today);
      expect([code, said.trim().split('\n').at(-1)], command.join()).toEqual([1, sentence]);
    }
  }, 120_000);

  it('看不懂的日期、端口和命令，说明应当怎样写', async () => {
    const odd = await guatu(['start'], { GUATU_DATA: real, GUATU_TODAY: '昨天' });
    expect([odd.code, odd.said.trim()]).toEqual([1, 'GUATU_TODAY=昨天 不是日期，应写成 2020-09-15 这样。']);
    const port = await guatu(['start'], { GUATU_DATA: real, PORT: 'abc' });
    expect([port.code, port.said.trim()]).toEqual([1, 'PORT=abc 不是可用的端口，应为 1 到 65535 之间的整数。']);
    const unknown = await guatu(['sealed'], { GUATU_DATA: real });
    expect([unknown.code, unknown.said]).toEqual([2, expect.stringContaining('没有「sealed」这个命令')]);
  }, 60_000);
});
