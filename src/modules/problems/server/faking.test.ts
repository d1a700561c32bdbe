import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../kernel/actor.ts';
import { day as dayOf } from '../../../kernel/day.ts';
import { holds } from '../../../kernel/permission.ts';
import { testActor } from '../../../platform/testing.ts';
import { problemsApi } from '../api.ts';
import { isSealed } from '../fields.ts';
import { problemsPermissions } from '../permissions.ts';
import { fiveParts, type RequestKind } from '../problem.ts';
import { addCriteria, endCriteria } from './add-criteria.ts';
import { ask } from './ask.ts';
import { close } from './close.ts';
import { correct } from './correct.ts';
import { decideRequest } from './decide-request.ts';
import { registerProblems, reopenProblem } from './door.ts';
import { judgeGrade } from './judge-grade.ts';
import { markListed } from './mark-listed.ts';
import { reassign } from './reassign.ts';
import { receive } from './receive.ts';
import { recheck } from './recheck.ts';
import type { RegisterInput } from './register.ts';
import { report } from './report.ts';
import { reportDone } from './report-done.ts';
import { setFive } from './set-five.ts';
import { newPicture, type Person, type Stage, seen, stage } from './stage.ts';
import type { Done } from './step.ts';
import { view } from './view.ts';

let s: Stage;
beforeAll(async () => {
  s = await stage();
});
afterAll(async () => s.drop());

const day = '2026-03-05';
const look = (id: string, on = day) => s.act(on, 'officer', (act) => view(act, id));
const says = (run: Promise<unknown>) => s.refusal(run);

async function underway(over: Partial<RegisterInput> = {}, who: Person = 'inspector'): Promise<Done> {
  const made = await s.register(day, who, over);
  return s.act(day, 'clerk', (act) => receive(act, seen(made)));
}
async function done(over: Partial<RegisterInput> = {}, who: Person | Actor = 'clerk'): Promise<Done> {
  const now = await underway(over);
  const photo = await s.photo(day, 'clerk', now.id);
  return s.act(day, who, (act) => reportDone(act, { ...seen(now), text: '已整改。', evidence: [photo] }));
}
const pass = (now: Done, who: Person | Actor) =>
  s.act(day, who, (act) => recheck(act, { ...seen(now), pass: true, opinion: '已整改到位。' }));
const decide = (now: Done, who: Person | Actor, approve = true) =>
  s.act(day, who, (act) => decideRequest(act, { ...seen(now), approve, opinion: '同意。' }));
const askFor = (now: Done, who: Person, kind: RequestKind, over: Record<string, unknown> = {}, on = day) =>
  s.act(on, who, (act) => ask(act, { ...seen(now), kind, reason: '理由如下。', newDue: '2026-06-30', ...over }));
const major = async (): Promise<Done> => {
  const now = await underway({ dueOn: '2026-04-30' }, 'fireInspector');
  return s.act(day, 'officer', (act) =>
    judgeGrade(act, { ...seen(now), grade: 'major', criteriaId: s.criteriaId, clauses: ['示例1'], reason: '' }),
  );
};
/** The end of a problem by its fast way, for tests of what comes after it. */
const closed = async (over: Partial<RegisterInput> = {}): Promise<Done> => pass(await done(over), 'officer');

