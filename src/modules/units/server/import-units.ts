import { sql } from 'kysely';
import type { Act } from '../../../platform/act.ts';
import {
  type ImportPlan,
  type PlannedGroup,
  type PlannedPerson,
  type PlannedUnit,
  planImport,
  type Ref,
} from '../import-plan.ts';
import { type Problem, recogniseSheets, type Sheet, sheetWords } from '../import-sheets.ts';
import { mentionKey, placeOf } from '../mention.ts';
import { holdsOn, nameKey } from '../unit.ts';
import { rememberAlias } from './alias.ts';
import { changeGroup, changeMembers, createGroup } from './change-group.ts';
import { beginPost, changePerson, createPerson, endPost } from './change-person.ts';
import { changeUnit, createUnit } from './change-unit.ts';
import { jurisdictionName, lockUnit } from './store.ts';
import { groupById, membersOf } from './store-groups.ts';
import { aliasByKey, namesOn } from './store-names.ts';
import { peopleNamed, personById, postsOfPerson } from './store-people.ts';

export interface ImportOutcome {
  readonly applied: boolean;
  readonly sheets: { name: string; what: string; rows: number }[];
  readonly changes: { what: string; added: number; changed: number; same: number }[];
  readonly problems: Problem[];
}

type Count = { added: number; changed: number; same: number };
type Outcome = keyof Count;

/** Undoes what a check tried out; caught by `importOrganisation` alone. */
class Tried extends Error {}

/**
 * Checks a workbook against the organisation and, unless `apply` is false or anything is wrong, enters it in the
 * transaction of the act. A check really enters everything behind a savepoint and takes it back, so that its counts are
 * those of the import. The same file again changes nothing.
 */
export async function importOrganisation(act: Act, sheets: readonly Sheet[], apply: boolean): Promise<ImportOutcome> {
  // One import at a time for a jurisdiction: two would each find the other's units missing.
  await sql`select pg_advisory_xact_lock(hashtext(${`import ${act.actor.jurisdiction}`}))`.execute(act.db);
  const recognised = recogniseSheets(sheets);
  const place = placeOf(await jurisdictionName(act.db, act.actor.jurisdiction));
  const names = recognised.sheets.flatMap((sheet) =>
    sheet.lines.flatMap((line) =>
      ['name', 'unit', 'parent', 'target', 'alias'].map((column) => line.at(column)).filter((text) => text !== ''),
    ),
  );
  const members = recognised.sheets.flatMap((sheet) =>
    sheet.lines.flatMap((line) => line.at('members').split(/[、，,；;\n]/)),
  );
  const keys = [...new Set([...names, ...members].flatMap((text) => [mentionKey(text, place), nameKey(text)]))];
  const plan = planImport(recognised.sheets, {
    place,
    named: await namesOn(act.db, act.actor.jurisdiction, act.day, keys),
  });
  const problems = [...recognised.problems, ...plan.problems].sort((a, b) => (a.sheet === b.sheet ? a.row - b.row : 0));
  const summary = recognised.sheets.map((sheet) => ({
    name: sheet.name,
    what: sheetWords[sheet.kind],
    rows: sheet.lines.length,
  }));
  if (problems.length > 0) return { applied: false, sheets: summary, changes: [], problems };
  if (apply) return { applied: true, sheets: summary, changes: await enter(act, plan), problems };
  let changes: ImportOutcome['changes'] = [];
  await sql`savepoint tried`.execute(act.db);
  try {
    changes = await enter(act, plan);
    throw new Tried();
  } catch (error) {
    await sql`rollback to savepoint tried`.execute(act.db);
    if (!(error instanceof Tried)) throw error;
  }
  return { applied: false, sheets: summary, changes, problems };
}

async function enter(act: Act, plan: ImportPlan): Promise<ImportOutcome['changes']> {
  const units = new Map<string, string>();
  const groups = new Map<string, string>();
  const at = (of: ReadonlyMap<string, string>, ref: Ref): string => {
    const id = 'id' in ref ? ref.id : of.get(ref.key);
    if (id === undefined) throw new Error('a planned item was not entered before it was needed');
    return id;
  };
  const counted: Record<string, Count> = {};
  const count = (what: string, outcome: Outcome): void => {
    counted[what] ??= { added: 0, changed: 0, same: 0 };
    counted[what][outcome] += 1;
  };
  for (const unit of plan.units) {
    const { id, outcome } = await enterUnit(act, unit, unit.parent ? at(units, unit.parent) : null);
    units.set(unit.key, id);
    count('单位', outcome);
  }
  for (const person of plan.people) count('人员任职', await enterPerson(act, person, at(units, person.unit)));
  for (const group of plan.groups) {
    const { id, outcome } = await enterGroup(act, group, (ref) => at(units, ref));
    groups.set(group.key, id);
    count('分组', outcome);
  }
  const place = placeOf(await jurisdictionName(act.db, act.actor.jurisdiction));
  for (const { alias, target } of plan.aliases) {
    const before = await aliasByKey(act.db, act.actor.jurisdiction, mentionKey(alias, place));
    if (!before)
      await rememberAlias(
        act,
        alias,
        'unit' in target ? { unitId: at(units, target.unit) } : { groupId: at(groups, target.group) },
      );
    count('别名', before ? 'same' : 'added');
  }
  return Object.entries(counted).map(([what, numbers]) => ({ what, ...numbers }));
}

