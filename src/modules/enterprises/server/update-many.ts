import { addDays } from '../../../kernel/day.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import type { Act } from '../../../platform/act.ts';
import { announceMany } from '../../../platform/facts/record.ts';
import { type EnterpriseDraft, type EnterpriseField, enterpriseKey, fieldWords } from '../enterprise.ts';
import type { PlannedRow } from '../import-plan.ts';
import { whyNot } from '../rights.ts';
import { changesOf } from './change.ts';
import { valuesOf } from './create-enterprises.ts';
import { nextRow } from './load.ts';
import { addFormerName, type EnterpriseRow, lockMany, saveEnterprises } from './store.ts';

/**
 * Fills known enterprises with what their rows say, in a few statements: a filled cell takes the place of what was there,
 * an empty one leaves it. Files that the person may not change stay as they are (`kept`).
 */
export async function updateMany(
  act: Act,
  rows: readonly PlannedRow[],
  how: string,
): Promise<{ updated: number; same: number; kept: number }> {
  const { db, actor } = act;
  const locked = new Map(
    (
      await lockMany(
        db,
        { jurisdictions: [asJurisdiction(actor.jurisdiction)], units: 'all' },
        rows.flatMap((row) => row.existing?.id ?? []),
      )
    ).map((row) => [row.id, row]),
  );
  const saved = new Map<
    string,
    { row: EnterpriseRow; values: ReturnType<typeof valuesOf>; fields: EnterpriseField[] }
  >();
  let same = 0;
  let kept = 0;
  for (const planned of rows) {
    const row = locked.get(planned.existing?.id ?? '');
    if (!row || whyNot(actor, row, 'change') !== null || saved.has(row.id)) {
      kept += 1;
      continue;
    }
    const values = valuesOf(filled(row, planned, whyNot(actor, row, 'changeRegulator') === null));
    const fields = changesOf(row, values).map((change) => change.field);
    if (fields.length === 0) same += 1;
    else saved.set(row.id, { row, values, fields });
  }
  const list = [...saved.values()];
  for (const { row, values } of list)
    if (values.name_key !== enterpriseKey(row.name))
      await addFormerName(db, actor.jurisdiction, {
        enterpriseId: row.id,
        name: row.name,
        nameKey: enterpriseKey(row.name),
        untilOn: addDays(act.day, -1),
      });
  await saveEnterprises(
    db,
    actor.jurisdiction,
    list.map(({ row, values }) => nextRow(row, values)),
  );
  await announceMany(
    act,
    list.map(({ row, fields }) => ({
      item: { kind: 'enterprise', id: row.id },
      kind: 'enterprise.changed',
      says: `${how}，更新${fields.map((field) => fieldWords[field]).join('、')}`,
    })),
  );
  return { updated: list.length, same, kept };
}

function filled(
  row: EnterpriseRow,
  planned: PlannedRow,
  regulatorToo: boolean,
): EnterpriseDraft & { areaCode: string } {
  const { draft } = planned;
  const kind = planned.row.at('kind') === '' ? row.kind : draft.kind;
  return {
    kind,
    name: draft.name,
    creditCode: draft.creditCode ?? row.creditCode,
    sector: draft.sector ?? row.sector,
    industry: draft.industry ?? row.industry,
    address: draft.address ?? row.address,
    areaCode: draft.areaCode ?? row.areaCode,
    longitude: draft.longitude ?? row.longitude,
    latitude: draft.latitude ?? row.latitude,
    grid: draft.grid ?? row.grid,
    gridCode: draft.gridCode ?? row.gridCode,
    regulatorUnitId: (regulatorToo ? draft.regulatorUnitId : null) ?? row.regulatorUnitId,
    townUnitId: draft.townUnitId ?? row.townUnitId,
    legalPerson: draft.legalPerson ?? row.legalPerson,
    safetyHead: draft.safetyHead ?? row.safetyHead,
    safetyPhone: draft.safetyPhone ?? row.safetyPhone,
    size: draft.size ?? row.size,
    headcount: draft.headcount ?? row.headcount,
    risk: draft.risk ?? row.risk,
    note: draft.note ?? row.note,
  };
}
