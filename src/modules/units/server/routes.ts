import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import { notFound } from '../../../kernel/refusal.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Act } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { serve, type Upload } from '../../../platform/http/serve.ts';
import { unitsApi } from '../api.ts';
import { membersOn } from '../group.ts';
import { directorySight, peopleSight } from '../sight.ts';
import { holdsOn } from '../unit.ts';
import { dropAlias, rememberAlias } from './alias.ts';
import { changeGroup, changeMembers, createGroup, endGroup } from './change-group.ts';
import { beginPost, changePerson, createPerson, endPost } from './change-person.ts';
import { addSeat, changeTaskForce, createTaskForce, endSeat, endTaskForce } from './change-task-force.ts';
import { changeUnit, createUnit, endUnit, mergeUnit } from './change-unit.ts';
import { importOrganisation } from './import-units.ts';
import { resolveMention } from './resolve-mention.ts';
import { COUNT_CAP, enterprisesByArea, jurisdictionName, listUnits, unitById, unitsByIds, unitTree } from './store.ts';
import { type GroupRow, groupById, groupsOf, groupUnits, membersOf } from './store-groups.ts';
import { aliasesOf } from './store-names.ts';
import { listPeople, postsOfUnit } from './store-people.ts';
import { listTaskForces, seatsOf } from './store-task-forces.ts';
import { readWorkbook, templateWorkbook } from './workbook.ts';

const paged = <T>(rows: T[], counted: number, query: { page?: number; pageSize?: number }) => ({
  rows,
  total: Math.min(counted, COUNT_CAP),
  totalIsCapped: counted > COUNT_CAP,
  page: query.page ?? 1,
  pageSize: query.pageSize ?? 50,
});

/** The directory of one jurisdiction: one's own unless another one in sight is asked for. */
const directory = (actor: Actor, wanted?: string): Scope => {
  const sight = directorySight(actor);
  const code = asJurisdiction(wanted ?? actor.jurisdiction);
  return { ...sight, jurisdictions: sight.jurisdictions.filter((one) => one === code) };
};

async function sheetsOf(act: Act, upload: Upload) {
  if (upload.size > 10 * 1_048_576) return readWorkbook(Buffer.alloc(10 * 1_048_576 + 1));
  return readWorkbook(await readFile(act.house.files.path(upload.sha256)));
}

async function groupLine(
  db: Queryable,
  actor: Actor,
  group: GroupRow,
  day: string,
  units: Awaited<ReturnType<typeof groupUnits>>,
) {
  const members = group.kind === 'list' ? await membersOf(db, actor.jurisdiction, [group.id]) : [];
  const ids = membersOn({ ...group, members }, units, day);
  return {
    ids,
    members,
    line: {
      ...group,
      aliases: await aliasesOf(db, actor.jurisdiction, { groupId: group.id }),
      memberCount: ids.length,
    },
  };
}

