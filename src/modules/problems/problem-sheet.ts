import type { Day } from '../../kernel/day.ts';
import { columnLetters, dayInCell, type RowTrouble, type SheetText } from '../../kernel/sheet-form.ts';
import { titleOf } from './batch.ts';
import type { ColumnRole } from './feedback.ts';
import { isHeader, rolesOf } from './feedback-columns.ts';
import { gradeIn, saysClosed } from './feedback-words.ts';
import type { Grade } from './problem.ts';

/** Headers of the product's own template, in its order; `*` marks what no row may lack. */
export const sheetTemplate: readonly {
  readonly header: string;
  readonly role: ColumnRole;
  readonly needed: boolean;
  readonly width: number;
  readonly choices?: readonly string[];
}[] = [
  { header: '编号', role: 'number', needed: false, width: 14 },
  { header: '问题描述', role: 'text', needed: true, width: 48 },
  { header: '企业（场所）名称', role: 'subject', needed: false, width: 28 },
  { header: '地址', role: 'address', needed: false, width: 28 },
  { header: '行业领域', role: 'category', needed: false, width: 14 },
  { header: '隐患等级', role: 'grade', needed: false, width: 10, choices: ['一般', '重大'] },
  { header: '整改措施', role: 'measures', needed: false, width: 36 },
  { header: '责任单位', role: 'responsible', needed: true, width: 22 },
  { header: '配合单位', role: 'co', needed: false, width: 22 },
  { header: '督办单位', role: 'supervising', needed: false, width: 18 },
  { header: '责任人', role: 'person', needed: false, width: 10 },
  { header: '整改时限', role: 'due', needed: true, width: 14 },
  { header: '发现日期', role: 'found', needed: false, width: 14 },
  { header: '检查组', role: 'finder', needed: false, width: 16 },
  { header: '备注', role: 'note', needed: false, width: 20 },
];

export const sheetHelp: readonly string[] = [
  '一行一条问题。带 * 的列必填，其余可以空着；不用的列可以删去，列的先后不限。',
  '责任单位写全称、简称或已记住的别名，几个单位用顿号隔开，第一个牵头，其余配合。',
  '日期写作 2026-06-30、2026/6/30、2026年6月30日都可以，也可以是表格的日期格式。整改时限不能早于导入当天。',
  '隐患等级只认“一般”和“重大”，空着按一般登记。',
  '清单里已写“已整改”“已销号”的，不会按已销号导入，须走复查销号。',
  '导入前先核对：有问题的行会逐行列出，改好后再导入；也可以只导入没有问题的行。',
];

/** A row of a workbook, understood as far as the row itself allows; units and enterprises are settled against the register. */
export interface SheetProblem {
  readonly sheet: string;
  readonly row: number;
  readonly cells: readonly string[];
  readonly number: string | null;
  readonly text: string;
  readonly title: string;
  readonly subject: string | null;
  readonly address: string | null;
  readonly category: string | null;
  readonly grade: Grade;
  readonly measures: string | null;
  readonly lead: readonly string[];
  readonly co: readonly string[];
  readonly supervising: string | null;
  readonly person: string | null;
  readonly dueOn: Day | null;
  readonly foundOn: Day | null;
  readonly finder: string | null;
  readonly note: string | null;
  readonly troubles: RowTrouble[];
}

export interface ProblemSheet {
  readonly name: string;
  readonly header: readonly string[];
  readonly headerRow: number;
  readonly roles: readonly (ColumnRole | null)[];
  /** Headers that mean nothing to the ledger: said, not an error. */
  readonly unknown: readonly string[];
  readonly rows: readonly SheetProblem[];
}

const headerWithin = 15;
const namesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[、，,；;\n/]/)
      .map((one) => one.trim().replace(/^(?:牵头|配合|责任)(?:单位)?[:：]/, ''))
      .filter((one) => one !== ''),
  ),
];
const cut = (text: string, most: number): string | null => (text === '' ? null : text.slice(0, most));
const sum = /^(?:合计|小计|总计|共计|填表人|制表人|审核人|注[:：])/;

/**
 * Finds header and rows in every sheet that names problems, by any header that lists use. What is wrong with a row is kept
 * with it and with the cell; nothing is corrected. `troubles` are those of whole sheets.
 */
export function readProblemSheets(
  sheets: readonly SheetText[],
  today: Day,
): { readonly sheets: readonly ProblemSheet[]; readonly troubles: readonly RowTrouble[] } {
  const found: ProblemSheet[] = [];
  const troubles: RowTrouble[] = [];
  const whole = (sheet: string, row: number, says: string, mend: string): void =>
    void troubles.push({ level: 'wrong', sheet, row, cell: '', column: '整行', says, mend });
  for (const sheet of sheets) {
    const filled = sheet.rows.filter((line) => line.cells.some((cell) => cell.trim() !== ''));
    if (filled.length === 0 || /说明|须知|示例|填报要求|可选值/.test(sheet.name)) continue;
    const header = headerOf(filled);
    if (header === null) {
      whole(
        sheet.name,
        filled[0]?.row ?? 1,
        '没有找到表头，表中至少要有「问题描述」列和另一列',
        '请下载空白模板，按模板的表头填写；不要导入的工作表请删去',
      );
      continue;
    }
    found.push(readSheet(sheet.name, filled, header, today));
  }
  if (found.length === 0 && troubles.length === 0)
    whole(sheets[0]?.name ?? '', 1, '表格里没有内容', '请按模板填写后再导入');
  return { sheets: found, troubles };
}

