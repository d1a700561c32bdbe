import { bookBytes, type SheetBook } from '../../../platform/documents/sheet-writer.ts';
import { inOwnWords } from '../bulletin-form.ts';
import type { Snapshot } from '../snapshot.ts';

/** A table of the snapshot as a workbook. */
export interface Annex {
  readonly key: string;
  readonly name: string;
  readonly bytes: Buffer;
}

const column = (header: string, width: number) => ({ header, width });
const standingWords = { late: '迟报', missing: '缺报' } as const;

/** Every table of a snapshot in full; the same snapshot gives the same bytes. */
export function booksOf(snapshot: Snapshot, title: string): readonly (SheetBook & { readonly key: string })[] {
  const dated = `数据截至${snapshot.to}`;
  const book = (
    key: string,
    sheet: string,
    columns: SheetBook['columns'],
    rows: SheetBook['rows'],
  ): SheetBook & { readonly key: string } => ({
    key,
    sheet,
    titles: [`${title}附件：${sheet}`, dated],
    columns,
    paper: 'A4',
    rows,
  });
  return [
    book(
      'units',
      inOwnWords('各单位情况', snapshot.form.called),
      [
        column('单位', 24),
        ...[
          '本期新增',
          '本期销号',
          '重新打开',
          '期末未销号',
          '期末逾期',
          '最长逾期（天）',
          '在办任务',
          '逾期任务',
          '本期销号任务',
        ].map((one) => column(one, 11)),
      ],
      snapshot.units.map((one) => [
        one.name,
        one.registered,
        one.closed,
        one.reopened,
        one.open,
        one.red,
        one.longest,
        one.tasksOpen,
        one.tasksRed,
        one.tasksClosed,
      ]),
    ),
    book(
      'overdue',
      inOwnWords('各单位逾期最长事项', snapshot.form.called),
      [
        column('责任单位', 20),
        column('编号', 16),
        column('事项', 50),
        column('责任人', 12),
        column('时限', 13),
        column('逾期（天）', 10),
      ],
      snapshot.overdue.map((one) => [
        one.unitName,
        one.number,
        one.title,
        one.personName,
        { day: one.dueOn },
        one.days,
      ]),
    ),
    book(
      'filings',
      '迟报缺报清单',
      [column('单位', 24), column('编号', 16), column('报送', 30), column('所属时段', 30), column('情况', 10)],
      snapshot.missed.map((one) => [
        one.unitName,
        one.number,
        one.rhythmName,
        one.periodWords,
        standingWords[one.standing],
      ]),
    ),
  ];
}

export async function annexesOf(snapshot: Snapshot, title: string): Promise<Annex[]> {
  const made: Annex[] = [];
  for (const { key, ...book } of booksOf(snapshot, title))
    made.push({ key, name: `附件：${book.sheet}.xlsx`, bytes: await bookBytes(book) });
  return made;
}
