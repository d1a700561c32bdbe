import { readFileSync } from 'node:fs';
import { type Sector, sectorOf } from '../../../plans/sector.ts';

let known: readonly Sector[] | null = null;

/** The sectors of `data/sectors/sectors.json`, read once. */
function sectors(): readonly Sector[] {
  known ??= JSON.parse(
    readFileSync(new URL('../../../../../data/sectors/sectors.json', import.meta.url), 'utf8'),
  ) as readonly Sector[];
  return known;
}

/** The sector that a wording speaks of, by the names and words of the house; null where nothing speaks for one. */
export const sectorOfText = (text: string): string | null => sectorOf({ title: text, path: [], text }, sectors());

/** A sector as a list writes it: the name of the house where it is one, else what its words speak of. */
export const sectorNamed = (text: string): string | null =>
  sectors().find((sector) => sector.name === text.trim())?.name ?? sectorOfText(text);
