import { sql } from 'kysely';
import type { Queryable } from '../db/connect.ts';
import { askedAnywhere } from './asked.ts';
import { closedRanges, type Narrowed, narrowed } from './axis.ts';
import { findInBlocks } from './blocks.ts';
import { sharesOf } from './shares.ts';
import {
  absentOf,
  allOf,
  foundAgain,
  heldWhileWalking,
  keyOf,
  orderOf,
  perJurisdiction,
  slice,
  wordsOrNumber,
} from './statements.ts';
import type { Condition, Found, LedgerQuestion, LedgerTable, PageAsked } from './table.ts';
import { type Way, wayOf } from './way.ts';

/**
 * One page of a ledger in order. `columns`: what to select of the row `t` of the table for each line of the page.
 * Rows beyond the counted total can still be asked for by their page.
 */
export async function findPage<Row>(
  db: Queryable,
  table: LedgerTable,
  put: LedgerQuestion,
  asked: PageAsked,
  columns: Condition,
): Promise<Found<Row>> {
  const nothing = { rows: [], total: 0, totalIsCapped: false };
  if (put.jurisdictions.length === 0) return nothing;
  const closed = await closedRanges(db, table, put);
  const offset = (asked.page - 1) * asked.pageSize;
  const shares = await sharesOf(db, table);
  const wayWithin = (known: Narrowed): Way => wayOf(table, shares, closed, known, offset + asked.pageSize, asked.way);
  // What is read at once, without an order, need not know how far the ranges narrow it.
  const first = wayWithin({ stretch: null, serials: null });
  const inOrder = first.kind !== 'all' && first.kind !== 'set';
  const within = inOrder ? await narrowed(db, table, closed) : first.within;
  if (within === null) return nothing;
  const { serials } = within;
  const way = serials === null ? first : wayWithin(within);
  const known = serials === null ? [] : [sql`t.serial between ${serials.first} and ${serials.last}`];
  const question = { ...closed, where: [...closed.where, ...known] };
  const counted = asked.counted ?? true;
  // However early counting stops, the page after the next can be turned to.
  const most = Math.max(way.most, offset + 2 * asked.pageSize);
  const needed = counted ? most + 1 : offset + asked.pageSize;
  const { rows, found } =
    way.kind === 'blocks' || way.kind === 'dense'
      ? await findInBlocks<Row>(
          db,
          table,
          question,
          way,
          { offset, pageSize: asked.pageSize, needed, parts: asked.parts },
          columns,
        )
      : await findAtOnce<Row>(db, table, question, way, { offset, pageSize: asked.pageSize, needed }, columns);
  if (!counted || rows.length < asked.pageSize) {
    const total = rows.length > 0 || asked.page === 1 ? offset + rows.length : found;
    return { rows, total, totalIsCapped: false };
  }
  return { rows, total: Math.min(found, most), totalIsCapped: found > most };
}

interface Span {
  readonly offset: number;
  readonly pageSize: number;
  /** So many rows must be met for page and count. */
  readonly needed: number;
}

async function findAtOnce<Row>(
  db: Queryable,
  table: LedgerTable,
  question: LedgerQuestion,
  way: Way,
  { offset, pageSize, needed }: Span,
  columns: Condition,
): Promise<{ rows: Row[]; found: number }> {
  const met =
    way.kind === 'all'
      ? await wordsOrNumber(db, table, question, askedAnywhere(table, question, way))
      : alongIndex(table, question, way, needed);
  return slice<Row>(db, table, question, met, { offset, limit: pageSize }, columns, byKey(table, way));
}

/** Indexes of a small set include the key of their rows, so that these need not be read. */
const byKey = (table: LedgerTable, way: Way): boolean => table.covering || way.kind === 'set';

/** Each jurisdiction's rows along the index of the order until enough are met; a small set is read whole. */
function alongIndex(table: LedgerTable, question: LedgerQuestion, way: Way, needed: number): Condition {
  // The index of a small set lies in the order of axis 1 and can be left when enough are met.
  const whole = way.kind === 'set' && !(question.smallSet && question.axis === 1);
  const name = sql.raw(table.name);
  const key = keyOf(table, question);
  const order = orderOf(question);
  // Arithmetic hides the key from the planner, which would walk another index than the one of the small set.
  const keys = whole ? sql`t.${key} - 0 as k1, t.serial + 0 as k2` : sql`t.${key} as k1, t.serial as k2`;
  const text = question.sought === null ? [] : [heldWhileWalking(question.sought)];
  return perJurisdiction(
    question,
    (code) => sql`select ${foundAgain(byKey(table, way))}, ${keys} from ${name} t
      where ${allOf([sql`t.jurisdiction = ${code}`, ...absentOf(table, question), ...question.where, ...text])}
      order by ${order} limit ${needed}`,
  );
}
