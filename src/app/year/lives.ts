import { addDays, type Day, daysBetween } from '../../kernel/day.ts';
import type { Fact, Quota, Rows, TaskRow } from './rows.ts';

/** A problem as it stood after one of its facts. */
export interface ProblemThen {
  readonly state: string;
  readonly due: Day;
  readonly unit: string;
  readonly sector: string;
  readonly major: boolean;
  /** When its present run began. */
  readonly openedOn: Day;
  /** Since when it counts as major, where it does. */
  readonly majorOn: Day;
  readonly listed: boolean;
  readonly person: string | null;
}
/** Something that figures of a period count. */
export interface Turn {
  readonly turn: 'registered' | 'closed' | 'otherEnd' | 'reopened' | 'checked';
  readonly day: Day;
  readonly unit: string;
  readonly sector: string;
  readonly major: boolean;
  readonly late: boolean;
  readonly first: boolean;
  readonly passed: boolean;
}
export interface ProblemLife {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly stood: readonly { readonly day: Day; readonly is: ProblemThen }[];
  readonly turns: readonly Turn[];
}

const asDay = (value: unknown): Day | null => (typeof value === 'string' ? (value as Day) : null);
const otherEnds = new Set(['withdrawn', 'merged', 'unfounded']);

/** What each problem's facts tell, one after another. */
export function problemLives(rows: Rows): ProblemLife[] {
  return rows.problems.map((row) => {
    const facts = rows.facts.problem.get(row.id) ?? [];
    const stood: { day: Day; is: ProblemThen }[] = [];
    const turns: Turn[] = [];
    const named = facts.some((fact) => fact.kind === 'problem.personSet');
    let then: ProblemThen = {
      state: '',
      due: '9999-12-31' as Day,
      unit: '',
      sector: row.sector ?? '',
      major: false,
      openedOn: '9999-12-31' as Day,
      majorOn: '9999-12-31' as Day,
      listed: false,
      person: named ? null : row.personName,
    };
    let asked: Day | null = null;
    let doneOn: Day | null = null;
    let checked = false;
    for (const fact of facts) {
      const { data, day } = fact;
      const came = then.state;
      if (fact.to !== null) then = { ...then, state: fact.to };
      const turn = (what: Turn['turn'], more: Partial<Turn> = {}): void => {
        const { unit, sector, major } = then;
        turns.push({ turn: what, day, unit, sector, major, late: false, first: false, passed: false, ...more });
      };
      switch (fact.kind) {
        case 'problem.registered':
          then = {
            ...then,
            due: data.dueOn as Day,
            unit: data.leadUnitId as string,
            major: data.grade === 'major',
            openedOn: day,
            majorOn: day,
          };
          turn('registered');
          if (fact.to === 'closed' || fact.to === 'toRecheck') doneOn = day;
          break;
        case 'problem.requested':
          asked = asDay(data.newDue);
          break;
        case 'problem.requestApproved':
        case 'problem.planned':
          then = { ...then, due: asDay(data.newDue) ?? asked ?? then.due };
          break;
        case 'problem.judged':
          then = {
            ...then,
            major: (data.judgement as { grade?: string } | undefined)?.grade === 'major',
            majorOn: day,
          };
          break;
        case 'problem.listed':
        case 'problem.delisted':
          then = { ...then, listed: fact.kind === 'problem.listed' };
          break;
        case 'problem.personSet':
          then = { ...then, person: (data.personName as string | undefined) ?? null };
          break;
        case 'problem.settled':
        case 'problem.reassigned':
          then = { ...then, unit: (data.leadUnitId as string | undefined) ?? then.unit };
          break;
        case 'problem.done':
          doneOn = day;
          break;
        case 'problem.reopened':
          then = { ...then, due: asDay(data.newDue) ?? then.due, openedOn: day };
          doneOn = null;
          checked = false;
          turn('reopened');
          break;
        case 'problem.closeRefused':
          doneOn = null;
          break;
      }
      if (came === 'toRecheck' && ['problem.rechecked', 'problem.closed', 'problem.sentBack'].includes(fact.kind)) {
        turn('checked', { first: !checked, passed: fact.kind !== 'problem.sentBack' });
        checked = true;
        if (fact.kind === 'problem.sentBack') doneOn = null;
      }
      if (fact.to === 'closed' && came !== 'closed') turn('closed', { late: (doneOn ?? day) > then.due });
      if (fact.to !== null && otherEnds.has(fact.to) && came !== fact.to) turn('otherEnd');
      stood.push({ day, is: then });
    }
    return { id: row.id, number: row.number, title: row.title, stood, turns };
  });
}

