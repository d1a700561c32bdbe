import type { Grade, SchemeBody, VetoKind } from './scheme.ts';

export interface Graded {
  readonly unitId: string;
  /** Equal scores share a place. */
  readonly rank: number;
  readonly grade: string;
  readonly gradeName: string;
  /** What follows for the grade of the department's performance; null: nothing is stated. */
  readonly coupling: string | null;
  /** Why it is this grade, in words. */
  readonly says: string;
  /** A veto decided the grade. */
  readonly vetoed: boolean;
}

/**
 * Grades of all assessed units at once: by score, within quotas, under vetoes. A quota is a share of all units, cut down to
 * whole ones; where units with equal scores stand on its edge and not all of them fit, none of these gets the grade.
 */
export function gradesOf(
  body: Pick<SchemeBody, 'grades' | 'coupling'>,
  units: readonly { readonly unitId: string; readonly score: number; readonly vetoes: readonly VetoKind[] }[],
): Graded[] {
  const { grades } = body;
  const place = (code: string): number => grades.findIndex((grade) => grade.code === code);
  const sorted = [...units].sort((a, b) => b.score - a.score || (a.unitId < b.unitId ? -1 : 1));
  const left = new Map(grades.map((grade) => [grade.code, room(grade, units.length)]));
  const given = new Map<string, { grade: Grade; says: string; vetoed: boolean }>();
  const free: { unitId: string; score: number; best: number; cap: VetoKind | undefined }[] = [];
  for (const { unitId, score, vetoes } of sorted) {
    const [override] = vetoes
      .filter((veto) => veto.effect === 'override')
      .sort((a, b) => place(b.grade) - place(a.grade));
    const grade = override ? grades[place(override.grade)] : undefined;
    if (override && grade) given.set(unitId, { grade, says: `一票否决：${override.name}`, vetoed: true });
    else {
      const [cap] = vetoes.filter((veto) => veto.effect === 'cap').sort((a, b) => place(b.grade) - place(a.grade));
      free.push({ unitId, score, best: cap ? Math.max(0, place(cap.grade)) : 0, cap });
    }
  }
  const byScore = [...new Set(free.map((one) => one.score))];
  for (const score of byScore) {
    for (const [at, grade] of grades.entries()) {
      const same = free.filter((one) => one.score === score && one.best <= at && !given.has(one.unitId));
      if (same.length === 0 || score < grade.from) continue;
      const room = left.get(grade.code) ?? 0;
      if (same.length > room) {
        // Nobody with fewer points may take what these could not.
        left.set(grade.code, 0);
        continue;
      }
      left.set(grade.code, room - same.length);
      for (const one of same) given.set(one.unitId, { grade, ...reason(grades, at, one, score) });
    }
  }
  const rank = new Map<string, number>();
  for (const [at, one] of sorted.entries()) {
    const before = sorted[at - 1];
    rank.set(one.unitId, before && before.score === one.score ? (rank.get(before.unitId) ?? at) : at + 1);
  }
  return sorted.map(({ unitId }) => {
    const last = grades.at(-1);
    const found = given.get(unitId) ?? (last ? { grade: last, says: '', vetoed: false } : null);
    return {
      unitId,
      rank: rank.get(unitId) ?? 0,
      grade: found?.grade.code ?? '',
      gradeName: found?.grade.name ?? '',
      coupling: body.coupling.find((one) => one.grade === found?.grade.code)?.says ?? null,
      says: found?.says ?? '',
      vetoed: found?.vetoed ?? false,
    };
  });
}

const room = (grade: Grade, units: number): number =>
  grade.quota === null ? units : Math.floor((units * grade.quota) / 100 + 1e-9);

function reason(
  grades: readonly Grade[],
  at: number,
  one: { readonly best: number; readonly cap: VetoKind | undefined },
  score: number,
): { says: string; vetoed: boolean } {
  const best = grades.findIndex((grade) => score >= grade.from);
  const name = grades[at]?.name ?? '';
  if (one.cap && best < one.best && at === one.best)
    return { says: `分数达到${grades[best]?.name ?? ''}，因${one.cap.name}最高为${name}`, vetoed: true };
  if (best >= 0 && best < at)
    return { says: `分数达到${grades[best]?.name ?? ''}，名额已满，评为${name}`, vetoed: false };
  return { says: `${score}分，达到${grades[at]?.from ?? 0}分`, vetoed: false };
}
