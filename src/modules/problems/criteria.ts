import type { Day } from '../../kernel/day.ts';

/** One clause of the criteria, by its number as people cite it. `sector` null: for every sector. */
export interface Clause {
  readonly code: string;
  readonly sector: string | null;
  readonly text: string;
}

/**
 * Criteria by which a hazard is judged major, in one version: texts entered by people, with the days on which they hold.
 * The product holds no law of its own; `sample` marks what came with it for trying out.
 */
export interface CriteriaSet {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly source: string | null;
  readonly sample: boolean;
}

/** Only criteria that hold on the day of the judgement may be applied. */
export const holdsOn = (set: Pick<CriteriaSet, 'validFrom' | 'validTo'>, day: Day): boolean =>
  set.validFrom <= day && (set.validTo === null || day <= set.validTo);

/** A clause that was read from a document, with what a person should look at; where: 第3行 or 第12段. */
export interface ReadClause extends Clause {
  readonly where: string;
  readonly doubt: string | null;
}

const MOST_CODE = 40;

/** What does not fit in a list of clauses: said beside each, nothing is dropped. */
export function withDoubts(clauses: readonly Omit<ReadClause, 'doubt'>[]): ReadClause[] {
  const count = new Map<string, number>();
  for (const { code } of clauses) count.set(code, (count.get(code) ?? 0) + 1);
  return clauses.map((clause) => {
    const doubts = [
      ...(clause.code === '' ? ['没有编号'] : []),
      ...(clause.code.length > MOST_CODE ? ['编号太长'] : []),
      ...(clause.code !== '' && (count.get(clause.code) ?? 0) > 1 ? [`编号${clause.code}出现了不止一次`] : []),
      ...(clause.text.trim() === '' ? ['没有条文'] : []),
    ];
    return { ...clause, doubt: doubts.length === 0 ? null : doubts.join('；') };
  });
}

const NUMBERED =
  /^\s*(第[一二三四五六七八九十百零〇\d]+条|[（(][一二三四五六七八九十百\d]+[)）]|\d+(?:\.\d+)*[.．、]?|[一二三四五六七八九十]+、)\s*(.+)$/;
/** A heading that names the sector of the clauses below it: 一、化工企业 with nothing behind it that ends a sentence. */
const HEADING = /^\s*(?:第[一二三四五六七八九十]+[章节]|[一二三四五六七八九十]+、)\s*([^。；：]{2,30})$/;

const bare = (number: string): string => number.replace(/[.．、]$/, '').replace(/、/g, '');

/**
 * Clauses of a numbered text: one paragraph that begins with a number is one clause, what follows without a number belongs
 * to it, a short heading names the sector. Clauses numbered （一）（二） under an article are cited with it: 第三条（一）.
 */
export function clausesOfText(paragraphs: readonly string[]): ReadClause[] {
  const found: { code: string; sector: string | null; text: string; where: string }[] = [];
  let sector: string | null = null;
  let article = '';
  for (const [index, paragraph] of paragraphs.entries()) {
    const where = `第${index + 1}段`;
    const heading = HEADING.exec(paragraph);
    if (heading && /[。；]/.test(paragraphs[index + 1] ?? '')) {
      sector = heading[1]?.trim() ?? null;
      article = '';
      continue;
    }
    const numbered = NUMBERED.exec(paragraph);
    if (!numbered) {
      const last = found.at(-1);
      if (last && paragraph.trim() !== '') last.text = `${last.text}${paragraph.trim()}`;
      continue;
    }
    const number = bare(numbered[1] ?? '');
    const text = (numbered[2] ?? '').trim();
    const below = /^[（(]/.test(number);
    if (!below) article = number;
    const code = below && article !== '' ? `${article}${number}` : number;
    // an article that only introduces its items is no clause by itself
    if (!below && /[：:]$/.test(text)) continue;
    found.push({ code, sector, text, where });
  }
  return withDoubts(found);
}
