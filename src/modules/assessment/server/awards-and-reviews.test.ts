import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../kernel/actor.ts';
import { day as dayOf } from '../../../kernel/day.ts';
import type { PersonId } from '../../../kernel/ids.ts';
import type { Act, House } from '../../../platform/act.ts';
import { verify } from '../../../platform/facts/verify.ts';
import { reading } from '../../../platform/perform.ts';
import { onDay, testAct, testActor } from '../../../platform/testing.ts';
import { lettersItems } from '../../letters/server/door.ts';
import { type Person, type Stage, stage } from '../../problems/server/stage.ts';
import { createTasks } from '../../tasks/server/door.ts';
import { everything, type Indicator, type SchemeBody } from '../scheme.ts';
import { listAwards, viewAward } from './award-view.ts';
import {
  closeNominating,
  decideAward,
  dropAward,
  excludeNominee,
  makeAward,
  nominate,
  objectToAward,
  reviewNominee,
  showNominees,
  withdrawNominee,
} from './awards.ts';
import { troublesOf } from './compute.ts';
import { assessmentItems } from './door.ts';
import { draftScheme, publishScheme } from './draft.ts';
import { listReviews, viewReview } from './review-view.ts';
import {
  collectReview,
  confirmReview,
  dropReview,
  editReview,
  fileStatement,
  issueReview,
  makeReview,
  scoreStatement,
  sendBackReview,
} from './reviews.ts';
import { collect, openSelf } from './run.ts';
import { fileSelf, type ItemDone, rectifyLine, scoreLines } from './sheet-acts.ts';
import type { Done } from './step.ts';
import { toDo } from './to-do.ts';
import { decideVeto, enterVeto, liftVeto } from './vetoes.ts';
import { schemeTable, unitSheet } from './view.ts';

let s: Stage;
let house: House;
beforeAll(async () => {
  s = await stage();
  house = { ...s.house, items: { ...s.house.items, ...lettersItems, ...assessmentItems } };
});
afterAll(async () => s.drop());

const actorOf = (who: Person | Actor): Actor => (typeof who === 'string' ? s.people[who] : who);
const act = <T>(day: string, who: Person | Actor, run: (one: Act) => Promise<T>): Promise<T> =>
  testAct(onDay(house, day), actorOf(who), run);
const look = (day: string, who: Person | Actor) => reading(onDay(house, day), actorOf(who));
const refused = (run: Promise<unknown>): Promise<string> => s.refusal(run);

const line = (code: string, weight: number, over: Partial<Indicator>): Indicator => ({
  code,
  name: `指标${code}`,
  part: 'common',
  units: [],
  weight,
  floor: 0,
  by: 'ledger',
  measure: null,
  scoring: null,
  narrow: everything,
  whenNone: 'rescale',
  scorer: null,
  asks: '',
  ...over,
});
const hand = { by: 'hand', scorer: '松涛区安委办', asks: '对照细则逐条查验。' } as const;
const body: SchemeBody = {
  title: '示范创建对照自评方案',
  year: 2026,
  basis: '示范创建细则第三条',
  objects: { word: '各单位', units: ['青石镇', '松涛区住房局', '松涛区消防大队'], without: [] },
  from: '2026-01-01',
  to: '2026-12-31',
  total: 100,
  floor: 0,
  bonusCap: 5,
  malusCap: 10,
  indicators: [
    line('A', 40, { measure: 'taskLateShare', scoring: { kind: 'linear', zeroAt: 100, fullAt: 0 } }),
    line('B', 30, { ...hand }),
    line('C', 30, { ...hand }),
  ],
  grades: [
    { code: 'a', name: '达标', from: 80, quota: null },
    { code: 'b', name: '不达标', from: 0, quota: null },
  ],
  vetoes: [{ code: 'V1', name: '发生较大事故', effect: 'override', grade: 'b' }],
  coupling: [],
  selfDays: 5,
  appealDays: 5,
  selfEvidence: true,
};

