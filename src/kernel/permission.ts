import type { Actor, Role } from './actor.ts';

/** What one permission is and which roles hold it; each room declares its own in `permissions.ts`. */
export interface Permission {
  readonly word: string;
  readonly roles: readonly Role[];
  /** May be given to the key of another system. Absent: only a person may, whatever a key's roles are. */
  readonly machine?: true;
}
export type Permissions = Readonly<Record<string, Permission>>;

/** Doors without a permission of their own: open to everyone, or to everyone who has signed in. */
export const open = { public: 'public', signedIn: 'signedIn' } as const;

/** The one place where permissions are decided. Unknown names are refused: closed unless opened. */
export function holds(table: Permissions, actor: Actor | null, permission: string): boolean {
  if (permission === open.public) return true;
  if (actor === null) return false;
  if (permission === open.signedIn) return actor.only === undefined;
  const entry = table[permission];
  if (actor.only && !(entry?.machine === true && actor.only.includes(permission))) return false;
  return (entry?.roles ?? []).some((role) => actor.roles.includes(role));
}
