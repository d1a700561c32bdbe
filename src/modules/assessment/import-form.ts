import type { FormColumn, FormRow } from '../../kernel/sheet-form.ts';
import { type MeasureCode, measureCodes, measures } from './measures.ts';
import { everything, type Indicator, type IndicatorPart, indicatorParts, noneCodes, partCodes } from './scheme.ts';
import { type Mark, type Scoring, type ScoringKind, scoringWords } from './scoring.ts';

/** Headers of a list of indicators; the first name is what the template writes. */
export const indicatorColumns: readonly FormColumn[] = [
  { key: 'part', names: ['类别', '指标类别'], needed: true },
  { key: 'name', names: ['指标', '指标名称', '考核指标', '考核内容'], needed: true },
  { key: 'weight', names: ['分值', '权重', '满分'], needed: true },
  { key: 'measure', names: ['取数口径', '数据来源'] },
  { key: 'kind', names: ['计分方式'] },
  { key: 'marks', names: ['计分点', '计分规则'] },
  { key: 'units', names: ['适用单位'] },
  { key: 'sectors', names: ['行业领域'] },
  { key: 'none', names: ['没有可考内容时'] },
  { key: 'floor', names: ['最低分'] },
  { key: 'scorer', names: ['打分单位'] },
  { key: 'asks', names: ['评分标准', '打分依据'] },
  { key: 'tag', names: ['标签', '问题标签'] },
  { key: 'plan', names: ['方案', '限方案', '专项方案'] },
  { key: 'major', names: ['仅重大', '限重大隐患'] },
];

const noneShort = { rescale: '分摊', full: '满分', zero: '零分' } as const;

/** What may be chosen in which column of the template. */
export const indicatorChoices: Readonly<Record<string, readonly string[]>> = {
  part: partCodes.map((code) => indicatorParts[code]),
  measure: measureCodes.map((code) => measures[code].word),
  kind: Object.values(scoringWords),
  none: noneCodes.map((code) => noneShort[code]),
  major: ['是', '否'],
};

export const indicatorHelp: readonly string[] = [
  '一、一项指标写一行。「类别」填写：共性指标、个性指标、加分项、扣分项；「分值」填写数字，加分项、扣分项填写最多加多少、扣多少。',
  '二、从台账取数的，填写「取数口径」（从列出的口径中选择）、「计分方式」和「计分点」；由单位打分的，填写「打分单位」和「评分标准」，不填取数口径。',
  '三、「计分点」的写法。按比例：60:0；95:100，表示60得零分、95得满分；分段按比例：60:0；80:50；95:100；分档：起点:0；60:50；90:100，冒号后是得分占分值的百分数；逐项加减：1；0.5，表示超过1之后每一项0.5分。',
  '四、「适用单位」填写单位或单位类别，用顿号隔开；不填的，适用方案的全部考核对象。个性指标必须填写。',
  '五、「行业领域」「标签」「方案」「仅重大」把从台账取的数限在一部分：方案填写已下达方案的名称，标签只能填写一个，仅重大填写是或否；不填的不限。',
  '六、「没有可考内容时」填写：分摊（分值摊到其余指标）、满分、零分；不填的按分摊。',
];

const list = (text: string): string[] =>
  text
    .split(/[、，,；;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
const find = <T extends string>(codes: readonly T[], word: (code: T) => string, text: string): T | null =>
  codes.find((code) => word(code) === text.trim()) ?? null;

function scoringOf(kind: ScoringKind | null, text: string): Scoring | null {
  const parts = list(text.replace(/：/g, ':'));
  const marks: Mark[] = parts.flatMap((one) => {
    const [at = '', share = ''] = one.split(':');
    return /^-?[\d.]+$/.test(at.trim()) && /^[\d.]+%?$/.test(share.trim())
      ? [{ at: Number(at), share: Number.parseFloat(share) }]
      : [];
  });
  const numbers = parts.map(Number);
  switch (kind) {
    case 'linear': {
      const [zero, full] = [marks.find((one) => one.share === 0), marks.find((one) => one.share === 100)];
      return zero && full ? { kind, zeroAt: zero.at, fullAt: full.at } : null;
    }
    case 'piecewise':
      return marks.length > 1 ? { kind, points: marks } : null;
    case 'step': {
      const base = /起点:([\d.]+)/.exec(parts.join('；'))?.[1];
      return base === undefined || marks.length === 0 ? null : { kind, base: Number(base), steps: marks };
    }
    case 'each': {
      const [free = Number.NaN, points = Number.NaN] = numbers;
      return Number.isFinite(free) && Number.isFinite(points) ? { kind, free, points } : null;
    }
    case null:
      return null;
  }
}

/** The indicator of a row, and what is wrong with it as `{ column, says }`. */
export function indicatorOf(
  row: FormRow,
  serial: number,
): { indicator: Indicator; wrong: { key: string; says: string }[] } {
  const wrong: { key: string; says: string }[] = [];
  const at = (key: string): string => row.at(key).trim();
  const part: IndicatorPart | null = find(partCodes, (code) => indicatorParts[code], at('part'));
  if (part === null)
    wrong.push({ key: 'part', says: `没有「${at('part')}」这一类，请填写共性指标、个性指标、加分项或扣分项` });
  const weight = Number(at('weight'));
  if (!Number.isFinite(weight) || weight <= 0)
    wrong.push({ key: 'weight', says: `分值「${at('weight')}」不是大于0的数` });
  const measure: MeasureCode | null = find(measureCodes, (code) => measures[code].word, at('measure'));
  if (at('measure') !== '' && measure === null)
    wrong.push({ key: 'measure', says: `没有「${at('measure')}」这个口径，请从「可选值」中选择` });
  const kind = find(Object.keys(scoringWords) as ScoringKind[], (code) => scoringWords[code], at('kind'));
  const scoring = measure === null ? null : scoringOf(kind, at('marks'));
  if (measure !== null && scoring === null)
    wrong.push({ key: 'marks', says: '计分方式或计分点没有看懂，请按填写说明第三条填写' });
  const none = find(noneCodes, (code) => noneShort[code], at('none') === '' ? '分摊' : at('none'));
  if (none === null) wrong.push({ key: 'none', says: `「${at('none')}」没有看懂，请填写分摊、满分或零分` });
  const floor = at('floor') === '' ? 0 : Number(at('floor'));
  if (!Number.isFinite(floor)) wrong.push({ key: 'floor', says: `最低分「${at('floor')}」不是数` });
  return {
    indicator: {
      code: `Z${String(serial).padStart(2, '0')}`,
      name: at('name'),
      part: part ?? 'common',
      units: list(at('units')),
      weight: Number.isFinite(weight) ? weight : 0,
      floor: Number.isFinite(floor) ? floor : 0,
      by: measure === null ? 'hand' : 'ledger',
      measure,
      scoring,
      narrow: {
        ...everything,
        sectors: list(at('sectors')),
        tags: list(at('tag')),
        major: at('major') === '是',
        ...(at('plan') === '' ? {} : { plan: at('plan').replace(/^《|》$/g, '') }),
      },
      whenNone: none ?? 'rescale',
      scorer: at('scorer') === '' ? null : at('scorer'),
      asks: at('asks'),
    },
    wrong,
  };
}
