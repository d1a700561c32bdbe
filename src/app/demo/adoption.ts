import type { Actor } from '../../kernel/actor.ts';
import { addDays, type Day } from '../../kernel/day.ts';
import { plansApi } from '../../modules/plans/api.ts';
import { proposedLead } from '../../modules/plans/completeness.ts';
import type { Operation } from '../../modules/plans/operation.ts';
import type { Draft, DraftStage, MentionTarget } from '../../modules/plans/plan.ts';
import { readingsFinished } from '../../modules/plans/server/door.ts';
import { plansRoutes } from '../../modules/plans/server/routes.ts';
import type { House } from '../../platform/act.ts';
import { type DemoDocument, demoDocument } from './documents/library.ts';
import { play, ScriptMistake, standingClock, uploadOf } from './player.ts';

const inPlans = play(plansApi, plansRoutes);

const MOST_OPERATIONS = 50;

/** The same house at a minute of a day. */
export const houseOn = (base: House, on: Day, minute: number): House => ({ ...base, clock: standingClock(on, minute) });

/** Imports one of the demonstration's documents through the real reader and waits until it has been read. */
export async function importDocument(base: House, by: Actor, name: DemoDocument, on: Day, today: Day): Promise<string> {
  const house = houseOn(base, on, 8 * 60 + 40);
  const { bytes, fileName } = await demoDocument(name, today);
  const { id } = await inPlans({ house, actor: by }, 'importPlan', { upload: await uploadOf(house, fileName, bytes) });
  await readingsFinished();
  const { plan } = await inPlans({ house, actor: by }, 'readPlan', { params: { id } });
  if (plan.state !== 'reviewing') throw new ScriptMistake(`${fileName}: ${plan.state} ${plan.readingError ?? ''}`);
  return id;
}

/** The stage in which the draft falls due; null where it has no day or the plan no stages. */
function stageOf(draft: Draft, stages: readonly DraftStage[]): string | null {
  const due = draft.deadlines
    .flatMap((one) => one.date ?? [])
    .sort()
    .at(-1);
  if (due === undefined || draft.quotas.length > 0) return null;
  const hit = stages.find((stage) => stage.from !== null && stage.to !== null && stage.from <= due && due <= stage.to);
  return hit?.key ?? null;
}

export interface ReviewChoices {
  /** What wordings mean that the organisation's list cannot settle. */
  readonly meanings: Readonly<Record<string, MentionTarget>>;
  /** Who leads a line that names only a class of units; called with the class as written. */
  readonly leadForClass: (mention: string) => string;
  /** Where the document itself does not say: a table that was issued as an annex. */
  readonly head?: { readonly documentNumber: string; readonly issuer: string; readonly issuedOn: Day };
}

