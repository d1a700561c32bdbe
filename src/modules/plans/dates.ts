import { day } from './calendar.ts';
import type { Deadline } from './extraction.ts';
import type { Passage } from './passages.ts';
import { type DateSetting, dayOf, nextPoint, nowAt, type Point, pointAt } from './points.ts';

const before =
  /^(?:（(?:含|[^（）]{0,4}(?:周|星期|礼拜|农历|腊月|正月)[^（）]{0,6})）)?(?:上午|下午|中午)?(?:\d{1,2}(?:时|点|：\d{2})(?:\d{1,2}分|整|半)?|下班)?(?:之前|以前|前)(?![后往端款夕景沿瞻言者述]|来(?!临)|期(?!间)|置(?!换)|列(?![出入支明清示])|[一三两]个?(?:季|年|阶段|时期|者|方面)|半[年月]|提(?![出交升供请报])|进(?!行|一步|驻))/;
const join = /^(?:起|开始)?，?(?:—{1,2}|至|到)/;
const eventBefore =
  /((?:党的[^，。；、]{0,12}(?:全会|大会|大)|[^，。；、（）“”《》]{0,8}?(?:全会|大会|两会)|(?:[全省市县区]国?[、和]?){0,4}“?两会”?|春节|清明节?|端午节?|中秋节?|国庆节|汛期|主汛期|供暖季|采暖期|采暖季|供暖期|开学|高考|入冬|入夏|入汛|复工复产|旺季|重大节假日|重要节点)(?:来临|到来|召开|开幕|开始|结束|闭幕)?)之?前(?![后期来往])/g;
const term = /(\d{1,3}|[一二两三四五六七八九十]{1,3})个?(工作日|月|日|天|小时|周)(?:之|以)?内(?!容|部|设|涝|河|外)/g;
const later =
  /(\d{1,2}|[一二两三四五六七八九十]{1,2})(?:个月|年|个工作日|天)(?:之|以)?后(?=[，]?(?:组织|开展|进行|评估|复查|验收|实施|整改|再))/g;
const past = /(?:发生|共有|累计|已完成|已全部|以来|共发现|查处了|出台了|印发了|调查显示|统计)/;

/** Text of the same length in which titles in 《》 carry no dates. */
function withoutTitles(text: string): string {
  return text.includes('《') ? text.replace(/《[^《》]*》/g, (t) => '□'.repeat(t.length)) : text;
}

interface Found {
  readonly kind: Deadline['kind'];
  readonly date: string | null;
  readonly from?: string | null;
  readonly start: number;
  readonly end: number;
}

/** Keeps the year in which a sentence moves; a plan looks forward, so an inherited year never leads behind its issue. */
class Years {
  private near: number | null = null;
  constructor(private readonly setting: DateSetting) {}

  of(point: Point, at: 'first' | 'last' = 'last'): number | null {
    if (point.year !== null) {
      this.near = point.year;
      return point.year;
    }
    const plan = this.setting.year;
    if (point.relative !== 0) return plan === null ? null : plan + point.relative;
    const near = this.near ?? plan;
    if (near === null) return null;
    if (plan !== null && near < plan) {
      const read = dayOf(point, at, near);
      if (read !== null && read < (this.setting.issuedOn ?? `${plan}-01-01`)) return plan;
    }
    const issued = this.setting.issuedOn;
    if (issued !== null && !this.setting.titled && near === Number(issued.slice(0, 4))) {
      const read = dayOf(point, at, near);
      if (read !== null && Number(issued.slice(5, 7)) - Number(read.slice(5, 7)) >= 6) return near + 1;
    }
    return near;
  }

  saw(year: number): void {
    this.near = year;
  }
}

/** Clause around [from, to): between full stops, semicolons or line ends. */
function clause(text: string, from: number, to: number): string {
  let a = from;
  while (a > 0 && from - a < 60 && !/[。；\n]/.test(text[a - 1] ?? '')) a--;
  let b = to;
  while (b < text.length && b - to < 60 && !/[。；\n，]/.test(text[b] ?? '')) b++;
  return text.slice(a, b);
}

/**
 * Finds the deadlines in compact[from, to). In a zone (`labelled`: 完成时限：…, a column 完成时限) every date counts;
 * in running text only dates that say until when. Rules: extraction contract, "Dates".
 */
