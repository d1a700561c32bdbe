import { type AsyncZippable, type Zippable, zip, zipSync } from 'fflate';
import type { Blank, Blanks, Chart, ValuesOf } from '../../kernel/blanks.ts';
import { type Day, dayInWords } from '../../kernel/day.ts';
import { takingTurns } from '../turns.ts';
import { putChart } from './chart.ts';
import { breaksOf, fitHeadline } from './headline.ts';
import { ENTRY_DAY } from './packed-entry.ts';
import { flawsOf, type TemplateFlaw } from './template-check.ts';
import {
  type BlankAt,
  blanksIn,
  openTemplate,
  type Place,
  placesOf,
  type Segment,
  type TextPart,
} from './word-template.ts';
import { copyOf, element, escaped, writeXml, type XmlElement, type XmlNode, xmlPieces } from './xml-tree.ts';

/** The template does not fit its blanks; `flaws` says which and where, in Chinese. */
export class TemplateFlawed extends Error {
  override readonly name = 'TemplateFlawed';
  readonly flaws: readonly TemplateFlaw[];

  constructor(flaws: readonly TemplateFlaw[]) {
    super(flaws.map((flaw) => `${flaw.where}：${flaw.says}`).join('\n'));
    this.flaws = flaws;
  }
}

/** What does not fit between a template and the blanks of its document; empty when it can be filled. Throws DocumentRefused. */
export const checkTemplate = (bytes: Uint8Array, blanks: Blanks): readonly TemplateFlaw[] =>
  flawsOf(openTemplate(bytes), blanks);

/** What stands in the body of a template by itself, outside its blanks, paragraph by paragraph. */
export const fixedTexts = (bytes: Uint8Array): readonly TemplateFlaw[] =>
  openTemplate(bytes)
    .parts.filter((part) => part.kind === 'body')
    .flatMap((part) => placesOf(part))
    .map(({ where, text }) => ({
      where,
      says: blanksIn(text).reduce((left, one) => left.replace(one.written, ''), text),
    }));

type Value = string | number | readonly string[] | readonly Values[] | Chart | null | undefined;
type Values = Readonly<Record<string, unknown>>;

/** Braces that came with a value stand aside until everything is filled: what people write is never taken for a blank. */
const aside = (text: string): string => text.replaceAll('{', '\ue07b').replaceAll('}', '\ue07d');
const opened = (xml: string): string => xml.replaceAll('\ue07b', '{').replaceAll('\ue07d', '}');

/**
 * Fills a .docx template and gives the .docx. Everything but the blanks stays as it is. Throws TemplateFlawed for a template
 * that does not fit the blanks, DocumentRefused for one that cannot be opened.
 */
export function fillTemplate<T extends Blanks>(bytes: Uint8Array, blanks: T, values: ValuesOf<T>): Uint8Array {
  const steps = filling(bytes, blanks, values);
  for (;;) {
    const step = steps.next();
    if (step.done) return zipSync(step.value);
  }
}

/** The same, letting others work in between: a bulletin with hundreds of rows must not hold up anybody's page. */
export async function fillTemplateBySteps<T extends Blanks>(
  bytes: Uint8Array,
  blanks: T,
  values: ValuesOf<T>,
): Promise<Uint8Array> {
  const steps = filling(bytes, blanks, values);
  const turn = takingTurns();
  for (;;) {
    const step = steps.next();
    if (step.done) return zipApart(step.value);
    await turn();
  }
}

/** Large entries are packed in a thread of their own; the bytes are those of `zipSync`. */
const zipApart = (entries: Zippable): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    zip(entries as AsyncZippable, (error, packed) => (error ? reject(error) : resolve(packed)));
  });

/** Levels from the top of a part down to the rows of its tables. */
const ROWS = 4;

/** Fills in small steps; gives the entries of the container. */
function* filling(bytes: Uint8Array, blanks: Blanks, values: Values): Generator<void, Zippable> {
  const template = openTemplate(bytes);
  yield;
  const flaws = flawsOf(template, blanks);
  if (flaws.length > 0) throw new TemplateFlawed(flaws);
  const entries = new Map(template.entries);
  for (const part of template.parts) {
    drawCharts(part, entries, blanks, values);
    const filled = yield* repeat(part, blanks, values);
    for (const place of placesOf(part, filled)) {
      fillPlace(place, blanks, values);
      yield;
    }
    const pieces: string[] = [];
    for (const piece of xmlPieces(part.tree, ROWS)) {
      pieces.push(piece);
      yield;
    }
    entries.set(part.name, new TextEncoder().encode(opened(pieces.join(''))));
    yield;
  }
  return Object.fromEntries([...entries].map(([name, content]) => [name, [content, { mtime: ENTRY_DAY, level: 6 }]]));
}

