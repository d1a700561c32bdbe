import { type Day, parseDay } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import { serve } from '../../../platform/http/serve.ts';
import { jurisdictionName } from '../../units/server/door.ts';
import { assessmentApi } from '../api.ts';
import { awardsApi } from '../api-awards.ts';
import { reviewsApi } from '../api-reviews.ts';
import type { SchemeBody } from '../scheme.ts';
import { announceScheme } from './announce-result.ts';
import { appealLines, decideAppeal, retractAppeal } from './appeals.ts';
import { listAwards, viewAward } from './award-view.ts';
import {
  closeNominating,
  decideAward,
  dropAward,
  excludeNominee,
  makeAward,
  nominate,
  objectToAward,
  reviewNominee,
  showNominees,
  withdrawNominee,
} from './awards.ts';
import {
  amendScheme,
  draftScheme,
  dropScheme,
  editScheme,
  issueVersion,
  publishScheme,
  withdrawVersion,
} from './draft.ts';
import { exportScheme, exportTable, readSchemeFile, schemeForm } from './import.ts';
import { listReviews, viewReview } from './review-view.ts';
import {
  collectReview,
  confirmReview,
  dropReview,
  editReview,
  fileStatement,
  issueReview,
  makeReview,
  scoreStatement,
  sendBackReview,
} from './reviews.ts';
import { collect, finishScoring, grade, openSelf, show } from './run.ts';
import { fileAppeal, fileSelf, rectifyLine, scoreLine, scoreLines } from './sheet-acts.ts';
import { toDo } from './to-do.ts';
import { checkAward, decideVeto, enterVeto, liftVeto, listVetoes, retractVeto } from './vetoes.ts';
import { askedDay, listSchemes, mySheets, schemeTable, scoreboardOf, unitSheet, viewScheme } from './view.ts';
import { whatIf } from './what-if.ts';

/** A day of a form; the shape was checked, the calendar was not. */
function dayOf(text: string, where: string): Day {
  const day = parseDay(text);
  if (day === null) throw notValid('日期不是有效的日期，请重新选择。', [{ where, says: '不是有效的日期' }]);
  return day;
}
const plain = <T>(value: T) => JSON.parse(JSON.stringify(value));

/** Every route of the room with its handler. */
export const assessmentRoutes = serve(assessmentApi, {
  listSchemes: (reading) => listSchemes(reading),
  viewScheme: (reading) => viewScheme(reading, reading.params.id),
  schemeTable: (reading) => schemeTable(reading, reading.params.id, reading.query.asOf),
  unitSheet: (reading) => unitSheet(reading, reading.params.id, reading.params.unitId, reading.query.asOf),
  mySheets: (reading) => mySheets(reading, reading.query.asOf),
  assessmentToDo: (reading) => toDo(reading),
  draftScheme: (act) => draftScheme(act, act.body.body as SchemeBody),
  editScheme: (act) => editScheme(act, { ...act.params, version: act.body.version, body: act.body.body as SchemeBody }),
  publishScheme: (act) => publishScheme(act, { ...act.params, ...act.body }),
  amendScheme: (act) => amendScheme(act, { ...act.params, ...act.body, body: act.body.body as SchemeBody }),
  issueSchemeVersion: (act) =>
    issueVersion(act, { ...act.params, version: act.body.version, fromOn: dayOf(act.body.fromOn, 'body.fromOn') }),
  withdrawSchemeVersion: (act) => withdrawVersion(act, { ...act.params, ...act.body }),
  dropScheme: (act) => dropScheme(act, { ...act.params, ...act.body }),
  openSelf: (act) =>
    openSelf(act, { ...act.params, version: act.body.version, until: dayOf(act.body.until, 'body.until') }),
  collectScores: (act) => collect(act, { ...act.params, ...act.body, day: dayOf(act.body.day, 'body.day') }),
  finishScoring: (act) => finishScoring(act, { ...act.params, ...act.body }),
  showScores: (act) => show(act, { ...act.params, ...act.body }),
  gradeScheme: (act) => grade(act, { ...act.params, ...act.body }),
  announceScheme: (act) => announceScheme(act, { ...act.params, ...act.body }),
  whatIf: (act) => whatIf(act, act.body.body as SchemeBody, askedDay(act, act.body.asOf)),
  readSchemeFile: async (act) => plain(await readSchemeFile(act, act.upload)),
  exportScheme: (reading) => exportScheme(reading, reading.params.id),
  schemeForm: () => schemeForm(),
  exportTable: (reading) => exportTable(reading, reading.params.id, reading.query.asOf),
  fileSelf: (act) => fileSelf(act, { ...act.params, ...act.body }),
  scoreLine: (act) => scoreLine(act, { ...act.params, ...act.body }),
  verifySheet: (act) => scoreLines(act, { ...act.params, ...act.body }),
  rectifyLine: (act) => rectifyLine(act, { ...act.params, ...act.body, dueOn: dayOf(act.body.dueOn, 'body.dueOn') }),
  fileAppeal: (act) => fileAppeal(act, { ...act.params, ...act.body }),
  listAppeals: async (reading) => ({ rows: await appealLines(reading) }),
  decideAppeal: (act) => decideAppeal(act, { ...act.params, ...act.body }),
  retractAppeal: (act) => retractAppeal(act, { ...act.params, ...act.body }),
  listVetoes: (reading) => listVetoes(reading, reading.query),
  enterVeto: (act) => enterVeto(act, { ...act.body, happenedOn: dayOf(act.body.happenedOn, 'body.happenedOn') }),
  decideVeto: (act) => decideVeto(act, { ...act.params, ...act.body }),
  retractVeto: (act) => retractVeto(act, { ...act.params, ...act.body }),
  liftVeto: (act) => liftVeto(act, { ...act.params, ...act.body }),
  checkAward: (reading) =>
    checkAward(reading, {
      unit: reading.query.unit,
      from: dayOf(reading.query.from, 'query.from'),
      to: dayOf(reading.query.to, 'query.to'),
    }),
  scoreboard: async (reading) => ({
    day: askedDay(reading, reading.query.asOf) ?? reading.day,
    computedAt: reading.now.toISOString(),
    jurisdictionName: await jurisdictionName(reading.db, reading.actor.jurisdiction),
    boards: await scoreboardOf(reading, reading.query.asOf),
  }),
});

