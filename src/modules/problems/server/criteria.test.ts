import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCriteria } from './add-criteria.ts';
import { criteriaSets } from './criteria.ts';
import { readCriteria } from './read-criteria.ts';
import { type Stage, stage } from './stage.ts';

let s: Stage;
beforeAll(async () => {
  s = await stage();
});
afterAll(async () => s.drop());

const read = async (name: string, bytes: Buffer) => {
  const { sha256, size } = await s.house.files.put(Readable.from([bytes]), 10_000_000);
  return s.act('2026-03-02', 'officer', (act) => readCriteria(act, { name, size, sha256, fields: {} }));
};

describe('判定标准从文件录入', () => {
  it('表格：编号、行业、条文三栏，行业只写一次的往下沿用', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('标准');
    sheet.addRows([
      ['编号', '行业', '条文'],
      ['1', '储存', '试验条文甲。'],
      ['2', '', '试验条文乙。'],
      ['2', '运输', '试验条文丙。'],
    ]);
    const { clauses } = await read('标准.xlsx', Buffer.from(await book.xlsx.writeBuffer()));
    expect(clauses.map(({ code, sector, doubt }) => [code, sector, doubt])).toEqual([
      ['1', '储存', null],
      ['2', '储存', '编号2出现了不止一次'],
      ['2', '运输', '编号2出现了不止一次'],
    ]);
    const enter = s.act('2026-03-02', 'officer', (act) =>
      addCriteria(act, { name: '表格标准', version: '一', validFrom: '2026-01-01', clauses }),
    );
    expect(await s.refusal(enter)).toContain('出现了不止一次');
  });

  it('文字：编了号的 .docx 一段一条', async () => {
    const paragraph = (text: string) => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
    const docx = zipSync({
      '[Content_Types].xml': strToU8(
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      ),
      '_rels/.rels': strToU8(
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      ),
      'word/document.xml': strToU8(
        `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${[
          '一、储存场所',
          '第一条 试验条文甲。',
          '第二条 试验条文乙。',
        ]
          .map(paragraph)
          .join('')}</w:body></w:document>`,
      ),
    });
    const { clauses } = await read('标准.docx', Buffer.from(docx));
    expect(clauses.map(({ code, sector }) => [code, sector])).toEqual([
      ['第一条', '储存场所'],
      ['第二条', '储存场所'],
    ]);
    await s.act('2026-03-02', 'officer', (act) =>
      addCriteria(act, { name: '文字标准', version: '一', validFrom: '2026-01-01', clauses }),
    );
    const sets = await criteriaSets(s.house.db, '990102', null);
    expect(sets.map((set) => [set.name, set.sample, set.clauses.length])).toEqual([
      ['文字标准', false, 2],
      ['示例，非法定文本', true, 8],
    ]);
  });

  it('不是表格、没有条文、改了后缀的文件，说明怎么办', async () => {
    expect(await s.refusal(read('标准.xlsx', Buffer.from('不是表格')))).toContain('不是 .xlsx');
    expect(await s.refusal(read('标准.txt', Buffer.from('没有编号的一段话')))).toContain('编了号的条文');
  });

  it('随系统提供的只有明确标为示例的条文', async () => {
    const sample = (await criteriaSets(s.house.db, '990102', null)).find((set) => set.sample);
    expect(sample?.name).toContain('示例，非法定文本');
    expect(
      sample?.clauses.every((clause) => clause.code.startsWith('示例') && clause.text.startsWith('示例条文')),
    ).toBe(true);
    expect(await s.findings()).toEqual([]);
  });
});