/** Puts each chart in the place of its blank; one that has nothing to show is left to fall away as any other blank. */
function drawCharts(part: TextPart, entries: Map<string, Uint8Array>, blanks: Blanks, values: Values): void {
  if (!Object.values(blanks).some((one) => one.kind === 'chart')) return;
  for (const place of placesOf(part)) {
    const [only] = blanksIn(place.text);
    const value = only && blanks[only.name]?.kind === 'chart' ? values[only.name] : null;
    if (value !== null && value !== undefined) putChart(part, place.paragraph, entries, value as Chart);
  }
}

/**
 * Rows (or, outside tables, paragraphs) with the blanks of a list are put once for each of its entries. Gives those that
 * hold no blank any more.
 */
function* repeat(part: TextPart, blanks: Blanks, values: Values): Generator<void, Set<XmlElement>> {
  const done = new Set<XmlElement>();
  const filled = new Set<XmlElement>();
  for (const place of placesOf(part)) {
    const list = blanksIn(place.text).find((one) => blanks[one.name]?.kind === 'rows')?.name;
    if (list === undefined) continue;
    const { element: unit, parent } = place.row ?? { element: place.paragraph, parent: place.parent };
    if (done.has(unit)) continue;
    done.add(unit);
    const fields = blanks[list]?.fields ?? {};
    if (place.row !== null && blanks[list]?.optional && values[list] === null) {
      withoutTable(part, part.tree, place.row.parent);
      continue;
    }
    const given = (values[list] ?? []) as readonly Values[];
    const entries = given.length > 0 ? given : [noEntry(fields)];
    const plain = blanksIn(textOf(part, unit)).every((one) => one.name === list);
    const made: { readonly entry: Values; readonly copy: XmlElement }[] = [];
    for (const [at, entry] of entries.entries()) {
      made.push({ entry, copy: at === 0 ? unit : withoutIds(copyOf(unit)) });
      yield;
    }
    const at = parent.children.indexOf(unit);
    parent.children.splice(at, 1, ...made.map((one) => one.copy));
    if (place.row !== null)
      keepTogether(
        part,
        made.map((one) => one.copy),
      );
    // Filled after all copies were made, since the first is the original.
    for (const { copy, entry } of made) {
      const top = element('', '', [copy]);
      for (const inside of placesOf({ ...part, tree: top })) fillPlace(inside, fields, entry, list);
      if (plain) filled.add(copy);
      yield;
    }
  }
  return filled;
}

/** All text of an element. */
const textOf = (part: TextPart, unit: XmlElement): string =>
  placesOf({ ...part, tree: element('', '', [unit]) })
    .map((place) => place.text)
    .join('\n');

/** A list of so many rows stays on one page; of a longer one the first two and the last two do. */
const SHORT = 5;

/** Rows of a template that ask to stay with the next one: only where a page end would tear a list badly apart. */
function keepTogether(part: TextPart, rows: readonly XmlElement[]): void {
  for (const [at, row] of rows.entries()) {
    const last = at === rows.length - 1;
    if (last || (rows.length > SHORT && at > 0 && at < rows.length - 2)) withoutKeep(part, row);
  }
}
function withoutKeep(part: TextPart, one: XmlElement): void {
  one.children = one.children.filter((child) => child.kind === 'raw' || child.name !== `${part.prefix}keepNext`);
  for (const child of one.children) if (child.kind === 'element') withoutKeep(part, child);
}

/** Takes away a table that has nothing to say, and the line above that is kept with it (its caption, when it has no blank). */
function withoutTable(part: TextPart, inside: XmlElement, table: XmlElement): boolean {
  const at = inside.children.indexOf(table);
  if (at < 0) return inside.children.some((child) => child.kind === 'element' && withoutTable(part, child, table));
  const above = inside.children[at - 1];
  const caption =
    above?.kind === 'element' &&
    above.name === `${part.prefix}p` &&
    writeXml(above).includes(`<${part.prefix}keepNext`) &&
    !writeXml(above).includes('{{');
  inside.children.splice(caption ? at - 1 : at, caption ? 2 : 1);
  return true;
}

const noEntry = (fields: Blanks): Values =>
  Object.fromEntries(Object.keys(fields).map((name, at) => [name, at === 0 ? '无' : '']));

