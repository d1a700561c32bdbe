import { Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { codes, Nullable } from '../../kernel/shapes.ts';
import { State } from './api-shapes.ts';
import { grades } from './problem.ts';

/** What somebody in the field may do with a problem; everything else is done at a desk. */
export const fieldActions = ['receive', 'report', 'reportDone', 'recheck'] as const;

const Row = Type.Object({
  id: Type.String(),
  number: Type.String(),
  title: Type.String(),
  text: Type.String(),
  subject: Nullable(Type.String()),
  address: Nullable(Type.String()),
  state: State,
  lamp: Type.String(),
  lampReason: Type.String(),
  grade: codes(grades),
  dueOn: Type.String(),
  foundOn: Type.String(),
  leadUnitName: Type.String(),
  version: Type.Integer(),
  can: Type.Array(codes(fieldActions)),
});
const List = Type.Object({ rows: Type.Array(Row), total: Type.Integer() });
const Unit = Type.Object({ id: Type.String(), name: Type.String() });

/** What the phone needs to begin a day's work, in one small answer that it keeps for places without network. */
export const fieldApi = contract({
  fieldStart: {
    method: 'GET',
    path: '/api/field/start',
    summary: '现场页面的首屏：我的问题、待复查、登记所需',
    permission: 'problem.read',
    audit: null,
    response: Type.Object({
      now: Type.String(),
      today: Type.String(),
      /** Led by units that the person may act for. */
      toFix: List,
      toRecheck: List,
      /** Registered by the person and still open. */
      mine: List,
      /** The person's own unit first, then units that can be asked to rectify. */
      units: Type.Array(Unit),
      tags: Type.Array(Type.String()),
      sources: Type.Array(Type.Object({ code: Type.String(), word: Type.String() })),
      usualDays: Type.Object({ general: Type.Integer(), major: Type.Integer() }),
      photosPerReport: Type.Integer(),
    }),
  },
  fieldPlaces: {
    method: 'GET',
    path: '/api/field/places',
    summary: '现场页面离线查找用的企业和场所',
    permission: 'enterprise.read',
    audit: null,
    query: Type.Object({
      /** Mark of the list that the phone has: where nothing changed, no rows are sent again. */
      known: Type.Optional(Type.String({ maxLength: 64 })),
    }),
    response: Type.Object({
      mark: Type.String(),
      /** Null: the phone's list is as it should be. */
      rows: Nullable(
        Type.Array(
          Type.Object({
            id: Type.String(),
            number: Type.String(),
            name: Type.String(),
            address: Nullable(Type.String()),
            longitude: Nullable(Type.Number()),
            latitude: Nullable(Type.Number()),
            townUnitId: Nullable(Type.String()),
            regulatorUnitId: Nullable(Type.String()),
          }),
        ),
      ),
      units: Type.Array(Unit),
    }),
  },
});
