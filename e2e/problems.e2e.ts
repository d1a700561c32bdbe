import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser, openPage, signIn, type Watched } from './browser.ts';
import { expectSound, look, openEyes } from './look.ts';
import { attach, photo, register } from './problem-page.ts';
import { type Product, shownAccounts, startProduct } from './product.ts';
import { act, openAction, sendButton } from './task-page.ts';

let product: Product;
let browser: Browser;
let officer: Watched;
let second: Watched;
let clerk: Watched;
const passwords = new Map<string, string>();
const general = { number: '', address: '' };
const major = { number: '', address: '' };

interface View {
  readonly problem: { readonly state: string; readonly grade: string; readonly version: number };
  readonly photos: readonly { readonly fileId: string; readonly size: number; readonly role: string }[];
  readonly judgement: { readonly clauses: readonly unknown[]; readonly criteriaVersion: string | null } | null;
  readonly facts: readonly { readonly kind: string }[];
}
const view = async (page: Page, address: string): Promise<View> =>
  (await (await page.request.get(`/api${address}`, { headers: { 'x-guatu': '1' } })).json()) as View;
async function enter(login: string): Promise<Watched> {
  const watched = await openPage(browser, product.origin);
  await signIn(watched.page, login, passwords.get(login) ?? '');
  return watched;
}

