import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import { notFound } from '../../../kernel/refusal.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { AppealState } from '../appeal-lifecycle.ts';
import type { Doer } from '../situation.ts';
import type { VetoState } from '../veto-lifecycle.ts';

export interface AppealRow {
  readonly id: string;
  readonly number: string;
  readonly schemeId: string;
  readonly sheetId: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly code: string;
  readonly lineName: string;
  readonly state: AppealState;
  readonly text: string;
  readonly asked: number | null;
  readonly before: number;
  readonly after: number | null;
  readonly filedBy: Doer;
  readonly filedByName: string;
  readonly filedOn: Day;
  readonly opinion: string | null;
  readonly decidedByName: string | null;
  readonly decidedOn: Day | null;
  readonly version: number;
}

export interface VetoRow {
  readonly id: string;
  readonly number: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly code: string;
  readonly kindName: string;
  readonly happenedOn: Day;
  readonly grounds: string;
  readonly state: VetoState;
  readonly enteredBy: Doer;
  readonly enteredByName: string;
  readonly enteredOn: Day;
  readonly opinion: string | null;
  readonly decidedByName: string | null;
  readonly decidedOn: Day | null;
  readonly version: number;
}

/** Appeals of one government that meet the condition (alias t), the newest first. */
export async function appealsWhere(
  db: Queryable,
  jurisdiction: string,
  where: RawBuilder<unknown>,
): Promise<AppealRow[]> {
  const found = await sql<AppealRow>`select t.id, t.number, t.scheme_id as "schemeId", t.sheet_id as "sheetId",
      t.unit_id as "unitId", t.unit_name as "unitName", t.code, t.line_name as "lineName", t.state, t.text,
      t.asked::float8 as asked, t.score_before::float8 as before, t.score_after::float8 as after,
      jsonb_build_object('accountId', t.filed_by, 'personId', t.filed_by_person) as "filedBy",
      t.filed_by_name as "filedByName", t.filed_on as "filedOn", t.opinion, t.decided_by_name as "decidedByName",
      t.decided_on as "decidedOn", t.version
    from assessment_appeal t where t.jurisdiction = ${jurisdiction} and ${where}
    order by t.state = 'filed' desc, t.created_at desc limit 1000`.execute(db);
  return found.rows;
}

/** Veto events of one government that meet the condition (alias t), the newest first. */
export async function vetoesWhere(db: Queryable, jurisdiction: string, where: RawBuilder<unknown>): Promise<VetoRow[]> {
  const found = await sql<VetoRow>`select t.id, t.number, t.unit_id as "unitId", t.unit_name as "unitName", t.code,
      t.kind_name as "kindName", t.happened_on as "happenedOn", t.grounds, t.state,
      jsonb_build_object('accountId', t.entered_by, 'personId', t.entered_by_person) as "enteredBy",
      t.entered_by_name as "enteredByName", t.entered_on as "enteredOn", t.opinion, t.decided_by_name as "decidedByName",
      t.decided_on as "decidedOn", t.version
    from veto_event t where t.jurisdiction = ${jurisdiction} and ${where}
    order by t.state = 'entered' desc, t.happened_on desc, t.number desc limit 1000`.execute(db);
  return found.rows;
}

export async function lockAppeal(db: Queryable, jurisdiction: string, id: string): Promise<AppealRow> {
  await sql`select 1 from assessment_appeal where jurisdiction = ${jurisdiction} and id = ${id} for update`.execute(db);
  const [row] = await appealsWhere(db, jurisdiction, sql`t.id = ${id}`);
  if (!row) throw notFound('没有找到这件申诉，可能编号有误，或者它不在您能查看的范围内。');
  return row;
}

export async function lockVeto(db: Queryable, jurisdiction: string, id: string): Promise<VetoRow> {
  await sql`select 1 from veto_event where jurisdiction = ${jurisdiction} and id = ${id} for update`.execute(db);
  const [row] = await vetoesWhere(db, jurisdiction, sql`t.id = ${id}`);
  if (!row) throw notFound('没有找到这条否决情形，可能编号有误，或者它不在您能查看的范围内。');
  return row;
}

/**
 * Confirmed events within the days, as of a day: one that was lifted later held until then. Those confirmed or lifted on
 * a day count from that day on.
 */
export const confirmedAsOf = (
  db: Queryable,
  jurisdiction: string,
  from: string,
  to: string,
  day: string,
): Promise<VetoRow[]> =>
  vetoesWhere(
    db,
    jurisdiction,
    sql`t.happened_on between ${from}::date and ${to}::date and t.state in ('confirmed', 'lifted')
      and t.decided_on <= ${day}::date and (t.lifted_on is null or t.lifted_on > ${day}::date)`,
  );
