import { readFile } from 'node:fs/promises';
import { readDocument } from '../../platform/documents/read.ts';
import { type Paper, sentences, tablesCounted } from './printed.ts';
import { dayWords, type recounted } from './recount.ts';

type Counted = ReturnType<typeof recounted>;

/** The lines of a file as a reader of it sees them; cells of a row stand apart by tabs. */
async function linesOf(path: string, name: string): Promise<string[]> {
  const { text } = await readDocument(new Uint8Array(await readFile(path)), name);
  return text.split('\n').map((line) => line.trim());
}
const line = (cells: readonly unknown[]): string =>
  cells
    .map((cell) => cell ?? '')
    .join('\t')
    .trim();

/** What holds no figure of the ledgers: numbers of documents and days of head and foot, names of charts and annexes. */
const aside = [
  /〔\d{4}〕\d+号$/,
  /^\d{4}年\d{1,2}月\d{1,2}日$/,
  /\d{4}年\d{1,2}月\d{1,2}日印发$/,
  /^图\d　/,
  /^(附件：)?\d\.[^\d]+$/,
  /^本期数据截至/,
];

/**
 * Lines with a digit in an issued paper that nobody counted, and counted ones that are not there. `short`: a daily report,
 * whose template does without some of the tables.
 */
export async function paperUnexplained(
  path: string,
  paper: Paper,
  counted: Counted,
  short: boolean,
): Promise<string[]> {
  const lines = await linesOf(path, '通报.docx');
  const tables = Object.entries(tablesCounted(counted)).flatMap(([name, rows]) =>
    paper.data[name] === null ? [] : rows.map((row) => line(Object.values(row))),
  );
  const words = paper.sections.flatMap(({ text }) => sentences(counted, text));
  const told = ((paper.data.经验做法 as string[] | null) ?? []).concat(
    ['主送单位', '抄送单位'].map((name) => String(paper.data[name] ?? '')),
  );
  const counts = new Set([...tables, ...words]);
  const known = new Set([
    ...counts,
    `（第${paper.issue}期　${counted.figures.本期.value}）`,
    `校验值：${paper.sha256.slice(0, 16)}`,
  ]);
  const strange = lines.filter(
    (one) =>
      /\d/.test(one) &&
      !known.has(one) &&
      !aside.some((pattern) => pattern.test(one)) &&
      !told.some((each) => each !== '' && one.includes(each)),
  );
  const there = new Set(lines);
  return [
    ...strange.map((one) => `没有数：${one}`),
    ...[...(short ? words : counts)].filter((one) => !there.has(one)).map((one) => `没有印：${one}`),
  ];
}

/** The rows that an annex should have, by a word of its name. */
const annexRows: Readonly<Record<string, (counted: Counted) => unknown[][]>> = {
  各单位情况: ({ units }) =>
    units.map((one) => [
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
  逾期最长事项: ({ overdue }) =>
    overdue.map((one) => [one.unitName, one.number, one.title, one.personName, dayWords(one.dueOn), one.days]),
  迟报缺报清单: ({ missed }) =>
    missed.map((one) => [
      one.unitName,
      one.number,
      one.rhythmName,
      one.periodWords,
      one.standing === 'late' ? '迟报' : '缺报',
    ]),
};

/** The same for a workbook that went out with the paper. */
export async function annexUnexplained(path: string, name: string, counted: Counted): Promise<string[]> {
  const kind = Object.keys(annexRows).find((one) => name.includes(one));
  if (kind === undefined) return [`没有数：${name}`];
  const wanted = new Set(annexRows[kind]?.(counted).map(line));
  // title, day and heads of the columns stand above
  const rows = (await linesOf(path, '附件.xlsx')).filter((one) => one.includes('\t')).slice(1);
  const there = new Set(rows);
  return [
    ...rows.filter((one) => !wanted.has(one)).map((one) => `${name}没有数：${one}`),
    ...[...wanted].filter((one) => !there.has(one)).map((one) => `${name}没有印：${one}`),
  ];
}
