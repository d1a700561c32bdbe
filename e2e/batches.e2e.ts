import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDocument } from '../src/platform/documents/read.ts';
import { chromiumPath, openBrowser, openPage, settled, signIn, type Watched } from './browser.ts';
import { pickDay } from './fields.ts';
import { expectSound, look, openEyes } from './look.ts';
import { photo } from './problem-page.ts';
import { type Product, shownAccounts, startProduct } from './product.ts';
import { step } from './review.ts';
import { superiorList } from './superior-list.ts';

const today = '2026-11-22';
let product: Product;
let browser: Browser;
const passwords = new Map<string, string>();
const people = new Map<string, Watched>();

interface Batch {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly closing: { readonly problems: number; readonly closed: number };
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
const batches = async (): Promise<readonly Batch[]> =>
  (await read<{ rows: Batch[] }>(await at('awb1'), '/api/problem-batches?pageSize=50')).rows;
async function batchThatIs(state: string): Promise<Batch> {
  const found = (await batches()).find((one) => one.state === state);
  if (!found) throw new Error(`the demonstration has no list that is ${state}`);
  return found;
}

describe.skipIf(chromiumPath() === null)('上级清单和回头看，页面上的每一种办理', () => {
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct({ today }), openBrowser()]);
    for (const account of await shownAccounts(product)) passwords.set(account.login, account.password);
    const page = await at('awb1');
    const deadline = Date.now() + 150_000;
    while ((await read<{ total: number }>(page, '/api/look-backs')).total < 1) {
      if (Date.now() > deadline) throw new Error(`the demonstration is not told:\n${product.terminal()}`);
      await page.waitForTimeout(500);
    }
  });
  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  it('批次列表：一批已登记、看得到销号几条，点开就是台账；另一批等着校核', async () => {
    const page = await open('awb1', '/problem-batches');
    const told = await batchThatIs('registered');
    const { problems, closed } = told.closing;
    await expectSound(page, 'batches-list');
    await page.getByRole('link', { name: new RegExp(`${closed}/${problems}`) }).click();
    await page.getByText(`共 ${problems} 条`).first().waitFor();
    await page.goto('/problem-batches');
    await page.getByRole('row').filter({ hasText: '校核中' }).first().waitFor();
  });

  it('已登记的一批：进度、逐条结果、按来文版式的整改情况报告', async () => {
    const told = await batchThatIs('registered');
    const page = await open('awb1', `/problem-batches/${told.id}`);
    const strip = page.getByRole('region', { name: '本批整改进度' });
    expect(await strip.locator('.g-figure').filter({ hasText: '已销号' }).textContent()).toContain(
      String(told.closing.closed),
    );
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '整改情况报告（Word）' }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const { text } = await readDocument(Buffer.concat(chunks), download.suggestedFilename());
    expect(text).toContain('存在问题');
    expect(text).toMatch(/已销号|整改完成|已按整改要求/);
    await expectSound(page, 'batches-told');
  });

  it('待校核的一批：单位记住、拆开、选定企业、定时限、不登记又恢复，先登记核清的', async () => {
    const waiting = await batchThatIs('reviewing');
    const page = await open('awb1', `/problem-batches/${waiting.id}`);
    await expectSound(page, 'batches-review');
    await page.getByRole('tab', { name: /^单位（\d+待对应）/ }).click();
    const unknown = page.getByRole('listitem').filter({ hasText: '区教体局' });
    await unknown.getByRole('combobox').fill('教育局');
    await step(page, () => unknown.getByRole('combobox').press('Enter'));
    await expectSound(page, 'batches-units');
    await page.getByRole('tab', { name: '来文与记录' }).click();
    await page.getByLabel('检查组', { exact: true }).fill('市安委会第二巡查组（夜查）');
    await step(page, () => page.getByRole('button', { name: '保存', exact: true }).click());
    await expectSound(page, 'batches-head');
    await page.getByRole('tab', { name: /^问题（/ }).click();
    await step(page, () => page.getByRole('button', { name: '拆成2条' }).click());
    await page.getByRole('tab', { name: '问题（9）' }).waitFor();
    const first = page.locator('.b-line').first();
    await first.locator('.b-line-body').click();
    await first.getByLabel('不登记的原因').waitFor();
    await expectSound(page, 'batches-line');
    await first.getByLabel('不登记的原因').fill('另案处理');
    await step(page, () => first.getByRole('button', { name: '不登记', exact: true }).last().click());
    const restored = page.locator('.b-line').filter({ hasText: '另案处理' });
    await step(page, () => restored.getByRole('button', { name: '恢复登记' }).click());
    await page.getByRole('combobox', { name: '筛选各条' }).click();
    await page.locator('.ant-select-item-option').filter({ hasText: '可登记' }).click();
    await page.getByRole('button', { name: '全选' }).click();
    await pickDay(page, '整改时限改为', '2026-12-20');
    await step(page, () => page.getByRole('button', { name: '定为时限' }).click());
    await page
      .getByRole('button', { name: /^登记 \d+ 条$/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog', { name: /^登记批-/ });
    await dialog.getByRole('checkbox').check();
    await expectSound(page, 'batches-register');
    await dialog.getByRole('button', { name: /^登记 \d+ 条$/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(/已登记 \d+ 条/).waitFor();
    expect((await batches()).find((one) => one.id === waiting.id)?.closing.problems).toBeGreaterThan(2);
  });

  it('同一个文件再拖进来认得出；仍要导入的，每条都指出台账里已有，可以并入', async () => {
    const page = await open('awb1', '/problem-batches');
    const file = await superiorList(today);
    const drop = page.getByLabel('把上级的反馈意见或问题清单拖到这里');
    await drop.setInputFiles(file);
    await page.getByRole('tab', { name: '问题（21）' }).waitFor();
    const address = new URL(page.url()).pathname;
    await page
      .getByRole('button', { name: /^登记 \d+ 条$/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog', { name: /^登记批-/ });
    await dialog.getByRole('checkbox').check();
    await dialog.getByRole('button', { name: /^登记 \d+ 条$/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.goto('/problem-batches');
    await drop.setInputFiles(file);
    await page.getByText(/^这个文件已由.+导入过/).waitFor();
    await expectSound(page, 'batches-known');
    await page.getByRole('button', { name: '仍要再导入一份' }).click();
    await page.getByRole('tab', { name: '问题（21）' }).waitFor();
    expect(new URL(page.url()).pathname).not.toBe(address);
    const twin = page.locator('.b-point').filter({ hasText: '台账中已有' }).first();
    await step(page, () =>
      twin
        .getByRole('button', { name: /^并入问-/ })
        .first()
        .click(),
    );
    await page
      .getByText(/^并入已有问题/)
      .first()
      .waitFor();
  });

  it('读不出的文件说明原因，可以重新识读，可以写明原因作废', async () => {
    const page = await open('awb1', '/problem-batches');
    const file = await superiorList('2026-11-21');
    await page.getByLabel('把上级的反馈意见或问题清单拖到这里').setInputFiles({
      ...file,
      name: '损坏的清单.docx',
      buffer: file.buffer.subarray(0, 900),
    });
    await page.waitForURL(/\/problem-batches\/[0-9a-f-]{36}$/);
    await page.getByText('无法识读', { exact: true }).first().waitFor();
    await expectSound(page, 'batches-unreadable');
    const api = `/api${new URL(page.url()).pathname}`;
    const batch = async () => (await read<{ batch: { state: string; version: number } }>(page, api)).batch;
    const before = (await batch()).version;
    await page.getByRole('button', { name: '重新识读' }).click();
    // begun and ended, each with a version of its own
    await expect
      .poll(async () => {
        const { state, version } = await batch();
        return state === 'unreadable' && version >= before + 2;
      })
      .toBe(true);
    await page.reload();
    await page.getByText('无法识读', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: '作废', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: /^作废批-/ });
    await dialog.getByLabel(/^作废原因/).fill('文件损坏，请来文单位重发。');
    await dialog.getByRole('button', { name: '作废', exact: true }).click();
    await page.waitForURL(/\/problem-batches$/);
    await page.getByRole('row').filter({ hasText: '损坏的清单' }).getByText('已作废').waitFor();
  });

  it('回头看：抽出一条，核查属实，结束；再发起一次，重新抽取写明原因', async () => {
    const page = await open('awb1', '/look-backs');
    await expectSound(page, 'look-backs');
    const freeze = async (): Promise<string> => {
      await pickDay(page, '销号日期自', '2026-09-01');
      await pickDay(page, '销号日期至', '2026-11-21');
      for (const [label, value] of [
        [/^抽取条数/, '1'],
        [/^每个单位至少/, '0'],
        [/^重大隐患至少/, '0'],
      ] as const) {
        await page.getByLabel(label).fill(value);
        await page.getByLabel(label).press('Tab');
      }
      await page.getByText(/现在符合的已销号问题 [\d,]+ 条/).waitFor();
      const before = page.url();
      await page.getByRole('button', { name: '冻结名单' }).click();
      await page.waitForURL((url) => url.href !== before && /\/look-backs\/[0-9a-f-]{36}$/.test(url.pathname));
      return new URL(page.url()).pathname;
    };
    const seed = async (address: string): Promise<Page> => {
      const other = await open('awb2', address);
      await other.getByLabel(/^种子/).fill('2 6 3 5 1 4 6 2 5 3 1 6');
      await other.getByLabel(/^怎样产生的/).fill('会上掷骰子');
      for (const name of ['见证人甲', '见证人乙']) {
        await other.getByLabel(/^见证人/).fill(name);
        await other.getByLabel(/^见证人/).press('Enter');
      }
      await other.getByRole('button', { name: '确定种子' }).click();
      await other.getByRole('button', { name: '抽取', exact: true }).click();
      await other.getByText('抽中的问题（1）').waitFor();
      return other;
    };
    await page.getByRole('button', { name: '发起回头看' }).click();
    const address = await freeze();
    const other = await seed(address);
    await other.getByRole('button', { name: '选中全部待派发' }).click();
    // whoever had a hand in it is refused with the reason; the next one is asked
    let login = '';
    for (const [name, who] of [
      ['项书瑶', 'yingji-jc'],
      ['蓝以宁', 'xiaofang-jc'],
      ['边予钰', 'jiaoyu'],
    ] as const) {
      await other.getByRole('combobox', { name: '核查人' }).fill(name);
      await other.locator('.ant-select-item-option').filter({ hasText: name }).first().click();
      await pickDay(other, '核查期限', '2026-12-01');
      await other.getByRole('button', { name: '派发核查' }).click();
      const given = other.getByText(new RegExp(`核查人：.*${name}`));
      await given.or(other.getByRole('alert')).first().waitFor();
      if ((await given.count()) === 0) continue;
      login = who;
      break;
    }
    await expectSound(other, 'look-back-drawn');
    const checker = await open(login, '/look-backs');
    const number = (await other.locator('.f-check b').first().textContent()) ?? '';
    await checker
      .locator('.f-check')
      .filter({ hasText: number })
      .getByRole('button', { name: '登记核查结果' })
      .first()
      .click();
    const dialog = checker.getByRole('dialog', { name: /^登记核查结果/ });
    await dialog.getByLabel('整改属实，仍然到位').check();
    await dialog.getByLabel(/^现场核查的情况/).fill('到现场查看，整改措施还在。');
    await dialog.getByLabel('现场照片（必填）').setInputFiles(await photo(checker, '核查.jpg', 800, 600));
    await dialog.getByText('核查.jpg').waitFor();
    await dialog.getByRole('button', { name: '登记结果' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.goto(address);
    await page.getByRole('button', { name: '结束回头看' }).click();
    await page.getByText('核查完毕').first().waitFor();
    await page.goto('/look-backs/new');
    const wrong = await freeze();
    await page.getByRole('button', { name: '重新抽取' }).click();
    await page.getByLabel(/^重新抽取的原因/).fill('销号时段填错，应为本季度。');
    const again = await freeze();
    await page.getByText('销号时段填错，应为本季度').first().waitFor();
    await page.goto(wrong);
    await page.getByText(/已重新抽取，见/).waitFor();
    expect(again).not.toBe(wrong);
  });

  it('各页在办公屏、手机、大屏上都好用，全程没有一处页面错误', async () => {
    const eyes = await openEyes(browser, product.origin, await at('awb1'));
    const troubles: string[] = [];
    const told = await batchThatIs('registered');
    const waiting = await batchThatIs('reviewing');
    for (const [address, name] of [
      ['/problem-batches', 'batches'],
      [`/problem-batches/${told.id}`, 'batch-told'],
      [`/problem-batches/${waiting.id}`, 'batch-reviewing'],
      ['/look-backs', 'look-backs'],
      ['/look-backs/new', 'look-back-new'],
      ['/look-backs/results', 'look-back-results'],
    ] as const)
      troubles.push(...(await look(eyes, address, name)));
    await eyes.close();
    expect(troubles).toEqual([]);
    expect([...people.values()].flatMap((watched) => watched.errors)).toEqual([]);
  });
});
