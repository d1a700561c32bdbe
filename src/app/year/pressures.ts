import type { Actor } from '../../kernel/actor.ts';
import { addDays, type Day } from '../../kernel/day.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { pressuresApi } from '../../modules/supervision/api-pressures.ts';
import { supervisionRoutes } from '../../modules/supervision/server/routes.ts';
import { tasksApi } from '../../modules/tasks/api.ts';
import { tasksRoutes } from '../../modules/tasks/server/routes.ts';
import { play } from '../demo/player.ts';
import { at, type Stage } from './stage.ts';

export const inPressures = play(pressuresApi, supervisionRoutes);
const inTasks = play(tasksApi, tasksRoutes);

type Row = Awaited<ReturnType<typeof inPressures<'listPressures'>>>['rows'][number];

const serialOf = (row: Pick<Row, 'number'>): number => Number(row.number.split('-').at(-1));

/** Who answers for the unit; nobody where the district gave it no account. */
const answererOf = (stage: Stage, unitId: string): Actor | undefined => stage.people.with(unitId, 'clerk')[0];

/**
 * A day of the office with its measures: what the rules proposed is put aside or taken up, agreed to or not, served; units
 * sign and answer or do not, are reminded; whoever is interviewed comes, promises, and the promises are tasks to their end.
 */
export async function workOnPressures(stage: Stage, on: Day): Promise<void> {
  const { rows } = await inPressures(at(stage, on, 9 * 60 + 30, stage.officer), 'listPressures', {
    query: { only: 'open', pageSize: 200 },
  });
  if (on === addDays(stage.first, 3)) await callIn(stage, on);
  for (const row of rows) {
    // nobody decides about his own unit: those wait
    if (row.unitId === stage.officer.unitId || row.unitId === stage.leader.unitId) continue;
    if (row.state === 'suggested') await decideProposal(stage, on, row);
    else if (row.state === 'approved') await serve(stage, on, row);
    else if (row.state === 'served') await sign(stage, on, row);
    else if (row.state === 'received') await answer(stage, on, row);
    else if (row.state === 'replied') await settle(stage, on, row);
    else if (row.state === 'tracking') await follow(stage, on, row);
  }
}

/** What no rule proposed: the office calls in a unit that it has been to see, so that a short stretch has its interview too. */
async function callIn(stage: Stage, on: Day): Promise<void> {
  const { officer, leader } = stage;
  const unit = stage.clerks.find((one) => one.unitId !== null && one.unitId !== officer.unitId);
  const made = await inPressures(at(stage, on, 9 * 60, officer), 'proposePressure', {
    body: {
      kind: 'interview',
      unitId: unit?.unitId ?? '',
      addressee: unit?.unitName ?? '',
      matter: '重点场所消防通道屡改屡犯',
      reason: '多次督促没有明显改进。',
      demands: ['主要负责人到场，说明情况和原因。', '提交书面整改措施，作出整改承诺。'],
    },
  });
  await inPressures(at(stage, on, 9 * 60 + 20, leader), 'decidePressure', {
    params: { id: made.id },
    body: { version: made.version, approve: true, opinion: '同意约谈。' },
  });
}

async function decideProposal(stage: Stage, on: Day, row: Row): Promise<void> {
  const params = { id: row.id };
  const serial = serialOf(row);
  const { officer, leader } = stage;
  if (serial % 4 === 3) {
    const body = { version: row.version, reason: '已当面督促，责任单位正在办理。' };
    await inPressures(at(stage, on, 10 * 60, officer), 'dismissPressure', { params, body });
    return;
  }
  const { demands } = await inPressures(at(stage, on, 10 * 60, officer), 'viewPressure', { params });
  const taken = await inPressures(at(stage, on, 10 * 60 + 10, officer), 'takeUpPressure', {
    params,
    body: {
      version: row.version,
      kind: row.kind,
      addressee: row.unitName,
      matter: row.matter,
      reason: '规则查到的情况属实。',
      demands: [...demands],
    },
  });
  const approve = serial % 10 !== 8;
  await inPressures(at(stage, on, 11 * 60, leader), 'decidePressure', {
    params,
    body: { version: taken.version, approve, opinion: approve ? '同意。' : '暂不采取，先由分管领域上门了解。' },
  });
}

async function serve(stage: Stage, on: Day, row: Row): Promise<void> {
  await inPressures(at(stage, on, 14 * 60, stage.colleague), 'servePressure', {
    params: { id: row.id },
    body: {
      version: row.version,
      replyDueOn: addDays(on, 7),
      meetOn: addDays(on, 3),
      meetAt: '上午9时30分',
      meetPlace: '安委办会议室',
      meetHost: stage.leader.name,
      medium: '区融媒体中心《安全在线》',
      publishedOn: on,
    },
  });
}

/** Three of four units sign on the next day; the others leave it lying until they are interviewed. */
async function sign(stage: Stage, on: Day, row: Row): Promise<void> {
  const clerk = answererOf(stage, row.unitId);
  if (row.kind === 'interview' && row.replyDueOn !== null && on >= row.replyDueOn) return meet(stage, on, row);
  if (!clerk || serialOf(row) % 4 === 2) return remind(stage, on, row);
  await inPressures(at(stage, on, 15 * 60, clerk), 'receivePressure', {
    params: { id: row.id },
    body: { version: row.version },
  });
}

