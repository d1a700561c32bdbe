import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../kernel/actor.ts';
import { Refusal } from '../../../kernel/refusal.ts';
import type { House, Reading } from '../../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../../platform/db/testing.ts';
import { reading } from '../../../platform/perform.ts';
import { testAct, testActor, testHouse } from '../../../platform/testing.ts';
import { taskItems } from '../../tasks/server/door.ts';
import { proposedLead } from '../completeness.ts';
import type { Operation } from '../operation.ts';
import { adoptPlan } from './adopt-plan.ts';
import { dateEvent } from './date-event.ts';
import { keepForReference, withdrawPlan } from './end-plan.ts';
import { exportReview } from './export-review.ts';
import { askFilings, fileSubPlan, judgeFiling } from './file-sub-plan.ts';
import { importPlan, readingsFinished } from './import-plan.ts';
import { hangPlan, mapLine, readMapping } from './map-lines.ts';
import { planItems } from './records.ts';
import { changesSince, reviewPlan, undoReview } from './review-plan.ts';
import { listPlans, planById } from './store.ts';
import { listFilings } from './store-filings.ts';
import { listEvents, stagesOfPlan } from './store-schedule.ts';
import { taskSource } from './task-source.ts';

const J = '990102';
const unit = {
  office: randomUUID(),
  fire: randomUUID(),
  housing: randomUUID(),
  east: randomUUID(),
  west: randomUUID(),
};
const text = `云溪区安全生产委员会办公室文件

云安办〔2026〕3号

关于印发《云溪区2026年安全生产工作要点》的通知

各镇人民政府，区各有关部门：

现将《云溪区2026年安全生产工作要点》印发给你们，请认真贯彻落实。

云溪区安全生产委员会办公室

2026年3月2日

云溪区2026年安全生产工作要点

一、压实责任

（一）开展消防通道整治。全面排查高层住宅消防通道，6月底前完成整改。（责任单位：区消防大队、各镇）

（二）健全会商机制。每季度召开一次联席会议，研判风险。（责任单位：区消防大对、区住建局）

二、严格执法

（三）整治违法建设。依法查处违法建设行为，区党代会召开前完成。（责任单位：区住建局）
`;

let database: TestDatabase;
let house: House;
const officer = testActor({ roles: ['officer'], unitId: unit.office, unitName: '区安委办', name: '周主任' });
const second = testActor({ roles: ['officer'], unitId: unit.office, unitName: '区安委办', name: '吴科员' });
const clerk = testActor({ roles: ['clerk'], unitId: unit.east, unitName: '东镇', name: '东镇经办' });
const stranger = testActor({ roles: ['clerk'], unitId: unit.west, unitName: '西镇', name: '西镇经办' });

const upload = async (words: string | Buffer, name: string, fields: Record<string, string> = {}) => ({
  name,
  fields,
  ...(await house.files.put(Readable.from([Buffer.from(words)]), 10_000_000)),
});
const importText = async (words: string | Buffer, name: string, fields: Record<string, string> = {}) => {
  const file = await upload(words, name, fields);
  const made = await testAct(house, officer, (act) => importPlan(act, file));
  await readingsFinished();
  return made;
};
const look = (actor: Actor = officer): Reading => reading(house, actor);
const reviewOf = async (id: string, since = 0) =>
  changesSince(look(), await planById(database.db, look().scope, id), since);
const step = async (id: string, version: number, operations: readonly Operation[], by = officer) =>
  testAct(house, by, (act) => reviewPlan(act, id, { version, operations }));
const refusal = async (work: Promise<unknown>): Promise<Refusal> => {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Refusal);
  return thrown as Refusal;
};

beforeAll(async () => {
  database = await freshDatabase();
  house = await testHouse(database.db, { today: '2026-03-10', items: { ...planItems, ...taskItems } });
  await sql`insert into jurisdiction (code, name, level) values (${J}, '云溪区', 'district')`.execute(database.db);
  const rows = [
    [unit.office, '区安委办', 'committeeOffice'],
    [unit.fire, '区消防大队', 'department'],
    [unit.housing, '区住建局', 'department'],
    [unit.east, '东镇', 'town'],
    [unit.west, '西镇', 'town'],
  ] as const;
  for (const [id, name, kind] of rows) {
    await sql`insert into unit (jurisdiction, id, name, name_key, kind, area_code, pinyin, initials)
      values (${J}, ${id}, ${name}, ${name}, ${kind}, ${J}, '', '')`.execute(database.db);
  }
  const group = randomUUID();
  await sql`insert into unit_group (jurisdiction, id, name, name_key, kind, rule, pinyin, initials)
    values (${J}, ${group}, '各镇', '各镇', 'rule', ${JSON.stringify({ kinds: ['town'] })}::jsonb, '', '')`.execute(
    database.db,
  );
});
afterAll(() => database.drop());

