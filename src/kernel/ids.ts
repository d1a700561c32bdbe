/** Distinct id types: a UnitId can never be passed where a TaskId is meant. All are UUIDs in text form. */
export type Id<Name extends string> = string & { readonly id: Name };

export type UnitId = Id<'unit'>;
export type PersonId = Id<'person'>;
export type AccountId = Id<'account'>;
export type TaskId = Id<'task'>;
export type PlanId = Id<'plan'>;
export type StageId = Id<'stage'>;
export type EventId = Id<'event'>;
export type FileId = Id<'file'>;

/** Administrative division code of the government that keeps a row (six to nine digits). */
export type JurisdictionCode = string & { readonly jurisdiction: unique symbol };

/** Marks text that comes from a checked place (a route's schema, a row) as an id of the given kind. */
export const asId = <T extends Id<string>>(text: string): T => text as T;
export const asJurisdiction = (text: string): JurisdictionCode => text as JurisdictionCode;

/** A human number such as 任-2026-0007: series, year, serial of at least four digits. Serials are never reused. */
export const humanNumber = (series: string, year: number, serial: number): string =>
  `${series}-${year}-${String(serial).padStart(4, '0')}`;
