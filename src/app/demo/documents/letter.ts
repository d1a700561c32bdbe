import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  type IParagraphOptions,
  LevelFormat,
  LevelSuffix,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TextRun,
} from 'docx';
import { letterTable } from './letter-table.ts';
import type { Piece, Template } from './template.ts';

/** Type sizes of official letters, in half points: 二号 22 pt, 三号 16 pt. */
const SIZE = { title: 44, body: 32, redhead: 84 } as const;
/** Typefaces that official letters use; a machine without them substitutes its own Song and Kai. */
const FACE = {
  body: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋_GB2312' },
  heading: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体' },
  item: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '楷体_GB2312' },
  title: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '方正小标宋简体' },
} as const;
type Face = (typeof FACE)[keyof typeof FACE];

/** Twentieths of a point: fixed 28 pt line, two characters of 16 pt indented. */
const LINE = { line: 560, lineRule: LineRuleType.EXACT } as const;
const TWO_CHARACTERS = 640;
const RED = 'C00000';
const NUMBERING = 'official';
const A4 = { width: 11906, height: 16838 } as const;

const run = (text: string, font: Face, size: number, more: { bold?: boolean; color?: string } = {}): TextRun =>
  new TextRun({ text, font, size, ...more });

const paragraph = (children: TextRun[], more: Omit<IParagraphOptions, 'children'>): Paragraph =>
  new Paragraph({ spacing: LINE, ...more, children });

/** A heading sentence in Kai, the rest of the paragraph in Song, numbered （一） by the word processor. */
function item(text: string): Paragraph {
  const end = text.indexOf('。') + 1;
  return paragraph(
    [run(text.slice(0, end), FACE.item, SIZE.body, { bold: true }), run(text.slice(end), FACE.body, SIZE.body)],
    { numbering: { reference: NUMBERING, level: 1 } },
  );
}

function draw(piece: Exclude<Piece, { kind: 'page' | 'table' }>, onNewPage: boolean): Paragraph {
  const { kind, text } = piece;
  const centred = { alignment: AlignmentType.CENTER, pageBreakBefore: onNewPage };
  switch (kind) {
    case 'redhead':
      return paragraph([run(text, FACE.title, text.length > 12 ? 56 : SIZE.redhead, { color: RED, bold: true })], {
        ...centred,
        spacing: { before: 600, after: 600 },
      });
    case 'number':
      return paragraph([run(text, FACE.body, SIZE.body)], {
        ...centred,
        border: { bottom: { style: BorderStyle.SINGLE, size: 18, color: RED, space: 8 } },
        spacing: { ...LINE, after: 480 },
      });
    case 'notice':
    case 'title':
      return paragraph([run(text, FACE.title, SIZE.title)], {
        ...centred,
        spacing: { line: 640, lineRule: LineRuleType.EXACT, after: 400 },
      });
    case 'heading':
      return paragraph([run(text, FACE.heading, SIZE.body)], { numbering: { reference: NUMBERING, level: 0 } });
    case 'item':
      return item(text);
    case 'to':
      return paragraph([run(text, FACE.body, SIZE.body)], {});
    case 'plain':
      return paragraph([run(text, FACE.heading, SIZE.body)], {});
    case 'sign':
      return paragraph([run(text, FACE.body, SIZE.body)], {
        alignment: AlignmentType.RIGHT,
        spacing: { ...LINE, before: 560 },
        indent: { right: TWO_CHARACTERS },
      });
    case 'date':
      return paragraph([run(text, FACE.body, SIZE.body)], {
        alignment: AlignmentType.RIGHT,
        indent: { right: TWO_CHARACTERS * 2 },
      });
    case 'annex':
      return paragraph([run(text, FACE.body, SIZE.body)], { indent: { firstLine: TWO_CHARACTERS * 2.5 } });
    case 'paragraph':
      return paragraph([run(text, FACE.body, SIZE.body)], { indent: { firstLine: TWO_CHARACTERS } });
  }
}

/** The template as a .docx: official page margins, numbering by the word processor, merged cells, page numbers. */
export async function buildLetter(template: Template): Promise<Uint8Array> {
  const children = [];
  let onNewPage = false;
  for (const piece of template.pieces) {
    if (piece.kind === 'page') onNewPage = true;
    else if (piece.kind === 'table') children.push(letterTable(piece.widths, piece.rows));
    else {
      children.push(draw(piece, onNewPage));
      onNewPage = false;
    }
  }
  const level = (format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string, font: Face) => ({
    format,
    text,
    alignment: AlignmentType.START,
    suffix: LevelSuffix.NOTHING,
    style: { paragraph: { indent: { left: 0, firstLine: TWO_CHARACTERS } }, run: { font, size: SIZE.body } },
  });
  const file = new Document({
    creator: template.landscape ? '任务清单' : '公文',
    numbering: {
      config: [
        {
          reference: NUMBERING,
          levels: [
            { level: 0, ...level(LevelFormat.CHINESE_COUNTING_THOUSAND, '%1、', FACE.heading) },
            { level: 1, ...level(LevelFormat.CHINESE_COUNTING_THOUSAND, '（%2）', FACE.item) },
          ],
        },
      ],
    },
    sections: [
      {
        properties: {
          page: {
            size: {
              ...A4,
              orientation: template.landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: template.landscape
              ? { top: 1247, bottom: 1134, left: 1134, right: 1134 }
              : { top: 2098, bottom: 1984, left: 1587, right: 1474 },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: 28 })],
              }),
            ],
          }),
        },
        children,
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(file));
}
