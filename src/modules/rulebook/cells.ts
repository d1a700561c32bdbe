import { dayInCell, type FormColumn, type FormRow, namesInCell, type RowTrouble } from '../../kernel/sheet-form.ts';

/** A column of a sheet of rules, with the sentence that says what to write there. */
export interface RuleColumn extends FormColumn {
  readonly width: number;
  readonly fill: string;
  readonly choices?: readonly string[];
}

/** One paragraph a line. */
export const linesIn = (text: string): string[] =>
  text
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');

const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');

/** One row as the rule's values; whatever cannot be read is noted with the cell and what to write instead. */
export class Cells {
  readonly troubles: RowTrouble[] = [];
  readonly row: FormRow;
  readonly #columns: readonly RuleColumn[];
  constructor(row: FormRow, columns: readonly RuleColumn[]) {
    this.row = row;
    this.#columns = columns;
  }

  /** Notes what is wrong with a cell; a key that is no column of the sheet means the whole row. */
  wrong(key: string, says: string, mend?: string): void {
    const column = this.#columns.find((one) => one.key === key);
    this.troubles.push(this.row.trouble('wrong', column ? key : '', says, mend ?? column?.fill ?? '请改正后重新导入'));
  }

  /** What is wrong, from the first column to the last. */
  inOrder(): readonly RowTrouble[] {
    const place = (trouble: RowTrouble): number =>
      this.#columns.findIndex((one) => this.row.trouble('wrong', one.key, '', '').column === trouble.column);
    return [...this.troubles].sort((a, b) => place(a) - place(b));
  }

  text(key: string, most: number, needed = false): string {
    const text = this.row.at(key);
    if (needed && text === '') this.wrong(key, '没有填写');
    if (text.length > most) this.wrong(key, `有 ${text.length} 个字，最多 ${most} 个字`, `请缩短到 ${most} 个字以内`);
    return text.slice(0, most);
  }

  list(key: string, needed = false): string[] {
    const list = namesInCell(this.row.at(key));
    if (needed && list.length === 0) this.wrong(key, '没有填写');
    return list;
  }

  /** A whole number; an empty cell is `otherwise`. */
  whole(key: string, otherwise: number, least: number, most: number): number {
    const text = plain(this.row.at(key)).replace(/[天日件次名%年]$/, '');
    if (text === '') return otherwise;
    const number = Number(text);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    this.wrong(key, `“${this.row.at(key)}”不是 ${least} 到 ${most} 的整数`);
    return otherwise;
  }

  wholeOrNone(key: string, least: number, most: number): number | null {
    return this.row.at(key) === '' ? null : this.whole(key, least, least, most);
  }

  yes(key: string, otherwise: boolean): boolean {
    const text = plain(this.row.at(key));
    if (text === '') return otherwise;
    if (/^(是|有|必填|√|✓|Y|y)$/.test(text)) return true;
    if (/^(否|无|不|没有|×|N|n)$/.test(text)) return false;
    this.wrong(key, `“${this.row.at(key)}”认不出来`, '请写“是”或“否”');
    return otherwise;
  }

  /** 17:00; also 9:00, 17时, 17点30分 and a time of day as spreadsheets keep it (0.708). */
  hour(key: string): string {
    const text = plain(this.row.at(key));
    const clock = /^(\d{1,2})(?:[:时点](\d{1,2})?分?(?::\d{2})?)$/.exec(text);
    const share = /^0?\.\d+$/.test(text) ? Math.round(Number(text) * 1440) : null;
    const hour = share === null ? Number(clock?.[1] ?? Number.NaN) : Math.floor(share / 60);
    const minute = share === null ? Number(clock?.[2] ?? 0) : share % 60;
    if (hour >= 0 && hour <= 23 && minute <= 59)
      return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    this.wrong(key, text === '' ? '没有填写' : `“${this.row.at(key)}”不是时刻`, '请写成 17:00 这样的时刻');
    return '';
  }

  day(key: string): string {
    const { day, wrong } = dayInCell(this.row.at(key));
    if (day === null) this.wrong(key, wrong ?? '没有填写', '请写成 2026-01-05 这样的日期');
    return day ?? '';
  }

  dayOrNone(key: string): string | null {
    return this.row.at(key) === '' ? null : this.day(key) || null;
  }

  /** One of the words; an empty cell is `otherwise`, and wrong where there is none. */
  oneOf<T extends string>(key: string, words: Readonly<Record<T, string>>, otherwise?: T): T {
    const text = plain(this.row.at(key));
    const found = codeOf(words, text);
    if (found !== undefined) return found;
    if (text === '' && otherwise !== undefined) return otherwise;
    this.wrong(
      key,
      text === '' ? '没有填写' : `“${this.row.at(key)}”认不出来`,
      `请从中选写：${Object.values(words).join('、')}`,
    );
    return otherwise ?? (Object.keys(words)[0] as T);
  }

  /** Any of the words. */
  someOf<T extends string>(key: string, words: Readonly<Record<T, string>>): T[] {
    const found: T[] = [];
    for (const text of namesInCell(this.row.at(key))) {
      const code = codeOf(words, plain(text));
      if (code === undefined) this.wrong(key, `“${text}”认不出来`, `请从中选写：${Object.values(words).join('、')}`);
      else found.push(code);
    }
    return (Object.keys(words) as T[]).filter((code) => found.includes(code));
  }
}

const codeOf = <T extends string>(words: Readonly<Record<T, string>>, text: string): T | undefined =>
  (Object.entries(words) as [T, string][]).find(([, word]) => plain(word) === text)?.[0];
