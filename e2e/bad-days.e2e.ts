import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser, openPage, settled, signIn } from './browser.ts';
import { expectSound } from './look.ts';
import { Caller, type Product, shownAccounts, startProduct } from './product.ts';
import { act, openAction, sendButton } from './task-page.ts';

interface Line {
  readonly id: string;
  readonly title: string;
  readonly version: number;
}
interface View {
  readonly task: { readonly state: string };
  readonly progress: readonly { readonly text: string }[];
  readonly facts: readonly { readonly says: string; readonly kind: string }[];
}

let product: Product;
let browser: Browser;
const passwords = new Map<string, string>();
const clerks = ['zhujian', 'yingji', 'jiaotong', 'xiaofang', 'gongan', 'shichang', 'jiaoyu', 'lanqiao', 'kaifaqu'];

async function caller(login: string): Promise<Caller> {
  const one = new Caller(product.origin);
  await one.signIn(login, passwords.get(login) ?? '');
  return one;
}
async function enter(login: string): Promise<Page> {
  const { page } = await openPage(browser, product.origin);
  await signIn(page, login, passwords.get(login) ?? '');
  return page;
}
/** A task in the given state whose lead unit has somebody with a shown account. */
async function taskOf(state: string, without: readonly string[] = []): Promise<{ login: string; task: Line }> {
  for (const login of clerks.filter((one) => passwords.has(one))) {
    const own = await (await caller(login)).get<{ rows: Line[] }>(`/api/tasks?mine=lead&state=${state}&pageSize=50`);
    const task = own.rows.find((row) => !without.includes(row.id));
    if (task) return { login, task };
  }
  throw new Error(`the demonstration has no task in ${state}`);
}
const view = async (login: string, id: string): Promise<View> => (await caller(login)).get<View>(`/api/tasks/${id}`);
const times = (found: View, text: string): number => found.progress.filter((entry) => entry.text === text).length;

