import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ExcelJS from 'exceljs';
import { demoDocument } from '../src/app/demo/documents/library.ts';
import { day } from '../src/kernel/day.ts';

/** A plan as it lies on the clerk's desk, with the number of tasks that it holds. */
export interface PlanFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
  readonly tasks: number | null;
}

const seeds = resolve(import.meta.dirname, '../../shared/seeds');
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The fictional district's work points of an earlier day than the demonstration's own, as a .docx. */
export async function ownPlan(): Promise<PlanFile> {
  // issued some two weeks before the rehearsed day, so that only the deadline set by the officer has passed
  const { bytes, fileName } = await demoDocument('work-points', day('2021-04-15'));
  return { name: fileName, mimeType: DOCX, buffer: Buffer.from(bytes), tasks: null };
}

/** The real work points where the collection of real documents is there; else null. */
export function realPlan(): PlanFile | null {
  const name = existsSync(seeds) ? readdirSync(seeds).find((one) => /^002.*\.txt$/.test(one)) : undefined;
  if (name === undefined) return null;
  return { name, mimeType: 'text/plain', buffer: readFileSync(join(seeds, name)), tasks: 27 };
}

/** An organisation workbook with one sheet of units. */
export async function unitsWorkbook(names: readonly string[]): Promise<PlanFile> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('单位');
  sheet.addRow(['单位名称', '类别']);
  for (const name of names) sheet.addRow([name, '部门']);
  const bytes = await book.xlsx.writeBuffer();
  return {
    name: '单位.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(bytes),
    tasks: null,
  };
}
