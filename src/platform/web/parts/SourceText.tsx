import { memo, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Block, CellBlock, Span, TableBlock } from '../../../kernel/document.ts';
import { offsetOf, pieces, type SourceMark, selectedSpan } from '../source-marks.ts';
import './source-text.css';

/** So many paragraphs or table rows are drawn together, once they come near the window. */
const CHUNK = 60;
/** A taller guess makes the scroll bar jump less than a shorter one. */
const LINE_PX = 56;

interface Chunk extends Span {
  readonly key: string;
  readonly lines: number;
  readonly blocks: readonly Block[];
}

/** A long table is drawn in several tables of some rows each; a merged cell is cut where it crosses the border. */
function sliceTable(table: TableBlock): Block[] {
  if (table.rows <= CHUNK * 2) return [table];
  const parts: Block[] = [];
  for (let from = 0; from < table.rows; from += CHUNK) {
    const to = Math.min(table.rows, from + CHUNK);
    const cells = table.cells
      .filter((cell) => cell.row < to && cell.row + cell.rowSpan > from)
      .map((cell): CellBlock => {
        const row = Math.max(cell.row, from);
        return { ...cell, row: row - from, rowSpan: Math.min(cell.row + cell.rowSpan, to) - row };
      });
    const [first] = cells;
    if (!first) continue;
    const start = Math.min(...cells.map((cell) => cell.start));
    const end = Math.max(...cells.map((cell) => cell.end));
    parts.push({ ...table, rows: to - from, cells, start, end, ...(from > 0 ? { caption: undefined } : {}) });
  }
  return parts;
}

function chunksOf(blocks: readonly Block[]): Chunk[] {
  const chunks: Chunk[] = [];
  let held: Block[] = [];
  let lines = 0;
  const close = (): void => {
    const first = held[0];
    const last = held.at(-1);
    if (first && last)
      chunks.push({ key: String(chunks.length), start: first.start, end: last.end, lines, blocks: held });
    held = [];
    lines = 0;
  };
  for (const block of blocks.flatMap((each) => (each.kind === 'table' ? sliceTable(each) : [each]))) {
    held.push(block);
    lines += block.kind === 'table' ? block.rows : 1;
    if (lines >= CHUNK) close();
  }
  close();
  return chunks;
}

/**
 * A document as it was read: paragraphs, headings, tables with merged cells. Every piece of text carries its offset, so
 * that a click or a selection can be told in offsets. `focus` is scrolled into sight when it changes.
 */
export function SourceText(props: {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly marks: readonly SourceMark[];
  readonly focus: Span | null;
  readonly onPlace?: (offset: number) => void;
  readonly onSelect?: (span: Span | null) => void;
}) {
  const root = useRef<HTMLDivElement>(null);
  const chunks = useMemo(() => chunksOf(props.blocks), [props.blocks]);
  const { focus } = props;
  useEffect(() => {
    if (!focus) return;
    let tries = 0;
    const scroll = (): void => {
      const marked = root.current?.querySelector('.p-focus');
      const pane = marked?.closest('.p-scroll');
      // Only the pane moves: the page around it stays where the person looks.
      if (marked && pane && pane.scrollHeight > pane.clientHeight)
        pane.scrollTop += marked.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 2;
      else if (marked) marked.scrollIntoView({ block: 'center' });
      else if (tries++ < 10) requestAnimationFrame(scroll);
    };
    requestAnimationFrame(scroll);
  }, [focus]);
  const clicked = (): void => {
    const span = selectedSpan(root.current);
    props.onSelect?.(span);
    if (span) return;
    const selection = window.getSelection();
    const offset = offsetOf(selection?.anchorNode ?? null, selection?.anchorOffset ?? 0);
    if (offset !== null && root.current?.contains(selection?.anchorNode ?? null)) props.onPlace?.(offset);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list beside it offers the same by keyboard
    <div ref={root} className="p-source" onClick={clicked} onKeyUp={() => props.onSelect?.(selectedSpan(root.current))}>
      {chunks.map((chunk) => (
        <ChunkView
          key={chunk.key}
          chunk={chunk}
          text={props.text}
          marks={props.marks.filter((mark) => mark.start < chunk.end && mark.end > chunk.start)}
          focus={focus && focus.start >= chunk.start && focus.start < chunk.end ? focus : null}
        />
      ))}
    </div>
  );
}

const none: readonly SourceMark[] = [];

function ChunkView(props: { chunk: Chunk; text: string; marks: readonly SourceMark[]; focus: Span | null }) {
  const holder = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  const shown = near || props.focus !== null;
  useEffect(() => {
    const element = holder.current;
    if (shown || !element) return;
    const watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && setNear(true), {
      rootMargin: '1500px',
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [shown]);
  useEffect(() => {
    if (props.focus) setNear(true);
  }, [props.focus]);
  return (
    <div ref={holder} style={shown ? undefined : { height: props.chunk.lines * LINE_PX }}>
      {shown ? (
        <Blocks
          blocks={props.chunk.blocks}
          text={props.text}
          marks={props.marks.length === 0 ? none : props.marks}
          focus={props.focus}
        />
      ) : null}
    </div>
  );
}

const Blocks = memo(function Blocks(props: {
  blocks: readonly Block[];
  text: string;
  marks: readonly SourceMark[];
  focus: Span | null;
}) {
  const words = (span: Span): ReactNode => <Words span={span} {...props} />;
  return (
    <>
      {props.blocks.map((block) =>
        block.kind === 'table' ? (
          <TableView key={block.start} table={block} words={words} />
        ) : (
          <p
            key={block.start}
            data-start={block.start}
            className={`p-line${block.outline ? ` p-heading p-heading-${Math.min(3, block.outline)}` : ''}${block.centred ? ' p-centred' : ''}${block.bold ? ' p-bold' : ''}`}
          >
            {words(block)}
          </p>
        ),
      )}
    </>
  );
});

function TableView({ table, words }: { table: TableBlock; words: (span: Span) => ReactNode }) {
  const rows = new Map<number, CellBlock[]>();
  for (const cell of table.cells) rows.set(cell.row, [...(rows.get(cell.row) ?? []), cell]);
  return (
    <div className="p-table">
      <table>
        {table.caption ? <caption>{table.caption}</caption> : null}
        <tbody>
          {Array.from({ length: table.rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a document never move
            <tr key={row}>
              {(rows.get(row) ?? []).map((cell) => (
                <td key={cell.column} rowSpan={cell.rowSpan} colSpan={cell.columnSpan} data-start={cell.start}>
                  {words(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Words({
  span,
  text,
  marks,
  focus,
}: {
  span: Span;
  text: string;
  marks: readonly SourceMark[];
  focus: Span | null;
}) {
  return (
    <>
      {pieces(span, marks).map((piece) => {
        const begins = focus !== null && piece.start <= focus.start && focus.start < piece.end;
        const kinds = piece.kinds.map((kind) => `p-mark-${kind}`).join(' ');
        return (
          <span
            key={piece.start}
            data-start={piece.start}
            className={`${kinds}${begins ? ' p-focus' : ''}` || undefined}
          >
            {text.slice(piece.start, piece.end)}
          </span>
        );
      })}
    </>
  );
}
