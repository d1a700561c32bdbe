import { DocumentRefused } from './refused.ts';

/** XML as a tree that writes back, byte for byte, what it read: names keep their prefixes, text its escapes. */
export interface XmlElement {
  readonly kind: 'element';
  /** With prefix: w:p. */
  readonly name: string;
  /** Raw, with the white space before it. */
  attributes: string;
  children: XmlNode[];
}
/** Text, comments, instructions and CDATA as they were written. */
interface XmlRaw {
  readonly kind: 'raw';
  raw: string;
}
export type XmlNode = XmlElement | XmlRaw;

const TOKEN =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>|[^<]+/g;
const damaged = (): DocumentRefused =>
  new DocumentRefused('damaged', '文件内部的结构不完整，可能已损坏。请在办公软件中打开原件，另存为 .docx 后再传。');

/** Reads the text of one part; throws DocumentRefused where it is not well formed or declares entities. */
export function parseXml(text: string): XmlElement {
  const top: XmlElement = { kind: 'element', name: '', attributes: '', children: [] };
  const open: XmlElement[] = [top];
  let read = 0;
  for (const match of text.matchAll(TOKEN)) {
    const token = match[0];
    if (match.index !== read) throw damaged();
    read += token.length;
    const parent = open.at(-1) ?? top;
    if (token.startsWith('<!DOCTYPE'))
      throw new DocumentRefused('entities', '文件的内部数据里带有实体声明，正常的办公文件不会有，已停止读取。');
    if (!token.startsWith('<') || token.startsWith('<!') || token.startsWith('<?'))
      parent.children.push({ kind: 'raw', raw: token });
    else if (token.startsWith('</')) {
      if (open.length < 2 || parent.name !== token.slice(2, -1).trim()) throw damaged();
      open.pop();
    } else {
      const closed = token.endsWith('/>');
      const inner = token.slice(1, closed ? -2 : -1);
      const name = /^[^\s]+/.exec(inner)?.[0] ?? '';
      if (name === '') throw damaged();
      const element: XmlElement = { kind: 'element', name, attributes: inner.slice(name.length), children: [] };
      parent.children.push(element);
      if (!closed) open.push(element);
      if (open.length > 2000) throw damaged();
    }
  }
  if (open.length !== 1 || read !== text.length) throw damaged();
  return top;
}

/** The text again. Elements without content are written short, whichever way they came. */
export function writeXml(node: XmlNode): string {
  const parts: string[] = [];
  const write = (one: XmlNode): void => {
    if (one.kind === 'raw') parts.push(one.raw);
    else {
      const [begin, end] = tagsOf(one);
      parts.push(begin);
      one.children.forEach(write);
      parts.push(end);
    }
  };
  write(node);
  return parts.join('');
}

/** The same in pieces, none larger than an element so many levels below. */
export function* xmlPieces(node: XmlNode, levels: number): Generator<string> {
  if (node.kind === 'raw' || levels === 0) yield writeXml(node);
  else {
    const [begin, end] = tagsOf(node);
    yield begin;
    for (const child of node.children) yield* xmlPieces(child, levels - 1);
    yield end;
  }
}

/** What stands before and behind the content of an element; the top of a tree has no tags. */
function tagsOf({ name, attributes, children }: XmlElement): readonly [string, string] {
  if (name === '') return ['', ''];
  return children.length === 0
    ? [`<${name}${attributes.replace(/\s+$/, '')}/>`, '']
    : [`<${name}${attributes}>`, `</${name}>`];
}

export const copyOf = (element: XmlElement): XmlElement => ({
  ...element,
  children: element.children.map((child) => (child.kind === 'raw' ? { ...child } : copyOf(child))),
});

export const element = (name: string, attributes = '', children: XmlNode[] = []): XmlElement => ({
  kind: 'element',
  name,
  attributes,
  children,
});

/** A character that XML 1.0 can hold; half of a surrogate pair cannot stand alone. */
const holds = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 32 && code < 0xd800) ||
    (code > 0xdfff && (code & 0xfffe) !== 0xfffe)
  );
};

/** Escapes text for XML and leaves out what XML 1.0 cannot hold. */
export const escaped = (text: string): string =>
  [...text].filter(holds).join('').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
