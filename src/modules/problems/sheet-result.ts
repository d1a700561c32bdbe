import type { RowTrouble } from '../../kernel/sheet-form.ts';

/** What a check of a workbook found; nothing was written. */
export interface SheetCheck {
  readonly sheets: readonly {
    readonly name: string;
    readonly header: readonly string[];
    readonly rows: number;
    readonly unknown: readonly string[];
  }[];
  readonly rows: number;
  /** Rows that can be registered and are not in the ledger; rows that are; rows that repeat one further up. */
  readonly fresh: number;
  readonly inLedger: number;
  readonly inSheet: number;
  readonly wrong: number;
  /** No sheet has a header that is understood. */
  readonly unusable: boolean;
  readonly doubts: number;
  readonly unknownUnits: readonly {
    readonly text: string;
    readonly rows: number;
    readonly suggestions: readonly string[];
  }[];
  /** Number of the batch that this very file was entered as. */
  readonly importedBefore: string | null;
  /** The first of them, errors before doubts. */
  readonly troubles: readonly RowTrouble[];
}

/** What came of entering a workbook. */
export interface SheetOutcome {
  readonly batchId: string;
  readonly batch: string;
  readonly registered: number;
  readonly merged: number;
  readonly skipped: number;
  readonly leftOut: number;
  readonly first: string | null;
  readonly last: string | null;
}
