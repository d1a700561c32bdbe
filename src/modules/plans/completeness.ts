import type { Draft, Mention, ReviewDoubt, Sheet } from './plan.ts';

/** What a wording stands for in this jurisdiction, as the organisation's list and the reviewers say. */
export type Resolution =
  | { readonly kind: 'unit'; readonly unitId: string; readonly name: string }
  | { readonly kind: 'group'; readonly groupId: string; readonly name: string; readonly unitIds: readonly string[] }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unresolved'; readonly candidates: readonly Candidate[] };

export interface Candidate {
  readonly kind: 'unit' | 'group';
  readonly id: string;
  readonly name: string;
  readonly reason: string;
}

/** The organisation's own reading of each wording, before anything was settled in this review. */
export type Resolutions = Readonly<Record<string, Resolution>>;

/** What a wording stands for in one line: settled for the line, else for the plan, else by the organisation. */
export function resolutionOf(text: string, draft: string | null, sheet: Sheet, known: Resolutions): Resolution {
  const settled =
    sheet.settled.find((each) => each.text === text && each.draft !== null && each.draft === draft) ??
    sheet.settled.find((each) => each.text === text && each.draft === null);
  if (!settled) return known[text] ?? { kind: 'unresolved', candidates: [] };
  const { target } = settled;
  if (target.kind === 'unit') return { kind: 'unit', unitId: target.id, name: target.name };
  if (target.kind === 'nobody') return { kind: 'nobody' };
  const same = Object.values(known).find((each) => each.kind === 'group' && each.groupId === target.id);
  return same ?? { kind: 'group', groupId: target.id, name: target.name, unitIds: [] };
}

export const mentionsOf = (draft: Draft): readonly Mention[] => [
  ...draft.lead,
  ...draft.responsible,
  ...draft.territorial,
];

/**
 * The unit that is proposed to lead a line that names no lead unit (未明确牵头单位): the first that is one unit and no
 * class. Null when there is none, or when the line names its lead unit.
 */
export function proposedLead(draft: Draft, sheet: Sheet, known: Resolutions): string | null {
  if (draft.lead.length > 0) return null;
  const first = [...draft.responsible, ...draft.territorial].find(
    (mention) => resolutionOf(mention.text, draft.id, sheet, known).kind === 'unit',
  );
  return first?.text ?? null;
}

export type PointKind =
  | 'noUnit'
  | 'leadProposed'
  | 'leadIsClass'
  | 'unresolved'
  | 'emptyClass'
  | 'severalLeads'
  | 'noDeadline'
  | 'noPerson'
  | 'eventUndated'
  | 'doubt';

/** Something that is still open in a line. Blocking points must be settled before the plan is adopted. */
export interface OpenPoint {
  readonly kind: PointKind;
  readonly blocks: boolean;
  readonly draft: string | null;
  readonly says: string;
  /** The wording or doubt concerned. */
  readonly about?: string;
}

export const pointKinds: Readonly<Record<PointKind, { readonly word: string; readonly blocks: boolean }>> = {
  noUnit: { word: '没有责任单位', blocks: true },
  leadProposed: { word: '未明确牵头单位', blocks: true },
  leadIsClass: { word: '牵头单位是一类单位', blocks: true },
  unresolved: { word: '单位名称对不上', blocks: true },
  emptyClass: { word: '这类单位还没有成员', blocks: false },
  severalLeads: { word: '牵头单位不止一家', blocks: false },
  noDeadline: { word: '没有完成时限', blocks: false },
  noPerson: { word: '没有责任人', blocks: false },
  eventUndated: { word: '时限所系事件未定日期', blocks: false },
  doubt: { word: '识读疑问', blocks: false },
};

/** Whether a line says by when: a day, an event, a repeated obligation, a stage, or openly none. */
export const hasDeadline = (draft: Draft): boolean =>
  draft.deadlines.length > 0 || draft.quotas.length > 0 || draft.stage !== null;

