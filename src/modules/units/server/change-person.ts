import { randomUUID } from 'node:crypto';
import { notFound, notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { announce } from '../../../platform/facts/record.ts';
import { holdsOn, type PostDuty, postDuties } from '../unit.ts';
import { refuseStale } from './seen.ts';
import { spelling } from './spelling.ts';
import { lockUnit } from './store.ts';
import { lockPerson, type PersonRow, postsOfPerson, savePerson, savePost } from './store-people.ts';

export interface PostDraft {
  readonly unitId: string;
  readonly title: string;
  readonly duty: PostDuty;
  readonly from?: string | null;
}
interface Saved {
  id: string;
  version: number;
}

const blank = (text: string | null | undefined): string | null => (text?.trim() ? text.trim() : null);

/** Registers a person with the post that he holds. */
export async function createPerson(
  act: Act,
  draft: PostDraft & { readonly name: string; readonly phone?: string | null },
): Promise<Saved> {
  const unit = await openUnit(act, draft.unitId);
  const id = randomUUID();
  const name = draft.name.trim();
  if (name === '') throw notValid('请填写姓名。', [{ where: 'body.name', says: '不能为空' }]);
  await savePerson(act.db, act.actor.jurisdiction, {
    id,
    name,
    phone: blank(draft.phone),
    version: 1,
    ...spelling(name),
  });
  await savePost(act.db, act.actor.jurisdiction, {
    id: randomUUID(),
    personId: id,
    unitId: draft.unitId,
    title: draft.title.trim(),
    duty: draft.duty,
    from: draft.from ?? null,
    to: null,
  });
  await announce(act, {
    item: { kind: 'person', id },
    kind: 'person.created',
    says: `新增${name}，任${unit.name}${draft.title.trim()}（${postDuties[draft.duty]}）`,
    data: draft,
  });
  return { id, version: 1 };
}

export async function changePerson(
  act: Act,
  id: string,
  draft: { readonly version: number; readonly name: string; readonly phone?: string | null },
): Promise<Saved> {
  const person = await load(act, id, draft.version);
  const name = draft.name.trim();
  if (name === '') throw notValid('请填写姓名。', [{ where: 'body.name', says: '不能为空' }]);
  return save(act, { ...person, name, phone: blank(draft.phone) }, 'person.changed', `修改${name}的资料`, {
    before: { name: person.name, phone: person.phone },
    after: { name, phone: blank(draft.phone) },
  });
}

/** The person begins another post; several at the same time are allowed (兼任), the same one twice is not. */
export async function beginPost(act: Act, id: string, draft: PostDraft & { readonly version: number }): Promise<Saved> {
  const person = await load(act, id, draft.version);
  const unit = await openUnit(act, draft.unitId);
  const from = draft.from ?? null;
  const twin = (await postsOfPerson(act.db, act.actor.jurisdiction, id)).find(
    (post) =>
      post.unitId === draft.unitId && post.title === draft.title.trim() && holdsOn(post.from, post.to, from ?? act.day),
  );
  if (twin) throw notNow(`${person.name}已任${unit.name}${twin.title}，不必重复登记。`);
  await savePost(act.db, act.actor.jurisdiction, {
    id: randomUUID(),
    personId: id,
    unitId: draft.unitId,
    title: draft.title.trim(),
    duty: draft.duty,
    from,
    to: null,
  });
  return save(
    act,
    person,
    'person.posted',
    `${person.name}任${unit.name}${draft.title.trim()}（${postDuties[draft.duty]}）`,
    draft,
  );
}

/** The post ends on `on`, its last day. */
export async function endPost(
  act: Act,
  id: string,
  given: { readonly version: number; readonly postId: string; readonly on: string },
): Promise<Saved> {
  const person = await load(act, id, given.version);
  const post = (await postsOfPerson(act.db, act.actor.jurisdiction, id)).find((one) => one.id === given.postId);
  if (!post) throw notFound('没有找到这条任职记录。');
  if (post.to !== null) throw notNow(`这一任职已于 ${post.to} 结束。`);
  if (post.from !== null && given.on < post.from)
    throw notValid('免职日期早于任职日期，请核对。', [{ where: 'body.on', says: `不能早于 ${post.from}` }]);
  await savePost(act.db, act.actor.jurisdiction, { ...post, to: given.on });
  return save(act, person, 'person.relieved', `${person.name}自 ${given.on} 起不再任${post.title}`, {
    postId: post.id,
  });
}

async function load(act: Act, id: string, version: number): Promise<PersonRow> {
  const person = await lockPerson(act.db, act.actor.jurisdiction, id);
  if (person === null) throw notFound('没有找到这个人员，可能编号有误。');
  await refuseStale(act, 'person', person, version);
  return person;
}

async function openUnit(act: Act, unitId: string): Promise<{ name: string }> {
  const unit = await lockUnit(act.db, act.actor.jurisdiction, unitId);
  if (unit === null || unit.validTo !== null)
    throw notValid('所选单位不存在或已撤销，请重新选择。', [{ where: 'body.unitId', says: '请重新选择' }]);
  return unit;
}

async function save(act: Act, person: PersonRow, kind: string, says: string, data?: unknown): Promise<Saved> {
  const version = person.version + 1;
  await savePerson(act.db, act.actor.jurisdiction, { ...person, version, ...spelling(person.name) });
  await announce(act, { item: { kind: 'person', id: person.id }, kind, says, data });
  return { id: person.id, version };
}
