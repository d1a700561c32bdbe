import { readFile } from 'node:fs/promises';
import type { Actor } from '../../kernel/actor.ts';
import { addDays, type Day, day, earlier, later, yearOf } from '../../kernel/day.ts';
import { accountOfLogin, actorOf } from '../../modules/access/server/door.ts';
import { assessmentApi } from '../../modules/assessment/api.ts';
import type { SchemeBody } from '../../modules/assessment/scheme.ts';
import { assessmentRoutes } from '../../modules/assessment/server/routes.ts';
import { beforeSpreading, losesPoints } from '../../modules/assessment/sheet.ts';
import type { House } from '../../platform/act.ts';
import { transaction } from '../../platform/db/connect.ts';
import { filesApi } from '../../platform/files/api.ts';
import { fileRoutes } from '../../platform/files/routes.ts';
import { houseOn } from './adoption.ts';
import { tellAwards, tellReviews } from './awards.ts';
import { readDistrict } from './district.ts';
import { minutes } from './evidence.ts';
import { type People, peopleOf } from './people.ts';
import { play, uploadOf } from './player.ts';

const inAssessment = play(assessmentApi, assessmentRoutes);
const inFiles = play(filesApi, fileRoutes);

/** Days before today on which things happened. */
const DRAFTED = -24;
const PUBLISHED = -22;
const SELF = -12;
const FILED = -10;
const COLLECTED = -4;
const SCORED = -3;
const SHOWN = -1;

interface Told {
  readonly house: House;
  readonly people: People;
  readonly first: Actor;
  readonly second: Actor;
  readonly today: Day;
}

const at = (told: Told, days: number, actor: Actor, minute = 10 * 60) => ({
  house: houseOn(told.house, addDays(told.today, days), minute),
  actor,
});

/** The scheme as it is for the year of the demonstration's today. */
async function schemesFor(jurisdiction: string, today: Day): Promise<readonly [SchemeBody, SchemeBody] | null> {
  const path = new URL(`../../../data/jurisdictions/${jurisdiction}/assessment.json`, import.meta.url);
  const { schemes } = JSON.parse(await readFile(path, 'utf8')) as { schemes: readonly SchemeBody[] };
  const [towns, members] = schemes;
  if (!towns || !members) return null;
  // In the first weeks of a year it is the year before that is assessed.
  const year = yearOf(addDays(today, -40));
  // What has been shown already is of a stretch that is over: the half year up to a few days ago.
  const to = earlier(addDays(today, COLLECTED), day(`${year}-12-31`));
  return [
    { ...towns, year, from: `${year}-01-01`, to: `${year}-12-31` },
    { ...members, year, from: later(day(`${year}-01-01`), addDays(to, -200)), to },
  ];
}

async function issued(told: Told, body: SchemeBody): Promise<{ id: string; version: number }> {
  const drafted = await inAssessment(at(told, DRAFTED, told.first), 'draftScheme', {
    body: { body: JSON.parse(JSON.stringify(body)) },
  });
  return inAssessment(at(told, PUBLISHED, told.second), 'publishScheme', {
    params: { id: drafted.id },
    body: { version: drafted.version },
  });
}

/** Somebody of the unit who may work for it. */
const workerOf = (told: Told, unitId: string): Actor | undefined =>
  told.people.with(unitId, 'clerk', 'unitLeader', 'officer')[0];

/** Units file their own points: what the ledger gives, and a little kindness where nobody has scored yet. */
async function fileSelves(told: Told, scheme: { id: string }, every: (index: number) => boolean): Promise<void> {
  const { rows } = await inAssessment(at(told, FILED, told.first), 'schemeTable', {
    params: { id: scheme.id },
    query: {},
  });
  for (const [index, row] of rows.entries()) {
    const worker = workerOf(told, row.unitId);
    if (!worker || !every(index)) continue;
    const moment = at(told, FILED, worker, 9 * 60 + index);
    const params = { id: scheme.id, unitId: row.unitId };
    const sheet = await inAssessment(moment, 'unitSheet', { params, query: {} });
    await inAssessment(moment, 'fileSelf', {
      params,
      body: {
        version: sheet.sheetVersion ?? 1,
        text: '对照方案逐项自查，重点任务按序时推进，个别问题整改进度偏慢，已明确专人盯办。',
        scores: sheet.lines.map((line) => ({
          code: line.code,
          score:
            line.by === 'ledger'
              ? Math.min(line.weight, beforeSpreading(line) ?? 0)
              : line.part === 'bonus'
                ? 0
                : Math.round(line.weight * 0.9 * 2) / 2,
          text: line.by === 'ledger' ? '' : '按要求落实，记录齐全。',
        })),
      },
    });
  }
}

/** Everybody who has lines to score by hand does so; the points differ, so that there is something to see. */
async function scoreAll(told: Told, scheme: { id: string }): Promise<void> {
  const { rows, columns } = await inAssessment(at(told, SCORED, told.first), 'schemeTable', {
    params: { id: scheme.id },
    query: {},
  });
  for (const [index, row] of rows.entries())
    for (const [column, cell] of row.scores.entries()) {
      const of = columns[column];
      if (of?.by !== 'hand' || !cell.applies) continue;
      const actor = row.unitId === told.first.unitId ? told.second : told.first;
      const share = of.part === 'bonus' ? (index === 1 ? 0.4 : 0) : 0.7 + ((index * 7 + column) % 6) * 0.06;
      await inAssessment(at(told, SCORED, actor, 9 * 60 + index), 'scoreLine', {
        params: { id: scheme.id, unitId: row.unitId },
        body: {
          code: of.code,
          score: Math.round(of.weight * share * 2) / 2,
          says: of.part === 'bonus' ? '查验推广文件。' : '查阅会议、检查记录，缺项的按标准扣分。',
        },
      });
    }
}

