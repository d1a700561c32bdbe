import { sql } from 'kysely';
import { type Actor, hasRole } from '../../../kernel/actor.ts';
import { notFound } from '../../../kernel/refusal.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import { refuseStale, who } from '../../../platform/case.ts';
import { announce } from '../../../platform/facts/record.ts';
import { type AppealAction, appealLifecycle } from '../appeal-lifecycle.ts';
import { round } from '../scoring.ts';
import { type AppealFacts, judgeAppeal } from '../situation.ts';
import { computed } from './compute.ts';
import { give, type ItemDone } from './sheet-acts.ts';
import { givenOf, lockSheet, type SchemeRow, schemeById } from './store.ts';
import { type AppealRow, appealsWhere, lockAppeal } from './store-parts.ts';

/** What the rules ask about appeals of one scheme. */
async function factsOf(
  reading: Reading,
  scheme: SchemeRow,
  appeals: readonly AppealRow[],
): Promise<Map<string, AppealFacts>> {
  const { units } = await computed(reading, scheme);
  const given = await givenOf(reading.db, scheme);
  return new Map(
    appeals.map((appeal) => {
      const line = units
        .find((unit) => unit.unitId === appeal.unitId)
        ?.sheet.lines.find((one) => one.code === appeal.code);
      const scored = given.filter(
        (one) => one.sheetId === appeal.sheetId && one.code === appeal.code && one.kind === 'hand',
      );
      return [
        appeal.id,
        {
          state: appeal.state,
          unitId: appeal.unitId,
          filedBy: appeal.filedBy,
          scoredBy: scored.at(-1)?.by ?? null,
          max: line === undefined ? 0 : line.max > 0 ? line.max : line.weight,
          before: appeal.before,
          shown: scheme.state === 'shown',
        },
      ];
    }),
  );
}

const sees = (actor: Actor, unitId: string): boolean =>
  hasRole(actor, 'officer', 'leader') || (actor.units as readonly string[]).includes(unitId);

/** Appeals that the reader may see, with what he may do. */
export async function appealLines(reading: Reading, only?: { readonly schemeId: string; readonly unitId: string }) {
  const { actor, db } = reading;
  const where = only
    ? sql`t.scheme_id = ${only.schemeId} and t.unit_id = ${only.unitId}`
    : hasRole(actor, 'officer', 'leader')
      ? sql`true`
      : sql`t.unit_id = any(${[...actor.units]}::uuid[])`;
  const appeals = await appealsWhere(db, actor.jurisdiction, where);
  const facts = new Map<string, AppealFacts>();
  const titles = new Map<string, string>();
  for (const schemeId of new Set(appeals.map((one) => one.schemeId))) {
    const scheme = await schemeById(db, { jurisdictions: [actor.jurisdiction] }, schemeId);
    titles.set(schemeId, scheme.title);
    const own = appeals.filter((one) => one.schemeId === schemeId);
    for (const [id, fact] of await factsOf(reading, scheme, own)) facts.set(id, fact);
  }
  return appeals
    .filter((one) => sees(actor, one.unitId))
    .map((one) => {
      const fact = facts.get(one.id);
      const { filedBy: _, sheetId: __, ...line } = one;
      return {
        ...line,
        schemeTitle: titles.get(one.schemeId) ?? '',
        max: fact?.max ?? 0,
        offers: (Object.keys(appealLifecycle.actions) as AppealAction[]).map((action) => {
          const verdict = fact ? judgeAppeal(fact, actor, action, null) : null;
          return {
            action,
            label: appealLifecycle.actions[action],
            may: verdict?.may ?? false,
            says: verdict === null || verdict.may ? '' : verdict.refusal.says,
          };
        }),
      };
    });
}

