import type { Span } from '../../kernel/document.ts';

/** A stretch of a document that is marked; `kind` chooses the class `p-mark-<kind>`. */
export interface SourceMark extends Span {
  readonly kind: string;
}

export interface Piece extends Span {
  readonly kinds: readonly string[];
}

/** Cuts a stretch of the source at the borders of the marks, so that each piece carries the marks that cover it. */
export function pieces(span: Span, marks: readonly SourceMark[]): readonly Piece[] {
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
