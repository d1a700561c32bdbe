import type { Day } from '../../../kernel/day.ts';
import { parseDay } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import { serve } from '../../../platform/http/serve.ts';
import { supervisionApi } from '../api.ts';
import { accept } from './accept.ts';
import { pastDay } from './as-of.ts';
import { decideProposal } from './decide-proposal.ts';
import { delist, revoke } from './delist.ts';
import { dutyChain } from './duty-chain.ts';
import { escalate } from './escalate.ts';
import { decidePlan, filePlan } from './file-plan.ts';
import { issue } from './issue.ts';
import { figures, list, toDo } from './list.ts';
import { missing } from './missing.ts';
import { listingsOfProblem } from './of-problem.ts';
import { pressureRoutes } from './pressures/routes.ts';
import { propose } from './propose.ts';
import { apply, report } from './report.ts';
import { retract } from './retract.ts';
import { endRule, makeRule } from './rules.ts';
import { listingRules } from './store.ts';
import { view } from './view.ts';

/** A day of a form; the shape was checked, the calendar was not. */
function dayOf(text: string, where: string): Day {
  const day = parseDay(text);
  if (day === null) throw notValid('日期不是有效的日期，请重新选择。', [{ where, says: '不是有效的日期' }]);
  return day;
}
const dayOrNull = (text: string | null | undefined, where: string): Day | null =>
  text === null || text === undefined ? null : dayOf(text, where);

const listingRoutes = serve(supervisionApi, {
  listListings: (reading) => list(reading, reading.query),
  listingFigures: (reading) => figures(reading, reading.query),
  missingListings: (reading) => missing(reading, pastDay(reading, reading.query.asOf)),
  proposalsToDecide: (reading) => toDo(reading),
  listingsOfProblem: (reading) => listingsOfProblem(reading, reading.params.id),
  dutyChain: (reading) => dutyChain(reading, reading.params.id),
  viewListing: (reading) => view(reading, reading.params.id),
  proposeListing: (act) => propose(act, act.body),
  decideListing: (act) => {
    const { approver } = act.body;
    return decideProposal(act, {
      ...act.params,
      ...act.body,
      approver: approver ? { ...approver, on: dayOf(approver.on, 'body.approver.on') } : null,
    });
  },
  retractListing: (act) => retract(act, { ...act.params, ...act.body }),
  issueListing: (act) => issue(act, { ...act.params, ...act.body }),
  fileListingPlan: (act) => filePlan(act, { ...act.params, ...act.body }),
  decideListingPlan: (act) => decidePlan(act, { ...act.params, ...act.body }),
  reportListing: (act) => report(act, { ...act.params, ...act.body }),
  applyAcceptance: (act) => apply(act, { ...act.params, ...act.body }),
  acceptListing: (act) =>
    accept(act, {
      ...act.params,
      ...act.body,
      heldOn: dayOf(act.body.heldOn, 'body.heldOn'),
      retryOn: dayOrNull(act.body.retryOn, 'body.retryOn'),
    }),
  escalateListing: (act) =>
    escalate(act, { ...act.params, ...act.body, replyOn: dayOrNull(act.body.replyOn, 'body.replyOn') }),
  delistListing: (act) => delist(act, { ...act.params, ...act.body }),
  revokeListing: (act) => revoke(act, { ...act.params, ...act.body }),
  listRules: async (reading) => ({
    rows: (await listingRules(reading.db, [reading.actor.jurisdiction])).map((rule) => ({
      ...rule,
      sectors: [...rule.sectors],
      kinds: [...rule.kinds],
      tags: [...rule.tags],
      clauses: [...rule.clauses],
    })),
  }),
  makeRule: (act) => makeRule(act, act.body),
  endRule: (act) => endRule(act, act.params.id, act.body.on),
});

/** Every route of the room with its handler. */
export const supervisionRoutes = [...listingRoutes, ...pressureRoutes];
