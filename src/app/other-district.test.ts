import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '../kernel/actor.ts';
import { addDays, day } from '../kernel/day.ts';
import { asJurisdiction } from '../kernel/ids.ts';
import { accessApi } from '../modules/access/api.ts';
import { accountOfLogin, actorOf } from '../modules/access/server/door.ts';
import { accessRoutes } from '../modules/access/server/routes.ts';
import { assessmentApi } from '../modules/assessment/api.ts';
import { assessmentRoutes } from '../modules/assessment/server/routes.ts';
import { bulletinsApi } from '../modules/bulletins/api.ts';
import { makeBulletinsDuty } from '../modules/bulletins/server/door.ts';
import { bulletinsRoutes } from '../modules/bulletins/server/routes.ts';
import { filingsApi } from '../modules/filings/api.ts';
import { openFilingsDuty, remindFilingsDuty } from '../modules/filings/server/door.ts';
import { filingsRoutes } from '../modules/filings/server/routes.ts';
import { meetingsApi } from '../modules/meetings/api.ts';
import { dutiesApi } from '../modules/meetings/api-duties.ts';
import { periodsApi } from '../modules/meetings/api-periods.ts';
import { accidentEntries } from '../modules/meetings/server/door.ts';
import { meetingsRoutes } from '../modules/meetings/server/routes.ts';
import { problemsApi } from '../modules/problems/api.ts';
import { keepFigures } from '../modules/problems/server/door.ts';
import { problemsRoutes } from '../modules/problems/server/routes.ts';
import { rulebookApi } from '../modules/rulebook/api.ts';
import { rulebookRoutes } from '../modules/rulebook/server/routes.ts';
import { pressuresApi } from '../modules/supervision/api-pressures.ts';
import { suggestPressure } from '../modules/supervision/server/door.ts';
import { supervisionRoutes } from '../modules/supervision/server/routes.ts';
import { unitsApi } from '../modules/units/api.ts';
import { unitsRoutes } from '../modules/units/server/routes.ts';
import type { House } from '../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../platform/db/testing.ts';
import { readDocument } from '../platform/documents/read.ts';
import { verify } from '../platform/facts/verify.ts';
import { filesApi } from '../platform/files/api.ts';
import { fileRoutes } from '../platform/files/routes.ts';
import { openFileStore } from '../platform/files/store.ts';
import { runOnce } from '../platform/jobs/duty.ts';
import { houseOn } from './demo/adoption.ts';
import { play, uploadOf } from './demo/player.ts';
import { documentForms, makeHouse } from './house.ts';
import { renewSetupCode } from './installation.ts';

const CODE = '990103';
const jurisdiction = asJurisdiction(CODE);
const folder = new URL('../../data/rulebooks/towns-and-streets/', import.meta.url);
const towns = ['汀芷镇', '泊柳镇', '霁桥街道', '萤川街道'] as const;

const inAccess = play(accessApi, accessRoutes);
const inUnits = play(unitsApi, unitsRoutes);
const inRules = play(rulebookApi, rulebookRoutes(documentForms));
const inFilings = play(filingsApi, filingsRoutes);
const inBulletins = play(bulletinsApi, bulletinsRoutes);
const inProblems = play(problemsApi, problemsRoutes);
const inPressures = play(pressuresApi, supervisionRoutes);
const inMeetings = play(meetingsApi, meetingsRoutes);
const inDuties = play(dutiesApi, meetingsRoutes);
const inPeriods = play(periodsApi, meetingsRoutes);
const inAssessment = play(assessmentApi, assessmentRoutes);
const inFiles = play(filesApi, fileRoutes);

let database: TestDatabase;
let house: House;
const people = new Map<string, Actor>();
const unitIds = new Map<string, string>();

const person = (name: string): Actor => {
  const found = people.get(name);
  if (!found) throw new Error(`nobody called ${name}`);
  return found;
};
const at = (on: string, name: string, minute = 9 * 60) => ({
  house: houseOn(house, day(on), minute),
  actor: person(name),
});
const upload = async (name: string, bytes?: Uint8Array) =>
  uploadOf(house, name, bytes ?? (await readFile(new URL(name, folder))));

