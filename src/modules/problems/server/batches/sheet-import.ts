import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Day, yearOf } from '../../../../kernel/day.ts';
import { notNow, notValid } from '../../../../kernel/refusal.ts';
import type { RowTrouble } from '../../../../kernel/sheet-form.ts';
import type { Act } from '../../../../platform/act.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { nextNumbers } from '../../../../platform/db/number.ts';
import { readSheetFile, templateWorkbook } from '../../../../platform/documents/sheet-form.ts';
import { bookBytes, type SheetValue } from '../../../../platform/documents/sheet-writer.ts';
import { announce } from '../../../../platform/facts/record.ts';
import type { Upload } from '../../../../platform/http/serve.ts';
import { orderWork, startWork, type Work, workOf } from '../../../../platform/jobs/progress.ts';
import { perform } from '../../../../platform/perform.ts';
import { type EnterpriseCard, enterprisesByIds, matchEnterprises } from '../../../enterprises/server/door.ts';
import { resolveMentions } from '../../../units/server/door.ts';
import { type BatchDraft, batchSeries } from '../../batch.ts';
import type { FeedbackLine } from '../../feedback.ts';
import type { NewProblem, SourceType } from '../../problem.ts';
import {
  type ProblemSheet,
  readProblemSheets,
  type SheetProblem,
  sheetHelp,
  sheetTemplate,
} from '../../problem-sheet.ts';
import type { SheetCheck, SheetOutcome } from '../../sheet-result.ts';
import { registerProblems } from '../create-problems.ts';
import { sectorNamed } from './sectors.ts';
import { insertBatch, insertLines, twinsByWording, wordingHash } from './store.ts';

export const checkKind = 'problem.sheetCheck';
export const enterKind = 'problem.sheetEnter';
const STEP = 1000;
const SHOWN = 300;
const MOST = 50_000;

/** The empty workbook that people fill in. */
export const problemTemplate = (): Promise<Buffer> =>
  templateWorkbook({
    sheet: '问题隐患',
    columns: sheetTemplate.map(({ header, needed, width, choices }) => ({
      header,
      needed,
      width,
      ...(choices ? { choices } : {}),
    })),
    help: sheetHelp,
  });

interface Planned {
  readonly row: SheetProblem;
  readonly leadUnitId: string | null;
  readonly coUnitIds: readonly string[];
  readonly supervisingUnitId: string | null;
  readonly enterprise: EnterpriseCard | null;
  readonly wording: string;
  /** A row further up with the same wording, or a problem of the ledger that came with an earlier list. */
  readonly sameAs: { readonly row: string } | { readonly id: string; readonly number: string } | null;
}

interface Plan {
  readonly sheets: readonly ProblemSheet[];
  readonly rows: readonly Planned[];
  readonly troubles: readonly RowTrouble[];
  readonly unknownUnits: readonly { text: string; rows: number; suggestions: string[] }[];
}

const isWrong = (planned: Planned): boolean => planned.row.troubles.some((one) => one.level === 'wrong');

