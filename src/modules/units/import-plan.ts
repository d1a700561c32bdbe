import { type GroupRule, type UnitClass, unitClasses } from './group.ts';
import type { Line, Problem, RecognisedSheet } from './import-sheets.ts';
import { indexNames, mentionKey, type Named, type NameIndex, type Place, settleMention } from './mention.ts';
import { nameKey, type PostDuty, postDuties, type UnitKind, unitKinds } from './unit.ts';

/** A reference to a unit or group: one that exists, or one that the file brings (by its name key). */
export type Ref = { readonly id: string } | { readonly key: string };

export interface PlannedUnit {
  readonly line: Line;
  readonly key: string;
  readonly name: string;
  readonly shortName: string | null;
  /** Null where the file leaves it open and the unit exists. */
  readonly kind: UnitKind | null;
  readonly areaCode: string | null;
  readonly parent: Ref | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly validFrom: string | null;
  readonly existing: string | null;
}
export interface PlannedPerson {
  readonly line: Line;
  readonly name: string;
  readonly phone: string | null;
  readonly unit: Ref;
  readonly title: string;
  readonly duty: PostDuty;
  readonly from: string | null;
  readonly to: string | null;
}
export interface PlannedAlias {
  readonly line: Line;
  readonly alias: string;
  readonly target: { readonly unit: Ref } | { readonly group: Ref };
}
export interface PlannedGroup {
  readonly line: Line;
  readonly key: string;
  readonly name: string;
  readonly class: UnitClass | null;
  readonly rule: GroupRule | null;
  readonly members: readonly { readonly unit: Ref; readonly from: string | null; readonly to: string | null }[];
  readonly existing: string | null;
}
export interface ImportPlan {
  readonly units: readonly PlannedUnit[];
  readonly people: readonly PlannedPerson[];
  readonly aliases: readonly PlannedAlias[];
  readonly groups: readonly PlannedGroup[];
  readonly problems: readonly Problem[];
}

/** What is there before the import. */
export interface Existing {
  readonly place: Place;
  readonly named: readonly Named[];
}

/**
 * Reads the recognised sheets against what exists: what would be entered, and everything that is wrong, cell by cell.
 * Units are put in an order in which each comes after its superior. Nothing is guessed: a unit that is not named
 * exactly, by an alias or by a unique short name is a problem with proposals.
 */
