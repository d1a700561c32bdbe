import type { Day } from '../../../../kernel/day.ts';
import type { Act } from '../../../../platform/act.ts';
import { who } from '../../../../platform/case.ts';
import { type Issued, issueDocument, letterheadOf } from '../../../letters/server/door.ts';
import { asksReply, type Pressure } from '../../pressure.ts';
import { pressureForms, servingForm } from '../../pressure-documents.ts';
import { circularSays, interviewSays, letterSays, organSays } from './document-words.ts';
import { called, type Done, decide, load, onDay, quiet, type Seen, save, tell } from './step.ts';
import { groundsOf, itemsOf, type PressureRow } from './store.ts';

export interface Service {
  readonly copies?: string | null;
  readonly replyDueOn?: Day | null;
  readonly meetOn?: Day | null;
  readonly meetAt?: string | null;
  readonly meetPlace?: string | null;
  readonly meetHost?: string | null;
  readonly medium?: string | null;
  readonly publishedOn?: Day | null;
  readonly link?: string | null;
}
const orNull = (text: string | null | undefined): string | null => (text ?? '').trim() || null;

/** The numbered document of the kind; null for an exposure, whose publication is recorded instead. */
async function documentOf(act: Act, row: PressureRow, input: Service): Promise<Issued | null> {
  const form = servingForm(row.kind);
  if (form === null) return null;
  const head = await letterheadOf(act.db, act.actor.jurisdiction);
  const item = { kind: 'pressure', id: row.id, title: row.matter };
  const copies = orNull(input.copies);
  const ground = (await groundsOf(act.db, [row.jurisdiction], [row.id])).get(row.id);
  const items = (await itemsOf(act.db, row.jurisdiction, [row.id])).get(row.id) ?? [];
  const replyDueOn = input.replyDueOn ?? act.day;
  switch (form) {
    case 'interview':
      return issueDocument(
        act,
        head,
        item,
        pressureForms.interview,
        interviewSays(row, ground, items, copies, {
          on: input.meetOn ?? act.day,
          at: input.meetAt ?? '',
          place: input.meetPlace ?? '',
          host: input.meetHost ?? '',
        }),
      );
    case 'circular':
      return issueDocument(act, head, item, pressureForms.circular, circularSays(row, ground, items, copies));
    case 'accountability':
    case 'transfer':
      return issueDocument(act, head, item, pressureForms[form], organSays(row, ground, items, copies, replyDueOn));
    default:
      return issueDocument(act, head, item, pressureForms[form], letterSays(row, ground, items, copies, replyDueOn));
  }
}

/** 印发送达: the document with its number, the day for the reply, the meeting of an interview, the place of an exposure. */
export async function serve(act: Act, input: Seen & Service): Promise<Done> {
  const row = await load(act, input);
  const given: Service = { ...input, meetHost: orNull(input.meetHost), meetPlace: orNull(input.meetPlace) };
  const state = await decide(act, row, 'serve', {
    replyDueOn: given.replyDueOn ?? null,
    meetOn: given.meetOn ?? null,
    meetAt: given.meetAt ?? '',
    meetPlace: given.meetPlace ?? '',
    meetHost: given.meetHost ?? '',
    medium: given.medium ?? '',
    publishedOn: given.publishedOn ?? null,
  });
  const issued = await documentOf(act, row, given);
  const interview = row.kind === 'interview';
  const exposure = row.kind === 'exposure';
  const changes: Partial<Pressure> = {
    state,
    servedOn: act.day,
    documentNumber: issued?.number ?? null,
    // whoever is interviewed answers by coming
    replyDueOn: interview ? (given.meetOn ?? null) : asksReply(row.kind) ? (given.replyDueOn ?? null) : null,
    ...(interview
      ? {
          meetOn: given.meetOn ?? null,
          meetAt: orNull(given.meetAt),
          meetPlace: given.meetPlace ?? null,
          meetHost: given.meetHost ?? null,
        }
      : {}),
    ...(exposure
      ? { medium: orNull(given.medium), publishedOn: given.publishedOn ?? null, link: orNull(given.link) }
      : {}),
  };
  const saved = await save(act, row, changes);
  const how = exposure
    ? `登记曝光：${saved.publishedOn === null ? '' : onDay(saved.publishedOn)}在${saved.medium ?? ''}发布`
    : `印发并送达${called(row)}（${issued?.number ?? ''}）`;
  const due = saved.replyDueOn === null ? '' : `，${interview ? '约谈日期' : '回复时限'}${onDay(saved.replyDueOn)}`;
  return tell(act, row, saved, 'pressure.served', `${who(act)}${how}${due}${quiet(row, `，送${row.addressee}`)}`, {
    document: issued?.number ?? null,
    sha256: issued?.sha256 ?? null,
    replyDueOn: saved.replyDueOn,
  });
}
