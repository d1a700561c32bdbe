import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Actor, hasRole } from '../../../../kernel/actor.ts';
import { type Day, parseDay, yearOf } from '../../../../kernel/day.ts';
import { verdict } from '../../../../kernel/lifecycle.ts';
import { notAllowed, notValid, type RefusalPlace } from '../../../../kernel/refusal.ts';
import { ownJurisdiction } from '../../../../kernel/scope.ts';
import type { Act } from '../../../../platform/act.ts';
import { refuseStale, who } from '../../../../platform/case.ts';
import { nextNumbers } from '../../../../platform/db/number.ts';
import { announce } from '../../../../platform/facts/record.ts';
import { unitsByIds } from '../../../units/server/door.ts';
import {
  type Measure,
  type MeasureAction,
  type MeasureKind,
  type MeasureNeed,
  type MeasurePart,
  type MeasureState,
  measureLifecycle,
} from '../../measure.ts';
import { lockMeasure, saveMeasure } from './store.ts';

const SERIES = '制';

export interface MeasureInput {
  readonly kind: MeasureKind;
  readonly title: string;
  readonly text: string;
  readonly proposal?: string | null;
  readonly sector?: string | null;
  readonly leadUnitId: string;
  readonly coUnitIds?: readonly string[];
  readonly personName?: string | null;
  readonly dueOn?: string | null;
  readonly problemIds?: readonly string[];
}
export interface Done {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly state: MeasureState;
}

export const measureParts = (actor: Actor, measure: Pick<Measure, 'leadUnitId'>): MeasurePart[] => [
  ...(hasRole(actor, 'officer') ? (['office'] as const) : []),
  ...(actor.unitId === measure.leadUnitId && hasRole(actor, 'officer', 'clerk', 'unitLeader')
    ? (['lead'] as const)
    : []),
];

const blank = (text: string | null | undefined): string | null => (text ?? '').trim() || null;

/** What the form says, checked against the units and problems that there are. */
async function contentOf(act: Act, input: MeasureInput) {
  const places: RefusalPlace[] = [];
  const dueOn = input.dueOn ? parseDay(input.dueOn) : null;
  if (input.title.trim() === '') places.push({ where: 'body.title', says: '请写明事项名称' });
  if (input.text.trim() === '') places.push({ where: 'body.text', says: '请写明需要研究的内容' });
  if (input.dueOn && dueOn === null) places.push({ where: 'body.dueOn', says: `没有“${input.dueOn}”这一天` });
  const coUnitIds = [...new Set(input.coUnitIds ?? [])].filter((id) => id !== input.leadUnitId);
  const units = await unitsByIds(act.db, act.actor.jurisdiction, [input.leadUnitId, ...coUnitIds]);
  if (!units.some((unit) => unit.id === input.leadUnitId))
    places.push({ where: 'body.leadUnitId', says: '没有这个牵头单位，请重新选择' });
  if (units.length < coUnitIds.length + 1)
    places.push({ where: 'body.coUnitIds', says: '有配合单位不存在，请重新选择' });
  const problemIds = [...new Set(input.problemIds ?? [])];
  if (problemIds.length > 0) {
    const units = act.scope.units === 'all' ? null : [...act.scope.units];
    const known = await sql`select 1 from problem where jurisdiction = ${act.actor.jurisdiction}
      and id = any(${problemIds}::uuid[]) and (${units}::uuid[] is null or units && ${units ?? []}::uuid[])`.execute(
      act.db,
    );
    if (known.rows.length < problemIds.length)
      places.push({ where: 'body.problemIds', says: '有关联的问题不存在，或者不在您能查看的范围内' });
  }
  if (places.length > 0) throw notValid('制度措施没有保存，请按提示修改。', places);
  return {
    kind: input.kind,
    title: input.title.trim(),
    text: input.text.trim(),
    proposal: blank(input.proposal),
    sector: blank(input.sector),
    leadUnitId: input.leadUnitId,
    leadUnitName: units.find((unit) => unit.id === input.leadUnitId)?.name ?? '',
    coUnitIds,
    personName: blank(input.personName),
    dueOn,
    problemIds,
  };
}

/** 梳理: enters a measure. A unit enters what it leads itself; the office for every unit. */
export async function sortMeasure(act: Act, input: MeasureInput): Promise<Done> {
  const { leadUnitName, ...content } = await contentOf(act, input);
  if (measureParts(act.actor, content).length === 0)
    throw notAllowed('只能梳理由本单位牵头的制度措施；由其他单位牵头的，请报安委办登记。');
  const [number = ''] = await nextNumbers(act.db, act.actor.jurisdiction, SERIES, yearOf(act.day), 1);
  const measure: Measure = {
    jurisdiction: act.actor.jurisdiction,
    id: randomUUID(),
    number,
    ...content,
    state: 'sorted',
    proposedBy: null,
    documentTitle: null,
    documentNumber: null,
    issuedOn: null,
    sortedOn: act.day,
    sortedByName: act.actor.name,
    version: 1,
  };
  await saveMeasure(act.db, measure);
  return tell(
    act,
    null,
    measure,
    'measure.sorted',
    `${who(act)}梳理${number}「${measure.title}」，由${leadUnitName}牵头。`,
  );
}

