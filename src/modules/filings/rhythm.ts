import { type Calendar, type Window, windowAround } from '../../kernel/calendar.ts';
import { addDays, type Day, day } from '../../kernel/day.ts';

/** How often something is reported; `special` is once for the whole time in which the rhythm is in force (a holiday). */
export const rhythmPeriods = ['day', 'week', 'month', 'quarter', 'year', 'special'] as const;
export type RhythmPeriod = (typeof rhythmPeriods)[number];
export const rhythmPeriodWords: Readonly<Record<RhythmPeriod, string>> = {
  day: '每日',
  week: '每周',
  month: '每月',
  quarter: '每季度',
  year: '每年',
  special: '专项时段',
};

export const fieldTypes = ['count', 'amount', 'text', 'yesNo', 'choice', 'day'] as const;
export type FieldType = (typeof fieldTypes)[number];
export const fieldTypeWords: Readonly<Record<FieldType, string>> = {
  count: '个数',
  amount: '数量（可有小数）',
  text: '文字',
  yesNo: '是或否',
  choice: '选项',
  day: '日期',
};

/** One thing that only the unit knows. What the ledgers know is never asked. */
export interface Field {
  readonly key: string;
  readonly label: string;
  readonly type: FieldType;
  readonly must: boolean;
  /** 人次, 家, 万元. */
  readonly unit: string;
  readonly options: readonly string[];
}

/** What the product works out itself and locks into the filing at its moment. */
export const knownKeys = [
  'registered',
  'closed',
  'reopened',
  'open',
  'red',
  'major',
  'tasksOpen',
  'tasksRed',
  'tasksClosed',
] as const;
export type KnownKey = (typeof knownKeys)[number];
export const knownWords: Readonly<Record<KnownKey, string>> = {
  registered: '本期新增问题',
  closed: '本期销号问题',
  reopened: '本期重新打开的问题',
  open: '期末未销号问题',
  red: '期末逾期问题',
  major: '期末未销号重大隐患',
  tasksOpen: '期末在办任务',
  tasksRed: '期末逾期任务',
  tasksClosed: '本期销号任务',
};

const typeOf = (word: string): FieldType | undefined =>
  fieldTypes.find((type) => {
    const full = fieldTypeWords[type];
    return word !== '' && (full === word || full.startsWith(word) || full.replace(/（.*/, '') === word);
  });

/**
 * Fields as people write them, one a line: “*出动检查人次，个数，人次”. A star makes it compulsory, choices stand behind the
 * unit. What cannot be read is said, with the line as it should be.
 */
export function fieldsInText(text: string): { readonly fields: Field[]; readonly flaws: string[] } {
  const flaws: string[] = [];
  const fields = text
    .split(/[\n；;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, at): Field => {
      const [label = '', word = '', unit = '', ...options] = line
        .replace(/^[*＊]/, '')
        .split(/[，,]/)
        .map((one) => one.trim());
      const type = word === '' ? 'text' : typeOf(word);
      if (type === undefined)
        flaws.push(`“${label}”的类型“${word}”认不出来，类型有${Object.values(fieldTypeWords).join('、')}`);
      return { key: `f${at + 1}`, label, type: type ?? 'text', must: /^[*＊]/.test(line), unit, options };
    });
  return { fields, flaws };
}

/** The same the other way: what `fieldsInText` reads again. */
export const fieldsAsText = (fields: readonly Field[]): string =>
  fields
    .map((one) =>
      [`${one.must ? '*' : ''}${one.label}`, fieldTypeWords[one.type].replace(/（.*/, ''), one.unit, ...one.options]
        .join('，')
        .replace(/，+$/, ''),
    )
    .join('\n');

/** Whether cases are told: not asked, may be told, at least one must be. */
export const tellings = ['none', 'may', 'must'] as const;
export type Telling = (typeof tellings)[number];
export const tellingWords: Readonly<Record<Telling, string>> = { none: '不要求', may: '可以报', must: '必须报' };

/** 报送制度: who reports what to whom, how often, until which hour. Dated: it holds from one day to another. */
export interface Rhythm {
  readonly id: string;
  readonly name: string;
  /** The document that demands it. */
  readonly basis: string;
  readonly period: RhythmPeriod;
  /** Units and groups by the names under which the organisation knows them; settled anew for each occurrence. */
  readonly reporters: readonly string[];
  /** To whom, in words. */
  readonly receiver: string;
  /** 17:00, Shanghai time. */
  readonly hour: string;
  /** Days from the last day of the period to the day on which it is due; 0: on that day itself. */
  readonly dueAfter: number;
  /**
   * Where it is due within the period: of a week 1 (Monday) to 7, of what is longer the day 1 to 28 of its last month. Null:
   * `dueAfter` counts from the period's last day.
   */
  readonly dueDay: number | null;
  /** Days for which the form is open before it is due. */
  readonly opensBefore: number;
  /** True: no daily report on days off, and a due day that is off moves to the next working day. */
  readonly workdays: boolean;
  readonly fields: readonly Field[];
  readonly known: readonly KnownKey[];
  /** Asks for the situation in words. */
  readonly narrative: Telling;
  /** 典型案例. */
  readonly cases: Telling;
  /** 经验做法. */
  readonly practices: Telling;
  /** Files: a decision, photographs, minutes. */
  readonly attachments: Telling;
  readonly fromOn: Day;
  readonly toOn: Day | null;
}

