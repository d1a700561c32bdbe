import type { Day } from '../../../kernel/day.ts';
import { notNow } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { isOpen } from '../lifecycle.ts';
import { type Done, load, save, tell } from './step.ts';

/**
 * 挂牌 (`on` and the number of the notice) or 摘牌 (null) as the room of supervision decided it; the problem only shows it.
 * Refuses listing what is ended or listed, and delisting what is not listed.
 */
export async function markListed(
  act: Act,
  id: string,
  listing: { readonly on: Day; readonly noticeNumber: string } | null,
): Promise<Done> {
  const loaded = await load(act, { id });
  const { problem } = loaded;
  const listed = problem.listedOn !== null && problem.delistedOn === null;
  if (listing === null) {
    if (!listed) throw notNow(`问题${problem.number}没有挂牌，不能摘牌。`);
    const after = await save(act, loaded, { delistedOn: act.day });
    return tell(act, problem, after, 'problem.delisted', `${who(act)}办理摘牌。`);
  }
  if (!isOpen(problem.state)) throw notNow(`问题${problem.number}已经了结，不能挂牌督办。`);
  if (listed) throw notNow(`问题${problem.number}已经挂牌督办，不能重复挂牌。`);
  const after = await save(act, loaded, { listedOn: listing.on, delistedOn: null });
  return tell(act, problem, after, 'problem.listed', `${who(act)}对本问题挂牌督办，${listing.noticeNumber}。`, {
    on: listing.on,
    noticeNumber: listing.noticeNumber,
  });
}
