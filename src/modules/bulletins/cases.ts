import { day } from '../../kernel/day.ts';
import { sectionKeys, usualWeights } from './bulletin-form.ts';
import type { Snapshot } from './snapshot.ts';

/** A small snapshot for tests of the words; its figures are arbitrary. */
export const sampleSnapshot: Snapshot = {
  form: {
    id: 'f',
    name: '周通报',
    period: 'week',
    sections: sectionKeys,
    weights: usualWeights,
    atLeast: 3,
    named: 3,
  },
  from: day('2026-03-02'),
  to: day('2026-03-08'),
  before: { from: day('2026-02-23'), to: day('2026-03-01') },
  madeAt: '2026-03-08T21:40:00.000Z',
  figures: {
    未销号: { kind: 'count', value: 120, unit: '件', of: 'problems', query: {} },
    逾期: { kind: 'count', value: 7, unit: '件', of: 'problems', query: {} },
    新增较上期: { kind: 'change', value: -3, unit: '件' },
    任务完成率: { kind: 'share', value: 87.5 },
    本期: { kind: 'words', value: '2026年3月2日至8日' },
  },
  comparisons: [],
  units: [],
  sectors: [],
  stages: [],
  taskSectors: [],
  overdue: [],
  listed: [],
  measures: [],
  discipline: [],
  missed: [],
  ranking: { best: [], worst: [], ranked: 0, leftOut: 0 },
  rule: '',
  stories: [],
};
