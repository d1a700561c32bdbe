import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { yearOf } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import { issueDocument, letterheadOf } from '../../letters/server/door.ts';
import { documentOf } from '../document-words.ts';
import { documentFormOf } from '../documents.ts';
import { annexesOf } from './annexes.ts';
import { type Done, decide, finish, load, type Seen, told } from './step.ts';

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** 印发: takes the number of the issue and of the document, fills the template, keeps the annexes beside it. */
export async function issue(act: Act, input: Seen): Promise<Done> {
  const loaded = await load(act, input);
  const { bulletin, kept } = loaded;
  const state = decide(act, loaded, 'issue');
  const { jurisdiction } = act.actor;
  // one issue after another: the form is locked until this one has its number
  await sql`select 1 from bulletin_form where jurisdiction = ${jurisdiction} and id = ${bulletin.formId} for update`.execute(
    act.db,
  );
  const counted = await sql<{ last: number }>`
    select coalesce(max(issue), 0)::int as last from bulletin where jurisdiction = ${jurisdiction}
      and form_id = ${bulletin.formId} and extract(year from issued_on) = ${yearOf(act.day)}`.execute(act.db);
  const number = (counted.rows[0]?.last ?? 0) + 1;
  const head = await letterheadOf(act.db, jurisdiction);
  const issued = await issueDocument(
    act,
    head,
    { kind: 'bulletin', id: bulletin.id, title: bulletin.title },
    documentFormOf(bulletin.period),
    documentOf(bulletin, kept.snapshot, kept.sha256, number),
  );
  const annexes: { name: string; sha256: string }[] = [];
  for (const annex of await annexesOf(kept.snapshot, bulletin.title)) {
    const file = await act.house.files.put(Readable.from([annex.bytes]), 50_000_000);
    await sql`
      insert into file (jurisdiction, id, sha256, name, size, type, item_kind, item_id, uploaded_by, uploaded_by_name, uploaded_at)
      values (${jurisdiction}, ${randomUUID()}, ${file.sha256}, ${annex.name}, ${file.size}, ${xlsxType}, 'bulletin', ${bulletin.id},
        ${act.actor.accountId}, ${act.actor.name}, ${act.now})`.execute(act.db);
    annexes.push({ name: annex.name, sha256: file.sha256 });
  }
  return finish(
    act,
    bulletin,
    { state, issue: number, documentNumber: issued.number, issuedOn: act.day },
    'bulletin.issued',
    `${told(act, bulletin, '印发')}第${number}期（${issued.number}）。`,
    { document: issued.number, sha256: issued.sha256, snapshot: kept.sha256, annexes },
  );
}
