import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { issueDocument, letterheadOf } from '../../letters/server/door.ts';
import { listingForms } from '../documents.ts';
import { groundsOf } from '../late.ts';
import { type EscalationKind, escalationWords } from '../listing.ts';
import { backgroundOf, letterWords, orNull } from './document-words.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/** 升级督办, on grounds that are kept as they stood this day: a higher level, a letter with a day for the reply, or proposed measures. */
export async function escalate(
  act: Act,
  input: Seen & {
    readonly kind: EscalationKind;
    readonly reason: string;
    readonly level?: string | null;
    readonly addressee?: string | null;
    readonly copies?: string | null;
    readonly demands?: readonly string[];
    readonly replyOn?: Day | null;
    readonly measures?: string | null;
  },
): Promise<Done> {
  const loaded = await load(act, input);
  const { listing, facts, setting } = loaded;
  const reason = input.reason.trim();
  const demands = (input.demands ?? []).map((one) => one.trim()).filter((one) => one !== '');
  const measures = orNull(input.measures);
  const escalation = { kind: input.kind, level: input.level ?? null, demands, replyOn: input.replyOn ?? null };
  decide(act, loaded, 'escalate', { reason, content: measures ?? '', escalation });
  const grounds = groundsOf(listing, facts, act.day, setting.limits);
  const level = input.kind === 'higherLevel' ? (input.level ?? listing.level) : listing.level;
  await sql`
    insert into listing_escalation (jurisdiction, id, listing_id, kind, day, grounds, reason, level_before, level_after, demands,
      reply_on, measures, by_id, by_name, at)
    values (${act.actor.jurisdiction}, ${randomUUID()}, ${listing.id}, ${input.kind}, ${act.day},
      ${JSON.stringify(grounds)}::jsonb, ${reason}, ${listing.level}, ${level}, ${JSON.stringify(demands)}::jsonb,
      ${input.kind === 'letter' ? (input.replyOn ?? null) : null}, ${input.kind === 'measures' ? measures : null},
      ${act.actor.accountId}, ${act.actor.name}, ${act.now})`.execute(act.db);
  let letter: string | null = null;
  if (input.kind === 'letter' && input.replyOn) {
    const head = await letterheadOf(act.db, act.actor.jurisdiction);
    const of = await backgroundOf(act, loaded, head);
    const words = letterWords(loaded, of, {
      addressee: orNull(input.addressee) ?? of.lead,
      copies: orNull(input.copies),
      grounds,
      demands,
      replyOn: input.replyOn,
    });
    letter = (
      await issueDocument(
        act,
        head,
        { kind: 'listing', id: listing.id, title: listing.matter },
        listingForms.letter,
        words,
      )
    ).number;
  }
  const saved = await save(act, listing, { level, escalations: listing.escalations + 1 });
  const name = (code: string): string => setting.levels.find((one) => one.code === code)?.name ?? code;
  const what = {
    higherLevel: `由${name(listing.level)}提为${name(level)}督办`,
    letter: `印发督办函${letter ?? ''}，请于${input.replyOn ?? ''}前回复`,
    measures: `提出处理建议：${measures ?? ''}`,
  }[input.kind];
  return tell(
    act,
    listing,
    saved,
    'listing.escalated',
    `${who(act)}升级督办（${escalationWords[input.kind]}）：${what}。理由：${reason}`,
    {
      kind: input.kind,
      grounds,
      reason,
      level,
      letter,
    },
  );
}
