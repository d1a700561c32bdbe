import { notValid } from '../../kernel/refusal.ts';
import type { Operation } from './operation.ts';
import type { Draft, ReviewDoubt, Sheet } from './plan.ts';

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
export function settleDoubt(_doubt: ReviewDoubt, settlement: string, note?: string): string {
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
 * What is offered for a doubt, the likeliest first. The kinds are the reader's; an unknown kind gets the general offers.
 * `office` is the name of the committee office, which may take what nobody is named for.
 */
export function offersFor(
  doubt: ReviewDoubt,
  draft: Draft | null,
  sheet: Sheet,
  office: string | null,
): readonly Offer[] {
  const offer = (settlement: Settlement, ...operations: readonly Operation[]): Offer => ({
    settlement,
    label: settlements[settlement],
    operations: [...operations, { do: 'settleDoubt', doubt: doubt.id, settlement }],
  });
  const lines = draft ? [draft.id] : [];
  const dated = (text: string, date: string): Operation => ({
    do: 'setDeadlines',
    drafts: lines,
    deadlines: [...(draft?.deadlines ?? []), { text, kind: 'date', date, source: null }],
  });
  const general = [offer('asWritten'), offer('corrected'), offer('askIssuer')];
  const about = `${doubt.kind} ${doubt.message}`;
  if (/annex|附件/i.test(about)) return [offer('annexLater'), offer('annexNotNeeded'), offer('askIssuer')];
  if (draft && /(no|without|missing)-?(deadline|time)|没有(完成)?时限|未(写明|明确|规定).{0,4}时限/i.test(about)) {
    const year = yearOfPlan(sheet);
    const last = sheet.stages
      .map((stage) => stage.to)
      .filter((to) => to !== null)
      .sort()
      .at(-1);
    return [
      ...(year ? [offer('yearEnd', dated(`${year}年底前`, `${year}-12-31`))] : []),
      ...(last ? [offer('planEnd', dated(`${last}前`, last))] : []),
      offer('longTerm', {
        do: 'setDeadlines',
        drafts: lines,
        deadlines: [...draft.deadlines, { text: '长期坚持', kind: 'open', date: null, source: null }],
      }),
      offer('asWritten'),
    ];
  }
  if (draft && /(no|without|missing)-?(unit|responsible)|没有.{0,4}单位|未(写明|明确).{0,4}单位/i.test(about)) {
    return [
      ...(office ? [offer('office', { do: 'setUnits', drafts: lines, lead: [office] })] : []),
      offer('left', { do: 'discard', drafts: lines, reason: '原文未明确责任单位，不作为任务' }),
      ...general,
    ];
  }
  return general;
}
