import { describe, expect, it } from 'vitest';
import { type Lifecycle, verdict } from '../../kernel/lifecycle.ts';
import { appealLifecycle } from './appeal-lifecycle.ts';
import { awardLifecycle } from './award-lifecycle.ts';
import { schemeLifecycle } from './lifecycle.ts';
import { reviewLifecycle } from './review-lifecycle.ts';
import { vetoLifecycle } from './veto-lifecycle.ts';

type Any = Lifecycle<string, string, string, string>;
type Expected = Readonly<Record<string, { readonly in: readonly string[]; readonly by: readonly string[] }>>;

/** The tables once more, by hand and the other way round. What is not here is refused. */
const cases: readonly (readonly [Any, Expected])[] = [
  [
    schemeLifecycle,
    {
      edit: { in: ['draft'], by: ['office'] },
      publish: { in: ['draft'], by: ['office', 'leader'] },
      amend: { in: ['published'], by: ['office'] },
      issueVersion: { in: ['published'], by: ['office', 'leader'] },
      withdrawVersion: { in: ['published'], by: ['office'] },
      drop: { in: ['draft', 'published'], by: ['office'] },
      openSelf: { in: ['published'], by: ['office'] },
      fileSelf: { in: ['selfFiling'], by: ['object'] },
      collect: { in: ['selfFiling'], by: ['office'] },
      recollect: { in: ['scoring'], by: ['office'] },
      score: { in: ['scoring'], by: ['office', 'scorer'] },
      rectify: { in: ['scoring', 'vetoChecking', 'shown', 'graded'], by: ['office'] },
      finishScoring: { in: ['scoring'], by: ['office'] },
      show: { in: ['vetoChecking'], by: ['office'] },
      appeal: { in: ['shown'], by: ['object'] },
      grade: { in: ['shown'], by: ['office'] },
      announce: { in: ['graded'], by: ['office', 'leader'] },
    },
  ],
  [
    vetoLifecycle,
    {
      confirm: { in: ['entered'], by: ['office', 'leader'] },
      dismiss: { in: ['entered'], by: ['office', 'leader'] },
      retract: { in: ['entered'], by: ['enterer'] },
      lift: { in: ['confirmed'], by: ['office', 'leader'] },
    },
  ],
  [
    appealLifecycle,
    {
      uphold: { in: ['filed'], by: ['office', 'leader'] },
      reject: { in: ['filed'], by: ['office', 'leader'] },
      retract: { in: ['filed'], by: ['appellant'] },
    },
  ],
  [
    awardLifecycle,
    {
      nominate: { in: ['nominating'], by: ['office', 'unit'] },
      withdrawNominee: { in: ['nominating'], by: ['office', 'nominator'] },
      closeNominating: { in: ['nominating'], by: ['office'] },
      reviewNominee: { in: ['reviewing'], by: ['office', 'leader'] },
      showNominees: { in: ['reviewing'], by: ['office'] },
      object: { in: ['awardShown'], by: ['office', 'unit'] },
      exclude: { in: ['reviewing', 'awardShown'], by: ['office'] },
      decideAward: { in: ['awardShown'], by: ['office', 'leader'] },
      dropAward: { in: ['nominating', 'reviewing', 'awardShown'], by: ['office'] },
    },
  ],
  [
    reviewLifecycle,
    {
      editReview: { in: ['reviewDrafted'], by: ['office'] },
      issueReview: { in: ['reviewDrafted'], by: ['office', 'leader'] },
      fileStatement: { in: ['reviewRunning'], by: ['self'] },
      scoreStatement: { in: ['reviewRunning'], by: ['office', 'leader'] },
      collectReview: { in: ['reviewRunning'], by: ['office'] },
      sendBackReview: { in: ['reviewCollected'], by: ['office', 'leader'] },
      confirmReview: { in: ['reviewCollected'], by: ['office', 'leader'] },
      dropReview: { in: ['reviewDrafted', 'reviewRunning', 'reviewCollected'], by: ['office'] },
    },
  ],
];

for (const [lifecycle, expected] of cases)
  describe(`${lifecycle.noun}的每一格：状态、办理、由谁`, () => {
    for (const [action, allowed] of Object.entries(expected))
      for (const state of Object.keys(lifecycle.states))
        for (const part of Object.keys(lifecycle.parts)) {
          const may = allowed.in.includes(state) && allowed.by.includes(part);
          it(`「${lifecycle.states[state]}」时${lifecycle.parts[part]}${may ? '可以' : '不能'}${lifecycle.actions[action]}`, () => {
            const found = verdict(lifecycle, { state, action, parts: [part], unmet: [] });
            expect(found.may).toBe(may);
            if (found.may) return;
            expect(found.refusal.kind).toBe(allowed.in.includes(state) ? 'not-allowed' : 'not-now');
            expect(found.refusal.says).toContain(lifecycle.actions[action]);
          });
        }

    for (const row of lifecycle.table)
      for (const need of row.needs ?? [])
        it(`${lifecycle.actions[row.action]}：缺“${lifecycle.needs[need]?.slice(0, 12)}…”时说明缺什么`, () => {
          const [state = ''] = row.from;
          const found = verdict(lifecycle, { state, action: row.action, parts: [row.by[0] ?? ''], unmet: [need] });
          expect(found).toMatchObject({ may: false, refusal: { kind: 'not-valid', says: lifecycle.needs[need] } });
        });

    it('每个办理都在表中，了结之后什么都不能再办', () => {
      expect(Object.keys(lifecycle.actions).sort()).toEqual(Object.keys(expected).sort());
      for (const state of lifecycle.final)
        for (const action of Object.keys(lifecycle.actions))
          expect(verdict(lifecycle, { state, action, parts: Object.keys(lifecycle.parts), unmet: [] }).may).toBe(false);
    });
  });