export function planImport(sheets: readonly RecognisedSheet[], existing: Existing): ImportPlan {
  const problems: Problem[] = [];
  const complain = (line: Line, column: string, says: string, mend: string): void => {
    problems.push({
      sheet: line.sheet,
      row: line.row,
      column: column === '' ? '整行' : line.header(column),
      says,
      mend,
    });
  };
  const lines = (kind: RecognisedSheet['kind']): Line[] =>
    sheets.filter((one) => one.kind === kind).flatMap((one) => one.lines);
  const unitLines = uniqueUnits(lines('unit'), complain);
  const groupLines = groupsOf(lines('group'), complain);
  const before = indexNames(existing.named, existing.place);
  const index = indexNames(
    [...existing.named, ...newNames(unitLines, groupLines, before, existing.place)],
    existing.place,
  );

  const refOf = (
    line: Line,
    column: string,
    text: string,
    wanted: 'unit' | 'group' | 'any',
  ): { ref: 'unit' | 'group'; to: Ref } | null => {
    const settled = settleMention(text, index);
    if (settled.kind !== 'unresolved' && (wanted === 'any' || settled.kind === wanted))
      return { ref: settled.kind, to: asRef(settled.id) };
    const like =
      settled.kind === 'unresolved' ? settled.candidates.filter((one) => wanted === 'any' || one.ref === wanted) : [];
    const proposals = like
      .slice(0, 3)
      .map((one) => `「${one.name}」`)
      .join('、');
    complain(
      line,
      column,
      `没有找到「${text}」`,
      proposals === '' ? '请填写已登记或本表「单位」中的名称' : `是不是${proposals}？请改成全称，或在「别名」表中写明`,
    );
    return null;
  };

  const units = unitLines.map((line): PlannedUnit => {
    const name = line.at('name');
    const found = settleMention(name, before);
    const id = found.kind === 'unit' ? found.id : null;
    const parentText = line.at('parent');
    const parent = parentText === '' ? null : refOf(line, 'parent', parentText, 'unit');
    const kind = kindOf(line.at('kind'));
    if (line.at('kind') !== '' && kind === null)
      complain(line, 'kind', `不认识的类别「${line.at('kind')}」`, `请填写：${Object.values(unitKinds).join('、')}`);
    if (line.at('kind') === '' && id === null)
      complain(line, 'kind', '没有填写类别', `请填写：${Object.values(unitKinds).join('、')}`);
    return {
      line,
      key: nameKey(name),
      name,
      shortName: line.at('shortName') || null,
      kind,
      areaCode: areaOf(line, complain),
      parent: parent?.to ?? null,
      phone: phoneOf(line, 'phone', complain),
      address: line.at('address') || null,
      validFrom: dayOf(line, 'validFrom', complain),
      existing: id,
    };
  });

  const people = [
    ...lines('person').flatMap((line) => personOf(line, refOf, complain)),
    ...unitLines.flatMap((line) => peopleOfUnit(line, index, complain)),
  ];
  const aliases = aliasesOf(lines('alias'), unitLines, index, existing, refOf, complain);
  const groups = groupLines.map(({ line, all }): PlannedGroup => {
    const kinds = list(line.at('kinds'));
    for (const text of kinds)
      if (kindOf(text) === null)
        complain(line, 'kinds', `不认识的类别「${text}」`, `请填写：${Object.values(unitKinds).join('、')}`);
    const known = kinds.flatMap((text) => kindOf(text) ?? []);
    const members = all.flatMap((one) =>
      list(one.at('members')).flatMap((text) => {
        const found = refOf(one, 'members', text, 'unit');
        const from = dayOf(one, 'from', complain);
        const to = dayOf(one, 'to', complain);
        if (from !== null && to !== null && to < from) complain(one, 'to', '退出日期早于加入日期', '请核对两个日期');
        return found ? [{ unit: found.to, from, to }] : [];
      }),
    );
    if (known.length > 0 && members.length > 0)
      complain(line, 'members', '同一分组既写了规则又写了成员', '只保留其中一种');
    if (kinds.length === 0 && all.every((one) => one.at('members') === ''))
      complain(line, 'members', '分组没有成员，也没有规则', '请填写成员单位，或填写规则');
    const found = settleMention(line.at('name'), before);
    return {
      line,
      key: nameKey(line.at('name')),
      name: line.at('name'),
      class: classCode(line, complain),
      rule: known.length > 0 ? { kinds: known } : null,
      members,
      existing: found.kind === 'group' ? found.id : null,
    };
  });
  return { units: parentsFirst(units, complain), people, aliases, groups, problems };
}

