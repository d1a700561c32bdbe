import { sql } from 'kysely';
import { notFound, notNow } from '../../../kernel/refusal.ts';
import type { Reading } from '../../../platform/act.ts';
import { workbookType } from '../../../platform/documents/sheet-form.ts';
import { serve } from '../../../platform/http/serve.ts';
import { unitsByIds } from '../../units/server/door.ts';
import { enterprisesApi } from '../api.ts';
import { type EnterpriseAction, whyNot } from '../rights.ts';
import { stickerPage } from '../stickers.ts';
import { enterpriseBook } from './book.ts';
import { changeEnterprise } from './change.ts';
import { changeEnterpriseState } from './change-state.ts';
import { confirmEnterprise } from './confirm.ts';
import { beginImport, checkImport, enterpriseTemplate } from './import-enterprises.ts';
import { mergeEnterprise } from './merge.ts';
import { addressOfNumber, qrSvg } from './qr.ts';
import { registerEnterprise } from './register.ts';
import { sectorNames } from './sectors.ts';
import { doubtsOf } from './settle-draft.ts';
import {
  duplicatesOf,
  type EnterpriseRow,
  enterpriseById,
  enterpriseByNumber,
  formerNamesOf,
  statesOf,
} from './store.ts';
import { COUNT_CAP, enterprisesAround, listEnterprises, pickEnterprises, valuesIn } from './store-list.ts';

/** Names of the units that rows point to, asked once for each jurisdiction. */
async function unitNames(
  reading: Reading,
  rows: readonly EnterpriseRow[],
): Promise<(jurisdiction: string, id: string | null) => string | null> {
  const names = new Map<string, string>();
  for (const jurisdiction of new Set(rows.map((row) => row.jurisdiction))) {
    const ids = rows
      .filter((row) => row.jurisdiction === jurisdiction)
      .flatMap((row) => [row.regulatorUnitId, row.townUnitId])
      .flatMap((id) => id ?? []);
    for (const unit of await unitsByIds(reading.db, jurisdiction, [...new Set(ids)]))
      names.set(unit.id, unit.shortName ?? unit.name);
  }
  return (_jurisdiction, id) => (id === null ? null : (names.get(id) ?? '（单位已不存在）'));
}

async function lines(reading: Reading, rows: readonly EnterpriseRow[]) {
  const nameOf = await unitNames(reading, rows);
  return rows.map((row) => ({
    ...row,
    regulatorName: nameOf(row.jurisdiction, row.regulatorUnitId),
    townName: nameOf(row.jurisdiction, row.townUnitId),
  }));
}

async function seen(reading: Reading, id: string): Promise<EnterpriseRow> {
  const row = await enterpriseById(reading.db, reading.scope, id);
  if (row === null) throw notFound('没有找到这份档案，可能编号有误，或者它不在您能查看的范围内。');
  return row;
}

async function oneLine(reading: Reading, row: EnterpriseRow) {
  const [line] = await lines(reading, [row]);
  if (!line) throw notFound();
  return line;
}

/** Most rows of one export, and most stickers printed at once. */
const MOST_EXPORTED = 20_000;
const MOST_STICKERS = 600;

