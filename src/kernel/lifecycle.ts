import { notAllowed, notNow, notValid, type Refusal } from './refusal.ts';

/**
 * One row of a lifecycle: in these states, these parts may take this action, when these needs are met.
 * A lifecycle is one table, read by server, page, tests and generated docs alike.
 */
export interface Transition<State extends string, Action extends string, Part extends string, Need extends string> {
  readonly from: readonly State[];
  readonly action: Action;
  /** 'same' keeps the state (a progress entry, a request). */
  readonly to: State | 'same';
  /** Who in relation to the item: the office, the lead unit, … never a role alone. */
  readonly by: readonly Part[];
  readonly needs?: readonly Need[];
}

export interface Lifecycle<State extends string, Action extends string, Part extends string, Need extends string> {
  /** 任务, 问题 …: used in sentences. */
  readonly noun: string;
  readonly initial: State;
  readonly final: readonly State[];
  readonly states: Readonly<Record<State, string>>;
  readonly actions: Readonly<Record<Action, string>>;
  readonly parts: Readonly<Record<Part, string>>;
  /** What to say when the need is not met. */
  readonly needs: Readonly<Record<Need, string>>;
  readonly table: readonly Transition<State, Action, Part, Need>[];
}

export type Verdict<State extends string> =
  | { readonly may: true; readonly to: State }
  | { readonly may: false; readonly refusal: Refusal };

/**
 * May this be done now? The same verdict greys the button and refuses the request, with the same sentence.
 * Order of refusals: the state first (not-now), then the person (not-allowed), then what is missing (not-valid).
 * `unmet` names the needs that are not met; needs of other rows are ignored.
 */
export function verdict<State extends string, Action extends string, Part extends string, Need extends string>(
  lifecycle: Lifecycle<State, Action, Part, Need>,
  now: {
    readonly state: State;
    readonly action: Action;
    readonly parts: readonly Part[];
    readonly unmet: readonly Need[];
  },
): Verdict<State> {
  const { noun, states, actions, parts: partWords } = lifecycle;
  const rows = lifecycle.table.filter((row) => row.action === now.action);
  const here = rows.filter((row) => row.from.includes(now.state));
  if (here.length === 0) {
    const where = [...new Set(rows.flatMap((row) => row.from))].map((state) => `「${states[state]}」`).join('、');
    return {
      may: false,
      refusal: notNow(`${noun}现为「${states[now.state]}」，不能${actions[now.action]}；只有${where}的${noun}可以。`),
    };
  }
  const mine = here.filter((row) => row.by.some((part) => now.parts.includes(part)));
  if (mine.length === 0) {
    const who = [...new Set(here.flatMap((row) => row.by))].map((part) => partWords[part]).join('、');
    return { may: false, refusal: notAllowed(`${actions[now.action]}应由${who}办理，您不在其列。`) };
  }
  const open = mine.find((row) => !(row.needs ?? []).some((need) => now.unmet.includes(need)));
  if (open) return { may: true, to: open.to === 'same' ? now.state : (open.to as State) };
  const missing = [...new Set(mine.flatMap((row) => row.needs ?? []))].filter((need) => now.unmet.includes(need));
  return { may: false, refusal: notValid(missing.map((need) => lifecycle.needs[need]).join('；')) };
}
