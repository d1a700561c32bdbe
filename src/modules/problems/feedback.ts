import type { Span } from '../../kernel/document.ts';
import type { Grade, SourceType } from './problem.ts';

/** A wording of the list and where it stands (offsets into the document's text). */
export interface Said {
  readonly text: string;
  readonly source: Span;
}

/** A day as the list writes it. `on` is null where the words alone name none (立即整改); `doubt` says what was assumed. */
export interface SaidDay extends Said {
  readonly on: string | null;
  /** 'assumed': year or day was not written in full; 'unclear': no day can be made of it; null: read as written. */
  readonly doubt: { readonly kind: 'assumed' | 'unclear'; readonly says: string } | null;
}

/** One problem of a superior's list, as written; nothing is corrected here. */
export interface FeedbackLine {
  /** Where it stands, in words: 表1第5行, 二（一）3, 「消防」2. */
  readonly place: string;
  readonly originalNumber: string | null;
  /** Headings above it, outermost first, without their numbers. */
  readonly path: readonly string[];
  readonly source: Span;
  /** The row in the table with this block index, for the report in the sender's layout. */
  readonly row: { readonly block: number; readonly row: number } | null;
  /** Null where the row has no wording of a problem. */
  readonly text: Said | null;
  /** Enterprise or place concerned. `above`: the cell was empty and the row above names it. */
  readonly subject: (Said & { readonly from: 'own' | 'heading' | 'above' }) | null;
  readonly address: Said | null;
  readonly area: Said | null;
  readonly category: Said | null;
  /** `means` is null where the words are no grade of the product. */
  readonly grade: (Said & { readonly means: Grade | null }) | null;
  /** Units that must rectify, in their order: the first leads. */
  readonly lead: readonly Said[];
  readonly co: readonly Said[];
  readonly supervising: Said | null;
  /** `heading`, `area`: no unit was written in the line itself. */
  readonly unitFrom: 'own' | 'heading' | 'area' | null;
  readonly person: Said | null;
  readonly measures: Said | null;
  /** `common`: from a sentence that holds for the whole list. */
  readonly due: (SaidDay & { readonly common: boolean }) | null;
  readonly found: SaidDay | null;
  readonly finder: Said | null;
  readonly status: (Said & { readonly closed: boolean }) | null;
  readonly note: Said | null;
  /** Parts, where one line seems to hold several problems (一是…二是…); empty otherwise. */
  readonly several: readonly Span[];
}

/** What the list says of itself. */
export interface FeedbackHead {
  readonly title: string | null;
  readonly sender: string | null;
  readonly documentNumber: string | null;
  readonly issuedOn: string | null;
  /** Last day of the inspection that the opening names. */
  readonly foundOn: string | null;
  readonly finder: string | null;
  /** What the title suggests; a person confirms it. */
  readonly sourceType: SourceType;
  /** 以上问题请于……前整改完成. */
  readonly due: SaidDay | null;
}

/** What the columns of a list mean. */
export const columnRoles = [
  'serial',
  'number',
  'text',
  'subject',
  'address',
  'area',
  'grade',
  'category',
  'measures',
  'lead',
  'responsible',
  'co',
  'supervising',
  'person',
  'due',
  'found',
  'finder',
  'status',
  'doneOn',
  'closed',
  'note',
] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** How a table of the list is laid out, for the closure report in the same columns. */
export interface FeedbackTable {
  readonly block: number;
  readonly headerFirst: number;
  readonly headerLast: number;
  readonly roles: readonly (ColumnRole | null)[];
  readonly words: readonly string[];
}

export interface Feedback {
  readonly head: FeedbackHead;
  readonly lines: readonly FeedbackLine[];
  readonly tables: readonly FeedbackTable[];
}
