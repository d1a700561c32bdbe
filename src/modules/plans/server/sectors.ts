import { readFileSync } from 'node:fs';
import type { Sector } from '../sector.ts';

let known: readonly Sector[] | null = null;

/** The sectors of `data/sectors/sectors.json`, read once. */
export function sectors(): readonly Sector[] {
  known ??= JSON.parse(
    readFileSync(new URL('../../../../data/sectors/sectors.json', import.meta.url), 'utf8'),
  ) as readonly Sector[];
  return known;
}
