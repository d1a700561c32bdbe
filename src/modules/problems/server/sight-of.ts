import type { Problem } from '../problem.ts';

/** Units in whose scope the problem lies: lead, co-units, the supervising unit and the unit that found it. */
export const sightOf = (
  problem: Pick<Problem, 'leadUnitId' | 'coUnitIds' | 'supervisingUnitId' | 'finderUnitId'>,
): string[] => [
  ...new Set([
    problem.leadUnitId,
    ...problem.coUnitIds,
    ...(problem.supervisingUnitId === null ? [] : [problem.supervisingUnitId]),
    ...(problem.finderUnitId === null ? [] : [problem.finderUnitId]),
  ]),
];