const task = (unitId: string, dueOn: string, planId: string | null = null) =>
  act('2026-02-01', 'officer', (one) =>
    createTasks(one, [
      {
        title: '某项任务',
        text: '完成某项任务。',
        origin: { kind: 'plan' },
        planId,
        stageId: null,
        sector: null,
        leadUnitId: unitId,
        responsibleUnitIds: [],
        territorialUnitIds: [],
        deadlines: [{ text: dueOn, kind: 'date', on: dayOf(dueOn) }],
        quotas: [],
        targets: [],
      },
    ]),
  );
/** A file of an item, copied from a picture that was uploaded before. */
async function fileOf(kind: string, id: string): Promise<string> {
  const fileId = randomUUID();
  await sql`insert into file (jurisdiction, id, sha256, name, size, type, item_kind, item_id, uploaded_by, uploaded_by_name, uploaded_at)
    select jurisdiction, ${fileId}, sha256, '佐证.jpg', size, type, ${kind}, ${id}, uploaded_by, uploaded_by_name, uploaded_at
    from file limit 1`.execute(house.db);
  return fileId;
}
async function veto(unitId: string, happened: string, days: readonly [string, string]): Promise<ItemDone> {
  const event = await act(days[0], 'officer', (one) =>
    enterVeto(one, { unitId, code: 'V1', happenedOn: dayOf(happened), grounds: '一起较大事故，负主要责任。' }),
  );
  await fileOf('vetoEvent', event.id);
  return act(days[1], 'officer2', (one) =>
    decideVeto(one, { id: event.id, version: 1, confirm: true, opinion: '批复属实。' }),
  );
}

const planId = randomUUID();
let scheme: Done;
const on = () => ({ id: scheme.id, version: scheme.version });