/** One event is entered with the paper that proves it, and confirmed by the other officer; another one still waits. */
async function tellVetoes(told: Told, unitIds: readonly string[], happened: Day): Promise<void> {
  for (const [index, unitId] of unitIds.entries()) {
    const entered = await inAssessment(at(told, COLLECTED, told.first, 15 * 60 + index), 'enterVeto', {
      body: {
        unitId,
        code: 'V4',
        happenedOn: happened,
        grounds: '辖区内一家企业发生一起一般生产安全责任事故，调查报告认定负有监管责任（演示）。',
      },
    });
    const paper = await minutes('事故调查报告批复（演示）', '安委办', happened);
    const upload = await uploadOf(told.house, paper.name, paper.bytes);
    await inFiles(at(told, COLLECTED, told.first, 15 * 60 + 5 + index), 'addFile', {
      query: { itemKind: 'vetoEvent', itemId: entered.id },
      upload,
    });
    if (index === 0)
      await inAssessment(at(told, SCORED, told.second, 16 * 60), 'decideVeto', {
        params: { id: entered.id },
        body: { version: entered.version, confirm: true, opinion: '调查报告已经批复，予以认定。' },
      });
  }
}

/**
 * The scheme of the members: sealed, scored, shown, with one appeal that waits and one veto; a line on which points were lost
 * becomes a task. Gives the units by place and the one under the veto.
 */
async function tellMembers(told: Told, body: SchemeBody) {
  let now = await issued(told, body);
  const act = async <K extends 'openSelf' | 'collectScores' | 'finishScoring' | 'showScores'>(
    days: number,
    name: K,
    more: object,
  ): Promise<void> => {
    now = await inAssessment(at(told, days, told.first, 11 * 60), name, {
      params: { id: now.id },
      body: { version: now.version, ...more },
    } as Parameters<typeof inAssessment<K>>[2]);
  };
  await act(SELF, 'openSelf', { until: addDays(told.today, FILED + 2) });
  await fileSelves(told, now, (index) => index !== 3);
  await act(COLLECTED, 'collectScores', { day: body.to });
  await scoreAll(told, now);
  const { rows } = await inAssessment(at(told, SCORED, told.first), 'schemeTable', {
    params: { id: now.id },
    query: {},
  });
  const [best, second] = rows;
  await tellVetoes(told, best ? [best.unitId] : [], later(addDays(day(body.to), -40), day(body.from)));
  await act(SCORED, 'finishScoring', {});
  await act(SHOWN, 'showScores', { finding: '经核查，有1个单位出现否决情形，其余单位没有。' });
  const names = rows.map(({ unitId, name }) => ({ unitId, name }));
  const found = { units: names, vetoed: names[0] };
  const worker = second ? workerOf(told, second.unitId) : undefined;
  if (!second || !worker) return found;
  const sheet = await inAssessment(at(told, SHOWN, worker, 15 * 60), 'unitSheet', {
    params: { id: now.id, unitId: second.unitId },
    query: {},
  });
  const lost = sheet.lines.filter((one) => one.part === 'common' && one.score !== null && one.score < one.max);
  const line = lost.find((one) => one.by === 'hand');
  const worst = lost.find((one) => one.by === 'ledger') ?? sheet.lines.filter((one) => losesPoints(one)).at(-1);
  if (worst)
    await inAssessment(at(told, SHOWN, told.first, 14 * 60), 'rectifyLine', {
      params: { id: now.id, unitId: second.unitId },
      body: {
        code: worst.code,
        text: `针对考核「${worst.name}」失分，逐项分析原因，补齐短板，建立长效机制。`,
        dueOn: addDays(told.today, 30),
      },
    });
  if (!line) return found;
  await inAssessment(at(told, SHOWN, worker, 15 * 60 + 10), 'fileAppeal', {
    params: { id: now.id, unitId: second.unitId },
    body: {
      code: line.code,
      text: '有一次领导带队检查的记录在报送材料中漏装，现补充提供，请予核对。',
      asked: Math.min(line.max, (line.score ?? 0) + 0.5),
    },
  });
  return found;
}

/** The year's scheme of the towns: published, live; half of them have filed their own points. */
async function tellTowns(told: Told, body: SchemeBody): Promise<void> {
  const now = await issued(told, body);
  await inAssessment(at(told, SELF, told.first, 11 * 60 + 30), 'openSelf', {
    params: { id: now.id },
    body: { version: now.version, until: addDays(told.today, 8) },
  });
  await fileSelves(told, now, (index) => index % 2 === 1);
}

/**
 * Assesses the fictional district: the towns by the year's scheme, live; the members of the committee by one that is over and
 * shown, with a veto and an appeal. All of it in one transaction: told whole or not at all.
 */
export async function tellAssessment(house: House): Promise<void> {
  const district = await readDistrict();
  const people = await peopleOf(house, district);
  const today = house.clock.today();
  const schemes = await schemesFor(district.jurisdiction, today);
  const officers: Actor[] = [];
  for (const { login, roles } of district.accounts) {
    const account = roles.includes('officer') ? await accountOfLogin(house.db, login) : null;
    if (account !== null) officers.push(await actorOf(house.db, account));
  }
  const [first, second] = officers;
  if (!schemes || !first || !second) return;
  await transaction(house.db, async (db) => {
    const told: Told = { house: { ...house, db }, people, first, second, today };
    const [towns, members] = schemes;
    const { units, vetoed } = await tellMembers(told, members);
    await tellTowns(told, towns);
    await tellAwards(told, units, vetoed);
    await tellReviews(told, units);
  });
}
