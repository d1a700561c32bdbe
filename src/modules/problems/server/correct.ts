import type { Static } from 'typebox';
import { notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { enterpriseInSight } from '../../enterprises/server/door.ts';
import type { problemsApi } from '../api.ts';
import { problemFields } from '../fields.ts';
import type { Place, Problem } from '../problem.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';
import { mustBeUnits } from './units-of.ts';

type Changes = Static<typeof problemsApi.correctProblem.body>['changes'];

const text = (value: string): string => value.trim();
const orNull = (value: string | null): string | null => {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
};

/** A place as forms give it; what is left out stays as it was. */
const placeWith = (before: Place, given: NonNullable<Changes['place']>): Place => ({
  address: given.address === undefined ? before.address : orNull(given.address),
  areaCode: given.areaCode === undefined ? before.areaCode : orNull(given.areaCode),
  longitude: given.longitude === undefined ? before.longitude : given.longitude,
  latitude: given.latitude === undefined ? before.latitude : given.latitude,
  grid: given.grid === undefined ? before.grid : orNull(given.grid),
});

function changesOf(problem: Problem, given: Changes): Partial<Problem> {
  return {
    ...(given.kind === undefined ? {} : { kind: given.kind }),
    ...(given.title === undefined ? {} : { title: text(given.title) }),
    ...(given.text === undefined ? {} : { text: text(given.text) }),
    ...(given.enterpriseId === undefined ? {} : { enterpriseId: given.enterpriseId?.toLowerCase() ?? null }),
    ...(given.subject === undefined ? {} : { subject: orNull(given.subject) }),
    ...(given.place === undefined ? {} : { place: placeWith(problem.place, given.place) }),
    ...(given.sector === undefined ? {} : { sector: orNull(given.sector) }),
    ...(given.tags === undefined ? {} : { tags: [...new Set(given.tags.map(text).filter((tag) => tag !== ''))] }),
    ...(given.measures === undefined ? {} : { measures: orNull(given.measures) }),
    ...(given.supervisingUnitId === undefined
      ? {}
      : { supervisingUnitId: given.supervisingUnitId?.toLowerCase() ?? null }),
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** 更正登记内容: with a reason, what was and what is stay in the record; sealed fields are refused (`fields.ts`). */
export async function correct(
  act: Act,
  input: Seen & { readonly reason: string; readonly changes: Changes },
): Promise<Done> {
  const loaded = await load(act, input);
  const { problem } = loaded;
  const reason = input.reason.trim();
  const wanted = changesOf(problem, input.changes);
  const names = (Object.keys(wanted) as (keyof Problem)[]).filter((name) => !same(problem[name], wanted[name]));
  const state = decide(act, loaded, 'correct', {
    reason,
    fields: names.length > 0 ? names : Object.keys(input.changes),
  });
  if (names.length === 0) throw notValid('没有改动任何内容，不需要更正。');
  if (wanted.title === '' || wanted.text === '') throw notValid('标题和问题描述不能改成空的。');
  await mustBeUnits(act, { supervisingUnitId: [wanted.supervisingUnitId ?? null] });
  if (wanted.supervisingUnitId !== undefined && wanted.supervisingUnitId === problem.leadUnitId)
    throw notValid('督办单位不能就是责任单位，请另选一个单位。', [
      { where: 'body.changes.supervisingUnitId', says: '与责任单位相同' },
    ]);
  let chosen = wanted.enterpriseId;
  if (wanted.enterpriseId) {
    const enterprise = await enterpriseInSight(act.db, act.scope, wanted.enterpriseId);
    if (!enterprise)
      throw notValid('没有找到所选的企业或场所，请重新选择。', [
        { where: 'body.changes.enterpriseId', says: '不存在，或者不在您能查看的范围内' },
      ]);
    chosen = enterprise.id;
  }
  const saved = await save(act, loaded, { ...wanted, ...(chosen ? { enterpriseId: chosen } : {}), state });
  const labels = names.map((name) => problemFields.find((field) => field.name === name)?.label ?? name);
  return tell(act, problem, saved, 'problem.corrected', `${who(act)}更正${labels.join('、')}：${reason}`, {
    reason,
    before: Object.fromEntries(names.map((name) => [name, problem[name]])),
    after: Object.fromEntries(names.map((name) => [name, wanted[name]])),
  });
}
