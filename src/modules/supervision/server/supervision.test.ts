import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { unzipSync, zipSync } from 'fflate';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../kernel/actor.ts';
import { day as dayOf } from '../../../kernel/day.ts';
import type { Act, House } from '../../../platform/act.ts';
import { officePdf } from '../../../platform/documents/office-pdf.ts';
import { readDocument } from '../../../platform/documents/read.ts';
import { officeInstalled } from '../../../platform/documents/soffice.ts';
import { verify } from '../../../platform/facts/verify.ts';
import { reading } from '../../../platform/perform.ts';
import { onDay, testAct, testActor } from '../../../platform/testing.ts';
import { documentAsPdf, remake as remakeOf } from '../../letters/server/documents.ts';
import { lettersItems } from '../../letters/server/door.ts';
import { putTemplate, withdrawTemplate } from '../../letters/server/template-routes.ts';
import { builtInTemplate } from '../../letters/server/templates.ts';
import { fiveParts } from '../../problems/problem.ts';
import { ask as askOf } from '../../problems/server/ask.ts';
import { close } from '../../problems/server/close.ts';
import { decideRequest } from '../../problems/server/decide-request.ts';
import { judgeGrade } from '../../problems/server/judge-grade.ts';
import { receive } from '../../problems/server/receive.ts';
import { recheck } from '../../problems/server/recheck.ts';
import { report as reportProblem } from '../../problems/server/report.ts';
import { reportDone } from '../../problems/server/report-done.ts';
import { setFive } from '../../problems/server/set-five.ts';
import { type Person, type Stage, seen, stage } from '../../problems/server/stage.ts';
import { listingForms } from '../documents.ts';
import { planParts, type RectificationPlan } from '../listing.ts';
import { accept } from './accept.ts';
import { listingsThen } from './as-of.ts';
import { decideProposal } from './decide-proposal.ts';
import { delist, revoke } from './delist.ts';
import { supervisionItems } from './door.ts';
import { dutyChain } from './duty-chain.ts';
import { escalate } from './escalate.ts';
import { decidePlan, filePlan } from './file-plan.ts';
import { issue } from './issue.ts';
import { figures, list, toDo } from './list.ts';
import { missing } from './missing.ts';
import { listingsOfProblem } from './of-problem.ts';
import { propose } from './propose.ts';
import { apply, report } from './report.ts';
import { retract } from './retract.ts';
import { endRule, makeRule } from './rules.ts';
import type { Done } from './step.ts';
import { allListings } from './store.ts';
import { view } from './view.ts';

let s: Stage;
let house: House;
beforeAll(async () => {
  s = await stage();
  house = { ...s.house, items: { ...s.house.items, ...lettersItems, ...supervisionItems } };
});
afterAll(async () => s.drop());

const remake = (reading: Parameters<typeof remakeOf>[0], id: string) =>
  remakeOf(reading, id, Object.values(listingForms));
const actorOf = (who: Person | Actor): Actor => (typeof who === 'string' ? s.people[who] : who);
const act = <T>(day: string, who: Person | Actor, run: (one: Act) => Promise<T>): Promise<T> =>
  testAct(onDay(house, day), actorOf(who), run);
const look = (day: string, who: Person | Actor) => reading(onDay(house, day), actorOf(who));
const plan = Object.fromEntries(planParts.map((part) => [part, `${part}：已经明确。`])) as RectificationPlan;
const people = [
  { name: '甲某', unitName: '松涛区安委办', post: '科长', as: 'staff' },
  { name: '乙某', unitName: '松涛区消防大队', post: '工程师', as: 'staff' },
  { name: '丙某', unitName: '消防协会', post: '注册消防工程师', as: 'expert' },
] as const;
const requirements = ['修复自动喷水灭火系统。', '清理疏散通道。'];
const checks = requirements.map((requirement) => ({ requirement, finding: '已经完成。' }));

