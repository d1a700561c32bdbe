import { sql } from 'kysely';
import { type Day, day, earlier } from '../../../kernel/day.ts';
import { notNow } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { deviceSays, inShanghai } from '../device.ts';

/** Facts that end a round of a problem's life: what was made before them on a phone belongs to the round before. */
const turns = [
  'problem.rechecked',
  'problem.sentBack',
  'problem.closed',
  'problem.closeRefused',
  'problem.reopened',
  'problem.withdrawn',
  'problem.merged',
  'problem.unfounded',
];

/**
 * Refuses a report that a phone made before the problem's last turn and could only send now: who is closed stays closed,
 * and photos of an earlier round are no evidence of this one. Reports of pages, which tell no time, pass.
 */
export async function refuseOlder(act: Act, problemId: string): Promise<void> {
  const madeAt = act.device?.madeAt;
  if (!madeAt) return;
  const found = await sql<{ at: Date; says: string; actor_name: string; unit_name: string | null }>`
    select at, says, actor_name, unit_name from fact
    where jurisdiction = ${act.actor.jurisdiction} and item_kind = 'problem' and item_id = ${problemId}
      and kind = any(${turns}) order by seq desc limit 1`.execute(act.db);
  const last = found.rows[0];
  if (!last || last.at <= madeAt) return;
  throw notNow(
    `这份材料是 ${inShanghai(madeAt)} 在手机上做的，之后${last.unit_name ?? ''}${last.actor_name}已于 ${inShanghai(last.at)} 办理：${last.says}。没有记入，请看最新情况后再定。`,
  );
}

/** What a report from a phone adds to the sentence of its fact, and to the fact's data; nothing for reports of pages. */
export const fromDevice = (act: Act): { readonly says: string; readonly data: Readonly<Record<string, unknown>> } => ({
  says: deviceSays(act.device, act.now),
  data: act.device
    ? { device: { madeAt: act.device.madeAt?.toISOString() ?? null, aheadMs: Math.round(act.device.aheadMs) } }
    : {},
});

/** The day on which a report was made, by the server's clock; today where nothing tells otherwise. */
export function madeOn(act: Act): Day {
  const madeAt = act.device?.madeAt;
  if (!madeAt) return act.day;
  return earlier(act.day, day(new Date(madeAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)));
}
