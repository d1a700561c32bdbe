import type { Span } from '../../kernel/document.ts';
import type { Deadline, DeadlineKind, Extraction, Quota, Target, UnitMention } from './extraction.ts';

/** What kind of paper a plan is; only changes how it is listed. */
export const planKinds = {
  workPoints: '工作要点',
  campaign: '实施方案',
  targetList: '目标任务清单',
  subPlan: '子方案',
  other: '其他文件',
} as const;
export type PlanKind = keyof typeof planKinds;

/** A unit as the draft names it; `source` is null where a person wrote it. */
export interface Mention {
  readonly text: string;
  readonly source: Span | null;
}

/** A deadline of a draft; `event` is the key of the anchor event on which its day hangs. */
export interface DraftDeadline {
  readonly text: string;
  readonly kind: DeadlineKind;
  readonly date: string | null;
  readonly from?: string | null;
  readonly event?: string | null;
  readonly source: Span | null;
}

export interface DraftQuota {
  readonly text: string;
  readonly count: number;
  readonly per: Quota['per'];
  readonly everyYears?: number;
  readonly source: Span | null;
}

export interface DraftTarget {
  readonly text: string;
  readonly value: number;
  readonly unit: '%';
  readonly source: Span | null;
}

/**
 * One line of the plan under review. It begins as what was read and is then changed by people; what was read stays in
 * the extraction. `position` orders the lines; `version` is the version of the review in which it was last changed.
 */
export interface Draft {
  readonly id: string;
  readonly position: number;
  readonly version: number;
  readonly number: string;
  readonly path: readonly string[];
  readonly title: string;
  readonly text: string;
  readonly lead: readonly Mention[];
  readonly responsible: readonly Mention[];
  readonly territorial: readonly Mention[];
  readonly deadlines: readonly DraftDeadline[];
  readonly quotas: readonly DraftQuota[];
  readonly targets: readonly DraftTarget[];
  /** Key of its stage, or null. */
  readonly stage: string | null;
  readonly person: { readonly id: string; readonly name: string } | null;
  readonly source: Span;
  /** Why it is left out of the plan; null while it is kept. */
  readonly discarded: string | null;
  /** 'read' from the document, or 'added' by a person. */
  readonly origin: 'read' | 'added';
}

/** A stage under review; an end that hangs on an event has its key. Days are YYYY-MM-DD. */
export interface DraftStage {
  readonly key: string;
  readonly name: string;
  readonly text: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly fromEvent: string | null;
  readonly toEvent: string | null;
  readonly source: Span | null;
}

/** Something on which deadlines hang whose day was not known when the document was issued. */
export interface DraftEvent {
  readonly key: string;
  readonly name: string;
  readonly date: string | null;
}

/** To whom a wording was settled. 'nobody' means: the wording names no unit and is left out. */
export type MentionTarget =
  | { readonly kind: 'unit'; readonly id: string; readonly name: string }
  | { readonly kind: 'group'; readonly id: string; readonly name: string }
  | { readonly kind: 'nobody' };

/** What the whole review shares: the head of the document, stages, events, and how wordings were settled for this plan. */
export interface Sheet {
  readonly title: string;
  readonly kind: PlanKind;
  readonly documentNumber: string | null;
  readonly issuer: string | null;
  readonly issuedOn: string | null;
  readonly stages: readonly DraftStage[];
  readonly events: readonly DraftEvent[];
  /** By the wording; `draft` limits it to one line. */
  readonly settled: readonly { readonly text: string; readonly draft: string | null; readonly target: MentionTarget }[];
}

/** A doubt of the reader with what a person decided about it. */
export interface ReviewDoubt {
  readonly id: string;
  readonly kind: string;
  readonly message: string;
  readonly source: Span;
  /** The line in whose words it lies, or null when it concerns the whole document. */
  readonly draft: string | null;
  /** The sentence of the decision; null while it is open. */
  readonly settled: string | null;
  readonly version: number;
}

/** Everything under review, as the first version of it. */
export interface Review {
  readonly sheet: Sheet;
  readonly drafts: readonly Draft[];
  readonly doubts: readonly ReviewDoubt[];
}

const inside = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;

