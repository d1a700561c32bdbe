import type { Page } from 'playwright-core';
import { settled } from './browser.ts';

/** One wording of a unit that the organisation does not know, as the page lists it. */
export interface OpenMention {
  readonly text: string;
  readonly candidates: number;
}

/** The wordings that are still open, read from the tab 单位. */
export async function openMentions(page: Page): Promise<OpenMention[]> {
  await page.getByRole('tab', { name: /^单位/ }).click();
  await page.getByText(/共\d+种写法/).waitFor();
  const items = page.getByRole('listitem').filter({ hasText: '待对应' });
  const found: OpenMention[] = [];
  for (const item of await items.all()) {
    const text = (await item.locator('b').first().textContent()) ?? '';
    found.push({ text, candidates: await item.getByRole('button', { name: /^是「/ }).count() });
  }
  return found;
}

/** Waits until a step of the review was answered: buttons are off while it is on its way. */
const answered = (page: Page): Promise<unknown> =>
  page.waitForResponse((answer) => answer.url().endsWith('/review') && answer.request().method() === 'POST');

/** One act that changes the review. */
export async function step(page: Page, act: () => Promise<void>): Promise<void> {
  await Promise.all([answered(page), act()]);
  await settled(page);
}

/** The entry of one wording. */
export const mention = (page: Page, text: string) =>
  page.getByRole('listitem').filter({ has: page.getByText(text, { exact: true }) });

/** Settles every doubt with what the page offers first, many at once where it can; gives the number of clicks. */
export async function settleDoubts(page: Page): Promise<number> {
  await page.getByRole('tab', { name: /^疑问/ }).click();
  let clicks = 0;
  for (;;) {
    const group = page.locator('section').filter({ has: page.getByRole('heading', { name: /（[1-9]\d*处待处理）/ }) });
    const button = group
      .last()
      .getByRole('button', { name: /^(完成时限按当年年底|已核对，按原文执行|附件另行印发|由本办牵头)$/ })
      .first();
    if ((await button.count()) === 0) return clicks;
    await step(page, () => button.click());
    clicks += 1;
    if (clicks > 40) throw new Error('the doubts do not come to an end');
  }
}

/** Opens one line by its title in the list of drafts. */
export async function openDraft(page: Page, title: string) {
  await page.getByRole('tab', { name: /^任务（/ }).click();
  const list = page.getByRole('region', { name: /任务草稿/ });
  const row = list.getByRole('button', { name: new RegExp(title.slice(0, 12)) });
  // Only lines in sight are drawn: the list is scrolled until this one is.
  await list.evaluate('(list) => { list.scrollTop = 0; }');
  for (let turns = 0; (await row.count()) === 0 && turns < 60; turns += 1) {
    await list.evaluate('(list) => { list.scrollTop += list.clientHeight / 2; }');
    await page.waitForTimeout(50);
  }
  await row.first().click();
  return page.getByRole('region', { name: /^任务.+/ }).filter({ has: page.getByLabel('任务名称') });
}
