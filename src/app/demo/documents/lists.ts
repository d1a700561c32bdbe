import { readFile } from 'node:fs/promises';
import type { Day } from '../../../kernel/day.ts';
import { buildLetter } from './letter.ts';
import { readTemplate } from './template.ts';

/** Lists of problems as the city sends them; their wording lies in `data/jurisdictions/990102/documents/`. */
export type DemoList = 'feedback-list' | 'handover-list';

/** An enterprise or place as a list names it. */
export interface Named {
  readonly name: string;
  readonly address: string;
  /** Short name of the department that regulates it. */
  readonly unit: string;
}

const FOLDER = new URL('../../../../data/jurisdictions/990102/documents/', import.meta.url);
const PLACE = /\{(site|address|unit) (\S+) (\d+)\}/g;

/**
 * The list as a .docx as an office would have made it, its dates relative to `today`. `{site 工贸 3}` in its text is the
 * third enterprise of that sector, `{address 工贸 3}` where it lies, `{unit 工贸 3}` who regulates it.
 */
export async function demoList(
  name: DemoList,
  today: Day,
  find: (sector: string, nth: number) => Named,
): Promise<{ readonly bytes: Uint8Array; readonly fileName: string }> {
  const text = (await readFile(new URL(`${name}.txt`, FOLDER), 'utf8')).replace(
    PLACE,
    (_, what: string, sector: string, nth: string) => {
      const { name: site, address, unit } = find(sector, Number(nth));
      return what === 'site' ? site : what === 'address' ? address : unit;
    },
  );
  const template = readTemplate(text, today);
  const notice = template.pieces.find((piece) => piece.kind === 'notice');
  const title = notice !== undefined && 'text' in notice ? notice.text : name;
  return { bytes: await buildLetter(template), fileName: `${title}.docx` };
}