export function findDeadlines(
  passage: Passage,
  from: number,
  to: number,
  setting: DateSetting,
  labelled = false,
): Deadline[] {
  const raw = passage.compact.slice(from, to);
  const text = withoutTitles(raw);
  const years = new Years(setting);
  const found: Found[] = [];
  const bare: Found[] = [];
  let at = 0;
  for (let p = nextPoint(text, 0); p; p = nextPoint(text, at)) {
    at = p.end;
    const head = text.slice(Math.max(0, p.start - 8), p.start);
    const tail = text.slice(p.end, p.end + 14);
    if (/(?:每|每个|逐)$/.test(head) || (p.grain === 'year' && p.year === null)) continue;
    if (/每(?:两|三|\d|半)?年(?:的|度|应|要|须|需|于|在)?$/.test(head) || /每年\d{1,2}月、$/.test(head)) {
      const m = before.exec(tail);
      // 2024、2025、2026年每年11月底前: the years are named one by one.
      const each = /((?:\d{4}年?[、，和])+\d{4}年，?)每年$/.exec(text.slice(Math.max(0, p.start - 40), p.start));
      if (m && each?.[1]) {
        for (const y of each[1].match(/\d{4}/g) ?? [])
          found.push({
            kind: 'date',
            date: dayOf(p, 'last', Number(y)),
            start: p.start - each[0].length,
            end: p.end + m[0].length,
          });
      } else if (m)
        found.push({
          kind: 'recurring',
          date: null,
          start: p.start - (/每[^每]*$/.exec(head)?.[0].length ?? 0),
          end: p.end + m[0].length,
        });
      continue;
    }
    if (/^年末岁初|^岁末/.test(text.slice(p.start, p.start + 4)) || /^岁初/.test(tail)) continue;
    // 2024、2025、2026年11月底前
    const list =
      p.year === null ? null : /((?:\d{4}年?[、，和])+)$/.exec(text.slice(Math.max(0, p.start - 40), p.start));
    // 即日起至X
    const now = /(?:自|从)?(?:即日|现在|发文之日|印发之日|发布之日|下发之日)(?:起|开始)?，?(?:—{1,2}|至|到)$/.exec(
      text.slice(Math.max(0, p.start - 14), p.start),
    );
    if (now) {
      const year = years.of(p);
      found.push({
        kind: 'range',
        date: year === null ? null : dayOf(p, 'last', year),
        from: setting.issuedOn,
        start: p.start - now[0].length,
        end: p.end + (before.exec(tail)?.[0].length ?? 0),
      });
      continue;
    }
    const link = join.exec(tail);
    if (link) {
      const range = readRange(text, p, p.end + link[0].length, years, setting);
      if (range) {
        at = range.end;
        const stop = before.exec(text.slice(range.end, range.end + 6));
        const opened = /[自从]$/.exec(head);
        const whole = { ...range, start: p.start - (opened ? 1 : 0), end: range.end + (stop ? stop[0].length : 0) };
        const planOwn = p.grain === 'year' && range.grain === 'year';
        const gone = whole.date !== null && setting.issuedOn !== null && whole.date < setting.issuedOn;
        if (!planOwn && (labelled || stop || (!gone && !past.test(clause(text, whole.start, whole.end)))))
          found.push({ kind: 'range', date: whole.date, from: whole.from, start: whole.start, end: whole.end });
        continue;
      }
    }
    if (
      /^(?:以来|以后|之后|之间|期间|起|开始|发生|召开|（以下|(?:出台|修订|颁布)(?=[了的《])|实施的|通过的|第\d|以上|工作要点|行动计划|“)/.test(
        tail,
      )
    ) {
      if (p.year !== null && !/^(?:以来|发生|修订|颁布)/.test(tail)) years.saw(p.year);
      if (!labelled) continue;
    }
    // 5月1日伏季休渔前: the day is that of the event named after it.
    const stop =
      before.exec(tail) ??
      (/[日号]$/.test(text.slice(p.start, p.end)) && !pointAt(text, p.end)
        ? /^[^，。；、：（）至到和及起\d]{1,7}前(?=[，。；、]|完成|对|全面)/.exec(tail)
        : null);
    const until = /(?:截至|截止到?|[到至])$/.exec(head);
    const year = years.of(p);
    const date = year === null ? null : dayOf(p, 'last', year);
    const said = stop ? stop[0].length : 0;
    // 国庆节前（9月25日前）: the bracket says which day is meant.
    if (p.grain === 'day' && !/\d|月/.test(text.slice(p.start, p.end)) && stop) {
      const bracket = p.end + stop[0].length;
      if (text[bracket] === '（' && pointAt(text, bracket + 1)) continue;
    }
    const found1: Found = {
      kind: 'date',
      date,
      start: p.start - (until && !stop ? until[0].length : 0) - (list?.[1]?.length ?? 0),
      end: p.end + said + (stop ? 0 : (/^(?:为止|止)/.exec(tail)?.[0].length ?? 0)),
    };
    const around = clause(text, p.start, p.end);
    const done =
      /^(?:底|末)?(?:，|：|要|应|须|力争|争取|确保)?(?:前)?(?:全面|基本|全部|组织|初步|如期|按期|高质量|集中|率先)*(?:完成|建成|实现|达到|办结|报送|报|上报|出台|印发|形成|制定|建立|启动|投入|整改到位|销号|结束|全覆盖|消除|(?:公布|提交|验收|汇总)(?!的|后|前))/;
    const ahead = date !== null && (setting.issuedOn === null ? setting.titled === true : date >= setting.issuedOn);
    const opened =
      (p.grain !== 'day' || ahead) &&
      /^(?:左右|前后)?，?(?:在[^，。；]{1,14}?)?(?:全面|组织|集中|统一|分批|联合)*(?:开展|举办|举行|组织)(?!的|以来|情况)/.test(
        tail,
      );
    const reached = /^[^。；，]{0,24}?(?:完成|建成|实现|达到?|完工|竣工|清零|见效|达标|到位|全覆盖)/.test(
      text.slice(p.end, p.end + 34),
    );
    // 2025年年底前取得阶段性成效，2026年持续推进: nothing ends with the second year.
    if (labelled && p.grain === 'year' && /^(?:起|以后)?，?(?:继续|持续|长期|常态化)/.test(tail)) {
      found.push({ kind: 'open', date: null, start: p.start, end: p.end });
      continue;
    }
    let due = false;
    if (labelled) due = true;
    else if (stop) due = !/^前(?:后)/.test(tail);
    else if (until)
      due =
        (p.limit || p.grain !== 'day' || /^(?:为止|止)/.test(tail)) &&
        !past.test(around) &&
        !/^，?(?:已|累计|共|全区共)/.test(tail);
    else if (/内$/.test(text.slice(p.start, p.end)))
      // 年内 is a limit of its own; what must happen a number of times within the year is a quota.
      due =
        !past.test(around) &&
        !/^[^，。；]{0,24}?(?:\d|[一二两三四五六])(?:次|场|轮|期)/.test(tail) &&
        (/(?:^|[，。；：、）\n]|力争|确保|计划|争取|于|在)$/.test(head) || done.test(tail));
    else if (p.limit && p.grain !== 'day')
      due =
        done.test(tail) ||
        opened ||
        ((reached || /^(?:，|：)/.test(tail)) &&
          /[底末旬中]$/.test(text.slice(p.start, p.end)) &&
          !past.test(around) &&
          !(date !== null && setting.issuedOn !== null && date < setting.issuedOn));
    else if (p.grain === 'year') {
      // A bare year that divides the work of a plan over several years, or that looks beyond the plan's own year.
      const opens = p.start === 0 || /[。；：，、\n）]$|(?:力争|确保|争取|计划|于|在|到)$/.test(head);
      const acts =
        /^(?:，|：|要|应|须|力争|年内|内)?(?:全面|基本|全部|组织|初步|继续|力争|确保|推动|推进|集中)*(?:完成|建成|实现|达到|启动|开展|形成|建立|出台|巩固|深化|全区|各|组织|推进|提升|健全|完善|消除|总结|制定|新建|改造|更新)/.test(
          tail,
        ) || /^(?:，|：)/.test(tail);
      const owed = setting.period !== null && reached && !/^[及以前至来]/.test(tail);
      if (opens && (acts || owed) && !/^(?:度|第|年)/.test(tail) && !past.test(around)) bare.push(found1);
      continue;
    } else
      due =
        (done.test(tail) || opened) &&
        !past.test(around) &&
        !/^(?:召开|印发)/.test(tail) &&
        !(date !== null && setting.issuedOn !== null && date < setting.issuedOn);
    if (!due) continue;
    if (list?.[1]) {
      for (const y of list[1].match(/\d{4}/g) ?? []) found.push({ ...found1, date: dayOf(p, 'last', Number(y)) });
    }
    found.push(found1);
  }
  found.push(...bare.filter((b) => dividing(b, bare, setting)));
  if (labelled && found.length === 0) found.push(...dotted(text, setting));
  if (labelled && found.length === 0) found.push(...openEnds(text));
  found.push(...otherKinds(text, found));
  found.sort((a, b) => a.start - b.start);
  return found.map(({ start, end, ...rest }) => ({
    text: passage.name(from + start, from + end),
    ...rest,
    source: passage.span(from + start, from + end),
  }));
}

