import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { hasRole } from '../../../../kernel/actor.ts';
import type { BodyOf } from '../../../../kernel/contract.ts';
import { notAllowed, notFound, notNow, notValid } from '../../../../kernel/refusal.ts';
import type { Act, Reading } from '../../../../platform/act.ts';
import { announce } from '../../../../platform/facts/record.ts';
import { adoptedPlans } from '../../../plans/server/door.ts';
import type { viewsApi } from '../../api-views.ts';
import { soundFilters } from '../list.ts';
import { type ViewRow, viewInSight, viewsInSight } from './store.ts';

type Given = BodyOf<typeof viewsApi.addView>;

/** Shared views belong to the committee office, a unit's to its people. */
export const mayChange = ({ actor }: Pick<Reading, 'actor'>, view: Pick<ViewRow, 'unitId'>): boolean =>
  hasRole(actor, 'officer') || (view.unitId !== null && view.unitId === actor.unitId);

async function sound(act: Act, given: Given): Promise<{ name: string; title: string; unitId: string | null }> {
  const name = given.name.trim();
  const title = given.title.trim() || name;
  if (name === '') throw notValid('请填写视图名称。');
  if (given.shared && !hasRole(act.actor, 'officer'))
    throw notAllowed('全区共用的视图由安委办设置；您可以设置本单位的视图。');
  if (!given.shared && act.actor.unitId === null) throw notValid('您的账号没有所属单位，只能设置共用视图。');
  soundFilters(act, given.filters);
  if (given.planId && !(await adoptedPlans(act.db, act.scope)).some((plan) => plan.id === given.planId))
    throw notFound('没有找到所选的专项方案，它应当已经采用。');
  return { name, title, unitId: given.shared ? null : act.actor.unitId };
}

export async function addView(act: Act, given: Given): Promise<{ id: string }> {
  const { name, title, unitId } = await sound(act, given);
  const id = randomUUID();
  await sql`
    insert into problem_view (jurisdiction, id, name, title, columns, filters, sort, paper, plan_id, unit_id, made_by, made_by_name, made_at)
    values (${act.actor.jurisdiction}, ${id}, ${name}, ${title}, ${JSON.stringify(given.columns)}::jsonb,
      ${JSON.stringify(given.filters)}::jsonb, ${given.sort ?? null}, ${given.paper}, ${given.planId ?? null}, ${unitId},
      ${act.actor.accountId}, ${act.actor.name}, ${act.now})`.execute(act.db);
  await announce(act, {
    item: { kind: 'problemView', id },
    kind: 'problemView.added',
    says: `新建清单视图「${name}」`,
  });
  return { id };
}

async function locked(act: Act, id: string, version: number): Promise<ViewRow> {
  await sql`select 1 from problem_view where jurisdiction = ${act.actor.jurisdiction} and id = ${id} for update`.execute(
    act.db,
  );
  const view = await viewInSight(act, id);
  if (!mayChange(act, view)) throw notAllowed('共用的视图由安委办修改；您可以另建一个本单位的视图。');
  if (view.version !== version)
    throw notNow('在您打开之后，这个视图又有改动。请刷新后再改。', { version: view.version });
  return view;
}

export async function changeView(
  act: Act,
  id: string,
  given: Given & { readonly version: number },
): Promise<{ id: string }> {
  await locked(act, id, given.version);
  const { name, title, unitId } = await sound(act, given);
  await sql`
    update problem_view set name = ${name}, title = ${title}, columns = ${JSON.stringify(given.columns)}::jsonb,
      filters = ${JSON.stringify(given.filters)}::jsonb, sort = ${given.sort ?? null}, paper = ${given.paper},
      plan_id = ${given.planId ?? null}, unit_id = ${unitId}, version = version + 1
    where jurisdiction = ${act.actor.jurisdiction} and id = ${id}`.execute(act.db);
  await announce(act, {
    item: { kind: 'problemView', id },
    kind: 'problemView.changed',
    says: `修改清单视图「${name}」`,
  });
  return { id };
}

/** A removed view is hidden from everybody; its row stays, because its history does. */
export async function removeView(act: Act, id: string, version: number): Promise<{ id: string }> {
  const view = await locked(act, id, version);
  await sql`
    update problem_view set removed = true, version = version + 1
    where jurisdiction = ${act.actor.jurisdiction} and id = ${id}`.execute(act.db);
  await announce(act, {
    item: { kind: 'problemView', id },
    kind: 'problemView.removed',
    says: `删除清单视图「${view.name}」`,
  });
  return { id };
}

/** The samples of `data/views/samples.json` whose names nobody uses yet. */
export async function addSampleViews(act: Act): Promise<{ added: number }> {
  const samples = JSON.parse(
    readFileSync(new URL('../../../../../data/views/samples.json', import.meta.url), 'utf8'),
  ) as readonly Omit<Given, 'shared'>[];
  const known = new Set((await viewsInSight(act)).map((view) => view.name));
  const missing = samples.filter((sample) => !known.has(sample.name));
  for (const sample of missing) await addView(act, { ...sample, shared: hasRole(act.actor, 'officer') });
  return { added: missing.length };
}
