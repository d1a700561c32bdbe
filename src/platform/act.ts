import type { Actor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Day } from '../kernel/day.ts';
import type { Fact } from '../kernel/fact.ts';
import type { Permissions } from '../kernel/permission.ts';
import type { Scope } from '../kernel/scope.ts';
import type { Queryable } from './db/connect.ts';
import type { FileStore } from './files/store.ts';

/**
 * Loads the rows that make up each of the items, as plain JSON, in a fixed order; items that do not exist are absent.
 * The hash of the record is kept in every fact of the item, so that a row changed behind the product's back is found.
 * Takes many ids at once, so that adopting a plan and `verify` need few queries.
 */
export type RecordLoader = (
  db: Queryable,
  jurisdiction: string,
  ids: readonly string[],
) => Promise<ReadonlyMap<string, unknown>>;

/** One kind of item, as its room describes it to the platform: how to load it, where it lives, who may see it. */
export interface ItemKind {
  readonly record: RecordLoader;
  /** Table with `jurisdiction` and `id`; `verify` counts its rows against the facts. */
  readonly table: string;
  /** What people call it: 任务, and the column with its number or name. For findings; absent: kind and id. */
  readonly called?: { readonly word: string; readonly column: string };
  /** Series of the human numbers in the table's column `number`, where it has one: no number may be missing. */
  readonly series?: string;
  /** Columns of the table that name a stored file by its SHA-256, where items keep one outside the list of attachments. */
  readonly keeps?: { readonly sha256: string; readonly name: string };
  /**
   * Counts anew what the room keeps ready beside the items (sums, histories, who may see) and tells where it differs.
   * For `verify`; reads only.
   */
  readonly recount?: (db: Queryable, differs: (where: Difference) => void) => Promise<void>;
  /** May this actor see the item? Decides who may open its files and add to them. Absent: nobody. */
  readonly sight?: (reading: Reading, id: string) => Promise<boolean>;
  /**
   * May this actor send files for an item that does not exist yet? For items whose id a device gives: photos come first,
   * words last. What waits longer than a week without its item is removed. Absent: nobody.
   */
  readonly awaits?: (reading: Reading) => Promise<boolean>;
  /** True: its files are made by its own acts and nobody adds to them, so that nothing stands beside what was issued. */
  readonly closed?: boolean;
}

/** A kept figure that does not agree with the items it was counted from; `says` is a Chinese sentence. */
export interface Difference {
  readonly jurisdiction: string;
  readonly where: string;
  readonly says: string;
}

/** Hears a fact inside the transaction that wrote it; may change state, must not talk to the outside. */
export type Listener = (act: Act, fact: Fact) => Promise<void>;

/** What the running product is made of; assembled once in `app/house.ts`. */
export interface House {
  readonly clock: Clock;
  readonly db: Queryable;
  readonly files: FileStore;
  /** By item kind: 'task', 'plan', … */
  readonly items: Readonly<Record<string, ItemKind>>;
  /** By fact kind: 'task.closed' → in order. */
  readonly listeners: Readonly<Record<string, readonly Listener[]>>;
  readonly permissions: Permissions;
  /** 'demonstration' shows passwords on the login page and allows rehearsal; 'real' does neither. */
  readonly kind: 'demonstration' | 'real';
}

/**
 * What a phone that works without network told with its request. Its clock is not believed: `madeAt` is how long ago it
 * says that the person did it, counted back from the server's own time.
 */
export interface Device {
  /** By how much the device's clock was ahead of the server's when the request arrived, in milliseconds. */
  readonly aheadMs: number;
  readonly madeAt: Date | null;
}

/** The situation of a reading request. */
export interface Reading {
  readonly house: House;
  readonly db: Queryable;
  readonly actor: Actor;
  readonly scope: Scope;
  readonly day: Day;
  readonly now: Date;
  /** Present where the request came from a device that tells its clock. */
  readonly device?: Device;
}

/** The situation of an act: `db` is the transaction in which change and facts are written together. */
export interface Act extends Reading {
  /** Runs after the commit, in order; may be run again, so it must bear that. */
  afterCommit(effect: () => Promise<void>): void;
  /**
   * Runs on its own when the act is refused, after its transaction was rolled back: for what must stay although
   * nothing was done, such as the count of wrong passwords. `db` is the database, not the transaction.
   */
  afterRefusal(effect: (db: Queryable) => Promise<void>): void;
}
