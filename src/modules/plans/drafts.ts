import type { Span } from '../../kernel/document.ts';
import { findDeadlines } from './dates.ts';
import type { Deadline, Quota, Target, TaskDraft, UnitMention } from './extraction.ts';
import type { Passage } from './passages.ts';
import type { DateSetting } from './points.ts';
import { findQuotas } from './quotas.ts';
import { findTargets } from './targets.ts';
import type { UnitList } from './units.ts';

/** A stretch of a passage that belongs to the wording of a task. */
export interface Range {
  readonly passage: Passage;
  readonly from: number;
  readonly to: number;
}

export interface Units {
  readonly lead: readonly UnitMention[];
  readonly responsible: readonly UnitMention[];
  readonly territorial: readonly UnitMention[];
}

export const nobody: Units = { lead: [], responsible: [], territorial: [] };

/** Text of the first sentence of a range, at most about 80 characters, cut where a clause ends. */
export function firstSentence(range: Range): string {
  const text = range.passage.compact;
  let depth = 0;
  let comma = -1;
  for (let i = range.from; i < range.to; i++) {
    const c = text[i] ?? '';
    if (c === '（' || c === '“' || c === '《') depth++;
    else if (c === '）' || c === '”' || c === '》') depth = Math.max(0, depth - 1);
    if (depth === 0 && /[。；！\n]/.test(c)) return range.passage.written(range.from, i);
    if (depth === 0 && c === '，' && i - range.from >= 8) comma = comma < 0 || i - range.from <= 60 ? i : comma;
    if (i - range.from >= 80) return range.passage.written(range.from, comma > 0 ? comma : i);
  }
  return range.passage.written(range.from, range.to);
}

/** "1.活动时间：6月16日。": a line that is there to say when. */
const timeField = /^(?:\d{1,2}[.、]|（\d{1,2}）)?(?:活动|实施|完成|工作|举办|整治|开展)?(?:时间|时限|期限|日期)：/;

function unique(list: readonly UnitMention[]): UnitMention[] {
  const seen = new Set<string>();
  return list.filter((u) => !seen.has(u.text) && seen.add(u.text));
}

/** Builds a task from its wording, its list of units and the places that say when it is due. */
export function draftTask(input: {
  number: string;
  path: readonly string[];
  title?: string;
  ranges: readonly Range[];
  units: Units;
  /** Places of which every date counts: 完成时限：… and its column. */
  times: readonly Range[];
  list?: UnitList | null;
  listPassage?: Passage;
  span?: Span;
  setting: DateSetting;
}): TaskDraft {
  const { ranges, setting } = input;
  const deadlines: Deadline[] = [];
  const quotas: Quota[] = [];
  const targets: Target[] = [];
  for (const r of ranges) {
    const dated = timeField.test(r.passage.compact.slice(r.from, r.from + 16));
    // The same day said twice in one task is one deadline: 第三季度组织检查，9月底前全面完成.
    for (const d of findDeadlines(r.passage, r.from, r.to, setting, dated))
      if (d.date === null || !deadlines.some((o) => o.date === d.date)) deadlines.push(d);
    quotas.push(...findQuotas(r.passage, r.from, r.to));
    targets.push(...findTargets(r.passage, r.from, r.to));
  }
  for (const r of input.times) {
    const dates = findDeadlines(r.passage, r.from, r.to, setting, true);
    deadlines.push(...dates.filter((d) => d.date === null || !deadlines.some((o) => o.date === d.date)));
    for (const q of findQuotas(r.passage, r.from, r.to))
      if (!quotas.some((o) => o.count === q.count && o.per === q.per && o.everyYears === q.everyYears)) quotas.push(q);
  }
  const first = ranges[0];
  const spans = [...ranges, ...input.times].map((r) => r.passage.span(r.from, r.to));
  const start = Math.min(...spans.map((s) => s.start));
  const end = Math.max(...spans.map((s) => s.end));
  const lead = unique(input.units.lead);
  return {
    number: input.number,
    path: input.path,
    title: (input.title ?? (first ? firstSentence(first) : '')).trim(),
    text: ranges
      .map((r) => r.passage.written(r.from, r.to).trim())
      .filter((t) => t !== '')
      .join('\n'),
    lead,
    responsible: unique(input.units.responsible),
    territorial: unique(input.units.territorial),
    deadlines,
    quotas,
    targets,
    source: input.span ?? { start, end },
  };
}