describe('自己给自己办', () => {
  it('自己整改的，自己不能复查', async () => {
    expect(await says(pass(await done(), 'clerk'))).toContain('不能复查');
  });

  it('同一个账号换个身份，也不能复查自己整改的', async () => {
    const both = { ...s.people.clerk, roles: ['clerk', 'inspector', 'unitLeader', 'officer'] as const };
    expect(await says(pass(await done(), both))).toContain('不能复查');
  });

  it('同一个人换个账号，也不能复查自己整改的', async () => {
    const personId = randomUUID() as NonNullable<Actor['personId']>;
    const one = testActor({ roles: ['clerk'], unitId: s.units.housing, name: '甲', accountId: randomUUID() });
    const other = testActor({ roles: ['officer'], unitId: s.units.office, name: '甲', accountId: randomUUID() });
    const now = await done({}, { ...one, personId });
    expect(await says(pass(now, { ...other, personId }))).toContain('不能复查');
  });

  it('填报过整改进展的人，不能复查', async () => {
    const now = await underway();
    await s.act(day, 'clerk2', (act) => report(act, { id: now.id, text: '正在加固。' }));
    const photo = await s.photo(day, 'clerk', now.id);
    const version = (await look(now.id)).problem.version;
    const finished = await s.act(day, 'clerk', (act) =>
      reportDone(act, { id: now.id, version, text: '完成。', evidence: [photo] }),
    );
    expect(await says(pass(finished, 'clerk2'))).toContain('不能复查');
  });

  it('复查的人不能接着销号', async () => {
    const now = await pass(await done({ source: 'guidance' }), 'officer');
    expect(now.state).toBe('toClose');
    const same = s.act(day, 'officer', (act) => close(act, { ...seen(now), approve: true, opinion: '同意。' }));
    expect(await says(same)).toContain('不能销号');
  });

  it('安委办牵头整改的，整改的人换到安委办身份也不能复查、销号', async () => {
    const made = await s.register(day, 'inspector', { leadUnitId: s.units.office, source: 'guidance' });
    const now = await s.act(day, 'officer', (act) => receive(act, seen(made)));
    const photo = await s.photo(day, 'officer', made.id);
    const finished = await s.act(day, 'officer', (act) =>
      reportDone(act, { ...seen(now), text: '完成。', evidence: [photo] }),
    );
    expect(await says(pass(finished, 'officer'))).toContain('不能复查');
    const passed = await pass(finished, 'inspector');
    const end = s.act(day, 'officer', (act) => close(act, { ...seen(passed), approve: true, opinion: '同意。' }));
    expect(await says(end)).toContain('不能销号');
  });

  it('重大隐患，责任单位里谁也不能复查', async () => {
    let now = await major();
    for (const part of fiveParts) {
      const paper = await s.photo(day, 'clerk', now.id, 'document');
      now = await s.act(day, 'clerk', (act) =>
        setFive(act, { ...seen(now), part, text: '已落实。', on: day, fileIds: [paper.fileId] }),
      );
    }
    const photo = await s.photo(day, 'clerk', now.id);
    now = await s.act(day, 'clerk', (act) => reportDone(act, { ...seen(now), text: '完成。', evidence: [photo] }));
    for (const who of ['clerk2', 'head', 'inspector'] as const)
      expect(await says(pass(now, who))).toContain('责任单位以外的单位');
  });

  it('由单位的接口密钥报告整改完成的，本单位的人不能复查；密钥本身不能复查、销号', async () => {
    const key: Actor = {
      ...testActor({ roles: ['clerk'], unitId: s.units.housing, name: '外部系统', accountId: randomUUID() }),
      only: ['problem.read', 'problem.work'],
    };
    const now = await done({}, key);
    expect(await says(pass(now, 'clerk2'))).toContain('责任单位以外的单位复查');
    expect(holds(problemsPermissions, key, 'problem.recheck')).toBe(false);
    expect(
      holds(problemsPermissions, { ...key, only: [...(key.only ?? []), 'problem.direct'] }, 'problem.direct'),
    ).toBe(false);
    expect((await pass(now, 'officer')).state).toBe('closed');
  });
});

