import type { Span } from '../../kernel/document.ts';
import { isNode, type OutlineNode } from '../plans/outline.ts';
import type { Passage } from '../plans/passages.ts';
import { readUnits } from '../plans/units.ts';
import type { ColumnRole, FeedbackLine, Said } from './feedback.ts';
import { roleOf } from './feedback-columns.ts';
import { partsOf } from './feedback-parts.ts';
import {
  gradeIn,
  gradeInSentence,
  looksLikeOffice,
  looksLikeSubject,
  readDue,
  readFound,
  type Setting,
  saidOf,
} from './feedback-words.ts';

const demand =
  /(?:整改|工作|有关|几点|相关|下步|下一步)(?:工作)?(?:要求|建议|安排|打算|意见)|^(?:要求|建议|措施|下一步)|下一步|组织领导|保障措施|工作措施|基本情况|总体(?:情况|评价)|工作开展|主要做法|特点|亮点|成效|督导情况$|检查情况$|检查(?:时间|内容|方式|对象|重点|范围)$/;
const problem = /问题|隐患|不足|短板|薄弱|违法|违规行为|缺陷|线索|不到位|不落实/;

/** A label inside an item: 责任单位：, 整改时限：. */
const label =
  /(?:^|[。；，（\n])((?:整改|牵头|责任|主责|主办|配合|协办|督办|督促|监管|行业主管|完成|办结|销号|落实|治理|隐患|问题|所属|检查|发现|排查|具体)?(?:责任|牵头|完成|整改|主管)?(?:单位|部门|责任人|负责人|时限|期限|时间|日期|截止时间|措施|建议|意见|要求|等级|级别|类别|地址|地点|位置|镇街|来源|依据|编号|备注))：/g;

/** A paragraph that speaks of the whole list and not of the item above it. */
const closing =
  /^(?:现|请|特此|希望|望|以上|上述|对(?:上述|以上|检查)|下一步|各(?:单位|地|部门|镇)|联系人|附件|附：|此(?:函|件)|同时|另|针对)|^(?:市|区|县|省).{0,20}(?:负责人|要求)/;

interface Labelled {
  readonly role: ColumnRole | 'class';
  readonly from: number;
  readonly to: number;
}

/** Labels of a passage from `from` on; the wording before the first one is the problem itself. */
function labelsIn(passage: Passage, from: number): { bodyTo: number; values: Labelled[] } {
  const text = passage.compact;
  const hits: { role: ColumnRole | 'class'; start: number; from: number }[] = [];
  for (const m of text.slice(from).matchAll(label)) {
    const words = m[1] ?? '';
    const role = roleOf(words);
    if (role === null || role === 'subject' || role === 'text') continue;
    const start = from + m.index + m[0].length - words.length - 1;
    hits.push({ role, start, from: start + words.length + 1 });
  }
  const [first] = hits;
  if (!first) return { bodyTo: text.length, values: [] };
  let bodyTo = first.start;
  while (bodyTo > from && /[（，；\n]/.test(text[bodyTo - 1] ?? '')) bodyTo--;
  const values = hits.map((hit, index): Labelled => {
    let to = hits[index + 1]?.start ?? text.length;
    if (hit.role !== 'measures' && hit.role !== 'note') {
      const stop = text
        .slice(hit.from, to)
        .search(hit.role === 'person' || hit.role === 'due' ? /[，。；）]/ : /[。；）]/);
      if (stop >= 0) to = hit.from + stop;
    }
    while (to > hit.from && /[，；（）\n]/.test(text[to - 1] ?? '')) to--;
    return { role: hit.role, from: hit.from, to };
  });
  return { bodyTo, values };
}

interface Above {
  readonly path: readonly string[];
  readonly numbers: string;
  readonly subject: Said | null;
  readonly unit: Said | null;
}

interface Reader {
  readonly text: string;
  readonly setting: Setting;
  readonly lines: FeedbackLine[];
}

