/** One worksheet as text; `row` is the number that the person sees beside the line in the spreadsheet. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
}

/** What is wrong in which cell, and how to mend it. `column` is the header as written, or 整行. */
export interface Problem {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly says: string;
  readonly mend: string;
}

export type SheetKind = 'unit' | 'person' | 'alias' | 'group';
export const sheetWords: Readonly<Record<SheetKind, string>> = {
  unit: '单位',
  person: '人员',
  alias: '别名',
  group: '分组',
};

/** Headers by which a column is known; the first one is what the template writes. */
export const columnNames = {
  unit: {
    name: ['单位名称', '单位全称', '全称', '部门名称', '单位', '名称'],
    shortName: ['简称', '单位简称', '规范简称'],
    kind: ['类别', '单位类别', '单位类型', '类型'],
    parent: ['上级单位', '主管单位', '上级'],
    areaCode: ['区划代码', '行政区划代码'],
    phone: ['联系电话', '办公电话', '电话'],
    address: ['地址', '办公地址'],
    aliases: ['别名', '其他写法', '曾用名'],
    validFrom: ['启用日期', '成立日期'],
    principal: ['主要负责人', '负责人'],
    principalPhone: ['主要负责人电话', '负责人电话'],
    liaison: ['联络员', '联系人', '经办人'],
    liaisonPhone: ['联络员电话', '联系人电话', '经办人电话'],
  },
  person: {
    name: ['姓名'],
    phone: ['手机号', '手机', '联系电话', '电话'],
    unit: ['单位', '所在单位', '单位名称', '工作单位'],
    title: ['职务', '职务职级'],
    duty: ['岗位', '分工', '身份'],
    from: ['任职日期', '任职时间'],
    to: ['免职日期', '离任日期'],
  },
  alias: { alias: ['别名', '写法'], target: ['单位或分组', '对应单位', '指的是', '单位'] },
  group: {
    name: ['分组名称', '分组', '名称'],
    class: ['代表的一类单位', '一类单位'],
    kinds: ['规则：单位类别', '规则', '单位类别'],
    members: ['成员单位', '成员'],
    from: ['加入日期'],
    to: ['退出日期'],
  },
} as const;

/** Columns without which a sheet of the kind cannot be used. */
const needed: Readonly<Record<SheetKind, readonly string[]>> = {
  unit: ['name'],
  person: ['name', 'unit'],
  alias: ['alias', 'target'],
  group: ['name'],
};

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s*＊]/g, '')
    .replace(/\(.*?\)/g, '');

/** A line of a recognised sheet; `at` gives a column's text (trimmed, '' when absent), `header` what the column is called. */
export interface Line {
  readonly sheet: string;
  readonly row: number;
  at(column: string): string;
  header(column: string): string;
}

export interface RecognisedSheet {
  readonly name: string;
  readonly kind: SheetKind;
  readonly lines: readonly Line[];
}

/**
 * Finds out what each worksheet holds, by its name or, where that tells nothing, by its headers. The header is the first
 * of the top ten lines that has all needed columns; remarks above it are skipped, empty lines too.
 */
export function recogniseSheets(sheets: readonly Sheet[]): { sheets: RecognisedSheet[]; problems: Problem[] } {
  const found: RecognisedSheet[] = [];
  const problems: Problem[] = [];
  for (const sheet of sheets) {
    const filled = sheet.rows.filter((line) => line.cells.some((cell) => cell.trim() !== ''));
    if (filled.length === 0 || /说明|须知|示例/.test(sheet.name)) continue;
    const named = (Object.keys(sheetWords) as SheetKind[]).find((kind) => sheet.name.includes(sheetWords[kind]));
    const kinds: SheetKind[] = named ? [named] : ['person', 'alias', 'group', 'unit'];
    const header = locate(filled.slice(0, 10), kinds);
    if (header === null) {
      if (named || sheets.length === 1)
        problems.push({
          sheet: sheet.name,
          row: filled[0]?.row ?? 1,
          column: '整行',
          says: named
            ? `没有找到表头，${sheetWords[named]}表至少要有${needWords(named)}`
            : '认不出这张表是单位、人员、别名还是分组',
          mend: '请下载空白模板，按模板的表头填写',
        });
      continue;
    }
    const { index, kind, columns, texts } = header;
    found.push({
      name: sheet.name,
      kind,
      lines: filled.slice(index + 1).map(({ row, cells }) => ({
        sheet: sheet.name,
        row,
        at: (column) => (cells[columns.get(column) ?? -1] ?? '').trim(),
        header: (column) => texts.get(column) ?? firstName(kind, column),
      })),
    });
  }
  if (found.length === 0 && problems.length === 0)
    problems.push({
      sheet: sheets[0]?.name ?? '',
      row: 1,
      column: '整行',
      says: '表格里没有内容',
      mend: '请按模板填写后再导入',
    });
  return { sheets: found, problems };
}

const firstName = (kind: SheetKind, column: string): string =>
  (columnNames[kind] as Record<string, readonly string[]>)[column]?.[0] ?? column;

const needWords = (kind: SheetKind): string => needed[kind].map((column) => `「${firstName(kind, column)}」`).join('');

function locate(lines: Sheet['rows'], kinds: readonly SheetKind[]) {
  for (const [index, line] of lines.entries()) {
    for (const kind of kinds) {
      const columns = new Map<string, number>();
      const texts = new Map<string, string>();
      for (const [column, names] of Object.entries(columnNames[kind])) {
        for (const name of names) {
          const place = line.cells.findIndex(
            (cell, at) => plain(cell) === plain(name) && ![...columns.values()].includes(at),
          );
          if (place < 0 || columns.has(column)) continue;
          columns.set(column, place);
          texts.set(column, (line.cells[place] ?? '').trim());
        }
      }
      // A sheet of one column named 单位 alone is a list of units only when nothing else fits.
      if (needed[kind].every((column) => columns.has(column))) return { index, kind, columns, texts };
    }
  }
  return null;
}
