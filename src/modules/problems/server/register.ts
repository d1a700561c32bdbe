import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Static } from 'typebox';
import { addDays, type Day, daysBetween, parseDay } from '../../../kernel/day.ts';
import { timedId } from '../../../kernel/ids.ts';
import { holds } from '../../../kernel/permission.ts';
import { notAllowed, notNow, notValid, Refusal, type RefusalPlace } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { prepared } from '../../../platform/db/prepared.ts';
import { canonical, sha256 } from '../../../platform/facts/canonical.ts';
import { lastHash } from '../../../platform/facts/record.ts';
import { holdItems } from '../../../platform/files/waiting.ts';
import { alone } from '../../../platform/http/gather.ts';
import { type EnterpriseCard, enterpriseInSight } from '../../enterprises/server/door.ts';
import { adoptedPlans } from '../../plans/server/door.ts';
import { taskKind } from '../../tasks/server/door.ts';
import { type Allowances, allowancesFrom } from '../allowances.ts';
import type { RegisterBody } from '../api-shapes.ts';
import { drawOnSpot } from '../on-spot-draw.ts';
import { problemsPermissions } from '../permissions.ts';
import type { NewProblem, Place } from '../problem.ts';
import { mustBeSound, registerEach } from './create-problems.ts';
import { madeOn } from './from-device.ts';
import { judgementOf } from './judge-grade.ts';
import { evidenceOf } from './rounds.ts';
import type { Done } from './step.ts';
import { knownUnits, strangeUnits } from './units-of.ts';

export type RegisterInput = Static<typeof RegisterBody>;

export interface RegisterAnswer extends Done {
  /** This very report had been registered before; nothing was done again. */
  readonly known: boolean;
  readonly drawn: boolean;
  readonly warnings: string[];
}

const trimmed = (text: string | null | undefined): string | null => {
  const plain = text?.trim() ?? '';
  return plain === '' ? null : plain;
};

/** The first sentence of what was found, where nobody wrote a title. */
function titleOf(given: string | undefined, text: string): string {
  const own = trimmed(given);
  if (own !== null) return own;
  const first = text.trim().split(/[。！？\n]/)[0] ?? '';
  const letters = [...first];
  return letters.length <= 40 ? first : `${letters.slice(0, 39).join('')}…`;
}

/** What identifies a report: the same id with other content is another report. */
const reportHash = (body: RegisterInput): string => sha256(canonical({ ...body, madeAt: null }));

interface Known {
  id: string;
  jurisdiction: string;
  number: string;
  state: Done['state'];
  version: number;
  drawn: boolean;
  registered_by: string;
  report: string | null;
}

/** What a group of registrations asks before anything is written. */
interface Before {
  readonly allowed: Allowances;
  /** What was registered under the ids before, by anybody. */
  readonly known: ReadonlyMap<string, Known>;
  /** Ids for which files wait. */
  readonly waited: ReadonlySet<string>;
}

const lookBefore = prepared<{
  settings: Record<string, unknown> | null;
  known: Known[] | null;
  waited: string[] | null;
}>(
  'look-before-registering',
  `select
    (select jsonb_object_agg(name, value) from setting where jurisdiction = $1 and name like 'problems.%') as settings,
    (select jsonb_agg(jsonb_build_object('id', t.id, 'jurisdiction', t.jurisdiction, 'number', t.number, 'state', t.state,
        'version', t.version, 'drawn', t.drawn, 'registered_by', t.registered_by, 'report', f.data->>'report'))
      from problem t
      join fact f on f.jurisdiction = t.jurisdiction and f.item_kind = 'problem' and f.item_id = t.id::text and f.seq = 1
      where t.jurisdiction in (select code from jurisdiction union all select $1) and t.id = any($2::text[]::uuid[])) as known,
    (select array_agg(distinct item_id) from file
      where jurisdiction = $1 and item_kind = 'problem' and item_id = any($2::text[])) as waited`,
);

async function askBefore(act: Act, ids: readonly string[]): Promise<Before> {
  const [found] = await lookBefore(act.db, [act.actor.jurisdiction, ids]);
  const settings = found?.settings ?? {};
  return {
    allowed: allowancesFrom((name) => settings[name]),
    known: new Map((found?.known ?? []).map((row) => [row.id, row])),
    waited: new Set(found?.waited ?? []),
  };
}

