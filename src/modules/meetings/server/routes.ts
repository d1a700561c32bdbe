import { parseDay } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import { serve } from '../../../platform/http/serve.ts';
import { meetingsApi } from '../api.ts';
import { dutiesApi } from '../api-duties.ts';
import { periodsApi } from '../api-periods.ts';
import { requestsApi } from '../api-requests.ts';
import { quotaWords } from '../obligation.ts';
import {
  accidentBoard,
  confirmFigure,
  correctFigure,
  enterFigure,
  sendBackFigure,
  setAccidentTarget,
} from './accidents.ts';
import { proposeAgenda, setAgenda } from './agenda.ts';
import {
  archiveDutyList,
  confirmDutyList,
  editDutyList,
  listDutyLists,
  makeDutyList,
  recordDuty,
  viewDutyList,
} from './duty-lists.ts';
import { hold } from './hold.ts';
import { draftMinutes, issueMinutes, returnMinutes } from './minutes.ts';
import { sendNotice } from './notice.ts';
import { endObligation, makeObligation, obligationsIn, obligationsMet } from './obligations.ts';
import {
  endPeriod,
  handOver,
  issueRoster,
  listPeriods,
  makePeriod,
  onDuty,
  orderChecks,
  setShifts,
  viewPeriod,
} from './periods.ts';
import { arrangeMeeting, cancelMeeting, planMeeting } from './plan-meeting.ts';
import {
  askRequest,
  listRequests,
  recordInstruction,
  reportOutcome,
  returnRequest,
  supplementRequest,
  viewRequest,
  withdrawRequest,
} from './requests.ts';
import {
  editLetter,
  endLetter,
  listLetters,
  makeLetter,
  printLetter,
  recordResult,
  signLetter,
  viewLetter,
  withdrawLetter,
} from './responsibility-letters.ts';
import { toDo } from './to-do.ts';
import { listMeetings, viewMeeting } from './views.ts';

/** A day that was asked for; a refusal where there is none such. */
function asked(text: string | undefined, otherwise: string, where: string) {
  const day = parseDay(text ?? otherwise);
  if (day === null) throw notValid(`没有“${text ?? ''}”这一天，请重新选择。`, [{ where, says: '不是有效的日期' }]);
  return day;
}

const meetingRoutes = serve(meetingsApi, {
  listMeetings: (reading) => listMeetings(reading, reading.query),
  meetingsToDo: (reading) => toDo(reading),
  obligationsMet: async (reading) => {
    const day = asked(reading.query.asOf, reading.day, 'query.asOf');
    const rows = await obligationsMet(reading.db, reading.scope, day);
    return { day, rows: rows.map((one) => ({ ...one, meetingIds: [...one.meetingIds] })) };
  },
  listObligations: async (reading) => ({
    rows: (await obligationsIn(reading.db, reading.scope)).map((one) => ({
      ...one,
      attendeeUnitIds: [...one.attendeeUnitIds],
      words: quotaWords(one),
    })),
  }),
  makeObligation: (act) => makeObligation(act, act.body),
  endObligation: (act) => endObligation(act, act.params.id, act.body.on),
  viewMeeting: (reading) => viewMeeting(reading, reading.params.id),
  proposeAgenda: async (reading) => proposeAgenda(reading, reading.params.id),
  planMeeting: (act) => planMeeting(act, act.body),
  arrangeMeeting: (act) => arrangeMeeting(act, { ...act.params, ...act.body }),
  setMeetingAgenda: (act) => setAgenda(act, { ...act.params, ...act.body }),
  sendMeetingNotice: (act) => sendNotice(act, { ...act.params, ...act.body }),
  holdMeeting: (act) => hold(act, { ...act.params, ...act.body }),
  draftMinutes: (act) => draftMinutes(act, { ...act.params, ...act.body }),
  returnMinutes: (act) => returnMinutes(act, { ...act.params, ...act.body }),
  issueMinutes: (act) => issueMinutes(act, { ...act.params, ...act.body }),
  cancelMeeting: (act) => cancelMeeting(act, { ...act.params, ...act.body }),
});

const dutyRoutes = serve(dutiesApi, {
  listLetters: (reading) => listLetters(reading, reading.query),
  viewLetter: (reading) => viewLetter(reading, reading.params.id),
  makeLetter: (act) => makeLetter(act, act.body),
  editLetter: (act) => editLetter(act, { ...act.params, ...act.body }),
  printLetter: (act) => printLetter(act, { ...act.params, ...act.body }),
  signLetter: (act) => signLetter(act, { ...act.params, ...act.body }),
  recordTargetResult: (act) => recordResult(act, { ...act.params, ...act.body }),
  endLetter: (act) => endLetter(act, { ...act.params, ...act.body }),
  withdrawLetter: (act) => withdrawLetter(act, { ...act.params, ...act.body }),
  listDutyLists: (reading) => listDutyLists(reading, reading.query),
  viewDutyList: (reading) => viewDutyList(reading, reading.params.id),
  makeDutyList: (act) => makeDutyList(act, act.body),
  editDutyList: (act) => editDutyList(act, { ...act.params, ...act.body }),
  confirmDutyList: (act) => confirmDutyList(act, { ...act.params, ...act.body }),
  recordDuty: (act) => recordDuty(act, { ...act.params, ...act.body }),
  archiveDutyList: (act) => archiveDutyList(act, { ...act.params, ...act.body }),
  accidentBoard: (reading) => accidentBoard(reading, reading.query),
  setAccidentTarget: (act) => setAccidentTarget(act, act.body),
  enterFigure: (act) => enterFigure(act, act.body),
  correctFigure: (act) => correctFigure(act, { ...act.params, ...act.body }),
  confirmFigure: (act) => confirmFigure(act, { ...act.params, ...act.body }),
  sendBackFigure: (act) => sendBackFigure(act, { ...act.params, ...act.body }),
});

const requestRoutes = serve(requestsApi, {
  listRequests: (reading) => listRequests(reading, reading.query),
  viewRequest: (reading) => viewRequest(reading, reading.params.id),
  askRequest: (act) => askRequest(act, act.body),
  supplementRequest: (act) => supplementRequest(act, { ...act.params, ...act.body }),
  returnRequest: (act) => returnRequest(act, { ...act.params, ...act.body }),
  recordInstruction: (act) => recordInstruction(act, { ...act.params, ...act.body }),
  reportOutcome: (act) => reportOutcome(act, { ...act.params, ...act.body }),
  withdrawRequest: (act) => withdrawRequest(act, { ...act.params, ...act.body }),
});

const periodRoutes = serve(periodsApi, {
  listPeriods: (reading) => listPeriods(reading),
  viewPeriod: (reading) => viewPeriod(reading, reading.params.id),
  makePeriod: (act) => makePeriod(act, act.body),
  setShifts: (act) => setShifts(act, { ...act.params, ...act.body }),
  issueRoster: (act) => issueRoster(act, { ...act.params, ...act.body }),
  handOver: (act) => handOver(act, { ...act.params, ...act.body }),
  orderChecks: (act) => orderChecks(act, { ...act.params, ...act.body }),
  endPeriod: (act) => endPeriod(act, { ...act.params, ...act.body }),
  onDuty: async (reading) => {
    const day = asked(reading.query.day, reading.day, 'query.day');
    return { day, periods: await onDuty(reading.db, reading.scope, day) };
  },
});

/** Every route of the room with its handler. */
export const meetingsRoutes = [...meetingRoutes, ...dutyRoutes, ...requestRoutes, ...periodRoutes];
