import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { yearOf } from '../../../kernel/day.ts';
import { timedId } from '../../../kernel/ids.ts';
import { notValid, type RefusalPlace } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { nextNumbers } from '../../../platform/db/number.ts';
import { prepared } from '../../../platform/db/prepared.ts';
import { announceMany } from '../../../platform/facts/record.ts';
import type { Allowances } from '../allowances.ts';
import { amberOf } from '../lamp.ts';
import { handedDownSources, type NewProblem, type Problem } from '../problem.ts';
import { imageOfBorn, inSinglePrecision, textsOfBorn, withDerived } from './born-record.ts';
import { fromDevice } from './from-device.ts';
import { noteChoices } from './note-choices.ts';
import { type KeptFile, keepEvidence } from './photos.ts';
import { changingColumns, searchColumns } from './save.ts';
import { allowancesOf } from './store.ts';
import { isGridStaff, serialOf, type Turn, turnsOf } from './turns.ts';

export const problemSeries = '问';
/** Rows of one statement; keeps messages to the database small. */
const BATCH = 500;

export interface Registered {
  readonly id: string;
  readonly number: string;
  readonly state: Problem['state'];
  readonly version: number;
}

function stateAtBirth(draft: NewProblem): Problem['state'] {
  if (!draft.onSpot) return 'toReceive';
  return draft.onSpot.drawn ? 'toRecheck' : 'closed';
}

/** The problem that a draft makes, registered by the act's actor. */
export function problemFrom(act: Act, draft: NewProblem, number: string, allowed: Allowances): Problem {
  const { actor, day } = act;
  const state = stateAtBirth(draft);
  const fixed = draft.onSpot !== undefined;
  const evidence = draft.evidence ?? [];
  const photo = evidence.find((one) => one.role === 'before') ?? null;
  const closed = state === 'closed';
  return {
    id: draft.id ?? timedId(randomUUID(), act.now.getTime()),
    number,
    kind: draft.kind,
    title: draft.title.trim(),
    text: draft.text,
    source: draft.source,
    handedDown: handedDownSources.includes(draft.source.type),
    foundOn: draft.foundOn,
    enteredOn: day,
    registeredBy: actor.accountId,
    registeredByName: actor.name,
    finderUnitId: draft.finderUnitId === undefined ? actor.unitId : draft.finderUnitId,
    enterpriseId: draft.enterpriseId,
    subject: draft.subject,
    place: draft.place,
    sector: draft.sector,
    tags: [...new Set(draft.tags)],
    planId: draft.planId,
    stageId: draft.stageId,
    taskId: draft.taskId,
    grade: draft.grade,
    judgement: draft.judgement ?? null,
    measures: draft.measures,
    leadUnitId: draft.leadUnitId,
    coUnitIds: [...new Set(draft.coUnitIds)].filter((unit) => unit !== draft.leadUnitId),
    supervisingUnitId: draft.supervisingUnitId,
    personName: draft.personName,
    state,
    firstDueOn: draft.dueOn,
    dueOn: draft.dueOn,
    amberOn: amberOf(draft.dueOn, allowed.nearDays),
    extensions: 0,
    five: {},
    evidence: fixed ? 1 + evidence.length : 0,
    afterFiles: fixed ? evidence.filter((one) => one.role === 'after').length : 0,
    workers: fixed ? [{ accountId: actor.accountId, personId: actor.personId }] : [],
    receivedOn: fixed ? day : null,
    doneOn: fixed ? day : null,
    doneBy: fixed ? actor.accountId : null,
    doneByName: fixed ? actor.name : null,
    doneByPerson: fixed ? actor.personId : null,
    doneByKey: fixed && actor.only !== undefined,
    recheckedOn: null,
    recheckedBy: null,
    recheckedByName: null,
    recheckedByPerson: null,
    recheckedUnitId: null,
    closedOn: closed ? day : null,
    closedBy: closed ? actor.accountId : null,
    closedByName: closed ? actor.name : null,
    closeKind: closed ? 'onSpot' : null,
    endedOn: closed ? day : null,
    sentBack: 0,
    cycle: 1,
    openedOn: day,
    onSpot: fixed,
    drawn: draft.onSpot?.drawn ?? false,
    controlMeasures: null,
    mergedInto: null,
    listedOn: null,
    delistedOn: null,
    atGrid: isGridStaff(act),
    doneAtGrid: fixed && isGridStaff(act),
    moved: 0,
    photoId: photo?.fileId ?? null,
    request: null,
    version: 1,
  };
}