/** Routes of 评优表彰、平安创建. */
export const awardRoutes = serve(awardsApi, {
  listAwards: (reading) => listAwards(reading),
  viewAward: (reading) => viewAward(reading, reading.params.id),
  makeAward: (act) =>
    makeAward(act, {
      ...act.body,
      from: dayOf(act.body.from, 'body.from'),
      to: dayOf(act.body.to, 'body.to'),
      nominateUntil: dayOf(act.body.nominateUntil, 'body.nominateUntil'),
    }),
  nominate: (act) => nominate(act, { ...act.params, ...act.body }),
  withdrawNominee: (act) => withdrawNominee(act, { ...act.params, ...act.body }),
  closeNominating: (act) => closeNominating(act, { ...act.params, ...act.body }),
  reviewNominee: (act) => reviewNominee(act, { ...act.params, ...act.body }),
  showNominees: (act) => showNominees(act, { ...act.params, ...act.body }),
  objectToAward: (act) => objectToAward(act, { ...act.params, ...act.body }),
  excludeNominee: (act) => excludeNominee(act, { ...act.params, ...act.body }),
  decideAward: (act) => decideAward(act, { ...act.params, ...act.body }),
  dropAward: (act) => dropAward(act, { ...act.params, ...act.body }),
});

/** Routes of 领导干部个人考核. */
export const reviewRoutes = serve(reviewsApi, {
  listReviews: (reading) => listReviews(reading, reading.query),
  viewReview: (reading) => viewReview(reading, reading.params.id),
  makeReview: (act) => makeReview(act, act.body),
  editReview: (act) => editReview(act, { ...act.params, ...act.body }),
  issueReview: (act) => issueReview(act, { ...act.params, ...act.body }),
  fileStatement: (act) => fileStatement(act, { ...act.params, ...act.body }),
  scoreStatement: (act) => scoreStatement(act, { ...act.params, ...act.body }),
  collectReview: (act) => collectReview(act, { ...act.params, ...act.body }),
  sendBackReview: (act) => sendBackReview(act, { ...act.params, ...act.body }),
  confirmReview: (act) => confirmReview(act, { ...act.params, ...act.body }),
  dropReview: (act) => dropReview(act, { ...act.params, ...act.body }),
});
