import type { ItemKind } from '../../../platform/act.ts';
import { rowRecord } from './cases.ts';
import { accidentFigures, dutyLists, meetings, requests, responsibilityLetters, specialPeriods } from './kinds.ts';

/** The kinds of items that this room keeps, for the platform. */
export const meetingsItems: Readonly<Record<string, ItemKind>> = {
  [meetings.kind]: meetings.item(),
  [responsibilityLetters.kind]: responsibilityLetters.item(),
  [dutyLists.kind]: dutyLists.item(),
  [requests.kind]: requests.item(),
  [accidentFigures.kind]: accidentFigures.item(),
  [specialPeriods.kind]: specialPeriods.item(),
  meetingObligation: {
    record: rowRecord('meeting_obligation'),
    table: 'meeting_obligation',
    called: { word: '会议要求', column: 'name' },
  },
  accidentTarget: {
    record: rowRecord('accident_target'),
    table: 'accident_target',
    called: { word: '事故压降目标', column: 'unit_name' },
  },
};
