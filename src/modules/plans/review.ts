import { parseDay } from '../../kernel/day.ts';
import { notNow, notValid } from '../../kernel/refusal.ts';
import { draftsTouched, type Operation } from './operation.ts';
import type { Draft, DraftEvent, DraftStage, ReviewDoubt, Sheet } from './plan.ts';
import { settlementSays } from './settle.ts';
import { joinLines, lineFromSpan, mentionsFrom, splitLine } from './wording.ts';

/** The part of a review that an operation touches, loaded beforehand. */
export interface Seen {
  readonly text: string;
  readonly sheet: Sheet;
  readonly drafts: readonly Draft[];
  readonly doubts: readonly ReviewDoubt[];
  /** The version that the page showed when the person decided. */
  readonly version: number;
  /** A new id for a line. */
  readonly newId: () => string;
}

/** What an operation changes: each list holds whole records, so that the step can be undone. */
export interface Change {
  readonly says: string;
  readonly before: {
    readonly drafts: readonly Draft[];
    readonly doubts: readonly ReviewDoubt[];
    readonly sheet?: Sheet;
  };
  readonly after: {
    readonly drafts: readonly Draft[];
    readonly doubts: readonly ReviewDoubt[];
    readonly sheet?: Sheet;
  };
}

const nameOf = (draft: Draft): string => `「${draft.number === '' ? draft.title.slice(0, 16) : draft.number}」`;

const several = (drafts: readonly Draft[]): string => {
  const [first] = drafts;
  return first === undefined ? '0条' : drafts.length === 1 ? nameOf(first) : `${drafts.length}条任务`;
};

function pick(seen: Seen, ids: readonly string[]): readonly Draft[] {
  const byId = new Map(seen.drafts.map((draft) => [draft.id, draft]));
  return [...new Set(ids)].map((id) => {
    const draft = byId.get(id);
    if (!draft) throw notNow('这条任务已经不在清单里（可能刚被别人合并），请看最新的清单。');
    if (draft.version > seen.version) {
      throw notNow(`${nameOf(draft)}在您打开之后已被别人改动，您的这一步没有保存。请看最新内容后再改。`, {
        draft: draft.id,
      });
    }
    return draft;
  });
}

const one = (seen: Seen, id: string): Draft => pick(seen, [id])[0] as Draft;

const change = (says: string, before: readonly Draft[], after: readonly Draft[]): Change => ({
  says,
  before: { drafts: before, doubts: [] },
  after: { drafts: after, doubts: [] },
});

const onSheet = (says: string, seen: Seen, sheet: Sheet): Change => ({
  says,
  before: { drafts: [], doubts: [], sheet: seen.sheet },
  after: { drafts: [], doubts: [], sheet },
});

function checkDay(text: string | null | undefined, where: string): void {
  if (text !== null && text !== undefined && parseDay(text) === null) {
    throw notValid(`「${text}」不是有效的日期，请按 2026-06-30 的样子填写。`, [{ where, says: '日期不对' }]);
  }
}

function checkText(text: string | undefined, where: string, longest: number): void {
  if (text === undefined) return;
  if (text.trim() === '') throw notValid(`${where}不能为空。`, [{ where, says: '不能为空' }]);
  if (text.length > longest) throw notValid(`${where}太长，最多${longest}字。`, [{ where, says: '太长' }]);
}

/**
 * Works out one operation without touching anything: the records before and after, and the sentence for the history.
 * Throws a Refusal when a line was changed by somebody else meanwhile or when the request makes no sense.
 */
