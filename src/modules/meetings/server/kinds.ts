import type { AccidentFigure } from '../accident.ts';
import type { DutyList } from '../duty.ts';
import type { DutyListState } from '../duty-lifecycle.ts';
import type { FigureState } from '../figure-lifecycle.ts';
import type { LetterState } from '../letter-lifecycle.ts';
import type { MeetingState } from '../lifecycle.ts';
import type { Meeting } from '../meeting.ts';
import type { SpecialPeriod } from '../period.ts';
import type { PeriodState } from '../period-lifecycle.ts';
import type { Request } from '../request.ts';
import type { RequestState } from '../request-lifecycle.ts';
import type { ResponsibilityLetter } from '../responsibility.ts';
import { casesOf, type Kept } from './cases.ts';

export type KeptMeeting = Kept<MeetingState, Meeting>;
export type KeptLetter = Kept<LetterState, ResponsibilityLetter>;
export type KeptDutyList = Kept<DutyListState, DutyList>;
export type KeptRequest = Kept<RequestState, Request>;
export type KeptFigure = Kept<FigureState, AccidentFigure>;
export type KeptPeriod = Kept<PeriodState, SpecialPeriod>;

/** The cases that this room keeps. */
export const meetings = casesOf<MeetingState, Meeting>({
  kind: 'meeting',
  table: 'meeting',
  noun: '会议',
  series: '会',
  read: 'meeting.read',
});
export const responsibilityLetters = casesOf<LetterState, ResponsibilityLetter>({
  kind: 'responsibilityLetter',
  table: 'responsibility_letter',
  noun: '责任书',
  series: '责',
  read: 'duty.read',
});
export const dutyLists = casesOf<DutyListState, DutyList>({
  kind: 'dutyList',
  table: 'duty_list',
  noun: '清单',
  series: '履',
  read: 'duty.read',
});
export const requests = casesOf<RequestState, Request>({
  kind: 'instructionRequest',
  table: 'instruction_request',
  noun: '请示',
  series: '示',
  read: 'request.read',
});
export const accidentFigures = casesOf<FigureState, AccidentFigure>({
  kind: 'accidentFigure',
  table: 'accident_figure',
  noun: '事故数字',
  series: '故',
  read: 'accident.read',
});
export const specialPeriods = casesOf<PeriodState, SpecialPeriod>({
  kind: 'specialPeriod',
  table: 'special_period',
  noun: '重点时段',
  series: '时',
  read: 'roster.read',
});
