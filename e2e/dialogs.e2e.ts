import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResponseOf } from '../src/kernel/contract.ts';
import type { plansApi } from '../src/modules/plans/api.ts';
import type { tasksApi } from '../src/modules/tasks/api.ts';
import { chromiumPath, openBrowser, openPage, settled, signIn, type Watched } from './browser.ts';
import { type Product, shownAccounts, startProduct } from './product.ts';
import { act } from './task-page.ts';

type Line = ResponseOf<typeof tasksApi.listTasks>['rows'][number];

let product: Product;
let browser: Browser;
let office: Watched;
let clerk: Watched;
let head: Watched;
let filer: Watched;
let today = '';

async function enter(login: string, passwords: ReadonlyMap<string, string>): Promise<Watched> {
  const watched = await openPage(browser, product.origin);
  await signIn(watched.page, login, passwords.get(login) ?? '');
  return watched;
}
const read = async <T>(page: Page, path: string): Promise<T> =>
  (await (await page.request.get(path, { headers: { 'x-guatu': '1' } })).json()) as T;

/** A task of the list whose page offers the action, or an error that says what was sought. */
async function taskOffering(page: Page, query: string, action: string): Promise<Line> {
  const { rows } = await read<ResponseOf<typeof tasksApi.listTasks>>(page, `/api/tasks?pageSize=100&${query}`);
  for (const row of rows) {
    const view = await read<ResponseOf<typeof tasksApi.viewTask>>(page, `/api/tasks/${row.id}`);
    if (view.offers.some((offer) => offer.action === action && offer.may)) return row;
  }
  throw new Error(`no task offers ${action}`);
}
async function openTask(page: Page, task: Line): Promise<void> {
  await page.goto(`/tasks/${task.id}`);
  await page.getByRole('heading', { level: 1, name: task.title }).waitFor();
  await settled(page);
}
const dayLater = (days: number): string =>
  new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
async function fillDay(field: Locator, day: string): Promise<void> {
  await field.fill(day);
  await field.press('Enter');
}