async function loadAppeal(act: Act, input: { readonly id: string; readonly version: number }) {
  const appeal = await lockAppeal(act.db, act.actor.jurisdiction, input.id);
  if (!sees(act.actor, appeal.unitId)) throw notFound('没有找到这件申诉，可能编号有误，或者它不在您能查看的范围内。');
  await refuseStale(act, '申诉', { ...appeal, kind: 'appeal' }, input.version);
  const scheme = await schemeById(act.db, { jurisdictions: [act.actor.jurisdiction] }, appeal.schemeId, true);
  const facts = (await factsOf(act, scheme, [appeal])).get(appeal.id);
  if (!facts) throw notFound();
  return { appeal, scheme, facts };
}

async function saveAppeal(
  act: Act,
  appeal: AppealRow,
  changes: { readonly state: AppealRow['state']; readonly after: number | null; readonly opinion: string },
  kind: string,
  says: string,
): Promise<ItemDone> {
  await sql`update assessment_appeal set state = ${changes.state}, score_after = ${changes.after}, opinion = ${changes.opinion},
      decided_by_name = ${act.actor.name}, decided_on = ${act.day}, version = version + 1
    where jurisdiction = ${act.actor.jurisdiction} and id = ${appeal.id}`.execute(act.db);
  await announce(act, {
    item: { kind: 'appeal', id: appeal.id },
    kind,
    says,
    from: appeal.state,
    to: changes.state,
    data: { version: appeal.version + 1, number: appeal.number },
  });
  return { id: appeal.id, number: appeal.number, version: appeal.version + 1, state: changes.state };
}

/** Decided by somebody apart; upheld it sets the line's points, and what stood before stays on the sheet. */
export async function decideAppeal(
  act: Act,
  input: {
    readonly id: string;
    readonly version: number;
    readonly uphold: boolean;
    readonly opinion: string;
    readonly score: number | null;
  },
): Promise<ItemDone> {
  const { appeal, scheme, facts } = await loadAppeal(act, input);
  const score = input.score === null ? null : round(input.score);
  const verdict = judgeAppeal(facts, act.actor, input.uphold ? 'uphold' : 'reject', { opinion: input.opinion, score });
  if (!verdict.may) throw verdict.refusal;
  const opinion = input.opinion.trim();
  if (verdict.to === 'upheld' && score !== null) {
    const sheet = await lockSheet(act.db, scheme, appeal.unitId);
    if (!sheet) throw notFound();
    await give(act, { scheme }, sheet, {
      code: appeal.code,
      kind: 'appeal',
      score,
      before: appeal.before,
      says: opinion,
      files: [],
      appealId: appeal.id,
    });
    await announce(act, {
      item: { kind: 'scoreSheet', id: sheet.id },
      kind: 'scoreSheet.corrected',
      says: `${appeal.number}成立，${appeal.unitName}「${appeal.lineName}」由${appeal.before}分更正为${score}分`,
      data: { version: sheet.version + 1, code: appeal.code, before: appeal.before, after: score },
    });
    return saveAppeal(
      act,
      appeal,
      { state: 'upheld', after: score, opinion },
      'appeal.upheld',
      `${who(act)}认定申诉成立，由${appeal.before}分更正为${score}分：${opinion}`,
    );
  }
  return saveAppeal(
    act,
    appeal,
    { state: 'rejected', after: null, opinion },
    'appeal.rejected',
    `${who(act)}认定申诉不成立：${opinion}`,
  );
}

export async function retractAppeal(
  act: Act,
  input: { readonly id: string; readonly version: number; readonly reason: string },
): Promise<ItemDone> {
  const { appeal, facts } = await loadAppeal(act, input);
  const verdict = judgeAppeal(facts, act.actor, 'retract', { reason: input.reason });
  if (!verdict.may) throw verdict.refusal;
  return saveAppeal(
    act,
    appeal,
    { state: 'retracted', after: null, opinion: input.reason.trim() },
    'appeal.retracted',
    `${who(act)}撤回申诉：${input.reason.trim()}`,
  );
}
