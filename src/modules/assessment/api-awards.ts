import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, codes, DayText, FactRow, FileRow, Id, Nullable, Offer, Text } from '../../kernel/shapes.ts';
import { FileIds, ItemDone } from './api-scheme.ts';
import { awardKindCodes, nomineeKindCodes, nomineeStateCodes } from './award.ts';
import { type AwardState, awardLifecycle } from './award-lifecycle.ts';

const seen = { version: Type.Integer({ minimum: 1 }) };
const State = codes(Object.keys(awardLifecycle.states) as AwardState[]);
const Kind = codes(awardKindCodes);

const line = {
  id: Type.String(),
  number: Type.String(),
  state: State,
  kind: Kind,
  title: Type.String(),
  year: Type.Integer(),
  nominateUntil: Type.String(),
  showUntil: Nullable(Type.String()),
  decidedOn: Nullable(Type.String()),
  nominees: Type.Integer(),
  passed: Type.Integer(),
  quota: Nullable(Type.Integer()),
  nextStep: Type.String(),
  version: Type.Integer(),
};
const { nominees: _, ...head } = line;

const doing = <B extends TSchema, P extends 'assessment.work' | 'assessment.direct' | 'assessment.decide'>(
  path: string,
  summary: string,
  permission: P,
  body: B,
) =>
  ({
    method: 'POST',
    path: `/api/awards/:id/${path}`,
    summary,
    permission,
    audit: summary,
    params: ById,
    body,
    response: ItemDone,
  }) as const;

/** 评优表彰、平安创建. */
export const awardsApi = contract({
  listAwards: {
    method: 'GET',
    path: '/api/awards',
    summary: '评优表彰与平安创建',
    permission: 'assessment.read',
    audit: null,
    response: Type.Object({
      rows: Type.Array(Type.Object(line)),
      /** 名册: everybody and everything that was decided on. */
      register: Type.Array(
        Type.Object({
          awardId: Type.String(),
          awardTitle: Type.String(),
          kind: Kind,
          key: Type.String(),
          name: Type.String(),
          post: Type.String(),
          unitName: Type.String(),
          decidedOn: Type.String(),
        }),
      ),
    }),
  },
  viewAward: {
    method: 'GET',
    path: '/api/awards/:id',
    summary: '评选详情',
    permission: 'assessment.read',
    audit: null,
    params: ById,
    response: Type.Object({
      ...head,
      basis: Type.String(),
      criteria: Type.String(),
      from: Type.String(),
      to: Type.String(),
      showDays: Type.Integer(),
      decidedByName: Nullable(Type.String()),
      endedWhy: Nullable(Type.String()),
      nominees: Type.Array(
        Type.Object({
          key: Type.String(),
          kind: codes(nomineeKindCodes),
          unitId: Type.String(),
          unitName: Type.String(),
          name: Type.String(),
          post: Type.String(),
          deeds: Type.String(),
          fileIds: Type.Array(Type.String()),
          byName: Type.String(),
          on: Type.String(),
          state: codes(nomineeStateCodes),
          opinion: Type.String(),
          reviewedByName: Nullable(Type.String()),
          checked: Nullable(Type.String()),
          vetoed: Type.Boolean(),
          check: Nullable(Type.String()),
          grades: Nullable(Type.String()),
          offers: Type.Array(Offer),
        }),
      ),
      objections: Type.Array(
        Type.Object({
          about: Type.String(),
          text: Type.String(),
          byName: Type.String(),
          unitName: Nullable(Type.String()),
          on: Type.String(),
        }),
      ),
      offers: Type.Array(Offer),
      files: Type.Array(FileRow),
      facts: Type.Array(FactRow),
    }),
  },
  makeAward: {
    method: 'POST',
    path: '/api/awards',
    summary: '发起评选',
    permission: 'assessment.direct',
    audit: '发起评选',
    body: Type.Object({
      kind: Kind,
      title: Text(80),
      basis: Text(200),
      criteria: Text(2000),
      quota: Nullable(Type.Integer({ minimum: 1, maximum: 1000 })),
      from: DayText,
      to: DayText,
      nominateUntil: DayText,
      showDays: Type.Integer({ minimum: 1, maximum: 60 }),
    }),
    response: ItemDone,
  },
  nominate: doing(
    'nominate',
    '推荐评选对象',
    'assessment.work',
    Type.Object({
      ...seen,
      kind: codes(nomineeKindCodes),
      unitId: Id,
      name: Text(60),
      post: Text(60),
      deeds: Text(2000),
      fileIds: Type.Optional(FileIds),
    }),
  ),
  withdrawNominee: doing(
    'withdraw-nominee',
    '撤回推荐',
    'assessment.work',
    Type.Object({ ...seen, key: Id, reason: Text(500) }),
  ),
  closeNominating: doing('close', '截止推荐', 'assessment.direct', Type.Object(seen)),
  reviewNominee: doing(
    'review',
    '审查推荐对象',
    'assessment.decide',
    Type.Object({ ...seen, key: Id, pass: Type.Boolean(), opinion: Text(500) }),
  ),
  showNominees: doing('show', '公示评选名单', 'assessment.direct', Type.Object(seen)),
  objectToAward: doing(
    'object',
    '对评选名单提出异议',
    'assessment.work',
    Type.Object({ key: Nullable(Id), text: Text(1000) }),
  ),
  excludeNominee: doing(
    'exclude',
    '将对象移出评选名单',
    'assessment.direct',
    Type.Object({ ...seen, key: Id, reason: Text(500) }),
  ),
  decideAward: doing('decide', '作出评选决定', 'assessment.direct', Type.Object(seen)),
  dropAward: doing('drop', '终止评选', 'assessment.direct', Type.Object({ ...seen, reason: Text(500) })),
});
