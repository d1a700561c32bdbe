import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser, openPage } from './browser.ts';
import { expectSound } from './look.ts';
import { type Product, runToEnd, startProduct } from './product.ts';

let browser: Browser;

describe.skipIf(chromiumPath() === null)('第一次使用：演示', () => {
  let product: Product;
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  it.each([
    ['awb1', '安委办工作人员'],
    ['yingji', '单位经办人'],
    ['leader', '分管领导'],
  ])('登录页写着演示账号，以 %s（%s）的身份一点即入，首页有待办的事', async (login, role) => {
    const { page, errors } = await openPage(browser, product.origin);
    await page.goto('/');
    const shown = page.getByRole('region', { name: '演示账号' });
    await shown.getByRole('row').filter({ hasText: role }).first().waitFor();
    expect(product.terminal()).toContain(login);
    await shown.getByRole('button', { name: `以 ${login} 的身份进入` }).click();
    await page.getByRole('heading', { level: 1, name: '待我处理' }).waitFor();
    await page.locator('main').getByRole('listitem').first().waitFor();
    expect(await page.getByRole('complementary', { name: '环境提示' }).textContent()).toContain('演示环境');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('页眉的搜索找得到任务和单位，单位可以用拼音首字母', async () => {
    const { page } = await openPage(browser, product.origin);
    await page.goto('/');
    await page.getByRole('button', { name: '以 awb1 的身份进入' }).click();
    await page.getByRole('heading', { level: 1, name: '待我处理' }).waitFor();
    const search = page.getByRole('search');
    await search.getByRole('textbox').fill('消防');
    await search.getByRole('button', { name: '搜索' }).click();
    await page
      .locator('main')
      .getByRole('link', { name: /任-\d{4}-\d+/ })
      .first()
      .waitFor();
    await search.getByRole('textbox').fill('yjglj');
    await search.getByRole('textbox').press('Enter');
    await page
      .locator('main')
      .getByRole('link', { name: /应急管理局/ })
      .first()
      .waitFor();
    await page.context().close();
  });
});

describe.skipIf(chromiumPath() === null)('第一次使用：正式安装', () => {
  let product: Product;
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct({ empty: true }), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  it('凭终端上的安装码建立，初始密码只显示一次，首次登录必须修改', async () => {
    const { page, errors } = await openPage(browser, product.origin);
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: '建立正式安装' }).waitFor();
    await expectSound(page, 'setup');
    const code = /安装码 (\d{4} \d{4})/.exec(product.terminal())?.[1] ?? '';
    await page.getByLabel('安装码').fill('0000 0000');
    await page.getByLabel('行政区划代码').fill('990105');
    await page.getByLabel('地区名称').fill('溪口区');
    await page.getByLabel('安委办名称').fill('溪口区安委办');
    await page.getByRole('button', { name: '建立', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('安装码').fill(code);
    await page.getByRole('button', { name: '建立', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '安装已建立' }).waitFor();
    await expectSound(page, 'setup-done');
    const [login = '', , password = ''] = await page
      .getByRole('row')
      .filter({ hasText: '系统管理员' })
      .getByRole('cell')
      .allTextContents();
    await page.getByRole('button', { name: '已抄下，去登录' }).click();
    await page.getByLabel('登录名').waitFor();
    expect(await page.getByRole('region', { name: '演示账号' }).count()).toBe(0);
    expect(await page.content()).not.toContain(password);
    await page.getByLabel('登录名').fill(login);
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '修改密码' }).waitFor();
    await expectSound(page, 'first-password');
    await page.getByLabel('现在的密码').fill(password);
    await page.getByLabel('新密码', { exact: true }).fill('溪口的石桥有七个拱9');
    await page.getByLabel('再填一遍新密码').fill('溪口的石桥有七个拱9');
    await page.getByRole('button', { name: '修改密码', exact: true }).click();
    await page.getByRole('button', { name: '退出', exact: true }).waitFor();
    expect(await page.getByText('演示环境').count()).toBe(0);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('正式安装不能设演练日期，也不能再变成演示；演示的目录不能变成正式安装', async () => {
    await product.stop();
    const refused = await runToEnd(['start'], { GUATU_DATA: product.dataDir, PORT: '0', GUATU_TODAY: '2020-09-15' });
    expect(refused.code).toBe(1);
    expect(refused.said).toContain('正式安装不能设 GUATU_TODAY');
    rmSync(product.dataDir, { recursive: true, force: true });
    const fresh = await runToEnd(['start', '--empty'], {
      GUATU_DATA: product.dataDir,
      PORT: '0',
      GUATU_TODAY: '2020-09-15',
    });
    expect(fresh.code).toBe(1);
    expect(fresh.said).toContain('正式安装不能设 GUATU_TODAY');
  });
});
