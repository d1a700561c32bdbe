import type { Static } from 'typebox';
import { addDays, type Day, daysBetween } from '../../../../kernel/day.ts';
import type { Reading } from '../../../../platform/act.ts';
import { tasksByIds } from '../../../tasks/server/door.ts';
import type { PressureLine } from '../../api-pressures.ts';
import { asksReply, isRestricted, pressureWords, replyLate } from '../../pressure.ts';
import { isOpenPressure } from '../../pressure-lifecycle.ts';
import { endedTask } from './step.ts';
import { commitmentsOf, type GroundRow, groundsOf, type PressureRow } from './store.ts';

export type Line = Static<typeof PressureLine>;

/** A measure with what lists say about it. */
export interface SeenPressure {
  readonly row: PressureRow;
  readonly ground: GroundRow | undefined;
  readonly commitments: number;
  readonly done: number;
}

/** So near to a day that it is to be seen. */
const NEAR = 3;

/** Adds grounds and the standing of commitments. */
export async function seen(reading: Reading, rows: readonly PressureRow[]): Promise<SeenPressure[]> {
  const codes = [...new Set(rows.map((row) => row.jurisdiction))];
  const ids = rows.map((row) => row.id);
  const grounds = await groundsOf(reading.db, codes, ids);
  const commitments = await commitmentsOf(reading.db, codes, ids);
  const lines = await tasksByIds(
    reading.db,
    { jurisdictions: reading.scope.jurisdictions, units: 'all' },
    commitments.map((one) => one.taskId),
    reading.day,
  );
  const ended = new Set(lines.filter((line) => endedTask.has(line.state)).map((line) => line.id));
  return rows.map((row) => {
    const own = commitments.filter((one) => one.pressureId === row.id);
    return {
      row,
      ground: grounds.get(row.id),
      commitments: own.length,
      done: own.filter((one) => ended.has(one.taskId)).length,
    };
  });
}

function lampOf({ row, commitments, done }: SeenPressure, today: Day): { lamp: Line['lamp']; says: string } {
  if (!isOpenPressure(row.state)) return { lamp: 'none', says: '已了结' };
  const late = replyLate(row, today);
  if (late > 0)
    return { lamp: 'red', says: row.kind === 'interview' ? `约谈日期已过${late}天，没有登记` : `回复已逾期${late}天` };
  const waits = row.state === 'served' || row.state === 'received';
  if (waits && asksReply(row.kind) && row.replyDueOn !== null && row.replyDueOn <= addDays(today, NEAR)) {
    const left = daysBetween(today, row.replyDueOn);
    const what = row.kind === 'interview' ? '约谈' : '回复时限';
    return {
      lamp: 'amber',
      says: left === 0 ? `今天${what}${row.kind === 'interview' ? '' : '到期'}` : `距${what}还有${left}天`,
    };
  }
  if (row.state === 'suggested' || row.state === 'proposed') {
    const days = daysBetween(row.proposedOn ?? row.suggestedOn, today);
    if (days >= 5) return { lamp: 'amber', says: `已等待${days}天` };
  }
  return {
    lamp: 'green',
    says: row.state === 'tracking' ? `整改承诺${commitments}条，已办结${done}条` : '按期办理',
  };
}

/** The row of a list. */
export function lineOf(one: SeenPressure, today: Day): Line {
  const { row, ground } = one;
  const { lamp, says } = lampOf(one, today);
  return {
    id: row.id,
    jurisdiction: row.jurisdiction,
    number: row.number,
    kind: row.kind,
    kindWord: pressureWords[row.kind],
    state: row.state,
    unitId: row.unitId,
    unitName: row.unitName,
    addressee: row.addressee,
    matter: row.matter,
    ruleName: ground?.rule?.name ?? null,
    rung: row.rung,
    figure: ground?.rule ? ground.figure : null,
    suggestedOn: row.suggestedOn,
    proposedByName: row.proposedByName,
    servedOn: row.servedOn,
    documentNumber: row.documentNumber,
    replyDueOn: row.replyDueOn,
    replyLate: replyLate(row, today),
    repliedOn: row.repliedOn,
    endedOn: row.endedOn,
    commitments: one.commitments,
    commitmentsDone: one.done,
    restricted: isRestricted(row.kind),
    lamp,
    lampReason: says,
    version: row.version,
  };
}
