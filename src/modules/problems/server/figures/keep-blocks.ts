import { type RawBuilder, sql } from 'kysely';
import { addDays, addMonths, type Day, earlier } from '../../../../kernel/day.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { came, cellValue, digits, EVENINGS, left, stateCode, traitsOf, turnCode } from './layout.ts';

type Sql = RawBuilder<unknown>;

/** Days not kept yet: after `after` (null: all before, too) up to `to`. */
export interface Stretch {
  readonly after: Day | null;
  readonly to: Day;
}

const since = (column: string, { after, to }: Stretch): Sql =>
  sql`${sql.ref(column)} <= ${to}::date ${after === null ? sql`` : sql`and ${sql.ref(column)} > ${after}::date`}`;

/** First evening of the block of stock that a day lies in. */
export const stockBlockOf = (day: Day): Day => {
  const number = Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
  return addDays('1970-01-01' as Day, Math.floor(number / EVENINGS) * EVENINGS);
};
export const monthOfBlock = (day: Day): Day => `${day.slice(0, 7)}-01` as Day;

/** Gives numbers to units, sectors and so on that occur for the first time in these days. */
export async function keepCodes(db: Queryable, jurisdiction: string, stretch: Stretch): Promise<void> {
  const values = (
    cell: Sql,
  ): Sql => sql`unnest(array['unit', 'sector', 'source', 'area', 'plan', 'batch', 'tags', 'cell'],
    array[x.lead_unit_id::text, x.sector, x.source_type, x.area_code, x.plan_id::text, x.batch_id::text,
      case when x.tags <> '{}' then array_to_json(x.tags)::text end, ${cell}]) v (what, value)`;
  await sql`
    with seen as (
      select v.what, v.value from (select s.lead_unit_id, s.sector, s.source_type, s.area_code, s.plan_id, s.batch_id, s.tags,
          ${cellValue} as cell from problem_span s where s.jurisdiction = ${jurisdiction} and ${since('s.from_on', stretch)}
        group by grouping sets ((lead_unit_id), (sector), (source_type), (area_code), (plan_id), (batch_id), (tags), (cell))) x
      cross join lateral ${values(sql`x.cell`)}
      union select v.what, v.value from (select e.lead_unit_id, e.sector, e.source_type, e.area_code, e.plan_id, e.batch_id, e.tags
        from problem_turn e where e.jurisdiction = ${jurisdiction} and ${since('e.day', stretch)}
        group by grouping sets ((lead_unit_id), (sector), (source_type), (area_code), (plan_id), (batch_id), (tags))) x
      cross join lateral ${values(sql`null`)})
    insert into problem_code (jurisdiction, what, value, code, mark)
    select ${jurisdiction}, n.what, n.value, n.code,
      case when n.what in ('batch', 'tags', 'cell') then ${digits(sql`n.code`, 3)} else ${digits(sql`n.code`, 2)} end
    from (select n.what, n.value, (coalesce(k.last, 0) + row_number() over (partition by n.what order by n.value))::int as code from seen n
    left join (select what, max(code) as last from problem_code where jurisdiction = ${jurisdiction} group by what) k using (what)
    where n.value is not null and not exists (select 1 from problem_code c
      where c.jurisdiction = ${jurisdiction} and c.what = n.what and c.value = n.value)) n`.execute(db);
  await sql`analyze problem_code`.execute(db);
}

/** Joins that find the codes of a row, and what is written of it into body and more. */
const codesOf = (jurisdiction: string, row: 's' | 'e', cell: boolean) => {
  const join = (alias: string, what: string, value: Sql): Sql =>
    sql`left join problem_code ${sql.raw(alias)} on ${sql.raw(alias)}.jurisdiction = ${jurisdiction}
      and ${sql.raw(alias)}.what = ${what} and ${sql.raw(alias)}.value = ${value}`;
  const of = (column: string): Sql => sql.raw(`${row}.${column}`);
  const code = (alias: string, count: 2 | 3): Sql => sql.raw(`coalesce(${alias}.mark, '${'0'.repeat(count)}')`);
  return {
    joins: sql`${join('cu', 'unit', sql`${of('lead_unit_id')}::text`)} ${join('cs', 'sector', of('sector'))}
      ${join('cr', 'source', of('source_type'))} ${join('ca', 'area', of('area_code'))}
      ${join('cp', 'plan', sql`${of('plan_id')}::text`)} ${join('cb', 'batch', sql`${of('batch_id')}::text`)}
      ${join('ct', 'tags', sql`case when ${of('tags')} <> '{}' then array_to_json(${of('tags')})::text end`)}
      ${cell ? join('cc', 'cell', cellValue) : sql``}`,
    unit: { code: sql.raw('coalesce(cu.code, 0)'), mark: code('cu', 2) },
    sector: { code: sql.raw('coalesce(cs.code, 0)'), mark: code('cs', 2) },
    marks: sql`${code('cr', 2)} || ${code('ca', 2)}`,
    more: sql`${code('cp', 2)} || ${code('cb', 3)} || ${code('ct', 3)} ${cell ? sql`|| ${code('cc', 3)}` : sql``}`,
  };
};