/** Settles what the document left open, as a reviewer does, and hands the tasks out. */
export async function reviewAndAdopt(
  base: House,
  by: Actor,
  id: string,
  on: Day,
  choices: ReviewChoices,
): Promise<void> {
  const at = { house: houseOn(base, on, 9 * 60 + 10), actor: by };
  const { changes } = await inPlans(at, 'readReview', { params: { id }, query: { since: 0 } });
  const { drafts, doubts, sheet, known } = changes;
  const operations: Operation[] = Object.entries(choices.meanings)
    .filter(([text]) => known[text]?.kind === 'unresolved')
    .map(([text, target]) => ({ do: 'settleMention', text, draft: null, target, remember: true }));
  if (choices.head) operations.push({ do: 'setHead', title: sheet.title, kind: sheet.kind, ...choices.head });
  const proposed: { draft: string; unit: string }[] = [];
  for (const draft of drafts) {
    const unit = proposedLead(draft, sheet, known);
    const named = draft.responsible.some((mention) => mention.text === unit);
    if (unit !== null && named) proposed.push({ draft: draft.id, unit });
    else if (draft.lead.length === 0) {
      const lead = choices.leadForClass(draft.responsible[0]?.text ?? '');
      operations.push({ do: 'setUnits', drafts: [draft.id], lead: [lead] });
    }
    const stage = stageOf(draft, sheet.stages);
    if (stage !== null) operations.push({ do: 'setStage', drafts: [draft.id], stage });
  }
  if (proposed.length > 0) operations.push({ do: 'confirmLeads', leads: proposed });
  const annexes = doubts.filter((doubt) => doubt.kind.includes('annex')).map((doubt) => doubt.id);
  const others = doubts.map((doubt) => doubt.id).filter((doubt) => !annexes.includes(doubt));
  if (annexes.length > 0) operations.push({ do: 'settleDoubts', doubts: annexes, settlement: 'annexLater' });
  if (others.length > 0) operations.push({ do: 'settleDoubts', doubts: others, settlement: 'asWritten' });
  let { version } = changes;
  for (let start = 0; start < operations.length; start += MOST_OPERATIONS) {
    const some = operations.slice(start, start + MOST_OPERATIONS);
    ({ version } = await inPlans(at, 'reviewPlan', { params: { id }, body: { version, operations: some } }));
  }
  const later = { ...at, house: houseOn(base, on, 9 * 60 + 40) };
  await inPlans(later, 'adoptPlan', { params: { id }, body: { version, withDoubts: true } });
}

/** Keeps the city's plan for comparison, hangs the district's plan under it and answers its lines, but for one. */
export async function hangUnder(base: House, by: Actor, higher: string, local: string, on: Day): Promise<void> {
  const at = { house: houseOn(base, on, 10 * 60), actor: by };
  await inPlans(at, 'keepPlanForReference', { params: { id: higher } });
  const { plan } = await inPlans(at, 'readPlan', { params: { id: local } });
  await inPlans(at, 'hangPlan', { params: { id: local }, body: { version: plan.version, parentPlanId: higher } });
  const mapping = await inPlans(at, 'readMapping', { params: { id: local }, query: { pageSize: 50 } });
  for (const line of mapping.rows) {
    const [best] = line.suggestions;
    if (best === undefined || best.score < 0.18) continue;
    await inPlans(at, 'mapLine', { params: { id: local, line: line.id }, body: { drafts: [best.id] } });
  }
}

/** Asks departments and towns for their own plans; those with an account file one, and one of them must mend it. */
export async function collectSubPlans(
  base: House,
  cast: { readonly officer: Actor; readonly filers: readonly Actor[] },
  plan: string,
  unitIds: readonly string[],
  on: Day,
): Promise<void> {
  const at = { house: houseOn(base, on, 10 * 60 + 20), actor: cast.officer };
  const dueOn = addDays(on, 21);
  const body = { title: '本单位贯彻落实方案', dueOn, unitIds: [...unitIds], groupIds: [] };
  await inPlans(at, 'askFilings', { params: { id: plan }, body });
  const { rows } = await inPlans(at, 'listFilings', { query: { planId: plan, pageSize: 200 } });
  for (const [index, filer] of cast.filers.entries()) {
    const filing = rows.find((row) => row.unitId === filer.unitId);
    if (!filing) continue;
    const filedOn = addDays(on, 9 + index * 2);
    const house = houseOn(base, filedOn, 15 * 60 + index);
    const { bytes } = await demoDocument('hundred-days', addDays(on, 3 + index));
    const upload = await uploadOf(house, `${filer.unitName ?? ''}贯彻落实方案.docx`, bytes);
    const { version } = await inPlans({ house, actor: filer }, 'fileSubPlan', { params: { id: filing.id }, upload });
    const judging = { house: houseOn(base, addDays(filedOn, 2), 10 * 60), actor: cast.officer };
    const back = index === 3;
    await inPlans(judging, 'judgeFiling', {
      params: { id: filing.id },
      body: back
        ? { version, verdict: 'return', reason: '方案没有列明责任人和完成时限，请补充后再报。' }
        : { version, verdict: 'accept' },
    });
  }
}
