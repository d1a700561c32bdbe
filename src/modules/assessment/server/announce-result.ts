import { day as dayFrom, dayInWords } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import type { DocumentSays } from '../../letters/form.ts';
import { issueDocument, letterheadOf } from '../../letters/server/door.ts';
import { assessmentForms } from '../documents.ts';
import type { SchemeBody } from '../scheme.ts';
import { type Computed, computed } from './compute.ts';
import { type Done, decide, load, saveAndTell } from './step.ts';

/** Points as papers print them. */
const points = (value: number): string => value.toFixed(2);

type Says = DocumentSays<(typeof assessmentForms)['result']['blanks']>;

/** What the paper says: the figures are those of the sheets that were graded, and of nothing else. */
export function resultWords(of: Computed, copies: string | null): Says {
  const { body, units, snapshot } = of;
  const ordered = [...units].sort((a, b) => a.standing.rank - b.standing.rank || (a.name < b.name ? -1 : 1));
  const vetoed = ordered.filter((unit) => unit.vetoes.length > 0);
  return {
    年度: body.year,
    考核对象: body.objects.word,
    主送单位: body.objects.word,
    抄送单位: copies,
    依据: body.basis,
    考核期: `${dayInWords(dayFrom(body.from))}至${dayInWords(dayFrom(body.to))}`,
    单位数: units.length,
    满分: body.total,
    平均分: points(
      units.length === 0 ? 0 : units.reduce((sum, unit) => sum + unit.sheet.total.score, 0) / units.length,
    ),
    取数日期: snapshot?.day ?? of.day,
    数据指纹: snapshot?.hash.slice(0, 16) ?? '',
    等次: gradeRows(body, ordered),
    结果: ordered.map((unit) => ({
      名次: unit.standing.rank,
      单位: unit.name,
      基本分: points(unit.sheet.total.base),
      加分: points(unit.sheet.total.bonus),
      扣分: points(unit.sheet.total.malus),
      得分: points(unit.sheet.total.score),
      等次: unit.standing.gradeName,
    })),
    否决:
      vetoed.length === 0
        ? ['经核查，没有出现一票否决情形。']
        : vetoed.map((unit) => `${unit.name}：${unit.standing.says}。`),
    挂钩:
      body.coupling.length === 0
        ? ['按有关规定执行。']
        : body.coupling.map(
            (one) => `${body.grades.find((grade) => grade.code === one.grade)?.name ?? ''}等次的，${one.says}。`,
          ),
  };
}

const gradeRows = (body: SchemeBody, units: Computed['units']): Says['等次'] =>
  body.grades.map((grade) => {
    const names = units.filter((unit) => unit.standing.grade === grade.code).map((unit) => unit.name);
    return { 等次: grade.name, 数量: names.length, 单位: names.length === 0 ? '无' : names.join('、') };
  });

/** 公布: another person than the one who graded; with a numbered paper where it is wanted. */
export async function announceScheme(
  act: Act,
  input: { readonly id: string; readonly version: number; readonly letter: boolean },
): Promise<Done> {
  const loaded = await load(act, input);
  const state = decide(act, loaded, 'announce');
  const { scheme } = loaded;
  let number: string | null = null;
  if (input.letter) {
    const head = await letterheadOf(act.db, act.actor.jurisdiction);
    const of = await computed(act, scheme, null, loaded.versions);
    const item = { kind: 'scheme', id: scheme.id, title: scheme.title };
    const says = resultWords(of, head.copies?.trim() ? head.copies : null);
    number = (await issueDocument(act, head, item, assessmentForms.result, says)).number;
  }
  return saveAndTell(
    act,
    scheme,
    { state, announcedOn: act.day },
    {
      kind: 'scheme.announced',
      says: `${who(act)}公布考核结果${number === null ? '' : `，印发《考核结果通报》（${number}）`}`,
      data: { letter: number },
    },
  );
}
