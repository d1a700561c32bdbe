// The layout of official documents (GB/T 9704-2012) as WordprocessingML, for the generators of templates.
import { zipSync } from 'fflate';

/** Lengths in twentieths of a point; A4 with a type area of 156 × 225 mm in 22 lines of 28 characters. */
const mm = (length: number): number => Math.round((length * 1440) / 25.4);
export const WIDTH = mm(156);
const LINE = Math.floor(mm(225) / 22);
/** Between characters, in twentieths of a point: 28 of 16 points stand in a line. A grid of characters would say the same, but only Word reads it so. */
const BETWEEN = -4;
/** The least that 28 characters need; 156 mm are a hair less. */
const RIGHT = 11906 - mm(28) - 8850;
const RED = 'FF0000';

/** Typefaces of official documents. They are not free; the names after each are free ones with the same look. */
export const FACES = {
  body: { name: '仿宋_GB2312', free: ['仿宋', 'FangSong', '朱雀仿宋', 'Zhuque Fangsong (technical preview)'] },
  title: { name: '方正小标宋简体', free: ['方正小标宋_GBK', '思源宋体', 'Source Han Serif SC', 'Noto Serif CJK SC'] },
  heading: { name: '黑体', free: ['SimHei', '思源黑体', 'Source Han Sans SC', 'Noto Sans CJK SC'] },
  item: { name: '楷体_GB2312', free: ['楷体', 'KaiTi', '霞鹜文楷', 'LXGW WenKai'] },
  number: { name: '宋体', free: ['SimSun', '思源宋体', 'Noto Serif CJK SC'] },
} as const;
type Face = keyof typeof FACES;
/** Half points: 二号 22, 三号 16, 四号 14, 小四 12. */
const SIZE = { head: 84, title: 44, body: 32, small: 28, table: 24 } as const;

const text = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A run of text. `\t` and `\n` become the word processor's own; quotation marks and dashes are the Chinese ones, as wide as a character. */
export function run(
  words: string,
  form: { readonly face?: Face; readonly size?: number; readonly red?: true; readonly bold?: true } = {},
): string {
  const face = FACES[form.face ?? 'body'].name;
  const size = form.size ?? SIZE.body;
  const pieces = words
    .split(/([\t\n])/)
    .map((piece) =>
      piece === '\t'
        ? '<w:tab/>'
        : piece === '\n'
          ? '<w:br/>'
          : piece === ''
            ? ''
            : `<w:t xml:space="preserve">${text(piece)}</w:t>`,
    )
    .join('');
  return `<w:r><w:rPr><w:rFonts w:hint="eastAsia" w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="${face}"/>${
    form.bold ? '<w:b/>' : ''
  }${form.red ? `<w:color w:val="${RED}"/>` : ''}<w:sz w:val="${size}"/><w:szCs w:val="${size}"/></w:rPr>${pieces}</w:r>`;
}

interface Form {
  readonly align?: 'center' | 'right' | 'left' | 'both';
  /** In characters. */
  readonly first?: number;
  readonly left?: number;
  readonly right?: number;
  readonly before?: number;
  readonly after?: number;
  /** Exact height of a line; null leaves it to the type. */
  readonly line?: number | null;
  /** Stays on the page of what follows. */
  readonly keep?: true;
  /** Begins a page. */
  readonly page?: true;
  /** Raw, at its place in the schema's order. */
  readonly border?: string;
  readonly tabs?: string;
  /** Indents in twentieths of a point, instead of characters. */
  readonly indent?: string;
}

/**
 * A paragraph of runs. LibreOffice 7 loses the full stop that hangs over the edge of a justified line, and takes
 * `overflowPunct` the other way round: said outright, Word hangs it as it always does and LibreOffice wraps it. The children of `w:pPr` stand in the order that the schema asks for.
 */
export function paragraph(runs: string | readonly string[], form: Form = {}): string {
  const line = form.line === undefined ? LINE : form.line;
  const chars = (name: string, count: number | undefined): string =>
    count === undefined ? '' : ` w:${name}Chars="${Math.round(count * 100)}" w:${name}="${Math.round(count * 320)}"`;
  const indent =
    form.indent ?? `${chars('left', form.left)}${chars('right', form.right)}${chars('firstLine', form.first)}`;
  return `<w:p><w:pPr>${form.keep ? '<w:keepNext/>' : ''}${form.page ? '<w:pageBreakBefore/>' : ''}<w:widowControl w:val="0"/>${
    form.border ? `<w:pBdr>${form.border}</w:pBdr>` : ''
  }${form.tabs ? `<w:tabs>${form.tabs}</w:tabs>` : ''}<w:overflowPunct w:val="1"/>${line === LINE ? '' : '<w:snapToGrid w:val="0"/>'}<w:spacing w:before="${form.before ?? 0}" w:after="${form.after ?? 0}"${
    line === null ? ' w:line="240" w:lineRule="auto"' : ` w:line="${line}" w:lineRule="exact"`
  }/>${indent === '' ? '' : `<w:ind${indent}/>`}<w:jc w:val="${form.align ?? 'both'}"/></w:pPr>${
    typeof runs === 'string' ? runs : runs.join('')
  }</w:p>`;
}

