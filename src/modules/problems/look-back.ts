import { sha256Of } from '../../kernel/sha256.ts';
import { type Grade, gradeWords } from './problem.ts';

/**
 * 回头看: a sample of closed problems that nobody can steer and everybody can recompute.
 * First the list and the rules of the draw are frozen and their hash is published; only then the seed is fixed. The
 * ticket of an item is SHA-256(seed ‖ id); the smallest tickets are drawn. After Rivest's sampler and RFC 3797.
 */

/** A closed problem that may be drawn, as it stood when the list was frozen. */
export interface PoolItem {
  readonly id: string;
  readonly number: string;
  /** The unit that closed it: its lead unit. */
  readonly unitId: string;
  readonly sector: string | null;
  readonly grade: Grade;
}

export const seedSources = ['witnessed', 'seal'] as const;
export type SeedSource = (typeof seedSources)[number];
export const seedSourceWords: Readonly<Record<SeedSource, string>> = {
  witnessed: '当众产生（掷骰、开奖号码等，见证人在场时录入）',
  seal: '取冻结之后第一个封存日的封存值',
};

/** What is fixed before the seed is known. Changing any of it changes the published hash. */
export interface DrawRules {
  /** Number of the draw, 查-2026-0001. */
  readonly number: string;
  /** Closed from–to, both days included. */
  readonly from: string;
  readonly to: string;
  readonly take: number;
  readonly perUnit: number;
  readonly perGrade: Readonly<Partial<Record<Grade, number>>>;
  readonly seedSource: SeedSource;
  /** First day whose seal may be the seed; null for a witnessed seed. */
  readonly sealAfter: string | null;
}

export type Because = 'unit' | 'grade' | 'rest';
export const becauseWords: Readonly<Record<Because, string>> = {
  unit: '每个单位至少抽到的',
  grade: '每个等级至少抽到的',
  rest: '按票号从小到大补足的',
};

export interface Drawn extends PoolItem {
  readonly ticket: string;
  /** Place among all tickets of the pool, 1 for the smallest. */
  readonly rank: number;
  readonly because: Because;
}

const FORMAT = 'guatu-look-back 1';

/** 问-2026-0007 → [2026, 7]: numbers sort as people count, also beyond 9999. */
function placeOf(number: string): readonly [number, number] {
  const parts = number.split('-');
  return [Number(parts.at(-2) ?? 0), Number(parts.at(-1) ?? 0)];
}

