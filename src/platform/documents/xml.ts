import { DocumentRefused } from './refused.ts';
import type { ZipContainer } from './zip.ts';

/** Names are local names: the prefix is dropped. `attributes` is the raw text, read with `attribute`. */
export interface XmlHandler {
  open(name: string, attributes: string): void;
  close(name: string): void;
  text?(text: string): void;
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Only the five entities of XML and character numbers exist; anything else stays as written. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-z]+);/g, (whole, body: string) => {
    if (body.startsWith('#')) {
      const code = body[1] === 'x' ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10);
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
    }
    return NAMED[body] ?? whole;
  });
}

/** Value of the attribute with this local name, or undefined. */
export function attribute(attributes: string, name: string): string | undefined {
  let from = 0;
  for (;;) {
    const at = attributes.indexOf(name, from);
    if (at < 0) return undefined;
    from = at + name.length;
    const before = attributes.charCodeAt(at - 1);
    // The character before must be a space or the colon of a prefix, or the name is only the tail of another one.
    if (at > 0 && before !== 58 && before > 32) continue;
    let next = from;
    while (attributes.charCodeAt(next) <= 32) next += 1;
    if (attributes.charCodeAt(next) !== 61) continue;
    next += 1;
    while (attributes.charCodeAt(next) <= 32) next += 1;
    const quote = attributes[next];
    if (quote !== '"' && quote !== "'") continue;
    const end = attributes.indexOf(quote, next + 1);
    return decodeEntities(attributes.slice(next + 1, end < 0 ? undefined : end));
  }
}

/** Reads XML piece by piece; keeps no tree. A document type declaration is refused: it is where entity attacks live. */
export class XmlTokens {
  private rest = '';
  private readonly handler: XmlHandler;

  constructor(handler: XmlHandler) {
    this.handler = handler;
  }

  push(piece: string): void {
    const buffer = this.rest.length > 0 ? this.rest + piece : piece;
    const { handler } = this;
    let at = 0;
    for (;;) {
      const open = buffer.indexOf('<', at);
      if (open < 0) break;
      if (open > at && handler.text) handler.text(decodeEntities(buffer.slice(at, open)));
      at = open;
      const next = buffer.charCodeAt(open + 1);
      if (next === 33 || next === 63) {
        const end = this.special(buffer, open);
        if (end < 0) break;
        at = end;
        continue;
      }
      let close = buffer.indexOf('>', open);
      while (close > 0 && isInsideValue(buffer, open, close)) close = buffer.indexOf('>', close + 1);
      if (close < 0) break;
      this.tag(buffer, open + 1, close);
      at = close + 1;
    }
    this.rest = at < buffer.length ? buffer.slice(at) : '';
    if (this.rest.length > 16_000_000)
      throw new DocumentRefused('damaged', '文件内部结构异常，无法读取，请另存一份后再导入。');
  }

  /** Comment, instruction, CDATA or declaration; returns where it ends, or -1 where more input is needed. */
  private special(buffer: string, open: number): number {
    const enough = buffer.length - open >= 9;
    if (buffer.startsWith('<!--', open)) {
      const end = buffer.indexOf('-->', open + 4);
      return end < 0 ? -1 : end + 3;
    }
    if (buffer.startsWith('<![CDATA[', open)) {
      const end = buffer.indexOf(']]>', open + 9);
      if (end < 0) return -1;
      this.handler.text?.(buffer.slice(open + 9, end));
      return end + 3;
    }
    if (buffer.startsWith('<?', open)) {
      const end = buffer.indexOf('?>', open + 2);
      return end < 0 ? -1 : end + 2;
    }
    if (!enough) return -1;
    throw new DocumentRefused(
      'entities',
      '文件的内部数据里带有实体声明，正常的办公文件不会有，可能是恶意文件，已停止读取。请用办公软件另存一份再导入。',
    );
  }

  private tag(buffer: string, from: number, to: number): void {
    if (buffer.charCodeAt(from) === 47) {
      this.handler.close(localName(buffer, from + 1, to));
      return;
    }
    const selfClosing = buffer.charCodeAt(to - 1) === 47;
    const end = selfClosing ? to - 1 : to;
    let nameEnd = from;
    while (nameEnd < end && buffer.charCodeAt(nameEnd) > 32) nameEnd += 1;
    const name = localName(buffer, from, nameEnd);
    this.handler.open(name, nameEnd < end ? buffer.slice(nameEnd, end) : '');
    if (selfClosing) this.handler.close(name);
  }
}

function isInsideValue(buffer: string, open: number, close: number): boolean {
  let before = close - 1;
  if (buffer.charCodeAt(before) === 47) before -= 1;
  while (buffer.charCodeAt(before) <= 32) before -= 1;
  const last = buffer.charCodeAt(before);
  if (last === 34 || last === 39) return false;
  const equals = buffer.indexOf('=', open);
  return equals > 0 && equals < close;
}

function localName(buffer: string, from: number, to: number): string {
  let start = from;
  for (let at = from; at < to; at += 1) {
    if (buffer.charCodeAt(at) === 58) {
      start = at + 1;
      break;
    }
  }
  let end = to;
  while (end > start && buffer.charCodeAt(end - 1) <= 32) end -= 1;
  return buffer.slice(start, end);
}

/** Streams one XML entry of a container through the handler. Returns false where the entry does not exist. */
export function readXmlEntry(zip: ZipContainer, name: string, handler: XmlHandler): boolean {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  const tokens = new XmlTokens(handler);
  return zip.stream(name, (bytes) => {
    decoder ??= new TextDecoder(
      bytes[0] === 0xff && bytes[1] === 0xfe
        ? 'utf-16le'
        : bytes[0] === 0xfe && bytes[1] === 0xff
          ? 'utf-16be'
          : 'utf-8',
    );
    tokens.push(decoder.decode(bytes, { stream: true }));
  });
}

/** Reads `Id → target` of a relationships part, targets resolved against the folder of the owning part. */
export function readRelations(zip: ZipContainer, part: string): Map<string, { target: string; type: string }> {
  const slash = part.lastIndexOf('/');
  const folder = part.slice(0, slash + 1);
  const relations = new Map<string, { target: string; type: string }>();
  readXmlEntry(zip, `${folder}_rels/${part.slice(slash + 1)}.rels`, {
    open(name, attributes) {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return;
      const target = attribute(attributes, 'Target') ?? '';
      relations.set(attribute(attributes, 'Id') ?? '', {
        target: resolvePath(target.startsWith('/') ? '' : folder, target),
        type: (attribute(attributes, 'Type') ?? '').replace(/^.*\//, ''),
      });
    },
    close() {},
  });
  return relations;
}

export function resolvePath(folder: string, target: string): string {
  const parts: string[] = [];
  for (const part of `${folder}${target}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
