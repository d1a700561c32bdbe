import { describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import { clausesOfText, holdsOn, withDoubts } from './criteria.ts';

describe('判定标准', () => {
  it('只在施行期内有效，首日、末日都算', () => {
    const set = { validFrom: day('2026-01-01'), validTo: day('2026-03-31') };
    expect(['2025-12-31', '2026-01-01', '2026-03-31', '2026-04-01'].map((on) => holdsOn(set, day(on)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(holdsOn({ ...set, validTo: null }, day('2036-01-01'))).toBe(true);
  });

  it('从编了号的文字里读出条文：标题是行业，（一）跟着它的条，另起的段接在前一条后面', () => {
    const read = clausesOfText([
      '试验用判定标准',
      '一、储存场所',
      '第一条 堆放高度超过货架的限高。',
      '第二条 有下列情形之一的：',
      '（一）通道被货物堵住；',
      '（二）没有值守的人员，',
      '也没有报警装置。',
      '二、运输车辆',
      '1. 车厢门在行驶中不能关闭。',
    ]);
    expect(read.map(({ code, sector, text }) => [code, sector, text])).toEqual([
      ['第一条', '储存场所', '堆放高度超过货架的限高。'],
      ['第二条（一）', '储存场所', '通道被货物堵住；'],
      ['第二条（二）', '储存场所', '没有值守的人员，也没有报警装置。'],
      ['1', '运输车辆', '车厢门在行驶中不能关闭。'],
    ]);
    expect(read.every((clause) => clause.doubt === null)).toBe(true);
  });

  it('编号重复、缺编号、缺条文的，逐条指出，不丢掉', () => {
    const clause = (code: string, text: string) => ({ code, sector: null, text, where: '第1行' });
    const doubts = withDoubts([clause('1', '甲'), clause('1', '乙'), clause('', '丙'), clause('4', ' ')]);
    expect(doubts.map((one) => one.doubt)).toEqual([
      '编号1出现了不止一次',
      '编号1出现了不止一次',
      '没有编号',
      '没有条文',
    ]);
  });
});
