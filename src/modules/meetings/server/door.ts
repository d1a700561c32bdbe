export type { AccidentCount, AccidentTarget } from '../accident.ts';
export type { Met } from '../obligation.ts';
export { accidentsIn, accidentTargets } from './accidents.ts';
export { obligationsMet } from './obligations.ts';
export { onDuty } from './periods.ts';
export { meetingsItems } from './records.ts';
export { type SignedTarget, targetsOf } from './responsibility-letters.ts';