const dottedDate =
  /(?<![\d.])(?:(20\d\d)[.—/](\d{1,2})[.—/](\d{1,2})|(\d{1,2})\.(\d{1,2})(?=日?之?前))(?!\d)日?(?:之?前)?/g;

/** 2025.6.30, 2025-06-30, 2025/6/30, 6.30前 in a place where only dates stand. */
function dotted(text: string, setting: DateSetting): Found[] {
  const found: Found[] = [];
  for (const m of text.matchAll(dottedDate)) {
    const year = m[1] ? Number(m[1]) : setting.year;
    const date = year === null ? null : day(year, Number(m[2] ?? m[4]), Number(m[3] ?? m[5]));
    if (date === null) continue;
    const start = m.index;
    const end = start + m[0].length;
    const last = found.at(-1);
    if (last && /^[—至到]+$/.test(text.slice(last.end, start)))
      found[found.length - 1] = { kind: 'range', date, from: last.date, start: last.start, end };
    else found.push({ kind: 'date', date, start, end });
  }
  return found;
}

function dividing(year: Found, all: readonly Found[], setting: DateSetting): boolean {
  if (year.date === null) return false;
  const value = Number(year.date.slice(0, 4));
  if (setting.year !== null && value < setting.year && setting.period === null) return false;
  return (
    setting.period !== null ||
    setting.year === null ||
    new Set(all.map((b) => b.date)).size > 1 ||
    (setting.year !== null && value > setting.year)
  );
}

