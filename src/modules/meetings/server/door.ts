export type { AccidentCount } from '../accident.ts';
export type { Met } from '../obligation.ts';
export { accidentEntries } from './accidents.ts';
export { type DayLine, meetingsOfDay } from './day.ts';
export { type DutyProgress, dutyListsIn, dutyProgressOf, makeDutyList } from './duty-lists.ts';
export { endObligation, makeObligation, obligationsIn, obligationsMet } from './obligations.ts';
export { makePeriod, specialPeriodsIn } from './periods.ts';
export { meetingsItems } from './records.ts';
export { type SignedTarget, targetsOf } from './targets.ts';
