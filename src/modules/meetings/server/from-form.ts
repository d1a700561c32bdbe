import { parseDay } from '../../../kernel/day.ts';
import type { Verdict } from '../../../kernel/lifecycle.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { ownFiles } from '../../../platform/case.ts';
import { unitsByIds } from '../../units/server/door.ts';

/** A day of a form; the shape was checked, the calendar was not. */
export function dayIn(text: string, where: string): string {
  if (parseDay(text) === null) throw notValid('日期不是有效的日期，请重新选择。', [{ where, says: '不是有效的日期' }]);
  return text;
}
export const dayOrNull = (text: string | null | undefined, where: string): string | null =>
  text === null || text === undefined || text === '' ? null : dayIn(text, where);

/** Where the rule's verdict leads; throws its refusal. */
export function led<State extends string>(verdict: Verdict<State>): State {
  if (!verdict.may) throw verdict.refusal;
  return verdict.to;
}

/** Names of units by their ids; throws a not-valid refusal where one does not exist. */
export async function namesOf(
  act: Act,
  ids: readonly (string | null)[],
  where: string,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids.filter((one): one is string => one !== null))];
  const names = new Map(
    (await unitsByIds(act.db, act.actor.jurisdiction, wanted)).map((unit) => [unit.id as string, unit.name]),
  );
  if (wanted.some((id) => !names.has(id)))
    throw notValid('有的单位不在本级单位名册中，请重新选择。', [{ where, says: '单位不存在' }]);
  return names;
}

export const filesOf = (act: Act, kind: string, id: string, ids: readonly string[] | undefined): Promise<string[]> =>
  ownFiles(act, { kind, id }, ids ?? [], '有的附件不是上传到这里的，请重新上传。');

/** What is left of a list of paragraphs. */
export const paragraphs = (list: readonly string[]): string[] =>
  list.map((one) => one.trim()).filter((one) => one !== '');