describe('拿假材料、旧材料', () => {
  it('没有材料不能报告整改完成', async () => {
    const now = await underway();
    const bare = s.act(day, 'clerk', (act) => reportDone(act, { ...seen(now), text: '完成。' }));
    expect(await says(bare)).toContain('整改后的照片');
  });

  it('整改前的照片不能当整改后的用，换个名字重传也不行', async () => {
    const id = randomUUID();
    const bytes = newPicture();
    const before = await s.photo(day, 'inspector', id, 'before', bytes);
    const made = await s.register(day, 'inspector', { id, evidence: [before] });
    const now = await s.act(day, 'clerk', (act) => receive(act, seen(made)));
    const renamed = await s.photo(day, 'clerk', id, 'after', bytes);
    for (const photo of [{ ...before, role: 'after' as const }, renamed]) {
      const run = s.act(day, 'clerk', (act) => reportDone(act, { ...seen(now), text: '完成。', evidence: [photo] }));
      expect(await says(run)).toContain('整改后的照片');
    }
  });

  it('退回以后，上一轮的照片不算本轮的材料', async () => {
    const now = await underway();
    const photo = await s.photo(day, 'clerk', now.id);
    const finished = await s.act(day, 'clerk', (act) =>
      reportDone(act, { ...seen(now), text: '完成。', evidence: [photo] }),
    );
    const back = await s.act(day, 'officer', (act) =>
      recheck(act, { ...seen(finished), pass: false, opinion: '没有完成。' }),
    );
    const again = s.act(day, 'clerk', (act) => reportDone(act, { ...seen(back), text: '完成。', evidence: [photo] }));
    expect(await says(again)).toContain('整改后的照片');
  });

  it('别的问题的照片不能拿来用', async () => {
    const other = await underway();
    const photo = await s.photo(day, 'clerk', other.id);
    const now = await underway();
    const run = s.act(day, 'clerk', (act) => reportDone(act, { ...seen(now), text: '完成。', evidence: [photo] }));
    expect(await says(run)).toContain('没有上传到这条问题');
  });

  it('照片用在两条问题里，两边都看得出来', async () => {
    const bytes = newPicture();
    const [a, b] = [await underway(), await underway()];
    for (const now of [a, b]) {
      const photo = await s.photo(day, 'clerk', now.id, 'after', bytes);
      await s.act(day, 'clerk', (act) => reportDone(act, { ...seen(now), text: '完成。', evidence: [photo] }));
    }
    expect((await look(b.id)).photos[0]?.doubts.join()).toContain(a.number);
    expect((await look(a.id)).photos[0]?.doubts.join()).toContain(b.number);
  });

  it('照片的拍摄时间造假，看得出来', async () => {
    const now = await underway({ foundOn: '2026-03-04' });
    const photo = await s.photo(day, 'clerk', now.id);
    await s.act(day, 'clerk', (act) =>
      reportDone(act, {
        ...seen(now),
        text: '完成。',
        evidence: [{ ...photo, takenAt: '2026-01-05T02:00:00.000Z', takenFrom: 'device' }],
      }),
    );
    expect((await look(now.id)).photos[0]?.doubts.join()).toContain('早于发现日');
  });

  it('存下的照片被换掉，核验时会发现', async () => {
    const bytes = newPicture();
    const now = await underway();
    const photo = await s.photo(day, 'clerk', now.id, 'after', bytes);
    const kept = await sql<{ sha256: string }>`select sha256 from file where id = ${photo.fileId}`.execute(s.house.db);
    const path = s.house.files.path(kept.rows[0]?.sha256 ?? '');
    await writeFile(path, newPicture());
    expect(
      (await s.findings()).some((finding) => finding.where.includes('照片.jpg') || /文件|附件/.test(finding.says)),
    ).toBe(true);
    await writeFile(path, bytes);
    expect(await s.findings()).toEqual([]);
  });

  it('五落实没有附件、日期写在将来、早于发现日，都不算落实', async () => {
    const now = await major();
    const paper = await s.photo(day, 'clerk', now.id, 'document');
    for (const [over, word] of [
      [{ fileIds: [] }, '文件或照片'],
      [{ on: '2026-03-09' }, '不能晚于今天'],
      [{ on: '2026-01-01' }, '早于问题的发现日期'],
      [{ text: ' ' }, '写明内容'],
    ] as const) {
      const run = s.act(day, 'clerk', (act) =>
        setFive(act, { ...seen(now), part: 'funds', text: '已拨付。', on: day, fileIds: [paper.fileId], ...over }),
      );
      expect(await says(run)).toContain(word);
    }
    const photo = await s.photo(day, 'clerk', now.id);
    const run = s.act(day, 'clerk', (act) => reportDone(act, { ...seen(now), text: '完成。', evidence: [photo] }));
    expect(await says(run)).toContain('五落实');
  });
});

