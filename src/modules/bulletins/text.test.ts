import { describe, expect, it } from 'vitest';
import { verdict } from '../../kernel/lifecycle.ts';
import { sectionKeys } from './bulletin-form.ts';
import { sampleSnapshot } from './cases.ts';
import { draftOf } from './draft.ts';
import {
  type BulletinAction,
  type BulletinNeed,
  type BulletinPart,
  bulletinLifecycle,
  bulletinStates,
} from './lifecycle.ts';
import { flawsOfText, paragraphsOf, type Section, typedFigures } from './text.ts';

const words = (summary: string): Section[] =>
  sectionKeys.map((key) => ({ key, text: key === 'summary' ? summary : '' }));
const says = (summary: string): string[] => flawsOfText(words(summary), sampleSnapshot).map((one) => one.says);

describe('通报里的数字不能用手改', () => {
  const tampered: readonly [string, string][] = [
    ['阿拉伯数字', '未销号{{未销号}}件，其中逾期5件。'],
    ['数字接在引用后面', '逾期{{逾期}}0件。'],
    ['数字接在引用前面', '逾期1{{逾期}}件。'],
    ['全角数字', '逾期５件。'],
    ['带圈数字', '逾期⑤件。'],
    ['数学字体的数字', '逾期𝟓件。'],
    ['上标', '逾期{{逾期}}²件。'],
    ['罗马数字', '逾期Ⅴ件。'],
    ['阿拉伯文数字', '逾期٥件。'],
    ['中文数字', '逾期五件。'],
    ['中文数字带空格', '逾期 十 五 件。'],
    ['大写数字', '逾期伍件。'],
    ['单个一', '仅逾期一件。'],
    ['半数', '逾期两百余件。'],
    ['百分之几', '完成率百分之九十。'],
    ['几成', '完成任务九成。'],
    ['引用后接百分号', '完成{{未销号}}%。'],
    ['引用后接万', '逾期{{逾期}}万件。'],
    ['引用后接余', '逾期{{逾期}}余件。'],
    ['引用后接小数点', '逾期{{逾期}}.件'],
    ['引用前加负号', '逾期-{{逾期}}件。'],
    ['引用前加约', '逾期约{{逾期}}件。'],
    ['引用后接十', '逾期{{逾期}}十件。'],
    ['写错名称', '逾期{{逾其}}件。'],
    ['名称里夹零宽字符', '逾期{{逾\u200b期}}件。'],
    ['文字里夹零宽字符', '逾期\u200b{{逾期}}件。'],
    ['花括号不成对', '逾期{{逾期}件。'],
    ['多一层花括号', '逾期{{{逾期}}}件。'],
    ['引号里藏数字', '逾期“5”件。'],
    ['引号里藏中文数字', '逾期“五”件。'],
    ['书名号里藏数字', '逾期《十五》件。'],
    ['年份后接件', '逾期2026件。'],
    ['段首编号后还有数字', '1.5件逾期。'],
    ['对照符号', '逾期{{逾期}}（应为8）件。'],
    ['私用区字符', '逾期\ue000件。'],
    ['别的数字放在名称后面', '未销号{{逾期}}件。'],
    ['别的数字放在名称后面，中间有空格', '其中逾期 {{未销号}}件。'],
    ['增减放在别的数字后面', '逾期{{逾期}}件（较上期{{新增较上期}}）。'],
  ];
  it.each(tampered)('%s', (_name, text) => {
    expect(says(text)).not.toEqual([]);
  });

  it('日期、文号、条款、段首编号、固定提法可以写', () => {
    for (const text of [
      '请于2026年3月15日前整改到位，3月12日17:00前报送。',
      '按照某安委办〔2026〕12号文件第3条要求，落实“三管三必须”。',
      '1.加强领导，逐一销号，做到一件一策。',
      '（2）各单位要一起行动，进一步压实责任。',
      '①立行立改。',
      '深入开展“三个必须”教育，每一项任务都要落实到人。',
      '{{本期}}，未销号{{未销号}}件，新增较上期{{新增较上期}}，完成率{{任务完成率}}。',
    ])
      expect(says(text)).toEqual([]);
  });

  it('名称、主送单位里也不能写数字；百日攻坚是名称，范围不同的数字写全名称可以引用', () => {
    for (const text of ['周通报（逾期3件）', '各单位（未销号五件）', '完成率９０%周通报'])
      expect(typedFigures(text)).not.toEqual([]);
    for (const text of ['百日攻坚日报', '各镇（街道）、开发区，区各有关部门和单位', '2026年专项整治周通报'])
      expect(typedFigures(text)).toEqual([]);
    expect(says('未销号{{未销号}}件，其中逾期{{逾期}}件，任务完成率{{任务完成率}}。')).toEqual([]);
  });

  it('不能增加、删去、调换各部分', () => {
    expect(flawsOfText(words('').slice(1), sampleSnapshot)).not.toEqual([]);
    expect(flawsOfText([...words('')].reverse(), sampleSnapshot)).not.toEqual([]);
  });

  it('写错的名称会提示最像的一个', () => {
    expect(says('逾期{{未消号}}件。')[0]).toContain('是不是{{未销号}}');
  });

  it('系统的初稿自己也经得起核对，印出来就是快照里的数字', () => {
    const draft = draftOf(sampleSnapshot, ['逾期事项由责任单位说明原因。']);
    const unknown = flawsOfText(draft, sampleSnapshot).filter((one) => !one.says.includes('快照里没有'));
    expect(unknown).toEqual([]);
    expect(
      paragraphsOf('{{本期}}，未销号{{未销号}}件。\n\n新增{{新增较上期}}，{{ 任务完成率 }}。', sampleSnapshot),
    ).toEqual(['2026年3月2日至8日，未销号120件。', '新增减少3件，87.5%。']);
  });
});

describe('通报的办理，逐格核对', () => {
  const parts: BulletinPart[] = ['office', 'leader', 'submitter'];
  for (const state of bulletinStates)
    for (const action of Object.keys(bulletinLifecycle.actions) as BulletinAction[])
      for (const part of parts)
        it(`${bulletinLifecycle.states[state]}时${bulletinLifecycle.parts[part]}${bulletinLifecycle.actions[action]}`, () => {
          const row = bulletinLifecycle.table.find((one) => one.action === action && one.from.includes(state));
          const ask = (unmet: BulletinNeed[]) => verdict(bulletinLifecycle, { state, action, parts: [part], unmet });
          const may = row?.by.includes(part) ?? false;
          expect(ask([]).may).toBe(may);
          if (!may || !row) return;
          expect(ask([])).toEqual({ may: true, to: row.to === 'same' ? state : row.to });
          for (const need of row.needs ?? []) expect(ask([need]).may).toBe(false);
        });
});
