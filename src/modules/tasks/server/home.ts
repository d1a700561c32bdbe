import { hasRole } from '../../../kernel/actor.ts';
import { addDays } from '../../../kernel/day.ts';
import { ownJurisdiction, type Scope } from '../../../kernel/scope.ts';
import type { Reading } from '../../../platform/act.ts';
import { linesOf } from './lines.ts';
import type { Filters } from './store-filters.ts';
import { type HomeKey, homeRows } from './store-home.ts';

/** One group of tasks: what is asked about the open tasks of the actor's government. */
export interface Group {
  readonly key: string;
  readonly title: string;
  readonly hint: string;
  /** Filters of the list that shows the same; where no filter can say it, a question of its own. */
  readonly ask: Filters | HomeKey;
}

const SHOWN = 8;

/** What awaits whom, most urgent first. */
function groupsFor(reading: Reading): Group[] {
  const { actor, day } = reading;
  const unit = actor.unitId;
  const works = unit !== null && hasRole(actor, 'clerk', 'unitLeader');
  const lead = unit === null ? [] : [unit];
  const groups: Group[] = [];
  if (works) {
    groups.push(
      {
        key: 'overdue',
        title: '已经逾期',
        hint: '逾期时间最长的在前，请尽快办理并提交',
        ask: { leadUnit: lead, lamp: ['red'] },
      },
      { key: 'sentBack', title: '被退回', hint: '核查后退回，请按意见补办后重新提交', ask: 'sentBack' },
      {
        key: 'toReceive',
        title: '待签收',
        hint: '请签收；认为不属于本单位的，可以提出异议',
        ask: { leadUnit: lead, state: ['toReceive'] },
      },
      { key: 'near', title: '临期或进度落后', hint: '按完成时限先后', ask: { leadUnit: lead, lamp: ['amber'] } },
      { key: 'short', title: '次数还不够', hint: '本期规定的次数还没有达到', ask: 'short' },
      { key: 'childChecks', title: '待我单位核查的分办任务', hint: '由本单位分办、对方已提交办结', ask: 'childChecks' },
      { key: 'coReceive', title: '待我单位作为配合单位签收', hint: '签收后请配合主办单位办理', ask: 'coReceive' },
      {
        key: 'noPerson',
        title: '还没有明确责任人',
        hint: '请写明每件任务的责任人',
        ask: { leadUnit: lead, person: 'missing', state: ['toReceive', 'underway'] },
      },
    );
  }
  if (hasRole(actor, 'officer')) {
    groups.push(
      { key: 'checks', title: '待核查', hint: '单位已提交办结，请核查后办结或退回', ask: { state: ['submitted'] } },
      { key: 'extensions', title: '待审批的延期', hint: '申请在先的在前', ask: 'extensions' },
      { key: 'disputes', title: '待裁定的异议', hint: '请裁定维持或改派', ask: { state: ['disputed'] } },
      { key: 'overdueAll', title: '已经逾期', hint: '逾期时间最长的在前', ask: { lamp: ['red'] } },
      { key: 'notReceived', title: '超过三天没有签收', hint: '请催促主办单位签收', ask: 'notReceived' },
      {
        key: 'dueSoon',
        title: '三天内到期',
        hint: '按完成时限先后',
        ask: { lamp: ['amber'], dueFrom: day, dueTo: addDays(day, 3) },
      },
      {
        key: 'undated',
        title: '时限待定',
        hint: '请逐件确定完成时限',
        ask: { deadline: 'missing', state: ['toReceive', 'underway'] },
      },
    );
  }
  if (hasRole(actor, 'leader')) {
    groups.push(
      { key: 'overdueAll', title: '已经逾期', hint: '逾期时间最长的在前', ask: { lamp: ['red'] } },
      { key: 'nearAll', title: '临期或进度落后', hint: '按完成时限先后', ask: { lamp: ['amber'] } },
    );
  }
  return groups.filter((group, at) => groups.findIndex((one) => one.key === group.key) === at);
}

const queryOf = (ask: Filters | HomeKey): Record<string, string[]> | null =>
  typeof ask === 'string'
    ? null
    : Object.fromEntries(
        Object.entries(ask).map(([name, value]) => [name, (Array.isArray(value) ? value : [value]) as string[]]),
      );

/** 待我处理: groups in the order of urgency, empty ones left out. */
export const home = (reading: Reading) => tasksInGroups(reading, groupsFor(reading));

/** The first open tasks of each group and how many it has, in one pass; empty groups are left out. For pages above. */
export async function tasksInGroups(reading: Reading, groups: readonly Group[]) {
  const scope: Scope = ownJurisdiction(reading.scope, reading.actor);
  const found = await homeRows(reading, scope, groups, SHOWN);
  const lines = await linesOf(reading.db, [...found.rows.values()], reading.day);
  const byId = new Map(lines.map((line) => [line.id, line]));
  return {
    today: reading.day,
    groups: groups.flatMap(({ ask, ...group }) => {
      const { total = 0, ids = [] } = found.groups.get(group.key) ?? {};
      if (total === 0) return [];
      return [
        { ...group, total, totalIsCapped: false, rows: ids.flatMap((id) => byId.get(id) ?? []), query: queryOf(ask) },
      ];
    }),
  };
}