/** Reads the file and settles every row against organisation, register of enterprises and ledger; nothing is written. */
async function planOf(work: Work, db: Queryable, sha256: string, day: Day): Promise<Plan> {
  await work.step('正在读取表格');
  const read = readProblemSheets(await readSheetFile(work.house.files.path(sha256)), day);
  const rows = read.sheets.flatMap((sheet) => sheet.rows);
  if (rows.length > MOST)
    throw notValid(
      `表中有${rows.length.toLocaleString('en-US')}行，一次最多导入${MOST.toLocaleString('en-US')}行，请分成几份。`,
    );
  const { jurisdiction } = work.actor;
  await work.step('正在核对单位和企业', rows.length);
  const texts = [
    ...new Set(rows.flatMap((row) => [...row.lead, ...row.co, ...(row.supervising ? [row.supervising] : [])])),
  ];
  const resolved = new Map(
    (await resolveMentions(db, jurisdiction, texts, day)).map((one, index) => [texts[index] ?? '', one]),
  );
  const unknown = new Map<string, { text: string; rows: number; suggestions: string[] }>();
  const planned: Planned[] = [];
  const firstOf = new Map<string, SheetProblem>();
  for (let at = 0; at < rows.length; at += STEP) {
    const some = rows.slice(at, at + STEP);
    const matches = await matchEnterprises(
      db,
      jurisdiction,
      some.map((row) => ({ name: row.subject, address: row.address })),
    );
    const ids = matches.flatMap((match) => (match.kind === 'found' ? [match.id] : []));
    const cards = new Map((await enterprisesByIds(db, jurisdiction, [...new Set(ids)])).map((card) => [card.id, card]));
    const hashes = some.map((row) => wordingHash({ text: row.text, subject: row.subject }));
    const twins = new Map(
      (await twinsByWording(db, jurisdiction, [...new Set(hashes)], null)).map((one) => [one.wording, one]),
    );
    for (const [index, row] of some.entries()) {
      const say = (level: RowTrouble['level'], column: string, says: string, mend: string): void =>
        void row.troubles.push({ level, sheet: row.sheet, row: row.row, cell: '', column, says, mend });
      const unitsOf = (names: readonly string[], column: string): string[] =>
        names.flatMap((name) => {
          const one = resolved.get(name);
          if (one?.kind === 'unit') return [one.unitId];
          if (one?.kind === 'group' && column !== '责任单位') return [...one.unitIds];
          if (one?.kind === 'group') {
            if (one.unitIds.length === 1) return [...one.unitIds];
            say('wrong', column, `「${name}」是一类单位`, '请写明由哪一个单位牵头');
            return [];
          }
          const suggestions = (one?.kind === 'unresolved' ? one.candidates : []).slice(0, 3).map((each) => each.name);
          const kept = unknown.get(name) ?? { text: name, rows: 0, suggestions };
          unknown.set(name, { ...kept, rows: kept.rows + 1 });
          const maybe = suggestions.length > 0 ? `，是不是${suggestions.map((each) => `「${each}」`).join('或')}` : '';
          say('wrong', column, `单位「${name}」对不上${maybe}`, '请改成单位全称，或先在“单位”中为它记别名');
          return [];
        });
      const [first, ...rest] = row.lead;
      const lead = first === undefined ? [] : unitsOf([first], '责任单位');
      const co = [...unitsOf(rest, '配合单位'), ...unitsOf(row.co, '配合单位')];
      const supervising = row.supervising === null ? [] : unitsOf([row.supervising], '督办单位');
      const match = matches[index];
      const enterprise = match?.kind === 'found' ? (cards.get(match.id) ?? null) : null;
      const wording = hashes[index] ?? '';
      const before = firstOf.get(wording);
      const twin = twins.get(wording);
      if (row.text !== '' && !before) firstOf.set(wording, row);
      const sameAs = before
        ? { row: `「${before.sheet}」第${before.row}行` }
        : twin
          ? { id: twin.id, number: twin.number }
          : null;
      if (sameAs && row.text !== '')
        say(
          'doubt',
          '问题描述',
          'row' in sameAs ? `与${sameAs.row}写的是同一个问题` : `台账中已有${sameAs.number}`,
          '导入时可选择跳过、并入或另行登记',
        );
      planned.push({
        row,
        leadUnitId: lead[0] ?? null,
        coUnitIds: [...new Set([...lead.slice(1), ...co])],
        supervisingUnitId: supervising[0] ?? null,
        enterprise,
        wording,
        sameAs: row.text === '' ? null : sameAs,
      });
    }
    await work.reached(at + some.length);
  }
  return {
    sheets: read.sheets,
    rows: planned,
    troubles: read.troubles,
    unknownUnits: [...unknown.values()].sort((a, b) => b.rows - a.rows).slice(0, 100),
  };
}

/** Begins the check of a workbook; nothing is written but the report. */
export async function checkSheet(act: Act, upload: Upload): Promise<{ workId: string }> {
  const source = { sha256: upload.sha256, name: upload.name };
  const workId = await orderWork(act, { kind: checkKind, word: `核对问题隐患表格「${upload.name}」`, source });
  const { house, actor, day } = act;
  act.afterCommit(async () => startWork(house, actor, workId, (work) => check(work, source, day)));
  return { workId };
}

