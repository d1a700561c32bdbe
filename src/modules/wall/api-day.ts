import { Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';

const tones = Type.Union([Type.Literal('red'), Type.Literal('amber'), Type.Literal('plain')]);

/** The parts of the day, in the order in which they are read. */
export const dayParts = ['due', 'proposed', 'waiting', 'missing', 'changed'] as const;
export type DayPart = (typeof dayParts)[number];
export const dayPartWords: Readonly<Record<DayPart, string>> = {
  due: '今天到期',
  proposed: '规则提出，由人决定',
  waiting: '等待办理和审批',
  missing: '应办未办',
  changed: '昨天以来的变化',
};

export const DayGroup = Type.Object({
  key: Type.String(),
  part: Type.Enum([...dayParts] as [DayPart, ...DayPart[]]),
  title: Type.String(),
  tone: tones,
  total: Type.Integer(),
  capped: Type.Boolean(),
  /** List that shows exactly these; null where no list can. */
  to: Type.Union([Type.String(), Type.Null()]),
  lines: Type.Array(
    Type.Object({
      id: Type.String(),
      to: Type.String(),
      number: Type.String(),
      title: Type.String(),
      who: Type.String(),
      says: Type.String(),
      tone: tones,
    }),
  ),
});

const Shift = Type.Object({
  unitName: Type.String(),
  leader: Type.String(),
  leaderPhone: Type.String(),
  person: Type.String(),
  phone: Type.String(),
});

export const dayApi = contract({
  officeDay: {
    method: 'GET',
    path: '/api/day',
    summary: '今日：到期、提出、待办、未报、变化、值班',
    permission: 'wall.read',
    audit: null,
    response: Type.Object({
      day: Type.String(),
      yesterday: Type.String(),
      computedAt: Type.String(),
      groups: Type.Array(DayGroup),
      duty: Type.Array(
        Type.Object({
          id: Type.String(),
          name: Type.String(),
          shifts: Type.Array(Shift),
          gaps: Type.Array(Type.String()),
        }),
      ),
    }),
  },
});
