import { Buffer } from 'node:buffer';
import { readFile, writeFile } from 'node:fs/promises';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { bulletinForms } from '../../modules/bulletins/documents.ts';
import { lettersApi } from '../../modules/letters/api.ts';
import { lettersRoutes } from '../../modules/letters/server/routes.ts';
import { letterLifecycle } from '../../modules/meetings/letter-lifecycle.ts';
import { verify } from '../../platform/facts/verify.ts';
import { filesApi } from '../../platform/files/api.ts';
import { fileRoutes } from '../../platform/files/routes.ts';
import type { Download } from '../../platform/http/serve.ts';
import { play, ScriptMistake, uploadOf } from '../demo/player.ts';
import { documentForms } from '../house.ts';
import { inAssessment } from './assess.ts';
import { inBulletins, type Year } from './replay.ts';
import { inFilings } from './reports.ts';
import { at } from './stage.ts';

const inLetters = play(lettersApi, lettersRoutes(documentForms));
const inFiles = play(filesApi, fileRoutes);

/** What the product says to an attempt; 'done' where it lets it pass. */
const said = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'done',
    (refused) => {
      if (refused instanceof Refusal) return [refused.says, ...refused.places.map((place) => place.says)].join('\n');
      // the contract of the route does not know what was sent
      if (refused instanceof ScriptMistake) return `不符合接口：${refused.message}`;
      throw refused;
    },
  );

/** Words that people might put in place of what the first draft says, and what they are told. */
const rewordings: readonly [name: string, from: string, to: string, told: string][] = [
  ['改成别的数', '{{未销号}}', '5', '手写的数字'],
  ['全角数字', '{{未销号}}', '５', '手写的数字'],
  ['带圈数字', '{{未销号}}', '⑤', '手写的数字'],
  ['中文数字', '{{未销号}}', '五', '手写的数字'],
  ['中文数字带空格', '{{未销号}}', ' 十 五 ', '手写的数字'],
  ['大写数字', '{{未销号}}', '伍', '手写的数字'],
  ['后面添一个零', '{{未销号}}', '{{未销号}}0', '手写的数字'],
  ['前面加“约”', '未销号{{未销号}}', '未销号约{{未销号}}', '约'],
  ['后面加“余”', '{{未销号}}件', '{{未销号}}余件', '余'],
  ['改比例', '{{任务完成率}}', '90%', '手写的数字'],
  ['百分之几', '{{任务完成率}}', '百分之九十', '百分之'],
  ['几成', '{{任务完成率}}', '九成', '手写的数字'],
  ['比例后再加百分号', '{{任务完成率}}', '{{任务完成率}}%', '改变数字的意思'],
  ['换成另一个真数字', '逾期{{逾期}}', '逾期{{重大隐患}}', '“逾期”后面引用的是{{重大隐患}}'],
  ['换成范围更小的真数字', '未销号{{未销号}}', '未销号{{挂牌在办}}', '“未销号”后面引用的是{{挂牌在办}}'],
  ['增减和别的数字对调', '（较上期{{新增较上期}}）', '（较上期{{销号较上期}}）', '{{新增较上期}}'],
  ['名称写错', '{{未销号}}', '{{未消号}}', '是不是{{未销号}}'],
  ['看不见的字符', '{{未销号}}', '{{未\u200b销号}}', '看不见的字符'],
  ['引号里藏数字', '{{未销号}}', '“5”', '手写的数字'],
  ['括号里另写一个数', '未销号{{未销号}}件', '未销号{{未销号}}件（实为3件）', '手写的数字'],
];

