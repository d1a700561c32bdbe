import { type Day, parseDay } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import { serve } from '../../../platform/http/serve.ts';
import { awardsApi } from '../api-awards.ts';
import { reviewsApi } from '../api-reviews.ts';
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

function dayOf(text: string, where: string): Day {
  const day = parseDay(text);
  if (day === null) throw notValid('日期不是有效的日期，请重新选择。', [{ where, says: '不是有效的日期' }]);
  return day;
}

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
