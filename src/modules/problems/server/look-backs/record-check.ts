import { sql } from 'kysely';
import { parseDay } from '../../../../kernel/day.ts';
import type { Act } from '../../../../platform/act.ts';
import { ownFiles, refuseStale, who } from '../../../../platform/case.ts';
import { announce } from '../../../../platform/facts/record.ts';
import { type CheckState, checkLifecycle } from '../../look-back-lifecycle.ts';
import { reopenProblem } from '../reopen.ts';
import { closedCards } from './closed-problems.ts';
import { checkVerdict, unmetOfResult } from './step.ts';
import { checkGone, lockChecks, lockLookBack } from './store.ts';

export interface ResultInput {
  readonly id: string;
  readonly version: number;
  readonly still: boolean;
  readonly text: string;
  readonly fileIds: readonly string[];
  readonly newDue?: string | null;
}

/**
 * 登记核查结果: still rectified, or not. 整改不实 reopens the problem under its number with a new deadline, in the same
 * transaction; the result counts against the unit that closed it and the person who rechecked it.
 */
export async function recordCheck(
  act: Act,
  input: ResultInput,
): Promise<{ id: string; version: number; state: CheckState; reopened: boolean }> {
  const { jurisdiction } = act.actor;
  const [item] = await lockChecks(act.db, jurisdiction, [input.id]);
  if (!item) throw checkGone();
  await refuseStale(act, '抽中事项', { ...item, kind: 'lookBackItem' }, input.version);
  const draw = await lockLookBack(act.db, jurisdiction, item.lookBackId);
  const problem = (await closedCards(act.db, jurisdiction, [item.problemId], true)).get(item.problemId);
  const fileIds = await ownFiles(
    act,
    { kind: 'lookBackItem', id: item.id },
    input.fileIds,
    '有照片没有上传到这条抽中事项，请重新上传后再登记结果。',
  );
  const text = input.text.trim();
  const newDue = input.newDue ? parseDay(input.newDue) : null;
  const verdict = checkVerdict(
    act.actor,
    item,
    input.still ? 'recordStill' : 'recordNotStill',
    unmetOfResult(act.actor, item, act.day, {
      still: input.still,
      text,
      files: fileIds.length,
      newDue,
      problemState: problem?.state ?? null,
    }),
  );
  if (!verdict.may) throw verdict.refusal;
  const version = item.version + 1;
  const due = input.still ? null : newDue;
  await sql`
    update look_back_item set state = ${verdict.to}, result_on = ${act.day}, result_by = ${act.actor.accountId},
      result_by_name = ${act.actor.name}, text = ${text}, file_ids = ${fileIds}::uuid[], new_due = ${due}, version = ${version}
    where jurisdiction = ${jurisdiction} and id = ${item.id}`.execute(act.db);
  const found = `回头看${draw.number}核查${item.number}：${checkLifecycle.states[verdict.to]}。`;
  await announce(act, {
    item: { kind: 'lookBackItem', id: item.id },
    kind: input.still ? 'lookBackItem.still' : 'lookBackItem.notStill',
    says: `${who(act)}${found}${text}（附材料 ${fileIds.length} 份）`,
    from: item.state,
    to: verdict.to,
    data: { version, fileIds, newDue: due },
  });
  if (due !== null)
    await reopenProblem(act, {
      id: item.problemId,
      reason: `${found}${text}`,
      dueOn: due,
      lookBackId: draw.id,
    });
  else
    await announce(act, {
      item: { kind: 'problem', id: item.problemId },
      kind: 'problem.lookedBack',
      says: `${who(act)}${found}${text}`,
      data: { lookBackId: draw.id, lookBackItemId: item.id },
    });
  return { id: item.id, version, state: verdict.to, reopened: due !== null };
}
