import type { Act } from '../../../platform/act.ts';
import { announce } from '../../../platform/facts/record.ts';
import type { Registered } from './create-enterprises.ts';
import { loadFor, nextRow } from './load.ts';
import { saveEnterprises } from './store.ts';

/** Somebody stands for it that the file is true today: on the spot, by the licence. Doubtful codes are confirmed so too. */
export async function confirmEnterprise(
  act: Act,
  id: string,
  given: { readonly version: number; readonly note?: string },
): Promise<Registered> {
  const row = await loadFor(act, id, given.version, 'confirm');
  await saveEnterprises(act.db, act.actor.jurisdiction, [
    nextRow(row, { confirmed_on: act.day, confirmed_by: act.actor.name }),
  ]);
  const note = given.note?.trim() ?? '';
  await announce(act, {
    item: { kind: 'enterprise', id },
    kind: 'enterprise.confirmed',
    says: note === '' ? '核实档案内容无误' : `核实档案内容：${note}`,
  });
  return { id, number: row.number, version: row.version + 1 };
}
