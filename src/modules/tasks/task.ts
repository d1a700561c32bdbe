import type { Day } from '../../kernel/day.ts';
import type { Deadline, Quota } from '../../kernel/deadline.ts';
import type { TaskState } from './lifecycle.ts';

/** Where a task comes from, opaque to this room: the plans room resolves the place in its document. */
export interface TaskOrigin {
  readonly kind: 'plan' | 'sheet' | 'split' | 'hand' | 'matter';
  readonly planId?: string;
  readonly planTitle?: string;
  /** Address in the document: 三（二）. */
  readonly address?: string;
  /** Headings above it, outermost first. */
  readonly path?: readonly string[];
  /** UTF-16 offsets into the plan's text. */
  readonly place?: { readonly start: number; readonly end: number };
  /** The source sentence as the document has it. */
  readonly sentence?: string;
  /** Of kind 'matter': the meeting, interview or request of a higher room that decided on it, and where its page is. */
  readonly matter?: TaskMatter;
}

/** An item of a higher room from which a task came; opaque here, shown on the task's page. */
export interface TaskMatter {
  readonly kind: string;
  readonly id: string;
  /** 会议, 约谈, 请示 */
  readonly word: string;
  readonly number: string;
  readonly title: string;
  /** '/meetings/…' */
  readonly page: string;
}

export interface Target {
  readonly text: string;
  readonly value: number;
  readonly unit: string;
  /** What has been reached so far; null until somebody says. */
  readonly actual?: number | null;
}

export type CoRole = 'responsible' | 'territorial';

/** A unit that takes part beside the lead unit; it signs for itself. */
export interface CoUnit {
  readonly unitId: string;
  readonly role: CoRole;
  readonly receivedOn: Day | null;
}

/** One point of a schedule worked out backwards (倒排工期): on this day so many percent should be done. */
export interface Milestone {
  readonly on: Day;
  readonly percent: number;
  readonly name: string;
}

export interface Occurrence {
  readonly on: Day;
  /** Which of the task's quotas it counts for; 0 where there is only one or none. */
  readonly quota: number;
}

export interface ExtensionRequest {
  readonly id: string;
  readonly askedBy: string;
  readonly askedByName: string;
  readonly askedOn: Day;
  readonly oldDue: Day | null;
  readonly newDue: Day;
  readonly reason: string;
}

/** One piece of work with exactly one lead unit. Lateness is nowhere stored; it follows from `dueOn` and the day. */
export interface Task {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly text: string;
  readonly origin: TaskOrigin;
  readonly planId: string | null;
  readonly stageId: string | null;
  readonly sector: string | null;
  readonly state: TaskState;
  readonly leadUnitId: string;
  readonly personId: string | null;
  readonly personName: string | null;
  readonly startedOn: Day;
  readonly deadlines: readonly Deadline[];
  readonly quotas: readonly Quota[];
  readonly targets: readonly Target[];
  /** Last day of a recurring obligation; null where it goes on. */
  readonly until: Day | null;
  /** A date set by the office or by a granted extension; goes before what the deadlines say. */
  readonly movedTo: Day | null;
  readonly firstDueOn: Day | null;
  readonly dueOn: Day | null;
  readonly amberOn: Day | null;
  readonly extensions: number;
  readonly percent: number;
  /** Progress entries with text or files, apart from the first signature. */
  readonly evidence: number;
  readonly parentId: string | null;
  readonly parentLeadUnitId: string | null;
  readonly parentDueOn: Day | null;
  readonly openChildren: number;
  readonly childCount: number;
  readonly receivedOn: Day | null;
  readonly submittedOn: Day | null;
  readonly submittedBy: string | null;
  readonly closedOn: Day | null;
  readonly endedOn: Day | null;
  readonly suspendedOn: Day | null;
  readonly disputedBy: string | null;
  readonly sentBack: number;
  readonly coUnits: readonly CoUnit[];
  readonly milestones: readonly Milestone[];
  readonly occurrences: readonly Occurrence[];
  readonly request: ExtensionRequest | null;
  readonly version: number;
}

/** What it takes to make a task; used by adoption, by import and by 分办. */
export interface NewTask {
  readonly title: string;
  readonly text: string;
  readonly origin: TaskOrigin;
  readonly planId: string | null;
  readonly stageId: string | null;
  readonly sector: string | null;
  readonly leadUnitId: string;
  readonly responsibleUnitIds: readonly string[];
  readonly territorialUnitIds: readonly string[];
  readonly personId?: string | null;
  readonly personName?: string | null;
  /** First day of the work; the day of creation where nothing else is said. */
  readonly startedOn?: Day;
  readonly deadlines: readonly Deadline[];
  readonly quotas: readonly Quota[];
  readonly targets: readonly Target[];
  /** Last day of recurring obligations, usually the end of the plan's year. */
  readonly until?: Day | null;
  readonly parentId?: string | null;
  /** Lead unit of the parent: it sees and may check the child. */
  readonly parentLeadUnitId?: string | null;
}
