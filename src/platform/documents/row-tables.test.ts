import { describe, expect, it } from 'vitest';
import { readText } from './text.ts';

const tables = (text: string) =>
  readText(new TextEncoder().encode(text)).blocks.flatMap((block) =>
    block.kind === 'table'
      ? [
          block.cells.map(
            (c) => `${c.row},${c.column}${c.rowSpan > 1 ? `×${c.rowSpan}` : ''} ${text.slice(c.start, c.end)}`,
          ),
        ]
      : [],
  );

describe('文本里一行一条的表格', () => {
  it('用制表符隔开的表格读成表格，空着的前几格算合并', () => {
    const [table] = tables(
      '任务清单\n序号\t任务\t措施\t单位\n1\t压责任\t签责任书\t区安委办\n\t\t开专题会\t区政府办\n2\t查隐患\t查燃气\t区住建局\n',
    );
    expect(table).toContain('1,1×2 压责任');
    expect(table).toContain('2,2 开专题会');
    expect(table).toContain('3,3 区住建局');
  });

  it('单元格里换行的，接回原来的一格', () => {
    const [table] = tables(
      '序号\t任务\t单位\t时限\n1\t查水库\t区水利局\n区气象局\t4月底\n2\t查林区\t区林业局\t5月底\n',
    );
    expect(table).toContain('1,2 区水利局\n区气象局');
    expect(table).toContain('1,3 4月底');
  });

  it('用竖线或成片空格隔开的表格也读成表格', () => {
    expect(tables('| 序号 | 任务 | 单位 |\n| --- | --- | --- |\n| 1 | 查燃气 | 区住建局 |\n')[0]).toContain(
      '1,2 区住建局',
    );
    expect(
      tables('序号    任务        单位\n1       查燃气      区住建局\n2       查消防      区消防大队\n')[0],
    ).toContain('2,1 查消防');
  });

  it('竖线收尾的一行之后，没有竖线的文字不属于表格', () => {
    const [table] = tables('文号 | 柳安1号 | 有效 |\n日期 | 5月1日 | 公开 |\n题目 | 通知 |\n各镇：\n请抓好落实。\n');
    expect(table?.join('')).not.toContain('各镇');
  });

  it('一行一格的表格从“序号”读起，按序号分行', () => {
    const [table] = tables(
      '防汛清单\n序号\n任务\n单位\n时限\n1\n逐库排查，落实责任人。\n区水利局\n5月底\n2\n疏通管网。\n区城管局\n区住建局\n6月底\n3\n设立警示牌。\n各镇\n6月底\n注：每月报送。\n',
    );
    expect(table).toContain('1,2 区水利局');
    expect(table).toContain('2,2 区城管局\n区住建局');
    expect(table).toContain('3,3 6月底');
  });

  it('一行一格的表格里，配合单位可以有几行，末行读到时限为止', () => {
    const [table] = tables(
      '序号\n重点工作\n牵头部门\n配合部门\n时限\n1\n逐库排查，落实巡查责任人\n区水利局\n区气象局\n5月底\n2\n疏通雨水管网和明沟暗渠\n区城管局\n区住建局\n各镇\n6月底\n3\n在河湖危险岸段设立警示牌\n区教育局\n各镇\n沿湖各村\n全年\n',
    );
    expect(table).toContain('2,3 区住建局\n各镇');
    expect(table).toContain('3,3 各镇\n沿湖各村');
    expect(table).toContain('3,4 全年');
  });

  it('正文和落款里的空格不算表格', () => {
    expect(tables('云岭区政府    区应急局\n        2024年3月1日\n一、要求\t加强领导，落实责任。\n')).toEqual([]);
  });
});
