import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { issueDocument, letterheadOf } from '../../letters/server/door.ts';
import { markListed } from '../../problems/server/door.ts';
import { listingForms } from '../documents.ts';
import { backgroundOf, delistingWords } from './document-words.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 摘牌: the announcement is issued and the plate comes off the problem; the problem must have been closed before. */
export async function delist(act: Act, input: Seen & { readonly opinion?: string }): Promise<Done> {
  const loaded = await load(act, input);
  const { listing } = loaded;
  const state = decide(act, loaded, 'delist');
  const head = await letterheadOf(act.db, act.actor.jurisdiction);
  const of = await backgroundOf(act, loaded, head);
  const item = { kind: 'listing', id: listing.id, title: listing.matter };
  const issued = await issueDocument(act, head, item, listingForms.delisting, delistingWords(loaded, of, act.day));
  await markListed(act, listing.problemId, null);
  const saved = await save(act, listing, {
    state,
    delistedOn: act.day,
    delistingNumber: issued.number,
    endedOn: act.day,
  });
  const opinion = (input.opinion ?? '').trim();
  return tell(
    act,
    listing,
    saved,
    'listing.delisted',
    `${who(act)}办理摘牌，发布摘牌公告（${issued.number}）${opinion ? `：${opinion}` : '。'}`,
    {
      document: issued.number,
      sha256: issued.sha256,
    },
  );
}

/** 撤销挂牌: what was listed is no open major problem any more, without having been rectified. */
export async function revoke(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const loaded = await load(act, input);
  const { listing, problem } = loaded;
  const reason = input.reason.trim();
  const state = decide(act, loaded, 'revoke', { reason });
  if (problem.listedOn !== null && problem.delistedOn === null) await markListed(act, listing.problemId, null);
  const saved = await save(act, listing, { state, endedOn: act.day });
  return tell(act, listing, saved, 'listing.revoked', `${who(act)}撤销挂牌：${reason}`, { reason });
}
