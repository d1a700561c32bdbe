import type { Static } from 'typebox';
import { addDays, type Day, daysBetween } from '../../../kernel/day.ts';
import type { Reading } from '../../../platform/act.ts';
import { type Line as ProblemLine, problemsInSight, stoodThen } from '../../problems/server/door.ts';
import { unitsByIds } from '../../units/server/door.ts';
import type { ListingLine } from '../api.ts';
import { type Lateness, latenessOf } from '../late.ts';
import { isOpen } from '../lifecycle.ts';
import type { ListedProblem } from '../listing.ts';
import type { Setting } from '../situation.ts';
import { listingsThen } from './as-of.ts';
import { allListings, type ListingRow, settingOf } from './store.ts';

export type Line = Static<typeof ListingLine>;

/** A listing with its problem, as far as the reader may see it, and what is late on the day. */
export interface Seen {
  readonly listing: ListingRow;
  readonly problem: ProblemLine;
  readonly late: Lateness;
  readonly setting: Setting;
}

/** So near to a day that it is to be seen. */
const NEAR = 7;

/** Those of the listings whose problems are in sight, in their order. */
export async function inSight(reading: Reading, listings: readonly ListingRow[]): Promise<Seen[]> {
  const problems = new Map(
    (
      await problemsInSight(reading.db, reading.scope, [...new Set(listings.map((one) => one.problemId))], reading.day)
    ).map((problem) => [problem.id, problem]),
  );
  const settings = new Map<string, Setting>();
  for (const jurisdiction of new Set(listings.map((one) => one.jurisdiction)))
    settings.set(jurisdiction, await settingOf(reading.db, jurisdiction));
  return listings.flatMap((listing) => {
    const problem = problems.get(listing.problemId);
    const setting = settings.get(listing.jurisdiction);
    if (!problem || !setting) return [];
    const late = latenessOf(listing, { dueOn: problem.dueOn as Day }, reading.day, setting.limits);
    return [{ listing, problem, late, setting }];
  });
}

/**
 * All listings that the reader may see, the newest first; with `on` as they and their problems stood in the evening of that
 * past day.
 */
export async function seenListings(reading: Reading, on: Day | null = null): Promise<Seen[]> {
  const listings = await allListings(reading.db, reading.scope);
  if (on === null) return inSight(reading, listings);
  const then = await inSight({ ...reading, day: on }, await listingsThen(reading.db, listings, on));
  const ids = [...new Set(then.map((one) => one.listing.problemId))];
  const stood = await stoodThen(reading.db, reading.scope.jurisdictions, ids, on);
  const names = new Map<string, string>();
  for (const jurisdiction of new Set(then.map((one) => one.listing.jurisdiction))) {
    const leads = [...new Set([...stood.values()].map((one) => one.leadUnitId))];
    for (const unit of await unitsByIds(reading.db, jurisdiction, leads)) names.set(unit.id, unit.name);
  }
  return then.map((seen) => {
    const was = stood.get(seen.problem.id);
    if (!was) return seen;
    const problem = { ...seen.problem, ...was, leadUnitName: names.get(was.leadUnitId) ?? seen.problem.leadUnitName };
    return { ...seen, problem, late: latenessOf(seen.listing, { dueOn: was.dueOn }, on, seen.setting.limits) };
  });
}

/** The reasons for red and amber, the gravest first. */
function lampOf({ listing, late }: Seen, today: Day): { lamp: Line['lamp']; says: string } {
  if (!isOpen(listing.state)) return { lamp: 'none', says: '已了结' };
  const red = [
    late.limitLate > 0 ? `整改时限已过${late.limitLate}天` : '',
    late.retryLate > 0 ? `重新整改时限已过${late.retryLate}天` : '',
    late.acceptanceLate > 0 ? `现场验收已逾期${late.acceptanceLate}天` : '',
    late.planLate > 0 ? `整改方案已逾期${late.planLate}天` : '',
  ].filter((one) => one !== '');
  if (red.length > 0) return { lamp: 'red', says: red.join('；') };
  const near = (name: string, due: Day | null): string =>
    due !== null && due <= addDays(today, NEAR) ? `${name}还有${daysBetween(today, due)}天` : '';
  const amber = [
    listing.state === 'toAccept' ? near('距现场验收期限', late.acceptanceDueOn) : '',
    listing.state === 'listed' ? near('距报送方案期限', late.planDueOn) : '',
    ['listed', 'planFiled', 'rectifying'].includes(listing.state) ? near('距整改时限', late.limitOn) : '',
  ].filter((one) => one !== '');
  return amber.length > 0 ? { lamp: 'amber', says: amber.join('；') } : { lamp: 'green', says: '按期办理' };
}

/** The row of a list. */
export function lineOf(seen: Seen, today: Day): Line {
  const { listing, problem, late, setting } = seen;
  const { lamp, says } = lampOf(seen, today);
  return {
    id: listing.id,
    jurisdiction: listing.jurisdiction,
    number: listing.number,
    state: listing.state,
    level: listing.level,
    levelName: setting.levels.find((one) => one.code === listing.level)?.name ?? listing.level,
    matter: listing.matter,
    problemId: problem.id,
    problemNumber: problem.number,
    problemTitle: problem.title,
    subject: problem.subject,
    sector: problem.sector,
    leadUnitId: problem.leadUnitId,
    leadUnitName: problem.leadUnitName,
    supervisingUnitName: problem.supervisingUnitName,
    proposedOn: listing.proposedOn,
    proposedByName: listing.proposedByName,
    listedOn: listing.listedOn,
    noticeNumber: listing.noticeNumber,
    limitOn: late.limitOn,
    acceptanceDueOn: late.acceptanceDueOn,
    delistedOn: listing.delistedOn,
    escalations: listing.escalations,
    failures: listing.failures,
    lamp,
    lampReason: says,
    version: listing.version,
  };
}

/** What the rules ask about a problem, from its row in a list: enough to say who is next. */
export const factsOfLine = (problem: ProblemLine, today: Day): ListedProblem => ({
  id: problem.id,
  state: problem.state,
  open: !['closed', 'withdrawn', 'merged', 'unfounded'].includes(problem.state),
  major: problem.grade === 'major',
  ending: false,
  dueOn: problem.dueOn as Day,
  leadUnitId: problem.leadUnitId,
  leadUnitName: problem.leadUnitName,
  coUnitIds: [],
  supervisingUnitId: problem.supervisingUnitId,
  doneOn: ['toRecheck', 'toClose', 'closed'].includes(problem.state) ? today : null,
  doneByName: null,
  closedOn: problem.closedOn as Day | null,
  subject: problem.subject,
});
