import type { TaskDraft } from './extraction.ts';

const note =
  /(?:排|列|列于|排名|排序|排在|列在|名列)?(?:在)?(?:第一位|第一|首位|首个|第一个|最前|前列)的?(?:责任)?(?:单位|部门|科室|站所|机构)?(?:即|均|都)?(?:为|是|系)(?:该项|本项|主要|总)?(?:任务|工作)?(?:的)?(?:牵头|主办|主责)/g;

/**
 * "列第一位的为牵头单位（下同）": in a document that says so, the first unit of a list that names no lead is its lead. With
 * 下同 the sentence holds from the task in which it stands; elsewhere (a preface, the head of a column, a note below a table)
 * for all tasks.
 */
export function leadByOrder(text: string, tasks: readonly TaskDraft[]): readonly TaskDraft[] {
  if (!/牵头|主办|主责/.test(text)) return tasks;
  const said = [...text.matchAll(note)][0];
  if (!said) return tasks;
  const at = said.index;
  const from = /^[^。）)\n]{0,12}?[下后]同/.test(text.slice(at + said[0].length)) ? at : 0;
  return tasks.map((task) => {
    const [first, ...rest] = task.responsible;
    if (task.lead.length > 0 || !first || Math.max(task.source.end, first.source.end) < from) return task;
    return { ...task, lead: [first], responsible: rest };
  });
}