/** Body text, two characters in. */
export const body = (words: string, form: Form = {}): string => paragraph(run(words), { first: 2, ...form });
/** 一、in Hei, （一）in Kai, the rest of the line as body. */
export const heading = (words: string): string => paragraph(run(words, { face: 'heading' }), { first: 2, keep: true });
export const item = (name: string, rest: string, form: Form = {}): string =>
  paragraph([run(name, { face: 'item' }), run(rest)], { first: 2, ...form });
export const addressee = (words: string): string => paragraph(run(words));
/** 二号 小标宋, two lines below the rule. */
export const title = (words: string, before = LINE * 2): string =>
  paragraph(run(words, { face: 'title', size: SIZE.title }), {
    align: 'center',
    before,
    after: LINE,
    line: 640,
    keep: true,
  });

/** Red head 35 mm below the upper edge of the type area (announcements and opinions, which are to stay on one page: less), number two lines below, red rule 4 mm below the number. */
export const redHead = (before = mm(35)): string =>
  paragraph(run('{{发文机关标志}}', { face: 'title', size: SIZE.head, red: true }), {
    align: 'center',
    before,
    after: LINE * 2,
    line: null,
  }) +
  paragraph(run('{{发文字号}}'), {
    align: 'center',
    border: `<w:bottom w:val="single" w:sz="18" w:space="11" w:color="${RED}"/>`,
  });

/** The head of what goes upward (上行文): the number at the left, at the right 签发人 with room for the name, which is written by hand. */
export const upwardHead = (before: number): string =>
  paragraph(run('{{发文机关标志}}', { face: 'title', size: SIZE.head, red: true }), {
    align: 'center',
    before,
    after: LINE * 2,
    line: null,
  }) +
  paragraph(run('{{发文字号}}\t签发人：'), {
    align: 'left',
    indent: ' w:left="316" w:right="316"',
    tabs: `<w:tab w:val="left" w:pos="${WIDTH - 8 * 316}"/>`,
    border: `<w:bottom w:val="single" w:sz="18" w:space="11" w:color="${RED}"/>`,
  });

/**
 * Issuer and day below the text, towards the right; never alone on a page, nor is what stands at the foot of the last page
 * (`foot`): the paragraph before is to be kept with it.
 */
export const signature = (foot: 'with foot' | 'alone' = 'with foot'): string =>
  paragraph(run('{{发文机关}}'), { align: 'right', right: 2, before: LINE, keep: true }) +
  paragraph(run('{{成文日期}}'), { align: 'right', right: 4, ...(foot === 'with foot' ? { keep: true } : {}) });

const copies = (): string =>
  paragraph(run('抄送：{{抄送单位}}。', { size: SIZE.small }), {
    line: 480,
    indent: ' w:left="1120" w:right="280" w:hanging="840"',
  });

/**
 * A table at the foot of the last page. It is placed from the edge of the page, without which LibreOffice leaves it where the
 * text ends.
 */
function atFoot(rows: readonly string[], rules: readonly string[]): string {
  const row = (content: string): string =>
    `<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="${WIDTH}" w:type="dxa"/></w:tcPr>${content}</w:tc></w:tr>`;
  return `<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="${mm(28)}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/><w:tblW w:w="${WIDTH}" w:type="dxa"/>${rules.length > 0 ? `<w:tblBorders>${rules.join('')}</w:tblBorders>` : ''}<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="${WIDTH}"/></w:tblGrid>${rows.map(row).join('')}</w:tbl>${paragraph('', { line: 20 })}`;
}

/** 版记 between thick rules with a thin one inside; the line of copies falls away when there are none. */
export function imprint(): string {
  const rule = (name: string, size: number): string =>
    `<w:${name} w:val="single" w:sz="${size}" w:space="0" w:color="000000"/>`;
  const printed = paragraph(run('{{印发机关}}\t{{印发日期}}印发', { size: SIZE.small }), {
    line: 480,
    indent: ' w:left="280" w:right="280"',
    tabs: `<w:tab w:val="right" w:pos="${WIDTH - 280}"/>`,
  });
  return atFoot([copies(), printed], [rule('top', 8), rule('bottom', 8), rule('insideH', 6)]);
}

