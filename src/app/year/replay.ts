import { join } from 'node:path';
import { sql } from 'kysely';
import type { Actor } from '../../kernel/actor.ts';
import { addDays, addMonths, type Day, weekdayOf } from '../../kernel/day.ts';
import { bulletinsApi } from '../../modules/bulletins/api.ts';
import { makeForm } from '../../modules/bulletins/server/door.ts';
import { bulletinsRoutes } from '../../modules/bulletins/server/routes.ts';
import { makeRhythm } from '../../modules/filings/server/door.ts';
import { runOnce } from '../../platform/jobs/duty.ts';
import { perform } from '../../platform/perform.ts';
import { houseOn } from '../demo/adoption.ts';
import type { BulletinTales, FilingTales } from '../demo/bulletins.ts';
import { tellListings } from '../demo/listings.ts';
import { tellLookBacks } from '../demo/look-backs.ts';
import { play } from '../demo/player.ts';
import { tellProblems } from '../demo/problems.ts';
import { dutiesWith } from '../schedule.ts';
import { type Assessment, planAssessment } from './assess.ts';
import { workOnListings } from './listings.ts';
import { inPressures, workOnPressures } from './pressures.ts';
import { workOnReports } from './reports.ts';
import { at, dataOf, openStage, type Stage, timed } from './stage.ts';

interface Ran {
  readonly duty: string;
  readonly on: Day;
  readonly times: number;
}

export interface Year {
  readonly stage: Stage;
  readonly assessment: Assessment;
  /** Each duty of each morning, with how often it was really done. */
  readonly ran: readonly Ran[];
}

export const inBulletins = play(bulletinsApi, bulletinsRoutes);
type Step =
  | 'submitBulletin'
  | 'sendBackBulletin'
  | 'approveBulletin'
  | 'issueBulletin'
  | 'askPublishBulletin'
  | 'approvePublishBulletin';

const plain = <T>(value: T): never => structuredClone(value) as never;

/** The rhythms, the kinds of bulletins and the rules that hold from the first day on. */
async function begin(stage: Stage): Promise<FilingTales> {
  const { officer, first, jurisdiction } = stage;
  const filings = await dataOf<FilingTales>(jurisdiction, 'filings');
  const { forms } = await dataOf<BulletinTales>(jurisdiction, 'bulletins');
  const { house } = at(stage, addDays(first, -1), 8 * 60, officer);
  for (const rhythm of filings.rhythms)
    await perform(house, officer, (act) => makeRhythm(act, plain({ ...rhythm, fromOn: first, toOn: null })));
  const monthly = forms.find((one) => one.period === 'month');
  const longer = (['quarter', 'year'] as const).flatMap((period) =>
    monthly && !forms.some((one) => one.period === period)
      ? [{ ...monthly, period, name: `安全生产专项整治${period === 'year' ? '年度' : '季度'}通报` }]
      : [],
  );
  for (const form of [...forms, ...longer])
    await perform(house, officer, (act) =>
      makeForm(act, plain({ ...form, fromOn: form.period === 'day' ? first : addDays(first, -40), toOn: null })),
    );
  await inPressures({ house, actor: officer }, 'loadPressureRules', { body: {} });
  return filings;
}

/** Every duty of a morning by two processes at the same time, and once more after both. */
async function morning(stage: Stage, on: Day, ran: Ran[]): Promise<void> {
  const { house, otherHouse, jurisdiction } = stage;
  for (const duty of dutiesWith(join(stage.folder, 'seals.log')))
    await timed(stage, duty.name, async () => {
      const about = duty.about(on);
      const both = await Promise.all([
        runOnce(houseOn(house, on, 6 * 60), duty, about, jurisdiction),
        runOnce(houseOn(otherHouse, on, 6 * 60), duty, about, jurisdiction),
      ]);
      const again = await runOnce(houseOn(house, on, 6 * 60 + 5), duty, about, jurisdiction);
      ran.push({ duty: duty.name, on, times: [...both, again].filter((one) => one !== null).length });
    });
}

/**
 * One officer words and sends the drafts on, the leader agrees, the officer issues. Now and then a draft comes back, is
 * voided and counted anew, or is published on request.
 */
async function papers(stage: Stage, on: Day): Promise<void> {
  const { officer, colleague, leader } = stage;
  const drafts = async () =>
    (await inBulletins(at(stage, on, 8 * 60 + 30, officer), 'bulletinsToDo', {})).rows.filter(
      ({ bulletin }) => bulletin.state === 'draft',
    );
  const first = weekdayOf(on) === 1 && Number(on.slice(8, 10)) <= 7;
  for (const { bulletin } of first ? await drafts() : []) {
    if (bulletin.period !== 'week') continue;
    const params = { id: bulletin.id };
    const body = { version: bulletin.version, reason: '请重新取数后再送审。' };
    await inBulletins(at(stage, on, 8 * 60 + 31, officer), 'voidBulletin', { params, body });
    const found = await sql<{ formId: string; day: Day }>`
      select form_id as "formId", period_to as day from bulletin where id = ${bulletin.id}`.execute(stage.house.db);
    for (const again of found.rows)
      await inBulletins(at(stage, on, 8 * 60 + 35, officer), 'makeBulletin', { body: again });
  }
  for (const { bulletin } of await drafts()) {
    const params = { id: bulletin.id };
    let { version } = bulletin;
    if (bulletin.period !== 'day') version = await worded(stage, on, bulletin);
    const go = async (minute: number, who: Actor, name: Step, more: object = {}): Promise<void> => {
      ({ version } = await inBulletins(at(stage, on, minute, who), name, {
        params,
        body: { version, ...more },
      } as never));
    };
    await go(8 * 60 + 45, officer, 'submitBulletin');
    if (bulletin.period === 'month') {
      await go(8 * 60 + 50, leader, 'sendBackBulletin', { reason: '请再核对措辞。' });
      await go(8 * 60 + 55, officer, 'submitBulletin');
    }
    await go(9 * 60, leader, 'approveBulletin', { opinion: '同意印发。' });
    await go(9 * 60 + 20, officer, 'issueBulletin');
    if (bulletin.period !== 'quarter') continue;
    await go(9 * 60 + 30, officer, 'askPublishBulletin', { channel: '区政府网站', reason: '接受社会监督' });
    await go(9 * 60 + 40, colleague, 'approvePublishBulletin', { opinion: '同意公开。' });
  }
}