describe('改内容、改时限、改等级', () => {
  it('复查以后，问题描述不能再改', async () => {
    const finished = await done();
    const back = await s.act(day, 'officer', (act) =>
      recheck(act, { ...seen(finished), pass: false, opinion: '没有完成。' }),
    );
    for (const now of [finished, back]) {
      const run = s.act(day, 'inspector', (act) =>
        correct(act, { ...seen(now), reason: '改轻些', changes: { text: '掉漆。' } }),
      );
      expect(await says(run)).not.toBe('done');
    }
  });

  it('发现日期、来源、编号、时限、责任单位、等级，更正里没有这些栏，夹带进来也不认', async () => {
    for (const name of ['number', 'foundOn', 'enteredOn', 'source', 'dueOn', 'firstDueOn', 'leadUnitId', 'grade'])
      expect(isSealed({ state: 'toReceive', doneOn: null, sentBack: 0, cycle: 1 }, name)).toBe(true);
    const now = await underway();
    const smuggled = {
      text: '三楼、四楼护栏都松动。',
      dueOn: '2027-01-01',
      source: 'grid',
      grade: 'general',
      state: 'closed',
    };
    await s.act(day, 'inspector', (act) =>
      correct(act, { ...seen(now), reason: '补充楼层。', changes: smuggled as { text: string } }),
    );
    const shown = await look(now.id);
    expect(shown.problem).toMatchObject({ dueOn: '2026-03-20', sourceType: 'dailyCheck', state: 'underway' });
  });

  it('过了时限再申请延期，不受理', async () => {
    const now = await underway({ dueOn: '2026-03-06' });
    expect(await says(askFor(now, 'clerk', 'extension', {}, '2026-03-07'))).toContain('已经超过整改时限');
  });

  it('自己申请的延期，自己不能批；本单位负责人也不能批', async () => {
    const now = await askFor(await underway(), 'clerk', 'extension');
    for (const who of ['clerk', 'head', 'clerk2'] as const) expect(await says(decide(now, who))).not.toBe('done');
    const office = await s.register(day, 'inspector', { leadUnitId: s.units.office });
    const asked = await askFor(office, 'officer', 'extension');
    expect(await says(decide(asked, 'officer'))).toContain('不能审批自己的申请');
    expect((await decide(asked, 'officer2')).version).toBe(asked.version + 1);
  });

  it('延期有次数，用完不再受理；延过几次、原来是哪天，都看得见', async () => {
    let now = await underway();
    for (const newDue of ['2026-03-25', '2026-03-30'])
      now = await decide(await askFor(now, 'clerk', 'extension', { newDue }), 'officer');
    expect(await says(askFor(now, 'clerk', 'extension'))).toContain('次数已经用完');
    expect((await look(now.id)).problem).toMatchObject({
      extensions: 2,
      firstDueOn: '2026-03-20',
      dueOn: '2026-03-30',
    });
  });

  it('借列入治理计划改时限的，计入延期，原时限看得见', async () => {
    const asked = await askFor(await underway(), 'clerk', 'plan', { controlMeasures: '封闭看守。' });
    const now = await decide(asked, 'officer');
    const shown = await look(now.id);
    expect(shown.problem).toMatchObject({
      state: 'planned',
      extensions: 1,
      firstDueOn: '2026-03-20',
      dueOn: '2026-06-30',
    });
    expect(shown.facts[0]?.says).toContain('整改时限由2026-03-20改为2026-06-30');
  });

  it('判为重大的，判定人自己不能改回一般；责任单位更不能', async () => {
    const now = await major();
    const down = (who: Person) =>
      s.act(day, who, (act) => judgeGrade(act, { ...seen(now), grade: 'general', reason: '重新研判。' }));
    expect(await says(down('officer'))).toContain('原判定人以外');
    expect(await says(down('fireInspector'))).toContain('原判定人以外');
    expect(await says(down('clerk'))).toContain('您不在其列');
    expect((await down('officer2')).state).toBe('underway');
    expect((await look(now.id)).facts.filter((fact) => fact.kind === 'problem.judged')).toHaveLength(2);
  });

  it('只能用判定之日施行的标准；标准录入后不能改，只能另立版本', async () => {
    const draft = {
      name: '试验标准',
      version: '甲版',
      validFrom: '2026-01-01',
      clauses: [{ code: '1', sector: null, text: '试验条文一。' }],
    };
    const { id } = await s.act(day, 'officer', (act) => addCriteria(act, draft));
    expect(await says(s.act(day, 'officer', (act) => addCriteria(act, draft)))).toContain('已经录入');
    await s.act(day, 'officer', (act) => endCriteria(act, { id, validTo: '2026-03-04' }));
    expect(await says(s.act(day, 'officer', (act) => endCriteria(act, { id, validTo: '2026-12-31' })))).toContain(
      '不能再改',
    );
    const now = await underway();
    const run = s.act(day, 'officer', (act) =>
      judgeGrade(act, { ...seen(now), grade: 'major', criteriaId: id, clauses: ['1'], reason: '' }),
    );
    expect(await says(run)).toContain('今天不能据以判定');
    const made = s.act(day, 'officer', (act) =>
      judgeGrade(act, { ...seen(now), grade: 'major', criteriaId: s.criteriaId, clauses: ['没有这条'], reason: '' }),
    );
    expect(await says(made)).toContain('没有没有这条');
  });
});

