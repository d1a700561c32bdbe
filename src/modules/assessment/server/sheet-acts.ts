import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Day, dayInWords, yearOf } from '../../../kernel/day.ts';
import { notFound, notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { ownFiles, refuseStale, who } from '../../../platform/case.ts';
import { nextNumbers } from '../../../platform/db/number.ts';
import { announce } from '../../../platform/facts/record.ts';
import { createTasks } from '../../tasks/server/door.ts';
import { round } from '../scoring.ts';
import { losesPoints } from '../sheet.ts';
import { computed, type Scored } from './compute.ts';
import { decide, type Loaded, load } from './step.ts';
import { lockSheet, rectifiedOf, type SheetRow } from './store.ts';

export interface ItemDone {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly state: string;
}

/** The unit's sheet with its lines as they now stand, under the lock of the scheme. */
async function sheetOfUnit(
  act: Act,
  input: { readonly id: string; readonly unitId: string },
): Promise<{ loaded: Loaded; sheet: SheetRow; unit: Scored; scorers: ReadonlyMap<string, string> }> {
  const loaded = await load(act, { id: input.id });
  const sheet = await lockSheet(act.db, loaded.scheme, input.unitId);
  const { units, scorers } = sheet
    ? await computed(act, loaded.scheme, null, loaded.versions)
    : { units: [], scorers: new Map<string, string>() };
  const unit = units.find((one) => one.unitId === input.unitId);
  if (!sheet || !unit) {
    // Out of turn it says so; in turn there simply is no such sheet.
    decide(act, loaded, 'fileSelf', { content: '——' }, { unitId: input.unitId, scorerUnitId: null });
    throw notFound('这个单位不在这次考核之中。');
  }
  return { loaded, sheet, unit, scorers };
}

/** 自评: the unit's own points, line by line, with what it says to them; filed again it replaces what was filed. */
export async function fileSelf(
  act: Act,
  input: {
    readonly id: string;
    readonly unitId: string;
    readonly version: number;
    readonly text: string;
    readonly scores: readonly {
      readonly code: string;
      readonly score: number;
      readonly text: string;
      readonly fileIds?: readonly string[] | undefined;
    }[];
  },
): Promise<ItemDone> {
  const { loaded, sheet, unit } = await sheetOfUnit(act, input);
  decide(act, loaded, 'fileSelf', { content: input.text }, { unitId: input.unitId, scorerUnitId: null });
  await refuseStale(act, '考核表', { ...sheet, kind: 'scoreSheet', number: '' }, input.version);
  const item = { kind: 'scoreSheet', id: sheet.id };
  const filed = input.scores.flatMap((score) => score.fileIds ?? []);
  await ownFiles(act, item, filed, '有佐证材料没有上传到这张考核表，请重新上传。');
  const proves = loaded.body.selfEvidence === true;
  const places = unit.indicators.flatMap((one) => {
    const given = input.scores.find((score) => score.code === one.code);
    const where = `body.scores.${one.code}`;
    if (!given) return [{ where, says: `指标「${one.name}」还没有自评分` }];
    if (given.score < 0 || given.score > one.weight)
      return [{ where, says: `指标「${one.name}」的自评分应在0和${one.weight}之间` }];
    if (proves && one.by === 'hand' && one.part !== 'malus' && given.score > 0 && (given.fileIds ?? []).length === 0)
      return [{ where, says: `指标「${one.name}」自评${given.score}分，请附佐证材料` }];
    return [];
  });
  if (places.length > 0) throw notValid('自评还有没填好的地方，请逐项填写。', places);
  const scores = unit.indicators.map((one) => {
    const given = input.scores.find((score) => score.code === one.code);
    const fileIds = [...new Set(given?.fileIds ?? [])];
    return {
      code: one.code,
      score: round(given?.score ?? 0),
      text: (given?.text ?? '').trim(),
      ...(fileIds.length > 0 ? { fileIds } : {}),
    };
  });
  await sql`update score_sheet set self_text = ${input.text.trim()}, self_scores = ${JSON.stringify(scores)}::jsonb,
      self_on = ${act.day}, self_by_name = ${act.actor.name}, version = version + 1
    where jurisdiction = ${loaded.scheme.jurisdiction} and id = ${sheet.id}`.execute(act.db);
  await announce(act, {
    item,
    kind: 'scoreSheet.selfFiled',
    says: `${who(act)}报送自评`,
    data: { version: sheet.version + 1 },
  });
  return { id: sheet.id, number: loaded.scheme.number, version: sheet.version + 1, state: loaded.scheme.state };
}

interface LineGiven {
  readonly code: string;
  readonly score: number;
  readonly says: string;
  readonly fileIds?: readonly string[] | undefined;
}

/**
 * 打分、核验: points for lines by the unit named to score them, each with what it rests on; the newest counts, earlier ones stay
 * in sight. What equals the unit's own points may be agreed to without more words.
 */
export async function scoreLines(
  act: Act,
  input: { readonly id: string; readonly unitId: string; readonly scores: readonly LineGiven[] },
): Promise<ItemDone> {
  const { loaded, sheet, unit, scorers } = await sheetOfUnit(act, input);
  if (input.scores.length === 0)
    throw notValid('请至少给一项打分。', [{ where: 'body.scores', says: '没有打分的指标' }]);
  let { version } = sheet;
  for (const given of input.scores) {
    const indicator = unit.indicators.find((one) => one.code === given.code && one.by === 'hand');
    if (!indicator) throw notFound('这个单位没有这项需要打分的指标。');
    const files = await ownFiles(
      act,
      { kind: 'scoreSheet', id: sheet.id },
      given.fileIds ?? [],
      '有证据材料没有上传到这张考核表，请重新上传。',
    );
    const score = round(given.score);
    const own = (sheet.selfScores ?? []).find((one) => one.code === given.code);
    const agrees = own !== undefined && own.score === score;
    const words = given.says.trim();
    decide(
      act,
      loaded,
      'score',
      { score: given.score, weight: indicator.weight, evidence: words.length >= 2 || files.length > 0 || agrees },
      {
        unitId: input.unitId,
        scorerUnitId: indicator.scorer === null ? null : (scorers.get(indicator.scorer) ?? null),
      },
    );
    const before = unit.sheet.lines.find((one) => one.code === given.code)?.score ?? null;
    await give(act, loaded, sheet, {
      code: given.code,
      kind: 'hand',
      score,
      before,
      says: words !== '' ? words : agrees ? '核验属实，同意自评' : '见证据材料',
      files,
      appealId: null,
    });
    version += 1;
    await announce(act, {
      item: { kind: 'scoreSheet', id: sheet.id },
      kind: 'scoreSheet.scored',
      says: `${who(act)}为${unit.name}「${indicator.name}」打${score}分${own && !agrees ? `（自评${own.score}分）` : ''}`,
      data: { version, code: given.code, score, before },
    });
  }
  return { id: sheet.id, number: loaded.scheme.number, version, state: loaded.scheme.state };
}

export const scoreLine = (
  act: Act,
  { id, unitId, ...given }: LineGiven & { readonly id: string; readonly unitId: string },
): Promise<ItemDone> => scoreLines(act, { id, unitId, scores: [given] });

/** 对标整改: a line on which points were lost becomes a task of the unit, which leads back to its sheet. */
export async function rectifyLine(
  act: Act,
  input: {
    readonly id: string;
    readonly unitId: string;
    readonly code: string;
    readonly text: string;
    readonly dueOn: Day;
  },
): Promise<ItemDone & { readonly taskId: string }> {
  const { loaded, sheet, unit } = await sheetOfUnit(act, input);
  const { scheme } = loaded;
  const line = unit.sheet.lines.find((one) => one.code === input.code);
  if (!line) throw notFound('这个单位没有这项指标。');
  const known = await rectifiedOf(act.db, scheme.jurisdiction, sheet.id);
  decide(
    act,
    loaded,
    'rectify',
    { content: input.text, on: input.dueOn },
    {
      unitId: input.unitId,
      scorerUnitId: null,
      lost: losesPoints(line),
      rectified: known.some((one) => one.code === input.code),
    },
  );
  const text = input.text.trim();
  const [task] = await createTasks(act, [
    {
      title: text.length > 60 ? `${text.slice(0, 59)}…` : text,
      text,
      origin: {
        kind: 'matter',
        sentence: text,
        matter: {
          kind: 'scoreSheet',
          id: sheet.id,
          word: '考核',
          number: scheme.number,
          title: `${scheme.title}「${line.name}」`,
          page: `/assessment/${scheme.id}/units/${input.unitId}`,
        },
      },
      planId: null,
      stageId: null,
      sector: null,
      leadUnitId: input.unitId,
      responsibleUnitIds: [],
      territorialUnitIds: [],
      deadlines: [{ kind: 'date', text: `${dayInWords(input.dueOn)}前`, on: input.dueOn }],
      quotas: [],
      targets: [],
    },
  ]);
  if (!task) throw notValid('没有能够建立整改任务，请重试。');
  await sql`
    insert into score_rectification (jurisdiction, id, sheet_id, code, task_id, task_number, text, due_on, by_name, day, at)
    values (${scheme.jurisdiction}, ${randomUUID()}, ${sheet.id}, ${input.code}, ${task.id}, ${task.number}, ${text},
      ${input.dueOn}, ${act.actor.name}, ${act.day}, ${act.now})`.execute(act.db);
  await sql`update score_sheet set version = version + 1
    where jurisdiction = ${scheme.jurisdiction} and id = ${sheet.id}`.execute(act.db);
  await announce(act, {
    item: { kind: 'scoreSheet', id: sheet.id },
    kind: 'scoreSheet.rectified',
    says: `${who(act)}就「${line.name}」的失分布置整改（${task.number}），${input.dueOn}前完成：${text}`,
    data: { version: sheet.version + 1, code: input.code, task: task.id },
  });
  return {
    id: sheet.id,
    number: scheme.number,
    version: sheet.version + 1,
    state: loaded.scheme.state,
    taskId: task.id,
  };
}

/** Appends points to a sheet; announce it afterwards. */
export async function give(
  act: Act,
  { scheme }: { readonly scheme: { readonly jurisdiction: string } },
  sheet: Pick<SheetRow, 'id'>,
  given: {
    readonly code: string;
    readonly kind: 'hand' | 'appeal';
    readonly score: number;
    readonly before: number | null;
    readonly says: string;
    readonly files: readonly string[];
    readonly appealId: string | null;
  },
): Promise<void> {
  const { actor } = act;
  await sql`
    insert into score_given (jurisdiction, id, sheet_id, code, kind, score, score_before, says, file_ids, appeal_id, by_id, by_name,
      by_person, unit_name, day, at)
    values (${scheme.jurisdiction}, ${randomUUID()}, ${sheet.id}, ${given.code}, ${given.kind}, ${given.score}, ${given.before},
      ${given.says}, ${[...given.files]}::uuid[], ${given.appealId}, ${actor.accountId}, ${actor.name}, ${actor.personId},
      ${actor.unitName}, ${act.day}, ${act.now})`.execute(act.db);
  await sql`update score_sheet set version = version + 1 where jurisdiction = ${scheme.jurisdiction} and id = ${sheet.id}`.execute(
    act.db,
  );
}

/** 申诉 against one line while points are shown. */
export async function fileAppeal(
  act: Act,
  input: {
    readonly id: string;
    readonly unitId: string;
    readonly code: string;
    readonly text: string;
    readonly asked: number | null;
  },
): Promise<ItemDone> {
  const { loaded, sheet, unit } = await sheetOfUnit(act, input);
  decide(act, loaded, 'appeal', { content: input.text }, { unitId: input.unitId, scorerUnitId: null });
  const line = unit.sheet.lines.find((one) => one.code === input.code);
  if (!line) throw notFound('这个单位没有这项指标。');
  const most = line.max > 0 ? line.max : line.weight;
  if (input.asked !== null && (input.asked < 0 || input.asked > most))
    throw notValid(`请求更正的分数应在0和${most}之间。`, [{ where: 'body.asked', says: '分数超出范围' }]);
  const { scheme } = loaded;
  const [number = ''] = await nextNumbers(act.db, scheme.jurisdiction, '诉', yearOf(act.day), 1);
  const id = randomUUID();
  const { actor } = act;
  const made = await sql`
    insert into assessment_appeal (jurisdiction, id, number, scheme_id, sheet_id, unit_id, unit_name, code, line_name, state, text,
      asked, score_before, filed_by, filed_by_name, filed_by_person, filed_on, created_at)
    values (${scheme.jurisdiction}, ${id}, ${number}, ${scheme.id}, ${sheet.id}, ${unit.unitId}, ${unit.name}, ${input.code},
      ${line.name}, 'filed', ${input.text.trim()}, ${input.asked}, ${line.score ?? 0}, ${actor.accountId}, ${actor.name},
      ${actor.personId}, ${act.day}, ${act.now})
    on conflict (jurisdiction, sheet_id, code) where state = 'filed' do nothing`.execute(act.db);
  if (made.numAffectedRows === 0n) throw notNow(`「${line.name}」已有一件申诉在处理，不能重复申诉。`);
  await announce(act, {
    item: { kind: 'appeal', id },
    kind: 'appeal.filed',
    says: `${who(act)}对「${line.name}」${line.score ?? 0}分提出申诉：${input.text.trim()}`,
    to: 'filed',
    data: { version: 1, number, scheme: scheme.number, code: input.code },
  });
  return { id, number, version: 1, state: 'filed' };
}
