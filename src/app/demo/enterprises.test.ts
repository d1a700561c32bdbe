import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../kernel/actor.ts';
import { rehearsalClock } from '../../kernel/clock.ts';
import { day } from '../../kernel/day.ts';
import { asJurisdiction } from '../../kernel/ids.ts';
import { codeDoubt } from '../../modules/enterprises/credit-code.ts';
import { freshDatabase, type TestDatabase } from '../../platform/db/testing.ts';
import { verify } from '../../platform/facts/verify.ts';
import { openFileStore } from '../../platform/files/store.ts';
import { makeHouse } from '../house.ts';
import { readDistrict, readSchematicMap } from './district.ts';
import { enterEnterprises, inventEnterprises, readNameParts } from './enterprises.ts';
import { enterOrganisation } from './organisation.ts';

const today = day('2026-11-22');
const parts = await readNameParts();
const district = await readDistrict();
const map = (await readSchematicMap()).geoJson;
const all = inventEnterprises(parts, district, map);

describe('演示名录', () => {
  it('约三千家，每次生成都一样，没有重名', () => {
    expect(all.length).toBe(3000);
    expect(inventEnterprises(parts, district, map)).toEqual(all);
    expect(new Set(all.map((one) => one.draft.name)).size).toBe(all.length);
  });

  it('坐标都在自己的镇街界内，监管单位和镇街都在机构名册里', () => {
    const keys = new Set(district.units.map((unit) => unit.key));
    const rings = new Map(
      map.features.map((town) => [
        town.properties.code,
        (town.geometry.coordinates as unknown as number[][][])[0] ?? [],
      ]),
    );
    const inside = (ring: number[][], x: number, y: number): boolean =>
      ring.reduce((odd, [ax = 0, ay = 0], at) => {
        const [bx = 0, by = 0] = ring[(at + 1) % ring.length] ?? [];
        return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax ? !odd : odd;
      }, false);
    const astray = all.filter(
      ({ draft }) => !inside(rings.get(draft.areaCode) ?? [], draft.longitude ?? 0, draft.latitude ?? 0),
    );
    // Rounded to four decimals, a point on the border may fall on the other side.
    expect(astray.length).toBeLessThan(10);
    expect(all.filter((one) => !keys.has(one.regulator) || !keys.has(one.town))).toEqual([]);
  });

  it('有个别信用代码校验位不对，也有没有代码的，多数是对的', () => {
    const codes = all.flatMap((one) => one.draft.creditCode ?? []);
    const odd = codes.filter((code) => codeDoubt(code) !== null).length;
    expect(odd).toBeGreaterThan(5);
    expect(odd).toBeLessThan(60);
    expect(codes.length).toBeGreaterThan(2200);
    expect(codes.length).toBeLessThan(all.length);
  });

  it('每个行业、每个镇街都有，每个镇街几十家以上', () => {
    const count = (keyOf: (one: (typeof all)[number]) => string): number[] => {
      const counts = new Map<string, number>();
      for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
      return [...counts.values()];
    };
    expect(count((one) => one.town)).toHaveLength(13);
    expect(Math.min(...count((one) => one.town))).toBeGreaterThan(50);
    expect(count((one) => one.draft.sector ?? '')).toHaveLength(11);
  });
});

describe('演示名录录入', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  it('几秒内录入，事实链和编号都对得上，停业、注销、合并的都有', async () => {
    const house = makeHouse({
      db: database.db,
      files: await openFileStore(await mkdtemp(join(tmpdir(), 'guatu-demo-'))),
      clock: rehearsalClock(today),
      kind: 'demonstration',
    });
    await sql`insert into jurisdiction (code, name, level, parent) values (${district.jurisdiction}, ${district.name}, 'district', null)`.execute(
      database.db,
    );
    const officer = { ...systemActor(asJurisdiction(district.jurisdiction)), roles: ['officer' as const] };
    const organisation = await enterOrganisation(house, officer, district, day('2026-03-01'));
    const begun = performance.now();
    const { entered, working } = await enterEnterprises(house, officer, district, map, organisation, today);
    const took = performance.now() - begun;
    expect(took).toBeLessThan(20_000);
    expect(entered).toBe(3000);
    expect(working).toBeGreaterThan(2800);
    const states = await sql<{ state: string; n: number }>`
      select case when merged_into is null then state else 'merged' end as state, count(*)::int as n from enterprise group by 1`.execute(
      database.db,
    );
    const count = Object.fromEntries(states.rows.map((row) => [row.state, row.n]));
    expect(count.merged).toBe(1);
    expect(count.closed).toBeGreaterThan(30);
    expect(count.stopped).toBeGreaterThan(50);
    expect((await verify(database.db, house.items, house.files)).findings).toEqual([]);
  }, 60_000);
});
