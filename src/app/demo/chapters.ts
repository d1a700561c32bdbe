import { sql } from 'kysely';
import { asJurisdiction } from '../../kernel/ids.ts';
import type { House } from '../../platform/act.ts';
import { tellAssessment } from './assessment.ts';
import { tellBulletins } from './bulletins.ts';
import { readDistrict } from './district.ts';
import { tellListings } from './listings.ts';
import { tellLookBacks } from './look-backs.ts';
import { tellMeetings } from './meetings.ts';
import { tellPressures } from './pressures.ts';
import { tellProblems, yearIsTold } from './problems.ts';

/** What is told once the year's problems are: each names the setting that says that it was told to its end. */
const chapters: readonly { readonly setting: string; readonly tell: (house: House) => Promise<void> }[] = [
  { setting: 'demonstration.listings', tell: tellListings },
  { setting: 'demonstration.lookBacks', tell: tellLookBacks },
  { setting: 'demonstration.pressures', tell: tellPressures },
  { setting: 'demonstration.meetings', tell: tellMeetings },
  { setting: 'demonstration.assessment', tell: tellAssessment },
  { setting: 'demonstration.bulletins', tell: tellBulletins },
];

async function toldChapters(house: House): Promise<ReadonlySet<string>> {
  const { jurisdiction } = await readDistrict();
  const found = await sql<{ name: string }>`select name from setting
    where jurisdiction = ${jurisdiction} and name = any(${chapters.map((one) => one.setting)})`.execute(house.db);
  return new Set(found.rows.map((row) => row.name));
}

/** Whether everything has been told to its end: the year's problems, and what its people did about them today. */
export async function areTold(house: House): Promise<boolean> {
  return (await yearIsTold(house)) && (await toldChapters(house)).size === chapters.length;
}

/**
 * Tells what is not told yet, in order; a process that ends in the middle of it goes on at its next start. Gives whether
 * it came to the end.
 */
export async function tellAll(
  house: House,
  options: { readonly count: number; readonly stopped: () => boolean; readonly log: (line: string) => void },
): Promise<boolean> {
  const jurisdiction = asJurisdiction((await readDistrict()).jurisdiction);
  await tellProblems(house, { today: house.clock.today(), ...options });
  const told = await toldChapters(house);
  for (const { setting, tell } of chapters) {
    if (options.stopped()) return false;
    if (told.has(setting)) continue;
    await tell(house);
    await sql`insert into setting (jurisdiction, name, value) values (${jurisdiction}, ${setting}, 'true'::jsonb)
      on conflict (jurisdiction, name) do nothing`.execute(house.db);
  }
  return !options.stopped();
}
