import { describe, expect, it } from 'vitest';
import type { UnitClass } from './group.ts';
import { indexNames, mentionKey, type Named, placeOf, settleMention } from './mention.ts';
import { classOf } from './unit-class.ts';

const place = placeOf('青禾区');
const unit = (name: string, shortName: string | null = null, aliases: string[] = []): Named => ({
  ref: 'unit',
  id: name,
  name,
  shortName,
  aliases,
  class: null,
});
const group = (name: string, of: UnitClass | null, aliases: string[] = []): Named => ({
  ref: 'group',
  id: name,
  name,
  shortName: null,
  aliases,
  class: of,
});
const index = indexNames(
  [
    unit('青禾区应急管理局'),
    unit('区经发局'),
    unit('区住房和城乡建设局', '区住建局'),
    unit('区人民检察院', null, ['区检院']),
    unit('市公安局青禾分局', '青禾公安分局'),
    unit('区委组织部'),
    unit('区委办公室'),
    unit('青禾经济开发区', '区开发区'),
    unit('区农业农村水利局'),
    group('各镇街', 'towns'),
    group('区安委会成员单位', 'committeeMembers'),
    group('安全监管部门', 'supervisors'),
    group('镇街和开发区', 'townsAndZones'),
    group('区直部门', 'departments'),
  ],
  place,
);
const settle = (text: string) => settleMention(text, index);
const first = (text: string) => {
  const found = settle(text);
  return found.kind === 'unresolved' ? found.candidates[0] : undefined;
};

describe('单位写法', () => {
  it.each([
    ['区应急管理局', '青禾区应急管理局'],
    ['青禾区应急管理局', '青禾区应急管理局'],
    ['青 禾区 应急管理局等', '青禾区应急管理局'],
    ['区住建局', '区住房和城乡建设局'],
    ['区检院', '区人民检察院'],
    ['青禾公安分局', '市公安局青禾分局'],
    ['区安委会成员单位', '区安委会成员单位'],
  ])('「%s」全称、别名或唯一简称直接认定', (text, id) => {
    expect(settle(text)).toMatchObject({ id });
  });

  it.each([
    ['各镇（街道）', '各镇街'],
    ['各乡镇（街道）', '各镇街'],
    ['各镇街', '各镇街'],
    ['各乡街', '各镇街'],
    ['各乡镇街道', '各镇街'],
    ['各乡街（开发区）', '镇街和开发区'],
    ['各镇（街道）、开发区', '镇街和开发区'],
    ['区安委会各成员单位', '区安委会成员单位'],
    ['各成员单位', '区安委会成员单位'],
    ['区负有安全生产监督管理职责的部门', '安全监管部门'],
    ['各负有安全生产监督管理和行业管理职责的部门', '安全监管部门'],
  ])('「%s」是一类单位，按本地分组认定', (text, id) => {
    expect(settle(text)).toEqual({ kind: 'group', id });
  });

  it.each([
    ['区应急局', '青禾区应急管理局', '简称'],
    ['区经发', '区经发局', '没有写完'],
    ['区检察院', '区人民检察院', '一致'],
    ['区委办', '区委办公室', '一致'],
    ['区委组织部（考核办）', '区委组织部', '括号前'],
    ['区农水局', '区农业农村水利局', '简称'],
    ['应急管理局', '青禾区应急管理局', '一致'],
    ['区安委会有关成员单位', '区安委会成员单位', '没有写明'],
    ['区有关部门和单位', '区直部门', '没有写明'],
  ])('「%s」只提出「%s」供人选定，不自动认定', (text, name, why) => {
    expect(settle(text).kind).toBe('unresolved');
    expect(first(text)).toMatchObject({ name });
    expect(first(text)?.reason).toContain(why);
  });

  it('两个单位简称相同时请人选定', () => {
    const two = indexNames([unit('区水利局', '水局'), unit('区水务局', '水局')], place);
    expect(settleMention('水局', two)).toMatchObject({
      kind: 'unresolved',
      candidates: [{ id: '区水利局' }, { id: '区水务局' }],
    });
  });

  it('毫不相干的写法不乱猜', () => {
    expect(settle('国际空间站')).toEqual({ kind: 'unresolved', candidates: [] });
    expect(settle(' ')).toEqual({ kind: 'unresolved', candidates: [] });
  });

  it('去掉空白、全半角差异、文字处理软件的残留和末尾的“等”', () => {
    expect(mentionKey('区委组织部（考核办）', place)).toBe(mentionKey('区委组织部(考核办) 等部门', place));
    expect(mentionKey('[bookmark: _GoBack]区财政局、', place)).toBe('区财政局');
  });
});

describe('单位类别', () => {
  it.each([
    ['各镇(街道)', 'towns', false],
    ['各镇', 'townsOnly', false],
    ['街道', 'streets', false],
    ['各开发区', 'zones', false],
    ['区各专委会', 'sectorCommittees', false],
    ['有关部门', 'departments', true],
    ['区相关部门和单位', 'departments', true],
    ['区26个重点行业领域专项整治工作组牵头部门', 'campaignLeads', false],
    ['区其他负有安全生产监督管理职责的部门', 'supervisors', true],
  ])('「%s」', (text, name, some) => {
    expect(classOf(text)).toEqual({ class: name, some });
  });

  it.each(['区财政局', '开发区', '区委办', '团区委', '成长局', '区公安分局'])('「%s」是具体单位，不是一类', (text) => {
    expect(classOf(text)).toBeNull();
  });
});

describe('名称以“市”开头而不是市级单位的', () => {
  it('省写了“区”字的市场监管局，仍提出区市场监督管理局', () => {
    const own = indexNames([unit('青禾区市场监督管理局'), unit('青禾区应急管理局')], place);
    const settled = settleMention('市场监管局', own);
    expect(settled.kind === 'unresolved' ? settled.candidates.map((one) => one.name) : []).toEqual([
      '青禾区市场监督管理局',
    ]);
  });
});
