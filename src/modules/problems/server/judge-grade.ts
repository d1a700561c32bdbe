import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Grade, gradeWords, type Judgement } from '../problem.ts';
import { clausesTicked } from './criteria.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/**
 * The judgement as it is kept: by whom, on which day, by which version of the criteria and which of its clauses. Throws a
 * not-valid refusal where the criteria did not hold on that day or have no such clause.
 */
export async function judgementOf(
  act: Act,
  given: {
    readonly grade: Grade;
    readonly criteriaId: string | null;
    readonly clauses: readonly string[];
    readonly reason: string;
  },
): Promise<Judgement> {
  const ticked = await clausesTicked(act, given.criteriaId, given.clauses);
  return {
    grade: given.grade,
    criteriaId: ticked?.set.id ?? null,
    criteriaName: ticked?.set.name ?? null,
    criteriaVersion: ticked?.set.version ?? null,
    clauses: ticked?.clauses ?? [],
    reason: given.reason,
    byId: act.actor.accountId,
    byName: act.actor.name,
    on: act.day,
  };
}

/** 判定等级: the officer ticks clauses of the criteria that hold today; every judgement stays in the record. */
export async function judgeGrade(
  act: Act,
  input: Seen & {
    readonly grade: Grade;
    readonly criteriaId?: string | null;
    readonly clauses?: readonly string[];
    readonly reason: string;
  },
): Promise<Done> {
  const loaded = await load(act, input);
  const { problem } = loaded;
  const reason = input.reason.trim();
  const clauses = [...new Set(input.clauses ?? [])];
  const state = decide(act, loaded, 'judge', { grade: input.grade, clauses: clauses.length, reason });
  const judgement = await judgementOf(act, { ...input, criteriaId: input.criteriaId ?? null, clauses, reason });
  const saved = await save(act, loaded, { state, grade: input.grade, judgement });
  const by =
    judgement.criteriaName === null
      ? ''
      : `，依据「${judgement.criteriaName}」${judgement.criteriaVersion}第${judgement.clauses.map((one) => one.code).join('、')}条`;
  return tell(
    act,
    problem,
    saved,
    'problem.judged',
    `${who(act)}判定为${gradeWords[input.grade]}${by}${reason === '' ? '' : `：${reason}`}`,
    { judgement, former: { grade: problem.grade, judgement: problem.judgement } },
  );
}