/** A major hazard led by the housing bureau, overseen by the fire brigade; due on 2026-04-30. */
async function major(day = '2026-03-02', over: Parameters<Stage['register']>[2] = {}) {
  const made = await s.register(day, 'officer', {
    text: '喷淋系统瘫痪，疏散通道堵塞。',
    title: '消防设施损坏',
    sector: '消防安全',
    supervisingUnitId: s.units.fire,
    dueOn: '2026-04-30',
    place: { address: '青石路8号' },
    measures: requirements.join('\n'),
    ...over,
  });
  const judged = await act(day, 'officer', async (one) => {
    const clause = await sql<{
      code: string;
    }>`select code from criteria_clause where set_id = ${s.criteriaId} order by code limit 1`
      .execute(one.db)
      .then((found) => found.rows[0]?.code ?? '');
    return judgeGrade(one, {
      ...seen(made),
      grade: 'major',
      criteriaId: s.criteriaId,
      clauses: [clause],
      reason: '符合判定条款',
    });
  });
  return judged;
}
const proposal = (problemId: string) => ({
  problemId,
  level: 'county',
  matter: '松涛商场消防设施损坏重大火灾隐患',
  requirements,
  reason: '人员密集，风险高',
});
const approver = { name: '王主任', post: '安委会副主任', on: dayOf('2026-03-04') };
const proposed = (problemId: string, who: Person = 'fire') =>
  act('2026-03-03', who, (one) => propose(one, proposal(problemId)));
const approved = async (problemId: string): Promise<Done> => {
  const made = await proposed(problemId);
  return act('2026-03-04', 'officer', (one) =>
    decideProposal(one, { ...seen(made), approve: true, opinion: '同意挂牌。', approver }),
  );
};
const issued = async (problemId: string): Promise<Done> => {
  const made = await approved(problemId);
  return act('2026-03-05', 'officer', (one) => issue(one, { ...seen(made), announce: true, copies: '区政府办公室' }));
};
const rectifying = async (problemId: string): Promise<Done> => {
  const made = await issued(problemId);
  const filed = await act('2026-03-10', 'clerk', (one) => filePlan(one, { ...seen(made), plan }));
  return act('2026-03-11', 'fire', (one) => decidePlan(one, { ...seen(filed), approve: true, opinion: '' }));
};
async function problemDone(
  day: string,
  problem: { id: string; version: number },
): Promise<{ id: string; version: number }> {
  let now = seen(await versionOf(problem.id));
  const shown = await sql<{ state: string }>`select state from problem where id = ${problem.id}`.execute(house.db);
  if (shown.rows[0]?.state === 'toReceive') now = await act(day, 'clerk', (one) => receive(one, now));
  const file = await s.photo(day, 'clerk', problem.id, 'document');
  for (const part of fiveParts)
    now = await act(day, 'clerk', (one) =>
      setFive(one, { ...seen(now), part, text: '已经落实。', on: dayOf(day), fileIds: [file.fileId] }),
    );
  const photo = await s.photo(day, 'clerk', problem.id);
  return act(day, 'clerk', (one) => reportDone(one, { ...seen(now), text: '整改完成。', evidence: [photo] }));
}
async function versionOf(id: string): Promise<{ id: string; version: number }> {
  const found = await sql<{ version: number }>`select version from problem where id = ${id}`.execute(house.db);
  return { id, version: found.rows[0]?.version ?? 0 };
}
async function rechecked(day: string, problem: { id: string; version: number }): Promise<void> {
  await act(day, 'fire', (one) => recheck(one, { ...seen(problem), pass: true, opinion: '现场复查合格。' }));
}
async function toAccept(problem: { id: string; version: number }): Promise<Done> {
  const made = await rectifying(problem.id);
  await problemDone('2026-04-10', problem);
  return act('2026-04-11', 'clerk', (one) => apply(one, { ...seen(made), text: '整改完成，请组织验收。' }));
}
const documentsOf = async (id: string) => (await view(look('2026-12-31', 'officer'), id)).documents;
async function bytesOf(sha256: string): Promise<Uint8Array> {
  return new Uint8Array(await buffer(house.files.read(sha256)));
}

describe('责任倒查', () => {
  it('从一条重大隐患列出整改、监管的单位和负责人，退回复查的记录；范围以外的人查不到', async () => {
    const problem = await major();
    const back = await problemDone('2026-03-20', problem);
    await act('2026-03-22', 'fire', (one) => recheck(one, { ...seen(back), pass: false, opinion: '喷淋没有恢复。' }));
    const { links, problem: asked } = await dutyChain(look('2026-05-10', 'officer'), problem.id);
    expect(asked.title).toBe('消防设施损坏');
    const of = (level: string) => links.find((one) => one.level === level);
    expect(of('rectifying')?.asks.join()).toContain('整改逾期10天');
    expect(of('rectifying')?.asks.join()).toContain('复查退回1次');
    expect(of('supervising')?.name).toContain('消防');
    expect(of('closing')?.records.map((one) => one.on)).toContain('2026-03-22');
    const stranger = testActor({ roles: ['officer'], jurisdiction: '990103', unitId: s.units.office });
    await expect(dutyChain(look('2026-05-10', stranger), problem.id)).rejects.toThrow('没有找到');
  });
});

