import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, codes, DayText, Id, Nullable, Offer, Text } from '../../kernel/shapes.ts';
import { Page, paging, Version } from './api-shapes.ts';
import { measureKinds, measureStates } from './measure.ts';

const State = codes(measureStates);
const filters = {
  q: Type.Optional(Text(60)),
  state: Type.Optional(Type.Array(State, { maxItems: 6 })),
  unit: Type.Optional(Type.Array(Id, { maxItems: 200 })),
};

const content = {
  kind: codes(measureKinds),
  title: Text(200),
  text: Text(4000),
  proposal: Type.Optional(Nullable(Text(4000))),
  sector: Type.Optional(Nullable(Text(60))),
  leadUnitId: Id,
  coUnitIds: Type.Optional(Type.Array(Id, { maxItems: 50 })),
  personName: Type.Optional(Nullable(Text(30))),
  dueOn: Type.Optional(Nullable(DayText)),
  problemIds: Type.Optional(Type.Array(Id, { maxItems: 200 })),
};

const Row = Type.Object({
  id: Type.String(),
  number: Type.String(),
  kind: codes(measureKinds),
  title: Type.String(),
  proposal: Nullable(Type.String()),
  sector: Nullable(Type.String()),
  leadUnitId: Type.String(),
  leadUnitName: Type.String(),
  coUnitNames: Type.Array(Type.String()),
  personName: Nullable(Type.String()),
  dueOn: Nullable(Type.String()),
  late: Type.Boolean(),
  problems: Type.Integer(),
  state: State,
  documentTitle: Nullable(Type.String()),
  documentNumber: Nullable(Type.String()),
  issuedOn: Nullable(Type.String()),
  sortedOn: Type.String(),
  version: Type.Integer(),
});

const Done = Type.Object({ id: Type.String(), number: Type.String(), version: Type.Integer(), state: State });
const doing = <B extends TSchema>(path: string, summary: string, body: B) =>
  ({
    method: 'POST',
    path: `/api/measures/:id/${path}`,
    summary,
    permission: 'measure.work',
    audit: summary,
    params: ById,
    body,
    response: Done,
  }) as const;

export const measuresApi = contract({
  listMeasures: {
    method: 'GET',
    path: '/api/measures',
    summary: '制度措施清单',
    permission: 'measure.read',
    audit: null,
    query: Type.Object({ ...filters, ...paging }),
    response: Type.Object({
      ...Page(Row).properties,
      states: Type.Array(Type.Object({ state: State, count: Type.Integer() })),
    }),
  },
  exportMeasures: {
    method: 'GET',
    path: '/api/measures.xlsx',
    summary: '导出制度措施清单',
    permission: 'measure.read',
    audit: null,
    query: Type.Object(filters),
    response: Type.Any(),
    download: true,
  },
  viewMeasure: {
    method: 'GET',
    path: '/api/measures/:id',
    summary: '制度措施详情',
    permission: 'measure.read',
    audit: null,
    params: ById,
    response: Type.Object({
      measure: Row,
      text: Type.String(),
      coUnitIds: Type.Array(Type.String()),
      sortedByName: Type.String(),
      problems: Type.Array(
        Type.Object({
          id: Type.String(),
          number: Type.String(),
          title: Type.String(),
          leadUnitName: Type.String(),
          state: Type.String(),
        }),
      ),
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
  sortMeasure: {
    method: 'POST',
    path: '/api/measures',
    summary: '梳理制度措施',
    permission: 'measure.work',
    audit: '梳理制度措施',
    body: Type.Object(content),
    response: Done,
  },
  amendMeasure: doing('amendment', '修改制度措施', Type.Object({ version: Version, ...content })),
  /** One of the steps that need only words: study, progress, propose, sendBack, defer, resume, revoke. */
  stepMeasure: doing(
    'step',
    '办理制度措施',
    Type.Object({
      version: Version,
      action: codes(['study', 'progress', 'propose', 'sendBack', 'defer', 'resume', 'revoke'] as const),
      text: Type.Optional(Text(2000)),
    }),
  ),
  issueMeasure: doing(
    'issue',
    '登记制度措施出台',
    Type.Object({
      version: Version,
      documentTitle: Text(200),
      documentNumber: Type.Optional(Nullable(Text(60))),
      issuedOn: DayText,
    }),
  ),
});
