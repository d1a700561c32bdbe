import { sql } from 'kysely';
import { namesInCell } from '../../../kernel/sheet-form.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import type { DocumentForm } from '../../letters/form.ts';
import { knownLetterhead, setLetterhead } from '../../letters/server/door.ts';
import { usualLevels } from '../../supervision/listing.ts';
import type { Cells } from '../cells.ts';
import {
  type LetterheadItem,
  letterheadItems,
  letterheadSheet,
  lettersSheet,
  type PlainSheet,
  settingSheet,
  settings,
} from '../plain-sheets.ts';

/** An item of a plain sheet as it stands. */
export interface PlainItem {
  readonly item: string;
  readonly content: string;
  readonly means: string;
  /** It was set, and is not only what usually holds. */
  readonly set: boolean;
}
export interface PlainBook {
  readonly sheet: PlainSheet;
  there(reading: Reading): Promise<readonly PlainItem[]>;
  /** Sets the contents of the items that changed; notes the cells that cannot be. */
  put(act: Act, changed: ReadonlyMap<string, { readonly content: string; readonly cells: Cells }>): Promise<void>;
}

const empty = { redHead: '', issuer: '', numberSeries: '', printer: '', copies: '', hotline: '' };
const fieldOf = (word: string): LetterheadItem | undefined =>
  (Object.keys(letterheadItems) as LetterheadItem[]).find((field) => letterheadItems[field].word === word);

async function headOf(reading: Reading) {
  const known = await knownLetterhead(reading.db, reading.actor.jurisdiction);
  return { ...empty, ...known, letters: { ...known?.letters } };
}

const letterheadBook = (forms: readonly DocumentForm[]): PlainBook => ({
  sheet: letterheadSheet,
  there: async (reading) => {
    const head = await headOf(reading);
    return (Object.keys(letterheadItems) as LetterheadItem[]).map((field) => ({
      item: letterheadItems[field].word,
      content: head[field],
      means: `${letterheadItems[field].means}${letterheadItems[field].must ? '；必填' : ''}`,
      set: head[field] !== '',
    }));
  },
  put: async (act, changed) => {
    const head = await headOf(act);
    const next = { ...head };
    for (const [word, { content, cells }] of changed) {
      const field = fieldOf(word);
      if (!field) continue;
      const { most } = letterheadItems[field];
      if (content.length > most) cells.wrong('content', `有 ${content.length} 个字`, `请缩短到 ${most} 个字以内`);
      else next[field] = content;
    }
    await setLetterhead(act, next, forms);
  },
});

const lettersBook = (forms: readonly DocumentForm[]): PlainBook => ({
  sheet: lettersSheet,
  there: async (reading) => {
    const head = await headOf(reading);
    return forms.map((form) => ({
      item: form.word,
      content: head.letters[form.letters] ?? '',
      means: `不填的用“${head.numberSeries || '发文机关'}”的代字；${sameSeries(forms, form)}`,
      set: head.letters[form.letters] !== undefined,
    }));
  },
  put: async (act, changed) => {
    const head = await headOf(act);
    const letters: Record<string, string> = { ...head.letters };
    const given = new Map<string, string>();
    for (const [word, { content, cells }] of changed) {
      const form = forms.find((one) => one.word === word);
      if (!form) continue;
      const other = given.get(form.letters);
      if (content.length > 20) cells.wrong('content', `有 ${content.length} 个字`, '请缩短到 20 个字以内');
      else if (other !== undefined && other !== content)
        cells.wrong('content', `与同一编号的文种的代字“${other}”不同`, `请统一代字；${sameSeries(forms, form)}`);
      else {
        given.set(form.letters, content);
        letters[form.letters] = content;
      }
    }
    await setLetterhead(act, { ...head, letters }, forms);
  },
});

const sameSeries = (forms: readonly DocumentForm[], form: DocumentForm): string =>
  `与${forms
    .filter((one) => one.letters === form.letters)
    .map((one) => one.word)
    .join('、')}用同一个编号`;

const wordsOf = (value: unknown): string | null =>
  typeof value === 'number'
    ? String(value)
    : Array.isArray(value)
      ? value.map((one) => (one as { name: string }).name).join('、')
      : null;

async function valuesOf(reading: Reading): Promise<ReadonlyMap<string, unknown>> {
  const found = await sql<{ name: string; value: unknown }>`
    select name, value from setting where jurisdiction = ${reading.actor.jurisdiction}
      and name = any(${settings.map((one) => one.key)}::text[])`.execute(reading.db);
  return new Map(found.rows.map((row) => [row.name, row.value]));
}

const settingBook: PlainBook = {
  sheet: settingSheet,
  there: async (reading) => {
    const values = await valuesOf(reading);
    return settings.map((one) => {
      const set = wordsOf(values.get(one.key));
      return { item: one.word, content: set ?? one.usual, means: one.means, set: set !== null };
    });
  },
  put: async (act, changed) => {
    const values = await valuesOf(act);
    for (const [word, { content, cells }] of changed) {
      const one = settings.find((each) => each.word === word);
      if (!one) continue;
      const value = one.names ? levelsOf(content, values.get(one.key)) : Number(content);
      const size = Array.isArray(value) ? value.length : value;
      if (!Number.isInteger(size) || size < one.least || size > one.most) {
        cells.wrong(
          'content',
          one.names ? `“${content}”有 ${size} 个级别` : `“${content}”不是 ${one.least} 到 ${one.most} 的整数`,
          one.names ? `请写 ${one.least} 到 ${one.most} 个级别，用顿号隔开` : `请写 ${one.least} 到 ${one.most} 的整数`,
        );
        continue;
      }
      await sql`insert into setting (jurisdiction, name, value)
        values (${act.actor.jurisdiction}, ${one.key}, ${JSON.stringify(value)}::jsonb)
        on conflict (jurisdiction, name) do update set value = excluded.value`.execute(act.db);
    }
  },
};

/** Levels by their names; a name keeps the code that it had, since listings know the level by its code. */
function levelsOf(text: string, before: unknown): { code: string; name: string }[] {
  const known = Array.isArray(before) ? (before as { code: string; name: string }[]) : usualLevels;
  const taken = new Set<string>(known.map((level) => level.code));
  let next = 1;
  return namesInCell(text).map((name) => {
    const code = known.find((level) => level.name === name)?.code;
    if (code !== undefined) return { code, name };
    while (taken.has(`level-${next}`)) next += 1;
    taken.add(`level-${next}`);
    return { code: `level-${next}`, name };
  });
}

/** The plain sheets, in the order of the workbook; `forms` are the documents of all rooms. */
export const plainBooks = (forms: readonly DocumentForm[]): readonly PlainBook[] => [
  letterheadBook(forms),
  lettersBook(forms),
  settingBook,
];
