import { hasRole } from '../../../kernel/actor.ts';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { type Day, daysBetween } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import { ownFiles, who } from '../../../platform/case.ts';
import { issueDocument, issuedOf, letterheadOf } from '../../letters/server/door.ts';
import { createTasks } from '../../tasks/server/door.ts';
import type { requestsApi } from '../api-requests.ts';
import { meetingForms } from '../documents.ts';
import { judgeRequest, type Request, type RequestGiven } from '../request.ts';
import { requestLifecycle } from '../request-lifecycle.ts';
import { type Done, recordOf, type Seen } from './cases.ts';
import { dayIn, dayOrNull, led, namesOf, paragraphs } from './from-form.ts';
import { type KeptRequest, requests } from './kinds.ts';
import { taskFrom } from './minutes.ts';
import { offersOf, tasksOf } from './views.ts';

interface Matter {
  readonly title: string;
  readonly situation: string;
  readonly proposal: string;
  readonly answerBy?: string | null;
  readonly fileIds?: readonly string[];
}

const strange = '有的附件不是上传到这份请示的，请重新上传。';
const sound = (input: Matter) => ({
  title: input.title.trim(),
  situation: input.situation.trim(),
  proposal: input.proposal.trim(),
  answerBy: dayOrNull(input.answerBy, 'body.answerBy'),
});

/** The paper that goes up; the number is the office's. */
async function paper(
  act: Act,
  id: string,
  number: string,
  body: Pick<Request, 'title' | 'situation' | 'proposal' | 'unitName'>,
) {
  const head = await letterheadOf(act.db, act.actor.jurisdiction);
  return issueDocument(act, head, { kind: requests.kind, id, title: body.title }, meetingForms.request, {
    事项: body.title,
    请示编号: number,
    抄送单位: null,
    联系人: act.actor.name,
    请示单位: body.unitName || head.issuer,
    主送机关: head.issuer.replace(/办公室$/, ''),
    情况: paragraphs(body.situation.split('\n')),
    建议: paragraphs(body.proposal.split('\n')),
  });
}

/** 请示: an important matter is asked upward before anything is said or done about it. */
export async function askRequest(act: Act, input: Matter): Promise<Done> {
  const { actor } = act;
  const matter = sound(input);
  if (matter.title.length < 2 || matter.situation.length < 2 || matter.proposal.length < 2)
    throw notValid(requestLifecycle.needs.matter);
  if (matter.answerBy !== null && matter.answerBy < act.day)
    throw notValid('希望答复的日期应不早于今天。', [{ where: 'body.answerBy', says: '早于今天' }]);
  const body: Request = {
    ...matter,
    unitId: actor.unitId,
    unitName: actor.unitName ?? '',
    askedBy: actor.accountId,
    askedByName: actor.name,
    askedByPerson: actor.personId,
    paperNumber: null,
    instruction: null,
    instructedBy: null,
    instructedPost: null,
    instructedOn: null,
    recordedByName: null,
    taskIds: [],
    outcome: null,
    outcomeOn: null,
    fileIds: [],
  };
  const made = await requests.make(
    act,
    { state: 'asked', on: act.day, units: [actor.unitId], body },
    { kind: 'instructionRequest.asked', says: (number) => `${who(act)}提出请示（${number}）：${matter.title}` },
  );
  const issued = await paper(act, made.id, made.number, body);
  return requests.save(
    act,
    made,
    { body: { paperNumber: issued.number } },
    { kind: 'instructionRequest.printed', says: `印制请示${issued.number}`, data: { document: issued.number } },
  );
}

const decide = (act: Act, one: KeptRequest, action: Parameters<typeof judgeRequest>[2], given: RequestGiven) =>
  led(judgeRequest(one, act.actor, action, act.day, given));

export async function supplementRequest(act: Act, input: Seen & Matter): Promise<Done> {
  const one = await requests.load(act, input);
  const matter = sound(input);
  const state = decide(act, one, 'supplementRequest', matter);
  const fileIds = await ownFiles(act, { kind: requests.kind, id: one.id }, input.fileIds ?? [], strange);
  const issued = await paper(act, one.id, one.number, { ...one.body, ...matter });
  return requests.save(
    act,
    one,
    { state, body: { ...matter, paperNumber: issued.number, fileIds: [...one.body.fileIds, ...fileIds] } },
    { kind: 'instructionRequest.supplemented', says: `${who(act)}补充请示，重新印制${issued.number}` },
  );
}

export async function returnRequest(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const one = await requests.load(act, input);
  const state = decide(act, one, 'returnRequest', input);
  return requests.save(
    act,
    one,
    { state },
    { kind: 'instructionRequest.returned', says: `${who(act)}退回请示：${input.reason.trim()}` },
  );
}

/**
 * 登记批示: by the leader himself, or an officer records which leader gave it, when and in which words. Where somebody is told
 * to do something, it becomes a task.
 */
