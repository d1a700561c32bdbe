import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser, openPage, settled, signIn, type Watched } from './browser.ts';
import { expectSound, look, openEyes } from './look.ts';
import { Caller, type Product, shownAccounts, startProduct } from './product.ts';
import { act, openAction, sendButton } from './task-page.ts';

const today = '2026-11-20';
const dueOn = '2026-12-10';
let product: Product;
let browser: Browser;
const passwords = new Map<string, string>();
const watched = new Map<string, Watched>();

async function at(login: string): Promise<Page> {
  const known = watched.get(login) ?? (await openPage(browser, product.origin));
  if (!watched.has(login)) {
    watched.set(login, known);
    await signIn(known.page, login, passwords.get(login) ?? '');
  }
  return known.page;
}
async function open(login: string, address: string): Promise<Page> {
  const page = await at(login);
  await page.goto(address);
  await settled(page);
  return page;
}
async function caller(login: string): Promise<Caller> {
  const one = new Caller(product.origin);
  await one.signIn(login, passwords.get(login) ?? '');
  return one;
}
interface Lines {
  readonly rows: readonly {
    readonly id: string;
    readonly unitId: string;
    readonly unitName: string;
    readonly number: string;
  }[];
}
async function day(dialog: Locator, label: string, on: string): Promise<void> {
  const field = dialog.getByLabel(label, { exact: true });
  await field.fill(on);
  await field.press('Enter');
}

describe.skipIf(chromiumPath() === null)('约谈：从规则提示到整改承诺办结', () => {
  let clerk = '';
  let address = '';
  let task = '';

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct({ today, problems: 1200 }), openBrowser()]);
    for (const account of await shownAccounts(product)) passwords.set(account.login, account.password);
    const office = await caller('awb1');
    const deadline = Date.now() + 150_000;
    // the transfer is the last that the demonstration tells of measures
    while ((await office.get<Lines>('/api/pressures?kind=transfer&state=served')).rows.length === 0) {
      if (Date.now() > deadline) throw new Error(`the demonstration is not told:\n${product.terminal()}`);
      await new Promise((done) => setTimeout(done, 500));
    }
    const waiting = (await office.get<Lines>('/api/pressures?state=suggested&pageSize=50')).rows;
    for (const login of [
      'zhujian',
      'shichang',
      'jiaotong',
      'yingji',
      'xiaofang',
      'gongan',
      'jiaoyu',
      'lanqiao',
      'kaifaqu',
    ]) {
      const session = await (await caller(login)).get<{ actor: { unitId: string } }>('/api/session');
      const row = waiting.find((one) => one.unitId === session.actor.unitId);
      if (!row) continue;
      clerk = login;
      address = `/pressures/${row.id}`;
      break;
    }
    expect(clerk, `nothing was proposed for a unit with an account: ${JSON.stringify(waiting)}`).not.toBe('');
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  it('安委办在提示中看到依据，改为约谈，采纳提请；提请人自己不能审批', async () => {
    const page = await open('awb1', '/pressures');
    await page.getByRole('heading', { name: /^规则提示（\d+件待决定）/ }).waitFor();
    await page.goto(address);
    await page.getByText('依据已固定').waitFor();
    const dialog = await openAction(page, '采纳提请');
    await dialog.getByRole('combobox', { name: '采取什么措施' }).click();
    await page.locator('.ant-select-item-option').filter({ hasText: '约谈' }).first().click();
    await dialog.getByLabel(/^理由/).fill('多次提醒没有明显改进。');
    await dialog.getByLabel(/^要求/).fill('主要负责人到场说明情况。\n提交书面整改措施。');
    await expectSound(page, 'pressure-take-up');
    await sendButton(dialog, '采纳提请').click();
    await dialog.waitFor({ state: 'hidden' });
    await page
      .getByText(/提请人不能决定自己的提请/)
      .first()
      .waitFor({ state: 'attached' });
  });

  it('分管领导批准，安委办印发约谈通知书，文号、Word、PDF、核对齐全', async () => {
    const leader = await open('leader', address);
    await act(leader, '批准采取', (dialog) => dialog.getByLabel(/^审批意见/).fill('同意约谈。'));
    const page = await open('awb1', address);
    const dialog = await openAction(page, '印发送达');
    await day(dialog, '约谈日期', today);
    await dialog.getByLabel('时间').fill('上午9时30分');
    await dialog.getByLabel('地点').fill('安委办会议室');
    await dialog.getByLabel('主持人').fill('闻主任');
    await expectSound(page, 'pressure-serve');
    await sendButton(dialog, '印发送达').click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('公文（1份）').waitFor();
    await page.getByRole('button', { name: '核对' }).click();
    await page.getByText(/逐字节一致/).waitFor();
  });

  it('受文单位签收；安委办登记到场人员、纪要和承诺，确认承诺成为任务', async () => {
    const unit = await open(clerk, address);
    await act(unit, '签收措施');
    const page = await open('awb2', address);
    const dialog = await openAction(page, '登记约谈');
    await dialog.getByLabel('第1人姓名').fill('闻主任');
    await dialog.getByLabel('第1人单位').fill('区安委会');
    await dialog.getByLabel('第1人职务').fill('副主任');
    await dialog.getByLabel('第2人姓名').fill('卓景棠');
    await dialog.getByLabel('第2人职务').fill('局长');
    await dialog.getByLabel(/^约谈纪要/).fill('通报了所列事项。\n被约谈单位作了说明和承诺。');
    await dialog.getByLabel('第1条承诺').fill('所列事项全部整改到位并组织复查');
    await day(dialog, '第1条完成时限', dueOn);
    await expectSound(page, 'pressure-attend');
    await sendButton(dialog, '登记约谈').click();
    await dialog.waitFor({ state: 'hidden' });
    await settled(page);
    await act(page, '确认整改承诺');
    // the ground may name tasks too
    const link = page.getByRole('row').filter({ hasText: '并组织复查' }).getByRole('link', { name: /^任-/ });
    await link.waitFor();
    task = (await link.getAttribute('href')) ?? '';
    await page.getByText('公文（2份）').waitFor();
  });

  it('承诺没有办结不能解除；单位办结任务之后解除，印发解除通知', async () => {
    const page = await open('awb1', address);
    await page
      .getByText(/还有整改承诺的任务没有办结/)
      .first()
      .waitFor({ state: 'attached' });
    const unit = await open(clerk, task);
    await unit.getByRole('link', { name: /约谈/ }).first().waitFor();
    await act(unit, '签收');
    await act(unit, '填报进展', (dialog) => dialog.getByLabel(/办理情况/).fill('所列事项已经全部整改。'));
    await act(unit, '提交办结', (dialog) => dialog.getByRole('textbox').first().fill('整改完成，请核查。'));
    const office = await open('awb2', task);
    await act(office, '核查通过');
    await page.goto(address);
    await act(page, '解除措施', (dialog) => dialog.getByLabel(/^解除意见/).fill('承诺事项已经办结，整改到位。'));
    await page.getByText('公文（3份）').waitFor();
    await page.getByText('已解除').first().waitFor();
    const eyes = await openEyes(browser, product.origin, page);
    expect([
      ...(await look(eyes, address, 'pressure-lifted')),
      ...(await look(eyes, '/pressures', 'pressures')),
      ...(await look(eyes, '/pressure-rules', 'pressure-rules')),
    ]).toEqual([]);
    await eyes.close();
  });
});
