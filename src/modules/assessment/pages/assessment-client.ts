import type { BodyOf, ResponseOf } from '../../../kernel/contract.ts';
import { filesApi } from '../../../platform/files/api.ts';
import { client } from '../../../platform/web/client.ts';
import type { StatusTone } from '../../../platform/web/parts/StatusTag.tsx';
import { listAddress } from '../../../platform/web/use-list-query.ts';
import { assessmentApi } from '../api.ts';
import { awardsApi } from '../api-awards.ts';
import { reviewsApi } from '../api-reviews.ts';
import type { AppealState } from '../appeal-lifecycle.ts';
import type { NomineeState } from '../award.ts';
import type { AwardState } from '../award-lifecycle.ts';
import type { SchemeState } from '../lifecycle.ts';
import type { ReviewState } from '../review-lifecycle.ts';
import type { VetoState } from '../veto-lifecycle.ts';

export const api = client(assessmentApi);
export const files = client(filesApi);
export const awards = client(awardsApi);
export const reviews = client(reviewsApi);

export type Scheme = ResponseOf<typeof assessmentApi.listSchemes>['rows'][number];
export type SchemeView = ResponseOf<typeof assessmentApi.viewScheme>;
export type ScoreTable = ResponseOf<typeof assessmentApi.schemeTable>;
export type UnitSheet = ResponseOf<typeof assessmentApi.unitSheet>;
export type SheetLine = UnitSheet['lines'][number];
export type Appeal = ResponseOf<typeof assessmentApi.listAppeals>['rows'][number];
export type VetoLine = ResponseOf<typeof assessmentApi.listVetoes>['rows'][number];
export type AwardView = ResponseOf<typeof awardsApi.viewAward>;
export type NomineeLine = AwardView['nominees'][number];
export type ReviewView = ResponseOf<typeof reviewsApi.viewReview>;
export type DutyListChoice = ResponseOf<typeof reviewsApi.listReviews>['dutyLists'][number];
/** A scheme as the editor holds it. */
export type Draft = BodyOf<typeof assessmentApi.draftScheme>['body'];
export type DraftIndicator = Draft['indicators'][number];

export const schemeTone: Readonly<Record<SchemeState, StatusTone>> = {
  draft: 'waiting',
  published: 'active',
  selfFiling: 'active',
  scoring: 'active',
  vetoChecking: 'waiting',
  shown: 'waiting',
  graded: 'waiting',
  announced: 'done',
  dropped: 'stopped',
};
export const vetoTone: Readonly<Record<VetoState, StatusTone>> = {
  entered: 'waiting',
  confirmed: 'alarm',
  dismissed: 'stopped',
  retracted: 'stopped',
  lifted: 'stopped',
};
export const appealTone: Readonly<Record<AppealState, StatusTone>> = {
  filed: 'waiting',
  upheld: 'done',
  rejected: 'stopped',
  retracted: 'stopped',
};

export const awardTone: Readonly<Record<AwardState, StatusTone>> = {
  nominating: 'active',
  reviewing: 'waiting',
  awardShown: 'waiting',
  decided: 'done',
  awardDropped: 'stopped',
};
export const nomineeTone: Readonly<Record<NomineeState, StatusTone>> = {
  proposed: 'waiting',
  passed: 'done',
  refused: 'stopped',
  excluded: 'stopped',
  withdrawn: 'stopped',
};
export const reviewTone: Readonly<Record<ReviewState, StatusTone>> = {
  reviewDrafted: 'waiting',
  reviewRunning: 'active',
  reviewCollected: 'waiting',
  reviewConfirmed: 'done',
  reviewDropped: 'stopped',
};

/** The list behind a number; null where there is none. */
export const openOf = (part: SheetLine['parts'][number]): string | null =>
  part.to === null ? null : listAddress(part.to, part.query);

/** 85.5 → 85.50, as scores are printed. */
export const points = (value: number): string => value.toFixed(2);
export const pageOf = (schemeId: string): string => `/assessment/${schemeId}`;
export const sheetPage = (schemeId: string, unitId: string): string => `/assessment/${schemeId}/units/${unitId}`;
