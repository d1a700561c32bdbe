import { sql } from 'kysely';
import { notNow, notValid } from '../kernel/refusal.ts';
import type { Act } from './act.ts';
import type { Queryable } from './db/connect.ts';

/**
 * What the acts of every case share (a task, a problem): the page that was open too long, the files that came with an act,
 * who acted. A case is an item with a number, a version that each change raises by one, and one fact for each change.
 */
export interface Case {
  readonly kind: string;
  readonly id: string;
  readonly number: string;
  readonly version: number;
}

/** A fact that happened after the version that a person has before his eyes. */
export interface Happened {
  readonly actorName: string;
  readonly unitName: string | null;
  readonly at: Date;
  readonly kind: string;
  readonly says: string;
}

/** Facts of an item that happened after a version, in their order. */
export async function factsAfter(
  db: Queryable,
  jurisdiction: string,
  item: Pick<Case, 'kind' | 'id'>,
  version: number,
): Promise<readonly Happened[]> {
  const found = await sql<Happened>`
    select actor_name as "actorName", unit_name as "unitName", at, kind, says from fact
    where jurisdiction = ${jurisdiction} and item_kind = ${item.kind} and item_id = ${item.id}
      and coalesce((data->>'version')::int, 0) > ${version}
    order by seq`.execute(db);
  return found.rows;
}

const clock = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');

/**
 * Refuses an act made before a page that shows an older version, and says who did what meanwhile (`detail.facts` for the
 * page). `seen` undefined: an addition that conflicts with nothing. `noun`: 任务, 问题.
 */
export async function refuseStale(act: Act, noun: string, item: Case, seen: number | undefined): Promise<void> {
  if (seen === undefined || seen === item.version) return;
  const since = await factsAfter(act.db, act.actor.jurisdiction, item, seen);
  const last = since.at(-1);
  const happened = last
    ? `由${last.unitName ?? ''}${last.actorName}于${clock(last.at)}办理：${last.says}`
    : '有了变化。';
  throw notNow(`${noun}${item.number}在您打开之后已${happened}请看最新情况后再操作。`, {
    facts: since.map((fact) => ({
      says: fact.says,
      by: `${fact.unitName ?? ''}${fact.actorName}`,
      at: fact.at.toISOString(),
    })),
    version: item.version,
  });
}

/** 区某局张某 – who did it, for sentences. */
export const who = (act: Act): string => `${act.actor.unitName ?? ''}${act.actor.name}`;

/**
 * Files must have been uploaded to this very item; throws a not-valid refusal otherwise, saying `stranger`. Gives them
 * without repeats.
 */
export async function ownFiles(
  act: Act,
  item: Pick<Case, 'kind' | 'id'>,
  ids: readonly string[],
  stranger: string,
): Promise<string[]> {
  const wanted = [...new Set(ids.map((id) => id.toLowerCase()))];
  if (wanted.length === 0) return [];
  const found = await sql<{ id: string }>`
    select id from file where jurisdiction = ${act.actor.jurisdiction} and item_kind = ${item.kind} and item_id = ${item.id}
      and id = any(${wanted}::uuid[])`.execute(act.db);
  if (found.rows.length < wanted.length) throw notValid(stranger, [{ where: 'body.fileIds', says: '附件不存在' }]);
  return wanted;
}
