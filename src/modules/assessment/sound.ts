import { parseDay } from '../../kernel/day.ts';
import type { RefusalPlace } from '../../kernel/refusal.ts';
import { measures, type Narrowing } from './measures.ts';
import { counts, type Indicator, type SchemeBody } from './scheme.ts';
import { round, scoringTrouble } from './scoring.ts';

const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.005;

function ofIndicator(indicator: Indicator, at: number, seen: Set<string>): RefusalPlace[] {
  const where = `body.indicators[${at}]`;
  const name = indicator.name.trim() === '' ? `第${at + 1}项指标` : `指标「${indicator.name}」`;
  const places: RefusalPlace[] = [];
  const say = (says: string): void => {
    places.push({ where, says: `${name}：${says}` });
  };
  if (indicator.name.trim().length < 2) say('请写明指标名称');
  if (indicator.code.trim() === '') say('请写明编号');
  if (seen.has(indicator.code)) say(`编号${indicator.code}与别的指标重复`);
  seen.add(indicator.code);
  if (indicator.weight <= 0) say('分值应大于0');
  if (indicator.floor < 0 || indicator.floor > indicator.weight) say('最低分应在0和分值之间');
  if (!counts(indicator) && indicator.floor > 0) say('加分项、扣分项没有最低分');
  if (indicator.part === 'individual' && indicator.units.length === 0) say('个性指标请写明适用哪些单位');
  if (indicator.by === 'hand') {
    if ((indicator.scorer ?? '').trim() === '') say('请写明由哪个单位打分');
    if (indicator.asks.trim().length < 4) say('请写明看什么、怎样评分');
    return places;
  }
  if (indicator.measure === null || indicator.scoring === null) {
    say('请选择取数口径和计分规则');
    return places;
  }
  const trouble = scoringTrouble(indicator.scoring, indicator.measure);
  if (trouble !== null) say(trouble);
  const { narrows, word, better } = measures[indicator.measure];
  const may = (one: Narrowing): boolean => (narrows as readonly string[]).includes(one);
  if (indicator.narrow.sectors.length > 0 && !may('sectors')) say(`「${word}」不能限定行业领域`);
  if (indicator.narrow.tags.length > 0 && !may('tags')) say(`「${word}」不能限定标签`);
  if (indicator.narrow.tags.length > 1) say('只能限定一个标签，请分成几项指标');
  if ((indicator.narrow.plan ?? '') !== '' && !may('plan')) say(`「${word}」不能限定方案`);
  if (indicator.narrow.major && !may('major')) say(`「${word}」不能限定重大隐患`);
  if (indicator.part === 'malus' && better === 'more' && indicator.scoring.kind === 'each')
    say(`「${word}」越高越好，不能逐项扣分，请改用分档或按比例`);
  if (indicator.part === 'bonus' && better === 'less' && indicator.scoring.kind === 'each')
    say(`「${word}」越低越好，不能逐项加分，请改用分档或按比例`);
  return places;
}

function ofGrades({ grades, vetoes, coupling, total }: SchemeBody): RefusalPlace[] {
  const where = 'body.grades';
  if (grades.length < 2) return [{ where, says: '请至少写明两个等次' }];
  const places: RefusalPlace[] = [];
  const codes = grades.map((grade) => grade.code);
  if (new Set(codes).size < codes.length || new Set(grades.map((grade) => grade.name)).size < grades.length)
    places.push({ where, says: '等次的编号、名称不能重复' });
  if (grades.some((grade, at) => at > 0 && grade.from >= (grades[at - 1]?.from ?? 0)))
    places.push({ where, says: '等次应从好到差排列，起点分数依次降低' });
  if ((grades[0]?.from ?? 0) > total) places.push({ where, says: '最好等次的起点分数超过了总分' });
  const last = grades.at(-1);
  if (last && (last.from > 0 || last.quota !== null))
    places.push({ where, says: `最后一个等次「${last.name}」应从0分起，不限名额` });
  if (grades.some((grade) => grade.quota !== null && (grade.quota <= 0 || grade.quota > 100)))
    places.push({ where, says: '名额比例应在0到100%之间' });
  const strange = (code: string): boolean => !codes.includes(code);
  for (const veto of vetoes)
    if (strange(veto.grade) || veto.name.trim().length < 2)
      places.push({ where: 'body.vetoes', says: `否决情形「${veto.name}」应写明名称和对应的等次` });
  if (new Set(vetoes.map((veto) => veto.code)).size < vetoes.length)
    places.push({ where: 'body.vetoes', says: '否决情形的编号不能重复' });
  if (coupling.some((one) => strange(one.grade)))
    places.push({ where: 'body.coupling', says: '挂钩规定里的等次不在等次表中' });
  return places;
}

/**
 * Everything for which a scheme cannot be issued, with the places to mend; empty: it is sound. `applies`: for each assessed
 * unit (its name) the codes of the indicators that apply to it; the weights of these must add up for every one of them.
 */
export function troubles(
  body: SchemeBody,
  applies: readonly { readonly name: string; readonly codes: readonly string[] }[],
): RefusalPlace[] {
  const places: RefusalPlace[] = [];
  const { from, to, year, total } = body;
  if (body.title.trim().length < 4) places.push({ where: 'body.title', says: '请写明方案名称' });
  if (body.basis.trim().length < 4) places.push({ where: 'body.basis', says: '请写明依据的文件' });
  if (parseDay(from) === null || parseDay(to) === null || from > to)
    places.push({ where: 'body.from', says: '考核期的起止日期有误' });
  else if (!from.startsWith(String(year)) || !to.startsWith(String(year)))
    places.push({ where: 'body.from', says: `考核期应在${year}年之内` });
  if (total <= 0) places.push({ where: 'body.total', says: '总分应大于0' });
  if (body.floor < 0 || body.floor > total) places.push({ where: 'body.floor', says: '保底分应在0和总分之间' });
  if (body.bonusCap < 0 || body.malusCap < 0)
    places.push({ where: 'body.bonusCap', says: '加分、扣分的上限不能小于0' });
  if (applies.length === 0) places.push({ where: 'body.objects', says: '考核对象里没有单位，请写明单位或单位类别' });
  const seen = new Set<string>();
  places.push(...body.indicators.flatMap((indicator, at) => ofIndicator(indicator, at, seen)));
  const main = body.indicators.filter(counts);
  const off = new Map<number, string[]>();
  for (const { name, codes } of applies) {
    const sum = round(main.filter((one) => codes.includes(one.code)).reduce((all, one) => all + one.weight, 0));
    if (!near(sum, total)) off.set(sum, [...(off.get(sum) ?? []), name]);
  }
  for (const [sum, names] of off) {
    const whom =
      names.length === applies.length
        ? '各单位'
        : `${names.slice(0, 3).join('、')}${names.length > 3 ? `等${names.length}个单位` : ''}`;
    places.push({ where: 'body.indicators', says: `${whom}适用的共性、个性指标分值合计${sum}分，应为${total}分` });
  }
  places.push(...ofGrades(body));
  return places;
}
