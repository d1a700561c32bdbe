import { dayInShanghai } from '../../../kernel/clock.ts';
import type { ResponseOf } from '../../../kernel/contract.ts';
import type { Day } from '../../../kernel/day.ts';
import type { Reading } from '../../../platform/act.ts';
import { factsAfter } from '../../../platform/case.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { enterprisesByIds } from '../../enterprises/server/door.ts';
import { foundBefore, problemOfScope } from '../../problems/server/door.ts';
import { personsOf, unitsByIds } from '../../units/server/door.ts';
import { postDuties } from '../../units/unit.ts';
import type { supervisionApi } from '../api.ts';
import { type ChainUnit, chainLevels, checkedFrom, dutyChainOf } from '../duty-chain.ts';

const closingKinds = [
  'problem.rechecked',
  'problem.sentBack',
  'problem.closed',
  'problem.closeRefused',
  'problem.reopened',
];

/** A unit with those who led it on the day. */
async function unitOf(db: Queryable, jurisdiction: string, id: string | null, on: Day): Promise<ChainUnit | null> {
  const [unit] = id === null ? [] : await unitsByIds(db, jurisdiction, [id]);
  if (!unit) return null;
  const posts = await personsOf(db, jurisdiction, unit.id, on);
  return {
    id: unit.id,
    name: unit.name,
    people: posts
      .filter((one) => one.duty === 'principal' || one.duty === 'inCharge')
      .map((one) => `${postDuties[one.duty]} ${one.personName}${one.title === '' ? '' : `（${one.title}）`}`),
  };
}

/** 责任倒查 of a problem in sight: who answers for it, what the records know of each, what is left to be asked. */
export async function dutyChain(reading: Reading, id: string): Promise<ResponseOf<typeof supervisionApi.dutyChain>> {
  const { db, day } = reading;
  const { jurisdiction, problem } = await problemOfScope(db, reading.scope, id);
  const [enterprise] =
    problem.enterpriseId === null ? [] : await enterprisesByIds(db, jurisdiction, [problem.enterpriseId]);
  const unit = (unitId: string | null): Promise<ChainUnit | null> => unitOf(db, jurisdiction, unitId, problem.foundOn);
  const [lead, supervising, territory, before, facts] = await Promise.all([
    unit(problem.leadUnitId),
    unit(enterprise?.regulatorUnitId ?? problem.supervisingUnitId),
    unit(enterprise?.townUnitId ?? null),
    foundBefore(db, jurisdiction, problem, checkedFrom(problem.foundOn)),
    factsAfter(db, jurisdiction, { kind: 'problem', id: problem.id }, 0),
  ]);
  const finders = await unitsByIds(
    db,
    jurisdiction,
    before.flatMap((one) => one.finderUnitId ?? []),
  );
  const names = new Map(finders.map((one) => [one.id as string, one.name]));
  const reopened = facts.filter((one) => one.kind === 'problem.reopened').length;
  const links = dutyChainOf(
    {
      ...problem,
      open: problem.endedOn === null,
      reopened,
      subject: enterprise?.name ?? problem.subject,
      lead: lead ?? { id: problem.leadUnitId, name: '', people: [] },
      supervising,
      territory,
      before: before.map((one) => {
        const unitName = one.finderUnitId === null ? null : (names.get(one.finderUnitId) ?? null);
        return { ...one, finderUnitName: unitName, finder: `${unitName ?? ''}${one.finder ?? one.registeredByName}` };
      }),
      closing: facts
        .filter((one) => closingKinds.includes(one.kind))
        .map((one) => ({ on: dayInShanghai(one.at), says: one.says })),
    },
    day,
  );
  return {
    problem: {
      id: problem.id,
      number: problem.number,
      title: problem.title,
      foundOn: problem.foundOn,
      grade: problem.grade,
      leadUnitId: problem.leadUnitId,
    },
    day,
    links: links.map((one) => ({
      ...one,
      word: chainLevels[one.level],
      people: [...one.people],
      says: [...one.says],
      asks: [...one.asks],
      records: one.records.map((record) => ({ ...record })),
    })),
  };
}