/** Blocks that are read from the ledger at once. */
const AT_ONCE = 24;

/**
 * Blocks of stock from the one that begins on `begin`, at most `AT_ONCE`, with what is known up to the day `to`: columns
 * what, first_day, share, body, more, serials.
 */
function stockBlocks(jurisdiction: string, begin: Day, to: Day): Sql {
  const { joins, unit, sector, marks, more } = codesOf(jurisdiction, 's', true);
  const last = earlier(to, addDays(begin, EVENINGS * AT_ONCE - 1));
  const evenings = sql.raw(String(EVENINGS));
  const number = (day: Sql): Sql => sql`((${day} - date '1970-01-01') / ${evenings})`;
  const days = ['due_on', 'amber_on', 'found_on', 'opened_on'];
  // days before 1970 and after 2149 count as the first and the last that can be written
  const day = (column: string): string =>
    `coalesce(${column}_mark.mark, case when s.${column} < date '1970-01-01' then '000' else 'ooo' end)`;
  const span = (which: Sql): Sql => sql`
    select s.from_on, s.to_on, s.due_on, s.serial, ${unit.code} as share,
      ${sector.mark} || ${marks} || chr(48 + ${traitsOf('s', true)}) || chr(48 + ${stateCode}) || ${sql.raw(days.map(day).join(' || '))} as body,
      ${more} as more
    from problem_span s ${joins}
      ${sql.raw(days.map((column) => `left join problem_day_mark ${column}_mark on ${column}_mark.day = s.${column}`).join(' '))}
    where s.jurisdiction = ${jurisdiction} and s.from_on <= ${last}::date and ${which}`;
  return sql`
    select 'stock' as what, r.first_day, r.share,
      string_agg(chr(48 + greatest(r.from_on - r.first_day, 0)) ||
        chr(48 + case when r.to_on <= ${to}::date then least(r.to_on - r.first_day, ${evenings}) else ${evenings} end) || r.body, '') as body,
      string_agg(r.more, '') as more, string_agg(int8send(r.serial), ''::bytea) as serials
    from (
      select p.*, date '1970-01-01' + k.number * ${evenings} as first_day
      from (${span(sql`s.to_on is null`)} union all ${span(sql`s.to_on > ${begin}::date`)}) p
      cross join lateral generate_series(greatest(${number(sql`p.from_on`)}, ${number(sql`${begin}::date`)}),
        least(${number(sql`coalesce(p.to_on - 1, ${last}::date)`)}, ${number(sql`${last}::date`)})) k (number)
      order by first_day, p.share, p.due_on, p.serial, p.from_on) r
    group by r.first_day, r.share`;
}

/**
 * Blocks of flow of the twelve months from `begin`, up to the day `to`, in shares of units and again in shares of sectors: turns with equal marks counted together, and by how
 * much problems that changed their marks while they were open, or whose turns are not known, moved the open ones.
 */
