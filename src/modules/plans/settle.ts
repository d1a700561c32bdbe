import { notValid } from '../../kernel/refusal.ts';
import type { Operation } from './operation.ts';
import type { Draft, DraftDeadline, ReviewDoubt, Sheet } from './plan.ts';

/** What a person can decide about a doubt with one click, and what it writes into the history. */
export const settlements = {
  asWritten: '已核对，按原文执行',
  corrected: '已在任务中改正',
  askIssuer: '已请起草单位核实，以答复为准',
  annexLater: '附件另行印发',
  annexNotNeeded: '附件不影响任务分解',
  yearEnd: '完成时限按当年年底',
  planEnd: '完成时限按最后阶段的期限',
  longTerm: '长期坚持，不设时限',
  office: '由本办牵头',
  left: '不作为任务',
  other: '另行说明',
} as const;
export type Settlement = keyof typeof settlements;

/** The sentence of a decision. Throws a Refusal when it is unknown, or 另行说明 comes without words. */
export function settlementSays(settlement: string, note?: string): string {
  if (!Object.hasOwn(settlements, settlement)) throw notValid('没有这种处理办法，请刷新后重选。');
  const words = note?.trim() ?? '';
  if (settlement === 'other' && words === '') throw notValid('请写明怎样处理。', [{ where: '说明', says: '必填' }]);
  const says = settlements[settlement as Settlement];
  return settlement === 'other' ? words : words === '' ? says : `${says}：${words}`;
}

export interface Offer {
  readonly settlement: Settlement;
  readonly label: string;
  /** All that one click does, the note on the doubt included. */
  readonly operations: readonly Operation[];
}

const yearOfPlan = (sheet: Sheet): string | null =>
  /(20\d\d)/.exec(sheet.title)?.[1] ?? sheet.issuedOn?.slice(0, 4) ?? null;

/**
 * What is offered for doubts of one kind, the likeliest first; one click settles them all. The kinds are the reader's;
 * an unknown kind gets the general offers. `office` is the name of the committee office, which may take what nobody is
 * named for. `drafts` are the kept lines in which the doubts lie.
 */
export function offersFor(
  kind: string,
  doubts: readonly ReviewDoubt[],
  drafts: readonly Draft[],
  sheet: Sheet,
  office: string | null,
): readonly Offer[] {
  const offer = (settlement: Settlement, ...operations: readonly Operation[]): Offer => ({
    settlement,
    label: settlements[settlement],
    operations: [...operations, { do: 'settleDoubts', doubts: doubts.map((each) => each.id), settlement }],
  });
  const lines = drafts.map((draft) => draft.id);
  const dated = (deadline: DraftDeadline): Operation => ({ do: 'setDeadlines', drafts: lines, deadlines: [deadline] });
  const general = [offer('asWritten'), offer('corrected'), offer('askIssuer')];
  if (kind === 'absent-annex') return [offer('annexLater'), offer('annexNotNeeded'), offer('askIssuer')];
  if (kind === 'no-deadline' && lines.length > 0 && drafts.every((draft) => draft.deadlines.length === 0)) {
    const year = yearOfPlan(sheet);
    const last = sheet.stages
      .map((stage) => stage.to)
      .filter((to) => to !== null)
      .sort()
      .at(-1);
    return [
      ...(year
        ? [offer('yearEnd', dated({ text: `${year}年底前`, kind: 'date', date: `${year}-12-31`, source: null }))]
        : []),
      ...(last ? [offer('planEnd', dated({ text: '最后阶段结束前', kind: 'date', date: last, source: null }))] : []),
      offer('longTerm', dated({ text: '长期坚持', kind: 'open', date: null, source: null })),
      offer('asWritten'),
    ];
  }
  if (kind === 'no-unit' && lines.length > 0) {
    return [
      ...(office ? [offer('office', { do: 'setUnits', drafts: lines, lead: [office] })] : []),
      offer('left', { do: 'discard', drafts: lines, reason: '原文未明确责任单位，不作为任务' }),
      ...general,
    ];
  }
  return general;
}

/** How the kinds of the reader are called on the page. */
export const doubtKinds: Readonly<Record<string, string>> = {
  'absent-annex': '附件缺失',
  'no-unit': '没有责任单位',
  'no-deadline': '没有完成时限',
  'deadline-before-issue': '时限早于印发日期',
  'deadline-outside-stage': '时限不在阶段之内',
  'count-mismatch': '数目与列举不符',
  'unfinished-unit': '单位名称不完整',
  'odd-unit': '不像单位名称',
  'two-spellings': '同一单位两种写法',
};
