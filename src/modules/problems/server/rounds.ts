import { sql } from 'kysely';
import type { Act } from '../../../platform/act.ts';
import type { Evidence, Problem } from '../problem.ts';
import { type KeptFile, keepEvidence } from './photos.ts';

/** What a report proves about this round: files that came with it for the first time, and those that show the state after. */
export interface Proof {
  readonly kept: readonly KeptFile[];
  readonly fresh: number;
  readonly after: number;
}

/** What a form brings, as its shape has it. */
export type EvidenceInput = Partial<Omit<Evidence, 'fileId' | 'role'>> & Pick<Evidence, 'fileId' | 'role'>;

export const evidenceOf = (given: readonly EvidenceInput[] | undefined): Evidence[] =>
  (given ?? []).map((one) => ({
    fileId: one.fileId.toLowerCase(),
    role: one.role,
    takenAt: one.takenAt ?? null,
    takenFrom: one.takenFrom ?? null,
    longitude: one.longitude ?? null,
    latitude: one.latitude ?? null,
  }));

/**
 * Keeps the files of a report and says what they prove. The same file, or the same picture under another name, proves
 * nothing twice: photos of an earlier round, and the one from before, are no proof of this rectification.
 */
export async function prove(act: Act, problem: Problem, given: readonly EvidenceInput[] | undefined): Promise<Proof> {
  const evidence = evidenceOf(given);
  if (evidence.length === 0) return { kept: [], fresh: 0, after: 0 };
  const earlier = await sql<{ id: string; sha256: string }>`
    select f.id, f.sha256 from problem_evidence e join file f on f.jurisdiction = e.jurisdiction and f.id = e.file_id
    where e.jurisdiction = ${act.actor.jurisdiction} and e.problem_id = ${problem.id}`.execute(act.db);
  const ids = new Set(earlier.rows.map((row) => row.id));
  const pictures = new Set(earlier.rows.map((row) => row.sha256));
  const kept = await keepEvidence(act, problem.id, problem.cycle, evidence);
  const fresh = kept.filter(({ fileId, sha256 }, index) => {
    const repeated = kept.findIndex((other) => other.sha256 === sha256) < index;
    return !ids.has(fileId) && !pictures.has(sha256) && !repeated;
  });
  return { kept, fresh: fresh.length, after: fresh.filter(({ role }) => role !== 'before').length };
}
