import { sql } from 'kysely';
import type { Day } from '../../kernel/day.ts';
import type { Queryable } from '../../platform/db/connect.ts';

// The second way of counting begins here: rows and facts as they lie in the tables, read once. Nothing of this folder uses
// the histories, tallies or sums that the product keeps, nor its functions that count.

export interface Fact {
  readonly id: string;
  readonly kind: string;
  readonly day: Day;
  readonly at: Date;
  readonly to: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}
export type Lives = ReadonlyMap<string, readonly Fact[]>;

export interface ProblemRow {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly sector: string | null;
  readonly personName: string | null;
}
export interface Quota {
  readonly count: number;
  readonly per: string;
  readonly everyYears?: number | null;
}
export interface TaskRow {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly sector: string | null;
  readonly stageId: string | null;
  readonly leadUnitId: string;
  readonly personName: string | null;
  readonly startedOn: Day;
  readonly until: Day | null;
  readonly deadlines: readonly { readonly on: Day | null }[];
  readonly quotas: readonly Quota[];
}
export interface Occurred {
  readonly taskId: string;
  readonly on: Day;
  readonly quota: number;
  readonly at: Date;
}
export interface ReportRow {
  readonly id: string;
  readonly number: string;
  readonly unitId: string;
  readonly rhythmName: string;
  readonly period: string;
  readonly periodFrom: Day;
  readonly periodTo: Day;
  readonly dueOn: Day;
  readonly dueAt: Date;
}
export interface ReportTurn {
  readonly id: string;
  readonly kind: string;
  readonly at: Date;
  readonly dueAt: Date | null;
}
interface ToldStory {
  readonly title: string;
  readonly text: string;
}
export interface ReportVersion {
  readonly id: string;
  readonly at: Date;
  readonly filled: { readonly cases: readonly ToldStory[]; readonly practices: readonly ToldStory[] };
  readonly known: readonly { readonly key: string; readonly count: number }[];
}
export interface ListingRow {
  readonly id: string;
  readonly number: string;
  readonly matter: string;
  readonly problemId: string;
}
export interface PressureRow {
  readonly id: string;
  readonly number: string;
  readonly kind: string;
  readonly unitId: string;
  readonly matter: string;
}
export interface LookedBack {
  readonly unitId: string;
  readonly state: string;
  readonly on: Day;
}

export interface Rows {
  readonly units: ReadonlyMap<string, string>;
  readonly problems: readonly ProblemRow[];
  readonly tasks: readonly TaskRow[];
  readonly occurred: readonly Occurred[];
  readonly reports: readonly ReportRow[];
  readonly reportTurns: readonly ReportTurn[];
  readonly reportVersions: readonly ReportVersion[];
  readonly listings: readonly ListingRow[];
  readonly pressures: readonly PressureRow[];
  readonly lookedBack: readonly LookedBack[];
  readonly stages: ReadonlyMap<string, { readonly name: string; readonly planTitle: string }>;
  readonly facts: Readonly<Record<'problem' | 'task' | 'listing' | 'pressure', Lives>>;
}

async function livesOf(db: Queryable, kind: string): Promise<Lives> {
  const found = await sql<Fact>`
    select item_id as id, kind, day, at, to_state as "to", coalesce(data, '{}'::jsonb) as data from fact
    where item_kind = ${kind} order by item_id, seq`.execute(db);
  const lives = new Map<string, Fact[]>();
  for (const fact of found.rows) {
    const life = lives.get(fact.id) ?? [];
    life.push(fact);
    lives.set(fact.id, life);
  }
  return lives;
}

/** Everything that the recount goes by; a database of one government. */
export async function readRows(db: Queryable): Promise<Rows> {
  const units = await sql<{ id: string; name: string }>`
    select id, coalesce(short_name, name) as name from unit`.execute(db);
  const problems = await sql<ProblemRow>`
    select id, number, title, sector, person_name as "personName" from problem`.execute(db);
  const tasks = await sql<TaskRow>`
    select id, number, title, sector, stage_id as "stageId", lead_unit_id as "leadUnitId", person_name as "personName",
      started_on as "startedOn", until_on as until, deadlines, quotas from task`.execute(db);
  const occurred = await sql<Occurred>`
    select task_id as "taskId", held_on as "on", quota, at from task_occurrence order by at`.execute(db);
  const reports = await sql<ReportRow>`
    select f.id, f.number, f.unit_id as "unitId", r.name as "rhythmName", r.period, f.period_from as "periodFrom",
      f.period_to as "periodTo", f.due_on as "dueOn", f.due_at as "dueAt"
    from periodic_report f join rhythm r on r.id = f.rhythm_id`.execute(db);
  const reportTurns = await sql<ReportTurn>`
    select report_id as id, kind, at, due_at as "dueAt" from periodic_report_turn order by report_id, no`.execute(db);
  const reportVersions = await sql<ReportVersion>`
    select report_id as id, at, filled, known from periodic_report_version order by report_id, no`.execute(db);
  const listings = await sql<ListingRow>`
    select id, number, matter, problem_id as "problemId" from listing`.execute(db);
  const pressures = await sql<PressureRow>`
    select id, number, kind, unit_id as "unitId", matter from pressure`.execute(db);
  const lookedBack = await sql<LookedBack>`
    select unit_id as "unitId", state, result_on as "on" from look_back_item where result_on is not null`.execute(db);
  const stages = await sql<{ id: string; name: string; planTitle: string }>`
    select s.id, s.name, p.title as "planTitle" from stage s join plan p on p.id = s.plan_id`.execute(db);
  return {
    units: new Map(units.rows.map((row) => [row.id, row.name])),
    problems: problems.rows,
    tasks: tasks.rows,
    occurred: occurred.rows,
    reports: reports.rows,
    reportTurns: reportTurns.rows,
    reportVersions: reportVersions.rows,
    listings: listings.rows,
    pressures: pressures.rows,
    lookedBack: lookedBack.rows,
    stages: new Map(stages.rows.map((row) => [row.id, row])),
    facts: {
      problem: await livesOf(db, 'problem'),
      task: await livesOf(db, 'task'),
      listing: await livesOf(db, 'listing'),
      pressure: await livesOf(db, 'pressure'),
    },
  };
}
