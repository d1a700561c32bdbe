import { type Static, Type } from 'typebox';

/** What a check of a list found; the result of long work of the kind `enterprise.check`. */
export const importCheck = Type.Object({
  sheets: Type.Array(Type.Object({ name: Type.String(), rows: Type.Integer(), unknown: Type.Array(Type.String()) })),
  rows: Type.Integer(),
  /** Rows that would be registered anew. */
  fresh: Type.Integer(),
  /** Rows that are in the register already. */
  existing: Type.Integer(),
  /** Rows that repeat an earlier row. */
  twins: Type.Integer(),
  wrong: Type.Integer(),
  /** A whole sheet cannot be used: nothing can be entered. */
  unusable: Type.Boolean(),
  doubts: Type.Integer(),
  unknownUnits: Type.Array(
    Type.Object({ text: Type.String(), rows: Type.Integer(), suggestions: Type.Array(Type.String()) }),
  ),
  /** The first of them, wrong ones before; all stand in the report. */
  troubles: Type.Array(
    Type.Object({
      level: Type.Enum(['wrong', 'doubt']),
      sheet: Type.String(),
      row: Type.Integer(),
      cell: Type.String(),
      column: Type.String(),
      says: Type.String(),
      mend: Type.String(),
    }),
  ),
});
export type ImportCheck = Static<typeof importCheck>;

/** What an import did; the result of long work of the kind `enterprise.import`. */
export const importOutcome = Type.Object({
  registered: Type.Integer(),
  updated: Type.Integer(),
  /** Known rows that say nothing new. */
  same: Type.Integer(),
  skipped: Type.Integer(),
  leftOut: Type.Integer(),
  first: Type.Union([Type.String(), Type.Null()]),
  last: Type.Union([Type.String(), Type.Null()]),
});
export type ImportOutcome = Static<typeof importOutcome>;