interface Header {
  readonly index: number;
  readonly roles: readonly (ColumnRole | null)[];
}

function headerOf(filled: SheetText['rows']): Header | null {
  for (let index = 0; index < Math.min(headerWithin, filled.length); index++) {
    const cells = filled[index]?.cells ?? [];
    const values = (column: number): readonly string[] =>
      filled.slice(index + 1, index + 41).map((line) => (line.cells[column] ?? '').trim());
    const roles = rolesOf(
      Array.from(cells, (cell) => (cell ?? '').trim()),
      values,
    );
    if (isHeader(roles)) return { index, roles };
  }
  return null;
}

function readSheet(name: string, filled: SheetText['rows'], { index, roles }: Header, today: Day): ProblemSheet {
  const header = filled[index]?.cells ?? [];
  const column = (role: ColumnRole): number => roles.indexOf(role);
  const rows: SheetProblem[] = [];
  for (const { row, cells } of filled.slice(index + 1)) {
    const at = (role: ColumnRole): string => (column(role) < 0 ? '' : (cells[column(role)] ?? '').trim());
    const own = cells.filter((cell) => cell.trim() !== '');
    if (own.length === 0 || own.some((cell) => sum.test(cell.trim()))) continue;
    // The header once more, as lists that were pasted together have it.
    if (header.filter((word, c) => word.trim() !== '' && (cells[c] ?? '').trim() === word.trim()).length >= 3) continue;
    if (own.length === 1 && at('text') === '') continue;
    const troubles: RowTrouble[] = [];
    const say = (level: RowTrouble['level'], role: ColumnRole, says: string, mend: string): void =>
      void troubles.push({
        level,
        sheet: name,
        row,
        cell: column(role) < 0 ? '' : `${columnLetters(column(role))}${row}`,
        column: column(role) < 0 ? '整行' : (header[column(role)] ?? '').trim(),
        says,
        mend,
      });
    const text = at('text');
    if (text === '') say('wrong', 'text', '没有写问题', '请补写问题描述');
    if (text.length > 4000) say('wrong', 'text', `问题描述有${text.length}字，超过4000字`, '请精简或拆成几行');
    const due = dayInCell(at('due').replace(/(?:（含）)?(?:之|以)?前。?$/, ''), { monthEnd: true });
    if (due.wrong) say('wrong', 'due', due.wrong, '请写成 2026-06-30 的样子');
    else if (due.day === null) say('wrong', 'due', '没有写整改时限', '请补写整改时限');
    else if (due.day < today)
      say('wrong', 'due', `整改时限${due.day}已过`, '请与责任单位商定从今天起的时限，不会自动更改');
    else if (due.doubt) say('doubt', 'due', due.doubt, '如不对，请写全年月日');
    const found = dayInCell(at('found'));
    if (found.wrong) say('wrong', 'found', found.wrong, '请写成 2026-06-30 的样子');
    else if (found.day !== null && found.day > today)
      say('wrong', 'found', `发现日期${found.day}晚于今天`, '请核对日期');
    else if (found.doubt) say('doubt', 'found', found.doubt, '如不对，请写全年月日');
    const gradeText = at('grade');
    const grade = gradeText === '' ? 'general' : gradeIn(gradeText, (header[column('grade')] ?? '').trim());
    if (grade === null) say('wrong', 'grade', `等级「${gradeText}」认不出来`, '请写“一般”或“重大”');
    const leads = namesIn(at('lead'));
    const responsible = namesIn(at('responsible'));
    const lead = leads.length > 0 ? leads : responsible;
    if (lead.length === 0) say('wrong', 'responsible', '没有写责任单位', '请补写责任单位');
    const closed = at('closed');
    if (
      (closed !== '' && saysClosed(closed, (header[column('closed')] ?? '').trim())) ||
      (closed === '' && saysClosed(at('status'), ''))
    )
      say(
        'wrong',
        closed === '' ? 'status' : 'closed',
        '表中写明已整改或已销号，不能按已销号导入',
        '请删去这一行，或清空这一格按未整改登记后走复查销号',
      );
    rows.push({
      ...{ sheet: name, row, cells, number: cut(at('number') || at('serial'), 80), text, title: titleOf(text) },
      ...{ subject: cut(at('subject'), 120), address: cut(at('address'), 200), category: cut(at('category'), 60) },
      ...{ grade: grade ?? 'general', measures: cut(at('measures'), 2000), lead },
      co: [...(leads.length > 0 ? responsible : []), ...namesIn(at('co'))],
      ...{
        supervising: namesIn(at('supervising'))[0] ?? null,
        person: cut(at('person'), 30),
        dueOn: due.day,
        foundOn: found.day,
      },
      ...{ finder: cut(at('finder'), 80), note: cut(at('note'), 400), troubles },
    });
  }
  return {
    name,
    header: header.map((cell) => cell.trim()),
    headerRow: filled[index]?.row ?? 1,
    roles,
    unknown: header.filter((word, c) => word.trim() !== '' && roles[c] === null).map((word) => word.trim()),
    rows,
  };
}
