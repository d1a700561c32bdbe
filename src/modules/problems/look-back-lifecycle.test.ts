import { describe, expect, it } from 'vitest';
import { type Lifecycle, verdict } from '../../kernel/lifecycle.ts';
import { checkLifecycle, lookBackLifecycle } from './look-back-lifecycle.ts';

/** The tables once more, by hand and the other way round; what is not here is refused. */
const draws: Readonly<Record<string, { readonly in: readonly string[]; readonly by: readonly string[] }>> = {
  fixSeed: { in: ['frozen'], by: ['office'] },
  draw: { in: ['seeded'], by: ['office'] },
  assign: { in: ['drawn'], by: ['office'] },
  finish: { in: ['drawn'], by: ['office'] },
  redraw: { in: ['frozen', 'seeded', 'drawn'], by: ['office'] },
};
const checks: typeof draws = {
  assign: { in: ['toAssign', 'toCheck'], by: ['office'] },
  recordStill: { in: ['toCheck'], by: ['checker'] },
  recordNotStill: { in: ['toCheck'], by: ['checker'] },
  drop: { in: ['toAssign', 'toCheck'], by: ['office'] },
};

function cellByCell(name: string, lifecycle: Lifecycle<string, string, string, string>, expected: typeof draws): void {
  const states = Object.keys(lifecycle.states);
  const actions = Object.keys(lifecycle.actions);
  const parts = Object.keys(lifecycle.parts);
  describe(name, () => {
    it('每一种办理都写在手工表里', () => expect(actions.sort()).toEqual(Object.keys(expected).sort()));
    for (const action of actions)
      for (const state of states)
        for (const part of parts) {
          const rule = expected[action];
          const allowed = Boolean(rule?.in.includes(state) && rule.by.includes(part));
          it(`「${lifecycle.states[state]}」时${lifecycle.parts[part]}${allowed ? '可以' : '不能'}${lifecycle.actions[action]}`, () => {
            const found = verdict(lifecycle, { state, action, parts: [part], unmet: [] });
            expect(found.may).toBe(allowed);
            if (!found.may) expect(found.refusal.kind).toBe(rule?.in.includes(state) ? 'not-allowed' : 'not-now');
          });
        }
    for (const row of lifecycle.table)
      for (const need of row.needs ?? [])
        it(`${lifecycle.actions[row.action]}：缺“${(lifecycle.needs[need] ?? '').slice(0, 14)}…”时说明缺什么`, () => {
          const found = verdict(lifecycle, {
            state: row.from[0] ?? '',
            action: row.action,
            parts: [...row.by],
            unmet: [need],
          });
          expect(found).toMatchObject({ may: false, refusal: { kind: 'not-valid', says: lifecycle.needs[need] } });
        });
    it('办完、重抽之后什么都不能再办；谁也不是的人什么都不能办', () => {
      for (const action of actions) {
        for (const state of lifecycle.final)
          expect(verdict(lifecycle, { state, action, parts, unmet: [] }).may).toBe(false);
        for (const state of states) expect(verdict(lifecycle, { state, action, parts: [], unmet: [] }).may).toBe(false);
      }
    });
  });
}

cellByCell('回头看抽取的每一格：状态、办理、由谁', lookBackLifecycle, draws);
cellByCell('抽中事项的每一格：状态、办理、由谁', checkLifecycle, checks);
