import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { pageAsOf } from '../../../platform/ledger/as-of.ts';
import { facetShare, sharesOf, textShare } from '../../../platform/ledger/shares.ts';
import { holding } from '../../../platform/ledger/sought.ts';
import { allOf, hasWord, touches } from '../../../platform/ledger/statements.ts';
import type { Found, LedgerTable, PageAsked, Sought } from '../../../platform/ledger/table.ts';
import { keptPage } from './figures/kept-list.ts';
import type { LineRow } from './lines.ts';
import { AXIS, asOfDay, facetsOf, type Question } from './store-filters.ts';

type Sql = RawBuilder<unknown>;

/** A list's order and text over the ledger of problems. */
export interface Listed {
  readonly table: LedgerTable;
  readonly sought: Sought | null;
  readonly axis: number;
  readonly down: boolean;
}

/** What so few problems have (a text, a grid) is looked up in the whole ledger first, and then how each of them stood. */
const RARE = 3_000;
/** Signs of the facets that only the problem itself knows: the history keeps the enterprise and the batch as they were then. */
const LASTING_SIGNS = 'wd';

const SPAN_WORDS = `problem_span_words(s.jurisdiction, s.from_on, s.to_on, s.lead_unit_id, s.units, s.sector, s.tags, s.area_code,
  s.plan_id, s.stage_id, s.source_type, s.kind, s.grade, s.state)`;

/** Signs of the facets that `problem_span_words` has. */
const SPAN_SIGNS = 'lusapgrkmxt';

/** A line of the list from the problem `t` and what it was like then, `p`. */
const columns = sql`t.id, t.jurisdiction, t.number, p.kind, t.title, p.state, p.grade, p.source_type as "sourceType",
  t.original_number as "originalNumber", t.found_on as "foundOn", t.entered_on as "enteredOn", t.enterprise_id as "enterpriseId",
  t.subject, t.address, p.area_code as "areaCode", p.sector, p.tags, p.lead_unit_id as "leadUnitId",
  t.supervising_unit_id as "supervisingUnitId", t.person_name as "personName", t.first_due_on as "firstDueOn",
  p.due_on as "dueOn", p.amber_on as "amberOn", p.extensions, t.closed_on as "closedOn", t.sent_back as "sentBack", t.cycle,
  t.on_spot as "onSpot", p.listed, t.photo_id as "photoId", t.version`;

/** One page of the problems that were open in the evening of a past day, as they stood then. */
export async function listAsOf(
  db: Queryable,
  scope: Scope,
  question: Question,
  on: Day,
  { table, sought, axis, down }: Listed,
  asked: PageAsked,
): Promise<Found<LineRow>> {
  const kept = sought === null ? await fromBlocks(db, scope, question, on, axis, down, asked) : null;
  if (kept !== null) return kept;
  const { span, problem } = asOfDay(question, on);
  const shares = await sharesOf(db, table);
  const rare = sought !== null && shares.rows * textShare(shares, sought) < RARE;
  const { many, few } = facetsOf(question);
  const first = [
    ...few
      .filter(([sign = '']) => LASTING_SIGNS.includes(sign[0] ?? ' '))
      .filter((anyOf) => shares.rows * facetShare(shares, scope.jurisdictions, anyOf, 1) < RARE)
      .map((anyOf) => hasWord(table, scope.jurisdictions, anyOf, [0])),
    ...(rare && sought ? [holding(sought)] : []),
  ];
  const key = { [AXIS.number]: 's.serial', [AXIS.due]: 's.due_on', [AXIS.found]: 's.found_on' }[axis] ?? 'null::date';
  const of = sql`s.jurisdiction, s.problem_id as id, ${sql.raw(key)} as k1, s.serial as k2, s.kind, s.state, s.grade, s.source_type,
    s.area_code, s.sector, s.tags, s.lead_unit_id, s.due_on, s.amber_on, s.extensions, s.listed`;
  // An open span has the facet of its state; a list of all that was open needs none.
  const facets = many
    .filter(([sign = '']) => sign !== 'o' && SPAN_SIGNS.includes(sign[0] ?? ' '))
    .map((anyOf) => touches(SPAN_WORDS, scope.jurisdictions, anyOf, on));
  const running = (code: Sql): Sql => sql`select ${of} from problem_span s
    where s.jurisdiction = ${code} and s.to_on is null and s.from_on <= ${on}::date and ${allOf(span)}`;
  const ended = (code: Sql): Sql =>
    facets.length === 0
      ? sql`select ${of} from problem_span s
          where s.to_on is not null and s.days @> span_day(${code}, ${on}::date) and ${allOf(span)}`
      : sql`select ${of} from (select s.* from problem_span s where s.to_on is not null and ${allOf(facets)} offset 0) s
          where s.jurisdiction = ${code} and s.from_on <= ${on}::date and s.to_on > ${on}::date and ${allOf(span)}`;
  const ofSome = (code: Sql): Sql => sql`select ${of}
    from (select t.jurisdiction, t.id from problem t where t.jurisdiction || '' = ${code} and ${allOf(first)} offset 0) f
    join problem_span s on s.jurisdiction = f.jurisdiction and s.problem_id = f.id
    where s.from_on <= ${on}::date and coalesce(s.to_on > ${on}::date, true) and ${allOf(span)}`;
  return pageAsOf<LineRow>(
    db,
    table,
    {
      jurisdictions: scope.jurisdictions,
      spans: (code) => (first.length > 0 ? ofSome(code) : sql`${running(code)} union all ${ended(code)}`),
      lasting: [...problem, ...(sought && !rare ? [holding(sought)] : [])],
      down,
    },
    asked,
    columns,
  );
}

/** The page out of what figures keep of past evenings, where that knows all that is asked. */
async function fromBlocks(
  db: Queryable,
  scope: Scope,
  question: Question,
  on: Day,
  axis: number,
  down: boolean,
  asked: PageAsked,
): Promise<Found<LineRow> | null> {
  const [jurisdiction] = scope.jurisdictions;
  if (jurisdiction === undefined || scope.jurisdictions.length > 1) return null;
  // no open problem has a day of closing
  const sort = axis === AXIS.due ? 'due' : axis === AXIS.found ? 'found' : 'number';
  const found = await keptPage(db, jurisdiction, question, on, sort, down, asked);
  if (found === null) return null;
  const { rows } = await sql<LineRow & { serial: number }>`
    select t.serial, ${columns} from problem t join problem_span p on p.jurisdiction = t.jurisdiction and p.problem_id = t.id
      and p.from_on <= ${on}::date and coalesce(p.to_on > ${on}::date, true)
    where t.jurisdiction = ${jurisdiction} and t.serial = any(${[...found.serials]}::bigint[])`.execute(db);
  const lines = new Map(rows.map(({ serial, ...line }) => [serial, line as LineRow]));
  return { rows: found.serials.flatMap((serial) => lines.get(serial) ?? []), total: found.total, totalIsCapped: false };
}
