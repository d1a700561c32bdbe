import { addDays, type Day, weekdayOf } from '../../kernel/day.ts';
import { filingsApi } from '../../modules/filings/api.ts';
import { filingsRoutes } from '../../modules/filings/server/routes.ts';
import { type FilingTales, reportsOf } from '../demo/bulletins.ts';
import { play } from '../demo/player.ts';
import { at, type Stage } from './stage.ts';

export const inFilings = play(filingsApi, filingsRoutes);

/**
 * An afternoon of reports: units file, late or not at all; once a week the office sends one back with a new hour, lets a unit
 * off, and takes that back again a week later.
 */
export async function workOnReports(stage: Stage, on: Day, tales: FilingTales): Promise<void> {
  for (const clerk of stage.clerks) await reportsOf(stage.house, on, clerk, tales);
  if (weekdayOf(on) !== 3) return;
  const office = at(stage, on, 17 * 60 + 30, stage.officer);
  const { rows } = await inFilings(office, 'listReports', {
    query: { dueFrom: addDays(on, -6), dueTo: addDays(on, 2) },
  });
  const others = rows.filter((row) => row.unitId !== stage.officer.unitId);
  const filed = others.findLast((row) => row.state === 'filed' && row.versions === 1);
  const waiting = others.find((row) => row.state === 'toFile' && row.dueOn >= on);
  const exempt = others.find((row) => row.state === 'exempt');
  if (filed)
    await inFilings(office, 'returnReport', {
      params: { id: filed.id },
      body: { version: filed.version, reason: '情况没有写清楚，请补充后再报。', dueOn: addDays(on, 1), hour: '17:00' },
    });
  if (waiting)
    await inFilings(office, 'exemptReport', {
      params: { id: waiting.id },
      body: { version: waiting.version, reason: '本期与专项检查合并报送。' },
    });
  if (exempt)
    await inFilings(office, 'demandReport', {
      params: { id: exempt.id },
      body: { version: exempt.version, reason: '专项检查推迟，仍按原要求报送。' },
    });
}
