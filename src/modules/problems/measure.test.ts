import { describe, expect, it } from 'vitest';
import { verdict } from '../../kernel/lifecycle.ts';
import {
  type MeasureAction,
  type MeasureNeed,
  type MeasurePart,
  type MeasureState,
  measureLifecycle,
  measureStates,
} from './measure.ts';

const actions = Object.keys(measureLifecycle.actions) as MeasureAction[];
const parts = Object.keys(measureLifecycle.parts) as MeasurePart[];

/** The table once more, by hand and the other way round. What is not here is refused. */
const expected: Readonly<
  Record<MeasureAction, { in: readonly MeasureState[]; by: readonly MeasurePart[]; to: MeasureState | null }>
> = {
  amend: { in: ['sorted', 'studying', 'deferred'], by: ['office', 'lead'], to: null },
  study: { in: ['sorted'], by: ['office', 'lead'], to: 'studying' },
  progress: { in: ['studying'], by: ['lead'], to: null },
  propose: { in: ['studying'], by: ['lead'], to: 'proposed' },
  sendBack: { in: ['proposed'], by: ['office'], to: 'studying' },
  issue: { in: ['proposed'], by: ['office'], to: 'issued' },
  defer: { in: ['sorted', 'studying', 'proposed'], by: ['office'], to: 'deferred' },
  resume: { in: ['deferred'], by: ['office', 'lead'], to: 'studying' },
  revoke: { in: ['sorted', 'studying', 'proposed', 'deferred'], by: ['office'], to: 'revoked' },
};

describe('制度措施的每一格：状态、办理、由谁', () => {
  for (const action of actions)
    for (const state of measureStates)
      for (const part of parts) {
        const rule = expected[action];
        const allowed = rule.in.includes(state) && rule.by.includes(part);
        it(`「${measureLifecycle.states[state]}」时${measureLifecycle.parts[part]}${allowed ? '可以' : '不能'}${measureLifecycle.actions[action]}`, () => {
          const found = verdict(measureLifecycle, { state, action, parts: [part], unmet: [] });
          expect(found).toMatchObject(allowed ? { may: true, to: rule.to ?? state } : { may: false });
          if (!found.may) expect(found.refusal.kind).toBe(rule.in.includes(state) ? 'not-allowed' : 'not-now');
        });
      }

  for (const row of measureLifecycle.table)
    for (const need of row.needs ?? [])
      it(`${measureLifecycle.actions[row.action]}：缺“${measureLifecycle.needs[need as MeasureNeed].slice(0, 12)}…”时说明缺什么`, () => {
        const [state = 'sorted'] = row.from;
        expect(
          verdict(measureLifecycle, { state, action: row.action, parts: [...row.by], unmet: [need] }),
        ).toMatchObject({ may: false, refusal: { kind: 'not-valid', says: measureLifecycle.needs[need] } });
      });

  it('出台、撤销之后什么都不能再办；出台必经成熟提请', () => {
    for (const state of measureLifecycle.final)
      for (const action of actions)
        expect(verdict(measureLifecycle, { state, action, parts, unmet: [] }).may).toBe(false);
    expect(measureLifecycle.table.filter((row) => row.to === 'issued').flatMap((row) => row.from)).toEqual([
      'proposed',
    ]);
  });
});
