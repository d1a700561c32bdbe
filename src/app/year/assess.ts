import { addDays, type Day, day, later } from '../../kernel/day.ts';
import { assessmentApi } from '../../modules/assessment/api.ts';
import type { Indicator, SchemeBody } from '../../modules/assessment/scheme.ts';
import { assessmentRoutes } from '../../modules/assessment/server/routes.ts';
import { filesApi } from '../../platform/files/api.ts';
import { fileRoutes } from '../../platform/files/routes.ts';
import { minutes } from '../demo/evidence.ts';
import { play, uploadOf } from '../demo/player.ts';
import { at, dataOf, type Stage } from './stage.ts';

export const inAssessment = play(assessmentApi, assessmentRoutes);
const inFiles = play(filesApi, fileRoutes);

/** How the year's assessment goes, day by day. */
export interface Assessment {
  readonly work: (on: Day) => Promise<void>;
  /** The scheme and what it says; before its publication there is none. */
  readonly scheme: () => { readonly id: string; readonly body: SchemeBody };
  readonly vetoed: () => string;
}

type Seen = { id: string; version: number };

/** Further lines for the measures that the district's own scheme does without, beside its points. */
const further = (usual: Indicator): Indicator[] => [
  {
    ...usual,
    code: 'Y1',
    name: '信息报送及时',
    part: 'bonus',
    weight: 2,
    measure: 'filingOnTime',
    scoring: { kind: 'linear', zeroAt: 50, fullAt: 100 },
  },
  {
    ...usual,
    code: 'Y2',
    name: '漏报',
    part: 'malus',
    weight: 3,
    measure: 'filingMissing',
    scoring: { kind: 'each', free: 1, points: 0.3 },
  },
  {
    ...usual,
    code: 'Y3',
    name: '受到督促措施',
    part: 'malus',
    weight: 6,
    measure: 'measuresReceived',
    scoring: { kind: 'each', free: 0, points: 0.5 },
  },
  {
    ...usual,
    code: 'Y4',
    name: '问题久拖不决',
    part: 'malus',
    weight: 4,
    measure: 'problemLongest',
    scoring: {
      kind: 'piecewise',
      points: [
        { at: 0, share: 100 },
        { at: 20, share: 50 },
        { at: 60, share: 0 },
      ],
    },
  },
];