type Complain = (line: Line, column: string, says: string, mend: string) => void;
type RefOf = (
  line: Line,
  column: string,
  text: string,
  wanted: 'unit' | 'group' | 'any',
) => { ref: 'unit' | 'group'; to: Ref } | null;
const NEW = 'new:';
const asRef = (id: string): Ref => (id.startsWith(NEW) ? { key: id.slice(NEW.length) } : { id });
const list = (text: string): string[] =>
  text
    .split(/[、，,；;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

function uniqueUnits(lines: readonly Line[], complain: Complain): Line[] {
  const seen = new Map<string, Line>();
  for (const line of lines) {
    const name = line.at('name');
    const twin = seen.get(nameKey(name));
    if (name.length < 2)
      complain(
        line,
        'name',
        name === '' ? '没有填写单位名称' : '单位名称至少 2 个字',
        '请填写单位全称；多余的行请删除',
      );
    else if (name.length > 60) complain(line, 'name', '单位名称超过 60 个字', '请填写规范全称');
    else if (twin) complain(line, 'name', `与「${twin.sheet}」第 ${twin.row} 行重复`, '请删除其中一行');
    else seen.set(nameKey(name), line);
  }
  return [...seen.values()];
}

/** Lines of one group belong together: a group with many members may stand in many lines. */
function groupsOf(lines: readonly Line[], complain: Complain): { line: Line; all: Line[] }[] {
  const groups = new Map<string, { line: Line; all: Line[] }>();
  let last: { line: Line; all: Line[] } | null = null;
  for (const line of lines) {
    const name = line.at('name');
    const known = name === '' ? last : (groups.get(nameKey(name)) ?? null);
    if (known) known.all.push(line);
    else if (name.length < 2) complain(line, 'name', '没有填写分组名称', '请填写分组名称');
    else groups.set(nameKey(name), { line, all: [line] });
    last = groups.get(nameKey(name)) ?? last;
  }
  return [...groups.values()];
}

function newNames(units: readonly Line[], groups: readonly { line: Line }[], before: NameIndex, place: Place): Named[] {
  const fresh = (name: string, ref: 'unit' | 'group'): boolean => settleMention(name, before).kind !== ref;
  const aliasesIn = (line: Line): string[] =>
    list(line.at('aliases')).filter((alias) => mentionKey(alias, place).length >= 2);
  return [
    ...units
      .filter((line) => fresh(line.at('name'), 'unit'))
      .map(
        (line): Named => ({
          ref: 'unit',
          id: NEW + nameKey(line.at('name')),
          name: line.at('name'),
          shortName: line.at('shortName') || null,
          aliases: aliasesIn(line),
          class: null,
        }),
      ),
    ...groups
      .filter(({ line }) => fresh(line.at('name'), 'group'))
      .map(
        ({ line }): Named => ({
          ref: 'group',
          id: NEW + nameKey(line.at('name')),
          name: line.at('name'),
          shortName: null,
          aliases: [],
          class: null,
        }),
      ),
  ];
}

const kindOf = (text: string): UnitKind | null => {
  const wanted = nameKey(text);
  const entries = Object.entries(unitKinds) as [UnitKind, string][];
  const other: Readonly<Record<string, UnitKind>> = {
    部门: 'department',
    镇: 'town',
    街道: 'town',
    乡: 'town',
    乡镇: 'town',
    园区: 'zone',
    社区: 'village',
    村: 'village',
    群团: 'organ',
    法检: 'organ',
    人大政协: 'organ',
  };
  return entries.find(([code, word]) => nameKey(word) === wanted || code === text)?.[0] ?? other[wanted] ?? null;
};

function classCode(line: Line, complain: Complain): UnitClass | null {
  const text = line.at('class');
  if (text === '') return null;
  const entries = Object.entries(unitClasses) as [UnitClass, string][];
  const found = entries.find(([code, word]) => code === text || nameKey(word) === nameKey(text));
  if (!found)
    complain(
      line,
      'class',
      `不认识的一类单位「${text}」`,
      `可以填写：${Object.values(unitClasses).join('、')}；或者留空`,
    );
  return found?.[0] ?? null;
}

function areaOf(line: Line, complain: Complain): string | null {
  const text = line.at('areaCode').replace(/\s/g, '');
  if (text === '') return null;
  if (/^\d{6,12}$/.test(text)) return text;
  complain(line, 'areaCode', `区划代码「${text}」不对`, '应为 6 至 12 位数字，不确定可以留空');
  return null;
}

function phoneOf(line: Line, column: string, complain: Complain): string | null {
  const text = line.at(column);
  if (text === '') return null;
  const digits = text.normalize('NFKC').replace(/[\s()-]/g, '');
  if (/^\+?\d{5,15}(?:[转,x/、;]\+?\d{1,15})*$/.test(digits)) return text.normalize('NFKC');
  complain(line, column, `电话「${text}」不像一个号码`, '请填写手机号或带区号的座机号，不确定可以留空');
  return null;
}

/** 2026-01-05, 2026/1/5, 2026.1.5, 2026年1月5日, 2026年1月 (its first day). */
function dayOf(line: Line, column: string, complain: Complain): string | null {
  const text = line.at(column);
  if (text === '') return null;
  const found = /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})?日?)?$/.exec(text.normalize('NFKC').replace(/\s.*$/, ''));
  const [year, month, date] = [found?.[1], found?.[2], found?.[3] ?? '1'];
  const day = `${year}-${String(month).padStart(2, '0')}-${date.padStart(2, '0')}`;
  if (
    found &&
    !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) &&
    new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
  )
    return day;
  complain(line, column, `日期「${text}」不对`, '请写成 2026-01-05 的样子');
  return null;
}

