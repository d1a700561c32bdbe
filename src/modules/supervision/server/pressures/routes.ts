import type { Day } from '../../../../kernel/day.ts';
import { parseDay } from '../../../../kernel/day.ts';
import { notValid } from '../../../../kernel/refusal.ts';
import { serve as served } from '../../../../platform/http/serve.ts';
import { checkingAccounts } from '../../../access/server/door.ts';
import { pressuresApi } from '../../api-pressures.ts';
import type { Commitment } from '../../pressure.ts';
import { attend, note, receive, reply, returnReply, urge } from './answer.ts';
import { commit, lift, withdraw } from './commit.ts';
import { decideProposal, dismiss, retract, takeUp } from './decide.ts';
import { figures, list, ofItem, ofUnit, toDo } from './list.ts';
import { propose } from './propose.ts';
import { endRule, listRules, loadRules, makeRule } from './rules.ts';
import { serve } from './serve.ts';
import { view } from './view.ts';

/** A day of a form; the shape was checked, the calendar was not. */
function dayOf(text: string, where: string): Day {
  const day = parseDay(text);
  if (day === null) throw notValid('日期不是有效的日期，请重新选择。', [{ where, says: '不是有效的日期' }]);
  return day;
}
const dayOrNull = (text: string | null | undefined, where: string): Day | null =>
  text === null || text === undefined || text === '' ? null : dayOf(text, where);
const promises = (
  list: readonly { readonly text: string; readonly dueOn: string }[] | undefined,
  where: string,
): Commitment[] =>
  (list ?? []).map((one, at) => ({ text: one.text, dueOn: dayOf(one.dueOn, `${where}[${at}].dueOn`) }));

/** Every route about measures with its handler. */
export const pressureRoutes = served(pressuresApi, {
  listPressures: (reading) => list(reading, reading.query),
  pressureFigures: (reading) => figures(reading),
  pressuresToDo: (reading) => toDo(reading),
  pressuresOf: (reading) => ofItem(reading, reading.params.kind, reading.params.id),
  pressuresOfUnit: (reading) => ofUnit(reading, reading.params.id),
  viewPressure: (reading) => view(reading, reading.params.id),
  pressureKeepers: async (reading) => ({
    rows: (await checkingAccounts(reading.db, reading.actor.jurisdiction, ['officer'], {})).map(
      ({ accountId, name }) => ({ accountId, name }),
    ),
  }),
  proposePressure: (act) => propose(act, act.body),
  takeUpPressure: (act) => takeUp(act, { ...act.params, ...act.body }),
  dismissPressure: (act) => dismiss(act, { ...act.params, ...act.body }),
  decidePressure: (act) => {
    const { approver } = act.body;
    return decideProposal(act, {
      ...act.params,
      ...act.body,
      approver: approver ? { ...approver, on: dayOf(approver.on, 'body.approver.on') } : null,
    });
  },
  retractPressure: (act) => retract(act, { ...act.params, ...act.body }),
  servePressure: (act) =>
    serve(act, {
      ...act.params,
      ...act.body,
      replyDueOn: dayOrNull(act.body.replyDueOn, 'body.replyDueOn'),
      meetOn: dayOrNull(act.body.meetOn, 'body.meetOn'),
      publishedOn: dayOrNull(act.body.publishedOn, 'body.publishedOn'),
    }),
  receivePressure: (act) => receive(act, { ...act.params, ...act.body }),
  replyPressure: (act) =>
    reply(act, { ...act.params, ...act.body, promised: promises(act.body.promised, 'body.promised') }),
  returnReply: (act) =>
    returnReply(act, { ...act.params, ...act.body, replyDueOn: dayOf(act.body.replyDueOn, 'body.replyDueOn') }),
  attendPressure: (act) =>
    attend(act, {
      ...act.params,
      ...act.body,
      heldOn: dayOf(act.body.heldOn, 'body.heldOn'),
      promised: promises(act.body.promised, 'body.promised'),
    }),
  commitPressure: (act) =>
    commit(act, { ...act.params, ...act.body, commitments: promises(act.body.commitments, 'body.commitments') }),
  notePressure: (act) => note(act, { ...act.params, ...act.body }),
  urgePressure: (act) => urge(act, { ...act.params, ...act.body }),
  liftPressure: (act) => lift(act, { ...act.params, ...act.body }),
  withdrawPressure: (act) => withdraw(act, { ...act.params, ...act.body }),
  listPressureRules: (reading) => listRules(reading),
  makePressureRule: (act) => makeRule(act, act.body),
  loadPressureRules: (act) => loadRules(act),
  endPressureRule: (act) => endRule(act, act.params.id, act.body.on),
});
