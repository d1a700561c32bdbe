import { readFile } from 'node:fs/promises';
import { type Actor, hasRole, systemActor } from '../../kernel/actor.ts';
import { addDays, addMonths, type Day, weekdayOf } from '../../kernel/day.ts';
import { asJurisdiction } from '../../kernel/ids.ts';
import { accountOfLogin, actorOf } from '../../modules/access/server/door.ts';
import type { BulletinForm } from '../../modules/bulletins/bulletin-form.ts';
import {
  approve,
  bulletinsToDo,
  edit,
  issue,
  makeDue,
  makeForm,
  submit,
  viewBulletin,
} from '../../modules/bulletins/server/door.ts';
import { filingsApi } from '../../modules/filings/api.ts';
import type { Filled } from '../../modules/filings/filing.ts';
import type { Rhythm } from '../../modules/filings/rhythm.ts';
import { makeRhythm, openFilings } from '../../modules/filings/server/door.ts';
import { filingsRoutes } from '../../modules/filings/server/routes.ts';
import type { House } from '../../platform/act.ts';
import { perform, reading } from '../../platform/perform.ts';
import { houseOn } from './adoption.ts';
import { readDistrict } from './district.ts';
import { play } from './player.ts';

const inFilings = play(filingsApi, filingsRoutes);
/** The last days that are told. */
const DAYS = 21;

export interface FilingTales {
  readonly rhythms: readonly Omit<Rhythm, 'id' | 'fromOn' | 'toOn'>[];
  /** Rarer ones; `begins`: days from today to the first of the `days` for which it holds. */
  readonly others: readonly (Omit<Rhythm, 'id' | 'fromOn' | 'toOn'> & {
    readonly begins?: number;
    readonly days?: number;
  })[];
  readonly narratives: readonly string[];
  readonly practices: Filled['practices'];
  readonly cases: Filled['cases'];
}
export interface BulletinTales {
  readonly forms: readonly Omit<BulletinForm, 'id' | 'fromOn' | 'toOn'>[];
  readonly reviews: readonly Omit<BulletinForm, 'id' | 'fromOn' | 'toOn'>[];
}

const read = async <T>(jurisdiction: string, name: string): Promise<T> =>
  JSON.parse(
    await readFile(new URL(`../../../data/jurisdictions/${jurisdiction}/${name}.json`, import.meta.url), 'utf8'),
  ) as T;

/** The same number for the same text on every machine. */
const luck = (text: string): number => [...text].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 9973, 7);

/**
 * 报送 and 日报、周通报、月调度 of the last weeks: units report in time, late or not at all; the office edits, another approves,
 * what is new lies ready as a draft.
 */
export async function tellBulletins(house: House): Promise<void> {
  const district = await readDistrict();
  const jurisdiction = asJurisdiction(district.jurisdiction);
  const today = house.clock.today();
  const people: Actor[] = [];
  for (const { login } of district.accounts) {
    const account = await accountOfLogin(house.db, login);
    if (account !== null) people.push(await actorOf(house.db, account));
  }
  const officer = people.find((one) => hasRole(one, 'officer'));
  const leader = people.find((one) => hasRole(one, 'leader'));
  if (!officer || !leader) return;
  const filings = await read<FilingTales>(jurisdiction, 'filings');
  const bulletins = await read<BulletinTales>(jurisdiction, 'bulletins');
  const first = addDays(today, -DAYS);
  const begun = houseOn(house, first, 8 * 60 + 10);
  const plain = <T>(value: T): never => structuredClone(value) as never;
  for (const rhythm of filings.rhythms)
    await perform(begun, officer, (act) =>
      makeRhythm(act, plain({ ...rhythm, fromOn: addDays(first, -100), toOn: null })),
    );
  for (const { begins, days, ...rhythm } of filings.others) {
    const fromOn = begins === undefined ? addDays(first, -100) : addDays(today, begins);
    const toOn = days === undefined ? null : addDays(fromOn, days - 1);
    await perform(begun, officer, (act) => makeRhythm(act, plain({ ...rhythm, fromOn, toOn })));
  }
  for (const form of [...bulletins.forms, ...bulletins.reviews])
    await perform(begun, officer, (act) => makeForm(act, plain({ ...form, fromOn: addMonths(first, -2), toOn: null })));
  const clerks = people.filter((one) => hasRole(one, 'clerk') && !hasRole(one, 'officer'));
  const system = systemActor(jurisdiction);
  for (let day = first; day <= today; day = addDays(day, 1)) {
    await perform(houseOn(house, day, 5), system, (act) => openFilings(act, day));
    // the last days' daily reports and every weekly and monthly paper
    if (day > addDays(today, -5) || weekdayOf(day) === 1 || day.endsWith('-01'))
      await papersOf(house, day, { system, officer, leader, today });
    // what is due today is left to whoever looks
    if (day < today) for (const clerk of clerks) await reportsOf(house, day, clerk, filings);
  }
}