function pointsOfLine(draft: Draft, sheet: Sheet, known: Resolutions): OpenPoint[] {
  const points: OpenPoint[] = [];
  const add = (kind: PointKind, says: string, about?: string): void => {
    points.push({
      kind,
      blocks: pointKinds[kind].blocks,
      draft: draft.id,
      says,
      ...(about === undefined ? {} : { about }),
    });
  };
  const reading = (mention: Mention): Resolution => resolutionOf(mention.text, draft.id, sheet, known);
  const named = mentionsOf(draft);
  for (const mention of named) {
    const meant = reading(mention);
    if (meant.kind === 'unresolved')
      add('unresolved', `「${mention.text}」在单位名册里对不上，请指定是哪个单位或哪一类单位。`, mention.text);
    if (meant.kind === 'group' && meant.unitIds.length === 0)
      add('emptyClass', `「${mention.text}」这一类单位还没有成员，任务不会派到任何单位。`, mention.text);
  }
  const leads = draft.lead.map(reading).filter((meant) => meant.kind !== 'nobody');
  if (leads.length === 0) {
    const proposed = proposedLead(draft, sheet, known);
    if (proposed !== null) add('leadProposed', `原文未明确牵头单位，拟由「${proposed}」牵头，请确认。`, proposed);
    else if (named.length === 0) add('noUnit', '原文没有责任单位，请指定牵头单位，或者不作为任务。');
    else if (named.some((mention) => reading(mention).kind === 'unresolved'))
      add('noUnit', '单位还没有对应好，暂时定不了牵头单位：请先对应单位，或者直接指定牵头单位。');
    else add('noUnit', '只写了一类单位，没有具体单位可以牵头，请指定牵头单位。');
  } else {
    if (leads[0]?.kind === 'group')
      add('leadIsClass', `牵头的「${draft.lead[0]?.text ?? ''}」是一类单位，请指定其中一家主办。`);
    if (leads.length > 1)
      add(
        'severalLeads',
        `牵头单位有${leads.length}家，以第一家「${draft.lead[0]?.text ?? ''}」为主办，其余列为责任单位。`,
      );
  }
  if (!hasDeadline(draft)) add('noDeadline', '没有完成时限，也没有频次和阶段。');
  if (draft.person === null) add('noPerson', '没有明确责任人。');
  for (const deadline of draft.deadlines) {
    const event = sheet.events.find((each) => each.key === deadline.event);
    if (event && event.date === null)
      add('eventUndated', `「${event.name}」的日期还没有定，定下后时限自动推算。`, event.key);
  }
  return points;
}

/** True where the review has meanwhile given the line what the reader found missing. */
export const isMoot = (doubt: ReviewDoubt, draft: Draft | undefined): boolean =>
  draft !== undefined &&
  ((doubt.kind === 'no-deadline' && hasDeadline(draft)) || (doubt.kind === 'no-unit' && mentionsOf(draft).length > 0));

/** Doubts that the points of a line say already. */
const saidByPoints: readonly string[] = ['no-deadline', 'no-unit'];

/** Every open point of the kept lines, in the order of the lines; open doubts of the reader last. */
export function openPoints(
  drafts: readonly Draft[],
  doubts: readonly ReviewDoubt[],
  sheet: Sheet,
  known: Resolutions,
): readonly OpenPoint[] {
  const kept = drafts.filter((draft) => draft.discarded === null);
  const ids = new Set(kept.map((draft) => draft.id));
  return [
    ...kept.flatMap((draft) => pointsOfLine(draft, sheet, known)),
    ...doubts
      .filter(
        (doubt) =>
          doubt.settled === null &&
          (doubt.draft === null || (ids.has(doubt.draft) && !saidByPoints.includes(doubt.kind))),
      )
      .map(
        (doubt): OpenPoint => ({
          kind: 'doubt',
          blocks: false,
          draft: doubt.draft,
          says: doubt.message,
          about: doubt.id,
        }),
      ),
  ];
}

/** How many lines have each of the four things that every line must name (举措、责任单位、完成时限、责任人). */
export interface Gauge {
  readonly lines: number;
  readonly measure: number;
  readonly unit: number;
  readonly deadline: number;
  readonly person: number;
}

/** Which of the four a line lacks. */
export function lacks(draft: Draft): readonly ('measure' | 'unit' | 'deadline' | 'person')[] {
  return [
    ...(draft.text.trim() === '' ? (['measure'] as const) : []),
    ...(mentionsOf(draft).length === 0 ? (['unit'] as const) : []),
    ...(hasDeadline(draft) ? [] : (['deadline'] as const)),
    ...(draft.person === null ? (['person'] as const) : []),
  ];
}

export function gauge(drafts: readonly Draft[]): Gauge {
  const kept = drafts.filter((draft) => draft.discarded === null);
  const missing = kept.map(lacks);
  const having = (what: 'measure' | 'unit' | 'deadline' | 'person'): number =>
    missing.filter((list) => !list.includes(what)).length;
  return {
    lines: kept.length,
    measure: having('measure'),
    unit: having('unit'),
    deadline: having('deadline'),
    person: having('person'),
  };
}
