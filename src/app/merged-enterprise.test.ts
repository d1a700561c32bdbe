import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../kernel/day.ts';
import { enterprisesApi } from '../modules/enterprises/api.ts';
import { enterprisesRoutes } from '../modules/enterprises/server/routes.ts';
import { problemsApi } from '../modules/problems/api.ts';
import { problemsRoutes } from '../modules/problems/server/routes.ts';
import { createUnit } from '../modules/units/server/door.ts';
import type { House } from '../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../platform/db/testing.ts';
import { verify } from '../platform/facts/verify.ts';
import { openFileStore } from '../platform/files/store.ts';
import { testAct, testActor } from '../platform/testing.ts';
import { houseOn } from './demo/adoption.ts';
import { type Moment, play } from './demo/player.ts';
import { makeHouse } from './house.ts';

const inEnterprises = play(enterprisesApi, enterprisesRoutes);
const inProblems = play(problemsApi, problemsRoutes);
const first = day('2026-03-02');
const later = day('2026-03-09');

let database: TestDatabase;
let base: House;
let officer = testActor({ roles: ['officer'] });
let lead = '';
const at = (on: typeof first): Moment => ({ house: houseOn(base, on, 600), actor: officer });

const register = (name: string) =>
  inEnterprises(at(first), 'registerEnterprise', {
    body: { kind: 'enterprise', name, regulatorUnitId: lead, notDuplicate: true },
  });
const find = (enterpriseId: string, text: string) =>
  inProblems(at(first), 'registerProblem', {
    body: { kind: 'hazard', text, source: 'dailyCheck', enterpriseId, leadUnitId: lead, dueOn: '2026-04-01' },
  });
const numbersOf = async (enterprise: string, more: { readonly asOf?: string } = {}): Promise<string[]> =>
  (await inProblems(at(later), 'listProblems', { query: { enterprise, sort: 'number', ...more } })).rows.map(
    (row) => row.number,
  );

describe('企业档案合并以后，名下的问题', () => {
  let kept: { id: string };
  let twice: { id: string; version: number };
  let open: { id: string; number: string };
  let ended: { id: string; number: string };
  beforeAll(async () => {
    database = await freshDatabase();
    const files = await openFileStore(await mkdtemp(join(tmpdir(), 'guatu-merged-')));
    base = makeHouse({
      db: database.db,
      files,
      clock: houseOn({} as House, first, 600).clock,
      kind: 'demonstration',
    });
    await sql`insert into jurisdiction (code, name, level) values ('990102', '松涛区', 'district')`.execute(
      database.db,
    );
    const unit = (name: string, kind: 'department' | 'committeeOffice') =>
      testAct(base, officer, (act) => createUnit(act, { name, kind }));
    lead = (await unit('区住建局', 'department')).id;
    officer = testActor({ roles: ['officer'], unitId: (await unit('区安委办', 'committeeOffice')).id, name: '经办人' });
    kept = await register('松涛涂料厂');
    twice = await register('松涛涂料有限公司');
    open = await find(twice.id, '仓库没有通风');
    ended = await find(twice.id, '登记重复的一条');
    const asked = await inProblems(at(first), 'askOfProblem', {
      params: { id: ended.id },
      body: { version: 1, kind: 'withdrawal', reason: '登记重复' },
    });
    const other = testActor({ roles: ['officer'], unitId: officer.unitId, name: '另一位', accountId: 'other' });
    await inProblems({ ...at(first), actor: other }, 'decideProblemRequest', {
      params: { id: ended.id },
      body: { version: asked.version, approve: true, opinion: '同意' },
    });
    await inEnterprises(at(later), 'mergeEnterprise', {
      params: { id: twice.id },
      body: { version: twice.version, into: kept.id, reason: '同一家登记了两次' },
    });
  }, 60_000);
  afterAll(() => database.drop());

  it('没了结的和已了结的都改列到保留的档案名下，原档案名下不再有', async () => {
    expect(await numbersOf(kept.id)).toEqual([open.number, ended.number]);
    expect(await numbersOf(twice.id)).toEqual([]);
  });

  it('每一条的办理记录都写明从哪份档案改列到哪份、是谁办的', async () => {
    for (const { id } of [open, ended]) {
      const { facts } = await inProblems(at(later), 'viewProblem', { params: { id } });
      const [last] = facts;
      expect(last?.kind).toBe('problem.followedMerge');
      expect(last?.says).toMatch(/「松涛涂料有限公司」并入.*「松涛涂料厂」/);
      expect(last?.day).toBe(later);
    }
  });

  it('合并之前的日子，台账仍照当天的档案', async () => {
    expect(await numbersOf(twice.id, { asOf: '2026-03-05' })).toEqual([open.number]);
  });

  it('拿着旧档案再登记的，记到保留的档案名下', async () => {
    const made = await inProblems(at(later), 'registerProblem', {
      body: {
        kind: 'hazard',
        text: '灭火器过期',
        source: 'dailyCheck',
        enterpriseId: twice.id,
        leadUnitId: lead,
        dueOn: '2026-04-01',
      },
    });
    const { problem } = await inProblems(at(later), 'viewProblem', { params: { id: made.id } });
    expect(problem.enterpriseId).toBe(kept.id);
  });

  it('全部记录经得起核验', async () => {
    expect((await verify(base.db, base.items, base.files)).findings).toEqual([]);
  });
});
