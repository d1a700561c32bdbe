import { type Grade, problemKinds } from '../../problem.ts';
import type { Codes } from './blocks.ts';
import type { FigureFilters } from './filters.ts';
import { moreRow, TRAITS, three, two } from './layout.ts';

/** Which codes a narrowing lets through; absent: all of them. */
export interface Sieve {
  readonly unit?: Uint8Array;
  readonly sector?: Uint8Array;
  readonly source?: Uint8Array;
  readonly area?: Uint8Array;
  readonly traits?: Uint8Array;
  readonly plan?: Uint8Array;
  readonly batch?: Uint8Array;
  readonly tags?: Uint8Array;
}

/** Codes of the units, or sectors, whose shares have to be read. */
export const sharesIn = (sieve: Sieve, codes: Codes, of: 'unit' | 'sector' = 'unit'): number[] =>
  [...codes.valuesOf(of).keys()].filter((code) => sieve[of] === undefined || sieve[of][code] === 1);

/** Whether the rows beside those of the body have to be read. */
export const looksFurther = (sieve: Sieve): boolean =>
  sieve.plan !== undefined || sieve.batch !== undefined || sieve.tags !== undefined;

const given = <T>(list: readonly T[] | undefined): readonly T[] | null => (list && list.length > 0 ? list : null);

function traitsAllowed(grade: Grade | undefined, kinds: readonly string[] | null): Uint8Array {
  return Uint8Array.from({ length: TRAITS }, (_, traits) => {
    const kind = problemKinds[traits >> 2] ?? '';
    const isMajor = (traits & 2) !== 0;
    return (kinds?.includes(kind) ?? true) && (grade === undefined || (grade === 'major') === isMajor) ? 1 : 0;
  });
}

/** The narrowing in codes. What no finished day knows has no code and lets nothing through. */
export function sieveOf(filters: FigureFilters, codes: Codes): Sieve {
  const among = (kind: 'unit' | 'sector' | 'source' | 'area' | 'plan' | 'batch', values: readonly string[] | null) => {
    if (values === null) return {};
    const allowed = new Uint8Array(codes.valuesOf(kind).length);
    for (const value of values) {
      const code = codes.codeOf(kind, value);
      if (code !== undefined) allowed[code] = 1;
    }
    return { [kind]: allowed };
  };
  const { leadUnit, sector, source, area, kind, grade, plan, batch, tag } = filters;
  const lower = (values: readonly string[] | null) => values?.map((value) => value.toLowerCase()) ?? null;
  return {
    ...among('unit', lower(given(leadUnit))),
    ...among('sector', given(sector)),
    ...among('source', given(source)),
    ...among('area', given(area)),
    ...(grade !== undefined || given(kind) ? { traits: traitsAllowed(grade, given(kind)) } : {}),
    ...among('plan', plan ? [plan.toLowerCase()] : null),
    ...among('batch', batch ? [batch.toLowerCase()] : null),
    ...(tag
      ? {
          tags: Uint8Array.from(codes.valuesOf('tags'), (value) =>
            value !== '' && (JSON.parse(value) as string[]).includes(tag) ? 1 : 0,
          ),
        }
      : {}),
  };
}

/** Does the row beside let it through? `at`: where that row begins. */
export const passesFurther = ({ plan, batch, tags }: Sieve, more: Uint8Array, at: number): boolean =>
  (plan === undefined || plan[two(more, at + moreRow.plan)] === 1) &&
  (batch === undefined || batch[three(more, at + moreRow.batch)] === 1) &&
  (tags === undefined || tags[three(more, at + moreRow.tags)] === 1);