/** One time at which a rhythm is due. */
export interface Occurrence extends Window {
  readonly opensOn: Day;
  readonly dueOn: Day;
}

const nextWorking = (calendar: Calendar, from: Day): Day => {
  let on = from;
  while (!calendar.works(on)) on = addDays(on, 1);
  return on;
};

function plannedDue(rhythm: Pick<Rhythm, 'period' | 'dueAfter' | 'dueDay'>, window: Window): Day {
  const { period, dueDay } = rhythm;
  if (dueDay === null || period === 'day' || period === 'special') return addDays(window.to, rhythm.dueAfter);
  return period === 'week'
    ? addDays(window.from, Math.min(dueDay, 7) - 1)
    : addDays(day(`${window.to.slice(0, 7)}-01`), dueDay - 1);
}

const weekdayWords: readonly string[] = ['一', '二', '三', '四', '五', '六', '日'];
/** 每周五17:00前, 每月25日12:00前, 每月一次，次月5日17:00前. */
export function dueInWords(rhythm: Pick<Rhythm, 'period' | 'dueAfter' | 'dueDay' | 'hour'>): string {
  const { period, dueDay, dueAfter: after, hour } = rhythm;
  const every = rhythmPeriodWords[period];
  if (dueDay !== null && period === 'week') return `每周${weekdayWords[Math.min(dueDay, 7) - 1]}${hour}前`;
  if (dueDay !== null && period !== 'day' && period !== 'special')
    return `${every}${period === 'month' ? '' : '最后一个月'}${dueDay}日${hour}前`;
  if (period === 'day') return `每日${after === 0 ? '' : after === 1 ? '，次日' : `，过${after}天`}${hour}前`;
  if (period === 'week')
    return after <= 7
      ? `${after === 0 ? '每周日' : `每周一次，次周${weekdayWords[after - 1]}`}${hour}前`
      : `每周一次，过${after}天${hour}前`;
  if (after === 0) return `${every}最后一天${hour}前`;
  if (period === 'month' && after <= 28) return `每月一次，次月${after}日${hour}前`;
  if (period === 'year' && after <= 31) return `每年一次，次年1月${after}日${hour}前`;
  return `${every}一次，期末后第${after}天${hour}前`.replace('专项时段一次', '专项时段');
}

/** The day of a due within the period as people write it: 周五, 25日; null where it cannot be read. */
export function dueDayIn(text: string, period: RhythmPeriod): number | null {
  const week = /^(?:每?周|星期)?([一二三四五六日天1-7])$/.exec(text)?.[1];
  if (period === 'week' && week !== undefined) {
    const at = weekdayWords.indexOf(week.replace('天', '日'));
    return at >= 0 ? at + 1 : Number(week);
  }
  const month = Number(/^(\d{1,2})[日号]?$/.exec(text)?.[1] ?? Number.NaN);
  return ['month', 'quarter', 'year'].includes(period) && month >= 1 && month <= 28 ? month : null;
}
export const dueDayAsText = (rhythm: Pick<Rhythm, 'period' | 'dueDay'>): string =>
  rhythm.dueDay === null
    ? ''
    : rhythm.period === 'week'
      ? `周${weekdayWords[Math.min(rhythm.dueDay, 7) - 1]}`
      : `${rhythm.dueDay}日`;

/** The occurrence about the period around a day; null where the rhythm does not ask for one (a day off, not in force). */
export function occurrenceAround(rhythm: Rhythm, d: Day, calendar: Calendar): Occurrence | null {
  if (rhythm.period === 'special' && rhythm.toOn === null) return null;
  const window: Window =
    rhythm.period === 'special'
      ? { from: rhythm.fromOn, to: rhythm.toOn ?? rhythm.fromOn }
      : windowAround(d, rhythm.period);
  // A period counts where its last day lies in the time in which the rhythm is in force.
  if (window.to < rhythm.fromOn || (rhythm.toOn !== null && window.to > rhythm.toOn)) return null;
  if (rhythm.period === 'day' && rhythm.workdays && !calendar.works(window.to)) return null;
  const planned = plannedDue(rhythm, window);
  const dueOn = rhythm.workdays ? nextWorking(calendar, planned) : planned;
  const opensOn = addDays(dueOn, -rhythm.opensBefore);
  return { ...window, dueOn, opensOn };
}

