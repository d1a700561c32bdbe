import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import { type Day, yearOf } from '../../../kernel/day.ts';
import type { NewFact } from '../../../kernel/fact.ts';
import type { Act } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { nextNumbers } from '../../../platform/db/number.ts';
import { announceMany } from '../../../platform/facts/record.ts';
import type { Allowances } from '../allowances.ts';
import { amberOf } from '../lamp.ts';
import { isOpen, type ProblemAction } from '../lifecycle.ts';
import {
  type Evidence,
  type FivePart,
  fiveWords,
  type NewProblem,
  type Problem,
  type ProblemRequest,
  type RequestKind,
} from '../problem.ts';
import { type Given, judge } from '../situation.ts';
import { insertProblems, problemFrom, problemSeries } from './create-problems.ts';
import { noteChoices } from './note-choices.ts';
import { closedBy } from './recheck.ts';
import { changingColumns, moveSpans, spanText } from './save.ts';
import { newRound } from './step.ts';
import { allowancesOf, problemsAsTheyStand } from './store.ts';
import { type Turn, turnsOf } from './turns.ts';

/** A file that somebody brought, already in the file store under its hash. */
export interface BroughtFile {
  readonly id: string;
  readonly sha256: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly role: Evidence['role'];
}

/** Somebody registered something. */
export interface Entry {
  readonly by: Actor;
  readonly at: Date;
  readonly draft: NewProblem;
  readonly files: readonly BroughtFile[];
}

/** Somebody did something to a problem that this history entered. */
export interface Deed {
  readonly by: Actor;
  readonly at: Date;
  readonly problem: string;
  readonly action: Exclude<ProblemAction, 'approveMerge' | 'askMerge' | 'askPlan' | 'approvePlan' | 'settleMove'>;
  readonly text: string;
  readonly newDue?: Day;
  /** Which of the five, for 填报五落实. */
  readonly part?: FivePart;
  readonly files: readonly BroughtFile[];
}

interface Step {
  readonly deed: Deed;
  readonly before: Problem;
  readonly after: Problem;
  readonly turns: readonly Turn[];
  readonly fact: Pick<NewFact, 'kind' | 'says' | 'data'>;
  readonly asked: ProblemRequest | null;
  readonly decided: ProblemRequest | null;
}

const asking: Partial<Record<ProblemAction, RequestKind>> = {
  askExtension: 'extension',
  askWithdrawal: 'withdrawal',
  askUnfounded: 'unfounded',
};

/**
 * Enters the lives of many problems, day by day, as they happened: what a demonstration tells, or another system's ledger
 * that is taken over. Every deed is judged by the same rule as a request from a page; what the rule refuses is left out
 * and told. Rows, histories, turns and facts of one day are written in a few statements for all of them.
 */
export class ProblemHistory {
  /** Problems that may still change, as they stand. */
  readonly #problems = new Map<string, Problem>();
  readonly #turns = new Map<string, number>();
  /** Problems that were rechecked in their present cycle. */
  readonly #checked = new Set<string>();
  readonly refusals: string[] = [];
  #allowed: Allowances | null = null;

