import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../../kernel/day.ts';

type Sql = RawBuilder<unknown>;

const columns = sql`s.problem_id, s.kind, s.state, s.grade, s.lead_unit_id, s.sector, s.source_type, s.batch_id, s.plan_id,
  s.area_code, s.tags, s.due_on, s.amber_on, s.found_on, s.opened_on, s.listed, s.serial, s.longitude, s.latitude`;

const narrowed = (where: readonly Sql[]): Sql =>
  where.length === 0 ? sql`` : sql`and ${sql.join([...where], sql` and `)}`;

/** Spans over the evening of a day: what still runs, and what has ended since. Narrowed by `where` over the alias s. */
export const spansOpen = (jurisdiction: string, on: Day, where: readonly Sql[] = []): Sql => sql`
  select ${columns} from problem_span s
    where s.jurisdiction = ${jurisdiction} and s.to_on is null and s.from_on <= ${on}::date ${narrowed(where)}
  union all select ${columns} from problem_span s
    where s.to_on is not null and s.days @> span_day(${jurisdiction}, ${on}::date) ${narrowed(where)}`;

/** Spans that ran in the evening of the day `after` and no more in that of the day `on`; w = −1. */
export const spansEnded = (jurisdiction: string, after: Day, on: Day, where: readonly Sql[]): Sql => sql`
  select -1 as w, ${columns} from problem_span s
    where s.jurisdiction = ${jurisdiction} and s.to_on > ${after}::date and s.to_on <= ${on}::date and s.from_on <= ${after}::date
      ${narrowed(where)}`;

/** Spans that began since and ran in the evening of the day `on`, whether they run still or have ended since; w = 1. */
export const spansBegun = (jurisdiction: string, after: Day, on: Day, where: readonly Sql[]): Sql => sql`
  select 1 as w, ${columns} from problem_span s
    where s.jurisdiction = ${jurisdiction} and s.to_on is null and s.from_on > ${after}::date and s.from_on <= ${on}::date
      ${narrowed(where)}
  union all select 1, ${columns} from problem_span s
    where s.jurisdiction = ${jurisdiction} and s.to_on > ${on}::date and s.from_on > ${after}::date and s.from_on <= ${on}::date
      ${narrowed(where)}`;
