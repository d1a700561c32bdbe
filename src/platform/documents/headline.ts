import { titleBreaks } from './balance.ts';
import { placesOf, type TextPart } from './word-template.ts';
import { attribute } from './xml.ts';
import { element, type XmlElement } from './xml-tree.ts';

/** Width between the margins of a page as GB/T 9704 has it, in points; used where the part names no page. */
const USUAL_WIDTH = 442;
/** Red heads are condensed to two thirds before they are made smaller. */
const NARROWEST = 66;

const elementsOf = (from: XmlElement, name: string): XmlElement[] =>
  from.children.flatMap((child) =>
    child.kind === 'raw' ? [] : child.name === name ? [child] : elementsOf(child, name),
  );
const child = (of: XmlElement, name: string): XmlElement | undefined =>
  of.children.find((one): one is XmlElement => one.kind === 'element' && one.name === name);

/** The first description of a page; none stands in a table. */
function sectionIn(from: XmlElement, prefix: string): XmlElement | null {
  for (const one of from.children) {
    if (one.kind === 'raw' || one.name === `${prefix}tbl`) continue;
    const found = one.name === `${prefix}sectPr` ? one : sectionIn(one, prefix);
    if (found) return found;
  }
  return null;
}

/** Points between the margins of the first page that the part describes. */
function widthOf(part: TextPart): number {
  const section = sectionIn(part.tree, part.prefix);
  const size = section && child(section, `${part.prefix}pgSz`);
  const margin = section && child(section, `${part.prefix}pgMar`);
  if (!size || !margin) return USUAL_WIDTH;
  const number = (of: XmlElement, name: string): number => Number(attribute(of.attributes, name) ?? 0);
  const twips = number(size, 'w') - number(margin, 'left') - number(margin, 'right');
  return twips > 0 ? twips / 20 : USUAL_WIDTH;
}

/** Width of a text in ems of its type: Chinese characters one, others about half. */
const emsOf = (text: string): number =>
  [...text].reduce((sum, one) => sum + ((one.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.55), 0);

const sizeOf = (part: TextPart, runs: readonly XmlElement[]): number =>
  Math.max(
    0,
    ...runs.map((run) => {
      const form = child(run, `${part.prefix}rPr`);
      return Number(attribute((form && child(form, `${part.prefix}sz`)?.attributes) ?? '', 'val') ?? 0) / 2;
    }),
  );

/** Where the lines of a centred paragraph in large type break; empty for any other. */
export function breaksOf(part: TextPart, paragraph: XmlElement, text: string): number[] {
  const form = child(paragraph, `${part.prefix}pPr`);
  const align = attribute((form && child(form, `${part.prefix}jc`)?.attributes) ?? '', 'val');
  const size = sizeOf(part, elementsOf(paragraph, `${part.prefix}r`));
  return align === 'center' && size >= 18 ? titleBreaks(text, Math.floor((widthOf(part) / size) * 2) / 2, emsOf) : [];
}

/** Condenses the paragraph's type, and then makes it smaller, until it stands in one line. */
export function fitHeadline(part: TextPart, paragraph: XmlElement): void {
  const [place] = placesOf({ ...part, tree: element('', '', [paragraph]) });
  const ems = emsOf(place?.text ?? '');
  const runs = elementsOf(paragraph, `${part.prefix}r`);
  const size = sizeOf(part, runs);
  const room = widthOf(part) * 0.985;
  if (ems === 0 || size === 0 || ems * size <= room) return;
  const percent = Math.floor((100 * room) / (ems * size));
  const scale = Math.max(NARROWEST, percent);
  const smaller = scale > percent ? Math.floor((2 * room * 100) / (ems * scale)) : 2 * size;
  for (const run of runs) {
    const form = child(run, `${part.prefix}rPr`);
    if (!form) continue;
    const set = (name: string, value: number): void => {
      const there = child(form, `${part.prefix}${name}`);
      if (there) there.attributes = ` ${part.prefix}val="${value}"`;
    };
    set('sz', smaller);
    set('szCs', smaller);
    if (child(form, `${part.prefix}w`)) set('w', scale);
    else {
      // the schema wants scale after colour and spacing and before kerning, position and size
      const before = form.children.findIndex(
        (one) =>
          one.kind === 'element' &&
          /:(?:kern|position|sz|szCs|highlight|u|effect|bdr|shd|fitText|vertAlign|lang|eastAsianLayout|specVanish|oMath)$/.test(
            one.name,
          ),
      );
      form.children.splice(
        before < 0 ? form.children.length : before,
        0,
        element(`${part.prefix}w`, ` ${part.prefix}val="${scale}"`),
      );
    }
  }
}