/** Tries to change a figure in every place between the ledger and the paper; the year is played and nobody needs it later. */
export function figuresStay(played: () => Year): void {
  let year: Year;
  let draft: { id: string; version: number };
  let sections: { key: never; text: string }[] = [];
  let words = { addressee: '', copies: '' };
  const now = (who: Actor, minute = 17 * 60) => at(year.stage, year.stage.today, minute, who);
  const view = (who: Actor) => inBulletins(now(who), 'viewBulletin', { params: { id: draft.id } });
  const edit = (more: object): Promise<string> =>
    said(
      inBulletins(now(year.stage.officer), 'editBulletin', {
        params: { id: draft.id },
        body: { version: draft.version, sections, chosen: [], ...words, ...more },
      }),
    );
  const db = () => year.stage.house.db;

  describe('从台账到通报，哪里都不能用手改数字', () => {
    beforeAll(async () => {
      year = played();
      const { officer, today } = year.stage;
      const form = await sql<{ id: string }>`select id from bulletin_form where period = 'week'`.execute(db());
      draft = await inBulletins(now(officer, 16 * 60), 'makeBulletin', {
        body: { formId: form.rows[0]?.id ?? '', day: today },
      });
      const seen = await view(officer);
      sections = seen.sections.map(({ key, text }) => ({ key: key as never, text }));
      words = { addressee: seen.addressee, copies: seen.copies };
    });

    it.each(rewordings)('正文：%s', async (_name, from, to, told) => {
      const changed = sections.map((one) =>
        one.key === 'summary' ? { ...one, text: one.text.replace(from, to) } : one,
      );
      expect(changed).not.toEqual(sections);
      expect(await edit({ sections: changed })).toContain(told);
    });

    it('正文：删去、添加、调换各部分，排名里换单位，都不行', async () => {
      expect(await edit({ sections: sections.slice(1) })).toContain('由快照确定');
      expect(await edit({ sections: [...sections].reverse() })).toContain('由快照确定');
      expect(await edit({ sections: [...sections, sections[0]] })).toContain('由快照确定');
      const [unit] = (await view(year.stage.officer)).tables.units;
      const named = sections.map((one) =>
        one.key === 'ranking' ? { ...one, text: `排名靠前的单位：${unit?.name ?? ''}。` } : one,
      );
      expect(await edit({ sections: named })).toContain('名次由系统按规则排定');
    });

    it('正文里删去一个数字、另写“持平”，审批人看得到少了哪一个', async () => {
      const less = sections.map((one) =>
        one.key === 'summary'
          ? {
              ...one,
              text: one.text
                .replace('（较上期{{新增较上期}}）', '（较上期持平）')
                .replace('、重大隐患{{重大隐患}}件', ''),
            }
          : one,
      );
      expect(await edit({ sections: less })).toBe('done');
      const seen = await view(year.stage.leader);
      expect(seen.dropped).toEqual(expect.arrayContaining(['新增较上期', '重大隐患']));
      draft = { id: draft.id, version: seen.bulletin.version };
      expect(await edit({})).toBe('done');
      draft = { id: draft.id, version: draft.version + 1 };
      expect((await view(year.stage.leader)).dropped).toEqual([]);
    });

    it('标题、主送、抄送、表格、快照：没有可以改的地方', async () => {
      expect(await edit({ addressee: '各单位（未销号3件）' })).toContain('手写的数字');
      expect(await edit({ copies: '区委办公室，逾期五件' })).toContain('手写的数字');
      for (const more of [
        { title: '未销号0件' },
        { figures: { 未销号: 0 } },
        { tables: { units: [] } },
        { snapshot: '' },
      ])
        expect(await edit(more)).toContain('不符合接口');
      expect(await edit({ chosen: [{ filingId: draft.id, at: 0, kind: 'practice' }] })).toContain('不在这一期的报送里');
      const forms = await inBulletins(now(year.stage.officer), 'listBulletinForms', {});
      const [form] = forms.rows as unknown as { id: string; jurisdiction: string }[];
      const asked = { ...form, name: '周通报（逾期3件）', fromOn: year.stage.today, toOn: null } as Record<
        string,
        unknown
      >;
      const body = Object.fromEntries(Object.entries(asked).filter(([name]) => formFields.has(name)));
      expect(await said(inBulletins(now(year.stage.officer), 'makeBulletinForm', { body } as never))).toContain(
        '手写的数字',
      );
    });

    it('附件：另传一份“附件”不行', async () => {
      const bytes = strToU8('单位,期末逾期\n区应急管理局,0\n');
      const upload = await uploadOf(year.stage.house, '附件：各单位情况.csv', bytes);
      const query = { itemKind: 'bulletin', itemId: draft.id };
      expect(await said(inFiles(now(year.stage.officer), 'addFile', { query, upload }))).toContain('不能另外上传');
    });

    it('模板：把空换成写死的数字，或者在旁边写上数字，换不上去', async () => {
      const own = async (change: (xml: string) => string): Promise<string> => {
        const { kind } = bulletinForms.weekly;
        const { body } = (await inLetters(now(year.stage.officer), 'openTemplate', { params: { kind } })) as Download;
        const entries = unzipSync(body as Buffer);
        const xml = Buffer.from(entries['word/document.xml'] ?? []).toString();
        expect(change(xml)).not.toBe(xml);
        const bytes = zipSync({ ...entries, 'word/document.xml': strToU8(change(xml)) });
        const upload = await uploadOf(year.stage.house, '周通报.docx', bytes);
        return said(
          inLetters(now(year.stage.officer), 'putTemplate', { query: { kind: bulletinForms.weekly.kind }, upload }),
        );
      };
      expect(await own((xml) => xml.replace('{{指标.本期}}', '12'))).toContain('手写的数字');
      expect(await own((xml) => xml.replace('主要指标与上期比较', '主要指标：逾期３件'))).toContain('手写的数字');
      expect(await own((xml) => xml.replace('主要指标与上期比较', '主要指标：逾期三件'))).toContain('手写的数字');
      expect(await own((xml) => xml.replace('{{单位.逾期}}', ''))).toContain('缺少 {{单位.逾期}}');
      expect(await own((xml) => xml.replace('主要指标与上期比较', '各项指标和上一期的比较'))).toBe('done');
    });

    it('旧稿：改过以后再拿旧版本送审、审批后再改、印发后再改，都不行', async () => {
      const { officer, leader } = year.stage;
      const params = { id: draft.id };
      const step = (who: Actor, name: 'submitBulletin' | 'approveBulletin' | 'issueBulletin', body: object) =>
        inBulletins(now(who), name, { params, body } as never) as unknown as Promise<{ id: string; version: number }>;
      const old = { version: draft.version - 1 };
      expect(await said(step(officer, 'submitBulletin', old))).toContain('在您打开之后');
      draft = await step(officer, 'submitBulletin', { version: draft.version });
      expect(await said(step(leader, 'approveBulletin', { ...old, opinion: '同意。' }))).toContain('在您打开之后');
      expect(await edit({})).toContain('待审批');
      draft = await step(leader, 'approveBulletin', { version: draft.version, opinion: '同意。' });
      expect(await edit({})).not.toBe('done');
      draft = await step(officer, 'issueBulletin', { version: draft.version });
      expect(await edit({})).not.toBe('done');
    });

    it('报送：系统已经掌握的数字单位填不进去', async () => {
      let tried = 0;
      for (const clerk of year.stage.clerks) {
        const { rows } = await inFilings(now(clerk), 'reportsToDo', {});
        const [row] = rows;
        if (!row) continue;
        const { rhythm } = await inFilings(now(clerk), 'viewReport', { params: { id: row.id } });
        const values = Object.fromEntries(rhythm.fields.map((field) => [field.key, field.type === 'yesNo' ? true : 1]));
        const narrative = '召开专题会议研究部署，逐项落实整改。';
        const filled = { values, narrative, cases: [], practices: [] };
        const send = (more: object): Promise<string> =>
          said(
            inFilings(now(clerk), 'fileReport', {
              params: { id: row.id },
              body: { version: row.version, filled: { ...filled, ...more } },
            } as never),
          );
        const [known] = rhythm.known;
        if (known === undefined) continue;
        expect(await send({ values: { ...values, [known]: 0 } })).toContain('不由单位填报');
        if (tried === 0) {
          // what is sent beside the form is not looked at: the figures are worked out at this moment
          expect(await send({ known: rhythm.known.map((key) => ({ key, count: 7777 })) })).toBe('done');
          const { rows: filed } = await sql<{ known: { count: number }[]; filled: object }>`
            select known, filled from periodic_report_version where report_id = ${row.id}`.execute(db());
          expect(filed[0]?.known).toHaveLength(rhythm.known.length);
          expect(filed[0]?.known.map((one) => one.count)).not.toContain(7777);
          expect(filed[0]?.filled).not.toHaveProperty('known');
        }
        tried += 1;
      }
      expect(tried).toBeGreaterThan(0);
    });

    it('考核：台账取数的项不能打分，打分不能超过分值，公布以后不能再打分、再取数', async () => {
      const { officer, colleague, leader } = year.stage;
      const { id, body } = year.assessment.scheme();
      const [row] = (await inAssessment(now(leader), 'schemeTable', { params: { id }, query: {} })).rows;
      const params = { id, unitId: row?.unitId ?? '' };
      const score = (code: string, points: number): Promise<string> =>
        said(inAssessment(now(officer), 'scoreLine', { params, body: { code, score: points, says: '重新评定。' } }));
      for (const one of body.indicators) expect(await score(one.code, 1)).not.toBe('done');
      const version = async () => (await inAssessment(now(officer), 'viewScheme', { params: { id } })).scheme.version;
      const asked = { version: await version(), day: body.to, reason: '请重新取数' };
      expect(await said(inAssessment(now(officer), 'collectScores', { params: { id }, body: asked }))).not.toBe('done');
      const again = { version: await version() };
      expect(await said(inAssessment(now(colleague), 'gradeScheme', { params: { id }, body: again }))).not.toBe('done');
      await expect(sql`update assessment_snapshot set hash = hash`.execute(db())).rejects.toThrow();
      await expect(sql`update score_given set score = 100`.execute(db())).rejects.toThrow();
    });

    it('目标：责任书签订以后，目标不能再改', () => {
      const changes = letterLifecycle.table.filter((one) => one.action === 'editLetter');
      expect(changes.flatMap((one) => one.from)).not.toContain('signed');
      expect(changes.length).toBeGreaterThan(0);
    });

    // the last of all: what was changed stays changed
    it('绕过程序直接改数据库和文件，核对逐项查得出来', async () => {
      const { house } = year.stage;
      expect((await verify(house.db, house.items, house.files)).findings.map(textOf)).toEqual([]);
      const untouched: string[] = [];
      for (const { name, table, change } of behindTheBack) {
        await sql`alter table ${sql.table(table)} disable trigger user`.execute(db());
        const touched = await sql`${sql.raw(change)}`.execute(db());
        if (Number(touched.numAffectedRows ?? 0) === 0) untouched.push(name);
      }
      expect(untouched).toEqual([]);
      const annex = await sql<{ sha256: string }>`
        select sha256 from file where item_kind = 'bulletin' and name like '附件%' limit 1`.execute(db());
      const path = house.files.path(annex.rows[0]?.sha256 ?? '');
      const bytes = await readFile(path);
      bytes[40] = (bytes[40] ?? 0) ^ 1;
      await writeFile(path, bytes);
      const { findings } = await verify(house.db, house.items, house.files);
      const told = findings.map((one) => `${one.item?.kind ?? ''} ${textOf(one)}`);
      expect(behindTheBack.filter(({ found }) => !told.some((one) => found.test(one))).map((one) => one.name)).toEqual(
        [],
      );
      expect(told.filter((one) => one.startsWith('pressure ')).length).toBeGreaterThan(1);
      expect(told.join('\n')).toContain('文件内容被改动过');
    }, 600_000);
  });
}