async function tell(act: Act, before: Measure | null, after: Measure, kind: string, says: string): Promise<Done> {
  await announce(act, {
    item: { kind: 'measure', id: after.id },
    kind,
    says,
    ...(before ? { from: before.state } : {}),
    to: after.state,
    data: { version: after.version, number: after.number },
  });
  return { id: after.id, number: after.number, version: after.version, state: after.state };
}

async function load(act: Act, seen: { readonly id: string; readonly version: number }): Promise<Measure> {
  const measure = await lockMeasure(act.db, ownJurisdiction(act.scope, act.actor), seen.id);
  await refuseStale(act, '制度措施', { ...measure, kind: 'measure' }, seen.version);
  return measure;
}

export const measureVerdict = (actor: Actor, measure: Measure, action: MeasureAction, unmet: readonly MeasureNeed[]) =>
  verdict(measureLifecycle, { state: measure.state, action, parts: measureParts(actor, measure), unmet });

function decide(act: Act, measure: Measure, action: MeasureAction, unmet: readonly MeasureNeed[]): MeasureState {
  const found = measureVerdict(act.actor, measure, action, unmet);
  if (!found.may) throw found.refusal;
  return found.to;
}

/** 修改事项: what it is about and who leads, as long as it is not proposed. */
export async function amendMeasure(
  act: Act,
  input: MeasureInput & { readonly id: string; readonly version: number },
): Promise<Done> {
  const before = await load(act, input);
  decide(act, before, 'amend', []);
  const { leadUnitName, ...content } = await contentOf(act, input);
  if (content.leadUnitId !== before.leadUnitId && !hasRole(act.actor, 'officer'))
    throw notAllowed('更换牵头单位应由安委办工作人员办理，您不在其列。');
  const after = { ...before, ...content, version: before.version + 1 };
  await saveMeasure(act.db, after);
  const moved = content.leadUnitId === before.leadUnitId ? '' : `，改由${leadUnitName}牵头`;
  return tell(act, before, after, 'measure.amended', `${who(act)}修改${before.number}的内容${moved}。`);
}

type Step = Exclude<MeasureAction, 'amend' | 'issue'>;
const told: Readonly<Record<Step, string>> = {
  study: 'measure.studied',
  progress: 'measure.progressed',
  propose: 'measure.proposed',
  sendBack: 'measure.sentBack',
  defer: 'measure.deferred',
  resume: 'measure.resumed',
  revoke: 'measure.revoked',
};

/** A step that needs only words. */
export async function stepMeasure(
  act: Act,
  input: { readonly id: string; readonly version: number; readonly action: Step; readonly text?: string },
): Promise<Done> {
  const before = await load(act, input);
  const text = (input.text ?? '').trim();
  const state = decide(act, before, input.action, [
    ...(text.length < 2 ? (['content', 'reason'] as const) : []),
    ...(before.proposal === null ? (['proposal'] as const) : []),
  ]);
  const after = {
    ...before,
    state,
    proposedBy: input.action === 'propose' ? act.actor.accountId : before.proposedBy,
    version: before.version + 1,
  };
  await saveMeasure(act.db, after);
  const says = `${who(act)}${measureLifecycle.actions[input.action]}${text === '' ? '' : `：${text}`}。`;
  return tell(act, before, after, told[input.action], says.replace(/[。；;.]。$/, '。'));
}

/** 出台: the document by which it was settled. Not by the one who proposed it. */
export async function issueMeasure(
  act: Act,
  input: {
    readonly id: string;
    readonly version: number;
    readonly documentTitle: string;
    readonly documentNumber?: string | null;
    readonly issuedOn: string;
  },
): Promise<Done> {
  const before = await load(act, input);
  const issuedOn: Day | null = parseDay(input.issuedOn);
  const title = input.documentTitle.trim();
  const state = decide(act, before, 'issue', [
    ...(title === '' || issuedOn === null || issuedOn > act.day ? (['document'] as const) : []),
    ...(before.proposedBy === act.actor.accountId ? (['deciderApart'] as const) : []),
  ]);
  const after = {
    ...before,
    state,
    documentTitle: title,
    documentNumber: blank(input.documentNumber),
    issuedOn,
    version: before.version + 1,
  };
  await saveMeasure(act.db, after);
  return tell(
    act,
    before,
    after,
    'measure.issued',
    `${who(act)}登记出台：${title}${after.documentNumber === null ? '' : `（${after.documentNumber}）`}，${issuedOn}。`,
  );
}
