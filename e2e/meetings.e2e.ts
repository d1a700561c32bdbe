import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser, openPage, settled, signIn, type Watched } from './browser.ts';
import { expectSound, look, openEyes } from './look.ts';
import { type Product, shownAccounts, startProduct } from './product.ts';
import { act, openAction, sendButton } from './task-page.ts';

let product: Product;
let browser: Browser;
let officer: Watched;
let second: Watched;
let clerk: Watched;
const passwords = new Map<string, string>();
const meeting = { address: '', number: '' };
const task = { address: '' };
const NAME = '消防安全专题会议';
const DECISION = '对全区商场消防设施运行情况开展一次全面检查';

async function enter(login: string): Promise<Watched> {
  const watched = await openPage(browser, product.origin);
  await signIn(watched.page, login, passwords.get(login) ?? '');
  return watched;
}
interface Answer {
  readonly state: string;
  readonly number: string;
  readonly decisions: readonly { readonly task: { readonly id: string; readonly state: string } | null }[];
  readonly documents: readonly { readonly word: string }[];
}
const read = async (page: Page): Promise<Answer> =>
  (await (await page.request.get(`/api${meeting.address}`, { headers: { 'x-guatu': '1' } })).json()) as Answer;

/** Types a unit's name into a picker and takes the first that fits. */
async function pick(page: Page, scope: ReturnType<Page['getByRole']>, label: string, name: string): Promise<void> {
  const box = scope.getByRole('combobox', { name: label });
  await box.click();
  await box.fill(name);
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: name }).first().click();
}
/** The day in so many days, as the demonstration's clock has it. */
async function dayIn(page: Page, days: number): Promise<string> {
  const session = (await (await page.request.get('/api/session')).json()) as { readonly today: string };
  return new Date(Date.parse(`${session.today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
async function typeDay(scope: ReturnType<Page['getByRole']>, label: string, day: string): Promise<void> {
  const box = scope.getByLabel(label, { exact: false }).first();
  await box.fill(day);
  await box.press('Enter');
}

describe.skipIf(chromiumPath() === null)('会议：计划、通知、召开、纪要，交办的任务办结', () => {
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    for (const account of await shownAccounts(product)) passwords.set(account.login, account.password);
    [officer, second, clerk] = await Promise.all([enter('awb1'), enter('awb2'), enter('xiaofang')]);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  it('安委办计划会议，写明时间、地点、参会单位', async () => {
    const { page } = officer;
    await page.goto('/meetings');
    await page.getByRole('button', { name: '计划会议' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^会议名称/).fill(NAME);
    await typeDay(dialog, '会议日期', await dayIn(page, 0));
    await dialog.getByLabel(/^地点/).fill('区行政中心二号会议室');
    await dialog.getByLabel(/^主持人/).fill('闻怀屿');
    await dialog.getByRole('button', { name: '增加一人' }).click();
    await pick(page, dialog, '第1人单位', '消防救援大队');
    await dialog.getByRole('textbox', { name: '第1人姓名' }).fill('苗亦韬');
    await expectSound(page, 'meeting-plan');
    await dialog.getByRole('button', { name: '确认计划会议' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: NAME }).first().click();
    await page.getByRole('heading', { level: 1, name: new RegExp(NAME) }).waitFor();
    meeting.address = new URL(page.url()).pathname;
    meeting.number = (await read(page)).number;
  });

  it('议题由台账提出，选定后印发通知，登记到会情况', async () => {
    const { page } = officer;
    await act(page, '确定议题', async (dialog) => {
      await dialog.getByText('台账提出的议题').waitFor();
      await dialog.getByRole('button', { name: /^选定/ }).first().click();
      await expectSound(page, 'meeting-agenda');
    });
    await act(page, '印发会议通知');
    // the unit that is asked finds it among what awaits it
    await clerk.page.goto('/');
    await clerk.page.getByRole('heading', { name: /^要参加的会议/ }).waitFor();
    await clerk.page.getByRole('link', { name: new RegExp(`${meeting.number}.*${NAME}`) }).waitFor();
    await act(page, '登记会议召开');
    expect((await read(page)).state).toBe('held');
  });

  it('起草纪要交办一件事；起草人不能审定，另一位同志审定印发后成为任务', async () => {
    const { page } = officer;
    const due = await dayIn(page, 30);
    await act(page, '起草会议纪要', async (dialog) => {
      await dialog.getByLabel(/^会议议定的内容/).fill('会议要求全面排查消防设施。');
      await dialog.getByRole('button', { name: '增加一项' }).click();
      await dialog.getByRole('textbox', { name: '第1项要办的事' }).fill(DECISION);
      await pick(page, dialog, '第1项牵头单位', '消防救援大队');
      await typeDay(dialog, '第1项完成时限', due);
      await expectSound(page, 'meeting-minutes');
    });
    await page.getByText(/现在不能办理的操作及原因/).click();
    await page.getByText('起草纪要的人不能审定').first().waitFor();
    await second.page.goto(meeting.address);
    await act(second.page, '审定印发纪要');
    const found = await read(second.page);
    expect(found.state).toBe('minutesIssued');
    expect(found.documents.map((one) => one.word).sort()).toEqual(['会议纪要', '会议通知']);
    task.address = `/tasks/${found.decisions[0]?.task?.id ?? ''}`;
  });

  it('任务页写着来自哪次会议；单位签收、办理、提交，安委办办结，会议页看得到', async () => {
    const { page, errors } = clerk;
    await page.goto(task.address);
    await page.getByRole('link', { name: new RegExp(meeting.number) }).waitFor();
    await act(page, '签收');
    await act(page, '填报进展', async (dialog) => {
      await dialog.getByLabel(/办理情况/).fill('检查全部完成。');
      await dialog.getByRole('spinbutton').first().fill('100');
    });
    const submit = await openAction(page, '提交办结');
    await submit.getByRole('textbox').first().fill('已经完成，申请办结。');
    await sendButton(submit, '提交办结').click();
    await submit.waitFor({ state: 'hidden' });
    await second.page.goto(task.address);
    const pass = await openAction(second.page, '核查通过');
    await pass.getByRole('textbox').first().fill('同意办结。');
    await sendButton(pass, '核查通过').click();
    await pass.waitFor({ state: 'hidden' });
    await second.page.goto(meeting.address);
    await settled(second.page);
    expect((await read(second.page)).decisions[0]?.task?.state).toBe('closed');
    expect(errors).toEqual([]);
  });

  it('责任书的目标：系统能算的打开清单，算不出的登记结果、附上证明，写着是谁登记的', async () => {
    const { page } = officer;
    interface Letter {
      readonly id: string;
      readonly state: string;
      readonly unknown: number;
    }
    const told = async (): Promise<Letter | undefined> => {
      const answer = await page.request.get('/api/responsibility-letters', { headers: { 'x-guatu': '1' } });
      return ((await answer.json()) as { rows: Letter[] }).rows.find(
        (one) => one.state === 'signed' && one.unknown > 0,
      );
    };
    const deadline = Date.now() + 240_000;
    while ((await told()) === undefined) {
      if (Date.now() > deadline) throw new Error(`the demonstration is not told:\n${product.terminal()}`);
      await page.waitForTimeout(1000);
    }
    const address = `/responsibility-letters/${(await told())?.id ?? ''}`;
    await page.goto(address);
    await act(page, '登记目标结果', async (dialog) => {
      await dialog.getByRole('combobox', { name: /^哪一项目标/ }).click();
      await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: '培训' }).click();
      await dialog.getByLabel(/^结果/).fill('320');
      await dialog.getByLabel(/^证明材料/).setInputFiles({
        name: '签到表.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('三期培训签到表'),
      });
      await dialog.getByText('签到表.txt').waitFor();
      await expectSound(page, 'letter-result');
    });
    const row = page.getByRole('row', { name: /培训/ });
    await row.getByText(/人工登记：.*登记，截至/).waitFor();
    await row.getByRole('link', { name: /签到表/ }).waitFor();
    await page
      .getByRole('row', { name: /重大隐患按期整改率/ })
      .getByText(/系统计算/)
      .waitFor();
  });

  it('今日一页和本部分各页，三种尺寸都看得清，没有无障碍问题', async () => {
    const eyes = await openEyes(browser, product.origin, officer.page);
    try {
      for (const path of [
        '/',
        '/day',
        '/meetings',
        meeting.address,
        '/responsibility-letters',
        '/special-periods',
        '/requests',
        '/duty-lists',
      ])
        expect(await look(eyes, path, `meetings${path.replace(/[^a-z]+/g, '-').slice(0, 24)}`)).toEqual([]);
    } finally {
      await eyes.close();
    }
    expect([...officer.errors, ...second.errors]).toEqual([]);
  });
});
