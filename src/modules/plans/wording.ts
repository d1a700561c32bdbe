import type { Span } from '../../kernel/document.ts';
import { notNow, notValid } from '../../kernel/refusal.ts';
import type { Draft, Mention } from './plan.ts';

/** First sentence of a text, at most 60 characters, as the title of a line that has none. */
export function firstSentence(text: string): string {
  const plain = text
    .trim()
    .replace(/^([一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])\s*/, '');
  const sentence = /^[^。；;\n]+/.exec(plain)?.[0] ?? plain;
  return sentence.slice(0, 60).trim();
}

/** Unit names as a person wrote them; a name that the line already had keeps its place in the source. */
export function mentionsFrom(names: readonly string[], draft: Draft): readonly Mention[] {
  const known = [...draft.lead, ...draft.responsible, ...draft.territorial];
  const clean = [...new Set(names.map((name) => name.replace(/\s+/g, '')).filter((name) => name !== ''))];
  if (clean.some((name) => name.length > 100)) throw notValid('单位名称太长，最多100字。');
  return clean.map((text) => known.find((mention) => mention.text === text) ?? { text, source: null });
}

const squeeze = (text: string): string => text.replace(/\s+/g, '');

/** Where in `text` the place stands whose following characters are `after` (white space ignored); null if nowhere. */
function placeOf(text: string, after: string): number | null {
  // What follows the place may soon run into the unit list, which the text does not hold: shorter pieces are tried too.
  const following = squeeze(after);
  if (following === '') return null;
  const places: number[] = [];
  let plain = '';
  for (let index = 0; index < text.length; index++) {
    const letter = text.charAt(index);
    if (/\s/.test(letter)) continue;
    plain += letter;
    places.push(index);
  }
  for (const length of [12, 8, 5, 3]) {
    const found = plain.indexOf(following.slice(0, length));
    if (found >= 0) return places[found] ?? null;
  }
  return null;
}

/**
 * Splits a line at a place of the source text. Both parts keep units, person and stage; deadlines, quotas and targets
 * go to the part in whose words they stand (those without a place to both).
 */
export function splitLine(draft: Draft, source: string, at: number, newId: string): readonly [Draft, Draft] {
  if (draft.discarded !== null) throw notNow('这条任务已舍去，请先恢复再拆分。');
  if (at <= draft.source.start || at >= draft.source.end) throw notValid('请在这条任务的原文之内选择拆分的位置。');
  const place = placeOf(draft.text, source.slice(at, Math.min(draft.source.end, at + 60)));
  if (place === null || draft.text.slice(0, place).trim() === '') {
    throw notValid('请在任务正文中间选择拆分的位置，不要选在编号、开头或责任单位的括号里。');
  }
  const share = <T extends { readonly source: Span | null }>(all: readonly T[], first: boolean): readonly T[] =>
    all.filter((each) => each.source === null || each.source.start < at === first);
  const part = (first: boolean): Draft => {
    const text = (first ? draft.text.slice(0, place) : draft.text.slice(place)).trim();
    return {
      ...draft,
      text,
      source: first ? { start: draft.source.start, end: at } : { start: at, end: draft.source.end },
      deadlines: share(draft.deadlines, first),
      quotas: share(draft.quotas, first),
      targets: share(draft.targets, first),
    };
  };
  const second = part(false);
  return [
    part(true),
    { ...second, id: newId, number: `${draft.number}-2`, title: firstSentence(second.text), origin: 'added' },
  ];
}

const joined = <T extends { readonly text: string }>(a: readonly T[], b: readonly T[]): readonly T[] => [
  ...a,
  ...b.filter((each) => !a.some((known) => known.text === each.text)),
];

/** Two neighbouring lines as one: the first keeps number and title, the second adds its wording, units and dates. */
export function joinLines(first: Draft, second: Draft): Draft {
  return {
    ...first,
    text: `${first.text}\n${second.text}`,
    lead: joined(first.lead, second.lead),
    responsible: joined(first.responsible, second.responsible),
    territorial: joined(first.territorial, second.territorial),
    deadlines: joined(first.deadlines, second.deadlines),
    quotas: joined(first.quotas, second.quotas),
    targets: joined(first.targets, second.targets),
    person: first.person ?? second.person,
    stage: first.stage ?? second.stage,
    source: {
      start: Math.min(first.source.start, second.source.start),
      end: Math.max(first.source.end, second.source.end),
    },
  };
}

/** A new line from words that a person selected in the source; it stands behind `after`, or where its words stand. */
export function lineFromSpan(
  seen: { readonly text: string; readonly drafts: readonly Draft[]; readonly newId: () => string },
  span: Span,
  after: string | null,
): Draft {
  const words = seen.text.slice(span.start, span.end).trim();
  if (words.length < 4) throw notValid('请先在原文中选中一段文字（至少4个字），再新增任务。');
  const ordered = [...seen.drafts].sort((a, b) => a.position - b.position);
  const before = after
    ? ordered.findIndex((draft) => draft.id === after)
    : ordered.findLastIndex((draft) => draft.source.start <= span.start);
  const here = ordered[before];
  const next = ordered[before + 1];
  const low = here?.position ?? 0;
  return {
    id: seen.newId(),
    position: next ? (low + next.position) / 2 : low + 1,
    version: 0,
    number: here ? `${here.number}补` : '补',
    path: here?.path ?? [],
    title: firstSentence(words),
    text: words,
    lead: [],
    responsible: [],
    territorial: [],
    deadlines: [],
    quotas: [],
    targets: [],
    stage: null,
    person: null,
    source: span,
    discarded: null,
    origin: 'added',
  };
}
