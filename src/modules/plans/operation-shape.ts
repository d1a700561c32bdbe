import { type TSchema, Type } from 'typebox';
import { type PlanKind, planKinds } from './plan.ts';

const Nullable = <T extends TSchema>(schema: T) => Type.Union([Type.Null(), schema]);
const text = (maxLength: number) => Type.String({ maxLength });
const Id = Type.String({ minLength: 1, maxLength: 60 });
const Ids = Type.Array(Id, { minItems: 1, maxItems: 20_000 });
const Span = Type.Object({ start: Type.Integer({ minimum: 0 }), end: Type.Integer({ minimum: 0 }) });
const Units = Type.Array(text(100), { maxItems: 200 });
const act = <const T extends string, P extends Record<string, TSchema>>(name: T, fields: P) =>
  Type.Object({ do: Type.Literal(name), ...fields }, { additionalProperties: false });

const Deadline = Type.Object({
  text: text(200),
  kind: Type.Enum(['date', 'range', 'event', 'stage', 'recurring', 'term', 'after', 'open']),
  date: Nullable(text(10)),
  from: Type.Optional(Nullable(text(10))),
  event: Type.Optional(Nullable(text(20))),
  source: Nullable(Span),
});
const Quota = Type.Object({
  text: text(200),
  count: Type.Integer(),
  per: Type.Enum(['day', 'week', 'month', 'quarter', 'half-year', 'year']),
  everyYears: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
  source: Nullable(Span),
});
const Stage = Type.Object({
  key: Id,
  name: text(200),
  text: text(5000),
  from: Nullable(text(10)),
  to: Nullable(text(10)),
  fromEvent: Nullable(text(20)),
  toEvent: Nullable(text(20)),
  source: Nullable(Span),
});
const Named = { id: Id, name: text(100) };
const Target = Type.Union([
  Type.Object({ kind: Type.Literal('unit'), ...Named }),
  Type.Object({ kind: Type.Literal('group'), ...Named }),
  Type.Object({ kind: Type.Literal('nobody') }),
]);

/** The shape of every operation of `operation.ts`, checked strictly and without conversion. */
export const OperationShape = Type.Union([
  act('edit', {
    draft: Id,
    title: Type.Optional(text(500)),
    text: Type.Optional(text(20_000)),
    number: Type.Optional(text(60)),
    path: Type.Optional(Type.Array(text(300), { maxItems: 20 })),
  }),
  act('setUnits', {
    drafts: Ids,
    lead: Type.Optional(Units),
    responsible: Type.Optional(Units),
    territorial: Type.Optional(Units),
  }),
  act('setDeadlines', { drafts: Ids, deadlines: Type.Array(Deadline, { maxItems: 50 }) }),
  act('setQuotas', { draft: Id, quotas: Type.Array(Quota, { maxItems: 20 }) }),
  act('setPerson', { drafts: Ids, person: Nullable(Type.Object(Named)) }),
  act('setStage', { drafts: Ids, stage: Nullable(Id) }),
  act('split', { draft: Id, at: Type.Integer({ minimum: 0 }) }),
  act('merge', { drafts: Ids }),
  act('discard', { drafts: Ids, reason: text(300) }),
  act('restore', { drafts: Ids }),
  act('add', { span: Span, after: Nullable(Id) }),
  act('append', { draft: Id, span: Span }),
  act('confirmLeads', {
    leads: Type.Array(Type.Object({ draft: Id, unit: text(100) }), { minItems: 1, maxItems: 20_000 }),
  }),
  act('settleDoubts', { doubts: Ids, settlement: text(30), note: Type.Optional(text(500)) }),
  act('reopenDoubt', { doubt: Id }),
  act('settleMention', {
    text: text(100),
    draft: Nullable(Id),
    target: Nullable(Target),
    remember: Type.Optional(Type.Boolean()),
  }),
  act('setStages', { stages: Type.Array(Stage, { maxItems: 50 }) }),
  act('setEvents', {
    events: Type.Array(Type.Object({ key: Id, name: text(200), date: Nullable(text(10)) }), { maxItems: 100 }),
  }),
  act('setHead', {
    title: text(300),
    kind: Type.Enum(Object.keys(planKinds) as [PlanKind, ...PlanKind[]]),
    documentNumber: Nullable(text(60)),
    issuer: Nullable(text(100)),
    issuedOn: Nullable(text(10)),
  }),
]);
