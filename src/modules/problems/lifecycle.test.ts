import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import {
  isOpen,
  type ProblemAction,
  type ProblemNeed,
  type ProblemPart,
  type ProblemState,
  problemLifecycle,
} from './lifecycle.ts';

const states = Object.keys(problemLifecycle.states) as ProblemState[];
const actions = Object.keys(problemLifecycle.actions) as ProblemAction[];
const parts = Object.keys(problemLifecycle.parts) as ProblemPart[];

const working: readonly ProblemPart[] = ['lead', 'leadHead'];
const early: readonly ProblemState[] = ['toReceive', 'underway'];
const undecided: readonly ProblemState[] = ['toReceive', 'underway', 'disputed'];
const checking: readonly ProblemPart[] = ['office', 'supervisor', 'finder', 'lead', 'leadHead'];

/** The table once more, by hand and the other way round: for each action who may take it where. What is not here is refused. */
const expected: Readonly<
  Record<ProblemAction, { readonly in: readonly ProblemState[]; readonly by: readonly ProblemPart[] }>
> = {
  receive: { in: ['toReceive'], by: working },
  dispute: { in: early, by: working },
  settleKeep: { in: ['disputed'], by: ['office'] },
  settleMove: { in: ['disputed'], by: ['office'] },
  reassign: { in: ['toReceive', 'underway', 'planned'], by: ['office'] },
  correct: { in: undecided, by: ['office', 'finder'] },
  judge: { in: ['toReceive', 'underway', 'planned'], by: ['office', 'supervisor', 'finder'] },
  setPerson: { in: ['toReceive', 'underway', 'planned'], by: ['lead', 'leadHead', 'office'] },
  setFive: { in: ['underway', 'planned'], by: working },
  report: { in: ['underway', 'planned'], by: ['lead', 'leadHead', 'co'] },
  askExtension: { in: early, by: working },
  askWithdrawal: { in: undecided, by: ['finder', 'office'] },
  askMerge: { in: undecided, by: ['finder', 'office', 'lead', 'leadHead'] },
  askUnfounded: { in: undecided, by: ['lead', 'leadHead', 'supervisor', 'finder'] },
  askPlan: { in: ['underway'], by: working },
  approveExtension: { in: early, by: ['office', 'supervisor'] },
  approveWithdrawal: { in: undecided, by: ['office'] },
  approveMerge: { in: undecided, by: ['office'] },
  approveUnfounded: { in: undecided, by: ['office'] },
  approvePlan: { in: ['underway'], by: ['office'] },
  refuseRequest: { in: undecided, by: ['office', 'supervisor'] },
  resume: { in: ['planned'], by: ['office', 'lead', 'leadHead'] },
  reportDone: { in: ['underway'], by: working },
  passRecheck: { in: ['toRecheck'], by: checking },
  failRecheck: { in: ['toRecheck'], by: checking },
  close: { in: ['toClose'], by: ['office'] },
  refuseClose: { in: ['toClose'], by: ['office'] },
  reopen: { in: ['closed'], by: ['office'] },
};

const routing: readonly ProblemNeed[] = ['closesAtRecheck', 'needsClosing'];
const needsOf = (action: ProblemAction): ProblemNeed[] => [
  ...new Set(problemLifecycle.table.filter((row) => row.action === action).flatMap((row) => row.needs ?? [])),
];

describe('问题的每一格：状态、办理、由谁', () => {
  for (const action of actions)
    for (const state of states)
      for (const part of parts) {
        const allowed = expected[action].in.includes(state) && expected[action].by.includes(part);
        const title = `「${problemLifecycle.states[state]}」时${problemLifecycle.parts[part]}${allowed ? '可以' : '不能'}${problemLifecycle.actions[action]}`;
        it(title, () => {
          const found = verdict(problemLifecycle, { state, action, parts: [part], unmet: [] });
          expect(found.may).toBe(allowed);
          if (found.may) return;
          expect(found.refusal.kind).toBe(expected[action].in.includes(state) ? 'not-allowed' : 'not-now');
          expect(found.refusal.says).toContain(problemLifecycle.actions[action]);
        });
      }

  for (const action of actions)
    for (const need of needsOf(action).filter((one) => !routing.includes(one)))
      it(`${problemLifecycle.actions[action]}：缺“${problemLifecycle.needs[need].slice(0, 14)}…”时说明缺什么`, () => {
        const [state] = expected[action].in;
        const [part] = expected[action].by;
        if (!state || !part) throw new Error('an action without cell');
        const found = verdict(problemLifecycle, { state, action, parts: [part], unmet: [need] });
        expect(found.may).toBe(false);
        if (!found.may) expect(found.refusal.says).toContain(problemLifecycle.needs[need]);
      });

  it('一般问题复查通过即销号；重大隐患和上级交办的，复查通过后待销号', () => {
    const pass = (unmet: ProblemNeed[]) =>
      verdict(problemLifecycle, { state: 'toRecheck', action: 'passRecheck', parts: ['supervisor'], unmet });
    expect(pass(['needsClosing'])).toEqual({ may: true, to: 'closed' });
    expect(pass(['closesAtRecheck'])).toEqual({ may: true, to: 'toClose' });
  });

  it('已撤回、并入、查不属实的，什么也不能再办；已销号的只能由安委办重新打开', () => {
    for (const state of ['withdrawn', 'merged', 'unfounded'] as const)
      for (const action of actions)
        expect(verdict(problemLifecycle, { state, action, parts, unmet: [] }).may).toBe(false);
    const left = actions.filter(
      (action) => verdict(problemLifecycle, { state: 'closed', action, parts, unmet: [] }).may,
    );
    expect(left).toEqual(['reopen']);
  });

  it('任意走法：不经复查到不了已销号，不经审批到不了其他了结', () => {
    const step = fc.record({
      action: fc.constantFrom(...actions),
      part: fc.constantFrom(...parts),
      major: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (walk) => {
        let state: ProblemState = problemLifecycle.initial;
        let rechecked = false;
        for (const { action, part, major } of walk) {
          const unmet: ProblemNeed[] = [major ? 'closesAtRecheck' : 'needsClosing'];
          const found: Verdict<ProblemState> = verdict(problemLifecycle, { state, action, parts: [part], unmet });
          if (!found.may) continue;
          if (action === 'reportDone' || action === 'reopen') rechecked = false;
          if (action === 'passRecheck') rechecked = true;
          if (found.to === 'closed') expect(rechecked).toBe(true);
          else if (!isOpen(found.to)) expect(action.startsWith('approve')).toBe(true);
          state = found.to;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