describe('一件挂牌督办的一生', () => {
  it('提请、审批、印发、方案备案、整改、验收、摘牌；文号连续，公文齐全，可核对', async () => {
    const problem = await major();
    const applied = await toAccept(problem);
    await act('2026-04-11', 'clerk', (one) => report(one, { id: applied.id, text: '补充材料' })).catch(() => null);
    const passed = await act('2026-04-15', 'fire', (one) =>
      accept(one, {
        ...seen(applied),
        pass: true,
        heldOn: dayOf('2026-04-14'),
        place: '青石路8号',
        people,
        checks,
        opinion: '整改到位，同意通过验收。',
      }),
    );
    expect(passed.state).toBe('accepted');
    expect(await s.refusal(act('2026-04-16', 'officer', (one) => delist(one, seen(passed))))).toContain(
      '问题还没有复查通过',
    );
    await rechecked('2026-04-16', await versionOf(problem.id));
    expect(
      await s.refusal(
        act('2026-04-17', 'officer', (one) =>
          versionOf(problem.id).then((now) => close(one, { ...now, approve: true, opinion: '同意销号。' })),
        ),
      ),
    ).toContain('正在挂牌督办');
    const gone = await act('2026-04-17', 'officer', (one) => delist(one, seen(passed)));
    expect(gone.state).toBe('delisted');
    const closed = await act('2026-04-17', 'officer', (one) =>
      versionOf(problem.id).then((now) => close(one, { ...now, approve: true, opinion: '同意销号。' })),
    );
    expect(closed.state).toBe('closed');
    const shown = await view(look('2026-04-17', 'officer'), gone.id);
    expect(shown.documents.map((one) => `${one.word} ${one.number}`).sort()).toEqual([
      '挂牌公告 望安委办告〔2026〕1号',
      '挂牌督办通知书 望安委办督〔2026〕1号',
      '摘牌公告 望安委办告〔2026〕2号',
      '验收意见书 望安委办验〔2026〕1号',
    ]);
    expect(shown.decision).toMatchObject({
      byName: '王主任',
      byPost: '安委会副主任',
      on: '2026-03-04',
      recordedByName: 'officer',
    });
    const row = await sql<{ listed_on: string; delisted_on: string }>`
      select listed_on, delisted_on from problem where id = ${problem.id}`.execute(house.db);
    expect(row.rows[0]).toEqual({ listed_on: '2026-03-05', delisted_on: '2026-04-17' });
    expect((await verify(house.db, house.items, house.files)).findings).toEqual([]);
  });

  it('印发的通知书里有文号、隐患、要求、时限，没有一个空没填', async () => {
    const problem = await major();
    const made = await issued(problem.id);
    const [announcement, notice] = (await documentsOf(made.id)).sort((a, b) => a.kind.localeCompare(b.kind));
    if (!notice || !announcement) throw new Error('documents are missing');
    const text = (await readDocument(await bytesOf(notice.sha256), '通知书.docx')).text;
    for (const words of [
      notice.number,
      '青石路8号',
      '松涛区住房局',
      '松涛区消防大队',
      '1\t修复自动喷水灭火系统。',
      '2\t清理疏散通道。',
      '2026年4月30日前完成',
      '2026年3月15日前报送备案',
      '抄送：区政府办公室。',
      '2026年3月5日印发',
    ])
      expect(text).toContain(words);
    expect(text.replaceAll('\n', '')).toContain('关于对松涛商场消防设施损坏重大火灾隐患实施挂牌督办的通知');
    expect(text).not.toMatch(/\{\{|\}\}/);
    expect(await remake(look('2026-05-01', 'officer'), notice.id)).toMatchObject({ same: true });
    await expect(
      sql`update issued_document set number = 'x' where id = ${notice.id}`.execute(house.db),
    ).rejects.toThrow();
  });

  it.skipIf(!officeInstalled())(
    '通知书转成 PDF 后一字不少',
    async () => {
      const problem = await major();
      const made = await issued(problem.id);
      const notice = (await documentsOf(made.id)).find((one) => one.kind === 'notice');
      if (!notice) throw new Error('no notice');
      const pdf = await documentAsPdf(look('2026-05-01', 'officer'), notice.id);
      const squeezed = (text: string) => text.replace(/[\s\u2500-\u257f—]|\d+(?=\s*$)/g, '');
      const inPdf = squeezed((await readDocument(new Uint8Array(pdf.body as Buffer), '通知书.pdf')).text);
      const inWord = (await readDocument(await bytesOf(notice.sha256), '通知书.docx')).text;
      for (const line of inWord
        .split(/[\n\t]/)
        .map(squeezed)
        .filter((one) => one.length > 1 && one.length < 25))
        expect(inPdf).toContain(line);
      const full = [...inWord].filter((one) => '。，；：'.includes(one)).length;
      expect([...inPdf].filter((one) => '。，；：'.includes(one)).length).toBeGreaterThanOrEqual(full);
      expect(await officePdf(await bytesOf(notice.sha256), notice.sha256)).toBeDefined();
    },
    120_000,
  );

  it('验收不通过：出具意见书，退回整改，写明新的期限；重新报告完成之后才能再申请', async () => {
    const problem = await major();
    const applied = await toAccept(problem);
    const input = { heldOn: dayOf('2026-04-14'), place: '', people, checks, opinion: '水泵仍不能启动。' };
    expect(
      await s.refusal(act('2026-04-15', 'fire', (one) => accept(one, { ...seen(applied), pass: false, ...input }))),
    ).toContain('重新整改的时限');
    const failed = await act('2026-04-15', 'fire', (one) =>
      accept(one, { ...seen(applied), pass: false, ...input, retryOn: dayOf('2026-04-25') }),
    );
    expect(failed.state).toBe('rectifying');
    const shown = await view(look('2026-04-27', 'officer'), failed.id);
    expect(shown.listing.lampReason).toContain('重新整改时限已过2天');
    expect(shown.listing.limitOn).toBe('2026-04-30');
    expect(
      await s.refusal(act('2026-04-20', 'clerk', (one) => apply(one, { ...seen(failed), text: '又好了' }))),
    ).toContain('再次报告');
    await act('2026-04-16', 'fire', (one) =>
      versionOf(problem.id).then((now) => recheck(one, { ...now, pass: false, opinion: '验收没有通过' })),
    );
    await problemDone('2026-04-22', problem);
    const again = await act('2026-04-22', 'clerk', (one) => apply(one, { ...seen(failed), text: '重新整改完成。' }));
    expect(again.state).toBe('toAccept');
  });

  it('逾期的可以升级：提级、发督办函、提出处理建议，情形照当日记下', async () => {
    const problem = await major();
    const made = await rectifying(problem.id);
    const ask = { ...seen(made), reason: '进展迟缓' };
    expect(
      await s.refusal(
        act('2026-04-20', 'officer', (one) => escalate(one, { ...ask, kind: 'higherLevel', level: 'city' })),
      ),
    ).toContain('还没有升级督办的情形');
    expect(
      await s.refusal(
        act('2026-05-05', 'officer', (one) => escalate(one, { ...ask, kind: 'higherLevel', level: 'county' })),
      ),
    ).toContain('更高的督办级别');
    const higher = await act('2026-05-05', 'officer', (one) =>
      escalate(one, { ...ask, kind: 'higherLevel', level: 'city' }),
    );
    const letter = await act('2026-05-06', 'officer', (one) =>
      escalate(one, {
        ...seen(higher),
        reason: '仍未完成',
        kind: 'letter',
        demands: ['倒排工期。', '落实管控。'],
        replyOn: dayOf('2026-05-15'),
      }),
    );
    await act('2026-05-07', 'officer', (one) =>
      escalate(one, { ...seen(letter), reason: '拒不整改', kind: 'measures', measures: '建议依法责令停产停业。' }),
    );
    const shown = await view(look('2026-05-07', 'officer'), made.id);
    expect(shown.listing.levelName).toBe('市级');
    expect(shown.escalations.map((one) => one.kind)).toEqual(['measures', 'letter', 'higherLevel']);
    expect(shown.escalations.at(-1)?.grounds).toEqual(['整改时限2026-04-30已过5天，没有完成整改。']);
    const sent = shown.documents.find((one) => one.kind === 'letter');
    const text = (await readDocument(await bytesOf(sent?.sha256 ?? ''), '函.docx')).text;
    expect(text).toContain('1.倒排工期。');
    expect(text).toContain('2026年5月15日前');
  });

  it('问题改判为一般之后，由提请人以外的人撤销挂牌，问题上的挂牌同时解除', async () => {
    const problem = await major();
    const made = await rectifying(problem.id);
    expect(
      await s.refusal(act('2026-03-20', 'officer', (one) => revoke(one, { ...seen(made), reason: '误判' }))),
    ).toContain('仍是重大隐患');
    await act('2026-03-20', 'officer2', (one) =>
      versionOf(problem.id).then((now) => judgeGrade(one, { ...now, grade: 'general', reason: '复核后不符合条款' })),
    );
    const gone = await act('2026-03-21', 'officer', (one) => revoke(one, { ...seen(made), reason: '复核后改判一般' }));
    expect(gone.state).toBe('revoked');
    const again = await sql<{ delisted_on: string }>`select delisted_on from problem where id = ${problem.id}`.execute(
      house.db,
    );
    expect(again.rows[0]?.delisted_on).toBe('2026-03-21');
  });
});

