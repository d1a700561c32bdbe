import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, openBrowser, openPage, settled, signIn, type Watched } from './browser.ts';
import { pickDay } from './fields.ts';
import { expectSound, look, openEyes } from './look.ts';
import { attach, photo, register } from './problem-page.ts';
import { type Product, shownAccounts, startProduct } from './product.ts';
import { act, openAction, sendButton } from './task-page.ts';

const today = '2026-11-22';
let product: Product;
let browser: Browser;
const passwords = new Map<string, string>();
const people = new Map<string, Watched>();

interface Listed {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly problemId: string;
  readonly leadUnitName: string;
  readonly level: string;
}

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
const listings = async (state: string): Promise<readonly Listed[]> =>
  (await read<{ rows: Listed[] }>(await at('awb1'), `/api/listings?state=${state}&pageSize=50`)).rows;
const stateOf = async (id: string): Promise<string> =>
  (await read<{ listing: Listed }>(await at('awb1'), `/api/listings/${id}`)).listing.state;
async function one(state: string): Promise<Listed> {
  const [found] = await listings(state);
  if (!found) throw new Error(`the demonstration has no listing that is ${state}`);
  return found;
}
async function anyMajor(): Promise<string> {
  const [found] = (await read<{ rows: { id: string }[] }>(await at('awb1'), '/api/problems?grade=major')).rows;
  if (!found) throw new Error('the demonstration has no major hazard');
  return found.id;
}
const approver = async (dialog: Locator): Promise<void> => {
  await dialog.getByLabel(/^审批领导姓名/).fill('闻怀屿');
  await dialog.getByLabel(/^职务/).fill('副区长');
};
const plan = ['目标任务', '方法措施', '经费物资', '机构责任', '时限要求', '安全措施和应急预案'];
async function acceptance(dialog: Locator, opinion: string): Promise<void> {
  for (const [index, [name, unit]] of [
    ['蔺可凡', '区安委办'],
    ['柯可川', '区应急管理局'],
  ].entries()) {
    await dialog.getByLabel(`第${index + 1}人姓名`).fill(name ?? '');
    await dialog.getByLabel(`第${index + 1}人单位`).fill(unit ?? '');
    await dialog.getByLabel(`第${index + 1}人职务`).fill('科长');
  }
  for (const finding of await dialog.getByLabel(/^第\d+条核对情况$/).all()) await finding.fill('现场逐条核对。');
  await dialog.getByLabel(/^验收意见/).fill(opinion);
}

/** The title of an open dialog must not run under the button that closes it. */
async function titleStaysClear(dialog: Locator): Promise<void> {
  const title = (await dialog.page().evaluate(`(() => {
    const node = [...document.querySelectorAll('.ant-modal-title')].pop();
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].map(({ left, right, top, bottom }) => ({ left, right, top, bottom }));
  })()`)) as { left: number; right: number; top: number; bottom: number }[];
  const close = await dialog.locator('.ant-modal-close').boundingBox();
  if (!close) throw new Error('no button closes the dialog');
  const under = title.filter(
    (line) =>
      line.right > close.x &&
      line.left < close.x + close.width &&
      line.bottom > close.y &&
      line.top < close.y + close.height,
  );
  expect(under).toEqual([]);
}

