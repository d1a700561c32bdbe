import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { addDays, type Day } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { announceMany } from '../../../platform/facts/record.ts';
import { computed, hashOfContent, settle } from './compute.ts';
import { type Done, decide, load, saveAndTell } from './step.ts';
import { type SealedUnit, sheetsOf, snapshotsOf } from './store.ts';

interface Seen {
  readonly id: string;
  readonly version: number;
}

/** 布置自评: who is assessed is settled now; every unit gets its sheet. */
export async function openSelf(act: Act, input: Seen & { readonly until: Day }): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'openSelf', { on: input.until });
  const { scheme, body } = loaded;
  const { units } = await settle(act.db, scheme.jurisdiction, body, act.day);
  if (units.length === 0) throw notValid('考核对象里没有单位，不能布置自评。请拟订新版本改正。');
  const sheets = units.map((unit) => ({ id: randomUUID(), unit_id: unit.unitId, unit_name: unit.name }));
  await sql`insert into score_sheet (jurisdiction, id, scheme_id, unit_id, unit_name)
    select ${scheme.jurisdiction}, s.id, ${scheme.id}, s.unit_id, s.unit_name
    from jsonb_to_recordset(${JSON.stringify(sheets)}::jsonb) as s (id uuid, unit_id uuid, unit_name text)`.execute(
    act.db,
  );
  await announceMany(
    act,
    sheets.map((sheet) => ({
      item: { kind: 'scoreSheet', id: sheet.id },
      kind: 'scoreSheet.opened',
      says: `为${sheet.unit_name}建立考核表`,
      data: { version: 1, scheme: scheme.number },
    })),
  );
  return saveAndTell(
    act,
    scheme,
    { state, selfUntil: input.until },
    { kind: 'scheme.selfOpened', says: `${who(act)}布置自评，${units.length}个单位于${input.until}前报送` },
  );
}

/** 取数: what the ledger gives on a day is kept for all units and sealed with its hash. Again only with a reason. */
export async function collect(
  act: Act,
  input: Seen & { readonly day: Day; readonly reason?: string | undefined },
): Promise<Done> {
  const loaded = await load(act, input);
  const { scheme } = loaded;
  const again = scheme.state === 'scoring';
  const state = decide(act, loaded, again ? 'recollect' : 'collect', { on: input.day, reason: input.reason ?? '' });
  const live = await computed(act, scheme, input.day, loaded.versions);
  const { version } = live;
  const content: { units: SealedUnit[] } = {
    units: live.units.map((unit) => ({
      unitId: unit.unitId,
      name: unit.name,
      codes: unit.indicators.map((one) => one.code),
      measured: Object.fromEntries(unit.measured),
    })),
  };
  const hash = hashOfContent(content);
  const id = randomUUID();
  const serial = (await snapshotsOf(act.db, scheme)).length + 1;
  await sql`
    insert into assessment_snapshot (jurisdiction, id, scheme_id, version_id, serial, day, hash, content, reason, taken_by,
      taken_by_name, taken_at)
    values (${scheme.jurisdiction}, ${id}, ${scheme.id}, ${version?.id ?? null}, ${serial}, ${input.day}, ${hash},
      ${JSON.stringify(content)}::jsonb, ${again ? (input.reason ?? '').trim() : null}, ${act.actor.accountId},
      ${act.actor.name}, ${act.now})`.execute(act.db);
  const says = `${who(act)}${again ? '重新' : ''}取数，截至${input.day}，${content.units.length}个单位，指纹${hash.slice(0, 12)}`;
  return saveAndTell(
    act,
    scheme,
    { state, snapshotId: id },
    {
      kind: again ? 'scheme.recollected' : 'scheme.collected',
      says: again ? `${says}：${(input.reason ?? '').trim()}` : says,
      data: { hash, day: input.day },
    },
  );
}

export async function finishScoring(act: Act, input: Seen): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'finishScoring');
  return saveAndTell(
    act,
    loaded.scheme,
    { state },
    { kind: 'scheme.scoringFinished', says: `${who(act)}结束考评打分，转入否决核查` },
  );
}

/** 公示: what the check for vetoes found is written down; appeals are open from now on. */
export async function show(act: Act, input: Seen & { readonly finding: string }): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'show', { content: input.finding });
  const appealUntil = addDays(act.day, loaded.body.appealDays);
  return saveAndTell(
    act,
    loaded.scheme,
    { state, vetoFinding: input.finding.trim(), shownOn: act.day, appealUntil },
    {
      kind: 'scheme.shown',
      says: `${who(act)}公示得分，申诉至${appealUntil}；否决核查：${input.finding.trim()}`,
    },
  );
}

/** 定级: points, places and grades of all units are written down; they follow from snapshot, points and vetoes alone. */
export async function grade(act: Act, input: Seen): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'grade');
  const { scheme } = loaded;
  const { units } = await computed(act, scheme, null, loaded.versions);
  const rows = await sheetsOf(act.db, scheme);
  for (const unit of units) {
    const { standing, sheet } = unit;
    await sql`update score_sheet set final_score = ${sheet.total.score}, rank = ${standing.rank}, grade = ${standing.grade},
        grade_name = ${standing.gradeName}, grade_says = ${standing.says}, coupling = ${standing.coupling},
        vetoed = ${standing.vetoed}, graded_on = ${act.day}, version = version + 1
      where jurisdiction = ${scheme.jurisdiction} and scheme_id = ${scheme.id} and unit_id = ${unit.unitId}`.execute(
      act.db,
    );
  }
  await announceMany(
    act,
    units.flatMap((unit) => {
      const row = rows.find((one) => one.unitId === unit.unitId);
      if (!row) return [];
      return [
        {
          item: { kind: 'scoreSheet', id: row.id },
          kind: 'scoreSheet.graded',
          says: `${unit.name}${unit.sheet.total.score}分，第${unit.standing.rank}名，${unit.standing.gradeName}：${unit.standing.says}`,
          data: { version: row.version + 1, score: unit.sheet.total.score, grade: unit.standing.grade },
        },
      ];
    }),
  );
  const { actor } = act;
  return saveAndTell(
    act,
    scheme,
    {
      state,
      gradedOn: act.day,
      gradedBy: { accountId: actor.accountId, personId: actor.personId },
      gradedByName: actor.name,
    },
    { kind: 'scheme.graded', says: `${who(act)}为${units.length}个单位定级` },
  );
}
