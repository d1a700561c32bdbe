import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verdict } from '../../kernel/lifecycle.ts';
import { type TaskAction, type TaskNeed, type TaskPart, type TaskState, taskLifecycle } from './lifecycle.ts';

const states = Object.keys(taskLifecycle.states) as TaskState[];
const actions = Object.keys(taskLifecycle.actions) as TaskAction[];
const parts = Object.keys(taskLifecycle.parts) as TaskPart[];
const allNeeds = Object.keys(taskLifecycle.needs) as TaskNeed[];

/** The table once more, by hand and the other way round: for each action who may take it where. What is not here is refused. */
const expected: Readonly<Record<TaskAction, { readonly in: readonly TaskState[]; readonly by: readonly TaskPart[] }>> =
  {
    receive: { in: ['toReceive'], by: ['lead', 'leadHead'] },
    coReceive: { in: ['toReceive', 'underway'], by: ['co'] },
    setPerson: { in: ['toReceive', 'underway'], by: ['lead', 'leadHead', 'office'] },
    setMilestones: { in: ['underway'], by: ['lead', 'leadHead'] },
    report: { in: ['underway'], by: ['lead', 'leadHead', 'co'] },
    recordOccurrence: { in: ['underway'], by: ['lead', 'leadHead'] },
    askExtension: { in: ['toReceive', 'underway'], by: ['lead', 'leadHead'] },
    approveExtension: { in: ['toReceive', 'underway', 'submitted', 'suspended'], by: ['office', 'parentLead'] },
    refuseExtension: { in: ['toReceive', 'underway', 'submitted', 'suspended'], by: ['office', 'parentLead'] },
    fixDeadline: { in: ['toReceive', 'underway', 'suspended'], by: ['office'] },
    split: { in: ['underway'], by: ['lead', 'leadHead'] },
    dispute: { in: ['toReceive', 'underway'], by: ['lead', 'leadHead'] },
    settleKeep: { in: ['disputed'], by: ['office'] },
    settleMove: { in: ['disputed'], by: ['office'] },
    reassign: { in: ['toReceive', 'underway', 'suspended'], by: ['office'] },
    submit: { in: ['underway'], by: ['lead', 'leadHead'] },
    pass: { in: ['submitted'], by: ['office', 'parentLead'] },
    sendBack: { in: ['submitted'], by: ['office', 'parentLead'] },
    suspend: { in: ['toReceive', 'underway'], by: ['office'] },
    resume: { in: ['suspended'], by: ['office'] },
    withdraw: { in: ['toReceive', 'underway', 'submitted', 'disputed', 'suspended'], by: ['office'] },
  };

const needsOf = (action: TaskAction): TaskNeed[] => [
  ...new Set(taskLifecycle.table.filter((row) => row.action === action).flatMap((row) => row.needs ?? [])),
];

describe('任务的每一格：状态、办理、由谁', () => {
  for (const action of actions)
    for (const state of states)
      for (const part of parts) {
        const allowed = expected[action].in.includes(state) && expected[action].by.includes(part);
        const title = `「${taskLifecycle.states[state]}」时${taskLifecycle.parts[part]}${allowed ? '可以' : '不能'}${taskLifecycle.actions[action]}`;
        it(title, () => {
          const found = verdict(taskLifecycle, { state, action, parts: [part], unmet: [] });
          expect(found.may).toBe(allowed);
          if (found.may) return;
          expect(found.refusal.kind).toBe(expected[action].in.includes(state) ? 'not-allowed' : 'not-now');
          expect(found.refusal.says).toContain(taskLifecycle.actions[action]);
        });
      }

  for (const action of actions)
    for (const need of needsOf(action).filter((one) => one !== 'received' && one !== 'notReceived'))
      it(`${taskLifecycle.actions[action]}：缺“${taskLifecycle.needs[need].slice(0, 12)}…”时说明缺什么`, () => {
        const [state] = expected[action].in;
        const [part] = expected[action].by;
        if (!state || !part) throw new Error('an action that nobody may take');
        const found = verdict(taskLifecycle, { state, action, parts: [part], unmet: [need] });
        expect(found).toMatchObject({ may: false, refusal: { kind: 'not-valid', says: taskLifecycle.needs[need] } });
      });

  it('谁也不是的人什么都不能办', () => {
    for (const action of actions)
      for (const state of states)
        expect(verdict(taskLifecycle, { state, action, parts: [], unmet: [] }).may).toBe(false);
  });

  it('办结和撤回之后什么都不能再办', () => {
    for (const state of taskLifecycle.final)
      for (const action of actions) expect(verdict(taskLifecycle, { state, action, parts, unmet: [] }).may).toBe(false);
  });

  it('恢复后回到暂停前的状态', () => {
    const at = (unmet: TaskNeed[]) =>
      verdict(taskLifecycle, { state: 'suspended', action: 'resume', parts: ['office'], unmet });
    expect(at(['notReceived'])).toEqual({ may: true, to: 'underway' });
    expect(at(['received'])).toEqual({ may: true, to: 'toReceive' });
  });

  it('任意走下去，只会到达表里写明的状态，且办结必经提交', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...actions), fc.constantFrom(...parts), fc.subarray(allNeeds)), {
          maxLength: 40,
        }),
        (walk) => {
          let state: TaskState = taskLifecycle.initial;
          for (const [action, part, unmet] of walk) {
            const found = verdict(taskLifecycle, { state, action, parts: [part], unmet });
            if (!found.may) continue;
            if (found.to === 'closed') expect(state).toBe('submitted');
            expect(taskLifecycle.final).not.toContain(state);
            state = found.to;
          }
          expect(states).toContain(state);
        },
      ),
    );
  });
});
