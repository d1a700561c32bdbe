import { readFileSync } from 'node:fs';

let names: readonly string[] | null = null;

/** Names of the sectors of `data/sectors/sectors.json`, read once; others may be written, these are offered. */
export function sectorNames(): readonly string[] {
  names ??= (
    JSON.parse(readFileSync(new URL('../../../../data/sectors/sectors.json', import.meta.url), 'utf8')) as readonly {
      readonly name: string;
    }[]
  ).map((sector) => sector.name);
  return names;
}
