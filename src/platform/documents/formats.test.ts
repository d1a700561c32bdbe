import { existsSync, readdirSync, readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { SourceDocument, TableBlock } from '../../kernel/document.ts';
import { packed } from './fixtures.ts';
import { readDocument } from './read.ts';
import { numberText } from './sheet-number.ts';

function tables(document: SourceDocument): TableBlock[] {
  return document.blocks.filter((each) => each.kind === 'table');
}

function cells(document: SourceDocument): string[] {
  return tables(document).flatMap((table) =>
    table.cells.map((cell) =>
      [cell.row, cell.column, cell.rowSpan, cell.columnSpan, document.text.slice(cell.start, cell.end)].join(' '),
    ),
  );
}

describe('纯文本', () => {
  const words = '一、总体要求\n加强安全生产工作。\n';

  test('各种编码读出同样的文字，只统一换行', async () => {
    const wide = new Uint8Array(Buffer.from(`\uFEFF${words}`, 'utf16le'));
    const gbk = Uint8Array.from([0xb7, 0xbd, 0xb0, 0xb8, 0x0d, 0x0a, 0xd2, 0xbb]);
    expect((await readDocument(strToU8(`\uFEFF${words.replaceAll('\n', '\r\n')}`), '甲.txt')).text).toBe(words);
    expect((await readDocument(wide, '甲.txt')).text).toBe(words);
    expect((await readDocument(wide.slice(2), '甲.txt')).text).toBe(words);
    expect(
      (
        await readDocument(
          wide.slice().map((_, at) => wide[at ^ 1] ?? 0),
          '甲.txt',
        )
      ).text,
    ).toBe(words);
    expect((await readDocument(gbk, '甲.txt')).text).toBe('方案\n一');
  });

  test('导出成文本的表格恢复为表格，空格子归入上面合并的单元格', async () => {
    const row = (...texts: string[]): string => `${texts.map((text) => `\t${text}`).join('\n')}\n\n`;
    const text = `清单\n${row('序号', '项目', '工作内容', '单位')}${row('1', '排查', '开展全面排查并建立问题台账', '甲局\n乙局')}${row('', '', '对排查出的问题逐项\n整改到位', '丙局')}${row('2', '宣传', '组织宣传教育进企业进社区', '丁局')}`;
    const document = await readDocument(strToU8(text), '清单.txt');
    expect(document.text).toBe(text);
    expect(cells(document).slice(4)).toEqual([
      '1 0 2 1 1',
      '1 1 2 1 排查',
      '1 2 1 1 开展全面排查并建立问题台账',
      '1 3 1 1 甲局\n乙局',
      '2 2 1 1 对排查出的问题逐项\n整改到位',
      '2 3 1 1 丙局',
      '3 0 1 1 2',
      '3 1 1 1 宣传',
      '3 2 1 1 组织宣传教育进企业进社区',
      '3 3 1 1 丁局',
    ]);
  });

  test('以制表符缩进的普通段落不是表格', async () => {
    const document = await readDocument(strToU8('\t第一段。\n\t第二段。\n\n\t第三段。\n'), '甲.txt');
    expect(tables(document)).toEqual([]);
  });
});

describe('工作簿', () => {
  test('标题行是段落，合并单元格只出现一次，每张表一个表格', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('任务清单');
    sheet.addRow(['年度任务清单']);
    sheet.mergeCells('A1:C1');
    sheet.addRow(['序号', '任务', '时限']);
    sheet.addRow([1, '开展排查\n建立台账', new Date(Date.UTC(2026, 5, 30))]);
    sheet.addRow([null, '完成率', 0.95]);
    sheet.mergeCells('A3:A4');
    sheet.getCell('C3').numFmt = 'yyyy"年"m"月"d"日"';
    sheet.getCell('C4').numFmt = '0%';
    book.addWorksheet('空表');
    const document = await readDocument(new Uint8Array(await book.xlsx.writeBuffer()), '清单.xlsx');
    expect(document.text.split('\n')[0]).toBe('年度任务清单');
    expect(tables(document)).toMatchObject([{ caption: '任务清单', rows: 3, columns: 3 }]);
    expect(cells(document).slice(3)).toEqual([
      '1 0 2 1 1',
      '1 1 1 1 开展排查\n建立台账',
      '1 2 1 1 2026年6月30日',
      '2 1 1 1 完成率',
      '2 2 1 1 95%',
    ]);
  });

  test('数字按格式读出', () => {
    expect([
      numberText(0.1 + 0.2, ''),
      numberText(46203, '#14'),
      numberText(0.125, '#10'),
      numberText(46203, '"d"0'),
    ]).toEqual(['0.3', '2026年6月30日', '12.5%', '46203']);
  });
});

describe('网页和版式文件', () => {
  test('网页的段落、标题和合并单元格', async () => {
    const page =
      '<html><head><style>p{}</style></head><body><h1>方案</h1><p align=center>一、目标&nbsp;&amp; 要求<br>续行</p><table><tr><td rowspan="2">1</td><td>甲</td></tr><tr><td>乙<p>丙</p></td></tr></table><script>x</script></body></html>';
    const document = await readDocument(strToU8(page), '方案.doc');
    expect(document.format).toBe('html');
    expect(document.blocks[0]).toMatchObject({ outline: 1 });
    expect(document.text.split('\n').slice(0, 3)).toEqual(['方案', '一、目标 & 要求', '续行']);
    expect(cells(document)).toEqual(['0 0 2 1 1', '0 1 1 1 甲', '1 1 1 1 乙\n丙']);
  });

  test('OFD 的文字按版面顺序连成段落', async () => {
    const line = (x: number, y: number, text: string): string =>
      `<ofd:TextObject Boundary="${x} ${y} 200 6" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g ${text.length - 1} 5">${text}</ofd:TextCode></ofd:TextObject>`;
    const full = '各有关部门要按照职责分工认真抓好落实确保各项任务按期';
    const content = line(30, 40, '一、总体要求') + line(30, 58, '完成。') + line(40, 50, full) + line(100, 285, '—1—');
    const document = await readDocument(
      packed({
        'OFD.xml': '<ofd:OFD><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        'Doc_0/Document.xml':
          '<ofd:Document><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox><ofd:Pages><ofd:Page BaseLoc="P/0.xml"/></ofd:Pages></ofd:Document>',
        'Doc_0/P/0.xml': `<ofd:Page><ofd:Content><ofd:Layer>${content}</ofd:Layer></ofd:Content></ofd:Page>`,
      }),
      '方案.ofd',
    );
    expect(document.text).toBe(`一、总体要求\n${full}完成。`);
  });
});

const REAL = new URL('../../../../shared/real/', import.meta.url);
const real = existsSync(REAL) ? readdirSync(REAL).filter((name) => /\.(doc|xls|pdf)$/.test(name)) : [];

describe.skipIf(real.length === 0)('机关实际制作的文件整份读出（没有样本文件夹时跳过）', () => {
  test.each(real)(
    '%s',
    async (name) => {
      const document = await readDocument(readFileSync(new URL(name, REAL)), name);
      expect(document.text.length).toBeGreaterThan(900);
      for (const table of tables(document)) {
        for (const cell of table.cells) expect(cell.start >= table.start && cell.end <= table.end).toBe(true);
      }
      if (!document.losses.some((loss) => loss.kind === 'text-only'))
        expect(tables(document).length).toBeGreaterThan(0);
    },
    60_000,
  );
});
