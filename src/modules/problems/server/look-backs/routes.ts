import { serve } from '../../../../platform/http/serve.ts';
import { checkingAccounts } from '../../../access/server/door.ts';
import { lookBacksApi } from '../../api-look-backs.ts';
import { assignChecks, checkRoles } from './assign.ts';
import { drawLookBack } from './draw.ts';
import { finishLookBack, redrawLookBack } from './finish.ts';
import { fixSeed } from './fix-seed.ts';
import { freezeLookBack } from './freeze.ts';
import { frozenList, publishedDraw, publishedTable } from './publish.ts';
import { lookBackQuality } from './quality.ts';
import { recordCheck } from './record-check.ts';
import { listChecks, listLookBacks, poolCounts, viewCheck, viewLookBack } from './view.ts';

export const lookBackRoutes = serve(lookBacksApi, {
  listLookBacks: (reading) => listLookBacks(reading, reading.query),
  lookBackPool: (reading) => poolCounts(reading, reading.query),
  freezeLookBack: (act) => freezeLookBack(act, act.body),
  viewLookBack: (reading) => viewLookBack(reading, reading.params.id),
  frozenList: (reading) => frozenList(reading, reading.params.id),
  publishedDraw: (reading) => publishedDraw(reading, reading.params.id),
  publishedTable: (reading) => publishedTable(reading, reading.params.id),
  fixLookBackSeed: (act) => fixSeed(act, { ...act.params, ...act.body }),
  drawLookBack: (act) => drawLookBack(act, { ...act.params, ...act.body }),
  redrawLookBack: (act) => redrawLookBack(act, { ...act.params, ...act.body }),
  finishLookBack: (act) => finishLookBack(act, { ...act.params, ...act.body }),
  assignChecks: (act) => assignChecks(act, { ...act.params, ...act.body }),
  lookBackCheckers: async (reading) => ({
    rows: await checkingAccounts(reading.db, reading.actor.jurisdiction, checkRoles, { q: reading.query.q }),
  }),
  listChecks: (reading) => listChecks(reading, reading.query),
  viewCheck: (reading) => viewCheck(reading, reading.params.id),
  recordCheck: (act) => recordCheck(act, { ...act.params, ...act.body }),
  lookBackQuality: (reading) => lookBackQuality(reading, reading.query),
});
