import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDocument } from '../src/platform/documents/read.ts';
import { chromiumPath, openBrowser, openPage, settled, signIn, type Watched } from './browser.ts';
import { cameraPicture, type Line, openLine, Phone } from './field-phone.ts';
import { pickDay } from './fields.ts';
import { expectSound, look, openEyes } from './look.ts';
import { attach, photo } from './problem-page.ts';
import { type Product, runToEnd, shownAccounts, startProduct } from './product.ts';
import { type Evening, evening, type History } from './recount.ts';
import { step } from './review.ts';
import { listed, superiorList } from './superior-list.ts';
import { act } from './task-page.ts';

/** The days over which the flow goes; each begins with the product started anew on it. */
const days = [
  '2026-09-07',
  '2026-09-08',
  '2026-09-09',
  '2026-09-10',
  '2026-09-11',
  '2026-09-14',
  '2026-09-15',
  '2026-09-16',
] as const;
const [first, second, third, fourth, fifth, sixth, seventh, eighth] = days;

let product: Product;
let browser: Browser;
let today = '';
const passwords = new Map<string, string>();
const people = new Map<string, Watched>();
const errors: string[] = [];

interface Item {
  readonly id: string;
  readonly number: string;
  readonly position: number;
}
interface View {
  readonly problem: {
    readonly state: string;
    readonly grade: string;
    readonly dueOn: string;
    readonly listed: boolean;
  };
  readonly judgement: { readonly clauses: readonly unknown[]; readonly on: string } | null;
  readonly photos: readonly { readonly role: string }[];
  readonly facts: History['facts'];
}
let batchId = '';
let items: Item[] = [];
let listingAddress = '';
let lookBackAddress = '';
/** The item that was drawn. */
let drawn: Item | undefined;

const item = (position: number): Item => {
  const found = items.find((one) => one.position === position);
  if (!found) throw new Error(`no line ${position}`);
  return found;
};
const general = (): Item => item(1);
const major = (): Item => item(2);
const onPhone = (): Item => item(3);
const addressOf = (one: Item): string => `/problems/${one.id}`;

async function leave(): Promise<void> {
  for (const watched of people.values()) {
    errors.push(...watched.errors);
    await watched.page.context().close();
  }
  people.clear();
}

/** Goes home, and comes back on a later day. */
async function comeBackOn(day: string): Promise<void> {
  if (today === day) return;
  await leave();
  await product.stop();
  product = await startProduct({ dataDir: product.dataDir, today: day, problems: 0 });
  today = day;
}

/** Somebody at his desk: signed in on the day, once. */
async function at(login: string): Promise<Page> {
  const known = people.get(login);
  if (known) return known.page;
  const watched = await openPage(browser, product.origin);
  await signIn(watched.page, login, passwords.get(login) ?? '');
  people.set(login, watched);
  return watched.page;
}

async function open(login: string, address: string): Promise<Page> {
  const page = await at(login);
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
  return page;
}
const read = async <T>(page: Page, path: string): Promise<T> =>
  (await (await page.request.get(path, { headers: { 'x-guatu': '1' } })).json()) as T;
const viewOf = async (one: Item): Promise<View> => read<View>(await at('awb1'), `/api/problems/${one.id}`);
const stateOf = async (one: Item): Promise<string> => (await viewOf(one)).problem.state;