/** The order in which a list is published: by number. */
export function byNumber(a: PoolItem, b: PoolItem): number {
  const [yearA, serialA] = placeOf(a.number);
  const [yearB, serialB] = placeOf(b.number);
  return yearA - yearB || serialA - serialB || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

const oneLine = (text: string): string => text.replace(/[\t\r\n]+/g, ' ').trim();
const itemLine = (item: PoolItem): string =>
  [item.number, item.id.toLowerCase(), item.unitId.toLowerCase(), item.grade, oneLine(item.sector ?? '-')].join('\t');

/**
 * The text that is frozen and published: rules of the draw, a line `--`, then one line for each item in the order of
 * numbers, tab-separated, every line ended by a line feed. Its SHA-256 in UTF-8 is the hash of the list.
 */
export function frozenText(rules: DrawRules, pool: readonly PoolItem[]): string {
  const head = [
    FORMAT,
    `number\t${rules.number}`,
    `closed\t${rules.from}\t${rules.to}`,
    `take\t${rules.take}`,
    `perUnit\t${rules.perUnit}`,
    ...Object.keys(gradeWords).map((grade) => `perGrade\t${grade}\t${rules.perGrade[grade as Grade] ?? 0}`),
    `seed\t${rules.seedSource}${rules.sealAfter === null ? '' : `\t${rules.sealAfter}`}`,
    '--',
  ];
  return `${[...head, ...[...pool].sort(byNumber).map(itemLine)].join('\n')}\n`;
}

/** SHA-256 of a text in UTF-8, in hex; the server lends the platform's own, which is faster on long lists. */
export type TextHash = (text: string) => string;

/** SHA-256 of the frozen text: what is published before the seed is fixed. */
export const listHashOf = (text: string, hash: TextHash = sha256Of): string => hash(text);

/** The ticket of one item: SHA-256(seed ‖ id), both as UTF-8 text, the id in small letters with its hyphens. */
export const ticketOf = (seed: string, id: string, hash: TextHash = sha256Of): string => hash(seed + id.toLowerCase());

/** Tickets smallest first. */
export function ranked(
  seed: string,
  pool: readonly PoolItem[],
  hash: TextHash = sha256Of,
): (PoolItem & { ticket: string; rank: number })[] {
  return pool
    .map((item) => ({ ...item, ticket: ticketOf(seed, item.id, hash) }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .map((item, at) => ({ ...item, rank: at + 1 }));
}

/**
 * The sample: (1) of each unit the `perUnit` smallest tickets; (2) of each grade as many of the smallest tickets as are
 * still missing to `perGrade`; (3) from all the smallest tickets until `take` are drawn. What (1) and (2) demand is never
 * cut, so the sample may be larger than `take`. Smallest ticket first. `tickets` comes from `ranked`.
 */
export function sampleOf(
  rules: Pick<DrawRules, 'take' | 'perUnit' | 'perGrade'>,
  tickets: readonly (PoolItem & { readonly ticket: string; readonly rank: number })[],
): Drawn[] {
  const chosen = new Map<string, Because>();
  const ofUnit = new Map<string, number>();
  const ofGrade = new Map<Grade, number>();
  const choose = (item: PoolItem, because: Because): void => {
    chosen.set(item.id, because);
    ofGrade.set(item.grade, (ofGrade.get(item.grade) ?? 0) + 1);
  };
  for (const item of tickets) {
    const count = ofUnit.get(item.unitId) ?? 0;
    if (count >= rules.perUnit) continue;
    ofUnit.set(item.unitId, count + 1);
    choose(item, 'unit');
  }
  for (const item of tickets)
    if (!chosen.has(item.id) && (ofGrade.get(item.grade) ?? 0) < (rules.perGrade[item.grade] ?? 0))
      choose(item, 'grade');
  for (const item of tickets) {
    if (chosen.size >= rules.take) break;
    if (!chosen.has(item.id)) choose(item, 'rest');
  }
  return tickets.flatMap((item) => {
    const because = chosen.get(item.id);
    return because === undefined ? [] : [{ ...item, because }];
  });
}

/** The seed as it is used: outer white space gone, everything else as typed. */
export const seedText = (typed: string): string => typed.trim();

/** What is wrong with a typed seed, as a sentence; null when it may be used. `former`: seeds of earlier draws. */
export function seedTrouble(typed: string, former: readonly string[]): string | null {
  const seed = seedText(typed);
  if (seed.length < 12)
    return '种子太短：至少 12 个字符，请用掷骰子或公开开奖号码当众产生的一长串数字，避免被人事先试算。';
  if (new Set(seed).size < 4) return '种子里不同的字符太少，不像当众随机产生的，请重新产生。';
  if (former.includes(seed)) return '这个种子以前抽取时用过，请重新当众产生。';
  return null;
}

/** How anybody can check a draw, in three steps; shown on its page and in the published file. */
export const howToRecompute: readonly string[] = [
  '下载「冻结名单」文本文件，计算它的 SHA-256（Windows：certutil -hashfile 名单.txt SHA256；其他系统：sha256sum 名单.txt），应与种子产生之前公布的名单摘要一致。',
  '对名单上每一条，把种子和标识（第二列，小写）首尾相接，计算 SHA-256，这就是它的票号；票号小的在前。',
  '先取每个单位票号最小的若干条，再取每个等级票号最小的若干条，最后按票号从小到大补足到抽取条数，应与公布的抽中结果完全相同。',
];
