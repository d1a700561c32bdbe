import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { hasRole } from '../../../kernel/actor.ts';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { type Day, earlier, lastOfMonth } from '../../../kernel/day.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import { notAllowed, notNow, notValid } from '../../../kernel/refusal.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { announce } from '../../../platform/facts/record.ts';
import { unitsByIds } from '../../units/server/door.ts';
import {
  type AccidentCount,
  type AccidentFigure,
  type AccidentTarget,
  confirmedBy,
  countIn,
  type FigureGiven,
  judgeFigure,
  monthsFrom,
  monthsOf,
  soundNumbers,
} from '../accident.ts';
import type { dutiesApi } from '../api-duties.ts';
import { accidentFigureLifecycle } from '../figure-lifecycle.ts';
import type { Done, Seen } from './cases.ts';
import { dayIn, led, namesOf } from './from-form.ts';
import { accidentFigures as figures, type KeptFigure } from './kinds.ts';
import { offersOf } from './views.ts';

/** 填报: one row for each unit and month; what was entered twice is corrected instead. */
export async function enterFigure(
  act: Act,
  input: {
    readonly unitId: string;
    readonly month: string;
    readonly accidents: number;
    readonly deaths: number;
    readonly note: string;
  },
): Promise<Done> {
  const { actor } = act;
  if (!hasRole(actor, 'officer') && actor.unitId !== input.unitId)
    throw notAllowed('只能填报本单位的事故数字；其他单位的由安委办填报。');
  if (input.month > act.day.slice(0, 7))
    throw notValid('不能填报以后月份的数字。', [{ where: 'body.month', says: '晚于本月' }]);
  if (!soundNumbers(input.accidents, input.deaths)) throw notValid(accidentFigureLifecycle.needs.numbers);
  const names = await namesOf(act, [input.unitId], 'body.unitId');
  const there = await sql<{
    number: string;
  }>`select number from accident_figure where jurisdiction = ${actor.jurisdiction}
    and body ->> 'unitId' = ${input.unitId} and body ->> 'month' = ${input.month}`.execute(act.db);
  if (there.rows[0])
    throw notNow(`这个单位${input.month}的数字已经填报过（${there.rows[0].number}），请在列表中更正。`);
  const unitName = names.get(input.unitId) ?? '';
  const body: AccidentFigure = {
    ...input,
    unitName,
    note: input.note.trim(),
    enteredBy: actor.accountId,
    enteredByName: actor.name,
    enteredByPerson: actor.personId,
    confirmedOn: null,
    confirmedByName: null,
    confirmed: [],
  };
  const made = await figures.make(
    act,
    { state: 'figureEntered', on: `${input.month}-01`, units: [input.unitId], body },
    {
      kind: 'accidentFigure.entered',
      says: () => `${who(act)}填报${unitName}${input.month}事故${input.accidents}起、死亡${input.deaths}人`,
    },
  );
  return { id: made.id, number: made.number, version: 1, state: made.state };
}

const decide = (act: Act, one: KeptFigure, action: Parameters<typeof judgeFigure>[2], given: FigureGiven) =>
  led(judgeFigure(one, act.actor, action, given));

export async function correctFigure(
  act: Act,
  input: Seen & { readonly accidents: number; readonly deaths: number; readonly reason: string },
): Promise<Done> {
  const one = await figures.load(act, input);
  const state = decide(act, one, 'correctFigure', input);
  const { accidents, deaths } = input;
  return figures.save(
    act,
    one,
    {
      state,
      body: {
        accidents,
        deaths,
        enteredBy: act.actor.accountId,
        enteredByName: act.actor.name,
        enteredByPerson: act.actor.personId,
        confirmedOn: null,
        confirmedByName: null,
      },
    },
    {
      kind: 'accidentFigure.corrected',
      says: `${who(act)}更正为事故${accidents}起、死亡${deaths}人（原为${one.body.accidents}起、${one.body.deaths}人）：${input.reason.trim()}`,
    },
  );
}

/** 核对: by another person; from this day on the numbers count. */
export async function confirmFigure(act: Act, input: Seen): Promise<Done> {
  const one = await figures.load(act, input);
  const state = decide(act, one, 'confirmFigure', {});
  const { accidents, deaths, confirmed } = one.body;
  return figures.save(
    act,
    one,
    {
      state,
      body: {
        confirmedOn: act.day,
        confirmedByName: act.actor.name,
        confirmed: [...confirmed, { on: act.day, accidents, deaths }],
      },
    },
    { kind: 'accidentFigure.confirmed', says: `${who(act)}核对${one.body.month}事故${accidents}起、死亡${deaths}人` },
  );
}

