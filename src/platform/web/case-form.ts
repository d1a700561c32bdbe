import type { RouteContract } from '../../kernel/contract.ts';
import type { ApiCall } from './client.ts';

/** What the form of one action of a case asks and what it sends; `Draft` is all that any form of the case may hold. */
export interface CaseForm<Field extends string, Draft, View> {
  readonly fields: readonly Field[];
  /** Labels where the usual ones do not fit. */
  readonly labels?: Partial<Record<Field, string>>;
  readonly call: ApiCall<RouteContract>;
  readonly body: (draft: Draft, view: View) => Readonly<Record<string, unknown>>;
  readonly danger?: boolean;
  /** Needs room for long lines, though its fields are few. */
  readonly wide?: boolean;
  /** What follows from the action, said before it is done. */
  readonly says?: string;
}

/** A call of a room's client for a table of forms, where each action has another input. */
export const caseCall = (one: unknown): ApiCall<RouteContract> => one as ApiCall<RouteContract>;

/** What a case offers: every action with whether it may be done now and, if not, why. */
export interface CaseOffer {
  readonly action: string;
  readonly label: string;
  readonly may: boolean;
  readonly says: string;
}

/** What may be done first, then in the order of use; `leading` names the actions that lead on. */
export function offersInOrder<O extends CaseOffer>(offers: readonly O[], leading: readonly string[]): O[] {
  const order = (name: string): number => {
    const at = leading.indexOf(name);
    return at < 0 ? leading.length : at;
  };
  return [...offers].sort((a, b) => Number(b.may) - Number(a.may) || order(a.action) - order(b.action));
}
