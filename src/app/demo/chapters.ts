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
import { tellProblems } from './problems.ts';
import { type ChapterName, chapterNames, chapterSetting, toldChapters } from './told.ts';

const tellers: Readonly<Record<ChapterName, (house: House) => Promise<void>>> = {
  listings: tellListings,
  lookBacks: tellLookBacks,
  pressures: tellPressures,
  meetings: tellMeetings,
  assessment: tellAssessment,
  bulletins: tellBulletins,
};

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
  for (const name of chapterNames) {
    const setting = chapterSetting(name);
    if (options.stopped()) return false;
    if (told.has(setting)) continue;
    await tellers[name](house);
    await sql`insert into setting (jurisdiction, name, value) values (${jurisdiction}, ${setting}, 'true'::jsonb)
      on conflict (jurisdiction, name) do nothing`.execute(house.db);
  }
  return !options.stopped();
}
