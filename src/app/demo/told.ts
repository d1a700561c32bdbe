import { sql } from 'kysely';
import type { Day } from '../../kernel/day.ts';
import { addDays } from '../../kernel/day.ts';
import type { House } from '../../platform/act.ts';
import { readDistrict } from './district.ts';

// Apart from what tells it: every start of a demonstration asks this, and few have anything left to tell.

/** How far the telling of the year's problems has come, kept so that a process that was stopped goes on where it was. */
export interface Told {
  /** The day on which the demonstration was begun: the lives are dated relative to it. */
  readonly today: Day;
  readonly count: number;
  /** Last day that was told; null before the first. */
  readonly until: Day | null;
}

/** The setting that keeps it. */
export const problemsTold = 'demonstration.problems';

/** What is told once the year's problems are, in order. */
export const chapterNames = ['listings', 'lookBacks', 'pressures', 'meetings', 'assessment', 'bulletins'] as const;
export type ChapterName = (typeof chapterNames)[number];
/** The setting that says that a chapter was told to its end. */
export const chapterSetting = (name: ChapterName): string => `demonstration.${name}`;

/** Whether the year's problems have been told to their end. */
async function yearIsTold(house: House, jurisdiction: string): Promise<boolean> {
  const kept = await sql<{ value: Told }>`
    select value from setting where jurisdiction = ${jurisdiction} and name = ${problemsTold}`.execute(house.db);
  const told = kept.rows[0]?.value;
  return told !== undefined && told.until !== null && told.until >= addDays(told.today, -1);
}

/** The settings of the chapters that were told to their end. */
export async function toldChapters(house: House): Promise<ReadonlySet<string>> {
  const { jurisdiction } = await readDistrict();
  const found = await sql<{ name: string }>`select name from setting
    where jurisdiction = ${jurisdiction} and name = any(${chapterNames.map(chapterSetting)})`.execute(house.db);
  return new Set(found.rows.map((row) => row.name));
}

/** Whether everything has been told to its end: the year's problems, and what its people did about them today. */
export async function areTold(house: House): Promise<boolean> {
  const { jurisdiction } = await readDistrict();
  return (await yearIsTold(house, jurisdiction)) && (await toldChapters(house)).size === chapterNames.length;
}
