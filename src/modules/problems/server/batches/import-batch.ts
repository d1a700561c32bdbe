import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Actor, systemActor } from '../../../../kernel/actor.ts';
import { parseDay, yearOf } from '../../../../kernel/day.ts';
import type { SourceDocument } from '../../../../kernel/document.ts';
import { asJurisdiction } from '../../../../kernel/ids.ts';
import { notValid, Refusal } from '../../../../kernel/refusal.ts';
import type { Act, House } from '../../../../platform/act.ts';
import { nextNumbers } from '../../../../platform/db/number.ts';
import { readInProcess } from '../../../../platform/documents/reading-process.ts';
import { announce } from '../../../../platform/facts/record.ts';
import type { Upload } from '../../../../platform/http/serve.ts';
import { perform } from '../../../../platform/perform.ts';
import { batchSeries, draftOf, refuseUnless } from '../../batch.ts';
import type { Feedback } from '../../feedback.ts';
import { sectorOfText } from './sectors.ts';
import {
  type BatchRow,
  batchOfFile,
  insertBatch,
  insertLines,
  lockBatch,
  removeLines,
  saveBatch,
  saveText,
} from './store.ts';

/**
 * Keeps a superior's list under a number and begins to read it once that is committed. The same file is recognised by its
 * content and nothing new is made, unless the form says `again`.
 */
export async function importBatch(act: Act, upload: Upload) {
  const { actor, db, now } = act;
  if (upload.size === 0) throw notValid('文件是空的（0字节），没有导入。请检查文件后重新选择。');
  const known = upload.fields.again === 'true' ? null : await batchOfFile(db, actor.jurisdiction, upload.sha256);
  if (known) return answer(known, true);
  const id = randomUUID();
  const title = upload.name.replace(/\.[^.]+$/, '').slice(0, 300) || '未命名清单';
  const said = upload.fields.receivedOn ? parseDay(upload.fields.receivedOn) : null;
  if (said !== null && said > act.day) throw notValid('收到日期晚于今天，请核对。');
  const [number = ''] = await nextNumbers(db, actor.jurisdiction, batchSeries, yearOf(act.day), 1);
  await insertBatch(db, actor, {
    ...{ id, number, state: 'reading', way: 'document', title, sender: null, receivedOn: said ?? act.day },
    ...{
      sourceType: 'handedOver',
      sha256: upload.sha256,
      fileName: upload.name,
      size: upload.size,
      at: now,
      registeredOn: null,
    },
  });
  await announce(act, {
    item: { kind: 'problemBatch', id },
    kind: 'problemBatch.imported',
    says: `导入清单文件「${upload.name}」，编号${number}`,
    to: 'reading',
    data: { sha256: upload.sha256, size: upload.size },
  });
  act.afterCommit(async () => startReading(act.house, actor, id));
  return { id, number, title, known: false, importedByName: actor.name, importedAt: now.toISOString() };
}

const answer = (batch: BatchRow, known: boolean) => ({
  id: batch.id,
  number: batch.number,
  title: batch.title,
  known,
  importedByName: batch.importedByName,
  importedAt: batch.importedAt.toISOString(),
});

/** Tries again to read a list that could not be read, or whose reading was cut off. */
export async function readBatchAgain(act: Act, id: string): Promise<{ id: string; version: number }> {
  const batch = await lockBatch(act.db, act.scope, act.actor, id);
  const refused = refuseUnless(batch.state, ['reading', 'unreadable'], '重新识读');
  if (refused) throw refused;
  await saveBatch(act.db, act.actor.jurisdiction, id, { state: 'reading', step: '排队等候', error: null });
  await announce(act, {
    item: { kind: 'problemBatch', id },
    kind: 'problemBatch.readAgain',
    says: '重新识读清单文件',
    from: batch.state,
    to: 'reading',
  });
  act.afterCommit(async () => startReading(act.house, act.actor, id));
  return { id, version: batch.version + 1 };
}

const running = new Map<string, Promise<void>>();
let queue: Promise<void> = Promise.resolve();

