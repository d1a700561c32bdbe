import type { ResponseOf } from '../../../kernel/contract.ts';
import type { Reading } from '../../../platform/act.ts';
import { problemOfScope } from '../../problems/server/door.ts';
import type { supervisionApi } from '../api.ts';
import { isOpen } from '../lifecycle.ts';
import { proposalRefusal } from '../situation.ts';
import { inSight, lineOf } from './lines.ts';
import { demandOn } from './missing.ts';
import { factsOf } from './step.ts';
import { listingsOfProblems, settingOf } from './store.ts';

/** What a problem's page shows: its listings, whether it must be listed, whether the reader may propose it. */
export async function listingsOfProblem(
  reading: Reading,
  id: string,
): Promise<ResponseOf<typeof supervisionApi.listingsOfProblem>> {
  const { jurisdiction, problem } = await problemOfScope(reading.db, reading.scope, id);
  const rows = await listingsOfProblems(reading.db, [jurisdiction], [problem.id]);
  const seen = await inSight(reading, rows);
  const facts = await factsOf(reading.db, jurisdiction, problem);
  const must = await demandOn(reading, problem.id);
  const { levels } = await settingOf(reading.db, jurisdiction);
  const refusal =
    jurisdiction === reading.actor.jurisdiction
      ? proposalRefusal(facts, reading.actor, rows.find((one) => isOpen(one.state)) ?? null)
      : '这是下级政府的问题，只能查看。';
  // 某某商场：消防通道堵塞 reads as one name in the title of a document
  const title = problem.title
    .trim()
    .replace(/[。；，]$/, '')
    .replace(/[：:]\s*/, '');
  const matter = `${problem.subject && !title.includes(problem.subject) ? problem.subject : ''}${title}`;
  const measures = (problem.measures ?? '')
    .split(/\r?\n|；/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return {
    listings: seen.map((one) => lineOf(one, reading.day)),
    demandedBy: (must?.demanded.rules ?? []).map(({ name, basis }) => ({ name, basis })),
    age: must?.demanded.age ?? 0,
    late: must?.demanded.late ?? 0,
    missing: must !== null && !must.candidate.listed,
    refusedBecause: refusal,
    levels: [...levels],
    usual: { matter: matter.slice(0, 80), requirements: measures },
  };
}
