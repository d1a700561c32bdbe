import { LinkedProblems } from './LinkedProblems.tsx';

/** Lent to the enterprise's page: its problems, open ones first. */
export function EnterpriseProblems({ enterpriseId }: { enterpriseId: string }) {
  return <LinkedProblems by="enterprise" id={enterpriseId} always />;
}

/** Lent to the task's page: problems found while it was carried out. */
export function TaskProblems({ taskId }: { taskId: string }) {
  return <LinkedProblems by="task" id={taskId} />;
}

/** Lent to the plan's page: problems found in its course. */
export function PlanProblems({ planId }: { planId: string }) {
  return <LinkedProblems by="plan" id={planId} />;
}