describe.skipIf(chromiumPath() === null)('挂牌督办的每一种办理，从提请到摘牌', () => {
  /** The listing that goes through a failed acceptance, escalations and a second acceptance. */
  let followed = { id: '', problem: '', address: '' };

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct({ today, problems: 3000 }), openBrowser()]);
    for (const account of await shownAccounts(product)) passwords.set(account.login, account.password);
    const page = await at('awb1');
    const deadline = Date.now() + 120_000;
    while ((await read<{ total: number }>(page, '/api/look-backs')).total < 1) {
      if (Date.now() > deadline) throw new Error(`the demonstration is not told:\n${product.terminal()}`);
      await page.waitForTimeout(500);
    }
  });
  afterAll(async () => {
    await browser?.close();
    await product?.remove();
  });

  it('不批准的写明哪位领导、什么理由；批准以前提请单位可以撤回', async () => {
    const refused = await one('proposed');
    const page = await open('awb2', `/listings/${refused.id}`);
    const dialog = await openAction(page, '不批准挂牌');
    await approver(dialog);
    await dialog.getByLabel(/^为什么不予挂牌/).fill('先由行业主管部门督办，到期再议。');
    await expectSound(page, 'supervision-refuse');
    await sendButton(dialog, '不批准挂牌').click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await stateOf(refused.id)).toBe('refused');
    const retracted = await one('approved');
    const own = await open('awb1', `/listings/${retracted.id}`);
    await act(own, '撤回提请', (form) => form.getByLabel(/^原因/).fill('与另一件合并办理。'));
    expect(await stateOf(retracted.id)).toBe('retracted');
  });

  it('整改方案不行的退回，写明缺什么，状态回到待报方案', async () => {
    const filed = await one('planFiled');
    const page = await open('awb2', `/listings/${filed.id}`);
    await act(page, '退回方案', (dialog) => dialog.getByLabel(/^方案缺什么/).fill('没有写明停用期间的管控措施。'));
    expect(await stateOf(filed.id)).toBe('listed');
    await page.getByText('没有写明停用期间的管控措施').first().waitFor();
  });

  it('新登记的重大隐患：提请、批准、印发、方案、进展，一步一步都在页面上办', async () => {
    const page = await at('awb1');
    const made = await register(page, {
      text: '营业大厅二层消防通道被隔断封堵并且自动喷水灭火系统停用已经超过一个月，现场没有采取任何替代的防护措施',
      subject: '澜滨大道某商业综合体',
      lead: '消防救援',
    });
    await page.goto(made.address);
    await act(page, '判定等级', async (dialog) => {
      await dialog.getByLabel('重大', { exact: true }).check();
      await dialog.getByRole('region', { name: '判定条文' }).getByRole('checkbox').first().check();
      await dialog.getByLabel(/判定理由/).fill('符合所勾选的条文。');
    });
    await page.getByRole('button', { name: '提请挂牌' }).click();
    const proposing = page.getByRole('dialog', { name: /^提请挂牌：/ });
    await titleStaysClear(proposing);
    await proposing.getByLabel(/^整改要求/).fill('拆除隔断，恢复消防通道。\n恢复自动喷水灭火系统，经检测合格。');
    await proposing.getByLabel(/^提请理由/).fill('人员密集，风险高。');
    await proposing.getByRole('button', { name: '确认提请挂牌' }).click();
    await proposing.waitFor({ state: 'hidden' });
    const address = (await page.getByRole('link', { name: /^督-2026-/ }).getAttribute('href')) ?? '';
    followed = { id: address.split('/').at(-1) ?? '', problem: made.address, address };
    const second = await open('awb2', address);
    const approving = await openAction(second, '批准挂牌');
    await titleStaysClear(approving);
    await approver(approving);
    await approving.getByLabel(/^审批意见/).fill('同意。');
    await expectSound(second, 'supervision-approve');
    await sendButton(approving, '批准挂牌').click();
    await approving.waitFor({ state: 'hidden' });
    await act(second, '印发挂牌', (dialog) => dialog.getByLabel('同时发布挂牌公告').uncheck());
    await second.getByText('公文（1份）').waitFor();
    await second.getByRole('button', { name: '核对' }).click();
    await second.getByText(/逐字节一致/).waitFor();
    const unit = await open('xiaofang', made.address);
    await act(unit, '签收');
    await unit.goto(address);
    await act(unit, '报送整改方案', async (dialog) => {
      for (const part of plan) await dialog.getByLabel(new RegExp(`^${part}`)).fill(`${part}已经明确。`);
      await dialog.getByLabel('附件', { exact: true }).setInputFiles({
        name: '整改方案.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('整改方案全文'),
      });
      await dialog.getByText('整改方案.txt').waitFor();
    });
    await second.reload();
    await act(second, '方案备案');
    await unit.reload();
    await act(unit, '填报挂牌整改进展', (dialog) => dialog.getByLabel(/^整改进展/).fill('隔断已经拆除一半。'));
    await unit.getByText('隔断已经拆除一半').first().waitFor();
    await expectSound(unit, 'supervision-working');
  });

  it('验收不通过：写明哪里不合格和重新整改时限，出具意见书；不写齐不能登记', async () => {
    const unit = await open('xiaofang', followed.problem);
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
    const done = async (text: string): Promise<void> => {
      await unit.goto(followed.problem);
      await act(unit, '报告整改完成', async (dialog) => {
        await dialog.getByLabel(/整改完成情况/).fill(text);
        await attach(dialog, '整改后的照片', await photo(unit, `${text.slice(0, 4)}.jpg`, 800, 600));
      });
      await unit.goto(followed.address);
      await act(unit, '申请验收', (dialog) => dialog.getByLabel(/整改完成情况/).fill(text));
    };
    await done('隔断已经拆除。');
    const page = await open('awb1', followed.address);
    const failing = await openAction(page, '验收不通过');
    await acceptance(failing, '系统没有恢复。');
    await sendButton(failing, '验收不通过').click();
    await failing.getByText('请写明重新整改的时限，晚于今天').waitFor();
    await pickDay(failing, '重新整改时限', '2026-11-30');
    await expectSound(page, 'supervision-fail');
    await sendButton(failing, '验收不通过').click();
    await failing.waitFor({ state: 'hidden' });
    expect(await stateOf(followed.id)).toBe('rectifying');
    await page.getByText('验收意见书').first().waitFor();
  });

  it('升级督办三种方式：发督办函、提级、提出处理建议，依据照当天记下', async () => {
    const page = await open('awb2', followed.address);
    const escalate = async (kind: string, fill: (dialog: Locator) => Promise<void>): Promise<void> => {
      const dialog = await openAction(page, '升级督办');
      await dialog.getByLabel(kind, { exact: true }).check();
      await fill(dialog);
      await dialog.getByLabel(/^为什么升级/).fill('验收没有通过。');
      await expectSound(page, `supervision-escalate-${kind}`);
      await sendButton(dialog, '升级督办').click();
      await dialog.waitFor({ state: 'hidden' });
      await settled(page);
    };
    await escalate('发督办函', async (dialog) => {
      await dialog.getByLabel(/^督办要求/).fill('三日内报送整改计划。\n主要负责人到安委办说明情况。');
      await pickDay(dialog, '回复时限', '2026-11-28');
    });
    await escalate('提级督办', async (dialog) => {
      await dialog.getByRole('combobox', { name: '提为哪一级' }).click();
      await page.locator('.ant-select-item-option').filter({ hasText: '市级' }).first().click();
    });
    await escalate('提出处理建议', async (dialog) => {
      await dialog.getByLabel(/^建议采取什么措施/).fill('建议责令停止使用该楼层。');
    });
    await page.getByText('已升级3次').waitFor();
    await page.getByText('市级挂牌').waitFor();
    await page
      .getByText(/督办函/)
      .first()
      .waitFor();
  });

  it('重新整改后验收通过、复查通过，由没有组织验收的同志摘牌', async () => {
    const page = await open('awb1', followed.problem);
    await act(page, '复查退回', (dialog) => dialog.getByLabel(/还差什么/).fill('喷淋系统没有恢复。'));
    const unit = await open('xiaofang', followed.problem);
    await act(unit, '报告整改完成', async (dialog) => {
      await dialog.getByLabel(/整改完成情况/).fill('喷淋系统已经恢复，检测合格。');
      await attach(dialog, '整改后的照片', await photo(unit, '喷淋.jpg', 800, 600));
    });
    await unit.goto(followed.address);
    await act(unit, '申请验收', (dialog) => dialog.getByLabel(/整改完成情况/).fill('请再次组织验收。'));
    await page.goto(followed.address);
    await act(page, '验收通过', (dialog) => acceptance(dialog, '整改到位，同意通过。'));
    await page.goto(followed.problem);
    await act(page, '复查通过', (dialog) => dialog.getByLabel(/复查情况/).fill('现场查看合格。'));
    await page.goto(followed.address);
    await page.getByText(/现在不能办理的操作及原因/).click();
    await page.getByText('组织验收并登记结果的人不能再办理摘牌').first().waitFor();
    const other = await open('awb2', followed.address);
    await act(other, '摘牌');
    await other.getByText('已摘牌').first().waitFor();
    await other.getByText(/^公文（\d份）/).waitFor();
    await expectSound(other, 'supervision-delisted');
  });

  it('改判为一般的，由提请人以外的同志撤销挂牌', async () => {
    const office = await at('awb1');
    const hanging = [
      ...(await listings('listed')),
      ...(await listings('planFiled')),
      ...(await listings('rectifying')),
    ];
    let listed = hanging[0];
    for (const each of hanging) {
      const { problem: of } = await read<{ problem: { state: string } }>(office, `/api/problems/${each.problemId}`);
      if (['toReceive', 'underway'].includes(of.state)) listed = each;
    }
    if (!listed) throw new Error('nothing is listed');
    const problem = `/problems/${listed.problemId}`;
    const first = await open('awb1', problem);
    const judged = await read<{ judgement: { byName: string } | null }>(first, `/api${problem}`);
    const other = judged.judgement?.byName === '蔺可凡' ? 'awb2' : 'awb1';
    if (judged.judgement === null) {
      await act(first, '判定等级', async (dialog) => {
        await dialog.getByLabel('重大', { exact: true }).check();
        await dialog.getByRole('region', { name: '判定条文' }).getByRole('checkbox').first().check();
        await dialog.getByLabel(/判定理由/).fill('补录判定。');
      });
    }
    const page = await open(judged.judgement === null ? 'awb2' : other, problem);
    await act(page, '判定等级', async (dialog) => {
      await dialog.getByLabel('一般', { exact: true }).check();
      await dialog.getByLabel(/判定理由/).fill('专家复核，不符合重大隐患的条文。');
    });
    const revoking = await open('awb2', `/listings/${listed.id}`);
    await act(revoking, '撤销挂牌', (dialog) => dialog.getByLabel(/^原因/).fill('已改判为一般隐患。'));
    expect(await stateOf(listed.id)).toBe('revoked');
  });

  it('应挂牌的规则可以新增、停用；过去任一天的挂牌督办都看得到', async () => {
    const page = await open('awb1', '/listing-rules');
    await page.getByRole('button', { name: '新增规则' }).click();
    const dialog = page.getByRole('dialog', { name: '新增应挂牌规则' });
    await dialog.getByLabel(/^名称/).fill('全部重大隐患');
    await dialog.getByLabel(/^依据/).fill('本区挂牌办法第五条');
    await dialog.getByRole('button', { name: '新增', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '今日起停用：全部重大隐患' }).waitFor();
    await page.goto('/listings');
    await page.getByText(/^应挂牌未挂牌（\d+条）/).waitFor();
    await page.getByRole('link', { name: '查看全部' }).click();
    await page.getByRole('heading', { level: 1, name: '应挂牌未挂牌' }).waitFor();
    await page.goto('/listings');
    await settled(page);
    await pickDay(page, '截至日期', '2026-11-20');
    await page.getByText('正在查看 2026-11-20 当天的情况').waitFor();
    await settled(page);
    const strip = page.getByRole('region', { name: '挂牌督办各项数字' });
    expect(await strip.locator('.g-figure').filter({ hasText: '正在挂牌' }).textContent()).toContain('0');
    await page.goto('/listing-rules');
    await page.getByRole('button', { name: '今日起停用：全部重大隐患' }).click();
    await settled(page);
  });

  it('从重大隐患的页面查看责任链：各级是谁、记录打得开；单位经办人没有这个入口', async () => {
    const problemId = await anyMajor();
    const page = await open('awb1', `/problems/${problemId}`);
    await page.getByRole('link', { name: '查看责任链' }).click();
    await page.getByRole('heading', { level: 1, name: '责任倒查' }).waitFor();
    for (const word of ['主体责任', '整改责任', '监管责任'])
      await page.getByRole('heading', { level: 2, name: new RegExp(`^${word}：`) }).waitFor();
    const chain = await read<{ links: { records: { to: string | null }[] }[] }>(
      page,
      `/api/problems/${problemId}/duty-chain`,
    );
    for (const { to } of chain.links.flatMap((link) => link.records).slice(0, 5))
      if (to !== null) expect((await page.request.get(`/api${to}`)).status()).toBe(200);
    const unit = await at('xiaofang');
    expect((await unit.request.get(`/api/problems/${problemId}/duty-chain`)).status()).toBe(403);
  });

  it('各页在办公屏、手机、大屏上都好用，全程没有一处页面错误', async () => {
    const eyes = await openEyes(browser, product.origin, await at('awb1'));
    const troubles: string[] = [];
    for (const [address, name] of [
      ['/listings', 'supervision-list'],
      ['/listings?asOf=2026-11-20', 'supervision-list-past'],
      ['/listings/missing', 'supervision-missing'],
      [followed.address, 'supervision-one'],
      ['/listing-rules', 'supervision-rules'],
      [`/duty-chains/${await anyMajor()}`, 'supervision-duty-chain'],
      ['/document-templates', 'supervision-templates'],
      ['/problem-batches', 'supervision-batches'],
    ] as const)
      troubles.push(...(await look(eyes, address, name)));
    const phone = eyes.at.phone.page;
    await phone.goto(`/listings/${(await one('proposed')).id}`);
    await phone.getByRole('button', { name: '撤回提请' }).click();
    await titleStaysClear(phone.getByRole('dialog'));
    await expectSound(phone, 'supervision-dialog-phone');
    await eyes.close();
    expect(troubles).toEqual([]);
    expect([...people.values()].flatMap((watched) => watched.errors)).toEqual([]);
  });
});
