import { sql } from 'kysely';
import { asJurisdiction } from '../../../kernel/ids.ts';
import { holds } from '../../../kernel/permission.ts';
import { Refusal } from '../../../kernel/refusal.ts';
import type { Difference, ItemKind, Reading } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { assessmentPermissions } from '../permissions.ts';
import { round } from '../scoring.ts';
import { sheetOf } from '../sheet.ts';
import { awards } from './awards.ts';
import { hashOfContent } from './compute.ts';
import { seesAll } from './lines.ts';
import { hashOfResult, reviewSeen, reviews } from './reviews.ts';
import {
  allSchemes,
  givenOf,
  rowRecord,
  schemeRecord,
  sheetRecord,
  sheetsOf,
  snapshotsOf,
  versionsOf,
} from './store.ts';
import { schemeSeen } from './view.ts';

const reads = (reading: Reading): boolean => holds(assessmentPermissions, reading.actor, 'assessment.read');

async function schemeSight(reading: Reading, id: string): Promise<boolean> {
  if (!reads(reading)) return false;
  try {
    await schemeSeen(reading, id);
    return true;
  } catch (refused) {
    if (refused instanceof Refusal) return false;
    throw refused;
  }
}

/** A sheet's files: the assessed unit, the office, and the units that score a line of the scheme. */
async function sheetSight(reading: Reading, id: string): Promise<boolean> {
  if (!reads(reading)) return false;
  const { actor, db } = reading;
  const found = await sql<{ unit: string; state: string }>`select s.unit_id as unit, t.state from score_sheet s
    join assessment_scheme t on t.jurisdiction = s.jurisdiction and t.id = s.scheme_id
    where s.jurisdiction = ${actor.jurisdiction} and s.id::text = ${id}`.execute(db);
  const row = found.rows[0];
  if (!row) return false;
  return seesAll(actor) || (actor.units as readonly string[]).includes(row.unit) || row.state === 'scoring';
}

async function partSight(reading: Reading, table: 'assessment_appeal' | 'veto_event', id: string): Promise<boolean> {
  if (!reads(reading)) return false;
  const { actor, db } = reading;
  const by = sql.ref(table === 'veto_event' ? 'entered_by' : 'filed_by');
  const found = await sql<{ unit: string; by: string }>`select unit_id as unit, ${by} as by from ${sql.table(table)}
    where jurisdiction = ${actor.jurisdiction} and id::text = ${id}`.execute(db);
  const row = found.rows[0];
  if (!row) return false;
  return seesAll(actor) || row.by === actor.accountId || (actor.units as readonly string[]).includes(row.unit);
}

/** Snapshots still have their hash, and the written results follow from snapshot and points once more. */
async function recount(db: Queryable, differs: (where: Difference) => void): Promise<void> {
  const places = await sql<{ code: string }>`select distinct jurisdiction as code from assessment_scheme`.execute(db);
  for (const { code } of places.rows)
    for (const scheme of await allSchemes(db, { jurisdictions: [asJurisdiction(code)] })) {
      const where = `${scheme.number} ${scheme.title}`;
      const snapshots = await snapshotsOf(db, scheme, true);
      for (const snapshot of snapshots)
        if (hashOfContent(snapshot.content) !== snapshot.hash)
          differs({ jurisdiction: code, where, says: `第${snapshot.serial}次取数的内容与封存时的指纹不符。` });
      const snapshot = snapshots.find((one) => one.id === scheme.snapshotId);
      if (!snapshot || scheme.gradedOn === null) continue;
      const body = (await versionsOf(db, scheme)).find((one) => one.id === snapshot.versionId)?.body;
      const given = await givenOf(db, scheme);
      for (const row of await sheetsOf(db, scheme)) {
        const unit = snapshot.content.units.find((one) => one.unitId === row.unitId);
        if (!body || !unit) continue;
        const own = given.filter((one) => one.sheetId === row.id);
        const last = (kind: string) => new Map(own.filter((one) => one.kind === kind).map((one) => [one.code, one]));
        const { total } = sheetOf(
          body,
          body.indicators.filter((one) => unit.codes.includes(one.code)),
          new Map(Object.entries(unit.measured)),
          last('hand'),
          last('appeal'),
        );
        if (row.finalScore === null || round(row.finalScore) !== total.score)
          differs({
            jurisdiction: code,
            where,
            says: `${row.unitName}的得分记为${row.finalScore ?? '空'}，按封存的数据重算是${total.score}。`,
          });
      }
    }
}

/** Files of an award: the office and leaders; a unit where it takes part. */
async function awardSight(reading: Reading, id: string): Promise<boolean> {
  if (!reads(reading)) return false;
  const { actor, db } = reading;
  try {
    const one = await awards.byId(db, actor.jurisdiction, id);
    // Whoever may nominate attaches files before his unit takes part.
    const open = one.state === 'nominating' && holds(assessmentPermissions, actor, 'assessment.work');
    return seesAll(actor) || open || one.units.some((unit) => (actor.units as readonly string[]).includes(unit));
  } catch (refused) {
    if (refused instanceof Refusal) return false;
    throw refused;
  }
}

async function reviewSight(reading: Reading, id: string): Promise<boolean> {
  if (!holds(assessmentPermissions, reading.actor, 'leaderReview.read')) return false;
  try {
    await reviewSeen(reading, id);
    return true;
  } catch (refused) {
    if (refused instanceof Refusal) return false;
    throw refused;
  }
}

/** What was taken for a leader still has its hash. */
async function recountReviews(db: Queryable, differs: (where: Difference) => void): Promise<void> {
  const places = await sql<{ code: string }>`select distinct jurisdiction as code from leader_review`.execute(db);
  for (const { code } of places.rows)
    for (const { number, body } of await reviews.where(db, code, sql`t.body -> 'taken' <> 'null'::jsonb`))
      if (body.taken !== null && hashOfResult(body.taken.result) !== body.taken.hash)
        differs({ jurisdiction: code, where: `${number} ${body.name}`, says: '评定结果的内容与封存时的指纹不符。' });
}

/** The kinds of items that this room keeps, for the platform. */
export const assessmentItems: Readonly<Record<string, ItemKind>> = {
  scheme: {
    record: schemeRecord,
    table: 'assessment_scheme',
    called: { word: '考核方案', column: 'number' },
    series: '考',
    recount,
    sight: schemeSight,
  },
  scoreSheet: {
    record: sheetRecord,
    table: 'score_sheet',
    called: { word: '考核表', column: 'unit_name' },
    sight: sheetSight,
  },
  appeal: {
    record: rowRecord('assessment_appeal'),
    table: 'assessment_appeal',
    called: { word: '考核申诉', column: 'number' },
    series: '诉',
    sight: (reading, id) => partSight(reading, 'assessment_appeal', id),
  },
  vetoEvent: {
    record: rowRecord('veto_event'),
    table: 'veto_event',
    called: { word: '否决情形', column: 'number' },
    series: '否',
    sight: (reading, id) => partSight(reading, 'veto_event', id),
  },
  award: {
    record: rowRecord('award'),
    table: 'award',
    called: { word: '评选', column: 'number' },
    series: '选',
    sight: awardSight,
  },
  leaderReview: {
    record: rowRecord('leader_review'),
    table: 'leader_review',
    called: { word: '个人考核', column: 'number' },
    series: '个',
    recount: recountReviews,
    sight: reviewSight,
  },
};
