import { type Day, parseDay, yearOf } from '../../../kernel/day.ts';
import type { Deadline } from '../../../kernel/deadline.ts';
import { verdict } from '../../../kernel/lifecycle.ts';
import { notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { nextNumbers } from '../../../platform/db/number.ts';
import { announce } from '../../../platform/facts/record.ts';
import { createTasks, type NewTask } from '../../tasks/server/door.ts';
import { type OpenPoint, openPoints, pointKinds, type Resolutions } from '../completeness.ts';
import { planLifecycle } from '../lifecycle.ts';
import type { Draft, DraftDeadline, Sheet } from '../plan.ts';
import { sectorOf } from '../sector.ts';
import { unitsOf } from '../units-of-line.ts';
import { dateEvent } from './date-event.ts';
import { readMentions } from './resolve.ts';
import { sectors } from './sectors.ts';
import { addPlanUnits, documentOf, lockPlan, type PlanRow, savePlan } from './store.ts';
import { doubtsOf, draftsOf, linkTasks, mentionsInPlan, sheetOf } from './store-review.ts';
import { ensureEvents, insertStages } from './store-schedule.ts';

export interface Adopted {
  id: string;
  number: string;
  tasks: number;
  units: number;
  points: readonly OpenPoint[];
}

const SERIES = '方';

/**
 * Adopts the plan in one transaction: events, stages, one task for each kept line with its number, handed out to its
 * units. Refused with the list of open points while one of them blocks; with `withDoubts` the others are noted on the
 * plan (带疑问下达), without it they stop the adoption too.
 */
export async function adoptPlan(
  act: Act,
  id: string,
  input: { version: number; withDoubts: boolean },
): Promise<Adopted> {
  const { db } = act;
  const plan = await lockPlan(db, act.actor, id);
  const sheet = await sheetOf(db, plan);
  const document = await documentOf(db, plan.jurisdiction, id);
  const drafts = await draftsOf(db, plan, { keptOnly: true });
  const known = sheet ? await readMentions(db, plan.jurisdiction, await mentionsInPlan(db, plan), sheet, act.day) : {};
  const points = sheet ? openPoints(drafts, await doubtsOf(db, plan), sheet, known) : [];
  const blocking = points.filter((point) => point.blocks);
  const judged = verdict(planLifecycle, {
    state: plan.state,
    action: 'adopt',
    parts: ['office'],
    unmet: [
      ...(drafts.length === 0 ? (['hasLines'] as const) : []),
      ...(blocking.length > 0 ? (['noBlockingPoints'] as const) : []),
    ],
  });
  if (!judged.may) {
    if (plan.state !== 'reviewing' || drafts.length === 0 || blocking.length === 0) throw judged.refusal;
    throw notValid(judged.refusal.says, places(blocking, drafts));
  }
  if (input.version !== plan.reviewVersion) {
    throw notNow('在您打开之后，校核内容又有改动，没有下达。请看最新内容后再下达。', { version: plan.reviewVersion });
  }
  if (!sheet || !document) throw notNow('这份方案还没有读完，请稍候。');
  if (points.length > 0 && !input.withDoubts) {
    throw notValid(
      `还有${points.length}处未了事项。可以逐条处理，也可以选择「带疑问下达」，未了事项会记在方案上。`,
      places(points, drafts),
    );
  }
  const number = (await nextNumbers(db, plan.jurisdiction, SERIES, yearOf(act.day), 1))[0] ?? '';
  const events = await ensureEvents(act, sheet.events);
  for (const event of events.values()) {
    if (event.undated !== null && event.date !== null)
      await dateEvent(act, event.id, { version: event.undated, date: event.date });
  }
  const stages = await insertStages(act, plan.id, sheet, events);
  const news = drafts.map((draft) => taskOf(draft, { plan, sheet, known, events, stages, text: document.text }));
  const tasks = await createTasks(act, news);
  await linkTasks(
    db,
    plan,
    drafts.flatMap((draft, index) => (tasks[index] ? [{ draft: draft.id, taskId: tasks[index].id }] : [])),
  );
  const units = new Set(
    news.flatMap((task) => [task.leadUnitId, ...task.responsibleUnitIds, ...task.territorialUnitIds]),
  );
  await addPlanUnits(db, plan.jurisdiction, plan.id, [...units]);
  await savePlan(db, plan.jurisdiction, plan.id, {
    ...{ state: 'adopted', number, adoptedOn: act.day, withDoubts: points.length, lines: drafts.length },
  });
  await announce(act, {
    item: { kind: 'plan', id: plan.id },
    kind: 'plan.adopted',
    says: `采用方案，编号${number}，向${units.size}个单位下达${tasks.length}条任务${points.length > 0 ? `，带${points.length}处未了事项` : ''}`,
    from: plan.state,
    to: 'adopted',
    data: { number, tasks: tasks.length, units: units.size, openPoints: points.length },
  });
  return { id: plan.id, number, tasks: tasks.length, units: units.size, points };
}

function places(points: readonly OpenPoint[], drafts: readonly Draft[]) {
  const byId = new Map(drafts.map((draft) => [draft.id, draft]));
  return points.slice(0, 200).map((point) => {
    const draft = point.draft === null ? undefined : byId.get(point.draft);
    return {
      where: draft ? `${draft.number} ${draft.title.slice(0, 20)}`.trim() : '全文',
      says: `${pointKinds[point.kind].word}：${point.says}`,
    };
  });
}

interface Whole {
  readonly plan: PlanRow;
  readonly sheet: Sheet;
  readonly known: Resolutions;
  readonly events: ReadonlyMap<string, { readonly id: string; readonly date: string | null }>;
  readonly stages: ReadonlyMap<string, string>;
  readonly text: string;
}

const asDay = (text: string | null | undefined): Day | null => (text ? parseDay(text) : null);

function deadlineOf(deadline: DraftDeadline, draft: Draft, whole: Whole): Deadline {
  const stage = deadline.kind === 'stage' ? whole.sheet.stages.find((each) => each.key === draft.stage) : undefined;
  const event = whole.events.get(deadline.event ?? stage?.toEvent ?? '');
  return {
    kind: deadline.kind,
    text: deadline.text,
    on: asDay(deadline.date ?? event?.date ?? stage?.to),
    ...(deadline.from === undefined ? {} : { from: asDay(deadline.from) }),
    ...(event ? { eventId: event.id } : {}),
    ...(stage ? { stageId: whole.stages.get(stage.key) ?? null } : {}),
  };
}

function taskOf(draft: Draft, whole: Whole): NewTask {
  const { plan, sheet, known } = whole;
  const units = unitsOf(draft, sheet, known);
  const stage = sheet.stages.find((each) => each.key === draft.stage);
  const deadlines = [...draft.deadlines];
  if (stage && deadlines.length === 0 && draft.quotas.length === 0) {
    deadlines.push({ text: stage.name, kind: 'stage', date: stage.to, source: null });
  }
  const issued = asDay(sheet.issuedOn);
  const year = /(20\d\d)\s*年/.exec(sheet.title)?.[1];
  const sentence = whole.text.slice(draft.source.start, draft.source.end).trim();
  return {
    title: draft.title,
    text: draft.text,
    origin: {
      kind: 'plan',
      planId: plan.id,
      planTitle: sheet.title,
      address: draft.number,
      path: draft.path,
      place: draft.source,
      sentence: sentence.slice(0, 4000),
    },
    planId: plan.id,
    stageId: stage ? (whole.stages.get(stage.key) ?? null) : null,
    sector: sectorOf(draft, sectors()),
    leadUnitId: units.lead,
    responsibleUnitIds: units.responsible,
    territorialUnitIds: units.territorial,
    personId: draft.person?.id ?? null,
    personName: draft.person?.name ?? null,
    ...(issued ? { startedOn: issued } : {}),
    deadlines: deadlines.map((deadline) => deadlineOf(deadline, draft, whole)),
    quotas: draft.quotas.map(({ text, count, per, everyYears }) => ({
      text,
      count,
      per,
      everyYears: everyYears ?? null,
    })),
    targets: draft.targets.map(({ text, value, unit }) => ({ text, value, unit })),
    until: year ? parseDay(`${year}-12-31`) : null,
  };
}
