import type { QueryOf, ResponseOf } from '../../../kernel/contract.ts';
import { yearOf } from '../../../kernel/day.ts';
import type { Reading } from '../../../platform/act.ts';
import type { supervisionApi } from '../api.ts';
import { hanging, isOpen, type ListingAction, listingLifecycle } from '../lifecycle.ts';
import { judge } from '../situation.ts';
import { pastDay } from './as-of.ts';
import { factsOfLine, lineOf, type Seen, seenListings } from './lines.ts';
import { missing } from './missing.ts';
import { settingOf } from './store.ts';

type Query = QueryOf<typeof supervisionApi.listListings>;

const plain = (text: string): string => text.toLowerCase().replace(/\s/g, '');

/** One filter after the other; what a figure counts and what the list shows go through here both. */
export function fits(query: Query, seen: Seen): boolean {
  const { listing, problem, late } = seen;
  if (query.state && query.state.length > 0 && !query.state.includes(listing.state)) return false;
  if (query.level && listing.level !== query.level) return false;
  if (query.leadUnit && problem.leadUnitId !== query.leadUnit) return false;
  if (query.sector && problem.sector !== query.sector) return false;
  const { limitLate, planLate, acceptanceLate, retryLate } = late;
  const lateOf = {
    limit: limitLate,
    plan: planLate,
    acceptance: acceptanceLate,
    retry: retryLate,
    late: limitLate + planLate + acceptanceLate + retryLate,
  };
  if (query.late && lateOf[query.late] === 0) return false;
  if (query.only === 'hanging' && !hanging.includes(listing.state)) return false;
  if (query.only === 'open' && !isOpen(listing.state)) return false;
  if (query.only === 'ended' && isOpen(listing.state)) return false;
  if (query.only === 'escalated' && (listing.escalations === 0 || !isOpen(listing.state))) return false;
  if (query.jurisdiction && listing.jurisdiction !== query.jurisdiction) return false;
  if (query.listedFrom && (listing.listedOn === null || listing.listedOn < query.listedFrom)) return false;
  if (query.listedTo && (listing.listedOn === null || listing.listedOn > query.listedTo)) return false;
  if (query.delistedFrom && (listing.delistedOn === null || listing.delistedOn < query.delistedFrom)) return false;
  if (query.delistedTo && (listing.delistedOn === null || listing.delistedOn > query.delistedTo)) return false;
  if (query.q) {
    const text = plain(
      [
        listing.number,
        listing.matter,
        listing.noticeNumber ?? '',
        problem.number,
        problem.title,
        problem.subject ?? '',
      ].join('\n'),
    );
    if (!text.includes(plain(query.q))) return false;
  }
  return true;
}

/** The list: open ones first, by their limit; then those that ended, the newest first; of a past day as they stood then. */
export async function list(reading: Reading, query: Query): Promise<ResponseOf<typeof supervisionApi.listListings>> {
  const { page = 1, pageSize = 50 } = query;
  const on = pastDay(reading, query.asOf);
  const found = (await seenListings(reading, on)).filter(
    (one) => fits(query, one) && (query.only !== 'mine' || (on === null && duties(reading, one).length > 0)),
  );
  const order = (one: Seen): string => (isOpen(one.listing.state) ? `0${one.late.limitOn}` : '1');
  const rows = [...found].sort((a, b) => order(a).localeCompare(order(b)));
  return {
    rows: rows.slice((page - 1) * pageSize, page * pageSize).map((one) => lineOf(one, on ?? reading.day)),
    total: rows.length,
    totalIsCapped: false,
    page,
    pageSize,
  };
}

/** The actions that lead on and wait for somebody; the others are done when there is a reason. */
const leading: readonly ListingAction[] = ['approve', 'issue', 'filePlan', 'recordPlan', 'apply', 'pass', 'delist'];

/** Which of the leading actions the reader may take now. */
export function duties(reading: Reading, { listing, problem, setting }: Seen): ListingAction[] {
  if (!isOpen(listing.state) || listing.jurisdiction !== reading.actor.jurisdiction) return [];
  const facts = factsOfLine(problem, reading.day);
  return leading.filter((action) => judge(listing, facts, reading.actor, action, reading.day, null, setting).may);
}

/** What waits for the reader. */
export async function toDo(reading: Reading): Promise<ResponseOf<typeof supervisionApi.proposalsToDecide>> {
  const rows = (await seenListings(reading)).flatMap((one) =>
    duties(reading, one).map((action) => ({
      listing: lineOf(one, reading.day),
      action,
      word: listingLifecycle.actions[action],
    })),
  );
  return { rows };
}

/** The figures above the list, of today or of a past day. Each is counted by the very filter to which it opens. */
export async function figures(
  reading: Reading,
  asked: { readonly asOf?: string } = {},
): Promise<ResponseOf<typeof supervisionApi.listingFigures>> {
  const on = pastDay(reading, asked.asOf);
  const all = await seenListings(reading, on);
  const year = yearOf(on ?? reading.day);
  const then: Query = on === null ? {} : { asOf: on };
  const figure = (key: string, name: string, query: Query, red = false, note: string | null = null) => ({
    key,
    name,
    value: all.filter((one) => fits(query, one)).length,
    query: Object.fromEntries(
      Object.entries({ ...query, ...then }).map(([field, value]) => [
        field,
        Array.isArray(value) ? value.join(',') : String(value),
      ]),
    ),
    red,
    note,
  });
  const lacking = await missing(reading, on);
  const { levels } = await settingOf(reading.db, reading.actor.jurisdiction);
  return {
    day: on ?? reading.day,
    figures: [
      figure('hanging', '正在挂牌', { only: 'hanging' }),
      figure('proposed', '待审批', { state: ['proposed'] }),
      figure('limit', '整改逾期', { late: 'limit' }, true),
      figure('toAccept', '待验收', { state: ['toAccept'] }),
      figure('acceptance', '验收逾期', { late: 'acceptance' }, true),
      figure('escalated', '已升级督办', { only: 'escalated' }),
      figure('delisted', `${year}年已摘牌`, { delistedFrom: `${year}-01-01`, delistedTo: `${year}-12-31` }),
    ],
    demanded: lacking.demanded,
    listed: lacking.listed,
    missing: lacking.missing,
    oldest: lacking.oldest,
    levels: [...levels],
  };
}