const textOf = (finding: { readonly where: string; readonly says: string }): string =>
  `${finding.where}：${finding.says}`;

const formFields = new Set([
  'name',
  'basis',
  'period',
  'hour',
  'sections',
  'addressee',
  'called',
  'copies',
  'weights',
  'atLeast',
  'named',
  'requests',
  'fromOn',
  'toOn',
]);

/** One row each, as somebody with the database in his hands would change it; `hash` and the like made to fit where they can. */
const behindTheBack: readonly {
  readonly name: string;
  readonly table: string;
  readonly change: string;
  readonly found: RegExp;
}[] = [
  {
    name: '通报的快照，校验值一并改好',
    table: 'bulletin_snapshot',
    found: /^bulletinSnapshot /,
    change: `update bulletin_snapshot s set content = x.content, sha256 = encode(sha256(convert_to(x.content, 'UTF8')), 'hex')
      from (select id, regexp_replace(content, '"value":[0-9]+', '"value":7777') as content from bulletin_snapshot limit 1) x
      where x.id = s.id`,
  },
  {
    name: '印发的正文',
    table: 'bulletin',
    found: /^bulletin /,
    change: `update bulletin set sections = jsonb_set(sections, '{0,text}', '"未销号0件。"') where id =
      (select id from bulletin where state = 'issued' limit 1)`,
  },
  {
    name: '印发文件里填的数',
    table: 'issued_document',
    found: /^issuedDocument /,
    change: `update issued_document set data = jsonb_set(data, '{期次}', '"第99期"') where id =
      (select id from issued_document where item_kind = 'bulletin' limit 1)`,
  },
  {
    name: '问题的整改时限',
    table: 'problem',
    found: /^problem /,
    change: `update problem set due_on = due_on + 30 where id = (select id from problem where open limit 1)`,
  },
  {
    name: '问题销号的记录',
    table: 'problem_turn',
    found: /流水与问题现状不符/,
    change: `delete from problem_turn where ctid = (select ctid from problem_turn where turn = 'closed' limit 1)`,
  },
  {
    name: '问题的历史',
    table: 'problem_span',
    found: /台账的历史与问题现状不符/,
    change: `update problem_span set due_on = due_on + 30 where ctid = (select ctid from problem_span where to_on is null limit 1)`,
  },
  {
    name: '任务的进度',
    table: 'task',
    found: /^task /,
    change: `update task set percent = 99 where id = (select id from task where open limit 1)`,
  },
  {
    name: '任务办结的统计',
    table: 'task_tally',
    found: /办结统计/,
    change: `update task_tally set closed = closed + 1 where ctid = (select ctid from task_tally where closed > 0 limit 1)`,
  },
  {
    name: '报送的时刻',
    table: 'periodic_report_turn',
    found: /^periodicReport /,
    change: `update periodic_report_turn set at = at - interval '3 days' where ctid = (select ctid from periodic_report_turn limit 1)`,
  },
  {
    name: '报送里系统算出的数',
    table: 'periodic_report_version',
    found: /锁定的数字与当时的不一致/,
    change: `update periodic_report_version set known = jsonb_set(known, '{0,count}', '0') where ctid =
      (select ctid from periodic_report_version where known -> 0 ->> 'count' <> '0' limit 1)`,
  },
  {
    name: '督促措施的送达日期',
    table: 'pressure',
    found: /^pressure /,
    change: `update pressure set served_on = served_on + 40 where id = (select id from pressure where served_on is not null limit 1)`,
  },
  {
    name: '督促措施的依据',
    table: 'pressure_ground',
    found: /^pressure /,
    change: `update pressure_ground set figure = figure + 1 where pressure_id =
      (select id from pressure where served_on is null and rule_id is not null limit 1)`,
  },
  {
    name: '挂牌',
    table: 'listing',
    found: /^listing /,
    change: `update listing set matter = '已经整改' where id = (select id from listing limit 1)`,
  },
  {
    name: '考核取数',
    table: 'assessment_snapshot',
    found: /封存时的指纹不符/,
    change: `update assessment_snapshot set content = jsonb_set(content, '{units,0,measured,G1,value}', '12.34')`,
  },
  {
    name: '考核打的分',
    table: 'score_given',
    found: /按封存的数据重算/,
    change: `update score_given set score = score - 0.5 where ctid = (select ctid from score_given limit 1)`,
  },
  {
    name: '考核得分',
    table: 'score_sheet',
    found: /得分记为99/,
    change: `update score_sheet set final_score = 99 where id = (select id from score_sheet where final_score is not null limit 1)`,
  },
  {
    name: '否决情形',
    table: 'veto_event',
    found: /^vetoEvent /,
    change: `update veto_event set state = 'lifted'`,
  },
  {
    name: '办理记录本身',
    table: 'fact',
    found: /这条记录的内容被改动过/,
    change: `update fact set day = day - 1 where ctid = (select ctid from fact where kind = 'problem.closed' limit 1)`,
  },
];
