import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { pageOf, paging } from '../../kernel/paging.ts';
import { ById, codes, DayText, FactRow, FileRow, Id, Nullable, Offer, Text } from '../../kernel/shapes.ts';
import { IssuedLine } from '../letters/api.ts';
import { chainLevelCodes } from './duty-chain.ts';
import { type ListingState, listingStates } from './lifecycle.ts';
import { escalationKinds, planParts } from './listing.ts';

const State = codes<ListingState>(listingStates);
const Files = Type.Optional(Type.Array(Id, { maxItems: 50 }));

/** late: of any kind; limit, plan, acceptance, retry: of that kind. */
export const lateKinds = ['late', 'limit', 'plan', 'acceptance', 'retry'] as const;
export const listingFilters = {
  q: Type.Optional(Text(60)),
  state: Type.Optional(Type.Array(State, { maxItems: 20 })),
  level: Type.Optional(Text(20)),
  leadUnit: Type.Optional(Id),
  sector: Type.Optional(Text(60)),
  late: Type.Optional(codes(lateKinds)),
  /** hanging: the plate hangs; ended: delisted, refused, retracted or revoked. */
  only: Type.Optional(codes(['hanging', 'open', 'ended', 'escalated', 'mine'] as const)),
  listedFrom: Type.Optional(DayText),
  listedTo: Type.Optional(DayText),
  delistedFrom: Type.Optional(DayText),
  delistedTo: Type.Optional(DayText),
  /** As listings stood in the evening of this past day. */
  asOf: Type.Optional(DayText),
  /** One of the governments that the reader may see. */
  jurisdiction: Type.Optional(Text(12)),
};

export const ListingLine = Type.Object({
  id: Type.String(),
  jurisdiction: Type.String(),
  number: Type.String(),
  state: State,
  level: Type.String(),
  levelName: Type.String(),
  matter: Type.String(),
  problemId: Type.String(),
  problemNumber: Type.String(),
  problemTitle: Type.String(),
  subject: Nullable(Type.String()),
  sector: Nullable(Type.String()),
  leadUnitId: Type.String(),
  leadUnitName: Type.String(),
  supervisingUnitName: Nullable(Type.String()),
  proposedOn: Type.String(),
  proposedByName: Type.String(),
  listedOn: Nullable(Type.String()),
  noticeNumber: Nullable(Type.String()),
  limitOn: Type.String(),
  acceptanceDueOn: Nullable(Type.String()),
  delistedOn: Nullable(Type.String()),
  escalations: Type.Integer(),
  failures: Type.Integer(),
  lamp: codes(['red', 'amber', 'green', 'grey', 'none'] as const),
  lampReason: Type.String(),
  version: Type.Integer(),
});

const MissingLine = Type.Object({
  problemId: Type.String(),
  number: Type.String(),
  title: Type.String(),
  subject: Nullable(Type.String()),
  sector: Nullable(Type.String()),
  leadUnitName: Type.String(),
  dueOn: Type.String(),
  majorOn: Type.String(),
  age: Type.Integer(),
  late: Type.Integer(),
  rules: Type.Array(Type.String()),
  /** A proposal or listing that is on its way but not yet issued. */
  underway: Nullable(Type.Object({ id: Type.String(), number: Type.String(), state: State })),
});

const Rule = Type.Object({
  id: Type.String(),
  jurisdiction: Type.String(),
  name: Type.String(),
  basis: Type.String(),
  sectors: Type.Array(Type.String()),
  kinds: Type.Array(Type.String()),
  tags: Type.Array(Type.String()),
  clauses: Type.Array(Type.String()),
  fromOn: Type.String(),
  toOn: Nullable(Type.String()),
  withinDays: Type.Integer(),
});

const Done = Type.Object({ id: Type.String(), number: Type.String(), version: Type.Integer(), state: State });

const Acceptor = Type.Object({
  name: Text(30),
  unitName: Text(60),
  post: Text(40),
  as: codes(['staff', 'expert'] as const),
});
const Check = Type.Object({ requirement: Text(500), finding: Text(500) });

