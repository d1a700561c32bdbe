import { sql } from 'kysely';
import { type Day, day as dayFrom, earlier, later } from '../../../kernel/day.ts';
import { notValid, type RefusalPlace } from '../../../kernel/refusal.ts';
import type { Reading } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { canonical, sha256 } from '../../../platform/facts/canonical.ts';
import { takingTurns } from '../../../platform/turns.ts';
import { resolveMentions, unitsByIds } from '../../units/server/door.ts';
import { type Graded, gradesOf } from '../grading.ts';
import { sealed as sealedStates } from '../lifecycle.ts';
import type { Measured } from '../measures.ts';
import { bare, type Indicator, type SchemeBody, type VetoKind } from '../scheme.ts';
import { type GivenScore, type Sheet, sheetOf } from '../sheet.ts';
import { troubles } from '../sound.ts';
import {
  type GivenRow,
  givenOf,
  type SchemeRow,
  type SealedUnit,
  type SheetRow,
  type SnapshotRow,
  sheetsOf,
  snapshotById,
  type VersionRow,
  versionsOf,
} from './store.ts';
import { confirmedAsOf } from './store-parts.ts';
import { measuredOf, planIds } from './values.ts';

/** A unit that is assessed, with the indicators that apply to it. */
export interface Assessed {
  readonly unitId: string;
  readonly name: string;
  readonly indicators: readonly Indicator[];
}

/** Who is assessed by what on a day; `places`: names that nobody knows. */
export interface Settled {
  readonly units: readonly Assessed[];
  readonly places: readonly RefusalPlace[];
  /** Units that score by hand, by the name in the scheme. */
  readonly scorers: ReadonlyMap<string, string>;
}

/** Settles the names of a scheme as of a day: classes are expanded to the units that belong to them then. */
export async function settle(
  db: Queryable,
  jurisdiction: string,
  body: SchemeBody,
  day: Day,
  only?: readonly string[],
): Promise<Settled> {
  const mentions = [
    ...new Set([
      ...body.objects.units,
      ...body.objects.without,
      ...body.indicators.flatMap((one) => [...one.units, ...(one.scorer === null ? [] : [one.scorer])]),
    ]),
  ].filter((one) => one.trim() !== '');
  const resolved = await resolveMentions(db, jurisdiction, mentions, day);
  const members = new Map<string, readonly string[]>();
  for (const [at, mention] of mentions.entries()) {
    const found = resolved[at];
    if (found?.kind === 'unit') members.set(mention, [found.unitId]);
    if (found?.kind === 'group') members.set(mention, found.unitIds);
  }
  const unknown = (names: readonly string[], where: string): RefusalPlace[] =>
    names
      .filter((name) => name.trim() !== '' && !members.has(name))
      .map((name) => ({ where, says: `认不出「${name}」，请写单位的名称、简称或单位类别的名称` }));
  const expand = (names: readonly string[]): string[] => [...new Set(names.flatMap((name) => members.get(name) ?? []))];
  const without = new Set(expand(body.objects.without));
  const ids = only ?? expand(body.objects.units).filter((id) => !without.has(id));
  const cards = new Map((await unitsByIds(db, jurisdiction, ids)).map((unit) => [unit.id as string, unit]));
  const forUnits = new Map(
    body.indicators.filter((one) => one.units.length > 0).map((one) => [one.code, new Set(expand(one.units))]),
  );
  const scorers = new Map<string, string>();
  for (const one of body.indicators) {
    const [id] = one.scorer === null ? [] : (members.get(one.scorer) ?? []);
    if (one.scorer !== null && id !== undefined && members.get(one.scorer)?.length === 1) scorers.set(one.scorer, id);
  }
  return {
    units: ids.flatMap((unitId) => {
      const card = cards.get(unitId);
      if (!card) return [];
      const indicators = body.indicators.filter((one) => forUnits.get(one.code)?.has(unitId) ?? true);
      return [{ unitId, name: card.shortName ?? card.name, indicators }];
    }),
    places: [
      ...unknown([...body.objects.units, ...body.objects.without], 'body.objects'),
      ...body.indicators.flatMap((one, at) => [
        ...unknown(one.units, `body.indicators[${at}]`),
        ...(one.by === 'hand' && one.scorer !== null && one.scorer.trim() !== '' && !scorers.has(one.scorer)
          ? [{ where: `body.indicators[${at}]`, says: `指标「${one.name}」：认不出打分单位「${one.scorer}」` }]
          : []),
      ]),
    ],
    scorers,
  };
}