/** A task as it stood after one of its facts. */
export interface TaskThen {
  readonly state: string;
  readonly due: Day | null;
  readonly amber: Day | null;
  readonly unit: string;
  readonly person: string | null;
}
export interface TaskLife {
  readonly row: TaskRow;
  readonly stood: readonly { readonly day: Day; readonly is: TaskThen }[];
  readonly closed: { readonly day: Day; readonly unit: string; readonly late: boolean } | null;
}

interface Standing {
  readonly moved: Day | null;
  readonly percent: number;
  readonly milestones: readonly { readonly on: Day; readonly percent: number }[];
  readonly done: readonly { readonly on: Day; readonly quota: number }[];
}

const months: Readonly<Record<string, number>> = { month: 1, quarter: 3, 'half-year': 6, year: 12 };
const firstOfMonth = (year: number, month: number): Day => `${year}-${String(month).padStart(2, '0')}-01` as Day;

/** The stretch of a recurring duty that a day lies in. */
function stretch(per: string, everyYears: number, begun: Day, on: Day): { from: Day; to: Day } {
  if (per === 'day') return { from: on, to: on };
  if (per === 'week') {
    const weekday = new Date(`${on}T00:00:00Z`).getUTCDay() || 7;
    return { from: addDays(on, 1 - weekday), to: addDays(on, 7 - weekday) };
  }
  const [year, month] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))];
  if (per === 'year' && everyYears > 1) {
    const start = Number(begun.slice(0, 4));
    const first = start + Math.floor((year - start) / everyYears) * everyYears;
    return { from: firstOfMonth(first, 1), to: addDays(firstOfMonth(first + everyYears, 1), -1) };
  }
  const length = months[per] ?? 12;
  const first = month - ((month - 1) % length);
  const next = first + length > 12 ? firstOfMonth(year + 1, 1) : firstOfMonth(year, first + length);
  return { from: firstOfMonth(year, first), to: addDays(next, -1) };
}

interface Short {
  readonly from: Day;
  readonly due: Day;
  readonly done: number;
  readonly quota: Quota;
}

/** The first stretch in which something is still lacking. */
function lacking(row: TaskRow, quota: Quota, days: readonly Day[]): Short | null {
  for (let on = row.startedOn, rounds = 0; rounds < 4000; rounds += 1) {
    if (row.until !== null && on > row.until) return null;
    const { from, to } = stretch(quota.per, quota.everyYears ?? 1, row.startedOn, on);
    const done = days.filter((day) => day >= from && day <= to).length;
    if (done < quota.count) {
      const last = row.until === null ? to : row.until > from ? row.until : from;
      return { from, due: last < to ? last : to, done, quota };
    }
    on = addDays(to, 1);
  }
  return null;
}

/** The last day in time and the first yellow day of a task, from what its document says and what was done. */
function daysOf(row: TaskRow, standing: Standing): { due: Day | null; amber: Day | null } {
  const shorts = row.quotas.flatMap((quota, index) => {
    const days = standing.done.filter((one) => one.quota === index).map((one) => one.on);
    return lacking(row, quota, days) ?? [];
  });
  const [recurring] = shorts.map((one) => one.due).sort();
  const dates = row.deadlines.flatMap((one) => (one.on === null ? [] : [one.on])).sort();
  const dated =
    dates.length > 1 && row.quotas.length === 0
      ? dates[Math.min(standing.done.length, dates.length - 1)]
      : dates[dates.length - 1];
  let due = recurring ?? dated ?? null;
  if (standing.moved !== null) due = recurring === undefined || standing.moved > recurring ? standing.moved : recurring;
  const yellow: Day[] = [];
  if (due !== null) {
    const hit = shorts.find((one) => one.due === due);
    yellow.push(addDays(due, hit?.quota.per === 'day' ? 0 : hit?.quota.per === 'week' ? -1 : -7));
    const behind = behindOn(row, standing, due);
    if (behind !== null) yellow.push(behind);
  }
  for (const { from, due: last, done, quota } of shorts) {
    if (done + 1 >= quota.count) continue;
    const length = daysBetween(from, last) + 1;
    yellow.push(addDays(from, Math.ceil((length * (done + 1)) / quota.count)));
  }
  return { due, amber: yellow.sort()[0] ?? null };
}

