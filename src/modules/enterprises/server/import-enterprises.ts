import { sql } from 'kysely';
import { notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { templateWorkbook, troubleWorkbook } from '../../../platform/documents/sheet-form.ts';
import type { Upload } from '../../../platform/http/serve.ts';
import { orderWork, startWork, type Work, workOf } from '../../../platform/jobs/progress.ts';
import { perform } from '../../../platform/perform.ts';
import { unitsByIds } from '../../units/server/door.ts';
import { enterpriseKinds, enterpriseSizes, enterpriseStates } from '../enterprise.ts';
import { enterpriseColumns, enterpriseFormHelp } from '../import-form.ts';
import { isWrong, type PlannedRow } from '../import-plan.ts';
import type { ImportCheck, ImportOutcome } from '../import-result.ts';
import { createEnterprises, type NewEnterprise } from './create-enterprises.ts';
import { type FilePlan, planFile, sheetsOf, wrongRows } from './import-plan-file.ts';
import { sectorNames } from './sectors.ts';
import { updateMany } from './update-many.ts';

export const checkKind = 'enterprise.check';
export const importKind = 'enterprise.import';

const SHOWN = 300;
const BATCH = 500;

/** The empty list that people fill in. */
export function enterpriseTemplate(): Promise<Buffer> {
  const choices: Readonly<Record<string, readonly string[]>> = {
    kind: Object.values(enterpriseKinds),
    size: Object.values(enterpriseSizes),
    state: Object.values(enterpriseStates),
    risk: ['红', '橙', '黄', '蓝'],
    sector: sectorNames(),
  };
  const widths: Readonly<Record<string, number>> = { name: 36, address: 36, creditCode: 24, regulator: 22, note: 30 };
  return templateWorkbook({
    sheet: '企业和场所',
    columns: enterpriseColumns.map(({ key, names, needed }) => ({
      header: names[0] ?? key,
      width: widths[key] ?? 14,
      needed: needed ?? false,
      ...(choices[key] ? { choices: choices[key] } : {}),
    })),
    help: enterpriseFormHelp,
  });
}

/** Begins the check of a list; nothing is written but the report. */
export async function checkImport(act: Act, upload: Upload): Promise<{ workId: string }> {
  const source = { sha256: upload.sha256, name: upload.name };
  const workId = await orderWork(act, { kind: checkKind, word: `核对企业名录「${upload.name}」`, source });
  const { house, actor } = act;
  act.afterCommit(async () => startWork(house, actor, workId, (work) => check(work, source)));
  return { workId };
}

async function check(work: Work, source: { sha256: string; name: string }): Promise<ImportCheck> {
  const plan = await planFile(work, work.house.db, await sheetsOf(work, source.sha256));
  await work.step('正在生成逐行报告');
  const outcome = (row: PlannedRow): string => {
    if (isWrong(row)) return '有错误，不能写入';
    if (row.twin !== null) return `与${row.twin}重复，不再登记`;
    return row.existing === null ? '将新登记' : `名录中已有：${row.existing.number}「${row.existing.name}」`;
  };
  await reportRows(work, `核对结果-${source.name}`, plan, outcome);
  const good = plan.rows.filter((row) => !isWrong(row));
  return {
    sheets: plan.sheets.map(({ name, rows, unknown }) => ({ name, rows: rows.length, unknown: [...unknown] })),
    rows: plan.rows.length,
    fresh: good.filter((row) => row.existing === null && row.twin === null).length,
    existing: good.filter((row) => row.existing !== null && row.twin === null).length,
    twins: good.filter((row) => row.twin !== null).length,
    wrong: wrongRows(plan),
    unusable: plan.troubles.some((one) => one.level === 'wrong' && one.column === '整行' && one.cell === ''),
    doubts: plan.troubles.filter((one) => one.level === 'doubt').length,
    unknownUnits: plan.unknownUnits.map((one) => ({ ...one, suggestions: [...one.suggestions] })),
    troubles: [...plan.troubles]
      .sort((a, b) => (a.level === b.level ? 0 : a.level === 'wrong' ? -1 : 1))
      .slice(0, SHOWN),
  };
}

/** Every remark and what came of every row, as a workbook that the person can fetch. */
async function reportRows(
  work: Work,
  name: string,
  plan: FilePlan,
  outcome: (row: PlannedRow) => string,
): Promise<void> {
  const outcomes = plan.rows.map((row) => ({
    sheet: row.row.sheet,
    row: row.row.row,
    name: row.draft.name,
    outcome: outcome(row),
  }));
  await work.report(`${name.replace(/\.xlsx$/i, '')}.xlsx`, await troubleWorkbook(plan.troubles, outcomes));
}

export interface ImportChoice {
  readonly checkId: string;
  readonly duplicates: 'skip' | 'update' | 'register';
  readonly leaveOutWrong?: boolean;
}

/** Begins to enter a file that was checked by the same person; all of it in one transaction. */
export async function beginImport(act: Act, choice: ImportChoice): Promise<{ workId: string }> {
  const [checked] = await workOf(act.db, act.actor, { id: choice.checkId, kind: checkKind });
  if (!checked?.sourceSha256 || !checked.sourceName) throw notValid('没有找到这次核对，请重新选择文件核对。');
  if (checked.state !== 'done') throw notNow('核对还没有完成，请等核对完成后再写入。');
  const { house, actor } = act;
  const source = { sha256: checked.sourceSha256, name: checked.sourceName };
  // Twice at once would enter everything twice: the second one waits and then finds all of it in the register.
  await sql`select pg_advisory_xact_lock(hashtext(${`enterprise import ${actor.jurisdiction}`}))`.execute(act.db);
  const before = await workOf(act.db, actor, { kind: importKind });
  const same = before.find((work) => (work.given as Partial<ImportChoice>).checkId === choice.checkId);
  if (same?.state === 'running') throw notNow('这次核对的内容正在写入，请等它完成。');
  if (same?.state === 'done') throw notNow('这次核对的内容已经写入。再次导入请重新选择文件核对。');
  const workId = await orderWork(act, {
    kind: importKind,
    word: `导入企业名录「${source.name}」`,
    given: choice,
    source,
  });
  act.afterCommit(async () => startWork(house, actor, workId, (work) => enter(work, source, choice)));
  return { workId };
}

async function enter(work: Work, source: { sha256: string; name: string }, choice: ImportChoice): Promise<unknown> {
  const read = await sheetsOf(work, source.sha256);
  return perform(work.house, work.actor, async (act) => {
    await sql`select pg_advisory_xact_lock(hashtext(${`enterprise import ${act.actor.jurisdiction}`}))`.execute(act.db);
    // The register may have changed since the check, so the file is read against it once more.
    const plan = await planFile(work, act.db, read);
    refuseWrong(plan, choice);
    const good = plan.rows.filter((row) => !isWrong(row));
    const twins = new Set(choice.duplicates === 'register' ? [] : good.filter((row) => row.twin !== null));
    const rest = good.filter((row) => !twins.has(row));
    const known = rest.filter((row) => row.existing !== null);
    const fresh = choice.duplicates === 'register' ? rest : rest.filter((row) => row.existing === null);
    const changing = choice.duplicates === 'update' ? known : [];
    await work.step('正在写入', fresh.length + changing.length);
    const how = `由表格「${source.name}」导入`;
    const numbers = new Map<PlannedRow, string>();
    for (let at = 0; at < fresh.length; at += BATCH) {
      const some = fresh.slice(at, at + BATCH);
      const made = await createEnterprises(act, await asNew(act, some, how));
      for (const [place, row] of some.entries()) numbers.set(row, made[place]?.number ?? '');
      await work.reached(at + made.length);
    }
    const counts = { updated: 0, same: 0, kept: 0 };
    for (let at = 0; at < changing.length; at += BATCH) {
      const done = await updateMany(act, changing.slice(at, at + BATCH), how);
      counts.updated += done.updated;
      counts.same += done.same;
      counts.kept += done.kept;
      await work.reached(fresh.length + at + BATCH);
    }
    const outcome: ImportOutcome = {
      registered: fresh.length,
      updated: counts.updated,
      same: counts.same,
      skipped: twins.size + counts.kept + (choice.duplicates === 'skip' ? known.length : 0),
      leftOut: plan.rows.length - good.length,
      first: [...numbers.values()][0] ?? null,
      last: [...numbers.values()].at(-1) ?? null,
    };
    await work.step('正在生成逐行报告');
    const came = (row: PlannedRow): string => {
      if (isWrong(row)) return '有错误，没有写入';
      if (twins.has(row)) return `与${row.twin}重复，跳过`;
      const number = numbers.get(row);
      if (number !== undefined) return `已登记 ${number}`;
      return `${choice.duplicates === 'update' ? '与名录合并' : '跳过，名录中已有'} ${row.existing?.number}「${row.existing?.name}」`;
    };
    await reportRows(work, `导入结果-${source.name}`, plan, came);
    await work.settle(act.db, outcome);
    return outcome;
  });
}

function refuseWrong(plan: FilePlan, choice: ImportChoice): void {
  const wrong = wrongRows(plan);
  const unusable = plan.troubles.find((one) => one.column === '整行' && one.cell === '' && one.level === 'wrong');
  if (unusable) throw notValid(`工作表「${unusable.sheet}」：${unusable.says}。${unusable.mend}。没有写入任何内容。`);
  if (wrong > 0 && !choice.leaveOutWrong)
    throw notValid(`有 ${wrong} 行有错误，一行也没有写入。请改好后重新核对，或选择“跳过有错误的行”。`);
}

/** Rows as the register takes them: area by the town, confirmed where nothing is doubtful about the row. */
async function asNew(act: Act, rows: readonly PlannedRow[], how: string): Promise<NewEnterprise[]> {
  const towns = [...new Set(rows.flatMap((row) => row.draft.townUnitId ?? []))];
  const areas = new Map(
    (await unitsByIds(act.db, act.actor.jurisdiction, towns)).map((unit) => [unit.id as string, unit.areaCode]),
  );
  return rows.map(({ draft, state, stateOn, troubles }) => ({
    ...draft,
    areaCode: draft.areaCode ?? areas.get(draft.townUnitId ?? '') ?? act.actor.jurisdiction,
    state: state ?? 'active',
    stateOn: stateOn ?? act.day,
    confirmed: troubles.length === 0,
    how,
  }));
}
