import type { Span } from '../../../kernel/document.ts';
import type { Draft } from '../plan.ts';

export type MarkKind = 'source' | 'lead' | 'unit' | 'territorial' | 'deadline' | 'quota' | 'doubt';
export interface Mark extends Span {
  readonly kind: MarkKind;
}

export const markWords: Readonly<Record<MarkKind, string>> = {
  source: '任务原文',
  lead: '牵头单位',
  unit: '责任单位',
  territorial: '属地单位',
  deadline: '时限',
  quota: '频次、指标',
  doubt: '疑问',
};

/** What is marked in the source for a draft: its words, and in them units, dates and quotas. */
export function marksOf(draft: Draft): readonly Mark[] {
  const of = (kind: MarkKind, all: readonly { readonly source: Span | null }[]): Mark[] =>
    all.flatMap(({ source }) => (source === null ? [] : [{ ...source, kind }]));
  return [
    { ...draft.source, kind: 'source' },
    ...of('lead', draft.lead),
    ...of('unit', draft.responsible),
    ...of('territorial', draft.territorial),
    ...of('deadline', draft.deadlines),
    ...of('quota', [...draft.quotas, ...draft.targets]),
  ];
}

export interface Piece extends Span {
  readonly kinds: readonly MarkKind[];
}

/** Cuts a stretch of the source at the borders of the marks, so that each piece carries the marks that cover it. */
export function pieces(span: Span, marks: readonly Mark[]): readonly Piece[] {
  const here = marks.filter((mark) => mark.start < span.end && mark.end > span.start);
  if (here.length === 0) return [{ ...span, kinds: [] }];
  const cuts = new Set([span.start, span.end]);
  for (const mark of here) {
    if (mark.start > span.start) cuts.add(mark.start);
    if (mark.end < span.end) cuts.add(mark.end);
  }
  const ordered = [...cuts].sort((a, b) => a - b);
  return ordered.slice(0, -1).map((start, index) => {
    const end = ordered[index + 1] ?? span.end;
    return {
      start,
      end,
      kinds: here.filter((mark) => mark.start <= start && mark.end >= end).map((mark) => mark.kind),
    };
  });
}

/** The offset in the source of a place in the page: text nodes lie in elements that carry `data-start`. */
export function offsetOf(node: Node | null, within: number): number | null {
  if (node === null) return null;
  const holder = node instanceof Element ? node : node.parentElement;
  const start = holder?.closest('[data-start]')?.getAttribute('data-start');
  return start === null || start === undefined ? null : Number(start) + (node instanceof Element ? 0 : within);
}

/** What is selected in the source, or null when nothing or something outside it is. */
export function selectedSpan(root: Element | null): Span | null {
  const selection = window.getSelection();
  if (!root || !selection || selection.isCollapsed || !root.contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  return start === null || end === null || end <= start ? null : { start, end };
}

/** The line in whose words an offset lies; the shortest one where lines lie in each other. */
export function draftAt(drafts: readonly Draft[], offset: number): Draft | null {
  const around = drafts.filter((draft) => draft.source.start <= offset && offset < draft.source.end);
  const kept = around.filter((draft) => draft.discarded === null);
  const length = (draft: Draft): number => draft.source.end - draft.source.start;
  return [...(kept.length > 0 ? kept : around)].sort((a, b) => length(a) - length(b))[0] ?? null;
}
