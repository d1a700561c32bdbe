import type { Act, Reading } from '../../../platform/act.ts';
import { readSheetFile, workbookType } from '../../../platform/documents/sheet-form.ts';
import { type ServedRoute, serve, type Upload } from '../../../platform/http/serve.ts';
import type { DocumentForm } from '../../letters/form.ts';
import { rulebookApi } from '../api.ts';
import { books } from './books.ts';
import { importBook } from './import-book.ts';
import { type PlainBook, plainBooks } from './plain.ts';
import { exportBook } from './workbook.ts';

/** How many rules of each kind there are, for the page. */
async function counts(reading: Reading, plain: readonly PlainBook[]) {
  const sheets: { name: string; inForce: number; all: number }[] = [];
  for (const { sheet, there } of books) {
    const rules = await there(reading);
    const now = rules.filter((one) => one.fromOn <= reading.day && (one.toOn === null || one.toOn >= reading.day));
    sheets.push({ name: sheet.name, inForce: now.length, all: rules.length });
  }
  for (const { sheet, there } of plain) {
    const items = await there(reading);
    sheets.push({ name: sheet.name, inForce: items.filter((one) => one.set).length, all: items.length });
  }
  return { sheets };
}

const sheetsOf = (act: Act, upload: Upload) => readSheetFile(act.house.files.path(upload.sha256));

/** Every route of the room with its handler; `forms` are the documents of all rooms, for their letters. */
export function rulebookRoutes(forms: readonly DocumentForm[]): readonly ServedRoute[] {
  const plain = plainBooks(forms);
  return serve(rulebookApi, {
    readRulebook: (reading) => counts(reading, plain),
    exportRulebook: async (reading) => ({
      name: `规则与样式-${reading.day}.xlsx`,
      type: workbookType,
      body: await exportBook(reading, plain),
    }),
    downloadRulebookTemplate: async (reading) => ({
      name: '规则与样式空白表.xlsx',
      type: workbookType,
      body: await exportBook(reading, plain, false),
    }),
    checkRulebook: async (act) => importBook(act, await sheetsOf(act, act.upload), plain, false),
    importRulebook: async (act) => importBook(act, await sheetsOf(act, act.upload), plain, true),
  });
}
