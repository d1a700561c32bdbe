import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResponseOf } from '../src/kernel/contract.ts';
import type { assessmentApi } from '../src/modules/assessment/api.ts';
import type { reviewsApi } from '../src/modules/assessment/api-reviews.ts';
import { chromiumPath, openBrowser, openPage, settled, signIn, violations, type Watched } from './browser.ts';
import { type Product, shownAccounts, startProduct } from './product.ts';

type Scheme = ResponseOf<typeof assessmentApi.listSchemes>['rows'][number];
type Sheet = ResponseOf<typeof assessmentApi.unitSheet>;

let product: Product;
let browser: Browser;
let clerk: Watched;
let office: Watched;
let leader: Watched;

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
    leader = await enter('leader');
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

  it('领导看得到对本人的考核怎样构成，修改述职；安委办评议后取数评定，得分就是各项相加', async () => {
    const { page } = leader;
    type Reviews = ResponseOf<typeof reviewsApi.listReviews>;
    type Review = ResponseOf<typeof reviewsApi.viewReview>;
    await expect
      .poll(async () => (await read<Reviews>(page, '/api/leader-reviews')).rows.length, { timeout: 240_000 })
      .toBeGreaterThan(1);
    const running = (await read<Reviews>(page, '/api/leader-reviews')).rows.find(
      (row) => row.state === 'reviewRunning',
    );
    await page.goto(`/leader-reviews/${running?.id}`);
    await page.getByRole('button', { name: '报送述职' }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByLabel('述职内容')
      .fill('带队检查重点企业，主持专题会议，推动重大隐患挂牌整改，下一步压实属地责任。');
    await dialog
      .getByRole('button', { name: '报 送' })
      .or(dialog.getByRole('button', { name: '报送', exact: true }))
      .click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('下一步压实属地责任').first().waitFor();
    await settled(page);
    expect(await violations(page)).toEqual([]);
    const desk = office.page;
    await desk.goto(`/leader-reviews/${running?.id}`);
    await desk.getByRole('button', { name: '评议述职' }).click();
    await desk.getByRole('dialog').getByLabel('评议分').fill('86');
    await desk.getByRole('dialog').getByLabel('意见').fill('举措具体。');
    await desk.getByRole('dialog').getByRole('button', { name: '确认评议' }).click();
    await desk.getByRole('dialog').waitFor({ state: 'hidden' });
    await desk.getByRole('button', { name: '取数评定' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '确认取数评定' }).click();
    await desk.getByText('待核定').first().waitFor();
    const view = await read<Review>(desk, `/api/leader-reviews/${running?.id}`);
    const sum = (view.result?.lines ?? []).reduce((all, line) => all + line.score, 0);
    expect(Math.abs((view.result?.score ?? 0) - sum)).toBeLessThan(0.001);
    expect(view.taken?.intact).toBe(true);
    expect([leader.errors, office.errors]).toEqual([[], []]);
  });

  it('评选名单里没有一票否决单位，名单页面无障碍检查没有问题', async () => {
    const { page } = office;
    await page.goto('/awards');
    await page.getByRole('link', { name: /先进集体和先进个人/ }).click();
    // the record beside repeats what was said, in list items of its own
    const candidates = page.locator('.a-lines > li').filter({ hasText: '否决核查' });
    await candidates.first().waitFor();
    const vetoed = candidates.filter({ hasText: '一票否决情形：' });
    for (const one of await vetoed.all()) await one.getByText('不予通过', { exact: true }).waitFor();
    await settled(page);
    expect(await violations(page)).toEqual([]);
    expect(office.errors).toEqual([]);
  });
});
