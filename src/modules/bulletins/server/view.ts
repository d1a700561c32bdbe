import { sql } from 'kysely';
import type { QueryOf, ResponseOf } from '../../../kernel/contract.ts';
import { type Day, dayInWords, parseDay } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Reading } from '../../../platform/act.ts';
import { factsAfter } from '../../../platform/case.ts';
import { periodInWords } from '../../filings/rhythm.ts';
import { issuedOf, knownLetterhead } from '../../letters/server/door.ts';
import type { bulletinsApi } from '../api.ts';
import { titleOf } from '../bulletin-form.ts';
import { chartsOf } from '../charts.ts';
import { bulletinForms } from '../documents.ts';
import { type BulletinAction, bulletinLifecycle } from '../lifecycle.ts';
import { figuresOpen, hourOf, type Opened } from '../opening.ts';
import { awaits, judge } from '../situation.ts';
import { type FigureOf, figureInWords, type Query, type Snapshot } from '../snapshot.ts';
import { droppedFigures, flawsOfText, paragraphsOf } from '../text.ts';
import { type BulletinRow, bulletinById, bulletinsOf, firstWords, formsOf, snapshotOf } from './store.ts';

type View = ResponseOf<typeof bulletinsApi.viewBulletin>;
type Line = View['bulletin'];
const PAGE = 50;

const lineOf = (row: BulletinRow): Line => ({
  id: row.id,
  jurisdiction: row.jurisdiction,
  number: row.number,
  title: row.title,
  formName: row.formName,
  period: row.period === 'special' ? 'day' : row.period,
  periodFrom: row.periodFrom,
  periodTo: row.periodTo,
  state: row.state,
  issue: row.issue,
  documentNumber: row.documentNumber,
  issuedOn: row.issuedOn,
  submittedByName: row.submittedByName,
  approvedByName: row.approvedByName,
  publishedOn: row.publishedOn,
  version: row.version,
});

const dayAsked = (text: string | undefined, where: string): Day | undefined => {
  if (text === undefined) return undefined;
  const day = parseDay(text);
  if (day === null) throw notValid('日期有误，请重新选择。', [{ where: `query.${where}`, says: '不是日期' }]);
  return day;
};

/** 通报清单, the newest period first. */
export async function list(
  reading: Reading,
  query: QueryOf<typeof bulletinsApi.listBulletins>,
): Promise<ResponseOf<typeof bulletinsApi.listBulletins>> {
  const from = dayAsked(query.from, 'from');
  const to = dayAsked(query.to, 'to');
  const rows = await bulletinsOf(
    reading,
    {
      ...(query.form ? { form: query.form } : {}),
      ...(query.state ? { states: query.state } : {}),
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
    },
    PAGE + 1,
    ((query.page ?? 1) - 1) * PAGE,
  );
  return {
    rows: rows.slice(0, PAGE).map(lineOf),
    more: rows.length > PAGE,
    forms: (await formsOf(reading.db, [reading.actor.jurisdiction])).map(({ id, name, period }) => ({
      id,
      name,
      period,
    })),
  };
}

/** What comes next with a bulletin, and for whom. */
const nextAction: Readonly<Partial<Record<BulletinRow['state'], BulletinAction>>> = {
  draft: 'submit',
  submitted: 'approve',
  approved: 'issue',
  toPublish: 'approvePublish',
};

/** Bulletins whose next step lies with the reader. */
export async function toDo(reading: Reading): Promise<ResponseOf<typeof bulletinsApi.bulletinsToDo>> {
  const rows: ResponseOf<typeof bulletinsApi.bulletinsToDo>['rows'] = [];
  const waiting = await bulletinsOf(reading, { states: ['draft', 'submitted', 'approved', 'toPublish'] }, 60);
  for (const row of waiting.filter((one) => one.jurisdiction === reading.actor.jurisdiction)) {
    const action = nextAction[row.state];
    if (action && awaits(row, reading.actor, action))
      rows.push({ bulletin: lineOf(row), action, word: bulletinLifecycle.actions[action] });
  }
  return { rows };
}

const plainQuery = (query: Query | null) =>
  query === null
    ? null
    : Object.fromEntries(
        Object.entries(query).map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]),
      );

function shown(name: string, figure: FigureOf, opens: Readonly<Record<string, Opened>>): View['figures'][number] {
  const sealed = figure.kind === 'count' && figure.query !== null ? figure : null;
  const opened = sealed ?? opens[name];
  return {
    name,
    kind: figure.kind,
    words: figureInWords(figure),
    unit: figure.kind === 'count' || figure.kind === 'change' ? figure.unit : '',
    of: opened?.of ?? null,
    query: plainQuery(opened?.query ?? null),
  };
}

const copied = <T extends object>(rows: readonly T[]): T[] => rows.map((row) => ({ ...row }));

