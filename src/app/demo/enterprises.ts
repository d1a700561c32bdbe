import { readFile } from 'node:fs/promises';
import type { Actor } from '../../kernel/actor.ts';
import { addDays, type Day } from '../../kernel/day.ts';
import { enterprisesApi } from '../../modules/enterprises/api.ts';
import { checkSign } from '../../modules/enterprises/credit-code.ts';
import type { EnterpriseDraft, EnterpriseState } from '../../modules/enterprises/enterprise.ts';
import { createEnterprises, type NewEnterprise } from '../../modules/enterprises/server/door.ts';
import { enterprisesRoutes } from '../../modules/enterprises/server/routes.ts';
import type { WallMap } from '../../modules/wall/map.ts';
import type { House } from '../../platform/act.ts';
import { perform } from '../../platform/perform.ts';
import type { District } from './district.ts';
import type { Organisation } from './organisation.ts';
import { play, ScriptMistake, standingClock } from './player.ts';
import { chance } from './story.ts';

/** Parts of names, as `data/jurisdictions/990102/enterprises.json` gives them. */
interface NameParts {
  readonly brands: { readonly first: readonly string[]; readonly second: readonly string[] };
  readonly roads: readonly string[];
  readonly villages: readonly string[];
  readonly surnames: readonly string[];
  readonly given: readonly string[];
  readonly sectors: readonly {
    readonly sector: string;
    readonly count: number;
    readonly places: 'any' | 'urban' | 'rural' | 'zone';
    /** Weights of red, orange, yellow, blue. */
    readonly risk: readonly number[];
    readonly forms: readonly {
      readonly name: string;
      readonly kind?: EnterpriseDraft['kind'];
      readonly industry: string;
      readonly regulator: string;
      readonly weight: number;
      /** A public institution with a code of its own kind. */
      readonly body?: boolean;
    }[];
  }[];
  readonly urban: readonly string[];
  readonly rural: readonly string[];
  readonly zone: readonly string[];
  readonly stops: readonly string[];
  readonly closures: readonly string[];
}

/** One invented enterprise, with keys of units instead of their ids. */
export interface Invented {
  readonly draft: Omit<NewEnterprise, 'regulatorUnitId' | 'townUnitId' | 'confirmed' | 'how'>;
  readonly regulator: string;
  readonly town: string;
  /** What happens to it later, with the reason. */
  readonly later: { readonly state: EnterpriseState; readonly reason: string } | null;
}

/** One that was entered and worked on that day. */
interface Entered {
  readonly id: string;
  readonly draft: NewEnterprise;
  readonly later: Invented['later'];
}

export const readNameParts = async (): Promise<NameParts> =>
  JSON.parse(
    await readFile(new URL('../../../data/jurisdictions/990102/enterprises.json', import.meta.url), 'utf8'),
  ) as NameParts;

const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
type Below = (below: number) => number;

const one = <T>(below: Below, of: readonly T[]): T => {
  const found = of[below(of.length)];
  if (found === undefined) throw new ScriptMistake('an empty list of parts');
  return found;
};

function weighed<T>(below: Below, of: readonly T[], weightOf: (each: T) => number): T {
  let left = below(of.reduce((sum, each) => sum + weightOf(each), 0));
  for (const each of of) {
    left -= weightOf(each);
    if (left < 0) return each;
  }
  throw new ScriptMistake('no weights');
}

interface TownOnMap {
  readonly key: string;
  readonly short: string;
  readonly area: string;
  readonly ring: readonly (readonly [number, number])[];
  readonly middle: readonly [number, number];
}

function townsOf(district: District, map: WallMap): TownOnMap[] {
  return district.units.flatMap((unit) => {
    const feature = map.features.find((each) => each.properties.code === unit.area);
    if (!feature || unit.area === undefined || (unit.kind !== 'town' && unit.kind !== 'zone')) return [];
    const [ring] = feature.geometry.coordinates as unknown as [[number, number][]];
    const middle = feature.properties.cp ?? ring[0] ?? [0, 0];
    return [{ key: unit.key, short: unit.short, area: unit.area, ring, middle }];
  });
}

