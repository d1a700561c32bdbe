import { sha256Of } from '../../kernel/sha256.ts';
import { type PressureKind, pressureWords } from '../supervision/pressure.ts';
import { isWindowed, type PressureRule, type Rung, ruleKindWords } from '../supervision/pressure-rule.ts';
import type { Cells } from './cells.ts';
import { basisColumn, dateColumns, joined, nameColumn, type RuleSheet } from './sheet.ts';

export type PressureData = Omit<PressureRule, 'id' | 'version' | 'fromOn' | 'toOn'> & {
  readonly fromOn: string;
  readonly toOn: string | null;
};

const about = { problem: '问题', task: '任务' } as const;
const grades: Readonly<Record<string, string>> = { general: '一般', major: '重大' };
const { transfer: _transfer, accountability: _accountability, ...ruledWords } = pressureWords;
const rungs: Readonly<Partial<Record<PressureKind, string>>> = ruledWords;

/** 提示函；5天后警示函；7天后约谈 */
function ladderIn(cells: Cells): Rung[] {
  const ladder: Rung[] = [];
  for (const text of cells.row.at('ladder').split(/[；;、→\n]+/)) {
    const words = text.trim();
    if (words === '') continue;
    const [, days, word = ''] = /^(?:(\d{1,4})天后?[：:]?)?(.+)$/.exec(words) ?? [];
    const kind = (Object.entries(rungs) as [PressureKind, string][]).find(([, one]) => one === word.trim())?.[0];
    if (kind === undefined)
      cells.wrong(
        'ladder',
        `“${words}”认不出来`,
        `请从中选写：${Object.values(rungs).join('、')}，如“提示函；5天后约谈”`,
      );
    else ladder.push({ kind, afterDays: Number(days ?? 0) });
  }
  if (ladder.length === 0 && cells.row.at('ladder') === '') cells.wrong('ladder', '没有填写');
  return ladder;
}

/** A rule's code where the sheet gives none: the same name has the same code everywhere. */
export const codeFor = (name: string): string => `r-${sha256Of(name).slice(0, 12)}`;

/** 督促规则. */
export const pressureSheet: RuleSheet<PressureData> = {
  name: '督促规则',
  columns: [
    nameColumn('如：问题隐患整改逾期'),
    basisColumn,
    {
      key: 'kind',
      names: ['情形'],
      needed: true,
      width: 18,
      fill: `写${Object.values(ruleKindWords).join('、')}`,
      choices: Object.values(ruleKindWords),
    },
    { key: 'about', names: ['看什么'], width: 14, fill: '逾期的规则写明看问题、任务，或者“问题、任务”' },
    {
      key: 'threshold',
      names: ['达到多少'],
      needed: true,
      width: 12,
      fill: '几天（逾期、久拖不决）或几件几次，1 到 10000',
    },
    { key: 'windowDays', names: ['多少天之内'], width: 12, fill: '按次数、件数、起数累计的规则写明在多少天之内' },
    { key: 'quietDays', names: ['多少天内不重复'], width: 14, fill: '对同一单位提示后多少天内不再提示；不填为 30' },
    { key: 'grades', names: ['等级'], width: 10, fill: '只看重大的写“重大”；都看的不填', choices: ['重大', '一般'] },
    { key: 'sectors', names: ['行业领域'], width: 20, fill: '只看哪些行业领域，用顿号隔开；都看的不填' },
    {
      key: 'ladder',
      names: ['措施和递进'],
      needed: true,
      width: 40,
      fill: `从轻到重，用分号隔开，如“提示函；5天后警示函；7天后约谈”。可写${Object.values(rungs).join('、')}`,
    },
    { key: 'code', names: ['代号'], width: 18, fill: '可以不填；修订现有规则时按名称认' },
    ...dateColumns,
  ],
  read: (cells) => {
    const kind = cells.oneOf('kind', ruleKindWords);
    const windowDays = cells.wholeOrNone('windowDays', 1, 3660);
    const sought = cells.someOf('about', about);
    if (isWindowed(kind) && windowDays === null) cells.wrong('windowDays', '没有填写');
    if (cells.row.at('threshold') === '') cells.wrong('threshold', '没有填写');
    const code = cells.row.at('code');
    if (code !== '' && !/^[a-z][a-z0-9-]{1,39}$/.test(code))
      cells.wrong('code', `“${code}”不能作代号`, '代号用小写字母、数字和短横线，也可以不填');
    return {
      code,
      name: cells.text('name', 80, true),
      basis: cells.text('basis', 200, true),
      kind,
      about: kind === 'overdue' || kind === 'overdueAtOnce' ? sought : [],
      threshold: cells.whole('threshold', 1, 1, 10_000),
      windowDays: isWindowed(kind) ? windowDays : null,
      quietDays: cells.whole('quietDays', 30, 1, 3660),
      grades: cells.someOf('grades', grades),
      sectors: cells.list('sectors'),
      ladder: ladderIn(cells),
      fromOn: cells.day('fromOn'),
      toOn: cells.dayOrNone('toOn'),
    };
  },
  write: (rule) => ({
    code: rule.code,
    name: rule.name,
    basis: rule.basis,
    kind: ruleKindWords[rule.kind],
    about: joined((['problem', 'task'] as const).filter((one) => rule.about.includes(one)).map((one) => about[one])),
    threshold: String(rule.threshold),
    windowDays: rule.windowDays === null ? '' : String(rule.windowDays),
    quietDays: String(rule.quietDays),
    grades: joined(rule.grades.map((one) => grades[one] ?? one)),
    sectors: joined(rule.sectors),
    ladder: rule.ladder
      .map((rung, at) => `${at === 0 ? '' : `${rung.afterDays}天后`}${pressureWords[rung.kind]}`)
      .join('；'),
    fromOn: rule.fromOn,
    toOn: rule.toOn ?? '',
  }),
};
