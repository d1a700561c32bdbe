import { type Day, dayInWords } from '../../src/kernel/day.ts';
import type { DocumentSays } from '../../src/modules/letters/form.ts';
import type { pressureForms } from '../../src/modules/supervision/pressure-documents.ts';
import { after, many, person, post, sentence, title, today, unit } from './words.ts';

type Says = { readonly [K in keyof typeof pressureForms]: DocumentSays<(typeof pressureForms)[K]['blanks']> };

const items = (count: number): string[] =>
  many(
    count,
    (at) =>
      `${count > 1 ? `${at + 1}.` : '涉及事项：'}W2026-${String(1207 + at * 31).padStart(6, '0')}“${title(at)}”，时限${dayInWords(after(-10 - at))}，已逾期${10 + at}天。`,
  );
const common = (size: 'usual' | 'long' | 'bare') => ({
  事项名称: size === 'long' ? '医疗卫生机构和养老服务机构消防安全专项整治问题隐患整改严重滞后' : '消防通道隐患整改逾期',
  主送单位: size === 'long' ? unit(7) : unit(1),
  抄送单位:
    size === 'bare' ? null : size === 'long' ? many(9, (at) => unit(at)).join('，') : '区政府办公室，区应急管理局',
  措施编号: 'C2026-000018',
  缘由:
    size === 'long'
      ? many(9, sentence)
      : [
          '截至2026年11月22日，你单位牵头整改的问题隐患有3件逾期10天以上，最长逾期23天。',
          ...(size === 'bare' ? [] : [sentence(1)]),
        ],
  事项清单: size === 'bare' ? null : size === 'long' ? [...items(12), '其余8件见系统台账。'] : items(3),
  要求: size === 'bare' ? [sentence(2)] : many(size === 'long' ? 6 : 3, (at) => `${at + 1}.${sentence(at + 2)}`),
});
const meeting = {
  约谈日期: after(3),
  约谈时间: '14:30',
  约谈地点: '区政府二号楼三楼第二会议室',
  主持人: '区安委会副主任、区政府副区长周立诚',
};
const reply: Day = after(7);

/** What the documents of pressure say: as usual, much, and as little as may be. */
export const pressurePapers = (size: 'usual' | 'long' | 'bare'): Says => {
  const words = common(size);
  const letter = { ...words, 回复时限: reply };
  const organ = { ...letter, 主送单位: '中共松涛区纪律检查委员会松涛区监察委员会', 有关单位: words.主送单位 };
  return {
    reminder: letter,
    warning: letter,
    urging: letter,
    interview: { ...words, ...meeting },
    minutes: {
      ...meeting,
      抄送单位: null,
      事项名称: words.事项名称,
      措施编号: words.措施编号,
      约谈文号: '松安委办约〔2026〕3号',
      被约谈单位: words.主送单位,
      人员: many(size === 'long' ? 14 : size === 'usual' ? 4 : 1, (at) => ({
        序号: at + 1,
        姓名: person(at),
        单位: unit(at),
        职务: post(at),
        身份: at < 2 ? '约谈方' : '被约谈方',
      })),
      纪要: size === 'long' ? many(10, sentence) : [sentence(1), sentence(4)],
      承诺:
        size === 'bare'
          ? ['被约谈单位应当按照约谈要求提交书面整改措施和承诺。']
          : many(
              3,
              (at) => `${at + 1}.${sentence(at + 2).replace(/。$/, '')}，于${dayInWords(after(10 + at))}前完成。`,
            ),
    },
    circular: { ...words, 主送单位: '各镇（街道）、开发区，区各有关部门和单位', 被通报单位: words.主送单位 },
    accountability: organ,
    transfer: organ,
    reminding: {
      抄送单位: words.抄送单位,
      事项名称: words.事项名称,
      主送单位: words.主送单位,
      原文号: '松安委办函〔2026〕21号',
      送达日期: after(-20),
      回复时限: after(-6),
      逾期天数: 6,
    },
    lifting: {
      抄送单位: null,
      事项名称: words.事项名称,
      主送单位: words.主送单位,
      原文号: '松安委办函〔2026〕21号',
      措施名称: '警示函',
      解除意见:
        size === 'long'
          ? many(12, sentence)
          : [`截至${dayInWords(today)}，涉及的3件问题隐患已经全部整改销号，经复查合格。`],
    },
  };
};
