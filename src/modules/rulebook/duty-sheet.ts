import { type Cells, linesIn } from './cells.ts';
import { type Dated, nameColumn, type RuleSheet } from './sheet.ts';

/** A leader's list of one year: what he stands for, and what he does so often until which day. */
export interface DutyRule extends Dated {
  readonly year: number;
  readonly post: string;
  readonly unit: string;
  readonly items: readonly {
    readonly kind: 'standing' | 'annual';
    readonly text: string;
    readonly times: number;
    readonly dueOn: string | null;
  }[];
}

/** 带队开展安全生产检查，4次，2026-12-31 */
function annualIn(cells: Cells): DutyRule['items'] {
  return linesIn(cells.row.at('annual')).map((line) => {
    const [text = '', ...rest] = line.split(/[，,]/).map((one) => one.trim());
    let times = 1;
    let dueOn: string | null = null;
    const words = [text];
    for (const one of rest) {
      const often = /^(\d{1,3})次$/.exec(one)?.[1];
      if (often !== undefined) times = Number(often);
      else if (/^\d{4}-\d{2}-\d{2}$/.test(one)) dueOn = one;
      else words.push(one);
    }
    if (times < 1 || times > 366) cells.wrong('annual', `“${line}”的次数不对`, '次数写 1 到 366，如“带队检查，4次”');
    return { kind: 'annual' as const, text: words.join('，').slice(0, 300), times, dueOn };
  });
}

/** 职责清单. */
export const dutySheet: RuleSheet<DutyRule> = {
  name: '职责清单',
  columns: [
    { key: 'year', names: ['年度'], needed: true, width: 10, fill: '写成 2026' },
    { ...nameColumn('哪位领导，写姓名'), names: ['姓名'], width: 12 },
    { key: 'post', names: ['职务'], needed: true, width: 22, fill: '如：副区长' },
    { key: 'unit', names: ['单位'], width: 26, fill: '所在单位的名称；不在单位名册里的不填' },
    { key: 'standing', names: ['常年职责'], width: 50, fill: '一行一项' },
    {
      key: 'annual',
      names: ['年度工作'],
      needed: true,
      width: 60,
      fill: '一行一项：内容，次数，最晚日期，如“带队开展安全生产检查，4次，2026-12-31”；次数不写为一次',
    },
  ],
  read: (cells) => {
    const year = cells.whole('year', 0, 2000, 2100);
    if (cells.row.at('year') === '') cells.wrong('year', '没有填写');
    const standing = linesIn(cells.row.at('standing')).map((text) => ({
      kind: 'standing' as const,
      text: text.slice(0, 300),
      times: 1,
      dueOn: null,
    }));
    if (cells.row.at('annual') === '') cells.wrong('annual', '没有填写');
    return {
      year,
      name: cells.text('name', 30, true),
      post: cells.text('post', 60, true),
      unit: cells.text('unit', 80),
      items: [...standing, ...annualIn(cells)],
      fromOn: `${year}-01-01`,
      toOn: `${year}-12-31`,
    };
  },
  write: (rule) => ({
    year: String(rule.year),
    name: rule.name,
    post: rule.post,
    unit: rule.unit,
    standing: rule.items
      .filter((one) => one.kind === 'standing')
      .map((one) => one.text)
      .join('\n'),
    annual: rule.items
      .filter((one) => one.kind === 'annual')
      .map((one) =>
        [one.text, ...(one.times > 1 ? [`${one.times}次`] : []), ...(one.dueOn ? [one.dueOn] : [])].join('，'),
      )
      .join('\n'),
  }),
};
