// Writes the sample of another kind of district (data/rulebooks/towns-and-streets/*.xlsx): 镇、街道, monthly and quarterly,
// other measures, other words. The district is invented.
import { writeFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { bulletinSheet } from '../src/modules/rulebook/bulletin-sheet.ts';
import type { RuleColumn } from '../src/modules/rulebook/cells.ts';
import { dutySheet } from '../src/modules/rulebook/duty-sheet.ts';
import { listingSheet } from '../src/modules/rulebook/listing-sheet.ts';
import { meetingSheet, periodSheet } from '../src/modules/rulebook/meeting-sheets.ts';
import { letterheadSheet, lettersSheet, settingSheet } from '../src/modules/rulebook/plain-sheets.ts';
import { pressureSheet } from '../src/modules/rulebook/pressure-sheet.ts';
import { rhythmSheet } from '../src/modules/rulebook/rhythm-sheet.ts';
import { columnNames, type SheetKind, sheetWords } from '../src/modules/units/import-sheets.ts';

type Rows = readonly Readonly<Record<string, string>>[];
const folder = new URL('../data/rulebooks/towns-and-streets/', import.meta.url);

async function write(
  name: string,
  sheets: readonly (readonly [string, readonly (readonly [string, string])[], Rows])[],
) {
  const workbook = new ExcelJS.Workbook();
  workbook.created = workbook.modified = new Date('2026-01-01T00:00:00Z');
  for (const [title, columns, rows] of sheets) {
    const sheet = workbook.addWorksheet(title, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = columns.map(([key, header]) => ({
      key,
      header,
      width: 24,
      style: { numFmt: '@', alignment: { wrapText: true, vertical: 'top' } },
    }));
    sheet.getRow(1).font = { bold: true };
    for (const row of rows) {
      const strange = Object.keys(row).filter((key) => !columns.some(([known]) => known === key));
      if (strange.length > 0) throw new Error(`${title}: no column ${strange.join()}`);
      sheet.addRow(row);
    }
  }
  writeFileSync(new URL(name, folder), Buffer.from(await workbook.xlsx.writeBuffer()));
}
const ruled = (sheet: { readonly name: string; readonly columns: readonly RuleColumn[] }, rows: Rows) =>
  [sheet.name, sheet.columns.map((one) => [one.key, one.names[0] ?? ''] as const), rows] as const;
const organised = (kind: SheetKind, rows: Rows) =>
  [
    sheetWords[kind],
    Object.entries(columnNames[kind] as Record<string, readonly string[]>).map(
      ([key, [header]]) => [key, header ?? ''] as const,
    ),
    rows,
  ] as const;

const office = '澜芷区安委办';
const towns = ['汀芷镇', '泊柳镇', '霁桥街道', '萤川街道'];
const departments = ['澜芷区应急管理局', '澜芷区市场监督管理局', '澜芷区城乡建设局'];

await write('organisation.xlsx', [
  organised('unit', [
    ...towns.map((name) => ({ name, kind: '镇街' })),
    ...departments.map((name) => ({ name, shortName: name.replace('澜芷', ''), kind: '政府部门' })),
  ]),
  organised('group', [
    { name: '各镇（街道）', class: '各镇（街道）', kinds: '镇街' },
    { name: '监管执法部门', members: departments.join('、') },
  ]),
  organised('alias', [{ alias: '区安委办', target: office }]),
]);

const since = '2026-07-01';
const plan = '澜芷区隐患集中整改方案（样例）';
await write('rules.xlsx', [
  ruled(rhythmSheet, [
    {
      name: '集中整改进展月报',
      basis: `${plan}第五项`,
      period: '每月',
      reporters: '各镇（街道）',
      receiver: '区安委办',
      hour: '12:00',
      dueAfter: '3',
      opensBefore: '3',
      workdays: '是',
      fields: '*当月专题会议次数，个数，次\n当月整改投入，数量，万元',
      known: '本期新增问题、本期销号问题、期末未销号问题、期末逾期问题',
      narrative: '必须报',
      practices: '可以报',
      fromOn: since,
    },
    {
      name: '典型执法案例季报',
      basis: '监管执法工作要求（样例）第二项',
      period: '每季度',
      reporters: '监管执法部门',
      receiver: '区安委办',
      hour: '17:30',
      dueAfter: '8',
      opensBefore: '8',
      workdays: '是',
      known: '本期销号问题',
      cases: '必须报',
      attachments: '必须报',
      fromOn: since,
    },
    {
      name: '季度点评自查材料',
      basis: `${plan}第六项`,
      period: '每季度',
      reporters: '各镇（街道）',
      receiver: '区安委办',
      hour: '17:30',
      dueAfter: '8',
      opensBefore: '8',
      workdays: '是',
      known: '本期新增问题、本期销号问题、期末逾期问题',
      narrative: '必须报',
      attachments: '可以报',
      fromOn: since,
    },
    {
      name: '秋季值守情况报告',
      basis: '区安委办通知（样例）',
      period: '专项时段',
      reporters: '各镇（街道）',
      receiver: '区安委办',
      hour: '10:00',
      dueAfter: '1',
      opensBefore: '1',
      workdays: '否',
      narrative: '必须报',
      fromOn: '2026-09-12',
      toOn: '2026-09-15',
    },
  ]),
  ruled(bulletinSheet, [
    {
      name: '集中整改情况通报',
      basis: `${plan}第六项`,
      period: '每月',
      hour: '09:00',
      sections: '总体情况、问题隐患整改情况、逾期情况、报送情况、各单位排名情况、下步工作要求',
      addressee: '各镇（街道）',
      called: '各镇（街道）',
      timeliness: '60',
      age: '40',
      atLeast: '1',
      named: '1',
      requests: '请排名靠后的镇（街道）在季度点评会上说明情况。',
      fromOn: since,
    },
    {
      name: '季度点评材料',
      basis: `${plan}第六项`,
      period: '每季度',
      hour: '09:00',
      sections: '总体情况、问题隐患整改情况、逾期情况、报送情况、各单位排名情况、经验做法',
      addressee: '各镇（街道）',
      called: '各镇（街道）',
      timeliness: '50',
      age: '20',
      firstPass: '30',
      atLeast: '1',
      named: '2',
      fromOn: since,
    },
  ]),
  ruled(pressureSheet, [
    {
      name: '整改逾期',
      basis: '澜芷区督促办法（样例）第三条',
      kind: '逾期天数',
      about: '问题',
      threshold: '5',
      quietDays: '20',
      ladder: '督办单；3天后约谈',
      fromOn: since,
    },
    {
      name: '月报漏报',
      basis: '澜芷区督促办法（样例）第五条',
      kind: '漏报次数',
      threshold: '2',
      windowDays: '90',
      quietDays: '60',
      ladder: '提示函；10天后通报批评',
      fromOn: since,
    },
  ]),
  ruled(listingSheet, [
    { name: '重大隐患一律挂牌', basis: '澜芷区挂牌办法（样例）第二条', withinDays: '5', fromOn: since },
  ]),
  ruled(meetingSheet, [
    {
      name: '季度点评会',
      basis: `${plan}第六项`,
      convener: '区安委办',
      attends: '各镇（街道）主要负责人',
      attendees: '各镇（街道）',
      per: '每季度',
      count: '1',
      fromOn: since,
    },
  ]),
  ruled(periodSheet, [
    {
      name: '秋季安全值守',
      basis: '区安委办通知（样例）',
      units: '区安委办、各镇（街道）',
      demands: '镇（街道）主要负责人在岗带班。',
      fromOn: '2026-09-12',
      toOn: '2026-09-15',
    },
  ]),
  ruled(dutySheet, [
    {
      year: '2026',
      name: '闻景行',
      post: '副区长',
      unit: '',
      standing: '组织落实分管领域的安全生产部署',
      annual: '到镇（街道）督导集中整改，2次\n主持召开季度点评会，2次，2026-12-31',
    },
  ]),
  ruled(letterheadSheet, [
    { item: '红头', content: '澜芷区安全生产委员会办公室文件' },
    { item: '发文机关', content: '澜芷区安全生产委员会办公室' },
    { item: '发文代字', content: '澜安办发' },
    { item: '印发机关', content: '澜芷区安全生产委员会办公室' },
    { item: '通常抄送', content: '区政府办公室' },
  ]),
  ruled(lettersSheet, [
    { item: '月调度材料', content: '澜安办评' },
    { item: '督办单', content: '澜安办督' },
  ]),
  ruled(settingSheet, [
    { item: '督办级别', content: '镇级、区级、市级' },
    { item: '一般隐患整改天数', content: '20' },
  ]),
]);