/** What no registration may lack, whoever makes it; places name the line of the list. */
function faultsOf(act: Act, draft: NewProblem, line: string): RefusalPlace[] {
  const places: RefusalPlace[] = [];
  const fault = (field: string, says: string): void => void places.push({ where: `${line}${field}`, says });
  if (draft.title.trim() === '') fault('标题', '标题为空，请写明是什么问题。');
  if (draft.text.trim() === '') fault('问题描述', '问题描述为空，请补写。');
  if (draft.leadUnitId === '') fault('责任单位', '没有责任单位，请选择由谁整改。');
  if (draft.foundOn > act.day) fault('发现日期', `发现日期${draft.foundOn}晚于今天，请核对。`);
  if (draft.dueOn < act.day) fault('整改时限', `整改时限${draft.dueOn}早于今天，请写明从今天起的整改时限。`);
  if (draft.onSpot && draft.grade !== 'general') fault('等级', '重大隐患不能当场办结，请按程序登记。');
  if (draft.onSpot && handedDownSources.includes(draft.source.type))
    fault('来源', '上级交办的问题不能当场办结，须经复查、销号。');
  return places;
}

/** One registration of many: who registers, what, and how it came (kept in its first fact). */
export interface Registration {
  readonly act: Act;
  readonly draft: NewProblem;
  readonly how: Readonly<Record<string, unknown>>;
}

/** Throws a not-valid refusal for what no registration may lack; `line` names the line of a list. */
export function mustBeSound(act: Act, drafts: readonly NewProblem[]): void {
  const many = drafts.length > 1;
  const places = drafts.flatMap((draft, index) => faultsOf(act, draft, many ? `第${index + 1}条` : ''));
  if (places.length > 0)
    throw notValid(
      places
        .map((place) => place.says)
        .slice(0, 3)
        .join(''),
      places,
    );
}

/**
 * Registers problems in the transaction of the act: a number, the row, the first span, the turn and one fact each. Many at
 * once take seconds. `drafts` in the order in which numbers are to be given; gives id and number in the same order. `how`
 * is kept in each first fact (the import, the device's clock). Throws a not-valid refusal naming the lines.
 */
export async function registerProblems(
  act: Act,
  drafts: readonly NewProblem[],
  how: Readonly<Record<string, unknown>> = {},
): Promise<readonly Registered[]> {
  mustBeSound(act, drafts);
  return registerEach(drafts.map((draft) => ({ act, draft, how })));
}

