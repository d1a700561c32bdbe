import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, codes, DayText, Id, Nullable, Offer, Text } from '../../kernel/shapes.ts';
import { Page, paging, Version } from './api-shapes.ts';
import { seedSources } from './look-back.ts';
import type { CheckState, LookBackState } from './look-back-lifecycle.ts';
import { checkLifecycle, lookBackLifecycle } from './look-back-lifecycle.ts';
import { grades } from './problem.ts';

export const lookBackStates = Object.keys(lookBackLifecycle.states) as LookBackState[];
export const checkStates = Object.keys(checkLifecycle.states) as CheckState[];

const poolFilters = {
  from: DayText,
  to: DayText,
  units: Type.Optional(Type.Array(Id, { maxItems: 200 })),
  sectors: Type.Optional(Type.Array(Text(60), { maxItems: 200 })),
  grades: Type.Optional(Type.Array(codes(grades), { maxItems: 2 })),
};

/** What is frozen: of which closed problems the list is made, how many are drawn, and where the seed will come from. */
const FreezeBody = Type.Object({
  ...poolFilters,
  title: Text(80),
  take: Type.Integer({ minimum: 1, maximum: 2000 }),
  perUnit: Type.Integer({ minimum: 0, maximum: 50 }),
  perMajor: Type.Integer({ minimum: 0, maximum: 500 }),
  seedSource: codes(seedSources),
});

const LookBackRow = Type.Object({
  id: Type.String(),
  number: Type.String(),
  title: Type.String(),
  state: codes(lookBackStates),
  from: Type.String(),
  to: Type.String(),
  poolSize: Type.Integer(),
  take: Type.Integer(),
  drawn: Type.Integer(),
  checked: Type.Integer(),
  notStill: Type.Integer(),
  late: Type.Integer(),
  frozenOn: Type.String(),
  frozenByName: Type.String(),
  replaces: Nullable(Type.Object({ id: Type.String(), number: Type.String() })),
  replacedBy: Nullable(Type.Object({ id: Type.String(), number: Type.String() })),
  version: Type.Integer(),
});

/** A drawn problem. What lies outside the reader's sight is told by number, unit and result only. */
const CheckRow = Type.Object({
  id: Type.String(),
  lookBackId: Type.String(),
  lookBackNumber: Type.String(),
  problemId: Type.String(),
  number: Type.String(),
  title: Nullable(Type.String()),
  unitId: Type.String(),
  unitName: Type.String(),
  sector: Nullable(Type.String()),
  grade: codes(grades),
  ticket: Type.String(),
  rank: Type.Integer(),
  because: Type.String(),
  closedOn: Type.String(),
  doneByName: Nullable(Type.String()),
  recheckedByName: Nullable(Type.String()),
  recheckedUnitName: Nullable(Type.String()),
  closedByName: Nullable(Type.String()),
  state: codes(checkStates),
  late: Type.Boolean(),
  checkerName: Nullable(Type.String()),
  checkerUnitName: Nullable(Type.String()),
  mine: Type.Boolean(),
  dueOn: Nullable(Type.String()),
  resultOn: Nullable(Type.String()),
  resultByName: Nullable(Type.String()),
  text: Nullable(Type.String()),
  files: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), type: Type.String() })),
  newDue: Nullable(Type.String()),
  /** State of the problem now: a reopened one stays in sight here until it is closed again, and after. */
  problemState: Nullable(Type.String()),
  offers: Type.Array(Offer),
  version: Type.Integer(),
});

const Changed = Type.Object({ id: Type.String(), number: Type.String(), version: Type.Integer() });
const doing = <B extends TSchema>(path: string, summary: string, body: B) =>
  ({
    method: 'POST',
    path: `/api/look-backs/:id/${path}`,
    summary,
    permission: 'lookBack.direct',
    audit: summary,
    params: ById,
    body,
    response: Changed,
  }) as const;

const download = (ending: string, summary: string) =>
  ({
    method: 'GET',
    path: `/api/look-backs/:id/${ending}`,
    summary,
    permission: 'lookBack.read',
    audit: null,
    params: ById,
    response: Type.Any(),
    download: true,
  }) as const;

/** How well closings held: of those looked at again, how many were still rectified. */
const quality = {
  checked: Type.Integer(),
  still: Type.Integer(),
  notStill: Type.Integer(),
  /** Still rectified of all looked at, in percent with one decimal; null where none was. */
  rate: Nullable(Type.Number()),
};

