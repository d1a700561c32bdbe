import type { QueryOf, ResponseOf } from '../../../kernel/contract.ts';
import { addDays, type Day, parseDay } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Reading } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { filingsApi } from '../api.ts';
import type { Story } from '../filing.ts';
import { periodInWords } from '../rhythm.ts';
import { namesOf } from './lines.ts';
import { filingsOf, versionsOf } from './store.ts';

/** A story that came with a filing, as it stood at a moment. */
export interface ToldStory extends Story {
  readonly filingId: string;
  readonly at: number;
  readonly kind: 'case' | 'practice';
  readonly unitId: string;
  readonly unitName: string;
  readonly rhythmName: string;
  readonly periodWords: string;
  /** Files of the report that it came with. */
  readonly files: number;
}

/** 典型案例 and 经验做法 of filings due on days `from`–`to` that had come by the moment, in the newest version of then. */
export async function storiesOf(db: Queryable, scope: Scope, from: Day, to: Day, at: Date): Promise<ToldStory[]> {
  const rows = await filingsOf(db, scope, { from, to });
  const names = await namesOf(db, rows);
  const versions = await versionsOf(
    db,
    scope.jurisdictions,
    rows.filter((row) => row.versions > 0).map((row) => row.id),
  );
  return rows.flatMap((row) => {
    const newest = versions.find((one) => one.filingId === row.id && one.at <= at);
    if (!newest) return [];
    const of = {
      filingId: row.id,
      unitId: row.unitId,
      rhythmName: row.rhythmName,
      files: newest.filled.fileIds?.length ?? 0,
      unitName: names.get(row.unitId) ?? '（单位已不存在）',
      periodWords: periodInWords(row.period, row.periodFrom, row.periodTo),
    };
    return [
      ...newest.filled.cases.map((one, index) => ({ ...of, ...one, at: index, kind: 'case' as const })),
      ...newest.filled.practices.map((one, index) => ({ ...of, ...one, at: index, kind: 'practice' as const })),
    ];
  });
}

const SHOWN = 200;

const dayAsked = (text: string | undefined, where: string, usual: Day): Day => {
  if (text === undefined) return usual;
  const day = parseDay(text);
  if (day === null) throw notValid('日期有误，请重新选择。', [{ where: `query.${where}`, says: '不是日期' }]);
  return day;
};

/** 案例和做法: what units told within some days, the newest first; by kind, unit and words. A year where nothing is asked. */
export async function listStories(
  reading: Reading,
  query: QueryOf<typeof filingsApi.listStories>,
): Promise<ResponseOf<typeof filingsApi.listStories>> {
  const to = dayAsked(query.to, 'to', addDays(reading.day, 60));
  const from = dayAsked(query.from, 'from', addDays(to, -425));
  const words = (query.q ?? '').trim();
  const found = (await storiesOf(reading.db, reading.scope, from, to, reading.now)).filter(
    (one) =>
      (query.kind === undefined || one.kind === query.kind) &&
      (words === '' || [one.title, one.text, one.unitName].some((text) => text.includes(words))),
  );
  return { rows: found.reverse().slice(0, SHOWN), all: found.length, from, to };
}
