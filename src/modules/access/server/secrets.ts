import { createHash, randomBytes, randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** argon2id, 19 MiB, two passes: about 60 ms for each password. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Letters and digits that nobody confuses when reading them from paper. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY3467';

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost);

let stranger: Promise<string> | null = null;

/**
 * Whether the password belongs to the hash. Without a hash (no such account) the same work is done against a hash
 * that nothing fits, so that the answer takes as long and tells nothing.
 */
export async function fits(passwordHash: string | null, password: string): Promise<boolean> {
  stranger ??= hashPassword(randomBytes(24).toString('base64'));
  const right = await verify(passwordHash ?? (await stranger), password.normalize('NFKC'));
  return right && passwordHash !== null;
}

/** A random initial password of three groups, about 66 bits: 'kF7m-Pw3x-9aQt'. */
export function initialPassword(): string {
  const group = (): string => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return [group(), group(), group()].join('-');
}

/** What the browser keeps; it names the jurisdiction so that the session is found by its key. */
export const newToken = (jurisdiction: string): string => `${jurisdiction}.${randomBytes(32).toString('base64url')}`;

/** What the database keeps of a token, and where; null for anything that is no token of ours. */
export function readToken(token: string): { jurisdiction: string; tokenHash: string } | null {
  const found = /^([0-9]{6,12})\.[\w-]{43}$/.exec(token);
  if (!found?.[1]) return null;
  return { jurisdiction: found[1], tokenHash: createHash('sha256').update(token).digest('hex') };
}
