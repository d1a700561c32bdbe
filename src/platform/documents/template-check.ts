import type { Blank, Blanks } from '../../kernel/blanks.ts';
import { blanksIn, type Place, placesOf, type WordTemplate } from './word-template.ts';

/** What is wrong with a template and where, in Chinese, for whoever made it. */
export interface TemplateFlaw {
  readonly where: string;
  readonly says: string;
}

/** How many characters must be changed to make one of the other. */
function distance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const now = [i];
    for (let j = 1; j <= b.length; j += 1)
      now.push(
        Math.min((before[j] ?? 0) + 1, (now[j - 1] ?? 0) + 1, (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    before = now;
  }
  return before[b.length] ?? 0;
}

/** The known name that was probably meant: what is nearest, if most of it agrees. */
function meant(name: string, known: readonly string[]): string | null {
  const near = known
    .map((one) => ({ one, far: distance(name, one) }))
    .filter(({ one, far }) => far <= Math.max(1, Math.floor(Math.max(one.length, name.length) * 0.5)))
    .sort((a, b) => a.far - b.far)[0];
  return near?.one ?? null;
}

const listed = (names: readonly string[]): string => names.map((name) => `{{${name}}}`).join('、');

/** Everything in the template that does not fit the blanks: misspelt, missing, half written or in the wrong place. */
export function flawsOf(template: WordTemplate, blanks: Blanks): TemplateFlaw[] {
  const places = template.parts.flatMap((part) => placesOf(part));
  const flaws = places
    .flatMap((place) => [...halves(place), ...inPlace(place, blanks)])
    .concat(twoLists(places, blanks));
  const used = new Set(
    places.flatMap((place) =>
      blanksIn(place.text).map((one) => (one.field === null ? one.name : `${one.name}.${one.field}`)),
    ),
  );
  for (const [name, blank] of Object.entries(blanks)) {
    const fields = Object.entries(blank.fields ?? {});
    const wanted = blank.kind === 'rows' ? fields.map(([field]) => `${name}.${field}`) : [name];
    if (blank.optional && !wanted.some((one) => used.has(one))) continue;
    const missing = wanted.filter((one, at) => !used.has(one) && !(blank.kind === 'rows' && fields[at]?.[1].optional));
    for (const one of missing)
      flaws.push({
        where: '全文',
        says: `模板里缺少 {{${one}}}（${(blank.kind === 'rows' ? blank.fields?.[one.slice(name.length + 1)] : blank)?.means ?? ''}）。`,
      });
  }
  const seen = new Set<string>();
  return flaws.filter(({ where, says }) => !seen.has(where + says) && seen.add(where + says));
}

/** Braces that do not close, or that a Chinese keyboard typed. */
function halves({ text, where }: Place): TemplateFlaw[] {
  const flaws: TemplateFlaw[] = [];
  const rest = text.replace(/\{\{[^{}]*\}\}/g, '');
  if (/[｛｝]/.test(rest)) flaws.push({ where, says: '这里用了全角的花括号，请改成半角的 {{ 和 }}。' });
  if (/\{\{/.test(rest)) flaws.push({ where, says: '「{{」没有对应的「}}」，或中间夹了换行、制表符。' });
  else if (/\}\}/.test(rest)) flaws.push({ where, says: '「}}」前面没有对应的「{{」。' });
  else if (/\{[^{}]{1,20}\}/.test(rest)) flaws.push({ where, says: '空格要用两重花括号，写成 {{名称}}。' });
  return flaws;
}

function inPlace(place: Place, blanks: Blanks): TemplateFlaw[] {
  const flaws: TemplateFlaw[] = [];
  const found = blanksIn(place.text);
  const say = (says: string): void => {
    flaws.push({ where: place.where, says });
  };
  for (const { name, field, written } of found) {
    const blank: Blank | undefined = Object.hasOwn(blanks, name) ? blanks[name] : undefined;
    if (!blank) {
      const near = meant(name, Object.keys(blanks));
      say(
        name === ''
          ? '「{{}}」里没有写名称。'
          : `${written} 不认识${near ? `，是不是 {{${near}${field === null ? '' : `.${field}`}}}？` : `。可用的有：${listed(Object.keys(blanks))}。`}`,
      );
    } else if (blank.kind === 'rows') {
      const fields = Object.keys(blank.fields ?? {});
      if (field === null) say(`${written} 是一张表，要写明哪一列，如 {{${name}.${fields[0] ?? ''}}}。`);
      else if (!fields.includes(field)) {
        const near = meant(field, fields);
        say(
          `${written} 不认识：${name}里没有「${field}」这一列${near ? `，是不是 {{${name}.${near}}}？` : `。可用的有：${listed(fields.map((one) => `${name}.${one}`))}。`}`,
        );
      }
    } else if (field !== null) say(`${written} 写错了：「${name}」不是表，后面不能再加「.${field}」。`);
    if (blank?.kind === 'paragraphs' && place.text.trim() !== written)
      say(`${written} 会展开成若干段，应当独占一段，前后不写别的字。`);
    if (blank?.kind === 'chart' && (place.text.trim() !== written || place.part.kind !== 'body'))
      say(`${written} 是一幅图，应当放在正文里，独占一段，前后不写别的字。`);
  }
  return flaws;
}

/** A row is repeated for one list: two lists in it would not know which. */
function twoLists(places: readonly Place[], blanks: Blanks): TemplateFlaw[] {
  const lists = new Map<unknown, { readonly where: string; readonly names: Set<string> }>();
  for (const place of places) {
    const at = place.row?.element ?? place.paragraph;
    const entry = lists.get(at) ?? { where: place.where, names: new Set() };
    for (const { name } of blanksIn(place.text)) if (blanks[name]?.kind === 'rows') entry.names.add(name);
    lists.set(at, entry);
  }
  return [...lists.values()]
    .filter(({ names }) => names.size > 1)
    .map(({ where, names }) => ({ where, says: `同一行里不能用两张表的空：${[...names].join('、')}。` }));
}
