import { sql } from 'kysely';
import { ownJurisdiction } from '../../../kernel/scope.ts';
import type { Act } from '../../../platform/act.ts';
import { refuseStale, who } from '../../../platform/case.ts';
import { announce } from '../../../platform/facts/record.ts';
import type { BulletinAction, BulletinState } from '../lifecycle.ts';
import { type Bulletin, type Given, judge } from '../situation.ts';
import { type BulletinRow, bulletinById, type Kept, lockBulletin, snapshotOf } from './store.ts';

export interface Seen {
  readonly id: string;
  readonly version: number;
}
export interface Done {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly state: BulletinState;
}
export interface Loaded {
  readonly bulletin: BulletinRow;
  readonly kept: Kept;
}

/** Loads and locks a bulletin of the actor's own government with its snapshot. */
export async function load(act: Act, seen: Seen): Promise<Loaded> {
  await lockBulletin(act.db, act.actor.jurisdiction, seen.id);
  const bulletin = await bulletinById({ ...act, scope: ownJurisdiction(act.scope, act.actor) }, seen.id);
  await refuseStale(act, '通报', { ...bulletin, kind: 'bulletin' }, seen.version);
  return { bulletin, kept: await snapshotOf(act.db, bulletin.jurisdiction, bulletin.snapshotId) };
}

/** Where the action leads; throws the rule's refusal. */
export function decide(act: Act, { bulletin, kept }: Loaded, action: BulletinAction, given: Given = {}): BulletinState {
  const verdict = judge(bulletin, kept.snapshot, kept.sealed, act.actor, action, given);
  if (!verdict.may) throw verdict.refusal;
  return verdict.to;
}

/** Writes the bulletin as it now is and announces it. */
export async function finish(
  act: Act,
  before: Bulletin,
  changes: Partial<Bulletin>,
  kind: string,
  says: string,
  data: Readonly<Record<string, unknown>> = {},
): Promise<Done> {
  const after: Bulletin = { ...before, ...changes, version: before.version + 1 };
  const json = (value: unknown) => (value === null ? null : sql`${JSON.stringify(value)}::jsonb`);
  await sql`
    update bulletin set state = ${after.state}, sections = ${json(after.sections)}, chosen = ${json(after.chosen)},
      addressee = ${after.addressee}, copies = ${after.copies}, hands = ${json(after.hands)},
      submitted_by = ${after.submittedBy}, submitted_by_name = ${after.submittedByName}, submitted_on = ${after.submittedOn},
      approved_by = ${after.approvedBy}, approved_by_name = ${after.approvedByName}, approved_on = ${after.approvedOn},
      opinion = ${after.opinion}, issue = ${after.issue}, document_number = ${after.documentNumber},
      issued_on = ${after.issuedOn}, publish_asked = ${json(after.publishAsked)}, published_on = ${after.publishedOn},
      published_by_name = ${after.publishedByName}, version = ${after.version}
    where jurisdiction = ${act.actor.jurisdiction} and id = ${after.id}`.execute(act.db);
  await announce(act, {
    item: { kind: 'bulletin', id: after.id },
    kind,
    says,
    from: before.state,
    to: after.state,
    data: { version: after.version, number: after.number, ...data },
  });
  return { id: after.id, number: after.number, version: after.version, state: after.state };
}

/** The hands of a bulletin with the actor's among them. */
export const withHand = (act: Act, bulletin: Bulletin): Bulletin['hands'] =>
  bulletin.hands.some((one) => one.accountId === act.actor.accountId)
    ? bulletin.hands
    : [...bulletin.hands, { accountId: act.actor.accountId, personId: act.actor.personId }];

export const told = (act: Act, bulletin: Bulletin, did: string): string => `${who(act)}${did}《${bulletin.title}》`;