export async function sendBackFigure(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const one = await figures.load(act, input);
  const state = decide(act, one, 'sendBackFigure', input);
  return figures.save(
    act,
    one,
    { state },
    { kind: 'accidentFigure.sentBack', says: `${who(act)}退回数字：${input.reason.trim()}` },
  );
}

/** 压降目标分解: what a unit may have at most. A change is a new row with its reason; the former one stays. */
export async function setAccidentTarget(
  act: Act,
  input: Omit<AccidentTarget, 'unitName'> & { readonly reason: string },
): Promise<{ id: string }> {
  const names = await namesOf(act, [input.unitId], 'body.unitId');
  const before = (await accidentTargets(act.db, act.scope, input.year, act.day)).find(
    (one) => one.unitId === input.unitId,
  );
  const reason = input.reason.trim();
  if (reason.length < 2)
    throw notValid(before ? '请写明为什么调整目标。' : '请写明目标的依据。', [
      { where: 'body.reason', says: '请写明' },
    ]);
  const id = randomUUID();
  const unitName = names.get(input.unitId) ?? '';
  await sql`
    insert into accident_target (jurisdiction, id, unit_id, unit_name, year, accidents, deaths, accidents_before, deaths_before,
      reason, made_by_name, made_on, made_at)
    values (${act.actor.jurisdiction}, ${id}, ${input.unitId}, ${unitName}, ${input.year}, ${input.accidents}, ${input.deaths},
      ${input.accidentsBefore}, ${input.deathsBefore}, ${reason}, ${act.actor.name}, ${act.day}, ${act.now})`.execute(
    act.db,
  );
  await announce(act, {
    item: { kind: 'accidentTarget', id },
    kind: 'accidentTarget.set',
    says: `${who(act)}下达${unitName}${input.year}年压降目标：事故不超过${input.accidents}起、死亡不超过${input.deaths}人（${reason}）`,
  });
  return { id };
}

/** The targets of a year that held on the evening of `day`. */
export async function accidentTargets(
  db: Queryable,
  scope: Scope,
  year: number,
  day: string,
): Promise<(AccidentTarget & { readonly id: string })[]> {
  const units = scope.units === 'all' ? null : [...scope.units];
  const found = await sql<AccidentTarget & { id: string }>`
    select distinct on (jurisdiction, unit_id) id, unit_id as "unitId", unit_name as "unitName", year, accidents, deaths,
      accidents_before as "accidentsBefore", deaths_before as "deathsBefore" from accident_target
    where jurisdiction = any(${[...scope.jurisdictions]}::text[]) and year = ${year} and made_on <= ${day}
      and (${units}::uuid[] is null or unit_id = any(${units}::uuid[]))
    order by jurisdiction, unit_id, made_at desc, id`.execute(db);
  return found.rows;
}

const known = async (db: Queryable, scope: Scope, from: string, to: string) =>
  (await figures.list(db, scope, { from: `${from}-01`, to: `${to}-01` })).map((one) => ({
    ...one.body,
    id: one.id,
  }));

/**
 * Accidents and deaths of the units in the `months` months that end with the month of `day`, as confirmed by that day. For
 * pressure rules and the assessment; `figureIds` are the rows that were added up.
 */
export async function accidentsIn(
  db: Queryable,
  scope: Scope,
  of: { readonly day: string; readonly months: number; readonly units: readonly string[] },
): Promise<AccidentCount[]> {
  const last = of.day.slice(0, 7);
  return countIn(await known(db, scope, monthsFrom(last, 1 - of.months), last), of.units, of.day, of.months);
}

