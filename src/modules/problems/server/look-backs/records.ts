import { sql } from 'kysely';
import type { Difference, ItemKind, Reading, RecordLoader } from '../../../../platform/act.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { sha256 } from '../../../../platform/facts/canonical.ts';
import { frozenText, ranked, sampleOf } from '../../look-back.ts';
import { type LookBack, listCheckRows, listLookBackRows, poolOf, rulesOf } from './store.ts';

const lookBackRecord: RecordLoader = async (db, jurisdiction, ids) => {
  const found = await sql<{ id: string; record: unknown }>`
    select l.id, to_jsonb(l) as record from look_back l
    where l.jurisdiction = ${jurisdiction} and l.id = any(${ids}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};

const checkRecord: RecordLoader = async (db, jurisdiction, ids) => {
  const found = await sql<{ id: string; record: unknown }>`
    select i.id, to_jsonb(i) as record from look_back_item i
    where i.jurisdiction = ${jurisdiction} and i.id = any(${ids}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};

/** Computes every draw anew: the hash of its frozen list, and the sample from list and seed. */
async function recountLookBacks(db: Queryable, differs: (where: Difference) => void): Promise<void> {
  const places = await sql<{ jurisdiction: string }>`select distinct jurisdiction from look_back`.execute(db);
  for (const { jurisdiction } of places.rows) {
    const scope = { jurisdictions: [jurisdiction], units: 'all' } as unknown as Reading['scope'];
    const draws = await listLookBackRows(db, scope, { page: 1, pageSize: 10_000 }, '9999-12-31' as Reading['day']);
    for (const draw of draws.rows) await recountDraw(db, scope, draw, differs);
  }
}

async function recountDraw(
  db: Queryable,
  scope: Reading['scope'],
  draw: LookBack,
  differs: (where: Difference) => void,
): Promise<void> {
  const where = `回头看 ${draw.number}`;
  const pool = await poolOf(db, draw);
  const rules = rulesOf(draw);
  if (sha256(frozenText(rules, pool)) !== draw.listHash)
    differs({ jurisdiction: draw.jurisdiction, where, says: '冻结的名单与公布的名单摘要不符，名单被改动过。' });
  if (draw.drawnAt === null || draw.seed === null) return;
  const sample = sampleOf(rules, ranked(draw.seed, pool, sha256));
  const kept = (await listCheckRows(db, scope, { lookBack: draw.id, page: 1, pageSize: 10_000 })).rows;
  if (
    sample.map((one) => `${one.id} ${one.ticket}`).join() !== kept.map((one) => `${one.problemId} ${one.ticket}`).join()
  )
    differs({ jurisdiction: draw.jurisdiction, where, says: '抽中的事项与按名单和种子重算的不符。' });
}

/** Whoever may see the draws of a government sees each of them; an item's photos only who sees the problem, or checks it. */
const seesDraw = async (reading: Reading, id: string): Promise<boolean> =>
  (await listLookBackRows(reading.db, reading.scope, { id, page: 1, pageSize: 1 }, reading.day)).total > 0;
const seesCheck = async (reading: Reading, id: string): Promise<boolean> => {
  const [row] = (await listCheckRows(reading.db, reading.scope, { id, page: 1, pageSize: 1 })).rows;
  return row !== undefined && (row.seen || row.checkerId === reading.actor.accountId);
};

/** The kinds of items of look-backs, for the platform. */
export const lookBackItems: Readonly<Record<string, ItemKind>> = {
  lookBack: {
    record: lookBackRecord,
    table: 'look_back',
    called: { word: '回头看', column: 'number' },
    series: '查',
    recount: recountLookBacks,
    sight: seesDraw,
  },
  lookBackItem: {
    record: checkRecord,
    table: 'look_back_item',
    called: { word: '回头看抽中事项', column: 'number' },
    sight: seesCheck,
  },
};