export const unitsRoutes = serve(unitsApi, {
  listUnits: async ({ db, actor, day, query }) => {
    const { rows, counted } = await listUnits(
      db,
      directory(actor, query.jurisdiction),
      { ...query, day },
      query.page ?? 1,
      query.pageSize ?? 50,
    );
    return paged(rows, counted, query);
  },
  readUnitTree: async ({ db, actor, day }) => ({
    jurisdiction: actor.jurisdiction,
    jurisdictionName: await jurisdictionName(db, actor.jurisdiction),
    units: await unitTree(db, actor.jurisdiction, day),
    enterprises: await enterprisesByArea(db, actor.jurisdiction, day),
  }),
  downloadUnitTemplate: async () => ({
    name: '组织机构导入模板.xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: Readable.from([await templateWorkbook()]),
  }),
  resolveMention: async ({ db, actor, day, query }) => {
    const found = await resolveMention(db, actor.jurisdiction, query.text, query.day ?? day);
    const nothing = { id: null, name: null, unitIds: [], candidates: [] };
    if (found.kind === 'unit') {
      const [unit] = await unitsByIds(db, actor.jurisdiction, [found.unitId]);
      return { ...nothing, kind: 'unit' as const, id: found.unitId, name: unit?.name ?? null, unitIds: [found.unitId] };
    }
    if (found.kind === 'group') {
      const group = await groupById(db, actor.jurisdiction, found.groupId);
      return {
        ...nothing,
        kind: 'group' as const,
        id: found.groupId,
        name: group?.name ?? null,
        unitIds: [...found.unitIds],
      };
    }
    const candidates = found.candidates.map(({ unitId, groupId, name, reason }) => ({
      ref: unitId ? ('unit' as const) : ('group' as const),
      id: unitId ?? groupId ?? '',
      name,
      reason,
    }));
    return { ...nothing, kind: 'unresolved' as const, candidates };
  },
  checkUnitImport: async (act) => importOrganisation(act, await sheetsOf(act, act.upload), false),
  importUnits: async (act) => importOrganisation(act, await sheetsOf(act, act.upload), true),
  readUnit: async ({ db, actor, day, params }) => {
    const unit = await unitById(db, directorySight(actor), params.id);
    if (unit === null) throw notFound('没有找到这个单位，可能编号有误。');
    const people = peopleSight(actor);
    const seen = people.units === 'all' || people.units.some((one) => one === unit.id);
    const groups = unit.jurisdiction === actor.jurisdiction ? await groupsWith(db, actor, unit.id, day) : [];
    const children = await listUnits(
      db,
      { jurisdictions: [asJurisdiction(unit.jurisdiction)], units: 'all' },
      { parentId: unit.id, day },
      1,
      200,
    );
    const into = unit.mergedInto ? (await unitsByIds(db, unit.jurisdiction, [unit.mergedInto]))[0] : undefined;
    return {
      unit,
      mergedIntoName: into?.name ?? null,
      aliases: await aliasesOf(db, unit.jurisdiction, { unitId: unit.id }),
      posts: seen ? await postsOfUnit(db, people, unit.id, day) : [],
      groups,
      children: children.rows.map(({ id, name, kind }) => ({ id, name, kind })),
    };
  },
  listUnitFacts: async ({ db, actor, params }) => {
    const unit = await unitById(db, directorySight(actor), params.id);
    if (unit === null) throw notFound('没有找到这个单位，可能编号有误。');
    const rows = await sql<{
      seq: number;
      at: Date;
      day: string;
      actorName: string;
      unitName: string | null;
      kind: string;
      says: string;
    }>`
      select seq, at, day, actor_name as "actorName", unit_name as "unitName", kind, says from fact
      where jurisdiction = ${unit.jurisdiction} and item_kind = 'unit' and item_id = ${unit.id} order by seq desc limit 500`.execute(
      db,
    );
    return { rows: rows.rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
  },
  createUnit: async (act) => createUnit(act, act.body),
  changeUnit: async (act) => changeUnit(act, act.params.id, act.body),
  endUnit: async (act) => endUnit(act, act.params.id, act.body),
  mergeUnit: async (act) => mergeUnit(act, act.params.id, act.body),
  rememberAlias: async (act) => {
    const { alias, unitId, groupId, replace } = act.body;
    const target = unitId ? { unitId } : groupId ? { groupId } : null;
    if (target === null) throw notFound('请选定这个别名指的是哪个单位或分组。');
    await rememberAlias(act, alias, target, { replace: replace ?? false });
    return { alias };
  },
  dropAlias: async (act) => {
    await dropAlias(act, act.body.alias);
    return { alias: act.body.alias };
  },
  listPeople: async ({ db, actor, day, query }) => {
    const { rows, counted } = await listPeople(
      db,
      ownPeople(actor),
      { ...query, day },
      query.page ?? 1,
      query.pageSize ?? 50,
    );
    return paged(rows, counted, query);
  },
  createPerson: async (act) => createPerson(act, act.body),
  changePerson: async (act) => changePerson(act, act.params.id, act.body),
  beginPost: async (act) => beginPost(act, act.params.id, act.body),
  endPost: async (act) => endPost(act, act.params.id, { ...act.body, postId: act.params.postId }),
  listGroups: async ({ db, actor, day, query }) => {
    const on = query.day ?? day;
    const units = await groupUnits(db, actor.jurisdiction);
    const groups = (await groupsOf(db, actor.jurisdiction)).filter(
      (group) => holdsOn(null, group.validTo, on) !== (query.ended ?? false),
    );
    const rows = [];
    for (const group of groups) rows.push((await groupLine(db, actor, group, on, units)).line);
    return { rows };
  },
  readGroup: async ({ db, actor, day, params, query }) => {
    const group = await groupById(db, actor.jurisdiction, params.id);
    if (group === null) throw notFound('没有找到这个分组，可能编号有误。');
    const on = query.day ?? day;
    const units = await groupUnits(db, actor.jurisdiction);
    const { ids, members, line } = await groupLine(db, actor, group, on, units);
    const nameOf = new Map(units.map((unit) => [unit.id, unit]));
    const cards = await unitsByIds(db, actor.jurisdiction, ids);
    return {
      group: line,
      rule:
        group.rule === null
          ? null
          : {
              ...group.rule,
              kinds: [...(group.rule.kinds ?? [])],
              nameEnds: [...(group.rule.nameEnds ?? [])],
              except: [...(group.rule.except ?? [])],
            },
      day: on,
      units: ids.flatMap((id) => cards.filter((card) => card.id === id).map(({ name, kind }) => ({ id, name, kind }))),
      members: members.map(({ unitId, from, to }) => ({ unitId, unitName: nameOf.get(unitId)?.name ?? '', from, to })),
    };
  },
  createGroup: async (act) => createGroup(act, act.body),
  changeGroup: async (act) => changeGroup(act, act.params.id, act.body),
  changeMembers: async (act) => changeMembers(act, act.params.id, act.body),
  endGroup: async (act) => endGroup(act, act.params.id, act.body),
  listTaskForces: async ({ db, actor, day, query }) => ({
    rows: await listTaskForces(db, directory(actor), { ...query, day }),
  }),
  readTaskForce: async ({ db, actor, day, params }) => {
    const [taskForce] = await listTaskForces(db, directory(actor), { id: params.id, day });
    if (!taskForce) throw notFound('没有找到这个专班，可能编号有误。');
    return { taskForce, seats: await seatsOf(db, directory(actor), params.id) };
  },
  createTaskForce: async (act) => createTaskForce(act, act.body),
  changeTaskForce: async (act) => changeTaskForce(act, act.params.id, act.body),
  addSeat: async (act) => addSeat(act, act.params.id, act.body),
  endSeat: async (act) => endSeat(act, act.params.id, { ...act.body, seatId: act.params.seatId }),
  endTaskForce: async (act) => endTaskForce(act, act.params.id, act.body),
});

const ownPeople = (actor: Actor): Scope => {
  const sight = peopleSight(actor);
  return { ...sight, jurisdictions: sight.jurisdictions.filter((one) => one === actor.jurisdiction) };
};

async function groupsWith(
  db: Queryable,
  actor: Actor,
  unitId: string,
  day: string,
): Promise<{ id: string; name: string }[]> {
  const units = await groupUnits(db, actor.jurisdiction);
  const found: { id: string; name: string }[] = [];
  for (const group of await groupsOf(db, actor.jurisdiction)) {
    if (!holdsOn(null, group.validTo, day)) continue;
    const members = group.kind === 'list' ? await membersOf(db, actor.jurisdiction, [group.id]) : [];
    if (membersOn({ ...group, members }, units, day).includes(unitId)) found.push({ id: group.id, name: group.name });
  }
  return found;
}