describe('换个名目了结', () => {
  it('撤回了再登记一条：撤回的留着编号和理由，新的另给编号，登记时提示重复', async () => {
    const now = await underway();
    const gone = await decide(await askFor(now, 'inspector', 'withdrawal'), 'officer');
    expect(gone.state).toBe('withdrawn');
    const again = await s.register(day, 'inspector');
    expect(again.number).not.toBe(now.number);
    const shown = await look(now.id);
    expect(shown.problem).toMatchObject({ state: 'withdrawn', number: now.number });
    expect(shown.requests[0]).toMatchObject({ reason: '理由如下。', decidedByName: 'officer' });
  });

  it('申请撤回、并入、查不属实的人，自己不能批准', async () => {
    for (const kind of ['withdrawal', 'merge'] as const) {
      const target = await s.register(day, 'inspector');
      const asked = await askFor(await underway(), 'officer', kind, { targetId: target.id });
      expect(await says(decide(asked, 'officer'))).toContain('不能审批自己的申请');
    }
  });

  it('没有核查材料，不能申请查不属实', async () => {
    expect(await says(askFor(await underway(), 'clerk', 'unfounded'))).toContain('还没有本轮整改的材料');
  });

  it('不能并入自己、不能并入已了结的，也不能互相并入', async () => {
    const [a, b] = [await underway(), await underway()];
    expect(await says(askFor(a, 'clerk', 'merge', { targetId: a.id }))).toContain('另一条问题');
    expect(await says(askFor(a, 'clerk', 'merge', { targetId: (await closed()).id }))).toContain('没有了结');
    const askedA = await askFor(a, 'clerk', 'merge', { targetId: b.id });
    const askedB = await askFor(b, 'clerk', 'merge', { targetId: a.id });
    const both = await Promise.all([says(decide(askedA, 'officer')), says(decide(askedB, 'officer2'))]);
    expect(both.filter((one) => one === 'done')).toHaveLength(1);
  });

  it('挂牌督办的，没有验收摘牌不能销号，也不能撤回', async () => {
    let now = await major();
    await s.act(day, 'officer', (act) => markListed(act, now.id, { on: dayOf(day), noticeNumber: '督-2026-0001' }));
    now = { ...now, version: now.version + 1 };
    const asked = await askFor(now, 'fireInspector', 'withdrawal');
    expect(await says(decide(asked, 'officer'))).toContain('先办理验收、摘牌');
    now = await decide(asked, 'officer', false);
    for (const part of fiveParts) {
      const paper = await s.photo(day, 'clerk', now.id, 'document');
      now = await s.act(day, 'clerk', (act) =>
        setFive(act, { ...seen(now), part, text: '已落实。', on: day, fileIds: [paper.fileId] }),
      );
    }
    const photo = await s.photo(day, 'clerk', now.id);
    now = await s.act(day, 'clerk', (act) => reportDone(act, { ...seen(now), text: '完成。', evidence: [photo] }));
    now = await pass(now, 'fireInspector');
    const end = () => s.act(day, 'officer2', (act) => close(act, { ...seen(now), approve: true, opinion: '同意。' }));
    expect(await says(end())).toContain('先办理验收、摘牌');
    now = await s.act(day, 'officer', (act) => markListed(act, now.id, null));
    expect((await end()).state).toBe('closed');
  });

  it('上级交办的问题，改不了来源，绕不过销号，也不能当场办结', async () => {
    const now = await pass(await done({ source: 'guidance' }), 'officer');
    expect(now.state).toBe('toClose');
    const id = randomUUID();
    const evidence = [await s.photo(day, 'inspector', id, 'before'), await s.photo(day, 'inspector', id, 'after')];
    const run = s.register(day, 'inspector', { id, source: 'handedOver', evidence, fixed: { text: '当场整改。' } });
    expect(await says(run)).toContain('上级交办的问题不能当场办结');
  });

  it('改派以后，前一个单位的材料不算新单位的', async () => {
    const now = await underway();
    const photo = await s.photo(day, 'clerk', now.id);
    await s.act(day, 'clerk', (act) => report(act, { id: now.id, text: '做了一半。', evidence: [photo] }));
    const version = (await look(now.id)).problem.version;
    const moved = await s.act(day, 'officer', (act) =>
      reassign(act, { id: now.id, version, unitId: s.units.fire, reason: '改由消防。' }),
    );
    const received = await s.act(day, 'fire', (act) => receive(act, seen(moved)));
    const run = s.act(day, 'fire', (act) => reportDone(act, { ...seen(received), text: '完成。' }));
    expect(await says(run)).toContain('整改后的照片');
  });
});

