import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser, openPage, settled, signIn, type Watched } from './browser.ts';
import { expectSound, look, openEyes } from './look.ts';
import { ownPlan, type PlanFile, realPlan, unitsWorkbook } from './material.ts';
import { type Product, shownAccounts, startProduct } from './product.ts';
import { mention, openDraft, openMentions, settleDoubts, step } from './review.ts';
import { act } from './task-page.ts';

const TODAY = '2020-09-15';
/** Three units with accounts that both plans name, and who signs for each. */
const units = [
  { login: 'zhujian', name: '区住建局' },
  { login: 'yingji', name: '区应急管理局' },
  { login: 'jiaotong', name: '区交通运输局' },
] as const;

interface Line {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly state: string;
  readonly leadUnitName: string;
  readonly dueOn: string | null;
}

let product: Product;
let browser: Browser;
let officer: Watched;
const passwords = new Map<string, string>();
const open: Watched[] = [];
const plan: { file: PlanFile; id: string; title: string } = {
  file: { name: '', mimeType: '', buffer: Buffer.alloc(0), tasks: null },
  id: '',
  title: '',
};
/** Titles of the four lines that the test follows: three for the units, one that is late. */
let followed: string[] = [];
let tasks: Line[] = [];

async function enter(login: string): Promise<Watched> {
  const watched = await openPage(browser, product.origin);
  open.push(watched);
  await signIn(watched.page, login, passwords.get(login) ?? '');
  return watched;
}
const lineOf = (title: string): Line => {
  const found = tasks.find((task) => task.title === title);
  if (!found) throw new Error(`no task ${title}`);
  return found;
};
async function readTasks(page: Page): Promise<Line[]> {
  const answer = await page.request.get(`/api/tasks?plan=${plan.id}&pageSize=200`, { headers: { 'x-guatu': '1' } });
  return ((await answer.json()) as { rows: Line[] }).rows;
}
describe.skipIf(chromiumPath() === null)('从方案文件到挂图，安委办经办人走完全程', () => {
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct({ today: TODAY }), openBrowser()]);
    for (const account of await shownAccounts(product)) passwords.set(account.login, account.password);
    plan.file = realPlan() ?? (await ownPlan());
    officer = await enter('awb1');
  });
  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  it('导入方案文件，识读完成后进入校核，任务一条不少', async () => {
    const { page } = officer;
    await page.getByRole('link', { name: '方案台账' }).first().click();
    await page.getByLabel('把方案文件拖到这里').setInputFiles(plan.file);
    await page.getByRole('tab', { name: /^任务（\d+）/ }).waitFor();
    const count = Number(/（(\d+)）/.exec((await page.getByRole('tab', { name: /^任务（/ }).textContent()) ?? '')?.[1]);
    if (plan.file.tasks === null) expect(count).toBeGreaterThan(5);
    else expect(count).toBe(plan.file.tasks);
    plan.id = /plans\/([^/]+)\/review/.exec(page.url())?.[1] ?? '';
    plan.title = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
    await expectSound(page, 'review-fresh');
  });

  it('同一份方案做成 Word 文件，一样读得出来', async () => {
    const { page } = officer;
    const own = await ownPlan();
    if (plan.file.name === own.name) return;
    await page.goto('/plans');
    await page.getByLabel('把方案文件拖到这里').setInputFiles(own);
    await page.getByRole('tab', { name: /^任务（[1-9]\d*）/ }).waitFor();
  });

  it('单位一一对应：候选一点即定，缺的从表格导入，不是单位的略去，别名记住', async () => {
    const { page } = officer;
    await page.goto(`/plans/${plan.id}/review`);
    const found = await openMentions(page);
    const zone = found.find((one) => one.candidates === 0 && /开发区$/.test(one.text));
    const nobody = found.find((one) => one.candidates === 0 && /牵头部门$/.test(one.text));
    const missing = found.filter((one) => one.candidates === 0 && one !== zone && one !== nobody);
    for (const one of found.filter((each) => each.candidates > 0))
      await step(page, () => mention(page, one.text).getByRole('button', { name: /^是「/ }).first().click());
    if (zone) {
      const choice = mention(page, zone.text).getByRole('combobox');
      await choice.fill('开发区');
      await step(page, () => choice.press('Enter'));
    }
    if (nobody)
      await step(page, () => mention(page, nobody.text).getByRole('button', { name: '不是单位，略去' }).click());
    if (missing.length > 0) {
      await page.goto('/units/import');
      await page.getByLabel('组织机构表格（.xlsx）').setInputFiles(await unitsWorkbook(missing.map((one) => one.text)));
      await page.getByRole('button', { name: '写入' }).click();
      await page.getByText('已写入。').waitFor();
      await page.goto(`/plans/${plan.id}/review`);
    }
    expect(await openMentions(page)).toEqual([]);
    await expectSound(page, 'review-units');
    // What was settled is remembered: the organisation now knows the wording by itself.
    if (zone) {
      const meant = await page.request.get(`/api/units/mention?text=${encodeURIComponent(zone.text)}`, {
        headers: { 'x-guatu': '1' },
      });
      expect(((await meant.json()) as { kind: string }).kind).toBe('unit');
    }
  });

  it('疑问逐类一次处理；三条任务改定牵头单位，一条补上已过的时限，其余按拟定单位确认牵头', async () => {
    const { page } = officer;
    await settleDoubts(page);
    await page.getByRole('tab', { name: '疑问（0）' }).waitFor();
    await page.getByRole('tab', { name: /^任务（/ }).click();
    const review = (await (
      await page.request.get(`/api/plans/${plan.id}/review`, { headers: { 'x-guatu': '1' } })
    ).json()) as {
      changes: { drafts: { title: string; discarded: string | null; quotas: unknown[]; lead: unknown[] }[] };
    };
    followed = review.changes.drafts
      .filter((draft) => draft.discarded === null && draft.quotas.length === 0)
      .map((draft) => draft.title)
      .slice(0, 4);
    for (const [index, unit] of units.entries()) {
      const editor = await openDraft(page, followed[index] ?? '');
      for (const remove of await editor
        .getByLabel('牵头单位')
        .locator('xpath=ancestor::*[contains(@class,"g-field")]')
        .getByRole('button', { name: /^去掉/ })
        .all())
        await remove.click();
      await editor.getByLabel('牵头单位').fill(unit.name);
      await editor.getByLabel('牵头单位').press('Enter');
      await editor.getByLabel('牵头单位').press('Escape');
      await step(page, () => editor.getByRole('button', { name: '保存修改' }).click());
    }
    const editor = await openDraft(page, followed[3] ?? '');
    for (
      let left = await editor.getByRole('group', { name: '完成时限' }).getByRole('button', { name: '删除' }).count();
      left > 0;
      left -= 1
    )
      await editor.getByRole('group', { name: '完成时限' }).getByRole('button', { name: '删除' }).first().click();
    await editor.getByRole('button', { name: '添加时限' }).click();
    await editor.getByLabel('最后一天').fill('2020-08-31');
    await editor.getByLabel('最后一天').press('Enter');
    await step(page, () => editor.getByRole('button', { name: '保存修改' }).click());
    await page.getByRole('button', { name: '采用并下达' }).click();
    const dialog = page.getByRole('dialog', { name: '采用方案并下达任务' });
    const confirm = dialog.getByRole('button', { name: /^全部按拟定单位确认牵头/ });
    if (await confirm.isVisible()) await step(page, () => confirm.click());
    const office = dialog.getByRole('button', { name: /^都由.+牵头$/ });
    if (await office.isVisible()) await step(page, () => office.click());
    await expectSound(page, 'adopt');
  });

  it('全部任务一次下达，各有编号', async () => {
    const { page } = officer;
    const dialog = page.getByRole('dialog', { name: '采用方案并下达任务' });
    const doubts = dialog.getByLabel('带疑问下达');
    if (await doubts.isVisible()) await doubts.check();
    await dialog.getByRole('button', { name: /^下达\d+条任务$/ }).click();
    await page.waitForURL(`**/plans/${plan.id}`);
    tasks = await readTasks(page);
    if (plan.file.tasks !== null) expect(tasks).toHaveLength(plan.file.tasks);
    expect(new Set(tasks.map((task) => task.number)).size).toBe(tasks.length);
    expect(tasks.every((task) => task.state === 'toReceive')).toBe(true);
    for (const [index, unit] of units.entries()) expect(lineOf(followed[index] ?? '').leadUnitName).toBe(unit.name);
    expect(lineOf(followed[3] ?? '').dueOn).toBe('2020-08-31');
  });

  it('三个单位各自签收、填报进展附佐证、提交办结', async () => {
    for (const [index, unit] of units.entries()) {
      const { page, errors } = await enter(unit.login);
      const task = lineOf(followed[index] ?? '');
      await page.getByRole('search').getByRole('textbox').fill(task.number);
      await page.getByRole('search').getByRole('button', { name: '搜索' }).click();
      await page.getByRole('link', { name: task.title }).first().click();
      await page.getByRole('heading', { level: 1, name: task.title }).waitFor();
      await act(page, '签收');
      await act(page, '填报进展', async (dialog) => {
        await dialog.getByLabel(/办理情况/).fill('已对辖区重点单位逐一检查，发现的问题已立行立改。');
        await dialog.getByLabel(/总体进度/).fill('100');
        await dialog.getByLabel('佐证材料').setInputFiles({
          name: '检查记录.txt',
          mimeType: 'text/plain',
          buffer: Buffer.from(`检查记录（${unit.name}）：检查单位十二家，整改隐患三处。`),
        });
        await dialog.getByText('检查记录.txt').waitFor();
        if (index === 0) await expectSound(page, 'report');
      });
      await page
        .getByRole('link', { name: /检查记录\.txt/ })
        .first()
        .waitFor();
      await act(page, '提交办结', (dialog) => dialog.getByLabel(/完成情况/).fill('全部措施已经落实。'));
      await page.getByText('提交办结', { exact: true }).first().waitFor();
      expect(errors).toEqual([]);
    }
  });

  it('安委办退回一件、核查通过两件；单位看到退回的原因', async () => {
    const { page } = officer;
    const reason = '整改后的照片没有附上，请补齐再提交。';
    for (const [index] of units.entries()) {
      await page.goto(`/tasks/${lineOf(followed[index] ?? '').id}`);
      if (index === 0) await act(page, '退回', (dialog) => dialog.getByLabel(/还差什么/).fill(reason));
      else await act(page, '核查通过');
    }
    tasks = await readTasks(page);
    expect(followed.map((title) => lineOf(title).state)).toEqual(['underway', 'closed', 'closed', 'toReceive']);
    const unit = open.at(-3);
    await unit?.page.reload();
    await unit?.page.getByText(reason).first().waitFor();
  });

  it('挂图、大屏显示逾期的任务：逾期几天、哪个单位、下一步谁办', async () => {
    const { page } = officer;
    const late = lineOf(followed[3] ?? '');
    await page.goto(`/wall?planId=${plan.id}`);
    await page
      .getByRole('link', { name: new RegExp(late.title.slice(0, 10)) })
      .first()
      .waitFor();
    expect(await page.locator('main').textContent()).toContain('15');
    const board = (await (
      await page.request.get(`/api/wall?planId=${plan.id}`, { headers: { 'x-guatu': '1' } })
    ).json()) as { figures: { assigned: number; closed: number; red: number }; late: { id: string; days: number }[] };
    expect(board.figures.assigned).toBe(tasks.length);
    expect(board.figures.closed).toBe(2);
    expect(board.late.find((one) => one.id === late.id)?.days).toBe(15);
    // As of the last day of its term it was not late.
    await page.goto(`/wall?planId=${plan.id}&asOf=2020-08-31`);
    await settled(page);
    await page.goto('/wall/screen');
    await page.getByRole('heading', { level: 1, name: /安全生产挂图作战/ }).waitFor();
    expect(await page.locator('main').textContent()).toMatch(/逾期/);
  });

  it('A3 打印件只有一页，写着逾期的任务；表格里也有', async () => {
    const { page } = officer;
    const late = lineOf(followed[3] ?? '');
    const folder = mkdtempSync(join(tmpdir(), 'guatu-sheet-'));
    const pdf = await (await page.request.get(`/api/wall/sheet.pdf?planId=${plan.id}`, { timeout: 60_000 })).body();
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const file = join(folder, 'sheet.pdf');
    writeFileSync(file, pdf);
    const tool = (name: string, args: string[]): string | null => {
      try {
        return execFileSync(name, args, { encoding: 'utf8' });
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw cause;
      }
    };
    const info = tool('pdfinfo', [file]);
    if (info !== null) {
      expect(info).toMatch(/Pages:\s+1\n/);
      expect(info).toMatch(/Page size:\s+119[01][.\d]* x 84[12][.\d]* pts/);
    }
    const text = tool('pdftotext', ['-layout', file, '-']);
    if (text !== null) expect(text.replace(/\s/g, '')).toContain(late.title.replace(/\s/g, '').slice(0, 8));
    const book = new ExcelJS.Workbook();
    const bytes = await (await page.request.get(`/api/wall/sheet.xlsx?planId=${plan.id}`)).body();
    await book.xlsx.load(bytes as unknown as Parameters<typeof book.xlsx.load>[0]);
    const cells: string[] = [];
    book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => cells.push(cell.text))));
    expect(cells.some((cell) => cell.includes(late.number))).toBe(true);
  });

  it('每个主要页面在办公屏、手机、大屏三种尺寸上：无障碍检查没有问题，不用横向滚动，控制台没有错误', async () => {
    const eyes = await openEyes(browser, product.origin, officer.page);
    const pages: [string, string][] = [
      ['/', 'home'],
      ['/tasks', 'tasks'],
      [`/tasks/${lineOf(followed[0] ?? '').id}`, 'task'],
      ['/plans', 'plans'],
      [`/plans/${plan.id}`, 'plan'],
      [`/plans/${plan.id}/review`, 'review'],
      [`/plans/${plan.id}/text`, 'plan-text'],
      [`/plans/${plan.id}/mapping`, 'mapping'],
      ['/filings', 'filings'],
      ['/events', 'events'],
      ['/units', 'units'],
      ['/people', 'people'],
      ['/unit-groups', 'groups'],
      ['/task-forces', 'task-forces'],
      ['/units/import', 'units-import'],
      ['/wall', 'wall'],
      ['/wall/screen', 'wall-screen'],
      ['/wall/map', 'wall-map'],
      ['/sessions', 'sessions'],
    ];
    const troubles: string[] = [];
    for (const [address, name] of pages) troubles.push(...(await look(eyes, address, name)));
    await eyes.close();
    for (const [login, address, name] of [
      ['admin', '/accounts', 'accounts'],
      ['audit', '/audit', 'audit'],
    ] as const) {
      const { page } = await enter(login);
      const others = await openEyes(browser, product.origin, page);
      troubles.push(...(await look(others, address, name)));
      await others.close();
    }
    const stranger = await openEyes(browser, product.origin, (await openPage(browser, product.origin)).page);
    troubles.push(...(await look(stranger, '/', 'sign-in')));
    await stranger.close();
    expect(troubles).toEqual([]);
  });

  it('全程没有一处页面错误', () => {
    expect(open.flatMap((one) => one.errors)).toEqual([]);
  });
});
