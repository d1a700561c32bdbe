import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import { type AccountId, asId, asJurisdiction, type UnitId } from '../../../kernel/ids.ts';
import { notFound, notNow, type Refusal, Refusal as Refused } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { announce } from '../../../platform/facts/record.ts';
import { subordinateUnits, unitsByIds } from '../../units/server/door.ts';
import { type KeySight, keyRefusal, rolesOfKey } from '../api-key.ts';

export interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly unitId: string;
  readonly unitName: string | null;
  readonly sight: KeySight;
  readonly permissions: string[];
  readonly perMinute: number;
  readonly hint: string;
  readonly expiresOn: string;
  readonly disabledAt: Date | null;
  readonly createdByName: string;
  readonly lastUsedAt: Date | null;
  readonly version: number;
}

const columns = sql`k.id, k.name, k.unit_id as "unitId", u.name as "unitName", k.sight, k.permissions,
  k.per_minute as "perMinute", k.hint, k.expires_on as "expiresOn", k.disabled_at as "disabledAt",
  k.created_by_name as "createdByName", e.last_used_at as "lastUsedAt", k.version`;
const tables = sql`api_key k left join unit u on u.jurisdiction = k.jurisdiction and u.id = k.unit_id
  left join api_key_use e on e.jurisdiction = k.jurisdiction and e.key_id = k.id`;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Keys of one jurisdiction, those in use first. There are dozens, not thousands. */
export async function listApiKeys(db: Queryable, jurisdiction: string): Promise<KeyRow[]> {
  const found = await sql<KeyRow>`select ${columns} from ${tables} where k.jurisdiction = ${jurisdiction}
    order by k.disabled_at is not null, k.created_at desc limit 500`.execute(db);
  return found.rows;
}

export interface NewKey {
  readonly name: string;
  readonly unitId: string;
  readonly sight: KeySight;
  readonly permissions: readonly string[];
  readonly perMinute: number;
  readonly expiresOn: string;
}

/** Makes a key; its text is in the answer and nowhere else. Only permissions that the tables open to machines. */
export async function createApiKey(act: Act, draft: NewKey): Promise<{ id: string; key: string }> {
  const { db, actor, house } = act;
  const refused: Refusal | null = keyRefusal(house.permissions, { ...draft, today: act.day });
  if (refused) throw refused;
  if ((await unitsByIds(db, actor.jurisdiction, [draft.unitId])).length === 0)
    throw notFound('没有找到所选的单位，请重新选择。');
  const id = randomUUID();
  const key = `gtk.${actor.jurisdiction}.${randomBytes(32).toString('base64url')}`;
  const permissions = [...new Set(draft.permissions)].sort();
  await sql`
    insert into api_key (jurisdiction, id, name, unit_id, sight, permissions, per_minute, token_hash, hint, expires_on,
      created_by_name, created_at)
    values (${actor.jurisdiction}, ${id}, ${draft.name.trim()}, ${draft.unitId}, ${draft.sight}, ${permissions}::text[],
      ${draft.perMinute}, ${hashOf(key)}, ${key.slice(-4)}, ${draft.expiresOn}, ${actor.name}, ${act.now})`.execute(db);
  await announce(act, {
    item: { kind: 'apiKey', id },
    kind: 'apiKey.created',
    says: `建立接口密钥「${draft.name.trim()}」（尾号${key.slice(-4)}），至${draft.expiresOn}有效`,
    data: { unitId: draft.unitId, sight: draft.sight, permissions, perMinute: draft.perMinute },
  });
  return { id, key };
}

/** Ends a key for good: a leaked one must not come back. */
export async function disableApiKey(
  act: Act,
  id: string,
  given: { readonly version: number; readonly reason: string },
): Promise<{ id: string; version: number }> {
  const found = await sql<{ name: string; version: number; disabled_at: Date | null }>`
    select name, version, disabled_at from api_key where jurisdiction = ${act.actor.jurisdiction} and id = ${id}
    for update`.execute(act.db);
  const key = found.rows[0];
  if (!key) throw notFound('没有找到这个接口密钥。');
  if (key.disabled_at !== null || key.version !== given.version) throw notNow(`接口密钥「${key.name}」已经停用。`);
  await sql`update api_key set disabled_at = ${act.now}, version = version + 1
    where jurisdiction = ${act.actor.jurisdiction} and id = ${id}`.execute(act.db);
  await announce(act, {
    item: { kind: 'apiKey', id },
    kind: 'apiKey.disabled',
    says: `停用接口密钥「${key.name}」：${given.reason.trim()}`,
  });
  return { id, version: key.version + 1 };
}

export interface KeyHolder {
  readonly actor: Actor;
  readonly perMinute: number;
}

/** Keys rarely change and are asked for with every request of a flood: what was read is good for so long. */
const HOLD_MS = 2_000;
const USED_EVERY_MS = 60_000;
const held = new WeakMap<Queryable, Map<string, { readonly until: number; readonly holder: KeyHolder | null }>>();
const used = new Map<string, number>();

/**
 * Who stands behind a key: null when it is unknown, expired or disabled. `now` and `day` are the clock's. A disabled key
 * stops within two seconds in every process.
 */
export async function authenticateKey(
  db: Queryable,
  token: string,
  now: Date,
  day: string,
  address: string,
): Promise<KeyHolder | null> {
  const read = /^gtk\.([0-9]{6,12})\.[\w-]{43}$/.exec(token);
  if (!read?.[1]) return null;
  const keys = held.get(db) ?? new Map();
  held.set(db, keys);
  const hash = hashOf(token);
  const asked = `${day} ${hash}`;
  const before = keys.get(asked);
  if (before && before.until > performance.now()) return before.holder;
  if (keys.size > 10_000) keys.clear();
  const holder = await holderOf(db, read[1], hash, now, day, address);
  keys.set(asked, { until: performance.now() + HOLD_MS, holder });
  return holder;
}

async function holderOf(
  db: Queryable,
  jurisdiction: string,
  hash: string,
  now: Date,
  day: string,
  address: string,
): Promise<KeyHolder | null> {
  const found = await sql<KeyRow>`select ${columns} from ${tables} where k.jurisdiction = ${jurisdiction}
    and k.token_hash = ${hash} and k.disabled_at is null and k.expires_on > ${day}::date`.execute(db);
  const key = found.rows[0];
  if (!key) return null;
  if ((used.get(key.id) ?? 0) + USED_EVERY_MS < now.getTime()) {
    used.set(key.id, now.getTime());
    await sql`insert into api_key_use (jurisdiction, key_id, last_used_at, address)
      values (${jurisdiction}, ${key.id}, ${now}, ${address})
      on conflict (jurisdiction, key_id) do update set last_used_at = excluded.last_used_at, address = excluded.address`.execute(
      db,
    );
  }
  const unitId = asId<UnitId>(key.unitId);
  return {
    perMinute: key.perMinute,
    actor: {
      accountId: asId<AccountId>(key.id),
      personId: null,
      name: `接口「${key.name}」`,
      jurisdiction: asJurisdiction(jurisdiction),
      unitId,
      unitName: key.unitName,
      roles: rolesOfKey(key.sight),
      units: [unitId, ...(await subordinateUnits(db, jurisdiction, key.unitId))],
      inferiors: [],
      wholeJurisdiction: key.sight === 'whole',
      only: key.permissions,
    },
  };
}

/** What a caller hears whose key is not good; the same for unknown, expired and disabled ones. */
export const badKey = (): Refusal => new Refused('not-signed-in', '接口密钥无效、已停用或已过期，请联系系统管理员。');