const View = Type.Object({
  listing: ListingLine,
  reason: Type.String(),
  requirements: Type.Array(Type.String()),
  proposedUnitName: Nullable(Type.String()),
  decision: Nullable(
    Type.Object({
      approved: Type.Boolean(),
      on: Type.String(),
      byName: Type.String(),
      byPost: Nullable(Type.String()),
      opinion: Type.String(),
      recordedByName: Nullable(Type.String()),
    }),
  ),
  nextStep: Type.String(),
  planDueOn: Nullable(Type.String()),
  planFiledOn: Nullable(Type.String()),
  planRecordedOn: Nullable(Type.String()),
  plan: Nullable(Type.Array(Type.Object({ part: codes(planParts), word: Type.String(), text: Type.String() }))),
  planFileIds: Type.Array(Type.String()),
  appliedOn: Nullable(Type.String()),
  acceptedOn: Nullable(Type.String()),
  retryOn: Nullable(Type.String()),
  grounds: Type.Array(Type.String()),
  problem: Type.Object({
    stateWord: Type.String(),
    dueOn: Type.String(),
    firstDueOn: Type.String(),
    extensions: Type.Integer(),
    address: Nullable(Type.String()),
  }),
  progress: Type.Array(
    Type.Object({
      id: Type.String(),
      day: Type.String(),
      byName: Type.String(),
      unitName: Nullable(Type.String()),
      text: Type.String(),
      fileIds: Type.Array(Type.String()),
    }),
  ),
  acceptances: Type.Array(
    Type.Object({
      id: Type.String(),
      round: Type.Integer(),
      appliedOn: Type.String(),
      heldOn: Type.String(),
      lateDays: Type.Integer(),
      place: Type.String(),
      people: Type.Array(Acceptor),
      checks: Type.Array(Check),
      passed: Type.Boolean(),
      opinion: Type.String(),
      retryOn: Nullable(Type.String()),
      byName: Type.String(),
    }),
  ),
  escalations: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: codes(escalationKinds),
      word: Type.String(),
      day: Type.String(),
      grounds: Type.Array(Type.String()),
      reason: Type.String(),
      levelBefore: Type.String(),
      levelAfter: Type.String(),
      demands: Type.Array(Type.String()),
      replyOn: Nullable(Type.String()),
      measures: Nullable(Type.String()),
      byName: Type.String(),
    }),
  ),
  documents: Type.Array(IssuedLine),
  files: Type.Array(FileRow),
  facts: Type.Array(FactRow),
  offers: Type.Array(Offer),
  levels: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
  usual: Type.Object({
    addressee: Type.String(),
    copies: Type.String(),
    leadUnitName: Type.String(),
    place: Type.String(),
  }),
});

const seen = { version: Type.Integer({ minimum: 1 }) };
const reason = { reason: Text(500) };
const doing = <B extends TSchema>(
  path: string,
  summary: string,
  permission: 'listing.propose' | 'listing.decide' | 'listing.work' | 'listing.accept' | 'listing.direct',
  body: B,
) =>
  ({
    method: 'POST',
    path: `/api/listings/:id/${path}`,
    summary,
    permission,
    audit: summary,
    params: ById,
    body,
    response: Done,
  }) as const;

