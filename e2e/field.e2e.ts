import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, violations } from './browser.ts';
import { cameraNow, cameraPicture, type Line, openLine, Phone } from './field-phone.ts';
import { tooWide } from './look.ts';
import { Caller, type Product, shownAccounts, startProduct } from './product.ts';

const LIMIT_KB = 150;

let product: Product;
let line: Line;
let phone: Phone;
const passwords = new Map<string, string>();

/** A problem as the API tells it, as far as these flows look. */
interface View {
  readonly problem: {
    readonly number: string;
    readonly state: string;
    readonly onSpot: boolean;
    readonly subject: string | null;
  };
  readonly photos: readonly {
    readonly role: string;
    readonly size: number;
    readonly takenAt: string | null;
    readonly takenFrom: string | null;
    readonly longitude: number | null;
    readonly doubts: readonly string[];
  }[];
  readonly facts: readonly { readonly kind: string; readonly says: string }[];
}

async function asked(login: string): Promise<Caller> {
  const caller = new Caller(product.origin);
  await caller.signIn(login, passwords.get(login) ?? '');
  return caller;
}

async function sound(page: Page, name: string): Promise<void> {
  if (process.env.GUATU_SHOTS)
    await page.screenshot({ path: join(process.env.GUATU_SHOTS, `field-${name}.png`), fullPage: true });
  expect(await violations(page), name).toEqual([]);
  expect(await tooWide(page), `${name} is wider than the phone`).toBe(0);
}

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto('/field');
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码').fill(passwords.get(login) ?? '');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('link', { name: '拍照登记问题' }).waitFor();
}

async function signOut(page: Page): Promise<void> {
  await page.goto('/field#/');
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByLabel('登录名').waitFor();
}

/** The page's worker is in charge, and the enterprises are on the phone. */
async function readyForOffline(page: Page): Promise<void> {
  await page.evaluate('navigator.serviceWorker.ready');
  const ready = `new Promise((done) => {
    const asked = indexedDB.open('guatu-field');
    asked.onsuccess = () => {
      const keys = asked.result.transaction('kept').objectStore('kept').getAllKeys();
      keys.onsuccess = () => { asked.result.close(); done(keys.result.some((key) => key.startsWith('places:'))); };
    };
  })`;
  for (let i = 0; i < 600 && !(await page.evaluate(ready)); i += 1) await page.waitForTimeout(100);
}

interface Taken {
  readonly name?: string;
  readonly bytes: Buffer;
}
async function addPhoto(page: Page, role: 'before' | 'after', picture: Taken): Promise<void> {
  const photos = page.getByRole('region', { name: role === 'before' ? '现场照片' : /照片/ }).last();
  const before = await photos.getByRole('listitem').count();
  await page
    .locator(`#${role}-camera`)
    .setInputFiles({ name: picture.name ?? 'IMG.jpg', mimeType: 'image/jpeg', buffer: picture.bytes });
  await photos.getByRole('listitem').nth(before).waitFor();
}

let seed = 0;
async function picture(page: Page, taken: string | undefined = cameraNow()): Promise<Taken> {
  seed += 1;
  return { bytes: await cameraPicture(page, { width: 4000, height: 3000, seed, ...(taken ? { taken } : {}) }) };
}

/** The id of the problem that was sent last, from the queue screen. */
async function sentId(page: Page, title: string): Promise<string> {
  const card = page.getByRole('listitem').filter({ hasText: title }).filter({ hasText: '已送出' });
  await card.getByRole('link', { name: '查看' }).waitFor();
  return (await card.getByRole('link', { name: '查看' }).getAttribute('href'))?.split('/').at(-1) ?? '';
}

