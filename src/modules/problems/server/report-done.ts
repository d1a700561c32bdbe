import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { insertProgress } from './create-problems.ts';
import { type EvidenceInput, prove } from './rounds.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';
import { isGridStaff } from './turns.ts';

/** 报告整改完成: with proof of this round; from now on somebody else has the word. */
export async function reportDone(
  act: Act,
  input: Seen & { readonly text: string; readonly evidence?: readonly EvidenceInput[] },
): Promise<Done> {
  const loaded = await load(act, input);
  const { problem } = loaded;
  const content = input.text.trim();
  const given = input.evidence ?? [];
  // who and what first, as far as the form tells; then what its files really prove
  decide(act, loaded, 'reportDone', { content, files: given.length, after: given.length });
  const proof = await prove(act, problem, given);
  const state = decide(act, loaded, 'reportDone', { content, files: proof.fresh, after: proof.after });
  await insertProgress(act, problem, { text: content, fileIds: proof.kept.map((file) => file.fileId) });
  const saved = await save(act, loaded, {
    state,
    evidence: problem.evidence + 1 + proof.fresh,
    afterFiles: problem.afterFiles + proof.after,
    doneOn: act.day,
    doneBy: act.actor.accountId,
    doneByName: act.actor.name,
    doneByPerson: act.actor.personId,
    doneByKey: act.actor.only !== undefined,
    doneAtGrid: isGridStaff(act),
  });
  return tell(act, problem, saved, 'problem.done', `${who(act)}报告整改完成：${content.slice(0, 120)}`, {
    files: proof.kept,
    round: { cycle: problem.cycle, sentBack: problem.sentBack },
  });
}
