import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { BodyOf, ResponseOf } from '../../../kernel/contract.ts';
import { parseDay } from '../../../kernel/day.ts';
import { notFound, notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { announce } from '../../../platform/facts/record.ts';
import type { bulletinsApi } from '../api.ts';
import { type BulletinForm, flawsOfForm, sectionKeys } from '../bulletin-form.ts';
import { ruleInWords } from '../ranking.ts';
import { typedFigures } from '../text.ts';
import { formsOf } from './store.ts';

/** A kind of bulletin that is made from a day on; its parts stand in the usual order. */
export async function makeForm(act: Act, body: BodyOf<typeof bulletinsApi.makeBulletinForm>): Promise<{ id: string }> {
  const fromOn = parseDay(body.fromOn);
  const toOn = body.toOn === null ? null : parseDay(body.toOn);
  if (fromOn === null || (body.toOn !== null && toOn === null))
    throw notValid('起止日期不是有效的日期。', [{ where: 'body.fromOn', says: '请选择日期' }]);
  const form: Omit<BulletinForm, 'id'> = {
    ...body,
    called: body.called?.trim() || null,
    sections: sectionKeys.filter((key) => body.sections.includes(key)),
    requests: body.requests.map((one) => one.trim()).filter((one) => one !== ''),
    fromOn,
    toOn,
  };
  const typed = (['name', 'addressee', 'copies', 'called'] as const).flatMap((field) =>
    typedFigures(form[field] ?? '').map((says) => ({ where: `body.${field}`, says })),
  );
  const flaws = [...flawsOfForm(form), ...typed];
  if (flaws.length > 0) throw notValid([...new Set(flaws.map((flaw) => flaw.says))].join('；'), flaws);
  const id = randomUUID();
  const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
  await sql`
    insert into bulletin_form (jurisdiction, id, name, basis, period, hour, sections, addressee, called, copies, weights, at_least, named,
      requests, from_on, to_on, made_on, made_by_name)
    values (${act.actor.jurisdiction}, ${id}, ${form.name.trim()}, ${form.basis.trim()}, ${form.period}, ${form.hour},
      ${json(form.sections)}, ${form.addressee.trim()}, ${form.called}, ${form.copies.trim()}, ${json(form.weights)}, ${form.atLeast},
      ${form.named}, ${json(form.requests)}, ${fromOn}, ${toOn}, ${act.day}, ${who(act)})`.execute(act.db);
  await announce(act, {
    item: { kind: 'bulletinForm', id },
    kind: 'bulletinForm.made',
    says: `${who(act)}新增通报种类「${form.name.trim()}」，自${fromOn}起`,
  });
  return { id };
}

/** No more bulletins of the kind for periods that end after the day; those that are there stay. */
export async function endForm(act: Act, id: string, on: string): Promise<{ id: string }> {
  const day = parseDay(on);
  if (day === null) throw notValid('请选择停用日期。', [{ where: 'body.on', says: '请选择日期' }]);
  const { jurisdiction } = act.actor;
  await sql`select 1 from bulletin_form where jurisdiction = ${jurisdiction} and id = ${id} for update`.execute(act.db);
  const form = (await formsOf(act.db, [jurisdiction])).find((one) => one.id === id);
  if (!form) throw notFound('没有找到这种通报。');
  if (form.toOn !== null && form.toOn < act.day) throw notNow(`「${form.name}」已于${form.toOn}停用。`);
  if (day < form.fromOn) throw notValid('停用日期早于起始日期。', [{ where: 'body.on', says: '应不早于起始日期' }]);
  await sql`update bulletin_form set to_on = ${day} where jurisdiction = ${jurisdiction} and id = ${id}`.execute(
    act.db,
  );
  await announce(act, {
    item: { kind: 'bulletinForm', id },
    kind: 'bulletinForm.ended',
    says: `${who(act)}停用通报种类「${form.name}」，至${day}止`,
  });
  return { id };
}

export async function listForms(reading: Reading): Promise<ResponseOf<typeof bulletinsApi.listBulletinForms>> {
  return {
    rows: (await formsOf(reading.db, [reading.actor.jurisdiction])).map((form) => ({
      ...form,
      called: form.called ?? null,
      sections: [...form.sections],
      requests: [...form.requests],
      rule: ruleInWords(form.weights, form),
    })),
  };
}
