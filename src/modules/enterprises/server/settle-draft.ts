import { hasRole } from '../../../kernel/actor.ts';
import { notAllowed, notNow, notValid, type RefusalPlace } from '../../../kernel/refusal.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { unitsByIds } from '../../units/server/door.ts';
import type { EnterpriseDraft } from '../enterprise.ts';
import { asksForWord, type Doubt, doubtsAbout, indexKnown, keysOf, type Wanted } from '../match.ts';
import { isOwn } from '../rights.ts';
import { cardsByIds } from './store.ts';
import { knownBy } from './store-match.ts';

/**
 * The draft with its units settled: whoever registers for a unit and names neither regulator nor town registers it for
 * his own; the area follows from the town. Refuses units that do not exist and enterprises that are none of his.
 */
export async function settleDraft<T extends EnterpriseDraft>(act: Act, draft: T): Promise<T & { areaCode: string }> {
  const { actor, db } = act;
  const places: RefusalPlace[] = [];
  if (draft.name.trim().length < 2) places.push({ where: 'body.name', says: '名称至少 2 个字' });
  if (((draft.longitude ?? null) === null) !== ((draft.latitude ?? null) === null))
    places.push({ where: 'body.longitude', says: '经度和纬度要一起填写，或者都不填' });
  const limited = !(hasRole(actor, 'officer') && actor.wholeJurisdiction) && actor.accountId !== 'system';
  let { regulatorUnitId = null, townUnitId = null } = draft;
  if (limited && regulatorUnitId === null && townUnitId === null && actor.unitId !== null) {
    const [own] = await unitsByIds(db, actor.jurisdiction, [actor.unitId]);
    if (own && ['town', 'zone', 'village'].includes(own.kind)) townUnitId = own.id;
    else regulatorUnitId = actor.unitId;
  }
  const wanted = [regulatorUnitId, townUnitId].flatMap((id) => id ?? []);
  const units = new Map((await unitsByIds(db, actor.jurisdiction, wanted)).map((unit) => [unit.id as string, unit]));
  for (const [field, id, word] of [
    ['regulatorUnitId', regulatorUnitId, '直接监管单位'],
    ['townUnitId', townUnitId, '属地'],
  ] as const)
    if (id !== null && (units.get(id)?.kind ?? 'enterprise') === 'enterprise')
      places.push({ where: `body.${field}`, says: `没有这个${word}，请重新选择` });
  if (places.length > 0) throw notValid(`${places.map((place) => place.says).join('；')}。`, places);
  if (limited && !isOwn(actor, { regulatorUnitId, townUnitId }))
    throw notAllowed('您只能登记由本单位直接监管或在本地的企业和场所；其他的请告知安委办登记。');
  return {
    ...draft,
    regulatorUnitId,
    townUnitId,
    areaCode: draft.areaCode ?? units.get(townUnitId ?? '')?.areaCode ?? actor.jurisdiction,
  };
}

/** What is doubtful about a draft against the register; `id` of an existing one only where the reader may see it. */
export async function doubtsOf(reading: Reading, wanted: Wanted, except: string | null = null): Promise<Doubt[]> {
  const { db, actor, scope } = reading;
  const known = await knownBy(db, actor.jurisdiction, { ...keysOf([wanted]), cores: [] });
  const doubts = doubtsAbout(wanted, indexKnown(known), except);
  const ids = doubts.flatMap((doubt) => doubt.existing?.id ?? []);
  const seen = await visible(db, scope, ids);
  return doubts.map((doubt) =>
    doubt.existing?.id && !seen.has(doubt.existing.id)
      ? { ...doubt, existing: { ...doubt.existing, id: null } }
      : doubt,
  );
}

async function visible(db: Queryable, scope: Reading['scope'], ids: readonly string[]): Promise<ReadonlySet<string>> {
  const cards = await cardsByIds(db, scope.jurisdictions, ids);
  const mine = (unit: string | null): boolean =>
    scope.units === 'all' || scope.units.some((one) => (one as string) === unit);
  return new Set(cards.filter((card) => mine(card.regulatorUnitId) || mine(card.townUnitId)).map((card) => card.id));
}

/** Refuses what seems to be registered already unless the person said that it is another one. */
export function refuseTwins(name: string, doubts: readonly Doubt[], notDuplicate: boolean): void {
  const twins = asksForWord(doubts);
  if (twins.length === 0 || notDuplicate) return;
  throw notNow(
    `「${name.trim()}」可能已经登记：${twins.map((one) => one.says).join('')}请核对；确实是另一家的，请勾选“不是同一家”后再保存。`,
    { doubts: twins },
  );
}