export function apply(operation: Operation, seen: Seen): Change {
  switch (operation.do) {
    case 'edit': {
      const draft = one(seen, operation.draft);
      checkText(operation.title, '标题', 500);
      checkText(operation.text, '任务内容', 20_000);
      return change(
        `修改${nameOf(draft)}的文字`,
        [draft],
        [
          {
            ...draft,
            title: operation.title?.trim() ?? draft.title,
            text: operation.text?.trim() ?? draft.text,
            number: operation.number?.trim() ?? draft.number,
            path: operation.path ?? draft.path,
          },
        ],
      );
    }
    case 'setUnits': {
      const drafts = pick(seen, operation.drafts);
      const after = drafts.map((draft) => ({
        ...draft,
        lead: operation.lead ? mentionsFrom(operation.lead, draft) : draft.lead,
        responsible: operation.responsible ? mentionsFrom(operation.responsible, draft) : draft.responsible,
        territorial: operation.territorial ? mentionsFrom(operation.territorial, draft) : draft.territorial,
      }));
      return change(`修改${several(drafts)}的单位`, drafts, after);
    }
    case 'setDeadlines': {
      const drafts = pick(seen, operation.drafts);
      for (const deadline of operation.deadlines) {
        checkDay(deadline.date, '完成时限');
        checkDay(deadline.from, '起始日期');
        if (deadline.event && !seen.sheet.events.some((event) => event.key === deadline.event)) {
          throw notValid('时限所系的事件不在本方案的事件表里，请先在「阶段与事件」中添加。');
        }
      }
      return change(
        `设定${several(drafts)}的完成时限`,
        drafts,
        drafts.map((draft) => ({ ...draft, deadlines: operation.deadlines })),
      );
    }
    case 'setQuotas': {
      const draft = one(seen, operation.draft);
      if (operation.quotas.some((quota) => !Number.isInteger(quota.count) || quota.count < 1)) {
        throw notValid('次数须是大于0的整数。', [{ where: '频次', says: '次数不对' }]);
      }
      return change(`设定${nameOf(draft)}的频次要求`, [draft], [{ ...draft, quotas: operation.quotas }]);
    }
    case 'setPerson': {
      const drafts = pick(seen, operation.drafts);
      const says = operation.person
        ? `为${several(drafts)}指定责任人${operation.person.name}`
        : `清除${several(drafts)}的责任人`;
      return change(
        says,
        drafts,
        drafts.map((draft) => ({ ...draft, person: operation.person })),
      );
    }
    case 'setStage': {
      const drafts = pick(seen, operation.drafts);
      const stage = seen.sheet.stages.find((each) => each.key === operation.stage);
      if (operation.stage !== null && !stage) throw notValid('没有这个阶段，请刷新后重选。');
      const says = stage ? `把${several(drafts)}归入「${stage.name}」` : `把${several(drafts)}移出阶段`;
      return change(
        says,
        drafts,
        drafts.map((draft) => ({ ...draft, stage: operation.stage })),
      );
    }
    case 'split':
      return split(seen, operation.draft, operation.at);
    case 'merge':
      return merge(seen, operation.drafts);
    case 'discard': {
      const drafts = pick(seen, operation.drafts).filter((draft) => draft.discarded === null);
      const reason = operation.reason.trim();
      if (reason === '')
        throw notValid('请写明不作为任务的原因，日后有人问起时查得到。', [{ where: '原因', says: '必填' }]);
      if (drafts.length === 0) throw notNow('所选的任务已经都舍去了。');
      return change(
        `舍去${several(drafts)}：${reason}`,
        drafts,
        drafts.map((draft) => ({ ...draft, discarded: reason })),
      );
    }
    case 'restore': {
      const drafts = pick(seen, operation.drafts).filter((draft) => draft.discarded !== null);
      if (drafts.length === 0) throw notNow('所选的任务都没有舍去，无需恢复。');
      return change(
        `恢复${several(drafts)}`,
        drafts,
        drafts.map((draft) => ({ ...draft, discarded: null })),
      );
    }
    case 'add': {
      const draft = lineFromSpan(seen, operation.span, operation.after);
      return change(`从原文新增任务「${draft.title.slice(0, 16)}」`, [], [draft]);
    }
    case 'append': {
      const draft = one(seen, operation.draft);
      const { start, end } = operation.span;
      const words = seen.text.slice(start, end).trim();
      if (words === '') throw notValid('请先在原文中选中要并入的文字。');
      const after = {
        ...draft,
        text: start < draft.source.start ? `${words}\n${draft.text}` : `${draft.text}\n${words}`,
        source: { start: Math.min(start, draft.source.start), end: Math.max(end, draft.source.end) },
      };
      return change(`把选中的原文并入${nameOf(draft)}`, [draft], [after]);
    }
    case 'confirmLeads': {
      const drafts = pick(seen, draftsTouched(operation) as readonly string[]);
      const unitOf = new Map(operation.leads.map((each) => [each.draft, each.unit]));
      const after = drafts.map((draft) => {
        const unit = unitOf.get(draft.id) ?? '';
        checkText(unit, '牵头单位', 100);
        return {
          ...draft,
          lead: mentionsFrom([unit], draft),
          responsible: draft.responsible.filter((mention) => mention.text !== unit),
          territorial: draft.territorial.filter((mention) => mention.text !== unit),
        };
      });
      return change(`确认${several(drafts)}的牵头单位`, drafts, after);
    }
    case 'settleDoubts':
      return onDoubts(seen, operation.doubts, settlementSays(operation.settlement, operation.note));
    case 'reopenDoubt':
      return onDoubts(seen, [operation.doubt], null);
    case 'settleMention': {
      const { text, draft, target } = operation;
      const others = seen.sheet.settled.filter((each) => each.text !== text || each.draft !== draft);
      const settled = target === null ? others : [...others, { text, draft, target }];
      const whom = target === null ? '撤销对应' : target.kind === 'nobody' ? '不是单位，略去' : `即「${target.name}」`;
      return onSheet(`单位名称「${text}」${whom}`, seen, { ...seen.sheet, settled });
    }
    case 'setStages':
      return setStages(seen, operation.stages);
    case 'setEvents':
      return setEvents(seen, operation.events);
    case 'setHead': {
      checkText(operation.title, '方案名称', 300);
      checkDay(operation.issuedOn, '印发日期');
      const { do: _, ...head } = operation;
      return onSheet('修改方案的名称、文号等', seen, { ...seen.sheet, ...head, title: head.title.trim() });
    }
  }
}

