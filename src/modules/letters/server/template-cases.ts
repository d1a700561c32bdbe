import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import type { Blanks } from '../../../kernel/blanks.ts';
import { day } from '../../../kernel/day.ts';
import { checkTemplate, fillTemplate } from '../../../platform/documents/fill.ts';
import { officePdf } from '../../../platform/documents/office-pdf.ts';
import { readDocument } from '../../../platform/documents/read.ts';
import { officeInstalled } from '../../../platform/documents/soffice.ts';
import { type DocumentForm, documentNumber } from '../form.ts';
import { builtInTemplate } from './templates.ts';

/** The XML of a part of a .docx. */
export const partOf = (bytes: Uint8Array, name: string): string =>
  new TextDecoder().decode(unzipSync(bytes)[`word/${name}.xml`] ?? new Uint8Array());

/** Values as long as they come in practice, made from the blanks themselves. */
function valuesFor(of: Blanks, many = 3): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(of).map(([name, blank]) => [
      name,
      blank.kind === 'day'
        ? day('2026-11-22')
        : blank.kind === 'number'
          ? 7
          : blank.kind === 'headline'
            ? '松涛区安全生产委员会办公室文件'
            : blank.kind === 'chart'
              ? { form: 'columns', names: ['甲', '乙'], series: [{ name: '新增', values: [3, 7] }] }
              : blank.kind === 'paragraphs'
                ? [
                    '现场检查发现，该场所消防水泵不能启动，疏散通道被占用堵塞，一旦发生火灾极易造成人员伤亡。',
                    '应当立即整改。',
                  ]
                : blank.kind === 'rows'
                  ? Array.from({ length: many }, () => valuesFor(blank.fields ?? {}))
                  : name === '发文字号'
                    ? documentNumber('松安委办督', 2026, 12)
                    : `${name}的内容，写得稍长一些`,
    ]),
  );
}
const filled = (form: DocumentForm, many?: number): Uint8Array =>
  fillTemplate(builtInTemplate(form).bytes, form.blanks, valuesFor(form.blanks, many) as never);

/**
 * What must hold for every built-in template: its blanks are those of its form, it is what its generator writes, it has
 * the layout of official documents, and nothing of it is lost as PDF. For the tests of each room that issues documents.
 */
export function itHoldsFor(forms: readonly DocumentForm[], generated: (form: DocumentForm) => Uint8Array): void {
  for (const form of forms) {
    it(`${form.word}：每一个空都对得上，文件与生成器一致`, () => {
      const { bytes } = builtInTemplate(form);
      expect(checkTemplate(bytes, form.blanks)).toEqual([]);
      expect(Buffer.from(generated(form)).equals(Buffer.from(bytes))).toBe(true);
    });

    it(`${form.word}：A4，天头37毫米，订口28毫米，每页22行，正文三号仿宋，页码四号`, () => {
      const { bytes } = builtInTemplate(form);
      const body = partOf(bytes, 'document');
      expect(body).toContain('<w:pgSz w:w="11906" w:h="16838"/>');
      const margin =
        /<w:pgMar w:top="(\d+)" w:right="(\d+)" w:bottom="(\d+)" w:left="(\d+)"/.exec(body)?.slice(1).map(Number) ?? [];
      const [top = 0, right = 0, bottom = 0, left = 0] = margin.map((twips) => (twips * 25.4) / 1440);
      expect([Math.round(top), Math.round(left)]).toEqual([37, 28]);
      expect(210 - left - right).toBeCloseTo(156, 0);
      expect(297 - top - bottom).toBeCloseTo(225, 0);
      expect(Math.floor(((297 - top - bottom) * 1440) / 25.4 / Number(/linePitch="(\d+)"/.exec(body)?.[1]))).toBe(22);
      expect(partOf(bytes, 'styles')).toContain('w:eastAsia="仿宋_GB2312"');
      expect(partOf(bytes, 'footer1')).toContain('<w:sz w:val="28"/>');
      expect(partOf(bytes, 'fontTable')).toContain('<w:altName');
    });

    it(`${form.word}：填好之后能再读出来，没有留下空`, async () => {
      const { text } = await readDocument(filled(form), '公文.docx');
      expect(text).not.toMatch(/[{}]/);
      // the number of a letter stands in its text, its red head in a header
      expect(text).toContain('松安委办督〔2026〕12号');
      expect(text).toContain('2026年11月22日');
    });
  }

  it.skipIf(!officeInstalled())(
    '转成 PDF 后标点一个不少',
    async () => {
      for (const form of forms) {
        const bytes = filled(form, 14);
        const pdf = await officePdf(bytes, `${form.kind}-test`);
        if (!pdf) throw new Error('no PDF');
        const words = (await readDocument(pdf, '公文.pdf')).text;
        const source = (await readDocument(bytes, '公文.docx')).text;
        const count = (text: string, one: string): number => text.split(one).length - 1;
        for (const mark of ['，', '。', '：', '〔'])
          expect([form.word, mark, count(words, mark) >= count(source, mark)]).toEqual([form.word, mark, true]);
      }
    },
    240_000,
  );
}
