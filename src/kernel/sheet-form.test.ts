import { describe, expect, it } from 'vitest';
import { columnLetters, dayInCell, namesInCell, recogniseForm } from './sheet-form.ts';

describe('表格里的日期', () => {
  it.each([
    ['2026-01-05', '2026-01-05'],
    ['2026/1/5', '2026-01-05'],
    ['2026.1.5', '2026-01-05'],
    ['2026年1月5日', '2026-01-05'],
    ['２０２６年１月５日', '2026-01-05'],
    ['20260105', '2026-01-05'],
    ['2026-01-05 08:30:00', '2026-01-05'],
    ['46027', '2026-01-05'],
    ['26.1.5', '2026-01-05'],
    ['2026年1月', '2026-01-01'],
  ])('「%s」读作 %s', (text, day) => {
    expect(dayInCell(text)).toMatchObject({ day, wrong: null });
  });

  it('两位年份、数字日期、没有日的，都说明是怎样读的', () => {
    expect(dayInCell('26.1.5').doubt).toContain('2026');
    expect(dayInCell('46027').doubt).toContain('数字');
    expect(dayInCell('2026年2月', { monthEnd: true })).toMatchObject({ day: '2026-02-28' });
    expect(dayInCell('2026-01-05').doubt).toBeNull();
  });

  it.each(['2026-02-30', '1月5日', '下周', '2026-13-01', '123'])('「%s」认不出来，不猜', (text) => {
    expect(dayInCell(text).day).toBeNull();
    expect(dayInCell(text).wrong).not.toBeNull();
  });

  it('空单元格既不是日期也不是错误', () => {
    expect(dayInCell('  ')).toEqual({ day: null, wrong: null, doubt: null });
  });
});

describe('认表头', () => {
  const columns = [
    { key: 'name', names: ['名称', '单位名称'], needed: true },
    { key: 'phone', names: ['电话'] },
  ];
  const rows = (...lines: string[][]) => lines.map((cells, index) => ({ row: index + 3, cells }));

  it('标题行、空行跳过，单元格地址与表格里看到的一致', () => {
    const { sheets, troubles } = recogniseForm(
      [{ name: '表', rows: rows(['花名册'], ['序号', '单位名称（全称） *', '电话'], ['1', '甲', '5'], ['', '', '']) }],
      columns,
    );
    expect(troubles).toEqual([]);
    expect(sheets[0]?.rows).toHaveLength(1);
    expect(sheets[0]?.unknown).toEqual(['序号']);
    expect(sheets[0]?.rows[0]?.trouble('wrong', 'phone', '', '')).toMatchObject({ cell: 'C5', column: '电话', row: 5 });
  });

  it('没有表头的说出缺什么；说明页不读；空表也说', () => {
    const { troubles } = recogniseForm(
      [
        { name: '填写说明', rows: rows(['看这里']) },
        { name: '表', rows: rows(['甲', '乙']) },
      ],
      columns,
    );
    expect(troubles.map((one) => one.says)).toEqual(['没有找到表头，表中至少要有「名称」列']);
    expect(recogniseForm([{ name: '表', rows: [] }], columns).troubles[0]?.says).toBe('表格里没有内容');
  });

  it('列号按字母写', () => {
    expect([0, 25, 26, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
  });
});

describe('一格里的几个名称', () => {
  it('顿号、逗号、分号、换行隔开，括号里的不隔开，重复的只算一个', () => {
    expect(namesInCell('各镇（街道、开发区）、区应急局，区住建局;区应急局\n 区教育局')).toEqual([
      '各镇（街道、开发区）',
      '区应急局',
      '区住建局',
      '区教育局',
    ]);
    expect(namesInCell('甲（乙、丙\n丁')).toEqual(['甲（乙、丙', '丁']);
    expect(namesInCell('  ')).toEqual([]);
  });
});