/** Every occurrence whose form is open on the day, the earliest first. */
export function occurrencesOpenOn(rhythm: Rhythm, d: Day, calendar: Calendar): Occurrence[] {
  const found: Occurrence[] = [];
  // Days off may move the due day by at most a long holiday.
  const first = addDays(d, -rhythm.dueAfter - 15);
  // what is due within its period is due at most a month before the period ends
  const last = addDays(d, rhythm.opensBefore + (rhythm.dueDay === null ? 0 : 31));
  const seen = new Set<string>();
  for (let at = first; at <= last; at = addDays(windowEnd(rhythm, at), 1)) {
    const one = occurrenceAround(rhythm, at, calendar);
    if (!one || seen.has(one.from)) continue;
    seen.add(one.from);
    if (one.opensOn <= d && d <= one.dueOn) found.push(one);
  }
  return found;
}

const windowEnd = (rhythm: Rhythm, d: Day): Day =>
  rhythm.period === 'special' ? d : windowAround(d, rhythm.period).to;

/** The moment at which an occurrence is due. */
export const momentOf = (on: Day, hour: string): Date => new Date(`${on}T${hour}:00+08:00`);

/** 2026年3月2日, 2026年3月2日至8日, 2026年3月, 2026年第1季度, 2026年. */
export function periodInWords(period: RhythmPeriod, from: Day, to: Day): string {
  const year = `${Number(from.slice(0, 4))}年`;
  const date = (on: Day): string => `${Number(on.slice(5, 7))}月${Number(on.slice(8, 10))}日`;
  if (from === to) return `${year}${date(from)}`;
  if (period === 'month') return `${year}${Number(from.slice(5, 7))}月`;
  if (period === 'quarter') return `${year}第${Math.floor((Number(from.slice(5, 7)) + 2) / 3)}季度`;
  if (period === 'year') return year;
  const until =
    to.slice(0, 4) !== from.slice(0, 4)
      ? `${Number(to.slice(0, 4))}年${date(to)}`
      : to.slice(5, 7) !== from.slice(5, 7)
        ? date(to)
        : `${Number(to.slice(8, 10))}日`;
  return `${year}${date(from)}至${until}`;
}

/** What is wrong with a rhythm as it was filled in, by field; empty: nothing. */
export function flawsOfRhythm(rhythm: Omit<Rhythm, 'id'>): { where: string; says: string }[] {
  const flaws: { where: string; says: string }[] = [];
  const flaw = (where: string, says: string): void => {
    flaws.push({ where: `body.${where}`, says });
  };
  if (rhythm.name.trim().length < 2) flaw('name', '请写明名称，如“工作日报”');
  if (rhythm.basis.trim().length < 2) flaw('basis', '请写明依据哪份文件哪一条');
  if (rhythm.receiver.trim().length < 2) flaw('receiver', '请写明报给谁');
  if (rhythm.reporters.length === 0) flaw('reporters', '请写明由哪些单位报送');
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(rhythm.hour)) flaw('hour', '请写成 17:00 这样的时刻');
  if (rhythm.dueDay !== null && !['week', 'month', 'quarter', 'year'].includes(rhythm.period))
    flaw('dueDay', '只有每周、每月、每季度、每年的可以写期内哪天报');
  if (rhythm.dueDay !== null && rhythm.period === 'week' && rhythm.dueDay > 7) flaw('dueDay', '每周的请写周一到周日');
  if (rhythm.toOn !== null && rhythm.toOn < rhythm.fromOn) flaw('toOn', '应不早于起始日期');
  if (rhythm.period === 'special' && rhythm.toOn === null) flaw('toOn', '专项时段要写明截止日期');
  if (
    rhythm.fields.length + rhythm.known.length === 0 &&
    [rhythm.narrative, rhythm.cases, rhythm.practices, rhythm.attachments].every((one) => one === 'none')
  )
    flaw('fields', '至少要报一项内容');
  const keys = rhythm.fields.map((one) => one.key);
  if (new Set(keys).size !== keys.length) flaw('fields', '填报项的代号有重复');
  for (const field of rhythm.fields) {
    if (field.label.trim() === '') flaw('fields', '填报项要有名称');
    if (field.type === 'choice' && field.options.length < 2) flaw('fields', `“${field.label}”至少要有两个选项`);
    // what the ledgers know is not asked: the words of computed figures are reserved
    if (knownKeys.some((key) => knownWords[key] === field.label.trim()))
      flaw('fields', `“${field.label}”由系统计算，不能要求单位填报`);
  }
  return flaws;
}