describe.skipIf(chromiumPath() === null)('现场：手机上登记、整改、复查', () => {
  beforeAll(async () => {
    product = await startProduct();
    line = await openLine(product.origin);
    for (const { login, password } of await shownAccounts(product)) passwords.set(login, password);
    phone = new Phone(line);
  });
  afterEach(() => {
    expect(phone.errors.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await phone?.remove();
    await line?.close();
    await product?.remove();
  });

  it(`第一次打开连同登录后的首页，传输不超过 ${LIMIT_KB} KB`, async () => {
    const page = await phone.open();
    const session = await phone.context.newCDPSession(page);
    await session.send('Network.enable');
    let bytes = 0;
    session.on('Network.loadingFinished', (event) => {
      bytes += event.encodedDataLength;
    });
    await page.goto('/field');
    await page.getByLabel('登录名').waitFor();
    await page.waitForLoadState('networkidle');
    expect(bytes).toBeGreaterThan(5_000);
    console.log(`手机页面首次打开传输 ${(bytes / 1024).toFixed(1)} KB`);
    expect(bytes / 1024).toBeLessThan(LIMIT_KB);
    await sound(page, 'sign-in');
    await signIn(page, 'lanqiao-wg');
    await readyForOffline(page);
    console.log(`连同登录后的首页和离线名录 ${(bytes / 1024).toFixed(1)} KB`);
    await sound(page, 'home');
  });

  it('断网、重开页面、拍两张照片提交、关掉浏览器再打开，来网后正好一条记录、两张照片', async () => {
    const page = phone.context.pages()[0] as Page;
    const title = '二楼疏散通道堆放纸箱，宽度不足一米';
    const pictures = [await picture(page), await picture(page)];
    await phone.offline();
    await page.reload();
    await page.getByText('没有网络，可以照常登记').waitFor();
    await page.getByRole('link', { name: '拍照登记问题' }).click();
    for (const one of pictures) await addPhoto(page, 'before', one);
    await page.getByLabel('企业或场所').fill('澜桥');
    const hit = page.getByRole('list', { name: '找到的企业' }).getByRole('button').first();
    const enterprise = (await hit.locator('strong').textContent()) ?? '';
    await hit.click();
    await page.getByLabel('一句话写明').fill(title);
    await page.getByRole('radio', { name: '上报整改' }).check();
    await sound(page, 'register');
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByRole('listitem').filter({ hasText: title }).getByText('待送出').waitFor();
    await page.getByText('没有网络，1 份已存在手机里').waitFor();
    await sound(page, 'queue-offline');
    await phone.close();

    const again = await phone.open();
    await phone.context.setOffline(true);
    await again.goto('/field');
    await again.getByText('没有网络，1 份已存在手机里').waitFor();
    await again.getByRole('link', { name: /待送/ }).first().click();
    await again.getByRole('listitem').filter({ hasText: title }).getByText('待送出').waitFor();
    await phone.online();
    const id = await sentId(again, title);
    await sound(again, 'queue-sent');

    const office = await asked('awb1');
    const view = await office.get<View>(`/api/problems/${id}`);
    expect(view.problem.subject).toBe(enterprise);
    expect(view.photos.map((photo) => photo.role)).toEqual(['before', 'before']);
    for (const photo of view.photos) {
      expect(photo.size).toBeLessThan(400 * 1024);
      expect(photo).toMatchObject({ takenFrom: 'picture', longitude: 119.2 });
    }
    expect(view.facts.filter((fact) => fact.kind === 'problem.registered')).toHaveLength(1);
    const files = await office.get<{ rows: unknown[] }>(`/api/files?itemKind=problem&itemId=${id}`);
    expect(files.rows).toHaveLength(2);
    const found = await office.get<{ total: number }>(`/api/problems?q=${encodeURIComponent(title.slice(0, 12))}`);
    expect(found.total).toBe(1);
  });

  it('当场整改：前后各一张照片，一步办结或被抽中复查', async () => {
    const page = phone.context.pages()[0] as Page;
    const title = '门口灭火器被杂物遮挡';
    await page.goto('/field#/new');
    await addPhoto(page, 'before', await picture(page));
    await page.getByLabel('不是企业的，写明地点').fill('澜桥菜市场东门');
    await page.getByLabel('一句话写明').fill(title);
    await page.getByRole('radio', { name: '当场已整改' }).check();
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByRole('alert').filter({ hasText: '请拍一张整改后的照片' }).waitFor();
    await addPhoto(page, 'after', await picture(page));
    await page.getByLabel('怎么整改的').fill('已移开杂物，灭火器取用方便');
    await sound(page, 'fix');
    await page.getByRole('button', { name: '提交' }).click();
    const id = await sentId(page, title);
    const view = await (await asked('awb1')).get<View>(`/api/problems/${id}`);
    expect(view.problem.onSpot).toBe(true);
    expect(['closed', 'toRecheck']).toContain(view.problem.state);
    expect(view.photos.map((photo) => photo.role).sort()).toEqual(['after', 'before']);
    expect(view.photos.flatMap((photo) => photo.doubts).filter((doubt) => /同一张|早于/.test(doubt))).toEqual([]);
  });

  it('同一部手机换人：看不到、也送不出前一个人待送的内容；本人再登录才送出', async () => {
    const page = phone.context.pages()[0] as Page;
    const title = '消防栓箱门打不开';
    await page.goto('/field#/new');
    await addPhoto(page, 'before', await picture(page));
    await page.getByLabel('不是企业的，写明地点').fill('北桥小区3号楼');
    await page.getByLabel('一句话写明').fill(title);
    await page.getByRole('radio', { name: '上报整改' }).check();
    await phone.offline();
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByRole('listitem').filter({ hasText: title }).getByText('待送出').waitFor();
    await signOut(page);
    await phone.online();
    await signIn(page, 'yingji-jc');
    await page.goto('/field#/queue');
    await page.getByText('没有待送的内容').waitFor();
    expect(await page.getByText(title).count()).toBe(0);
    await page.waitForTimeout(1500);
    const office = await asked('awb1');
    const search = `/api/problems?q=${encodeURIComponent(title)}`;
    expect((await office.get<{ total: number }>(search)).total).toBe(0);
    await signOut(page);
    await signIn(page, 'lanqiao-wg');
    await page.goto('/field#/queue');
    await sentId(page, title);
    expect((await office.get<{ total: number }>(search)).total).toBe(1);
  });

  it('登录过期：待送的都在，重新登录后自动送出', async () => {
    const page = phone.context.pages()[0] as Page;
    const title = '楼梯间应急灯不亮';
    await page.goto('/field#/new');
    await addPhoto(page, 'before', await picture(page));
    await page.getByLabel('不是企业的，写明地点').fill('澜桥老年活动中心');
    await page.getByLabel('一句话写明').fill(title);
    await page.getByRole('radio', { name: '上报整改' }).check();
    await phone.context.clearCookies();
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByRole('heading', { name: '登录已过期，请重新登录' }).waitFor();
    await sound(page, 'expired');
    await page.getByLabel('登录名').fill('lanqiao-wg');
    await page.getByLabel('密码').fill(passwords.get('lanqiao-wg') ?? '');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await sentId(page, title);
  });

  it('检查人员上报给街道，网格员签收、整改、拍照报告，检查人员到场复查通过', async () => {
    const page = phone.context.pages()[0] as Page;
    const title = '配电箱没有上锁，周边堆放可燃物';
    const office = await asked('yingji-jc');
    const choices = await (await asked('lanqiao-wg')).get<{ actor: { unitId: string } }>('/api/session');
    const id = crypto.randomUUID();
    const today = (await office.get<{ today: string }>('/api/field/start')).today;
    await office.act('POST', '/api/problems', {
      id,
      kind: 'hazard',
      text: title,
      source: 'dailyCheck',
      place: { address: '澜桥街道桥北路8号' },
      leadUnitId: choices.actor.unitId,
      dueOn: today,
    });
    await page.goto(`/field#/p/${id}`);
    await page.getByRole('link', { name: '签收' }).click();
    await page.getByRole('button', { name: '确认签收' }).click();
    await sentId(page, title);
    await page.goto('/field#/');
    await page
      .getByRole('link', { name: new RegExp(title) })
      .first()
      .click();
    await page.getByRole('link', { name: '整改完成，拍照报告' }).click();
    await addPhoto(page, 'after', await picture(page));
    await page.getByLabel('整改情况').fill('配电箱已上锁，可燃物已清走');
    await sound(page, 'done');
    await page.getByRole('button', { name: '提交' }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: '整改完成' })
      .filter({ hasText: title })
      .getByText('已送出')
      .waitFor();
    await signOut(page);
    await signIn(page, 'yingji-jc');
    await page.getByRole('heading', { name: /待复查/ }).waitFor();
    await page
      .getByRole('link', { name: new RegExp(title) })
      .first()
      .click();
    await page.getByRole('heading', { level: 2, name: '办理经过' }).waitFor();
    await sound(page, 'problem');
    await page.getByRole('link', { name: '去复查' }).click();
    await page.getByRole('radio', { name: '已整改到位' }).check();
    await addPhoto(page, 'after', await picture(page));
    await page.getByLabel('复查意见').fill('现场查看，已上锁、已清理');
    await sound(page, 'recheck');
    await page.getByRole('button', { name: '提交' }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: '复查' })
      .filter({ hasText: title })
      .getByText('已送出')
      .waitFor();
    expect((await office.get<View>(`/api/problems/${id}`)).problem.state).toBe('closed');
  });

  it('服务器不收的留在手机里写明原因，可以修改后再送', async () => {
    const page = phone.context.pages()[0] as Page;
    const title = '电梯机房门未关';
    await page.goto('/field#/new');
    await addPhoto(page, 'before', await picture(page));
    await page.getByLabel('不是企业的，写明地点').fill('海棠大厦顶楼');
    await page.getByLabel('一句话写明').fill(title);
    await page.getByRole('radio', { name: '上报整改' }).check();
    await page.getByLabel('整改期限').fill('2020-01-01');
    await page.getByRole('button', { name: '提交' }).click();
    const card = page.getByRole('listitem').filter({ hasText: title });
    await card.getByText(/未送出：/).waitFor();
    await sound(page, 'refused');
    await card.getByRole('button', { name: '修改后再送' }).click();
    await page.getByText('接着上次没有填完的').waitFor();
    expect(await page.getByLabel('一句话写明').inputValue()).toBe(title);
    await page.getByLabel('整改期限').fill(new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10));
    await page.getByRole('button', { name: '提交' }).click();
    await sentId(page, title);
  });

  it('门牌二维码在手机上打开企业，看得到未了结的问题，没有网络也打得开', async () => {
    const page = phone.context.pages()[0] as Page;
    const office = await asked('yingji-jc');
    const { rows } = await office.get<{ rows: { number: string; name: string }[] }>('/api/enterprises?pageSize=1');
    const { number, name } = rows[0] ?? { number: '', name: '' };
    await page.goto(`/e/${encodeURIComponent(number)}`);
    await page.getByRole('heading', { level: 2, name }).waitFor();
    await page.getByRole('heading', { name: /未了结的问题/ }).waitFor();
    await sound(page, 'enterprise');
    await readyForOffline(page);
    await page.goto('/field');
    await phone.offline();
    await page.goto(`/e/${encodeURIComponent(number)}`);
    await page.getByRole('heading', { level: 2, name }).waitFor();
    await page.getByRole('link', { name: '登记这里的问题' }).click();
    await page.getByRole('region', { name: '在哪里' }).getByText(name).waitFor();
    await phone.online();
  });

  it('六千万像素的照片缩到 1600 像素以内；苹果 HEIC 原样保存；脚本当场谢绝', async () => {
    const page = phone.context.pages()[0] as Page;
    await page.goto('/field#/');
    const large = await cameraPicture(page, { width: 9000, height: 6700, seed: 99, taken: cameraNow() });
    await page.goto('/field#/new');
    await addPhoto(page, 'before', { bytes: large });
    const width = await page.evaluate(`(async () => {
      const image = document.querySelector('.photos img');
      await image.decode();
      return image.naturalWidth;
    })()`);
    expect(width).toBe(1600);
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(4000)]);
    await addPhoto(page, 'before', { name: 'IMG_0001.HEIC', bytes: heic });
    await page.getByText('手机不能预览，会原样上传').waitFor();
    await page
      .locator('#before-camera')
      .setInputFiles({ name: 'x.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<script>alert(1)</script>') });
    await page.getByRole('alert').filter({ hasText: '不是照片，或者已经损坏' }).waitFor();
    await page.getByRole('button', { name: '不填了，清空' }).click();
    await page.getByRole('link', { name: '拍照登记问题' }).waitFor();
  });
});