export const lookBacksApi = contract({
  listLookBacks: {
    method: 'GET',
    path: '/api/look-backs',
    summary: '回头看清单',
    permission: 'lookBack.read',
    audit: null,
    query: Type.Object({ state: Type.Optional(codes(lookBackStates)), ...paging }),
    response: Page(LookBackRow),
  },
  lookBackPool: {
    method: 'GET',
    path: '/api/look-back-pool',
    summary: '试算可抽取的已销号问题',
    permission: 'lookBack.direct',
    audit: null,
    query: Type.Object(poolFilters),
    response: Type.Object({
      count: Type.Integer(),
      units: Type.Array(Type.Object({ unitId: Type.String(), name: Type.String(), count: Type.Integer() })),
      sectors: Type.Array(Type.Object({ sector: Nullable(Type.String()), count: Type.Integer() })),
      major: Type.Integer(),
    }),
  },
  freezeLookBack: {
    method: 'POST',
    path: '/api/look-backs',
    summary: '冻结回头看名单',
    permission: 'lookBack.direct',
    audit: '冻结回头看名单',
    body: FreezeBody,
    response: Changed,
  },
  viewLookBack: {
    method: 'GET',
    path: '/api/look-backs/:id',
    summary: '回头看详情',
    permission: 'lookBack.read',
    audit: null,
    params: ById,
    response: Type.Object({
      lookBack: LookBackRow,
      narrowed: Type.Array(Type.String()),
      perUnit: Type.Integer(),
      perMajor: Type.Integer(),
      seedSource: codes(seedSources),
      listHash: Type.String(),
      frozenAt: Type.String(),
      seed: Nullable(Type.String()),
      seedHow: Nullable(Type.String()),
      witnesses: Type.Array(Type.String()),
      sealDay: Nullable(Type.String()),
      seededAt: Nullable(Type.String()),
      seededByName: Nullable(Type.String()),
      drawnAt: Nullable(Type.String()),
      reason: Nullable(Type.String()),
      items: Type.Array(CheckRow),
      howToRecompute: Type.Array(Type.String()),
      facts: Type.Array(
        Type.Object({
          at: Type.String(),
          says: Type.String(),
          actorName: Type.String(),
          unitName: Nullable(Type.String()),
        }),
      ),
      offers: Type.Array(Offer),
    }),
  },
  frozenList: download('frozen.txt', '下载回头看冻结名单'),
  publishedDraw: download('published.json', '下载回头看公布文件'),
  publishedTable: download('published.csv', '下载回头看票号表'),
  fixLookBackSeed: doing(
    'seed',
    '确定回头看种子',
    Type.Object({
      version: Version,
      seed: Type.Optional(Text(200)),
      how: Type.Optional(Text(300)),
      witnesses: Type.Optional(Type.Array(Text(30), { maxItems: 10 })),
    }),
  ),
  drawLookBack: doing('draw', '抽取回头看事项', Type.Object({ version: Version })),
  redrawLookBack: doing(
    'redraw',
    '重新抽取回头看事项',
    Type.Object({ version: Version, reason: Text(500), ...FreezeBody.properties }),
  ),
  finishLookBack: doing('finish', '结束回头看', Type.Object({ version: Version })),
  assignChecks: doing(
    'assignment',
    '派发回头看核查',
    Type.Object({
      itemIds: Type.Array(Id, { minItems: 1, maxItems: 500 }),
      checkerId: Type.String({ minLength: 1, maxLength: 60 }),
      dueOn: DayText,
    }),
  ),
  lookBackCheckers: {
    method: 'GET',
    path: '/api/look-back-checkers',
    summary: '可派的核查人',
    permission: 'lookBack.direct',
    audit: null,
    query: Type.Object({ q: Type.Optional(Text(30)) }),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          accountId: Type.String(),
          name: Type.String(),
          unitId: Nullable(Type.String()),
          unitName: Nullable(Type.String()),
        }),
      ),
    }),
  },
  listChecks: {
    method: 'GET',
    path: '/api/look-back-items',
    summary: '回头看抽中事项',
    permission: 'lookBack.read',
    audit: null,
    query: Type.Object({
      mine: Type.Optional(Type.Literal('checks')),
      lookBack: Type.Optional(Id),
      problem: Type.Optional(Id),
      state: Type.Optional(Type.Array(codes(checkStates), { maxItems: 5 })),
      unit: Type.Optional(Id),
      sector: Type.Optional(Text(60)),
      rechecker: Type.Optional(Text(60)),
      asOf: Type.Optional(DayText),
      from: Type.Optional(DayText),
      ...paging,
    }),
    response: Page(CheckRow),
  },
  viewCheck: {
    method: 'GET',
    path: '/api/look-back-items/:id',
    summary: '抽中事项详情',
    permission: 'lookBack.read',
    audit: null,
    params: ById,
    response: CheckRow,
  },
  recordCheck: {
    method: 'POST',
    path: '/api/look-back-items/:id/result',
    summary: '登记回头看核查结果',
    permission: 'lookBack.check',
    audit: '登记回头看核查结果',
    params: ById,
    body: Type.Object({
      version: Version,
      still: Type.Boolean(),
      text: Text(2000),
      fileIds: Type.Array(Id, { maxItems: 50 }),
      newDue: Type.Optional(Nullable(DayText)),
    }),
    response: Type.Object({
      id: Type.String(),
      version: Type.Integer(),
      state: codes(checkStates),
      reopened: Type.Boolean(),
    }),
  },
  lookBackQuality: {
    method: 'GET',
    path: '/api/look-back-quality',
    summary: '销号质量',
    permission: 'lookBack.read',
    audit: null,
    query: Type.Object({ asOf: Type.Optional(DayText), from: Type.Optional(DayText) }),
    response: Type.Object({
      day: Type.String(),
      ...quality,
      toCheck: Type.Integer(),
      late: Type.Integer(),
      units: Type.Array(Type.Object({ unitId: Type.String(), name: Type.String(), ...quality })),
      sectors: Type.Array(Type.Object({ sector: Nullable(Type.String()), ...quality })),
      recheckers: Type.Array(
        Type.Object({
          recheckerId: Type.String(),
          name: Type.String(),
          unitName: Nullable(Type.String()),
          ...quality,
        }),
      ),
    }),
  },
});
