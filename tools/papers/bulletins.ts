import { addDays, day, dayInWords } from '../../src/kernel/day.ts';
import { type SectionKey, sectionKeys, usualWeights } from '../../src/modules/bulletins/bulletin-form.ts';
import { documentOf } from '../../src/modules/bulletins/document-words.ts';
import type { BulletinSays } from '../../src/modules/bulletins/documents.ts';
import { draftOf } from '../../src/modules/bulletins/draft.ts';
import { ruleInWords } from '../../src/modules/bulletins/ranking.ts';
import type { FigureOf, Snapshot } from '../../src/modules/bulletins/snapshot.ts';
import { periodInWords } from '../../src/modules/filings/rhythm.ts';
import { stepsOf } from '../../src/modules/problems/figures.ts';
import { many, person, sentence, title, unit, units } from './words.ts';

type Period = Snapshot['form']['period'];
const spans: Readonly<Record<Exclude<Period, 'special'>, readonly [string, string, 'day' | 'week' | 'month']>> = {
  day: ['2026-11-21', '2026-11-21', 'day'],
  week: ['2026-11-16', '2026-11-22', 'day'],
  month: ['2026-10-01', '2026-10-31', 'week'],
  quarter: ['2026-07-01', '2026-09-30', 'month'],
  year: ['2026-01-01', '2026-12-31', 'month'],
};
const sectors = ['消防安全', '建筑施工', '危险化学品', '道路交通', '城镇燃气', '特种设备', '未分行业'];

