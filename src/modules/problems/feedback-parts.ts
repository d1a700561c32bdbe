import type { Span } from '../../kernel/document.ts';
import type { Passage } from '../plans/passages.ts';

const marks: readonly RegExp[] = [
  /(?:^|[。；：，\n])((?:第)?[一二三四五六七八九十]是)/g,
  /(?:^|[。；：\n])((?:\d{1,2}[.、]|（\d{1,2}）|\d{1,2}）|[①-⑳])(?!\d))/g,
];

/** The parts of compact[from, to) where one wording seems to hold several problems: 一是…；二是…, 1.…；2.…. Else empty. */
export function partsOf(passage: Passage, from: number, to: number): Span[] {
  const text = passage.compact.slice(from, to);
  for (const pattern of marks) {
    const starts = [...text.matchAll(pattern)].map((m) => m.index + m[0].length - (m[1]?.length ?? 0));
    if (starts.length < 2) continue;
    return starts.map((start, index) => passage.span(from + start, from + (starts[index + 1] ?? text.length)));
  }
  return [];
}