export const enterprisesRoutes = serve(enterprisesApi, {
  listEnterprises: async (reading) => {
    const { page = 1, pageSize = 50, ...filter } = reading.query;
    const { rows, counted } = await listEnterprises(reading.db, reading.scope, filter, page, pageSize);
    return {
      rows: await lines(reading, rows),
      total: Math.min(counted, COUNT_CAP),
      totalIsCapped: counted > COUNT_CAP,
      page,
      pageSize,
    };
  },
  enterpriseChoices: async (reading) => {
    const { q, id } = reading.query;
    const chosen = id === undefined ? null : await enterpriseById(reading.db, reading.scope, id);
    const rows =
      q === undefined && chosen !== null
        ? []
        : await pickEnterprises(reading.db, reading.scope, { sort: 'name', ...(q === undefined ? {} : { q }) }, 20);
    return {
      rows: await lines(reading, [...(chosen ? [chosen] : []), ...rows.filter((row) => row.id !== chosen?.id)]),
    };
  },
  enterpriseFilters: async (reading) => {
    const values = await valuesIn(reading.db, reading.scope);
    const units: Awaited<ReturnType<typeof unitsByIds>> = [];
    for (const jurisdiction of reading.scope.jurisdictions)
      units.push(...(await unitsByIds(reading.db, jurisdiction, [...values.regulators, ...values.towns])));
    const named = (ids: readonly string[], as: 'regulator' | 'town') =>
      units
        .filter((unit) => ids.includes(unit.id))
        .map((unit) => ({ id: unit.id as string, name: unit.shortName ?? unit.name, as }));
    const known = sectorNames();
    return {
      sectors: [...known, ...values.sectors.filter((sector) => !known.includes(sector))],
      grids: values.grids,
      units: [...named(values.regulators, 'regulator'), ...named(values.towns, 'town')],
    };
  },
  enterprisesNear: async ({ db, scope, query }) => ({
    rows: await enterprisesAround(db, scope, { ...query, metres: query.metres ?? 500, limit: 20 }),
  }),
  enterpriseDoubts: async (reading) => {
    const { except, ...wanted } = reading.query;
    return { doubts: await doubtsOf(reading, wanted, except ?? null) };
  },
  enterpriseByNumber: async (reading) => {
    const row = await enterpriseByNumber(reading.db, reading.scope, reading.params.number.trim());
    if (row === null)
      throw notFound(`没有找到编号为「${reading.params.number}」的档案，可能编号有误，或者它不在您能查看的范围内。`);
    return { enterprise: await oneLine(reading, row) };
  },
  exportEnterprises: async (reading) => {
    const rows = await pickEnterprises(reading.db, reading.scope, reading.query, MOST_EXPORTED);
    const nameOf = await unitNames(reading, rows);
    return {
      name: `企业和场所名录${reading.day}.xlsx`,
      type: workbookType,
      body: await enterpriseBook(rows, (id) => nameOf('', id)),
    };
  },
  enterpriseStickers: async (reading) => {
    const { origin, ...filter } = reading.query;
    const rows = await pickEnterprises(reading.db, reading.scope, { sort: 'number', ...filter }, MOST_STICKERS + 1);
    if (rows.length === 0) throw notFound('没有符合条件的企业或场所，没有可打印的标牌。');
    if (rows.length > MOST_STICKERS) throw notNow(`一次最多打印 ${MOST_STICKERS} 张标牌，请先用筛选缩小范围。`);
    const named = await lines(reading, rows);
    const html = stickerPage(
      named.map((row) => ({
        number: row.number,
        name: row.name,
        townName: row.townName,
        svg: qrSvg(addressOfNumber(origin, row.number)),
      })),
      `二维码标牌（${rows.length} 张）`,
    );
    return {
      name: `二维码标牌${reading.day}.html`,
      type: 'text/html; charset=utf-8',
      body: Buffer.from(html),
      inline: true,
    };
  },
  enterpriseTemplate: async () => ({
    name: '企业和场所导入模板.xlsx',
    type: workbookType,
    body: await enterpriseTemplate(),
  }),
  checkEnterpriseImport: (act) => checkImport(act, act.upload),
  importEnterprises: (act) => beginImport(act, act.body),
  readEnterprise: async (reading) => {
    const { db, actor } = reading;
    const row = await seen(reading, reading.params.id);
    const kept = row.mergedInto === null ? null : await enterpriseById(db, reading.scope, row.mergedInto);
    const why = (action: EnterpriseAction) => whyNot(actor, row, action);
    return {
      enterprise: await oneLine(reading, row),
      keptAs: kept === null ? null : { id: kept.id, number: kept.number, name: kept.name },
      duplicates: await duplicatesOf(db, row.jurisdiction, row.id),
      formerNames: await formerNamesOf(db, row.jurisdiction, row.id),
      states: await statesOf(db, row.jurisdiction, row.id),
      doubts:
        row.mergedInto === null && row.jurisdiction === actor.jurisdiction ? await doubtsOf(reading, row, row.id) : [],
      may: {
        change: why('change'),
        changeRegulator: why('changeRegulator'),
        changeState: why('changeState'),
        merge: why('merge'),
        confirm: why('confirm'),
      },
    };
  },
  listEnterpriseFacts: async (reading) => {
    const row = await seen(reading, reading.params.id);
    const found = await sql<{
      seq: number;
      at: Date;
      day: string;
      actorName: string;
      unitName: string | null;
      kind: string;
      says: string;
    }>`
      select seq, at, day, actor_name as "actorName", unit_name as "unitName", kind, says from fact
      where jurisdiction = ${row.jurisdiction} and item_kind = 'enterprise' and item_id = ${row.id}
      order by seq desc limit 500`.execute(reading.db);
    return { rows: found.rows.map((fact) => ({ ...fact, at: fact.at.toISOString() })) };
  },
  enterpriseQr: async (reading) => {
    const row = await seen(reading, reading.params.id);
    return {
      name: `${row.number}.svg`,
      type: 'image/svg+xml',
      body: Buffer.from(qrSvg(addressOfNumber(reading.query.origin, row.number))),
      inline: true,
    };
  },
  registerEnterprise: async (act) => {
    const { notDuplicate, ...draft } = act.body;
    return registerEnterprise(act, draft, { notDuplicate: notDuplicate ?? false });
  },
  changeEnterprise: async (act) => changeEnterprise(act, act.params.id, act.body),
  changeEnterpriseState: async (act) => ({
    ...(await changeEnterpriseState(act, act.params.id, act.body)),
    doubts: [],
  }),
  mergeEnterprise: async (act) => ({ ...(await mergeEnterprise(act, act.params.id, act.body)), doubts: [] }),
  confirmEnterprise: async (act) => ({ ...(await confirmEnterprise(act, act.params.id, act.body)), doubts: [] }),
});