/** The same for several people of one government, whose acts share a transaction; the drafts were found sound. */
export async function registerEach(
  registrations: readonly Registration[],
  given?: Allowances,
): Promise<readonly Registered[]> {
  const act = registrations[0]?.act;
  if (!act) return [];
  const { jurisdiction } = act.actor;
  const allowed = given ?? (await allowancesOf(act.db, jurisdiction));
  const numbers = await nextNumbers(act.db, jurisdiction, problemSeries, yearOf(act.day), registrations.length);
  const made = registrations.map((one, index) => ({
    ...one,
    by: one.act,
    problem: problemFrom(one.act, one.draft, numbers[index] ?? '', allowed),
  }));
  const images = new Map<string, string>();
  for (let at = 0; at < made.length; at += BATCH)
    for (const [id, image] of await insertProblems(act, made.slice(at, at + BATCH), allowed)) images.set(id, image);
  const kept = new Map<string, readonly KeptFile[]>();
  for (const one of made)
    if (one.draft.evidence && one.draft.evidence.length > 0)
      kept.set(one.problem.id, await keepEvidence(one.act, one.problem.id, 1, one.draft.evidence));
  await noteChoices(
    act,
    made.map(({ problem }) => problem),
  );
  await announceMany(
    act,
    made.map(({ act: own, draft, problem, how }) => {
      const device = fromDevice(own);
      const image = images.get(problem.id);
      return {
        item: { kind: 'problem', id: problem.id },
        kind: 'problem.registered',
        by: own.actor,
        ...(image === undefined ? {} : { first: image }),
        says: `${sentenceOf(own, problem)}${device.says}`,
        to: problem.state,
        data: {
          version: 1,
          number: problem.number,
          foundOn: problem.foundOn,
          leadUnitId: problem.leadUnitId,
          dueOn: problem.dueOn,
          grade: problem.grade,
          source: problem.source,
          judgement: problem.judgement,
          ...(draft.onSpot ? { onSpot: { ...draft.onSpot.draw, drawn: draft.onSpot.drawn } } : {}),
          ...(kept.has(problem.id) ? { files: kept.get(problem.id) } : {}),
          ...device.data,
          ...how,
        },
      };
    }),
  );
  return made.map(({ problem: { id, number, state, version } }) => ({ id, number, state, version }));
}

function sentenceOf(act: Act, problem: Problem): string {
  const late = problem.foundOn === problem.enteredOn ? '' : `（发现于${problem.foundOn}）`;
  const begin = `${act.actor.unitName ?? ''}${act.actor.name}登记${problem.number}「${problem.title}」${late}`;
  if (!problem.onSpot) return `${begin}，整改时限${problem.dueOn}。`;
  return problem.drawn
    ? `${begin}，已当场整改；抽中复查，由他人复查后才能销号。`
    : `${begin}，当场整改销号，未抽中复查。`;
}

/** `by`: who registered it, where one act enters what several people registered. */
interface Made {
  readonly draft: NewProblem;
  readonly problem: Problem;
  readonly by?: Act;
}

/** The rows of a new problem: itself, its first span and its turns. */
function rowsOf(act: Act, { problem, by = act }: Made, allowed: Allowances) {
  const { jurisdiction } = act.actor;
  const row = {
    jurisdiction,
    id: problem.id,
    serial: serialOf(problem.number),
    number: problem.number,
    source_type: problem.source.type,
    batch_id: problem.source.batchId,
    original_number: problem.source.originalNumber,
    record_kind: problem.source.recordKind,
    record_id: problem.source.recordId,
    finder: problem.source.finder,
    handed_down: problem.handedDown,
    found_on: problem.foundOn,
    entered_on: problem.enteredOn,
    registered_by: problem.registeredBy,
    registered_by_name: problem.registeredByName,
    finder_unit_id: problem.finderUnitId,
    ...changingColumns(problem, allowed),
    ...searchColumns(problem),
    created_at: act.now,
  };
  const turn = (turn: Turn, seq: number) => ({
    jurisdiction,
    day: act.day,
    ...turnsOf(by, problem, allowed, turn),
    seq,
  });
  return {
    row,
    turns: [turn({ turn: 'registered' }, 1), ...(problem.closedOn === null ? [] : [turn({ turn: 'closed' }, 2)])],
  };
}
type Rows = ReturnType<typeof rowsOf>;

