import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { insertProgress } from './create-problems.ts';
import { type EvidenceInput, prove } from './rounds.ts';
import { type Done, decide, load, save, tell } from './step.ts';

/** 填报进展: an addition that conflicts with nothing, so it asks for no version. */
export async function report(
  act: Act,
  input: { readonly id: string; readonly text: string; readonly evidence?: readonly EvidenceInput[] },
): Promise<Done> {
  const loaded = await load(act, { id: input.id });
  const { problem } = loaded;
  const text = input.text.trim();
  const state = decide(act, loaded, 'report', { content: text });
  const proof = await prove(act, problem, input.evidence);
  await insertProgress(act, problem, { text, fileIds: proof.kept.map((file) => file.fileId) });
  const saved = await save(act, loaded, {
    state,
    evidence: problem.evidence + 1 + proof.fresh,
    afterFiles: problem.afterFiles + proof.after,
  });
  return tell(act, problem, saved, 'problem.progressed', `${who(act)}填报整改进展：${text.slice(0, 120)}`, {
    files: proof.kept,
  });
}
