import { notFound, notNow, notValid } from '../../../kernel/refusal.ts';
import { ownJurisdiction } from '../../../kernel/scope.ts';
import type { Act } from '../../../platform/act.ts';
import { announce } from '../../../platform/facts/record.ts';
import { calledEnterprise } from '../enterprise.ts';
import type { Registered } from './create-enterprises.ts';
import { loadFor, nextRow } from './load.ts';
import { lockDuplicates, lockEnterprise, saveEnterprises } from './store.ts';

/**
 * The duplicate points to the file that is kept. Its number stays with it and is never given again; its name goes on
 * leading to the kept one, and so do those that had been merged into it before.
 */
export async function mergeEnterprise(
  act: Act,
  id: string,
  given: { readonly version: number; readonly into: string; readonly reason: string },
): Promise<Registered> {
  const { db, actor } = act;
  if (id === given.into) throw notValid('不能并入它自己，请另选保留的档案。', [{ where: 'body.into', says: '请另选' }]);
  const scope = ownJurisdiction(act.scope, actor);
  // In the order of ids, so that two who merge the same pair the other way round do not wait for each other.
  for (const one of [id, given.into].sort()) await lockEnterprise(db, scope, one);
  const row = await loadFor(act, id, given.version, 'merge');
  const kept = await lockEnterprise(db, scope, given.into);
  if (kept === null) throw notFound('没有找到要保留的档案，或者它不在您能办理的范围内，请重新选择。');
  if (kept.mergedInto !== null) throw notNow(`${calledEnterprise(kept)}已经并入另一份档案，请选择最后保留的那一份。`);
  const reason = given.reason.trim();
  const pointed = await lockDuplicates(db, actor.jurisdiction, id);
  const to = { merged_into: kept.id, merged_on: act.day };
  await saveEnterprises(db, actor.jurisdiction, [
    nextRow(row, to),
    ...pointed.map((one) => nextRow(one, { merged_into: kept.id })),
    nextRow(kept),
  ]);
  await announce(act, {
    item: { kind: 'enterprise', id },
    kind: 'enterprise.merged',
    says: `与${calledEnterprise(kept)}重复，并入该档案：${reason}`,
    data: { into: kept.id },
  });
  for (const one of pointed)
    await announce(act, {
      item: { kind: 'enterprise', id: one.id },
      kind: 'enterprise.merged',
      says: `随${calledEnterprise(row)}改为并入${calledEnterprise(kept)}`,
      data: { into: kept.id },
    });
  await announce(act, {
    item: { kind: 'enterprise', id: kept.id },
    kind: 'enterprise.merged',
    says: `${calledEnterprise(row)}并入本档案：${reason}`,
    data: { from: id },
  });
  return { id, number: row.number, version: row.version + 1 };
}
