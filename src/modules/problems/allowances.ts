/** What a jurisdiction may set for its ledger; every number is a setting `problems.…` with a usual value, none is law. */
export interface Allowances {
  /** Entered later than so many days after it was found is 迟报. */
  readonly entryDays: number;
  /** A problem is near its deadline so many days before. */
  readonly nearDays: number;
  /** How often a deadline may be moved back. */
  readonly extensions: number;
  /** Deadline that is proposed, in days from today. */
  readonly usualDays: { readonly general: number; readonly major: number };
  /** Of a hundred problems fixed on the spot so many are drawn for recheck. */
  readonly onSpotShare: number;
}

export const usualAllowances: Allowances = {
  entryDays: 3,
  nearDays: 7,
  extensions: 2,
  usualDays: { general: 15, major: 60 },
  onSpotShare: 20,
};

/** The allowances with what was set; a setting of the wrong type counts as not set. */
export function allowancesFrom(setting: (name: string) => unknown): Allowances {
  const number = (name: string, otherwise: number): number => {
    const set = setting(`problems.${name}`);
    return typeof set === 'number' && Number.isFinite(set) && set >= 0 ? set : otherwise;
  };
  return {
    entryDays: number('entryDays', usualAllowances.entryDays),
    nearDays: number('nearDays', usualAllowances.nearDays),
    extensions: number('extensions', usualAllowances.extensions),
    usualDays: {
      general: number('usualDays.general', usualAllowances.usualDays.general),
      major: number('usualDays.major', usualAllowances.usualDays.major),
    },
    onSpotShare: number('onSpotShare', usualAllowances.onSpotShare),
  };
}