describe('方案从导入到下达', () => {
  let id = '';

  it('导入后读出任务，同一个文件再次导入时指向已有的方案', async () => {
    id = (await importText(text, '工作要点.txt')).id;
    const plan = await planById(database.db, look().scope, id);
    expect([plan.state, plan.readingError, plan.lines]).toEqual(['reviewing', null, 3]);
    expect(plan.documentNumber).toBe('云安办〔2026〕3号');
    expect(await importText(text, '另一个名字.txt')).toMatchObject({ id, known: true });
    expect((await importText(text, '再来一份.txt', { again: 'true' })).id).not.toBe(id);
  });

  it('对不上的单位和未明确的牵头单位妨碍下达，逐条说明', async () => {
    const { version, drafts } = await reviewOf(id);
    const thrown = await refusal(testAct(house, officer, (act) => adoptPlan(act, id, { version, withDoubts: true })));
    expect(thrown.kind).toBe('not-valid');
    const says = thrown.places.map((place) => place.says).join('');
    expect(says).toContain('区消防大对');
    expect(says).toContain('未明确牵头单位');
    expect(drafts).toHaveLength(3);
  });

  it('两人同时改一条，后到的被告知，先到的保留', async () => {
    const { version, drafts } = await reviewOf(id);
    const [draft, other] = drafts;
    if (!draft || !other) throw new Error('no drafts');
    await step(id, version, [{ do: 'edit', draft: draft.id, title: '开展消防通道专项整治' }], second);
    const thrown = await refusal(step(id, version, [{ do: 'edit', draft: draft.id, title: '别的名称' }]));
    expect(thrown.kind).toBe('not-now');
    const later = await step(id, version, [{ do: 'edit', draft: other.id, title: '健全季度会商机制' }]);
    expect(later.drafts.map((each) => each.title)).toContain('开展消防通道专项整治');
  });

  it('拆分后可以撤销，撤销须本人，原始识读结果不变', async () => {
    const before = await reviewOf(id);
    const draft = before.drafts[0];
    if (!draft) throw new Error('no draft');
    const at = text.indexOf('6月底前完成整改');
    const split = await step(id, before.version, [{ do: 'split', draft: draft.id, at }]);
    expect(split.drafts).toHaveLength(2);
    const seq = split.lastStep?.seq ?? 0;
    expect((await refusal(testAct(house, second, (act) => undoReview(act, id, seq, split.version)))).kind).toBe(
      'not-allowed',
    );
    await testAct(house, officer, (act) => undoReview(act, id, seq, split.version));
    const after = await reviewOf(id);
    expect(after.drafts.filter((each) => each.discarded === null).map((each) => each.text)).toEqual(
      before.drafts.map((each) => each.text),
    );
    const kept = await sql<{
      n: number;
    }>`select jsonb_array_length(extraction->'tasks') as n from plan_document where plan_id = ${id}`.execute(
      database.db,
    );
    expect(kept.rows[0]?.n).toBe(3);
  });

  it('单位写法对应一次并记住，其他方案自动认得', async () => {
    const { version } = await reviewOf(id);
    const target = { kind: 'unit', id: unit.fire, name: '区消防大队' } as const;
    const { known } = await step(id, version, [
      { do: 'settleMention', text: '区消防大对', draft: null, target, remember: true },
    ]);
    expect(known.区消防大对).toMatchObject({ kind: 'unit', unitId: unit.fire });
    expect(known.各镇).toMatchObject({ kind: 'group', unitIds: expect.arrayContaining([unit.east, unit.west]) });
  });

  it('处理完必须处理的事项后，带疑问下达：编号、阶段、任务一次成功', async () => {
    const { version, drafts, sheet, known } = await reviewOf(id);
    const kept = drafts.filter((draft) => draft.discarded === null);
    const leads = kept.map((draft) => ({ draft: draft.id, unit: proposedLead(draft, sheet, known) ?? '' }));
    const last = kept[2];
    if (!last) throw new Error('no draft');
    const key = sheet.events[0]?.key ?? 'e1';
    const operations: Operation[] = [
      { do: 'confirmLeads', leads },
      ...(sheet.events.length === 0
        ? [{ do: 'setEvents', events: [{ key, name: '区党代会', date: null }] } as const]
        : []),
      {
        do: 'setDeadlines',
        drafts: [last.id],
        deadlines: [{ text: '区党代会召开前', kind: 'event', date: null, event: key, source: null }],
      },
      {
        do: 'setStages',
        stages: [
          {
            key: 's1',
            name: '攻坚阶段',
            text: '',
            from: '2026-03-01',
            to: '2026-08-31',
            fromEvent: null,
            toEvent: null,
            source: null,
          },
        ],
      },
      { do: 'setStage', drafts: [kept[0]?.id ?? ''], stage: 's1' },
    ];
    const next = await step(id, version, operations);
    expect(
      (
        await refusal(
          testAct(house, officer, (act) => adoptPlan(act, id, { version: next.version, withDoubts: false })),
        )
      ).kind,
    ).toBe('not-valid');
    const adopted = await testAct(house, officer, (act) =>
      adoptPlan(act, id, { version: next.version, withDoubts: true }),
    );
    expect(adopted).toMatchObject({ number: '方-2026-0001', tasks: 3 });
    expect((await stagesOfPlan(database.db, J, id)).map((stage) => stage.name)).toEqual(['攻坚阶段']);
    const tasks = await sql<{ title: string; due: string | null; units: number }>`
      select title, due_on as due, (select count(*)::int from task_unit u where u.task_id = t.id) as units
      from task t where plan_id = ${id} order by serial`.execute(database.db);
    expect(tasks.rows[0]).toEqual({ title: '开展消防通道专项整治', due: '2026-06-30', units: 3 });
    const again = await refusal(
      testAct(house, officer, (act) => adoptPlan(act, id, { version: next.version, withDoubts: true })),
    );
    expect(again.kind).toBe('not-now');
  });

  it('事件定了日期，所系任务的时限随之调整并留痕', async () => {
    const [event] = await listEvents(database.db, look().scope);
    if (!event) throw new Error('no event');
    const moved = await testAct(house, officer, (act) =>
      dateEvent(act, event.id, { version: event.version, date: '2026-09-20' }),
    );
    expect(moved.moved).toBe(1);
    const due = await sql<{
      n: number;
    }>`select count(*)::int as n from task where plan_id = ${id} and due_on = '2026-09-20'`.execute(database.db);
    expect(due.rows[0]?.n).toBe(1);
    expect(
      (
        await refusal(
          testAct(house, officer, (act) => dateEvent(act, event.id, { version: event.version, date: '2026-09-21' })),
        )
      ).kind,
    ).toBe('not-now');
  });

  it('任务能看到它在方案里的原文；无关单位看不到方案和出处', async () => {
    const task = await sql<{ id: string }>`select id from task where plan_id = ${id} order by serial limit 1`.execute(
      database.db,
    );
    const taskId = task.rows[0]?.id ?? '';
    expect((await taskSource(look(clerk), taskId)).source?.sentence).toContain('全面排查高层住宅消防通道');
    const housing = testActor({ roles: ['clerk'], unitId: unit.housing, name: '住建经办' });
    expect((await taskSource(look(housing), taskId)).source).toBeNull();
    expect((await listPlans(database.db, look(clerk).scope, { page: 1, pageSize: 10 })).total).toBe(1);
    const nobody = testActor({ roles: ['clerk'], unitId: randomUUID(), name: '外人' });
    expect((await listPlans(database.db, look(nobody).scope, { page: 1, pageSize: 10 })).total).toBe(0);
  });

  it('子方案：应报、已报、退改、通过；他单位不能代报，逾期按进入系统的日期', async () => {
    const asked = await testAct(house, officer, (act) =>
      askFilings(act, id, {
        title: '本镇实施方案',
        dueOn: '2026-03-20',
        unitIds: [unit.east, unit.west],
        groupIds: [],
      }),
    );
    expect(asked).toEqual({ asked: 2, already: 0 });
    const list = await listFilings(database.db, look(clerk).scope, { page: 1, pageSize: 10 }, '2026-03-25');
    expect(list.total).toBe(1);
    const filing = list.rows[0];
    if (!filing) throw new Error('no filing');
    const file = await upload('东镇实施方案正文', '东镇方案.txt');
    expect((await refusal(testAct(house, stranger, (act) => fileSubPlan(act, filing.id, file)))).kind).toBe(
      'not-found',
    );
    const filed = await testAct(house, clerk, (act) => fileSubPlan(act, filing.id, file));
    expect(
      (
        await refusal(
          testAct(house, officer, (act) => judgeFiling(act, filing.id, { version: filed.version, verdict: 'return' })),
        )
      ).kind,
    ).toBe('not-valid');
    const back = await testAct(house, officer, (act) =>
      judgeFiling(act, filing.id, { version: filed.version, verdict: 'return', reason: '缺少责任人' }),
    );
    const better = await testAct(house, clerk, (act) => fileSubPlan(act, filing.id, file));
    expect(better.version).toBe(back.version + 1);
    await testAct(house, officer, (act) => judgeFiling(act, filing.id, { version: better.version, verdict: 'accept' }));
    const late = await listFilings(database.db, look().scope, { late: true, page: 1, pageSize: 10 }, '2026-03-25');
    expect(late.rows.map((row) => row.unitId)).toEqual([unit.west]);
  });

  it('上级方案留作对照，按字面提示对接，未对接的单列', async () => {
    const higherText = text.replaceAll('云溪区', '江北市').replaceAll('云安办', '江安办');
    const higher = (await importText(higherText, '市要点.txt')).id;
    await testAct(house, officer, (act) => keepForReference(act, higher));
    const plan = await planById(database.db, look().scope, id);
    await testAct(house, officer, (act) => hangPlan(act, id, { version: plan.version, parentPlanId: higher }));
    const open = await readMapping(look(), id, { page: 1, pageSize: 50 });
    expect([open.lines, open.unmapped]).toEqual([3, 3]);
    const [line] = open.rows;
    const [best] = line?.suggestions ?? [];
    if (!line || !best) throw new Error('no suggestion');
    expect(open.local.find((each) => each.id === best.id)?.number).toBe(line.number);
    await testAct(house, officer, (act) => mapLine(act, id, line.id, { drafts: [best.id] }));
    await testAct(house, officer, (act) =>
      mapLine(act, id, open.rows[1]?.id ?? '', { drafts: [], notOursBecause: '由市级办理' }),
    );
    expect(await readMapping(look(), id, { page: 1, pageSize: 50, show: 'unmapped' })).toMatchObject({
      unmapped: 1,
      mapped: 1,
      notOurs: 1,
      total: 1,
    });
    const circle = await planById(database.db, look().scope, higher);
    expect(
      (
        await refusal(
          testAct(house, officer, (act) => hangPlan(act, higher, { version: circle.version, parentPlanId: id })),
        )
      ).kind,
    ).toBe('not-now');
  });

  it('导出任务分解表；撤回要写原因', async () => {
    expect((await exportReview(look(), id)).body).toBeInstanceOf(Buffer);
    const plan = await planById(database.db, look().scope, id);
    expect(
      (await refusal(testAct(house, officer, (act) => withdrawPlan(act, id, { version: plan.version, reason: ' ' }))))
        .kind,
    ).toBe('not-valid');
    await testAct(house, officer, (act) => withdrawPlan(act, id, { version: plan.version, reason: '文件作废' }));
  });
});

describe('读不了的文件', () => {
  it('没有任务的文件照样导入并说明', async () => {
    const { id } = await importText('会议签到表\n\n姓名 单位\n', '签到.txt');
    expect(await planById(database.db, look().scope, id)).toMatchObject({ state: 'reviewing', lines: 0 });
    const { version } = await reviewOf(id);
    expect(
      (await refusal(testAct(house, officer, (act) => adoptPlan(act, id, { version, withDoubts: true })))).says,
    ).toContain('没有一条保留的任务');
  });

  it('坏文件说明原因，可以重新识读；空文件当场拒绝', async () => {
    const { id } = await importText(Buffer.from('504b0304deadbeef', 'hex'), '坏.docx');
    const plan = await planById(database.db, look().scope, id);
    expect(plan.state).toBe('unreadable');
    expect(plan.readingError).toMatch(/[一-龥]/);
    const empty = await upload('', '空.docx');
    expect((await refusal(testAct(house, officer, (act) => importPlan(act, empty)))).kind).toBe('not-valid');
  });
});