/** A copy must not carry the numbers by which the word processor knows the original. */
function withoutIds(one: XmlElement): XmlElement {
  if (one.attributes.includes('Id'))
    one.attributes = one.attributes.replace(/\s+\w+:(?:paraId|textId)\s*=\s*(?:"[^"]*"|'[^']*')/g, '');
  one.children = one.children.filter((child) => child.kind === 'raw' || !/:bookmark(?:Start|End)$/.test(child.name));
  for (const child of one.children) if (child.kind === 'element') withoutIds(child);
  return one;
}

/** Fills the blanks of one paragraph; those of `list` are written with its name and a point. */
function fillPlace(place: Place, blanks: Blanks, values: Values, list: string | null = null): void {
  const found = blanksIn(place.text)
    .map((at) => ({
      at,
      key: list === null ? (at.field === null ? at.name : null) : at.name === list ? at.field : null,
    }))
    .flatMap(({ at, key }) => {
      const blank = key === null ? undefined : blanks[key];
      return blank && key !== null ? [{ at, blank, value: values[key] as Value }] : [];
    });
  if (found.length === 0) return;
  if (found.every(({ blank, value }) => blank.optional && isEmpty(value)) && fallsAway(place)) return;
  const [only] = found;
  if (only?.blank.kind === 'paragraphs') {
    fillParagraphs(place, only.at, (only.value ?? []) as readonly string[]);
    return;
  }
  write(
    place,
    found.map(({ at, blank, value }) => ({ at, text: wordsOf(blank, value) })),
  );
  if (found.some(({ blank }) => blank.kind === 'headline')) fitHeadline(place.part, place.paragraph);
  else if (place.row === null) breakTitle(place);
}

/** A title that grew beyond its line is broken into even lines; one that its maker broke himself is left alone. */
function breakTitle({ part, paragraph }: Place): void {
  const [place] = placesOf({ ...part, tree: element('', '', [paragraph]) });
  if (!place || place.segments.some((segment) => segment.parent === null)) return;
  const breaks = breaksOf(part, paragraph, place.text);
  if (breaks.length === 0) return;
  for (const segment of place.segments) {
    const inside = breaks.filter((at) => at >= segment.start && at < segment.start + segment.text.length);
    if (inside.length === 0) continue;
    const cuts = [0, ...inside.map((at) => at - segment.start), segment.text.length];
    put(
      part,
      segment,
      cuts
        .slice(1)
        .map((to, at) => segment.text.slice(cuts[at], to))
        .join('\n'),
    );
  }
}

const isEmpty = (value: Value): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function wordsOf(blank: Blank, value: Value): string {
  if (value === null || value === undefined) return '';
  if (blank.kind === 'day' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value))
    return dayInWords(value as Day);
  return String(value);
}

/** Takes away the paragraph, or the row where nothing else is in it. False where the page would break without it. */
function fallsAway({ paragraph, parent, part, row }: Place): boolean {
  const remove = (from: XmlElement, one: XmlElement): boolean => {
    from.children = from.children.filter((child) => child !== one);
    return true;
  };
  if (writeXml(paragraph).includes(`<${part.prefix}sectPr`)) return false;
  const paragraphs = parent.children.filter((child) => child.kind === 'element' && child.name === `${part.prefix}p`);
  if (parent.name !== `${part.prefix}tc`) return parent.children.length > 1 && remove(parent, paragraph);
  if (paragraphs.length > 1) return remove(parent, paragraph);
  const cells =
    row?.element.children.filter((child) => child.kind === 'element' && child.name === `${part.prefix}tc`) ?? [];
  const rows =
    row?.parent.children.filter((child) => child.kind === 'element' && child.name === `${part.prefix}tr`) ?? [];
  return row !== null && cells.length === 1 && rows.length > 1 && remove(row.parent, row.element);
}

/** One paragraph for each of the texts, all with the form of this one. */
function fillParagraphs(place: Place, at: BlankAt, texts: readonly string[]): void {
  const { paragraph, parent, part } = place;
  const copies = texts.slice(1).map(() => withoutIds(copyOf(paragraph)));
  const behind = parent.children.indexOf(paragraph) + 1;
  parent.children.splice(behind, 0, ...copies);
  for (const [index, one] of [paragraph, ...copies].entries()) {
    const [inside] = placesOf({ ...part, tree: element('', '', [one]) });
    if (inside) write(inside, [{ at, text: texts[index] ?? '' }]);
    // what is kept with what follows the list is its end, not all of it
    if (index < texts.length - 1) withoutKeep(part, one);
  }
}

/**
 * Writes texts into the blanks. Where the word processor cut a blank into several runs, the text takes the form of the first
 * of them; the others lose what was the blank's and stay.
 */
function write(place: Place, fills: readonly { readonly at: BlankAt; readonly text: string }[]): void {
  for (const segment of place.segments) {
    if (segment.parent === null) continue;
    const from = segment.start;
    const to = from + segment.text.length;
    const touching = fills.filter(({ at }) => at.start < to && at.end > from);
    if (touching.length === 0) continue;
    let text = '';
    let read = from;
    for (const fill of touching) {
      text += segment.text.slice(read - from, Math.max(fill.at.start, from) - from);
      if (fill.at.start >= from) text += aside(fill.text);
      read = Math.min(fill.at.end, to);
    }
    put(place.part, segment, text + segment.text.slice(read - from));
  }
}

/** Replaces the text element; line breaks become the word processor's own. */
function put(part: TextPart, segment: Segment, text: string): void {
  const { parent } = segment;
  if (parent === null) return;
  const lines = text.split('\n').map((line): XmlNode => {
    const raw = escaped(line);
    return element(`${part.prefix}t`, ' xml:space="preserve"', raw === '' ? [] : [{ kind: 'raw', raw }]);
  });
  const nodes = lines.flatMap((line, at) => (at === 0 ? [line] : [element(`${part.prefix}br`), line]));
  parent.children.splice(parent.children.indexOf(segment.element), 1, ...nodes);
}