/** The answer to a report that came before. Throws where its id is another report's. */
function answerTo(act: Act, known: Known, body: RegisterInput): RegisterAnswer {
  // who does not know the number does not learn it by guessing an id
  if (known.registered_by !== act.actor.accountId || known.jurisdiction !== act.actor.jurisdiction)
    throw notNow('这份报告的编号已被另一份登记使用，没有登记。请重新登记。');
  if (known.report !== reportHash(body))
    throw notNow(
      `这份报告已经登记为${known.number}，但内容与这次提交的不同，没有再登记。请打开${known.number}补充或更正。`,
    );
  return {
    id: known.id,
    number: known.number,
    state: known.state,
    version: known.version,
    known: true,
    drawn: known.drawn,
    warnings: [`这份报告之前已经登记为${known.number}，没有重复登记。`],
  };
}

async function enterpriseOf(act: Act, id: string | null): Promise<EnterpriseCard | null> {
  if (id === null) return null;
  const found = await enterpriseInSight(act.db, act.scope, id);
  if (!found)
    throw notValid('没有找到所选的企业或场所，请重新选择。', [
      { where: 'body.enterpriseId', says: '不存在，或者不在您能查看的范围内' },
    ]);
  return found;
}

function placeOf(given: RegisterInput['place'], enterprise: EnterpriseCard | null): Place {
  const point = given?.longitude != null && given.latitude != null ? given : enterprise;
  return {
    address: trimmed(given?.address) ?? enterprise?.address ?? null,
    areaCode: trimmed(given?.areaCode) ?? enterprise?.areaCode ?? null,
    longitude: point?.longitude ?? null,
    latitude: point?.latitude ?? null,
    grid: trimmed(given?.grid) ?? enterprise?.grid ?? null,
  };
}

/** Plan, stage and task that a form names must lie in the person's sight. */
async function mustBeInSight(act: Act, body: RegisterInput): Promise<void> {
  if (body.planId) {
    const plans = await adoptedPlans(act.db, act.scope);
    if (!plans.some((plan) => plan.id === body.planId))
      throw notValid('没有找到所选的方案，请重新选择。', [{ where: 'body.planId', says: '方案不存在或尚未下达' }]);
  }
  if (body.taskId && !(await taskKind.sight?.(act, body.taskId)))
    throw notValid('没有找到所选的任务，请重新选择。', [
      { where: 'body.taskId', says: '任务不存在，或者不在您能查看的范围内' },
    ]);
}

/** 立查立改: only a general hazard, with photos from before and after, and a share of them is rechecked. */
async function onSpotOf(act: Act, body: RegisterInput, id: string, share: number): Promise<NewProblem['onSpot']> {
  const text = trimmed(body.fixed?.text);
  if (!body.fixed) return undefined;
  if (act.actor.only)
    throw notAllowed('立查立改要由人在现场办理，接口不能登记已经整改的问题。请按一般登记，由责任单位整改。');
  const places: RefusalPlace[] = [];
  if (body.grade === 'major')
    places.push({ where: 'body.grade', says: '重大隐患不能当场办结，请按程序登记，由责任单位整改' });
  if (text === null) places.push({ where: 'body.fixed.text', says: '请写明当场采取了什么措施' });
  const pictures = await picturesAmong(act, id, body.evidence ?? []);
  const has = (role: 'before' | 'after'): boolean =>
    (body.evidence ?? []).some((one) => one.role === role && pictures.has(one.fileId.toLowerCase()));
  if (!has('before')) places.push({ where: 'body.evidence', says: '请上传整改前的照片' });
  if (!has('after')) places.push({ where: 'body.evidence', says: '请上传整改后的照片' });
  const [before, after] = (['before', 'after'] as const).map(
    (role) =>
      new Set(
        (body.evidence ?? []).flatMap((one) =>
          one.role === role ? [pictures.get(one.fileId.toLowerCase()) ?? ''] : [],
        ),
      ),
  );
  if (places.length === 0 && [...(after ?? [])].every((hash) => before?.has(hash)))
    places.push({ where: 'body.evidence', says: '整改前、整改后用的是同一张照片' });
  if (places.length > 0) throw notValid(`立查立改还缺：${places.map((place) => place.says).join('；')}。`, places);
  const { drawn, ...draw } = drawOnSpot(await lastHash(act.db, act.actor.jurisdiction), id, share);
  return { text: text ?? '', drawn, draw };
}

/** Photos among the files that wait for this report, with their hashes. */
async function picturesAmong(
  act: Act,
  id: string,
  evidence: NonNullable<RegisterInput['evidence']>,
): Promise<ReadonlyMap<string, string>> {
  const found = await sql<{ id: string; sha256: string }>`
    select id, sha256 from file where jurisdiction = ${act.actor.jurisdiction} and item_kind = 'problem' and item_id = ${id}
      and type like 'image/%' and id = any(${evidence.map((one) => one.fileId)}::uuid[])`.execute(act.db);
  return new Map(found.rows.map((row) => [row.id, row.sha256]));
}