export async function recordInstruction(
  act: Act,
  input: Seen & {
    readonly instruction: string;
    readonly by?: { readonly name: string; readonly post: string; readonly on: string } | null;
    readonly work: {
      readonly leadUnitId: string | null;
      readonly coUnitIds: readonly string[];
      readonly text: string;
      readonly dueOn: string | null;
    } | null;
  },
): Promise<Done> {
  const one = await requests.load(act, input);
  const himself = hasRole(act.actor, 'leader');
  const by = himself
    ? { name: act.actor.name, post: input.by?.post.trim() || '分管领导', on: act.day as string }
    : input.by
      ? { ...input.by, on: dayIn(input.by.on, 'body.by.on') }
      : undefined;
  const instruction = input.instruction.trim();
  const work = input.work === null ? null : { ...input.work, dueOn: dayOrNull(input.work.dueOn, 'body.work.dueOn') };
  const state = decide(act, one, 'recordInstruction', { instruction, work, ...(by ? { by } : {}) });
  await namesOf(act, work ? [work.leadUnitId, ...work.coUnitIds] : [], 'body.work');
  const matter = {
    kind: requests.kind,
    id: one.id,
    word: '请示批示',
    number: one.number,
    title: one.body.title,
    page: `/requests/${one.id}`,
  };
  const made =
    work && work.leadUnitId !== null && work.dueOn !== null
      ? await createTasks(act, [
          taskFrom(matter, { ...work, text: work.text.trim(), leadUnitId: work.leadUnitId, dueOn: work.dueOn }),
        ])
      : [];
  return requests.save(
    act,
    one,
    {
      state,
      units: [...one.units, ...(work ? [work.leadUnitId, ...work.coUnitIds] : [])],
      body: {
        instruction,
        instructedBy: by?.name.trim() ?? null,
        instructedPost: by?.post.trim() ?? null,
        instructedOn: by?.on ?? null,
        recordedByName: act.actor.name,
        taskIds: made.map((task) => task.id),
      },
    },
    {
      kind: 'instructionRequest.instructed',
      says: `${by?.post ?? ''}${by?.name ?? ''}于${by?.on ?? ''}批示：${instruction}${himself ? '' : `（${who(act)}登记）`}${made.length > 0 ? `；交办任务${made.map((task) => task.number).join('、')}` : ''}`,
      data: { tasks: made.map((task) => task.number) },
    },
  );
}

export async function reportOutcome(
  act: Act,
  input: Seen & { readonly outcome: string; readonly fileIds?: readonly string[] },
): Promise<Done> {
  const one = await requests.load(act, input);
  const openTasks = await openOf(act, one);
  const outcome = input.outcome.trim();
  const state = decide(act, one, 'reportOutcome', { outcome, openTasks });
  const fileIds = await ownFiles(act, { kind: requests.kind, id: one.id }, input.fileIds ?? [], strange);
  return requests.save(
    act,
    one,
    { state, body: { outcome, outcomeOn: act.day, fileIds: [...one.body.fileIds, ...fileIds] } },
    { kind: 'instructionRequest.carriedOut', says: `${who(act)}报告落实情况：${outcome}`, data: { fileIds } },
  );
}
const openOf = async (act: Act, one: KeptRequest): Promise<number> =>
  [...(await tasksOf(act, one.body.taskIds)).values()].filter(
    (task) => task.state !== 'closed' && task.state !== 'withdrawn',
  ).length;

export async function withdrawRequest(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const one = await requests.load(act, input);
  const state = decide(act, one, 'withdrawRequest', input);
  return requests.save(
    act,
    one,
    { state },
    { kind: 'instructionRequest.withdrawn', says: `${who(act)}撤回请示：${input.reason.trim()}` },
  );
}

const lineOf = (one: KeptRequest, today: Day) => ({
  id: one.id,
  number: one.number,
  state: one.state,
  title: one.body.title,
  unitName: one.body.unitName,
  askedByName: one.body.askedByName,
  on: one.on,
  answerBy: one.body.answerBy,
  late:
    one.state === 'asked' && one.body.answerBy !== null && one.body.answerBy < today
      ? daysBetween(one.body.answerBy as Day, today)
      : 0,
  instructedBy: one.body.instructedBy,
  instructedOn: one.body.instructedOn,
  version: one.version,
});

export async function listRequests(
  reading: Reading,
  query: { readonly state?: readonly KeptRequest['state'][] },
): Promise<ResponseOf<typeof requestsApi.listRequests>> {
  const rows = await requests.list(
    reading.db,
    reading.scope,
    query.state && query.state.length > 0 ? { states: query.state } : {},
  );
  return { rows: rows.map((one) => lineOf(one, reading.day)) };
}

export async function viewRequest(reading: Reading, id: string): Promise<ResponseOf<typeof requestsApi.viewRequest>> {
  const { db, actor, day } = reading;
  const one = await requests.byId(db, reading.scope, id);
  const { body, jurisdiction } = one;
  const [record, documents, tasks] = await Promise.all([
    recordOf(db, jurisdiction, requests.kind, one.id),
    issuedOf(db, jurisdiction, { kind: requests.kind, id: one.id }, Object.values(meetingForms)),
    tasksOf(reading, body.taskIds),
  ]);
  const next: Readonly<Record<KeptRequest['state'], string>> = {
    asked: '等领导批示；没有批示之前不得擅自表态和处置',
    sentBackRequest: `等${body.unitName || body.askedByName}补充后重新请示`,
    instructed: body.taskIds.length > 0 ? '交办的任务办结后报告落实情况' : '按批示办理，然后报告落实情况',
    carriedOut: '已经落实',
    requestWithdrawn: '已经撤回',
  };
  return {
    ...lineOf(one, day),
    jurisdiction,
    nextStep: next[one.state],
    offers: offersOf(requestLifecycle, actor, jurisdiction, (action) => judgeRequest(one, actor, action, day, null)),
    ...record,
    situation: body.situation,
    proposal: body.proposal,
    paperNumber: body.paperNumber,
    instruction: body.instruction,
    instructedPost: body.instructedPost,
    recordedByName: body.recordedByName,
    outcome: body.outcome,
    outcomeOn: body.outcomeOn,
    tasks: [...tasks.values()],
    fileIds: [...body.fileIds],
    documents,
  };
}
