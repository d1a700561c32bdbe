import { sql } from 'kysely';
import { type Day, parseDay } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import { ownJurisdiction } from '../../../kernel/scope.ts';
import type { Act } from '../../../platform/act.ts';
import { ownFiles, refuseStale, who } from '../../../platform/case.ts';
import { canonical, sha256 } from '../../../platform/facts/canonical.ts';
import { announce } from '../../../platform/facts/record.ts';
import { type Filled, flawsOfFilled, type Turn } from '../filing.ts';
import { type FilingAction, type FilingState, filingLifecycle } from '../lifecycle.ts';
import { momentOf, periodInWords } from '../rhythm.ts';
import { type Given, judge } from '../situation.ts';
import { knownOf } from './known.ts';
import { type FilingRow, filingById, lockFiling, type RhythmRowOf } from './store.ts';

interface Seen {
  readonly id: string;
  readonly version: number;
}
export interface Done {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly state: FilingState;
}

/** Loads and locks, asks the rule; gives the filing and where the action leads. */
async function begin(act: Act, seen: Seen, action: FilingAction, given: Given) {
  const scope = ownJurisdiction(act.scope, act.actor);
  await lockFiling(act.db, act.actor.jurisdiction, seen.id);
  const { filing, rhythm } = await filingById(act.db, scope, seen.id);
  await refuseStale(act, '报送', { ...filing, kind: 'periodicReport' }, seen.version);
  const verdict = judge(filing, rhythm, act.actor, action, { day: act.day, at: act.now }, given);
  if (verdict.may) return { filing, rhythm, to: verdict.to };
  const flaws = given.filled && verdict.refusal.kind === 'not-valid' ? flawsOfFilled(rhythm, given.filled) : [];
  if (flaws.length === 0) throw verdict.refusal;
  throw notValid([...new Set(flaws.map((flaw) => flaw.says))].join('；'), flaws);
}

/** Writes the turn and the state; announces it. */
async function finish(
  act: Act,
  { filing, to }: { filing: FilingRow; to: FilingState },
  turn: { readonly kind: Turn['kind']; readonly dueAt?: Date; readonly reason?: string },
  says: string,
  data: Readonly<Record<string, unknown>> = {},
): Promise<Done> {
  const { jurisdiction } = act.actor;
  const version = filing.version + 1;
  await sql`
    insert into periodic_report_turn (jurisdiction, report_id, no, kind, at, due_at, reason, by_name)
    values (${jurisdiction}, ${filing.id}, ${filing.turns.length + 1}, ${turn.kind}, ${act.now}, ${turn.dueAt ?? null},
      ${turn.reason?.trim() ?? null}, ${who(act)})`.execute(act.db);
  await sql`update periodic_report set state = ${to}, version = ${version}
    where jurisdiction = ${jurisdiction} and id = ${filing.id}`.execute(act.db);
  await announce(act, {
    item: { kind: 'periodicReport', id: filing.id },
    kind: `periodicReport.${turn.kind}`,
    says,
    from: filing.state,
    to,
    data: { version, number: filing.number, ...data },
  });
  return { id: filing.id, number: filing.number, version, state: to };
}

/** Keeps what was filled in beside what the ledgers knew at this moment, sealed by a hash. Gives the hash. */
async function keepVersion(
  act: Act,
  filing: FilingRow,
  rhythm: RhythmRowOf,
  filled: Filled,
  reason: string | null,
): Promise<string> {
  await ownFiles(
    act,
    { kind: 'periodicReport', id: filing.id },
    filled.fileIds ?? [],
    '有附件不是上传到这份报送的，请重新上传后再报。',
  );
  const known = await knownOf(act, filing.jurisdiction, {
    unitId: filing.unitId,
    from: filing.periodFrom,
    to: filing.periodTo,
    keys: rhythm.known,
  });
  const hash = sha256(canonical(known));
  await sql`
    insert into periodic_report_version (jurisdiction, report_id, no, filled, known, known_sha256, reason, by_id, by_name, at)
    values (${filing.jurisdiction}, ${filing.id}, ${filing.versions + 1}, ${JSON.stringify(filled)}::jsonb,
      ${JSON.stringify(known)}::jsonb, ${hash}, ${reason}, ${act.actor.accountId}, ${who(act)}, ${act.now})`.execute(
    act.db,
  );
  return hash;
}