it('挂牌期间查不属实的，先由他人撤销挂牌，再认定', async () => {
  const problem = await major();
  const made = await rectifying(problem.id);
  await act('2026-03-12', 'clerk', (one) => versionOf(problem.id).then((now) => receive(one, now)));
  await act('2026-03-12', 'clerk', (one) => reportProblem(one, { id: problem.id, text: '已到现场复核。' }));
  const asked = await act('2026-03-13', 'clerk', (one) =>
    versionOf(problem.id).then((now) => askOf(one, { ...now, kind: 'unfounded', reason: '经复核不属实' })),
  );
  const decision = { ...seen(asked), approve: true, opinion: '情况属实' };
  expect(await s.refusal(act('2026-03-14', 'officer', (one) => decideRequest(one, decision)))).toContain(
    '正在挂牌督办',
  );
  const gone = await act('2026-03-14', 'officer', (one) => revoke(one, { ...seen(made), reason: '查不属实' }));
  expect(gone.state).toBe('revoked');
  const ended = await act('2026-03-14', 'officer', (one) =>
    versionOf(problem.id).then((now) => decideRequest(one, { ...decision, ...now })),
  );
  expect(ended.state).toBe('unfounded');
});

describe('不该办的都办不成，并说明为什么', () => {
  it('一般问题不能提请；同一条问题不能重复提请；不相干的单位不能提请', async () => {
    const general = await s.register('2026-03-02', 'officer', { supervisingUnitId: s.units.fire });
    expect(await s.refusal(proposed(general.id))).toContain('只有重大隐患可以挂牌督办');
    const problem = await major();
    expect(await s.refusal(proposed(problem.id, 'clerk'))).toContain('安委办工作人员或这条问题的督办单位');
    await proposed(problem.id);
    expect(await s.refusal(proposed(problem.id, 'officer'))).toMatch(/已有挂牌督办督-2026-\d+在办/);
  });

  it('谁也不能审批自己的提请，也不能把自己写成审批人；责任单位不能审批', async () => {
    const problem = await major();
    const made = await proposed(problem.id, 'officer');
    const ask = { ...seen(made), approve: true, opinion: '同意' };
    expect(await s.refusal(act('2026-03-04', 'officer', (one) => decideProposal(one, { ...ask, approver })))).toContain(
      '提请人不能审批自己的提请',
    );
    expect(
      await s.refusal(
        act('2026-03-04', 'officer2', (one) =>
          decideProposal(one, { ...ask, approver: { ...approver, name: 'officer' } }),
        ),
      ),
    ).toContain('提请人不能审批自己的提请');
    expect(await s.refusal(act('2026-03-04', 'clerk', (one) => decideProposal(one, { ...ask, approver })))).toContain(
      '应由安委办工作人员、分管领导办理',
    );
    expect(await s.refusal(act('2026-03-04', 'officer2', (one) => decideProposal(one, ask)))).toContain('哪位领导审批');
    expect(
      await s.refusal(
        act('2026-03-04', 'officer2', (one) =>
          decideProposal(one, { ...ask, approver: { ...approver, on: dayOf('2026-03-09') } }),
        ),
      ),
    ).toContain('不晚于今天');
    const byLeader = await act('2026-03-04', 'leader', (one) => decideProposal(one, ask));
    expect(byLeader.state).toBe('approved');
    expect((await view(look('2026-03-04', 'officer'), made.id)).decision).toMatchObject({
      byName: 'leader',
      on: '2026-03-04',
    });
  });

  it('没有批准不能印发；页面过时不能办；撤回之后不能再审批', async () => {
    const problem = await major();
    const made = await proposed(problem.id);
    expect(
      await s.refusal(act('2026-03-04', 'officer', (one) => issue(one, { ...seen(made), announce: true }))),
    ).toContain('不能印发挂牌');
    expect(
      await s.refusal(
        act('2026-03-04', 'officer', (one) =>
          decideProposal(one, { id: made.id, version: 9, approve: true, opinion: '同意', approver }),
        ),
      ),
    ).toContain('在您打开之后');
    expect(
      await s.refusal(act('2026-03-04', 'officer', (one) => retract(one, { ...seen(made), reason: '不提了' }))),
    ).toContain('应由提请单位办理');
    const back = await act('2026-03-04', 'fire', (one) => retract(one, { ...seen(made), reason: '材料不全' }));
    expect(back.state).toBe('retracted');
    expect((await proposed(problem.id)).number).not.toBe(made.number);
  });

  it('方案六项缺一不可；责任单位不能给自己备案、验收', async () => {
    const problem = await major();
    const made = await issued(problem.id);
    expect(
      await s.refusal(
        act('2026-03-10', 'clerk', (one) => filePlan(one, { ...seen(made), plan: { ...plan, safety: ' ' } })),
      ),
    ).toContain('六项内容');
    const filed = await act('2026-03-10', 'clerk', (one) => filePlan(one, { ...seen(made), plan }));
    expect(
      await s.refusal(
        act('2026-03-10', 'head', (one) => decidePlan(one, { ...seen(filed), approve: true, opinion: '' })),
      ),
    ).toContain('您不在其列');
    const back = await act('2026-03-10', 'fire', (one) =>
      decidePlan(one, { ...seen(filed), approve: false, opinion: '没有应急预案' }),
    );
    expect(back.state).toBe('listed');
  });

  it('整改没有报告完成不能申请验收；验收至少两人，责任单位和隐患单位的人不算，逐条核对', async () => {
    const problem = await major();
    const working = await rectifying(problem.id);
    expect(
      await s.refusal(act('2026-03-20', 'clerk', (one) => apply(one, { ...seen(working), text: '好了' }))),
    ).toContain('请先在问题页报告整改完成');
    await problemDone('2026-04-10', problem);
    const applied = await act('2026-04-11', 'clerk', (one) => apply(one, { ...seen(working), text: '请组织验收。' }));
    const good = {
      ...seen(applied),
      pass: true,
      heldOn: dayOf('2026-04-12'),
      place: '',
      people,
      checks,
      opinion: '同意',
    };
    const refused = (over: Partial<typeof good>, day = '2026-04-13') =>
      s.refusal(act(day, 'fire', (one) => accept(one, { ...good, ...over } as typeof good)));
    const [first, , expert] = people;
    expect(await refused({ people: [first, expert] as unknown as typeof people })).toContain('至少要有两名');
    expect(
      await refused({
        people: [first, { ...first, name: '丁某', unitName: '松涛区住房局质安科' }] as unknown as typeof people,
      }),
    ).toContain('责任单位、隐患单位的人');
    expect(
      await refused({ people: [first, { ...first, name: '丁某', unitName: '松涛商场' }] as unknown as typeof people }),
    ).toContain('责任单位、隐患单位的人');
    expect(await refused({ heldOn: dayOf('2026-04-10') })).toContain('不早于申请验收之日');
    expect(await refused({ heldOn: dayOf('2026-04-20') })).toContain('不晚于今天');
    expect(await refused({ checks: checks.slice(0, 1) })).toContain('逐条写明');
    expect(await refused({ opinion: '' })).toContain('意见');
    const passed = await act('2026-04-13', 'officer', (one) => accept(one, good));
    await rechecked('2026-04-14', await versionOf(problem.id));
    expect(await s.refusal(act('2026-04-15', 'officer', (one) => delist(one, seen(passed))))).toContain(
      '请由另一位同志办理',
    );
    expect((await act('2026-04-15', 'officer2', (one) => delist(one, seen(passed)))).state).toBe('delisted');
  });

  it('被拒绝的办理不占用文号，也不留下公文', async () => {
    const count = async () =>
      (
        await sql<{ last: number; docs: number }>`select coalesce(sum(last), 0)::int as last,
        (select count(*)::int from issued_document) as docs from number_series where series like '文:%'`.execute(
          house.db,
        )
      ).rows[0];
    const before = await count();
    const problem = await major();
    const made = await approved(problem.id);
    await s.refusal(act('2026-06-01', 'officer', (one) => issue(one, { ...seen(made), announce: true })));
    expect(await count()).toEqual(before);
    expect(before?.last).toBe(before?.docs);
  });
});