describe('对照细则的自评、核验和整改', () => {
  it('限定一份方案、一个标签的取数与逐条清点的相同；没有这份方案的不能发布', async () => {
    await sql`insert into plan (jurisdiction, id, number, kind, title, state, file_sha256, file_name, file_size, imported_by,
        imported_by_name, imported_at, adopted_on)
      values ('990102', ${planId}, '案-2026-0001', 'plan', '专项整治方案', 'adopted', ${'0'.repeat(64)}, '方案.docx', 1, 'x', 'x', now(),
        '2026-01-05')`.execute(house.db);
    await task(s.units.housing, '2026-03-10', planId);
    await task(s.units.housing, '2026-10-10', planId);
    await task(s.units.housing, '2026-10-10', planId);
    await task(s.units.housing, '2026-03-10');
    await task(s.units.fire, '2026-12-10');
    const made = await s.register('2026-02-10', 'officer', { leadUnitId: s.units.housing, dueOn: '2026-03-01' });
    await s.photo('2026-02-10', 'clerk', made.id);
    await s.register('2026-02-10', 'officer', { leadUnitId: s.units.housing, dueOn: '2026-09-01', tags: ['燃气'] });
    await s.register('2026-02-10', 'officer', { leadUnitId: s.units.housing, dueOn: '2026-03-01', tags: ['燃气'] });
    await s.register('2026-02-10', 'officer', { leadUnitId: s.units.housing, dueOn: '2026-03-01', tags: ['燃气'] });
    const narrowed: SchemeBody = {
      ...body,
      indicators: [
        line('P', 50, {
          measure: 'taskLateShare',
          scoring: { kind: 'linear', zeroAt: 100, fullAt: 0 },
          narrow: { ...everything, plan: '专项整治方案' },
        }),
        line('T', 50, {
          measure: 'problemLateShare',
          scoring: { kind: 'linear', zeroAt: 100, fullAt: 0 },
          narrow: { ...everything, tags: ['燃气'] },
        }),
      ],
    };
    const drafted = await act('2026-03-02', 'officer', (one) => draftScheme(one, narrowed));
    const issued = await act('2026-03-02', 'officer2', (one) => publishScheme(one, drafted));
    const sheet = await unitSheet(look('2026-03-20', 'officer'), issued.id, s.units.housing, undefined);
    const [late] = (
      await sql<{ late: number; open: number }>`select (count(*) filter (where due_on < '2026-03-20'))::int as late,
        count(*)::int as open from task where plan_id = ${planId} and lead_unit_id = ${s.units.housing}`.execute(
        house.db,
      )
    ).rows;
    expect(sheet.lines[0]?.value).toBe(Math.round(((late?.late ?? 0) * 10_000) / (late?.open ?? 1)) / 100);
    expect(sheet.lines[0]?.parts.map((part) => [part.count, part.query.plan])).toEqual([
      [1, planId],
      [3, planId],
    ]);
    expect(sheet.lines[0]?.rule).toContain('限《专项整治方案》');
    const [red] = (
      await sql<{ late: number; open: number }>`select (count(*) filter (where due_on < '2026-03-20'))::int as late,
        count(*)::int as open from problem where tags @> array['燃气'] and lead_unit_id = ${s.units.housing}`.execute(
        house.db,
      )
    ).rows;
    expect([red?.late, red?.open]).toEqual([2, 3]);
    expect(sheet.lines[1]?.value).toBe(66.67);
    expect(sheet.lines[1]?.parts.map((part) => [part.count, part.query.tag])).toEqual([
      [2, ['燃气']],
      [3, ['燃气']],
    ]);
    const unknown = { ...narrowed.indicators[0], narrow: { ...everything, plan: '没有的方案' } } as Indicator;
    const { places } = await troublesOf(
      house.db,
      '990102',
      { ...narrowed, indicators: [unknown, line('T', 50, { ...hand })] },
      dayOf('2026-03-20'),
    );
    expect(places.map((one) => one.says)).toContain('指标「指标P」：没有名为《没有的方案》的已下达方案');
  });

  it('自评得分的打分指标必须逐项附佐证；没有附的说出哪一项', async () => {
    scheme = await act('2026-03-02', 'officer', (one) => draftScheme(one, body));
    scheme = await act('2026-03-03', 'officer2', (one) => publishScheme(one, on()));
    scheme = await act('2026-03-10', 'officer', (one) => openSelf(one, { ...on(), until: dayOf('2026-03-20') }));
    const sheet = await unitSheet(look('2026-03-11', 'clerk'), scheme.id, s.units.housing, undefined);
    const proof = await fileOf('scoreSheet', sheet.sheetId ?? '');
    const other = await fileOf('problem', randomUUID());
    const self = (fileIds: readonly string[], c = 20) => ({
      id: scheme.id,
      unitId: s.units.housing,
      version: 1,
      text: '对照细则自评。',
      scores: [
        { code: 'A', score: 20, text: '' },
        { code: 'B', score: 25, text: '台账齐全', fileIds },
        { code: 'C', score: c, text: '', fileIds: c > 0 ? fileIds : [] },
      ],
    });
    expect(await refused(act('2026-03-11', 'clerk', (one) => fileSelf(one, self([]))))).toContain('没填好');
    expect(await refused(act('2026-03-11', 'clerk', (one) => fileSelf(one, self([other]))))).toContain('没有上传到');
    await act('2026-03-11', 'clerk', (one) => fileSelf(one, self([proof])));
    const filed = await unitSheet(look('2026-03-11', 'officer'), scheme.id, s.units.housing, undefined);
    expect(filed.lines.find((one) => one.code === 'B')?.self).toEqual({
      score: 25,
      text: '台账齐全',
      fileIds: [proof],
    });
    expect(filed.selfEvidence).toBe(true);
  });

  it('逐项核验：与自评相同的不用写依据，不同的必须写；差额看得出', async () => {
    scheme = await act('2026-03-21', 'officer', (one) => collect(one, { ...on(), day: dayOf('2026-03-20') }));
    const give = (scores: readonly { code: string; score: number; says: string }[]) => ({
      id: scheme.id,
      unitId: s.units.housing,
      scores,
    });
    expect(
      await refused(
        act('2026-03-22', 'officer', (one) =>
          scoreLines(
            one,
            give([
              { code: 'B', score: 25, says: '' },
              { code: 'C', score: 12, says: '' },
            ]),
          ),
        ),
      ),
    ).toContain('依据');
    expect(await refused(act('2026-03-22', 'officer', (one) => scoreLines(one, give([]))))).toContain('至少给一项');
    expect(
      await refused(act('2026-03-22', 'clerk', (one) => scoreLines(one, give([{ code: 'B', score: 25, says: '好' }])))),
    ).toContain('不在其列');
    await act('2026-03-22', 'officer', (one) =>
      scoreLines(
        one,
        give([
          { code: 'B', score: 25, says: '' },
          { code: 'C', score: 12, says: '缺两次演练记录' },
        ]),
      ),
    );
    const sheet = await unitSheet(look('2026-03-22', 'officer'), scheme.id, s.units.housing, undefined);
    const at = (code: string) => sheet.lines.find((one) => one.code === code);
    expect(at('B')?.given[0]?.says).toBe('核验属实，同意自评');
    expect([at('C')?.score, at('C')?.self?.score]).toEqual([12, 20]);
    expect(sheet.facts[0]?.says).toContain('（自评20分）');
    // 任务：4项里2项逾期，逾期率50%，得20分；20＋25＋12
    expect(sheet.total.score).toBe(57);
    expect(sheet.working.find((step) => step.name === '共性、个性指标')?.says).toBe('20＋25＋12＝57分');
  });

  it('失分的一项由安委办布置整改，成为这个单位的任务，只布置一次；没有失分的不用布置', async () => {
    const ask = (code: string, over: object = {}) => ({
      id: scheme.id,
      unitId: s.units.housing,
      code,
      text: '补齐演练记录，完善制度。',
      dueOn: dayOf('2026-05-01'),
      ...over,
    });
    expect(await refused(act('2026-03-23', 'clerk', (one) => rectifyLine(one, ask('C'))))).toContain('不在其列');
    expect(await refused(act('2026-03-23', 'officer', (one) => rectifyLine(one, ask('C', { text: '' }))))).toContain(
      '写明内容',
    );
    expect(
      await refused(act('2026-03-23', 'officer', (one) => rectifyLine(one, ask('C', { dueOn: dayOf('2026-03-01') })))),
    ).toContain('不早于今天');
    const made = await act('2026-03-23', 'officer', (one) => rectifyLine(one, ask('C')));
    expect(await refused(act('2026-03-23', 'officer', (one) => rectifyLine(one, ask('C'))))).toContain('已经布置');
    const [found] = (
      await sql<{ unit: string; due: string; page: string }>`select lead_unit_id as unit, due_on as due,
        origin -> 'matter' ->> 'page' as page from task where id = ${made.taskId}`.execute(house.db)
    ).rows;
    expect(found).toEqual({
      unit: s.units.housing,
      due: '2026-05-01',
      page: `/assessment/${scheme.id}/units/${s.units.housing}`,
    });
    const sheet = await unitSheet(look('2026-03-23', 'clerk'), scheme.id, s.units.housing, undefined);
    expect(sheet.lines.find((one) => one.code === 'C')?.rectified).toMatchObject({ taskId: made.taskId });
    expect(sheet.total.score).toBe(57);
    await act('2026-03-23', 'officer', (one) =>
      scoreLines(one, { id: scheme.id, unitId: s.units.fire, scores: [{ code: 'B', score: 30, says: '查验属实' }] }),
    );
    expect(
      await refused(act('2026-03-23', 'officer', (one) => rectifyLine(one, ask('B', { unitId: s.units.fire })))),
    ).toContain('没有失分');
    await expect(sql`delete from score_rectification`.execute(house.db)).rejects.toThrow('sealed');
  });
});

