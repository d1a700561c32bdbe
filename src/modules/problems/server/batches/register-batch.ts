import { randomUUID } from 'node:crypto';
import { notNow, notValid, type RefusalPlace } from '../../../../kernel/refusal.ts';
import type { Act } from '../../../../platform/act.ts';
import { announce } from '../../../../platform/facts/record.ts';
import { keptEnterprises } from '../../../enterprises/server/door.ts';
import {
  type BatchLine,
  numberOf,
  pointKinds,
  pointsOf,
  refuseUnless,
  sameWithin,
  titleOf,
  unitsOfDraft,
  wordingsOf,
} from '../../batch.ts';
import type { Judgement, NewProblem } from '../../problem.ts';
import { registerProblems } from '../create-problems.ts';
import { asKnown, meaningsOf } from './meanings.ts';
import { type BatchRow, lockBatch, saveBatch, saveLine } from './store.ts';
import { readLines } from './view-batch.ts';

const MOST_PLACES = 200;

/**
 * Registers the settled lines of a list in one transaction. Refused with the open points, line by line, while one blocks;
 * with `settledOnly` lines with open points wait and the others are registered. The list is done when no line waits.
 */
export async function registerBatch(
  act: Act,
  id: string,
  body: { readonly version: number; readonly settledOnly?: boolean },
) {
  const { db, day } = act;
  const batch = await lockBatch(db, act.scope, act.actor, id);
  const refused = refuseUnless(batch.state, ['reviewing'], '登记');
  if (refused) throw refused;
  if (batch.version !== body.version)
    throw notNow('在您打开之后，这份清单又有改动，没有登记。请看最新内容后再登记。', { version: batch.version });
  const lines = await readLines(act, batch, { twins: true });
  const meanings = await meaningsOf(db, batch, lines.flatMap(wordingsOf), day);
  const known = asKnown(meanings);
  const sameAs = sameWithin(lines);
  const open = lines.filter((line) => line.state === 'open');
  const settled: BatchLine[] = [];
  const places: RefusalPlace[] = [];
  for (const line of open) {
    const blocking = pointsOf(line, { today: day, known, sameAs }).filter((point) => point.blocks);
    if (blocking.length === 0) settled.push(line);
    for (const point of blocking)
      places.push({
        where: `${numberOf(line)} ${line.draft.title.slice(0, 20)}`.trim(),
        says: `${pointKinds[point.kind].word}：${point.says}`,
      });
  }
  if (open.length === 0) throw notValid('没有待登记的问题。');
  if (settled.length === 0 || (places.length > 0 && !body.settledOnly))
    throw notValid(
      `还有${places.length}处须先处理。可以逐条处理，也可以先登记已核清的${settled.length}条，其余留待处理。`,
      places.slice(0, MOST_PLACES),
    );
  // chosen days ago perhaps, and merged into another file since
  const enterprises = await keptEnterprises(
    db,
    batch.jurisdiction,
    settled.flatMap((line) => line.draft.enterpriseId ?? []),
  );
  const news = settled.map((line): NewProblem => {
    const { draft, said } = line;
    const units = unitsOfDraft(line, known);
    const enterprise = draft.enterpriseId === null ? undefined : enterprises.get(draft.enterpriseId);
    return {
      id: randomUUID(),
      kind: draft.kind,
      title: draft.title || titleOf(draft.text),
      text: draft.text,
      source: {
        type: batch.sourceType,
        batchId: batch.id,
        originalNumber: said.originalNumber,
        recordKind: 'problemBatchLine',
        recordId: line.id,
        finder: draft.finder,
      },
      foundOn: draft.foundOn ?? batch.receivedOn,
      enterpriseId: enterprise?.id ?? draft.enterpriseId,
      subject: draft.subject ?? enterprise?.name ?? null,
      place: {
        address: draft.address ?? enterprise?.address ?? null,
        areaCode: enterprise?.areaCode ?? null,
        longitude: enterprise?.longitude ?? null,
        latitude: enterprise?.latitude ?? null,
        grid: enterprise?.grid ?? null,
      },
      sector: draft.sector ?? enterprise?.sector ?? null,
      tags: batch.tags,
      planId: batch.planId,
      stageId: null,
      taskId: null,
      grade: draft.grade ?? 'general',
      judgement: draft.grade === 'major' ? judged(act, batch, line) : null,
      measures: draft.measures,
      leadUnitId: units.leadUnitId ?? '',
      coUnitIds: [...units.coUnitIds],
      supervisingUnitId: units.supervisingUnitId ?? enterprise?.regulatorUnitId ?? null,
      personName: draft.person,
      dueOn: draft.dueOn ?? day,
    };
  });
  const made = await registerProblems(act, news, { batch: batch.number, place: 'list' });
  for (const [index, line] of settled.entries())
    await saveLine(db, batch.jurisdiction, batch.id, {
      ...line,
      state: 'registered',
      problemId: made[index]?.id ?? null,
      reason: null,
    });
  const left = open.length - settled.length;
  await saveBatch(db, batch.jurisdiction, batch.id, left === 0 ? { state: 'registered', registeredOn: day } : {});
  const first = made[0]?.number ?? null;
  const last = made.at(-1)?.number ?? null;
  await announce(act, {
    item: { kind: 'problemBatch', id },
    kind: 'problemBatch.registered',
    says: `登记${made.length}条问题（${first}至${last}）${left > 0 ? `，还有${left}条待处理` : ''}`,
    from: batch.state,
    to: left === 0 ? 'registered' : batch.state,
    data: { registered: made.length, left, first, last },
  });
  return { id, registered: made.length, left, first, last, version: batch.version + 1 };
}

/** A list that calls a hazard major was judged by its sender; ticking clauses of the criteria stays open to the office. */
function judged(act: Act, batch: BatchRow, line: BatchLine): Judgement {
  return {
    grade: 'major',
    criteriaId: null,
    criteriaName: null,
    criteriaVersion: null,
    clauses: [],
    reason: `${batch.sender ?? '来文单位'}在${batch.documentNumber ?? batch.number}「${batch.title}」${numberOf(line)}中定为重大`,
    byId: act.actor.accountId,
    byName: act.actor.name,
    on: act.day,
  };
}

/** Gives up a list of which nothing was registered. */
export async function withdrawBatch(act: Act, id: string, body: { readonly version: number; readonly reason: string }) {
  const batch = await lockBatch(act.db, act.scope, act.actor, id);
  const refused = refuseUnless(batch.state, ['reading', 'unreadable', 'reviewing'], '作废');
  if (refused) throw refused;
  if (batch.version !== body.version)
    throw notNow('在您打开之后，这份清单又有改动。请看最新内容后再操作。', { version: batch.version });
  if (body.reason.trim() === '') throw notValid('请写明作废的原因。');
  const lines = await readLines(act, batch, { twins: false });
  const registered = lines.filter((line) => line.state === 'registered').length;
  if (registered > 0) throw notNow(`这份清单已登记${registered}条问题，不能作废；其余各条可以写明原因后不登记。`);
  await saveBatch(act.db, batch.jurisdiction, id, { state: 'withdrawn', reason: body.reason.trim(), step: null });
  await announce(act, {
    item: { kind: 'problemBatch', id },
    kind: 'problemBatch.withdrawn',
    says: `作废清单：${body.reason.trim()}`,
    from: batch.state,
    to: 'withdrawn',
  });
  return { id, version: batch.version + 1 };
}