describe('看得见的和数得清的', () => {
  it('看不到问题的单位看不到它的挂牌、公文和附件；别的地区更看不到', async () => {
    const problem = await major();
    const made = await issued(problem.id);
    const [document] = await documentsOf(made.id);
    const other = testActor({ roles: ['officer'], jurisdiction: '990103', unitId: s.units.office });
    for (const who of ['townClerk', other] as const) {
      expect(await s.refusal(view(look('2026-03-06', who), made.id))).toContain('没有找到');
      expect(await s.refusal(listingsOfProblem(look('2026-03-06', who), problem.id))).toContain('没有找到');
      expect(await s.refusal(remake(look('2026-03-06', who), document?.id ?? ''))).toContain('没有找到');
      expect((await list(look('2026-03-06', who), {})).rows.map((row) => row.id)).not.toContain(made.id);
      expect(await house.items.listing?.sight?.(look('2026-03-06', who), made.id)).toBe(false);
      expect(await s.refusal(act('2026-03-06', who, (one) => filePlan(one, { ...seen(made), plan })))).toContain(
        '没有找到',
      );
    }
    expect((await list(look('2026-03-06', 'clerk'), {})).rows.map((row) => row.id)).toContain(made.id);
  });

  it('每个数字都能点开，点开的条数就是这个数字', async () => {
    const shown = await figures(look('2026-05-03', 'officer'));
    expect(shown.figures.find((one) => one.key === 'hanging')?.value).toBeGreaterThan(0);
    for (const figure of shown.figures) {
      const query = { ...figure.query, ...(figure.query.state ? { state: figure.query.state.split(',') } : {}) };
      const opened = await list(look('2026-05-03', 'officer'), query as Parameters<typeof list>[1]);
      expect([figure.name, opened.total]).toEqual([figure.name, figure.value]);
    }
  });

  it('待我办理的只列本人现在能办的', async () => {
    const problem = await major();
    const made = await proposed(problem.id, 'officer');
    const mine = async (who: Person) =>
      (await toDo(look('2026-03-04', who))).rows.filter((row) => row.listing.id === made.id).map((row) => row.action);
    expect(await mine('officer')).toEqual([]);
    expect(await mine('officer2')).toEqual(['approve']);
    expect(await mine('leader')).toEqual(['approve']);
    expect(await mine('clerk')).toEqual([]);
  });

  it('规定必须挂牌的：没有挂牌的逐条列出，写明已过几天；挂牌之后不再列出；规则停用之后不再要求', async () => {
    const first = await major('2026-03-02');
    const second = await major('2026-03-02', { sector: '城镇燃气' });
    const rule = await act('2026-03-02', 'officer', (one) =>
      makeRule(one, {
        name: '重大火灾隐患全部挂牌',
        basis: '挂牌督办办法第三条',
        sectors: ['消防安全'],
        kinds: [],
        tags: [],
        clauses: [],
        fromOn: '2026-01-01',
        toOn: null,
        withinDays: 10,
      }),
    );
    const found = await missing(look('2026-03-16', 'officer'));
    expect(found.rows.find((row) => row.problemId === first.id)).toMatchObject({
      age: 14,
      late: 4,
      rules: ['重大火灾隐患全部挂牌'],
    });
    expect(found.rows.find((row) => row.problemId === second.id)).toBeUndefined();
    expect(found.demanded).toBe(found.listed + found.rows.length);
    expect(await listingsOfProblem(look('2026-03-16', 'officer'), first.id)).toMatchObject({ missing: true, late: 4 });
    const made = await issued(first.id);
    const after = await missing(look('2026-03-16', 'officer'));
    expect(after.rows.find((row) => row.problemId === first.id)).toBeUndefined();
    expect(after.listed).toBe(found.listed + 1);
    expect(await listingsOfProblem(look('2026-03-16', 'officer'), first.id)).toMatchObject({ missing: false });
    expect(made.state).toBe('listed');
    await act('2026-06-01', 'officer', (one) => endRule(one, rule.id, '2026-06-01'));
    expect((await missing(look('2026-06-02', 'officer'))).demanded).toBe(0);
  });
});