function contains(ring: TownOnMap['ring'], x: number, y: number): boolean {
  let inside = false;
  ring.forEach(([ax, ay], at) => {
    const [bx, by] = ring[(at + 1) % ring.length] ?? [ax, ay];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

/** A point of the town, more often near its middle; four decimals. */
function pointIn(below: Below, town: TownOnMap): readonly [number, number] {
  const xs = town.ring.map(([x]) => x);
  const ys = town.ring.map(([, y]) => y);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  for (let round = 0; round < 200; round++) {
    const pull = below(3) === 0 ? 0.45 : 0;
    const x = (left + ((right - left) * below(10_000)) / 10_000) * (1 - pull) + town.middle[0] * pull;
    const y = (low + ((high - low) * below(10_000)) / 10_000) * (1 - pull) + town.middle[1] * pull;
    if (contains(town.ring, x, y)) return [Math.round(x * 10_000) / 10_000, Math.round(y * 10_000) / 10_000];
  }
  return town.middle;
}

/** Grids lie around the middle of a town like slices, so that neighbours share one. */
function gridAt(town: TownOnMap, villages: readonly string[], [x, y]: readonly [number, number]) {
  const count = 6 + (Number(town.area.slice(-2)) % 5);
  const turn = (Math.atan2(y - town.middle[1], x - town.middle[0]) / (2 * Math.PI) + 1) % 1;
  const index = Math.floor(turn * count) % count;
  const village = villages[(index + Number(town.area.slice(-3))) % villages.length] ?? '';
  return {
    village,
    grid: `${town.short}${village}网格`,
    gridCode: `${town.area}${String(index + 1).padStart(3, '0')}`,
  };
}

const sizes = [
  { size: 'large', weight: 2, from: 1000, to: 2600 },
  { size: 'medium', weight: 8, from: 300, to: 999 },
  { size: 'small', weight: 40, from: 20, to: 299 },
  { size: 'micro', weight: 50, from: 1, to: 19 },
] as const;
const colours = ['red', 'orange', 'yellow', 'blue'] as const;

function codeFor(below: Below, draft: { kind: EnterpriseDraft['kind']; body: boolean; area: string }): string | null {
  if (below(100) < (draft.kind === 'place' && !draft.body ? 22 : 3)) return null;
  const head = draft.body ? '12' : draft.kind === 'place' ? '92' : '91';
  const own = Array.from({ length: 7 }, () => SIGNS[below(SIGNS.length)]).join('');
  const body = `${head}990102MA${own}`;
  const right = checkSign(body) ?? '0';
  // A few codes were written down wrongly once, and one of them is right although it fails the check.
  return body + (below(120) === 0 ? (SIGNS[(SIGNS.indexOf(right) + 1 + below(29)) % SIGNS.length] ?? right) : right);
}

/**
 * About 3,000 invented enterprises and public places, the same in every installation: names by sector, place and road,
 * positions inside their town, the regulator by what they do. No name occurs twice.
 */
export function inventEnterprises(parts: NameParts, district: District, map: WallMap): readonly Invented[] {
  const below = chance(990_102);
  const towns = townsOf(district, map);
  const group = { any: towns.map((town) => town.key), urban: parts.urban, rural: parts.rural, zone: parts.zone };
  const names = new Set<string>();
  const made: Invented[] = [];
  for (const sector of parts.sectors)
    for (let index = 0; index < sector.count; index++) {
      const form = weighed(below, sector.forms, (each) => each.weight);
      // Two of three stand where their sector is at home.
      const key = one(below, below(3) > 0 ? group[sector.places] : group.any);
      const town = towns.find((each) => each.key === key);
      if (!town) throw new ScriptMistake(`no town ${key} on the map`);
      const at = pointIn(below, town);
      const { village, grid, gridCode } = gridAt(town, parts.villages, at);
      const road = one(below, parts.roads);
      const name = freshName(names, () =>
        form.name
          .replace('{brand}', one(below, parts.brands.first) + one(below, parts.brands.second))
          .replace('{town}', town.short.replace(/(?:街道|镇|经济开发区)$/, ''))
          .replace('{village}', below(3) === 0 ? village : one(below, parts.villages))
          .replace('{road}', road),
      );
      const { size, from, to } = weighed(below, sizes, (each) => each.weight);
      const kind = form.kind ?? 'enterprise';
      const risk = below(100) < 12 ? null : (weighed(below, [0, 1, 2, 3], (each) => sector.risk[each] ?? 0) as number);
      const fate = below(1000);
      made.push({
        regulator: form.regulator,
        town: town.key,
        later:
          fate < 12
            ? { state: 'closed', reason: one(below, parts.closures) }
            : fate < 34
              ? { state: 'stopped', reason: one(below, parts.stops) }
              : null,
        draft: {
          kind,
          name,
          creditCode: codeFor(below, { kind, body: form.body ?? false, area: town.area }),
          sector: sector.sector,
          industry: form.industry,
          address: `${town.short}${road}${1 + below(280)}号`,
          areaCode: town.area,
          longitude: at[0],
          latitude: at[1],
          grid,
          gridCode,
          legalPerson: one(below, parts.surnames) + one(below, parts.given),
          safetyHead: one(below, parts.surnames) + one(below, parts.given),
          safetyPhone: `0990-555${String(below(10_000)).padStart(4, '0')}`,
          size,
          headcount: from + below(to - from + 1),
          risk: risk === null ? null : (colours[risk] ?? null),
          ...(fate >= 980 ? { state: fate >= 990 ? ('closed' as const) : ('stopped' as const) } : {}),
        },
      });
    }
  return shuffled(made, below);
}

function freshName(names: Set<string>, make: () => string): string {
  for (let round = 0; ; round++) {
    const name = make();
    const own = round < 30 ? name : `${name}${round - 28}号`;
    if (names.has(own)) continue;
    names.add(own);
    return own;
  }
}

/** Lists of offices are not sorted by sector. */
function shuffled<T>(list: readonly T[], below: Below): T[] {
  const mixed = [...list];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = below(at + 1);
    const [here, there] = [mixed[at], mixed[other]];
    if (here === undefined || there === undefined) continue;
    mixed[at] = there;
    mixed[other] = here;
  }
  return mixed;
}

/**
 * Shares of the register that are entered so many days before today: two big lists before the year of findings begins,
 * then what is found.
 */
const waves = [
  { ago: 372, share: 0.74, how: '由表格「全区企业底数清单.xlsx」导入' },
  { ago: 369, share: 0.14, how: '由表格「公共场所补充清单.xlsx」导入' },
  { ago: 250, share: 0.04, how: null },
  { ago: 150, share: 0.04, how: null },
  { ago: 47, share: 0.02, how: null },
  { ago: 9, share: 0.02, how: null },
] as const;

const BATCH = 500;
const inEnterprises = play(enterprisesApi, enterprisesRoutes);

/**
 * Enters the invented register day by day, as the office would: lists first, later what was found in the field; some stop
 * or close meanwhile, two turn out to be the same. Returns how many were entered, and how many of them work today.
 */
export async function enterEnterprises(
  base: House,
  officer: Actor,
  district: District,
  map: WallMap,
  organisation: Organisation,
  today: Day,
): Promise<{ readonly entered: number; readonly working: number }> {
  const all = inventEnterprises(await readNameParts(), district, map);
  const working: Entered[] = [];
  let from = 0;
  for (const [index, wave] of waves.entries()) {
    const on = addDays(today, -wave.ago);
    const house: House = { ...base, clock: standingClock(on, 9 * 60 + 30 + index) };
    const to = index === waves.length - 1 ? all.length : from + Math.round(all.length * wave.share);
    for (let at = from; at < to; at += BATCH) {
      const some = all.slice(at, Math.min(at + BATCH, to));
      const drafts = some.map(
        ({ draft, regulator, town }, place): NewEnterprise => ({
          ...draft,
          regulatorUnitId: organisation.unit(regulator),
          townUnitId: organisation.unit(town),
          stateOn: addDays(on, -30),
          // Some of what came in by lists has not been looked at yet.
          confirmed: (at + place) % 17 !== 0,
          ...(wave.how === null ? {} : { how: wave.how }),
        }),
      );
      const made = await perform(house, officer, (act) => createEnterprises(act, drafts));
      for (const [place, { id }] of made.entries()) {
        const draft = drafts[place];
        if (!draft) throw new ScriptMistake('more enterprises than drafts');
        if ((draft.state ?? 'active') === 'active') working.push({ id, draft, later: some[place]?.later ?? null });
      }
    }
    from = to;
  }
  await letSomeStop(base, officer, working, today);
  await mergeOne(base, officer, working, today);
  return { entered: all.length, working: working.filter((one) => one.later === null).length };
}

async function letSomeStop(base: House, officer: Actor, working: readonly Entered[], today: Day): Promise<void> {
  let ago = 0;
  for (const { id, later } of working) {
    if (!later) continue;
    // After the last list, some every day.
    ago = (ago % 8) + 1;
    const on = addDays(today, -ago);
    const house: House = { ...base, clock: standingClock(on, 15 * 60) };
    await inEnterprises({ house, actor: officer }, 'changeEnterpriseState', {
      params: { id },
      body: { version: 1, state: later.state, on, reason: later.reason },
    });
  }
}

/** A firm that was registered once more under the name on its signboard. */
async function mergeOne(base: House, officer: Actor, working: readonly Entered[], today: Day): Promise<void> {
  const kept = working.find(({ draft }) => draft.name.startsWith('望澜') && draft.name.endsWith('有限公司'));
  if (!kept) throw new ScriptMistake('no firm to be registered twice');
  const at = (ago: number) => ({
    house: { ...base, clock: standingClock(addDays(today, -ago), 10 * 60) },
    actor: officer,
  });
  const twice = await inEnterprises(at(40), 'registerEnterprise', {
    body: {
      kind: 'enterprise',
      name: kept.draft.name.replace(/^望澜|有限公司$/g, ''),
      sector: kept.draft.sector ?? null,
      address: kept.draft.address ?? null,
      regulatorUnitId: kept.draft.regulatorUnitId ?? null,
      townUnitId: kept.draft.townUnitId ?? null,
    },
  });
  await inEnterprises(at(38), 'mergeEnterprise', {
    params: { id: twice.id },
    body: { version: 1, into: kept.id, reason: '同一家企业按招牌名称又登记了一次' },
  });
}
