import type { BodyOf } from '../../../kernel/contract.ts';
import { Refusal } from '../../../kernel/refusal.ts';
import { ownJurisdiction } from '../../../kernel/scope.ts';
import type { Act } from '../../../platform/act.ts';
import type { tasksApi } from '../api.ts';
import { coReceive } from './co-receive.ts';
import { decideExtension } from './decide-extension.ts';
import { fixDeadline } from './fix-deadline.ts';
import { pass } from './pass.ts';
import { reassign } from './reassign.ts';
import { receive } from './receive.ts';
import { resume } from './resume.ts';
import { setPerson } from './set-person.ts';
import type { Done, Seen } from './step.ts';
import { lockTasks } from './store.ts';
import { suspend } from './suspend.ts';
import { withdraw } from './withdraw.ts';

type Body = BodyOf<typeof tasksApi.batchTasks>;

function one(act: Act, body: Body, seen: Seen): Promise<Done> {
  const reason = body.reason ?? '';
  switch (body.action) {
    case 'receive':
      return receive(act, seen);
    case 'coReceive':
      return coReceive(act, seen);
    case 'setPerson':
      return setPerson(act, { ...seen, personName: body.personName ?? '', personId: body.personId ?? null });
    case 'approveExtension':
      return decideExtension(act, { ...seen, approve: true, opinion: reason });
    case 'pass':
      return pass(act, { ...seen, opinion: reason });
    case 'suspend':
      return suspend(act, { ...seen, reason });
    case 'resume':
      return resume(act, seen);
    case 'withdraw':
      return withdraw(act, { ...seen, reason });
    case 'fixDeadline':
      return fixDeadline(act, { ...seen, on: body.on ?? '', reason });
    case 'reassign':
      return reassign(act, { ...seen, unitId: body.unitId ?? '', reason });
  }
}

/**
 * The same act on many tasks: what may be done is done, and for the rest the reason is given, row by row. A refusal
 * comes before anything is written for its row, so the other rows stand.
 */
export async function batch(act: Act, body: Body) {
  if (body.action === 'fixDeadline' && !body.on) throw new Refusal('not-valid', '请选择新的完成时限。');
  if (body.action === 'reassign' && !body.unitId) throw new Refusal('not-valid', '请选择改派给哪个单位。');
  const ids = [...new Set(body.tasks.map((task) => task.id))];
  // Locked together and in order, so that two batches over the same tasks cannot wait for each other in a circle.
  const known = await lockTasks(act.db, ownJurisdiction(act.scope, act.actor), ids);
  const rows: { id: string; number: string; title: string; done: boolean; says: string }[] = [];
  for (const seen of body.tasks.filter((task, at) => body.tasks.findIndex((x) => x.id === task.id) === at)) {
    const task = known.get(seen.id);
    const row = { id: seen.id, number: task?.number ?? '', title: task?.title ?? '' };
    try {
      await one(act, body, seen);
      rows.push({ ...row, done: true, says: '' });
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      rows.push({ ...row, done: false, says: refused.says });
    }
  }
  const done = rows.filter((row) => row.done).length;
  return { rows, done, refused: rows.length - done };
}
