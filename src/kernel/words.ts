/** One pinned word: one Chinese term, one English identifier, in the room that owns it. */
export interface Word {
  /** The identifier as code writes it. */
  readonly id: string;
  /** The official term, also the label shown. */
  readonly zh: string;
  /** One sentence: what it is here. */
  readonly means: string;
  /** Where the term comes from: a document's clause, a standard, the trade. */
  readonly from?: string;
  /** Near-synonyms that drift in; examples for review, not a gate. */
  readonly not?: readonly string[];
  /** What the word names: drives the check that every state, action and permission has one. */
  readonly of: 'thing' | 'state' | 'action' | 'role' | 'permission' | 'fact' | 'code';
}