function readRange(
  text: string,
  p: Point,
  at: number,
  years: Years,
  setting: DateSetting,
): (Found & { grain: Point['grain'] }) | null {
  const firstYear = years.of(p, 'first');
  const from = firstYear === null ? null : dayOf(p, 'first', firstYear);
  let q = pointAt(text, at);
  if (!q && p.grain === 'day') {
    const m = /^(\d{1,2})[日号]/.exec(text.slice(at, at + 4));
    if (m)
      q = {
        ...p,
        year: null,
        relative: 0,
        first: [p.first[0], Number(m[1])],
        last: [p.first[0], Number(m[1])],
        start: at,
        end: at + m[0].length,
      };
  }
  if (!q) {
    const event = /^[^，。；、）]{2,24}?(?=）|，|。|；|$|前|期间)/.exec(text.slice(at, at + 30));
    return event && /(?:大会|全会|两会|结束|节|会议)/.test(event[0])
      ? { kind: 'range', date: null, from, start: p.start, end: at + event[0].length, grain: p.grain }
      : null;
  }
  let year = q.year ?? (q.relative !== 0 && setting.year !== null ? setting.year + q.relative : firstYear);
  let date = year === null ? null : dayOf(q, 'last', year);
  if (year !== null && date !== null && from !== null && date < from && q.year === null) {
    year += 1;
    date = dayOf(q, 'last', year);
  }
  if (year !== null) years.saw(year);
  return { kind: 'range', date, from, start: p.start, end: q.end, grain: q.grain };
}

function openEnds(text: string): Found[] {
  const m =
    /(?:长期(?:坚持|推进|落实|开展)?|持续(?:推进|开展|实施|坚持|落实)?|常态化(?:推进|开展)?|立行立改|立即整改|即知即改|全年|贯穿全年)/.exec(
      text,
    );
  if (m) return [{ kind: 'open', date: null, start: m.index, end: m.index + m[0].length }];
  const stage = /第[一二三四五六]阶段|[^，。；、]{2,8}阶段/.exec(text);
  return stage ? [{ kind: 'stage', date: null, start: stage.index, end: stage.index + stage[0].length }] : [];
}

