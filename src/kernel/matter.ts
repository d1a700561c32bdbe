import type { Day } from './day.ts';
import type { ItemRef } from './fact.ts';

/** Anything with an owner, a deadline and a state: what the wall shows and supervision watches. */
export interface Matter {
  readonly item: ItemRef;
  readonly number: string;
  readonly title: string;
  readonly unitId: string | null;
  readonly dueOn: Day | null;
  readonly open: boolean;
}
