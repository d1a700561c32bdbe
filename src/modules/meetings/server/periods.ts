import type { ResponseOf } from '../../../kernel/contract.ts';
import { addDays, type Day } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { issueDocument, issuedOf, letterheadOf } from '../../letters/server/door.ts';
import { createTasks } from '../../tasks/server/door.ts';
import type { periodsApi } from '../api-periods.ts';
import { meetingForms } from '../documents.ts';
import { gapsOf, judgePeriod, type PeriodGiven, running, type SpecialPeriod } from '../period.ts';
import { specialPeriodLifecycle } from '../period-lifecycle.ts';
import type { Shift } from '../shapes.ts';
import { type Done, recordOf, type Seen } from './cases.ts';
import { dayIn, led, namesOf, paragraphs } from './from-form.ts';
import { type KeptPeriod, specialPeriods as periods } from './kinds.ts';
import { taskFrom } from './minutes.ts';
import { listed } from './notice.ts';
import { offersOf, tasksOf } from './views.ts';

/** So long may a period be. */
const MOST_DAYS = 62;

/** 设定重点时段: days, demands, which units are on duty. */
export async function makePeriod(
  act: Act,
  input: {
    readonly name: string;
    readonly fromOn: string;
    readonly toOn: string;
    readonly demands: string;
    readonly basis: string;
    readonly unitIds: readonly string[];
  },
): Promise<Done> {
  const fromOn = dayIn(input.fromOn, 'body.fromOn');
  const toOn = dayIn(input.toOn, 'body.toOn');
  const name = input.name.trim();
  if (name.length < 2) throw notValid('请写明重点时段的名称。', [{ where: 'body.name', says: '请写明名称' }]);
  if (toOn < fromOn || toOn > addDays(fromOn as Day, MOST_DAYS))
    throw notValid(`截止日期应不早于起始日期，不超过${MOST_DAYS}天。`, [{ where: 'body.toOn', says: '日期不对' }]);
  if (input.unitIds.length === 0)
    throw notValid('请选择需要值班的单位。', [{ where: 'body.unitIds', says: '请选择单位' }]);
  const names = await namesOf(act, input.unitIds, 'body.unitIds');
  const body: SpecialPeriod = {
    name,
    fromOn,
    toOn,
    demands: input.demands.trim(),
    basis: input.basis.trim(),
    units: [...new Set(input.unitIds)].map((id) => ({ id, name: names.get(id) ?? '' })),
    shifts: [],
    handovers: [],
    rosterNumber: null,
    checks: null,
    summary: null,
  };
  const made = await periods.make(
    act,
    { state: 'periodPlanned', on: fromOn, units: input.unitIds, body },
    {
      kind: 'specialPeriod.planned',
      says: (number) => `${who(act)}设定重点时段${number}「${name}」：${fromOn}至${toOn}`,
    },
  );
  return { id: made.id, number: made.number, version: 1, state: made.state };
}

const decide = (act: Act, one: KeptPeriod, action: Parameters<typeof judgePeriod>[2], given: PeriodGiven) =>
  led(judgePeriod(one, act.actor, action, act.day, given));

/** 填报值班: each shift takes the place of what was there for that unit and day. Several units fill in at once. */
export async function setShifts(
  act: Act,
  input: { readonly id: string; readonly shifts: readonly Shift[] },
): Promise<Done> {
  const one = await periods.load(act, { id: input.id });
  const shifts = input.shifts.map((shift, at) => ({
    ...shift,
    day: dayIn(shift.day, `body.shifts[${at}].day`),
    unitName: one.body.units.find((unit) => unit.id === shift.unitId)?.name ?? shift.unitName,
    leader: shift.leader.trim(),
    leaderPhone: shift.leaderPhone.trim(),
    person: shift.person.trim(),
    phone: shift.phone.trim(),
  }));
  const state = decide(act, one, 'setShifts', { shifts });
  const replaced = new Set(shifts.map((shift) => `${shift.unitId} ${shift.day}`));
  const all = [...one.body.shifts.filter((old) => !replaced.has(`${old.unitId} ${old.day}`)), ...shifts].sort(
    (a, b) => a.day.localeCompare(b.day) || a.unitName.localeCompare(b.unitName),
  );
  return periods.save(
    act,
    one,
    { state, body: { shifts: all } },
    {
      kind: 'specialPeriod.shiftsSet',
      says: `${who(act)}填报值班安排${shifts.length}个班次：${listed(shifts.map((shift) => shift.unitName))}`,
      data: { shifts },
    },
  );
}