/** The duties of a morning that rhythms, bulletins and rules hang on. */
async function mornings(from: string, to: string): Promise<void> {
  const duties = [
    keepFigures,
    openFilingsDuty,
    remindFilingsDuty,
    suggestPressure({ accidents: accidentEntries }),
    makeBulletinsDuty,
  ];
  for (let on = day(from); on <= to; on = addDays(on, 1))
    for (const duty of duties) await runOnce(houseOn(house, on, 8 * 60 + 35), duty, duty.about(on), jurisdiction);
}

beforeAll(async () => {
  database = await freshDatabase();
  const files = await openFileStore(await mkdtemp(join(tmpdir(), 'guatu-other-')));
  const base = makeHouse({
    db: database.db,
    files,
    clock: { now: () => new Date(), today: () => day('2026-06-29'), rehearsal: null },
    kind: 'real',
  });
  house = base;
  let code = '';
  await renewSetupCode({ database } as never, (line) => {
    code = /安装码 (\d{4} \d{4})/.exec(line)?.[1] ?? '';
  });
  const founder = { house: houseOn(base, day('2026-06-29'), 500), actor: systemActor(jurisdiction) };
  await inAccess(founder, 'beginInstallation', {
    body: { code, jurisdiction: CODE, name: '澜芷区', level: 'district', office: '澜芷区安委办' },
  });
  for (const login of ['admin', 'office']) {
    const account = await accountOfLogin(house.db, login);
    if (account) people.set(login, await actorOf(house.db, account));
  }
});
afterAll(async () => database?.drop());

const hire = async (login: string, name: string, roles: ('officer' | 'leader')[], unitId: string | null) => {
  await inAccess(at('2026-06-29', 'admin'), 'createAccount', { body: { login, name, roles, unitId } });
  const account = await accountOfLogin(house.db, login);
  if (account) people.set(login, await actorOf(house.db, account));
};

