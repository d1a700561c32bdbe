import { describe, expect, it } from 'vitest';
import { type Lifecycle, verdict } from '../../kernel/lifecycle.ts';
import { dutyListLifecycle } from './duty-lifecycle.ts';
import { accidentFigureLifecycle } from './figure-lifecycle.ts';
import { letterLifecycle } from './letter-lifecycle.ts';
import { meetingLifecycle } from './lifecycle.ts';
import { specialPeriodLifecycle } from './period-lifecycle.ts';
import { requestLifecycle } from './request-lifecycle.ts';

type Expected<S extends string, A extends string, P extends string> = Readonly<
  Record<A, readonly { readonly in: readonly S[]; readonly by: readonly P[]; readonly to: S | 'same' }[]>
>;

/** Every cell of a table against the table written once more by hand; and every need with its own sentence. */
function everyCell<S extends string, A extends string, P extends string, N extends string>(
  table: Lifecycle<S, A, P, N>,
  expected: Expected<S, A, P>,
): void {
  const states = Object.keys(table.states) as S[];
  const actions = Object.keys(table.actions) as A[];
  const parts = Object.keys(table.parts) as P[];
  describe(`${table.noun}的每一格：状态、办理、由谁`, () => {
    for (const action of actions)
      for (const state of states)
        for (const part of parts) {
          const row = expected[action].find((one) => one.in.includes(state) && one.by.includes(part));
          it(`「${table.states[state]}」时${table.parts[part]}${row ? '可以' : '不能'}${table.actions[action]}`, () => {
            const found = verdict(table, { state, action, parts: [part], unmet: [] });
            expect(found.may).toBe(row !== undefined);
            if (found.may) expect(found.to).toBe(row?.to === 'same' ? state : row?.to);
            else {
              const here = expected[action].some((one) => one.in.includes(state));
              expect(found.refusal.kind).toBe(here ? 'not-allowed' : 'not-now');
              expect(found.refusal.says).toContain(table.actions[action]);
            }
          });
        }

    for (const row of table.table)
      for (const need of row.needs ?? [])
        it(`${table.actions[row.action]}（${row.by.map((part) => table.parts[part]).join('、')}）：缺“${table.needs[need].slice(0, 12)}…”时说明缺什么`, () => {
          const [state] = row.from;
          const [part] = row.by;
          if (!state || !part) throw new Error('a row that nobody may take');
          const found = verdict(table, { state, action: row.action, parts: [part], unmet: [need] });
          expect(found).toMatchObject({ may: false, refusal: { kind: 'not-valid', says: table.needs[need] } });
        });

    it('了结之后什么都不能再办', () => {
      for (const state of table.final)
        for (const action of actions) expect(verdict(table, { state, action, parts, unmet: [] }).may).toBe(false);
    });
  });
}

const convening = ['office', 'convener'] as const;
const deciding = ['office', 'leader', 'convener'] as const;
everyCell(meetingLifecycle, {
  arrange: [{ in: ['planned', 'noticed'], by: convening, to: 'planned' }],
  setAgenda: [{ in: ['planned', 'noticed'], by: convening, to: 'same' }],
  sendNotice: [{ in: ['planned'], by: convening, to: 'noticed' }],
  hold: [{ in: ['noticed'], by: convening, to: 'held' }],
  draftMinutes: [{ in: ['held'], by: convening, to: 'minuted' }],
  returnMinutes: [{ in: ['minuted'], by: deciding, to: 'held' }],
  issueMinutes: [{ in: ['minuted'], by: deciding, to: 'minutesIssued' }],
  cancelMeeting: [{ in: ['planned', 'noticed'], by: convening, to: 'meetingCancelled' }],
});
everyCell(letterLifecycle, {
  editLetter: [{ in: ['letterDrafted', 'toSign'], by: ['office'], to: 'letterDrafted' }],
  printLetter: [{ in: ['letterDrafted'], by: ['office'], to: 'toSign' }],
  signLetter: [{ in: ['toSign'], by: ['office', 'signatory'], to: 'signed' }],
  recordResult: [{ in: ['signed'], by: ['office', 'signatory'], to: 'same' }],
  endLetter: [{ in: ['signed'], by: ['office'], to: 'letterEnded' }],
  withdrawLetter: [{ in: ['letterDrafted', 'toSign'], by: ['office'], to: 'letterWithdrawn' }],
});
everyCell(dutyListLifecycle, {
  editList: [{ in: ['listDrafted'], by: ['office', 'ownUnit'], to: 'same' }],
  confirmList: [{ in: ['listDrafted'], by: ['office', 'leader'], to: 'listInForce' }],
  recordDuty: [{ in: ['listInForce'], by: ['office', 'owner', 'ownUnit'], to: 'same' }],
  archiveList: [{ in: ['listInForce'], by: ['office'], to: 'listArchived' }],
});
everyCell(requestLifecycle, {
  supplementRequest: [{ in: ['sentBackRequest'], by: ['asker'], to: 'asked' }],
  returnRequest: [{ in: ['asked'], by: ['office', 'leader'], to: 'sentBackRequest' }],
  recordInstruction: [{ in: ['asked'], by: ['office', 'leader'], to: 'instructed' }],
  reportOutcome: [{ in: ['instructed'], by: ['office', 'asker'], to: 'carriedOut' }],
  withdrawRequest: [{ in: ['asked', 'sentBackRequest'], by: ['asker'], to: 'requestWithdrawn' }],
});
everyCell(accidentFigureLifecycle, {
  correctFigure: [
    { in: ['figureEntered', 'figureSentBack'], by: ['office', 'reporter'], to: 'figureEntered' },
    { in: ['figureConfirmed'], by: ['office'], to: 'figureEntered' },
  ],
  confirmFigure: [{ in: ['figureEntered'], by: ['office'], to: 'figureConfirmed' }],
  sendBackFigure: [{ in: ['figureEntered'], by: ['office'], to: 'figureSentBack' }],
});
everyCell(specialPeriodLifecycle, {
  setShifts: [{ in: ['periodPlanned', 'rosterIssued'], by: ['office', 'dutyUnit'], to: 'same' }],
  issueRoster: [{ in: ['periodPlanned'], by: ['office'], to: 'rosterIssued' }],
  handOver: [{ in: ['periodPlanned', 'rosterIssued'], by: ['office', 'dutyUnit'], to: 'same' }],
  orderChecks: [{ in: ['periodPlanned', 'rosterIssued'], by: ['office'], to: 'same' }],
  endPeriod: [{ in: ['periodPlanned', 'rosterIssued'], by: ['office'], to: 'periodEnded' }],
});
