import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { hasRole } from '../../../kernel/actor.ts';
import { type Day, day as dayFrom } from '../../../kernel/day.ts';
import { notAllowed, notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { nextNumbers } from '../../../platform/db/number.ts';
import { announce } from '../../../platform/facts/record.ts';
import type { SchemeBody } from '../scheme.ts';
import { troublesOf } from './compute.ts';
import { type Done, decide, load, saveAndTell } from './step.ts';

const titleOf = (body: SchemeBody): string => {
  const title = body.title.trim();
  if (title.length < 4) throw notValid('请写明方案名称。', [{ where: 'body.body.title', says: '请写明方案名称' }]);
  return title;
};

/** A new draft: it may still have troubles, which the page lists; they are in the way of issuing it only. */
export async function draftScheme(act: Act, body: SchemeBody): Promise<Done> {
  const { actor } = act;
  if (!hasRole(actor, 'officer')) throw notAllowed('起草考核方案应由安委办工作人员办理，您不在其列。');
  const title = titleOf(body);
  const [number = ''] = await nextNumbers(act.db, actor.jurisdiction, '考', body.year, 1);
  const id = randomUUID();
  await sql`
    insert into assessment_scheme (jurisdiction, id, number, state, title, year, object_word, drafted_by, drafted_by_name,
      drafted_by_person, drafted_on, created_at)
    values (${actor.jurisdiction}, ${id}, ${number}, 'draft', ${title}, ${body.year}, ${body.objects.word}, ${actor.accountId},
      ${actor.name}, ${actor.personId}, ${act.day}, ${act.now})`.execute(act.db);
  await addVersion(act, id, 1, 'draft', body, null);
  await announce(act, {
    item: { kind: 'scheme', id },
    kind: 'scheme.drafted',
    says: `${who(act)}起草考核方案「${title}」`,
    to: 'draft',
    data: { version: 1, number },
  });
  return { id, number, version: 1, state: 'draft' };
}

async function addVersion(
  act: Act,
  schemeId: string,
  serial: number,
  state: 'draft' | 'pending',
  body: SchemeBody,
  reason: string | null,
): Promise<void> {
  await sql`
    insert into assessment_version (jurisdiction, id, scheme_id, serial, state, body, reason, drafted_by, drafted_by_name,
      drafted_by_person, drafted_at)
    values (${act.actor.jurisdiction}, ${randomUUID()}, ${schemeId}, ${serial}, ${state}, ${JSON.stringify(body)}::jsonb,
      ${reason}, ${act.actor.accountId}, ${act.actor.name}, ${act.actor.personId}, ${act.now})`.execute(act.db);
}

interface Seen {
  readonly id: string;
  readonly version: number;
}

/** The draft is rewritten; whoever did it last has drafted it. */
export async function editScheme(act: Act, input: Seen & { readonly body: SchemeBody }): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'edit');
  const title = titleOf(input.body);
  await sql`
    update assessment_version set body = ${JSON.stringify(input.body)}::jsonb, drafted_by = ${act.actor.accountId},
      drafted_by_name = ${act.actor.name}, drafted_by_person = ${act.actor.personId}, drafted_at = ${act.now}
    where jurisdiction = ${act.actor.jurisdiction} and scheme_id = ${input.id} and state = 'draft'`.execute(act.db);
  return saveAndTell(
    act,
    loaded.scheme,
    { state, title, year: input.body.year, objectWord: input.body.objects.word },
    { kind: 'scheme.edited', says: `${who(act)}修改考核方案草案` },
  );
}

/** Another person issues the draft; it holds for the whole period and is never edited again. */
export async function publishScheme(act: Act, input: Seen): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'publish');
  await holdFrom(act, input.id, 'draft', dayFrom(loaded.body.from));
  return saveAndTell(
    act,
    loaded.scheme,
    { state, publishedOn: act.day },
    { kind: 'scheme.published', says: `${who(act)}发布考核方案「${loaded.scheme.title}」` },
  );
}

async function holdFrom(act: Act, id: string, state: 'draft' | 'pending', from: Day): Promise<void> {
  await sql`
    update assessment_version set state = 'issued', from_on = ${from}, issued_by_name = ${act.actor.name}, issued_at = ${act.now}
    where jurisdiction = ${act.actor.jurisdiction} and scheme_id = ${id} and state = ${state}`.execute(act.db);
}

/** A new version is drafted beside the one that holds. */
export async function amendScheme(
  act: Act,
  input: Seen & { readonly body: SchemeBody; readonly reason: string },
): Promise<Done> {
  const loaded = await load(act, input);
  const { places } = await troublesOf(act.db, act.actor.jurisdiction, input.body, act.day);
  const state = decide(act, { ...loaded, places, facts: { ...loaded.facts, sound: places.length === 0 } }, 'amend', {
    reason: input.reason,
  });
  if (
    input.body.year !== loaded.scheme.year ||
    input.body.from !== loaded.body.from ||
    input.body.to !== loaded.body.to
  )
    throw notValid('新版本不能改变考核的年度和考核期；要改的请作废后另行起草。', [
      { where: 'body.body.from', says: '考核期应与现行版本相同' },
    ]);
  await addVersion(act, input.id, loaded.versions.length + 1, 'pending', input.body, input.reason.trim());
  return saveAndTell(
    act,
    loaded.scheme,
    { state },
    { kind: 'scheme.amended', says: `${who(act)}拟订第${loaded.versions.length + 1}版：${input.reason.trim()}` },
  );
}

/** Another person issues the new version; it holds from the day on, scores of earlier days stay as they were. */
export async function issueVersion(act: Act, input: Seen & { readonly fromOn: Day }): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'issueVersion', { on: input.fromOn });
  await holdFrom(act, input.id, 'pending', input.fromOn);
  const title = loaded.pending?.body.title ?? loaded.scheme.title;
  return saveAndTell(
    act,
    loaded.scheme,
    { state, title, objectWord: loaded.pending?.body.objects.word ?? loaded.scheme.objectWord },
    {
      kind: 'scheme.versionIssued',
      says: `${who(act)}发布第${loaded.pending?.serial ?? 0}版，自${input.fromOn}起用`,
    },
  );
}

export async function withdrawVersion(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'withdrawVersion', { reason: input.reason });
  await sql`update assessment_version set state = 'withdrawn'
    where jurisdiction = ${act.actor.jurisdiction} and scheme_id = ${input.id} and state = 'pending'`.execute(act.db);
  return saveAndTell(
    act,
    loaded.scheme,
    { state },
    {
      kind: 'scheme.versionWithdrawn',
      says: `${who(act)}撤回第${loaded.pending?.serial ?? 0}版：${input.reason.trim()}`,
    },
  );
}

export async function dropScheme(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'drop', { reason: input.reason });
  return saveAndTell(
    act,
    loaded.scheme,
    { state, droppedOn: act.day },
    { kind: 'scheme.dropped', says: `${who(act)}作废考核方案：${input.reason.trim()}` },
  );
}
