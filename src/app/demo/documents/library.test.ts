import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, day, parseDay } from '../../../kernel/day.ts';
import { extractPlan } from '../../../modules/plans/extract.ts';
import type { Extraction, UnitMention } from '../../../modules/plans/extraction.ts';
import { readDocument } from '../../../platform/documents/read.ts';
import { type DemoDocument, demoDocument, demoDocuments } from './library.ts';

const today = day('2026-11-22');

async function read(name: DemoDocument, on: Day = today): Promise<Extraction> {
  const { bytes, fileName } = await demoDocument(name, on);
  return extractPlan(await readDocument(Buffer.from(bytes), fileName));
}
const words = (mentions: readonly UnitMention[]): string[] => mentions.map((one) => one.text);
const dates = (extraction: Extraction): (string | null)[] =>
  extraction.tasks.map((task) => task.deadlines.map((one) => one.date).find((date) => date !== null) ?? null);

describe('演示文件经过真正的识读', () => {
  it('工作要点读出标题、文号、发文机关、日期和二十五件任务', async () => {
    const { document, tasks, stages } = await read('work-points');
    expect(document).toMatchObject({
      title: '望澜区2026年安全生产工作要点',
      documentNumber: '望安委办〔2026〕9号',
      issuer: '望澜区安全生产委员会办公室',
      issuedOn: addDays(today, -230),
    });
    expect(tasks).toHaveLength(25);
    expect(stages.map((stage) => stage.name)).toEqual(['动员部署阶段', '集中攻坚阶段', '巩固提升阶段']);
  });

  it('工作要点各项的牵头单位、责任单位和属地责任与原文一致', async () => {
    const { tasks } = await read('work-points');
    const gas = tasks.find((task) => task.title.startsWith('城镇燃气'));
    expect(words(gas?.lead ?? [])).toEqual(['区住建局']);
    expect(words(gas?.responsible ?? [])).toEqual(['区商务局', '区市监', '区城管局', '区消防救援大队']);
    expect(words(gas?.territorial ?? [])).toEqual(['各镇（街道）', '望澜经济开发区']);
    const waste = tasks.find((task) => task.title.startsWith('危险废物'));
    expect(words(waste?.responsible ?? [])).toEqual(['区交通运输局', '区应急管理局']);
    expect(tasks.filter((task) => task.lead.length + task.responsible.length === 0)).toEqual([]);
  });

  it('工作要点的时限以当天为准：有的已过，有的临近，有的还远', async () => {
    const { tasks } = await read('work-points');
    const due = (title: string): (string | null)[] =>
      (tasks.find((task) => task.title.startsWith(title))?.deadlines ?? []).map((one) => one.date);
    expect(due('消防安全')).toEqual(['2026-11-10', '2026-12-31']);
    expect(due('道路交通')).toContain('2026-11-27');
    expect(due('健全领导干部责任清单')).toContain('2026-05-31');
    expect(due('畅通举报奖励渠道')).toEqual([]);
  });

  it('目标任务清单的合并单元格读成三十件任务，次数和时限齐全', async () => {
    const { document, tasks } = await read('target-tasks');
    expect(document.title).toBe('望澜区2026年安全生产重点目标任务清单');
    expect(tasks).toHaveLength(30);
    expect(tasks[0]?.quotas).toMatchObject([{ count: 2, per: 'year' }]);
    expect(tasks[4]?.quotas).toMatchObject([{ count: 1, per: 'year', everyYears: 2 }]);
    expect(tasks.every((task) => task.deadlines.length + task.quotas.length > 0)).toBe(true);
    expect(words(tasks[11]?.responsible ?? [])).toEqual(['区住建局', '各镇（街道）']);
  });

  it('上级方案和百日行动方案各读出自己的任务和阶段', async () => {
    const city = await read('city-plan');
    expect(city.document.documentNumber).toBe('陵安委〔2026〕4号');
    expect([city.tasks.length, city.stages.length]).toEqual([10, 3]);
    const days = await read('hundred-days');
    expect([days.tasks.length, days.stages.length]).toEqual([8, 3]);
    expect(days.stages.at(-1)?.to).toBe(addDays(today, 100));
  });

  it('有意留下的疑问都被提出：数目不符、附件缺失、单位没有写全、两种写法', async () => {
    const { doubts } = await read('work-points');
    const all = doubts.map((doubt) => `${doubt.kind} ${doubt.message}`).join('\n');
    expect(all).toMatch(/12/);
    expect(all).toMatch(/附件/);
    expect(all).toMatch(/区市监/);
    expect(doubts.length).toBeLessThan(14);
  });

  it.each(['2026-01-15', '2026-03-01', '2026-06-30', '2026-12-20', '2027-02-28'])(
    '在%s起算也读出同样多的任务，日期都是真实的日子',
    async (on) => {
      const counts: number[] = [];
      for (const name of demoDocuments) {
        const extraction = await read(name, day(on));
        counts.push(extraction.tasks.length);
        for (const date of dates(extraction)) {
          if (date === null) continue;
          expect(parseDay(date)).not.toBeNull();
          expect(date >= (extraction.document.issuedOn ?? '2025-01-01')).toBe(true);
        }
      }
      expect(counts).toEqual([10, 25, 30, 8]);
    },
  );
});

describe('演示数据不涉及真实地方', () => {
  it('文件和机构名册里没有任何真实的县级以上行政区名', async () => {
    const list = await readFile(new URL('../../../../data/divisions/divisions.csv', import.meta.url), 'utf8');
    const names = list
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[1] ?? '')
      .filter((name) => name.length >= 3 && name !== '市辖区');
    expect(names.length).toBeGreaterThan(3000);
    const folder = new URL('../../../../data/jurisdictions/990102/', import.meta.url);
    const files = ['district.json', 'story.json', 'map.geojson', 'words.json', 'letterhead.json'].concat(
      demoDocuments.map((name) => `documents/${name}.txt`),
    );
    for (const file of files) {
      const text = await readFile(new URL(file, folder), 'utf8');
      expect(
        names.filter((name) => text.includes(name)),
        file,
      ).toEqual([]);
    }
  });
});