  /** Registers; ids are given by the drafts. `act` stands on the day. */
  async enter(act: Act, entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return;
    const allowed = await this.#allowances(act);
    const numbers = await nextNumbers(act.db, act.actor.jurisdiction, problemSeries, yearOf(act.day), entries.length);
    const made = entries.map(({ by, at, draft, files }, index) => {
      const own: Act = { ...act, actor: by, now: at };
      const photo = files.find((file) => file.role === 'before');
      const problem: Problem = {
        ...problemFrom(own, draft, numbers[index] ?? '', allowed),
        evidence: draft.onSpot ? 1 + files.length : 0,
        afterFiles: draft.onSpot ? files.filter((file) => file.role === 'after').length : 0,
        photoId: photo?.id ?? null,
      };
      return { by: own, draft, problem, brought: files };
    });
    await insertProblems(act, made, allowed);
    await this.#keepFiles(
      act,
      made.map(({ by: { actor, now }, problem, brought }) => ({ by: actor, at: now, problem, brought })),
    );
    await noteChoices(
      act,
      made.map(({ problem }) => problem),
    );
    await announceMany(
      act,
      made.map(({ by: own, problem, brought }) => ({
        item: { kind: 'problem', id: problem.id },
        kind: 'problem.registered',
        says: `${own.actor.unitName ?? ''}${own.actor.name}登记${problem.number}「${problem.title}」${problem.onSpot ? (problem.drawn ? '，已当场整改；抽中复查，由他人复查后才能销号。' : '，当场整改销号，未抽中复查。') : `，整改时限${problem.dueOn}。`}`,
        to: problem.state,
        data: {
          version: 1,
          number: problem.number,
          foundOn: problem.foundOn,
          leadUnitId: problem.leadUnitId,
          dueOn: problem.dueOn,
          grade: problem.grade,
          source: problem.source,
          files: brought.map(({ id, sha256, role, type }) => ({ fileId: id, sha256, role, type })),
        },
        by: own.actor,
        at: own.now,
      })),
    );
    for (const { problem } of made) {
      this.#problems.set(problem.id, problem);
      this.#turns.set(problem.id, problem.closedOn === null ? 1 : 2);
    }
  }

  /** Takes up a history that was broken off: the problems with these ids as they stand. */
  async takeUp(db: Queryable, jurisdiction: string, ids: readonly string[]): Promise<void> {
    for (const problem of await problemsAsTheyStand(db, jurisdiction, ids)) this.#problems.set(problem.id, problem);
    const counted = await sql<{ id: string; seq: number; checked: boolean }>`
      select b.problem_id as id, max(b.seq)::int as seq, bool_or(b.turn = 'rechecked' and b.cycle = t.cycle) as checked
      from problem_turn b join problem t on t.jurisdiction = b.jurisdiction and t.id = b.problem_id
      where b.jurisdiction = ${jurisdiction} and b.problem_id = any(${[...ids]}::uuid[]) group by b.problem_id`.execute(
      db,
    );
    for (const { id, seq, checked } of counted.rows) {
      this.#turns.set(id, seq);
      if (checked) this.#checked.add(id);
      else this.#checked.delete(id);
    }
  }

  /** How the problem stands; undefined where this history has not entered it. */
  at(id: string): Problem | undefined {
    return this.#problems.get(id);
  }

  /** Does what was done on the day, in this order; several deeds of one problem follow each other. */
  async carry(act: Act, deeds: readonly Deed[]): Promise<void> {
    let left = [...deeds];
    while (left.length > 0) {
      const round = new Map<string, Deed>();
      const later: Deed[] = [];
      for (const deed of left) {
        if (round.has(deed.problem)) later.push(deed);
        else round.set(deed.problem, deed);
      }
      await this.#together(act, [...round.values()]);
      left = later;
    }
  }

  async #allowances(act: Act): Promise<Allowances> {
    this.#allowed ??= await allowancesOf(act.db, act.actor.jurisdiction);
    return this.#allowed;
  }

  async #together(act: Act, deeds: readonly Deed[]): Promise<void> {
    const allowed = await this.#allowances(act);
    const steps: Step[] = [];
    for (const deed of deeds) {
      const before = this.#problems.get(deed.problem);
      if (!before) continue;
      const step = this.#step(act, deed, before, allowed);
      if (typeof step === 'string') this.refusals.push(`${before.number}${deed.text}：${step}`);
      else steps.push(step);
    }
    if (steps.length === 0) return;
    await this.#save(act, steps, allowed);
    for (const { after, turns } of steps) {
      this.#problems.set(after.id, after);
      if (turns.some((one) => one.turn === 'rechecked')) this.#checked.add(after.id);
      if (turns.some((one) => one.turn === 'reopened')) this.#checked.delete(after.id);
    }
  }

  /** What the deed makes of the problem, or the sentence with which the rule refuses it. */
  #step(act: Act, deed: Deed, before: Problem, allowed: Allowances): Step | string {
    const text = deed.text;
    const after = deed.files.filter((file) => file.role !== 'before').length;
    const given: Given = {
      reason: text,
      content: text,
      newDue: deed.newDue ?? null,
      files: deed.files.length,
      after,
    };
    const judged = judge(before, deed.by, deed.action, act.day, given, allowed);
    if (!judged.may) return judged.refusal.says;
    const who = `${deed.by.unitName ?? ''}${deed.by.name}`;
    const worked = { accountId: deed.by.accountId as string, personId: deed.by.personId as string | null };
    const kind = asking[deed.action];
    const asked: ProblemRequest | null = kind
      ? {
          id: randomUUID(),
          kind,
          askedBy: deed.by.accountId,
          askedByName: deed.by.name,
          askedByPerson: deed.by.personId,
          askedUnitId: deed.by.unitId,
          askedOn: act.day,
          oldDue: before.dueOn,
          newDue: deed.newDue ?? null,
          targetId: null,
          controlMeasures: null,
          reason: text,
        }
      : null;
    const own = { ...act, actor: deed.by, now: deed.at };
    const of = (
      changes: Partial<Problem>,
      factKind: string,
      says: string,
      turns: readonly Turn[] = [],
      decided: ProblemRequest | null = null,
    ): Step => ({
      deed,
      before,
      after: {
        ...before,
        ...changes,
        state: judged.to,
        amberOn: amberOf(changes.dueOn ?? before.dueOn, allowed.nearDays),
        version: before.version + 1,
      },
      turns,
      fact: {
        kind: `problem.${factKind}`,
        says: `${who}${says}`,
        data: { text, ...(deed.newDue ? { newDue: deed.newDue, oldDue: before.dueOn } : {}) },
      },
      asked,
      decided,
    });
    const proved = {
      evidence: before.evidence + 1 + deed.files.length,
      afterFiles: before.afterFiles + after,
      workers: [...before.workers, worked],
    };
    const { request } = before;
    switch (deed.action) {
      case 'receive':
        return of({ receivedOn: act.day }, 'received', '签收。');
      case 'dispute':
        return of({}, 'disputed', `提出异议：${text}`);
      case 'settleKeep':
        return of({ receivedOn: null }, 'settled', `裁定仍由原单位整改：${text}`);
      case 'report':
        return of(proved, 'progressed', `填报整改进展：${text}`);
      case 'reportDone':
        return of(
          {
            ...proved,
            doneOn: act.day,
            doneBy: deed.by.accountId,
            doneByName: deed.by.name,
            doneByPerson: deed.by.personId,
            doneAtGrid: deed.by.roles.every((role) => role === 'gridWorker'),
          },
          'done',
          `报告整改完成：${text}`,
        );
      case 'passRecheck': {
        const rechecked: Partial<Problem> = {
          recheckedOn: act.day,
          recheckedBy: deed.by.accountId,
          recheckedByName: deed.by.name,
          recheckedByPerson: deed.by.personId,
          recheckedUnitId: deed.by.unitId,
        };
        const turn: Turn = { turn: 'rechecked', passed: true, first: !this.#checked.has(before.id) };
        return judged.to === 'closed'
          ? of({ ...rechecked, ...closedBy(own, before) }, 'closed', `复查通过，销号：${text}`, [
              turn,
              { turn: 'closed' },
            ])
          : of(rechecked, 'rechecked', `复查通过，等安委办销号：${text}`, [turn]);
      }
      case 'failRecheck':
        return of({ ...newRound, sentBack: before.sentBack + 1 }, 'sentBack', `复查退回：${text}`, [
          { turn: 'rechecked', passed: false, first: !this.#checked.has(before.id) },
        ]);
      case 'close':
        return of(closedBy(own, before), 'closed', `销号：${text}`, [{ turn: 'closed' }]);
      case 'setFive': {
        const { part } = deed;
        if (!part) return '没有说明是五落实的哪一项。';
        const five = { ...before.five, [part]: { text, on: act.day, fileIds: deed.files.map((file) => file.id) } };
        return of({ five }, 'fiveSet', `填报${fiveWords[part]}：${text}`);
      }
      case 'askExtension':
      case 'askWithdrawal':
      case 'askUnfounded':
        return of(
          { request: asked },
          'requested',
          `申请${deed.newDue ? `延期至${deed.newDue}` : '按查不属实办结'}：${text}`,
        );
      case 'approveExtension':
        return of(
          { request: null, dueOn: request?.newDue ?? before.dueOn, extensions: before.extensions + 1 },
          'requestApproved',
          `批准延期，整改时限由${before.dueOn}改为${request?.newDue ?? before.dueOn}：${text}`,
          [],
          request,
        );
      case 'approveUnfounded':
        return of(
          { request: null, endedOn: act.day },
          'unfounded',
          `认定查不属实：${text}`,
          [{ turn: 'unfounded' }],
          request,
        );
      case 'reopen':
        return of(
          {
            ...newRound,
            cycle: before.cycle + 1,
            openedOn: act.day,
            dueOn: deed.newDue ?? before.dueOn,
            closedOn: null,
            closedBy: null,
            closedByName: null,
            closeKind: null,
            endedOn: null,
            five: {},
            workers: [],
          },
          'reopened',
          `重新打开：${text}；新的整改时限${deed.newDue ?? before.dueOn}。`,
          [{ turn: 'reopened' }],
        );
      default:
        return `历史补录不支持「${deed.action}」。`;
    }
  }

  async #save(act: Act, steps: readonly Step[], allowed: Allowances): Promise<void> {
    const { jurisdiction } = act.actor;
    const rows = steps.map(({ after }) => ({ id: after.id, ...changing(after, allowed) }));
    const columns = Object.keys(changing(steps[0]?.after as Problem, allowed));
    await sql`
      update problem t set ${sql.join(columns.map((name) => sql`${sql.ref(name)} = x.${sql.ref(name)}`))}
      from jsonb_populate_recordset(null::problem, ${JSON.stringify(rows)}::jsonb) x
      where t.jurisdiction = ${jurisdiction} and t.id = x.id`.execute(act.db);
    const moved = steps.filter(
      ({ before, after }) => (isOpen(before.state) || isOpen(after.state)) && spanText(before) !== spanText(after),
    );
    const ids = moved.map(({ after }) => after.id);
    if (ids.length > 0) await moveSpans(act, ids);
    const turns = steps.flatMap(({ deed, after, turns: list }) =>
      list.map((turn) => {
        const seq = (this.#turns.get(after.id) ?? 0) + 1;
        this.#turns.set(after.id, seq);
        return { ...turnsOf({ ...act, actor: deed.by }, after, allowed, turn), jurisdiction, day: act.day, seq };
      }),
    );
    if (turns.length > 0) {
      const names = sql.join(Object.keys(turns[0] ?? {}).map((name) => sql.ref(name)));
      await sql`insert into problem_turn (${names})
        select ${names} from jsonb_populate_recordset(null::problem_turn, ${JSON.stringify(turns)}::jsonb)`.execute(
        act.db,
      );
    }
    const brought = steps.map(({ deed, before }) => ({
      by: deed.by,
      at: deed.at,
      problem: before,
      brought: deed.files,
    }));
    await this.#keepFiles(act, brought);
    await keepProgress(act, steps, new Map(brought.map((one) => [one.problem.id, one.brought.map((file) => file.id)])));
    await keepRequests(act, steps);
    await announceMany(
      act,
      steps.map(({ deed, before, after, fact }) => ({
        item: { kind: 'problem', id: after.id },
        kind: fact.kind,
        says: fact.says,
        from: before.state,
        to: after.state,
        data: { version: after.version, number: after.number, ...(fact.data as object) },
        by: deed.by,
        at: deed.at,
      })),
    );
  }

  async #keepFiles(
    act: Act,
    brought: readonly { by: Actor; at: Date; problem: Problem; brought: readonly BroughtFile[] }[],
  ): Promise<void> {
    const { jurisdiction } = act.actor;
    const files = brought.flatMap(({ by, at, problem, brought: list }) =>
      list.map((file) => ({
        jurisdiction,
        id: file.id,
        sha256: file.sha256,
        name: file.name,
        size: file.size,
        type: file.type,
        item_kind: 'problem',
        item_id: problem.id,
        uploaded_by: by.accountId,
        uploaded_by_name: by.name,
        uploaded_at: at.toISOString(),
        // of the evidence
        problem_id: problem.id,
        file_id: file.id,
        role: file.role,
        cycle: problem.cycle,
        taken_at: at.toISOString(),
        taken_from: 'device',
        longitude: problem.place.longitude,
        latitude: problem.place.latitude,
        received_at: at.toISOString(),
        by_id: by.accountId,
        by_name: by.name,
      })),
    );
    if (files.length === 0) return;
    const json = JSON.stringify(files);
    await sql`insert into file select * from jsonb_populate_recordset(null::file, ${json}::jsonb)`.execute(act.db);
    await sql`
      insert into problem_evidence (jurisdiction, problem_id, file_id, role, cycle, taken_at, taken_from, longitude, latitude, received_at,
        by_id, by_name)
      select jurisdiction, problem_id, file_id, role, cycle, taken_at, taken_from, longitude, latitude, received_at, by_id, by_name
      from jsonb_populate_recordset(null::problem_evidence, ${json}::jsonb)`.execute(act.db);
  }
}

