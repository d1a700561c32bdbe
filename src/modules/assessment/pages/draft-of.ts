import type { MeasureCode } from '../measures.ts';
import { measures } from '../measures.ts';
import { everything } from '../scheme.ts';
import type { Scoring, ScoringKind } from '../scoring.ts';
import type { Draft, DraftIndicator } from './assessment-client.ts';

/** A scheme to begin with: the usual frame and one line of each way of scoring. */
export const emptyDraft = (year: number): Draft => ({
  title: `${year}年度安全生产目标管理考核方案`,
  year,
  basis: '',
  objects: { word: '', units: [], without: [] },
  from: `${year}-01-01`,
  to: `${year}-12-31`,
  total: 100,
  floor: 0,
  bonusCap: 5,
  malusCap: 20,
  indicators: [
    newIndicator([], 'ledger', { name: '任务按时办结', weight: 60 }),
    newIndicator(['Z01'], 'hand', { name: '领导履职', weight: 40 }),
  ],
  grades: [
    { code: 'excellent', name: '优秀', from: 90, quota: 30 },
    { code: 'good', name: '良好', from: 80, quota: null },
    { code: 'passed', name: '合格', from: 60, quota: null },
    { code: 'failed', name: '不合格', from: 0, quota: null },
  ],
  vetoes: [{ code: 'V1', name: '发生较大及以上生产安全责任事故', effect: 'override', grade: 'failed' }],
  coupling: [],
  selfDays: 10,
  appealDays: 5,
});

/** A code that no other indicator has. */
function nextCode(taken: readonly string[]): string {
  let at = taken.length + 1;
  while (taken.includes(`Z${String(at).padStart(2, '0')}`)) at += 1;
  return `Z${String(at).padStart(2, '0')}`;
}

export const newIndicator = (
  taken: readonly string[],
  by: 'ledger' | 'hand',
  over: Partial<DraftIndicator> = {},
): DraftIndicator => ({
  code: nextCode(taken),
  name: '',
  part: 'common',
  units: [],
  weight: 10,
  floor: 0,
  by,
  measure: by === 'ledger' ? 'taskOnTime' : null,
  scoring: by === 'ledger' ? usualScoring('linear', 'taskOnTime') : null,
  narrow: { sectors: [...everything.sectors], tags: [], major: false },
  whenNone: 'rescale',
  scorer: null,
  asks: '',
  ...over,
});

/** A rule of the kind that fits the measure, to begin with. */
export function usualScoring(kind: ScoringKind, code: MeasureCode): DraftIndicator['scoring'] {
  const { better, unit } = measures[code];
  const most = unit === '%' ? 100 : 10;
  const good = better === 'more';
  const rules: Readonly<Record<ScoringKind, NonNullable<DraftIndicator['scoring']>>> = {
    linear: good ? { kind: 'linear', zeroAt: most * 0.6, fullAt: most } : { kind: 'linear', zeroAt: most, fullAt: 0 },
    step: {
      kind: 'step',
      base: good ? 0 : 100,
      steps: [
        { at: most * 0.2, share: good ? 40 : 60 },
        { at: most * 0.8, share: good ? 100 : 0 },
      ],
    },
    piecewise: {
      kind: 'piecewise',
      points: [
        { at: 0, share: good ? 0 : 100 },
        { at: most, share: good ? 100 : 0 },
      ],
    },
    each: { kind: 'each', free: 0, points: 1 },
  };
  return rules[kind];
}

/** The points of a rule as one line: 60:0；95:100. */
export function marksInWords(scoring: Scoring): string {
  switch (scoring.kind) {
    case 'linear':
      return `${scoring.zeroAt}:0；${scoring.fullAt}:100`;
    case 'step':
      return [`起点:${scoring.base}`, ...scoring.steps.map((one) => `${one.at}:${one.share}`)].join('；');
    case 'piecewise':
      return scoring.points.map((one) => `${one.at}:${one.share}`).join('；');
    case 'each':
      return `${scoring.free}；${scoring.points}`;
  }
}

/** Reads such a line; null where it cannot be read. */
export function marksFrom(kind: ScoringKind, text: string): DraftIndicator['scoring'] {
  const parts = text
    .replace(/：/g, ':')
    .split(/[；;，,、\s]+/)
    .filter((one) => one !== '');
  const marks = parts.flatMap((one) => {
    const [at = '', share = ''] = one.split(':');
    return /^-?\d+(\.\d+)?$/.test(at) && /^\d+(\.\d+)?%?$/.test(share)
      ? [{ at: Number(at), share: Number.parseFloat(share) }]
      : [];
  });
  switch (kind) {
    case 'linear': {
      const zero = marks.find((one) => one.share === 0);
      const full = marks.find((one) => one.share === 100);
      return zero && full && marks.length === 2 ? { kind, zeroAt: zero.at, fullAt: full.at } : null;
    }
    case 'step': {
      const base = /^起点:(\d+(\.\d+)?)%?$/.exec(parts[0] ?? '')?.[1];
      return base === undefined || marks.length === 0 || marks.length !== parts.length - 1
        ? null
        : { kind, base: Number(base), steps: marks };
    }
    case 'piecewise':
      return marks.length >= 2 && marks.length === parts.length ? { kind, points: marks } : null;
    case 'each': {
      const [free, points] = parts.map(Number);
      return parts.length === 2 && Number.isFinite(free) && Number.isFinite(points)
        ? { kind, free: free ?? 0, points: points ?? 0 }
        : null;
    }
  }
}
export const marksHelp: Readonly<Record<ScoringKind, string>> = {
  linear: '如 60:0；95:100，即60得零分、95得满分',
  step: '如 起点:0；60:50；90:100，冒号后是得分占分值的百分数',
  piecewise: '如 60:0；80:50；95:100，之间按比例',
  each: '如 1；0.5，即超过1之后每一项0.5分',
};

export const listOf = (text: string): string[] =>
  text
    .split(/[、，,；;\n]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
