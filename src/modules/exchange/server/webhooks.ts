import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { notFound, notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act, ItemKind } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { announce } from '../../../platform/facts/record.ts';
import { unitsByIds } from '../../units/server/door.ts';
import { addressRefusal, type DeliveryState, type WebhookEvent, webhookEvents } from '../webhook.ts';
import { forgetAddressees } from './hear.ts';

/** By item kind, for `app/house.ts`. The secret belongs to the record: exchanging it behind the product's back is found. */
export const exchangeItems: Readonly<Record<string, ItemKind>> = {
  webhook: {
    table: 'webhook',
    called: { word: '消息推送', column: 'name' },
    record: async (db, jurisdiction, ids) => {
      const found = await sql<{ id: string; record: unknown }>`
        select id::text, to_jsonb(w) as record from webhook w
        where jurisdiction = ${jurisdiction} and id = any(${[...ids]}::uuid[])`.execute(db);
      return new Map(found.rows.map((row) => [row.id, row.record]));
    },
  },
};

export interface WebhookRow {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly events: WebhookEvent[];
  readonly unitId: string | null;
  readonly unitName: string | null;
  readonly disabledAt: Date | null;
  readonly createdByName: string;
  readonly waiting: number;
  readonly failed: number;
  readonly version: number;
}

export async function listWebhooks(db: Queryable, jurisdiction: string): Promise<WebhookRow[]> {
  const found = await sql<WebhookRow>`
    select w.id, w.name, w.address, w.events, w.unit_id as "unitId", u.name as "unitName", w.disabled_at as "disabledAt",
      w.created_by_name as "createdByName", w.version,
      (select count(*)::int from webhook_delivery d where d.jurisdiction = w.jurisdiction and d.webhook_id = w.id
        and d.state = 'waiting') as waiting,
      (select count(*)::int from webhook_delivery d where d.jurisdiction = w.jurisdiction and d.webhook_id = w.id
        and d.state = 'failed') as failed
    from webhook w left join unit u on u.jurisdiction = w.jurisdiction and u.id = w.unit_id
    where w.jurisdiction = ${jurisdiction} order by w.disabled_at is not null, w.created_at limit 200`.execute(db);
  return found.rows;
}

/** Makes a webhook; its secret is in the answer, for the other system to check signatures with. */
export async function createWebhook(
  act: Act,
  draft: {
    readonly name: string;
    readonly address: string;
    readonly events: readonly WebhookEvent[];
    readonly unitId?: string | null;
  },
): Promise<{ id: string; secret: string }> {
  const { db, actor, house } = act;
  const refused = addressRefusal(draft.address, house.kind === 'demonstration');
  if (refused) throw notValid(refused, [{ where: 'body.address', says: refused }]);
  if (draft.unitId && (await unitsByIds(db, actor.jurisdiction, [draft.unitId])).length === 0)
    throw notFound('没有找到所选的单位，请重新选择。');
  const id = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  const events = [...new Set(draft.events)].sort();
  await sql`
    insert into webhook (jurisdiction, id, name, address, secret, events, unit_id, created_by_name, created_at)
    values (${actor.jurisdiction}, ${id}, ${draft.name.trim()}, ${draft.address}, ${secret}, ${events}::text[],
      ${draft.unitId ?? null}, ${actor.name}, ${act.now})`.execute(db);
  await announce(act, {
    item: { kind: 'webhook', id },
    kind: 'webhook.created',
    says: `建立消息推送「${draft.name.trim()}」，${events.map((event) => webhookEvents[event]).join('、')}时告诉${new URL(draft.address).host}`,
    data: { events, unitId: draft.unitId ?? null, host: new URL(draft.address).host },
  });
  act.afterCommit(async () => forgetAddressees());
  return { id, secret };
}

/** Ends a webhook for good; what still waits is given up. */
export async function disableWebhook(
  act: Act,
  id: string,
  given: { readonly version: number; readonly reason: string },
): Promise<{ id: string; version: number }> {
  const { jurisdiction } = act.actor;
  const found = await sql<{ name: string; version: number; disabled_at: Date | null }>`
    select name, version, disabled_at from webhook where jurisdiction = ${jurisdiction} and id = ${id} for update`.execute(
    act.db,
  );
  const row = found.rows[0];
  if (!row) throw notFound('没有找到这个消息推送。');
  if (row.disabled_at !== null || row.version !== given.version) throw notNow(`消息推送「${row.name}」已经停用。`);
  await sql`update webhook set disabled_at = ${act.now}, version = version + 1
    where jurisdiction = ${jurisdiction} and id = ${id}`.execute(act.db);
  await sql`update webhook_delivery set state = 'failed', ended_at = ${act.now}, answer = '推送已停用'
    where jurisdiction = ${jurisdiction} and webhook_id = ${id} and state = 'waiting'`.execute(act.db);
  await announce(act, {
    item: { kind: 'webhook', id },
    kind: 'webhook.disabled',
    says: `停用消息推送「${row.name}」：${given.reason.trim()}`,
  });
  act.afterCommit(async () => forgetAddressees());
  return { id, version: row.version + 1 };
}

export interface DeliveryRow {
  readonly id: string;
  readonly event: WebhookEvent;
  readonly state: DeliveryState;
  readonly tries: number;
  readonly createdAt: Date;
  readonly nextAt: Date | null;
  readonly endedAt: Date | null;
  readonly answer: string | null;
}

/** What was told to one address, newest first; counted up to 10,000. */
export async function listDeliveries(
  db: Queryable,
  jurisdiction: string,
  webhookId: string,
  state: DeliveryState | undefined,
  page: number,
  pageSize: number,
): Promise<{ rows: DeliveryRow[]; counted: number }> {
  const where = sql`d.jurisdiction = ${jurisdiction} and d.webhook_id = ${webhookId}
    and ${state === undefined ? sql`true` : sql`d.state = ${state}`}`;
  const counted = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from webhook_delivery d where ${where} limit 10001) c`.execute(db);
  const rows = await sql<DeliveryRow>`
    select d.id, d.event, d.state, d.tries, d.created_at as "createdAt",
      case when d.state = 'waiting' then d.next_at end as "nextAt", d.ended_at as "endedAt", d.answer
    from webhook_delivery d where ${where} order by d.created_at desc, d.id limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(
    db,
  );
  return { rows: rows.rows, counted: counted.rows[0]?.n ?? 0 };
}

/** Puts a delivery that was given up back in line. */
export async function sendAgain(act: Act, webhookId: string, delivery: string): Promise<{ done: boolean }> {
  const changed = await sql`
    update webhook_delivery d set state = 'waiting', tries = 0, next_at = ${act.now}, ended_at = null
    from webhook w where d.jurisdiction = ${act.actor.jurisdiction} and d.id = ${delivery} and d.webhook_id = ${webhookId}
      and d.state in ('failed', 'delivered') and w.jurisdiction = d.jurisdiction and w.id = d.webhook_id
      and w.disabled_at is null`.execute(act.db);
  if (Number(changed.numAffectedRows ?? 0) === 0)
    throw notNow('这次推送还在等待发送，或者推送已经停用，不能重新发送。');
  return { done: true };
}