/** A scheme issued at the beginning, self-assessed, sealed, scored, shown, appealed, vetoed, graded and announced. */
export async function planAssessment(stage: Stage): Promise<Assessment> {
  const { today, first, officer, colleague } = stage;
  const on = (days: number): Day => addDays(today, days);
  const drafted = later(addDays(first, 1), day(`${today.slice(0, 4)}-01-05`));
  const { schemes } = await dataOf<{ schemes: readonly SchemeBody[] }>(stage.jurisdiction, 'assessment');
  const given = schemes.find((one) => one.indicators.some((indicator) => indicator.code === 'D1'));
  const usual = given?.indicators.find((one) => one.part === 'malus');
  if (!given || !usual) throw new Error('the district has no scheme for its departments');
  const body: SchemeBody = {
    ...given,
    year: Number(today.slice(0, 4)),
    from: later(first, day(`${today.slice(0, 4)}-01-01`)),
    to: on(-13),
    indicators: [...given.indicators, ...further(usual)],
    appealDays: 5,
    selfEvidence: false,
  };
  let now: Seen = { id: '', version: 0 };
  let veto = { ...now, unitId: '' };
  const appeals: (Seen & { readonly before: number; readonly max: number })[] = [];
  const seen = () => ({ params: { id: now.id }, body: { version: now.version } });
  const table = (moment: Parameters<typeof inAssessment>[0]) =>
    inAssessment(moment, 'schemeTable', { params: { id: now.id }, query: {} });
  const workerOf = (unitId: string) => stage.people.with(unitId, 'clerk', 'unitLeader', 'officer')[0] ?? officer;

  const fileSelves = async (): Promise<void> => {
    for (const [index, row] of (await table(at(stage, on(-16), 9 * 60, officer))).rows.entries()) {
      // one unit lets the day pass
      if (index === 3) continue;
      const moment = at(stage, on(-16), 9 * 60 + index, workerOf(row.unitId));
      const params = { id: now.id, unitId: row.unitId };
      const sheet = await inAssessment(moment, 'unitSheet', { params, query: {} });
      await inAssessment(moment, 'fileSelf', {
        params,
        body: {
          version: sheet.sheetVersion ?? 1,
          text: '对照方案逐项自查，个别问题整改进度偏慢，已明确专人盯办。',
          scores: sheet.lines.map(({ code, by, part, weight, score }) => ({
            code,
            score: by === 'ledger' ? Math.min(weight, score ?? 0) : part === 'bonus' ? 0 : weight * 0.9,
            text: by === 'ledger' ? '' : '按要求落实，记录齐全。',
          })),
        },
      });
    }
  };
  const scoreAll = async (): Promise<void> => {
    const { rows, columns } = await table(at(stage, on(-11), 9 * 60, officer));
    for (const [index, row] of rows.entries())
      for (const [column, cell] of row.scores.entries()) {
        const of = columns[column];
        if (of?.by !== 'hand' || !cell.applies) continue;
        const scorer = row.unitId === officer.unitId ? colleague : officer;
        const part = of.part === 'bonus' ? (index === 1 ? 0.4 : 0) : 0.7 + ((index * 7 + column) % 6) * 0.06;
        await inAssessment(at(stage, on(-11), 10 * 60 + index, scorer), 'scoreLine', {
          params: { id: now.id, unitId: row.unitId },
          body: { code: of.code, score: Math.round(of.weight * part * 2) / 2, says: '查阅会议、检查记录评定。' },
        });
      }
  };
  const enterVeto = async (): Promise<void> => {
    const [best] = (await table(at(stage, on(-11), 15 * 60, officer))).rows;
    const unitId = best?.unitId ?? '';
    const entered = await inAssessment(at(stage, on(-11), 15 * 60, officer), 'enterVeto', {
      body: {
        unitId,
        code: 'V1',
        happenedOn: on(-15),
        grounds: '监管的一家企业发生一起较大生产安全责任事故（演示）。',
      },
    });
    const paper = await minutes('事故调查报告批复（演示）', '安委办', on(-12));
    const upload = await uploadOf(stage.house, paper.name, paper.bytes);
    const query = { itemKind: 'vetoEvent', itemId: entered.id };
    await inFiles(at(stage, on(-11), 15 * 60 + 5, officer), 'addFile', { query, upload });
    veto = { id: entered.id, version: entered.version, unitId };
  };
  /** Two units object to a line scored by hand: the one is right, the other is not. */
  const appeal = async (): Promise<void> => {
    const { rows } = await table(at(stage, on(-8), 9 * 60, officer));
    for (const { unitId } of rows.filter((row) => row.unitId !== veto.unitId).slice(0, 2)) {
      const params = { id: now.id, unitId };
      const moment = at(stage, on(-8), 10 * 60 + appeals.length, workerOf(unitId));
      const sheet = await inAssessment(moment, 'unitSheet', { params, query: {} });
      const line = sheet.lines.find(
        (one) => one.by === 'hand' && one.part !== 'bonus' && (one.score ?? 0) < one.max - 0.5,
      );
      if (!line) throw new Error('there is nothing to object to');
      const before = line.score ?? 0;
      const filed = await inAssessment(moment, 'fileAppeal', {
        params,
        body: { code: line.code, text: '有一次带队检查的记录漏装，现补充提供，请予核对。', asked: before + 0.5 },
      });
      appeals.push({ ...filed, before, max: line.max });
    }
  };
  const decideAppeals = async (): Promise<void> => {
    for (const [index, { id, version, before }] of appeals.entries())
      await inAssessment(at(stage, on(-6), 10 * 60, colleague), 'decideAppeal', {
        params: { id },
        body: {
          version,
          uphold: index === 0,
          opinion: '核对补充材料后决定。',
          score: index === 0 ? before + 0.5 : null,
        },
      });
  };
  const steps: [Day, () => Promise<unknown>][] = [
    [
      drafted,
      async () => {
        const plain = JSON.parse(JSON.stringify(body));
        now = await inAssessment(at(stage, drafted, 10 * 60, officer), 'draftScheme', { body: { body: plain } });
      },
    ],
    [
      addDays(drafted, 1),
      async () => {
        now = await inAssessment(at(stage, addDays(drafted, 1), 10 * 60, colleague), 'publishScheme', seen());
      },
    ],
    [
      on(-20),
      async () => {
        const { params, body: version } = seen();
        const until = on(-14);
        now = await inAssessment(at(stage, on(-20), 10 * 60, officer), 'openSelf', {
          params,
          body: { ...version, until },
        });
      },
    ],
    [on(-16), fileSelves],
    [
      on(-12),
      async () => {
        const { params, body: version } = seen();
        const asked = { ...version, day: body.to };
        now = await inAssessment(at(stage, on(-12), 10 * 60, officer), 'collectScores', { params, body: asked });
      },
    ],
    [
      on(-11),
      async () => {
        await scoreAll();
        await enterVeto();
      },
    ],
    [
      on(-10),
      async () => {
        await inAssessment(at(stage, on(-10), 9 * 60, colleague), 'decideVeto', {
          params: { id: veto.id },
          body: { version: veto.version, confirm: true, opinion: '调查报告已经批复，予以认定。' },
        });
        now = await inAssessment(at(stage, on(-10), 16 * 60, officer), 'finishScoring', seen());
      },
    ],
    [
      on(-9),
      async () => {
        const { params, body: version } = seen();
        const finding = '经核查，有1个单位出现否决情形，其余单位没有。';
        now = await inAssessment(at(stage, on(-9), 10 * 60, officer), 'showScores', {
          params,
          body: { ...version, finding },
        });
      },
    ],
    [on(-8), appeal],
    [on(-6), decideAppeals],
    [
      on(-3),
      async () => {
        now = await inAssessment(at(stage, on(-3), 10 * 60, officer), 'gradeScheme', seen());
      },
    ],
    [
      on(-2),
      async () => {
        const { params, body: version } = seen();
        now = await inAssessment(at(stage, on(-2), 10 * 60, colleague), 'announceScheme', {
          params,
          body: { ...version, letter: true },
        });
      },
    ],
  ];
  return {
    work: async (asked) => {
      for (const [planned, step] of steps) if (planned === asked) await step();
    },
    scheme: () => ({ id: now.id, body }),
    vetoed: () => veto.unitId,
  };
}
