import { Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';

const Trouble = Type.Object({
  level: Type.Enum(['wrong', 'doubt'] as const),
  sheet: Type.String(),
  row: Type.Integer(),
  cell: Type.String(),
  column: Type.String(),
  says: Type.String(),
  mend: Type.String(),
});
const Report = Type.Object({
  applied: Type.Boolean(),
  /** What became, or would become, of each row. */
  rows: Type.Array(
    Type.Object({
      sheet: Type.String(),
      row: Type.Integer(),
      name: Type.String(),
      outcome: Type.Enum(['added', 'changed', 'ended', 'same', 'wrong'] as const),
      says: Type.String(),
    }),
  ),
  troubles: Type.Array(Trouble),
});
const file = { response: Type.Any(), download: true } as const;

export const rulebookApi = contract({
  readRulebook: {
    method: 'GET',
    path: '/api/rulebook',
    summary: '规则与样式现有多少',
    permission: 'rulebook.read',
    audit: null,
    response: Type.Object({
      sheets: Type.Array(
        Type.Object({
          name: Type.String(),
          /** In force on the day; null: what is set, not counted. */
          inForce: Type.Integer(),
          all: Type.Integer(),
        }),
      ),
    }),
  },
  exportRulebook: {
    method: 'GET',
    path: '/api/rulebook/xlsx',
    summary: '导出规则与样式',
    permission: 'rulebook.read',
    audit: null,
    ...file,
  },
  downloadRulebookTemplate: {
    method: 'GET',
    path: '/api/rulebook/template',
    summary: '下载规则与样式的空白表',
    permission: 'rulebook.read',
    audit: null,
    ...file,
  },
  checkRulebook: {
    method: 'POST',
    path: '/api/rulebook/check',
    summary: '核对规则与样式表格，不写入',
    permission: 'rulebook.change',
    audit: '核对规则与样式表格',
    upload: true,
    response: Report,
  },
  importRulebook: {
    method: 'POST',
    path: '/api/rulebook/import',
    summary: '导入规则与样式',
    permission: 'rulebook.change',
    audit: '导入规则与样式',
    upload: true,
    response: Report,
  },
});
