import type { Day } from '../../../kernel/day.ts';
import type { Deadline } from '../../../kernel/deadline.ts';
import type { TaskState } from '../lifecycle.ts';
import type { TaskOrigin } from '../task.ts';

/** A task as lists show it; names of units are put in by the caller. */
export interface LineRow {
  readonly id: string;
  readonly jurisdiction: string;
  readonly number: string;
  readonly title: string;
  readonly text: string;
  readonly state: TaskState;
  readonly leadUnitId: string;
  readonly unitIds: readonly string[];
  readonly personName: string | null;
  readonly sector: string | null;
  readonly planId: string | null;
  readonly stageId: string | null;
  readonly origin: TaskOrigin;
  readonly deadlines: readonly Deadline[];
  readonly firstDueOn: Day | null;
  readonly dueOn: Day | null;
  readonly amberOn: Day | null;
  readonly extensions: number;
  readonly percent: number;
  readonly closedOn: Day | null;
  readonly version: number;
}
