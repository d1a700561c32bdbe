import type { Day } from '../../kernel/day.ts';
import { isOpen, type ListingState, listingStates } from './lifecycle.ts';
import type { Listing } from './listing.ts';

/** What the record of a listing tells of one step, in the order of the steps. */
export interface Told {
  readonly kind: string;
  readonly day: Day;
  readonly to: string | null;
  readonly data: Readonly<Record<string, unknown>> | null;
}

const dayIn = (told: Told, name: string): Day | null => {
  const value = told.data?.[name];
  return typeof value === 'string' ? (value as Day) : null;
};

type Then = { -readonly [K in keyof Listing]: Listing[K] };

const steps: Readonly<Record<string, (then: Then, told: Told) => void>> = {
  'listing.issued': (then, { day }) => {
    then.listedOn = day;
  },
  'listing.planFiled': (then, { day }) => {
    then.planFiledOn = day;
  },
  'listing.planReturned': (then) => {
    then.planFiledOn = null;
  },
  'listing.planRecorded': (then, { day }) => {
    then.planRecordedOn = day;
  },
  'listing.applied': (then, { day }) => {
    then.appliedOn = day;
  },
  'listing.failed': (then, told) => {
    then.appliedOn = null;
    then.failures += 1;
    then.lastFailedOn = dayIn(told, 'heldOn');
    then.retryOn = dayIn(told, 'retryOn');
  },
  'listing.accepted': (then, told) => {
    then.acceptedOn = dayIn(told, 'heldOn');
    then.retryOn = null;
  },
  'listing.escalated': (then, { data }) => {
    then.escalations += 1;
    if (typeof data?.level === 'string') then.level = data.level;
  },
  'listing.delisted': (then, { day }) => {
    then.delistedOn = day;
  },
};

/**
 * The listing as it stood in the evening of a past day, from what its record had told until then (`told`, in order, nothing
 * later); null where it was not yet proposed. `firstLevel` is the level at which it was proposed. Of today it is the
 * listing itself, but for the names of people, which are left as they are.
 */
export function asThen(now: Listing, told: readonly Told[], firstLevel: string): Listing | null {
  if (told.length === 0) return null;
  const then: Then = {
    ...now,
    level: firstLevel,
    listedOn: null,
    planFiledOn: null,
    planRecordedOn: null,
    appliedOn: null,
    acceptedOn: null,
    failures: 0,
    lastFailedOn: null,
    retryOn: null,
    escalations: 0,
    delistedOn: null,
    endedOn: null,
  };
  let state: ListingState = 'proposed';
  for (const one of told) {
    const to = listingStates.find((each) => each === one.to);
    if (to) state = to;
    steps[one.kind]?.(then, one);
    if (!isOpen(state)) then.endedOn = one.day;
  }
  then.state = state;
  if (then.listedOn === null) then.noticeNumber = null;
  if (then.delistedOn === null) then.delistingNumber = null;
  if (state === 'proposed') {
    then.decision = null;
    then.decidedOn = null;
    then.decidedByName = null;
  }
  return then;
}
