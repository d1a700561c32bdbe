import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, ownFiles, save, tell } from './step.ts';
import { insertProgress } from './store-write.ts';

export interface ReportInput {
  readonly id: string;
  readonly text: string;
  readonly figures?: readonly { readonly name: string; readonly value: number; readonly unit: string }[];
  readonly percent?: number | null;
  readonly targetActuals?: readonly (number | null)[];
  readonly fileIds?: readonly string[];
}

/** 填报进展: adds to what was there, so it takes no version. Only the lead unit's percentage is the task's. */
export async function report(act: Act, input: ReportInput): Promise<Done> {
  const task = await load(act, { id: input.id });
  const fileIds = await ownFiles(act, task.id, input.fileIds);
  decide(act, task, 'report', { content: input.text.trim() || (fileIds.length > 0 ? '附材料' : '') });
  const leads = act.actor.unitId === task.leadUnitId;
  const percent = leads ? (input.percent ?? null) : null;
  await insertProgress(act, task.id, { text: input.text.trim(), figures: input.figures ?? [], percent, fileIds });
  const targets = leads
    ? task.targets.map((target, at) => ({ ...target, actual: input.targetActuals?.[at] ?? target.actual ?? null }))
    : task.targets;
  const saved = await save(act, task, {
    percent: percent ?? task.percent,
    evidence: task.evidence + (leads ? 1 : 0),
    targets,
  });
  const reached = percent === null ? '' : `，进度${percent}%`;
  const files = fileIds.length === 0 ? '' : `，附材料${fileIds.length}份`;
  return tell(act, task, saved, 'task.reported', `${who(act)}填报进展${reached}${files}：${short(input.text)}`, {
    percent,
    fileIds,
  });
}

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text || '见附件');