const outcomeWord = (planned: Planned): string => {
  if (isWrong(planned)) return '有错误，不能登记';
  if (planned.sameAs === null) return '可以登记';
  return 'row' in planned.sameAs ? `与${planned.sameAs.row}重复` : `台账中已有${planned.sameAs.number}`;
};

async function check(work: Work, source: { sha256: string; name: string }, day: Day): Promise<SheetCheck> {
  const plan = await planOf(work, work.house.db, source.sha256, day);
  await work.step('正在生成逐行报告');
  await work.report(`核对结果-${source.name.replace(/\.xlsx?$/i, '')}.xlsx`, await reportOf(plan, outcomeWord));
  const known = await knownFile(work, source.sha256);
  const good = plan.rows.filter((one) => !isWrong(one));
  const troubles = [...plan.troubles, ...plan.rows.flatMap((one) => one.row.troubles)];
  return {
    sheets: plan.sheets.map(({ name, header, rows, unknown }) => ({
      name,
      header: [...header],
      rows: rows.length,
      unknown: [...unknown],
    })),
    rows: plan.rows.length,
    fresh: good.filter((one) => one.sameAs === null).length,
    inLedger: good.filter((one) => one.sameAs !== null && 'id' in one.sameAs).length,
    inSheet: good.filter((one) => one.sameAs !== null && 'row' in one.sameAs).length,
    wrong: plan.rows.length - good.length,
    unusable: plan.sheets.length === 0,
    doubts: troubles.filter((one) => one.level === 'doubt').length,
    unknownUnits: plan.unknownUnits,
    importedBefore: known,
    troubles: troubles.sort((a, b) => (a.level === b.level ? 0 : a.level === 'wrong' ? -1 : 1)).slice(0, SHOWN),
  };
}

/** Number of the batch that this very file was entered as, or null. */
async function knownFile(work: Work, sha256: string): Promise<string | null> {
  const found = await sql<{ number: string }>`
    select number from problem_batch where jurisdiction = ${work.actor.jurisdiction} and file_sha256 = ${sha256}
      and state = 'registered' order by imported_at limit 1`.execute(work.house.db);
  return found.rows[0]?.number ?? null;
}

/** The original rows with 「问题」 and 「结果」 behind them. */
function reportOf(plan: Plan, outcome: (planned: Planned) => string): Promise<Buffer> {
  const widest = Math.max(1, ...plan.sheets.map((sheet) => sheet.header.length));
  const several = plan.sheets.length > 1;
  const header = plan.sheets[0]?.header ?? [];
  const headers = Array.from({ length: widest }, (_, index) => header[index] || `第${index + 1}列`);
  function* rows(): Generator<SheetValue[]> {
    for (const trouble of plan.troubles)
      yield [trouble.sheet, trouble.row, ...headers.map(() => null), `${trouble.says}；${trouble.mend}`, '不能导入'];
    let sheet = plan.sheets[0]?.name ?? '';
    for (const planned of plan.rows) {
      const { row } = planned;
      if (several && row.sheet !== sheet) {
        sheet = row.sheet;
        const own = plan.sheets.find((one) => one.name === sheet)?.header ?? [];
        yield [sheet, '表头', ...headers.map((_, index) => own[index] ?? null), '', ''];
      }
      const says = row.troubles
        .map(
          (one) =>
            `${one.level === 'wrong' ? '错误' : '提醒'}：${one.cell ? `${one.cell} ` : ''}${one.says}。${one.mend}`,
        )
        .join('\n');
      yield [row.sheet, row.row, ...headers.map((_, index) => row.cells[index] ?? null), says, outcome(planned)];
    }
  }
  return bookBytes({
    sheet: '核对结果',
    titles: [],
    columns: [
      { header: '工作表', width: 12 },
      { header: '行', width: 7 },
      ...headers.map((name) => ({ header: name, width: 18 })),
      { header: '问题', width: 60 },
      { header: '结果', width: 26 },
    ],
    paper: 'A4',
    rows: rows(),
  });
}