/** All that stands in the way of issuing a body on a day. */
export async function troublesOf(
  db: Queryable,
  jurisdiction: string,
  body: SchemeBody,
  day: Day,
): Promise<{ readonly settled: Settled; readonly places: RefusalPlace[] }> {
  const settled = await settle(db, jurisdiction, body, day);
  const applies = settled.units.map((unit) => ({ name: unit.name, codes: unit.indicators.map((one) => one.code) }));
  const plans = await planIds(
    { db },
    jurisdiction,
    body.indicators.map((one) => one.narrow),
  );
  const unknown = body.indicators.flatMap((one, at): RefusalPlace[] => {
    const title = one.narrow.plan ?? '';
    if (title === '' || plans.has(title)) return [];
    return [{ where: `body.indicators[${at}]`, says: `指标「${one.name}」：没有名为《${title}》的已下达方案` }];
  });
  return { settled, places: [...settled.places, ...unknown, ...troubles(body, applies)] };
}

/** The version that holds on a day: the newest issued one that has begun; before the first one, the first; else the draft. */
export function versionOn(versions: readonly VersionRow[], day: Day): VersionRow | null {
  const issued = versions.filter((one) => one.state === 'issued');
  return (
    issued.filter((one) => one.fromOn !== null && one.fromOn <= day).at(-1) ??
    issued[0] ??
    versions.find((one) => one.state === 'draft') ??
    versions.at(-1) ??
    null
  );
}

export interface VetoOn extends VetoKind {
  readonly id: string;
  readonly number: string;
}

/** One assessed unit as of the day. */
export interface Scored extends Assessed {
  readonly measured: ReadonlyMap<string, Measured>;
  readonly sheet: Sheet;
  readonly row: SheetRow | null;
  readonly given: readonly GivenRow[];
  readonly vetoes: readonly VetoOn[];
  readonly standing: Graded;
}

/** Everything about a scheme as of a day. */
export interface Computed {
  readonly body: SchemeBody;
  readonly version: VersionRow | null;
  readonly day: Day;
  /** The snapshot whose figures these are; null: they are live. */
  readonly snapshot: SnapshotRow | null;
  readonly scorers: ReadonlyMap<string, string>;
  readonly units: readonly Scored[];
}

/** The hash of what a snapshot holds. */
export const hashOfContent = (content: { readonly units: readonly SealedUnit[] }): string => sha256(canonical(content));

/** The day of a period that is asked for: not before it begins, not after its end or today. Refuses a day that is none. */
export function dayWithin(period: { readonly from: string; readonly to: string }, asked: Day, today: Day): Day {
  if (today < period.from)
    throw notValid(`考核期自${period.from}开始，现在还没有可以计算的数据。`, [
      { where: 'query.asOf', says: '考核期还没有开始' },
    ]);
  return later(dayFrom(period.from), earlier(earlier(asked, today), dayFrom(period.to)));
}

/**
 * The scores of all units of a scheme: from the snapshot once it was taken (unless a day is asked for), else from the
 * ledger as it was on the evening of the day. `ledger` false: live lines are left empty, where only who is assessed by what and
 * what waits is asked.
 */
