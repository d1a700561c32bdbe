// Runs in a process of its own.
import { readAsChild } from '../../../platform/documents/reading-child.ts';
import { extractPlan } from '../extract.ts';

await readAsChild('分解任务', (source) => {
  const extraction = extractPlan(source);
  return { result: { extraction }, found: `分解出${extraction.tasks.length}条任务` };
});
