import type { Day } from './day.ts';

/**
 * What may stand in a blank of a .docx template, written there as {{督办文号}}. A room declares the blanks of each of its
 * documents; the values that it must give follow from the declaration, so that a forgotten one does not compile.
 */
export type BlankKind = 'text' | 'headline' | 'paragraphs' | 'day' | 'number' | 'rows' | 'chart';

/** A plain chart for paper: bars of one or two kinds beside each other (columns) or behind each other (bars). */
export interface Chart {
  readonly form: 'columns' | 'bars';
  /** What stands under the columns or beside the bars. */
  readonly names: readonly string[];
  /** One value for each name. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
}

export interface Blank {
  readonly kind: BlankKind;
  /** What belongs here, in Chinese: shown to who makes a template of his own. */
  readonly means: string;
  /** The template may do without it, and the value may be null: a paragraph or row with nothing but it then falls away. */
  readonly optional?: true;
  /** Columns of `rows`, written {{name.field}} in one table row (or paragraph), which is repeated. */
  readonly fields?: Blanks;
}
export type Blanks = Readonly<Record<string, Blank>>;

interface ValueOfKind {
  /** One line; `\n` breaks it. */
  readonly text: string;
  /** One line of large type that is condensed, then made smaller, until it fits the width of the page. */
  readonly headline: string;
  /** Each becomes a paragraph with the form of the one in which the blank stands. */
  readonly paragraphs: readonly string[];
  /** Written 2026年1月2日. */
  readonly day: Day;
  readonly number: number;
  /** Drawn in the paragraph in which the blank stands alone. */
  readonly chart: Chart;
}
type ValueOf<B extends Blank> = B extends { readonly kind: 'rows'; readonly fields: infer F extends Blanks }
  ? readonly ValuesOf<F>[]
  : B['kind'] extends keyof ValueOfKind
    ? ValueOfKind[B['kind']]
    : never;

/** The values for a set of blanks. */
export type ValuesOf<T extends Blanks> = {
  readonly [Name in keyof T]: T[Name] extends { readonly optional: true } ? ValueOf<T[Name]> | null : ValueOf<T[Name]>;
};

/** Declares the blanks of a document with their exact types kept. */
export const blanks = <const T extends Blanks>(of: T): T => of;