export interface EnterChoice {
  readonly checkId: string;
  readonly title: string;
  readonly sourceType: SourceType;
  readonly sender?: string | null;
  readonly duplicates: 'skip' | 'merge' | 'register';
  readonly leaveOutWrong?: boolean;
}

/** Begins to register a workbook that was checked by the same person; all of it in one transaction. */
export async function enterSheet(act: Act, choice: EnterChoice): Promise<{ workId: string }> {
  const [checked] = await workOf(act.db, act.actor, { id: choice.checkId, kind: checkKind });
  if (!checked?.sourceSha256 || !checked.sourceName) throw notValid('没有找到这次核对，请重新选择文件核对。');
  if (checked.state !== 'done') throw notNow('核对还没有完成，请等核对完成后再导入。');
  if (choice.title.trim() === '') throw notValid('请写明这一批的名称。');
  const { house, actor } = act;
  const source = { sha256: checked.sourceSha256, name: checked.sourceName };
  const word = `登记问题隐患表格「${source.name}」`;
  const workId = await orderWork(act, { kind: enterKind, word, given: choice, source });
  act.afterCommit(async () => startWork(house, actor, workId, (work) => enter(work, source, choice)));
  return { workId };
}

async function enter(work: Work, source: { sha256: string; name: string }, choice: EnterChoice): Promise<SheetOutcome> {
  const size = (await work.house.files.size(source.sha256)) ?? 0;
  return perform(work.house, work.actor, async (act) => {
    const { db, actor, day } = act;
    // Twice at once would register everything twice: the second one waits and then finds all of it in the ledger.
    await sql`select pg_advisory_xact_lock(hashtext(${`problem sheet ${actor.jurisdiction}`}))`.execute(db);
    const plan = await planOf(work, db, source.sha256, day);
    const good = plan.rows.filter((one) => !isWrong(one));
    const wrong = plan.rows.length - good.length;
    if (plan.sheets.length === 0) throw notValid(plan.troubles[0]?.says ?? '表格里没有可以登记的内容。');
    if (wrong > 0 && !choice.leaveOutWrong)
      throw notValid(`有${wrong}行有错误，没有登记任何内容。请下载逐行报告改好后再导入，或选择先登记没有问题的行。`);
    const twins = choice.duplicates === 'register' ? [] : good.filter((one) => one.sameAs !== null);
    const fresh = good.filter((one) => !twins.includes(one));
    if (fresh.length === 0 && twins.length === 0) throw notValid('没有可以登记的行。');
    const [number = ''] = await nextNumbers(db, actor.jurisdiction, batchSeries, yearOf(day), 1);
    const batchId = randomUUID();
    await insertBatch(db, actor, {
      ...{
        id: batchId,
        number,
        state: 'registered',
        way: 'sheet',
        title: choice.title.trim(),
        sender: choice.sender?.trim() || null,
      },
      ...{
        receivedOn: day,
        sourceType: choice.sourceType,
        sha256: source.sha256,
        fileName: source.name,
        size,
        at: act.now,
      },
      registeredOn: day,
    });
    await work.step('正在登记', fresh.length);
    let position = 0;
    let first: string | null = null;
    let last: string | null = null;
    for (let at = 0; at < fresh.length; at += STEP) {
      const some = fresh.slice(at, at + STEP);
      const lines = some.map(() => randomUUID());
      const made = await registerProblems(
        act,
        some.map((planned, index) => newProblem(act, planned, choice, batchId, number, lines[index] ?? '')),
        { batch: number, place: 'sheet' },
      );
      await insertLines(
        db,
        actor.jurisdiction,
        batchId,
        some.map((planned, index) => ({
          id: lines[index] ?? randomUUID(),
          position: ++position,
          said: saidOf(planned),
          draft: draftOf(planned),
          state: 'registered' as const,
          problemId: made[index]?.id ?? null,
        })),
      );
      first ??= made[0]?.number ?? null;
      last = made.at(-1)?.number ?? last;
      await work.reached(at + some.length);
    }
    const merging =
      choice.duplicates === 'merge' ? twins.filter((one) => one.sameAs !== null && 'id' in one.sameAs) : [];
    await insertLines(
      db,
      actor.jurisdiction,
      batchId,
      merging.map((planned) => ({
        id: randomUUID(),
        position: ++position,
        said: saidOf(planned),
        draft: draftOf(planned),
        state: 'merged' as const,
        problemId: planned.sameAs && 'id' in planned.sameAs ? planned.sameAs.id : null,
      })),
    );
    await announce(act, {
      item: { kind: 'problemBatch', id: batchId },
      kind: 'problemBatch.entered',
      says: `由表格「${source.name}」登记${fresh.length}条问题${first ? `（${first}至${last}）` : ''}${merging.length > 0 ? `，并入已有${merging.length}条` : ''}`,
      to: 'registered',
      data: { registered: fresh.length, merged: merging.length, wrong, sha256: source.sha256 },
    });
    const outcome = {
      ...{ batchId, batch: number, registered: fresh.length, merged: merging.length },
      ...{ skipped: twins.length - merging.length, leftOut: wrong, first, last },
    };
    await work.settle(db, outcome);
    return outcome;
  });
}

