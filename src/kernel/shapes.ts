import { type TSchema, Type } from 'typebox';

/** Shapes that the contracts of most rooms are made of. */
export const Id = Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' });
export const ById = Type.Object({ id: Id });
/** 2026-01-02; the shape only, the calendar is asked by `parseDay`. */
export const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
export const Text = (maxLength: number) => Type.String({ maxLength });
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
/** One of the codes of a table. */
export const codes = <T extends string>(of: readonly T[]) => Type.Enum([...of] as [T, ...T[]]);

/** An action that a page shows: open, or why it is not. */
export const Offer = Type.Object({
  action: Type.String(),
  label: Type.String(),
  may: Type.Boolean(),
  says: Type.String(),
});
/** A line of an item's timeline. */
export const FactRow = Type.Object({
  seq: Type.Integer(),
  at: Type.String(),
  day: Type.String(),
  kind: Type.String(),
  says: Type.String(),
  actorName: Type.String(),
  unitName: Nullable(Type.String()),
});
/** An attached file. */
export const FileRow = Type.Object({
  id: Type.String(),
  name: Type.String(),
  size: Type.Number(),
  type: Type.String(),
});
