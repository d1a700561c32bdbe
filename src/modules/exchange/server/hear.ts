import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Fact } from '../../../kernel/fact.ts';
import type { Act, Listener } from '../../../platform/act.ts';
import { webhookEventNames } from '../webhook.ts';

/** Which addresses listen to what changes rarely, and registering must not ask for it a thousand times a second. */
const HOLD_MS = 2000;
const held = new Map<string, { readonly until: number; readonly list: readonly { id: string; events: string[] }[] }>();

/** Asks anew at the next fact; other processes notice within two seconds. */
export const forgetAddressees = (): void => held.clear();

async function addressees(act: Act): Promise<readonly { id: string; events: string[] }[]> {
  const { jurisdiction } = act.actor;
  const before = held.get(jurisdiction);
  if (before && before.until > performance.now()) return before.list;
  const found = await sql<{ id: string; events: string[] }>`
    select id, events from webhook where jurisdiction = ${jurisdiction} and disabled_at is null`.execute(act.db);
  held.set(jurisdiction, { until: performance.now() + HOLD_MS, list: found.rows });
  return found.rows;
}

/** Notes, in the transaction of the fact, who is to be told of it; sending is for afterwards. */
const note: Listener = async (act: Act, fact: Fact) => {
  const list = (await addressees(act)).filter((one) => one.events.includes(fact.kind));
  if (list.length === 0) return;
  await sql`
    insert into webhook_delivery (jurisdiction, id, webhook_id, event, item_id, seq, state, next_at, created_at)
    select ${act.actor.jurisdiction}, t.id, t.webhook, ${fact.kind}, ${fact.item.id}, ${fact.seq}, 'waiting', ${act.now}, ${act.now}
    from unnest(${list.map(() => randomUUID())}::uuid[], ${list.map((one) => one.id)}::uuid[]) as t (id, webhook)
    on conflict do nothing`.execute(act.db);
};

/** By fact kind, for `app/listen.ts`. */
export const exchangeListeners: Readonly<Record<string, readonly Listener[]>> = Object.fromEntries(
  webhookEventNames.map((event) => [event, [note]]),
);
