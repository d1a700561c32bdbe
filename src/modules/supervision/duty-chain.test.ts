import { describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import { type ChainMaterial, dutyChainOf, type FoundBefore } from './duty-chain.ts';

const fire = { id: 'fire', name: '区消防大队', people: ['主要负责人 甲某（大队长）'] };
const town = { id: 'town', name: '青石街道', people: [] };
const found = (over: Partial<FoundBefore>): FoundBefore => ({
  id: 'p1',
  number: '问-2026-0001',
  title: '灭火器超期',
  foundOn: day('2026-01-10'),
  sector: '消防安全',
  finderUnitId: 'fire',
  finderUnitName: '区消防大队',
  finder: '区消防大队丁某',
  closedOn: day('2026-01-20'),
  recheckedByName: '戊某',
  ...over,
});
const material = (over: Partial<ChainMaterial> = {}): ChainMaterial => ({
  foundOn: day('2026-03-02'),
  enteredOn: day('2026-03-02'),
  firstDueOn: day('2026-03-31'),
  dueOn: day('2026-03-31'),
  doneOn: null,
  open: true,
  sector: '消防安全',
  personName: '己某',
  extensions: 0,
  sentBack: 0,
  reopened: 0,
  subject: '松涛商场',
  lead: { id: 'housing', name: '区住建局', people: ['主要负责人 庚某（局长）'] },
  supervising: fire,
  territory: town,
  before: [],
  closing: [],
  ...over,
});
const chain = (over: Partial<ChainMaterial> = {}, on = '2026-03-20') => dutyChainOf(material(over), day(on));
const level = (of: ReturnType<typeof chain>, name: string) => of.find((one) => one.level === name);

describe('责任倒查：从一条隐患往回查到每一级', () => {
  it('主体、整改、监管、属地依次列出，领导按隐患发现那天', () => {
    const links = chain();
    expect(links.map((one) => one.level)).toEqual(['subject', 'rectifying', 'supervising', 'territory']);
    expect(level(links, 'rectifying')?.people).toEqual(['责任人 己某', '主要负责人 庚某（局长）']);
    expect(level(links, 'supervising')?.people).toEqual(['主要负责人 甲某（大队长）']);
  });

  it('此前检查过没有发现的，列出那几次检查；一次也没有去过的，也说明', () => {
    const links = chain({ before: [found({}), found({ id: 'p2', foundOn: day('2025-11-03'), closedOn: null })] });
    const supervising = level(links, 'supervising');
    expect(supervising?.records.map((one) => [one.on, one.to])).toEqual([
      ['2026-01-10', '/problems/p1'],
      ['2025-11-03', '/problems/p2'],
    ]);
    expect(supervising?.asks.join()).toContain('为什么没有发现');
    expect(level(links, 'territory')?.asks.join()).toContain('是否去过');
    expect(level(links, 'subject')?.says.join()).toContain('问题2条，其中同一行业领域2条');
  });

  it('其他单位和没有单位的人查过的，单列检查责任', () => {
    const links = chain({
      before: [
        found({ finderUnitId: 'safety', finderUnitName: '区应急局', finder: '区应急局辛某' }),
        found({ id: 'p3', finderUnitId: null, finderUnitName: null, finder: '市督导组' }),
        found({ id: 'p4' }),
      ],
    });
    expect(level(links, 'checking')?.name).toBe('区应急局、市督导组');
    expect(level(links, 'checking')?.records).toHaveLength(2);
  });

  it('逾期按天计算，报告完成以后不再增加；时限内的不问', () => {
    expect(level(chain({}, '2026-03-31'), 'rectifying')?.asks).toEqual([]);
    expect(level(chain({}, '2026-04-10'), 'rectifying')?.asks.join()).toContain('逾期10天');
    const done = chain({ doneOn: day('2026-04-03') }, '2026-06-01');
    expect(level(done, 'rectifying')?.asks.join()).toContain('逾期3天');
    expect(level(chain({ open: false }, '2026-06-01'), 'rectifying')?.asks).toEqual([]);
  });

  it('延期、退回、没有明确到人都写出来', () => {
    const link = level(chain({ extensions: 2, sentBack: 1, personName: null }), 'rectifying');
    expect(link?.says.join()).toContain('延期2次');
    expect(link?.asks).toEqual(['没有明确到人。', '复查退回1次，整改报告是否属实？']);
  });

  it('没有登记监管单位、属地的，缺口本身要问；监管和属地是同一单位时只列一次', () => {
    const links = chain({ supervising: null, territory: null });
    expect(level(links, 'supervising')?.asks.join()).toContain('落在谁身上');
    expect(level(links, 'territory')?.asks.join()).toContain('落在谁身上');
    expect(level(chain({ territory: fire }), 'territory')).toBeUndefined();
  });

  it('销号后重新打开的，问复查和销号的人', () => {
    const closing = [{ on: day('2026-03-10'), says: '戊某复查通过。' }];
    expect(level(chain({ closing }), 'closing')?.asks).toEqual([]);
    expect(level(chain({ closing, reopened: 1 }), 'closing')?.asks.join()).toContain('怎样核对');
  });
});