const headWords = (node: OutlineNode): string => node.head?.compact.slice(node.headFrom, node.headTo) ?? '';
const children = (node: OutlineNode): OutlineNode[] => node.content.filter(isNode);
const plainOf = (node: OutlineNode): Passage[] => {
  const all = node.content.filter((x): x is Passage => typeof x === 'object' && !isNode(x));
  const stop = all.findIndex((each) => closing.test(each.compact));
  return stop < 0 ? all : all.slice(0, stop);
};

/** Whether a node only names what follows: it has items below, or short words and paragraphs of their own. */
function isHeading(node: OutlineNode): boolean {
  if (!node.head) return true;
  if (children(node).length > 0) return true;
  const whole = node.head.compact;
  const paragraphs = plainOf(node).filter((each) => labelsIn(each, 0).bodyTo > 0);
  return paragraphs.length > 0 && !/[。；！]$/.test(whole) && whole.length <= 40 && !/[，；。]/.test(headWords(node));
}

function anySection(node: OutlineNode): boolean {
  return children(node).some(
    (child) => (isHeading(child) && problem.test(headWords(child)) && !isDemand(child)) || anySection(child),
  );
}

/** A part of the document that asks for something or tells of the inspection; it holds no problems. */
const isDemand = (node: OutlineNode): boolean =>
  demand.test(headWords(node)) && !/存在|发现的?(?:主要)?问题/.test(headWords(node));

/**
 * Reads numbered problems out of running text. Where headings name sections of problems, only those are read; otherwise
 * everything numbered outside of demands. `sectionsOnly`: the list itself is a table, and only named sections count.
 */
export function readProse(root: OutlineNode, text: string, setting: Setting, sectionsOnly: boolean): FeedbackLine[] {
  const reader: Reader = { text, setting, lines: [] };
  const sectioned = anySection(root);
  if (sectionsOnly && !sectioned) return [];
  walk(reader, root, { path: [], numbers: '', subject: null, unit: null }, !sectioned);
  return reader.lines;
}

function walk(reader: Reader, node: OutlineNode, above: Above, open: boolean): void {
  for (const child of children(node)) {
    if (isDemand(child)) continue;
    const words = headWords(child);
    const inside = open || (isHeading(child) && problem.test(words));
    const numbers = `${above.numbers}${child.marker?.label ?? ''}`;
    if (!isHeading(child)) {
      if (inside) itemOf(reader, child, { ...above, numbers });
      continue;
    }
    const head = child.head;
    const said = head ? saidOf(head, child.headFrom, child.headTo) : null;
    const below: Above = {
      path: words === '' ? above.path : [...above.path, words],
      numbers,
      subject: said && looksLikeSubject(words) ? said : above.subject,
      unit: said && looksLikeOffice(words) ? said : above.unit,
    };
    if (children(child).length === 0 && inside) paragraphsOf(reader, child, below);
    else if (
      children(child).length > 0 &&
      head &&
      child.bodyFrom < head.compact.length - 12 &&
      inside &&
      !looksLikeOffice(words) &&
      !looksLikeSubject(words) &&
      children(child).every((each) => isDemand(each))
    )
      itemOf(reader, child, { ...above, numbers });
    walk(reader, child, below, inside);
  }
}

/** Paragraphs below a heading without numbers: each is a problem; those that only hold labels belong to the one before. */
function paragraphsOf(reader: Reader, node: OutlineNode, above: Above): void {
  const groups: Passage[][] = [];
  for (const paragraph of plainOf(node)) {
    const last = groups.at(-1);
    if (last && labelsIn(paragraph, 0).bodyTo === 0) last.push(paragraph);
    else groups.push([paragraph]);
  }
  groups.forEach((group, index) => {
    const [first, ...rest] = group;
    if (!first) return;
    const numbers = groups.length > 1 ? `${above.numbers}第${index + 1}段` : above.numbers;
    push(reader, first, 0, rest, { ...above, numbers });
  });
}