/** 版记 of a letter: the copies alone, without rules, at the very foot; it falls away when there are none. */
export const letterImprint = (): string => atFoot([copies(), paragraph('', { line: 20 })], []);

/** 附件说明 below the text, one line for each enclosure. */
export const enclosures = (words: string): string =>
  paragraph(run(words), {
    align: 'left',
    indent: ' w:leftChars="500" w:left="1600" w:hangingChars="300" w:hanging="960"',
    keep: true,
  });
/** The head of an enclosure on a page of its own, before 版记: 附件 in Hei at the left, its title two lines below. */
export const enclosure = (name: string): string =>
  paragraph(run('附件', { face: 'heading' }), { align: 'left', page: true, keep: true }) + title(name, LINE);

/**
 * A table with a repeated head row. `widths` share the type area; cells of `centred` columns stand in the middle, those of
 * `right` columns (numbers) at the right. All rows ask to stay with the next one: whoever repeats a row for a list takes that
 * away where a page may end.
 */
export function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  centred: readonly number[] = [],
  right: readonly number[] = [],
): string {
  const sum = widths.reduce((all, one) => all + one, 0);
  const columns = widths.map((one) => Math.round((WIDTH * one) / sum));
  const cell = (words: string, column: number, isHead: boolean): string =>
    `<w:tc><w:tcPr><w:tcW w:w="${columns[column]}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>${paragraph(
      run(words, { face: isHead ? 'heading' : 'body', size: SIZE.table }),
      {
        align: isHead || centred.includes(column) ? 'center' : right.includes(column) ? 'right' : 'left',
        line: null,
        before: 40,
        after: 40,
        keep: true,
      },
    )}</w:tc>`;
  const line = (cells: readonly string[], isHead: boolean): string =>
    `<w:tr><w:trPr><w:cantSplit/>${isHead ? '<w:tblHeader/>' : ''}</w:trPr>${cells.map((words, at) => cell(words, at, isHead)).join('')}</w:tr>`;
  return wrapTable(columns, [
    ...(heads.length > 0 ? [line(heads, true)] : []),
    ...rows.map((cells) => line(cells, false)),
  ]);
}

/** A table of names and values, two or four columns, on one page; `keep` holds it on the page of what follows. */
export function sheet(rows: readonly (readonly string[])[], keep?: 'keep'): string {
  const columns = [1500, 2922, 1500, WIDTH - 5922];
  const cellIn =
    (stays: boolean) =>
    (words: string, width: number, span: number, isName: boolean): string =>
      `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${span > 1 ? `<w:gridSpan w:val="${span}"/>` : ''}<w:vAlign w:val="center"/></w:tcPr>${paragraph(
        run(words, { face: isName ? 'heading' : 'body', size: SIZE.table }),
        { align: isName ? 'center' : 'left', line: null, before: 60, after: 60, ...(stays ? { keep: true } : {}) },
      )}</w:tc>`;
  const [a = 0, b = 0, c = 0, d = 0] = columns;
  return wrapTable(
    columns,
    rows.map(([name = '', value = '', other, otherValue], at) => {
      const cell = cellIn(keep === 'keep' || at < rows.length - 1);
      return `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cell(name, a, 1, true)}${
        other === undefined
          ? cell(value, b + c + d, 3, false)
          : cell(value, b, 1, false) + cell(other, c, 1, true) + cell(otherValue ?? '', d, 1, false)
      }</w:tr>`;
    }),
  );
}

function wrapTable(columns: readonly number[], rows: readonly string[]): string {
  const rule = (name: string): string => `<w:${name} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`;
  return `<w:tbl><w:tblPr><w:tblW w:w="${columns.reduce((all, one) => all + one, 0)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>${['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(rule).join('')}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>${columns.map((one) => `<w:gridCol w:w="${one}"/>`).join('')}</w:tblGrid>${rows.join('')}</w:tbl>`;
}

/** Half a line of white between a table and what stands before or after it. */
export const gap = (keep?: 'keep'): string =>
  paragraph('', { line: Math.round(LINE / 2), ...(keep ? { keep: true as const } : {}) });

const W =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** — 1 — in 四号 Song, one character from the outer edge, 7 mm below the type area. */
const pageNumber = (side: 'left' | 'right'): string => {
  const of = (content: string): string =>
    `<w:r><w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>${content}</w:r>`;
  return `<w:p><w:pPr><w:ind w:${side}="280"/><w:jc w:val="${side}"/></w:pPr>${of('<w:t xml:space="preserve">— </w:t>')}${of('<w:fldChar w:fldCharType="begin"/>')}${of('<w:instrText xml:space="preserve"> PAGE </w:instrText>')}${of('<w:fldChar w:fldCharType="separate"/>')}${of('<w:t>1</w:t>')}${of('<w:fldChar w:fldCharType="end"/>')}${of('<w:t xml:space="preserve"> —</w:t>')}</w:p>`;
};

