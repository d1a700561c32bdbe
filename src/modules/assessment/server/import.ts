import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Value } from 'typebox/value';
import { dayInWords } from '../../../kernel/day.ts';
import { notValid, type RefusalPlace } from '../../../kernel/refusal.ts';
import { recogniseForm } from '../../../kernel/sheet-form.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import { readSheetFile, templateWorkbook, workbookType } from '../../../platform/documents/sheet-form.ts';
import { type SheetValue, writeBook } from '../../../platform/documents/sheet-writer.ts';
import type { Download, Upload } from '../../../platform/http/serve.ts';
import { SchemeShape } from '../api-scheme.ts';
import { indicatorChoices, indicatorColumns, indicatorHelp, indicatorOf } from '../import-form.ts';
import type { SchemeBody } from '../scheme.ts';
import { computed, troublesOf, versionOn } from './compute.ts';
import { scorerUnitOf, seenUnits, tableOf } from './lines.ts';
import { versionsOf } from './store.ts';
import { askedDay, schemeSeen } from './view.ts';

const MOST_BYTES = 5 * 1024 * 1024;

/** A body with the usual frame, into which imported indicators are put. */
export const emptyBody = (year: number): SchemeBody => ({
  title: `${year}年度安全生产目标管理考核方案`,
  year,
  basis: '',
  objects: { word: '', units: [], without: [] },
  from: `${year}-01-01`,
  to: `${year}-12-31`,
  total: 100,
  floor: 0,
  bonusCap: 5,
  malusCap: 20,
  indicators: [],
  grades: [
    { code: 'excellent', name: '优秀', from: 90, quota: 30 },
    { code: 'good', name: '良好', from: 80, quota: null },
    { code: 'passed', name: '合格', from: 60, quota: null },
    { code: 'failed', name: '不合格', from: 0, quota: null },
  ],
  vetoes: [],
  coupling: [],
  selfDays: 10,
  appealDays: 5,
});

/** Reads a scheme (.json) or a list of indicators (.xlsx) for the editor; nothing is saved but what the person then saves. */
export async function readSchemeFile(
  act: Act,
  upload: Upload,
): Promise<{ body: SchemeBody; troubles: RefusalPlace[] }> {
  if (upload.size > MOST_BYTES) throw notValid('文件超过 5 MB，不像是考核方案。');
  const json = upload.name.toLowerCase().endsWith('.json');
  const body = json ? await bodyOfJson(act, upload) : await bodyOfSheet(act, upload);
  const { places } = await troublesOf(act.db, act.actor.jurisdiction, body, act.day);
  return { body, troubles: places };
}

async function bodyOfJson(act: Act, upload: Upload): Promise<SchemeBody> {
  let given: unknown;
  try {
    given = JSON.parse((await buffer(act.house.files.read(upload.sha256))).toString('utf8'));
  } catch {
    throw notValid('这个文件不是能读懂的 JSON。请使用从本系统导出的方案文件。');
  }
  if (Value.Check(SchemeShape, given)) return given as SchemeBody;
  const places = Value.Errors(SchemeShape, given)
    .slice(0, 20)
    .map((error) => ({
      where: error.instancePath || '文件',
      says: `「${error.instancePath || '文件'}」的内容不合要求`,
    }));
  throw notValid('方案文件缺少内容或者写法不对，请按列出的各处修改。', places);
}

async function bodyOfSheet(act: Act, upload: Upload): Promise<SchemeBody> {
  const { sheets, troubles } = recogniseForm(
    await readSheetFile(act.house.files.path(upload.sha256)),
    indicatorColumns,
  );
  const rows = sheets.flatMap((sheet) => sheet.rows.map((row) => ({ sheet, row })));
  const places: RefusalPlace[] = troubles.map((one) => ({ where: `${one.sheet} 第${one.row}行`, says: one.says }));
  const indicators = rows.map(({ sheet, row }, at) => {
    const read = indicatorOf(row, at + 1);
    for (const one of read.wrong) places.push({ where: `${sheet.name} 第${row.row}行`, says: one.says });
    return read.indicator;
  });
  if (indicators.length === 0 && places.length === 0) places.push({ where: upload.name, says: '表格里没有指标' });
  if (places.length > 0) throw notValid('指标表还有看不懂的地方，请按列出的各处修改后再导入。', places);
  return { ...emptyBody(Number(act.day.slice(0, 4))), indicators };
}

/** The empty list of indicators to fill in. */
export async function schemeForm(): Promise<Download> {
  const body = await templateWorkbook({
    sheet: '考核指标',
    columns: indicatorColumns.map((column) => ({
      header: column.names[0] ?? column.key,
      width: column.key === 'name' || column.key === 'asks' ? 34 : 16,
      ...(column.needed ? { needed: true } : {}),
      ...(indicatorChoices[column.key] ? { choices: indicatorChoices[column.key] ?? [] } : {}),
    })),
    help: indicatorHelp,
  });
  return { name: '考核指标表模板.xlsx', type: workbookType, body };
}

/** The version that holds, as a file that another district can read in. */
export async function exportScheme(reading: Reading, id: string): Promise<Download> {
  const scheme = await schemeSeen(reading, id);
  const version = versionOn(await versionsOf(reading.db, scheme), reading.day);
  return {
    name: `${scheme.title}.json`,
    type: 'application/json; charset=utf-8',
    body: Buffer.from(`${JSON.stringify(version?.body ?? null, null, 2)}\n`),
  };
}

/** The table of scores as a workbook: the same numbers as on the page. */
export async function exportTable(reading: Reading, id: string, asOf: string | undefined): Promise<Download> {
  const scheme = await schemeSeen(reading, id);
  const all = await computed(reading, scheme, askedDay(reading, asOf));
  const table = tableOf(all, seenUnits(reading, scheme, all), scorerUnitOf(reading.actor));
  const rows = table.rows.map((row): SheetValue[] => [
    row.rank,
    row.name,
    ...row.scores.map((one) => (one.applies ? (one.score ?? '待打分') : '不考')),
    row.total.base,
    row.total.bonus,
    row.total.malus,
    row.total.score,
    row.gradeName,
    row.gradeSays,
  ]);
  const seal = table.hash === null ? '实时计算' : `取数封存，指纹${table.hash.slice(0, 16)}`;
  const book = writeBook({
    sheet: '考核得分',
    titles: [scheme.title, `截至${dayInWords(all.day)}　${seal}`],
    columns: [
      { header: '名次', width: 6 },
      { header: '单位', width: 16 },
      ...table.columns.map((column) => ({ header: `${column.name}（${column.weight}分）`, width: 12 })),
      { header: '基本分', width: 9 },
      { header: '加分', width: 8 },
      { header: '扣分', width: 8 },
      { header: '得分', width: 9 },
      { header: '等次', width: 9 },
      { header: '说明', width: 30 },
    ],
    paper: 'A3',
    rows,
  });
  return {
    name: `${scheme.title.replace(/[\\/:*?"<>|\n]/g, ' ')}-${all.day}.xlsx`,
    type: workbookType,
    body: Readable.from(book, { objectMode: false }),
  };
}
