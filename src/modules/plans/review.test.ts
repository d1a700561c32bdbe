import { describe, expect, it } from 'vitest';
import { Refusal } from '../../kernel/refusal.ts';
import { gauge, openPoints, proposedLead, type Resolutions } from './completeness.ts';
import { punctuality } from './filing.ts';
import { indexLines, suggest } from './mapping.ts';
import { beginReview, eventName } from './plan.ts';
import { apply, type Seen } from './review.ts';
import { offersFor, settlementSays } from './settle.ts';
import { unitsOf } from './units-of-line.ts';

const text = '甲项工作。排查隐患，建立台账。\n乙项工作。开展宣传。\n丙项工作。总结经验。';
const mention = (word: string) => ({ text: word, source: { start: 0, end: 2 } });
const span = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
const line = (words: string, number: string, units: readonly string[]) => ({
  number,
  path: ['一、重点'],
  title: words.slice(0, 4),
  text: words,
  lead: [],
  responsible: units.map(mention),
  territorial: [],
  deadlines: [],
  quotas: [],
  targets: [],
  source: span(words),
});
const review = beginReview(
  {
    document: { title: '2026年要点', documentNumber: null, issuer: null, issuedOn: '2026-03-01', addressees: [] },
    stages: [],
    tasks: [
      line('甲项工作。排查隐患，建立台账。', '1', ['各镇', '甲局']),
      line('乙项工作。开展宣传。', '2', ['各镇']),
      line('丙项工作。总结经验。', '3', []),
    ],
    doubts: [{ kind: 'no-unit', message: '没有责任单位', source: span('丙项工作。总结经验。') }],
  },
  '文件名',
);
const known: Resolutions = {
  甲局: { kind: 'unit', unitId: 'u1', name: '甲局' },
  各镇: { kind: 'group', groupId: 'g1', name: '各镇', unitIds: ['u2', 'u3'] },
};
const seen = (version = 1): Seen => ({ text, ...review, version, newId: () => 'new' });
const says = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.says;
    throw error;
  }
  return '';
};

describe('校核的每一步', () => {
  it('在正文中间拆分，单位两边都保留，原文各占一段', () => {
    const at = text.indexOf('建立台账');
    const { after } = apply({ do: 'split', draft: 't1', at }, seen());
    expect(after.drafts.map((draft) => draft.text)).toEqual(['甲项工作。排查隐患，', '建立台账。']);
    expect(after.drafts[1]).toMatchObject({
      id: 'new',
      number: '1-2',
      responsible: [{ text: '各镇' }, { text: '甲局' }],
    });
    expect(after.drafts[1]?.position).toBeGreaterThan(1);
    expect(after.drafts[1]?.position).toBeLessThan(2);
  });

  it('不在这条任务的原文之内不能拆分', () => {
    expect(says(() => apply({ do: 'split', draft: 't1', at: 99 }, seen()))).toContain('原文之内');
  });

  it('只能合并相邻的任务，合并后单位不重复', () => {
    expect(says(() => apply({ do: 'merge', drafts: ['t1', 't3'] }, seen()))).toContain('相邻');
    const { after } = apply({ do: 'merge', drafts: ['t2', 't1'] }, seen());
    expect(after.drafts[0]?.responsible.map((each) => each.text)).toEqual(['各镇', '甲局']);
    expect(after.drafts[1]?.discarded).toContain('已并入');
  });

  it('舍去要写原因，恢复后如初', () => {
    expect(says(() => apply({ do: 'discard', drafts: ['t1'], reason: ' ' }, seen()))).toContain('原因');
    const { after } = apply({ do: 'discard', drafts: ['t1'], reason: '重复' }, seen());
    expect(after.drafts[0]?.discarded).toBe('重复');
  });

  it('别人后来改过的任务不被覆盖', () => {
    expect(says(() => apply({ do: 'edit', draft: 't1', title: '新' }, seen(0)))).toContain('已被别人改动');
  });

  it('从选中的原文新增任务，位置随原文', () => {
    const { after } = apply({ do: 'add', span: span('开展宣传。'), after: null }, seen());
    expect(after.drafts[0]).toMatchObject({ text: '开展宣传。', origin: 'added', position: 2.5 });
  });

  it('阶段的开始晚于结束不予保存', () => {
    const stage = {
      key: 's1',
      name: '一',
      text: '',
      from: '2026-05-01',
      to: '2026-04-01',
      fromEvent: null,
      toEvent: null,
      source: null,
    };
    expect(says(() => apply({ do: 'setStages', stages: [stage] }, seen()))).toContain('晚于');
  });
});

describe('未了事项', () => {
  const { sheet, drafts, doubts } = review;

  it('没有牵头单位时，拟由第一个具体单位牵头；只有一类单位时不拟', () => {
    expect(drafts.map((draft) => proposedLead(draft, sheet, known))).toEqual(['甲局', null, null]);
  });

  it('妨碍下达的和不妨碍的分开说明，读出的疑问不重复计', () => {
    const points = openPoints(drafts, doubts, sheet, known);
    expect(points.filter((point) => point.blocks).map((point) => [point.draft, point.kind])).toEqual([
      ['t1', 'leadProposed'],
      ['t2', 'noUnit'],
      ['t3', 'noUnit'],
    ]);
    expect(points.some((point) => point.kind === 'doubt')).toBe(false);
  });

  it('四要素逐项计数', () => {
    expect(gauge(drafts)).toEqual({ lines: 3, measure: 3, unit: 2, deadline: 0, person: 0 });
  });

  it('一类单位展开为成员，同一单位不重复', () => {
    const [draft] = drafts;
    if (!draft) throw new Error('no draft');
    const led = { ...draft, lead: [mention('甲局')] };
    expect(unitsOf(led, sheet, known)).toEqual({ lead: 'u1', responsible: ['u2', 'u3'], territorial: [] });
  });

  it('疑问的处理办法可以一键完成，另行说明须写明', () => {
    const offers = offersFor('no-unit', doubts, drafts.slice(2), sheet, '本办');
    expect(offers[0]?.operations.map((operation) => operation.do)).toEqual(['setUnits', 'settleDoubts']);
    expect(says(() => settlementSays('other', ' '))).toContain('写明');
  });
});

describe('对接与报送', () => {
  it('按字面相近提示本级任务，人人都有的词不算数', () => {
    const local = indexLines([
      { id: 'a', words: '安全生产工作：高层住宅消防通道整治' },
      { id: 'b', words: '安全生产工作：危险化学品企业检查' },
      { id: 'c', words: '安全生产工作：农村自建房排查' },
    ]);
    expect(suggest({ id: 'h', words: '安全生产工作：整治住宅消防通道' }, local)[0]?.id).toBe('a');
    expect(suggest({ id: 'h', words: '' }, local)).toEqual([]);
  });

  it('是否按时以第一次进入系统的日期为准', () => {
    const filing = { state: 'returned', dueOn: '2026-03-20', firstFiledOn: '2026-03-19' } as never;
    expect(punctuality(filing, '2026-04-01' as never).late).toBe(false);
    const none = { state: 'due', dueOn: '2026-03-20', firstFiledOn: null } as never;
    expect(punctuality(none, '2026-03-25' as never)).toEqual({ late: true, says: '逾期5天未报' });
  });

  it('事件的名称取自时限的文字', () => {
    expect(eventName('从“七一”庆祝大会到党代会召开前')).toBe('党代会');
  });
});