describe('评优表彰', () => {
  let award: ItemDone;
  const at = () => ({ id: award.id, version: award.version });
  const make = (over: object = {}) => ({
    kind: 'commendation' as const,
    title: '年度表彰',
    basis: '表彰办法第二条',
    criteria: '成绩突出，没有一票否决情形。',
    quota: 1,
    from: dayOf('2026-01-01'),
    to: dayOf('2026-12-31'),
    nominateUntil: dayOf('2026-04-10'),
    showDays: 5,
    ...over,
  });
  const who = (unitId: string, over: object = {}) => ({
    ...at(),
    kind: 'unit' as const,
    unitId,
    name: '',
    post: '',
    deeds: '隐患整改率高，经验得到推广。',
    ...over,
  });
  const keys = async () => {
    const { nominees } = await viewAward(look('2026-04-11', 'officer'), award.id);
    return new Map(nominees.map((one) => [`${one.unitId}${one.kind}`, one.key]));
  };

  it('由安委办发起；单位只能推荐本单位，不重复，截止后不再收', async () => {
    expect(await refused(act('2026-04-01', 'clerk', (one) => makeAward(one, make())))).toContain('安委办');
    expect(await refused(act('2026-04-01', 'officer', (one) => makeAward(one, make({ criteria: '' }))))).toContain(
      '没写明',
    );
    award = await act('2026-04-01', 'officer', (one) => makeAward(one, make()));
    expect(await refused(act('2026-04-02', 'officer', (one) => closeNominating(one, at())))).toContain(
      '还没有推荐对象',
    );
    expect(await refused(act('2026-04-02', 'clerk', (one) => nominate(one, who(s.units.fire))))).toContain('本单位');
    expect(
      await refused(act('2026-04-02', 'clerk', (one) => nominate(one, who(s.units.housing, { deeds: '' })))),
    ).toContain('主要事迹');
    award = await act('2026-04-02', 'clerk', (one) => nominate(one, who(s.units.housing)));
    expect(await refused(act('2026-04-02', 'officer', (one) => nominate(one, who(s.units.housing))))).toContain(
      '不重复推荐',
    );
    award = await act('2026-04-02', 'fire', (one) =>
      nominate(one, who(s.units.fire, { kind: 'person', name: '某同志', post: '监督员' })),
    );
    award = await act('2026-04-02', 'officer', (one) => nominate(one, who(s.units.town)));
    award = await act('2026-04-02', 'townClerk', (one) =>
      nominate(one, who(s.units.town, { kind: 'place', name: '平安路' })),
    );
    const key = (await keys()).get(`${s.units.town}place`) ?? '';
    expect(
      await refused(act('2026-04-03', 'clerk', (one) => withdrawNominee(one, { ...at(), key, reason: '不报了' }))),
    ).toContain('不在其列');
    award = await act('2026-04-03', 'townClerk', (one) => withdrawNominee(one, { ...at(), key, reason: '下次再报' }));
    expect(await refused(act('2026-04-11', 'fire', (one) => nominate(one, who(s.units.fire))))).toContain('已过');
    expect((await viewAward(look('2026-04-03', 'fire'), award.id)).nominees.map((one) => one.name)).toEqual(['某同志']);
  });

  it('审查时核查一票否决：有的不能通过；不审查本单位的', async () => {
    await veto(s.units.fire, '2026-03-09', ['2026-04-11', '2026-04-12']);
    award = await act('2026-04-12', 'officer', (one) => closeNominating(one, at()));
    const of = await keys();
    const judge = (unit: string, kind: string, pass: boolean, opinion = '符合条件。') => ({
      ...at(),
      key: of.get(`${unit}${kind}`) ?? '',
      pass,
      opinion,
    });
    expect(await refused(act('2026-04-12', 'officer', (one) => showNominees(one, at())))).toContain('没有审查完');
    expect(
      await refused(act('2026-04-12', 'officer', (one) => reviewNominee(one, judge(s.units.fire, 'person', true)))),
    ).toContain('一票否决');
    expect(
      await refused(act('2026-04-12', 'officer', (one) => reviewNominee(one, judge(s.units.town, 'unit', true, '')))),
    ).toContain('审查意见');
    const ownOfficer = testActor({ roles: ['officer'], unitId: s.units.town, name: '兼职', accountId: randomUUID() });
    expect(
      await refused(act('2026-04-12', ownOfficer, (one) => reviewNominee(one, judge(s.units.town, 'unit', true)))),
    ).toContain('本单位');
    award = await act('2026-04-12', 'officer', (one) =>
      reviewNominee(one, judge(s.units.fire, 'person', false, '所在单位有否决情形。')),
    );
    award = await act('2026-04-12', 'leader', (one) => reviewNominee(one, judge(s.units.town, 'unit', true)));
    award = await act('2026-04-12', 'officer', (one) => reviewNominee(one, judge(s.units.housing, 'unit', true)));
    expect(await refused(act('2026-04-12', 'officer', (one) => showNominees(one, at())))).toContain('超过名额');
    award = await act('2026-04-12', 'officer', (one) =>
      reviewNominee(one, judge(s.units.housing, 'unit', false, '名额有限。')),
    );
    const seen = await viewAward(look('2026-04-12', 'officer'), award.id);
    expect(seen.nominees.find((one) => one.kind === 'person')).toMatchObject({ state: 'refused', vetoed: true });
    expect(seen.nominees.find((one) => one.kind === 'person')?.checked).toContain('发生较大事故');
  });

  it('公示后可以提异议；公示期满、名单里没有否决情形的，由公示人以外的人决定', async () => {
    award = await act('2026-04-13', 'officer', (one) => showNominees(one, at()));
    expect((await viewAward(look('2026-04-13', 'fire'), award.id)).nominees.map((one) => one.state)).toEqual([
      'refused',
      'passed',
    ]);
    expect(
      await refused(act('2026-04-14', 'fire', (one) => objectToAward(one, { id: award.id, key: null, text: '' }))),
    ).toContain('异议的内容');
    award = await act('2026-04-14', 'fire', (one) =>
      objectToAward(one, { id: award.id, key: null, text: '镇里去年有欠账。' }),
    );
    expect(
      await refused(
        act('2026-04-20', 'fire', (one) => objectToAward(one, { id: award.id, key: null, text: '还有话' })),
      ),
    ).toContain('公示期已过');
    expect(await refused(act('2026-04-18', 'leader', (one) => decideAward(one, at())))).toContain('还没有结束');
    expect(await refused(act('2026-04-19', 'officer', (one) => decideAward(one, at())))).toContain('不能自己作出决定');
    const lifted = await veto(s.units.town, '2026-04-01', ['2026-04-18', '2026-04-18']);
    expect(await refused(act('2026-04-19', 'leader', (one) => decideAward(one, at())))).toContain('移出名单');
    await act('2026-04-19', 'leader', (one) =>
      liftVeto(one, { id: lifted.id, version: lifted.version, reason: '调查结论改变' }),
    );
    expect((await toDo(look('2026-04-20', 'leader'))).rows.map((row) => row.word)).toContain('作出评选决定');
    award = await act('2026-04-20', 'leader', (one) => decideAward(one, at()));
    expect((await listAwards(look('2026-04-21', 'clerk'))).register.map((one) => one.unitName)).toEqual(['青石镇']);
    expect(
      await refused(act('2026-04-21', 'officer', (one) => dropAward(one, { ...at(), reason: '不要了' }))),
    ).toContain('评选已决定');
  });

  it('移出名单、终止评选都要写明原因', async () => {
    award = await act('2026-05-01', 'officer', (one) =>
      makeAward(one, make({ nominateUntil: dayOf('2026-05-10'), kind: 'creation', quota: null })),
    );
    award = await act('2026-05-01', 'townClerk', (one) =>
      nominate(one, who(s.units.town, { kind: 'place', name: '平安放心路' })),
    );
    award = await act('2026-05-02', 'officer', (one) => closeNominating(one, at()));
    const key = (await keys()).get(`${s.units.town}place`) ?? '';
    award = await act('2026-05-02', 'officer', (one) =>
      reviewNominee(one, { ...at(), key, pass: true, opinion: '达到标准。' }),
    );
    expect(
      await refused(act('2026-05-02', 'officer', (one) => excludeNominee(one, { ...at(), key, reason: '' }))),
    ).toContain('写明原因');
    award = await act('2026-05-02', 'officer', (one) => excludeNominee(one, { ...at(), key, reason: '复核不达标' }));
    expect(await refused(act('2026-05-02', 'officer', (one) => showNominees(one, at())))).toContain('没有通过审查');
    expect(await refused(act('2026-05-02', 'leader', (one) => dropAward(one, { ...at(), reason: '停办' })))).toContain(
      '不在其列',
    );
    await act('2026-05-02', 'officer', (one) => dropAward(one, { ...at(), reason: '本年度停办' }));
  });
});