/** Columns that deeds change; wording and search stay as they were registered. */
function changing(problem: Problem, allowed: Allowances) {
  const { title: _title, text: _text, judgement: _judgement, ...rest } = changingColumns(problem, allowed);
  return rest;
}

async function keepProgress(
  act: Act,
  steps: readonly Step[],
  files: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const rows = steps
    .filter(({ deed }) => deed.action === 'report' || deed.action === 'reportDone')
    .map(({ deed, before }) => ({
      jurisdiction: act.actor.jurisdiction,
      problem_id: before.id,
      id: randomUUID(),
      day: act.day,
      at: deed.at.toISOString(),
      by_id: deed.by.accountId,
      by_name: deed.by.name,
      by_person: deed.by.personId,
      unit_id: deed.by.unitId,
      unit_name: deed.by.unitName,
      text: deed.text,
      cycle: before.cycle,
      file_ids: files.get(before.id) ?? [],
    }));
  if (rows.length === 0) return;
  await sql`insert into problem_progress select * from jsonb_populate_recordset(null::problem_progress, ${JSON.stringify(rows)}::jsonb)`.execute(
    act.db,
  );
}

async function keepRequests(act: Act, steps: readonly Step[]): Promise<void> {
  const asked = steps.flatMap(({ asked: request, before }) =>
    request
      ? [
          {
            jurisdiction: act.actor.jurisdiction,
            problem_id: before.id,
            id: request.id,
            kind: request.kind,
            asked_by: request.askedBy,
            asked_by_name: request.askedByName,
            asked_by_person: request.askedByPerson,
            asked_unit_id: request.askedUnitId,
            asked_on: request.askedOn,
            old_due: request.oldDue,
            new_due: request.newDue,
            reason: request.reason,
          },
        ]
      : [],
  );
  if (asked.length > 0)
    await sql`insert into problem_request select * from jsonb_populate_recordset(null::problem_request, ${JSON.stringify(asked)}::jsonb)`.execute(
      act.db,
    );
  for (const { decided, deed, before } of steps)
    if (decided)
      await sql`update problem_request set decision = 'approved', decided_by = ${deed.by.accountId}, decided_by_name = ${deed.by.name},
          decided_on = ${act.day}, opinion = ${deed.text}
        where jurisdiction = ${act.actor.jurisdiction} and problem_id = ${before.id} and id = ${decided.id}`.execute(
        act.db,
      );
}