/** A snapshot with so many units; `of` 0 is a quiet period in which nothing happened. */
function snapshotFor(
  period: Exclude<Period, 'special'>,
  of: number,
  name: string,
  sections: readonly SectionKey[],
): Snapshot {
  const [first, last, step] = spans[period];
  const [from, to] = [day(first), day(last)];
  const before = { from: addDays(from, -7), to: addDays(from, -1) };
  const series = stepsOf(from, to, step).map((one, at) => ({
    ...one,
    registered: of === 0 ? 0 : 31 + ((at * 17) % 23),
    closed: of === 0 ? 0 : 26 + ((at * 29) % 31),
    open: of === 0 ? 0 : 1204 - at * 3,
  }));
  const sum = (pick: (one: (typeof series)[number]) => number): number =>
    series.reduce((all, one) => all + pick(one), 0);
  const unitRows = many(of, (at) => ({
    unitId: `u${at}`,
    name: at < units.length ? unit(at) : `${unit(at)}第${Math.floor(at / units.length) + 1}分局`,
    registered: 8 + (at % 5),
    closed: 7 + (at % 7),
    reopened: at % 3,
    open: 140 - at * 3,
    red: Math.max(0, 26 - at * 2),
    longest: Math.max(0, 61 - at * 4),
    tasksOpen: 12 - (at % 9),
    tasksRed: Math.max(0, 5 - at),
    tasksClosed: at % 4,
  }));
  const total = (pick: (one: (typeof unitRows)[number]) => number): number =>
    unitRows.reduce((all, one) => all + pick(one), 0);
  const count = (value: number, unitOf = '件'): FigureOf => ({
    kind: 'count',
    value,
    unit: unitOf,
    of: null,
    query: null,
  });
  const change = (value: number, unitOf = '件'): FigureOf => ({ kind: 'change', value, unit: unitOf });
  const share = (value: number | null): FigureOf => ({ kind: 'share', value });
  const words = (value: string): FigureOf => ({ kind: 'words', value });
  const ranked = (at: number) => ({
    unitId: `u${at}`,
    name: unit(at),
    rank: at + 1,
    score: 98.5 - at * 3,
    timeliness: 100 - at * 2.5,
    age: 100 - at * 4,
    firstPass: at === 1 ? null : 96.4,
    lookBack: at === 2 ? null : 100,
    longest: at * 4,
  });
  const best = many(Math.min(of, 3), ranked);
  const worst = many(Math.min(of, 3), (at) => ranked(9 + at));
  const filed = unitRows.map((one, at) => ({
    unitId: one.unitId,
    name: one.name,
    required: 7,
    onTime: 7 - (at % 3),
    late: at % 3 === 1 ? 1 : 0,
    missing: at % 3 === 2 ? 2 : at % 3 === 1 ? 0 : 0,
  }));
  const comparisons = [
    ['新增问题隐患', '件', sum((one) => one.registered), sum((one) => one.registered) + 12],
    ['销号问题隐患', '件', sum((one) => one.closed), sum((one) => one.closed) - 9],
    ['重新打开问题隐患', '件', total((one) => one.reopened), 4],
    ['期末未销号问题隐患', '件', total((one) => one.open), total((one) => one.open)],
    ['期末逾期问题隐患', '件', total((one) => one.red), 96],
    ['销号任务', '项', total((one) => one.tasksClosed), 17],
    ['期末在办任务', '项', total((one) => one.tasksOpen), 88],
    ['期末逾期任务', '项', total((one) => one.tasksRed), 14],
  ] as const;
  return {
    form: { id: 'f', name, period, sections, weights: usualWeights, atLeast: 3, named: 3 },
    from,
    to,
    before,
    madeAt: `${to}T21:40:00.000Z`,
    figures: {
      期初未销号: count(1207),
      新增: count(sum((one) => one.registered)),
      销号: count(sum((one) => one.closed)),
      逾期销号: count(of),
      其他了结: count(2),
      重新打开: count(total((one) => one.reopened)),
      未销号: count(total((one) => one.open)),
      逾期: count(total((one) => one.red)),
      临期: count(of * 2),
      重大隐患: count(of > 0 ? 3 : 0),
      首次复查通过率: share(of > 0 ? 91.3 : null),
      新增较上期: change(-12),
      销号较上期: change(9),
      未销号较上期: change(0),
      逾期较上期: change(of === 0 ? 0 : 7),
      任务总数: count(320, '项'),
      已销号任务: count(208, '项'),
      在办任务: count(
        total((one) => one.tasksOpen),
        '项',
      ),
      逾期任务: count(
        total((one) => one.tasksRed),
        '项',
      ),
      临期任务: count(of, '项'),
      待签收任务: count(2, '项'),
      本期销号任务: count(
        total((one) => one.tasksClosed),
        '项',
      ),
      本期销号任务较上期: change(-3, '项'),
      任务完成率: share(65),
      新挂牌: count(of > 0 ? 1 : 0),
      摘牌: count(0),
      挂牌在办: count(of > 0 ? 2 : 0),
      挂牌逾期: count(of > 0 ? 1 : 0),
      督促措施: count(Math.min(of, 6), '次'),
      应报: count(of * 7, '份'),
      按时报送: count(of * 6, '份'),
      迟报: count(of, '份'),
      缺报: count(0, '份'),
      按时率: share(of > 0 ? 85.7 : null),
      本期: words(periodInWords(period, from, to)),
      上期: words(periodInWords(period, before.from, before.to)),
      截至日: words(dayInWords(to)),
      前列单位: words(best.map((one) => one.name).join('、') || '无'),
      后列单位: words(worst.map((one) => one.name).join('、') || '无'),
      排名规则: words(ruleInWords(usualWeights, { atLeast: 3 })),
    },
    comparisons: comparisons.map(([called, unitOf, now, was]) => ({ name: called, unit: unitOf, now, before: was })),
    series,
    units: unitRows,
    sectors: sectors.slice(0, Math.min(of, 7)).map((sector, at) => ({
      sector,
      registered: 30 - at * 3,
      closed: 24 - at * 2,
      reopened: at % 2,
      open: 400 - at * 41,
      red: Math.max(0, 40 - at * 8),
    })),
    stages: many(Math.min(of, 4), (at) => ({
      stageId: `s${at}`,
      planTitle: at < 2 ? '松涛区安全生产治本攻坚专项整治行动实施方案' : '松涛区冬季火灾防控工作方案',
      name: ['动员部署和自查自改阶段', '集中整治和督导检查阶段', '排查阶段', '巩固提升阶段'][at] ?? '',
      all: 80,
      closed: 60 - at * 12,
      open: 20 + at * 12,
      red: at,
      rate: 75 - at * 15,
    })),
    taskSectors: sectors.slice(0, Math.min(of, 6)).map((sector, at) => ({
      sector,
      all: 60,
      closed: 40 - at,
      open: 20 + at,
      red: at,
      rate: 66.7 - at,
    })),
    overdue: many(Math.min(of * 2, 24), (at) => ({
      of: at % 3 === 2 ? ('tasks' as const) : ('problems' as const),
      id: `o${at}`,
      number: `${at % 3 === 2 ? 'R' : 'W'}2026-${String(1207 + at * 31).padStart(6, '0')}`,
      title: title(at),
      unitId: `u${Math.floor(at / 2)}`,
      unitName: unit(Math.floor(at / 2)),
      personName: at % 5 === 4 ? null : person(at),
      dueOn: addDays(to, -(61 - at * 2)),
      days: 61 - at * 2,
    })),
    listed: many(of > 0 ? 2 : 0, (at) => ({
      id: `l${at}`,
      number: `G2026-000${at + 3}`,
      matter: '青石镇永兴仓储中心重大火灾隐患',
      unitName: unit(at + 3),
      listedOn: addDays(to, -60),
      limitOn: addDays(to, at === 0 ? -5 : 20),
      late: at === 0 ? 5 : 0,
    })),
    measures: many(Math.min(of, 6), (at) => ({
      id: `m${at}`,
      word: ['提示函', '警示函', '约谈', '督办单', '通报', '问责建议'][at] ?? '',
      number: `C2026-${String(at + 11).padStart(6, '0')}`,
      unitName: unit(at + 4),
      matter: '消防通道隐患整改逾期',
      servedOn: addDays(to, -at),
      documentNumber: at === 5 ? null : `松安委办函〔2026〕${at + 20}号`,
    })),
    discipline: filed,
    missed: [],
    ranking: { best, worst, ranked: of, leftOut: 1 },
    rule: '',
    stories: many(of > 0 ? 2 : 0, (at) => ({
      filingId: `f${at}`,
      at: 0,
      kind: 'practice' as const,
      unitName: unit(at + 3),
      title: ['“夜查”机制盯住薄弱时段', '物业“哨兵”及时上报消防通道堵塞'][at] ?? '',
      text: sentence(at + 4),
    })),
  };
}

