import { sql } from 'kysely';
import { dayInWords } from '../../../../kernel/day.ts';
import type { Act } from '../../../../platform/act.ts';
import { who } from '../../../../platform/case.ts';
import { issueDocument, letterheadOf } from '../../../letters/server/door.ts';
import { createTasks } from '../../../tasks/server/door.ts';
import { type Commitment, pressureWords } from '../../pressure.ts';
import { pressureForms } from '../../pressure-documents.ts';
import { servedStates } from '../../pressure-lifecycle.ts';
import { liftingSays } from './document-words.ts';
import { called, type Done, decide, load, openCommitments, quiet, type Seen, save, tell } from './step.ts';
import { lockPressure, type PressureRow } from './store.ts';

/** 确认整改承诺: each becomes a task of the unit, which knows where it came from. */
export async function commit(
  act: Act,
  input: Seen & { readonly commitments: readonly Commitment[] },
): Promise<Done & { readonly tasks: readonly string[] }> {
  const row = await load(act, input);
  const commitments = input.commitments
    .map((one) => ({ ...one, text: one.text.trim() }))
    .filter((one) => one.text !== '');
  const state = await decide(act, row, 'commit', { commitments });
  const origin = {
    kind: 'matter' as const,
    matter: {
      kind: 'pressure',
      id: row.id,
      word: pressureWords[row.kind],
      number: row.number,
      title: row.matter,
      page: `/pressures/${row.id}`,
    },
  };
  const tasks = await createTasks(
    act,
    commitments.map((one) => ({
      title: one.text.length > 60 ? `${one.text.slice(0, 59)}…` : one.text,
      text: `${pressureWords[row.kind]}（${row.documentNumber ?? row.number}）「${row.matter}」的整改承诺：${one.text}`,
      origin,
      planId: null,
      stageId: null,
      sector: null,
      leadUnitId: row.unitId,
      responsibleUnitIds: [],
      territorialUnitIds: [],
      deadlines: [{ kind: 'date' as const, text: `${dayInWords(one.dueOn)}前`, on: one.dueOn }],
      quotas: [],
      targets: [],
    })),
  );
  const rows = commitments.map((one, at) => ({
    place: at + 1,
    text: one.text,
    due_on: one.dueOn,
    task_id: tasks[at]?.id,
    task_number: tasks[at]?.number,
  }));
  await sql`
    insert into pressure_commitment (jurisdiction, pressure_id, place, text, due_on, task_id, task_number)
    select ${row.jurisdiction}, ${row.id}, x.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x (place int, text text, due_on date, task_id uuid, task_number text)`.execute(act.db);
  const saved = await save(act, row, { state });
  const numbers = tasks.map((one) => one.number);
  const done = await tell(
    act,
    row,
    saved,
    'pressure.committed',
    `${who(act)}确认${row.unitName}的整改承诺${commitments.length}条，下达任务${numbers.join('、')}`,
    { tasks: numbers },
  );
  return { ...done, tasks: tasks.map((one) => one.id) };
}

/** 解除: what was demanded is done; the unit is told in writing where it was addressed in writing. */
export async function lift(act: Act, input: Seen & { readonly opinion: string }): Promise<Done> {
  const row = await load(act, input);
  const opinion = input.opinion.trim();
  const state = await decide(act, row, 'lift', { opinion });
  const written = row.kind !== 'exposure' && row.kind !== 'accountability' && row.kind !== 'transfer';
  const issued = written
    ? await issueDocument(
        act,
        await letterheadOf(act.db, act.actor.jurisdiction),
        { kind: 'pressure', id: row.id, title: row.matter },
        pressureForms.lifting,
        liftingSays(row, opinion),
      )
    : null;
  const saved = await save(act, row, { state, endedOn: act.day });
  await liftBelow(act, row);
  return tell(
    act,
    row,
    saved,
    'pressure.lifted',
    `${who(act)}解除${called(row)}${issued ? `，印发解除通知（${issued.number}）` : ''}${quiet(row, `：${opinion}`)}`,
    { document: issued?.number ?? null, sha256: issued?.sha256 ?? null },
  );
}

/**
 * What a higher rung settles is settled: the measures below it in the same ladder end with it, unless something that was
 * promised for them is still to be done.
 */
async function liftBelow(act: Act, row: PressureRow): Promise<void> {
  for (let { earlierId } = row; earlierId !== null; ) {
    const below = await lockPressure(act.db, { scope: act.scope, actor: act.actor }, earlierId);
    if (servedStates.includes(below.state) && (await openCommitments(act, below)) === 0) {
      const saved = await save(act, below, { state: 'lifted', endedOn: act.day });
      await tell(act, below, saved, 'pressure.lifted', `${called(below)}随${called(row)}一并解除`);
    }
    earlierId = below.earlierId;
  }
}

/** 撤销 with the reason, after it was served: what was done stays in sight. */
export async function withdraw(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const row = await load(act, input);
  const reason = input.reason.trim();
  const state = await decide(act, row, 'withdraw', { reason });
  const saved = await save(act, row, { state, endedOn: act.day });
  return tell(act, row, saved, 'pressure.withdrawn', `${who(act)}撤销${called(row)}${quiet(row, `：${reason}`)}`);
}