function flowBlocks(jurisdiction: string, begin: Day, to: Day): Sql {
  const { joins, unit, sector, marks, more } = codesOf(jurisdiction, 'e', false);
  const last = earlier(to, addDays(addMonths(begin, 12), -1));
  const shown = (row: 's' | 'e', day: string, code: Sql, n: Sql): Sql => sql`
    select ${sql.ref(day)} as day, ${sql.raw(
      ['lead_unit_id', 'sector', 'source_type', 'area_code', 'plan_id', 'batch_id', 'tags']
        .map((column) => `${row}.${column}`)
        .join(', '),
    )}, ${traitsOf(row, false)} as traits, ${code} as code, ${n} as n`;
  const net = sql.raw(String(came));
  const within = (row: 's' | 'e', day: string): Sql =>
    sql`${sql.ref(`${row}.jurisdiction`)} = ${jurisdiction} and ${sql.ref(day)} between ${begin}::date and ${last}::date`;
  return sql`
    with g as materialized (
      select e.day, ${unit.code} as unit, ${unit.mark} as unit_mark, ${sector.code} as sector, ${sector.mark} as sector_mark,
        ${marks} || chr(48 + e.traits) as marks, ${more} as more, e.code, sum(e.n)::int as n
      from (
        ${shown('e', 'e.day', turnCode, sql`1`)} from problem_turn e where ${within('e', 'e.day')}
        union all ${shown('e', 'e.day', net, sql`case when e.turn in ('registered', 'reopened') then -1 else 1 end`)}
          from problem_turn e where ${within('e', 'e.day')} and e.turn <> 'rechecked'
        union all ${shown('s', 's.from_on', net, sql`1`)} from problem_span s where ${within('s', 's.from_on')}
        union all ${shown('s', 's.to_on', net, sql`-1`)} from problem_span s where s.to_on is not null and ${within('s', 's.to_on')}) e
      ${joins} group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(e.n) <> 0)
    select r.what, r.first_day, r.share, string_agg(r.body, '') as body, string_agg(r.more, '') as more, null::bytea as serials
    from (
      select f.what, date_trunc('month', g.day)::date as first_day, f.share, g.more, chr(47 + extract(day from g.day)::int)
        || f.marks || chr(48 + case when g.n < 0 then ${sql.raw(String(left))} else g.code end) || ${digits(sql`abs(g.n)`, 3)} as body
      from g cross join lateral (values ('flow', g.unit, g.sector_mark || g.marks),
        ('flowBySector', g.sector, g.unit_mark || g.marks)) f (what, share, marks)
      order by 1, 2, 3, g.day, (f.marks || g.more) collate "C", g.code) r
    group by 1, 2, 3`;
}

/** Every block from the one that the day `first` lies in, a stretch of them at a time, as a statement. */
export function* blocksFrom(
  jurisdiction: string,
  what: 'stock' | 'flow',
  first: Day,
  to: Day,
): Generator<{ readonly blocks: Sql; readonly from: Day; readonly before: Day }> {
  const next = (begin: Day): Day => (what === 'stock' ? addDays(begin, EVENINGS * AT_ONCE) : addMonths(begin, 12));
  for (let from = what === 'stock' ? stockBlockOf(first) : monthOfBlock(first); from <= to; from = next(from))
    yield {
      blocks: what === 'stock' ? stockBlocks(jurisdiction, from, to) : flowBlocks(jurisdiction, from, to),
      from,
      before: next(from),
    };
}

/** The shares in which a block lies. */
export const sharesOf = { stock: ['stock'], flow: ['flow', 'flowBySector'] } as const;

/** The last day in the block (alias p), of those up to `to`. */
export const lastDay = (what: 'stock' | 'flow', to: Day): Sql =>
  what === 'stock'
    ? sql`least(p.first_day + ${sql.raw(String(EVENINGS))} - 1, ${to}::date)`
    : sql`least((p.first_day + interval '1 month')::date - 1, ${to}::date)`;

/** Writes the blocks from the ones that the first new day lies in. */
export async function keepBlocks(db: Queryable, jurisdiction: string, first: Day, to: Day): Promise<void> {
  for (const what of ['flow', 'stock'] as const)
    for (const { blocks, from, before } of blocksFrom(jurisdiction, what, first, to)) {
      await sql`
        delete from problem_block_part where jurisdiction = ${jurisdiction} and what = any(${sharesOf[what]}::text[])
          and first_day >= ${from}::date and first_day < ${before}::date`.execute(db);
      await sql`
        with parts as (
          insert into problem_block_part (jurisdiction, what, first_day, share, body, more, serials)
          select ${jurisdiction}, p.what, p.first_day, p.share, p.body, p.more, p.serials from (${blocks}) p returning first_day)
        insert into problem_block (jurisdiction, what, first_day, to_day, stamp)
        select ${jurisdiction}, ${what}, p.first_day, ${lastDay(what, to)}, gen_random_uuid() from parts p group by p.first_day
        on conflict (jurisdiction, what, first_day) do update set to_day = excluded.to_day, stamp = excluded.stamp`.execute(
        db,
      );
    }
}
