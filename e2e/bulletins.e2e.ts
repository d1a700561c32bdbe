import ExcelJS from 'exceljs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser, openPage, settled, signIn, type Watched } from './browser.ts';
import { look, openEyes } from './look.ts';
import { type Product, shownAccounts, startProduct } from './product.ts';
import { act } from './task-page.ts';

const today = '2026-11-23';
let product: Product;
let browser: Browser;
const passwords = new Map<string, string>();
const people = new Map<string, Watched>();

interface Row {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly period: string;
  readonly periodTo: string;
}

async function at(login: string): Promise<Page> {
  const known = people.get(login);
  if (known) return known.page;
  const watched = await openPage(browser, product.origin);
  await signIn(watched.page, login, passwords.get(login) ?? '');
  people.set(login, watched);
  return watched.page;
}
async function open(login: string, address: string): Promise<Page> {
  const page = await at(login);
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
  return page;
}
const read = async <T>(page: Page, path: string): Promise<T> =>
  (await (await page.request.get(path, { headers: { 'x-guatu': '1' } })).json()) as T;
const bulletins = async (): Promise<readonly Row[]> =>
  (await read<{ rows: Row[] }>(await at('awb1'), '/api/bulletins')).rows;

describe.skipIf(chromiumPath() === null)('周通报从周一早上备好到印发，单位报送', () => {
  let weekly = '';

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct({ today }), openBrowser()]);
    for (const account of await shownAccounts(product)) passwords.set(account.login, account.password);
    const page = await at('awb1');
    const deadline = Date.now() + 240_000;
    while (!(await bulletins()).some((one) => one.period === 'week' && one.periodTo === '2026-11-22')) {
      if (Date.now() > deadline) throw new Error(`the demonstration is not told:\n${product.terminal()}`);
      await page.waitForTimeout(1000);
    }
    weekly =
      (await bulletins()).find((one) => one.period === 'week' && one.periodTo === '2026-11-22' && one.state === 'draft')
        ?.id ?? '';
  });
  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  it('周一早上周通报已经备好；手写的数字不能保存，用名称引用的可以', async () => {
    expect(weekly).not.toBe('');
    const page = await open('awb1', `/bulletins/${weekly}`);
    await page.getByRole('button', { name: '修改文字' }).click();
    const summary = page.getByLabel('总体情况', { exact: true });
    const before = await summary.inputValue();
    await summary.fill(`${before}\n逾期问题还有5件。`);
    await page.getByRole('button', { name: '保存文字' }).click();
    await page.getByText('是手写的数字，不能写进通报').first().waitFor();
    await summary.fill(`${before}\n逾期问题还有{{逾期}}件，请抓紧整改。`);
    await page.getByRole('button', { name: '保存文字' }).click();
    await page.getByText('请抓紧整改。').first().waitFor();
    await settled(page);
  });

  it('每个数字打开的清单，条数就是这个数字', async () => {
    const page = await open('awb1', `/bulletins/${weekly}`);
    const link = page.getByRole('link').and(page.locator('[title^="逾期，截至"]')).first();
    const shown = Number(await link.textContent());
    const address = (await link.getAttribute('href')) ?? '';
    expect(address).toContain('asOf=2026-11-22');
    const listed = await read<{ total: number }>(page, address.replace('/problems?', '/api/problems?'));
    expect(listed.total).toBe(shown);
    // and each number of the table of units, but for turns, of which one problem may have several, and days
    const cells = page.getByRole('region', { name: /问题隐患和任务$/ }).getByRole('link');
    let counted = 0;
    for (const cell of (await cells.all()).slice(0, 60)) {
      const to = (await cell.getAttribute('href')) ?? '';
      if (to.includes('turn=') || to.includes('sort=due')) continue;
      const found = await read<{ total: number }>(page, `/api${to}`);
      expect([to, found.total]).toEqual([to, Number(await cell.textContent())]);
      counted += 1;
    }
    expect(counted).toBeGreaterThan(10);
  });

  it('送审、另一位同志批准、印发，公文和附件齐全；公开要另行批准', async () => {
    const page = await open('awb1', `/bulletins/${weekly}`);
    await act(page, '送审');
    await page.getByText('待审批').first().waitFor();
    const leader = await open('leader', `/bulletins/${weekly}`);
    await act(leader, '审批通过', (dialog) => dialog.getByLabel(/^意见/).fill('同意印发。'));
    await page.reload();
    await act(page, '印发');
    await page.getByText('公文（1份）').waitFor();
    await page.getByText('附件：各单位情况.xlsx').waitFor();
    await page.getByRole('button', { name: '核对' }).click();
    await page.getByText(/逐字节一致/).waitFor();
    await act(page, '申请公开发布', async (dialog) => {
      await dialog.getByLabel(/^在哪里公开/).fill('区政府网站');
      await dialog.getByLabel(/^理由/).fill('接受社会监督。');
    });
    const second = await open('awb2', `/bulletins/${weekly}`);
    await act(second, '批准公开发布', (dialog) => dialog.getByLabel(/^意见/).fill('同意。'));
    await second.getByText('已公开发布').first().waitFor();
    const unit = await open('zhujian', `/bulletins/${weekly}`);
    await unit.getByText('请抓紧整改。').first().waitFor();
  });

  it('单位报送日报：系统的数字自动锁定，单位只填不知道的', async () => {
    const unit = await at('zhujian');
    const { rows } = await read<{ rows: { id: string }[] }>(unit, '/api/periodic-reports-to-do');
    const page = await open('zhujian', `/periodic-reports/${rows.at(-1)?.id ?? ''}`);
    await act(page, '报送', async (dialog) => {
      await dialog.getByLabel(/^当日出动检查人次/).fill('12');
      await dialog.getByLabel(/^当日检查企业和场所/).fill('7');
    });
    await page.getByText('系统计算并锁定的数字').waitFor();
  });

  it('规定导出成表格，写错的说出哪一行，改对了导入，单位当天就收到要带附件的报送', async () => {
    const page = await open('awb1', '/rulebook');
    const [out] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出现行规定' }).click(),
    ]);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(await out.path());
    const sheet = workbook.getWorksheet('报送制度');
    if (!sheet) throw new Error('no sheet of rhythms');
    const heads = (sheet.getRow(1).values as string[]).map((one) => String(one ?? '').replace(/ \*$/, ''));
    const line = sheet.rowCount + 1;
    const write = (row: Readonly<Record<string, string>>) => {
      for (const [head, text] of Object.entries(row)) sheet.getRow(line).getCell(heads.indexOf(head)).value = text;
    };
    const choose = async () =>
      page.setInputFiles('input[type=file]', {
        name: '规定.xlsx',
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        buffer: Buffer.from(await workbook.xlsx.writeBuffer()),
      });
    await choose();
    await page.getByText('表中的规定系统里都有').waitFor();
    write({
      名称: '典型案例专报',
      依据: '区安委办通知（演示）',
      多久一次: '每日',
      由谁报送: '各办事处',
      报给谁: '区安委办',
      几点前: '半夜',
      典型案例: '必须报',
      附件: '必须报',
      起始日期: today,
    });
    await choose();
    await page.getByText('有错误，没有写入').waitFor();
    await page.getByText('“半夜”不是时刻').waitFor();
    await page.getByText('单位名册里没有“各办事处”').waitFor();
    write({ 由谁报送: '望澜区澜桥街道办事处', 几点前: '23:59' });
    await choose();
    await page.getByText('没有发现错误，可以写入').waitFor();
    await page.getByRole('button', { name: '写入', exact: true }).click();
    await page.getByText('已写入').first().waitFor();
    const unit = await at('lanqiao');
    const { rows } = await read<{ rows: { id: string; rhythmName: string }[] }>(unit, '/api/periodic-reports-to-do');
    const asked = rows.find((one) => one.rhythmName === '典型案例专报');
    const report = await open('lanqiao', `/periodic-reports/${asked?.id ?? ''}`);
    await act(report, '报送', async (dialog) => {
      await dialog.getByRole('button', { name: '增加典型案例' }).click();
      await dialog.getByLabel('典型案例1的标题').fill('某商铺占用疏散通道案');
      await dialog.getByLabel('典型案例1的内容').fill('检查发现占用疏散通道，责令改正后复查合格。');
      await dialog
        .locator('input[type=file]')
        .setInputFiles({ name: '决定书.txt', mimeType: 'text/plain', buffer: Buffer.from('行政处罚决定书（样例）') });
      await dialog.getByText('决定书.txt').waitFor();
    });
    await report.getByRole('link', { name: '决定书.txt' }).waitFor();
    const stories = await open('awb1', '/told-stories?kind=case');
    await stories.getByText('某商铺占用疏散通道案').waitFor();
  });

  it('在办公屏、手机、大屏上都好看，没有无障碍问题', async () => {
    const eyes = await openEyes(browser, product.origin, await at('awb1'));
    const troubles: string[] = [];
    for (const [address, name] of [
      ['/bulletins', 'bulletins'],
      [`/bulletins/${weekly}`, 'bulletin'],
      [`/bulletins/${weekly}/print`, 'bulletin-print'],
      ['/bulletin-forms', 'bulletin-forms'],
      ['/periodic-reports', 'filings'],
      ['/report-rhythms', 'rhythms'],
      ['/told-stories', 'stories'],
      ['/rulebook', 'rulebook'],
    ] as const)
      troubles.push(...(await look(eyes, address, name)));
    await eyes.close();
    expect(troubles).toEqual([]);
    for (const [login, { errors }] of people) expect([login, ...errors]).toEqual([login]);
  });
});
