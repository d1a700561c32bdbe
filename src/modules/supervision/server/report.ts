import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Act } from '../../../platform/act.ts';
import { ownFiles, who } from '../../../platform/case.ts';
import { strangeFile } from './file-plan.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

interface Words {
  readonly text: string;
  readonly fileIds?: readonly string[];
}

async function insertProgress(act: Act, listingId: string, text: string, fileIds: readonly string[]): Promise<void> {
  const { actor } = act;
  await sql`
    insert into listing_progress (jurisdiction, id, listing_id, day, at, by_id, by_name, unit_name, text, file_ids)
    values (${actor.jurisdiction}, ${randomUUID()}, ${listingId}, ${act.day}, ${act.now}, ${actor.accountId}, ${actor.name},
      ${actor.unitName}, ${text}, ${[...fileIds]}::uuid[])`.execute(act.db);
}

/** 填报挂牌整改进展; an addition that conflicts with nothing. */
export async function report(act: Act, input: { readonly id: string } & Words): Promise<Done> {
  const loaded = await load(act, { id: input.id });
  const text = input.text.trim();
  const fileIds = await ownFiles(act, { kind: 'listing', id: input.id }, input.fileIds ?? [], strangeFile);
  decide(act, loaded, 'report', { content: text });
  await insertProgress(act, loaded.listing.id, text, fileIds);
  const saved = await save(act, loaded.listing, {});
  return tell(act, loaded.listing, saved, 'listing.reported', `${who(act)}填报：${text}`, { fileIds });
}

/** 申请验收: after the problem's rectification was reported done, and again after each failed acceptance. */
export async function apply(act: Act, input: Seen & Words): Promise<Done> {
  const loaded = await load(act, input);
  const text = input.text.trim();
  const fileIds = await ownFiles(act, { kind: 'listing', id: input.id }, input.fileIds ?? [], strangeFile);
  const state = decide(act, loaded, 'apply', { content: text });
  await insertProgress(act, loaded.listing.id, `申请验收：${text}`, fileIds);
  const saved = await save(act, loaded.listing, { state, appliedOn: act.day, appliedBy: act.actor.accountId });
  return tell(act, loaded.listing, saved, 'listing.applied', `${who(act)}申请验收：${text}`, { fileIds });
}