describe.skipIf(chromiumPath() === null)('每一种对话框，从打开到办成', () => {
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    const passwords = new Map((await shownAccounts(product)).map((one) => [one.login, one.password]));
    office = await enter('awb1', passwords);
    clerk = await enter('yingji', passwords);
    head = await enter('yingji-ld', passwords);
    filer = await enter('xiaofang', passwords);
    today = (await read<{ today: string }>(office.page, '/api/home')).today;
  });
  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  it('主办单位倒排工期：节点逐个加上，进度曲线随之出现', async () => {
    const { page } = clerk;
    const task = await taskOffering(page, `mine=lead&state=underway&dueFrom=${dayLater(20)}`, 'setMilestones');
    await openTask(page, task);
    await act(page, '倒排工期', async (dialog) => {
      for (
        let left = await dialog.getByRole('button', { name: '删去' }).count();
        left > 0;
        left = await dialog.getByRole('button', { name: '删去' }).count()
      )
        await dialog.getByRole('button', { name: '删去' }).first().click();
      for (const [at, [on, percent, name]] of [
        [dayLater(5), '40', '完成排查'],
        [dayLater(15), '100', '全部整改'],
      ].entries()) {
        await dialog.getByRole('button', { name: '加一个节点' }).click();
        await fillDay(dialog.getByLabel(`第${at + 1}个节点日期`), on ?? '');
        await dialog.getByLabel(`第${at + 1}个节点进度`).fill(percent ?? '');
        await dialog.getByLabel(`第${at + 1}个节点名称`).fill(name ?? '');
      }
    });
    await page.getByText('完成排查').first().waitFor();
  });

  it('主办单位分办：子任务有自己的编号，办结之前主任务不能提交', async () => {
    const { page } = clerk;
    const task = await taskOffering(page, 'mine=lead&state=underway', 'split');
    const view = await read<ResponseOf<typeof tasksApi.viewTask>>(page, `/api/tasks/${task.id}`);
    const unit = view.splitUnits[0];
    expect(unit).toBeDefined();
    await openTask(page, task);
    await act(page, '分办', async (dialog) => {
      await dialog.getByRole('combobox', { name: '添加分办单位' }).click();
      await page
        .getByTitle(unit?.name ?? '', { exact: true })
        .last()
        .click();
      await dialog.getByLabel('第1件名称').fill('排查本辖区重点单位');
    });
    await page
      .getByRole('link', { name: /排查本辖区重点单位/ })
      .first()
      .waitFor();
    const after = await read<ResponseOf<typeof tasksApi.viewTask>>(page, `/api/tasks/${task.id}`);
    expect(after.children).toHaveLength(view.children.length + 1);
    expect(after.offers.find((offer) => offer.action === 'submit')?.says).toContain('分办');
  });

  it('单位负责人提出异议，安委办裁定维持，任务回到待签收', async () => {
    const task = await taskOffering(head.page, 'mine=lead', 'dispute');
    await openTask(head.page, task);
    await act(head.page, '提出异议', (dialog) =>
      dialog.getByLabel(/为什么不应由本单位主办/).fill('该事项按职责应由行业主管部门牵头。'),
    );
    await openTask(office.page, task);
    await act(office.page, '裁定维持', (dialog) => dialog.getByLabel(/原因/).fill('按三个必须的要求，维持原分工。'));
    const view = await read<ResponseOf<typeof tasksApi.viewTask>>(office.page, `/api/tasks/${task.id}`);
    expect(view.task.state).toBe('toReceive');
  });

  it('申请延期写明新时限和原因，安委办批准，原时限仍在页面上', async () => {
    const task = await taskOffering(clerk.page, `mine=lead&dueFrom=${dayLater(1)}`, 'askExtension');
    await openTask(clerk.page, task);
    await act(clerk.page, '申请延期', async (dialog) => {
      await fillDay(dialog.getByLabel(/申请延至/), dayLater(120));
      await dialog.getByLabel(/原因/).fill('设备采购周期较长。');
    });
    await openTask(office.page, task);
    await act(office.page, '批准延期', (dialog) => dialog.getByLabel(/意见/).fill('情况属实。'));
    const view = await read<ResponseOf<typeof tasksApi.viewTask>>(office.page, `/api/tasks/${task.id}`);
    expect(view.task.dueOn).toBe(dayLater(120));
    expect(await office.page.locator('main').textContent()).toContain(task.dueOn ?? '?');
  });

  it('安委办改派、暂停、恢复、撤回，每一步都写明原因并留在经过里', async () => {
    const { page } = office;
    const task = await taskOffering(page, 'state=underway', 'suspend');
    await openTask(page, task);
    await act(page, '暂停', (dialog) => dialog.getByLabel(/原因/).fill('等待上级明确标准。'));
    await act(page, '恢复');
    await act(page, '改派', async (dialog) => {
      await dialog.getByRole('combobox', { name: '主办单位' }).fill('区商务局');
      await page.getByTitle('区商务局').last().click();
      await dialog.getByLabel(/原因/).fill('职责调整。');
    });
    await act(page, '撤回任务', (dialog) => dialog.getByLabel(/原因/).fill('任务已并入另一项工作。'));
    for (const said of ['等待上级明确标准', '职责调整', '任务已并入另一项工作'])
      await page.getByText(new RegExp(said)).first().waitFor();
  });

  it('上级任务对接：一点对接，不涉及的写明原因，撤销后回到尚未对接', async () => {
    const { page } = office;
    const { rows } = await read<ResponseOf<typeof plansApi.listPlans>>(page, '/api/plans?pageSize=50');
    const plan = rows.find((row) => row.state === 'adopted' && /工作要点/.test(row.title));
    await page.goto(`/plans/${plan?.id}/mapping?show=unmapped`);
    await settled(page);
    const line = page.getByRole('region', { name: '上级任务' }).getByRole('listitem').first();
    const number = (await line.locator('b').first().textContent()) ?? '';
    await line.getByRole('button', { name: '不涉及本级' }).click();
    const dialog = page.getByRole('dialog', { name: '不涉及本级' });
    await dialog.getByLabel(/为什么不涉及本级/).fill('本区没有这类企业。');
    await dialog.getByRole('button', { name: '确定' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.goto(`/plans/${plan?.id}/mapping?show=notOurs`);
    const refused = page.getByRole('listitem').filter({ hasText: number }).first();
    await refused.getByText(/本区没有这类企业/).waitFor();
    await refused.getByRole('button', { name: '撤销对接' }).click();
    await settled(page);
    await page.goto(`/plans/${plan?.id}/mapping?show=unmapped`);
    await page.getByRole('listitem').filter({ hasText: number }).first().waitFor();
  });

  it('子方案：单位报送，安委办退回修改写明原因，单位再报，安委办通过', async () => {
    await filer.page.goto('/filings');
    await settled(filer.page);
    const send = async (): Promise<void> => {
      await filer.page
        .getByRole('button', { name: /^(重新)?报送$/ })
        .first()
        .click();
      const dialog = filer.page.getByRole('dialog', { name: /^报送「/ });
      await dialog.getByLabel('把方案文件拖到这里').setInputFiles({
        name: '本局实施方案.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF'),
      });
      await dialog.waitFor({ state: 'hidden' });
      await settled(filer.page);
    };
    const own = await read<ResponseOf<typeof plansApi.listFilings>>(filer.page, '/api/filings?pageSize=50');
    const waiting = own.rows.find((row) => row.state === 'returned');
    if (!waiting) throw new Error('the demonstration has no returned sub-plan');
    await send();
    const judge = async (button: string, reason: string): Promise<void> => {
      await office.page.goto('/filings?state=filed');
      await settled(office.page);
      const row = office.page.getByRole('row').filter({ hasText: waiting.unitName }).first();
      await row.getByRole('button', { name: button }).click();
      const dialog = office.page.getByRole('dialog');
      await dialog.getByRole('textbox').fill(reason);
      await dialog.getByRole('button', { name: button === '通过' ? '审查通过' : '退回修改' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await settled(office.page);
    };
    await judge('退改', '缺少责任人和完成时限。');
    await filer.page.goto('/filings');
    await filer.page.getByText('缺少责任人和完成时限。').first().waitFor();
    await send();
    await judge('通过', '符合要求。');
    const after = await read<ResponseOf<typeof plansApi.listFilings>>(filer.page, '/api/filings?pageSize=50');
    expect(after.rows.find((row) => row.id === waiting.id)?.state).toBe('accepted');
  });

  it('整个过程页面没有报错', () => {
    for (const one of [office, clerk, head, filer]) expect(one.errors).toEqual([]);
  });
});