/** Reads in the background, one file at a time: each reading may take much memory. */
function startReading(house: House, actor: Actor, id: string): void {
  if (running.has(id)) return;
  const reading = queue
    .then(() => readBatchFile(house, actor, id))
    .catch((error: unknown) => console.error(`reading list ${id} failed`, error))
    .finally(() => running.delete(id));
  queue = reading;
  running.set(id, reading);
}

/**
 * Begins again the readings that a former process of this installation left unfinished when it ended; call it once when
 * the server starts. Reading is repeatable: nothing was saved before the end of it.
 */
export async function resumeBatchReadings(house: House): Promise<number> {
  const found = await sql<{ jurisdiction: string; id: string }>`
    select jurisdiction, id from problem_batch where state = 'reading' order by imported_at limit 100`.execute(
    house.db,
  );
  for (const batch of found.rows) startReading(house, systemActor(asJurisdiction(batch.jurisdiction)), batch.id);
  return found.rows.length;
}

/** Resolves when the readings that this process has begun are finished; for tests and an orderly end. */
export const batchReadingsFinished = async (): Promise<void> => {
  await Promise.all(running.values());
};

async function readBatchFile(house: House, actor: Actor, id: string): Promise<void> {
  const batch = await perform(house, actor, (act) => lockBatch(act.db, act.scope, actor, id));
  if (batch.state !== 'reading') return;
  let told = Promise.resolve();
  const onStep = (step: string): void => {
    told = told.then(() => saveBatch(house.db, actor.jurisdiction, id, { step }, { quiet: true }).catch(() => {}));
  };
  try {
    const child = new URL('./reader-child.ts', import.meta.url);
    const { source, feedback } = await readInProcess<{ source: SourceDocument; feedback: Feedback }>(
      child,
      house.files.path(batch.fileSha256),
      batch.fileName,
      onStep,
      { more: [house.clock.today()] },
    );
    await told;
    await perform(house, actor, (act) => beginReview(act, id, source, feedback));
  } catch (error) {
    await told;
    if (!(error instanceof Refusal)) console.error(`reading list ${id} failed`, error);
    const says = error instanceof Refusal ? error.says : '识读时系统出了差错，请稍后重新识读。';
    await perform(house, actor, async (act) => {
      const locked = await lockBatch(act.db, act.scope, actor, id);
      if (locked.state !== 'reading') return;
      await saveBatch(act.db, actor.jurisdiction, id, { state: 'unreadable', step: null, error: says });
      await announce(act, {
        item: { kind: 'problemBatch', id },
        kind: 'problemBatch.unreadable',
        says,
        from: 'reading',
        to: 'unreadable',
      });
    });
  }
}

async function beginReview(act: Act, id: string, source: SourceDocument, feedback: Feedback): Promise<void> {
  const { db, actor, scope } = act;
  const locked = await lockBatch(db, scope, actor, id);
  if (locked.state !== 'reading') return;
  const { head, lines } = feedback;
  await saveText(db, actor.jurisdiction, id, source, feedback);
  await removeLines(db, actor.jurisdiction, id);
  await insertLines(
    db,
    actor.jurisdiction,
    id,
    lines.map((said, index) => ({
      id: randomUUID(),
      position: index + 1,
      said,
      draft: draftOf(said, head, sectorOfText),
    })),
  );
  await saveBatch(db, actor.jurisdiction, id, {
    ...{
      state: 'reviewing',
      step: null,
      error: null,
      title: head.title?.slice(0, 300) ?? locked.title,
      sender: head.sender,
    },
    ...{ documentNumber: head.documentNumber, issuedOn: head.issuedOn, foundOn: head.foundOn, finder: head.finder },
    sourceType: head.sourceType,
  });
  await announce(act, {
    item: { kind: 'problemBatch', id },
    kind: 'problemBatch.read',
    says:
      lines.length === 0
        ? '识读完成，没有识别出问题，可以在原文中选中文字新增'
        : `识读完成，识别出${lines.length}条问题`,
    from: 'reading',
    to: 'reviewing',
    data: { lines: lines.length },
  });
}