describe('立查立改钻空子', () => {
  const fixed = { text: '当场整改。' };

  it('重大的、缺照片的、前后同一张照片的，都不能当场办结', async () => {
    const id = randomUUID();
    const bytes = newPicture();
    const before = await s.photo(day, 'grid', id, 'before', bytes);
    const twin = await s.photo(day, 'grid', id, 'after', bytes);
    const after = await s.photo(day, 'grid', id, 'after');
    const run = (over: Partial<RegisterInput>) =>
      says(s.register(day, 'grid', { id, source: 'grid', leadUnitId: null, fixed, ...over }));
    expect(await run({ evidence: [before] })).toContain('整改后的照片');
    expect(await run({ evidence: [after] })).toContain('整改前的照片');
    expect(await run({ evidence: [before, twin] })).toContain('同一张照片');
    expect(
      await run({ evidence: [before, after], grade: 'major', criteriaId: s.criteriaId, clauses: ['示例1'] }),
    ).not.toBe('done');
  });

  it('抽没抽中由登记前的最后一条记录决定，重报一遍结果不变，抽中的自己不能复查', async () => {
    for (let at = 0; at < 40; at++) {
      const id = randomUUID();
      const evidence = [await s.photo(day, 'grid', id, 'before'), await s.photo(day, 'grid', id, 'after')];
      const over: Partial<RegisterInput> = { id, source: 'grid', leadUnitId: null, dueOn: null, evidence, fixed };
      const made = await s.register(day, 'grid', over);
      if (!made.drawn) continue;
      const again = await s.register(day, 'grid', over);
      expect(again).toMatchObject({ known: true, drawn: true, number: made.number, state: 'toRecheck' });
      expect(await says(pass(made, 'grid'))).not.toBe('done');
      return;
    }
    throw new Error('none of forty was drawn');
  });
});

