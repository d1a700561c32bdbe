import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, day } from '../../kernel/day.ts';
import { verdict } from '../../kernel/lifecycle.ts';
import { replyLate } from './pressure.ts';
import {
  isOpenPressure,
  type PressureAction,
  type PressureNeed,
  type PressurePart,
  type PressureState,
  pressureActions,
  pressureLifecycle,
  pressureStates,
} from './pressure-lifecycle.ts';
import { type Finding, groundOf, nextRung, type PressureRule, ruleKinds } from './pressure-rule.ts';

const parts = Object.keys(pressureLifecycle.parts) as PressurePart[];
const allNeeds = Object.keys(pressureLifecycle.needs) as PressureNeed[];

/** The table once more, by hand and the other way round. What is not here is refused. */
const expected: Readonly<
  Record<PressureAction, { readonly in: readonly PressureState[]; readonly by: readonly PressurePart[] }>
> = {
  takeUp: { in: ['suggested'], by: ['office'] },
  dismiss: { in: ['suggested'], by: ['office'] },
  approve: { in: ['proposed'], by: ['office', 'leader'] },
  refuse: { in: ['proposed'], by: ['office', 'leader'] },
  retract: { in: ['proposed', 'approved'], by: ['proposer'] },
  serve: { in: ['approved'], by: ['office'] },
  receive: { in: ['served'], by: ['target', 'recorder'] },
  reply: { in: ['received'], by: ['target', 'recorder'] },
  returnReply: { in: ['replied'], by: ['office'] },
  attend: { in: ['served', 'received'], by: ['office'] },
  commit: { in: ['received', 'replied'], by: ['office'] },
  note: { in: ['served', 'received', 'replied', 'tracking'], by: ['office', 'target'] },
  urge: { in: ['served', 'received'], by: ['office'] },
  lift: { in: ['received', 'replied', 'tracking'], by: ['office'] },
  withdraw: { in: ['served', 'received', 'replied', 'tracking'], by: ['office', 'leader'] },
};

describe('督促措施的每一格：状态、办理、由谁', () => {
  for (const action of pressureActions)
    for (const state of pressureStates)
      for (const part of parts) {
        const allowed = expected[action].in.includes(state) && expected[action].by.includes(part);
        it(`「${pressureLifecycle.states[state]}」时${pressureLifecycle.parts[part]}${allowed ? '可以' : '不能'}${pressureLifecycle.actions[action]}`, () => {
          const found = verdict(pressureLifecycle, { state, action, parts: [part], unmet: [] });
          expect(found.may).toBe(allowed);
          if (found.may) return;
          expect(found.refusal.kind).toBe(expected[action].in.includes(state) ? 'not-allowed' : 'not-now');
          expect(found.refusal.says).toContain(pressureLifecycle.actions[action]);
        });
      }

  for (const action of pressureActions)
    for (const need of new Set(
      pressureLifecycle.table.filter((row) => row.action === action).flatMap((row) => row.needs ?? []),
    ))
      it(`${pressureLifecycle.actions[action]}：缺“${pressureLifecycle.needs[need].slice(0, 14)}…”时说明缺什么`, () => {
        const [state] = expected[action].in;
        const [part] = expected[action].by;
        if (!state || !part) throw new Error('an action that nobody may take');
        const found = verdict(pressureLifecycle, { state, action, parts: [part], unmet: [need] });
        expect(found).toMatchObject({
          may: false,
          refusal: { kind: 'not-valid', says: pressureLifecycle.needs[need] },
        });
      });

  it('了结之后什么都不能再办', () => {
    for (const state of pressureLifecycle.final)
      for (const action of pressureActions)
        expect(verdict(pressureLifecycle, { state, action, parts, unmet: [] }).may).toBe(false);
  });

  it('任意走下去，解除必经提请、审批、送达', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...pressureActions), fc.constantFrom(...parts), fc.subarray(allNeeds)), {
          maxLength: 60,
        }),
        (walk) => {
          let state: PressureState = pressureLifecycle.initial;
          const been: PressureState[] = [state];
          for (const [action, part, unmet] of walk) {
            const found = verdict(pressureLifecycle, { state, action, parts: [part], unmet });
            if (!found.may) continue;
            state = found.to;
            been.push(state);
          }
          if (state === 'lifted' || state === 'withdrawn')
            expect(been).toEqual(expect.arrayContaining(['proposed', 'approved', 'served']));
        },
      ),
    );
  });
});

const start = day('2026-01-01');
const rule = (over: Partial<PressureRule> = {}): PressureRule => ({
  id: 'r',
  code: 'late',
  version: 1,
  name: '隐患整改逾期',
  basis: '督促办法第五条',
  kind: 'overdue',
  about: ['problem'],
  threshold: 5,
  windowDays: null,
  quietDays: 10,
  grades: [],
  sectors: [],
  ladder: [
    { kind: 'reminder', afterDays: 0 },
    { kind: 'warning', afterDays: 3 },
    { kind: 'interview', afterDays: 5 },
  ],
  fromOn: start,
  toOn: null,
  ...over,
});
const item = (id: string, on: Day) => ({ kind: 'problem' as const, id, number: id, title: '隐患', on, count: 1 });
/** What the ledger would tell in the evening of a day, where the items are due on these days and never mended. */
const found = (dues: readonly Day[], threshold: number, on: Day): Finding => {
  const counting = dues.filter((due) => addDays(due, threshold) <= on);
  return {
    unitId: 'u',
    unitName: '住房局',
    figure: counting.length,
    latest: counting.reduce<Day>(
      (last, due) => (addDays(due, threshold) > last ? addDays(due, threshold) : last),
      start,
    ),
    items: counting.map((due, at) => item(String(at), due)),
  };
};

