import { sql } from 'kysely';
import { type Day, day as dayFrom } from '../../../kernel/day.ts';
import type { RefusalPlace } from '../../../kernel/refusal.ts';
import { Refusal } from '../../../kernel/refusal.ts';
import { ownJurisdiction } from '../../../kernel/scope.ts';
import type { Act } from '../../../platform/act.ts';
import { refuseStale } from '../../../platform/case.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { announce } from '../../../platform/facts/record.ts';
import { isLive, type SchemeAction, type SchemeState } from '../lifecycle.ts';
import type { SchemeBody } from '../scheme.ts';
import { type Given, judge, type SchemeFacts, type SheetFacts } from '../situation.ts';
import { type Computed, computed, openVetoes, troublesOf, versionOn } from './compute.ts';
import { type SchemeRow, schemeById, type VersionRow, versionsOf } from './store.ts';

/** What every act on a scheme answers. */
export interface Done {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly state: SchemeState;
}

/** A scheme as it was found under the lock. */
export interface Loaded {
  readonly scheme: SchemeRow;
  readonly versions: readonly VersionRow[];
  /** The version that waits to be issued. */
  readonly pending: VersionRow | null;
  /** The version that holds today, or the draft. */
  readonly body: SchemeBody;
  readonly facts: SchemeFacts;
  readonly places: readonly RefusalPlace[];
}

/** What the rules ask about a scheme; `places` are the troubles of the version that would be issued. */
export async function factsOf(
  db: Queryable,
  scheme: SchemeRow,
  versions: readonly VersionRow[],
  today: Day,
  all: Computed | null = null,
): Promise<Pick<Loaded, 'pending' | 'body' | 'facts' | 'places'>> {
  const current = versionOn(versions, today);
  const pending = versions.find((one) => one.state === 'pending') ?? null;
  const asked = pending ?? current;
  if (asked === null || current === null) throw new Refusal('not-found', '这份考核方案没有内容。');
  const open = scheme.state === 'draft' || pending !== null;
  const { places } = open ? await troublesOf(db, scheme.jurisdiction, asked.body, today) : { places: [] };
  const units = all?.units.map((one) => one.unitId) ?? [];
  const appeals = await sql<{ n: number }>`select count(*)::int as n from assessment_appeal
    where jurisdiction = ${scheme.jurisdiction} and scheme_id = ${scheme.id} and state = 'filed'`.execute(db);
  return {
    pending,
    body: current.body,
    places,
    facts: {
      state: scheme.state,
      draftedBy: versions.find((one) => one.state === 'draft')?.draftedBy ?? scheme.draftedBy,
      pendingBy: pending?.draftedBy ?? null,
      gradedBy: scheme.gradedBy,
      from: dayFrom(asked.body.from),
      to: dayFrom(asked.body.to),
      currentFrom: current.fromOn,
      selfUntil: scheme.selfUntil,
      appealUntil: scheme.appealUntil,
      sound: places.length === 0,
      unscored: all?.units.reduce((sum, one) => sum + one.sheet.total.waiting, 0) ?? 0,
      openVetoes: await openVetoes(db, scheme.jurisdiction, current.body, units),
      openAppeals: appeals.rows[0]?.n ?? 0,
    },
  };
}

/** States in which an act needs to know what all units have. */
const needsSheets = (state: SchemeState): boolean => !isLive(state) && state !== 'draft' && state !== 'dropped';

/** Loads and locks a scheme of the actor's own jurisdiction. */
export async function load(act: Act, seen: { readonly id: string; readonly version?: number }): Promise<Loaded> {
  const scope = ownJurisdiction(act.scope, act.actor);
  const scheme = await schemeById(act.db, scope, seen.id, true);
  await refuseStale(act, '考核方案', { ...scheme, kind: 'scheme' }, seen.version);
  const versions = await versionsOf(act.db, scheme);
  const all = needsSheets(scheme.state) ? await computed(act, scheme, null, versions) : null;
  return { scheme, versions, ...(await factsOf(act.db, scheme, versions, act.day, all)) };
}

/** Where the action leads; throws the rule's refusal, with the places to mend where the scheme is not sound. */
export function decide(
  act: Act,
  { facts, places }: Loaded,
  action: SchemeAction,
  given: Given = {},
  sheet: SheetFacts | null = null,
): SchemeState {
  const verdict = judge(facts, act.actor, action, act.day, sheet, given);
  if (verdict.may) return verdict.to;
  const { kind, says } = verdict.refusal;
  const mend = !facts.sound && says.includes('方案还有') ? places : [];
  throw new Refusal(kind, says, mend);
}

type Changes = Partial<
  Pick<
    SchemeRow,
    | 'state'
    | 'title'
    | 'year'
    | 'objectWord'
    | 'publishedOn'
    | 'selfUntil'
    | 'snapshotId'
    | 'vetoFinding'
    | 'shownOn'
    | 'appealUntil'
    | 'gradedOn'
    | 'gradedBy'
    | 'gradedByName'
    | 'announcedOn'
    | 'droppedOn'
  >
>;

/** Writes the scheme as it now is and announces what happened, with the version that it made. */
export async function saveAndTell(
  act: Act,
  before: SchemeRow,
  changes: Changes,
  fact: { readonly kind: string; readonly says: string; readonly data?: Readonly<Record<string, unknown>> },
): Promise<Done> {
  const after = { ...before, ...changes, version: before.version + 1 };
  await sql`
    update assessment_scheme set state = ${after.state}, title = ${after.title}, year = ${after.year},
      object_word = ${after.objectWord}, published_on = ${after.publishedOn}, self_until = ${after.selfUntil},
      snapshot_id = ${after.snapshotId}, veto_finding = ${after.vetoFinding}, shown_on = ${after.shownOn},
      appeal_until = ${after.appealUntil}, graded_on = ${after.gradedOn}, graded_by = ${after.gradedBy?.accountId ?? null},
      graded_by_person = ${after.gradedBy?.personId ?? null}, graded_by_name = ${after.gradedByName},
      announced_on = ${after.announcedOn}, dropped_on = ${after.droppedOn}, version = ${after.version}
    where jurisdiction = ${before.jurisdiction} and id = ${before.id}`.execute(act.db);
  await announce(act, {
    item: { kind: 'scheme', id: before.id },
    kind: fact.kind,
    says: fact.says,
    from: before.state,
    to: after.state,
    data: { version: after.version, number: after.number, ...fact.data },
  });
  return { id: before.id, number: before.number, version: after.version, state: after.state };
}