describe('另一类地区（镇、街道，月报、季评）从空的正式安装开始，只凭文件', () => {
  it('组织机构和全部规定各由一个表格导入，先核对、后写入', async () => {
    const organised = await inUnits(at('2026-06-29', 'office'), 'importUnits', {
      upload: await upload('organisation.xlsx'),
    });
    expect(organised.problems).toEqual([]);
    expect(organised.applied).toBe(true);
    const tree = await inUnits(at('2026-06-29', 'office'), 'readUnitTree', { query: {} } as never);
    for (const unit of tree.units) unitIds.set(unit.name, unit.id);
    await hire('office2', '安委办二', ['officer'], unitIds.get('澜芷区安委办') ?? null);
    await hire('leader', '分管领导', ['leader'], null);
    const made = await inAccess(at('2026-06-29', 'admin'), 'createClerkAccounts', {
      body: { unitIds: [...unitIds].filter(([name]) => !name.endsWith('安委办')).map(([, id]) => id) },
    });
    for (const one of made.rows) {
      const account = await accountOfLogin(house.db, one.login);
      if (account) people.set(one.unitName, await actorOf(house.db, account));
    }
    const checked = await inRules(at('2026-06-29', 'office'), 'checkRulebook', { upload: await upload('rules.xlsx') });
    expect(checked.troubles).toEqual([]);
    expect(checked.applied).toBe(false);
    expect((await inRules(at('2026-06-29', 'office'), 'readRulebook', {})).sheets[0]?.all).toBe(0);
    const entered = await inRules(at('2026-06-29', 'office'), 'importRulebook', { upload: await upload('rules.xlsx') });
    expect(entered.applied).toBe(true);
    expect(entered.rows.filter((row) => row.outcome === 'wrong')).toEqual([]);
    const { sheets } = await inRules(at('2026-07-01', 'office'), 'readRulebook', {});
    expect(Object.fromEntries(sheets.map((one) => [one.name, one.all]))).toMatchObject({
      报送制度: 4,
      通报种类: 2,
      督促规则: 2,
      应挂牌规则: 1,
      会议要求: 1,
      重点时段: 1,
      职责清单: 1,
    });
    const lists = await inDuties(at('2026-07-01', 'office'), 'listDutyLists', { query: {} } as never);
    expect(lists.rows.map((row) => [row.name, row.post, row.year])).toEqual([['闻景行', '副区长', 2026]]);
    const { rows } = await inPeriods(at('2026-07-01', 'office'), 'listPeriods', {});
    expect(rows.map((row) => [row.name, row.units])).toEqual([['秋季安全值守', 5]]);
    const met = await inMeetings(at('2026-07-01', 'office'), 'obligationsMet', { query: {} });
    expect(met.rows.map((row) => [row.name, row.convener, row.words])).toEqual([
      ['季度点评会', '澜芷区安委办', '每季度不少于1次'],
    ]);
  });

  it('同一个表格再导入一次什么也不变；导出的表格也认得', async () => {
    const again = await inRules(at('2026-06-30', 'office'), 'importRulebook', { upload: await upload('rules.xlsx') });
    expect(again.troubles).toEqual([]);
    expect(new Set(again.rows.map((row) => row.outcome))).toEqual(new Set(['same']));
    const out = (await inRules(at('2026-06-30', 'office'), 'exportRulebook', {})) as { body: Buffer };
    const back = await inRules(at('2026-06-30', 'office'), 'importRulebook', {
      upload: await upload('导出.xlsx', out.body),
    });
    expect(back.troubles).toEqual([]);
    expect(new Set(back.rows.map((row) => row.outcome))).toEqual(new Set(['same']));
  });

  it('写错的单元格逐个说出哪张表、哪一行、怎样改，一行也不写入', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await readFile(new URL('rules.xlsx', folder))) as never);
    const sheet = workbook.getWorksheet('报送制度');
    const header = (sheet?.getRow(1).values ?? []) as string[];
    const column = (name: string) => header.indexOf(name);
    if (sheet) {
      sheet.getRow(2).getCell(column('几点前')).value = '中午';
      sheet.getRow(3).getCell(column('由谁报送')).value = '各办事处';
      sheet.getRow(4).getCell(column('系统计算')).value = '本期新增问题、好人好事';
      sheet.getRow(5).getCell(column('单位填报')).value = '*出动人次，多少，人次';
    }
    const checked = await inRules(at('2026-06-30', 'office'), 'importRulebook', {
      upload: await upload('规则.xlsx', Buffer.from(await workbook.xlsx.writeBuffer())),
    });
    expect(checked.applied).toBe(false);
    expect(checked.troubles.map((one) => [one.sheet, one.row, one.column])).toEqual([
      ['报送制度', 2, '几点前'],
      ['报送制度', 3, '由谁报送'],
      ['报送制度', 4, '系统计算'],
      ['报送制度', 5, '单位填报'],
    ]);
    expect(checked.troubles.map((one) => `${one.says}。${one.mend}`).join('\n')).toMatch(
      /“中午”不是时刻。请写成 17:00[\s\S]*没有“各办事处”。[\s\S]*“好人好事”认不出来。请从中选写[\s\S]*类型“多少”认不出来/,
    );
    const { sheets } = await inRules(at('2026-07-01', 'office'), 'readRulebook', {});
    expect(sheets[0]?.all).toBe(4);
  });

  it('月报到期自动布置，按时、迟报、缺报随时看得见；办公室的月通报用本地的称谓', async () => {
    const [late, missed] = [towns[2], towns[3]];
    for (const [town, dueOn] of [
      [towns[0], '2026-08-20'],
      [towns[1], '2026-08-20'],
      [missed, '2026-07-20'],
    ] as const) {
      await inProblems(at('2026-07-06', 'office'), 'registerProblem', {
        body: {
          kind: 'hazard',
          text: '沿街商铺的疏散通道堆放货物，宽度不足。',
          source: 'specialCheck',
          foundOn: '2026-07-06',
          place: { address: '集镇东街' },
          grade: 'general',
          measures: '清理通道，落实专人每日巡查。',
          leadUnitId: unitIds.get(town) ?? null,
          personName: '值守人员',
          dueOn,
        },
      } as never);
    }
    await mornings('2026-07-01', '2026-08-01');
    for (const town of towns.slice(0, 3)) {
      const on = town === late ? '2026-08-04' : '2026-08-03';
      const { rows } = await inFilings(at(on, town), 'reportsToDo', {});
      const row = rows.find((one) => one.rhythmName === '集中整改进展月报');
      expect([row?.periodWords, row?.dueOn]).toEqual(['2026年7月', '2026-08-03']);
      const view = await inFilings(at(on, town), 'viewReport', { params: { id: row?.id ?? '' } });
      expect(view.now?.map((one) => one.word)).toEqual([
        '本期新增问题',
        '本期销号问题',
        '期末未销号问题',
        '期末逾期问题',
      ]);
      const values = Object.fromEntries(view.rhythm.fields.map((field) => [field.key, 2]));
      await inFilings(at(on, town), 'fileReport', {
        params: { id: row?.id ?? '' },
        body: {
          version: row?.version ?? 1,
          filled: { values, narrative: '召开专题会议，逐户检查，限期整改。', cases: [], practices: [] },
        },
      });
    }
    await mornings('2026-08-02', '2026-08-05');
    const noon = await inFilings(at('2026-08-05', 'office'), 'listReports', {
      query: { dueFrom: '2026-08-03', dueTo: '2026-08-03', hour: '13:00' },
    });
    const evening = await inFilings(at('2026-08-05', 'office'), 'listReports', {
      query: { dueFrom: '2026-08-03', dueTo: '2026-08-03' },
    });
    expect([evening.whole.required, evening.whole.onTime, evening.whole.late, evening.whole.missing]).toEqual([
      4, 2, 1, 1,
    ]);
    expect(noon.whole.missing).toBe(2);
    expect(evening.units.find((one) => one.missing > 0)?.name).toBe(missed);
    await mornings('2026-08-06', '2026-09-01');
    const text = await issued('集中整改情况通报（2026年8月）', '2026-09-01');
    expect(text).toContain('澜芷区安全生产委员会办公室文件');
    expect(text).toContain('澜安办评〔2026〕');
    expect(text).toContain('各镇（街道）排名情况');
    expect(text).toContain('各镇（街道）逾期时间最长的事项');
    expect(text).toContain('请排名靠后的镇（街道）在季度点评会上说明情况');
    expect(text).not.toContain('{{');
    expect(text).not.toMatch(/各单位排名|望澜/);
  });

  it('按本地的规则提示督办，由人决定，文书用本地的代字', async () => {
    const { rows } = await inPressures(at('2026-09-01', 'office'), 'listPressures', {
      query: { pageSize: 50 },
    } as never);
    const found = rows.find((row) => row.ruleName === '整改逾期' && row.unitName === towns[3]);
    expect([found?.kind, found?.suggestedOn]).toEqual(['urging', '2026-07-26']);
    if (!found) return;
    const params = { id: found.id };
    const seen = await inPressures(at('2026-09-01', 'office'), 'viewPressure', { params });
    const taken = await inPressures(at('2026-09-01', 'office'), 'takeUpPressure', {
      params,
      body: {
        version: found.version,
        kind: 'urging',
        addressee: towns[3],
        matter: found.matter,
        reason: '规则查到的情况属实。',
        demands: [...seen.demands],
      },
    });
    const decided = await inPressures(at('2026-09-01', 'leader'), 'decidePressure', {
      params,
      body: { version: taken.version, approve: true, opinion: '同意。' },
    });
    await inPressures(at('2026-09-01', 'office'), 'servePressure', {
      params,
      body: { version: decided.version, replyDueOn: '2026-09-08' },
    });
    const served = await inPressures(at('2026-09-01', towns[3]), 'viewPressure', { params });
    expect(served.pressure.documentNumber).toMatch(/^澜安办督〔2026〕\d+号$/);
  });

  it('典型案例季报必须带附件；季度点评材料自动备好', async () => {
    await mornings('2026-09-02', '2026-10-02');
    const rows = (
      await inFilings(at('2026-10-02', 'office'), 'listReports', {
        query: { dueFrom: '2026-09-14', dueTo: '2026-10-12' },
      })
    ).rows;
    expect([...new Set(rows.map((row) => `${row.rhythmName} ${row.periodWords} ${row.dueOn}`))].sort()).toEqual([
      '典型执法案例季报 2026年第3季度 2026-10-08',
      '季度点评自查材料 2026年第3季度 2026-10-08',
      '秋季值守情况报告 2026年9月12日至15日 2026-09-16',
    ]);
    const [department] = [...unitIds.keys()].filter((name) => name.endsWith('应急管理局'));
    const mine = rows.find(
      (row) => row.rhythmName === '典型执法案例季报' && row.unitId === unitIds.get(department ?? ''),
    );
    const params = { id: mine?.id ?? '' };
    const filled = {
      values: {},
      narrative: '',
      cases: [{ title: '某商铺占用疏散通道案', text: '检查发现占用疏散通道，责令改正后复查合格。' }],
      practices: [],
    };
    const now = at('2026-10-02', department ?? '');
    await expect(
      inFilings(now, 'fileReport', { params, body: { version: mine?.version ?? 1, filled } }),
    ).rejects.toThrow('请至少上传一份附件');
    const file = await inFiles(now, 'addFile', {
      query: { itemKind: 'periodicReport', itemId: params.id },
      upload: await upload('案例.txt', Buffer.from('行政处罚决定书（样例）')),
    } as never);
    const { version } = (await inFilings(now, 'viewReport', { params })).filing;
    await inFilings(now, 'fileReport', { params, body: { version, filled: { ...filled, fileIds: [file.id] } } });
    const view = await inFilings(at('2026-10-02', 'office'), 'viewReport', { params });
    expect(view.versions[0]?.filled.fileIds).toEqual([file.id]);
    expect(view.files.map((one) => one.name)).toEqual(['案例.txt']);
    const text = await issued('季度点评材料（2026年第3季度）', '2026-10-01');
    expect(text).toContain('各镇（街道）排名情况');
    expect(text).toContain(towns[3]);
  });

  it('自己的季度评比方案从文件导入、发布、算分，单位看得到自己的逐项算法', async () => {
    const read = await inAssessment(at('2026-07-01', 'office'), 'readSchemeFile', {
      upload: await uploadOf(
        house,
        '方案.json',
        await readFile(new URL('../../data/assessment/sample-quarterly.json', import.meta.url)),
      ),
    });
    expect(read.troubles).toEqual([]);
    const drafted = await inAssessment(at('2026-07-01', 'office'), 'draftScheme', { body: { body: read.body } });
    const scheme = await inAssessment(at('2026-07-02', 'office2'), 'publishScheme', {
      params: { id: drafted.id },
      body: { version: drafted.version },
    });
    const table = await inAssessment(at('2026-10-02', 'office'), 'schemeTable', {
      params: { id: scheme.id },
      query: {},
    });
    expect(table.rows.map((row) => row.name).sort()).toEqual([...towns].sort());
    expect(table.total).toBe(200);
    const sheet = await inAssessment(at('2026-10-02', towns[3]), 'unitSheet', {
      params: { id: scheme.id, unitId: unitIds.get(towns[3]) ?? '' },
      query: {},
    });
    expect(sheet.working.length).toBeGreaterThan(0);
  });

  it('改了的规定从更晚的一天起是新的一版，原来的到前一天为止，已布置的不重复布置', async () => {
    const out = (await inRules(at('2026-10-02', 'office'), 'exportRulebook', {})) as { body: Buffer };
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(out.body as never);
    const sheet = workbook.getWorksheet('报送制度');
    const header = ((sheet?.getRow(1).values ?? []) as string[]).map((one) => String(one ?? '').replace(/ \*$/, ''));
    const column = (name: string) => header.indexOf(name);
    sheet?.eachRow((row, at) => {
      if (at === 1 || row.getCell(column('名称')).value !== '集中整改进展月报') return;
      row.getCell(column('几点前')).value = '17:00';
      row.getCell(column('起始日期')).value = '2026-10-15';
    });
    const entered = await inRules(at('2026-10-02', 'office'), 'importRulebook', {
      upload: await upload('改.xlsx', Buffer.from(await workbook.xlsx.writeBuffer())),
    });
    expect(entered.troubles).toEqual([]);
    expect(entered.rows.filter((row) => row.outcome !== 'same').map((row) => [row.name, row.outcome])).toEqual([
      ['集中整改进展月报', 'changed'],
    ]);
    const { rows } = await inFilings(at('2026-10-02', 'office'), 'listRhythms', {});
    expect(
      rows.filter((row) => row.name === '集中整改进展月报').map((row) => [row.hour, row.fromOn, row.toOn]),
    ).toEqual([
      ['17:00', '2026-10-15', null],
      ['12:00', '2026-07-01', '2026-10-14'],
    ]);
    await mornings('2026-10-03', '2026-11-03');
    const october = await inFilings(at('2026-11-03', 'office'), 'listReports', {
      query: { dueFrom: '2026-11-01', dueTo: '2026-11-10' },
    });
    expect(october.rows.map((row) => row.dueAt.slice(11, 16))).toEqual(['09:00', '09:00', '09:00', '09:00']);
  });

  it('全部记录经得起核对', async () => {
    expect((await verify(house.db, house.items, house.files)).findings).toEqual([]);
  });

  it('程序里没有这个地区，也没有演示地区的名字', async () => {
    const { execFileSync } = await import('node:child_process');
    const root = new URL('../..', import.meta.url);
    const listed = execFileSync('git', ['ls-files', 'src'], { cwd: root, encoding: 'utf8' });
    const named: string[] = [];
    for (const path of listed.split('\n').filter((one) => /\.tsx?$/.test(one) && !/\.test\.tsx?$|\/demo\//.test(one))) {
      const text = await readFile(new URL(path, root), 'utf8').catch(() => '');
      if (/澜芷|汀芷|泊柳|霁桥|萤川|望澜/.test(text)) named.push(path);
    }
    expect(named).toEqual([]);
  });
});