describe('倒填、重放、绕过页面', () => {
  it('补录的看得出迟报了几天，时限不能写在过去，发现日不能写在将来', async () => {
    const made = await s.register(day, 'inspector', { foundOn: '2026-02-01' });
    expect(made.warnings.join()).toContain('迟报');
    expect((await look(made.id)).lateEntryDays).toBe(32);
    expect(await says(s.register(day, 'inspector', { foundOn: '2026-02-01', dueOn: '2026-02-20' }))).toContain(
      '早于今天',
    );
    expect(await says(s.register(day, 'inspector', { foundOn: '2026-03-06' }))).toContain('晚于今天');
  });

  it('登记、导入、接口都写不出一条“已办结”的问题', async () => {
    const smuggled = { state: 'closed', closedOn: '2026-03-01', doneBy: 'x', onSpot: true };
    const made = await s.register(day, 'inspector', smuggled as Partial<RegisterInput>);
    expect(made.state).toBe('toReceive');
    const [imported] = await s.act(day, 'officer', (act) =>
      registerProblems(act, [
        {
          kind: 'hazard',
          title: '护栏松动',
          text: '护栏松动',
          source: {
            type: 'guidance',
            batchId: null,
            originalNumber: '1',
            recordKind: null,
            recordId: null,
            finder: null,
          },
          foundOn: dayOf(day),
          enterpriseId: null,
          subject: null,
          place: { address: null, areaCode: null, longitude: null, latitude: null, grid: null },
          sector: null,
          tags: [],
          planId: null,
          stageId: null,
          taskId: null,
          grade: 'general',
          measures: null,
          leadUnitId: s.units.housing,
          coUnitIds: [],
          supervisingUnitId: null,
          personName: null,
          dueOn: dayOf('2026-03-20'),
          ...({ state: 'closed', closedOn: day } as object),
        },
      ]),
    );
    expect(imported?.state).toBe('toReceive');
  });

  it('绕过页面直接调接口，说法和页面上一样', async () => {
    const now = await done();
    const offer = (await s.act(day, 'clerk', (act) => view(act, now.id))).offers.find(
      (one) => one.action === 'passRecheck',
    );
    expect(offer?.may).toBe(false);
    expect(await says(pass(now, 'clerk'))).toBe(offer?.says);
    for (const route of Object.values(problemsApi))
      if (route.method === 'POST') expect(route.audit, route.path).not.toBeNull();
  });

  it('同一份离线报告送来几次，只登记一条；销号以后才送到的旧材料不收', async () => {
    const id = randomUUID();
    const made = await Promise.all(Array.from({ length: 5 }, () => s.register(day, 'grid', { id, source: 'grid' })));
    expect(new Set(made.map((one) => one.number)).size).toBe(1);
    const now = await closed();
    const old = s.act('2026-03-08', 'clerk', (act) => report(act, { id: now.id, text: '补报整改情况。' }), {
      aheadMs: 0,
      madeAt: new Date('2026-03-04T02:00:00Z'),
    });
    expect(await says(old)).not.toBe('done');
  });

  it('手机时间不对的，记录里写明', async () => {
    const now = await underway();
    await s.act(day, 'clerk', (act) => report(act, { id: now.id, text: '正在加固。' }), {
      aheadMs: 86_400_000,
      madeAt: null,
    });
    expect((await look(now.id)).facts[0]?.says).toContain('手机时钟快约 24 小时');
  });

  it('同一份申请批两次，第二次不成', async () => {
    const asked = await askFor(await underway(), 'clerk', 'extension');
    const both = await Promise.all([says(decide(asked, 'officer')), says(decide(asked, 'officer2'))]);
    expect(both.filter((one) => one === 'done')).toHaveLength(1);
    expect(both.find((one) => one !== 'done')).toContain('在您打开之后已');
  });

  it('外单位的人看不到，也替不了', async () => {
    const now = await underway();
    for (const who of ['townClerk', 'grid'] as const) {
      expect(await says(s.act(day, who, (act) => view(act, now.id)))).toContain('没有找到');
      expect(await says(s.act(day, who, (act) => report(act, { id: now.id, text: '替办' })))).toContain('没有找到');
    }
    const elsewhere = testActor({ roles: ['officer'], unitId: randomUUID(), jurisdiction: '990103' });
    expect(await says(s.act(day, elsewhere, (act) => view(act, now.id)))).toContain('没有找到');
  });

  it('已销号的不能再填、再改、再判，只能由安委办重新打开；打开后上一轮的经手人仍在记录里', async () => {
    const now = await closed();
    const photo = { fileId: randomUUID(), role: 'after' as const };
    for (const run of [
      () => s.act(day, 'clerk', (act) => report(act, { id: now.id, text: '补', evidence: [photo] })),
      () => s.act(day, 'officer', (act) => judgeGrade(act, { ...seen(now), grade: 'general', reason: '改判' })),
      () => s.act(day, 'officer', (act) => correct(act, { ...seen(now), reason: '改', changes: { text: '改写' } })),
      () =>
        s.act(day, 'clerk', (act) => reopenProblem(act, { ...seen(now), reason: '重开', dueOn: dayOf('2026-04-01') })),
    ])
      expect(await says(run())).not.toBe('done');
    const open = await s.act(day, 'officer', (act) =>
      reopenProblem(act, { ...seen(now), reason: '又松动。', dueOn: dayOf('2026-04-01') }),
    );
    const shown = await look(open.id);
    expect(shown.problem.cycle).toBe(2);
    expect(shown.facts.map((fact) => fact.actorName)).toContain('officer');
  });
});

