import { sql } from 'kysely';
import { notNow } from '../../kernel/refusal.ts';
import type { Act } from '../act.ts';
import { canonical, sha256 } from '../facts/canonical.ts';

/**
 * One effect for one request key, however often the request arrives: the answer is kept in the transaction of the act.
 * A second request that arrives while the first is under way waits for it and gets the same answer.
 */
export async function once(
  act: Act,
  key: string,
  route: string,
  content: unknown,
  run: () => Promise<unknown>,
): Promise<unknown> {
  const contentHash = sha256(canonical(content));
  const { jurisdiction, accountId } = act.actor;
  const claimed = await sql<{ key: string }>`
    insert into idempotency (jurisdiction, account, key, route, request_hash, created_at)
    values (${jurisdiction}, ${accountId}, ${key}, ${route}, ${contentHash}, ${act.now})
    on conflict do nothing returning key`.execute(act.db);
  if (claimed.rows.length === 0) {
    const kept = await sql<{ route: string; request_hash: string; response: unknown }>`
      select route, request_hash, response from idempotency
      where jurisdiction = ${jurisdiction} and account = ${accountId} and key = ${key}`.execute(act.db);
    const before = kept.rows[0];
    if (!before || before.route !== route || before.request_hash !== contentHash)
      throw notNow('这次提交与之前用同一凭据提交的内容不同，没有办理。请刷新页面后重新提交。');
    return before.response;
  }
  const response = await run();
  await sql`
    update idempotency set status = 200, response = ${JSON.stringify(response ?? null)}::jsonb
    where jurisdiction = ${jurisdiction} and account = ${accountId} and key = ${key}`.execute(act.db);
  return response;
}
