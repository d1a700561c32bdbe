import { type Day, dayInWords, daysBetween } from '../../../../kernel/day.ts';
import type { DocumentSays } from '../../../letters/form.ts';
import { type Attendee, type Commitment, type Pressure, pressureWords } from '../../pressure.ts';
import type { pressureForms } from '../../pressure-documents.ts';
import type { GroundItem } from '../../pressure-rule.ts';
import type { GroundRow } from './store.ts';

type Says<K extends keyof typeof pressureForms> = DocumentSays<(typeof pressureForms)[K]['blanks']>;

/** A letter names so many items one by one; the rest is in the ledger. */
const NAMED = 12;

const paragraphs = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
const ended = (text: string): string => (/[。！？；]$/.test(text) ? text : `${text}。`);
const numbered = (lines: readonly string[]): string[] =>
  lines.length === 1 ? lines.map(ended) : lines.map((line, at) => `${at + 1}.${ended(line)}`);

function itemLine(item: GroundItem, day: Day): string {
  const late = daysBetween(item.on, day);
  switch (item.kind) {
    case 'problem':
    case 'task':
      return `${item.number}“${item.title}”，时限${dayInWords(item.on)}${late > 0 ? `，已逾期${late}天` : ''}`;
    case 'filing':
      return `${item.title}，应于${dayInWords(item.on)}报送`;
    case 'accident':
      return `${item.title}，${item.count}起`;
  }
}

/** The items of a ground, one paragraph each; null where there are none, so that their heading falls away. */
function listed(items: readonly GroundItem[], day: Day, total: number): string[] | null {
  if (items.length === 0) return null;
  const shown = items
    .slice(0, NAMED)
    .map((item, at) => `${items.length > 1 ? `${at + 1}.` : '涉及事项：'}${itemLine(item, day)}。`);
  const rest = Math.max(total, items.length) - Math.min(items.length, NAMED);
  return rest > 0 ? [...shown, `其余${rest}件见系统台账。`] : shown;
}

/** What the ground says, and what the proposer added to it. */
function causes(one: Pressure, ground: GroundRow | undefined): string[] {
  const found = ground?.rule ? ground.says : [];
  const reason = paragraphs(one.reason).map(ended);
  const known = new Set(found);
  return [...found, ...reason.filter((line) => !known.has(line))];
}

const common = (one: Pressure, ground: GroundRow | undefined, items: readonly GroundItem[], copies: string | null) => ({
  事项名称: one.matter,
  主送单位: one.addressee,
  抄送单位: copies,
  措施编号: one.number,
  缘由: causes(one, ground),
  事项清单: listed(items, ground?.day ?? one.suggestedOn, ground?.figure ?? 0),
  要求: numbered(one.demands),
});

export const letterSays = (
  one: Pressure,
  ground: GroundRow | undefined,
  items: readonly GroundItem[],
  copies: string | null,
  replyDueOn: Day,
): Says<'reminder'> => ({ ...common(one, ground, items, copies), 回复时限: replyDueOn });

export const organSays = (
  one: Pressure,
  ground: GroundRow | undefined,
  items: readonly GroundItem[],
  copies: string | null,
  replyDueOn: Day,
): Says<'transfer'> => ({ ...letterSays(one, ground, items, copies, replyDueOn), 有关单位: one.unitName });

export const interviewSays = (
  one: Pressure,
  ground: GroundRow | undefined,
  items: readonly GroundItem[],
  copies: string | null,
  meeting: { readonly on: Day; readonly at: string; readonly place: string; readonly host: string },
): Says<'interview'> => ({
  ...common(one, ground, items, copies),
  约谈日期: meeting.on,
  约谈时间: meeting.at,
  约谈地点: meeting.place,
  主持人: meeting.host,
});

export const circularSays = (
  one: Pressure,
  ground: GroundRow | undefined,
  items: readonly GroundItem[],
  copies: string | null,
): Says<'circular'> => ({ ...common(one, ground, items, copies), 被通报单位: one.unitName });

export const minutesSays = (
  one: Pressure,
  held: {
    readonly on: Day;
    readonly attendees: readonly Attendee[];
    readonly text: string;
    readonly promised: readonly Commitment[];
  },
): Says<'minutes'> => ({
  抄送单位: null,
  事项名称: one.matter,
  措施编号: one.number,
  约谈文号: one.documentNumber ?? one.number,
  被约谈单位: one.unitName,
  约谈日期: held.on,
  约谈时间: one.meetAt ?? '',
  约谈地点: one.meetPlace ?? '',
  主持人: one.meetHost ?? '',
  人员: held.attendees.map((each, at) => ({
    序号: at + 1,
    姓名: each.name,
    单位: each.unitName,
    职务: each.post,
    身份: each.as === 'host' ? '约谈方' : '被约谈方',
  })),
  纪要: paragraphs(held.text),
  承诺:
    held.promised.length === 0
      ? ['被约谈单位应当按照约谈要求提交书面整改措施和承诺。']
      : numbered(held.promised.map((each) => `${each.text.replace(/[。；]$/, '')}，于${dayInWords(each.dueOn)}前完成`)),
});

export const remindingSays = (one: Pressure, day: Day, copies: string | null): Says<'reminding'> => ({
  抄送单位: copies,
  事项名称: one.matter,
  主送单位: one.addressee,
  原文号: one.documentNumber ?? one.number,
  送达日期: one.servedOn ?? day,
  回复时限: one.replyDueOn ?? day,
  逾期天数: one.replyDueOn === null ? 0 : Math.max(0, daysBetween(one.replyDueOn, day)),
});

export const liftingSays = (one: Pressure, opinion: string): Says<'lifting'> => ({
  抄送单位: null,
  事项名称: one.matter,
  主送单位: one.addressee,
  原文号: one.documentNumber ?? one.number,
  措施名称: pressureWords[one.kind],
  解除意见: paragraphs(opinion).map(ended),
});