describe('过去的日子', () => {
  it('照记录重走一遍每件挂牌，走到今天与现在的一样', async () => {
    const rows = await allListings(house.db, look('2027-01-01', 'officer').scope);
    expect(rows.length).toBeGreaterThan(10);
    expect(new Set(rows.map((row) => row.state)).size).toBeGreaterThan(4);
    expect(await listingsThen(house.db, rows, dayOf('2027-01-01'))).toEqual(rows);
  });

  it('提请、批准、挂牌、摘牌各在当天晚上见数，提请之前没有，应挂牌的也照当天', async () => {
    await act('2026-03-01', 'officer', (one) =>
      makeRule(one, {
        name: '交通运输重大隐患全部挂牌',
        basis: '本区挂牌办法第四条',
        sectors: ['道路交通'],
        kinds: [],
        tags: [],
        clauses: [],
        fromOn: '2026-03-01',
        toOn: null,
        withinDays: 5,
      }),
    );
    const one = await major('2026-03-02', { sector: '道路交通' });
    const two = await issued(one.id);
    const asOf = async (day: string) => {
      const shown = await figures(look('2026-06-20', 'officer'), { asOf: day });
      const listed = await list(look('2026-06-20', 'officer'), { asOf: day, pageSize: 200 });
      const { rows } = await missing(look('2026-06-20', 'officer'), dayOf(day));
      return {
        hanging: shown.figures.find((figure) => figure.key === 'hanging')?.value,
        state: listed.rows.find((row) => row.id === two.id)?.state ?? null,
        lacks: rows.some((row) => row.problemId === one.id),
      };
    };
    expect(await asOf('2026-03-01')).toMatchObject({ state: null, lacks: false });
    expect(await asOf('2026-03-02')).toMatchObject({ state: null, lacks: true });
    expect(await asOf('2026-03-03')).toMatchObject({ state: 'proposed', lacks: true });
    const view = (await list(look('2026-06-20', 'officer'), { pageSize: 200 })).rows.find((row) => row.id === two.id);
    expect(await asOf(view?.listedOn ?? '')).toMatchObject({ state: 'listed', lacks: false });
    for (const day of ['2026-03-10', '2026-04-20', '2026-05-05']) {
      const shown = await figures(look('2026-06-20', 'officer'), { asOf: day });
      for (const figure of shown.figures) {
        const { state, ...query } = figure.query;
        const found = await list(look('2026-06-20', 'officer'), {
          ...query,
          ...(state ? { state: state.split(',') } : {}),
          pageSize: 200,
        } as Parameters<typeof list>[1]);
        expect(found.total, `${day} ${figure.name}`).toBe(figure.value);
      }
    }
    await expect(figures(look('2026-06-20', 'officer'), { asOf: '2026-07-01' })).rejects.toMatchObject({
      kind: 'not-valid',
    });
  });
});

