import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import { verdict } from '../../kernel/lifecycle.ts';
import { groundsOf, latenessOf } from './late.ts';
import {
  type ListingAction,
  type ListingNeed,
  type ListingPart,
  type ListingState,
  listingLifecycle,
} from './lifecycle.ts';
import { usualLimits } from './listing.ts';
import { type Candidate, demandedOf, type ListingRule } from './must-list.ts';

const states = Object.keys(listingLifecycle.states) as ListingState[];
const actions = Object.keys(listingLifecycle.actions) as ListingAction[];
const parts = Object.keys(listingLifecycle.parts) as ListingPart[];
const allNeeds = Object.keys(listingLifecycle.needs) as ListingNeed[];

/** The table once more, by hand and the other way round. What is not here is refused. */
const expected: Readonly<
  Record<ListingAction, { readonly in: readonly ListingState[]; readonly by: readonly ListingPart[] }>
> = {
  approve: { in: ['proposed'], by: ['office', 'leader'] },
  refuse: { in: ['proposed'], by: ['office', 'leader'] },
  retract: { in: ['proposed', 'approved'], by: ['proposer'] },
  issue: { in: ['approved'], by: ['office'] },
  filePlan: { in: ['listed'], by: ['lead'] },
  recordPlan: { in: ['planFiled'], by: ['office', 'supervisor'] },
  returnPlan: { in: ['planFiled'], by: ['office', 'supervisor'] },
  report: { in: ['rectifying'], by: ['lead'] },
  apply: { in: ['rectifying'], by: ['lead'] },
  pass: { in: ['toAccept'], by: ['office', 'supervisor'] },
  fail: { in: ['toAccept'], by: ['office', 'supervisor'] },
  escalate: { in: ['listed', 'planFiled', 'rectifying', 'toAccept'], by: ['office'] },
  delist: { in: ['accepted'], by: ['office'] },
  revoke: { in: ['approved', 'listed', 'planFiled', 'rectifying', 'toAccept', 'accepted'], by: ['office'] },
};

describe('挂牌督办的每一格：状态、办理、由谁', () => {
  for (const action of actions)
    for (const state of states)
      for (const part of parts) {
        const allowed = expected[action].in.includes(state) && expected[action].by.includes(part);
        it(`「${listingLifecycle.states[state]}」时${listingLifecycle.parts[part]}${allowed ? '可以' : '不能'}${listingLifecycle.actions[action]}`, () => {
          const found = verdict(listingLifecycle, { state, action, parts: [part], unmet: [] });
          expect(found.may).toBe(allowed);
          if (found.may) return;
          expect(found.refusal.kind).toBe(expected[action].in.includes(state) ? 'not-allowed' : 'not-now');
          expect(found.refusal.says).toContain(listingLifecycle.actions[action]);
        });
      }

  for (const action of actions)
    for (const need of new Set(
      listingLifecycle.table.filter((row) => row.action === action).flatMap((row) => row.needs ?? []),
    ))
      it(`${listingLifecycle.actions[action]}：缺“${listingLifecycle.needs[need].slice(0, 12)}…”时说明缺什么`, () => {
        const [state] = expected[action].in;
        const [part] = expected[action].by;
        if (!state || !part) throw new Error('an action that nobody may take');
        const found = verdict(listingLifecycle, { state, action, parts: [part], unmet: [need] });
        expect(found).toMatchObject({ may: false, refusal: { kind: 'not-valid', says: listingLifecycle.needs[need] } });
      });

  it('了结之后什么都不能再办', () => {
    for (const state of listingLifecycle.final)
      for (const action of actions)
        expect(verdict(listingLifecycle, { state, action, parts, unmet: [] }).may).toBe(false);
  });

  it('任意走下去，摘牌必经审批、印发、备案、现场验收', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...actions), fc.constantFrom(...parts), fc.subarray(allNeeds)), {
          maxLength: 60,
        }),
        (walk) => {
          let state: ListingState = listingLifecycle.initial;
          const been: ListingState[] = [state];
          for (const [action, part, unmet] of walk) {
            const found = verdict(listingLifecycle, { state, action, parts: [part], unmet });
            if (!found.may) continue;
            state = found.to;
            been.push(state);
          }
          if (state === 'delisted')
            expect(been).toEqual(
              expect.arrayContaining(['approved', 'listed', 'planFiled', 'rectifying', 'toAccept', 'accepted']),
            );
        },
      ),
    );
  });
});

describe('逾期都由日期推出', () => {
  const listing = {
    state: 'rectifying' as ListingState,
    listedOn: day('2026-03-02'),
    planFiledOn: null,
    appliedOn: null,
    retryOn: null,
    failures: 0,
    lastFailedOn: null,
  };
  const problem = { dueOn: day('2026-04-01') };
  it('整改时限就是问题的整改时限，过了一天算逾期一天', () => {
    expect(latenessOf(listing, problem, day('2026-04-01'), usualLimits).limitLate).toBe(0);
    expect(latenessOf(listing, problem, day('2026-04-03'), usualLimits).limitLate).toBe(2);
  });
  it('已按期申请验收的，等待验收期间不算责任单位逾期，算验收一方的期限', () => {
    const applied = { ...listing, state: 'toAccept' as ListingState, appliedOn: day('2026-03-30') };
    const late = latenessOf(applied, problem, day('2026-04-12'), usualLimits);
    expect(late.limitLate).toBe(0);
    expect(late.acceptanceDueOn).toBe('2026-04-09');
    expect(late.acceptanceLate).toBe(3);
  });
  it('方案逾期只在还没有报送时算', () => {
    expect(latenessOf({ ...listing, state: 'listed' }, problem, day('2026-03-20'), usualLimits).planLate).toBe(8);
    expect(latenessOf(listing, problem, day('2026-03-20'), usualLimits).planLate).toBe(0);
  });
  it('没有逾期也没有验收不通过的，没有升级的情形', () => {
    expect(groundsOf(listing, problem, day('2026-03-20'), usualLimits)).toEqual([]);
    expect(
      groundsOf({ ...listing, failures: 1, lastFailedOn: day('2026-03-18') }, problem, day('2026-03-20'), usualLimits),
    ).toEqual(['现场验收不通过1次，最近一次在2026-03-18。']);
  });
});

describe('应挂牌规则', () => {
  const rule: ListingRule = {
    id: 'r',
    name: '重大火灾隐患全部挂牌',
    basis: '办法第三条',
    sectors: ['消防安全'],
    kinds: [],
    tags: [],
    clauses: ['3'],
    fromOn: day('2026-01-01'),
    toOn: day('2026-12-31'),
    withinDays: 10,
  };
  const one: Candidate = {
    sector: '消防安全',
    kind: 'hazard',
    tags: [],
    clauses: ['3.2'],
    majorOn: day('2026-03-01'),
    listed: false,
  };
  it('规则在起止日期之内、行业和条款都对得上才要求挂牌', () => {
    expect(demandedOf([rule], one, day('2026-03-15'))).toMatchObject({ age: 14, late: 4 });
    expect(demandedOf([rule], one, day('2027-01-01'))).toBeNull();
    expect(demandedOf([rule], { ...one, sector: '燃气' }, day('2026-03-15'))).toBeNull();
    expect(demandedOf([rule], { ...one, clauses: ['33'] }, day('2026-03-15'))).toBeNull();
  });
  it('已挂牌的不算逾期，期限之内的不算逾期', () => {
    expect(demandedOf([rule], { ...one, listed: true }, day('2026-05-15'))?.late).toBe(0);
    expect(demandedOf([rule], one, day('2026-03-05'))?.late).toBe(0);
  });
});
