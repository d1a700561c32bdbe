import type { Day } from '../../kernel/day.ts';
import type { RhythmPeriod } from '../filings/rhythm.ts';
import type { SectionKey, Weights } from './bulletin-form.ts';
import type { Ranking } from './ranking.ts';

export type Query = Readonly<Record<string, string | readonly string[]>>;
/** Where the list behind a figure is. */
export const lists = ['problems', 'tasks', 'filings', 'listings', 'measures', 'lookBacks'] as const;
export type ListOf = (typeof lists)[number];

/** A figure as it was counted; its name is the placeholder under which texts show it. */
export interface CountFigure {
  readonly kind: 'count';
  readonly value: number;
  /** 件, 项, 份. */
  readonly unit: string;
  readonly of: ListOf | null;
  readonly query: Query | null;
}
export interface ShareFigure {
  readonly kind: 'share';
  /** Percent with one decimal; null: nothing to have a share of. */
  readonly value: number | null;
}
/** How much more or less than in the last period. */
export interface ChangeFigure {
  readonly kind: 'change';
  readonly value: number;
  readonly unit: string;
}
export interface WordsFigure {
  readonly kind: 'words';
  readonly value: string;
}
export type FigureOf = CountFigure | ShareFigure | ChangeFigure | WordsFigure;

export interface Comparison {
  readonly name: string;
  readonly unit: string;
  readonly now: number;
  readonly before: number;
}
/** What turned within a part of the period, and what was open on the evening of its last day. */
export interface SeriesRow {
  readonly from: Day;
  readonly to: Day;
  readonly registered: number;
  readonly closed: number;
  readonly open: number;
}
export interface UnitRow {
  readonly unitId: string;
  readonly name: string;
  readonly registered: number;
  readonly closed: number;
  readonly reopened: number;
  readonly open: number;
  readonly red: number;
  readonly longest: number;
  readonly tasksOpen: number;
  readonly tasksRed: number;
  readonly tasksClosed: number;
}
export interface SectorRow {
  readonly sector: string;
  readonly registered: number;
  readonly closed: number;
  readonly reopened: number;
  readonly open: number;
  readonly red: number;
}
export interface StageRow {
  readonly stageId: string | null;
  readonly planTitle: string;
  readonly name: string;
  readonly all: number;
  readonly closed: number;
  readonly open: number;
  readonly red: number;
  readonly rate: number | null;
}
export interface TaskSectorRow {
  readonly sector: string;
  readonly all: number;
  readonly closed: number;
  readonly open: number;
  readonly red: number;
  readonly rate: number | null;
}
export interface OverdueRow {
  readonly of: 'problems' | 'tasks';
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly personName: string | null;
  readonly dueOn: Day;
  readonly days: number;
}
export interface ListedRow {
  readonly id: string;
  readonly number: string;
  readonly matter: string;
  readonly unitName: string;
  readonly listedOn: Day;
  readonly limitOn: Day;
  readonly late: number;
}
export interface MeasureRow {
  readonly id: string;
  /** 提示函, 约谈 … */
  readonly word: string;
  readonly number: string;
  readonly unitName: string;
  readonly matter: string;
  readonly servedOn: Day;
  readonly documentNumber: string | null;
}
export interface DisciplineRow {
  readonly unitId: string;
  readonly name: string;
  readonly required: number;
  readonly onTime: number;
  readonly late: number;
  readonly missing: number;
}
export interface MissedRow {
  readonly id: string;
  readonly number: string;
  readonly unitName: string;
  readonly rhythmName: string;
  readonly periodWords: string;
  readonly standing: 'late' | 'missing';
}
export interface StoryRow {
  readonly filingId: string;
  readonly at: number;
  readonly kind: 'case' | 'practice';
  readonly unitName: string;
  readonly title: string;
  readonly text: string;
}

/** Everything that a bulletin may say, as it was counted once. Kept as canonical JSON with its hash, never changed. */
export interface Snapshot {
  readonly form: {
    readonly id: string;
    readonly name: string;
    readonly period: RhythmPeriod;
    readonly sections: readonly SectionKey[];
    readonly weights: Weights;
    readonly atLeast: number;
    readonly named: number;
    /** The district's word for 各单位, where it has one. */
    readonly called?: string;
  };
  readonly from: Day;
  readonly to: Day;
  readonly before: { readonly from: Day; readonly to: Day };
  /** Whether there are lower governments: their ledgers are not counted. */
  readonly lower?: boolean;
  /** When it was counted. */
  readonly madeAt: string;
  /** By the name of the placeholder. */
  readonly figures: Readonly<Record<string, FigureOf>>;
  readonly comparisons: readonly Comparison[];
  /** Day by day of a week, week by week of a month, month by month of what is longer; older snapshots have none. */
  readonly series?: readonly SeriesRow[];
  readonly units: readonly UnitRow[];
  readonly sectors: readonly SectorRow[];
  readonly stages: readonly StageRow[];
  readonly taskSectors: readonly TaskSectorRow[];
  readonly overdue: readonly OverdueRow[];
  readonly listed: readonly ListedRow[];
  readonly measures: readonly MeasureRow[];
  readonly discipline: readonly DisciplineRow[];
  readonly missed: readonly MissedRow[];
  readonly ranking: Ranking;
  readonly rule: string;
  readonly stories: readonly StoryRow[];
}

/** A figure as texts and tables print it. */
export function figureInWords(figure: FigureOf): string {
  switch (figure.kind) {
    case 'count':
      return String(figure.value);
    case 'share':
      return figure.value === null ? '无数据' : `${figure.value}%`;
    case 'change':
      return changeInWords(figure.value, figure.unit);
    case 'words':
      return figure.value;
  }
}
export const changeInWords = (change: number, unit: string): string =>
  change === 0 ? '持平' : change > 0 ? `增加${change}${unit}` : `减少${-change}${unit}`;

/** Which governments were counted, where there are lower ones. */
export const coveredInWords = '统计范围为本级政府，不含下级政府';
