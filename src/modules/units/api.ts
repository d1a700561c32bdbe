import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { unitClassCodes } from './group.ts';
import { postDuties, seatParts, unitKindCodes } from './unit.ts';

const Id = Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' });
const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const codes = <T extends string>(of: readonly T[]) => Type.Enum([...of] as [T, ...T[]]);
const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const MaybeDay = Type.Optional(Nullable(DayText));
const MaybeText = (maxLength: number) => Type.Optional(Nullable(Type.String({ maxLength })));
const Kind = codes(unitKindCodes);
const Duty = codes(Object.keys(postDuties) as (keyof typeof postDuties)[]);
const Part = codes(Object.keys(seatParts) as (keyof typeof seatParts)[]);
const Class = codes(unitClassCodes);
const AreaCode = Type.String({ pattern: '^\\d{6,12}$' });
const ById = Type.Object({ id: Id });
const Version = Type.Integer({ minimum: 1 });
const Saved = Type.Object({ id: Type.String(), version: Type.Integer() });

const paging = {
  q: Type.Optional(Type.String({ maxLength: 50 })),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
};
const pageOf = <T extends TSchema>(row: T) =>
  Type.Object({
    rows: Type.Array(row),
    total: Type.Integer(),
    totalIsCapped: Type.Boolean(),
    page: Type.Integer(),
    pageSize: Type.Integer(),
  });

const UnitRow = Type.Object({
  id: Type.String(),
  jurisdiction: Type.String(),
  name: Type.String(),
  shortName: Nullable(Type.String()),
  kind: Kind,
  areaCode: Type.String(),
  parentId: Nullable(Type.String()),
  parentName: Nullable(Type.String()),
  sort: Type.Integer(),
  phone: Nullable(Type.String()),
  address: Nullable(Type.String()),
  validFrom: Nullable(Type.String()),
  validTo: Nullable(Type.String()),
  mergedInto: Nullable(Type.String()),
  version: Type.Integer(),
});
const TreeUnit = Type.Object({
  id: Type.String(),
  name: Type.String(),
  shortName: Nullable(Type.String()),
  kind: Kind,
  areaCode: Type.String(),
  parentId: Nullable(Type.String()),
  search: Type.String({ description: '拼音与首字母，供页面内查找' }),
});
const PostRow = Type.Object({
  id: Type.String(),
  personId: Type.String(),
  personName: Type.String(),
  phone: Nullable(Type.String()),
  unitId: Type.String(),
  unitName: Type.String(),
  title: Type.String(),
  duty: Duty,
  from: Nullable(Type.String()),
  to: Nullable(Type.String()),
});
const PersonRow = Type.Object({
  id: Type.String(),
  name: Type.String(),
  phone: Nullable(Type.String()),
  version: Type.Integer(),
  posts: Type.Array(PostRow),
});
const GroupRow = Type.Object({
  id: Type.String(),
  name: Type.String(),
  class: Nullable(Class),
  kind: codes(['list', 'rule']),
  aliases: Type.Array(Type.String()),
  memberCount: Type.Integer(),
  validTo: Nullable(Type.String()),
  version: Type.Integer(),
});
const Rule = Type.Object({
  kinds: Type.Optional(Type.Array(Kind)),
  areaCode: Type.Optional(AreaCode),
  nameEnds: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 20 }))),
  except: Type.Optional(Type.Array(Id)),
});
const Seat = Type.Object({
  id: Type.String(),
  personId: Nullable(Type.String()),
  personName: Nullable(Type.String()),
  unitId: Nullable(Type.String()),
  unitName: Nullable(Type.String()),
  part: Part,
  duty: Nullable(Type.String()),
  from: Nullable(Type.String()),
  to: Nullable(Type.String()),
});
const TaskForceRow = Type.Object({
  id: Type.String(),
  name: Type.String(),
  purpose: Nullable(Type.String()),
  leaders: Type.String(),
  seatCount: Type.Integer(),
  validFrom: Nullable(Type.String()),
  validTo: Nullable(Type.String()),
  version: Type.Integer(),
});
const FactRow = Type.Object({
  seq: Type.Integer(),
  at: Type.String(),
  day: Type.String(),
  actorName: Type.String(),
  unitName: Nullable(Type.String()),
  kind: Type.String(),
  says: Type.String(),
});
const Name = Type.String({ minLength: 2, maxLength: 60 });
const unitFields = {
  name: Name,
  shortName: MaybeText(30),
  kind: Kind,
  areaCode: Type.Optional(AreaCode),
  parentId: Type.Optional(Nullable(Id)),
  sort: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
  phone: MaybeText(40),
  address: MaybeText(100),
  validFrom: MaybeDay,
};
const groupFields = {
  name: Name,
  class: Type.Optional(Nullable(Class)),
  kind: codes(['list', 'rule']),
  rule: Type.Optional(Nullable(Rule)),
};
const Report = Type.Object({
  applied: Type.Boolean(),
  sheets: Type.Array(Type.Object({ name: Type.String(), what: Type.String(), rows: Type.Integer() })),
  changes: Type.Array(
    Type.Object({ what: Type.String(), added: Type.Integer(), changed: Type.Integer(), same: Type.Integer() }),
  ),
  problems: Type.Array(
    Type.Object({
      sheet: Type.String(),
      row: Type.Integer(),
      column: Type.String(),
      says: Type.String(),
      mend: Type.String(),
    }),
  ),
});
const ImportReport = Report;

