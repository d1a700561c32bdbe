import { Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, codes, Id, Nullable, Text } from '../../kernel/shapes.ts';
import { paging, problemFilters, problemSorts, Version } from './api-shapes.ts';
import { type ViewFieldKey, viewFieldKeys } from './view-columns.ts';

const Column = Type.Object({
  field: codes(['index', ...viewFieldKeys] as (ViewFieldKey | 'index')[]),
  /** The district's own word for it; absent: the product's. */
  header: Type.Optional(Text(40)),
  /** In characters. */
  width: Type.Optional(Type.Integer({ minimum: 3, maximum: 80 })),
});

const { sort: _sort, asOf: _asOf, ...kept } = problemFilters;
export const ViewFilters = Type.Object(kept);

const View = Type.Object({
  id: Type.String(),
  name: Type.String(),
  title: Type.String(),
  columns: Type.Array(Column),
  filters: ViewFilters,
  sort: Nullable(codes(problemSorts)),
  paper: codes(['A4', 'A3'] as const),
  planId: Nullable(Type.String()),
  planTitle: Nullable(Type.String()),
  /** Null: everybody in the jurisdiction sees it; otherwise the unit that made it. */
  unitId: Nullable(Type.String()),
  unitName: Nullable(Type.String()),
  madeByName: Type.String(),
  version: Type.Integer(),
  mayChange: Type.Boolean(),
});

const Body = Type.Object({
  name: Text(40),
  title: Text(80),
  columns: Type.Array(Column, { minItems: 1, maxItems: 60 }),
  filters: ViewFilters,
  sort: Type.Optional(Nullable(codes(problemSorts))),
  paper: codes(['A4', 'A3'] as const),
  planId: Type.Optional(Nullable(Id)),
  /** Shared with everybody; only the committee office may. */
  shared: Type.Boolean(),
});

/** List views (两表四清单 or whatever a district calls them): columns, filters, order and title as data. */
export const viewsApi = contract({
  listViews: {
    method: 'GET',
    path: '/api/problem-views',
    summary: '清单视图',
    permission: 'problem.read',
    audit: null,
    response: Type.Object({ rows: Type.Array(View) }),
  },
  addView: {
    method: 'POST',
    path: '/api/problem-views',
    summary: '新建清单视图',
    permission: 'problem.view.change',
    audit: '新建清单视图',
    body: Body,
    response: Type.Object({ id: Type.String() }),
  },
  /** Adds the five samples that the product ships and that are not there yet. */
  addSampleViews: {
    method: 'POST',
    path: '/api/problem-views/samples',
    summary: '加入示例清单视图',
    permission: 'problem.view.change',
    audit: '加入示例清单视图',
    response: Type.Object({ added: Type.Integer() }),
  },
  changeView: {
    method: 'PUT',
    path: '/api/problem-views/:id',
    summary: '修改清单视图',
    permission: 'problem.view.change',
    audit: '修改清单视图',
    params: ById,
    body: Type.Object({ ...Body.properties, version: Version }),
    response: Type.Object({ id: Type.String() }),
  },
  removeView: {
    method: 'POST',
    path: '/api/problem-views/:id/removal',
    summary: '删除清单视图',
    permission: 'problem.view.change',
    audit: '删除清单视图',
    params: ById,
    body: Type.Object({ version: Version }),
    response: Type.Object({ id: Type.String() }),
  },
  /** The rows of a view as it prints them. */
  readView: {
    method: 'GET',
    path: '/api/problem-views/:id/rows',
    summary: '按视图查看清单',
    permission: 'problem.read',
    audit: null,
    params: ById,
    query: Type.Object(paging),
    response: Type.Object({
      view: View,
      headers: Type.Array(Type.Object({ header: Type.String(), width: Type.Integer() })),
      rows: Type.Array(Type.Object({ id: Type.String(), cells: Type.Array(Type.String()) })),
      total: Type.Integer(),
      totalIsCapped: Type.Boolean(),
      page: Type.Integer(),
      pageSize: Type.Integer(),
    }),
  },
});
