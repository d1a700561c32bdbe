import { addDays } from '../../../kernel/day.ts';
import { notAllowed } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { announce } from '../../../platform/facts/record.ts';
import { unitsByIds } from '../../units/server/door.ts';
import {
  type EnterpriseDraft,
  type EnterpriseField,
  enterpriseKey,
  enterpriseKinds,
  enterpriseSizes,
  fieldWords,
  riskColours,
} from '../enterprise.ts';
import type { Doubt } from '../match.ts';
import { whyNot } from '../rights.ts';
import { type Registered, valuesOf } from './create-enterprises.ts';
import { loadFor, nextRow } from './load.ts';
import { doubtsOf, refuseTwins, settleDraft } from './settle-draft.ts';
import { addFormerName, type EnterpriseRow, saveEnterprises } from './store.ts';

/** Changes the file. A former name stays with the last day on which it held, because lists go on using it. */
export async function changeEnterprise(
  act: Act,
  id: string,
  given: EnterpriseDraft & { readonly version: number; readonly notDuplicate?: boolean },
): Promise<Registered & { doubts: Doubt[] }> {
  const { version, notDuplicate, ...draft } = given;
  const row = await loadFor(act, id, version, 'change');
  const settled = await settleDraft(act, { ...draft, areaCode: draft.areaCode ?? row.areaCode });
  if (settled.regulatorUnitId !== row.regulatorUnitId) {
    const why = whyNot(act.actor, row, 'changeRegulator');
    if (why !== null) throw notAllowed(why);
  }
  const values = valuesOf(settled);
  const doubts = await doubtsOf(act, settled, id);
  const identity =
    values.name_key !== enterpriseKey(row.name) ||
    values.credit_code !== row.creditCode ||
    values.address !== row.address;
  if (identity) refuseTwins(values.name, doubts, notDuplicate ?? false);
  const changes = changesOf(row, values);
  if (changes.length === 0) return { id, number: row.number, version: row.version, doubts };
  const renamed = values.name_key !== enterpriseKey(row.name);
  if (renamed)
    await addFormerName(act.db, act.actor.jurisdiction, {
      enterpriseId: id,
      name: row.name,
      nameKey: enterpriseKey(row.name),
      untilOn: addDays(act.day, -1),
    });
  await saveEnterprises(act.db, act.actor.jurisdiction, [nextRow(row, values)]);
  const told = await inWords(act, changes);
  await announce(act, {
    item: { kind: 'enterprise', id },
    kind: 'enterprise.changed',
    says: renamed ? `「${row.name}」更名为「${values.name}」，原名留存${told ? `；${told}` : ''}` : `修改档案：${told}`,
    data: { changes },
  });
  return { id, number: row.number, version: row.version + 1, doubts };
}

interface Change {
  readonly field: EnterpriseField;
  readonly before: string | number | null;
  readonly after: string | number | null;
}

/** What is different, field by field, in the order of the form. */
export function changesOf(row: EnterpriseRow, values: ReturnType<typeof valuesOf>): Change[] {
  const after: Record<EnterpriseField, string | number | null> = {
    kind: values.kind,
    name: values.name,
    creditCode: values.credit_code,
    sector: values.sector,
    industry: values.industry,
    address: values.address,
    areaCode: values.area_code,
    longitude: values.longitude,
    latitude: values.latitude,
    grid: values.grid,
    gridCode: values.grid_code,
    regulatorUnitId: values.regulator_unit_id,
    townUnitId: values.town_unit_id,
    legalPerson: values.legal_person,
    safetyHead: values.safety_head,
    safetyPhone: values.safety_phone,
    size: values.size,
    headcount: values.headcount,
    risk: values.risk,
    note: values.note,
  };
  return (Object.keys(fieldWords) as EnterpriseField[]).flatMap((field) =>
    row[field] === after[field] ? [] : [{ field, before: row[field], after: after[field] }],
  );
}

const coded: Partial<Record<EnterpriseField, Readonly<Record<string, string>>>> = {
  kind: enterpriseKinds,
  size: enterpriseSizes,
  risk: riskColours,
};

/** 地址由「…」改为「…」；安全负责人补为「…」: codes in words, units by name; the name itself is told apart. */
async function inWords(act: Act, changes: readonly Change[]): Promise<string> {
  const isUnit = (field: EnterpriseField): boolean => field === 'regulatorUnitId' || field === 'townUnitId';
  const ids = changes
    .filter((change) => isUnit(change.field))
    .flatMap((change) => [change.before, change.after])
    .flatMap((id) => (typeof id === 'string' ? [id] : []));
  const units = new Map(
    (await unitsByIds(act.db, act.actor.jurisdiction, ids)).map((unit) => [
      unit.id as string,
      unit.shortName ?? unit.name,
    ]),
  );
  const word = (field: EnterpriseField, value: string | number): string =>
    isUnit(field) ? (units.get(String(value)) ?? '（单位已不存在）') : (coded[field]?.[value] ?? String(value));
  return changes
    .filter((change) => change.field !== 'name')
    .map(({ field, before, after }) => {
      if (after === null) return `清除${fieldWords[field]}「${before === null ? '' : word(field, before)}」`;
      if (before === null) return `${fieldWords[field]}补为「${word(field, after)}」`;
      return `${fieldWords[field]}由「${word(field, before)}」改为「${word(field, after)}」`;
    })
    .join('；');
}
