import { addDays, daysBetween } from '../../../kernel/day.ts';
import { holds } from '../../../kernel/permission.ts';
import { ownJurisdiction } from '../../../kernel/scope.ts';
import type { Reading } from '../../../platform/act.ts';
import { judgeFigure } from '../accident.ts';
import { meetingLifecycle } from '../lifecycle.ts';
import { meetingsPermissions } from '../permissions.ts';
import { judgeRequest } from '../request.ts';
import { accidentFigures, meetings, requests, responsibilityLetters } from './kinds.ts';
import { obligationsMet } from './obligations.ts';
import { onDuty } from './periods.ts';
import { dutyOf, lineOf } from './views.ts';

/** Days before a meeting must have been held in which it is called to mind. */
const SOON_DAYS = 14;

/** One line of the office's day, as rooms give it. */
export interface DayLine {
  readonly id: string;
  readonly to: string;
  readonly number: string;
  readonly title: string;
  readonly who: string;
  readonly says: string;
  readonly tone: 'red' | 'amber' | 'plain';
}

/**
 * What this room has for the office's day: meetings of the day, obligations behind, unsigned letters, what waits for the
 * reader, and who is on duty. Only what he may see.
 */
export async function meetingsOfDay(reading: Reading) {
  const { db, day, actor } = reading;
  const scope = ownJurisdiction(reading.scope, actor);
  const may = (permission: string): boolean => holds(meetingsPermissions, actor, permission);
  const none = Promise.resolve([]);
  const [open, met, unsigned, asked, entered, duty] = await Promise.all([
    may('meeting.read') ? meetings.list(db, scope, { states: ['planned', 'noticed', 'held', 'minuted'] }) : none,
    may('meeting.read') ? obligationsMet(db, scope, day) : none,
    may('duty.read') ? responsibilityLetters.list(db, scope, { states: ['letterDrafted', 'toSign'] }) : none,
    may('request.read') ? requests.list(db, scope, { states: ['asked', 'sentBackRequest'] }) : none,
    may('accident.read') ? accidentFigures.list(db, scope, { states: ['figureEntered', 'figureSentBack'] }) : none,
    may('roster.read') ? onDuty(db, scope, day) : none,
  ]);
  const line = (one: (typeof open)[number], says: string): DayLine => {
    const row = lineOf(one, day, new Map());
    const tone = row.lamp === 'red' || row.lamp === 'amber' ? row.lamp : 'plain';
    return {
      id: one.id,
      to: `/meetings/${one.id}`,
      number: one.number,
      title: row.name,
      who: row.convener,
      says,
      tone,
    };
  };
  const owed = (one: (typeof met)[number], says: string, tone: DayLine['tone']): DayLine => ({
    id: one.obligationId,
    to: `/meetings?obligation=${one.obligationId}`,
    number: '',
    title: `${one.name}（${one.words}）`,
    who: one.convener,
    says,
    tone,
  });
  const planned = (obligation: string): string => {
    const next = open.filter((one) => one.body.obligationId === obligation && one.on >= day).at(-1);
    return next ? `已计划${next.on}召开` : '没有计划';
  };
  return {
    today: open
      .filter((one) => one.on === day && (one.state === 'planned' || one.state === 'noticed'))
      .map((one) => line(one, `${one.body.time} ${one.body.place}`.trim())),
    behind: met
      .filter((one) => one.behind > 0)
      .map((one) => owed(one, `应开${one.dueByNow}次，已开${one.held}次，已迟${one.late}天`, 'red')),
    soon: met.flatMap((one) =>
      one.behind === 0 && one.nextBy !== null && one.nextBy <= addDays(day, SOON_DAYS)
        ? [
            owed(
              one,
              `应于${one.nextBy}前召开，还有${daysBetween(day, one.nextBy)}天；${planned(one.obligationId)}`,
              'amber',
            ),
          ]
        : [],
    ),
    toDo: open.flatMap((one) => {
      const action = dutyOf(one, actor, day);
      return action === null ? [] : [line(one, meetingLifecycle.actions[action])];
    }),
    unsigned: unsigned.map(
      (one): DayLine => ({
        id: one.id,
        to: `/responsibility-letters/${one.id}`,
        number: one.number,
        title: one.body.title,
        who: one.body.partyB.unitName,
        says: one.state === 'toSign' ? '已印制，没有签订' : '没有印制',
        tone: 'amber',
      }),
    ),
    requests: asked
      .filter((one) => {
        const action = one.state === 'asked' ? 'recordInstruction' : 'supplementRequest';
        return judgeRequest(one, actor, action, day, null).may;
      })
      .map(
        (one): DayLine => ({
          id: one.id,
          to: `/requests/${one.id}`,
          number: one.number,
          title: one.body.title,
          who: one.body.unitName,
          says: one.state === 'asked' ? `${one.on}提出，等待批示` : '退回补充',
          tone: one.body.answerBy !== null && one.body.answerBy < day ? 'red' : 'amber',
        }),
      ),
    figures: entered
      .filter(
        (one) => judgeFigure(one, actor, one.state === 'figureEntered' ? 'confirmFigure' : 'correctFigure', null).may,
      )
      .map(
        (one): DayLine => ({
          id: one.id,
          to: '/accident-targets',
          number: one.number,
          title: `${one.body.month}事故${one.body.accidents}起、死亡${one.body.deaths}人`,
          who: one.body.unitName,
          says: one.state === 'figureEntered' ? '等待核对' : '退回重填',
          tone: 'amber',
        }),
      ),
    duty,
  };
}
