import type { Target } from './extraction.ts';
import { readNumber } from './numerals.ts';
import type { Passage } from './passages.ts';

const percent =
  /(?:不低于|不少于|不得低于|达到|达|≥|超过|力争)?(?:(\d{1,3}(?:\.\d{1,2})?)%|百分之([一二三四五六七八九十百\d]{1,4}))(?:以上|及以上|以内|以下)?/g;
const statistic = /(?:目前|截至|以来|已达|已完成|已经|下降了|上升了|增长了|增加了|提高了|减少了|达到了)/;
const share = /占(?:比|总数|总量|全[^，。；]{0,8})?(?:的|为|约)*$/;
const lastYear = /(?:去年|上年|上年度|同期)/;

/** Finds the percentages that compact[from, to) demands; figures about the past are left out. */
export function findTargets(passage: Passage, from: number, to: number): Target[] {
  const text = passage.compact.slice(from, to);
  if (!/%|百分之/.test(text)) return [];
  const found: Target[] = [];
  for (const m of text.matchAll(percent)) {
    const value = m[1] ? Number(m[1]) : readNumber(m[2] ?? '');
    if (!Number.isFinite(value)) continue;
    const clauseFrom = Math.max(...['。', '；', '，', '\n'].map((c) => text.lastIndexOf(c, m.index))) + 1;
    const before = text.slice(clauseFrom, m.index);
    const sentence = text.slice(
      Math.max(text.lastIndexOf('。', m.index), text.lastIndexOf('；', m.index)) + 1,
      m.index,
    );
    if (
      (/^\d/.test(m[0]) && share.test(before)) ||
      statistic.test(before) ||
      (lastYear.test(sentence) && !/(?:[较比同]|力争|确保|力求|目标|下降)/.test(sentence))
    )
      continue;
    const start = from + m.index;
    const end = start + m[0].length;
    found.push({ text: passage.name(start, end), value, unit: '%', source: passage.span(start, end) });
  }
  return found;
}