export async function issueRoster(act: Act, input: Seen): Promise<Done> {
  const one = await periods.load(act, input);
  const { body } = one;
  const state = decide(act, one, 'issueRoster', {});
  const head = await letterheadOf(act.db, act.actor.jurisdiction);
  const issued = await issueDocument(
    act,
    head,
    { kind: periods.kind, id: one.id, title: body.name },
    meetingForms.roster,
    {
      时段名称: body.name,
      起始日期: body.fromOn as Day,
      截止日期: body.toOn as Day,
      主送单位: listed(body.units.map((unit) => unit.name)),
      要求: paragraphs((body.demands || '严格执行领导带班和24小时值班制度。').split('\n')),
      值班: body.shifts.map((shift) => ({
        日期: shift.day,
        单位: shift.unitName,
        带班领导: `${shift.leader}${shift.leaderPhone ? `\n${shift.leaderPhone}` : ''}`,
        值班人员: shift.person,
        电话: shift.phone,
      })),
      抄送单位: null,
    },
  );
  return periods.save(
    act,
    one,
    { state, body: { rosterNumber: issued.number } },
    {
      kind: 'specialPeriod.rosterIssued',
      says: `${who(act)}印发值班表${issued.number}`,
      data: { document: issued.number },
    },
  );
}

/** 交接班: an entry that is never changed. */
export async function handOver(
  act: Act,
  input: {
    readonly id: string;
    readonly unitId: string;
    readonly day: string;
    readonly from: string;
    readonly to: string;
    readonly text: string;
  },
): Promise<Done> {
  const one = await periods.load(act, { id: input.id });
  const day = dayIn(input.day, 'body.day');
  const state = decide(act, one, 'handOver', { handover: { ...input, day } });
  const unit = one.body.units.find((found) => found.id === input.unitId);
  if (!unit) throw notValid('这个单位不在值班单位之列。', [{ where: 'body.unitId', says: '不是值班单位' }]);
  const entry = {
    day,
    unitId: unit.id,
    unitName: unit.name,
    from: input.from.trim(),
    to: input.to.trim(),
    text: input.text.trim(),
    at: act.now.toISOString(),
    byName: act.actor.name,
  };
  return periods.save(
    act,
    one,
    { state, body: { handovers: [...one.body.handovers, entry] } },
    {
      kind: 'specialPeriod.handedOver',
      says: `${who(act)}登记${day}${unit.name}的交接班：${entry.from}交${entry.to}，${entry.text}`,
    },
  );
}

/** 专项检查: a task for each unit on duty. */
export async function orderChecks(
  act: Act,
  input: Seen & { readonly text: string; readonly dueOn: string },
): Promise<Done> {
  const one = await periods.load(act, input);
  const text = input.text.trim();
  const dueOn = dayIn(input.dueOn, 'body.dueOn');
  const state = decide(act, one, 'orderChecks', { checks: { text, dueOn } });
  const matter = {
    kind: periods.kind,
    id: one.id,
    word: '重点时段',
    number: one.number,
    title: one.body.name,
    page: `/special-periods/${one.id}`,
  };
  const made = await createTasks(
    act,
    one.body.units.map((unit) => taskFrom(matter, { text, leadUnitId: unit.id, coUnitIds: [], dueOn })),
  );
  return periods.save(
    act,
    one,
    { state, body: { checks: { text, dueOn, taskIds: made.map((task) => task.id) } } },
    {
      kind: 'specialPeriod.checksOrdered',
      says: `${who(act)}下达专项检查任务${made.length}件，${dueOn}前完成：${text}`,
      data: { tasks: made.map((task) => task.number) },
    },
  );
}