describe.skipIf(chromiumPath() === null)('一份上级反馈清单，从收到文件到回头看，走完八天', () => {
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct({ today: first, problems: 0 }), openBrowser()]);
    today = first;
    for (const account of await shownAccounts(product)) passwords.set(account.login, account.password);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  it('9月7日：把收到的 Word 文件拖进来，逐条识读，来文单位和文号读得出', async () => {
    const page = await open('awb1', '/problem-batches');
    await page.getByLabel('把上级的反馈意见或问题清单拖到这里').setInputFiles(await superiorList(first));
    await page.getByRole('tab', { name: /^问题（\d+）/ }).waitFor();
    batchId = /problem-batches\/([^/?]+)/.exec(page.url())?.[1] ?? '';
    await page.getByRole('tab', { name: '问题（21）' }).waitFor();
    await page.getByText('陵安办函〔2026〕39号').first().waitFor();
    await expectSound(page, 'whole-review');
  });

  it('校核：对不上的单位、说不清的时限和等级、称已整改的、重复的，逐处处理', async () => {
    const page = await at('awb1');
    const settle = async (word: string, button: RegExp): Promise<void> => {
      const point = page.locator('.b-point').filter({ hasText: word }).first();
      await step(page, () => point.getByRole('button', { name: button }).first().click());
    };
    await page.getByRole('tab', { name: /^单位（1待对应）/ }).click();
    const unknown = page.getByRole('listitem').filter({ hasText: '区教体局' });
    await unknown.getByText('待对应').waitFor();
    const box = unknown.getByRole('combobox', { name: '「区教体局」是' });
    await box.fill('教育局');
    await step(page, () => box.press('Enter'));
    await page.getByRole('tab', { name: /^问题（/ }).click();
    await settle('时限不明', /天后）$/);
    await settle('等级不明', /^按一般$/);
    await settle('清单称已整改', /^按未整改登记$/);
    await settle('清单内重复', /^不登记$/);
    await settle('像是几条问题', /^不拆$/);
    await page.getByText('都已核清').waitFor();
    await expectSound(page, 'whole-settled');
  });

  it('一次登记，得到二十个连续的编号，原编号和来文都在', async () => {
    const page = await at('awb1');
    await page
      .getByRole('button', { name: `登记 ${listed} 条`, exact: true })
      .first()
      .click();
    const dialog = page.getByRole('dialog', { name: /^登记批-/ });
    await dialog.getByRole('button', { name: `登记 ${listed} 条`, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('region', { name: '本批整改进度' }).waitFor();
    const { lines } = await read<{
      lines: readonly { position: number; problem: { id: string; number: string } | null }[];
    }>(page, `/api/problem-batches/${batchId}`);
    items = lines.flatMap(({ position, problem }) => (problem ? [{ ...problem, position }] : []));
    expect(items.map((one) => one.number)).toEqual(
      Array.from({ length: listed }, (_, index) => `问-2026-${String(index + 1).padStart(4, '0')}`),
    );
    await expectSound(page, 'whole-registered');
  });

  it('9月8日：住建局签收第一条，附照片报告整改完成', async () => {
    await comeBackOn(second);
    const page = await open('zhujian', addressOf(general()));
    await act(page, '签收');
    await act(page, '报告整改完成', async (dialog) => {
      await dialog.getByLabel(/整改完成情况/).fill('已经装上临时栏杆。');
      await attach(dialog, '整改后的照片', await photo(page, '栏杆.jpg', 800, 600));
    });
    expect(await stateOf(general())).toBe('toRecheck');
  });

  it('安委办按判定标准的条文把第二条判为重大，登记应挂牌的规则，提请挂牌', async () => {
    const page = await open('awb1', addressOf(major()));
    await act(page, '判定等级', async (dialog) => {
      await dialog.getByLabel('重大', { exact: true }).check();
      await dialog.getByRole('region', { name: '判定条文' }).getByRole('checkbox').first().check();
      await dialog.getByLabel(/判定理由/).fill('疏散通道被封，符合所勾选的条文。');
    });
    const judged = await viewOf(major());
    expect(judged.problem.grade).toBe('major');
    expect(judged.judgement?.clauses).toHaveLength(1);
    await page.goto('/listing-rules');
    await page.getByRole('button', { name: '新增规则' }).click();
    const rule = page.getByRole('dialog');
    await rule.getByLabel(/^名称/).fill('重大火灾隐患全部挂牌');
    await rule.getByLabel(/^依据/).fill('望澜区挂牌督办办法（演示）第三条');
    await pickDay(page, '自何日起', '2026-01-01');
    await expectSound(page, 'whole-rule');
    await rule.getByRole('button', { name: '新增', exact: true }).click();
    await rule.waitFor({ state: 'hidden' });
    await page.goto('/listings');
    await page.getByText(/^应挂牌未挂牌（1条）/).waitFor();
    await page.goto(addressOf(major()));
    await page.getByRole('button', { name: '提请挂牌' }).click();
    const dialog = page.getByRole('dialog', { name: /^提请挂牌：/ });
    await dialog.getByLabel(/^提请理由/).fill('人员密集，一旦失火疏散困难。');
    await expectSound(page, 'whole-propose');
    await dialog.getByRole('button', { name: '确认提请挂牌' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const link = page.getByRole('link', { name: /^督-2026-/ });
    listingAddress = (await link.getAttribute('href')) ?? '';
    const unit = await open('xiaofang', addressOf(major()));
    await act(unit, '签收');
  });

  it('9月9日：复查第一条，没有整改到位，退回；单位看到还差什么', async () => {
    await comeBackOn(third);
    const page = await open('awb1', addressOf(general()));
    await act(page, '复查退回', (dialog) => dialog.getByLabel(/还差什么/).fill('栏杆高度不够，缺挡脚板。'));
    expect(await stateOf(general())).toBe('underway');
    const unit = await open('zhujian', addressOf(general()));
    await unit.getByText('栏杆高度不够，缺挡脚板').first().waitFor();
  });

  it('分管领导批准挂牌，另一位同志印发，督办通知书下载下来是公文', async () => {
    const leader = await open('leader', listingAddress);
    await act(leader, '批准挂牌', (dialog) => dialog.getByLabel(/^审批意见/).fill('同意挂牌，限期整改。'));
    const page = await open('awb2', listingAddress);
    await act(page, '印发挂牌', () => expectSound(page, 'whole-issue'));
    await page.getByText(/^公文（2份）/).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载 Word' }).first().click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.docx$/);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const { text } = await readDocument(Buffer.concat(chunks), download.suggestedFilename());
    expect(text).toContain('挂牌督办');
    expect(text).toContain('疏散通道被砖墙封堵');
    expect(text).toMatch(/〔2026〕\d+号/);
    expect((await viewOf(major())).problem.listed).toBe(true);
    await expectSound(page, 'whole-listed');
  });

  it('9月10日：第一条再整改、再报告；重大隐患五落实逐项填报，整改方案报备', async () => {
    await comeBackOn(fourth);
    const unit = await open('zhujian', addressOf(general()));
    await act(unit, '报告整改完成', async (dialog) => {
      await dialog.getByLabel(/整改完成情况/).fill('已换成标准栏杆，加装挡脚板。');
      await attach(dialog, '整改后的照片', await photo(unit, '标准栏杆.jpg', 800, 600));
    });
    const page = await open('xiaofang', addressOf(major()));
    for (const part of ['整改措施', '整改资金', '整改责任人', '整改时限', '应急预案'])
      await act(page, '填报五落实', async (dialog) => {
        await dialog.getByRole('combobox', { name: '填报哪一项' }).click();
        await page.locator('.ant-select-item-option').filter({ hasText: part }).first().click();
        await dialog.getByLabel(/^内容/).fill(`${part}已经落实。`);
        await dialog.getByLabel('附件', { exact: true }).setInputFiles({
          name: `${part}.txt`,
          mimeType: 'text/plain',
          buffer: Buffer.from(`${part}的凭据。`),
        });
        await dialog.getByText(`${part}.txt`).waitFor();
      });
    await page.getByText('五项已经填全').waitFor();
    await page.goto(listingAddress);
    await act(page, '报送整改方案', async (dialog) => {
      for (const part of ['目标任务', '方法措施', '经费物资', '机构责任', '时限要求', '安全措施和应急预案'])
        await dialog.getByLabel(new RegExp(`^${part}`)).fill(`${part}已经明确。`);
      await expectSound(page, 'whole-plan');
    });
    const office = await open('awb2', listingAddress);
    await act(office, '方案备案', (dialog) => dialog.getByLabel(/^意见/).fill('方案可行。'));
  });

  it('第三条由网格员在手机页面签收、拍照、报告整改完成', async () => {
    const line: Line = await openLine(product.origin);
    const phone = new Phone(line);
    try {
      const page = await phone.open();
      await page.goto('/field');
      await page.getByLabel('登录名').fill('lanqiao-wg');
      await page.getByLabel('密码').fill(passwords.get('lanqiao-wg') ?? '');
      await page.getByRole('button', { name: '登录' }).click();
      const card = page.getByRole('link', { name: new RegExp(onPhone().number) }).first();
      await card.click();
      await page.getByRole('link', { name: '签收', exact: true }).click();
      await page.getByRole('button', { name: '确认签收' }).click();
      const sent = (what: string) =>
        page
          .getByRole('listitem')
          .filter({ hasText: what })
          .filter({ hasText: onPhone().number })
          .getByText('已送出')
          .waitFor();
      await sent('签收');
      await page.goto(`/field#/p/${onPhone().id}`);
      await page.getByRole('link', { name: '整改完成，拍照报告' }).click();
      await page.locator('#after-camera').setInputFiles({
        name: 'IMG_2026.jpg',
        mimeType: 'image/jpeg',
        buffer: await cameraPicture(page, { width: 3000, height: 2000, seed: 7 }),
      });
      await page.getByRole('region', { name: '整改后照片' }).getByRole('listitem').first().waitFor();
      await page.getByLabel('整改情况').fill('配电箱已上锁，纸箱已清走。');
      await page.getByRole('button', { name: '提交' }).click();
      await sent('整改完成');
      expect(phone.errors).toEqual([]);
    } finally {
      await phone.remove();
      await line.close();
    }
    const found = await viewOf(onPhone());
    expect(found.problem.state).toBe('toRecheck');
    expect(found.photos.map((one) => one.role)).toEqual(['after']);
  });

  it('9月11日：另一位同志复查第一条和第三条，通过，待销号；重大隐患报告完成并申请验收', async () => {
    await comeBackOn(fifth);
    const page = await open('awb1', addressOf(general()));
    await act(page, '复查通过', (dialog) => dialog.getByLabel(/复查情况/).fill('现场查看，符合要求。'));
    expect(await stateOf(general())).toBe('toClose');
    await page.goto(addressOf(onPhone()));
    await act(page, '复查通过', (dialog) => dialog.getByLabel(/复查情况/).fill('现场查看，已上锁。'));
    const unit = await open('xiaofang', addressOf(major()));
    await act(unit, '报告整改完成', async (dialog) => {
      await dialog.getByLabel(/整改完成情况/).fill('砖墙已经拆除，通道恢复到一米八。');
      await attach(dialog, '整改后的照片', await photo(unit, '通道.jpg', 800, 600));
    });
    await unit.goto(listingAddress);
    await act(unit, '申请验收', (dialog) => dialog.getByLabel(/整改完成情况/).fill('已经整改完毕，请组织验收。'));
  });

  it('9月14日：现场验收通过，复查通过；没有摘牌之前不能销号', async () => {
    await comeBackOn(sixth);
    const page = await open('awb1', listingAddress);
    await act(page, '验收通过', async (dialog) => {
      for (const [index, [name, unit, post]] of [
        ['蔺可凡', '区安委办', '科长'],
        ['柯可川', '区应急管理局', '工程师'],
      ].entries()) {
        await dialog.getByLabel(`第${index + 1}人姓名`).fill(name ?? '');
        await dialog.getByLabel(`第${index + 1}人单位`).fill(unit ?? '');
        await dialog.getByLabel(`第${index + 1}人职务`).fill(post ?? '');
      }
      for (const finding of await dialog.getByLabel(/^第\d+条核对情况$/).all())
        await finding.fill('现场核对，已经完成。');
      await dialog.getByLabel(/^验收意见/).fill('整改到位，同意通过验收。');
      await expectSound(page, 'whole-acceptance');
    });
    await page.goto(addressOf(major()));
    await act(page, '复查通过', (dialog) => dialog.getByLabel(/复查情况/).fill('现场走通。'));
    const closer = await open('awb2', addressOf(major()));
    await closer.getByText(/现在不能办理的操作及原因/).click();
    await closer.getByText('这条问题正在挂牌督办，请先办理验收、摘牌').first().waitFor();
    expect(
      await closer
        .getByRole('region', { name: '可以办理的操作' })
        .getByRole('button', { name: '销号', exact: true })
        .count(),
    ).toBe(0);
  });

  it('摘牌以后三条都销号，都不是复查的人销的', async () => {
    const page = await open('awb2', listingAddress);
    await act(page, '摘牌', (dialog) => dialog.getByLabel(/^意见/).fill('验收合格，予以摘牌。'));
    for (const one of [general(), major(), onPhone()]) {
      await page.goto(addressOf(one));
      await act(page, '销号', (dialog) => dialog.getByLabel(/销号意见/).fill('材料齐全，同意销号。'));
      expect(await stateOf(one)).toBe('closed');
    }
    await page.goto('/listings');
    await settled(page);
    expect(await page.getByText(/^应挂牌未挂牌（/).count()).toBe(0);
  });

  it('9月15日：回头看，冻结名单，另一位同志当众录入种子，抽出一条，派给没有经手的人', async () => {
    await comeBackOn(seventh);
    const page = await open('awb1', '/look-backs');
    await page.getByRole('button', { name: '发起回头看' }).click();
    await pickDay(page, '销号日期自', '2026-09-01');
    await pickDay(page, '销号日期至', '2026-09-14');
    for (const [label, value] of [
      [/^抽取条数/, '1'],
      [/^每个单位至少/, '0'],
      [/^重大隐患至少/, '0'],
    ] as const) {
      await page.getByLabel(label).fill(value);
      await page.getByLabel(label).press('Tab');
    }
    await page.getByText(/现在符合的已销号问题 3 条/).waitFor();
    await expectSound(page, 'whole-look-back-new');
    await page.getByRole('button', { name: '冻结名单' }).click();
    await page.waitForURL(/\/look-backs\/[0-9a-f-]{36}$/);
    lookBackAddress = new URL(page.url()).pathname;
    const other = await open('awb2', lookBackAddress);
    await other.getByLabel(/^种子/).fill('3 5 1 6 6 2 4 1 3 5 2 6');
    await other.getByLabel(/^怎样产生的/).fill('会上当众掷骰子十二次');
    for (const name of ['纪检监察组同志', '企业代表']) {
      await other.getByLabel(/^见证人/).fill(name);
      await other.getByLabel(/^见证人/).press('Enter');
    }
    await expectSound(other, 'whole-look-back-seed');
    await other.getByRole('button', { name: '确定种子' }).click();
    await other.getByRole('button', { name: '抽取', exact: true }).click();
    await other.getByText('抽中的问题（1）').waitFor();
    await other.getByRole('button', { name: '在本机重算' }).click();
    await other.getByText(/在本机算了 3 个票号：名单摘要一致，抽中的 1 条与公布的完全相同/).waitFor();
    await other.getByRole('button', { name: '选中全部待派发' }).click();
    const checker = other.getByRole('combobox', { name: '核查人' });
    await checker.fill('项书瑶');
    await other.locator('.ant-select-item-option').filter({ hasText: '项书瑶' }).first().click();
    await pickDay(other, '核查期限', '2026-09-25');
    await other.getByRole('button', { name: '派发核查' }).click();
    await other.getByText(/核查人：.*项书瑶/).waitFor();
    const { items: found } = await read<{ items: readonly { problemId: string }[] }>(other, `/api${lookBackAddress}`);
    drawn = items.find((one) => one.id === found[0]?.problemId);
    expect(drawn).toBeDefined();
  });

  it('9月16日：核查的人到现场，整改不实，附照片登记，问题按原编号重新打开', async () => {
    await comeBackOn(eighth);
    const page = await open('yingji-jc', '/look-backs');
    await page.getByRole('button', { name: '登记核查结果' }).click();
    const dialog = page.getByRole('dialog', { name: /^登记核查结果/ });
    await dialog.getByLabel('整改不实，没有到位或者已经反弹').check();
    await dialog.getByLabel(/^哪里没有整改到位/).fill('到现场查看，整改以后又恢复原状。');
    await pickDay(page, '新的整改时限', '2026-10-15');
    await dialog.getByLabel('现场照片（必填）').setInputFiles(await photo(page, '反弹.jpg', 800, 600));
    await dialog.getByText('反弹.jpg').waitFor();
    await expectSound(page, 'whole-look-back-result');
    await dialog.getByRole('button', { name: '认定整改不实，重新打开' }).click();
    await dialog.waitFor({ state: 'hidden' });
    if (!drawn) throw new Error('nothing was drawn');
    expect(await stateOf(drawn)).toBe('underway');
    const shown = await open('awb1', addressOf(drawn));
    await shown.getByText('重新打开1次').waitFor();
    await shown.getByText(drawn.number, { exact: true }).first().waitFor();
  });

  it('过去每一天的态势和台账，都与各条问题自己的记录重数一遍的结果相同', async () => {
    const page = await at('awb1');
    const histories: History[] = [];
    for (const one of items) {
      const { problem, judgement, facts } = await viewOf(one);
      histories.push({
        number: one.number,
        dueOn: problem.dueOn,
        majorOn: problem.grade === 'major' ? (judgement?.on ?? null) : null,
        facts,
      });
    }
    const evenings = new Map<string, Evening>();
    for (const day of ['2026-09-06', ...days, '2026-09-12']) evenings.set(day, evening(histories, day));
    // so that the comparison below compares something
    expect(evenings.get(first)?.open).toHaveLength(listed);
    expect(evenings.get(fifth)?.red.length).toBeGreaterThan(1);
    expect(evenings.get(third)?.listed).toBe(1);
    expect(evenings.get(sixth)?.open).toHaveLength(listed - 3);
    expect(evenings.get(eighth)?.reopened).toBe(1);
    for (const [day, counted] of evenings) {
      await page.goto('/problem-figures');
      await settled(page);
      await pickDay(page, '截至日期', day);
      await settled(page);
      if (day < today) await page.getByText(`正在查看 ${day} 当天的情况`).waitFor();
      const strip = page.getByRole('region', { name: '总览' });
      const figure = (name: RegExp) =>
        strip.locator('.g-figure').filter({ has: page.locator('.g-figure-name', { hasText: name }) });
      const value = async (name: RegExp): Promise<number> =>
        Number.parseInt((await figure(name).first().locator('.g-figure-value').textContent()) ?? '', 10);
      const shown = {
        open: await value(/^未销号$/),
        red: await value(/逾期$/),
        major: await value(/^重大$/),
        registered: await value(/^登记$/),
        closed: await value(/^销号$/),
        reopened: await value(/^重新打开$/),
      };
      const { open: left, red, ...rest } = counted;
      expect(shown, day).toEqual({
        open: left.length,
        red: red.length,
        major: rest.major,
        registered: rest.registered,
        closed: rest.closed,
        reopened: rest.reopened,
      });
      if (rest.major > 0)
        expect(
          await figure(/^重大$/)
            .first()
            .textContent(),
          day,
        ).toContain(`挂牌督办 ${rest.listed}`);
      for (const [name, numbers] of [
        [/^未销号$/, left],
        [/逾期$/, red],
      ] as const) {
        await figure(name).first().click();
        await page.waitForURL(/\/problems\?/);
        await settled(page);
        await page.getByText(`共 ${numbers.length} 条`).first().waitFor();
        const text = (await page.locator('main').textContent()) ?? '';
        const found = [...new Set(text.match(/问-2026-\d{4}/g) ?? [])].sort();
        expect(found, `${day} ${name.source}`).toEqual(numbers);
        await page.goBack();
        await settled(page);
      }
    }
  });

  it('清单、问题、挂牌、回头看、态势、台账各页，在办公屏、手机、大屏上都好用', async () => {
    const eyes = await openEyes(browser, product.origin, await at('awb1'));
    const troubles: string[] = [];
    for (const [address, name] of [
      ['/problem-batches', 'whole-batches'],
      [`/problem-batches/${batchId}`, 'whole-batch'],
      [addressOf(general()), 'whole-general'],
      [addressOf(major()), 'whole-major'],
      ['/listings', 'whole-listings'],
      [listingAddress, 'whole-listing'],
      ['/listing-rules', 'whole-rules'],
      ['/listings/missing', 'whole-missing'],
      ['/look-backs', 'whole-look-backs'],
      [lookBackAddress, 'whole-look-back'],
      ['/problem-figures', 'whole-figures'],
      ['/problem-figures?asOf=2026-09-11', 'whole-figures-past'],
      ['/problems?asOf=2026-09-11', 'whole-ledger-past'],
    ] as const)
      troubles.push(...(await look(eyes, address, name)));
    await eyes.close();
    expect(troubles).toEqual([]);
  });

  it('八天的全部记录经得起核验，页面没有出过错', async () => {
    await leave();
    await product.stop();
    const checked = await runToEnd(['verify'], { GUATU_DATA: product.dataDir, GUATU_TODAY: today });
    expect(checked.said).toContain('没有发现改动');
    expect(checked.code, checked.said).toBe(0);
    expect(errors).toEqual([]);
  });
});
