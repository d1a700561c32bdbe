import type { Day } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { issueDocument, letterheadOf } from '../../letters/server/door.ts';
import { meetingForms } from '../documents.ts';
import type { Done, Seen } from './cases.ts';
import { meetings } from './kinds.ts';
import { decide } from './plan-meeting.ts';

/** Names without repeats, joined as official documents do. */
export const listed = (names: readonly string[]): string => [...new Set(names.filter((one) => one !== ''))].join('，');

/** 印发会议通知: a numbered document with day, place, agenda and who is asked to come. */
export async function sendNotice(act: Act, input: Seen & { readonly copies?: string }): Promise<Done> {
  const one = await meetings.load(act, input);
  const state = decide(act, one, 'sendNotice', {});
  const { body } = one;
  const head = await letterheadOf(act.db, act.actor.jurisdiction);
  const issued = await issueDocument(
    act,
    head,
    { kind: meetings.kind, id: one.id, title: body.name },
    meetingForms.notice,
    {
      会议名称: body.name,
      主送单位: listed(body.attendees.map((person) => person.unitName)),
      会议日期: one.on,
      会议时间: body.time,
      会议地点: body.place,
      主持人: body.chair || body.convener,
      议题: body.agenda.map((topic, at) => ({ 序号: at + 1, 内容: topic.text, 汇报单位: topic.reporter || null })),
      参会人员: body.attendees.map((person, at) => ({
        序号: at + 1,
        单位: person.unitName,
        姓名: person.name || '—',
        职务: person.post || '—',
      })),
      抄送单位: (input.copies ?? '').trim() || null,
    },
  );
  return meetings.save(
    act,
    one,
    { state, body: { noticeNumber: issued.number } },
    {
      kind: 'meeting.noticed',
      says: `${who(act)}印发会议通知${issued.number}，定于${one.on as Day} ${body.time}在${body.place}召开`,
      data: { document: issued.number },
    },
  );
}
