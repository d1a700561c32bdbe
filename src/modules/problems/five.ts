import { type Five, fiveParts, fiveWords, type Problem } from './problem.ts';

/** Parts of 五落实 that are not settled yet: each needs a text, a day and at least one file. In the words of the form. */
export const fiveMissing = (five: Five): string[] =>
  fiveParts.flatMap((part) => {
    const settled = five[part];
    const whole = settled && settled.text.trim() !== '' && settled.on !== null && settled.fileIds.length > 0;
    return whole ? [] : [fiveWords[part]];
  });

/** Only a major hazard must have them before its rectification may be reported done. */
export const fiveComplete = (problem: Pick<Problem, 'grade' | 'five'>): boolean =>
  problem.grade !== 'major' || fiveMissing(problem.five).length === 0;
