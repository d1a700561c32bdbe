import { serve } from '../../../platform/http/serve.ts';
import { tasksApi } from '../api.ts';
import { askExtension } from './ask-extension.ts';
import { batch } from './batch.ts';
import { coReceive } from './co-receive.ts';
import { decideExtension } from './decide-extension.ts';
import { dispute } from './dispute.ts';
import { exportTasks } from './export.ts';
import { fixDeadline } from './fix-deadline.ts';
import { home } from './home.ts';
import { list } from './list.ts';
import { pass } from './pass.ts';
import { reassign } from './reassign.ts';
import { receive } from './receive.ts';
import { recordOccurrence } from './record-occurrence.ts';
import { report } from './report.ts';
import { resume } from './resume.ts';
import { choices } from './sectors.ts';
import { sendBack } from './send-back.ts';
import { setMilestones } from './set-milestones.ts';
import { setPerson } from './set-person.ts';
import { settle } from './settle.ts';
import { split } from './split.ts';
import { submit } from './submit.ts';
import { suspend } from './suspend.ts';
import { view } from './view.ts';
import { withdraw } from './withdraw.ts';

/** Every route of the room with its handler. */
export const tasksRoutes = serve(tasksApi, {
  listTasks: (reading) => list(reading, reading.query),
  exportTasks: (reading) => exportTasks(reading, reading.query),
  sectorsOfTasks: (reading) => choices(reading),
  home: (reading) => home(reading),
  viewTask: (reading) => view(reading, reading.params.id),
  receiveTask: (act) => receive(act, { ...act.params, ...act.body }),
  coReceiveTask: (act) => coReceive(act, act.params),
  setTaskPerson: (act) => setPerson(act, { ...act.params, ...act.body }),
  setTaskMilestones: (act) => setMilestones(act, { ...act.params, ...act.body }),
  reportTask: (act) => report(act, { ...act.params, ...act.body }),
  recordTaskOccurrence: (act) => recordOccurrence(act, { ...act.params, ...act.body }),
  askTaskExtension: (act) => askExtension(act, { ...act.params, ...act.body }),
  decideTaskExtension: (act) => decideExtension(act, { ...act.params, ...act.body }),
  fixTaskDeadline: (act) => fixDeadline(act, { ...act.params, ...act.body }),
  splitTask: (act) => split(act, { ...act.params, ...act.body }),
  disputeTask: (act) => dispute(act, { ...act.params, ...act.body }),
  settleTask: (act) => settle(act, { ...act.params, ...act.body }),
  reassignTask: (act) => reassign(act, { ...act.params, ...act.body }),
  submitTask: (act) => submit(act, { ...act.params, ...act.body }),
  passTask: (act) => pass(act, { ...act.params, ...act.body }),
  sendBackTask: (act) => sendBack(act, { ...act.params, ...act.body }),
  suspendTask: (act) => suspend(act, { ...act.params, ...act.body }),
  resumeTask: (act) => resume(act, { ...act.params, ...act.body }),
  withdrawTask: (act) => withdraw(act, { ...act.params, ...act.body }),
  batchTasks: (act) => batch(act, act.body),
});
