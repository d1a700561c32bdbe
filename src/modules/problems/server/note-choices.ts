import { sql } from 'kysely';
import type { Act, House } from '../../../platform/act.ts';
import type { Problem } from '../problem.ts';
import { sightOf } from './sight-of.ts';

type Choice = readonly [unit: string, kind: string, value: string];

/** What this process has noted and saved already: a registration then costs nothing here. */
const noted = new WeakMap<House, Set<string>>();
/** Beyond this the set is begun anew; noting twice is harmless. */
const MOST = 200_000;

const choicesOf = (problem: Problem): Choice[] => {
  const values: (readonly [string, string | null])[] = [
    ['unit', problem.leadUnitId],
    ['sector', problem.sector],
    ['area', problem.place.areaCode],
    ['plan', problem.planId],
    ['batch', problem.source.batchId],
    ...problem.tags.map((tag) => ['tag', tag] as const),
  ];
  return sightOf(problem).flatMap((unit) =>
    values.flatMap(([kind, value]): Choice[] => (value === null || value === '' ? [] : [[unit, kind, value]])),
  );
};

/** Notes the values that occur in these problems, for the choices of filters; call it in the transaction that saves them. */
export async function noteChoices(act: Act, problems: readonly Problem[]): Promise<void> {
  const { jurisdiction } = act.actor;
  const known = noted.get(act.house) ?? new Set<string>();
  noted.set(act.house, known);
  const fresh = new Map<string, Choice>();
  for (const problem of problems)
    for (const choice of choicesOf(problem)) {
      const key = `${jurisdiction}\n${choice.join('\n')}`;
      if (!known.has(key)) fresh.set(key, choice);
    }
  if (fresh.size === 0) return;
  // in one order, so that two registrations never wait for each other in a circle
  const rows = [...fresh.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, choice]) => choice);
  await sql`
    insert into problem_choice (jurisdiction, unit_id, kind, value)
    select ${jurisdiction}, x.* from unnest(${rows.map(([unit]) => unit)}::uuid[], ${rows.map(([, kind]) => kind)}::text[],
      ${rows.map(([, , value]) => value)}::text[]) as x
    on conflict do nothing`.execute(act.db);
  act.afterCommit(async () => {
    if (known.size > MOST) known.clear();
    for (const key of fresh.keys()) known.add(key);
  });
}