/** The officer adds a sentence with figures by their names and chooses what other units should read. */
async function worded(stage: Stage, on: Day, draft: { id: string; version: number }): Promise<number> {
  const moment = at(stage, on, 8 * 60 + 40, stage.officer);
  const params = { id: draft.id };
  const seen = await inBulletins(moment, 'viewBulletin', { params });
  const [story] = seen.tables.stories;
  const sections = seen.sections.map(({ key, text }) => ({
    key,
    text: key === 'next' ? `${text}\n未销号的{{未销号}}件要逐件盯办，逾期的{{逾期}}件限期整改。` : text,
  }));
  const { version } = await inBulletins(moment, 'editBulletin', {
    params,
    body: {
      version: draft.version,
      sections,
      chosen: story ? [{ filingId: story.filingId, at: story.at, kind: story.kind }] : [],
      addressee: seen.addressee,
      copies: seen.copies,
    },
  });
  return version;
}

/** What a day holds besides the ledger's own life, from the duties of the morning to the reports of the afternoon. */
async function dayOf(stage: Stage, assessment: Assessment, filings: FilingTales, on: Day, ran: Ran[]): Promise<void> {
  await morning(stage, on, ran);
  await timed(stage, 'papers', () => papers(stage, on));
  await timed(stage, 'pressures', () => workOnPressures(stage, on));
  await timed(stage, 'assessment', () => assessment.work(on));
  if (on === stage.today) return;
  await timed(stage, 'tasks', () => stage.tellTasks(on));
  await timed(stage, 'reports', () => workOnReports(stage, on, filings));
}

/** Problems that people of the office or look-backs changed on a day: who tells their lives has to see them anew. */
async function changedOn(stage: Stage, on: Day): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select distinct item_id as id from fact where item_kind = 'problem' and day = ${on}::date
      and kind in ('problem.listed', 'problem.delisted', 'problem.reopened', 'problem.lookedBack')`.execute(
    stage.house.db,
  );
  return found.rows.map((row) => row.id);
}

/** The last day on which the office lists hazards and looks back: once in the middle of every month. */
const monthly = (on: Day): boolean => on.endsWith('-15');

/**
 * A year of the demonstration district, day by day: in the evening the lives of its problems go on, in the morning two
 * processes run the duties at once, by day its people work. `days` before `today` are replayed.
 */
export async function replayYear(today: Day, days: number, problems: number): Promise<Year> {
  const stage = await openStage(today, days);
  const filings = await begin(stage);
  const assessment = await planAssessment(stage);
  const ran: Ran[] = [];
  const evening = addDays(stage.first, -1);
  const telling = addDays(today, -365);
  let last = performance.now();
  const between = async (day: Day): Promise<readonly string[]> => {
    stage.spent.set('problems', (stage.spent.get('problems') ?? 0) + performance.now() - last);
    const changed: string[] = [];
    if (day >= evening) {
      const on = addDays(day, 1);
      await dayOf(stage, assessment, filings, on, ran);
      if (on < today) {
        const noon = houseOn(stage.house, on, 14 * 60);
        if (monthly(on)) await timed(stage, 'listings', () => tellListings(noon));
        if (monthly(on) && addMonths(telling, 5) < on) await timed(stage, 'lookBacks', () => tellLookBacks(noon));
        await timed(stage, 'listings', () => workOnListings(stage, on));
      }
      changed.push(...(await changedOn(stage, on)));
    }
    last = performance.now();
    return changed;
  };
  // where the whole year is replayed, its first morning comes before the first problem
  if (stage.first <= telling) await between(evening);
  await tellProblems(stage.house, { today, count: problems, between });
  return { stage, assessment, ran };
}

/** What the year held, and where the time went: for whoever runs it by hand. */
export async function tellYear({ stage, ran }: Year): Promise<string> {
  const found = await sql<{ line: string }>`
    select 'bulletin ' || period || ' ' || state || ' ' || count(*) as line from bulletin group by period, state
    union all select 'measure ' || kind || ' ' || state || ' ' || count(*) from pressure group by kind, state
    union all select 'listing ' || state || ' ' || count(*) from listing group by state
    union all select 'report ' || state || ' ' || count(*) from periodic_report group by state
    union all select 'document ' || kind || ' ' || count(*) from issued_document group by kind
    union all select 'fact ' || item_kind || ' ' || count(*) from fact group by item_kind order by 1`.execute(
    stage.house.db,
  );
  const times = [...stage.spent]
    .sort(([, a], [, b]) => b - a)
    .map(([name, ms]) => `${name} ${(ms / 1000).toFixed(1)}s`);
  return [`duties ${ran.length}`, ...found.rows.map((row) => row.line), ...times].join('\n');
}
