import { utimes } from 'node:fs/promises';
import { sql } from 'kysely';
import { notAllowed, notValid } from '../../kernel/refusal.ts';
import type { Act, ItemKind, Reading } from '../act.ts';
import type { Queryable } from '../db/connect.ts';
import { prepared } from '../db/prepared.ts';
import type { Duty } from '../jobs/duty.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Files of one item that waits; more come after it was registered. */
const MOST = 200;
const DAYS = 7;

/**
 * Serializes whoever makes or fills an item of this id until the transaction ends: an upload and the registration that
 * counts the files must not pass each other.
 */
export const holdItem = (db: Queryable, jurisdiction: string, kind: string, id: string): Promise<void> =>
  holdItems(db, jurisdiction, kind, [id]);

/** The same for several, in one order, so that two of them never wait for each other. */
export async function holdItems(
  db: Queryable,
  jurisdiction: string,
  kind: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const names = ids.map((id) => `${jurisdiction} ${kind} ${id.toLowerCase()}`).sort();
  await hold(db, [names]);
}

const hold = prepared(
  'hold-items',
  `select pg_advisory_xact_lock(key)
  from (select hashtextextended(name, 7114202) as key from unnest($1::text[]) as n (name) order by 1) k`,
  { later: true },
);

async function exists(db: Queryable, kind: ItemKind, id: string): Promise<boolean> {
  const found = await sql`select 1 from ${sql.table(kind.table)} where id = ${id}::uuid limit 1`.execute(db);
  return found.rows.length > 0;
}

/**
 * Is the item still to come, and may this actor send files for it? True after making sure that no other account's files
 * lie there; false where the item exists or its kind awaits nothing. Holds the id until the transaction ends.
 */
export async function mayWait(act: Act, itemKind: string, id: string): Promise<boolean> {
  const kind = act.house.items[itemKind];
  if (!kind?.awaits || !uuid.test(id)) return false;
  if (!(await kind.awaits(act))) return false;
  if (await exists(act.db, kind, id)) return false;
  const { jurisdiction, accountId } = act.actor;
  await holdItem(act.db, jurisdiction, itemKind, id);
  if (await exists(act.db, kind, id)) return false;
  const there = await sql<{ uploaded_by: string }>`
    select uploaded_by from file where item_kind = ${itemKind} and item_id = ${id} and jurisdiction = ${jurisdiction}
    limit ${MOST}`.execute(act.db);
  if (there.rows.some((row) => row.uploaded_by !== accountId))
    throw notAllowed('这条记录正由另一个账号登记，不能添加附件。请刷新页面后重新登记。');
  if (there.rows.length >= MOST) throw notValid(`登记之前最多上传 ${MOST} 份附件，请先完成登记，其余的在登记后补充。`);
  return true;
}

/** Does a file of this item still wait for it? Then only its uploader may open it. */
export async function waitsStill(reading: Reading, itemKind: string, id: string): Promise<boolean> {
  const kind = reading.house.items[itemKind];
  return kind?.awaits !== undefined && uuid.test(id) && !(await exists(reading.db, kind, id));
}

/** Files that have waited for a week for an item that never came: their rows; their bytes are swept like all to which no row points. */
export async function forgetWaiting(act: Act): Promise<number> {
  let forgotten = 0;
  for (const [itemKind, kind] of Object.entries(act.house.items)) {
    if (!kind.awaits) continue;
    const gone = await sql<{ sha256: string }>`
      delete from file f
      where f.jurisdiction = ${act.actor.jurisdiction} and f.item_kind = ${itemKind}
        and f.uploaded_at < ${act.now}::timestamptz - make_interval(days => ${DAYS})
        and not exists (select 1 from ${sql.table(kind.table)} t
          where t.jurisdiction = f.jurisdiction and t.id = f.item_id::uuid)
      returning f.sha256`.execute(act.db);
    forgotten += gone.rows.length;
    // the sweeping of bytes leaves alone what is older than a week, for the sake of a database that was set back
    const recently = new Date(act.now.getTime() - 2 * 86_400_000);
    act.afterCommit(async () => {
      for (const { sha256 } of gone.rows)
        await utimes(act.house.files.path(sha256), recently, recently).catch(() => undefined);
    });
  }
  return forgotten;
}

export const forgetWaitingFiles: Duty = {
  name: 'forget-waiting-files',
  word: '清理一周内没有完成登记的照片',
  pattern: '10 3 * * *',
  about: (today) => today,
  run: async (act) => `清理 ${await forgetWaiting(act)} 个`,
};
