import type { SourceDocument } from '../../kernel/document.ts';
import { readAnnexes } from './annexes.ts';
import { ClauseReader } from './clauses.ts';
import { findDoubts } from './doubts.ts';
import type { Extraction } from './extraction.ts';
import { footOf, readHead } from './header.ts';
import { leadByOrder } from './order.ts';
import { buildOutline } from './outline.ts';
import { passageOf, readPieces } from './passages.ts';
import { readStages } from './stages.ts';
import { TableReader } from './tables.ts';

/**
 * Reads one plan document: its head, its stages, its tasks and what a careful reader would question.
 * Pure and deterministic; every extracted value points to its characters in `doc.text` (UTF-16 offsets). Never throws for
 * odd input: a document that assigns no work yields no tasks.
 */
export function extractPlan(doc: SourceDocument): Extraction {
  const pieces = readPieces(doc);
  const head = readHead(pieces, doc.text, (index) => {
    const block = doc.blocks[index];
    return block ? passageOf(doc.text, block.start, Math.min(block.end, block.start + 2000)) : null;
  });
  const annexes = readAnnexes(pieces);
  const root = buildOutline(
    pieces,
    head.body,
    new Set([...annexes.listed, ...footOf(pieces, head.body)]),
    annexes.heads,
  );
  const tables = new TableReader(doc, () => head.dates);
  const stages = readStages(root, head.dates);
  if (stages.length === 0) {
    doc.blocks.forEach((b, i) => {
      if (b.kind === 'table') stages.push(...(tables.stages(i) ?? []));
    });
  }
  const reader = new ClauseReader(
    root,
    head.dates,
    (table, path, units) => tables.read(table, path, units),
    (table) => tables.isTaskTable(table),
    tables.nameUnits,
  );
  const tasks = leadByOrder(doc.text, reader.read());
  let document = head.document;
  if (document.title === null) {
    const first = doc.blocks.findIndex((b) => b.kind === 'table');
    const title = first >= 0 ? tables.titleOf(first) : null;
    if (title) document = { ...document, title: title.name() };
  }
  const passages = pieces.flatMap((p) => (p.kind === 'passage' ? [p.passage] : []));
  const read = { document, stages, tasks };
  return { ...read, doubts: findDoubts(read, passages, annexes) };
}