function newProblem(
  act: Act,
  planned: Planned,
  choice: EnterChoice,
  batchId: string,
  batch: string,
  line: string,
): NewProblem {
  const { row, enterprise } = planned;
  return {
    kind: 'hazard',
    title: row.title,
    text: row.text,
    source: {
      type: choice.sourceType,
      batchId,
      originalNumber: row.number,
      recordKind: 'problemBatchLine',
      recordId: line,
      finder: row.finder ?? choice.sender?.trim() ?? null,
    },
    foundOn: row.foundOn ?? act.day,
    enterpriseId: enterprise?.id ?? null,
    subject: row.subject,
    place: {
      address: row.address ?? enterprise?.address ?? null,
      areaCode: enterprise?.areaCode ?? null,
      longitude: enterprise?.longitude ?? null,
      latitude: enterprise?.latitude ?? null,
      grid: enterprise?.grid ?? null,
    },
    sector: (row.category ? sectorNamed(row.category) : null) ?? enterprise?.sector ?? null,
    tags: [],
    planId: null,
    stageId: null,
    taskId: null,
    grade: row.grade,
    judgement:
      row.grade === 'major'
        ? {
            ...{ grade: 'major', criteriaId: null, criteriaName: null, criteriaVersion: null, clauses: [] },
            reason: `${choice.sender?.trim() || '来源清单'}在${batch}「${choice.title.trim()}」${row.number ?? `第${row.row}行`}中定为重大`,
            ...{ byId: act.actor.accountId, byName: act.actor.name, on: act.day },
          }
        : null,
    measures: row.measures,
    leadUnitId: planned.leadUnitId ?? '',
    coUnitIds: planned.coUnitIds,
    supervisingUnitId: planned.supervisingUnitId ?? enterprise?.regulatorUnitId ?? null,
    personName: row.person,
    dueOn: row.dueOn ?? act.day,
  };
}

const nowhere = { start: 0, end: 0 };

function saidOf({ row }: Planned): FeedbackLine {
  return {
    ...{ place: `「${row.sheet}」第${row.row}行`, originalNumber: row.number, path: [], source: nowhere, row: null },
    ...{
      text: null,
      subject: null,
      address: null,
      area: null,
      category: null,
      grade: null,
      lead: [],
      co: [],
      supervising: null,
    },
    ...{
      unitFrom: null,
      person: null,
      measures: null,
      due: null,
      found: null,
      finder: null,
      status: null,
      note: null,
      several: [],
    },
  };
}

function draftOf({ row, leadUnitId, coUnitIds, supervisingUnitId, enterprise }: Planned): BatchDraft {
  return {
    ...{ kind: 'hazard', title: row.title, text: row.text, subject: row.subject, enterpriseId: enterprise?.id ?? null },
    ...{ enterpriseName: enterprise?.name ?? null, address: row.address, sector: row.category, grade: row.grade },
    ...{ leadUnitId, coUnitIds, supervisingUnitId, person: row.person, measures: row.measures, dueOn: row.dueOn },
    ...{ foundOn: row.foundOn, finder: row.finder, accepted: [] },
  };
}