/** The tables of a snapshot as the contract names them. */
const tablesOf = (snapshot: Snapshot): View['tables'] => ({
  comparisons: copied(snapshot.comparisons),
  units: copied(snapshot.units),
  sectors: copied(snapshot.sectors),
  stages: copied(snapshot.stages),
  taskSectors: copied(snapshot.taskSectors),
  overdue: copied(snapshot.overdue),
  listed: copied(snapshot.listed),
  measures: copied(snapshot.measures),
  discipline: copied(snapshot.discipline),
  missed: copied(snapshot.missed),
  best: copied(snapshot.ranking.best),
  worst: copied(snapshot.ranking.worst),
  ranked: snapshot.ranking.ranked,
  leftOut: snapshot.ranking.leftOut,
  rule: snapshot.rule,
  stories: copied(snapshot.stories),
});

const chartsIn = (snapshot: Snapshot): View['charts'] =>
  chartsOf(snapshot, (key) => snapshot.form.sections.includes(key)).map(({ part, title, chart }) => ({
    part,
    title,
    form: chart.form,
    names: [...chart.names],
    series: chart.series.map(({ name, values }) => ({ name, values: [...values] })),
  }));

/** One bulletin: its words beside the snapshot, its documents, what may be done with it. */
export async function view(reading: Reading, id: string): Promise<View> {
  const { db, actor } = reading;
  const row = await bulletinById(reading, id);
  const kept = await snapshotOf(db, row.jurisdiction, row.snapshotId);
  const { snapshot } = kept;
  const flaws = flawsOfText(row.sections, snapshot);
  const own = row.jurisdiction === actor.jurisdiction;
  const files = await sql<{ id: string; name: string; size: number }>`
    select id, name, size::float8 as size from file where jurisdiction = ${row.jurisdiction} and item_kind = 'bulletin'
      and item_id = ${row.id} order by uploaded_at, name`.execute(db);
  const documents = await issuedOf(
    db,
    row.jurisdiction,
    { kind: 'bulletin', id: row.id },
    Object.values(bulletinForms),
  );
  const facts = await factsAfter(db, row.jurisdiction, { kind: 'bulletin', id: row.id }, 0);
  const head = await knownLetterhead(db, row.jurisdiction);
  const counted = { from: snapshot.from, to: snapshot.to, hour: hourOf(snapshot.to, new Date(snapshot.madeAt)) };
  const opens = figuresOpen(counted);
  return {
    bulletin: lineOf(row),
    issuer: head?.issuer ?? '',
    addressee: row.addressee,
    copies: row.copies,
    periodWords: periodInWords(row.period, row.periodFrom, row.periodTo),
    day: dayInWords(snapshot.to),
    counted,
    before: { ...snapshot.before },
    within: reading.scope.jurisdictions.length > 1 ? row.jurisdiction : null,
    lower: snapshot.lower ?? false,
    snapshot: {
      sha256: kept.sha256,
      sealed: kept.sealed,
      madeAt: kept.madeAt.toISOString(),
      madeByName: kept.madeByName,
    },
    sections: row.sections.map((section) => ({
      ...section,
      word: titleOf(section.key, snapshot.form.called),
      paragraphs: flaws.some((flaw) => flaw.where === `body.sections.${section.key}`)
        ? section.text.split('\n')
        : paragraphsOf(section.text, snapshot),
    })),
    flaws,
    dropped: droppedFigures(await firstWords(db, row.jurisdiction, row.id), row.sections),
    figures: Object.entries(snapshot.figures).map(([name, figure]) => shown(name, figure, opens)),
    tables: tablesOf(snapshot),
    charts: chartsIn(snapshot),
    chosen: copied(row.chosen),
    opinion: row.opinion,
    submittedOn: row.submittedOn,
    approvedOn: row.approvedOn,
    publishAsked: row.publishAsked
      ? {
          name: row.publishAsked.name,
          on: row.publishAsked.on,
          channel: row.publishAsked.channel,
          reason: row.publishAsked.reason,
        }
      : null,
    publishedByName: row.publishedByName,
    documents,
    files: files.rows.filter((file) => !documents.some((one) => one.fileId === file.id)),
    facts: facts.map((fact, at) => ({
      seq: at + 1,
      at: fact.at.toISOString(),
      day: fact.at.toISOString().slice(0, 10),
      kind: fact.kind,
      says: fact.says,
      actorName: fact.actorName,
      unitName: fact.unitName,
    })),
    offers: (Object.keys(bulletinLifecycle.actions) as BulletinAction[]).map((action) => {
      const verdict = judge(row, snapshot, kept.sealed, actor, action, null);
      const says = !own ? '这是下级政府的通报，只能查看。' : verdict.may ? '' : verdict.refusal.says;
      return { action, label: bulletinLifecycle.actions[action], may: own && verdict.may, says };
    }),
  };
}
