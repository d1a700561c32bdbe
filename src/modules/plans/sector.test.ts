import { describe, expect, it } from 'vitest';
import { type Sector, sectorOf } from './sector.ts';

const sectors: readonly Sector[] = [
  { code: 'gas', name: '城镇燃气', words: ['燃气', '液化石油气'] },
  { code: 'fire', name: '消防安全', words: ['消防', '电动自行车'] },
  { code: 'duty', name: '责任体系', words: ['安全生产责任'] },
];
const line = (title: string, text = '', path: readonly string[] = []) => sectorOf({ title, text, path }, sectors);

describe('任务归入哪个行业领域', () => {
  it('先看任务标题', () => expect(line('城镇燃气领域', '同步整治消防隐患')).toBe('城镇燃气'));
  it('标题看不出时看上级标题', () =>
    expect(line('厘清监管边界', '对电动自行车换电提出意见', ['压实安全生产责任'])).toBe('责任体系'));
  it('再看任务正文，写得更长更具体的优先', () =>
    expect(line('严打非法行为', '查处私自充装液化石油气，检查消防设施')).toBe('城镇燃气'));
  it('都看不出时不归入任何领域', () => expect(line('加强组织领导', '定期研究')).toBeNull());
});
