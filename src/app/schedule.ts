import { sql } from 'kysely';
import { makeBulletinsDuty } from '../modules/bulletins/server/door.ts';
import {
  openFilingsDuty,
  remindAgainDuty,
  remindAheadDuty,
  remindFilingsDuty,
} from '../modules/filings/server/door.ts';
import { accidentEntries } from '../modules/meetings/server/door.ts';
import { keepFigures } from '../modules/problems/server/door.ts';
import { suggestPressure } from '../modules/supervision/server/door.ts';
import { sealDay } from '../platform/facts/seal.ts';
import { sweepFiles } from '../platform/files/sweep.ts';
import { forgetWaitingFiles } from '../platform/files/waiting.ts';
import type { Duty } from '../platform/jobs/duty.ts';

/** Answers kept for resent requests are of no use after a week. */
const forgetRequests: Duty = {
  name: 'forget-requests',
  word: '清理一周前的重复提交凭据',
  pattern: '40 3 * * *',
  about: (today) => today,
  run: async (act) => {
    const gone = await sql`
      delete from idempotency
      where jurisdiction = ${act.actor.jurisdiction} and created_at < ${act.now}::timestamptz - interval '7 days'`.execute(
      act.db,
    );
    return `清理 ${gone.numAffectedRows ?? 0} 条`;
  },
};

/** All timed duties of the product; `stubs` is the file that keeps the seals outside the database. */
export const dutiesWith = (stubs: string): readonly Duty[] => [
  sealDay(stubs),
  keepFigures,
  openFilingsDuty,
  remindFilingsDuty,
  remindAgainDuty,
  remindAheadDuty,
  suggestPressure({ accidents: accidentEntries }),
  makeBulletinsDuty,
  forgetRequests,
  forgetWaitingFiles,
  sweepFiles,
];
