import { describe, expect, it } from 'vitest';
import { type Review, type ReviewFigures, resultOf } from './review.ts';
import { everything, type Indicator } from './scheme.ts';
import { beforeSpreading, losesPoints, sheetOf, workingOf } from './sheet.ts';

const nobody = { accountId: 'a', personId: null };
const review = (over: Partial<Review> = {}): Review => ({
  personId: 'p',
  name: '某同志',
  post: '副区长',
  unitId: null,
  unitName: '',
  basis: '考核办法',
  dutyListId: 'l',
  shares: { units: 60, duties: 30, statement: 10 },
  units: [
    { unitId: 'a', unitName: '甲局', weight: 2 },
    { unitId: 'b', unitName: '乙镇', weight: 1 },
  ],
  grades: [
    { name: '优秀', from: 90 },
    { name: '称职', from: 70 },
    { name: '不称职', from: 0 },
  ],
  vetoGrade: '称职',
  draftedBy: nobody,
  statement: null,
  statementScore: { score: 90, opinion: '好', byName: '评议人' },
  collectedBy: null,
  taken: null,
  opinion: null,
  confirmedOn: null,
  confirmedByName: null,
  ...over,
});
const figures = (over: Partial<ReviewFigures> = {}): ReviewFigures => ({
  units: new Map([
    ['a', { percent: 95, says: '得95分', to: '/a' }],
    ['b', { percent: 80, says: '得80分', to: '/b' }],
  ]),
  duties: { done: 6, of: 7, to: '/l' },
  vetoes: [],
  ...over,
});

describe('个人考核的得分', () => {
  it('分管单位按比重、履职清单按完成次数、述职按评议合成，与手算相同', () => {
    const { lines, score, gradeName } = resultOf(review(), figures());
    // 60×2/3×95%＝38；60×1/3×80%＝16；30×6/7＝25.71；10×90%＝9
    expect(lines.map((line) => [line.name, line.share, line.max, line.score])).toEqual([
      ['甲局', 40, 40, 38],
      ['乙镇', 20, 20, 16],
      ['履职清单完成', 30, 30, 25.71],
      ['述职评议', 10, 10, 9],
    ]);
    expect(score).toBe(88.71);
    expect(gradeName).toBe('称职');
  });

  it('没有考核的单位、没有清单的，比例分摊到其余部分', () => {
    const one = resultOf(review(), figures({ units: new Map([['a', { percent: 95, says: '', to: '' }]]) }));
    expect(one.lines[0]).toMatchObject({ max: 60, score: 57 });
    expect(one.lines[1]).toMatchObject({ max: 0, value: null });
    const two = resultOf(review(), figures({ duties: null }));
    expect(two.lines.map((line) => line.max)).toEqual([57.14, 28.57, 0, 14.29]);
    expect(resultOf(review(), figures({ units: new Map(), duties: null })).lines.at(-1)).toMatchObject({
      max: 100,
      score: 90,
    });
  });

  it('分管单位有一票否决的，等次最高定为规定的一等；否决不影响的照得分', () => {
    const vetoes = [{ unitName: '甲局', number: '否-1', name: '发生较大事故' }];
    const all = figures({
      units: new Map([
        ['a', { percent: 100, says: '', to: '' }],
        ['b', { percent: 100, says: '', to: '' }],
      ]),
      duties: { done: 7, of: 7, to: '' },
      vetoes,
    });
    expect(resultOf(review(), all).gradeName).toBe('称职');
    expect(resultOf(review(), all).says).toContain('最高定为称职');
    expect(resultOf(review({ vetoGrade: null }), all).gradeName).toBe('优秀');
    const bad = { ...all, units: new Map(), duties: { done: 0, of: 7, to: '' } };
    expect(resultOf(review({ statementScore: null }), bad).gradeName).toBe('不称职');
  });
});

describe('总分怎样得来，一步一步写出', () => {
  const line = (code: string, over: Partial<Indicator>): Indicator => ({
    code,
    name: code,
    part: 'common',
    units: [],
    weight: 50,
    floor: 0,
    by: 'hand',
    measure: null,
    scoring: null,
    narrow: everything,
    whenNone: 'rescale',
    scorer: '安委办',
    asks: '',
    ...over,
  });
  const body = { total: 100, floor: 30, bonusCap: 2, malusCap: 20 };
  it('分摊、封顶、保底都看得出', () => {
    const indicators = [
      line('甲', { weight: 60 }),
      line('乙', {
        weight: 40,
        by: 'ledger',
        measure: 'taskOnTime',
        scoring: { kind: 'linear', zeroAt: 0, fullAt: 100 },
      }),
      line('丙', { part: 'bonus', weight: 5 }),
      line('丁', { part: 'malus', weight: 30 }),
    ];
    const given = new Map([
      ['甲', { score: 24, says: '查阅' }],
      ['丙', { score: 4, says: '凭文件' }],
      ['丁', { score: 25, says: '通报' }],
    ]);
    const sheet = sheetOf(body, indicators, new Map(), given);
    const said = new Map(workingOf(body, sheet).map((step) => [step.name, step.says]));
    expect(said.get('分摊')).toBe('「乙」40分没有可考内容；其余60分的指标按100÷60＝1.67倍计');
    expect(said.get('共性、个性指标')).toBe('40分');
    expect(said.get('加分')).toBe('4分，最多计2分');
    expect(said.get('扣分')).toBe('25分，最多计20分');
    expect(said.get('得分')).toBe('40＋2－20＝22分，按保底分计30分');
    expect(sheet.total.score).toBe(30);
    // 自评与核定按分摊前的分值比较：甲打24分，分摊后40分
    expect(sheet.lines.map((one) => [one.score, beforeSpreading(one), losesPoints(one)])).toEqual([
      [40, 24, true],
      [0, null, false],
      [4, 4, false],
      [25, 25, true],
    ]);
  });
});
