import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, type Day, day, weekdayOf } from '../kernel/day.ts';
import { verify } from '../platform/facts/verify.ts';
import { dutiesWith } from './schedule.ts';
import { inAssessment } from './year/assess.ts';
import { annexUnexplained, paperUnexplained } from './year/files.ts';
import { type GroundRow, groundCounted } from './year/grounds.ts';
import { type Paper, paperDifferences } from './year/printed.ts';
import { differences, type Form, printedOf, Recount, recounted, settled, valuesIn } from './year/recount.ts';
import { replayYear, tellYear, type Year } from './year/replay.ts';
import { readRows } from './year/rows.ts';
import { type Given, scoresCounted } from './year/scores.ts';
import { at, closeStage } from './year/stage.ts';
import { figuresStay } from './year/tampering.ts';

/** `YEAR=365` replays the whole year (minutes), `YEAR_TIMES=1` tells what it held; the usual run takes the last five weeks. */
const DAYS = Number(process.env.YEAR ?? 35);
const PROBLEMS = 400;
const today = day('2026-11-22');
const first = addDays(today, -DAYS);

let year: Year;
let recount: Recount;

beforeAll(async () => {
  year = await replayYear(today, DAYS, PROBLEMS);
  recount = new Recount(await readRows(year.stage.house.db));
  if (process.env.YEAR_TIMES !== undefined) console.log(await tellYear(year));
}, 3_600_000);
afterAll(() => closeStage(year.stage));

interface Printed {
  readonly title: string;
  readonly content: string;
  readonly form: Form;
  readonly period: string;
  readonly state: string;
  readonly from: Day;
  readonly to: Day;
}
interface ResultPaper {
  readonly 平均分: string;
  readonly 单位数: number;
  readonly 结果: readonly Record<string, unknown>[];
  readonly 等次: readonly { readonly 等次: string; readonly 数量: number }[];
}
interface Graded {
  readonly unitId: string;
  readonly score: number;
  readonly rank: number;
  readonly gradeName: string;
  readonly vetoed: boolean;
}
type PaperFile = Paper &
  Pick<Printed, 'title' | 'form' | 'period' | 'from' | 'to'> & {
    readonly file: string;
    readonly annexes: readonly { readonly name: string; readonly sha256: string }[];
  };
const db = () => year.stage.house.db;
const bulletins = async (): Promise<readonly Printed[]> =>
  (
    await sql<Printed>`select b.title, s.content, s.content::jsonb -> 'form' as form, b.period, b.state, s.period_from as from,
        s.period_to as to
      from bulletin b join bulletin_snapshot s on s.id = b.snapshot_id order by s.period_from, b.period`.execute(db())
  ).rows;

