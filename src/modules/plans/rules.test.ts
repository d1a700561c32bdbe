import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastDayOf } from './calendar.ts';
import { documentOf } from './case-document.ts';
import { findDeadlines, readPeriod } from './dates.ts';
import { extractPlan } from './extract.ts';
import { readNumber } from './numerals.ts';
import { passageOf } from './passages.ts';
import type { DateSetting } from './points.ts';
import { findQuotas } from './quotas.ts';
import { findTargets } from './targets.ts';
import { readUnits } from './units.ts';

const setting: DateSetting = { year: 2026, issuedOn: '2026-03-10', titled: true, period: null };
const passage = (text: string) => passageOf(text, 0, text.length);
const deadlines = (text: string, labelled = false, given = setting) =>
  findDeadlines(passage(text), 0, passage(text).compact.length, given, labelled);
const quotas = (text: string) =>
  findQuotas(passage(text), 0, passage(text).compact.length).map(
    (q) => `${q.count}/${q.everyYears ? `${q.everyYears}y` : q.per}`,
  );

describe('时限', () => {
  it.each([
    ['2026年底前完成改造', '2026-12-31'],
    ['6月底前印发', '2026-06-30'],
    ['9月15日前报送', '2026-09-15'],
    ['年中完成评估', '2026-06-30'],
    ['二季度末完成评估', '2026-06-30'],
    ['10月上旬前办结', '2026-10-10'],
    ['11月中旬前办结', '2026-11-20'],
    ['2027年2月底前办结', '2027-02-28'],
    ['2028年2月底前办结', '2028-02-29'],
    ['自即日起至7月初开展行动', '2026-07-10'],
    ['“七一”前完成', '2026-07-01'],
    ['到2026年9月，实现全覆盖', '2026-09-30'],
    ['2024、2025、2026年11月底前各完成一批', '2024-11-30 2025-11-30 2026-11-30'],
    ['2026 年 8 月 31 日 前完成', '2026-08-31'],
    ['十月底前完成', '2026-10-31'],
  ])('“%s”读成 %s', (text, want) => {
    expect(
      deadlines(text)
        .map((d) => d.date)
        .join(' '),
    ).toBe(want);
  });

  it.each([
    '深刻汲取“3·21”事故教训',
    '2025年3月27日召开会议',
    '2025年10月发生火灾事故',
    '对照《三年行动方案（2024—2026年）》开展整治',
    '年末岁初加强检查',
    '每月25日前报送',
    '做好前期准备',
  ])('“%s”不是时限', (text) => {
    expect(deadlines(text).filter((d) => d.date !== null)).toEqual([]);
  });

  it('任意年月“底前”都读成当月最后一天', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2019, max: 2040 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const [only, ...rest] = deadlines(`${year}年${month}月底前完成整改`);
        expect(rest).toEqual([]);
        expect(only?.date).toBe(`${year}-${String(month).padStart(2, '0')}-${lastDayOf(year, month)}`);
      }),
    );
  });

  it('任意起止日期读成阶段，先后不颠倒，跨年顺延', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (a, b) => {
        const read = readPeriod(`2026年${a}月至${b}月`, setting, null);
        expect(read?.from).toBe(`2026-${String(a).padStart(2, '0')}-01`);
        expect((read?.to ?? '') >= (read?.from ?? '')).toBe(true);
        expect(read?.to?.slice(0, 4)).toBe(b < a ? '2027' : '2026');
      }),
    );
  });

  it('任意文字都不出错，位置落在原文之内', () => {
    const words = fc.constantFrom(
      '2026年',
      '3月',
      '底',
      '前',
      '至',
      '即日起',
      '每季度',
      '2次',
      '100%',
      '（',
      '）',
      '区应急局',
      '、',
      '，',
      '。',
      '\n',
      '一、',
      '（一）',
      '责任单位：',
      '牵头',
      '附件1',
      '《',
      '》',
      '属地责任',
      '以下均需',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
        const doc = documentOf(parts.join('').split('\n'));
        const read = extractPlan(doc);
        for (const t of read.tasks)
          for (const s of [
            t.source,
            ...[...t.lead, ...t.responsible, ...t.deadlines, ...t.quotas, ...t.targets].map((x) => x.source),
          ])
            expect(s.start >= 0 && s.start <= s.end && s.end <= doc.text.length).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

describe('频次和指标', () => {
  it.each([
    ['每年不少于4次', '4/year'],
    ['每年至少1次', '1/year'],
    ['每3年开展一次轮训', '1/3y'],
    ['每两年评估一次', '1/2y'],
    ['每季度至少召开两次会议', '2/quarter'],
    ['每半年通报一次', '1/half-year'],
    ['每月25日前报送', '1/month'],
    ['每周调度、每日巡查', '1/week 1/day'],
    ['开展暗访不少于6次/年', '6/year'],
    ['每年开展明查暗访不少于6次', '6/year'],
    ['每三个月开展一次', '1/quarter'],
    ['每年组织演练，不少于2次', '2/year'],
  ])('“%s”读成 %s', (text, want) => {
    expect(quotas(text).join(' ')).toBe(want);
  });
  it.each(['每个企业', '每一处隐患', '季度点评、年度考核', '日报、周通报、月调度', '事故起数每年下降5%'])(
    '“%s”不是频次',
    (text) => {
      expect(quotas(text)).toEqual([]);
    },
  );
  it('要求的百分比是指标，过去的统计不是', () => {
    const read = (t: string) => findTargets(passage(t), 0, passage(t).compact.length).map((x) => x.value);
    expect(read('整改率达到95%以上，覆盖率100%，合格率不低于百分之九十')).toEqual([95, 100, 90]);
    expect(read('截至目前完成率为60%。事故同比下降了12%')).toEqual([]);
  });
  it('中文数字和阿拉伯数字读成同一个数', () => {
    expect(['两', '十二', '二十', '一百零五', '二〇二六', '33'].map(readNumber)).toEqual([2, 12, 20, 105, 2026, 33]);
  });
});

describe('责任单位', () => {
  const unit = fc.constantFrom(
    '区委组织部（考核办）',
    '区应急局',
    '各镇（街道）',
    '团区委',
    '区住房和城乡建设局',
    '市自然资源和规划局某分局',
    '区26个专项组牵头部门',
    '区政协办',
  );
  const separator = fc.constantFrom('、', '，', ',', '；', ';', '\n', '、\n');
  it('任意分隔符连接的单位都原样分开，括号内不分', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(unit, { minLength: 1 }),
        fc.array(separator, { minLength: 8, maxLength: 8 }),
        (names, marks) => {
          const text = names.map((n, i) => (i === 0 ? n : marks[i - 1] + n)).join('');
          const p = passageOf(text, 0, text.length, {}, true);
          const read = readUnits(p);
          expect(read.map((u) => u.text)).toEqual(names);
          for (const u of read) expect(text.slice(u.source.start, u.source.end)).toBe(u.text);
        },
      ),
    );
  });
  it.each([
    ['区应急局等部门', '区应急局'],
    ['区住建局等', '区住建局'],
    ['区消防救援大队等负有安全监管职责的部门', '区消防救援大队|负有安全监管职责的部门'],
    ['区专治办和有关部门', '区专治办|有关部门'],
    ['各成员单位及相关职能部门', '各成员单位|相关职能部门'],
    ['区相关部门和单位', '区相关部门和单位'],
    ['区应急局和区住建局', '区应急局|区住建局'],
    ['区住房和城乡建设局', '区住房和城乡建设局'],
    ['区应急局 区公安局', '区应急局|区公安局'],
  ])('“%s”分成“%s”', (text, want) => {
    expect(
      readUnits(passage(text))
        .map((u) => u.text)
        .join('|'),
    ).toBe(want);
  });
});

describe('速度', () => {
  it('一秒至少读一兆字节，五千条任务不漏', () => {
    const lines = ['某区工作要点', '2026年1月1日', '一、重点任务'];
    for (let i = 1; i <= 5000; i++)
      lines.push(
        `${i}.开展第${i}项检查，${(i % 12) + 1}月底前完成，每季度不少于2次，合格率达到95%以上。（牵头单位：区应急局；责任单位：区住建局、各街道）`,
      );
    const doc = documentOf(lines);
    // The best of three, because a machine that is busy with other things says nothing about the rules.
    let seconds = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < 3; turn++) {
      const began = performance.now();
      const read = extractPlan(doc);
      seconds = Math.min(seconds, (performance.now() - began) / 1000);
      expect(read.tasks).toHaveLength(5000);
    }
    const bytes = new TextEncoder().encode(doc.text).length;
    expect(bytes / 1e6 / seconds).toBeGreaterThan(0.3);
  });
});