function otherKinds(text: string, found: readonly Found[]): Found[] {
  const out: Found[] = [];
  const free = (start: number, end: number) => !found.some((f) => f.start < end && start < f.end);
  if (text.includes('前')) {
    for (const m of text.matchAll(eventBefore)) {
      const start = m.index;
      const end = start + m[0].length;
      // 开学前（8月31日前）: the bracket says which day the event is.
      if (text[end] === '（' && pointAt(text, end + 1)) continue;
      if (/国庆节$/.test(m[1] ?? '') || !free(start, end) || /每年?$/.test(text.slice(Math.max(0, start - 2), start)))
        continue;
      if (/每(?:年|学期|季度?|月)[^，。；]{0,6}$/.test(text.slice(Math.max(0, start - 8), start)) || /^每/.test(m[0]))
        out.push({ kind: 'recurring', date: null, start, end });
      else out.push({ kind: 'event', date: null, start, end });
    }
  }
  for (const m of text.matchAll(term)) {
    if (
      !/月$/.test(text.slice(Math.max(0, m.index - 1), m.index)) &&
      free(m.index, m.index + m[0].length) &&
      !/每/.test(text.slice(Math.max(0, m.index - 2), m.index))
    )
      out.push({ kind: 'term', date: null, start: m.index, end: m.index + m[0].length });
  }
  for (const m of text.matchAll(later))
    out.push({ kind: 'after', date: null, start: m.index, end: m.index + m[0].length });
  return out;
}

/** The first and last day that a stage's wording gives: （2026年3月—4月）, 即日起至…, 3月底前, 从X大会到Y全会. */
export function readPeriod(
  written: string,
  setting: DateSetting,
  near: number | null,
): { from: string | null; to: string | null; year: number | null } | null {
  const text = withoutTitles(written);
  const place = (p: Point, end: 'first' | 'last', fallback: number | null) => {
    const year = p.year ?? (p.relative !== 0 && setting.year !== null ? setting.year + p.relative : fallback);
    return { year, value: year === null ? null : dayOf(p, end, year) };
  };
  const usual = near ?? setting.year;
  for (let i = 0; i < text.length; i++) {
    const now = nowAt(text, i) || (/[自从]/.test(text[i] ?? '') ? nowAt(text, i + 1) && nowAt(text, i + 1) + 1 : 0);
    const p = now ? null : pointAt(text, i);
    const event =
      now || p
        ? null
        : /^(?:[自从])((?:[^至到，。；]|“[^”]*”){2,28}?)(?:起|开始|后)?(?:至|到|—)/.exec(text.slice(i, i + 40));
    if (!now && !p && !event) continue;
    if (p && /\d/.test(text[i - 1] ?? '')) continue;
    if (
      p &&
      p.grain === 'year' &&
      !join.test(text.slice(p.end, p.end + 4)) &&
      i > 0 &&
      text.slice(p.end, p.end + 1) !== ''
    ) {
      i = p.end - 1;
      continue;
    }
    const inner = event?.[1] ? pointAt(text, i + 1) : null;
    const begin = p ?? inner;
    const afterBegin = now ? i + now : p ? p.end : i + (event?.[0].length ?? 0);
    const started = begin ? place(begin, 'first', usual) : { year: usual, value: now ? setting.issuedOn : null };
    const link = event ? { 0: '' } : join.exec(text.slice(afterBegin, afterBegin + 6));
    if (link) {
      const at = afterBegin + link[0].length;
      let q = pointAt(text, at);
      if (!q && begin?.grain === 'day') {
        const m = /^(\d{1,2})[日号]/.exec(text.slice(at, at + 4));
        if (m)
          q = {
            ...begin,
            year: null,
            relative: 0,
            first: [begin.first[0], Number(m[1])],
            last: [begin.first[0], Number(m[1])],
            start: at,
            end: at + m[0].length,
          };
      }
      if (!q) return { from: started.value, to: null, year: started.year };
      let ended = place(q, 'last', started.year ?? usual);
      if (q.year === null && ended.value && started.value && ended.value < started.value && ended.year !== null)
        ended = { year: ended.year + 1, value: dayOf(q, 'last', ended.year + 1) };
      return { from: started.value, to: ended.value, year: ended.year };
    }
    if (now) return { from: setting.issuedOn, to: null, year: usual };
    if (!begin) continue;
    const ended = place(begin, 'last', usual);
    const tail = text.slice(begin.end, begin.end + 4);
    if (/^(?:起|开始|以后|之后|后)/.test(tail)) return { from: started.value, to: null, year: started.year };
    if (before.test(tail) || /[底末]$/.test(text.slice(begin.start, begin.end)))
      return { from: null, to: ended.value, year: ended.year };
    return {
      from:
        begin.grain === 'day' && /(?:截至|截止|[到至])$/.test(text.slice(Math.max(0, i - 2), i)) ? null : started.value,
      to: ended.value,
      year: ended.year,
    };
  }
  return null;
}