describe('把一段日子一天一天地过一遍', () => {
  it('每件定时事项每天由两个进程同时办理，只办成一次，再办也没有影响', () => {
    expect(year.ran.length).toBe((DAYS + 1) * dutiesWith('').length);
    expect(year.ran.filter((one) => one.times !== 1)).toEqual([]);
  });

  it('每天一份日报、每周一份周通报、每月一份月调度材料、每季度和每年一份通报，一份不多，一份不少，全部印发', async () => {
    const made = (await bulletins()).filter((one) => one.state !== 'voided');
    const of = (period: string) => made.filter((one) => one.period === period).map((one) => one.to);
    const mornings = Array.from({ length: DAYS + 1 }, (_, at) => addDays(first, at));
    const evenBefore = (which: (on: Day) => boolean): Day[] => mornings.filter(which).map((on) => addDays(on, -1));
    expect(of('day')).toEqual(mornings.slice(1).map((on) => addDays(on, -1)));
    expect(of('week')).toEqual(evenBefore((on) => weekdayOf(on) === 1));
    expect(of('month')).toEqual(evenBefore((on) => on.endsWith('-01')));
    expect(of('quarter')).toEqual(evenBefore((on) => /-(01|04|07|10)-01$/.test(on)));
    expect(of('year')).toEqual(evenBefore((on) => on.endsWith('-01-01')));
    if (DAYS === 365) expect([of('day').length, of('week').length, of('month').length]).toEqual([365, 52, 12]);
    expect(made.filter((one) => one.state !== 'issued' && one.state !== 'published')).toEqual([]);
  });

  it('每一份里印的每一个数字、名称和名次，都和从办理记录里另外数出来的一样，没有一处没有数', async () => {
    const wrong: string[] = [];
    let values = 0;
    for (const { title, content, form, period, from, to } of await bulletins()) {
      const printed = printedOf(content);
      values += valuesIn(printed);
      const counted = settled(recounted(recount, form, period, from, to));
      wrong.push(...differences(printed, counted).map((one) => `${title}：${one}`));
    }
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(values).toBeGreaterThan(DAYS * 300);
  });

  it('印发的每份文件，每张表、每幅图、每句话里的数字，都和另外数出来的一样', async () => {
    const { rows } = await sql<Paper & Pick<Printed, 'title' | 'form' | 'period' | 'from' | 'to'>>`
      select d.title, d.data, b.sections, b.issue, s.sha256, s.content::jsonb -> 'form' as form, b.period,
        s.period_from as from, s.period_to as to
      from issued_document d join bulletin b on b.id = d.item_id join bulletin_snapshot s on s.id = b.snapshot_id
      where d.item_kind = 'bulletin'`.execute(db());
    const wrong = rows.flatMap((paper) => {
      const counted = recounted(recount, paper.form, paper.period, paper.from, paper.to);
      return paperDifferences(paper, counted).map((one) => `${paper.title}：${one}`);
    });
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(DAYS);
  });

  it('打开印发的周通报、月调度材料和附件，每一行有数字的都有另外数出来的一样的一行', async () => {
    const { files } = year.stage.house;
    const { rows } = await sql<PaperFile>`
      select d.title, d.data, d.sha256 as file, b.sections, b.issue, s.sha256, s.content::jsonb -> 'form' as form, b.period,
        s.period_from as from, s.period_to as to,
        (select json_agg(json_build_object('name', f.name, 'sha256', f.sha256)) from file f
          where f.item_kind = 'bulletin' and f.item_id = b.id::text and f.name like '附件%') as annexes
      from issued_document d join bulletin b on b.id = d.item_id join bulletin_snapshot s on s.id = b.snapshot_id
      where d.item_kind = 'bulletin' and (b.period <> 'day' or right(b.period_to::text, 2) = '28')`.execute(db());
    const wrong: string[] = [];
    for (const paper of rows) {
      const counted = recounted(recount, paper.form, paper.period, paper.from, paper.to);
      const found = await paperUnexplained(files.path(paper.file), paper, counted, paper.period === 'day');
      for (const { name, sha256 } of paper.annexes)
        found.push(...(await annexUnexplained(files.path(sha256), name, counted)));
      wrong.push(...found.map((one) => `${paper.title}：${one}`));
      expect(paper.annexes).toHaveLength(3);
    }
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(rows.length).toBeGreaterThan(DAYS / 7);
  }, 120_000);

  it('期次、文号、编号一个接一个，没有空号', async () => {
    const issues = await sql<{ form: string; year: string; issues: number[] }>`
      select form_name as form, left(issued_on::text, 4) as year, array_agg(issue order by issue) as issues from bulletin
      where issue is not null group by 1, 2`.execute(db());
    const numbers = await sql<{ series: string; serials: number[] }>`
      select letters || year as series, array_agg(serial order by serial) as serials from issued_document group by 1`.execute(
      db(),
    );
    const kept = await sql<{ series: string; serials: number[] }>`
      select left(number, 6) as series, array_agg(right(number, 4)::int order by number) as serials
      from (select number from bulletin union all select number from pressure union all select number from listing) x
      group by 1`.execute(db());
    const inOrder = (list: readonly number[]): number[] => list.map((_, at) => at + 1);
    for (const { issues: list } of issues.rows) expect(list).toEqual(inOrder(list));
    for (const { series, serials } of [...numbers.rows, ...kept.rows])
      expect([series, ...serials]).toEqual([series, ...inOrder(serials)]);
    expect(numbers.rows.length).toBeGreaterThan(2);
  });

  it('规则提出措施，由人决定：采取、不采取、不批准；催办、约谈到整改承诺办结、解除；同一情形没有重复提', async () => {
    const facts = await sql<{ kind: string; n: number }>`
      select kind, count(*)::int as n from fact where item_kind = 'pressure' group by 1`.execute(db());
    const times = (kind: string): number => facts.rows.find((row) => row.kind === `pressure.${kind}`)?.n ?? 0;
    const must = [
      'suggested',
      'dismissed',
      'proposed',
      'approved',
      'refused',
      'served',
      'received',
      'replied',
      'lifted',
    ];
    for (const kind of [...must, 'attended', 'committed', 'urged'])
      expect([kind, times(kind) > 0]).toEqual([kind, true]);
    const twice = await sql`
      select key from pressure_ground where key is not null group by 1 having count(*) > 1`.execute(db());
    expect(twice.rows).toEqual([]);
    const interviews = await sql<{ state: string; tasks: number; open: number; documents: number }>`
      select p.state, count(c.*)::int as tasks, (count(*) filter (where t.open))::int as open,
        (select count(*)::int from issued_document d where d.item_id = p.id) as documents
      from pressure p join pressure_commitment c on c.pressure_id = p.id join task t on t.id = c.task_id
      where p.kind = 'interview' group by p.id, p.state`.execute(db());
    const ended = interviews.rows.filter((row) => row.state === 'lifted');
    expect(ended.length).toBeGreaterThan(0);
    // notice, minutes and the word that it is over; both promises were tasks and are done
    for (const row of ended) expect(row).toEqual({ state: 'lifted', tasks: 2, open: 0, documents: 3 });
  });

  it('每件措施的依据里的数字，都和另外数出来的一样，函件照此印发', async () => {
    const { rows } = await sql<GroundRow & { printed: string | null }>`
      select p.number, p.unit_id as "unitId", p.unit_name as "unitName", g.day, g.figure, g.says, g.rule,
        (select d.data::text from issued_document d where d.item_id = p.id order by d.issued_at limit 1) as printed
      from pressure p join pressure_ground g on g.pressure_id = p.id where p.rule_id is not null and p.rung = 0`.execute(
      db(),
    );
    const wrong = rows.flatMap((row) => {
      const { figure, says } = groundCounted(recount, row);
      const same = row.figure === figure && row.says.join() === says && (row.printed?.includes(says) ?? true);
      return same ? [] : [`${row.number}：印的是${row.figure}（${row.says.join()}），数出来是${figure}（${says}）`];
    });
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(rows.filter((row) => row.printed !== null).length).toBeGreaterThan(3);
  });

  it('年度考核从年初发布到公布：每个单位每项的数据和得分、名次、等次都另外算得一样，一个单位被一票否决', async () => {
    const { stage, assessment } = year;
    const { id, body } = assessment.scheme();
    const sheets = await sql<Graded>`
      select id, unit_id as "unitId", final_score::float8 as score, rank, grade_name as "gradeName", vetoed
      from score_sheet where scheme_id = ${id} order by unit_id`.execute(db());
    const given = await sql<Given>`
      select s.unit_id as "unitId", g.code, g.kind, g.score::float8 as score
      from score_given g join score_sheet s on s.id = g.sheet_id where s.scheme_id = ${id} order by g.serial`.execute(
      db(),
    );
    const units = sheets.rows.map((row) => row.unitId);
    const counted = scoresCounted(recount, body, units, given.rows, new Set([assessment.vetoed()]));
    expect(sheets.rows.map(({ unitId, score, rank, gradeName }) => ({ unitId, score, rank, gradeName }))).toEqual(
      counted.map(({ unitId, score, rank, gradeName }) => ({ unitId, score, rank, gradeName })),
    );
    const reader = at(stage, today, 12 * 60, stage.leader);
    for (const one of counted) {
      const sheet = await inAssessment(reader, 'unitSheet', { params: { id, unitId: one.unitId }, query: {} });
      const own = new Map(one.lines.map((line) => [line.code, line]));
      const printed = sheet.lines.map(({ code, value, max, score, parts }) => ({
        code,
        value,
        // of a unit that the ledger does not know there is nothing to count
        counts: parts.length > 0 ? parts.map((part) => part.count) : (own.get(code)?.counts.map(() => 0) ?? []),
        max,
        score,
      }));
      expect([sheet.unitName, ...printed]).toEqual([sheet.unitName, ...one.lines]);
      const { base, bonus, malus, score } = sheet.total;
      expect({ base, bonus, malus, score }).toEqual({
        base: one.base,
        bonus: one.bonus,
        malus: one.malus,
        score: one.score,
      });
    }
    const letter = await sql<{ data: ResultPaper }>`select data from issued_document where item_id = ${id}`.execute(
      db(),
    );
    expect(letter.rows).toHaveLength(1);
    for (const { data } of letter.rows) {
      const two = (value: number): string => value.toFixed(2);
      const named = counted.map((one) => ({ ...one, name: recount.nameOf(one.unitId) }));
      expect(data.平均分).toBe(two(named.reduce((sum, one) => sum + one.score, 0) / named.length));
      expect(data.单位数).toBe(named.length);
      const rows = named.map((one) => ({
        名次: one.rank,
        单位: one.name,
        基本分: two(one.base),
        加分: two(one.bonus),
        扣分: two(one.malus),
        得分: two(one.score),
        等次: one.gradeName,
      }));
      expect(new Set(data.结果.map((row) => JSON.stringify(Object.entries(row).sort())))).toEqual(
        new Set(rows.map((row) => JSON.stringify(Object.entries(row).sort()))),
      );
      for (const { 等次: grade, 数量: count } of data.等次)
        expect([grade, count]).toEqual([grade, named.filter((one) => one.gradeName === grade).length]);
    }
    const vetoed = sheets.rows.filter((row) => row.vetoed);
    expect(vetoed.map((row) => [row.unitId, row.gradeName])).toEqual([[assessment.vetoed(), '不合格']]);
    // it would have been better without
    const best = counted.find((one) => one.unitId === assessment.vetoed());
    expect(best?.score).toBeGreaterThan(60);
    expect(given.rows.filter((one) => one.kind === 'appeal')).toHaveLength(1);
    expect(counted.flatMap((one) => one.lines).filter((line) => line.value !== null).length).toBeGreaterThan(60);
  });

  it('全部记录经核对没有发现', async () => {
    const { house } = year.stage;
    const { findings } = await verify(house.db, house.items, house.files);
    expect(findings).toEqual([]);
  }, 600_000);
});

figuresStay(() => year);
