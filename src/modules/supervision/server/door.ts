export { decideProposal } from './decide-proposal.ts';
export { decidePlan, filePlan } from './file-plan.ts';
export { issue } from './issue.ts';
export { toDo as listingsToDo } from './list.ts';
export { type ListedOfDay, listingsOfDay } from './listings-of-day.ts';
export { missingOfDay } from './missing.ts';
export type { AccidentEntry, GroundSources } from './pressures/findings.ts';
export { measuresOf, type ServedMeasure, toDo as pressuresToDo } from './pressures/list.ts';
export {
  endRule as endPressureRule,
  makeRule as makePressureRule,
  rulesOf as pressureRules,
} from './pressures/rules.ts';
export { suggestAll, suggestPressure } from './pressures/suggest.ts';
export { propose } from './propose.ts';
export { supervisionItems } from './records.ts';
export { endRule, makeRule } from './rules.ts';
export { listingRules } from './store.ts';
