import type { Actor } from '../../kernel/actor.ts';
import { addDays, type Day } from '../../kernel/day.ts';
import { unitsApi } from '../../modules/units/api.ts';
import { unitsRoutes } from '../../modules/units/server/routes.ts';
import type { House } from '../../platform/act.ts';
import type { District } from './district.ts';
import { play, ScriptMistake, standingClock } from './player.ts';

/** Ids under which the district's units and people were entered, by their keys in the file. */
export interface Organisation {
  readonly unit: (key: string) => string;
  readonly person: (key: string) => string;
}

const inUnits = play(unitsApi, unitsRoutes);

function lookup(of: ReadonlyMap<string, string>, what: string): (key: string) => string {
  return (key) => {
    const id = of.get(key);
    if (id === undefined) throw new ScriptMistake(`no ${what} ${key}`);
    return id;
  };
}

/** Duty of a post by its title: heads answer for the unit, 分管 leaders and their clerks for its safety work. */
const dutyOf = (key: string): 'principal' | 'liaison' | 'inCharge' =>
  key.endsWith('-head') ? 'principal' : key === 'district-leader' ? 'inCharge' : 'liaison';

/** Enters units, other names, people with posts, groups and task forces, as an officer of the committee office would. */
export async function enterOrganisation(base: House, by: Actor, district: District, on: Day): Promise<Organisation> {
  const house: House = { ...base, clock: standingClock(on, 9 * 60) };
  const at = { house, actor: by };
  const since = addDays(on, -400);
  const units = new Map<string, string>();
  for (const [index, one] of district.units.entries()) {
    const parentId = one.parent === undefined ? null : (units.get(one.parent) ?? null);
    const { id } = await inUnits(at, 'createUnit', {
      body: {
        name: one.name,
        shortName: one.short,
        kind: one.kind,
        areaCode: one.area ?? district.jurisdiction,
        parentId,
        sort: (index + 1) * 10,
        validFrom: since,
      },
    });
    units.set(one.key, id);
    for (const alias of one.aliases) await inUnits(at, 'rememberAlias', { body: { alias, unitId: id } });
  }
  const unit = lookup(units, 'unit');
  const people = new Map<string, string>();
  for (const one of district.people) {
    const { id } = await inUnits(at, 'createPerson', {
      body: {
        name: one.name,
        phone: one.phone ?? null,
        unitId: unit(one.unit),
        title: one.title,
        duty: dutyOf(one.key),
        from: since,
      },
    });
    people.set(one.key, id);
  }
  const person = lookup(people, 'person');
  for (const one of district.groups) {
    const { id } = await inUnits(at, 'createGroup', {
      body: {
        name: one.name,
        class: one.class ?? null,
        kind: one.rule ? 'rule' : 'list',
        ...(one.rule ? { rule: { kinds: [...one.rule.kinds] } } : {}),
        ...(one.members ? { unitIds: one.members.map(unit) } : {}),
        from: since,
      },
    });
    for (const alias of one.aliases) await inUnits(at, 'rememberAlias', { body: { alias, groupId: id } });
  }
  for (const one of district.taskForces) {
    let saved = await inUnits(at, 'createTaskForce', { body: { name: one.name, validFrom: on } });
    const seats = [
      { part: 'leader' as const, people: [one.leader] },
      { part: 'deputy' as const, people: one.deputies },
      { part: 'member' as const, people: one.members },
    ];
    for (const { part, people: keys } of seats)
      for (const key of keys)
        saved = {
          ...saved,
          version: (
            await inUnits(at, 'addSeat', {
              params: { id: saved.id },
              body: { version: saved.version, personId: person(key), part, from: on },
            })
          ).version,
        };
  }
  return { unit, person };
}
