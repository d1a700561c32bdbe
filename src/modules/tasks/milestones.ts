import type { Day } from '../../kernel/day.ts';
import type { Milestone } from './task.ts';

/** Days and percentages grow from point to point and lie between start and due; an empty list takes the plan back. */
export const inOrder = (milestones: readonly Milestone[], startedOn: Day, dueOn: Day | null): boolean =>
  milestones.every((one, at) => {
    const former = milestones[at - 1];
    if (one.on < startedOn || (dueOn !== null && one.on > dueOn) || one.name.trim() === '') return false;
    return former === undefined || (one.on > former.on && one.percent > former.percent);
  });
