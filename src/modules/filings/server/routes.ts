import { serve } from '../../../platform/http/serve.ts';
import { filingsApi } from '../api.ts';
import { amend, demand, exempt, file, returnReport } from './act.ts';
import { list, toDo } from './list.ts';
import { beginRhythm } from './open.ts';
import { endRhythm, listRhythms } from './rhythms.ts';
import { listStories } from './stories.ts';
import { view } from './view.ts';

/** Every route of the room with its handler. */
export const filingsRoutes = serve(filingsApi, {
  listReports: (reading) => list(reading, reading.query),
  reportsToDo: (reading) => toDo(reading),
  listStories: (reading) => listStories(reading, reading.query),
  viewReport: (reading) => view(reading, reading.params.id),
  fileReport: (act) => file(act, { ...act.params, ...act.body }),
  amendReport: (act) => amend(act, { ...act.params, ...act.body }),
  returnReport: (act) => returnReport(act, { ...act.params, ...act.body }),
  exemptReport: (act) => exempt(act, { ...act.params, ...act.body }),
  demandReport: (act) => demand(act, { ...act.params, ...act.body }),
  listRhythms: (reading) => listRhythms(reading),
  makeRhythm: (act) => beginRhythm(act, act.body),
  endRhythm: (act) => endRhythm(act, act.params.id, act.body.on),
});
