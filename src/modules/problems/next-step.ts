import { fiveMissing } from './five.ts';
import { type Problem, requestWords } from './problem.ts';

/** Who is next, in one sentence; the page shows it beside the lamp. `leadName`: the unit that must rectify. */
export function nextStep(problem: Problem, leadName: string): string {
  if (problem.request) {
    const { kind } = problem.request;
    return `${requestWords[kind]}申请等${kind === 'extension' ? '安委办或督办单位' : '安委办'}审批`;
  }
  const major = problem.grade === 'major';
  switch (problem.state) {
    case 'toReceive':
      return `等${leadName}签收`;
    case 'underway': {
      const missing = major ? fiveMissing(problem.five) : [];
      if (missing.length > 0) return `由${leadName}落实${missing.join('、')}，五落实齐了才能报告整改完成`;
      return problem.sentBack > 0
        ? `已退回${problem.sentBack}次，由${leadName}继续整改，重新上传材料后报告完成`
        : `由${leadName}整改，上传整改后的照片或文件后报告完成`;
    }
    case 'toRecheck':
      if (major || problem.doneByKey) return `等${leadName}以外的单位复查`;
      return problem.onSpot ? '立查立改被抽中，等他人复查' : `等${problem.doneByName ?? '整改人'}以外的同志复查`;
    case 'toClose':
      return problem.listedOn !== null && problem.delistedOn === null
        ? '等挂牌督办验收、摘牌，再由安委办销号'
        : '等安委办销号';
    case 'disputed':
      return '等安委办裁定';
    case 'planned':
      return `由${leadName}按治理计划整改，期间落实管控措施`;
    default:
      return problem.state === 'closed' ? '已经销号，可能在回头看时被抽中' : '已经了结';
  }
}
