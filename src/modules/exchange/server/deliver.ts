import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { sql } from 'kysely';
import { asId, asJurisdiction, type UnitId } from '../../../kernel/ids.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { House } from '../../../platform/act.ts';
import { problemsInSight } from '../../problems/server/door.ts';
import { subordinateUnits } from '../../units/server/door.ts';
import { isOwn, pauseAfter, signedText } from '../webhook.ts';

/** So many are taken at a time, and so long may one answer take. */
const AT_ONCE = 20;
const ANSWER_MS = 10_000;
/** A process that dies while it sends leaves its deliveries to the others after this. */
const LEASE_SECONDS = 60;
const EVERY_MS = 5000;

interface Due {
  jurisdiction: string;
  id: string;
  event: string;
  item_id: string;
  seq: number;
  tries: number;
  address: string;
  secret: string;
  unit_id: string | null;
}

/** Takes what is due; each only once among all processes, because taking it moves its hour. */
async function take(house: House): Promise<Due[]> {
  const now = house.clock.now();
  const found = await sql<Due>`
    update webhook_delivery d set tries = d.tries + 1, next_at = ${now}::timestamptz + make_interval(secs => ${LEASE_SECONDS})
    from webhook w
    where w.jurisdiction = d.jurisdiction and w.id = d.webhook_id and (d.jurisdiction, d.id) in (
      select jurisdiction, id from webhook_delivery where state = 'waiting' and next_at <= ${now}
      order by next_at limit ${AT_ONCE} for update skip locked)
    returning d.jurisdiction, d.id, d.event, d.item_id, d.seq, d.tries, w.address, w.secret, w.unit_id`.execute(
    house.db,
  );
  return found.rows;
}

/** What the address is told: the fact and how the problem stands, or null where it must not know. */
async function bodyOf(house: House, due: Due): Promise<string | null> {
  const units: Scope['units'] =
    due.unit_id === null
      ? 'all'
      : [asId<UnitId>(due.unit_id), ...(await subordinateUnits(house.db, due.jurisdiction, due.unit_id))];
  const scope: Scope = { jurisdictions: [asJurisdiction(due.jurisdiction)], units };
  const [line] = await problemsInSight(house.db, scope, [due.item_id], house.clock.today());
  if (!line) return null;
  const found = await sql<{ at: Date; day: string; says: string; from_state: string | null; to_state: string | null }>`
    select at, day, says, from_state, to_state from fact
    where jurisdiction = ${due.jurisdiction} and item_kind = 'problem' and item_id = ${due.item_id} and seq = ${due.seq}`.execute(
    house.db,
  );
  const fact = found.rows[0];
  if (!fact) return null;
  return JSON.stringify({
    id: due.id,
    event: due.event,
    at: fact.at.toISOString(),
    day: fact.day,
    says: fact.says,
    from: fact.from_state,
    to: fact.to_state,
    problem: {
      id: line.id,
      number: line.number,
      title: line.title,
      state: line.state,
      grade: line.grade,
      leadUnitName: line.leadUnitName,
      dueOn: line.dueOn,
      closedOn: line.closedOn,
      version: line.version,
    },
  });
}

async function mustNotBeOwn(house: House, address: string): Promise<void> {
  if (house.kind === 'demonstration') return;
  const host = new URL(address).hostname.replace(/^\[|\]$/g, '');
  const found = await lookup(host, { all: true });
  if (isOwn(host) || found.some((one) => isOwn(one.address))) throw new Error('地址指向本机，没有发送');
}

async function post(house: House, due: Due, body: string): Promise<string> {
  await mustNotBeOwn(house, due.address);
  const at = String(Math.floor(house.clock.now().getTime() / 1000));
  const signature = createHmac('sha256', due.secret).update(signedText(at, body)).digest('hex');
  const answer = await fetch(due.address, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_MS),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Guatu',
      'x-guatu-delivery': due.id,
      'x-guatu-event': due.event,
      'x-guatu-timestamp': at,
      'x-guatu-signature': `sha256=${signature}`,
    },
    body,
  });
  await answer.body?.cancel();
  if (answer.status < 200 || answer.status > 299) throw new Error(`对方答复 ${answer.status}`);
  return `对方答复 ${answer.status}`;
}

async function send(house: House, due: Due): Promise<void> {
  const end = async (state: 'delivered' | 'outside' | 'failed', answer: string): Promise<void> => {
    await sql`update webhook_delivery set state = ${state}, ended_at = ${house.clock.now()}, answer = ${answer}
      where jurisdiction = ${due.jurisdiction} and id = ${due.id} and state = 'waiting'`.execute(house.db);
  };
  const body = await bodyOf(house, due);
  if (body === null) return end('outside', '这条问题不在推送范围内');
  try {
    await end('delivered', await post(house, due, body));
  } catch (error) {
    const says = saying(error);
    const pause = pauseAfter(due.tries);
    if (pause === null) return end('failed', says);
    await sql`update webhook_delivery set answer = ${says}, next_at = ${house.clock.now()}::timestamptz + make_interval(secs => ${pause})
      where jurisdiction = ${due.jurisdiction} and id = ${due.id} and state = 'waiting'`.execute(house.db);
  }
}

function saying(error: unknown): string {
  if (!(error instanceof Error)) return '没有连上对方';
  if (error.name === 'TimeoutError') return `对方 ${ANSWER_MS / 1000} 秒内没有答复`;
  const code = (error.cause as NodeJS.ErrnoException | undefined)?.code;
  return code ? `没有连上对方（${code}）` : error.message.slice(0, 200);
}

/** Sends what is due now; gives how many were tried. */
export async function deliverDue(house: House): Promise<number> {
  const due = await take(house);
  await Promise.all(due.map((one) => send(house, one)));
  return due.length;
}

/** Goes on sending until it is stopped; any number of processes may. */
export function startDeliveries(house: House, log: (line: string) => void): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const round = async (): Promise<void> => {
    try {
      while (!stopped && (await deliverDue(house)) === AT_ONCE);
    } catch (error) {
      log(`消息推送出错：${error instanceof Error ? error.message : String(error)}`);
    }
    if (!stopped)
      timer = setTimeout(() => {
        running = round();
      }, EVERY_MS);
  };
  let running = round();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
