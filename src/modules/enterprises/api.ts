import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { pageOf, paging } from '../../kernel/paging.ts';
import { ById, DayText, FactRow, Id, Nullable } from '../../kernel/shapes.ts';
import { enterpriseKinds, enterpriseSizes, enterpriseStates, riskColours } from './enterprise.ts';

const Maybe = <T extends TSchema>(schema: T) => Type.Optional(Nullable(schema));
const MaybeText = (maxLength: number) => Maybe(Type.String({ maxLength }));
const codes = <T extends object>(of: T) => Type.Enum(Object.keys(of) as [keyof T & string, ...(keyof T & string)[]]);
const Kind = codes(enterpriseKinds);
const State = codes(enterpriseStates);
const Size = codes(enterpriseSizes);
const Risk = codes(riskColours);
const AreaCode = Type.String({ pattern: '^\\d{6,12}$' });
const Longitude = Type.Number({ minimum: -180, maximum: 180 });
const Latitude = Type.Number({ minimum: -90, maximum: 90 });
const Version = Type.Integer({ minimum: 1 });
const Reason = Type.String({ minLength: 2, maxLength: 500 });
/** Scheme and host under which people open the product, as their browser knows it. */
const Origin = Type.String({ pattern: '^https?://[A-Za-z0-9.:\\[\\]-]{1,100}$' });

/** One line of the list, and the head of every other answer. */
export const enterpriseLine = Type.Object({
  id: Type.String(),
  jurisdiction: Type.String(),
  number: Type.String(),
  kind: Kind,
  name: Type.String(),
  creditCode: Nullable(Type.String()),
  sector: Nullable(Type.String()),
  address: Nullable(Type.String()),
  areaCode: Type.String(),
  longitude: Nullable(Type.Number()),
  latitude: Nullable(Type.Number()),
  grid: Nullable(Type.String()),
  regulatorUnitId: Nullable(Type.String()),
  regulatorName: Nullable(Type.String()),
  townUnitId: Nullable(Type.String()),
  townName: Nullable(Type.String()),
  risk: Nullable(Risk),
  state: State,
  stateOn: Type.String(),
  confirmedOn: Nullable(Type.String()),
  mergedInto: Nullable(Type.String()),
  version: Type.Integer(),
});

/** Something that a person should look at before he goes on; never a refusal. */
export const enterpriseDoubt = Type.Object({
  /** 'sameCode' and 'sameName' name the existing one and ask for a confirmation; 'code' only tells. */
  kind: Type.Enum(['code', 'sameCode', 'sameName']),
  says: Type.String(),
  existing: Nullable(Type.Object({ id: Nullable(Type.String()), number: Type.String(), name: Type.String() })),
});

const draftFields = {
  kind: Kind,
  name: Type.String({ minLength: 2, maxLength: 100 }),
  creditCode: MaybeText(30),
  sector: MaybeText(40),
  industry: MaybeText(20),
  address: MaybeText(200),
  areaCode: Maybe(AreaCode),
  longitude: Maybe(Longitude),
  latitude: Maybe(Latitude),
  grid: MaybeText(60),
  gridCode: MaybeText(40),
  regulatorUnitId: Maybe(Id),
  townUnitId: Maybe(Id),
  legalPerson: MaybeText(40),
  safetyHead: MaybeText(40),
  safetyPhone: MaybeText(40),
  size: Maybe(Size),
  headcount: Maybe(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
  risk: Maybe(Risk),
  note: MaybeText(500),
};

const Saved = Type.Object({
  id: Type.String(),
  number: Type.String(),
  version: Type.Integer(),
  doubts: Type.Array(enterpriseDoubt),
});

/** What a list of enterprises can be narrowed by; the same for the sheet of stickers and the export. */
const filters = {
  q: Type.Optional(Type.String({ maxLength: 60 })),
  kind: Type.Optional(Kind),
  sector: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 50 })),
  /** Regulator or town. */
  unit: Type.Optional(Id),
  regulator: Type.Optional(Id),
  town: Type.Optional(Id),
  grid: Type.Optional(Type.String({ maxLength: 60 })),
  risk: Type.Optional(Type.Array(Risk)),
  /** 'merged': those that point to another one, which are left out otherwise. */
  state: Type.Optional(Type.Array(Type.Enum(['active', 'stopped', 'closed', 'merged']))),
  /** 'unconfirmed': nobody has confirmed the file; 'code': no code; 'position': no coordinates; 'regulator': none of record. */
  lacks: Type.Optional(Type.Enum(['confirmed', 'code', 'position', 'regulator'])),
};
const Sort = Type.Optional(Type.Enum(['number', '-number', 'name', '-name']));
const Download = Type.Unknown();

