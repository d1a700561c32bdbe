// Runs in a process of its own.
import { day } from '../../../../kernel/day.ts';
import { readAsChild } from '../../../../platform/documents/reading-child.ts';
import { readFeedback } from '../../feedback-read.ts';

await readAsChild('逐条识别问题', (source, [today = '']) => {
  const feedback = readFeedback(source, day(today));
  return { result: { feedback }, found: `识别出${feedback.lines.length}条问题` };
});
