import { type SectionKey, titleOf } from './bulletin-form.ts';
import { misplacedFigures, namedByHand } from './figure-places.ts';
import { figureInWords, type Snapshot } from './snapshot.ts';

/** The words of one part; each line is a paragraph. Figures stand in it by their names only: {{未销号}}. */
export interface Section {
  readonly key: SectionKey;
  readonly text: string;
}
export interface Flaw {
  readonly where: string;
  readonly says: string;
}

const placeholder = /\{\{([^{}]*)\}\}/g;
/** Stands for a figure while the words around it are looked at. */
const FIGURE = '\u0001';
const numerals = '〇零一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟';
const classifiers =
  '件|条|项|起|家|处|个|次|人|名|天|日|周|成|倍|宗|例|份|所|栋|户|台|套|张|封|批|轮|场|间|座|元|块|吨|分|%';
/** Words before which even a single 一 is a count. */
const counting =
  '新增|销号|逾期|整改|完成|缺报|迟报|挂牌|摘牌|剩余|仅|仅有|共|共有|尚有|还有|达|超过|增加|减少|发生|查处|排查';

/** Control, joining and private characters: nothing that anybody types on purpose. */
const unseen = /\p{Cc}|\p{Cf}|\p{Co}|\p{Cn}|\u034f|[\u115f\u1160\u17b4\u17b5]|[\u180b-\u180e]|[\ufe00-\ufe0f]/u;

/** Names of figures in a text, in their order, with repeats. */
export const figuresIn = (text: string): string[] =>
  [...text.matchAll(placeholder)].map((found) => (found[1] ?? '').trim());

/** The name that was probably meant. */
function near(name: string, known: readonly string[]): string | null {
  const shared = (other: string): number => [...new Set(name)].filter((sign) => other.includes(sign)).length;
  const best = known
    .map((one) => ({ one, same: shared(one) - Math.abs(one.length - name.length) / 10 }))
    .sort((a, b) => b.same - a.same)[0];
  return best && best.same >= name.length / 2 ? best.one : null;
}

/** What may be written with digits: dates, hours, document numbers, articles, the number at the head of a paragraph. */
const allowed: readonly RegExp[] = [
  /[\u4e00-\u9fa5]{1,12}〔\d{4}〕\d{1,4}号/g,
  /(?<!\d)20\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?)?/g,
  /(?<!\d)\d{1,2}月\d{1,2}日/g,
  /(?<!\d)\d{1,2}:\d{2}(?!\d)/g,
  /第\d{1,3}[条款章节]/g,
];