describe('领导个人考核', () => {
  const personId = randomUUID();
  const self = (): Actor => ({
    ...testActor({ roles: ['leader'], unitId: s.units.office, name: '某区领导', accountId: randomUUID() }),
    personId: personId as PersonId,
  });
  const ask = (over: object = {}) => ({
    basis: '综合考核办法第五条',
    dutyListId: null,
    shares: { units: 80, duties: 0, statement: 20 },
    units: [
      { unitId: s.units.housing, weight: 3 },
      { unitId: s.units.fire, weight: 1 },
    ],
    grades: [
      { name: '优秀', from: 90 },
      { name: '称职', from: 40 },
      { name: '不称职', from: 0 },
    ],
    vetoGrade: '不称职',
    ...over,
  });
  let review: ItemDone;
  const at = () => ({ id: review.id, version: review.version });
  const whom = { year: 2026, name: '', post: '副区长', unitId: null, personId };

  it('拟定写明分管哪些单位、各占多少；比例不满100%的不能下达，拟定人不能自己下达', async () => {
    await sql`insert into person (jurisdiction, id, name, pinyin, initials)
      values ('990102', ${personId}, '某区领导', '', '')`.execute(house.db);
    expect(await refused(act('2026-04-01', 'clerk', (one) => makeReview(one, { ...whom, ...ask() })))).toContain(
      '安委办',
    );
    expect(
      await refused(
        act('2026-04-01', 'officer', (one) => makeReview(one, { ...whom, ...ask({ vetoGrade: '没有这等' }) })),
      ),
    ).toContain('等次');
    review = await act('2026-04-01', 'officer', (one) =>
      makeReview(one, { ...whom, ...ask({ shares: { units: 80, duties: 0, statement: 10 } }) }),
    );
    expect(await refused(act('2026-04-01', 'officer', (one) => makeReview(one, { ...whom, ...ask() })))).toContain(
      '不重复',
    );
    expect(await refused(act('2026-04-01', 'officer2', (one) => issueReview(one, at())))).toContain('100%');
    await expect(viewReview(look('2026-04-01', self()), review.id)).resolves.toBeDefined();
    review = await act('2026-04-01', 'officer', (one) => editReview(one, { ...at(), ...ask() }));
    expect(await refused(act('2026-04-01', 'officer', (one) => issueReview(one, at())))).toContain('另一位同志下达');
    expect(await refused(act('2026-04-01', self(), (one) => issueReview(one, at())))).toContain('不能办理对自己');
    review = await act('2026-04-01', 'officer2', (one) => issueReview(one, at()));
    await expect(viewReview(look('2026-04-02', 'clerk'), review.id)).rejects.toThrow('没有找到');
    expect((await listReviews(look('2026-04-02', 'clerk'), {})).rows).toEqual([]);
  });

  it('得分随分管单位的考核表走，与手算相同；本人述职，别人评议', async () => {
    const waits = async (who: Person | Actor) =>
      (await toDo(look('2026-04-02', who))).rows.filter((row) => row.to.startsWith('/leader')).map((row) => row.word);
    expect(await waits(self())).toEqual(['报送述职']);
    expect(await waits('officer')).toEqual([]);
    const text = '带队检查十二次，主持专题会议四次，推动重大隐患全部挂牌整改。';
    expect(await refused(act('2026-04-02', 'officer', (one) => fileStatement(one, { ...at(), text })))).toContain(
      '不在其列',
    );
    expect(
      await refused(
        act('2026-04-02', 'officer', (one) => scoreStatement(one, { ...at(), score: 90, opinion: '好的' })),
      ),
    ).toContain('没有报送述职');
    expect(await refused(act('2026-04-02', self(), (one) => fileStatement(one, { ...at(), text: '好' })))).toContain(
      '20个字',
    );
    review = await act('2026-04-02', self(), (one) => fileStatement(one, { ...at(), text }));
    expect(await waits('officer')).toEqual(['评议述职']);
    expect(await waits(self())).toEqual([]);
    expect(
      await refused(act('2026-04-03', self(), (one) => scoreStatement(one, { ...at(), score: 100, opinion: '好的' }))),
    ).toContain('不能办理对自己');
    expect(await refused(act('2026-04-03', 'officer', (one) => collectReview(one, at())))).toContain('还没有评议');
    expect(
      await refused(
        act('2026-04-03', 'officer', (one) => scoreStatement(one, { ...at(), score: 101, opinion: '好的' })),
      ),
    ).toContain('0到100');
    review = await act('2026-04-03', 'officer', (one) =>
      scoreStatement(one, { ...at(), score: 90, opinion: '内容实在' }),
    );
    const shown = await viewReview(look('2026-04-03', self()), review.id);
    const percents = new Map<string, number[]>();
    const { rows } = await sql<{ id: string }>`select id from assessment_scheme where published_on is not null`.execute(
      house.db,
    );
    for (const { id } of rows) {
      const table = await schemeTable(look('2026-04-03', 'officer'), id, undefined);
      for (const row of table.rows)
        percents.set(row.unitId, [...(percents.get(row.unitId) ?? []), (100 * row.total.score) / table.total]);
    }
    const mean = (unit: string): number => {
      const all = percents.get(unit) ?? [];
      return all.reduce((sum, one) => sum + one, 0) / all.length;
    };
    const byHand = 60 * (mean(s.units.housing) / 100) + 20 * (mean(s.units.fire) / 100) + 18;
    expect(Math.abs((shown.result?.score ?? 0) - byHand)).toBeLessThan(0.02);
    expect(shown.result?.lines.map((one) => one.to?.startsWith('/assessment/') ?? false)).toEqual([true, true, false]);
  });

  it('分管单位有一票否决的，等次降到规定的一等；评定封存，另一人核定，退回重评留下记录', async () => {
    review = await act('2026-04-12', 'officer', (one) => collectReview(one, at()));
    const taken = await viewReview(look('2026-04-12', 'officer'), review.id);
    expect(taken.result?.gradeName).toBe('不称职');
    expect(taken.result?.vetoes.map((one) => one.name)).toEqual(['发生较大事故']);
    expect(taken.taken?.intact).toBe(true);
    expect(
      await refused(act('2026-04-13', 'officer', (one) => confirmReview(one, { ...at(), opinion: '同意' }))),
    ).toContain('不能自己核定');
    expect(
      await refused(act('2026-04-13', self(), (one) => confirmReview(one, { ...at(), opinion: '同意' }))),
    ).toContain('不能办理对自己');
    review = await act('2026-04-13', 'leader', (one) => sendBackReview(one, { ...at(), reason: '述职材料要补' }));
    review = await act('2026-04-13', 'officer', (one) => collectReview(one, at()));
    await task(s.units.housing, '2026-02-20');
    review = await act('2026-04-14', 'leader', (one) => confirmReview(one, { ...at(), opinion: '同意评定' }));
    const now = await viewReview(look('2026-04-15', self()), review.id);
    expect(now.state).toBe('reviewConfirmed');
    expect(now.facts.map((one) => one.kind)).toContain('leaderReview.sentBack');
    expect(
      await refused(act('2026-04-15', 'officer', (one) => dropReview(one, { ...at(), reason: '不要了' }))),
    ).toContain('已核定');
  });

  it('核验没有发现问题；改动评定结果的能查出来', async () => {
    const problems = async () =>
      (await verify(house.db, house.items, house.files)).findings.filter((one) =>
        /考核|评选|个-|选-/.test(`${one.where}${one.says}`),
      );
    expect(await problems()).toEqual([]);
    await sql`update leader_review set body = jsonb_set(body, '{taken,result,score}', '99') where id = ${review.id}`.execute(
      house.db,
    );
    expect((await problems()).map((one) => one.says).join()).toContain('指纹不符');
  });
});
