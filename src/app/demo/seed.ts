import { sql } from 'kysely';
import { type Actor, systemActor } from '../../kernel/actor.ts';
import { addDays, type Day } from '../../kernel/day.ts';
import { asJurisdiction } from '../../kernel/ids.ts';
import type { FirstAccountCreated } from '../../modules/access/server/door.ts';
import { addSampleCriteria } from '../../modules/problems/server/door.ts';
import { saveMap } from '../../modules/wall/server/door.ts';
import type { House } from '../../platform/act.ts';
import { transaction } from '../../platform/db/connect.ts';
import { perform } from '../../platform/perform.ts';
import { openAccounts } from './accounts.ts';
import { collectSubPlans, hangUnder, houseOn, importDocument, reviewAndAdopt } from './adoption.ts';
import { type District, readDistrict, readSchematicMap, readTales } from './district.ts';
import { enterEnterprises } from './enterprises.ts';
import { enterOrganisation } from './organisation.ts';
import { ScriptMistake } from './player.ts';
import { Telling } from './telling.ts';

/** Somebody with whom a visitor can sign in; the password exists only on this installation. */
export type DemoAccount = FirstAccountCreated;

/** Days before today on which the story's turning points lie. The documents' own days lie at -260 and -230. */
const FOUNDED = -262;
const CITY_PLAN = -255;
const WORK_POINTS = -226;
const TARGET_TASKS = -224;

async function enterJurisdictions(house: House, district: District): Promise<void> {
  const { above } = district;
  await sql`
    insert into jurisdiction (code, name, level, parent)
    values (${above.jurisdiction}, ${above.name}, 'city', null),
      (${district.jurisdiction}, ${district.name}, ${district.level}, ${above.jurisdiction})
    on conflict (code) do nothing`.execute(house.db);
}

/** Where the story of the tasks stops for the time being, and who goes on with it, day after day. */
export interface Pause {
  readonly until: Day;
  readonly goOn: (tell: (until: Day) => Promise<number>) => void;
}

/** Before anybody has an account, the organisation is entered in the name of the product itself. */
const founder = (jurisdiction: string): Actor => ({ ...systemActor(asJurisdiction(jurisdiction)), roles: ['officer'] });

/**
 * Fills an empty database with the fictional district: its organisation, accounts with random passwords, two plans
 * adopted months ago with everything that happened since, a higher plan, and one plan that waits for its review.
 * `today` is the day on which the demonstration begins; all documents and deeds are dated relative to it, each deed is
 * recorded on its own day. Returns the accounts that the login page offers. Throws when the database is not empty.
 * `pause`: what happens to the tasks after a day is left to be told later.
 */
export async function seedDemonstration(
  house: House,
  today: Day,
  log: (line: string) => void = () => {},
  pause: Pause | null = null,
): Promise<readonly DemoAccount[]> {
  const district = await readDistrict();
  await enterJurisdictions(house, district);
  const on = (days: number): Day => addDays(today, days);
  // Nobody looks on yet, so many deeds share one commit; each is still an act of its own with its own day and facts.
  const together = <T>(run: (one: House) => Promise<T>): Promise<T> =>
    transaction(house.db, (db) => run({ ...house, db }));
  const organisation = await together((one) =>
    enterOrganisation(one, founder(district.jurisdiction), district, on(FOUNDED)),
  );
  log(`演示单位：${district.name}，${district.units.length}个单位、${district.people.length}名人员`);
  const map = await readSchematicMap();
  await saveMap(house.db, district.jurisdiction, map);
  const cast = await openAccounts(house, district, organisation);
  const officers = [cast.byLogin('awb1'), cast.byLogin('awb2')] as const;
  const [officer] = officers;
  const register = await together((one) => enterEnterprises(one, officer, district, map.geoJson, organisation, today));
  await perform(houseOn(house, addDays(today, -366), 10 * 60), officer, (act) => addSampleCriteria(act));
  log(`演示名录：${register.entered}家企业和公共场所，${register.working}家在营`);

  const city = await importDocument(house, officer, 'city-plan', on(CITY_PLAN), today);
  const workPoints = await importDocument(house, officer, 'work-points', on(WORK_POINTS), today);
  const targetTasks = await importDocument(house, officer, 'target-tasks', on(TARGET_TASKS), today);
  const nameOf = (key: string): string => {
    const unit = district.units.find((one) => one.key === key);
    if (unit === undefined) throw new ScriptMistake(`no unit ${key}`);
    return unit.short;
  };
  const leadForClass = (mention: string): string =>
    nameOf(mention.includes('专委会') ? 'committee-office' : 'emergency');
  const market = { kind: 'unit', id: organisation.unit('market'), name: nameOf('market') } as const;
  await reviewAndAdopt(house, officer, workPoints, on(WORK_POINTS), { meanings: { 区市监: market }, leadForClass });
  await reviewAndAdopt(house, officer, targetTasks, on(TARGET_TASKS), {
    meanings: {},
    leadForClass,
    head: {
      documentNumber: `${district.letters}〔${on(-230).slice(0, 4)}〕10号`,
      issuer: district.issuer,
      issuedOn: on(-230),
    },
  });
  await hangUnder(house, officer, city, workPoints, on(WORK_POINTS));
  log('演示方案：工作要点、目标任务清单已经识读、校核、下达');

  const filers = ['yingji', 'zhujian', 'jiaotong', 'xiaofang', 'lanqiao', 'shichang', 'kaifaqu', 'fengyan'].map(
    cast.byLogin,
  );
  const asked = district.units.filter((unit) => unit.kind === 'town' || unit.kind === 'zone');
  await collectSubPlans(
    house,
    { officer, filers },
    workPoints,
    [...asked.map((unit) => organisation.unit(unit.key)), ...filers.flatMap((filer) => filer.unitId ?? [])],
    on(WORK_POINTS + 1),
  );

  const answerable = new Map(
    district.people
      .filter((person) => person.key.endsWith('-head'))
      .map((person) => [organisation.unit(person.unit), { id: organisation.person(person.key), name: person.name }]),
  );
  const tales = await readTales();
  const telling = new Telling(
    house,
    cast,
    officers,
    today,
    answerable,
    new Set(asked.map((unit) => organisation.unit(unit.key))),
  );
  await telling.takeUp(workPoints, tales, on(WORK_POINTS));
  await telling.takeUp(targetTasks, tales, on(TARGET_TASKS));
  const deeds = await together((one) => telling.tell(pause?.until ?? null, one));
  for (const refusal of telling.refusals) log(`演示经过中未能办理：${refusal}`);
  pause?.goOn((until) => telling.tell(until, house));
  log(`演示经过：${deeds}次办理，至${addDays(today, -1)}`);

  await importDocument(house, officer, 'hundred-days', today, today);
  log('待校核：一份新方案已经识读，等您校核、下达');
  return cast.shown;
}
