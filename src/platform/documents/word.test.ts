import { AlignmentType, Document, LevelFormat, Packer, Paragraph, Table, TableCell, TableRow, WidthType } from 'docx';
import { describe, expect, test } from 'vitest';
import type { SourceDocument, TableBlock } from '../../kernel/document.ts';
import { paragraph, wordFile } from './fixtures.ts';
import { readDocument } from './read.ts';
import { convertWithSoffice } from './soffice.ts';

function lines(document: SourceDocument): string[] {
  return document.blocks
    .filter((each) => each.kind === 'paragraph')
    .map((each) => document.text.slice(each.start, each.end));
}

function tables(document: SourceDocument): TableBlock[] {
  return document.blocks.filter((each) => each.kind === 'table');
}

function cellTexts(document: SourceDocument, table: TableBlock): string[] {
  return table.cells.map((cell) =>
    [cell.row, cell.column, cell.rowSpan, cell.columnSpan, document.text.slice(cell.start, cell.end)].join(' '),
  );
}

async function sample(): Promise<Uint8Array> {
  const level = (at: number, format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) => ({
    level: at,
    format,
    text,
    alignment: AlignmentType.LEFT,
  });
  const numbered = (text: string, at: number, instance = 0): Paragraph =>
    new Paragraph({ text, numbering: { reference: 'plan', level: at, instance } });
  const cell = (text: string, spans: { rowSpan?: number; columnSpan?: number } = {}): TableCell =>
    new TableCell({
      ...spans,
      width: { size: 3000 * (spans.columnSpan ?? 1), type: WidthType.DXA },
      children: text.split('\n').map((line) => new Paragraph(line)),
    });
  const document = new Document({
    numbering: {
      config: [
        {
          reference: 'plan',
          levels: [
            level(0, LevelFormat.CHINESE_COUNTING, '%1、'),
            level(1, LevelFormat.CHINESE_COUNTING_THOUSAND, '（%2）'),
            level(2, LevelFormat.DECIMAL, '%3.'),
            level(3, LevelFormat.DECIMAL_ENCLOSED_CIRCLE, '%4'),
          ],
        },
      ],
    },
    sections: [
      {
        children: [
          new Paragraph({ text: '年度工作方案', alignment: AlignmentType.CENTER }),
          numbered('总体要求', 0),
          numbered('重点任务', 0),
          ...Array.from({ length: 12 }, (_, at) => numbered(`任务${at + 1}`, 1)),
          numbered('开展排查', 2),
          numbered('建立台账', 2),
          numbered('逐项销号', 3),
          numbered('保障措施', 0),
          numbered('加强领导', 1),
          new Table({
            width: { size: 9000, type: WidthType.DXA },
            columnWidths: [3000, 3000, 3000],
            rows: [
              new TableRow({ children: [cell('序号'), cell('任务'), cell('责任单位')] }),
              new TableRow({ children: [cell('1', { rowSpan: 2 }), cell('开展排查'), cell('甲局\n乙局')] }),
              new TableRow({ children: [cell('落实整改'), cell('丙局')] }),
              new TableRow({ children: [cell('备注', { columnSpan: 3 })] }),
            ],
          }),
          // LibreOffice loses a table that nothing follows when it writes .doc.
          new Paragraph('（此件公开发布）'),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

const EXPECTED_NUMBERS = [
  '一、总体要求',
  '二、重点任务',
  '（一）任务1',
  '（十二）任务12',
  '1.开展排查',
  '2.建立台账',
  '三、保障措施',
  '（一）加强领导',
];
const EXPECTED_CELLS = [
  '0 0 1 1 序号',
  '0 1 1 1 任务',
  '0 2 1 1 责任单位',
  '1 0 2 1 1',
  '1 1 1 1 开展排查',
  '1 2 1 1 甲局\n乙局',
  '2 1 1 1 落实整改',
  '2 2 1 1 丙局',
  '3 0 1 3 备注',
];

describe('Word 文件', () => {
  test('自动编号和合并单元格按人看到的样子读出', async () => {
    const document = await readDocument(await sample(), '方案.docx');
    expect(lines(document)).toEqual(expect.arrayContaining(EXPECTED_NUMBERS));
    expect(document.blocks[0]).toMatchObject({ kind: 'paragraph', centred: true });
    expect(document.blocks[1]).toMatchObject({ kind: 'paragraph', generatedNumber: 2 });
    expect(tables(document).flatMap((table) => cellTexts(document, table))).toEqual(EXPECTED_CELLS);
  });

  test('样式编号、派生样式、重新起编和逐级编号', async () => {
    const numbering =
      '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="A"/><w:lvlText w:val="第%1章"/><w:suff w:val="space"/></w:lvl>' +
      '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>' +
      '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>' +
      '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>';
    const styles =
      '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>' +
      '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="派生"/><w:basedOn w:val="A"/></w:style>';
    const second = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>';
    const body =
      paragraph('总则', '<w:pStyle w:val="A"/>') +
      paragraph('目的', second) +
      paragraph('职责', '<w:pStyle w:val="B"/>') +
      paragraph('主体', second) +
      paragraph('另起', '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>') +
      paragraph('无号', '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>');
    const document = await readDocument(wordFile(body, { numbering, styles }), '方案.docx');
    expect(lines(document)).toEqual(['第一章总则', '1.1 目的', '第二章职责', '2.1 主体', '第七章另起', '无号']);
    expect(document.blocks[2]).toMatchObject({ outline: 1 });
  });

  test('修订、域代码、文本框、脚标外的内容各归其位', async () => {
    const body =
      '<w:p><w:r><w:t>保留</w:t></w:r><w:del><w:r><w:delText>删除</w:delText></w:r></w:del><w:ins><w:r><w:t>新增</w:t></w:r></w:ins></w:p>' +
      '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:br/><w:t>下行</w:t><w:noBreakHyphen/></w:r></w:p>' +
      '<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>框外</w:t></w:r></w:p>';
    const document = await readDocument(wordFile(body), '方案.docx');
    expect(lines(document)).toEqual(['保留新增', '3\n下行-', '框外', '框内']);
    expect(document.losses.map((loss) => loss.kind)).toEqual(['tracked-changes']);
  });

  test('嵌套表格压进所在单元格，单格表格只是边框', async () => {
    const cell = (content: string): string => `<w:tc>${content}</w:tc>`;
    const row = (...cells: string[]): string => `<w:tr>${cells.map(cell).join('')}</w:tr>`;
    const inner = `<w:tbl>${row(paragraph('内一'), paragraph('内二'))}</w:tbl>`;
    const body = `<w:tbl>${row(inner + paragraph('外'), paragraph('右'))}</w:tbl><w:tbl>${row(paragraph('边框里的话'))}</w:tbl>`;
    const document = await readDocument(wordFile(body), '方案.docx');
    expect(tables(document).flatMap((table) => cellTexts(document, table))).toEqual([
      '0 0 1 1 内一\t内二\n外',
      '0 1 1 1 右',
    ]);
    expect(lines(document)).toEqual(['边框里的话']);
  });
});

describe('LibreOffice 转出的同一份文件', async () => {
  const source = await sample();
  const doc = await convertWithSoffice(source, 'docx', 'doc', 60_000);
  const pdf = doc && (await convertWithSoffice(source, 'docx', 'pdf', 60_000));

  test.skipIf(!doc)(
    '旧版 .doc 的编号和表格与 .docx 一致（没有 LibreOffice 时跳过）',
    async () => {
      const document = await readDocument(doc ?? source, '方案.doc');
      expect(document.format).toBe('doc');
      expect(tables(document).flatMap((table) => cellTexts(document, table))).toEqual(EXPECTED_CELLS);
      // LibreOffice itself splits the first level of the list when it writes .doc, so only the others are compared.
      expect(lines(document)).toEqual(expect.arrayContaining(EXPECTED_NUMBERS.slice(2, 6)));
    },
    60_000,
  );

  test.skipIf(!pdf)('PDF 里印出的编号和表格与 .docx 一致（没有 LibreOffice 时跳过）', async () => {
    const document = await readDocument(pdf ?? source, '方案.pdf');
    expect(tables(document).flatMap((table) => cellTexts(document, table))).toEqual(EXPECTED_CELLS);
    const read = lines(document).map((line) => line.replace(/\s/g, ''));
    const own = lines(await readDocument(source, '方案.docx')).map((line) => line.replace(/\s/g, ''));
    expect(read).toEqual(own.filter((line) => line !== ''));
  });
}, 120_000);