function personOf(line: Line, refOf: RefOf, complain: Complain): PlannedPerson[] {
  const name = line.at('name').replace(/\s/g, '');
  if (name === '') complain(line, 'name', '没有填写姓名', '请填写姓名；多余的行请删除');
  const unitText = line.at('unit');
  if (unitText === '') complain(line, 'unit', '没有填写单位', '请填写所在单位');
  const unit = unitText === '' ? null : refOf(line, 'unit', unitText, 'unit');
  const dutyText = line.at('duty');
  const duty = (Object.entries(postDuties) as [PostDuty, string][]).find(([, word]) => word === dutyText)?.[0];
  if (dutyText !== '' && !duty)
    complain(line, 'duty', `不认识的岗位「${dutyText}」`, `请填写：${Object.values(postDuties).join('、')}`);
  const from = dayOf(line, 'from', complain);
  const to = dayOf(line, 'to', complain);
  if (from !== null && to !== null && to < from) complain(line, 'to', '免职日期早于任职日期', '请核对两个日期');
  const phone = phoneOf(line, 'phone', complain);
  if (name === '' || unit === null) return [];
  return [
    {
      line,
      name,
      phone,
      unit: unit.to,
      title: line.at('title') || (duty ? postDuties[duty] : postDuties.staff),
      duty: duty ?? 'staff',
      from,
      to,
    },
  ];
}

/** Rosters often name the head and the contact beside the unit. */
function peopleOfUnit(line: Line, index: NameIndex, complain: Complain): PlannedPerson[] {
  const settled = settleMention(line.at('name'), index);
  if (settled.kind !== 'unit') return [];
  const one = (column: 'principal' | 'liaison'): PlannedPerson[] => {
    const name = line.at(column).replace(/\s/g, '');
    if (name === '') return [];
    return [
      {
        line,
        name,
        phone: phoneOf(line, `${column}Phone`, complain),
        unit: asRef(settled.id),
        title: postDuties[column],
        duty: column,
        from: null,
        to: null,
      },
    ];
  };
  return [...one('principal'), ...one('liaison')];
}

function aliasesOf(
  lines: readonly Line[],
  unitLines: readonly Line[],
  index: NameIndex,
  existing: Existing,
  refOf: RefOf,
  complain: Complain,
): PlannedAlias[] {
  const meant = new Map<string, string>();
  for (const named of existing.named)
    for (const alias of named.aliases) meant.set(mentionKey(alias, existing.place), named.id);
  const keep = (line: Line, column: string, alias: string, ref: 'unit' | 'group', to: Ref): PlannedAlias[] => {
    const key = mentionKey(alias, existing.place);
    const id = 'id' in to ? to.id : NEW + to.key;
    const other = meant.get(key);
    if (key.length < 2) complain(line, column, `别名「${alias}」太短`, '别名至少 2 个字');
    else if (other !== undefined && other !== id)
      complain(
        line,
        column,
        `别名「${alias}」已指另一个单位或分组`,
        '一个写法只能指一个，请删去这一处或先停用原来的别名',
      );
    else {
      meant.set(key, id);
      return [{ line, alias, target: ref === 'unit' ? { unit: to } : { group: to } }];
    }
    return [];
  };
  const fromSheet = lines.flatMap((line) => {
    const alias = line.at('alias');
    if (alias === '') complain(line, 'alias', '没有填写别名', '请填写别名；多余的行请删除');
    const target = line.at('target') === '' ? null : refOf(line, 'target', line.at('target'), 'any');
    if (line.at('target') === '') complain(line, 'target', '没有写明别名指的是谁', '请填写单位或分组的名称');
    return alias === '' || target === null ? [] : keep(line, 'alias', alias, target.ref, target.to);
  });
  const fromUnits = unitLines.flatMap((line) => {
    const settled = settleMention(line.at('name'), index);
    return settled.kind === 'unit'
      ? list(line.at('aliases')).flatMap((alias) => keep(line, 'aliases', alias, 'unit', asRef(settled.id)))
      : [];
  });
  return [...fromSheet, ...fromUnits];
}

/** Superiors before their subordinates; a circle is a problem of each of its lines. */
function parentsFirst(units: readonly PlannedUnit[], complain: Complain): PlannedUnit[] {
  const done = new Set<string>();
  const inFile = new Set(units.map((unit) => unit.key));
  const ordered: PlannedUnit[] = [];
  let rest = [...units];
  while (rest.length > 0) {
    const ready = rest.filter(
      ({ parent, key }) =>
        parent === null || 'id' in parent || (parent.key !== key && (done.has(parent.key) || !inFile.has(parent.key))),
    );
    if (ready.length === 0) {
      for (const unit of rest) complain(unit.line, 'parent', '上级单位绕成了圈', '请核对这些单位的上级单位');
      return ordered;
    }
    for (const unit of ready) done.add(unit.key);
    ordered.push(...ready);
    rest = rest.filter((unit) => !done.has(unit.key));
  }
  return ordered;
}