function dayGiven(text: string | null | undefined, where: string, places: RefusalPlace[]): Day | null {
  if (!text) return null;
  const found = parseDay(text);
  if (found === null) places.push({ where, says: `没有“${text}”这一天` });
  return found;
}

/** Open problems of the same enterprise or place: perhaps it is registered already. A hint, never a refusal. */
async function sameElsewhere(act: Act, draft: NewProblem, id: string): Promise<string[]> {
  if (draft.enterpriseId === null) return [];
  const found = await sql<{ number: string; title: string }>`
    select number, title from problem where jurisdiction = ${act.actor.jurisdiction} and enterprise_id = ${draft.enterpriseId}
      and id <> ${id} and (open or closed_on >= ${addDays(act.day, -30)}::date)
      and (title = ${draft.title} or text = ${draft.text}) order by serial desc limit 3`.execute(act.db);
  return found.rows.map(
    (row) => `该单位已登记过内容相同的${row.number}「${row.title}」，如是同一个问题，请申请并入，不要重复登记。`,
  );
}

/** A registration as it was asked for; its id is the device's or a new one. */
interface Asked {
  readonly act: Act;
  readonly body: RegisterInput;
  readonly id: string;
}

/** 登记: what is left out is filled in from the enterprise and today; the answer tells what should be looked at. */
export async function register(act: Act, body: RegisterInput): Promise<RegisterAnswer> {
  const [answer] = await registerTogether([{ act, body }]);
  if (answer instanceof Refusal) throw answer;
  if (answer === undefined || answer === alone) throw new Error('a problem was not registered');
  return answer as RegisterAnswer;
}

/**
 * The same for several people of one government in one transaction: a few statements for all of them. One answer each, in
 * their order; a refusal of one leaves the others untouched, and what was sent twice at once is done alone the second time.
 */
export async function registerTogether(
  asked: readonly { readonly act: Act; readonly body: RegisterInput }[],
): Promise<readonly (RegisterAnswer | Refusal | typeof alone)[]> {
  const first = asked[0]?.act;
  if (!first) return [];
  const newId = (): string => timedId(randomUUID(), first.now.getTime());
  const all: readonly Asked[] = asked.map((one) => ({ ...one, id: (one.body.id ?? newId()).toLowerCase() }));
  const given = [...new Set(all.flatMap((one) => (one.body.id === undefined ? [] : [one.id])))].sort();
  await holdItems(first.db, first.actor.jurisdiction, 'problem', given);
  const { allowed, known, waited } = await askBefore(first, given);
  const answers: (RegisterAnswer | Refusal | typeof alone)[] = [];
  const drafts: {
    readonly index: number;
    readonly asked: Asked;
    readonly draft: NewProblem;
    readonly warnings: string[];
  }[] = [];
  const begun = new Set<string>();
  for (const [index, one] of all.entries()) {
    answers[index] = alone;
    if (begun.has(one.id)) continue;
    try {
      const before = known.get(one.id);
      if (before) answers[index] = answerTo(one.act, before, one.body);
      else {
        begun.add(one.id);
        drafts.push({ index, asked: one, ...(await draftWithHints(one, allowed, waited.has(one.id))) });
      }
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      answers[index] = refused;
    }
  }
  const sound = await withKnownUnits(first, drafts, (index, refused) => {
    answers[index] = refused;
  });
  const made = await registerEach(
    sound.map(({ asked: { act, body }, draft }) => ({ act, draft, how: { report: reportHash(body) } })),
    allowed,
  );
  for (const [at, { index, draft, warnings }] of sound.entries()) {
    const registered = made[at];
    if (registered) answers[index] = { ...registered, known: false, drawn: draft.onSpot?.drawn ?? false, warnings };
  }
  return answers;
}

/** The draft of one registration with what should be looked at. Throws a refusal. */
async function draftWithHints(
  { act, body, id }: Asked,
  allowed: Allowances,
  waited: boolean,
): Promise<{ readonly draft: NewProblem; readonly warnings: string[] }> {
  const enterprise = await enterpriseOf(act, body.enterpriseId ?? null);
  await mustBeInSight(act, body);
  const draft = { ...(await draftOf(act, body, id, enterprise, allowed.onSpotShare)), waited };
  mustBeSound(act, [draft]);
  const late = daysBetween(draft.foundOn, act.day);
  const warnings = [
    ...(late > allowed.entryDays ? [`发现${late}天后才登记，将计入迟报。`] : []),
    ...(enterprise?.state === 'closed' ? [`「${enterprise.name}」已登记为注销，请核对对象。`] : []),
    ...(await sameElsewhere(act, draft, id)),
    ...(draft.onSpot?.drawn ? ['本条立查立改被抽中复查，由他人复查通过后销号。'] : []),
  ];
  return { draft, warnings };
}