describe('自己的公文模板', () => {
  const changed = (from: string, to: string): Buffer => {
    const entries = unzipSync(builtInTemplate(listingForms.notice).bytes);
    const xml = new TextDecoder().decode(entries['word/document.xml']).replaceAll(from, to);
    return Buffer.from(zipSync({ ...entries, 'word/document.xml': new TextEncoder().encode(xml) }));
  };
  const put = async (bytes: Buffer) => {
    const { sha256, size } = await house.files.put(Readable.from([bytes]), 10_000_000);
    return act('2026-03-05', 'officer', (one) =>
      putTemplate(one, listingForms.notice, { name: '我区通知书.docx', size, sha256, fields: {} }),
    );
  };

  it('写错空的模板不收，并指出在哪里、是不是别的空', async () => {
    const refused = await put(changed('{{挂牌编号}}', '{{挂牌编码}}')).catch((error: unknown) => error);
    expect(refused).toMatchObject({ kind: 'not-valid' });
    const { places } = refused as { places: { where: string; says: string }[] };
    expect(places[0]?.where).toMatch(/^第\d+个表格第\d+行/);
    expect(places.map((one) => one.says).join('')).toContain('是不是 {{挂牌编号}}？');
    expect(places.map((one) => one.says).join('')).toContain('模板里缺少 {{挂牌编号}}');
  });

  it('换用之后用自己的模板印发，以前的公文仍能用当时的模板重新生成；改回之后用自带的', async () => {
    const before = await issued((await major()).id);
    await put(changed('现就有关事项通知如下：', '现按我区规定通知如下：'));
    const own = await issued((await major()).id);
    const noticeOf = async (id: string) => {
      const found = (await documentsOf(id)).find((one) => one.kind === 'notice');
      if (!found) throw new Error('no notice');
      return found;
    };
    const mine = await noticeOf(own.id);
    expect(mine.templateName).toBe('我区通知书.docx');
    expect((await readDocument(await bytesOf(mine.sha256), '通知书.docx')).text).toContain('现按我区规定通知如下');
    await act('2026-03-06', 'officer', (one) => withdrawTemplate(one, listingForms.notice));
    for (const id of [before.id, own.id])
      expect(await remake(look('2026-05-01', 'officer'), (await noticeOf(id)).id)).toMatchObject({ same: true });
    expect((await noticeOf((await issued((await major()).id)).id)).templateName).toBe('挂牌督办通知书.docx');
    expect((await verify(house.db, house.items, house.files)).findings).toEqual([]);
  });
});
