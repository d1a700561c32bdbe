/** A sector (行业领域) and the wordings by which a line of a plan is recognised as belonging to it. */
export interface Sector {
  readonly code: string;
  readonly name: string;
  readonly words: readonly string[];
}

/** What a line says, from the most telling to the least. */
export interface SectorWords {
  readonly title: string;
  readonly path: readonly string[];
  readonly text: string;
}

/** The longest wording that occurs in the text; of equally long ones that of the earlier sector. */
function longest(text: string, sectors: readonly Sector[]): string | null {
  let best = '';
  let name: string | null = null;
  for (const sector of sectors)
    for (const word of sector.words)
      if (word.length > best.length && text.includes(word)) {
        best = word;
        name = sector.name;
      }
  return name;
}

/**
 * The sector under which a line is counted: by its title, else by the nearest heading above it, else by its own words up
 * to the first full stop, else by the rest of them. Null where nothing speaks for one (shown as 综合).
 */
export function sectorOf(line: SectorWords, sectors: readonly Sector[]): string | null {
  const [first = ''] = line.text.split('。');
  const candidates = [line.title, ...[...line.path].reverse(), first, line.text];
  for (const words of candidates) {
    const found = longest(words, sectors);
    if (found !== null) return found;
  }
  return null;
}
