import { describe, expect, it } from 'vitest';
import { templates } from '../../../../tools/bulletins-templates.ts';
import { fillTemplate } from '../../../platform/documents/fill.ts';
import { readDocument } from '../../../platform/documents/read.ts';
import type { DocumentForm } from '../../letters/form.ts';
import { itHoldsFor, partOf } from '../../letters/server/template-cases.ts';
import { builtInTemplate } from '../../letters/server/templates.ts';
import { sampleSnapshot } from '../cases.ts';
import { documentOf } from '../document-words.ts';
import { bulletinForms } from '../documents.ts';

describe('日报、周通报、月调度材料自带的模板', () => {
  const made: Readonly<Record<string, Uint8Array>> = templates();
  itHoldsFor(
    Object.values(bulletinForms),
    (form: DocumentForm) => made[form.kind.replace('bulletin.', '')] ?? new Uint8Array(),
  );

  it('表格跨页重复表头，数字靠右', () => {
    const body = partOf(builtInTemplate(bulletinForms.weekly).bytes, 'document');
    expect(body).toContain('<w:tblHeader/>');
    expect(body).toMatch(/w:jc w:val="right"\/><\/w:pPr><w:r>(?:(?!<\/w:r>).)*\{\{指标\.本期\}\}/);
  });

  it('没有的部分连同标题、没有内容的表格连同表名都不留空', async () => {
    const snapshot = {
      ...sampleSnapshot,
      form: { ...sampleSnapshot.form, sections: ['summary', 'next'] as const },
      comparisons: [{ name: '新增问题隐患', unit: '件', now: 3, before: 5 }],
    };
    const bulletin = {
      sections: [
        { key: 'summary' as const, text: '{{本期}}，未销号{{未销号}}件。' },
        { key: 'next' as const, text: '' },
      ],
      chosen: [],
      formName: '周通报',
      addressee: '',
      copies: '',
    };
    const head = {
      发文机关标志: '松涛区安全生产委员会办公室文件',
      发文字号: '松安委办〔2026〕1号',
      发文机关: '松涛区安全生产委员会办公室',
      成文日期: sampleSnapshot.to,
      印发机关: '松涛区安全生产委员会办公室',
      印发日期: sampleSnapshot.to,
    };
    const words = { ...head, ...documentOf(bulletin, snapshot, 'a'.repeat(64), 3) };
    const bytes = fillTemplate(builtInTemplate(bulletinForms.weekly).bytes, bulletinForms.weekly.blanks, words);
    const { text } = await readDocument(bytes, '周通报.docx');
    expect(text).toContain('一、总体情况');
    expect(text).toContain('二、下步工作要求\n无。');
    expect(text).toContain('2026年3月2日至8日，未销号120件。');
    expect(text).toContain('新增问题隐患\t3\t5\t减少2');
    for (const gone of ['任务进展', '各单位报送情况', '排名靠前', '逾期天数', '抄送', '{{'])
      expect(text).not.toContain(gone);
  });
});
