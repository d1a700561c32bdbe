import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor, Role } from '../kernel/actor.ts';
import { rehearsalClock } from '../kernel/clock.ts';
import { day } from '../kernel/day.ts';
import { type AccountId, asId, asJurisdiction, type UnitId } from '../kernel/ids.ts';
import type { Permissions } from '../kernel/permission.ts';
import type { Act, House, ItemKind, Listener } from './act.ts';
import type { Queryable } from './db/connect.ts';
import { openFileStore } from './files/store.ts';
import { perform } from './perform.ts';

/** A house for tests: real database, real files in a temporary folder, a clock that stands on the given day. */
export async function testHouse(
  db: Queryable,
  options: {
    readonly today?: string;
    readonly items?: Readonly<Record<string, ItemKind>>;
    readonly listeners?: Readonly<Record<string, readonly Listener[]>>;
    readonly permissions?: Permissions;
  } = {},
): Promise<House> {
  const begun = new Date();
  return {
    clock: options.today ? rehearsalClock(day(options.today)) : rehearsalClock(day(begun.toISOString().slice(0, 10))),
    db,
    files: await openFileStore(await mkdtemp(join(tmpdir(), 'guatu-files-'))),
    items: options.items ?? {},
    listeners: options.listeners ?? {},
    permissions: options.permissions ?? {},
    kind: 'demonstration',
  };
}

/** The same house on another day. */
export const onDay = (house: House, today: string): House => ({ ...house, clock: rehearsalClock(day(today)) });

/** An actor as sign-in would build him; `jurisdiction` defaults to the fictional 990102. */
export function testActor(options: {
  readonly roles: readonly Role[];
  readonly unitId?: UnitId | string | null;
  readonly unitName?: string;
  readonly name?: string;
  readonly accountId?: string;
  readonly jurisdiction?: string;
  readonly inferiors?: readonly string[];
  readonly subordinates?: readonly string[];
}): Actor {
  const unitId = options.unitId ? asId<UnitId>(options.unitId) : null;
  const whole = options.roles.includes('officer') || options.roles.includes('leader');
  return {
    accountId: asId<AccountId>(options.accountId ?? `${options.name ?? options.roles.join('+')}@${unitId ?? 'none'}`),
    personId: null,
    name: options.name ?? '测试员',
    jurisdiction: asJurisdiction(options.jurisdiction ?? '990102'),
    unitId,
    unitName: options.unitName ?? (unitId ? '测试单位' : null),
    roles: options.roles,
    units: [...(unitId ? [unitId] : []), ...(options.subordinates ?? []).map((id) => asId<UnitId>(id))],
    inferiors: (options.inferiors ?? []).map(asJurisdiction),
    wholeJurisdiction: whole,
  };
}

/** Runs one act as the product would: one transaction, facts included. */
export const testAct = <T>(house: House, actor: Actor, run: (act: Act) => Promise<T>): Promise<T> =>
  perform(house, actor, run);
