import type { Span } from '../../kernel/document.ts';
import type { DraftDeadline, DraftEvent, DraftQuota, DraftStage, MentionTarget, PlanKind } from './plan.ts';

/** One small change to the review, as a page asks for it. */
export type Operation =
  | {
      readonly do: 'edit';
      readonly draft: string;
      readonly title?: string;
      readonly text?: string;
      readonly number?: string;
      readonly path?: readonly string[];
    }
  | {
      readonly do: 'setUnits';
      readonly drafts: readonly string[];
      readonly lead?: readonly string[];
      readonly responsible?: readonly string[];
      readonly territorial?: readonly string[];
    }
  | { readonly do: 'setDeadlines'; readonly drafts: readonly string[]; readonly deadlines: readonly DraftDeadline[] }
  | { readonly do: 'setQuotas'; readonly draft: string; readonly quotas: readonly DraftQuota[] }
  | {
      readonly do: 'setPerson';
      readonly drafts: readonly string[];
      readonly person: { readonly id: string; readonly name: string } | null;
    }
  | { readonly do: 'setStage'; readonly drafts: readonly string[]; readonly stage: string | null }
  | { readonly do: 'split'; readonly draft: string; readonly at: number }
  | { readonly do: 'merge'; readonly drafts: readonly string[] }
  | { readonly do: 'discard'; readonly drafts: readonly string[]; readonly reason: string }
  | { readonly do: 'restore'; readonly drafts: readonly string[] }
  | { readonly do: 'add'; readonly span: Span; readonly after: string | null }
  | { readonly do: 'append'; readonly draft: string; readonly span: Span }
  /** Makes the proposed unit the lead unit; the server says which unit was proposed for each line. */
  | {
      readonly do: 'confirmLeads';
      readonly leads: readonly { readonly draft: string; readonly unit: string }[];
    }
  | {
      readonly do: 'settleDoubts';
      readonly doubts: readonly string[];
      readonly settlement: string;
      readonly note?: string;
    }
  | { readonly do: 'reopenDoubt'; readonly doubt: string }
  | {
      readonly do: 'settleMention';
      readonly text: string;
      readonly draft: string | null;
      /** Null takes the settlement back. */
      readonly target: MentionTarget | null;
      /** Keep the wording as another name of the unit for all later plans. */
      readonly remember?: boolean;
    }
  | { readonly do: 'setStages'; readonly stages: readonly DraftStage[] }
  | { readonly do: 'setEvents'; readonly events: readonly DraftEvent[] }
  | {
      readonly do: 'setHead';
      readonly title: string;
      readonly kind: PlanKind;
      readonly documentNumber: string | null;
      readonly issuer: string | null;
      readonly issuedOn: string | null;
    };

/** Ids of the lines that must be loaded for the operation; 'all' where it looks at neighbours. */
export function draftsTouched(operation: Operation): readonly string[] | 'all' {
  switch (operation.do) {
    case 'edit':
    case 'setQuotas':
    case 'append':
      return [operation.draft];
    case 'setUnits':
    case 'setDeadlines':
    case 'setPerson':
    case 'setStage':
    case 'discard':
    case 'restore':
      return operation.drafts;
    case 'confirmLeads':
      return operation.leads.map((one) => one.draft);
    case 'split':
    case 'merge':
    case 'add':
    case 'setStages':
    case 'setEvents':
      return 'all';
    case 'settleDoubts':
    case 'reopenDoubt':
    case 'settleMention':
    case 'setHead':
      return [];
  }
}