/** Once, on the third day after the reply was due. */
async function remind(stage: Stage, on: Day, row: Row): Promise<void> {
  if (row.kind === 'interview' || row.replyDueOn === null || addDays(row.replyDueOn as Day, 3) !== on) return;
  await inPressures(at(stage, on, 16 * 60, stage.officer), 'urgePressure', {
    params: { id: row.id },
    body: { version: row.version },
  });
}

const promises = (on: Day) => [
  { text: '对所列事项逐项制定措施，明确责任人，限期整改到位', dueOn: addDays(on, 12) },
  { text: '对同类问题开展一次全面自查', dueOn: addDays(on, 15) },
];

async function answer(stage: Stage, on: Day, row: Row): Promise<void> {
  if (row.kind === 'interview') {
    if (row.replyDueOn !== null && on >= row.replyDueOn) await meet(stage, on, row);
    return;
  }
  const clerk = answererOf(stage, row.unitId);
  // a circular asks for no answer: it is settled when nothing more is said
  if (row.kind === 'circular' || row.kind === 'exposure') return lift(stage, on, row);
  if (!clerk || serialOf(row) % 5 === 4) return remind(stage, on, row);
  if (row.servedOn === null || on < addDays(row.servedOn as Day, 4)) return;
  await inPressures(at(stage, on, 15 * 60 + 20, clerk), 'replyPressure', {
    params: { id: row.id },
    body: {
      version: row.version,
      text: '收到后立即召开会议研究，已明确责任人，所列事项正在逐项整改。',
      promised: promises(on).slice(0, 1),
    },
  });
}

async function meet(stage: Stage, on: Day, row: Row): Promise<void> {
  const clerk = answererOf(stage, row.unitId);
  const { leader } = stage;
  await inPressures(at(stage, on, 11 * 60 + 30, stage.colleague), 'attendPressure', {
    params: { id: row.id },
    body: {
      version: row.version,
      heldOn: on,
      attendees: [
        { name: leader.name, post: '分管领导', unitName: leader.unitName ?? '', as: 'host' },
        { name: clerk?.name ?? '负责人', post: '负责人', unitName: row.unitName, as: 'called' },
      ],
      text: '通报了规则查到的情况和所列事项。\n被约谈单位说明了原因，作出整改承诺。',
      promised: promises(on),
    },
  });
}

/** Promises of an interview and of every second reply become tasks; other replies settle the measure. */
async function settle(stage: Stage, on: Day, row: Row): Promise<void> {
  if (row.kind !== 'interview' && serialOf(row) % 2 === 0) return lift(stage, on, row);
  await inPressures(at(stage, on, 16 * 60, stage.officer), 'commitPressure', {
    params: { id: row.id },
    body: { version: row.version, commitments: promises(on) },
  });
}

async function lift(stage: Stage, on: Day, row: Row): Promise<void> {
  await inPressures(at(stage, on, 16 * 60 + 30, stage.officer), 'liftPressure', {
    params: { id: row.id },
    body: { version: row.version, opinion: '经核查，已按要求整改，予以解除。' },
  }).catch((refused) => {
    // what the rules of the day forbid stays where it is
    if (!(refused instanceof Refusal)) throw refused;
  });
}

/** The unit signs for its promises, works on them and submits; the office checks; with the last one the measure ends. */
async function follow(stage: Stage, on: Day, row: Row): Promise<void> {
  const clerk = answererOf(stage, row.unitId);
  if (!clerk) return;
  const { commitments } = await inPressures(at(stage, on, 8 * 60, stage.officer), 'viewPressure', {
    params: { id: row.id },
  });
  let open = 0;
  for (const [index, { taskId }] of commitments.entries()) {
    const { task } = await inTasks(at(stage, on, 8 * 60 + 10, stage.officer), 'viewTask', { params: { id: taskId } });
    const params = { id: taskId };
    const seen = { version: task.version };
    const mine = at(stage, on, 15 * 60 + 30 + index, clerk);
    if (task.state === 'closed') continue;
    open += 1;
    if (task.state === 'toReceive') await inTasks(mine, 'receiveTask', { params, body: seen });
    // every third promise is kept only after its day
    else if (task.state === 'underway' && (serialOf(row) % 3 > 0 || (task.dueOn !== null && on > task.dueOn))) {
      const text = '已经全部落实，附会议记录。';
      const done = await inTasks(mine, 'reportTask', { params, body: { text, percent: 100, fileIds: [] } });
      await inTasks(mine, 'submitTask', { params, body: { version: done.version, text, fileIds: [] } });
    } else if (task.state === 'submitted')
      await inTasks(at(stage, on, 10 * 60 + 30 + index, stage.officer), 'passTask', {
        params,
        body: { ...seen, opinion: '材料齐全，同意办结。' },
      });
  }
  if (open === 0) await lift(stage, on, row);
}
