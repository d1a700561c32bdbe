import type { Role } from '../../kernel/actor.ts';
import type { Permissions } from '../../kernel/permission.ts';
import { notValid, type Refusal } from '../../kernel/refusal.ts';

/** What a key of another system sees: the records of its unit, or of the whole jurisdiction. It changes only its unit's. */
export const keySights = ['unit', 'whole'] as const;
export type KeySight = (typeof keySights)[number];
export const keySightWords: Readonly<Record<KeySight, string>> = { unit: '本单位', whole: '全辖区（只读）' };

/** Requests that a key may make in a minute, where nothing else is said. */
export const USUAL_PER_MINUTE = 600;

/** A key is no person: it works as a clerk of its unit; reading the whole jurisdiction is added where it was allowed. */
export const rolesOfKey = (sight: KeySight): readonly Role[] => (sight === 'whole' ? ['clerk', 'leader'] : ['clerk']);

/** The permissions that may be given to keys at all, with their words. Rechecking, deciding and closing are for people. */
export const permissionsForKeys = (table: Permissions): { readonly name: string; readonly word: string }[] =>
  Object.entries(table).flatMap(([name, entry]) => (entry.machine === true ? [{ name, word: entry.word }] : []));

/** Why a key cannot be made like this, or null. */
export function keyRefusal(
  table: Permissions,
  draft: { readonly permissions: readonly string[]; readonly expiresOn: string; readonly today: string },
): Refusal | null {
  const wrong = draft.permissions.filter((name) => table[name]?.machine !== true);
  if (wrong.length > 0)
    return notValid(
      `「${wrong.map((name) => table[name]?.word ?? name).join('、')}」只能由人办理，不能授予接口密钥。`,
      [{ where: 'body.permissions', says: '有不能授予的权限' }],
    );
  if (draft.expiresOn <= draft.today)
    return notValid('失效日期应晚于今天。', [{ where: 'body.expiresOn', says: '应晚于今天' }]);
  return null;
}