const kindOf = (title: string): PlanKind => {
  if (/清单/.test(title)) return 'targetList';
  if (/工作要点|要点/.test(title)) return 'workPoints';
  if (/方案|计划/.test(title)) return 'campaign';
  return 'other';
};

/** The name of the event that a phrase hangs on: what follows 到/至 when it is a range, without 前, 之前, 结束. */
export function eventName(text: string): string {
  const last = text.split(/[到至]/).at(-1) ?? text;
  const name = last.replace(/^(从|自|在)/, '').replace(/(召开|结束|举办|开幕)?(之?前|之?后|期间|以前)?$/, '');
  return (name === '' ? text : name).trim();
}

/** The number that a stage or event carries through the review: s1, e2 … */
const keyed = (letter: string, index: number): string => `${letter}${index + 1}`;

/**
 * Begins the review of what was read: one draft for each task, events collected from the deadlines that hang on them,
 * doubts laid to the line in whose words they lie. `fallbackTitle` is used when the document has no title (its file name).
 */
export function beginReview(extraction: Extraction, fallbackTitle: string): Review {
  const names = new Map<string, string>();
  const eventKey = (text: string): string => {
    const name = eventName(text);
    const known = names.get(name) ?? keyed('e', names.size);
    names.set(name, known);
    return known;
  };
  const deadline = (one: Deadline): DraftDeadline =>
    one.kind === 'event' && one.date === null ? { ...one, event: eventKey(one.text) } : { ...one };
  const copy = (mentions: readonly UnitMention[]): Mention[] => mentions.map((one) => ({ ...one }));
  const drafts = extraction.tasks.map(
    (task, index): Draft => ({
      id: keyed('t', index),
      position: index + 1,
      version: 1,
      number: task.number,
      path: task.path,
      title: task.title,
      text: task.text,
      lead: copy(task.lead),
      responsible: copy(task.responsible),
      territorial: copy(task.territorial),
      deadlines: task.deadlines.map(deadline),
      quotas: task.quotas.map((one: Quota) => ({ ...one })),
      targets: task.targets.map((one: Target) => ({ ...one })),
      stage: null,
      person: null,
      source: task.source,
      discarded: null,
      origin: 'read',
    }),
  );
  const stages = extraction.stages.map((stage, index): DraftStage => {
    const ends = /从(.+?)(?:到|至)(.+?)[。；，）)]/.exec(`${stage.name}${stage.text}。`);
    return {
      key: keyed('s', index),
      name: stage.name,
      text: stage.text,
      from: stage.from,
      to: stage.to,
      fromEvent: stage.from === null && ends?.[1] ? eventKey(ends[1]) : null,
      toEvent: stage.to === null && ends?.[2] ? eventKey(ends[2]) : null,
      source: stage.source,
    };
  });
  const title = extraction.document.title ?? fallbackTitle;
  return {
    sheet: {
      title,
      kind: kindOf(title),
      documentNumber: extraction.document.documentNumber,
      issuer: extraction.document.issuer,
      issuedOn: extraction.document.issuedOn,
      stages,
      events: [...names].map(([name, key]) => ({ key, name, date: null })),
      settled: [],
    },
    drafts,
    doubts: layDoubts(extraction, drafts),
  };
}

function layDoubts(extraction: Extraction, drafts: readonly Draft[]): ReviewDoubt[] {
  // Drafts come in document order, so the line of a doubt is found by walking both lists; a doubt may lie in none.
  const ordered = [...drafts].sort((a, b) => a.source.start - b.source.start);
  const lineOf = (span: Span): string | null => {
    let low = 0;
    let high = ordered.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const here = ordered[middle];
      if (here && here.source.start <= span.start) low = middle + 1;
      else high = middle;
    }
    for (let index = low - 1; index >= Math.max(0, low - 4); index--) {
      const candidate = ordered[index];
      if (candidate && inside(span, candidate.source)) return candidate.id;
    }
    return null;
  };
  return extraction.doubts.map((doubt, index) => ({
    id: keyed('q', index),
    kind: doubt.kind,
    message: doubt.message,
    source: doubt.source,
    draft: lineOf(doubt.source),
    settled: null,
    version: 1,
  }));
}
