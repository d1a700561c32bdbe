import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { notAllowed, notFound } from '../../kernel/refusal.ts';
import type { Reading } from '../act.ts';
import { announce } from '../facts/record.ts';
import { serve } from '../http/serve.ts';
import { filesApi } from './api.ts';
import { checkContent, readPicture } from './check.ts';
import { mayWait, waitsStill } from './waiting.ts';

interface FileRow {
  id: string;
  name: string;
  size: number;
  type: string;
  sha256: string;
  item_kind: string;
  item_id: string;
  uploaded_by: string;
  uploaded_by_name: string;
  uploaded_at: Date;
}

/** Only these are shown in the browser; everything else is saved, so that no content can act as a page. */
const shown = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/bmp', 'application/pdf']);

const shape = (row: FileRow) => ({
  id: row.id,
  name: row.name,
  size: row.size,
  type: row.type,
  uploadedByName: row.uploaded_by_name,
  uploadedAt: row.uploaded_at.toISOString(),
});

async function mustSee(reading: Reading, kind: string, id: string): Promise<void> {
  const sight = reading.house.items[kind]?.sight;
  if (!sight || !(await sight(reading, id))) throw notFound();
}

export const fileRoutes = serve(filesApi, {
  async listFiles(reading) {
    const { itemKind, itemId } = reading.query;
    await mustSee(reading, itemKind, itemId);
    const found = await sql<FileRow>`
      select * from file where jurisdiction = any(${reading.scope.jurisdictions}) and item_kind = ${itemKind} and item_id = ${itemId}
      order by uploaded_at, id limit 500`.execute(reading.db);
    return { rows: found.rows.map(shape) };
  },

  async addFile(act) {
    const { itemKind, itemId } = act.query;
    if (act.house.items[itemKind]?.closed)
      throw notAllowed('这类文件的附件由系统按封存的数据生成，不能另外上传。要说明的情况请写进正文。');
    const waits = await mayWait(act, itemKind, itemId);
    if (!waits) await mustSee(act, itemKind, itemId);
    const { house, actor, upload } = act;
    const type = await checkContent(house.files.path(upload.sha256), upload.name);
    const picture = await readPicture(house.files.path(upload.sha256), type);
    const id = randomUUID();
    // the item is locked first: its facts form one chain, and two uploads at once must not take the same link
    const table = house.items[itemKind]?.table;
    if (!table) throw notFound();
    const locked = await sql`
      select 1 from ${sql.table(table)} where jurisdiction = ${actor.jurisdiction} and id = ${itemId} for update`.execute(
      act.db,
    );
    if (locked.rows.length === 0 && !waits) throw notAllowed('这条记录属于其他地区，您可以查看，但不能添加附件。');
    const added = await sql<FileRow>`
      insert into file (jurisdiction, id, sha256, name, size, type, item_kind, item_id, uploaded_by, uploaded_by_name, uploaded_at, picture)
      values (${actor.jurisdiction}, ${id}, ${upload.sha256}, ${upload.name}, ${upload.size}, ${type}, ${itemKind}, ${itemId},
        ${actor.accountId}, ${actor.name}, ${act.now}, ${picture === null ? null : JSON.stringify(picture)}::jsonb)
      returning *`.execute(act.db);
    const row = added.rows[0];
    if (!row) throw notFound();
    // the first fact of the item will name the files that waited for it
    if (waits) return shape(row);
    await announce(act, {
      item: { kind: itemKind, id: itemId },
      kind: 'file.attached',
      says: `上传附件「${upload.name}」`,
      data: { fileId: id, sha256: upload.sha256, size: upload.size },
    });
    return shape(row);
  },

  async openFile(reading) {
    const found = await sql<FileRow>`
      select * from file where jurisdiction = any(${reading.scope.jurisdictions}) and id = ${reading.params.id}`.execute(
      reading.db,
    );
    const row = found.rows[0];
    if (!row) throw notFound('没有找到这个附件。');
    const own = row.uploaded_by === reading.actor.accountId && (await waitsStill(reading, row.item_kind, row.item_id));
    if (!own) await mustSee(reading, row.item_kind, row.item_id);
    if ((await reading.house.files.size(row.sha256)) === null)
      throw notFound(`附件「${row.name}」的登记还在，但文件本身已不在存储目录中。请联系系统管理员从备份恢复。`);
    return { name: row.name, type: row.type, body: reading.house.files.read(row.sha256), inline: shown.has(row.type) };
  },
});
