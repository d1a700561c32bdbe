import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Actor, hasRole } from '../../../kernel/actor.ts';
import { type Day, yearOf } from '../../../kernel/day.ts';
import { notFound, notValid } from '../../../kernel/refusal.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import { refuseStale, who } from '../../../platform/case.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { nextNumbers } from '../../../platform/db/number.ts';
import { announce } from '../../../platform/facts/record.ts';
import { unitsByIds } from '../../units/server/door.ts';
import { judgeVeto, type VetoFacts } from '../situation.ts';
import { type VetoAction, vetoLifecycle } from '../veto-lifecycle.ts';
import { settle, versionOn } from './compute.ts';
import type { ItemDone } from './sheet-acts.ts';
import { allSchemes, versionsOf } from './store.ts';
import { confirmedAsOf, lockVeto, type VetoRow, vetoesWhere } from './store-parts.ts';

interface FileLine {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

async function filesOf(db: Queryable, jurisdiction: string, ids: readonly string[]): Promise<Map<string, FileLine[]>> {
  const found = await sql<
    FileLine & { item: string }
  >`select item_id as item, id, name, size::int as size, type from file
    where jurisdiction = ${jurisdiction} and item_kind = 'vetoEvent' and item_id = any(${[...ids]}) order by uploaded_at, id`.execute(
    db,
  );
  const files = new Map<string, FileLine[]>();
  for (const { item, ...file } of found.rows) files.set(item, [...(files.get(item) ?? []), file]);
  return files;
}

/** Events in the period of a scheme that was graded already are final. */
async function gradedDays(db: Queryable, jurisdiction: string): Promise<(event: VetoRow) => boolean> {
  const found = await sql<{ from: string; to: string; unit: string }>`
    select v.body->>'from' as from, v.body->>'to' as to, s.unit_id as unit
    from assessment_scheme t join score_sheet s on s.jurisdiction = t.jurisdiction and s.scheme_id = t.id
    join assessment_version v on v.jurisdiction = t.jurisdiction and v.scheme_id = t.id and v.state = 'issued'
    where t.jurisdiction = ${jurisdiction} and t.graded_on is not null`.execute(db);
  return (event) =>
    found.rows.some((row) => row.unit === event.unitId && row.from <= event.happenedOn && event.happenedOn <= row.to);
}

/** The office and leaders see all; others the events of their own units and those that they entered. */
const sees = (actor: Actor, event: VetoRow): boolean =>
  hasRole(actor, 'officer', 'leader') ||
  event.enteredBy.accountId === actor.accountId ||
  ((actor.units as readonly string[]).includes(event.unitId) && event.state !== 'retracted');

async function linesOf(reading: Reading, events: readonly VetoRow[]) {
  const { actor, db } = reading;
  const files = await filesOf(
    db,
    actor.jurisdiction,
    events.map((one) => one.id),
  );
  const final = await gradedDays(db, actor.jurisdiction);
  return events.map((event) => {
    const { enteredBy: _, ...line } = event;
    const own = files.get(event.id) ?? [];
    const facts: VetoFacts = { state: event.state, enteredBy: event.enteredBy, files: own.length, final: final(event) };
    return {
      ...line,
      files: own,
      offers: (Object.keys(vetoLifecycle.actions) as VetoAction[]).map((action) => {
        const verdict = judgeVeto(facts, actor, action, null);
        return {
          action,
          label: vetoLifecycle.actions[action],
          may: verdict.may,
          says: verdict.may ? '' : verdict.refusal.says,
        };
      }),
    };
  });
}

/** Kinds that may be entered: of the schemes in force, with the units that these assess. */
async function kindsInForce(reading: Reading) {
  const { db, actor, day } = reading;
  const kinds = new Map<string, { code: string; name: string; units: Map<string, string> }>();
  for (const scheme of await allSchemes(db, { jurisdictions: [actor.jurisdiction] })) {
    if (scheme.publishedOn === null || scheme.state === 'dropped' || scheme.gradedOn !== null) continue;
    const version = versionOn(await versionsOf(db, scheme), day);
    if (version === null) continue;
    const { units } = await settle(db, scheme.jurisdiction, version.body, day);
    for (const kind of version.body.vetoes) {
      const known = kinds.get(kind.code) ?? { code: kind.code, name: kind.name, units: new Map<string, string>() };
      for (const unit of units) known.units.set(unit.unitId, unit.name);
      kinds.set(kind.code, known);
    }
  }
  return [...kinds.values()].map((kind) => ({
    code: kind.code,
    name: kind.name,
    units: [...kind.units].map(([id, name]) => ({ id, name })),
  }));
}

export async function listVetoes(
  reading: Reading,
  query: { readonly unit?: string | undefined; readonly year?: number | undefined },
) {
  const { actor, db } = reading;
  const events = await vetoesWhere(
    db,
    actor.jurisdiction,
    sql`(${query.unit ?? null}::uuid is null or t.unit_id = ${query.unit ?? null}::uuid)
      and (${query.year ?? null}::int is null or extract(year from t.happened_on) = ${query.year ?? null}::int)`,
  );
  return {
    rows: await linesOf(
      reading,
      events.filter((one) => sees(actor, one)),
    ),
    kinds: hasRole(actor, 'officer', 'clerk') ? await kindsInForce(reading) : [],
  };
}

/** 登记: what happened to which unit; files follow, another person confirms. */
export async function enterVeto(
  act: Act,
  input: { readonly unitId: string; readonly code: string; readonly happenedOn: Day; readonly grounds: string },
): Promise<ItemDone> {
  const { actor } = act;
  const kind = (await kindsInForce(act)).find((one) => one.code === input.code);
  const unit = kind?.units.find((one) => one.id === input.unitId);
  if (!kind || !unit)
    throw notValid('现行考核方案里没有这种否决情形，或者没有考核这个单位。', [
      { where: 'body.code', says: '请从列出的情形和单位中选择' },
    ]);
  if (input.happenedOn > act.day)
    throw notValid('发生日期不能晚于今天。', [{ where: 'body.happenedOn', says: '日期晚于今天' }]);
  if (input.grounds.trim().length < 4)
    throw notValid('请写明事实和依据。', [{ where: 'body.grounds', says: '请写明事实和依据' }]);
  const [number = ''] = await nextNumbers(act.db, actor.jurisdiction, '否', yearOf(act.day), 1);
  const id = randomUUID();
  await sql`
    insert into veto_event (jurisdiction, id, number, unit_id, unit_name, code, kind_name, happened_on, grounds, state, entered_by,
      entered_by_name, entered_by_person, entered_on, created_at)
    values (${actor.jurisdiction}, ${id}, ${number}, ${input.unitId}, ${unit.name}, ${kind.code}, ${kind.name},
      ${input.happenedOn}, ${input.grounds.trim()}, 'entered', ${actor.accountId}, ${actor.name}, ${actor.personId},
      ${act.day}, ${act.now})`.execute(act.db);
  await announce(act, {
    item: { kind: 'vetoEvent', id },
    kind: 'vetoEvent.entered',
    says: `${who(act)}登记${unit.name}的否决情形「${kind.name}」：${input.grounds.trim()}`,
    to: 'entered',
    data: { version: 1, number, unit: input.unitId },
  });
  return { id, number, version: 1, state: 'entered' };
}

async function stepVeto(
  act: Act,
  input: { readonly id: string; readonly version: number },
  action: VetoAction,
  given: { readonly opinion?: string; readonly reason?: string },
): Promise<ItemDone> {
  const event = await lockVeto(act.db, act.actor.jurisdiction, input.id);
  if (!sees(act.actor, event)) throw notFound('没有找到这条否决情形，可能编号有误，或者它不在您能查看的范围内。');
  await refuseStale(act, '否决情形', { ...event, kind: 'vetoEvent' }, input.version);
  const files = await filesOf(act.db, act.actor.jurisdiction, [event.id]);
  const final = await gradedDays(act.db, act.actor.jurisdiction);
  const verdict = judgeVeto(
    { state: event.state, enteredBy: event.enteredBy, files: files.get(event.id)?.length ?? 0, final: final(event) },
    act.actor,
    action,
    given,
  );
  if (!verdict.may) throw verdict.refusal;
  const words = (given.opinion ?? given.reason ?? '').trim();
  const lifting = verdict.to === 'lifted';
  await sql`update veto_event set state = ${verdict.to}, version = version + 1,
      opinion = case when ${lifting} then opinion || '；' || ${`撤销认定：${words}`}::text else ${words} end,
      decided_by_name = case when ${lifting} then decided_by_name else ${act.actor.name} end,
      decided_on = case when ${lifting} then decided_on else ${act.day}::date end,
      lifted_on = case when ${lifting} then ${act.day}::date end
    where jurisdiction = ${act.actor.jurisdiction} and id = ${event.id}`.execute(act.db);
  await announce(act, {
    item: { kind: 'vetoEvent', id: event.id },
    kind: `vetoEvent.${verdict.to}`,
    says: `${who(act)}${vetoLifecycle.actions[action]}：${words}`,
    from: event.state,
    to: verdict.to,
    data: { version: event.version + 1, number: event.number },
  });
  return { id: event.id, number: event.number, version: event.version + 1, state: verdict.to };
}

type Seen = { readonly id: string; readonly version: number };
export const decideVeto = (act: Act, input: Seen & { readonly confirm: boolean; readonly opinion: string }) =>
  stepVeto(act, input, input.confirm ? 'confirm' : 'dismiss', { opinion: input.opinion, reason: input.opinion });
export const retractVeto = (act: Act, input: Seen & { readonly reason: string }) =>
  stepVeto(act, input, 'retract', { reason: input.reason });
export const liftVeto = (act: Act, input: Seen & { readonly reason: string }) =>
  stepVeto(act, input, 'lift', { reason: input.reason });

/** 评优、晋升前的核查: confirmed events of a unit between two days, as of today. */
export async function checkAward(
  reading: Reading,
  query: { readonly unit: string; readonly from: string; readonly to: string },
) {
  const { actor, db, day } = reading;
  const [unit] = await unitsByIds(db, actor.jurisdiction, [query.unit]);
  if (!unit) throw notFound('没有找到这个单位。');
  if (!hasRole(actor, 'officer', 'leader') && !(actor.units as readonly string[]).includes(query.unit))
    throw notFound('没有找到这个单位，或者它不在您能查看的范围内。');
  const events = (await confirmedAsOf(db, actor.jurisdiction, query.from, query.to, day)).filter(
    (one) => one.unitId === query.unit,
  );
  return {
    unitName: unit.name,
    clear: events.length === 0,
    says:
      events.length === 0
        ? `${query.from}至${query.to}，${unit.name}没有已认定的一票否决情形。`
        : `${query.from}至${query.to}，${unit.name}有${events.length}条已认定的一票否决情形。`,
    rows: await linesOf(reading, events),
  };
}
