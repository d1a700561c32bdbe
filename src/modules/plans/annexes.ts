import type { Span } from '../../kernel/document.ts';
import type { Piece } from './passages.ts';

export interface Annexes {
  /** Pieces that only list annexes: they are no part of the plan's own outline. */
  readonly listed: ReadonlySet<number>;
  /** Pieces that head an annex, with its number ('' where there is only one). */
  readonly heads: ReadonlyMap<number, string>;
  /** Annexes named but not in the file: number, name where known, and where they are named first. */
  readonly absent: readonly { readonly number: string; readonly name: string | null; readonly source: Span }[];
}

const head = /^附件(\d{0,2}|[一二三四五六七八九十])(?:[：.、]|$|(?=[^\d]))/;
const mention =
  /[（(](?:详?见|参见)?附件([\d、，—至和]{0,8})[）)]|(?:详见|参见|见|填写|填报|按照?)附件([\d、，—至和]{1,8})/g;

/** Tells lists of annexes from annexes that are there, and names those that are missing. */
export function readAnnexes(pieces: readonly Piece[]): Annexes {
  const listed = new Set<number>();
  const heads = new Map<number, string>();
  const named = new Map<string, { name: string | null; source: Span }>();
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i];
    if (piece?.kind !== 'passage') continue;
    const text = piece.passage.compact;
    if (text.startsWith('附件')) {
      const m = head.exec(text);
      if (m && text.length <= 80 && !text.endsWith('。')) {
        const rest = text.slice(m[0].length);
        const list = /^附件[：]/.test(text) && rest !== '' ? /^1[.、]/.test(rest) || rest.length > 2 : false;
        const next = pieces[i + 1];
        const nextLine = next?.kind === 'passage' ? next.passage.compact : '';
        const followedByItems = /^附件\d|^2[.、]/.test(nextLine) && nextLine.length <= 60 && rest !== '';
        const followedByBody = next !== undefined && !followedByItems;
        if (list || followedByItems || (rest !== '' && !followedByBody)) {
          i = takeList(pieces, i, listed, named);
          continue;
        }
        heads.set(i, m[1] ?? '');
        continue;
      }
    }
    if (text.includes('附件')) {
      for (const m of text.matchAll(mention)) {
        const numbers = (m[1] ?? m[2] ?? '').match(/\d{1,2}/g) ?? [''];
        for (const n of numbers) {
          const quoted = /《([^《》]*)》[^《》]*$/.exec(text.slice(Math.max(0, m.index - 90), m.index));
          if (!named.has(n))
            named.set(n, { name: quoted?.[1] ?? null, source: piece.passage.span(m.index, m.index + m[0].length) });
        }
      }
    }
  }
  const present = new Set(heads.values());
  // Tables behind the plan count as the annexes of a list where they follow an unnumbered 附件 head.
  const absent = [...named]
    .filter(([n]) => !present.has(n) && !(present.has('') && named.size === 1))
    .map(([number, v]) => ({ number, ...v }));
  return { listed, heads, absent };
}

function takeList(
  pieces: readonly Piece[],
  from: number,
  listed: Set<number>,
  named: Map<string, { name: string | null; source: Span }>,
): number {
  let i = from;
  for (; i < pieces.length; i++) {
    const piece = pieces[i];
    if (piece?.kind !== 'passage') break;
    const text = piece.passage.compact;
    const m = /^(?:附件)?：?(\d{1,2})?[：.、]?(.*)$/.exec(text);
    if (i > from && !/^(?:附件)?\d{1,2}[：.、]/.test(text)) break;
    if (!m || text.length > 80 || /。$/.test(text)) break;
    listed.add(i);
    const number = m[1] ?? '';
    const name = (m[2] ?? '').replace(/[；;]$/, '') || null;
    const seen = named.get(number);
    named.set(number, { name, source: seen?.source ?? piece.passage.span() });
  }
  return i - 1;
}
