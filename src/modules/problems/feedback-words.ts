import { addDays, type Day, parseDay } from '../../kernel/day.ts';
import type { Span } from '../../kernel/document.ts';
import { dayInCell } from '../../kernel/sheet-form.ts';
import { findDeadlines } from '../plans/dates.ts';
import { readNumber } from '../plans/numerals.ts';
import { type Passage, passageOf } from '../plans/passages.ts';
import { type DateSetting, dayOf, nextPoint } from '../plans/points.ts';
import { isFirmName, looksLikeUnit } from '../plans/units.ts';
import type { Said, SaidDay } from './feedback.ts';
import type { Grade } from './problem.ts';

/** What is known of the document when its dates are read; `today` stands in where it names no year. */
export interface Setting {
  readonly dates: DateSetting;
  readonly today: Day;
}

const settingFor = ({ dates, today }: Setting): { readonly dates: DateSetting; readonly assumed: boolean } =>
  dates.year === null
    ? { dates: { ...dates, year: Number(today.slice(0, 4)), issuedOn: today }, assumed: true }
    : { dates, assumed: false };

/** Words of compact[from, to) with their place. */
export const saidOf = (passage: Passage, from = 0, to = passage.compact.length): Said => ({
  text: passage.written(from, to).trim(),
  source: passage.span(from, to),
});

/** A piece of the document without the white space at its ends; null when nothing is left. */
export function saidAt(text: string, span: Span): Said | null {
  const raw = text.slice(span.start, span.end);
  const words = raw.trim();
  if (words === '') return null;
  const start = span.start + raw.indexOf(words);
  return { text: words, source: { start, end: start + words.length } };
}

/**
 * By when, from a cell or behind a label. Full days as any sheet writes them; 12月底前, 6月30日前 by the document's year;
 * 15日内 from the day of issue. Words that name no day (立即整改, 长期坚持) are kept without one.
 */
