import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { attendanceOf } from '../meeting.ts';
import type { Attendee } from '../shapes.ts';
import type { Done, Seen } from './cases.ts';
import { dayIn, filesOf, namesOf } from './from-form.ts';
import { meetings } from './kinds.ts';
import { decide, unitsOfMeeting } from './plan-meeting.ts';

/** 登记召开: the day on which it took place, and how everybody who was asked came. */
export async function hold(
  act: Act,
  input: Seen & {
    readonly heldOn: string;
    readonly place: string;
    readonly chair: string;
    readonly attendees: readonly Attendee[];
    readonly fileIds?: readonly string[];
  },
): Promise<Done> {
  const one = await meetings.load(act, input);
  const heldOn = dayIn(input.heldOn, 'body.heldOn');
  const names = await namesOf(
    act,
    input.attendees.map((person) => person.unitId),
    'body.attendees',
  );
  const attendees = input.attendees.map((person) => ({
    ...person,
    unitName: person.unitId === null ? person.unitName.trim() : (names.get(person.unitId) ?? person.unitName),
    note: person.note.trim(),
  }));
  const fileIds = await filesOf(act, meetings.kind, one.id, input.fileIds);
  const state = decide(act, one, 'hold', { heldOn, chair: input.chair, attendees });
  const { asked, came, leave, absent } = attendanceOf(attendees);
  const body = {
    heldOn,
    registeredOn: act.day,
    place: input.place.trim() || one.body.place,
    chair: input.chair.trim(),
    attendees,
    fileIds: [...one.body.fileIds, ...fileIds],
  };
  return meetings.save(
    act,
    one,
    { state, on: heldOn, units: unitsOfMeeting({ ...one.body, ...body }), body },
    {
      kind: 'meeting.held',
      says: `${who(act)}登记会议于${heldOn}召开，${body.chair}主持，应到${asked}人，实到${came}人，请假${leave}人，缺席${absent}人`,
      data: { heldOn },
    },
  );
}
