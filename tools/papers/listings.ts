import type { DocumentSays } from '../../src/modules/letters/form.ts';
import type { listingForms } from '../../src/modules/supervision/documents.ts';
import { after, many, person, post, sentence, title, unit } from './words.ts';

type Says = { readonly [K in keyof typeof listingForms]: DocumentSays<(typeof listingForms)[K]['blanks']> };

/** What the documents of a listing say: as usual, much, and as little as may be. */
export const listingPapers = (size: 'usual' | 'long' | 'bare'): Says => {
  const long = size === 'long';
  const matter = {
    事项名称: long ? '松涛国际商贸城地下二层物流配送中心重大火灾隐患' : '青石镇永兴仓储中心重大火灾隐患',
    挂牌编号: 'G2026-0004',
    隐患单位: long ? '松涛国际商贸城（松涛区恒昌商业运营管理有限公司）' : '青石镇永兴仓储中心',
    责任单位: long ? unit(7) : unit(3),
  };
  return {
    notice: {
      ...matter,
      主送单位: `${matter.责任单位}，${unit(2)}`,
      抄送单位: size === 'bare' ? null : '区政府办公室，区应急管理局',
      督办级别: '区级',
      隐患地点: long
        ? '松涛区青石镇永兴路118号松涛国际商贸城地下二层东区物流配送中心3至6号库及连通走道'
        : '青石镇永兴路118号',
      行业领域: '消防安全',
      隐患情况: long ? many(7, sentence) : [sentence(0)],
      判定依据: '《重大火灾隐患判定标准（演示）》（2025年版）：第5.3.1条、第6.2条第三项',
      督办单位: unit(2),
      整改要求: many(long ? 14 : size === 'usual' ? 4 : 1, (at) => ({ 序号: at + 1, 内容: sentence(at + 2) })),
      报送方案时限: after(7),
      整改时限: after(60),
      验收天数: 10,
    },
    announcement: {
      事项名称: matter.事项名称,
      督办级别: '区级',
      事项: many(long ? 9 : 1, (at) => ({
        序号: at + 1,
        单位: long ? matter.隐患单位 : '青石镇永兴仓储中心',
        地点: '青石镇永兴路118号',
        隐患: title(at),
        责任单位: unit(at + 3),
        督办单位: unit(2),
        时限: after(60 + at),
      })),
      监督电话: size === 'bare' ? null : '0000-12350',
    },
    acceptance: {
      ...matter,
      挂牌文号: '松安委办督〔2026〕4号',
      申请日期: after(-4),
      验收日期: after(-1),
      验收地点: '青石镇永兴路118号',
      人员: many(long ? 12 : 4, (at) => ({
        序号: at + 1,
        姓名: person(at),
        单位: unit(at),
        职务: at === 3 ? '高级工程师、注册消防工程师' : post(at),
        身份: at > 2 ? '专家' : '验收人员',
      })),
      检查: many(long ? 12 : 3, (at) => ({
        序号: at + 1,
        要求: sentence(at + 2),
        情况: '已按要求落实，现场核对与记录一致。',
      })),
      验收结论: size === 'bare' ? '不通过' : '通过',
      验收意见: [sentence(5), ...(long ? many(3, sentence) : [])],
      重新整改时限: size === 'bare' ? after(30) : null,
    },
    delisting: {
      事项名称: matter.事项名称,
      督办级别: '区级',
      事项: many(long ? 9 : 1, (at) => ({
        序号: at + 1,
        单位: matter.隐患单位,
        隐患: title(at),
        责任单位: unit(at + 3),
        挂牌文号: `松安委办督〔2026〕${at + 4}号`,
        挂牌日期: after(-90),
        验收日期: after(-1),
      })),
    },
    letter: {
      ...matter,
      抄送单位: size === 'bare' ? null : '区政府办公室',
      主送单位: matter.责任单位,
      挂牌文号: '松安委办督〔2026〕4号',
      整改时限: after(-5),
      督办缘由: long ? many(9, sentence) : ['截至2026年11月22日，该隐患超过整改时限5天，仍未提出验收申请。'],
      督办要求: long ? many(6, (at) => `${at + 1}.${sentence(at)}`) : [sentence(2)],
      回复时限: after(5),
    },
  };
};