/** The page: every unit with target, count and months that are missing; the figures of the year below. */
export async function accidentBoard(
  reading: Reading,
  query: { readonly year?: number; readonly asOf?: string },
): Promise<ResponseOf<typeof dutiesApi.accidentBoard>> {
  const { db, scope, actor } = reading;
  const day = query.asOf ? dayIn(query.asOf, 'query.asOf') : reading.day;
  const year = query.year ?? Number(day.slice(0, 4));
  const last = Number(day.slice(0, 4)) > year ? `${year}-12` : day.slice(0, 7);
  const months = last < `${year}-01` ? [] : monthsOf(`${year}-01`, last);
  const [all, targets] = await Promise.all([
    figures.list(db, scope, { from: `${year}-01-01`, to: `${year}-12-31` }),
    accidentTargets(db, scope, year, day),
  ]);
  const units = new Map<string, string>([
    ...all.map((one) => [one.body.unitId, one.body.unitName] as const),
    ...targets.map((one) => [one.unitId, one.unitName] as const),
  ]);
  const cards = await unitsByIds(db, actor.jurisdiction, [...units.keys()]);
  const names = new Map(cards.map((card) => [card.id as string, card.shortName ?? card.name]));
  const rows = [...units].map(([unitId, unitName]) => {
    const own = all.flatMap((one) => {
      const numbers = one.body.unitId === unitId && months.includes(one.body.month) ? confirmedBy(one.body, day) : null;
      return numbers ? [{ month: one.body.month, ...numbers }] : [];
    });
    const target = targets.find((one) => one.unitId === unitId);
    const accidents = own.reduce((sum, one) => sum + one.accidents, 0);
    const deaths = own.reduce((sum, one) => sum + one.deaths, 0);
    return {
      unitId,
      unitName: names.get(unitId) ?? unitName,
      accidents,
      deaths,
      targetAccidents: target?.accidents ?? null,
      targetDeaths: target?.deaths ?? null,
      accidentsBefore: target?.accidentsBefore ?? null,
      deathsBefore: target?.deathsBefore ?? null,
      missing: months.filter((month) => month < day.slice(0, 7) && !own.some((one) => one.month === month)),
      over: target !== undefined && (accidents > target.accidents || deaths > target.deaths),
    };
  });
  const thisYear = Number(reading.day.slice(0, 4));
  return {
    day,
    year,
    years: [thisYear, thisYear - 1],
    months,
    rows: rows.sort(
      (a, b) =>
        Number(b.over) - Number(a.over) ||
        b.deaths - a.deaths ||
        b.accidents - a.accidents ||
        a.unitName.localeCompare(b.unitName),
    ),
    figures: all
      .filter((one) => one.state !== 'figureConfirmed' || one.body.month >= (months.at(-3) ?? ''))
      .slice(0, 200)
      .map((one) => ({
        id: one.id,
        number: one.number,
        state: one.state,
        unitId: one.body.unitId,
        unitName: names.get(one.body.unitId) ?? one.body.unitName,
        month: one.body.month,
        accidents: one.body.accidents,
        deaths: one.body.deaths,
        note: one.body.note,
        enteredByName: one.body.enteredByName,
        confirmedByName: one.body.confirmedByName,
        confirmedOn: one.body.confirmedOn,
        version: one.version,
        offers: offersOf(accidentFigureLifecycle, actor, one.jurisdiction, (action) =>
          judgeFigure(one, actor, action, null),
        ),
      })),
  };
}

/** Accidents of a month as pressure rules count them: what each confirmation added to what was known before. */
export interface AccidentEntry {
  readonly unitId: string;
  readonly id: string;
  readonly title: string;
  /** Last day of the month, or the day of the confirmation while the month still runs. */
  readonly on: Day;
  readonly notedOn: Day;
  readonly count: number;
}

/** Confirmed accidents of a government that fall on days `from`–`to`; a correction is an entry of its own, also below zero. */
export async function accidentEntries(
  db: Queryable,
  jurisdiction: string,
  from: Day,
  to: Day,
): Promise<readonly AccidentEntry[]> {
  const scope = { jurisdictions: [asJurisdiction(jurisdiction)], units: 'all' } as const;
  const found = await figures.list(db, scope, { from: `${from.slice(0, 7)}-01`, to: `${to.slice(0, 7)}-01` });
  return found
    .flatMap(({ id, body }) =>
      body.confirmed.map((one, at) => {
        const last = lastOfMonth(Number(body.month.slice(0, 4)), Number(body.month.slice(5, 7)));
        return {
          unitId: body.unitId,
          id,
          title: `${body.month}事故${one.accidents}起、死亡${one.deaths}人`,
          on: earlier(last, one.on as Day),
          notedOn: one.on as Day,
          count: one.accidents - (body.confirmed[at - 1]?.accidents ?? 0),
        };
      }),
    )
    .filter((one) => one.count !== 0 && one.on >= from && one.on <= to);
}