const requests = [
  '（1）逾期事项由责任单位主要负责人牵头，逐件明确整改措施和完成时限，下周通报前仍未完成的，书面说明原因。',
  '（2）缺报、迟报的单位要明确专人负责，严格按时限报送。',
];
const daily: readonly SectionKey[] = ['summary', 'overdue', 'filings', 'next'];
const names = { day: '日报', week: '周通报', month: '月调度材料', quarter: '季度通报', year: '年度通报' } as const;

/** What a bulletin of a period says; 'long' has many units with long names, 'bare' is a period in which nothing happened. */
export function bulletinPaper(period: keyof typeof names, size: 'usual' | 'long' | 'bare'): BulletinSays {
  const form = { name: `安全生产专项整治${names[period]}`, sections: period === 'day' ? daily : sectionKeys };
  const snapshot = snapshotFor(period, size === 'long' ? 26 : size === 'usual' ? 8 : 0, form.name, form.sections);
  return documentOf(
    {
      sections: draftOf(snapshot, requests),
      chosen: snapshot.stories.map(({ filingId, at, kind }) => ({ filingId, at, kind })),
      formName: form.name,
      addressee: size === 'bare' ? '' : '各镇（街道）、开发区，区各有关部门和单位',
      copies: size === 'bare' ? '' : '区委办公室，区政府办公室',
    },
    snapshot,
    '8c1f5a7740e3b29d'.repeat(4),
    period === 'day' ? 325 : 12,
  );
}
