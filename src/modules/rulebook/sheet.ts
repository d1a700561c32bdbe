import type { Cells, RuleColumn } from './cells.ts';

/** A rule of any kind as a row of its sheet holds it: named, and dated from one day to another. */
export interface Dated {
  readonly name: string;
  readonly fromOn: string;
  readonly toOn: string | null;
}

/** One worksheet of the book: its columns, how a row is read, and how a rule is written so that it reads the same. */
export interface RuleSheet<B extends Dated> {
  readonly name: string;
  readonly columns: readonly RuleColumn[];
  read(cells: Cells): B;
  write(rule: B): Readonly<Record<string, string>>;
}

/** The columns that every dated rule has. */
export const nameColumn = (fill: string): RuleColumn => ({
  key: 'name',
  names: ['名称'],
  needed: true,
  width: 26,
  fill,
});
export const basisColumn: RuleColumn = {
  key: 'basis',
  names: ['依据'],
  needed: true,
  width: 30,
  fill: '写明依据哪份文件哪一条',
};
export const dateColumns: readonly RuleColumn[] = [
  { key: 'fromOn', names: ['起始日期'], needed: true, width: 13, fill: '自哪一天起执行，写成 2026-01-05 这样的日期' },
  { key: 'toOn', names: ['截止日期'], width: 13, fill: '到哪一天为止；一直执行的不填' },
];

/** What a rule says, without its dates: two rules that say the same are one. */
export const saysOf = <B extends Dated>(sheet: RuleSheet<B>, rule: B): string => {
  const { fromOn: _from, toOn: _to, code: _code, ...said } = sheet.write(rule) as Record<string, string>;
  return JSON.stringify(Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1)));
};

export const yesNo = (yes: boolean): string => (yes ? '是' : '否');
export const joined = (list: readonly string[]): string => list.join('、');
