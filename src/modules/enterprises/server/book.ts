import ExcelJS from 'exceljs';
import { enterpriseKinds, enterpriseSizes, enterpriseStates, riskColours } from '../enterprise.ts';
import { enterpriseColumns } from '../import-form.ts';
import type { EnterpriseRow } from './store.ts';

/** The register as .xlsx under the headers of the import, with number and day of confirmation in front. */
export async function enterpriseBook(
  rows: readonly EnterpriseRow[],
  unitName: (id: string | null) => string | null,
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('企业和场所', { views: [{ state: 'frozen', ySplit: 1, xSplit: 2 }] });
  const heads = enterpriseColumns.map(({ names }) => names[0] ?? '');
  sheet.addRow(['编号', ...heads, '核实日期']).font = { bold: true };
  for (const [index, width] of [16, 36, 10, 22, 16, 10, 36, 14, 12, 12].entries())
    sheet.getColumn(index + 1).width = width;
  for (const row of rows) {
    const value: Readonly<Record<string, string | number | null>> = {
      ...row,
      kind: enterpriseKinds[row.kind],
      town: unitName(row.townUnitId),
      regulator: unitName(row.regulatorUnitId),
      size: row.size && enterpriseSizes[row.size],
      risk: row.risk && riskColours[row.risk].slice(0, 1),
      state: enterpriseStates[row.state],
      stateOn: row.stateOn,
    };
    sheet.addRow([row.number, ...enterpriseColumns.map(({ key }) => value[key] ?? ''), row.confirmedOn ?? '']);
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
