import { sql } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import {
  type AccountId,
  asId,
  asJurisdiction,
  type JurisdictionCode,
  type PersonId,
  type UnitId,
} from '../../../kernel/ids.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { subordinateUnits, unitsOfArea } from '../../units/server/door.ts';
import { seesWhole } from '../account.ts';
import { idleEndOf, isAlive } from '../session.ts';
import { readToken } from './secrets.ts';
import { type AccountRow, accountById } from './store.ts';
import { sessionOf, touchSession } from './store-sessions.ts';

export interface Authenticated {
  readonly actor: Actor;
  readonly login: string;
  readonly mustChangePassword: boolean;
  /** When the session ends if nothing more is asked. */
  readonly idleEndsAt: Date;
}

/** Writing "last seen" at every request would be a write for every reading; so coarse is exact enough. */
const SEEN_EVERY_MS = 20_000;

/**
 * Who stands behind a session token: null when it is unknown, ended, idle for too long, or its account was disabled.
 * The actor is built anew each time, so a changed role, unit or area takes effect with the next request.
 */
export async function authenticate(db: Queryable, token: string, now: Date): Promise<Authenticated | null> {
  const read = readToken(token);
  if (read === null) return null;
  const session = await sessionOf(db, read.jurisdiction, read.tokenHash);
  if (session === null || !isAlive(session, now)) return null;
  const account = await accountById(db, read.jurisdiction, session.accountId);
  if (account === null || account.disabledAt !== null) return null;
  let { lastSeenAt } = session;
  if (now.getTime() - lastSeenAt.getTime() >= SEEN_EVERY_MS) {
    await touchSession(db, read.jurisdiction, read.tokenHash, now);
    lastSeenAt = now;
  }
  return {
    actor: await actorOf(db, account),
    login: account.login,
    mustChangePassword: account.mustChangePassword,
    idleEndsAt: idleEndOf({ ...session, lastSeenAt }),
  };
}

/** The account as everybody else in the product knows it. */
export async function actorOf(db: Queryable, account: AccountRow): Promise<Actor> {
  const { jurisdiction, unitId, areaCode, roles } = account;
  const own = unitId === null ? [] : [asId<UnitId>(unitId), ...(await subordinateUnits(db, jurisdiction, unitId))];
  const area = areaCode === null ? [] : await unitsOfArea(db, jurisdiction, areaCode);
  const whole = seesWhole(roles, areaCode);
  return {
    accountId: asId<AccountId>(account.id),
    personId: account.personId === null ? null : asId<PersonId>(account.personId),
    name: account.name,
    jurisdiction: asJurisdiction(jurisdiction),
    unitId: unitId === null ? null : asId<UnitId>(unitId),
    unitName: account.unitName,
    roles,
    units: [...new Set([...own, ...area])],
    inferiors: whole ? await jurisdictionsBelow(db, jurisdiction) : [],
    wholeJurisdiction: whole,
  };
}

/** Governments below one, without it. */
export async function jurisdictionsBelow(db: Queryable, jurisdiction: string): Promise<JurisdictionCode[]> {
  const found = await sql<{ code: JurisdictionCode }>`
    with recursive below as (
      select code from jurisdiction where parent = ${jurisdiction}
      union
      select j.code from jurisdiction j join below b on j.parent = b.code)
    select code from below where code <> ${jurisdiction} order by code`.execute(db);
  return found.rows.map((row) => row.code);
}
