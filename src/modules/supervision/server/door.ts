export { decideProposal } from './decide-proposal.ts';
export { decidePlan, filePlan } from './file-plan.ts';
export { issue } from './issue.ts';
export { type ListedOfDay, listingsOfDay } from './listings-of-day.ts';
export { propose } from './propose.ts';
export { supervisionItems } from './records.ts';
export { makeRule } from './rules.ts';
