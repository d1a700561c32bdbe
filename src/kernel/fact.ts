import type { Actor } from './actor.ts';
import type { Day } from './day.ts';

/** What a fact is about. A room owns each kind: 'task', 'plan', 'unit', 'account' … */
export interface ItemRef {
  readonly kind: string;
  readonly id: string;
}

/** Something that is about to be recorded: written in the same transaction as the change, after it. */
export interface NewFact {
  readonly item: ItemRef;
  /** 'task.received': the room's kind, a dot, what happened (past tense). Each has a word. */
  readonly kind: string;
  /** The sentence that the timeline shows, in Chinese. */
  readonly says: string;
  readonly from?: string;
  readonly to?: string;
  readonly data?: unknown;
  /** Whose deed it was and when, where one act enters what several people did on the day; else the act's actor and moment. */
  readonly by?: Actor;
  readonly at?: Date;
  /** Hash of the item's rows where the act only just made them: no fact and no file of it can be there yet. */
  readonly first?: string;
}

/** Something happened: who, when, to what, from → to, with what words. Never changed, never deleted. */
export interface Fact extends Omit<NewFact, 'by' | 'first'> {
  /** 1 for the item's first fact; no gaps. */
  readonly seq: number;
  readonly at: Date;
  readonly day: Day;
  readonly actorId: string;
  readonly actorName: string;
  readonly unitId: string | null;
  readonly unitName: string | null;
  /** SHA-256 over this fact and the hash of the one before it, in hex. */
  readonly hash: string;
}
