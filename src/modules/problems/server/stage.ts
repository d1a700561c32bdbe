import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Actor, Role } from '../../../kernel/actor.ts';
import { systemActor } from '../../../kernel/actor.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import { Refusal } from '../../../kernel/refusal.ts';
import type { Act, Device, House } from '../../../platform/act.ts';
import { freshDatabase } from '../../../platform/db/testing.ts';
import { verify } from '../../../platform/facts/verify.ts';
import { jpeg } from '../../../platform/files/picture-material.ts';
import { fileRoutes } from '../../../platform/files/routes.ts';
import { onDay, testAct, testActor, testHouse } from '../../../platform/testing.ts';
import { enterpriseItems } from '../../enterprises/server/door.ts';
import { taskKind } from '../../tasks/server/door.ts';
import { createUnit, unitsItems } from '../../units/server/door.ts';
import { addSampleCriteria } from './add-criteria.ts';
import { problemItems } from './records.ts';
import { type RegisterAnswer, type RegisterInput, register } from './register.ts';
import type { Done } from './step.ts';

/** A district with an office, two departments and a town, people in each, and their problems; for tests of the room. */
export interface Stage {
  readonly house: House;
  readonly units: Readonly<Record<'office' | 'housing' | 'fire' | 'town', string>>;
  readonly people: Readonly<Record<Person, Actor>>;
  readonly criteriaId: string;
  /** Runs an act on a day as a person. */
  act<T>(day: string, who: Person | Actor, run: (act: Act) => Promise<T>, device?: Device): Promise<T>;
  /** Registers with usual values; `over` replaces some of them. */
  register(day: string, who: Person | Actor, over?: Partial<RegisterInput>): Promise<RegisterAnswer>;
  /** Uploads a new picture to a problem and gives its id as evidence of a role. */
  photo(
    day: string,
    who: Person | Actor,
    problemId: string,
    role?: 'before' | 'after' | 'document',
    bytes?: Buffer,
  ): Promise<{ fileId: string; role: 'before' | 'after' | 'document' }>;
  /** The sentence with which it is refused; 'done' where it was not. */
  refusal(run: Promise<unknown>): Promise<string>;
  findings(): Promise<readonly { readonly kind: string; readonly where: string; readonly says: string }[]>;
  drop(): Promise<void>;
}

const persons = {
  officer: ['officer', 'office'],
  officer2: ['officer', 'office'],
  clerk: ['clerk', 'housing'],
  clerk2: ['clerk', 'housing'],
  head: ['unitLeader', 'housing'],
  inspector: ['inspector', 'housing'],
  fire: ['clerk', 'fire'],
  fireInspector: ['inspector', 'fire'],
  townClerk: ['clerk', 'town'],
  grid: ['gridWorker', 'town'],
  grid2: ['gridWorker', 'town'],
  leader: ['leader', 'office'],
} as const satisfies Record<string, readonly [Role, string]>;
export type Person = keyof typeof persons;

let pictures = 0;
/** A JPEG that no other call gives. */
export const newPicture = (): Buffer => {
  pictures += 1;
  return Buffer.concat([jpeg({ width: 40, height: 30 }), Buffer.from(`picture ${pictures}`)]);
};

export async function stage(): Promise<Stage> {
  const database = await freshDatabase();
  const house = await testHouse(database.db, {
    today: '2026-03-01',
    items: { ...unitsItems, ...enterpriseItems, ...problemItems, task: taskKind },
  });
  const system = systemActor(asJurisdiction('990102'));
  const unit = async (name: string, kind: 'committeeOffice' | 'department' | 'town'): Promise<string> =>
    (await testAct(house, system, (act) => createUnit(act, { name, kind }))).id;
  const units = {
    office: await unit('松涛区安委办', 'committeeOffice'),
    housing: await unit('松涛区住房局', 'department'),
    fire: await unit('松涛区消防大队', 'department'),
    town: await unit('青石镇', 'town'),
  };
  const people = Object.fromEntries(
    Object.entries(persons).map(([name, [role, at]]) => [
      name,
      testActor({ roles: [role], unitId: units[at], unitName: `${at}`, name, accountId: randomUUID() }),
    ]),
  ) as Record<Person, Actor>;
  const actorOf = (who: Person | Actor): Actor => (typeof who === 'string' ? people[who] : who);
  const act: Stage['act'] = (day, who, run, device) =>
    testAct(onDay(house, day), actorOf(who), (one) => run(device ? { ...one, device } : one));
  const addFile = fileRoutes.find((route) => route.name === 'addFile');
  const { id: criteriaId } = await act('2026-01-01', 'officer', (one) => addSampleCriteria(one));
  return {
    house,
    units,
    people,
    criteriaId,
    act,
    register: (day, who, over = {}) =>
      act(day, who, (one) =>
        register(one, {
          kind: 'hazard',
          text: '三楼阳台护栏松动，摇晃明显。',
          source: 'dailyCheck',
          subject: '松涛商场',
          leadUnitId: units.housing,
          dueOn: '2026-03-20',
          ...over,
        }),
      ),
    async photo(day, who, problemId, role = 'after', bytes = newPicture()) {
      const { sha256, size } = await house.files.put(Readable.from([bytes]), 10_000_000);
      const added = (await act(day, who, (one) => {
        const situation = {
          ...one,
          params: undefined,
          query: { itemKind: 'problem', itemId: problemId },
          body: undefined,
          upload: { name: '照片.jpg', size, sha256, fields: {} },
        };
        if (!addFile) throw new Error('there is no route for files');
        return (addFile.handle as (situation: unknown) => Promise<unknown>)(situation);
      })) as { id: string };
      return { fileId: added.id, role };
    },
    async refusal(run) {
      try {
        await run;
        return 'done';
      } catch (error) {
        if (error instanceof Refusal) return error.says;
        throw error;
      }
    },
    findings: async () => (await verify(house.db, house.items, house.files)).findings,
    drop: () => database.drop(),
  };
}

/** The identity and version that the next act needs. */
export const seen = (done: Pick<Done, 'id' | 'version'>): { readonly id: string; readonly version: number } => ({
  id: done.id,
  version: done.version,
});