/** Sentences about what is wrong in one paragraph; empty: nothing. */
function flawsOfParagraph(raw: string, snapshot: Pick<Snapshot, 'figures'>): string[] {
  const says: string[] = [];
  // what cannot be seen must not part a figure from its name
  if (unseen.test(raw)) says.push('文字里有看不见的字符，请删去后重新输入。');
  const names = Object.keys(snapshot.figures);
  for (const name of figuresIn(raw)) {
    if (snapshot.figures[name]) continue;
    const meant = near(name, names);
    says.push(`快照里没有{{${name}}}这个数字${meant ? `，是不是{{${meant}}}` : ''}。`);
  }
  for (const [whole, name = '', after = ''] of raw.matchAll(/\{\{([^{}]*)\}\}\s*([%％成倍百千万亿余多点.．]?)/g)) {
    const figure = snapshot.figures[name.trim()];
    if (after !== '' && figure && figure.kind !== 'words')
      says.push(`“${whole}”会改变数字的意思，请删去数字后面的“${after}”。`);
  }
  if (/[-－−负约近超]\s*\{\{/.test(raw)) says.push('数字前面不能加正负号或“约”“近”“超”，数字就是台账上的数字。');
  const rest = raw.replace(placeholder, FIGURE);
  if (/[{}]/.test(rest)) says.push('花括号没有成对，数字应写成{{名称}}。');
  let plain = rest.replace(/^\s*(?:[（(]\d{1,2}[)）]|\d{1,2}[.．、](?!\d)|[①-⑳])/, '').normalize('NFKC');
  // a set phrase in quotation marks may hold a number word, a bare number may not hide there
  plain = plain.replace(/[“"《]([^”"》]*)[”"》]/g, (whole, inner: string) =>
    new RegExp(`^[\\d${numerals}\\s]*$`).test(inner) ? inner : /\d/.test(inner) ? whole : '',
  );
  for (const pattern of allowed) plain = plain.replace(pattern, '');
  const digits =
    /[\p{Nd}\p{Nl}\p{No}]+/u.exec(plain) ??
    /\p{Nl}+/u.exec(rest) ??
    new RegExp(`[A-Za-z]+(?=\\s*(?:${classifiers}))`).exec(plain);
  if (digits) says.push(`“${digits[0]}”是手写的数字，不能写进通报；请用{{名称}}引用快照里的数字。`);
  if (new RegExp(`[${numerals}]\\s*${FIGURE}|${FIGURE}\\s*[${numerals}]`).test(plain))
    says.push('数字前后不能再加数目字。');
  const tight = plain.replace(/\s+/g, '');
  const written = new RegExp(`(?<![第前后每逐同各某${numerals}])([${numerals}]+)(?:余|多|来)?(?:${classifiers})`, 'g');
  for (const found of tight.matchAll(written)) {
    const number = found[1] ?? '';
    const before = tight.slice(0, found.index);
    if (number === '一' && !new RegExp(`(?:${counting})(?:了|有|的)?$`).test(before)) continue;
    says.push(`“${found[0]}”是手写的数字，不能写进通报；请用{{名称}}引用快照里的数字，固定提法请加引号。`);
  }
  if (new RegExp(`百分之[${numerals}]`).test(tight)) says.push('“百分之…”是手写的数字，请用{{名称}}引用快照里的比例。');
  return says;
}

/**
 * Sentences about figures typed into words that know no snapshot: names, addressees, templates. Blanks like {{本期}} are left
 * out first; 百日攻坚 is a name.
 */
export const typedFigures = (text: string): string[] =>
  text.split('\n').flatMap((line) => {
    const plain = line.replace(placeholder, '').replace(/[一二三四五六七八九十百千]+[日天周]/g, '');
    return flawsOfParagraph(plain, { figures: {} }).map((says) => says.replace(/；请用.*$/, '，数字只取自快照。'));
  });

/** Everything in the words that does not hold against the snapshot: unknown figures, figures written by hand. */
export function flawsOfText(sections: readonly Section[], snapshot: Snapshot): Flaw[] {
  const flaws: Flaw[] = [];
  const keys = sections.map((one) => one.key);
  if (keys.join() !== snapshot.form.sections.join())
    flaws.push({ where: 'body.sections', says: '通报的各部分由快照确定，不能增加、删去或调换。' });
  for (const section of sections)
    section.text.split('\n').forEach((paragraph, at) => {
      for (const says of [
        ...flawsOfParagraph(paragraph, snapshot),
        ...misplacedFigures(paragraph, snapshot),
        ...namedByHand(section.key, paragraph, snapshot),
      ])
        flaws.push({
          where: `body.sections.${section.key}`,
          says: `${titleOf(section.key, snapshot.form.called)}第${at + 1}段：${says}`,
        });
    });
  return flaws;
}

/** The words with the figures in their places, one text for each paragraph; empty lines fall away. */
export function paragraphsOf(text: string, snapshot: Snapshot): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) =>
      line.replace(placeholder, (_whole, name: string) => {
        const figure = snapshot.figures[name.trim()];
        if (!figure) throw new RangeError(`the snapshot has no figure ${name}`);
        return figureInWords(figure);
      }),
    );
}

/** Figures that stood in the first draft and no longer stand in the words: for who approves. */
export function droppedFigures(draft: readonly Section[], now: readonly Section[]): string[] {
  const kept = new Set(now.flatMap((one) => figuresIn(one.text)));
  return [...new Set(draft.flatMap((one) => figuresIn(one.text)))].filter((name) => !kept.has(name));
}
