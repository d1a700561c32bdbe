import type { Actor } from '../kernel/actor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Day } from '../kernel/day.ts';
import type { Fact } from '../kernel/fact.ts';
import type { Permissions } from '../kernel/permission.ts';
import type { Scope } from '../kernel/scope.ts';
import type { Queryable } from './db/connect.ts';
import type { FileStore } from './files/store.ts';

/**
 * Loads the rows that make up one item, as plain JSON, in a fixed order. Its hash is kept in every fact of the item,
 * so that a row changed behind the product's back is found. Null when the item does not exist.
 */
export type RecordLoader = (db: Queryable, jurisdiction: string, id: string) => Promise<unknown>;

/** Hears a fact inside the transaction that wrote it; may change state, must not talk to the outside. */
export type Listener = (act: Act, fact: Fact) => Promise<void>;

/** What the running product is made of; assembled once in `app/house.ts`. */
export interface House {
  readonly clock: Clock;
  readonly db: Queryable;
  readonly files: FileStore;
  /** By item kind: 'task', 'plan', … */
  readonly records: Readonly<Record<string, RecordLoader>>;
  /** By fact kind: 'task.closed' → in order. */
  readonly listeners: Readonly<Record<string, readonly Listener[]>>;
  readonly permissions: Permissions;
  /** 'demonstration' shows passwords on the login page and allows rehearsal; 'real' does neither. */
  readonly kind: 'demonstration' | 'real';
}

/** The situation of a reading request. */
export interface Reading {
  readonly house: House;
  readonly db: Queryable;
  readonly actor: Actor;
  readonly scope: Scope;
  readonly day: Day;
  readonly now: Date;
}

/** The situation of an act: `db` is the transaction in which change and facts are written together. */
export interface Act extends Reading {
  /** Runs after the commit, in order; may be run again, so it must bear that. */
  afterCommit(effect: () => Promise<void>): void;
}
