import { type Day, parseDay } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { type ServedRoute, serve } from '../../../platform/http/serve.ts';
import { problemsApi } from '../api.ts';
import { ask } from './ask.ts';
import { batchRoutes } from './batches/routes.ts';
import { choices } from './choices.ts';
import { close } from './close.ts';
import { correct } from './correct.ts';
import { criteriaRoutes } from './criteria-routes.ts';
import { decideRequest } from './decide-request.ts';
import { dispute } from './dispute.ts';
import { exportRoutes } from './export.ts';
import { fieldRoutes } from './field-start.ts';
import { figureRoutes } from './figures/routes.ts';
import { homeRoutes } from './home.ts';
import { judgeGrade } from './judge-grade.ts';
import { listRoutes } from './list.ts';
import { lookBackRoutes } from './look-backs/routes.ts';
import { measureRoutes } from './measures/routes.ts';
import { reassign } from './reassign.ts';
import { receive } from './receive.ts';
import { recheck } from './recheck.ts';
import { type RegisterInput, register, registerTogether } from './register.ts';
import { reopenProblem } from './reopen.ts';
import { report } from './report.ts';
import { reportDone } from './report-done.ts';
import { resume } from './resume.ts';
import { setFive } from './set-five.ts';
import { setPerson } from './set-person.ts';
import { settle } from './settle.ts';
import { view } from './view.ts';
import { viewRoutes } from './views/routes.ts';

function soundDay(text: string): Day {
  const found = parseDay(text);
  if (found === null) throw notValid(`没有“${text}”这一天，请重新选择。`, [{ where: 'body.dueOn', says: '日期有误' }]);
  return found;
}

const { listProblems: _list, exportProblems: _xlsx, exportProblemsCsv: _csv, ...core } = problemsApi;

const coreRoutes = serve(core, {
  problemChoices: (reading) => choices(reading),
  viewProblem: (reading) => view(reading, reading.params.id),
  registerProblem: (act) => register(act, act.body),
  receiveProblem: (act) => receive(act, { ...act.params, ...act.body }),
  disputeProblem: (act) => dispute(act, { ...act.params, ...act.body }),
  settleProblem: (act) => settle(act, { ...act.params, ...act.body }),
  reassignProblem: (act) => reassign(act, { ...act.params, ...act.body }),
  correctProblem: (act) => correct(act, { ...act.params, ...act.body }),
  judgeProblem: (act) => judgeGrade(act, { ...act.params, ...act.body }),
  setProblemPerson: (act) => setPerson(act, { ...act.params, ...act.body }),
  setProblemFive: (act) => setFive(act, { ...act.params, ...act.body }),
  reportProblem: (act) => report(act, { ...act.params, ...act.body }),
  askOfProblem: (act) => ask(act, { ...act.params, ...act.body }),
  decideProblemRequest: (act) => decideRequest(act, { ...act.params, ...act.body }),
  resumeProblem: (act) => resume(act, { ...act.params, ...act.body }),
  reportProblemDone: (act) => reportDone(act, { ...act.params, ...act.body }),
  recheckProblem: (act) => recheck(act, { ...act.params, ...act.body }),
  closeProblem: (act) => close(act, { ...act.params, ...act.body }),
  reopenProblem: (act) => reopenProblem(act, { ...act.params, ...act.body, dueOn: soundDay(act.body.dueOn) }),
});

/** Registrations that arrive together are saved together: see `platform/http/gather.ts`. */
const registerMany = (acts: readonly (Act & { readonly body: RegisterInput })[]) =>
  registerTogether(acts.map((act) => ({ act, body: act.body })));

/** Every route of the room with its handler; each part of the room serves its own contract. */
export const problemsRoutes: readonly ServedRoute[] = [
  ...coreRoutes.map((one) => (one.name === 'registerProblem' ? { ...one, together: registerMany } : one)),
  ...listRoutes,
  ...exportRoutes,
  ...batchRoutes,
  ...viewRoutes,
  ...criteriaRoutes,
  ...homeRoutes,
  ...fieldRoutes,
  ...figureRoutes,
  ...lookBackRoutes,
  ...measureRoutes,
];
