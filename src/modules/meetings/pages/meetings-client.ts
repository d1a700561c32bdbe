import type { ResponseOf } from '../../../kernel/contract.ts';
import { client } from '../../../platform/web/client.ts';
import type { StatusTone } from '../../../platform/web/parts/StatusTag.tsx';
import { meetingsApi } from '../api.ts';
import { dutiesApi } from '../api-duties.ts';
import { periodsApi } from '../api-periods.ts';
import { requestsApi } from '../api-requests.ts';
import type { DutyListState } from '../duty-lifecycle.ts';
import type { FigureState } from '../figure-lifecycle.ts';
import type { LetterState } from '../letter-lifecycle.ts';
import type { MeetingState } from '../lifecycle.ts';
import type { PeriodState } from '../period-lifecycle.ts';
import type { RequestState } from '../request-lifecycle.ts';

export const api = client(meetingsApi);
export const duties = client(dutiesApi);
export const requestsOf = client(requestsApi);
export const periodsOf = client(periodsApi);

export type MeetingLine = ResponseOf<typeof meetingsApi.listMeetings>['rows'][number];
export type MeetingView = ResponseOf<typeof meetingsApi.viewMeeting>;
export type ObligationRow = ResponseOf<typeof meetingsApi.listObligations>['rows'][number];
export type LetterView = ResponseOf<typeof dutiesApi.viewLetter>;
export type DutyListView = ResponseOf<typeof dutiesApi.viewDutyList>;
export type FigureLine = ResponseOf<typeof dutiesApi.accidentBoard>['figures'][number];
export type LetterLine = ResponseOf<typeof dutiesApi.listLetters>['rows'][number];
export type DutyListLine = ResponseOf<typeof dutiesApi.listDutyLists>['rows'][number];
export type RequestLine = ResponseOf<typeof requestsApi.listRequests>['rows'][number];
export type PeriodLine = ResponseOf<typeof periodsApi.listPeriods>['rows'][number];
export type RequestView = ResponseOf<typeof requestsApi.viewRequest>;
export type PeriodView = ResponseOf<typeof periodsApi.viewPeriod>;

export const meetingTone: Readonly<Record<MeetingState, StatusTone>> = {
  planned: 'waiting',
  noticed: 'active',
  held: 'waiting',
  minuted: 'waiting',
  minutesIssued: 'done',
  meetingCancelled: 'stopped',
};
export const letterTone: Readonly<Record<LetterState, StatusTone>> = {
  letterDrafted: 'waiting',
  toSign: 'alarm',
  signed: 'done',
  letterEnded: 'stopped',
  letterWithdrawn: 'stopped',
};
export const listTone: Readonly<Record<DutyListState, StatusTone>> = {
  listDrafted: 'waiting',
  listInForce: 'active',
  listArchived: 'done',
};
export const requestTone: Readonly<Record<RequestState, StatusTone>> = {
  asked: 'waiting',
  sentBackRequest: 'alarm',
  instructed: 'active',
  carriedOut: 'done',
  requestWithdrawn: 'stopped',
};
export const figureTone: Readonly<Record<FigureState, StatusTone>> = {
  figureEntered: 'waiting',
  figureSentBack: 'alarm',
  figureConfirmed: 'done',
};
export const periodTone: Readonly<Record<PeriodState, StatusTone>> = {
  periodPlanned: 'waiting',
  rosterIssued: 'active',
  periodEnded: 'done',
};
