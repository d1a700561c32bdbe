import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResponseOf } from '../src/kernel/contract.ts';
import type { assessmentApi } from '../src/modules/assessment/api.ts';
import { chromiumPath, openBrowser, openPage, settled, signIn, violations, type Watched } from './browser.ts';
import { type Product, shownAccounts, startProduct } from './product.ts';

type Scheme = ResponseOf<typeof assessmentApi.listSchemes>['rows'][number];
type Sheet = ResponseOf<typeof assessmentApi.unitSheet>;

let product: Product;
let browser: Browser;
let clerk: Watched;
let office: Watched;

const read = async <T>(page: Page, path: string): Promise<T> =>
  (await (await page.request.get(path, { headers: { 'x-guatu': '1' } })).json()) as T;

/** The scheme that is shown; the demonstration tells it some time after it opens. */
async function shownScheme(page: Page): Promise<Scheme> {
  const until = Date.now() + 240_000;
  while (Date.now() < until) {
    const { rows } = await read<{ rows: Scheme[] }>(page, '/api/assessments');
    const found = rows.find((row) => row.state === 'shown');
    if (found) return found;
    await page.waitForTimeout(1000);
  }
  throw new Error('no scheme is shown');
}

describe.skipIf(chromiumPath() === null)('被考核单位看得到算法，对得分提出申诉', () => {
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    const passwords = new Map((await shownAccounts(product)).map((one) => [one.login, one.password]));
    const enter = async (login: string): Promise<Watched> => {
      const watched = await openPage(browser, product.origin);
      await signIn(watched.page, login, passwords.get(login) ?? '');
      return watched;
    };
    clerk = await enter('zhujian');
    office = await enter('awb2');
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  it('单位打开自己的考核表，一个数打开的清单正好是那么多条，对一项打分提出申诉', async () => {
    const { page } = clerk;
    const scheme = await shownScheme(page);
    await page.goto('/assessment');
    await page.getByRole('listitem').getByRole('link', { name: scheme.title }).click();
    await page.getByRole('heading', { level: 1, name: '区住建局考核表' }).waitFor();
    await settled(page);
    expect(await violations(page)).toEqual([]);
    const line = page.getByRole('listitem').filter({ hasText: '行业领域专项整治' }).first();
    await line.getByRole('button', { name: '申诉' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('申诉理由').fill('专项整治第三项已经完成，验收材料漏报，现补充提供。');
    await dialog.getByLabel('请求更正为几分').fill('8');
    await dialog.getByRole('button', { name: '提出申诉' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('专项整治第三项已经完成').first().waitFor();
    const opened = page.getByRole('link', { name: /^\d+$/ }).first();
    const count = Number(await opened.textContent());
    await opened.click();
    await settled(page);
    if (count > 0)
      await page
        .getByText(new RegExp(`共\\s*${count}\\s*条`))
        .first()
        .waitFor();
    expect(clerk.errors).toEqual([]);
  });

  it('由打分人以外的人认定成立，分数更正，前后都看得到', async () => {
    const { page } = office;
    const scheme = await shownScheme(page);
    await page.goto('/assessment/appeals');
    const appeal = page.getByRole('listitem').filter({ hasText: '专项整治第三项已经完成' });
    await appeal.getByRole('button', { name: '认定成立' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('处理意见').fill('补充的验收材料属实，予以更正。');
    await dialog.getByRole('button', { name: '确认认定成立' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await appeal.getByText('申诉成立').first().waitFor();
    await settled(page);
    expect(await violations(page)).toEqual([]);
    const { unitId } = (
      await read<ResponseOf<typeof assessmentApi.listAppeals>>(page, '/api/assessment-appeals')
    ).rows.find((row) => row.text.includes('专项整治第三项')) ?? { unitId: '' };
    const sheet = await read<Sheet>(page, `/api/assessments/${scheme.id}/sheets/${unitId}`);
    expect(sheet.lines.find((one) => one.name === '行业领域专项整治')?.score).toBe(8);
    expect(sheet.facts[0]?.kind).toBe('scoreSheet.corrected');
    expect(office.errors).toEqual([]);
  });
});
