import { addDays, type Day } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import type { DocumentSays } from '../../letters/form.ts';
import type { Letterhead } from '../../letters/server/door.ts';
import { unitsByIds } from '../../units/server/door.ts';
import type { listingForms } from '../documents.ts';
import type { Acceptance } from '../listing.ts';
import type { Loaded } from './step.ts';

type Says<K extends keyof typeof listingForms> = DocumentSays<(typeof listingForms)[K]['blanks']>;

const paragraphs = (text: string): string[] => {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.length > 0 ? lines : ['（未填写）'];
};
const line = (text: string): string => text.replace(/\s*\r?\n\s*/g, '；').trim();

/** What several documents say about a listing and its problem; names of units are the full ones. */
export async function backgroundOf(act: Act, { listing, problem, setting }: Loaded, head: Letterhead) {
  const wanted = [problem.leadUnitId, ...(problem.supervisingUnitId ? [problem.supervisingUnitId] : [])];
  const units = new Map(
    (await unitsByIds(act.db, act.actor.jurisdiction, wanted)).map((unit) => [unit.id as string, unit.name]),
  );
  const lead = units.get(problem.leadUnitId) ?? '';
  const supervisor = problem.supervisingUnitId ? (units.get(problem.supervisingUnitId) ?? head.issuer) : head.issuer;
  const subject = problem.subject ?? problem.place.address ?? lead;
  const level = setting.levels.find((one) => one.code === listing.level)?.name ?? listing.level;
  return { lead, supervisor, subject, level, place: problem.place.address ?? subject };
}
export type Background = Awaited<ReturnType<typeof backgroundOf>>;

/** By what it was judged to be major. */
function groundsOfGrade({ problem }: Loaded): string {
  const { judgement } = problem;
  if (judgement === null) return '现场检查认定';
  const clauses = judgement.clauses.map((one) => one.code).join('、');
  if (clauses === '') return line(judgement.reason) || '现场检查认定';
  return `《${judgement.criteriaName ?? '判定标准'}》${judgement.criteriaVersion ? `（${judgement.criteriaVersion}）` : ''}：${clauses}`;
}

export function noticeWords(
  loaded: Loaded,
  of: Background,
  day: Day,
  to: { readonly addressee: string; readonly copies: string | null },
): Says<'notice'> {
  const { listing, problem, setting } = loaded;
  return {
    事项名称: listing.matter,
    挂牌编号: listing.number,
    隐患单位: of.subject,
    责任单位: of.lead,
    主送单位: to.addressee,
    抄送单位: to.copies,
    督办级别: of.level,
    隐患地点: of.place,
    行业领域: problem.sector ?? '未分类',
    隐患情况: paragraphs(problem.text),
    判定依据: groundsOfGrade(loaded),
    督办单位: of.supervisor,
    整改要求: listing.requirements.map((内容, at) => ({ 序号: at + 1, 内容: line(内容) })),
    报送方案时限: addDays(day, setting.limits.planDays),
    整改时限: problem.dueOn,
    验收天数: setting.limits.acceptanceDays,
  };
}

export const announcementWords = (
  { listing, problem }: Loaded,
  of: Background,
  head: Letterhead,
): Says<'announcement'> => ({
  事项名称: listing.matter,
  督办级别: of.level,
  事项: [
    {
      序号: 1,
      单位: of.subject,
      地点: of.place,
      隐患: line(problem.title),
      责任单位: of.lead,
      督办单位: of.supervisor,
      时限: problem.dueOn,
    },
  ],
  监督电话: head.hotline ?? null,
});

export const acceptanceWords = (
  { listing }: Loaded,
  of: Background,
  held: Omit<Acceptance, 'id'>,
): Says<'acceptance'> => ({
  事项名称: listing.matter,
  挂牌编号: listing.number,
  挂牌文号: listing.noticeNumber ?? '',
  隐患单位: of.subject,
  责任单位: of.lead,
  申请日期: held.appliedOn,
  验收日期: held.heldOn,
  验收地点: held.place,
  人员: held.people.map((one, at) => ({
    序号: at + 1,
    姓名: one.name,
    单位: one.unitName,
    职务: one.post,
    身份: one.as === 'expert' ? '专家' : '验收人员',
  })),
  检查: held.checks.map((one, at) => ({ 序号: at + 1, 要求: line(one.requirement), 情况: line(one.finding) })),
  验收结论: held.passed ? '通过' : '不通过',
  验收意见: paragraphs(held.opinion),
  重新整改时限: held.retryOn,
});

export const delistingWords = ({ listing, problem }: Loaded, of: Background, day: Day): Says<'delisting'> => ({
  事项名称: listing.matter,
  督办级别: of.level,
  事项: [
    {
      序号: 1,
      单位: of.subject,
      隐患: line(problem.title),
      责任单位: of.lead,
      挂牌文号: listing.noticeNumber ?? '',
      挂牌日期: listing.listedOn ?? day,
      验收日期: listing.acceptedOn ?? day,
    },
  ],
});

export const letterWords = (
  loaded: Loaded,
  of: Background,
  letter: {
    readonly addressee: string;
    readonly copies: string | null;
    readonly grounds: readonly string[];
    readonly demands: readonly string[];
    readonly replyOn: Day;
  },
): Says<'letter'> => ({
  事项名称: loaded.listing.matter,
  挂牌编号: loaded.listing.number,
  挂牌文号: loaded.listing.noticeNumber ?? '',
  隐患单位: of.subject,
  责任单位: of.lead,
  主送单位: letter.addressee,
  抄送单位: letter.copies,
  整改时限: loaded.problem.dueOn,
  督办缘由: [...letter.grounds],
  督办要求: letter.demands.map((one, at) => (letter.demands.length > 1 ? `${at + 1}.${one}` : one)),
  回复时限: letter.replyOn,
});

/** What is left out of a form: nothing, not an empty text. */
export const orNull = (text: string | null | undefined): string | null => (text ?? '').trim() || null;
