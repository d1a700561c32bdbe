import type { Span } from '../../kernel/document.ts';

/** A unit as the document writes it: white space removed, a closing 等 or 等部门 dropped; who is meant is settled later. */
export interface UnitMention {
  readonly text: string;
  readonly source: Span;
}

export type DeadlineKind = 'date' | 'range' | 'event' | 'stage' | 'recurring' | 'term' | 'after' | 'open';

/** When a task is due. `date` is the last day (YYYY-MM-DD) still in time, null where the document alone cannot say. */
export interface Deadline {
  readonly text: string;
  readonly kind: DeadlineKind;
  readonly date: string | null;
  /** First day of a range, null where unknown, absent where the deadline is no range. */
  readonly from?: string | null;
  readonly source: Span;
}

/** How often something must happen: `count` times per `per`; with `everyYears`, once in that many years. */
export interface Quota {
  readonly text: string;
  readonly count: number;
  readonly per: 'day' | 'week' | 'month' | 'quarter' | 'half-year' | 'year';
  readonly everyYears?: number;
  readonly source: Span;
}

/** A percentage that the document demands. */
export interface Target {
  readonly text: string;
  readonly value: number;
  readonly unit: '%';
  readonly source: Span;
}

/** A step of the schedule (时间安排, 实施步骤). Days are YYYY-MM-DD, null where the document alone cannot say. */
export interface Stage {
  readonly name: string;
  readonly text: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly source: Span;
}

export interface TaskDraft {
  /** Address in the document: 三（二）, 4-3. */
  readonly number: string;
  /** Headings above it, outermost first. */
  readonly path: readonly string[];
  readonly title: string;
  /** Full wording as written, without the unit list. */
  readonly text: string;
  readonly lead: readonly UnitMention[];
  readonly responsible: readonly UnitMention[];
  /** Units that bear territorial responsibility (属地责任), named here or in a sentence that holds for several tasks. */
  readonly territorial: readonly UnitMention[];
  readonly deadlines: readonly Deadline[];
  readonly quotas: readonly Quota[];
  readonly targets: readonly Target[];
  readonly source: Span;
}

/** What a careful reader would question. `message` is a Chinese sentence for the person who reviews the drafts. */
export interface Doubt {
  readonly kind: string;
  readonly message: string;
  readonly source: Span;
}

export interface DocumentHead {
  readonly title: string | null;
  readonly documentNumber: string | null;
  readonly issuer: string | null;
  readonly issuedOn: string | null;
  readonly addressees: readonly string[];
}

export interface Extraction {
  readonly document: DocumentHead;
  readonly stages: readonly Stage[];
  readonly tasks: readonly TaskDraft[];
  readonly doubts: readonly Doubt[];
}
