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

/**
 * A random UUID with the moment (milliseconds since 1970) in front, version 7 of RFC 9562. Ids made one after the other lie side
 * by side in every index that begins with them; random ones would each be written to a page of their own, somewhere among millions.
 */
export function timedId(random: string, at: number): string {
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${random.slice(15)}`;
}