function onDoubts(seen: Seen, ids: readonly string[], settled: string | null): Change {
  const wanted = new Set(ids);
  const doubts = seen.doubts.filter((each) => wanted.has(each.id));
  const [first] = doubts;
  if (!first || doubts.length !== wanted.size) throw notNow('有的疑问已经不在清单里，请刷新。');
  const taken = doubts.find((each) => each.version > seen.version);
  if (taken) throw notNow(`疑问「${taken.message.slice(0, 30)}」刚被别人处理过：${taken.settled ?? '已重新打开'}。`);
  const which = doubts.length === 1 ? first.message.slice(0, 40) : `${doubts.length}处`;
  return {
    says: settled === null ? `重新打开疑问：${which}` : `处理疑问（${settled}）：${which}`,
    before: { drafts: [], doubts },
    after: { drafts: [], doubts: doubts.map((each) => ({ ...each, settled })) },
  };
}

function split(seen: Seen, id: string, at: number): Change {
  const draft = one(seen, id);
  const [first, second] = splitLine(draft, seen.text, at, seen.newId());
  const next = seen.drafts
    .filter((each) => each.position > draft.position)
    .reduce((least, each) => Math.min(least, each.position), draft.position + 1);
  return change(`把${nameOf(draft)}拆成两条`, [draft], [first, { ...second, position: (draft.position + next) / 2 }]);
}

function merge(seen: Seen, ids: readonly string[]): Change {
  const drafts = [...pick(seen, ids)].sort((a, b) => a.position - b.position);
  const [first, ...rest] = drafts;
  const last = rest.at(-1);
  if (!first || !last) throw notValid('请至少选中两条任务再合并。');
  if (drafts.some((draft) => draft.discarded !== null)) throw notNow('所选任务中有已舍去的，请先恢复再合并。');
  const between = seen.drafts.filter(
    (each) => each.discarded === null && each.position > first.position && each.position < last.position,
  );
  if (between.length !== drafts.length - 2) throw notValid('只能合并相邻的任务：所选任务之间还有别的任务。');
  const merged = rest.reduce(joinLines, first);
  const gone = rest.map((draft) => ({ ...draft, discarded: `已并入${nameOf(first)}` }));
  return change(`把${drafts.map(nameOf).join('、')}合并为一条`, drafts, [merged, ...gone]);
}

function setStages(seen: Seen, stages: readonly DraftStage[]): Change {
  const keys = new Set(stages.map((stage) => stage.key));
  if (keys.size !== stages.length) throw notValid('阶段的编号重复，请刷新后再试。');
  for (const stage of stages) {
    checkText(stage.name, '阶段名称', 200);
    checkDay(stage.from, `「${stage.name}」的开始日期`);
    checkDay(stage.to, `「${stage.name}」的结束日期`);
    if (stage.from && stage.to && stage.from > stage.to) {
      throw notValid(`阶段「${stage.name}」的开始日期晚于结束日期，请改正。`);
    }
  }
  const orphans = seen.drafts.filter((draft) => draft.stage !== null && !keys.has(draft.stage));
  return {
    says: '修改阶段表',
    before: { drafts: orphans, doubts: [], sheet: seen.sheet },
    after: {
      drafts: orphans.map((draft) => ({ ...draft, stage: null })),
      doubts: [],
      sheet: { ...seen.sheet, stages },
    },
  };
}

function setEvents(seen: Seen, events: readonly DraftEvent[]): Change {
  for (const event of events) {
    checkText(event.name, '事件名称', 200);
    checkDay(event.date, `「${event.name}」的日期`);
  }
  const keys = new Set(events.map((event) => event.key));
  const used = seen.drafts.find((draft) => draft.deadlines.some((each) => each.event && !keys.has(each.event)));
  if (used) throw notValid(`${nameOf(used)}的时限系于要删除的事件，请先改它的时限。`);
  return onSheet('修改事件表', seen, { ...seen.sheet, events });
}
