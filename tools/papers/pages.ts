import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { decodeEntities } from '../../src/platform/documents/xml.ts';

/** Something printed, with its edges in points from the upper left corner of the paper. */
export interface Printed {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly text: string;
}
export interface Page {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly (Printed & { readonly words: readonly Printed[] })[];
}

/** Whether the program that tells where words stand is installed. */
export const pagesReadable = (): boolean => spawnSync('pdftotext', ['-v']).error === undefined;

const attributes = (tag: string): Readonly<Record<string, number>> =>
  Object.fromEntries([...tag.matchAll(/(\w+)="([\d.-]+)"/g)].map(([, name = '', value]) => [name, Number(value)]));
function printed(tag: string, text: string): Printed {
  const { xMin = 0, yMin = 0, xMax = 0, yMax = 0 } = attributes(tag);
  return { left: xMin, top: yMin, right: xMax, bottom: yMax, text };
}

/** The pages of a PDF with every line on them, without white space, from top to bottom. */
export function pagesOf(pdf: Uint8Array): readonly Page[] {
  const folder = mkdtempSync(join(tmpdir(), 'guatu-pages-'));
  try {
    const path = join(folder, 'in.pdf');
    writeFileSync(path, pdf);
    const told = spawnSync('pdftotext', ['-bbox-layout', path, '-'], {
      encoding: 'utf8',
      maxBuffer: 64_000_000,
    }).stdout;
    return [...told.matchAll(/<page ([^>]*)>([\s\S]*?)<\/page>/g)].map(([, size = '', inside = '']) => {
      const { width = 0, height = 0 } = attributes(size);
      const lines = [...inside.matchAll(/<line ([^>]*)>([\s\S]*?)<\/line>/g)].map(([, tag = '', content = '']) => {
        const words = [...content.matchAll(/<word ([^>]*)>([\s\S]*?)<\/word>/g)].map(([, edges = '', text = '']) =>
          printed(edges, decodeEntities(text)),
        );
        return { ...printed(tag, words.map((one) => one.text).join('')), words };
      });
      return { width, height, lines: lines.sort((a, b) => a.top - b.top || a.left - b.left) };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A table of a .docx as far as its layout is concerned. */
export interface TableOf {
  /** Right edges of its columns in points from the left edge of the table. */
  readonly edges: readonly number[];
  readonly rows: readonly {
    readonly head: boolean;
    /** The row stays on one page. */
    readonly whole: boolean;
    readonly cells: readonly { readonly text: string; readonly align: string }[];
  }[];
}
/** What a .docx says, to be held against its pages. */
export interface SaidIn {
  readonly text: string;
  /** Lines of titles in 二号. */
  readonly titles: readonly string[];
  readonly tables: readonly TableOf[];
}

const textOf = (xml: string): string =>
  decodeEntities([...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:br\/>/g)].map(([, text = '\n']) => text).join(''));

export function saidIn(docx: Uint8Array): SaidIn {
  const parts = unzipSync(docx);
  const part = (name: string): string => new TextDecoder().decode(parts[`word/${name}.xml`] ?? new Uint8Array());
  const xml = part('document');
  const paragraphs = [...xml.matchAll(/<w:p>[\s\S]*?<\/w:p>/g)].map(([one]) => one);
  return {
    text: textOf(part('header3') + xml),
    titles: paragraphs.filter((one) => one.includes('<w:sz w:val="44"/>')).flatMap((one) => textOf(one).split('\n')),
    tables: [...xml.matchAll(/<w:tbl>[\s\S]*?<\/w:tbl>/g)].map(([table]) => {
      let edge = 0;
      return {
        edges: [...table.matchAll(/<w:gridCol w:w="(\d+)"/g)].map(([, width]) => (edge += Number(width) / 20)),
        rows: [...table.matchAll(/<w:tr>[\s\S]*?<\/w:tr>/g)].map(([row]) => ({
          head: row.includes('<w:tblHeader/>'),
          whole: row.includes('<w:cantSplit/>'),
          cells: [...row.matchAll(/<w:tc>[\s\S]*?<\/w:tc>/g)].map(([cell]) => ({
            text: textOf(cell),
            align: /<w:jc w:val="(\w+)"/.exec(cell)?.[1] ?? '',
          })),
        })),
      };
    }),
  };
}
