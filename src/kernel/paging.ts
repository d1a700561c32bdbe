import { type TSchema, Type } from 'typebox';

/** The page of a list that is asked for, as fields of a query. */
export const paging = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
};

/** One page of a list as the answer gives it; `total` is counted no further than the list's limit. */
export const pageOf = <T extends TSchema>(row: T) =>
  Type.Object({
    rows: Type.Array(row),
    total: Type.Integer(),
    totalIsCapped: Type.Boolean(),
    page: Type.Integer(),
    pageSize: Type.Integer(),
  });
