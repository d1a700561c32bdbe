import { sql } from 'kysely';
import { notValid } from '../../../../kernel/refusal.ts';
import type { Act } from '../../../../platform/act.ts';
import { who } from '../../../../platform/case.ts';
import { announce } from '../../../../platform/facts/record.ts';
import { firstSealAfter } from '../../../../platform/facts/seal.ts';
import { seedText, seedTrouble } from '../../look-back.ts';
import type { LookBackNeed } from '../../look-back-lifecycle.ts';
import { decide, load, type Seen } from './step.ts';
import { type LookBack, seedsUsed } from './store.ts';

export interface SeedInput extends Seen {
  readonly seed?: string;
  readonly how?: string;
  readonly witnesses?: readonly string[];
}

const sound = (names: readonly string[]): string[] => [
  ...new Set(names.map((one) => one.trim()).filter((one) => one !== '')),
];

/** What a seed made before witnesses still lacks. Whoever froze the list, and so knows it, does not type the seed. */
function unmetWitnessed(act: Act, draw: LookBack, witnesses: readonly string[], how: string): LookBackNeed[] {
  const unmet: LookBackNeed[] = [];
  const others = witnesses.filter((name) => name !== act.actor.name && name !== draw.frozenByName);
  if (others.length < 2) unmet.push('witnesses');
  if (how.length < 4) unmet.push('howFixed');
  if (draw.frozenBy === act.actor.accountId) unmet.push('seederApart');
  return unmet;
}

/** 确定种子: typed before witnesses, or the first seal of a day after the freezing, which nobody could know. */
export async function fixSeed(act: Act, input: SeedInput): Promise<{ id: string; number: string; version: number }> {
  const draw = await load(act, input);
  const { jurisdiction } = act.actor;
  if (draw.seedSource === 'seal') {
    const seal = await firstSealAfter(act.db, jurisdiction, draw.frozenOn);
    const state = decide(act, draw, 'fixSeed', seal === null ? ['laterSeal'] : []);
    return save(act, draw, state, {
      seed: seal?.hash ?? '',
      how: `${seal?.day ?? ''}的封存值`,
      witnesses: [],
      sealDay: seal?.day ?? null,
    });
  }
  const witnesses = sound(input.witnesses ?? []);
  const how = (input.how ?? '').trim();
  const trouble = seedTrouble(input.seed ?? '', await seedsUsed(act.db, jurisdiction));
  const state = decide(act, draw, 'fixSeed', unmetWitnessed(act, draw, witnesses, how));
  if (trouble !== null) throw notValid(trouble, [{ where: 'body.seed', says: trouble }]);
  return save(act, draw, state, { seed: seedText(input.seed ?? ''), how, witnesses, sealDay: null });
}

async function save(
  act: Act,
  draw: LookBack,
  state: string,
  fixed: { seed: string; how: string; witnesses: readonly string[]; sealDay: string | null },
): Promise<{ id: string; number: string; version: number }> {
  const version = draw.version + 1;
  await sql`
    update look_back set state = ${state}, seed = ${fixed.seed}, seed_how = ${fixed.how},
      witnesses = ${[...fixed.witnesses]}::text[], seal_day = ${fixed.sealDay}, seeded_at = ${act.now},
      seeded_by = ${act.actor.accountId}, seeded_by_name = ${act.actor.name}, version = ${version}
    where jurisdiction = ${draw.jurisdiction} and id = ${draw.id}`.execute(act.db);
  const seen = fixed.witnesses.length > 0 ? `，见证人：${fixed.witnesses.join('、')}` : '';
  await announce(act, {
    item: { kind: 'lookBack', id: draw.id },
    kind: 'lookBack.seeded',
    says: `${who(act)}确定${draw.number}的种子「${fixed.seed}」（${fixed.how}${seen}）。`,
    from: draw.state,
    to: state,
    data: { version, seed: fixed.seed, sealDay: fixed.sealDay, witnesses: fixed.witnesses },
  });
  return { id: draw.id, number: draw.number, version };
}
