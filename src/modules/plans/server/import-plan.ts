import { randomUUID } from 'node:crypto';
import type { Actor } from '../../../kernel/actor.ts';
import { verdict } from '../../../kernel/lifecycle.ts';
import { notValid, Refusal } from '../../../kernel/refusal.ts';
import type { Act, House } from '../../../platform/act.ts';
import { announce } from '../../../platform/facts/record.ts';
import type { Upload } from '../../../platform/http/serve.ts';
import { perform } from '../../../platform/perform.ts';
import { planLifecycle } from '../lifecycle.ts';
import { beginReview } from '../plan.ts';
import { readPlanFile } from './read-file.ts';
import { insertPlan, lockPlan, type PlanRow, planOfFile, saveDocument, savePlan } from './store.ts';
import { beginReviewRows } from './store-review.ts';

export interface Imported {
  id: string;
  known: boolean;
  title: string;
  importedByName: string;
  importedAt: string;
}

/**
 * Registers the file as a plan and begins to read it once that is committed. The same file is recognised by its
 * content and nothing new is made, unless the form says `again`.
 */
export async function importPlan(act: Act, upload: Upload): Promise<Imported> {
  const { actor, db, now } = act;
  if (upload.size === 0) throw notValid('文件是空的（0字节），没有导入。请检查文件后重新选择。');
  const known = upload.fields.again === 'true' ? null : await planOfFile(db, actor.jurisdiction, upload.sha256);
  if (known) return answer(known, true);
  const id = randomUUID();
  const title = upload.name.replace(/\.[^.]+$/, '').slice(0, 300) || '未命名方案';
  await insertPlan(db, actor, { id, title, sha256: upload.sha256, fileName: upload.name, size: upload.size, at: now });
  await announce(act, {
    item: { kind: 'plan', id },
    kind: 'plan.imported',
    says: `导入方案文件「${upload.name}」`,
    to: 'importing',
    data: { sha256: upload.sha256, size: upload.size },
  });
  act.afterCommit(async () => startReading(act.house, actor, id));
  return { id, known: false, title, importedByName: actor.name, importedAt: now.toISOString() };
}

const answer = (plan: PlanRow, known: boolean): Imported => ({
  id: plan.id,
  known,
  title: plan.title,
  importedByName: plan.importedByName,
  importedAt: plan.importedAt.toISOString(),
});

/** Tries again to read a file that could not be read, or whose reading was cut off. */
export async function readPlanAgain(act: Act, id: string): Promise<{ id: string; version: number }> {
  const plan = await lockPlan(act.db, act.actor, id);
  const judged = verdict(planLifecycle, { state: plan.state, action: 'readAgain', parts: ['office'], unmet: [] });
  if (!judged.may) throw judged.refusal;
  await savePlan(act.db, act.actor.jurisdiction, id, {
    state: 'importing',
    readingStep: '排队等候',
    readingBegan: act.now,
    readingError: null,
  });
  await announce(act, {
    item: { kind: 'plan', id },
    kind: 'plan.readAgain',
    says: '重新识读方案文件',
    from: plan.state,
    to: 'importing',
  });
  act.afterCommit(async () => startReading(act.house, act.actor, id));
  return { id, version: plan.version + 1 };
}

const running = new Map<string, Promise<void>>();
let queue: Promise<void> = Promise.resolve();

/** Reads in the background, one file at a time: each reading may take much memory. */
export function startReading(house: House, actor: Actor, id: string): void {
  if (running.has(id)) return;
  const reading = queue
    .then(() => readPlan(house, actor, id))
    .catch((error: unknown) => console.error(`reading plan ${id} failed`, error))
    .finally(() => running.delete(id));
  queue = reading;
  running.set(id, reading);
}

/** Resolves when the readings that this process has begun are finished; for tests and an orderly end. */
export const readingsFinished = async (): Promise<void> => {
  await Promise.all(running.values());
};

/** Reads the file of one plan and lays what was read before the reviewers. */
export async function readPlan(house: House, actor: Actor, id: string): Promise<void> {
  const plan = await perform(house, actor, (act) => lockPlan(act.db, act.actor, id));
  if (plan.state !== 'importing') return;
  let told = Promise.resolve();
  const onStep = (readingStep: string): void => {
    told = told.then(() =>
      savePlan(house.db, actor.jurisdiction, id, { readingStep }, { quiet: true }).catch(() => {}),
    );
  };
  try {
    const { source, extraction } = await readPlanFile(house.files.path(plan.fileSha256), plan.fileName, onStep);
    await told;
    await perform(house, actor, async (act) => {
      const locked = await lockPlan(act.db, act.actor, id);
      if (locked.state !== 'importing') return;
      const review = beginReview(extraction, locked.title);
      await saveDocument(act.db, actor.jurisdiction, id, source, extraction, review.sheet);
      await beginReviewRows(act.db, locked, review);
      const { title, kind, documentNumber, issuer, issuedOn } = review.sheet;
      await savePlan(act.db, actor.jurisdiction, id, {
        ...{ state: 'reviewing', title, kind, documentNumber, issuer, issuedOn },
        ...{ readingStep: null, readingError: null, lines: review.drafts.length, reviewVersion: 1 },
      });
      await announce(act, {
        item: { kind: 'plan', id },
        kind: 'plan.read',
        says:
          review.drafts.length === 0
            ? '读完文件，没有识别出任务；可以在校核页从原文新增，或留作上级方案对照'
            : `读完文件，分解出${review.drafts.length}条任务、${review.doubts.length}处疑问`,
        from: 'importing',
        to: 'reviewing',
      });
    });
  } catch (error) {
    await told;
    const says =
      error instanceof Refusal
        ? error.says
        : '识读时出了差错，没有读出内容。请稍后重新识读；如果一再出现，请联系系统管理员。';
    if (!(error instanceof Refusal)) console.error(`reading plan ${id} failed`, error);
    await perform(house, actor, async (act) => {
      const locked = await lockPlan(act.db, act.actor, id);
      if (locked.state !== 'importing') return;
      await savePlan(act.db, actor.jurisdiction, id, { state: 'unreadable', readingStep: null, readingError: says });
      await announce(act, {
        item: { kind: 'plan', id },
        kind: 'plan.unreadable',
        says,
        from: 'importing',
        to: 'unreadable',
      });
    });
  }
}