/** The first day on which more than a quarter of the work lies behind its plan. */
function behindOn(row: TaskRow, { milestones, percent }: Standing, due: Day): Day | null {
  if (milestones.length > 0) return milestones.find((one) => one.percent - percent > 25)?.on ?? null;
  const whole = daysBetween(row.startedOn, due);
  if (row.quotas.length > 0 || whole < 30) return null;
  for (let gone = 0; gone <= whole; gone += 1)
    if (Math.round((gone / whole) * 1000) / 10 - percent > 25) return addDays(row.startedOn, gone);
  return null;
}

export function taskLives(rows: Rows): TaskLife[] {
  const occurred = new Map<string, { on: Day; quota: number; at: Date }[]>();
  for (const one of rows.occurred) occurred.set(one.taskId, [...(occurred.get(one.taskId) ?? []), one]);
  return rows.tasks.map((row) => {
    const facts = rows.facts.task.get(row.id) ?? [];
    const all = occurred.get(row.id) ?? [];
    const stood: { day: Day; is: TaskThen }[] = [];
    const named = facts.some((fact) => fact.kind === 'task.personSet');
    let standing: Standing = { moved: null, percent: 0, milestones: [], done: [] };
    let state = '';
    let unit = row.leadUnitId;
    let person = named ? null : row.personName;
    let asked: Day | null = null;
    let submittedOn: Day | null = null;
    let closed: TaskLife['closed'] = null;
    for (const fact of facts) {
      if (fact.to !== null) state = fact.to;
      standing = moved(standing, fact, asked);
      if (fact.kind === 'task.extensionAsked') asked = asDay(fact.data.newDue);
      if (fact.kind === 'task.assigned') unit = fact.data.leadUnitId as string;
      if (fact.kind === 'task.settled' || fact.kind === 'task.reassigned')
        unit = (fact.data.leadUnitId as string | undefined) ?? unit;
      if (fact.kind === 'task.personSet') person = (fact.data.personName as string | undefined) ?? null;
      if (fact.kind === 'task.occurred')
        standing = {
          ...standing,
          done: all.filter((one) => one.at <= fact.at).map(({ on, quota }) => ({ on, quota })),
        };
      if (fact.kind === 'task.submitted') submittedOn = fact.day;
      if (fact.kind === 'task.sentBack') submittedOn = null;
      const { due, amber } = daysOf(row, standing);
      if (state === 'closed' && closed === null)
        closed = { day: fact.day, unit, late: due !== null && (submittedOn ?? fact.day) > due };
      stood.push({ day: fact.day, is: { state, due, amber, unit, person } });
    }
    return { row, stood, closed };
  });
}

function moved(standing: Standing, fact: Fact, asked: Day | null): Standing {
  switch (fact.kind) {
    case 'task.extensionApproved':
      return { ...standing, moved: asked };
    case 'task.deadlineFixed':
      return { ...standing, moved: asDay(fact.data.newDue) };
    case 'task.milestonesSet':
      return { ...standing, milestones: fact.data.milestones as Standing['milestones'] };
    case 'task.reported':
      return { ...standing, percent: (fact.data.percent as number | null) ?? standing.percent };
    case 'task.closed':
      return { ...standing, percent: 100 };
    default:
      return standing;
  }
}

/** How something stood in the evening of a day; null: it was not there yet. */
export function asOf<T>(life: { readonly stood: readonly { readonly day: Day; readonly is: T }[] }, on: Day): T | null {
  let found: T | null = null;
  for (const { day, is } of life.stood) {
    if (day > on) break;
    found = is;
  }
  return found;
}
