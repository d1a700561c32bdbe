import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { issueDocument, letterheadOf } from '../../letters/server/door.ts';
import { markListed } from '../../problems/server/door.ts';
import { listingForms } from '../documents.ts';
import { announcementWords, backgroundOf, noticeWords, orNull } from './document-words.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 印发挂牌: the notice with its number, the public announcement unless it is held back, and the plate on the problem. */
export async function issue(
  act: Act,
  input: Seen & {
    readonly addressee?: string | null;
    readonly copies?: string | null;
    readonly announce: boolean;
  },
): Promise<Done> {
  const loaded = await load(act, input);
  const { listing } = loaded;
  const state = decide(act, loaded, 'issue');
  const head = await letterheadOf(act.db, act.actor.jurisdiction);
  const of = await backgroundOf(act, loaded, head);
  const item = { kind: 'listing', id: listing.id, title: listing.matter };
  const to = { addressee: orNull(input.addressee) ?? of.lead, copies: orNull(input.copies) ?? orNull(head.copies) };
  const notice = await issueDocument(act, head, item, listingForms.notice, noticeWords(loaded, of, act.day, to));
  const announced = input.announce
    ? await issueDocument(act, head, item, listingForms.announcement, announcementWords(loaded, of, head))
    : null;
  await markListed(act, listing.problemId, { on: act.day, noticeNumber: notice.number });
  const saved = await save(act, listing, { state, listedOn: act.day, noticeNumber: notice.number });
  return tell(
    act,
    listing,
    saved,
    'listing.issued',
    `${who(act)}印发《挂牌督办通知书》（${notice.number}）${announced ? `，并发布挂牌公告（${announced.number}）` : ''}，整改时限${loaded.problem.dueOn}。`,
    {
      notice: notice.number,
      sha256: notice.sha256,
      announcement: announced?.number ?? null,
      limit: loaded.problem.dueOn,
    },
  );
}