describe('规则按日提示', () => {
  it('满天数的当天提示，次日不再提示，除非又有新的满了天数且过了间隔', () => {
    const dues = [addDays(start, 0), addDays(start, 20)];
    const first = groundOf(rule(), found(dues, 5, addDays(start, 5)), addDays(start, 5), { last: null, open: false });
    expect(first?.says[0]).toContain('住房局有1件事项逾期满5天，最长逾期5天');
    const again = (at: number, last: number, open = false) =>
      groundOf(rule(), found(dues, 5, addDays(start, at)), addDays(start, at), { last: addDays(start, last), open });
    expect(again(5, 5)).toBeNull();
    expect(again(24, 5)).toBeNull();
    expect(again(25, 5)).toMatchObject({ figure: 2 });
    expect(again(25, 20)).toBeNull();
    expect(again(25, 5, true)).toBeNull();
  });

  it('规则失效之后、生效之前都不提示', () => {
    const one = rule({ fromOn: addDays(start, 10), toOn: addDays(start, 20) });
    for (const at of [9, 21])
      expect(
        groundOf(one, found([start], 5, addDays(start, at)), addDays(start, at), { last: null, open: false }),
      ).toBeNull();
    expect(
      groundOf(one, found([start], 5, addDays(start, 12)), addDays(start, 12), { last: null, open: false }),
    ).not.toBeNull();
  });

  it('任意的时限、任意的日子：逐日运行，同一依据只提示一次；重复运行不变；每一件都在某次提示之内', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 15 }),
        (offsets, threshold, quietDays) => {
          const one = rule({ threshold, quietDays });
          const dues = offsets.map((offset) => addDays(start, offset));
          const keys: string[] = [];
          const told = new Set<Day>();
          let last: Day | null = null;
          for (let at = 0; at <= 90 + 20 + 15 + 1; at++) {
            const on = addDays(start, at);
            for (const _twice of [1, 2]) {
              const ground = groundOf(one, found(dues, threshold, on), on, { last, open: false });
              if (ground === null) continue;
              if (last !== null) expect(addDays(last, quietDays) <= on).toBe(true);
              keys.push(ground.key);
              for (const each of ground.items) told.add(each.on);
              last = on;
            }
          }
          expect(new Set(keys).size).toBe(keys.length);
          expect([...told].sort()).toEqual([...new Set(dues)].sort());
        },
      ),
      { numRuns: 200 },
    );
  });

  it('按件数、次数的规则，不到数不提示', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ruleKinds),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 30 }),
        (kind, threshold, figure) => {
          const one = rule({ kind, threshold, windowDays: 30 });
          const finding = { ...found([start], 0, addDays(start, 3)), figure };
          const ground = groundOf(one, finding, addDays(start, 3), { last: null, open: false });
          const least = kind === 'overdue' || kind === 'majorUndecided' ? 1 : threshold;
          expect(ground !== null).toBe(figure >= least);
        },
      ),
    );
  });
});

describe('递进', () => {
  const below = {
    id: 'p',
    number: '措-2026-0001',
    kind: 'reminder' as const,
    state: 'received' as PressureState,
    rung: 0,
    servedOn: start,
    replyDueOn: addDays(start, 10),
    unitName: '住房局',
    items: [item('1', start), item('2', start)],
    still: [item('2', start)],
    promisedTo: null as Day | null,
  };
  it('回复逾期过了规定天数仍没有回复的，提示下一级；期内不提示', () => {
    expect(nextRung(rule(), below, addDays(start, 13))).toBeNull();
    const next = nextRung(rule(), below, addDays(start, 14));
    expect(next).toMatchObject({ kind: 'warning', rung: 1, ground: { key: 'ladder/p/1', figure: 2 } });
    expect(next?.ground.says[0]).toContain('仍没有回复，已逾期4天');
  });
  it('已经回复但事项没有解决的，提示下一级，只列没有解决的；都解决了不提示', () => {
    const replied = { ...below, state: 'replied' as PressureState };
    const next = nextRung(rule(), replied, addDays(start, 14));
    expect(next?.ground.says[0]).toContain('所列2件事项');
    expect(next?.ground.items.map((one) => one.id)).toEqual(['2']);
    expect(nextRung(rule(), { ...replied, still: [] }, addDays(start, 14))).toBeNull();
  });
  it('整改承诺还没有到期的不提示，到期没有办结的才提示', () => {
    const bound = { ...below, state: 'tracking' as PressureState, promisedTo: addDays(start, 30) };
    expect(nextRung(rule(), bound, addDays(start, 30))).toBeNull();
    expect(nextRung(rule(), bound, addDays(start, 31))).toMatchObject({ kind: 'warning' });
  });
  it('已了结的、没有下一级的、规则已停用的都不提示', () => {
    for (const state of pressureStates.filter((one) => !isOpenPressure(one)))
      expect(nextRung(rule(), { ...below, state }, addDays(start, 60))).toBeNull();
    expect(nextRung(rule(), { ...below, rung: 2 }, addDays(start, 60))).toBeNull();
    expect(nextRung(rule({ toOn: addDays(start, 20) }), below, addDays(start, 60))).toBeNull();
  });
});

describe('回复逾期由日期推出', () => {
  it('期内为零，过一天算一天；回复之后不算；通报、曝光不要求回复', () => {
    const one = { kind: 'warning' as const, state: 'served' as PressureState, replyDueOn: addDays(start, 5) };
    expect(replyLate(one, addDays(start, 5))).toBe(0);
    expect(replyLate(one, addDays(start, 7))).toBe(2);
    expect(replyLate({ ...one, state: 'replied' }, addDays(start, 7))).toBe(0);
    expect(replyLate({ ...one, kind: 'circular' }, addDays(start, 7))).toBe(0);
  });
});
