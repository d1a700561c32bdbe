import type { Day } from '../../../../kernel/day.ts';
import type { Act } from '../../../../platform/act.ts';
import { ownFiles, who } from '../../../../platform/case.ts';
import { issueDocument, letterheadOf } from '../../../letters/server/door.ts';
import type { Attendee, Commitment } from '../../pressure.ts';
import { isOutward, replyLate } from '../../pressure.ts';
import { pressureForms } from '../../pressure-documents.ts';
import { minutesSays, remindingSays } from './document-words.ts';
import { called, type Done, decide, load, onDay, quiet, type Seen, save, tell } from './step.ts';
import { addEntry } from './store.ts';

const strange = '有附件不是传到这件督促措施的，请重新上传。';
const filesOf = (act: Act, id: string, ids: readonly string[] | undefined): Promise<string[]> =>
  ownFiles(act, { kind: 'pressure', id }, ids ?? [], strange);

/** What was promised, without lines that nobody filled in; each needs words and a day. */
function promisedOf(promised: readonly Commitment[] | undefined): Commitment[] {
  const lines = (promised ?? []).map((one) => ({ ...one, text: one.text.trim() })).filter((one) => one.text !== '');
  return lines;
}

/** 签收: by the unit; for what went to an organ outside, the office records its receipt. */
export async function receive(act: Act, input: Seen & { readonly fileIds?: readonly string[] }): Promise<Done> {
  const row = await load(act, input);
  const fileIds = await filesOf(act, row.id, input.fileIds);
  const state = await decide(act, row, 'receive');
  const says = isOutward(row.kind)
    ? `${who(act)}登记${quiet(row, row.addressee) || '受文机关'}签收${called(row)}`
    : `${who(act)}签收${called(row)}`;
  await addEntry(act, row.id, {
    kind: 'receipt',
    text: isOutward(row.kind) ? `${row.addressee}签收` : '签收',
    fileIds,
  });
  const saved = await save(act, row, { state, receivedOn: act.day, receivedByName: act.actor.name });
  return tell(act, row, saved, 'pressure.received', says);
}

/** 书面回复, with what the unit undertakes; for an organ outside, the office records its answer (查办结果). */
export async function reply(
  act: Act,
  input: Seen & {
    readonly text: string;
    readonly promised?: readonly Commitment[];
    readonly fileIds?: readonly string[];
  },
): Promise<Done> {
  const row = await load(act, input);
  const fileIds = await filesOf(act, row.id, input.fileIds);
  const text = input.text.trim();
  const state = await decide(act, row, 'reply', { content: text });
  const promised = promisedOf(input.promised);
  await addEntry(act, row.id, { kind: 'reply', text, data: { promised }, fileIds });
  const saved = await save(act, row, { state, repliedOn: act.day });
  const late = replyLate(row, act.day);
  const what = isOutward(row.kind)
    ? `登记${quiet(row, row.addressee) || '受文机关'}对${called(row)}的答复`
    : `回复${called(row)}`;
  return tell(
    act,
    row,
    saved,
    'pressure.replied',
    `${who(act)}${what}${late > 0 ? `（逾期${late}天）` : ''}${quiet(row, `：${text}`)}`,
    { late, fileIds },
  );
}

/** 退回回复 with a new day for the next one. */
export async function returnReply(
  act: Act,
  input: Seen & { readonly reason: string; readonly replyDueOn: Day },
): Promise<Done> {
  const row = await load(act, input);
  const reason = input.reason.trim();
  const state = await decide(act, row, 'returnReply', { reason, replyDueOn: input.replyDueOn });
  await addEntry(act, row.id, { kind: 'returned', text: reason });
  const saved = await save(act, row, { state, repliedOn: null, replyDueOn: input.replyDueOn });
  return tell(
    act,
    row,
    saved,
    'pressure.replyReturned',
    `${who(act)}退回回复，请于${onDay(input.replyDueOn)}前重新回复${quiet(row, `：${reason}`)}`,
  );
}

/** 登记约谈: who came, what was said, what was undertaken. The minutes are issued with a number. */
export async function attend(
  act: Act,
  input: Seen & {
    readonly heldOn: Day;
    readonly attendees: readonly Attendee[];
    readonly text: string;
    readonly promised?: readonly Commitment[];
    readonly fileIds?: readonly string[];
  },
): Promise<Done> {
  const row = await load(act, input);
  const fileIds = await filesOf(act, row.id, input.fileIds);
  const text = input.text.trim();
  const attendees = input.attendees.map((one) => ({
    ...one,
    name: one.name.trim(),
    post: one.post.trim(),
    unitName: one.unitName.trim(),
  }));
  const state = await decide(act, row, 'attend', { content: text, heldOn: input.heldOn, attendees });
  const promised = promisedOf(input.promised);
  await addEntry(act, row.id, { kind: 'minutes', text, data: { heldOn: input.heldOn, attendees, promised }, fileIds });
  const head = await letterheadOf(act.db, act.actor.jurisdiction);
  const issued = await issueDocument(
    act,
    head,
    { kind: 'pressure', id: row.id, title: row.matter },
    pressureForms.minutes,
    minutesSays(row, { on: input.heldOn, attendees, text, promised }),
  );
  const saved = await save(act, row, {
    state,
    repliedOn: input.heldOn,
    receivedOn: row.receivedOn ?? input.heldOn,
    receivedByName: row.receivedByName ?? attendees.find((one) => one.as === 'called')?.name ?? null,
  });
  const came = attendees.filter((one) => one.as === 'called').map((one) => `${one.post}${one.name}`);
  return tell(
    act,
    row,
    saved,
    'pressure.attended',
    `${who(act)}登记${onDay(input.heldOn)}约谈${row.unitName}，${came.join('、')}到场，印发约谈纪要（${issued.number}）`,
    { document: issued.number, sha256: issued.sha256, heldOn: input.heldOn },
  );
}

/** 记录跟踪情况, by the office or the unit. */
export async function note(
  act: Act,
  input: { readonly id: string; readonly text: string; readonly fileIds?: readonly string[] },
): Promise<Done> {
  const row = await load(act, { id: input.id });
  const fileIds = await filesOf(act, row.id, input.fileIds);
  const text = input.text.trim();
  const state = await decide(act, row, 'note', { content: text });
  await addEntry(act, row.id, { kind: 'note', text, fileIds });
  const saved = await save(act, row, { state });
  return tell(act, row, saved, 'pressure.noted', `${who(act)}记录跟踪情况${quiet(row, `：${text}`)}`);
}

/** 催办: the reply is late, a letter says so. */
export async function urge(act: Act, input: Seen & { readonly copies?: string | null }): Promise<Done> {
  const row = await load(act, input);
  const state = await decide(act, row, 'urge');
  const head = await letterheadOf(act.db, act.actor.jurisdiction);
  const issued = await issueDocument(
    act,
    head,
    { kind: 'pressure', id: row.id, title: row.matter },
    pressureForms.reminding,
    remindingSays(row, act.day, (input.copies ?? '').trim() || null),
  );
  await addEntry(act, row.id, { kind: 'urging', text: `第${row.urged + 1}次催办，${issued.number}` });
  const saved = await save(act, row, { state, urged: row.urged + 1 });
  return tell(
    act,
    row,
    saved,
    'pressure.urged',
    `${who(act)}催办${called(row)}（${issued.number}），回复已逾期${replyLate(row, act.day)}天`,
    {
      document: issued.number,
      sha256: issued.sha256,
    },
  );
}
