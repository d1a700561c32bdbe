import type { SourceDocument } from '../../../kernel/document.ts';
import { readInProcess } from '../../../platform/documents/reading-process.ts';
import type { Extraction } from '../extraction.ts';

export interface ReadPlanFile {
  readonly source: SourceDocument;
  readonly extraction: Extraction;
}

/** Reads a plan file and its tasks in a process of its own; see `readInProcess`. */
export const readPlanFile = (
  path: string,
  name: string,
  onStep: (step: string) => void = () => {},
  limits: { readonly seconds?: number; readonly megabytes?: number } = {},
): Promise<ReadPlanFile> =>
  readInProcess<ReadPlanFile>(new URL('./reader-child.ts', import.meta.url), path, name, onStep, limits);