async function enterUnit(
  act: Act,
  unit: PlannedUnit,
  parentId: string | null,
): Promise<{ id: string; outcome: Outcome }> {
  const { line: _, key: __, parent: ___, existing, ...given } = unit;
  if (existing === null) {
    const { areaCode, kind, ...rest } = given;
    const { id } = await createUnit(act, {
      ...rest,
      kind: kind ?? 'department',
      parentId,
      ...(areaCode ? { areaCode } : {}),
    });
    return { id, outcome: 'added' };
  }
  const now = await lockUnit(act.db, act.actor.jurisdiction, existing);
  if (now === null) throw new Error('an existing unit is gone');
  // An alias in the column of names means the unit but does not rename it; an empty cell leaves what is there.
  const next = {
    name: now.name,
    shortName: given.shortName ?? now.shortName,
    kind: given.kind ?? now.kind,
    areaCode: given.areaCode ?? now.areaCode,
    parentId: parentId ?? now.parentId,
    phone: given.phone ?? now.phone,
    address: given.address ?? now.address,
    validFrom: given.validFrom ?? now.validFrom,
    sort: now.sort,
  };
  const same = Object.entries(next).every(([name, value]) => value === now[name as keyof typeof now]);
  if (!same) await changeUnit(act, existing, { ...next, version: now.version });
  return { id: existing, outcome: same ? 'same' : 'changed' };
}

async function enterPerson(act: Act, planned: PlannedPerson, unitId: string): Promise<Outcome> {
  const { db, actor } = act;
  const { name, phone, title, duty, from, to } = planned;
  const namesakes = await peopleNamed(db, actor.jurisdiction, name);
  // The same name is the same person in the same unit, or with the same telephone anywhere.
  const known =
    namesakes.find((one) => one.unitIds.includes(unitId)) ??
    namesakes.find((one) => phone !== null && one.phone === phone);
  if (!known) {
    const { id, version } = await createPerson(act, { name, phone, unitId, title, duty, from });
    if (to !== null) await close(act, id, version, unitId, title, to);
    return 'added';
  }
  let { version } = known;
  let outcome: Outcome = 'same';
  if (phone !== null && known.phone !== phone) {
    version = (await changePerson(act, known.id, { version, name, phone })).version;
    outcome = 'changed';
  }
  const posts = await postsOfPerson(db, actor.jurisdiction, known.id);
  const post = posts.find(
    (one) =>
      one.unitId === unitId && (one.title === title || (one.duty === duty && holdsOn(one.from, one.to, act.day))),
  );
  if (!post) {
    version = (await beginPost(act, known.id, { version, unitId, title, duty, from })).version;
    outcome = 'added';
  }
  if (to !== null && (post?.to ?? null) === null) {
    await close(act, known.id, version, unitId, post?.title ?? title, to);
    if (outcome === 'same') outcome = 'changed';
  }
  return outcome;
}

async function close(
  act: Act,
  personId: string,
  version: number,
  unitId: string,
  title: string,
  on: string,
): Promise<void> {
  const person = await personById(act.db, act.actor.jurisdiction, personId);
  const posts = await postsOfPerson(act.db, act.actor.jurisdiction, personId);
  const post = posts.find((one) => one.unitId === unitId && one.title === title && one.to === null);
  if (post) await endPost(act, personId, { version: person?.version ?? version, postId: post.id, on });
}

async function enterGroup(
  act: Act,
  group: PlannedGroup,
  unitOf: (ref: Ref) => string,
): Promise<{ id: string; outcome: Outcome }> {
  const { db, actor } = act;
  const kind = group.rule === null ? 'list' : 'rule';
  if (group.existing === null) {
    const plain = group.members.filter((one) => one.to === null);
    const first = plain[0]?.from ?? null;
    const { id, version } = await createGroup(act, {
      name: group.name,
      class: group.class,
      kind,
      rule: group.rule,
      unitIds: plain.filter((one) => one.from === first).map((one) => unitOf(one.unit)),
      from: first,
    });
    await joinLater(act, id, version, group, unitOf);
    return { id, outcome: 'added' };
  }
  const now = await groupById(db, actor.jurisdiction, group.existing);
  if (now === null) throw new Error('an existing group is gone');
  let { version } = now;
  let outcome: Outcome = 'same';
  const rule = now.kind === 'rule' && group.rule ? group.rule : now.rule;
  const classOfGroup = group.class ?? now.class;
  if (classOfGroup !== now.class || JSON.stringify(rule?.kinds) !== JSON.stringify(now.rule?.kinds)) {
    version = (
      await changeGroup(act, now.id, {
        version,
        name: now.name,
        class: classOfGroup,
        kind: now.kind,
        rule: rule ? { ...now.rule, ...rule } : null,
      })
    ).version;
    outcome = 'changed';
  }
  if (now.kind === 'list' && (await joinLater(act, now.id, version, group, unitOf))) outcome = 'changed';
  return { id: now.id, outcome };
}

/** Members that the list does not have yet join, and those with a date of leaving leave. True when anything changed. */
async function joinLater(
  act: Act,
  id: string,
  seen: number,
  group: PlannedGroup,
  unitOf: (ref: Ref) => string,
): Promise<boolean> {
  let version = seen;
  for (const member of group.members) {
    const unitId = unitOf(member.unit);
    const periods = (await membersOf(act.db, act.actor.jurisdiction, [id])).filter((one) => one.unitId === unitId);
    const from = member.from ?? act.day;
    if (periods.length === 0) version = (await changeMembers(act, id, { version, on: from, join: [unitId] })).version;
    const left = periods.some((one) => one.to !== null);
    if (member.to !== null && !left)
      version = (await changeMembers(act, id, { version, on: dayAfter(member.to), leave: [unitId] })).version;
  }
  return version !== seen;
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