/** What one unit reports on a day: most in time, some a day late, a few never. */
export async function reportsOf(house: House, day: Day, clerk: Actor, tales: FilingTales): Promise<void> {
  const now = { house: houseOn(house, day, 15 * 60 + (luck(clerk.name) % 90)), actor: clerk };
  const { rows } = await inFilings(now, 'reportsToDo', {});
  for (const row of rows) {
    const chance = luck(`${row.rhythmName}${row.periodFrom}${clerk.unitName}`) % 20;
    if (chance === 0 || (chance === 1 && day <= row.dueOn) || day < addDays(row.dueOn as Day, -(chance % 3))) continue;
    if (row.dueOn < day && chance !== 1) continue;
    const { rhythm } = await inFilings(now, 'viewReport', { params: { id: row.id } });
    const told = luck(`${clerk.unitName}${row.periodFrom}`);
    const pick = <T>(list: readonly T[]): T[] => list.slice(told % list.length, (told % list.length) + 1);
    const filled: Filled = {
      values: Object.fromEntries(
        rhythm.fields.map((field) => [
          field.key,
          field.type === 'yesNo' ? chance % 4 !== 0 : field.type === 'text' ? '按要求落实。' : 3 + (chance % 9),
        ]),
      ),
      narrative: rhythm.narrative === 'none' ? '' : (tales.narratives[told % tales.narratives.length] ?? ''),
      cases: rhythm.cases === 'must' ? pick(tales.cases) : [],
      practices: rhythm.practices === 'may' && chance % 6 === 2 ? pick(tales.practices) : [],
    };
    await inFilings(now, 'fileReport', { params: { id: row.id }, body: { version: row.version, filled } } as never);
  }
}

/** Bulletins that are ready on a day; those of earlier days were approved and issued, the newest of each kind wait. */
async function papersOf(
  house: House,
  day: Day,
  told: { readonly system: Actor; readonly officer: Actor; readonly leader: Actor; readonly today: Day },
): Promise<void> {
  const { system, officer, leader, today } = told;
  await perform(houseOn(house, day, 5 * 60 + 40), system, (act) => makeDue(act, day));
  const morning = houseOn(house, day, 8 * 60 + 30);
  if (day === today || morning.clock.now() > house.clock.now()) return;
  for (const id of await draftsOf(morning, officer)) {
    const seen = await viewBulletin(reading(morning, officer), id);
    if (seen.bulletin.period === 'month' && day > addDays(today, -40)) {
      await perform(morning, officer, (act) => submit(act, { id, version: seen.bulletin.version }));
      continue;
    }
    const [story] = seen.tables.stories;
    const sections = seen.sections.map(({ key, text }) => ({ key, text }));
    const edited = await perform(morning, officer, (act) =>
      edit(act, {
        id,
        version: seen.bulletin.version,
        sections,
        chosen: story ? [{ filingId: story.filingId, at: story.at, kind: story.kind }] : [],
        addressee: seen.addressee,
        copies: seen.copies,
      }),
    );
    const sent = await perform(morning, officer, (act) => submit(act, edited));
    const agreed = await perform(houseOn(house, day, 9 * 60 + 20), leader, (act) =>
      approve(act, { ...sent, opinion: '同意印发。' }),
    );
    await perform(houseOn(house, day, 9 * 60 + 40), officer, (act) => issue(act, agreed));
  }
}

const draftsOf = async (house: House, officer: Actor): Promise<string[]> =>
  (await bulletinsToDo(reading(house, officer))).rows
    .filter((row) => row.bulletin.state === 'draft')
    .map((row) => row.bulletin.id);
