/** As much of a passage as its number is read from: its text without white space. */
interface Passage {
  readonly compact: string;
  /** How it is set: with a space after the number. */
  readonly set: { readonly spaced?: boolean | undefined };
}

/** The number at the head of a heading or an item. */
export interface Marker {
  /** As written, closing punctuation dropped where it only separates: 一, （二）, 3, 2.1, ①. */
  readonly label: string;
  readonly style:
    | 'chapter'
    | 'section'
    | 'article'
    | 'han'
    | 'bracketed'
    | 'arabic'
    | 'dotted'
    | 'dotted3'
    | 'round'
    | 'circled';
  /** Usual depth of the style, outermost lowest. */
  readonly rank: number;
  /** Characters of the compact text that the number takes. */
  readonly length: number;
}

const han = '[一二三四五六七八九十百]{1,4}';
const styles: readonly (readonly [RegExp, Marker['style'], number])[] = [
  [new RegExp(`^(第${han}(?:章|部分|编))[、：，.]?`), 'chapter', 0],
  [new RegExp(`^(第${han}节)[、：，.]?`), 'section', 0.5],
  [new RegExp(`^(第(?:${han}|\\d{1,3})条)[、：，.]?`), 'article', 1.5],
  [new RegExp(`^(${han})[、.，](?!\\d)`), 'han', 1],
  [new RegExp(`^(（${han}）|[㈠-㈩])[、.，]?`), 'bracketed', 2],
  [/^(\d{1,2}\.\d{1,2}\.\d{1,2})[、.]?(?=[\u4e00-\u9fa5“《（])/, 'dotted3', 3.4],
  [
    /^(\d{1,2}\.\d{1,2})[、.]?(?=[\u4e00-\u9fa5“《（])(?!万|亿|米|元|个|吨|公里|倍|月(?:底|初|末|中|份|上旬|下旬|前|至|—|\d))/,
    'dotted',
    3.2,
  ],
  [/^(\d{1,3})(?:、|\.(?=[^\d]|20\d\d[年、—]|\d{1,2}月))|^([⒈-⒛])/, 'arabic', 3],
  [/^(（\d{1,3}）|[⑴-⒇]|\d{1,2}）)[、.，]?/, 'round', 4],
  [/^([①-⑳])[、.，]?/, 'circled', 5],
];

const first = /^[第一二三四五六七八九十百（㈠-㈩\d⑴-⒛①-⑳]/;
const known = new WeakMap<Passage, Marker | null>();

/** The marker at the head of the passage, or null where it carries none. */
export function markerOf(passage: Passage): Marker | null {
  const seen = known.get(passage);
  if (seen !== undefined) return seen;
  const found = first.test(passage.compact) ? read(passage) : null;
  known.set(passage, found);
  return found;
}

function read(passage: Passage): Marker | null {
  const head = passage.compact.slice(0, 16);
  for (const [pattern, style, rank] of styles) {
    const m = pattern.exec(head);
    if (m) return { label: m[1] ?? m[2] ?? m[0], style, rank, length: m[0].length };
  }
  // "1 总体要求": a decimal outline whose top level is separated by a space only.
  const bare = passage.set.spaced ? /^\d{1,2}(?!年|月|日|个|项|家|名|类|次|%)/.exec(head) : null;
  return bare ? { label: bare[0], style: 'arabic', rank: 3, length: bare[0].length } : null;
}