/** Routes of the register of enterprises and public places. */
export const enterprisesApi = contract({
  listEnterprises: {
    method: 'GET',
    path: '/api/enterprises',
    summary: '企业和场所列表',
    permission: 'enterprise.read',
    audit: null,
    query: Type.Object({ ...filters, sort: Sort, ...paging }),
    response: pageOf(enterpriseLine),
  },
  enterpriseChoices: {
    method: 'GET',
    path: '/api/enterprises/choices',
    summary: '可选的企业和场所（最多20条），按名称、编号、代码、拼音首字母查',
    permission: 'enterprise.read',
    audit: null,
    query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 60 })), id: Type.Optional(Id) }),
    response: Type.Object({ rows: Type.Array(enterpriseLine) }),
  },
  enterpriseFilters: {
    method: 'GET',
    path: '/api/enterprises/filters',
    summary: '企业列表可用的筛选值',
    permission: 'enterprise.read',
    audit: null,
    response: Type.Object({
      /** Sectors of the house, then others that occur. */
      sectors: Type.Array(Type.String()),
      grids: Type.Array(Type.String()),
      units: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), as: Type.Enum(['regulator', 'town']) })),
    }),
  },
  enterprisesNear: {
    method: 'GET',
    path: '/api/enterprises/near',
    summary: '附近的企业和场所',
    permission: 'enterprise.read',
    audit: null,
    query: Type.Object({
      longitude: Longitude,
      latitude: Latitude,
      metres: Type.Optional(Type.Integer({ minimum: 10, maximum: 20_000 })),
    }),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          id: Type.String(),
          number: Type.String(),
          kind: Kind,
          name: Type.String(),
          address: Nullable(Type.String()),
          metres: Type.Integer(),
        }),
      ),
    }),
  },
  enterpriseDoubts: {
    method: 'GET',
    path: '/api/enterprises/doubts',
    summary: '登记前核对：信用代码是否可疑、是否已经登记',
    permission: 'enterprise.read',
    audit: null,
    query: Type.Object({
      name: Type.Optional(Type.String({ maxLength: 100 })),
      creditCode: Type.Optional(Type.String({ maxLength: 30 })),
      address: Type.Optional(Type.String({ maxLength: 200 })),
      /** The one that is being changed: it is no duplicate of itself. */
      except: Type.Optional(Id),
    }),
    response: Type.Object({ doubts: Type.Array(enterpriseDoubt) }),
  },
  enterpriseByNumber: {
    method: 'GET',
    path: '/api/enterprises/by-number/:number',
    summary: '按编号找企业（扫二维码）',
    permission: 'enterprise.read',
    audit: null,
    params: Type.Object({ number: Type.String({ minLength: 1, maxLength: 40 }) }),
    response: Type.Object({ enterprise: enterpriseLine }),
  },
  exportEnterprises: {
    method: 'GET',
    path: '/api/enterprises/export.xlsx',
    summary: '导出企业名录',
    permission: 'enterprise.read',
    audit: null,
    query: Type.Object({ ...filters, sort: Sort }),
    download: true,
    response: Download,
  },
  enterpriseStickers: {
    method: 'GET',
    path: '/api/enterprises/stickers.html',
    summary: '二维码标牌（A4，网页，可由浏览器打印）',
    permission: 'enterprise.read',
    audit: null,
    query: Type.Object({ ...filters, ids: Type.Optional(Type.Array(Id, { maxItems: 600 })), origin: Origin }),
    download: true,
    response: Download,
  },
  enterpriseTemplate: {
    method: 'GET',
    path: '/api/enterprises/template.xlsx',
    summary: '下载企业名录导入模板',
    permission: 'enterprise.import',
    audit: null,
    download: true,
    response: Download,
  },
  checkEnterpriseImport: {
    method: 'POST',
    path: '/api/enterprises/import/check',
    summary: '核对企业名录表格，不写入',
    permission: 'enterprise.import',
    audit: '核对企业名录表格',
    upload: true,
    response: Type.Object({ workId: Type.String() }),
  },
  importEnterprises: {
    method: 'POST',
    path: '/api/enterprises/import',
    summary: '写入核对过的企业名录表格',
    permission: 'enterprise.import',
    audit: '导入企业名录',
    body: Type.Object({
      /** The finished check of the file that is to be entered. */
      checkId: Id,
      /** What to do with rows that are in the register already: leave them, fill in what the row says, or enter them anew. */
      duplicates: Type.Enum(['skip', 'update', 'register']),
      /** True to enter the good rows although others are wrong; those are listed and left out. */
      leaveOutWrong: Type.Optional(Type.Boolean()),
    }),
    response: Type.Object({ workId: Type.String() }),
  },
  readEnterprise: {
    method: 'GET',
    path: '/api/enterprises/:id',
    summary: '企业档案',
    permission: 'enterprise.read',
    audit: null,
    params: ById,
    response: Type.Object({
      enterprise: Type.Intersect([
        enterpriseLine,
        Type.Object({
          industry: Nullable(Type.String()),
          gridCode: Nullable(Type.String()),
          legalPerson: Nullable(Type.String()),
          safetyHead: Nullable(Type.String()),
          safetyPhone: Nullable(Type.String()),
          size: Nullable(Size),
          headcount: Nullable(Type.Integer()),
          registeredOn: Type.String(),
          confirmedBy: Nullable(Type.String()),
          mergedOn: Nullable(Type.String()),
          note: Nullable(Type.String()),
        }),
      ]),
      /** The one that it was merged into, where it may be seen. */
      keptAs: Nullable(Type.Object({ id: Type.String(), number: Type.String(), name: Type.String() })),
      /** Those that were merged into it. */
      duplicates: Type.Array(
        Type.Object({ id: Type.String(), number: Type.String(), name: Type.String(), mergedOn: Type.String() }),
      ),
      formerNames: Type.Array(Type.Object({ name: Type.String(), untilOn: Type.String() })),
      states: Type.Array(Type.Object({ state: State, fromOn: Type.String(), reason: Nullable(Type.String()) })),
      doubts: Type.Array(enterpriseDoubt),
      /** Why the person who asks cannot do it; null where he can. */
      may: Type.Object({
        change: Nullable(Type.String()),
        changeRegulator: Nullable(Type.String()),
        changeState: Nullable(Type.String()),
        merge: Nullable(Type.String()),
        confirm: Nullable(Type.String()),
      }),
    }),
  },
  listEnterpriseFacts: {
    method: 'GET',
    path: '/api/enterprises/:id/facts',
    summary: '企业档案的变更记录',
    permission: 'enterprise.read',
    audit: null,
    params: ById,
    response: Type.Object({ rows: Type.Array(FactRow) }),
  },
  enterpriseQr: {
    method: 'GET',
    path: '/api/enterprises/:id/qr.svg',
    summary: '企业二维码',
    permission: 'enterprise.read',
    audit: null,
    params: ById,
    query: Type.Object({ origin: Origin }),
    download: true,
    response: Download,
  },
  registerEnterprise: {
    method: 'POST',
    path: '/api/enterprises',
    summary: '登记企业或场所',
    permission: 'enterprise.register',
    audit: '登记企业或场所',
    body: Type.Object({
      ...draftFields,
      /** The person has seen that it seems to be registered already, and registers it all the same. */
      notDuplicate: Type.Optional(Type.Boolean()),
    }),
    response: Saved,
  },
  changeEnterprise: {
    method: 'PUT',
    path: '/api/enterprises/:id',
    summary: '修改企业档案',
    permission: 'enterprise.change',
    audit: '修改企业档案',
    params: ById,
    body: Type.Object({ version: Version, ...draftFields, notDuplicate: Type.Optional(Type.Boolean()) }),
    response: Saved,
  },
  changeEnterpriseState: {
    method: 'POST',
    path: '/api/enterprises/:id/state',
    summary: '停业、恢复、注销',
    permission: 'enterprise.change',
    audit: '变更企业状态',
    params: ById,
    body: Type.Object({ version: Version, state: State, on: DayText, reason: Reason }),
    response: Saved,
  },
  mergeEnterprise: {
    method: 'POST',
    path: '/api/enterprises/:id/merge',
    summary: '重复登记的并入另一份档案',
    permission: 'enterprise.change',
    audit: '合并重复企业',
    params: ById,
    body: Type.Object({ version: Version, into: Id, reason: Reason }),
    response: Saved,
  },
  confirmEnterprise: {
    method: 'POST',
    path: '/api/enterprises/:id/confirm',
    summary: '核实企业档案',
    permission: 'enterprise.change',
    audit: '核实企业档案',
    params: ById,
    body: Type.Object({ version: Version, note: Type.Optional(Type.String({ maxLength: 200 })) }),
    response: Saved,
  },
});