/** Routes of the organisation: units, people, groups, task forces, other names, import. */
export const unitsApi = contract({
  listUnits: {
    method: 'GET',
    path: '/api/units',
    summary: '单位列表',
    permission: 'unit.read',
    audit: null,
    query: Type.Object({
      ...paging,
      kind: Type.Optional(Type.Array(Kind)),
      areaCode: Type.Optional(AreaCode),
      parentId: Type.Optional(Id),
      ended: Type.Optional(Type.Boolean()),
      jurisdiction: Type.Optional(AreaCode),
    }),
    response: pageOf(UnitRow),
  },
  readUnitTree: {
    method: 'GET',
    path: '/api/units/tree',
    summary: '现有单位（不含企业），供选择和树形显示',
    permission: 'unit.read',
    audit: null,
    response: Type.Object({
      jurisdiction: Type.String(),
      jurisdictionName: Type.String(),
      units: Type.Array(TreeUnit),
      enterprises: Type.Array(Type.Object({ areaCode: Type.String(), count: Type.Integer() })),
    }),
  },
  downloadUnitTemplate: {
    method: 'GET',
    path: '/api/units/template',
    summary: '下载组织机构导入模板',
    permission: 'unit.change',
    audit: null,
    response: Type.Any(),
    download: true,
  },
  resolveMention: {
    method: 'GET',
    path: '/api/units/mention',
    summary: '查一个写法指的是哪个单位',
    permission: 'unit.read',
    audit: null,
    query: Type.Object({ text: Type.String({ minLength: 1, maxLength: 100 }), day: Type.Optional(DayText) }),
    response: Type.Object({
      kind: codes(['unit', 'group', 'unresolved']),
      id: Nullable(Type.String()),
      name: Nullable(Type.String()),
      unitIds: Type.Array(Type.String()),
      candidates: Type.Array(
        Type.Object({ ref: codes(['unit', 'group']), id: Type.String(), name: Type.String(), reason: Type.String() }),
      ),
    }),
  },
  checkUnitImport: {
    method: 'POST',
    path: '/api/units/import/check',
    summary: '核对组织机构表格，不写入',
    permission: 'unit.change',
    audit: '核对组织机构表格',
    upload: true,
    response: Report,
  },
  importUnits: {
    method: 'POST',
    path: '/api/units/import',
    summary: '导入组织机构表格',
    permission: 'unit.change',
    audit: '导入组织机构',
    upload: true,
    response: Report,
  },
  readUnit: {
    method: 'GET',
    path: '/api/units/:id',
    summary: '单位详情',
    permission: 'unit.read',
    audit: null,
    params: ById,
    response: Type.Object({
      unit: UnitRow,
      mergedIntoName: Nullable(Type.String()),
      aliases: Type.Array(Type.String()),
      posts: Type.Array(PostRow),
      groups: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
      children: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), kind: Kind })),
    }),
  },
  listUnitFacts: {
    method: 'GET',
    path: '/api/units/:id/facts',
    summary: '单位的变更记录',
    permission: 'unit.read',
    audit: null,
    params: ById,
    response: Type.Object({ rows: Type.Array(FactRow) }),
  },
  createUnit: {
    method: 'POST',
    path: '/api/units',
    summary: '新增单位',
    permission: 'unit.change',
    audit: '新增单位',
    body: Type.Object(unitFields),
    response: Saved,
  },
  changeUnit: {
    method: 'PUT',
    path: '/api/units/:id',
    summary: '修改单位',
    permission: 'unit.change',
    audit: '修改单位',
    params: ById,
    body: Type.Object({ version: Version, ...unitFields }),
    response: Saved,
  },
  endUnit: {
    method: 'POST',
    path: '/api/units/:id/end',
    summary: '撤销单位',
    permission: 'unit.change',
    audit: '撤销单位',
    params: ById,
    body: Type.Object({ version: Version, on: DayText, reason: Type.String({ minLength: 2, maxLength: 200 }) }),
    response: Saved,
  },
  mergeUnit: {
    method: 'POST',
    path: '/api/units/:id/merge',
    summary: '并入其他单位',
    permission: 'unit.change',
    audit: '合并单位',
    params: ById,
    body: Type.Object({
      version: Version,
      into: Id,
      on: DayText,
      reason: Type.String({ minLength: 2, maxLength: 200 }),
    }),
    response: Saved,
  },
  rememberAlias: {
    method: 'POST',
    path: '/api/aliases',
    summary: '记住一个写法指的是谁',
    permission: 'unit.change',
    audit: '记住别名',
    body: Type.Object({
      alias: Type.String({ minLength: 1, maxLength: 60 }),
      unitId: Type.Optional(Id),
      groupId: Type.Optional(Id),
      /** True to give an alias that means somebody else another meaning. */
      replace: Type.Optional(Type.Boolean()),
    }),
    response: Type.Object({ alias: Type.String() }),
  },
  dropAlias: {
    method: 'POST',
    path: '/api/aliases/drop',
    summary: '停用一个别名',
    permission: 'unit.change',
    audit: '停用别名',
    body: Type.Object({ alias: Type.String({ minLength: 1, maxLength: 60 }) }),
    response: Type.Object({ alias: Type.String() }),
  },
  listPeople: {
    method: 'GET',
    path: '/api/people',
    summary: '人员列表',
    permission: 'person.read',
    audit: null,
    query: Type.Object({
      ...paging,
      unitId: Type.Optional(Id),
      duty: Type.Optional(Duty),
      former: Type.Optional(Type.Boolean()),
    }),
    response: pageOf(PersonRow),
  },
  createPerson: {
    method: 'POST',
    path: '/api/people',
    summary: '新增人员',
    permission: 'person.change',
    audit: '新增人员',
    body: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 30 }),
      phone: MaybeText(30),
      unitId: Id,
      title: Type.String({ minLength: 1, maxLength: 40 }),
      duty: Duty,
      from: MaybeDay,
    }),
    response: Saved,
  },
  changePerson: {
    method: 'PUT',
    path: '/api/people/:id',
    summary: '修改人员',
    permission: 'person.change',
    audit: '修改人员',
    params: ById,
    body: Type.Object({ version: Version, name: Type.String({ minLength: 1, maxLength: 30 }), phone: MaybeText(30) }),
    response: Saved,
  },
  beginPost: {
    method: 'POST',
    path: '/api/people/:id/posts',
    summary: '任职',
    permission: 'person.change',
    audit: '任职',
    params: ById,
    body: Type.Object({
      version: Version,
      unitId: Id,
      title: Type.String({ minLength: 1, maxLength: 40 }),
      duty: Duty,
      from: MaybeDay,
    }),
    response: Saved,
  },
  endPost: {
    method: 'POST',
    path: '/api/people/:id/posts/:postId/end',
    summary: '免职',
    permission: 'person.change',
    audit: '免职',
    params: Type.Object({ id: Id, postId: Id }),
    body: Type.Object({ version: Version, on: DayText }),
    response: Saved,
  },
  listGroups: {
    method: 'GET',
    path: '/api/unit-groups',
    summary: '分组列表',
    permission: 'unitGroup.read',
    audit: null,
    query: Type.Object({ day: Type.Optional(DayText), ended: Type.Optional(Type.Boolean()) }),
    response: Type.Object({ rows: Type.Array(GroupRow) }),
  },
  readGroup: {
    method: 'GET',
    path: '/api/unit-groups/:id',
    summary: '分组详情（按日期展开）',
    permission: 'unitGroup.read',
    audit: null,
    params: ById,
    query: Type.Object({ day: Type.Optional(DayText) }),
    response: Type.Object({
      group: GroupRow,
      rule: Nullable(Rule),
      day: Type.String(),
      /** Who belongs on that day. */
      units: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), kind: Kind })),
      /** Lists only: every period of membership. */
      members: Type.Array(
        Type.Object({
          unitId: Type.String(),
          unitName: Type.String(),
          from: Nullable(Type.String()),
          to: Nullable(Type.String()),
        }),
      ),
    }),
  },
  createGroup: {
    method: 'POST',
    path: '/api/unit-groups',
    summary: '新增分组',
    permission: 'unitGroup.change',
    audit: '新增分组',
    body: Type.Object({ ...groupFields, unitIds: Type.Optional(Type.Array(Id, { maxItems: 2000 })), from: MaybeDay }),
    response: Saved,
  },
  changeGroup: {
    method: 'PUT',
    path: '/api/unit-groups/:id',
    summary: '修改分组',
    permission: 'unitGroup.change',
    audit: '修改分组',
    params: ById,
    body: Type.Object({ version: Version, ...groupFields }),
    response: Saved,
  },
  changeMembers: {
    method: 'POST',
    path: '/api/unit-groups/:id/members',
    summary: '分组成员加入或退出',
    permission: 'unitGroup.change',
    audit: '调整分组成员',
    params: ById,
    body: Type.Object({
      version: Version,
      on: DayText,
      join: Type.Optional(Type.Array(Id, { maxItems: 2000 })),
      leave: Type.Optional(Type.Array(Id, { maxItems: 2000 })),
    }),
    response: Saved,
  },
  endGroup: {
    method: 'POST',
    path: '/api/unit-groups/:id/end',
    summary: '停用分组',
    permission: 'unitGroup.change',
    audit: '停用分组',
    params: ById,
    body: Type.Object({ version: Version, on: DayText }),
    response: Saved,
  },
  listTaskForces: {
    method: 'GET',
    path: '/api/task-forces',
    summary: '专班列表',
    permission: 'taskForce.read',
    audit: null,
    query: Type.Object({ ended: Type.Optional(Type.Boolean()) }),
    response: Type.Object({ rows: Type.Array(TaskForceRow) }),
  },
  readTaskForce: {
    method: 'GET',
    path: '/api/task-forces/:id',
    summary: '专班详情',
    permission: 'taskForce.read',
    audit: null,
    params: ById,
    response: Type.Object({ taskForce: TaskForceRow, seats: Type.Array(Seat) }),
  },
  createTaskForce: {
    method: 'POST',
    path: '/api/task-forces',
    summary: '成立专班',
    permission: 'taskForce.change',
    audit: '成立专班',
    body: Type.Object({ name: Name, purpose: MaybeText(500), validFrom: MaybeDay }),
    response: Saved,
  },
  changeTaskForce: {
    method: 'PUT',
    path: '/api/task-forces/:id',
    summary: '修改专班',
    permission: 'taskForce.change',
    audit: '修改专班',
    params: ById,
    body: Type.Object({ version: Version, name: Name, purpose: MaybeText(500) }),
    response: Saved,
  },
  addSeat: {
    method: 'POST',
    path: '/api/task-forces/:id/seats',
    summary: '专班增加人员或单位',
    permission: 'taskForce.change',
    audit: '调整专班人员',
    params: ById,
    body: Type.Object({
      version: Version,
      personId: Type.Optional(Nullable(Id)),
      unitId: Type.Optional(Nullable(Id)),
      part: Part,
      duty: MaybeText(60),
      from: MaybeDay,
    }),
    response: Saved,
  },
  endSeat: {
    method: 'POST',
    path: '/api/task-forces/:id/seats/:seatId/end',
    summary: '专班人员退出',
    permission: 'taskForce.change',
    audit: '调整专班人员',
    params: Type.Object({ id: Id, seatId: Id }),
    body: Type.Object({ version: Version, on: DayText }),
    response: Saved,
  },
  endTaskForce: {
    method: 'POST',
    path: '/api/task-forces/:id/end',
    summary: '撤销专班',
    permission: 'taskForce.change',
    audit: '撤销专班',
    params: ById,
    body: Type.Object({ version: Version, on: DayText, reason: Type.String({ minLength: 2, maxLength: 200 }) }),
    response: Saved,
  },
});