describe.skipIf(chromiumPath() === null)('不顺的日子：登录失效、连点两下、两人同时办、断网', () => {
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    for (const account of await shownAccounts(product)) passwords.set(account.login, account.password);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  it('填到一半登录失效：页面上弹出登录框，填的内容都在，登录后刚才的操作自动完成，只办一次', async () => {
    const { login, task } = await taskOf('underway');
    const text = '登录失效之前写下的办理情况，一个字都不能少。';
    const page = await enter(login);
    await page.goto(`/tasks/${task.id}`);
    const dialog = await openAction(page, '填报进展');
    await dialog.getByLabel(/办理情况/).fill(text);
    // An administrator's, or the person's own, ending of all other sessions ends this one.
    await (await caller(login)).act('POST', '/api/sessions/end-others', {});
    await sendButton(dialog, '填报进展').click();
    const again = page.getByRole('dialog', { name: '请重新登录' });
    await again.waitFor();
    expect(await dialog.getByLabel(/办理情况/).inputValue()).toBe(text);
    await again.getByLabel('密码').fill('写错的密码');
    await again.getByRole('button', { name: '登录', exact: true }).click();
    await again.getByRole('alert').waitFor();
    await again.getByLabel('密码').fill(passwords.get(login) ?? '');
    await again.getByRole('button', { name: '登录', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(text).first().waitFor();
    expect(times(await view(login, task.id), text)).toBe(1);
    await page.context().close();
  });

  it('登录失效后关了页面，再打开时填的内容还在', async () => {
    const { login, task } = await taskOf('underway');
    const text = '还没有提交就关了页面的办理情况。';
    const page = await enter(login);
    await page.goto(`/tasks/${task.id}`);
    await (await openAction(page, '填报进展')).getByLabel(/办理情况/).fill(text);
    await page.context().clearCookies();
    await signIn(page, login, passwords.get(login) ?? '');
    await page.goto(`/tasks/${task.id}`);
    const dialog = await openAction(page, '填报进展');
    expect(await dialog.getByLabel(/办理情况/).inputValue()).toBe(text);
    await dialog.getByText('已恢复您上次填写').waitFor();
    await page.context().close();
  });

  it('签收、提交办结连点两下，只办一次', async () => {
    const { login, task } = await taskOf('toReceive');
    const page = await enter(login);
    await page.goto(`/tasks/${task.id}`);
    const before = (await view(login, task.id)).facts.length;
    const receiving = await openAction(page, '签收');
    await sendButton(receiving, '签收').dblclick();
    await receiving.waitFor({ state: 'hidden' });
    await settled(page);
    const received = await view(login, task.id);
    expect(received.task.state).toBe('underway');
    expect(received.facts.length).toBe(before + 1);
    await act(page, '填报进展', (dialog) => dialog.getByLabel(/办理情况/).fill('已经办好。'));
    const submitting = await openAction(page, '提交办结');
    await submitting.getByLabel(/完成情况/).fill('全部完成。');
    await sendButton(submitting, '提交办结').dblclick();
    await submitting.waitFor({ state: 'hidden' });
    await settled(page);
    const submitted = await view(login, task.id);
    expect(submitted.task.state).toBe('submitted');
    expect(submitted.facts.length).toBe(before + 3);
    await page.context().close();
  });

  it('两人同时办同一件：先到的办成，后到的被告知谁在何时办了什么，可以看最新情况', async () => {
    const { task } = await taskOf('submitted');
    const [first, second] = await Promise.all([enter('awb1'), enter('awb2')]);
    await Promise.all([first.goto(`/tasks/${task.id}`), second.goto(`/tasks/${task.id}`)]);
    const late = await openAction(second, '退回');
    await late.getByLabel(/还差什么/).fill('材料不全，请补充。');
    await act(first, '核查通过');
    await sendButton(late, '退回').click();
    const alert = late.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/在您打开之后已由.+办理.+核查通过/);
    expect(await late.getByLabel(/还差什么/).inputValue()).toBe('材料不全，请补充。');
    await expectSound(second, 'lost-race');
    await late.getByRole('button', { name: '查看最新情况' }).click();
    await late.getByRole('button', { name: '返回', exact: true }).click();
    await second.getByText('办结', { exact: true }).first().waitFor();
    expect((await view('awb1', task.id)).task.state).toBe('closed');
    await first.context().close();
    await second.context().close();
  });

  it('断网时提交：说明没有送到，恢复后点“重新发送”即成，只办一次', async () => {
    const { login, task } = await taskOf('underway');
    const text = '断网时填报的办理情况。';
    const page = await enter(login);
    await page.goto(`/tasks/${task.id}`);
    const dialog = await openAction(page, '填报进展');
    await dialog.getByLabel(/办理情况/).fill(text);
    await page.context().setOffline(true);
    await sendButton(dialog, '填报进展').click();
    const resend = dialog.getByRole('button', { name: '重新发送' });
    await resend.waitFor();
    await page.context().setOffline(false);
    await resend.click();
    await dialog.waitFor({ state: 'hidden' });
    expect(times(await view(login, task.id), text)).toBe(1);
    await page.context().close();
  });

  it('已经办成、回音丢在路上：重新发送也只算一次', async () => {
    const { login, task } = await taskOf('underway');
    const text = '回音丢失的办理情况。';
    const page = await enter(login);
    await page.goto(`/tasks/${task.id}`);
    const dialog = await openAction(page, '填报进展');
    await dialog.getByLabel(/办理情况/).fill(text);
    await page.route('**/progress', async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    await sendButton(dialog, '填报进展').click();
    const resend = dialog.getByRole('button', { name: '重新发送' });
    await resend.waitFor();
    expect(times(await view(login, task.id), text)).toBe(1);
    await page.unroute('**/progress');
    await resend.click();
    await dialog.waitFor({ state: 'hidden' });
    expect(times(await view(login, task.id), text)).toBe(1);
    await page.context().close();
  });
});
