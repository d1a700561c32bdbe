export { supervisionItems } from './records.ts';
export { makeRule } from './rules.ts';
