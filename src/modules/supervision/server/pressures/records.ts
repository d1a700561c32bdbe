import { holds } from '../../../../kernel/permission.ts';
import { Refusal } from '../../../../kernel/refusal.ts';
import type { ItemKind, Reading } from '../../../../platform/act.ts';
import { supervisionPermissions } from '../../permissions.ts';
import { rowRecord } from '../store.ts';
import { pressureById, pressureRecord } from './store.ts';

async function sight(reading: Reading, id: string): Promise<boolean> {
  if (!holds(supervisionPermissions, reading.actor, 'pressure.read')) return false;
  try {
    await pressureById(reading.db, { scope: reading.scope, actor: reading.actor }, id);
    return true;
  } catch (refused) {
    if (refused instanceof Refusal) return false;
    throw refused;
  }
}

/** Measures and their rules, for the platform. */
export const pressureItems: Readonly<Record<string, ItemKind>> = {
  pressure: {
    record: pressureRecord,
    table: 'pressure',
    called: { word: '督促措施', column: 'number' },
    series: '措',
    sight,
  },
  pressureRule: {
    record: rowRecord('pressure_rule'),
    table: 'pressure_rule',
    called: { word: '督促规则', column: 'name' },
  },
};