describe('绕过系统改数据', () => {
  const tampered = async (change: ReturnType<typeof sql>, back: ReturnType<typeof sql>): Promise<string> => {
    await change.execute(s.house.db);
    const findings = await s.findings();
    await back.execute(s.house.db);
    return findings.map((finding) => `${finding.kind} ${finding.says}`).join('\n');
  };

  it('直接在数据库里改成已销号，核验时会发现', async () => {
    const now = await underway();
    const found = await tampered(
      sql`update problem set state = 'closed', open = false, closed_on = '2026-03-05' where id = ${now.id}`,
      sql`update problem set state = 'underway', open = true, closed_on = null where id = ${now.id}`,
    );
    expect(found).toContain('record-changed');
  });

  it('直接把时限改晚，核验时会发现', async () => {
    const now = await underway();
    const found = await tampered(
      sql`update problem set due_on = '2026-12-31' where id = ${now.id}`,
      sql`update problem set due_on = '2026-03-20' where id = ${now.id}`,
    );
    expect(found).toContain('record-changed');
    expect(found).toContain('历史与问题现状不符');
  });

  it('整条删掉再重用编号，核验时会发现', async () => {
    const now = await underway();
    const found = await tampered(
      sql`update problem set jurisdiction = '990199' where id = ${now.id}`,
      sql`update problem set jurisdiction = '990102' where id = ${now.id}`,
    );
    expect(found).toContain('record-missing');
    expect(found).toContain('number-missing');
  });

  it('办理记录和流水改不了、删不掉', async () => {
    const now = await underway();
    for (const run of [
      sql`delete from fact where item_id = ${now.id}`,
      sql`update fact set says = '改过' where item_id = ${now.id}`,
      sql`delete from problem_turn where problem_id = ${now.id}`,
      sql`update problem_turn set late = false where problem_id = ${now.id}`,
    ])
      await expect(run.execute(s.house.db)).rejects.toThrow('只能追加');
  });
});