const about = (filing: FilingRow): string =>
  `《${filing.rhythmName}》（${periodInWords(filing.period, filing.periodFrom, filing.periodTo)}）`;
const trimmed = (filled: Filled): Filled => ({
  values: filled.values,
  narrative: filled.narrative.trim(),
  cases: filled.cases.map((one) => ({ title: one.title.trim(), text: one.text.trim() })),
  practices: filled.practices.map((one) => ({ title: one.title.trim(), text: one.text.trim() })),
  ...(filled.fileIds?.length ? { fileIds: [...filled.fileIds] } : {}),
});

/** 报送: what the unit filled in, and what the ledgers know of it now, locked together. */
export async function file(act: Act, input: Seen & { readonly filled: Filled }): Promise<Done> {
  const filled = trimmed(input.filled);
  const begun = await begin(act, input, 'file', { filled });
  const hash = await keepVersion(act, begun.filing, begun.rhythm, filled, null);
  const late = act.now > begun.filing.dueAt ? '，已过时限' : '';
  return finish(act, begun, { kind: 'filed' }, `${who(act)}报送${about(begun.filing)}${late}。`, { known: hash });
}

/** 更正: a new version; the one before it stays and can be read. */
export async function amend(
  act: Act,
  input: Seen & { readonly filled: Filled; readonly reason: string },
): Promise<Done> {
  const filled = trimmed(input.filled);
  const begun = await begin(act, input, 'amend', { filled, reason: input.reason });
  const hash = await keepVersion(act, begun.filing, begun.rhythm, filled, input.reason.trim());
  const says = `${who(act)}更正${about(begun.filing)}，理由：${input.reason.trim()}。原报内容仍然留存。`;
  return finish(act, begun, { kind: 'amended', reason: input.reason }, says, { known: hash });
}

/** 退回: with a reason and the hour until which it is to come again. */
export async function returnReport(
  act: Act,
  input: Seen & { readonly reason: string; readonly dueOn: string; readonly hour: string },
): Promise<Done> {
  const day: Day | null = parseDay(input.dueOn);
  const sound = day !== null && /^([01]\d|2[0-3]):[0-5]\d$/.test(input.hour);
  const given: Given = { reason: input.reason, ...(sound ? { newHour: momentOf(day, input.hour) } : {}) };
  const begun = await begin(act, input, 'returnReport', given);
  return finish(
    act,
    begun,
    { kind: 'returned', reason: input.reason, ...(given.newHour ? { dueAt: given.newHour } : {}) },
    `${who(act)}退回${about(begun.filing)}，理由：${input.reason.trim()}。请于${input.dueOn} ${input.hour}前重新报送。`,
  );
}

/** 免报 and its end. */
export async function exempt(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const begun = await begin(act, input, 'exempt', { reason: input.reason });
  return finish(
    act,
    begun,
    { kind: 'exempted', reason: input.reason },
    `${who(act)}同意${about(begun.filing)}免报，理由：${input.reason.trim()}。`,
  );
}
export async function demand(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const begun = await begin(act, input, 'demand', { reason: input.reason });
  // what had been filed before the exemption counts again
  const to: FilingState = begun.filing.versions > 0 ? 'returned' : begun.to;
  return finish(
    act,
    { filing: begun.filing, to },
    { kind: 'demanded', reason: input.reason },
    `${who(act)}恢复${about(begun.filing)}，理由：${input.reason.trim()}。`,
  );
}

export const turnWords: Readonly<Record<Turn['kind'], string>> = {
  filed: filingLifecycle.actions.file,
  amended: filingLifecycle.actions.amend,
  returned: filingLifecycle.actions.returnReport,
  exempted: filingLifecycle.actions.exempt,
  demanded: filingLifecycle.actions.demand,
};