describe.skipIf(chromiumPath() === null)('问题从登记到销号，安委办和责任单位各走各的页面', () => {
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    for (const account of await shownAccounts(product)) passwords.set(account.login, account.password);
    [officer, second, clerk] = await Promise.all([enter('awb1'), enter('awb2'), enter('zhujian')]);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  it('安委办登记：先照片后一句话，六千万像素的照片自动缩小，编号立刻给出', async () => {
    const { page } = officer;
    await page.goto('/problems/new');
    const huge = await photo(page, '现场.jpg', 9_000, 6_700);
    Object.assign(
      general,
      await register(page, {
        text: '在建楼三层临边没有防护栏杆，工人正在作业',
        subject: '某在建工地',
        lead: '住建局',
        photos: [huge],
      }),
    );
    const found = await view(page, general.address);
    expect(found.problem.state).toBe('toReceive');
    expect(found.photos).toHaveLength(1);
    expect(found.photos[0]?.size).toBeLessThan(huge.buffer.length);
    await page.goto(general.address);
    await page.getByRole('heading', { level: 1, name: /临边没有防护栏杆/ }).waitFor();
    const shown = page.getByRole('img', { name: '整改前：现场.jpg' });
    await expect
      .poll(() => shown.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth), {
        timeout: 15_000,
      })
      .toBe(2000);
  });

  it('填到一半关了页面，再打开时写的字和传的照片都在', async () => {
    const { page } = second;
    await page.goto('/problems/new');
    await attach(page, '照片', await photo(page, '没写完.jpg', 800, 600));
    await page.getByLabel(/^一句话说清楚问题/).fill('写了一半的一句话');
    await page.goto('/');
    await page.goto('/problems/new');
    await page.getByText('已恢复您上次填写').waitFor();
    expect(await page.getByLabel(/^一句话说清楚问题/).inputValue()).toBe('写了一半的一句话');
    await page.getByRole('button', { name: '移除 没写完.jpg' }).waitFor();
    await page.getByRole('button', { name: '不要了，重新填' }).click();
    expect(await page.getByLabel(/^一句话说清楚问题/).inputValue()).toBe('');
  });

  it('一次选了两百张照片：只接收前三十张并说清楚；HEIC 照片作为文件收下，说一次为什么不能显示', async () => {
    const { page } = second;
    await page.goto('/problems/new');
    const one = await photo(page, '现场.jpg', 60, 40);
    const many = Array.from({ length: 200 }, (_, at) => {
      const heic = at < 3;
      return {
        name: heic ? `IMG_000${at}.HEIC` : `现场${at}.jpg`,
        mimeType: heic ? 'image/heic' : 'image/jpeg',
        // every picture differs in its last bytes, after the end of the image
        buffer: heic
          ? Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(4000, at + 1)])
          : Buffer.concat([one.buffer, Buffer.from(`picture ${at}`)]),
      };
    });
    await page.getByLabel('照片', { exact: true }).setInputFiles(many);
    await page.getByText('这次选了 200 个，只接收前 30 个').waitFor();
    await page.getByText('“IMG_0000.HEIC”等 3 张是 HEIC 格式').waitFor();
    await page.getByRole('button', { name: '移除 现场29.jpg' }).waitFor({ timeout: 60_000 });
    await expect.poll(() => page.getByRole('button', { name: /^移除 / }).count()).toBe(30);
    expect(await page.getByRole('button', { name: '移除 IMG_0002.HEIC' }).count()).toBe(1);
    await page.getByLabel('照片', { exact: true }).setInputFiles([{ ...one, name: '又一张.jpg' }]);
    await page.getByText('已经附满，这次选的都没有接收').waitFor();
    await expectSound(page, 'problem-many-photos');
    await page.getByLabel(/^一句话说清楚问题/).fill('照片很多的一条');
    await page.getByLabel('对象（不在名录里的，直接写）').fill('某市场');
    const unit = page.getByRole('combobox', { name: '责任单位', exact: true });
    await unit.fill('住建局');
    await page
      .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
      .first()
      .waitFor();
    await unit.press('Enter');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    const link = page.getByRole('status').getByRole('link', { name: /^问-/ });
    await link.waitFor();
    const address = (await link.getAttribute('href')) ?? '';
    expect((await view(page, address)).photos).toHaveLength(30);
    await page.goto(address);
    await page
      .getByText(/HEIC 格式，网页上不能直接查看/)
      .first()
      .waitFor();
    await expectSound(page, 'problem-heic');
  });

  it('责任单位在“待我处理”里看到，签收，附照片报告整改完成', async () => {
    const { page, errors } = clerk;
    await page.goto('/');
    await page.getByRole('link', { name: /^问题待签收/ }).waitFor();
    await page.getByRole('search').getByRole('textbox').fill(general.number);
    await page.getByRole('search').getByRole('button', { name: '搜索' }).click();
    await page
      .getByRole('link', { name: new RegExp(general.number) })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /临边没有防护栏杆/ }).waitFor();
    await act(page, '签收');
    await act(page, '报告整改完成', async (dialog) => {
      await dialog.getByLabel(/整改完成情况/).fill('已经装上临时栏杆。');
      await attach(dialog, '整改后的照片', await photo(page, '栏杆.jpg'));
      await expectSound(page, 'problem-done');
    });
    expect((await view(page, general.address)).problem.state).toBe('toRecheck');
    // Whoever reported it done is told why he cannot recheck it.
    await page.getByText(/现在不能办理的操作及原因/).click();
    await page.getByText('整改和报告整改完成的人不能复查').first().waitFor();
    expect(errors).toEqual([]);
  });

  it('安委办复查退回，单位再整改，再复查，通过即销号', async () => {
    await officer.page.goto(general.address);
    const back = await openAction(officer.page, '复查退回');
    await back.getByLabel(/还差什么/).fill('栏杆高度不够，缺挡脚板。');
    await sendButton(back, '复查退回').click();
    await back.waitFor({ state: 'hidden' });
    expect((await view(officer.page, general.address)).problem.state).toBe('underway');
    await clerk.page.goto(general.address);
    await clerk.page.getByText('栏杆高度不够').first().waitFor();
    await act(clerk.page, '报告整改完成', async (dialog) => {
      await dialog.getByLabel(/整改完成情况/).fill('已换成标准栏杆，加装挡脚板。');
      await attach(dialog, '整改后的照片', await photo(clerk.page, '标准栏杆.jpg'));
    });
    await officer.page.reload();
    await act(officer.page, '复查通过', (dialog) => dialog.getByLabel(/复查情况/).fill('现场查看，符合要求。'));
    const found = await view(officer.page, general.address);
    expect(found.problem.state).toBe('closed');
    expect(found.photos.filter((one) => one.role === 'after')).toHaveLength(2);
  });

  it('重大隐患：勾选判定条文、五落实填全才能报告完成，别的单位复查，再由另一位同志销号', async () => {
    const { page } = officer;
    Object.assign(
      major,
      await register(page, { text: '二层人员密集场所疏散通道被砖墙封堵', subject: '某商场', lead: '住建局' }),
    );
    await page.goto('/problem-criteria');
    const sample = page.getByRole('button', { name: '装入示例' });
    const there = page.getByText('示例，不是法定标准').first();
    await sample.or(there).first().waitFor();
    if (await sample.isVisible()) await sample.click();
    await there.waitFor();
    await page.goto(major.address);
    await act(page, '判定等级', async (dialog) => {
      await dialog.getByLabel('重大', { exact: true }).check();
      const sets = dialog.getByRole('combobox', { name: '依据哪一套判定标准' });
      await dialog
        .getByText(/示例/)
        .first()
        .waitFor()
        .catch(() => undefined);
      if ((await dialog.getByRole('region', { name: '判定条文' }).count()) === 0) {
        await sets.click();
        await page.locator('.ant-select-item-option').first().click();
      }
      await dialog.getByRole('region', { name: '判定条文' }).getByRole('checkbox').first().check();
      await dialog.getByLabel(/判定理由/).fill('疏散通道被封，符合所勾选的条文。');
      await expectSound(page, 'problem-judge');
    });
    const judged = await view(page, major.address);
    expect(judged.problem.grade).toBe('major');
    expect(judged.judgement?.clauses.length).toBe(1);

    const unit = clerk.page;
    await unit.goto(major.address);
    await act(unit, '签收');
    await unit.getByText(/现在不能办理的操作及原因/).click();
    await unit.getByText('五落实（措施、资金、责任人、时限、应急预案）还没有填全').first().waitFor();
    for (const part of ['整改措施', '整改资金', '整改责任人', '整改时限', '应急预案'])
      await act(unit, '填报五落实', async (dialog) => {
        await dialog.getByRole('combobox', { name: '填报哪一项' }).click();
        await unit.locator('.ant-select-item-option').filter({ hasText: part }).first().click();
        await dialog.getByLabel(/^内容/).fill(`${part}已经落实。`);
        await dialog.getByLabel('附件', { exact: true }).setInputFiles({
          name: `${part}.txt`,
          mimeType: 'text/plain',
          buffer: Buffer.from(`${part}的凭据。`),
        });
        await dialog.getByText(`${part}.txt`).waitFor();
      });
    await unit.getByText('五项已经填全').waitFor();
    await act(unit, '报告整改完成', async (dialog) => {
      await dialog.getByLabel(/整改完成情况/).fill('砖墙已经拆除，通道恢复。');
      await attach(dialog, '整改后的照片', await photo(unit, '通道.jpg'));
    });
    await officer.page.goto(major.address);
    await act(officer.page, '复查通过', (dialog) => dialog.getByLabel(/复查情况/).fill('现场走通。'));
    expect((await view(officer.page, major.address)).problem.state).toBe('toClose');
    await second.page.goto(major.address);
    await act(second.page, '销号', (dialog) => dialog.getByLabel(/销号意见/).fill('材料齐全，同意销号。'));
    expect((await view(second.page, major.address)).problem.state).toBe('closed');
  });

  it('立查立改：前后照片和怎么改的一次填完，当场销号或者被抽中复查', async () => {
    const { page } = officer;
    await page.goto('/problems/new');
    await attach(page, '照片', await photo(page, '改前.jpg', 800, 600));
    await page.getByLabel(/^一句话说清楚问题/).fill('配电箱门没有关，当场关好上锁');
    await page.getByRole('switch', { name: '立查立改' }).click();
    await attach(page, '整改后的照片', await photo(page, '改后.jpg', 800, 600));
    await page.getByLabel(/^当场怎么改的/).fill('关门上锁，贴了警示。');
    await page.getByRole('button', { name: '登记并销号' }).click();
    const link = page.getByRole('status').getByRole('link', { name: /^问-/ });
    await link.waitFor();
    const found = await view(page, (await link.getAttribute('href')) ?? '');
    expect(['closed', 'toRecheck']).toContain(found.problem.state);
    expect(found.photos.map((one) => one.role).sort()).toEqual(['after', 'before']);
  });

  it('再登记同一对象的问题：旁边列出还没了结的，写法相近的标出来', async () => {
    const { page } = officer;
    const texts = ['仓库东门安全出口被货物堵住', '仓库电气线路私拉乱接'];
    for (const text of texts) await register(page, { text, subject: '某仓库', lead: '住建局' });
    await page.goto('/problems/new');
    await page.getByLabel(/^一句话说清楚问题/).fill('东门的安全出口被货物堵住了');
    await page.getByLabel('对象（不在名录里的，直接写）').fill('某仓库');
    await page.getByText('有写法相近的问题').waitFor();
    await page.getByRole('link', { name: new RegExp(texts[0] ?? '') }).waitFor();
    await expectSound(page, 'problem-similar');
    await page.getByLabel(/^一句话说清楚问题/).fill('');
    await page.getByLabel('对象（不在名录里的，直接写）').fill('');
  });

  it('责任单位在台账里勾选两条，一次签收', async () => {
    const { page } = clerk;
    await page.goto(`/problems?q=${encodeURIComponent('某仓库')}&state=toReceive`);
    await page
      .getByRole('link', { name: /私拉乱接/ })
      .first()
      .waitFor();
    await page.getByRole('checkbox', { name: '选择本页全部' }).check();
    await page.getByRole('combobox', { name: '批量办理' }).click();
    await page.locator('.ant-select-item-option').filter({ hasText: '签收' }).first().click();
    await page.getByRole('button', { name: '办理所选' }).click();
    const dialog = page.getByRole('dialog', { name: /^签收：所选/ });
    await dialog.getByRole('button', { name: '确认办理' }).click();
    await dialog.getByText(/^办成 \d+ 件。/).waitFor();
    await dialog.getByRole('button', { name: '知道了' }).click();
    await page.getByText('没有符合条件的问题').waitFor();
  });

  it('把筛选存为清单视图，以后一选就是这份清单', async () => {
    const { page } = officer;
    await page.goto('/problems?grade=major&state=closed');
    await page.getByRole('button', { name: '另存为视图' }).click();
    const dialog = page.getByRole('dialog', { name: /存为清单视图/ });
    await dialog.getByLabel(/^名称/).fill('已销号的重大隐患');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.goto('/problems');
    await page.getByRole('combobox', { name: '清单视图' }).click();
    await page.locator('.ant-select-item-option').filter({ hasText: '已销号的重大隐患' }).first().click();
    await page.waitForURL(/grade=major/);
    await page.getByText('清单视图：已销号的重大隐患').waitFor();
  });

  it('台账按编号、状态、等级都找得到，导出的表格里也有；哪一天的都能看', async () => {
    const { page } = officer;
    await page.goto(`/problems?q=${encodeURIComponent(major.number)}`);
    await page
      .getByRole('link', { name: /疏散通道/ })
      .first()
      .waitFor();
    await page.goto('/problems?grade=major&state=closed');
    await page
      .getByRole('link', { name: /疏散通道/ })
      .first()
      .waitFor();
    const before = await page.request.get(
      `/api/problems?q=${encodeURIComponent('疏散通道被砖墙封堵')}&asOf=2020-01-01`,
      { headers: { 'x-guatu': '1' } },
    );
    expect(((await before.json()) as { total: number }).total).toBe(0);
  });

  it('每一页在办公室、手机、大屏上都不出错、不超宽、人人可用', async () => {
    const eyes = await openEyes(browser, product.origin, officer.page);
    const troubles: string[] = [];
    for (const [address, name] of [
      ['/', 'home-problems'],
      ['/problems', 'problems'],
      ['/problems/new', 'problem-new'],
      [general.address, 'problem'],
      [major.address, 'problem-major'],
      ['/problem-criteria', 'problem-criteria'],
    ] as const)
      troubles.push(...(await look(eyes, address, name)));
    await eyes.close();
    expect(troubles).toEqual([]);
    expect([...officer.errors, ...second.errors, ...clerk.errors]).toEqual([]);
  });
});