/** 信函格式: the red name 30 mm below the upper edge of the paper, a double rule of 170 mm below it and one at the foot. */
const letterHead = (): string =>
  paragraph(run('{{发文机关标志}}', { face: 'title', size: 72, red: true }), {
    align: 'center',
    line: null,
    indent: ` w:left="${-mm(7)}" w:right="${-mm(7)}"`,
    border: `<w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="10" w:color="${RED}"/>`,
  });
const letterFoot = (): string =>
  paragraph('', {
    line: 120,
    indent: ` w:left="${-mm(7)}" w:right="${-mm(7)}"`,
    border: `<w:top w:val="thinThickSmallGap" w:sz="24" w:space="1" w:color="${RED}"/>`,
  });

/** The .docx of a template. `letter` is the form of letters (信函格式), without page number on its first page. */
export function officialDocx(content: string, form: 'document' | 'letter' = 'document'): Uint8Array {
  const letter = form === 'letter';
  const parts: Record<string, string> = {
    'footer1.xml': `<w:ftr ${W}>${pageNumber('right')}</w:ftr>`,
    'footer2.xml': `<w:ftr ${W}>${pageNumber('left')}</w:ftr>`,
    ...(letter
      ? { 'header3.xml': `<w:hdr ${W}>${letterHead()}</w:hdr>`, 'footer3.xml': `<w:ftr ${W}>${letterFoot()}</w:ftr>` }
      : {}),
  };
  const section = `<w:sectPr>${letter ? '<w:headerReference w:type="first" r:id="rId13"/>' : ''}<w:footerReference w:type="default" r:id="rId11"/><w:footerReference w:type="even" r:id="rId12"/>${
    letter ? '<w:footerReference w:type="first" r:id="rId14"/>' : ''
  }<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="${mm(37)}" w:right="${RIGHT}" w:bottom="${mm(35)}" w:left="${mm(28)}" w:header="${letter ? mm(30) : mm(15)}" w:footer="${letter ? mm(20) : mm(22)}" w:gutter="0"/>${
    letter ? '<w:titlePg/>' : ''
  }<w:docGrid w:type="lines" w:linePitch="${LINE}"/></w:sectPr>`;
  const part = (name: string): string => (name.startsWith('header') ? 'header' : 'footer');
  const ids: Readonly<Record<string, string>> = {
    'footer1.xml': 'rId11',
    'footer2.xml': 'rId12',
    'header3.xml': 'rId13',
    'footer3.xml': 'rId14',
  };
  const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
  const files: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${type}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${type}.styles+xml"/><Override PartName="/word/settings.xml" ContentType="${type}.settings+xml"/><Override PartName="/word/fontTable.xml" ContentType="${type}.fontTable+xml"/>${Object.keys(
      parts,
    )
      .map((name) => `<Override PartName="/word/${name}" ContentType="${type}.${part(name)}+xml"/>`)
      .join('')}</Types>`,
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATION}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<w:document ${W}><w:body>${content}${section}</w:body></w:document>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATION}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${RELATION}/settings" Target="settings.xml"/><Relationship Id="rId3" Type="${RELATION}/fontTable" Target="fontTable.xml"/>${Object.keys(
      parts,
    )
      .map((name) => `<Relationship Id="${ids[name]}" Type="${RELATION}/${part(name)}" Target="${name}"/>`)
      .join('')}</Relationships>`,
    'word/styles.xml': `<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="${FACES.body.name}"/><w:spacing w:val="${BETWEEN}"/><w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr></w:style><w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`,
    'word/settings.xml': `<w:settings ${W}><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`,
    'word/fontTable.xml': `<w:fonts ${W}>${Object.values(FACES)
      .map(
        (face) =>
          `<w:font w:name="${face.name}"><w:altName w:val="${face.free.join(',')}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>`,
      )
      .join(
        '',
      )}<w:font w:name="Times New Roman"><w:altName w:val="Liberation Serif"/><w:charset w:val="00"/><w:family w:val="roman"/></w:font></w:fonts>`,
    ...Object.fromEntries(Object.entries(parts).map(([name, xml]) => [`word/${name}`, xml])),
  };
  const day = new Date(2000, 0, 1);
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, xml]) => [name, [new TextEncoder().encode(HEAD + xml), { mtime: day }]]),
    ),
  );
}
