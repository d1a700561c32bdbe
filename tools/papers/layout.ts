import { dayInWords } from '../../src/kernel/day.ts';
import type { Paper } from './issue.ts';
import type { Page, SaidIn } from './pages.ts';
import { issuer, today } from './words.ts';

/** A document with its pages. */
export interface Looked extends Paper {
  readonly pages: readonly Page[];
  readonly said: SaidIn;
}
type Say = (page: number, what: string) => void;
type Line = Page['lines'][number];

const mm = (length: number): number => (length * 72) / 25.4;
/** The type area of GB/T 9704: 156 × 225 mm, 28 mm from the left and 37 mm from the upper edge of the paper. */
const area = { left: mm(28), right: mm(28 + 156), top: mm(37), bottom: mm(37 + 225) };
const on = dayInWords(today);

const isNumber = ({ text, top }: Line): boolean => top > area.bottom && /^—\d+—$/.test(text);
const isImprint = ({ text }: Line): boolean => text.startsWith('抄送：') || text === `${on}印发`;
/** What stands on a page besides its number, the imprint at its foot and the signature. */
function contentOf({ lines }: Page): readonly Line[] {
  const foot = Math.min(...lines.filter(isImprint).map((line) => line.top)) - 2;
  return lines.filter(
    (line) =>
      !isNumber(line) && line.top < foot && !((line.text === issuer || line.text === on) && line.left > mm(28 + 60)),
  );
}

/** A4, everything within the type area, titles in the middle, page numbers at the outer side. */
export function flawsOfPages({ form, pages, said }: Looked, say: Say): void {
  for (const [at, page] of pages.entries()) {
    const number = at + 1;
    const heading = form.layout === 'letter' && at === 0;
    if (Math.abs(page.width - mm(210)) > 1 || Math.abs(page.height - mm(297)) > 1) say(number, '不是A4');
    for (const line of page.lines) {
      if (isNumber(line)) continue;
      if (line.left < area.left - 1 || line.right > area.right + 2 || line.bottom > area.bottom + 3)
        say(number, `超出版心：${line.text}`);
      if (!heading && line.top < area.top - 6) say(number, `高出版心：${line.text}`);
    }
    const [found, ...more] = page.lines.filter(isNumber);
    if (heading) {
      if (found) say(number, '信函首页不显示页码');
    } else if (!found || more.length > 0 || found.text !== `—${number}—`) say(number, '页码不对');
    else if (number % 2 === 1 ? found.right < area.right - mm(8) : found.left > area.left + mm(8))
      say(number, '页码没有在外侧');
  }
  for (const title of said.titles) {
    const plain = title.replace(/\s/g, '');
    const line = pages.flatMap((page) => page.lines).find(({ text }) => text === plain);
    if (!line) say(1, `标题断开了：${title}`);
    else if (Math.abs((line.left + line.right) / 2 - (area.left + area.right) / 2) > 5)
      say(1, `标题没有居中：${title}`);
  }
}

/** No page on which nothing but signature, imprint or number stands; the signature at the right, the imprint at the foot of the last page. */
export function flawsOfEnds({ pages }: Looked, say: Say): void {
  for (const [at, page] of pages.entries())
    if (contentOf(page).length === 0) say(at + 1, `只有${page.lines.map((line) => line.text).join('、') || '空白'}`);
  const signed = pages.flatMap((page) => page.lines).filter(({ text, left }) => text === on && left > mm(100));
  if (signed.length !== 1) say(pages.length, `落款日期有${signed.length}处`);
  for (const line of signed)
    if (Math.abs(area.right - line.right - 4 * 15.8) > 12) say(pages.length, '成文日期没有右空四字');
  for (const [at, page] of pages.entries())
    for (const line of page.lines.filter(isImprint)) {
      if (at < pages.length - 1) say(at + 1, '版记不在最后一页');
      if (line.text.endsWith('印发') && area.bottom - line.bottom > 8) say(at + 1, '版记不在底部');
    }
}

const amount = /^-?\d+(\.\d+)?[%天件项]?$/;
/** Columns whose figures are names, not amounts. */
const named = ['序号', '名次'];

/** No empty table, rows whole, heads repeated, amounts at the right edge of their column. */
export function flawsOfTables({ pages, said }: Looked, say: Say): void {
  const words = pages.flatMap((page) => page.lines.flatMap((line) => line.words));
  for (const { rows, edges } of said.tables) {
    const [head] = rows;
    const data = rows.filter((row) => !row.head);
    if (data.length === 0) say(0, '有空表格');
    if (head?.head && data.some((row) => row.cells.every(({ text }) => text.trim() === ''))) say(0, '有空行');
    if (rows.some((row) => !row.whole)) say(0, '有的行会在页末断开');
    for (const [column, { text: name }] of (head?.head ? head.cells : []).entries()) {
      const cells = data.map((row) => row.cells[column]).filter((cell) => cell !== undefined);
      const amounts = cells.filter(({ text }) => amount.test(text));
      if (amounts.length === 0 || named.includes(name)) continue;
      if (!cells.every(({ text }) => amount.test(text) || /^[—无]?$/.test(text))) continue;
      if (amounts.some(({ align }) => align !== 'right')) say(0, `${name}一列的数字没有靠右`);
      const edge = area.left + (edges[column] ?? 0) - 4;
      for (const { text } of amounts) {
        const end = text.replace(/^[\d.-]+(?=[天件项])/, '');
        if (!words.some((word) => word.text.endsWith(end) && Math.abs(word.right - edge) < 2.5))
          say(0, `${name}一列的${text}没有对齐右边`);
      }
    }
  }
}

const count = (text: string): Map<string, number> => {
  const signs = new Map<string, number>();
  for (const sign of text) if (/[\p{L}\p{N}]/u.test(sign)) signs.set(sign, (signs.get(sign) ?? 0) + 1);
  return signs;
};

/** Nothing of the text is cut, no blank is left, no number of an item and no sign stands on the wrong line. */
export function flawsOfText({ pages, said }: Looked, say: Say): void {
  const printed = count(pages.flatMap((page) => page.lines.map((line) => line.text)).join(''));
  for (const [sign, times] of count(said.text))
    if ((printed.get(sign) ?? 0) < times) say(0, `缺字：${sign}${times - (printed.get(sign) ?? 0)}个`);
  if (/[{}]|undefined|null|NaN|，。|。。|：。/.test(said.text)) say(0, '有没填好的空');
  for (const [at, page] of pages.entries())
    for (const { text } of page.lines) {
      if (/[A-Z]\d{4}-$/.test(text)) say(at + 1, `编号断行：${text}`);
      if (/^[，。、；：！？）》〉」』】〕]/.test(text)) say(at + 1, `标点在行首：${text}`);
      if (/[（《〈「『【〔]$/.test(text)) say(at + 1, `括号在行末：${text}`);
    }
}