/** What a first span shows of its problem's row; the rest of its columns are its own. */
const spanColumns = [
  ...[
    'jurisdiction',
    'kind',
    'state',
    'grade',
    'lead_unit_id',
    'sector',
    'source_type',
    'batch_id',
    'plan_id',
    'stage_id',
  ],
  ...['enterprise_id', 'area_code', 'tags', 'due_on', 'amber_on', 'extensions', 'found_on', 'entered_on', 'opened_on'],
  ...['serial', 'units', 'longitude', 'latitude'],
] as const satisfies readonly (keyof Rows['row'])[];

const spanOf = (row: Rows['row']) => ({
  ...Object.fromEntries(spanColumns.map((column) => [column, row[column]])),
  problem_id: row.id,
  from_on: row.entered_on,
  to_on: null,
  listed: false,
  longitude: inSinglePrecision(row.longitude),
  latitude: inSinglePrecision(row.latitude),
});

/** The statement that writes all rows; made at the first registration, whose rows name the columns. */
let insertRows: ReturnType<typeof prepared> | null = null;

function statementFor({ row, turns }: Rows): ReturnType<typeof prepared> {
  const columns = Object.keys(row).join(', ');
  const ofTurn = Object.keys(turns[0] ?? {}).join(', ');
  const ofSpan = spanColumns.join(', ');
  return prepared(
    'insert-problems',
    `with x as materialized (select * from json_populate_recordset(null::problem, $1::json)),
    made as (insert into problem (${columns}) select ${columns} from x),
    spans as (insert into problem_span (problem_id, from_on, listed, ${ofSpan})
      select id, entered_on, false, ${ofSpan} from x where open)
    insert into problem_turn (${ofTurn}) select ${ofTurn} from json_populate_recordset(null::problem_turn, $2::json)`,
    { later: true },
  );
}

/**
 * Rows, first spans, turns, what was fixed on the spot and what was told: one statement for a whole batch. Gives the hash of
 * the rows of those to which nothing else belongs yet, as their first fact keeps it.
 */
export async function insertProblems(
  act: Act,
  made: readonly Made[],
  allowed: Allowances,
): Promise<ReadonlyMap<string, string>> {
  const all = made.map((one) => {
    const rows = rowsOf(act, one, allowed);
    return { ...rows, texts: textsOfBorn({ ...rows, span: rows.row.open ? spanOf(rows.row) : null }, act.now) };
  });
  const [first] = all;
  if (!first) return new Map();
  insertRows ??= statementFor(first);
  await insertRows(act.db, [
    `[${all.map(({ row, texts }) => withDerived(texts.problem, row)).join(',')}]`,
    `[${all.flatMap(({ turns, texts }) => turns.map((turn, at) => withDerived(texts.turns[at] ?? '', turn))).join(',')}]`,
  ]);
  const images = new Map<string, string>();
  for (const [index, { by = act, draft, problem }] of made.entries()) {
    const texts = all[index]?.texts;
    if (draft.onSpot) await insertProgress(by, problem, { text: draft.onSpot.text, fileIds: [] });
    // what is only just made is what was written, where nothing else belongs to it and no file waited for it
    else if (texts && !draft.waited && (draft.evidence ?? []).length === 0) images.set(problem.id, imageOfBorn(texts));
  }
  return images;
}

/** What was reported about the rectification, in the problem's current cycle. */
export async function insertProgress(
  act: Act,
  problem: Pick<Problem, 'id' | 'cycle'>,
  entry: { readonly text: string; readonly fileIds: readonly string[] },
): Promise<void> {
  const { actor } = act;
  await sql`
    insert into problem_progress (jurisdiction, problem_id, id, day, at, by_id, by_name, by_person, unit_id, unit_name, text, cycle,
      file_ids)
    values (${actor.jurisdiction}, ${problem.id}, ${timedId(randomUUID(), act.now.getTime())}, ${act.day}, ${act.now}, ${actor.accountId}, ${actor.name},
      ${actor.personId}, ${actor.unitId}, ${actor.unitName}, ${entry.text}, ${problem.cycle}, ${entry.fileIds}::uuid[])`.execute(
    act.db,
  );
}
