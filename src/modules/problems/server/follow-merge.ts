import { sql } from 'kysely';
import type { Listener } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { enterprisesByIds } from '../../enterprises/server/door.ts';
import { load, save, tell } from './step.ts';

/** Into which file the enterprise of the fact went; null for the fact of the file that is kept. */
function intoOf(data: unknown): string | null {
  const into = typeof data === 'object' && data !== null && 'into' in data ? data.into : null;
  return typeof into === 'string' ? into : null;
}

/**
 * The problems of a file that was merged away, ended ones too, stand from now on with the file that is kept; each tells it
 * in its own record. What figures and lists of past days show stays as it was on those days.
 */
export const followMerge: Listener = async (act, fact) => {
  const into = intoOf(fact.data);
  if (into === null) return;
  const { jurisdiction } = act.actor;
  const own = await sql<{ id: string }>`
    select id from problem where jurisdiction = ${jurisdiction} and enterprise_id = ${fact.item.id}::uuid
    order by serial`.execute(act.db);
  if (own.rows.length === 0) return;
  const cards = new Map(
    (await enterprisesByIds(act.db, jurisdiction, [fact.item.id, into])).map((card) => [
      card.id,
      `${card.number}「${card.name}」`,
    ]),
  );
  const [from = '', kept = ''] = [cards.get(fact.item.id), cards.get(into)];
  for (const { id } of own.rows) {
    const loaded = await load(act, { id }, 'anywhere');
    const saved = await save(act, loaded, { enterpriseId: into });
    await tell(
      act,
      loaded.problem,
      saved,
      'problem.followedMerge',
      `${who(act)}把企业档案${from}并入${kept}，本问题随之改列在保留的档案名下。`,
      { from: fact.item.id, into },
    );
  }
};