/** Sends the draft of that title on, has it approved and issued; gives the words of the document. */
async function issued(title: string, on: string): Promise<string> {
  const { rows } = await inBulletins(at(on, 'office', 10 * 60), 'listBulletins', { query: {} } as never);
  const draft = rows.find((row) => row.title === title);
  expect(rows.map((row) => row.title)).toContain(title);
  const params = { id: draft?.id ?? '' };
  const sent = await inBulletins(at(on, 'office', 10 * 60), 'submitBulletin', {
    params,
    body: { version: draft?.version ?? 1 },
  });
  const agreed = await inBulletins(at(on, 'leader', 10 * 60 + 20), 'approveBulletin', {
    params,
    body: { version: sent.version, opinion: '同意印发。' },
  });
  await inBulletins(at(on, 'office', 10 * 60 + 40), 'issueBulletin', { params, body: { version: agreed.version } });
  const view = await inBulletins(at(on, 'office', 11 * 60), 'viewBulletin', { params });
  const [document] = view.documents;
  const file = (await inFiles(at(on, 'office', 11 * 60), 'openFile', {
    params: { id: document?.fileId ?? '' },
  } as never)) as { body: AsyncIterable<Buffer> };
  const pieces: Buffer[] = [];
  for await (const piece of file.body) pieces.push(piece);
  return (await readDocument(new Uint8Array(Buffer.concat(pieces)), '通报.docx')).text;
}
