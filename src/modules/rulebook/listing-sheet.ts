import type { ListingRule } from '../supervision/must-list.ts';
import { basisColumn, dateColumns, joined, nameColumn, type RuleSheet } from './sheet.ts';

type ListingData = Omit<ListingRule, 'id' | 'fromOn' | 'toOn' | 'kinds'> & {
  readonly fromOn: string;
  readonly toOn: string | null;
};

/** 应挂牌规则. */
export const listingSheet: RuleSheet<ListingData> = {
  name: '应挂牌规则',
  columns: [
    nameColumn('如：重大火灾隐患全部挂牌'),
    basisColumn,
    { key: 'sectors', names: ['行业领域'], width: 24, fill: '哪些行业领域的重大隐患，用顿号隔开；都要的不填' },
    { key: 'clauses', names: ['判定标准条款'], width: 20, fill: '哪些条款，如 3.2；写 3 的包括 3.1、3.2；不限的不填' },
    { key: 'tags', names: ['标签'], width: 20, fill: '带哪些标签；不限的不填' },
    { key: 'withinDays', names: ['多少天内挂牌'], width: 14, fill: '判定之后多少天内应挂牌，0 到 3650；不填为 10' },
    ...dateColumns,
  ],
  read: (cells) => ({
    name: cells.text('name', 80, true),
    basis: cells.text('basis', 200, true),
    sectors: cells.list('sectors'),
    clauses: cells.list('clauses'),
    tags: cells.list('tags'),
    withinDays: cells.whole('withinDays', 10, 0, 3650),
    fromOn: cells.day('fromOn'),
    toOn: cells.dayOrNone('toOn'),
  }),
  write: (rule) => ({
    name: rule.name,
    basis: rule.basis,
    sectors: joined(rule.sectors),
    clauses: joined(rule.clauses),
    tags: joined(rule.tags),
    withinDays: String(rule.withinDays),
    fromOn: rule.fromOn,
    toOn: rule.toOn ?? '',
  }),
};
