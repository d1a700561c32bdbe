import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, codes, DayText, Id, Nullable, Text } from '../../kernel/shapes.ts';
import { IssuedLine } from '../letters/api.ts';
import { type PeriodState, specialPeriodLifecycle } from './period-lifecycle.ts';
import { caseView, Done, Shift, TaskLine, Version } from './shapes.ts';

const State = codes(Object.keys(specialPeriodLifecycle.states) as PeriodState[]);
const seen = { version: Version };
const doing = <B extends TSchema>(path: string, summary: string, body: B) =>
  ({
    method: 'POST',
    path: `/api/special-periods/:id/${path}`,
    summary,
    permission: 'roster.work',
    audit: summary,
    params: ById,
    body,
    response: Done,
  }) as const;
const Gap = Type.Object({ unitId: Type.String(), unitName: Type.String(), days: Type.Array(Type.String()) });

const Line = Type.Object({
  id: Type.String(),
  number: Type.String(),
  state: State,
  name: Type.String(),
  fromOn: Type.String(),
  toOn: Type.String(),
  units: Type.Integer(),
  shifts: Type.Integer(),
  /** Days of units that nobody is on duty for. */
  gaps: Type.Integer(),
  running: Type.Boolean(),
  version: Type.Integer(),
});

export const periodsApi = contract({
  listPeriods: {
    method: 'GET',
    path: '/api/special-periods',
    summary: '重点时段',
    permission: 'roster.read',
    audit: null,
    response: Type.Object({ rows: Type.Array(Line) }),
  },
  viewPeriod: {
    method: 'GET',
    path: '/api/special-periods/:id',
    summary: '重点时段详情',
    permission: 'roster.read',
    audit: null,
    params: ById,
    response: Type.Object({
      ...caseView,
      state: State,
      name: Type.String(),
      fromOn: Type.String(),
      toOn: Type.String(),
      demands: Type.String(),
      basis: Type.String(),
      units: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
      shifts: Type.Array(Shift),
      gaps: Type.Array(Gap),
      handovers: Type.Array(
        Type.Object({
          day: Type.String(),
          unitName: Type.String(),
          from: Type.String(),
          to: Type.String(),
          text: Type.String(),
          byName: Type.String(),
        }),
      ),
      rosterNumber: Nullable(Type.String()),
      checks: Nullable(Type.Object({ text: Type.String(), dueOn: Type.String(), tasks: Type.Array(TaskLine) })),
      summary: Nullable(Type.String()),
      documents: Type.Array(IssuedLine),
    }),
  },
  makePeriod: {
    method: 'POST',
    path: '/api/special-periods',
    summary: '设定重点时段',
    permission: 'meeting.rules',
    audit: '设定重点时段',
    body: Type.Object({
      name: Text(60),
      fromOn: DayText,
      toOn: DayText,
      demands: Text(2000),
      basis: Text(200),
      unitIds: Type.Array(Id, { maxItems: 200 }),
    }),
    response: Done,
  },
  setShifts: doing('shifts', '填报值班安排', Type.Object({ shifts: Type.Array(Shift, { maxItems: 2000 }) })),
  issueRoster: doing('roster', '印发值班表', Type.Object(seen)),
  handOver: doing(
    'handovers',
    '登记交接班',
    Type.Object({ unitId: Id, day: DayText, from: Text(30), to: Text(30), text: Text(1000) }),
  ),
  orderChecks: doing('checks', '下达重点时段专项检查', Type.Object({ ...seen, text: Text(500), dueOn: DayText })),
  endPeriod: doing('end', '结束重点时段', Type.Object({ ...seen, summary: Text(2000) })),
  onDuty: {
    method: 'GET',
    path: '/api/on-duty',
    summary: '某一天谁在值班',
    permission: 'roster.read',
    audit: null,
    query: Type.Object({ day: Type.Optional(DayText) }),
    response: Type.Object({
      day: Type.String(),
      periods: Type.Array(
        Type.Object({
          id: Type.String(),
          number: Type.String(),
          name: Type.String(),
          shifts: Type.Array(Shift),
          gaps: Type.Array(Type.Object({ unitId: Type.String(), unitName: Type.String() })),
        }),
      ),
    }),
  },
});
