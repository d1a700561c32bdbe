import { sql } from 'kysely';
import { hasRole } from '../../../kernel/actor.ts';
import type { ResponseOf } from '../../../kernel/contract.ts';
import type { Reading } from '../../../platform/act.ts';
import type { awardsApi } from '../api-awards.ts';
import { type Award, judgeAward, type Nominee, passedOf } from '../award.ts';
import { type AwardAction, type AwardState, awardLifecycle } from '../award-lifecycle.ts';
import { awards, checkInWords, type KeptAward, vetoesIn } from './awards.ts';
import { factsShown, filesOfItem } from './cases.ts';

const nextSteps: Readonly<Record<AwardState, string>> = {
  nominating: '各单位推荐申报，截止后转入审查',
  reviewing: '逐个审查并核查一票否决，全部审查完后公示',
  awardShown: '公示期内处理异议，期满由另一位同志作出决定',
  decided: '已经决定，名单记入名册',
  awardDropped: '已经终止',
};
const seesAll = ({ actor }: Reading): boolean => hasRole(actor, 'officer', 'leader', 'inspector');
const aboutNominee: readonly AwardAction[] = ['withdrawNominee', 'reviewNominee', 'exclude'];

/** Candidates that the reader may see: the office and leaders all; others their own, and those that are shown. */
const seen = (reading: Reading, { state, body }: Pick<KeptAward, 'state' | 'body'>): readonly Nominee[] => {
  if (seesAll(reading)) return body.nominees;
  const own: readonly string[] = reading.actor.units;
  const open = state === 'awardShown' || state === 'decided';
  return body.nominees.filter(
    (one) => own.includes(one.unitId) || one.byUnitId === reading.actor.unitId || (open && one.state === 'passed'),
  );
};

const lineOf = (one: KeptAward) => ({
  id: one.id,
  number: one.number,
  state: one.state,
  kind: one.body.kind,
  title: one.body.title,
  year: one.year,
  nominateUntil: one.body.nominateUntil,
  showUntil: one.body.showUntil,
  decidedOn: one.body.decidedOn,
  nominees: one.body.nominees.filter((nominee) => nominee.state !== 'withdrawn').length,
  passed: passedOf(one.body).length,
  quota: one.body.quota,
  nextStep: nextSteps[one.state],
  version: one.version,
});

export async function listAwards(reading: Reading): Promise<ResponseOf<typeof awardsApi.listAwards>> {
  const all = await awards.where(reading.db, reading.actor.jurisdiction, sql`true`);
  return {
    rows: all.map(lineOf),
    register: all
      .filter((one) => one.state === 'decided')
      .flatMap((one) =>
        passedOf(one.body).map((nominee) => ({
          awardId: one.id,
          awardTitle: one.body.title,
          kind: one.body.kind,
          key: nominee.key,
          name: nominee.name,
          post: nominee.post,
          unitName: nominee.unitName,
          decidedOn: one.body.decidedOn ?? '',
        })),
      ),
  };
}

/** What the year's assessments say about units: graded sheets only. */
async function gradesOf(reading: Reading, { year, body }: Pick<KeptAward, 'year' | 'body'>) {
  const units = [...new Set(body.nominees.map((one) => one.unitId))];
  if (units.length === 0) return new Map<string, string>();
  const found = await sql<{ unit: string; says: string }>`
    select s.unit_id as unit, t.title || '：' || s.grade_name || coalesce('，' || s.coupling, '') as says
    from score_sheet s join assessment_scheme t on t.jurisdiction = s.jurisdiction and t.id = s.scheme_id
    where s.jurisdiction = ${reading.actor.jurisdiction} and t.year = ${year} and t.announced_on is not null
      and s.unit_id = any(${units}::uuid[]) order by t.number`.execute(reading.db);
  const grades = new Map<string, string>();
  for (const row of found.rows)
    grades.set(row.unit, grades.has(row.unit) ? `${grades.get(row.unit)}；${row.says}` : row.says);
  return grades;
}

export async function viewAward(reading: Reading, id: string): Promise<ResponseOf<typeof awardsApi.viewAward>> {
  const { db, actor, day } = reading;
  const one = await awards.byId(db, actor.jurisdiction, id);
  const vetoes = await vetoesIn(db, actor.jurisdiction, one.body, day);
  const vetoed = new Set(vetoes.keys());
  const grades = await gradesOf(reading, one);
  const shown = seen(reading, one);
  const files = await filesOfItem(db, actor.jurisdiction, awards.kind, id);
  const ownFiles = new Set(shown.flatMap((nominee) => nominee.fileIds));
  const offer = (action: AwardAction, nominee: Nominee | null = null) => {
    const verdict = judgeAward(one, actor, action, day, vetoed, nominee, null);
    return {
      action,
      label: awardLifecycle.actions[action],
      may: verdict.may,
      says: verdict.may ? '' : verdict.refusal.says,
    };
  };
  const { basis, criteria, from, to, showDays, decidedByName, endedWhy }: Award = one.body;
  const mayCheck = seesAll(reading);
  return {
    ...lineOf(one),
    basis,
    criteria,
    from,
    to,
    showDays,
    decidedByName,
    endedWhy,
    nominees: shown.map(({ byUnitId: _, ...nominee }) => ({
      ...nominee,
      fileIds: [...nominee.fileIds],
      /** As of now; what the review found stands in `checked`. */
      vetoed: vetoed.has(nominee.unitId) && (mayCheck || (actor.units as readonly string[]).includes(nominee.unitId)),
      check: mayCheck ? checkInWords(one.body, vetoes.get(nominee.unitId) ?? []) : null,
      grades: mayCheck ? (grades.get(nominee.unitId) ?? null) : null,
      offers: aboutNominee.map((action) => offer(action, { ...nominee, byUnitId: _ })),
    })),
    objections: mayCheck
      ? one.body.objections.map((objection) => ({
          ...objection,
          about: one.body.nominees.find((nominee) => nominee.key === objection.key)?.name ?? '名单',
        }))
      : [],
    offers: (Object.keys(awardLifecycle.actions) as AwardAction[])
      .filter((action) => !aboutNominee.includes(action))
      .map((action) => offer(action)),
    files: mayCheck ? files : files.filter((file) => ownFiles.has(file.id)),
    facts: mayCheck ? await factsShown(db, actor.jurisdiction, awards.kind, id) : [],
  };
}
