import { sha256Of } from '../../kernel/sha256.ts';
import type { OnSpotDraw } from './problem.ts';

/** Twelve hexadecimal digits: 48 bits, exact as a number. */
const DIGITS = 12;
const RANGE = 16 ** DIGITS;

/**
 * Is a problem that was fixed on the spot rechecked? SHA-256 over the hash of the jurisdiction's last fact, a line feed and
 * the problem's id; its first 48 bits as a share of a hundred, with two decimals; below `share` means drawn. Whoever finds
 * the problem may choose the id, but not the head, and nobody knows the head before. The vectors are in the test.
 */
export function drawOnSpot(head: string, id: string, share: number): OnSpotDraw & { readonly drawn: boolean } {
  const digits = sha256Of(`${head}\n${id.toLowerCase()}`).slice(0, DIGITS);
  const value = Math.floor((Number.parseInt(digits, 16) / RANGE) * 10_000) / 100;
  return { head, share, value, drawn: value < share };
}