export function readDue(text: string, said: Said, setting: Setting): SaidDay {
  const bare = said.text
    .replace(/[（(].*$/, '')
    .replace(/(?:（含）)?(?:之|以)?前(?:完成|整改完成|整改到位)?。?$/, '')
    .replace(/[。；]$/, '');
  const cell = dayInCell(bare, { monthEnd: true });
  if (cell.day !== null)
    return { ...said, on: cell.day, doubt: cell.doubt ? { kind: 'assumed', says: cell.doubt } : null };
  const passage = passageOf(text, said.source.start, said.source.end);
  const { dates, assumed } = settingFor(setting);
  if (cell.wrong !== null && /没有「/.test(cell.wrong) && !/年份/.test(cell.wrong))
    return { ...said, on: null, doubt: { kind: 'unclear', says: cell.wrong } };
  const found = findDeadlines(passage, 0, passage.compact.length, dates, true);
  const dated = found.find((one) => one.date !== null);
  if (dated?.date) {
    const yearless = assumed && !/\d{4}|二〇/.test(said.text);
    const says = `没有写年份，按${dated.date.slice(0, 4)}年读取`;
    return { ...said, on: dated.date, doubt: yearless ? { kind: 'assumed', says } : null };
  }
  const term = /(\d{1,3}|[一二三四五六七八九十]{1,3})个?(工作日|月|日|天|周)(?:之|以)?内/.exec(passage.compact);
  const from = dates.issuedOn === null ? null : parseDay(dates.issuedOn);
  if (term?.[1] && from !== null && term[2] !== '工作日') {
    const count = readNumber(term[1]) * (term[2] === '月' ? 30 : term[2] === '周' ? 7 : 1);
    const on = addDays(from, count);
    const says = `「${said.text}」从${assumed ? '今天' : '印发日期'}${from}起推算为${on}，请核对`;
    return { ...said, on, doubt: { kind: 'assumed', says } };
  }
  return { ...said, on: null, doubt: { kind: 'unclear', says: `时限「${said.text}」没有写明是哪一天` } };
}

/** When it was found: a day that lies behind; a day without a year is the last one before the issue. */
export function readFound(text: string, said: Said, setting: Setting): SaidDay {
  const cell = dayInCell(said.text);
  if (cell.day !== null)
    return { ...said, on: cell.day, doubt: cell.doubt ? { kind: 'assumed', says: cell.doubt } : null };
  const passage = passageOf(text, said.source.start, said.source.end);
  const on = lastDayIn(passage, 0, passage.compact.length, setting);
  if (on === null) return { ...said, on: null, doubt: { kind: 'unclear', says: `日期「${said.text}」认不出是哪一天` } };
  const { assumed } = settingFor(setting);
  const yearless = assumed && !/\d{4}/.test(said.text);
  return { ...said, on, doubt: yearless ? { kind: 'assumed', says: `没有写年份，按${on.slice(0, 4)}年读取` } : null };
}

/** The last day that compact[from, to) names; without a year, the latest one not after the document's issue. */
export function lastDayIn(passage: Passage, from: number, to: number, setting: Setting): string | null {
  const compact = passage.compact.slice(from, to);
  const { dates } = settingFor(setting);
  const behind = dates.issuedOn ?? setting.today;
  let last: string | null = null;
  let year = dates.year ?? Number(setting.today.slice(0, 4));
  let month = 0;
  const put = (on: string | null, written: boolean): void => {
    if (on === null) return;
    last = !written && on > behind ? `${Number(on.slice(0, 4)) - 1}${on.slice(4)}` : on;
  };
  let at = 0;
  for (let p = nextPoint(compact, 0); p; p = nextPoint(compact, at)) {
    at = p.end;
    if (p.grain === 'year' || p.grain === 'half' || p.grain === 'quarter') continue;
    if (p.year !== null) year = p.year;
    put(dayOf(p, 'last', year), p.year !== null);
    month = p.first[0];
    // 3日至5日: the second day takes the month of the first.
    const more = /^(?:起)?(?:—{1,2}|至|到)(\d{1,2})[日号]/.exec(compact.slice(p.end, p.end + 8));
    if (more?.[1]) {
      const on = parseDay(`${year}-${String(month).padStart(2, '0')}-${more[1].padStart(2, '0')}`);
      put(on, p.year !== null);
      at += more[0].length;
    }
  }
  return last;
}

/** 一般 and 重大 in the words that lists use; null for others (较大, 红色), which a person must settle. */
export function gradeIn(words: string, header = ''): Grade | null {
  const text = words.normalize('NFKC').replace(/\s/g, '');
  if (/是否/.test(header))
    return /^(?:是|√|重大)/.test(text) ? 'major' : /^(?:否|×|不是|一般)/.test(text) ? 'general' : null;
  if (/^(?:特别)?重大/.test(text)) return 'major';
  return /^(?:一般|轻微)/.test(text) ? 'general' : null;
}

/** 属于重大隐患 said in running words; null where nothing is said of a grade. */
export function gradeInSentence(passage: Passage, from: number, to: number): (Said & { means: Grade }) | null {
  const m =
    /(?:属于?|为|构成|判定为|列为|系|认定为)(?:一般|重大)(?:安全|生产安全|事故|火灾|生产安全事故)?(?:事故)?隐患/.exec(
      passage.compact.slice(from, to),
    );
  if (!m) return null;
  return {
    ...saidOf(passage, from + m.index, from + m.index + m[0].length),
    means: /重大/.test(m[0]) ? 'major' : 'general',
  };
}

const subjectEnd =
  /(?:公司|集团|厂|店|超市|商场|商城|广场|大厦|酒店|宾馆|旅馆|民宿|饭店|餐馆|学校|小学|中学|幼儿园|学院|大学|医院|卫生院|诊所|养老院|敬老院|福利院|加油站|加气站|加油加气站|换电站|充电站|车站|泵站|水厂|电厂|仓库|冷库|油库|储备库|物流园|矿|矿山|工地|项目部|标段|施工现场|市场|批发市场|农贸市场|小区|影院|影城|剧院|网吧|KTV|浴室|足浴|体育馆|图书馆|博物馆|景区|公园|游乐园|码头|港区|渔港|水库|大桥|隧道|合作社|分公司|门市部|经营部|加工点|回收站|客运站|寺|教堂|项目|工程|俱乐部|驾校|中心|馆|场|站|库|园|院)$/;

/** True where the words look like the name of an enterprise or a place and not like a unit of the government. */
export function looksLikeSubject(words: string): boolean {
  const text = words.trim();
  if (text.length < 3 || text.length > 40 || /[。；，！？：]/.test(text)) return false;
  if (/(?:方面|领域|问题|情况|要求|工作|环节|责任|管理|行业)$/.test(text)) return false;
  return subjectEnd.test(text.replace(/（[^（）]*）$/, '')) && !/^[区县市省](?:.{0,6})(?:局|委|办|大队)$/.test(text);
}

/** True for 北桥镇, 区住建局: a body of the government that may be held responsible. */
export const looksLikeOffice = (words: string): boolean =>
  looksLikeUnit(words) && isFirmName(words) && !/(?:方面|领域|问题|公司|集团)$/.test(words)
    ? true
    : /(?:镇|街道|乡|开发区|管委会)$/.test(words) && words.length >= 2 && words.length <= 14;

/** Whether the words on how far it is say that it is done: 已整改, 整改完成, 是; 正在整改 and 部分完成 do not. */
export function saysClosed(words: string, header: string): boolean {
  const text = words.normalize('NFKC').replace(/\s/g, '');
  if (/是否/.test(header)) return /^(?:是|√|已|Y)/i.test(text);
  if (/未(?:完成|整改|销号|到位)|正在|部分|推进|尚|拟|计划|预计|持续/.test(text)) return false;
  return /(?:已|全部)(?:经)?(?:整改|完成|销号|办结|消除|落实到位)|整改(?:完成|完毕|到位)|^(?:完成|已完成|办结|销号|100%)/.test(
    text,
  );
}

/** A remark that says nothing else than that it is done: 已完成整改, 现场已整改到位. Whoever writes more tells something else. */
export const remarksClosed = (words: string): boolean =>
  /^(?:目前|现|现场|当场)?(?:已|已经|全部已?)(?:完成|全部)?(?:整改|销号|办结|完成)(?:完成|完毕|到位|销号)?[。！]?$|^整改已?(?:完成|完毕|到位)[。！]?$/.test(
    words.replace(/\s/g, ''),
  );
