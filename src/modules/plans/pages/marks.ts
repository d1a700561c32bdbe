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

/** The line in whose words an offset lies; the shortest one where lines lie in each other. */
export function draftAt(drafts: readonly Draft[], offset: number): Draft | null {
  const around = drafts.filter((draft) => draft.source.start <= offset && offset < draft.source.end);
  const kept = around.filter((draft) => draft.discarded === null);
  const length = (draft: Draft): number => draft.source.end - draft.source.start;
  return [...(kept.length > 0 ? kept : around)].sort((a, b) => length(a) - length(b))[0] ?? null;
}