export async function computed(
  reading: Reading,
  scheme: SchemeRow,
  asOf: Day | null = null,
  known: readonly VersionRow[] | null = null,
  ledger = true,
): Promise<Computed> {
  const { db, day: today } = reading;
  const versions = known ?? (await versionsOf(db, scheme));
  const snapshot =
    asOf === null && scheme.snapshotId !== null && sealedStates.includes(scheme.state)
      ? await snapshotById(db, scheme.jurisdiction, scheme.snapshotId)
      : null;
  const asked = asOf ?? today;
  const version = snapshot
    ? (versions.find((one) => one.id === snapshot.versionId) ?? null)
    : versionOn(versions, asked);
  if (version === null) throw notValid('这份考核方案还没有内容。');
  const { body } = version;
  const day = snapshot ? snapshot.day : dayWithin(body, asked, today);
  const rows = await sheetsOf(db, scheme);
  const frozen = rows.length > 0 ? rows.map((row) => row.unitId) : undefined;
  const settled = await settle(db, scheme.jurisdiction, body, day, frozen);
  const units: readonly Assessed[] = snapshot
    ? snapshot.content.units.map((unit) => ({
        unitId: unit.unitId,
        name: unit.name,
        indicators: body.indicators.filter((one) => unit.codes.includes(one.code)),
      }))
    : settled.units;
  const measured = snapshot
    ? new Map(snapshot.content.units.map((unit) => [unit.unitId, new Map(Object.entries(unit.measured))]))
    : await measuredOf(
        reading,
        scheme.jurisdiction,
        ledger ? body.indicators : [],
        units.map((one) => one.unitId),
        { from: dayFrom(body.from), to: dayFrom(body.to) },
        day,
      );
  const given = asOf === null ? await givenOf(db, scheme) : [];
  const vetoDay = snapshot ? (scheme.gradedOn ?? today) : day;
  const events = await confirmedAsOf(db, scheme.jurisdiction, body.from, body.to, vetoDay);
  return {
    body,
    version,
    day,
    snapshot,
    scorers: settled.scorers,
    units: await score(
      body,
      units.map((unit) => {
        const row = rows.find((one) => one.unitId === unit.unitId) ?? null;
        return {
          ...unit,
          row,
          measured: measured.get(unit.unitId) ?? new Map<string, Measured>(),
          given: row === null ? [] : given.filter((one) => one.sheetId === row.id),
          vetoes: events.flatMap((event) => {
            const kind = body.vetoes.find((one) => one.code === event.code);
            return event.unitId === unit.unitId && kind ? [{ ...kind, id: event.id, number: event.number }] : [];
          }),
        };
      }),
    ),
  };
}

/** Sheets and grades of units from what was measured and given; hundreds of units take turns with who asks for a page. */
export async function score(
  body: SchemeBody,
  units: readonly (Assessed & {
    readonly row: SheetRow | null;
    readonly measured: ReadonlyMap<string, Measured>;
    readonly given: readonly GivenRow[];
    readonly vetoes: readonly VetoOn[];
  })[],
): Promise<Scored[]> {
  const last = (rows: readonly GivenRow[], kind: GivenRow['kind']): Map<string, GivenScore> =>
    new Map(rows.filter((one) => one.kind === kind).map((one) => [one.code, { score: one.score, says: saysOf(one) }]));
  const turn = takingTurns();
  const sheets: Omit<Scored, 'standing'>[] = [];
  for (const unit of units) {
    const sheet = sheetOf(body, unit.indicators, unit.measured, last(unit.given, 'hand'), last(unit.given, 'appeal'));
    sheets.push({ ...unit, sheet });
    await turn();
  }
  const graded = new Map(
    gradesOf(
      body,
      sheets.map(({ unitId, sheet, vetoes }) => ({ unitId, score: sheet.total.score, vetoes })),
    ).map((one) => [one.unitId, one]),
  );
  return sheets.map((unit) => ({
    ...unit,
    standing: graded.get(unit.unitId) ?? {
      unitId: unit.unitId,
      rank: 0,
      grade: '',
      gradeName: '',
      coupling: null,
      says: '',
      vetoed: false,
    },
  }));
}

const saysOf = (one: GivenRow): string =>
  one.kind === 'hand'
    ? `${one.unitName ?? ''}${one.byName}打${one.score}分：${bare(one.says)}`
    : `${one.day}申诉成立，由${one.before ?? 0}分更正为${one.score}分：${bare(one.says)}`;

/** How many events of a scheme's kinds wait to be confirmed; they concern its period and its units. */
export async function openVetoes(
  db: Queryable,
  jurisdiction: string,
  body: SchemeBody,
  units: readonly string[],
): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from veto_event
    where jurisdiction = ${jurisdiction} and state = 'entered' and happened_on between ${body.from}::date and ${body.to}::date
      and code = any(${body.vetoes.map((one) => one.code)}::text[]) and unit_id = any(${[...units]}::uuid[])`.execute(
    db,
  );
  return found.rows[0]?.n ?? 0;
}
