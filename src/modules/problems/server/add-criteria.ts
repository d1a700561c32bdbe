import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { parseDay } from '../../../kernel/day.ts';
import { notFound, notNow, notValid, type RefusalPlace } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { announce } from '../../../platform/facts/record.ts';
import { type Clause, withDoubts } from '../criteria.ts';
import { criteriaSet } from './criteria.ts';

export interface CriteriaDraft {
  readonly name: string;
  readonly version: string;
  readonly validFrom: string;
  readonly validTo?: string | null;
  readonly source?: string | null;
  readonly clauses: readonly Clause[];
}

/** Enters criteria in one version; what was entered is never changed, another version follows it. */
export async function addCriteria(act: Act, draft: CriteriaDraft, sample = false): Promise<{ readonly id: string }> {
  const name = draft.name.trim();
  const version = draft.version.trim();
  const from = parseDay(draft.validFrom);
  const to = draft.validTo ? parseDay(draft.validTo) : null;
  const clauses = draft.clauses.map(({ code, sector, text }) => ({
    code: code.trim(),
    sector: sector?.trim() || null,
    text: text.trim(),
  }));
  const places: RefusalPlace[] = withDoubts(clauses.map((clause, index) => ({ ...clause, where: `第${index + 1}条` })))
    .filter(({ doubt }) => doubt !== null)
    .map(({ where, doubt }) => ({ where, says: doubt ?? '' }));
  if (name === '') places.push({ where: 'body.name', says: '请写明标准的名称' });
  if (version === '') places.push({ where: 'body.version', says: '请写明版本，如文号或发布年份' });
  if (from === null) places.push({ where: 'body.validFrom', says: '施行日期有误' });
  if (draft.validTo && to === null) places.push({ where: 'body.validTo', says: '废止日期有误' });
  if (from !== null && to !== null && to < from) places.push({ where: 'body.validTo', says: '废止日期早于施行日期' });
  if (places.length > 0)
    throw notValid(
      `判定标准还不能录入：${places
        .slice(0, 3)
        .map((place) => `${place.where.replace(/^body\..*/, '')}${place.says}`)
        .join('；')}。`,
      places,
    );
  const { jurisdiction } = act.actor;
  const twin = await sql`select 1 from criteria_set where jurisdiction = ${jurisdiction} and name = ${name}
    and version = ${version}`.execute(act.db);
  if (twin.rows.length > 0) throw notNow(`「${name}」${version}已经录入，请核对版本；内容有变的，请写成另一个版本。`);
  const id = randomUUID();
  await sql`
    insert into criteria_set (jurisdiction, id, name, version, valid_from, valid_to, source, sample, created_by_name, created_at)
    values (${jurisdiction}, ${id}, ${name}, ${version}, ${from}, ${to}, ${draft.source?.trim() || null}, ${sample},
      ${act.actor.name}, ${act.now})`.execute(act.db);
  await sql`
    insert into criteria_clause (jurisdiction, set_id, code, sort, sector, text)
    select ${jurisdiction}, ${id}, x.code, x.sort, x.sector, x.text from unnest(${clauses.map((one) => one.code)}::text[],
      ${clauses.map((_, at) => at)}::int[], ${clauses.map((one) => one.sector)}::text[], ${clauses.map((one) => one.text)}::text[])
      as x (code, sort, sector, text)`.execute(act.db);
  await announce(act, {
    item: { kind: 'criteria', id },
    kind: 'criteria.added',
    says: `${who(act)}录入判定标准「${name}」${version}，共${clauses.length}条，自${from}起施行。`,
    data: { version: 1, clauses: clauses.length, sample },
  });
  return { id };
}

/** The sample that comes with the product, so that judging can be tried before the official texts are entered. */
export async function addSampleCriteria(act: Act): Promise<{ readonly id: string }> {
  const file = join(fileURLToPath(import.meta.url), '..', '..', '..', '..', '..', 'data', 'criteria', 'sample.json');
  const sample = JSON.parse(readFileSync(file, 'utf8')) as Omit<CriteriaDraft, 'validFrom'>;
  return addCriteria(act, { ...sample, validFrom: '2020-01-01' }, true);
}

/** The last day on which the criteria hold; judgements made before stay as they are. */
export async function endCriteria(
  act: Act,
  input: { readonly id: string; readonly validTo: string },
): Promise<{ readonly id: string }> {
  const { jurisdiction } = act.actor;
  await sql`select 1 from criteria_set where jurisdiction = ${jurisdiction} and id = ${input.id} for update`.execute(
    act.db,
  );
  const set = await criteriaSet(act.db, jurisdiction, input.id);
  if (!set) throw notFound('没有找到这份判定标准。');
  const to = parseDay(input.validTo);
  if (to === null || to < set.validFrom)
    throw notValid(`废止日期应是${set.validFrom}或以后的某一天。`, [{ where: 'body.validTo', says: '日期有误' }]);
  if (set.validTo !== null)
    throw notNow(`「${set.name}」${set.version}已写明施行到${set.validTo}，不能再改；如有错误，请录入另一个版本。`);
  await sql`
    update criteria_set set valid_to = ${to}, record_version = record_version + 1
    where jurisdiction = ${jurisdiction} and id = ${set.id}`.execute(act.db);
  await announce(act, {
    item: { kind: 'criteria', id: set.id },
    kind: 'criteria.ended',
    says: `${who(act)}写明判定标准「${set.name}」${set.version}施行到${to}。`,
    data: { version: 2, validTo: to },
  });
  return { id: set.id };
}
