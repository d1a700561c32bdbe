import { type Resolutions, resolutionOf } from './completeness.ts';
import type { Draft, Mention, Sheet } from './plan.ts';

export interface UnitsOfLine {
  readonly lead: string;
  readonly responsible: readonly string[];
  readonly territorial: readonly string[];
}

/**
 * The units of a line that has no blocking point: the first lead unit leads, further lead units are responsible, classes
 * are expanded to their members, and nobody stands in it twice. Throws RangeError where no lead unit is settled.
 */
export function unitsOf(draft: Draft, sheet: Sheet, known: Resolutions): UnitsOfLine {
  const idsOf = (mention: Mention): readonly string[] => {
    const meant = resolutionOf(mention.text, draft.id, sheet, known);
    if (meant.kind === 'unit') return [meant.unitId];
    return meant.kind === 'group' ? meant.unitIds : [];
  };
  const leads = draft.lead.flatMap(idsOf);
  const [lead] = leads;
  if (lead === undefined) throw new RangeError(`line ${draft.id} has no lead unit`);
  const taken = new Set([lead]);
  const fresh = (ids: readonly string[]): string[] =>
    ids.filter((id) => {
      if (taken.has(id)) return false;
      taken.add(id);
      return true;
    });
  const responsible = fresh([...leads.slice(1), ...draft.responsible.flatMap(idsOf)]);
  return { lead, responsible, territorial: fresh(draft.territorial.flatMap(idsOf)) };
}
