import { sql } from 'kysely';
import type { ResponseOf } from '../../../kernel/contract.ts';
import type { Day } from '../../../kernel/day.ts';
import { Refusal } from '../../../kernel/refusal.ts';
import { type FormRow, type RowTrouble, recogniseForm, type SheetText } from '../../../kernel/sheet-form.ts';
import type { Act } from '../../../platform/act.ts';
import type { rulebookApi } from '../api.ts';
import { Cells, type RuleColumn } from '../cells.ts';
import { type Dated, saysOf } from '../sheet.ts';
import { type AnyBook, before, books } from './books.ts';
import type { PlainBook } from './plain.ts';

type Report = ResponseOf<typeof rulebookApi.checkRulebook>;
type Outcome = Report['rows'][number];

/** Undoes what a check tried out; caught by `importBook` alone. */
class Tried extends Error {}

interface Found {
  readonly row: FormRow;
  readonly name: string;
  outcome: Outcome['outcome'];
  says: string;
}

/**
 * Checks a workbook of rules and, unless `apply` is false or anything is wrong, writes it in the transaction of the act.
 * A check really writes everything behind a savepoint and takes it back, so that it finds what the rooms would refuse.
 * The same book again changes nothing.
 */
export async function importBook(
  act: Act,
  sheets: readonly SheetText[],
  plain: readonly PlainBook[],
  apply: boolean,
): Promise<Report> {
  // two imports at a time would each find the other's rules missing
  await sql`select pg_advisory_xact_lock(hashtext(${`rulebook ${act.actor.jurisdiction}`}))`.execute(act.db);
  let report: Report = { applied: false, rows: [], troubles: [] };
  await sql`savepoint tried`.execute(act.db);
  try {
    report = await enter(act, sheets, plain);
    const wrong = report.troubles.some((one) => one.level === 'wrong');
    if (!apply || wrong) throw new Tried();
    return { ...report, applied: true };
  } catch (error) {
    if (!(error instanceof Tried)) throw error;
    await sql`rollback to savepoint tried`.execute(act.db);
    return report;
  }
}

async function enter(act: Act, sheets: readonly SheetText[], plain: readonly PlainBook[]): Promise<Report> {
  const report: Report = { applied: false, rows: [], troubles: [] };
  const used = new Set<string>();
  const rowsOf = (name: string, columns: readonly RuleColumn[]): FormRow[] => {
    const own = sheets.filter((sheet) => plainName(sheet.name) === name);
    for (const sheet of own) used.add(sheet.name);
    if (own.length === 0) return [];
    const { sheets: read, troubles } = recogniseForm(own, columns);
    // an empty sheet of the template is no mistake
    report.troubles.push(...troubles.filter((one) => one.says !== '表格里没有内容'));
    for (const sheet of read)
      for (const header of sheet.unknown)
        report.troubles.push(remark(sheet.name, sheet.headerRow, header, '这一列没有用到', '表头请按空白表填写'));
    return read.flatMap((sheet) => sheet.rows);
  };
  const tell = (found: readonly Found[], cells: readonly Cells[]): void => {
    report.troubles.push(...cells.flatMap((one) => one.inOrder()));
    for (const { row, name, outcome, says } of found)
      report.rows.push({ sheet: row.sheet, row: row.row, name, outcome, says });
  };
  for (const one of plain) {
    const rows = rowsOf(one.sheet.name, one.sheet.columns);
    if (rows.length > 0) await enterPlain(act, one, rows, tell);
  }
  for (const book of books) {
    const seen = new Map<string, number>();
    for (const row of rowsOf(book.sheet.name, book.sheet.columns)) {
      const cells = new Cells(row, book.sheet.columns);
      const rule = book.sheet.read(cells);
      const key = `${rule.name} ${rule.fromOn}`;
      const twin = seen.get(key);
      if (twin !== undefined && cells.troubles.length === 0)
        cells.wrong('name', `与第 ${twin} 行的名称和起始日期相同`, '请删去一行，或改起始日期');
      seen.set(key, row.row);
      // everything that is wrong with a row is told at once, names that nobody knows too
      const sound = cells.troubles.length === 0;
      if (!sound) await book.settle?.(act, rule, cells);
      const outcome: Pick<Found, 'outcome' | 'says'> = sound
        ? await enterRule(act, book, rule, cells)
        : { outcome: 'wrong', says: '' };
      tell([{ row, name: rule.name, ...outcome }], [cells]);
    }
  }
  for (const sheet of sheets)
    if (!used.has(sheet.name) && !/说明|须知|示例/.test(sheet.name) && sheet.rows.length > 0)
      report.troubles.push(
        remark(
          sheet.name,
          1,
          '整行',
          `工作表“${sheet.name}”不认得，没有读`,
          `工作表的名称应是${[...books, ...plain].map((one) => one.sheet.name).join('、')}之一`,
        ),
      );
  if (used.size === 0)
    report.troubles.push({
      ...remark(sheets[0]?.name ?? '', 1, '整行', '没有一张认得的工作表', '请下载空白表，按表填写后再导入'),
      level: 'wrong',
    });
  return { ...report, troubles: report.troubles.slice(0, 300), rows: report.rows.slice(0, 2000) };
}

