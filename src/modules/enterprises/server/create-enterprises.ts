import { randomUUID } from 'node:crypto';
import { yearOf } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import { nextNumbers } from '../../../platform/db/number.ts';
import { announceMany } from '../../../platform/facts/record.ts';
import { spelling } from '../../units/server/door.ts';
import { plainCode } from '../credit-code.ts';
import {
  addressKey,
  calledEnterprise,
  type EnterpriseDraft,
  type EnterpriseState,
  enterpriseKey,
  enterpriseKinds,
  enterpriseSeries,
  enterpriseStates,
  nameCore,
} from '../enterprise.ts';
import { addStates, type EnterpriseValues, saveEnterprises } from './store.ts';

/** A draft whose units and area have been settled, with what the register itself says about it. */
export interface NewEnterprise extends EnterpriseDraft {
  readonly areaCode: string;
  readonly state?: EnterpriseState;
  /** Day from which the state holds; the day of registration unless given. */
  readonly stateOn?: string;
  /** Somebody stands for it that the file is true. */
  readonly confirmed?: boolean;
  /** What the fact says besides the registration: 由表格导入. */
  readonly how?: string;
}

export interface Registered {
  readonly id: string;
  readonly number: string;
  readonly version: number;
}

const blank = (text: string | null | undefined): string | null => (text?.trim() ? text.trim() : null);

/** The columns that follow from a draft alone. */
export function valuesOf(draft: EnterpriseDraft & { readonly areaCode: string }) {
  const name = draft.name.trim();
  return {
    kind: draft.kind,
    name,
    name_key: enterpriseKey(name),
    name_core: nameCore(name),
    credit_code: plainCode(draft.creditCode ?? '') || null,
    sector: blank(draft.sector),
    industry: blank(draft.industry),
    address: blank(draft.address),
    address_key: addressKey(draft.address),
    area_code: draft.areaCode,
    longitude: draft.longitude ?? null,
    latitude: draft.latitude ?? null,
    grid: blank(draft.grid),
    grid_code: blank(draft.gridCode),
    regulator_unit_id: draft.regulatorUnitId ?? null,
    town_unit_id: draft.townUnitId ?? null,
    legal_person: blank(draft.legalPerson),
    safety_head: blank(draft.safetyHead),
    safety_phone: blank(draft.safetyPhone),
    size: draft.size ?? null,
    headcount: draft.headcount ?? null,
    risk: draft.risk ?? null,
    note: blank(draft.note),
    ...spelling(name),
  };
}

/** Serial for sorting out of 企-2026-0042: year and number in one figure. */
const serialOf = (year: number, number: string): number => year * 10_000_000 + Number(number.split('-').at(-1));

/**
 * Enters many enterprises in a few statements: numbers in the order given, rows, first states, one fact for each. The
 * caller has checked rights, units and duplicates. Returns them in order.
 */
export async function createEnterprises(act: Act, drafts: readonly NewEnterprise[]): Promise<readonly Registered[]> {
  const { db, actor } = act;
  const year = yearOf(act.day);
  const numbers = await nextNumbers(db, actor.jurisdiction, enterpriseSeries, year, drafts.length);
  const rows = drafts.map((draft, index): EnterpriseValues => {
    const number = numbers[index] ?? '';
    return {
      id: randomUUID(),
      number,
      serial: serialOf(year, number),
      ...valuesOf(draft),
      state: draft.state ?? 'active',
      state_on: draft.stateOn ?? act.day,
      registered_on: act.day,
      confirmed_on: draft.confirmed ? act.day : null,
      confirmed_by: draft.confirmed ? actor.name : null,
      merged_into: null,
      merged_on: null,
      version: 1,
    };
  });
  await saveEnterprises(db, actor.jurisdiction, rows);
  await addStates(
    db,
    actor.jurisdiction,
    rows.map((row) => ({
      enterpriseId: row.id,
      state: row.state as EnterpriseState,
      fromOn: row.state_on,
      reason: null,
    })),
  );
  await announceMany(
    act,
    rows.map((row, index) => ({
      item: { kind: 'enterprise', id: row.id },
      kind: 'enterprise.registered',
      to: row.state,
      says: `登记${enterpriseKinds[row.kind as EnterpriseDraft['kind']]}${calledEnterprise(row)}${
        row.state === 'active' ? '' : `，${enterpriseStates[row.state as EnterpriseState]}`
      }${drafts[index]?.how ? `（${drafts[index]?.how}）` : ''}`,
    })),
  );
  return rows.map(({ id, number, version }) => ({ id, number, version }));
}