/** Those whose units all are of this government; the others are refused. One statement for all. */
async function withKnownUnits<T extends { readonly index: number; readonly draft: NewProblem }>(
  act: Act,
  drafts: readonly T[],
  refuse: (index: number, refused: Refusal) => void,
): Promise<readonly T[]> {
  const named = (draft: NewProblem): Record<string, readonly (string | null)[]> => ({
    leadUnitId: [draft.leadUnitId],
    coUnitIds: draft.coUnitIds,
    supervisingUnitId: [draft.supervisingUnitId],
  });
  const known = await knownUnits(
    act,
    drafts.flatMap(({ draft }) => Object.values(named(draft)).flat()),
  );
  return drafts.filter(({ index, draft }) => {
    const refused = strangeUnits(named(draft), known);
    if (refused) refuse(index, refused);
    return refused === null;
  });
}

async function draftOf(
  act: Act,
  body: RegisterInput,
  id: string,
  enterprise: EnterpriseCard | null,
  share: number,
): Promise<NewProblem> {
  const places: RefusalPlace[] = [];
  const text = body.text.trim();
  if (text === '') places.push({ where: 'body.text', says: '请写明发现了什么问题' });
  const foundOn = dayGiven(body.foundOn, 'body.foundOn', places) ?? madeOn(act);
  const dueOn = dayGiven(body.dueOn, 'body.dueOn', places) ?? (body.fixed ? act.day : null);
  if (dueOn === null) places.push({ where: 'body.dueOn', says: '请写明整改时限，没有时限的问题不能登记' });
  const leadUnitId =
    body.leadUnitId?.toLowerCase() ??
    (body.fixed ? act.actor.unitId : (enterprise?.regulatorUnitId ?? enterprise?.townUnitId)) ??
    null;
  if (leadUnitId === null) places.push({ where: 'body.leadUnitId', says: '请选择责任单位' });
  const supervisingUnitId = body.supervisingUnitId?.toLowerCase() ?? null;
  if (supervisingUnitId !== null && supervisingUnitId === leadUnitId)
    places.push({ where: 'body.supervisingUnitId', says: '督办单位不能就是责任单位' });
  const grade = body.grade ?? 'general';
  const clauses = [...new Set(body.clauses ?? [])];
  if (grade === 'major' && clauses.length === 0)
    places.push({ where: 'body.clauses', says: '判定为重大的，请至少勾选一条判定标准' });
  if (places.length > 0 || dueOn === null || leadUnitId === null)
    throw notValid(`还不能登记：${places.map((place) => place.says).join('；')}。`, places);
  if (grade === 'major' && !holds(problemsPermissions, act.actor, 'problem.recheck'))
    throw notAllowed('重大隐患由监管人员判定。请先按一般登记，并写明险情，由单位判定等级。');
  const judgement =
    clauses.length > 0
      ? await judgementOf(act, { grade, criteriaId: body.criteriaId ?? null, clauses, reason: '' })
      : null;
  const onSpot = await onSpotOf(act, body, id, share);
  return {
    id,
    kind: body.kind,
    title: titleOf(body.title, text),
    text,
    source: {
      type: body.source,
      batchId: null,
      originalNumber: trimmed(body.originalNumber),
      recordKind: null,
      recordId: null,
      finder: trimmed(body.finder),
    },
    foundOn,
    enterpriseId: enterprise?.id ?? null,
    subject: trimmed(body.subject) ?? enterprise?.name ?? null,
    place: placeOf(body.place, enterprise),
    sector: trimmed(body.sector) ?? enterprise?.sector ?? null,
    tags: (body.tags ?? []).map((tag) => tag.trim()).filter((tag) => tag !== ''),
    planId: body.planId ?? null,
    stageId: body.stageId ?? null,
    taskId: body.taskId ?? null,
    grade,
    judgement,
    measures: trimmed(body.measures),
    leadUnitId,
    coUnitIds: (body.coUnitIds ?? []).map((unit) => unit.toLowerCase()),
    supervisingUnitId,
    personName: trimmed(body.personName),
    dueOn,
    evidence: evidenceOf(body.evidence),
    ...(onSpot === undefined ? {} : { onSpot }),
  };
}
