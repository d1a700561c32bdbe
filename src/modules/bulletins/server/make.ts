import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Window, windowAround } from '../../../kernel/calendar.ts';
import { addDays, type Day, parseDay, yearOf } from '../../../kernel/day.ts';
import { notFound, notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { nextNumbers } from '../../../platform/db/number.ts';
import { canonical, sha256 } from '../../../platform/facts/canonical.ts';
import { announce } from '../../../platform/facts/record.ts';
import type { Duty } from '../../../platform/jobs/duty.ts';
import { periodInWords } from '../../filings/rhythm.ts';
import type { BulletinForm } from '../bulletin-form.ts';
import { draftOf } from '../draft.ts';
import type { BulletinState } from '../lifecycle.ts';
import { countSnapshot } from './count.ts';
import { bulletinOfPeriod, formsOf } from './store.ts';

export interface Made {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly state: BulletinState;
}

/** Counts a period, seals the figures and drafts the words. The form has no bulletin of the period yet. */
export async function makeBulletin(act: Act, form: BulletinForm, period: Window): Promise<Made> {
  const { jurisdiction } = act.actor;
  const snapshot = await countSnapshot(act, form, period);
  const content = canonical(snapshot);
  const hash = sha256(content);
  const [snapshotId, id] = [randomUUID(), randomUUID()];
  await sql`
    insert into bulletin_snapshot (jurisdiction, id, form_id, period_from, period_to, content, sha256, made_by_name, made_at)
    values (${jurisdiction}, ${snapshotId}, ${form.id}, ${period.from}, ${period.to}, ${content}, ${hash}, ${who(act)},
      ${act.now})`.execute(act.db);
  await announce(act, {
    item: { kind: 'bulletinSnapshot', id: snapshotId },
    kind: 'bulletinSnapshot.made',
    says: `${who(act)}为${form.name}（${periodInWords(form.period, period.from, period.to)}）取数封存，校验值${hash.slice(0, 16)}。`,
    data: { sha256: hash, form: form.id, from: period.from, to: period.to },
  });
  const sections = draftOf(snapshot, form.requests);
  const [number = ''] = await nextNumbers(act.db, jurisdiction, '报', yearOf(act.day), 1);
  const title = `${form.name}（${periodInWords(form.period, period.from, period.to)}）`;
  await sql`
    insert into bulletin (jurisdiction, id, number, form_id, form_name, period, period_from, period_to, snapshot_id, title, state,
      sections, chosen, addressee, copies, hands)
    values (${jurisdiction}, ${id}, ${number}, ${form.id}, ${form.name}, ${form.period}, ${period.from}, ${period.to},
      ${snapshotId}, ${title}, 'draft', ${JSON.stringify(sections)}::jsonb, '[]'::jsonb, ${form.addressee}, ${form.copies},
      '[]'::jsonb)`.execute(act.db);
  await sql`
    insert into bulletin_edit (jurisdiction, bulletin_id, no, sections, chosen, by_id, by_name, at)
    values (${jurisdiction}, ${id}, 1, ${JSON.stringify(sections)}::jsonb, '[]'::jsonb, ${act.actor.accountId}, ${who(act)},
      ${act.now})`.execute(act.db);
  await announce(act, {
    item: { kind: 'bulletin', id },
    kind: 'bulletin.drafted',
    says: `${who(act)}起草《${title}》。`,
    to: 'draft',
    data: { version: 1, number, snapshot: snapshotId, sha256: hash },
  });
  return { id, number, version: 1, state: 'draft' };
}

/** By hand: the period around a day, which may be the running one; then it is counted up to now. */
export async function makeByHand(act: Act, input: { readonly formId: string; readonly day: string }): Promise<Made> {
  const day = parseDay(input.day);
  if (day === null || day > act.day)
    throw notValid('请选择今天或以前的日期。', [{ where: 'body.day', says: '不是日期，或者晚于今天' }]);
  await sql`select 1 from bulletin_form where jurisdiction = ${act.actor.jurisdiction} and id = ${input.formId}
    for update`.execute(act.db);
  const form = (await formsOf(act.db, [act.actor.jurisdiction])).find((one) => one.id === input.formId);
  if (!form) throw notFound('没有找到这种通报。');
  const around = windowAround(day, form.period);
  const period = { from: around.from, to: around.to > act.day ? act.day : around.to };
  const there = await bulletinOfPeriod(act, form.id, period.from);
  if (there) throw notNow(`这一期已有${there.number}《${there.title}》；要重新取数，请先把它作废。`, { id: there.id });
  return makeBulletin(act, form, period);
}

/** Forms for which a period ended on the evening before the day. */
export const endedOn = (form: BulletinForm, day: Day): Window | null => {
  const last = addDays(day, -1);
  if (last < form.fromOn || (form.toOn !== null && last > form.toOn)) return null;
  const window = windowAround(last, form.period);
  return window.to === last ? window : null;
};

/** Drafts every bulletin whose period ended before the day and that is not there yet. Gives their numbers. */
export async function makeDue(act: Act, day: Day): Promise<string[]> {
  const numbers: string[] = [];
  for (const form of await formsOf(act.db, [act.actor.jurisdiction])) {
    const period = endedOn(form, day);
    if (!period || (await bulletinOfPeriod(act, form.id, period.from))) continue;
    numbers.push((await makeBulletin(act, form, period)).number);
  }
  return numbers;
}

/** 日报、周通报、月调度: what ended yesterday lies ready before the office opens. */
export const makeBulletinsDuty: Duty = {
  name: 'make-bulletins',
  word: '起草到期的日报、周通报、月调度材料',
  pattern: '40 5 * * *',
  about: (today) => today,
  run: async (act, day) => {
    const made = await makeDue(act, day);
    return made.length === 0 ? '没有到期的' : `起草 ${made.length} 份：${made.join('、')}`;
  },
};