export async function endPeriod(act: Act, input: Seen & { readonly summary: string }): Promise<Done> {
  const one = await periods.load(act, input);
  const summary = input.summary.trim();
  const state = decide(act, one, 'endPeriod', { summary });
  return periods.save(
    act,
    one,
    { state, body: { summary } },
    { kind: 'specialPeriod.ended', says: `${who(act)}结束重点时段：${summary}` },
  );
}

/** Who is on duty on a day, and which unit has nobody; for the office's day. */
export async function onDuty(db: Queryable, scope: Scope, day: string) {
  const found = await periods.list(db, scope, { from: addDays(day as Day, -MOST_DAYS), to: day });
  return found
    .filter((one) => one.state !== 'periodEnded' && running(one.body, day))
    .map((one) => ({
      id: one.id,
      number: one.number,
      name: one.body.name,
      shifts: one.body.shifts.filter((shift) => shift.day === day),
      gaps: gapsOf({ ...one.body, fromOn: day, toOn: day }).map(({ unitId, unitName }) => ({ unitId, unitName })),
    }));
}

/** Every special period of the scope, those that ended included. */
export const specialPeriodsIn = (db: Queryable, scope: Scope): Promise<readonly KeptPeriod[]> =>
  periods.list(db, scope);

export async function listPeriods(reading: Reading): Promise<ResponseOf<typeof periodsApi.listPeriods>> {
  const rows = await periods.list(reading.db, reading.scope);
  return {
    rows: rows.map((one) => ({
      id: one.id,
      number: one.number,
      state: one.state,
      name: one.body.name,
      fromOn: one.body.fromOn,
      toOn: one.body.toOn,
      units: one.body.units.length,
      shifts: one.body.shifts.length,
      gaps: gapsOf(one.body).reduce((sum, gap) => sum + gap.days.length, 0),
      running: one.state !== 'periodEnded' && running(one.body, reading.day),
      version: one.version,
    })),
  };
}

export async function viewPeriod(reading: Reading, id: string): Promise<ResponseOf<typeof periodsApi.viewPeriod>> {
  const { db, actor, day } = reading;
  const one = await periods.byId(db, reading.scope, id);
  const { body, jurisdiction } = one;
  const [record, documents, tasks] = await Promise.all([
    recordOf(db, jurisdiction, periods.kind, one.id),
    issuedOf(db, jurisdiction, { kind: periods.kind, id: one.id }, Object.values(meetingForms)),
    tasksOf(reading, body.checks?.taskIds ?? []),
  ]);
  const gaps = gapsOf(body);
  const next: Readonly<Record<KeptPeriod['state'], string>> = {
    periodPlanned:
      gaps.length > 0 ? `还有${gaps.length}个单位没有排满值班，补齐后印发值班表` : '值班已经排满，可以印发值班表',
    rosterIssued: day > body.toOn ? '时段已过，写明安全情况后结束' : '按值班表值班，逐班交接',
    periodEnded: '已经结束',
  };
  return {
    id: one.id,
    jurisdiction,
    number: one.number,
    version: one.version,
    state: one.state,
    nextStep: next[one.state],
    offers: offersOf(specialPeriodLifecycle, actor, jurisdiction, (action) =>
      judgePeriod(one, actor, action, day, null),
    ),
    ...record,
    name: body.name,
    fromOn: body.fromOn,
    toOn: body.toOn,
    demands: body.demands,
    basis: body.basis,
    units: body.units.map((unit) => ({ ...unit })),
    shifts: [...body.shifts],
    gaps: gaps.map((gap) => ({ ...gap, days: [...gap.days] })),
    handovers: [...body.handovers].reverse(),
    rosterNumber: body.rosterNumber,
    checks: body.checks ? { text: body.checks.text, dueOn: body.checks.dueOn, tasks: [...tasks.values()] } : null,
    summary: body.summary,
    documents,
  };
}
