import { type Marker, markerOf } from './numbering.ts';
import type { Passage, Piece } from './passages.ts';
import { isBareSectionName, type SectionUse, sectionUse } from './sections.ts';

export interface OutlineNode {
  readonly marker: Marker | null;
  readonly head: Passage | null;
  /** compact[headFrom, headTo) of `head` is the heading without number and closing punctuation. */
  readonly headFrom: number;
  readonly headTo: number;
  /** Where the wording after a run-in heading begins; the length of the passage where nothing follows. */
  readonly bodyFrom: number;
  readonly rank: number;
  readonly parent: OutlineNode | null;
  readonly use: SectionUse;
  /** Paragraphs, tables (by block index) and items, in reading order. */
  readonly content: (Passage | number | OutlineNode)[];
  /** True for a heading that says of itself that it is one: a section of the outline or of an annex. */
  readonly annex: string | null;
}

export const isNode = (x: Passage | number | OutlineNode): x is OutlineNode => typeof x === 'object' && 'content' in x;
export const childrenOf = (node: OutlineNode): OutlineNode[] => node.content.filter(isNode);
export const passagesOf = (node: OutlineNode): Passage[] =>
  node.content.filter((x): x is Passage => typeof x === 'object' && !isNode(x));

/** Where the heading at the front of a numbered passage ends: [end of its words, begin of what follows]. */
function headingEnd(text: string, from: number): [number, number] {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const c = text[i] ?? '';
    if (c === '（' || c === '《' || c === '“' || c === '〔') depth++;
    else if (c === '）' || c === '》' || c === '”' || c === '〕') depth = Math.max(0, depth - 1);
    else if (depth === 0 && (c === '。' || c === '；' || c === '！')) return [i, i + 1];
    else if (depth === 0 && c === '：' && i - from <= 24) return [i, i + 1];
    if (i - from > 400) break;
  }
  return [text.length, text.length];
}

/** Arranges the pieces from `from` on as a tree by their numbers; lists of annexes are left out. */
export function buildOutline(
  pieces: readonly Piece[],
  from: number,
  listed: ReadonlySet<number>,
  annexHeads: ReadonlyMap<number, string>,
): OutlineNode {
  const root: OutlineNode = {
    marker: null,
    head: null,
    headFrom: 0,
    headTo: 0,
    bodyFrom: 0,
    rank: -2,
    parent: null,
    use: 'plain',
    content: [],
    annex: null,
  };
  let current = root;
  for (let i = from; i < pieces.length; i++) {
    const piece = pieces[i];
    if (!piece || listed.has(i)) continue;
    if (piece.kind === 'table') {
      current.content.push(piece.index);
      continue;
    }
    const p = piece.passage;
    const annex = annexHeads.get(i);
    if (annex !== undefined) {
      const node: OutlineNode = {
        marker: null,
        head: p,
        headFrom: 0,
        headTo: p.compact.length,
        bodyFrom: p.compact.length,
        rank: -1,
        parent: root,
        use: 'plain',
        content: [],
        annex,
      };
      root.content.push(node);
      current = node;
      continue;
    }
    const marker = markerOf(p);
    const set = p.set.outline !== undefined && p.compact.length <= 30 && !/[。；：]$/.test(p.compact);
    const bare = !marker && (set || isBareSectionName(p.compact));
    if (!marker && !bare) {
      current.content.push(p);
      continue;
    }
    const rank = marker ? marker.rank : 0.9;
    const parent = parentFor(current, marker, rank);
    const headFrom = marker?.length ?? 0;
    const [headTo, bodyFrom] = headingEnd(p.compact, headFrom);
    const own = sectionUse(p.compact.slice(headFrom, headTo));
    const inherited = parent.use;
    const use = inherited === 'plain' || (inherited === 'work' && own === 'schedule') ? own : inherited;
    const node: OutlineNode = {
      marker,
      head: p,
      headFrom,
      headTo,
      bodyFrom,
      rank,
      parent,
      use,
      content: [],
      annex: null,
    };
    parent.content.push(node);
    current = node;
  }
  markSchedules(root);
  return root;
}

const phaseName =
  /^(?:第[一二三四五六]阶段[：，、]?)?[^，。；：（]{0,10}(?:部署|启动|动员|发动|准备|实施|推进|整治|治理|宣传|督导|攻坚|排查|自查|整改|检查|巩固|总结|验收|提升|评估|收官|深化|完善)[^，。；：（]{0,6}（[^（）]*(?:\d{1,2}月|即日|年底|年初|季度)[^（）]*）/;
const duties = /责任单位|牵头|（[^（）]{0,60}(?:局|委|办|镇|街道)[^（）]{0,30}(?:负责|配合|落实)?）/;

/** A section such as 工作安排 whose items are nothing but phases with their dates is a schedule, whatever it is called. */
function markSchedules(node: OutlineNode): void {
  const kids = childrenOf(node);
  const phases =
    kids.length >= 2 &&
    node.use === 'plain' &&
    kids.every((k) => k.head !== null && phaseName.test(k.head.compact.slice(k.headFrom)) && !dutiful(k));
  if (phases && node.head) rename(node);
  else for (const kid of kids) markSchedules(kid);
}

const dutiful = (node: OutlineNode): boolean =>
  (node.head !== null && duties.test(node.head.compact)) ||
  passagesOf(node).some((p) => duties.test(p.compact)) ||
  childrenOf(node).some(dutiful);

function rename(node: OutlineNode): void {
  (node as { use: SectionUse }).use = 'schedule';
  for (const kid of childrenOf(node)) rename(kid);
}

/** The node under which an item with this number belongs. */
function parentFor(current: OutlineNode, marker: Marker | null, rank: number): OutlineNode {
  // The same style opened before: a sibling of it.
  for (let n: OutlineNode | null = current; n; n = n.parent) {
    if (n.head && n.annex === null && (marker ? n.marker?.style === marker.style : !n.marker)) return n.parent ?? n;
  }
  let n: OutlineNode = current;
  while (n.parent && n.rank >= rank) {
    // An outline that begins with "1." and goes on with "（一）" puts the second below the first.
    if (n.parent.parent === null && n.annex === null && rank >= 2 && n.rank > rank && n.parent.rank < 0) break;
    n = n.parent;
  }
  return n;
}
