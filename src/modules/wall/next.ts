import type { TaskState } from '../tasks/lifecycle.ts';

/** Who moves next on a task in this state: the fourth question that the wall answers. */
export function nextStep(state: TaskState, unitName: string): string {
  switch (state) {
    case 'toReceive':
      return `${unitName}签收`;
    case 'underway':
      return `${unitName}办理并提交办结`;
    case 'submitted':
      return '安委办核查';
    case 'disputed':
      return '安委办裁定责任单位';
    case 'suspended':
      return '安委办恢复办理';
    case 'closed':
    case 'withdrawn':
      return '无';
  }
}