const plainName = (name: string): string => name.normalize('NFKC').replace(/\s/g, '');
const remark = (sheet: string, row: number, column: string, says: string, mend: string): RowTrouble => ({
  level: 'doubt',
  sheet,
  row,
  cell: '',
  column,
  says,
  mend,
});

/** What one row changes: nothing, a new rule, the next version of one, the end of one. A refusal becomes a remark. */
async function enterRule(act: Act, book: AnyBook, read: Dated, cells: Cells): Promise<Pick<Found, 'outcome' | 'says'>> {
  const wrong = { outcome: 'wrong' as const, says: '' };
  if (read.toOn !== null && read.toOn < read.fromOn) {
    cells.wrong('toOn', '截止日期早于起始日期');
    return wrong;
  }
  await sql`savepoint one_rule`.execute(act.db);
  try {
    const rule = (await book.settle?.(act, read, cells)) ?? read;
    if (cells.troubles.length > 0) return wrong;
    return await decide(act, book, rule, cells);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await sql`rollback to savepoint one_rule`.execute(act.db);
    const places = error.places.map((place) => ({
      ...place,
      key: place.where.replace(/^body\./, '').split(/[.[]/)[0] ?? '',
    }));
    if (places.length === 0) cells.wrong('', error.says);
    for (const { key, says } of places) cells.wrong(key === 'weights' ? 'timeliness' : key, says);
    return wrong;
  }
}

async function decide(act: Act, book: AnyBook, rule: Dated, cells: Cells): Promise<Pick<Found, 'outcome' | 'says'>> {
  const { sheet } = book;
  const says = saysOf(sheet, rule);
  const known = (await book.there(act))
    .filter((one) => one.name === rule.name && (book.versions || one.fromOn === rule.fromOn))
    .sort((a, b) => (a.fromOn < b.fromOn ? 1 : -1));
  const twin = known.find((one) => saysOf(sheet, one) === says && one.fromOn === rule.fromOn);
  const newest = known[0];
  const same = (words: string) => ({ outcome: 'same' as const, says: words });
  const endBy = async (id: string, on: string) => {
    await book.end?.(act, id, on as Day);
    return { outcome: 'ended' as const, says: `到 ${on} 停用` };
  };
  if (twin) {
    if (rule.toOn === null || twin.toOn === rule.toOn)
      return same(twin.toOn === null ? '已有' : `已有，${twin.toOn} 为止`);
    if (twin.toOn === null && book.end) return endBy(twin.id, rule.toOn);
    cells.wrong('toOn', `系统中的到 ${twin.toOn ?? '今后'} 为止`, '已停用的不改截止日期；要恢复的，另写更晚的起始日期');
    return { outcome: 'wrong', says: '' };
  }
  if (newest && saysOf(sheet, newest) === says && newest.toOn === null) {
    if (rule.toOn === null) return same(`已有，自 ${newest.fromOn} 起`);
    if (rule.toOn >= newest.fromOn) return endBy(newest.id, rule.toOn);
  }
  if (newest && !book.versions) {
    cells.wrong('fromOn', '同一天起已有同名的，内容不同', '请到页面上办理，或改名称');
    return { outcome: 'wrong', says: '' };
  }
  if (newest && rule.fromOn <= newest.fromOn) {
    cells.wrong(
      'fromOn',
      `系统中自 ${newest.fromOn} 起的与这一行内容不同`,
      `改了内容的，起始日期要晚于 ${newest.fromOn}；没有改的，请照导出的表填写`,
    );
    return { outcome: 'wrong', says: '' };
  }
  if (newest && book.end && (newest.toOn === null || newest.toOn >= rule.fromOn))
    await book.end(act, newest.id, before(rule.fromOn));
  await book.make(act, rule);
  const until = rule.toOn === null ? '' : `，到 ${rule.toOn} 为止`;
  return newest
    ? { outcome: 'changed', says: `自 ${rule.fromOn} 起换用这一版${until}，原来的到前一天为止` }
    : { outcome: 'added', says: `自 ${rule.fromOn} 起${until}` };
}

async function enterPlain(
  act: Act,
  book: PlainBook,
  rows: readonly FormRow[],
  tell: (found: readonly Found[], cells: readonly Cells[]) => void,
): Promise<void> {
  const there = new Map((await book.there(act)).map((one) => [one.item, one]));
  const changed = new Map<string, { content: string; cells: Cells; found: Found }>();
  const all: Found[] = [];
  const cells: Cells[] = [];
  for (const row of rows) {
    const read = new Cells(row, book.sheet.columns);
    cells.push(read);
    const [name, content] = [row.at('item'), row.at('content')];
    const now = there.get(name);
    const found: Found = { row, name, outcome: 'same', says: '不变' };
    all.push(found);
    if (!now) {
      found.outcome = 'wrong';
      read.wrong('item', `没有“${name}”这一项`, `请从中选写：${[...there.keys()].join('、')}`);
    } else if (content !== '' && content !== now.content) {
      found.outcome = now.set ? 'changed' : 'added';
      found.says = now.content === '' ? content : `原来是“${now.content}”，改为“${content}”`;
      changed.set(name, { content, cells: read, found });
    }
  }
  if (changed.size > 0)
    try {
      await book.put(act, changed);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      [...changed.values()][0]?.cells.wrong('content', error.says, '请补齐后重新导入');
    }
  for (const { cells: read, found } of changed.values()) if (read.troubles.length > 0) found.outcome = 'wrong';
  tell(all, cells);
}
