import type { SectionKey } from './bulletin-form.ts';
import type { Snapshot } from './snapshot.ts';

type Figures = Pick<Snapshot, 'figures'>;

const placeholder = /\{\{([^{}]*)\}\}/g;
const COMPARED = '较上期';

const unitOf = ({ figures }: Figures, name: string): string | null => {
  const figure = figures[name];
  return figure?.kind === 'count' ? figure.unit : null;
};

/**
 * A true figure behind the name of another one would change what is said: 逾期{{重大隐患}}件. The name is what stands right
 * before the figure; where it is part of the figure's own name, only a figure of another unit may be meant (逾期{{逾期任务}}项).
 */
function behindOtherName(before: string, name: string, snapshot: Figures): string | null {
  const [other] = Object.keys(snapshot.figures)
    .filter((one) => unitOf(snapshot, one) !== null && before.endsWith(one))
    .sort((a, b) => b.length - a.length);
  if (other === undefined || other === name) return null;
  if (name.includes(other) && unitOf(snapshot, name) !== unitOf(snapshot, other)) return null;
  return `“${other}”后面引用的是{{${name}}}，请引用{{${other}}}，或者把“${name}”写全。`;
}

/** 销号{{销号}}件（较上期{{新增较上期}}）: a comparison belongs to the figure that it stands behind. */
function behindOtherFigure(between: string, former: string | undefined, name: string): string | null {
  if (!name.endsWith(COMPARED) || former === undefined || former.endsWith(COMPARED)) return null;
  if (!/^[^，。；、]{0,3}（?较上期末?$/.test(between)) return null;
  return name === `${former}${COMPARED}`
    ? null
    : `{{${former}}}后面比较的是{{${name}}}，请引用{{${former}${COMPARED}}}。`;
}

/** Sentences about figures that stand where another one is spoken of, in one paragraph. */
export function misplacedFigures(paragraph: string, snapshot: Figures): string[] {
  const says: string[] = [];
  let end = 0;
  let former: string | undefined;
  for (const found of paragraph
    .normalize('NFKC')
    .replace(/[ \t\u3000]/g, '')
    .matchAll(placeholder)) {
    const name = (found[1] ?? '').trim();
    const between = found.input.slice(end, found.index).replace('(', '（');
    const kind = snapshot.figures[name]?.kind;
    if (kind === 'count') says.push(behindOtherName(between, name, snapshot) ?? '');
    if (kind === 'change') says.push(behindOtherFigure(between, former, name) ?? '');
    former = name;
    end = found.index + found[0].length;
  }
  return says.filter((one) => one !== '');
}

/** Who stands in front and behind is worked out: units are not named by hand where the ranking is told. */
export function namedByHand(
  key: SectionKey,
  paragraph: string,
  { ranking, units }: Pick<Snapshot, 'ranking' | 'units'>,
): string[] {
  if (key !== 'ranking') return [];
  const names = new Set([...ranking.best, ...ranking.worst, ...units].map((one) => one.name));
  return [...names]
    .filter((name) => name !== '' && paragraph.includes(name))
    .map(
      (name) => `“${name}”的名次由系统按规则排定，这里请引用{{前列单位}}、{{后列单位}}；对单位的要求写在工作要求里。`,
    );
}
