import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import { ownFiles, who } from '../../../platform/case.ts';
import { issueDocument, letterheadOf } from '../../letters/server/door.ts';
import { listingForms } from '../documents.ts';
import type { Acceptance, Acceptor, Check } from '../listing.ts';
import { acceptanceWords, backgroundOf } from './document-words.ts';
import { strangeFile } from './file-plan.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/**
 * 现场验收, by the listing side: passed, or not with a new day for the work. The opinion is issued either way. A listed
 * problem cannot be closed, so that a failed acceptance never contradicts a closed one.
 */
export async function accept(
  act: Act,
  input: Seen & {
    readonly pass: boolean;
    readonly heldOn: Day;
    readonly place: string;
    readonly people: readonly Acceptor[];
    readonly checks: readonly Check[];
    readonly opinion: string;
    readonly retryOn?: Day | null;
    readonly fileIds?: readonly string[];
  },
): Promise<Done> {
  const loaded = await load(act, input);
  const { listing } = loaded;
  const fileIds = await ownFiles(act, { kind: 'listing', id: listing.id }, input.fileIds ?? [], strangeFile);
  const retryOn = input.pass ? null : (input.retryOn ?? null);
  const state = decide(act, loaded, input.pass ? 'pass' : 'fail', { ...input, retryOn });
  const head = await letterheadOf(act.db, act.actor.jurisdiction);
  const of = await backgroundOf(act, loaded, head);
  const held: Omit<Acceptance, 'id'> = {
    round: listing.failures + 1,
    appliedOn: listing.appliedOn ?? input.heldOn,
    heldOn: input.heldOn,
    place: input.place.trim() || of.place,
    people: input.people.map((one) => ({
      ...one,
      name: one.name.trim(),
      unitName: one.unitName.trim(),
      post: one.post.trim(),
    })),
    checks: input.checks.map((one) => ({ requirement: one.requirement.trim(), finding: one.finding.trim() })),
    passed: input.pass,
    opinion: input.opinion.trim(),
    retryOn,
  };
  await insertAcceptance(act, listing.id, held, fileIds);
  const item = { kind: 'listing', id: listing.id, title: listing.matter };
  const issued = await issueDocument(act, head, item, listingForms.acceptance, acceptanceWords(loaded, of, held));
  const saved = await save(
    act,
    listing,
    input.pass
      ? { state, acceptedOn: held.heldOn, acceptedBy: act.actor.accountId, retryOn: null }
      : {
          state,
          acceptedBy: null,
          appliedOn: null,
          appliedBy: null,
          failures: listing.failures + 1,
          lastFailedOn: held.heldOn,
          retryOn,
        },
  );
  const names = held.people.map((one) => `${one.name}${one.as === 'expert' ? '（专家）' : ''}`).join('、');
  return tell(
    act,
    listing,
    saved,
    input.pass ? 'listing.accepted' : 'listing.failed',
    `${who(act)}登记${held.heldOn}现场验收${input.pass ? '通过' : `不通过，应于${retryOn ?? ''}前完成重新整改`}，验收人员：${names}；验收意见书${issued.number}。`,
    { heldOn: held.heldOn, people: held.people, opinion: held.opinion, retryOn, document: issued.number, fileIds },
  );
}

async function insertAcceptance(
  act: Act,
  listingId: string,
  held: Omit<Acceptance, 'id'>,
  fileIds: readonly string[],
): Promise<void> {
  await sql`
    insert into listing_acceptance (jurisdiction, id, listing_id, round, applied_on, held_on, place, people, checks, passed, opinion,
      retry_on, file_ids, by_id, by_name, at)
    values (${act.actor.jurisdiction}, ${randomUUID()}, ${listingId}, ${held.round}, ${held.appliedOn}, ${held.heldOn},
      ${held.place}, ${JSON.stringify(held.people)}::jsonb, ${JSON.stringify(held.checks)}::jsonb, ${held.passed},
      ${held.opinion}, ${held.retryOn}, ${[...fileIds]}::uuid[], ${act.actor.accountId}, ${act.actor.name}, ${act.now})`.execute(
    act.db,
  );
}