function itemOf(reader: Reader, node: OutlineNode, above: Above): void {
  const head = node.head;
  if (!head) return;
  const words = headWords(node);
  const run = node.bodyFrom < head.compact.length;
  const dot = head.compact[node.headTo] === '。';
  const said = saidOf(head, node.headFrom, node.headTo);
  const office = run && looksLikeOffice(words);
  const place = run && looksLikeSubject(words);
  const below: Above = {
    path: run && dot && (office || place) ? [...above.path, words] : above.path,
    numbers: above.numbers,
    subject: place ? said : above.subject,
    unit: office ? said : above.unit,
  };
  push(reader, head, run && dot && (office || place) ? node.bodyFrom : node.headFrom, plainOf(node), below);
}

const opening = /^([\u4e00-\u9fa5A-Za-z0-9（）·]{3,30}?(?:有限责任公司|有限公司|股份公司|合作社))/;

function push(reader: Reader, head: Passage, from: number, rest: readonly Passage[], above: Above): void {
  const { text, setting } = reader;
  const own = labelsIn(head, from);
  const values: { passage: Passage; at: Labelled }[] = own.values.map((at) => ({ passage: head, at }));
  let body = head.written(from, own.bodyTo).trim();
  let end = head.span(from).end;
  for (const paragraph of rest) {
    const more = labelsIn(paragraph, 0);
    if (more.bodyTo > 0) body += `\n${paragraph.written(0, more.bodyTo).trim()}`;
    values.push(...more.values.map((at) => ({ passage: paragraph, at })));
    end = paragraph.span().end;
  }
  if (body === '') return;
  const said = (role: ColumnRole): Said | null => {
    const hit = values.find(({ at }) => at.role === role);
    return hit && hit.at.to > hit.at.from ? saidOf(hit.passage, hit.at.from, hit.at.to) : null;
  };
  const units = (role: ColumnRole): readonly Said[] =>
    values.filter(({ at }) => at.role === role).flatMap(({ passage, at }) => readUnits(passage.part(at.from, at.to)));
  const leads = units('lead');
  const named = leads.length > 0 ? leads : units('responsible');
  const due = said('due');
  const found = said('found');
  const gradeSaid = said('grade');
  const source: Span = { start: head.span(from).start, end };
  const colon = head.compact.slice(from, from + 44).indexOf('：');
  const opener =
    colon > 2 ? head.compact.slice(from, from + colon) : (opening.exec(head.compact.slice(from))?.[1] ?? '');
  const openSaid = opener !== '' && looksLikeSubject(opener) ? saidOf(head, from, from + opener.length) : null;
  const subject = openSaid
    ? { ...openSaid, from: 'own' as const }
    : above.subject
      ? { ...above.subject, from: 'heading' as const }
      : null;
  reader.lines.push({
    place: above.numbers || '正文',
    originalNumber: said('number')?.text ?? (above.numbers || null),
    path: above.path,
    source,
    row: null,
    text: {
      text: body,
      source: {
        start: source.start,
        end:
          rest.length > 0 && own.values.length === 0
            ? head.span(from).end
            : head.span(from, Math.max(from + 1, own.bodyTo)).end,
      },
    },
    subject,
    address: said('address'),
    area: said('area'),
    category: said('category'),
    grade: gradeSaid
      ? { ...gradeSaid, means: gradeIn(gradeSaid.text) }
      : gradeInSentence(head, from, head.compact.length),
    lead: named.length > 0 ? named : above.unit ? [above.unit] : [],
    co: [...(leads.length > 0 ? units('responsible') : []), ...units('co')],
    supervising: units('supervising')[0] ?? null,
    unitFrom: named.length > 0 ? 'own' : above.unit ? 'heading' : null,
    person: said('person'),
    measures: said('measures'),
    due: due ? { ...readDue(text, due, setting), common: false } : null,
    found: found ? readFound(text, found, setting) : null,
    finder: said('finder'),
    status: null,
    note: said('note'),
    several: partsOf(head, from, own.bodyTo),
  });
}
