import type { Quota } from './extraction.ts';
import { readNumber } from './numerals.ts';
import type { Passage } from './passages.ts';

const n = '(?:\\d{1,3}|[一二两三四五六七八九十]{1,3})';
const times = '(?:次|轮|场次|场|期|遍|回|批次|批|场（次）|场\\/次|轮次|堂|个班)';
const every = new RegExp(
  `每(${n})?个?(学年度?|学期|年度?|半年|季度?|半月|月度?|周|星期|日|天|旬)(?!产|期|度假|月报|光|常)`,
  'g',
);
const counted = new RegExp(
  `(?:不少于|不得少于|不低于|至少|最少|≥|达到|达|各|组织|开展|召开|进行|举办|实施|检查|研究|更新|报送|通报|演练|培训|巡查|调度|一般|原则上|)(${n})${times}`,
);
const perUnit = new RegExp(`(${n})${times}(?:以上)?(?:\\/|每)(年|半年|季度?|月|周|日|天)`, 'g');
const within = new RegExp(
  `(全年|年度内?|年内|一年内?|一年|半年内?|一季度?|一月|一周|季度内)(?:[^，。；、每]{0,16}?)(?:不少于|不得少于|不低于|至少|最少|≥)[^，。；每]{0,6}?(${n})${times}`,
  'g',
);
const orMore = new RegExp(
  `(全年|年内|一年内?|半年内?|一季度?内?)[^，。；、每]{0,12}?(${n})${times}(?:及|或)?以上`,
  'g',
);
const onceEach =
  /一年一(?:次|评|考|检|轮)|半年一(?:次|评|考|检)|一季(?:度)?一(?:次|检查|调度|通报|评|研判|会商)|一月一(?:次|检查|调度|通报|研判|会商)|一周一(?:次|检查|调度|通报|研判)|(?:按|逐)(?:月度?|季度?|周|年度?|半年)(?=(?:进行|开展)?(?:调度|通报|报送|上报|汇总|报告|统计|更新|研判|分析|公布|督办))/g;

const units: Readonly<Record<string, Quota['per']>> = {
  年: 'year',
  学年: 'year',
  学年度: 'year',
  学期: 'half-year',
  年度: 'year',
  年内: 'year',
  年度内: 'year',
  一年: 'year',
  一年内: 'year',
  全年: 'year',
  半年: 'half-year',
  半年内: 'half-year',
  季: 'quarter',
  季度: 'quarter',
  一季: 'quarter',
  一季度: 'quarter',
  季度内: 'quarter',
  月: 'month',
  月度: 'month',
  一月: 'month',
  周: 'week',
  星期: 'week',
  一周: 'week',
  日: 'day',
  天: 'day',
  旬: 'month',
  半月: 'month',
};

/** Finds how often something must happen in compact[from, to). Rule: extraction contract, "Quotas". */
export function findQuotas(passage: Passage, from: number, to: number): Quota[] {
  const text = passage.compact.slice(from, to).replace(/《[^《》]*》/g, (t) => '□'.repeat(t.length));
  const found: (Omit<Quota, 'text' | 'source'> & { start: number; end: number })[] = [];
  if (text.includes('每')) {
    const hits = [...text.matchAll(every)];
    hits.forEach((m, i) => {
      const start = m.index;
      const next = hits[i + 1]?.index ?? text.length;
      const rest = text.slice(start + m[0].length, Math.min(next, start + m[0].length + 60));
      if (/^(?:都|递|新|开学|增|死|平均|来|以来)/.test(rest) || /^(?:下降|增长|提高|递增|递减|减少)/.test(rest)) return;
      const step = m[1] ? readNumber(m[1]) : 1;
      const per = units[m[2] ?? ''];
      if (!per) return;
      const clause = reach(rest);
      const c = counted.exec(clause);
      if (!c && /(?:下降|增长|递增|压降|降低)/.test(clause)) return;
      const value = c?.[1] ? readNumber(c[1]) : 1;
      const months =
        c && /各[^，。；]{0,6}$/.test(clause.slice(0, c.index + 1))
          ? Math.max(1, (clause.slice(0, c.index).match(/\d{1,2}月|[春夏秋冬](?=季|、|、|两|、)/g) ?? []).length)
          : 1;
      const end = start + m[0].length + (c ? c.index + c[0].length : 0);
      const base = m[2] === '旬' ? 3 : m[2] === '半月' ? 2 : 1;
      found.push({ ...spread(value * months * base, step, per), start, end });
    });
  }
  for (const m of text.matchAll(perUnit)) {
    const per = units[m[2] ?? ''];
    if (per && m[1] && free(found, m.index))
      found.push({ count: readNumber(m[1]), per, start: m.index, end: m.index + m[0].length });
  }
  for (const m of [...text.matchAll(within), ...text.matchAll(orMore)]) {
    const per = units[m[1] ?? ''];
    if (per && m[2] && free(found, m.index) && !/[\d第每]$/.test(text.slice(Math.max(0, m.index - 1), m.index)))
      found.push({ count: readNumber(m[2]), per, start: m.index, end: m.index + m[0].length });
  }
  for (const m of text.matchAll(onceEach)) {
    const word = /半年|年|季|月|周/.exec(m[0])?.[0] ?? '';
    const per = units[word];
    if (per && free(found, m.index) && !/每$/.test(text.slice(Math.max(0, m.index - 1), m.index)))
      found.push({ count: 1, per, start: m.index, end: m.index + m[0].length });
  }
  found.sort((a, b) => a.start - b.start);
  return found.map(({ start, end, ...rest }) => ({
    text: passage.name(from + start, from + end),
    ...rest,
    source: passage.span(from + start, from + end),
  }));
}

function free(found: readonly { start: number; end: number }[], at: number): boolean {
  return !found.some((f) => f.start <= at && at < f.end);
}

/** The part of the sentence in which the count for "每…" may stand: its clause, and the next one if that begins with a count. */
function reach(rest: string): string {
  const stop = rest.search(/[。；\n）]/);
  const sentence = stop < 0 ? rest : rest.slice(0, stop);
  const comma = sentence.indexOf('，');
  if (comma < 0) return sentence.slice(0, 50);
  return /^，(?:全年)?(?:原则上|每次)?(?:不少于|不得少于|至少|不低于)/.test(sentence.slice(comma))
    ? sentence.slice(0, 50)
    : sentence.slice(0, comma);
}

/** "每两年" stays a count over years; other multiples are turned into a count for the next larger unit. */
function spread(count: number, step: number, per: Quota['per']): Omit<Quota, 'text' | 'source'> {
  if (step === 1 || !(step > 0)) return { count, per };
  if (per === 'year') return { count, per, everyYears: step };
  if (per === 'month') {
    if (step === 3) return { count, per: 'quarter' };
    if (step === 6) return { count, per: 'half-year' };
    return { count: Math.max(1, Math.round((12 * count) / step)), per: 'year' };
  }
  if (per === 'week')
    return step === 2 ? { count: count * 2, per: 'month' } : { count: Math.round((52 * count) / step), per: 'year' };
  if (per === 'day')
    return step === 7 ? { count, per: 'week' } : { count: Math.max(1, Math.round((30 * count) / step)), per: 'month' };
  return { count, per };
}
