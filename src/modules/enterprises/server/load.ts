import { notAllowed, notFound, notNow } from '../../../kernel/refusal.ts';
import { ownJurisdiction } from '../../../kernel/scope.ts';
import type { Act } from '../../../platform/act.ts';
import { refuseStale, spelling } from '../../units/server/door.ts';
import { addressKey, enterpriseKey, nameCore } from '../enterprise.ts';
import { type EnterpriseAction, whyNot } from '../rights.ts';
import { type EnterpriseRow, type EnterpriseValues, lockEnterprise } from './store.ts';

/** Loads and locks the file as the person saw it, and asks whether he may do this with it. */
export async function loadFor(act: Act, id: string, version: number, action: EnterpriseAction): Promise<EnterpriseRow> {
  const row = await lockEnterprise(act.db, ownJurisdiction(act.scope, act.actor), id);
  if (row === null) throw notFound('没有找到这份档案，可能编号有误，或者它不在您能办理的范围内。');
  await refuseStale(act, 'enterprise', row, version);
  const why = whyNot(act.actor, row, action);
  if (why !== null) throw row.mergedInto !== null || row.state === 'closed' ? notNow(why) : notAllowed(why);
  return row;
}

/** All columns of a row as they are written again, with the next version and whatever changes. */
export const nextRow = (row: EnterpriseRow, change: Partial<EnterpriseValues> = {}): EnterpriseValues => ({
  id: row.id,
  number: row.number,
  serial: row.serial,
  kind: row.kind,
  name: row.name,
  name_key: enterpriseKey(row.name),
  name_core: nameCore(row.name),
  credit_code: row.creditCode,
  sector: row.sector,
  industry: row.industry,
  address: row.address,
  address_key: addressKey(row.address),
  area_code: row.areaCode,
  longitude: row.longitude,
  latitude: row.latitude,
  grid: row.grid,
  grid_code: row.gridCode,
  regulator_unit_id: row.regulatorUnitId,
  town_unit_id: row.townUnitId,
  legal_person: row.legalPerson,
  safety_head: row.safetyHead,
  safety_phone: row.safetyPhone,
  size: row.size,
  headcount: row.headcount,
  risk: row.risk,
  state: row.state,
  state_on: row.stateOn,
  registered_on: row.registeredOn,
  confirmed_on: row.confirmedOn,
  confirmed_by: row.confirmedBy,
  merged_into: row.mergedInto,
  merged_on: row.mergedOn,
  note: row.note,
  ...spelling(row.name),
  version: row.version + 1,
  ...change,
});