export const supervisionApi = contract({
  listListings: {
    method: 'GET',
    path: '/api/listings',
    summary: '挂牌督办清单',
    permission: 'listing.read',
    audit: null,
    query: Type.Object({ ...listingFilters, ...paging }),
    response: pageOf(ListingLine),
  },
  listingFigures: {
    method: 'GET',
    path: '/api/listing-figures',
    summary: '挂牌督办各项数字（可看任意一天）',
    permission: 'listing.read',
    audit: null,
    query: Type.Object({ asOf: Type.Optional(DayText) }),
    response: Type.Object({
      day: Type.String(),
      /** Each opens the list filtered to exactly what was counted. */
      figures: Type.Array(
        Type.Object({
          key: Type.String(),
          name: Type.String(),
          value: Type.Integer(),
          query: Type.Record(Type.String(), Type.String()),
          red: Type.Boolean(),
          note: Nullable(Type.String()),
        }),
      ),
      /** 应挂牌: demanded by rules; of these listed. */
      demanded: Type.Integer(),
      listed: Type.Integer(),
      missing: Type.Integer(),
      oldest: Type.Integer(),
      levels: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
    }),
  },
  missingListings: {
    method: 'GET',
    path: '/api/listings-missing',
    summary: '应挂牌未挂牌的问题（可看任意一天）',
    permission: 'listing.read',
    audit: null,
    query: Type.Object({ asOf: Type.Optional(DayText) }),
    response: Type.Object({
      /** The latest 500. */
      rows: Type.Array(MissingLine),
      missing: Type.Integer(),
      demanded: Type.Integer(),
      listed: Type.Integer(),
      /** Days since the oldest of the missing ones was found to be major. */
      oldest: Type.Integer(),
    }),
  },
  proposalsToDecide: {
    method: 'GET',
    path: '/api/listings-to-do',
    summary: '待我办理的挂牌督办',
    permission: 'listing.read',
    audit: null,
    response: Type.Object({
      rows: Type.Array(Type.Object({ listing: ListingLine, action: Type.String(), word: Type.String() })),
    }),
  },
  listingsOfProblem: {
    method: 'GET',
    path: '/api/problems/:id/listings',
    summary: '问题的挂牌督办情况',
    permission: 'listing.read',
    audit: null,
    params: ById,
    response: Type.Object({
      listings: Type.Array(ListingLine),
      demandedBy: Type.Array(Type.Object({ name: Type.String(), basis: Type.String() })),
      age: Type.Integer(),
      late: Type.Integer(),
      missing: Type.Boolean(),
      /** Why the actor cannot propose; null: he can. */
      refusedBecause: Nullable(Type.String()),
      levels: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
      usual: Type.Object({ matter: Type.String(), requirements: Type.Array(Type.String()) }),
    }),
  },
  dutyChain: {
    method: 'GET',
    path: '/api/problems/:id/duty-chain',
    summary: '责任倒查：一条问题的责任链',
    permission: 'dutyChain.read',
    audit: null,
    params: ById,
    response: Type.Object({
      problem: Type.Object({
        id: Type.String(),
        number: Type.String(),
        title: Type.String(),
        foundOn: Type.String(),
        grade: Type.String(),
        leadUnitId: Type.String(),
      }),
      day: Type.String(),
      links: Type.Array(
        Type.Object({
          level: codes(chainLevelCodes),
          word: Type.String(),
          unitId: Nullable(Type.String()),
          name: Type.String(),
          people: Type.Array(Type.String()),
          says: Type.Array(Type.String()),
          asks: Type.Array(Type.String()),
          records: Type.Array(Type.Object({ says: Type.String(), on: Type.String(), to: Nullable(Type.String()) })),
        }),
      ),
    }),
  },
  viewListing: {
    method: 'GET',
    path: '/api/listings/:id',
    summary: '挂牌督办详情',
    permission: 'listing.read',
    audit: null,
    params: ById,
    response: View,
  },
  proposeListing: {
    method: 'POST',
    path: '/api/listings',
    summary: '提请挂牌督办',
    permission: 'listing.propose',
    audit: '提请挂牌督办',
    body: Type.Object({
      problemId: Id,
      level: Text(20),
      matter: Text(80),
      requirements: Type.Array(Text(500), { maxItems: 30 }),
      ...reason,
    }),
    response: Done,
  },
  decideListing: doing(
    'decision',
    '审批挂牌督办',
    'listing.decide',
    Type.Object({
      ...seen,
      approve: Type.Boolean(),
      opinion: Text(500),
      approver: Type.Optional(Nullable(Type.Object({ name: Text(30), post: Text(40), on: DayText }))),
    }),
  ),
  retractListing: doing('retraction', '撤回挂牌提请', 'listing.propose', Type.Object({ ...seen, ...reason })),
  issueListing: doing(
    'issue',
    '印发挂牌督办',
    'listing.direct',
    Type.Object({
      ...seen,
      addressee: Type.Optional(Nullable(Text(120))),
      copies: Type.Optional(Nullable(Text(300))),
      announce: Type.Boolean(),
    }),
  ),
  fileListingPlan: doing(
    'plan',
    '报送挂牌整改方案',
    'listing.work',
    Type.Object({
      ...seen,
      plan: Type.Object(
        Object.fromEntries(planParts.map((part) => [part, Text(2000)])) as Record<
          (typeof planParts)[number],
          ReturnType<typeof Text>
        >,
      ),
      fileIds: Files,
    }),
  ),
  decideListingPlan: doing(
    'plan/decision',
    '挂牌整改方案备案',
    'listing.accept',
    Type.Object({ ...seen, approve: Type.Boolean(), opinion: Text(500) }),
  ),
  reportListing: doing(
    'progress',
    '填报挂牌整改进展',
    'listing.work',
    Type.Object({ text: Text(4000), fileIds: Files }),
  ),
  applyAcceptance: doing(
    'application',
    '申请挂牌验收',
    'listing.work',
    Type.Object({ ...seen, text: Text(4000), fileIds: Files }),
  ),
  acceptListing: doing(
    'acceptance',
    '登记挂牌现场验收',
    'listing.accept',
    Type.Object({
      ...seen,
      pass: Type.Boolean(),
      heldOn: DayText,
      place: Text(200),
      people: Type.Array(Acceptor, { maxItems: 30 }),
      checks: Type.Array(Check, { maxItems: 30 }),
      opinion: Text(2000),
      retryOn: Type.Optional(Nullable(DayText)),
      fileIds: Files,
    }),
  ),
  escalateListing: doing(
    'escalation',
    '升级督办',
    'listing.direct',
    Type.Object({
      ...seen,
      kind: codes(escalationKinds),
      ...reason,
      level: Type.Optional(Nullable(Text(20))),
      addressee: Type.Optional(Nullable(Text(120))),
      copies: Type.Optional(Nullable(Text(300))),
      demands: Type.Optional(Type.Array(Text(500), { maxItems: 20 })),
      replyOn: Type.Optional(Nullable(DayText)),
      measures: Type.Optional(Nullable(Text(1000))),
    }),
  ),
  delistListing: doing(
    'delisting',
    '挂牌督办摘牌',
    'listing.direct',
    Type.Object({ ...seen, opinion: Type.Optional(Text(500)) }),
  ),
  revokeListing: doing('revocation', '撤销挂牌督办', 'listing.direct', Type.Object({ ...seen, ...reason })),
  listRules: {
    method: 'GET',
    path: '/api/listing-rules',
    summary: '应挂牌规则',
    permission: 'listing.read',
    audit: null,
    response: Type.Object({ rows: Type.Array(Rule) }),
  },
  makeRule: {
    method: 'POST',
    path: '/api/listing-rules',
    summary: '新增应挂牌规则',
    permission: 'listing.rules',
    audit: '新增应挂牌规则',
    body: Type.Object({
      name: Text(80),
      basis: Text(200),
      sectors: Type.Array(Text(60), { maxItems: 50 }),
      kinds: Type.Array(Text(20), { maxItems: 10 }),
      tags: Type.Array(Text(40), { maxItems: 30 }),
      clauses: Type.Array(Text(40), { maxItems: 60 }),
      fromOn: DayText,
      toOn: Nullable(DayText),
      withinDays: Type.Integer({ minimum: 0, maximum: 3650 }),
    }),
    response: Type.Object({ id: Type.String() }),
  },
  endRule: {
    method: 'POST',
    path: '/api/listing-rules/:id/end',
    summary: '停用应挂牌规则',
    permission: 'listing.rules',
    audit: '停用应挂牌规则',
    params: ById,
    body: Type.Object({ on: DayText }),
    response: Type.Object({ id: Type.String() }),
  },
});
