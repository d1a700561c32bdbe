import { Type } from 'typebox';
import { codes, DayText, Id, Nullable, Text } from '../../kernel/shapes.ts';
import { measureCodes } from './measures.ts';
import { noneCodes, partCodes } from './scheme.ts';

export const FileIds = Type.Array(Id, { maxItems: 20 });
export const ItemDone = Type.Object({
  id: Type.String(),
  number: Type.String(),
  version: Type.Integer(),
  state: Type.String(),
});

const Points = Type.Number({ minimum: 0, maximum: 10_000 });
const Names = Type.Array(Text(60), { maxItems: 300 });
const Marks = Type.Array(Type.Object({ at: Type.Number(), share: Type.Number() }), { maxItems: 20 });

const ScoringShape = Type.Union([
  Type.Object({ kind: Type.Literal('linear'), zeroAt: Type.Number(), fullAt: Type.Number() }),
  Type.Object({ kind: Type.Literal('step'), base: Type.Number(), steps: Marks }),
  Type.Object({ kind: Type.Literal('piecewise'), points: Marks }),
  Type.Object({ kind: Type.Literal('each'), free: Type.Number(), points: Type.Number() }),
]);

const IndicatorShape = Type.Object({
  code: Text(20),
  name: Text(60),
  part: codes(partCodes),
  units: Names,
  weight: Points,
  floor: Points,
  by: codes(['ledger', 'hand'] as const),
  measure: Nullable(codes(measureCodes)),
  scoring: Nullable(ScoringShape),
  narrow: Type.Object({ sectors: Names, tags: Names, major: Type.Boolean(), plan: Type.Optional(Text(200)) }),
  whenNone: codes(noneCodes),
  scorer: Nullable(Text(60)),
  asks: Text(500),
});

/** A version of a scheme as the editor, an imported file and the store hold it: `SchemeBody`. */
export const SchemeShape = Type.Object({
  title: Text(80),
  year: Type.Integer({ minimum: 2000, maximum: 2100 }),
  basis: Text(200),
  objects: Type.Object({ word: Text(40), units: Names, without: Names }),
  from: DayText,
  to: DayText,
  total: Points,
  floor: Points,
  bonusCap: Points,
  malusCap: Points,
  indicators: Type.Array(IndicatorShape, { maxItems: 120 }),
  grades: Type.Array(
    Type.Object({
      code: Text(20),
      name: Text(20),
      from: Points,
      quota: Nullable(Type.Number({ minimum: 0, maximum: 100 })),
    }),
    { maxItems: 10 },
  ),
  vetoes: Type.Array(
    Type.Object({
      code: Text(20),
      name: Text(80),
      effect: codes(['override', 'cap'] as const),
      grade: Text(20),
    }),
    { maxItems: 30 },
  ),
  coupling: Type.Array(Type.Object({ grade: Text(20), says: Text(200) }), { maxItems: 20 }),
  selfDays: Type.Integer({ minimum: 1, maximum: 90 }),
  appealDays: Type.Integer({ minimum: 1, maximum: 90 }),
  selfEvidence: Type.Optional(Type.Boolean()),
});
