import { describe, expect, it } from 'vitest';
import { templates } from '../../../../tools/bulletins-templates.ts';
import { day } from '../../../kernel/day.ts';
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
    for (const gone of ['任务进展', '分单位报送情况', '排名靠前', '逾期天数', '抄送', '{{'])
      expect(text).not.toContain(gone);
  });

  it('图里的数字就是快照里的数字：没有的不画，图号接着排', () => {
    const bulletin = { sections: [], chosen: [], formName: '周通报', addressee: '', copies: '' };
    const days = ['2026-03-02', '2026-03-03'].map((on) => day(on));
    const series = days.map((on, at) => ({ from: on, to: on, registered: 5 + at, closed: 2 * at, open: 40 + at }));
    const unit = (name: string, red: number, tasksRed: number) => ({
      unitId: name,
      name,
      registered: 0,
      closed: 0,
      reopened: 0,
      open: 9,
      red,
      longest: 3,
      tasksOpen: 4,
      tasksRed,
      tasksClosed: 0,
    });
    const units = [unit('青石镇', 1, 3), unit('区住房和城乡建设局', 6, 0), unit('区教育局', 0, 0)];
    const says = (more: object) => documentOf(bulletin, { ...sampleSnapshot, ...more }, 'a'.repeat(64), 3);
    const both = says({ series, units });
    expect(both.新增销号图).toEqual({
      form: 'columns',
      names: ['3月2日', '3日'],
      series: [
        { name: '新增', values: [5, 6] },
        { name: '销号', values: [0, 2] },
      ],
    });
    expect(both.新增销号图题).toBe('图1　本期逐日新增和销号的问题隐患（件）');
    expect(both.逾期图).toEqual({
      form: 'bars',
      names: ['区住房和城乡建设局', '青石镇'],
      series: [
        { name: '逾期问题隐患（件）', values: [6, 1] },
        { name: '逾期任务（项）', values: [0, 3] },
      ],
    });
    expect(both.逾期图题).toBe('图2　期末有逾期的单位');
    // a snapshot of before there were charts
    expect(says({ units })).toMatchObject({ 新增销号图: null, 新增销号图题: null, 逾期图题: '图1　期末有逾期的单位' });
    expect(says({ series, units: units.slice(2) })).toMatchObject({ 逾期图: null, 逾期图题: null });
    expect(says({})).toMatchObject({ 新增销号图: null, 逾期图: null });
  });
});
