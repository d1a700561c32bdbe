import { draftTask, nobody, type Range, type Units } from './drafts.ts';
import type { TaskDraft, UnitMention } from './extraction.ts';
import { childrenOf, isNode, type OutlineNode } from './outline.ts';
import type { Passage } from './passages.ts';
import type { DateSetting } from './points.ts';
import {
  findLists,
  isFirmName,
  looksLikeUnit,
  openingDuties,
  openingUnit,
  readTerritorial,
  readUnits,
  subjectUnits,
  type UnitList,
} from './units.ts';

interface Segment {
  readonly ranges: Range[];
  lists: { passage: Passage; list: UnitList }[];
}

interface Inherited {
  readonly units: Units | null;
  readonly path: readonly string[];
  readonly address: string;
}

/** Who bears territorial responsibility for tasks[from, to). */
interface TerritorialRule {
  readonly units: readonly UnitMention[];
  readonly from: number;
  readonly to: number;
}

export type ReadTable = (table: number, path: readonly string[], units: Units | null) => TaskDraft[];

/** "请各单位于9月15日前报送总结。", "联系人：…": lines to all readers at the end of a notice, no part of the item above them. */
const closing =
  /^请(?:各[^，。；]{1,20}|[^，。；各]{0,12}|(?:有关|相关)[^，。；]{2,12})?(?:于|将)[^。]{0,60}(?:报|反馈|送|备案)[^。]{0,40}。?$|^（?(?:联系人|联系电话|联系方式|电子邮箱|邮箱|抄送|抄报)：/;
const nothing = /^[。；，、．.：）\s]*$/;

/** Turns the outline into tasks: each is the smallest piece of text that one list of units governs. */
export class ClauseReader {
  readonly tasks: TaskDraft[] = [];
  private readonly rules: TerritorialRule[] = [];
  /** Territorial sentences of the node at hand; they reach from or to the tasks of this node. */
  private notes: { units: readonly UnitMention[]; reach: UnitList['reach'] }[] = [];
  private readonly lists = new Map<Passage, UnitList[]>();
  private readonly counts = new Map<OutlineNode, number>();
  private anyLists = false;
  private namedWork = false;
  private inlineEarly = new Map<string, number>();

  constructor(
    private readonly root: OutlineNode,
    private readonly setting: DateSetting,
    private readonly readTable: ReadTable,
    private readonly isTaskTable: (index: number) => boolean,
    /** True where a table names responsible units: the document then says by itself what its tasks are. */
    tablesNameUnits: boolean,
  ) {
    this.anyLists = tablesNameUnits;
  }

  read(): TaskDraft[] {
    this.survey(this.root);
    this.walkRoot();
    return this.tasks.map((task, i) => {
      const extra = this.rules.filter((r) => r.from <= i && i < r.to).flatMap((r) => r.units);
      if (extra.length === 0) return task;
      const all = [...task.territorial];
      for (const u of extra) if (!all.some((a) => a.text === u.text)) all.push(u);
      return { ...task, territorial: all };
    });
  }

  private listsOf(p: Passage): UnitList[] {
    let found = this.lists.get(p);
    if (!found) {
      found = findLists(p);
      this.lists.set(p, found);
    }
    return found;
  }

  /** The units to which a paragraph is addressed at its beginning, or its sentences at theirs, where it names none elsewhere. */
  private openings(node: OutlineNode, p: Passage): UnitList[] {
    if ((node.use !== 'work' && node.use !== 'plain') || this.listsOf(p).length > 0) return [];
    const from = p === node.head ? node.headFrom : 0;
    const unit = p.compact.includes('：') ? openingUnit(p, from) : null;
    return unit ? [unit] : openingDuties(p, from);
  }

  /** "一、应急管理办": a section whose heading is nothing but a unit, as its neighbours' are. */
  private unitHeading(node: OutlineNode): { passage: Passage; list: UnitList } | null {
    const p = node.head;
    if (!p || node.annex !== null || !node.parent || (node.use !== 'plain' && node.use !== 'work')) return null;
    const isUnit = (n: OutlineNode) => {
      const text = n.head?.compact.slice(n.headFrom, n.headTo) ?? '';
      return text.length <= 20 && looksLikeUnit(text) && isFirmName(text);
    };
    if (!isUnit(node) || childrenOf(node.parent).filter(isUnit).length < 2) return null;
    const list = {
      start: node.headFrom,
      end: node.headTo,
      lead: [],
      territorial: [],
      times: [],
      reach: 'here',
      spoken: false,
    } as const;
    return { passage: p, list: { ...list, responsible: readUnits(p.part(node.headFrom, node.headTo)) } };
  }

  /** Counts lists below every node and learns the habits of the document. */
  private survey(node: OutlineNode): number {
    let n = 0;
    if (node.head) n += this.listsOf(node.head).filter(named).length;
    if (node.head) {
      const opened = this.openings(node, node.head).length;
      n += opened > 0 ? opened : this.unitHeading(node) ? 1 : 0;
    }
    if (node.use === 'work') this.namedWork = true;
    const kids = childrenOf(node);
    for (const item of node.content) {
      if (typeof item === 'number') continue;
      n += isNode(item)
        ? this.survey(item)
        : this.listsOf(item).filter(named).length + this.openings(node, item).length;
    }
    kids.slice(0, -1).forEach((k) => {
      const style = k.marker?.style;
      if (style && (this.counts.get(k) ?? 0) > 0) this.inlineEarly.set(style, (this.inlineEarly.get(style) ?? 0) + 1);
    });
    if (n > 0) this.anyLists = true;
    this.counts.set(node, n);
    return n;
  }

  private walkRoot(): void {
    const top: Inherited = { units: null, path: [], address: '' };
    this.walk(this.root, top);
  }

  private heading(node: OutlineNode): string {
    if (!node.head) return '';
    let to = node.headTo;
    for (const list of this.listsOf(node.head)) if (list.start < to && list.start >= node.headFrom) to = list.start;
    return node.head.written(node.headFrom, to).replace(/[。：；\s]+$/, '');
  }

  private segments(node: OutlineNode): Segment[] {
    const segments: Segment[] = [];
    let current: Segment = { ranges: [], lists: [] };
    const passages: { p: Passage; from: number }[] = [];
    if (node.head && node.annex === null) passages.push({ p: node.head, from: node.headFrom });
    for (const c of node.content) if (typeof c === 'object' && !isNode(c)) passages.push({ p: c, from: 0 });
    for (const { p, from } of passages) {
      let at = from;
      const lists = this.listsOf(p);
      if (lists.length === 0 && ((p !== node.head && closing.test(p.compact)) || this.note(p))) continue;
      const openings = this.openings(node, p);
      if (openings.length > 0) {
        if (current.ranges.length > 0) segments.push(current);
        openings.forEach((list, i) => {
          const range = {
            passage: p,
            from: i === 0 ? from : list.start,
            to: openings[i + 1]?.start ?? p.compact.length,
          };
          segments.push({ ranges: [range], lists: [{ passage: p, list }] });
        });
        current = { ranges: [], lists: [] };
        continue;
      }
      for (const list of lists) {
        if (!nothing.test(p.compact.slice(at, list.start)))
          current.ranges.push({ passage: p, from: at, to: list.start });
        at = list.end;
        if (current.ranges.length === 0) {
          const last = segments.at(-1);
          if (last) {
            last.lists.push({ passage: p, list });
            continue;
          }
        }
        current.lists.push({ passage: p, list });
        segments.push(current);
        current = { ranges: [], lists: [] };
      }
      if (!nothing.test(p.compact.slice(at))) {
        const skip = /^[。；，]+/.exec(p.compact.slice(at))?.[0].length ?? 0;
        current.ranges.push({ passage: p, from: at + skip, to: p.compact.length });
      }
    }
    if (current.ranges.length > 0) segments.push(current);
    return segments;
  }

  /** A sentence outside any list that lays territorial responsibility on several tasks. */
  private note(p: Passage): boolean {
    if (
      !p.compact.includes('属地') ||
      !/(?:以上|以下|上述|下列|下同|不再|均需|均须|均由|所有任务|各项任务|全部任务)/.test(p.compact)
    )
      return false;
    const read = readTerritorial(p, 0, p.compact.length);
    if (!read) return false;
    this.notes.push(read);
    return p.compact.length <= 90;
  }

  private settleNotes(): void {
    for (const { units, reach } of this.notes) this.addRule(units, reach, this.tasks.length);
    this.notes = [];
  }

  private addRule(units: readonly UnitMention[], reach: UnitList['reach'], at: number): void {
    if (reach === 'later') this.rules.push({ units, from: at, to: Number.POSITIVE_INFINITY });
    else if (reach === 'earlier') this.rules.push({ units, from: 0, to: at });
    else if (reach === 'all') this.rules.push({ units, from: 0, to: Number.POSITIVE_INFINITY });
  }

  private works(node: OutlineNode): boolean {
    if (node.use === 'work') return true;
    if (node.use !== 'plain') return false;
    for (let n: OutlineNode | null = node; n; n = n.parent)
      if ((this.counts.get(n) ?? 0) > 0 && n.rank >= 0.5) return true;
    return !this.namedWork;
  }

  private walk(node: OutlineNode, from: Inherited): void {
    const heading = this.heading(node);
    const address = node.marker ? compose(from.address, node.marker.label, node.marker.style) : from.address;
    const here: Inherited = { units: from.units, path: heading ? [...from.path, heading] : from.path, address };
    const kids = childrenOf(node);
    const tables = node.content.filter((c): c is number => typeof c === 'number' && this.isTaskTable(c));
    const segments = this.segments(node);
    const top = node.head ? (this.headingList(node) ?? this.unitHeading(node)) : null;
    const lines = top ? [] : this.linesBelow(node);
    const own = segments.filter((s) =>
      s.lists.some((l) => named(l.list) && !(top && l.list === top.list) && !lines.includes(l.list)),
    );
    const below = kids.reduce((n, k) => n + (this.counts.get(k) ?? 0), 0);

    if (kids.length === 0 && tables.length === 0) {
      this.leaf(node, segments, own, top, here, from);
      this.settleNotes();
      return;
    }
    this.settleNotes();
    if (kids.length > 0 && this.hoists(node, kids, below, own.length, top !== null)) {
      this.whole(node, here, from);
      return;
    }
    let units = top ? unitsOf([top.list]) : lines.length > 0 ? unitsOf(lines) : from.units;
    const levelled = node.rank > 1 || node.parent?.annex !== null;
    if (own.length > 0) {
      if (below === 0 && kids.length > 0 && own.length === 1) {
        this.whole(node, here, from);
        return;
      }
      for (const [i, s] of own.entries())
        this.emit(
          s,
          here,
          from,
          own.length === 1 ? '' : `-${i + 1}`,
          i === 0 && own.length === 1 ? heading : undefined,
        );
      if (own.length === 1) units = unitsOf(own.flatMap((s) => s.lists.map((l) => l.list)));
    } else if (top?.list.spoken && levelled && below > 0 && node.rank > 1) {
      const head = segments[0];
      if (head) this.emit({ ranges: segments.flatMap((s) => s.ranges), lists: [top] }, here, from, '', heading);
    }
    const inner: Inherited = { ...here, units };
    for (const c of node.content) {
      if (typeof c === 'number') {
        if (this.isTaskTable(c)) {
          const rows = this.readTable(c, here.path, units);
          for (const row of rows) this.push(row);
        }
      } else if (isNode(c)) this.walk(c, inner);
    }
  }

  /** The list that closes the heading itself, before any wording: 一、教育领域（区教育局）. */
  private headingList(node: OutlineNode): { passage: Passage; list: UnitList } | null {
    const p = node.head;
    if (!p || node.annex !== null) return null;
    const list = this.listsOf(p)[0];
    if (!list || !named(list) || list.start > node.headTo + 1 || list.start <= node.headFrom) return null;
    return nothing.test(p.compact.slice(list.end)) ? { passage: p, list } : null;
  }

  /** Lines 牵头单位：… 责任单位：… between a bare heading and the items below it: they hold for the items that name none. */
  private linesBelow(node: OutlineNode): UnitList[] {
    if (!node.head || node.annex !== null || node.bodyFrom < node.head.compact.length) return [];
    if (this.listsOf(node.head).length > 0 || childrenOf(node).length < 2) return [];
    const found: UnitList[] = [];
    for (const c of node.content) {
      if (typeof c === 'number' || isNode(c)) break;
      const lists = this.listsOf(c);
      const [list] = lists;
      if (lists.length !== 1 || !list || !nothing.test(c.compact.slice(0, list.start))) return [];
      if (!nothing.test(c.compact.slice(list.end))) return [];
      found.push(list);
    }
    return found.some(named) ? found : [];
  }

  /** One list at the very end of several measures governs the item above them. */
  private hoists(node: OutlineNode, kids: readonly OutlineNode[], below: number, own: number, top: boolean): boolean {
    if (kids.length >= 2 && below >= 1 && own === 0 && kids.every(isField)) return true;
    if (kids.length < 2 || below !== 1 || own > 0 || top || node.rank < 1) return false;
    const last = kids.at(-1);
    if (!last || (this.counts.get(last) ?? 0) !== 1) return false;
    const style = last.marker?.style ?? '';
    const deep = this.deepest(last);
    const finals = deep.content.filter((c): c is Passage => typeof c === 'object' && !isNode(c));
    const end = finals.at(-1);
    const ownLine =
      end !== undefined && this.listsOf(end).some((l) => named(l) && nothing.test(end.compact.slice(0, l.start)));
    if ((this.inlineEarly.get(style) ?? 0) >= 2 && !ownLine) return false;
    if (node.rank <= 1) {
      const peers = node.parent ? childrenOf(node.parent) : [];
      const alike = peers.filter((p) => (this.counts.get(p) ?? 0) === 1 && childrenOf(p).length >= 2).length;
      return alike >= 2 || ownLine;
    }
    return true;
  }

  private deepest(node: OutlineNode): OutlineNode {
    const last = childrenOf(node).at(-1);
    return last ? this.deepest(last) : node;
  }

  /** The whole item with everything below it as one task. */
  private whole(node: OutlineNode, here: Inherited, from: Inherited): void {
    const ranges: Range[] = [];
    const lists: Segment['lists'] = [];
    const gather = (n: OutlineNode) => {
      const keep = n === node;
      for (const s of this.segments(n)) {
        ranges.push(
          ...(keep || !n.head
            ? s.ranges
            : s.ranges.map((r) => (r.passage === n.head && r.from === n.headFrom ? { ...r, from: 0 } : r))),
        );
        lists.push(...s.lists);
      }
      for (const k of childrenOf(n)) gather(k);
    };
    gather(node);
    this.emit({ ranges, lists }, here, from, '', this.heading(node));
    this.settleNotes();
  }

  private leaf(
    node: OutlineNode,
    segments: Segment[],
    own: Segment[],
    top: { passage: Passage; list: UnitList } | null,
    here: Inherited,
    from: Inherited,
  ): void {
    const heading = this.heading(node);
    const generic = node.use === 'work' && node.rank <= 1 && isGeneric(heading);
    if (own.length === 0 && !top) {
      if (!node.head || node.annex !== null) return;
      const works = this.works(node);
      if (!works || generic || node.rank < 0.95) return;
      if (!from.units && this.anyLists && (this.counts.get(sectionOf(node)) ?? 0) === 0) return;
      if (!from.units && this.anyLists && node.rank <= 1) return;
      const all: Segment = { ranges: segments.flatMap((s) => s.ranges), lists: segments.flatMap((s) => s.lists) };
      if (all.ranges.length > 0) this.emit(all, here, from, '', heading);
      return;
    }
    if (own.length <= 1) {
      const lists = segments.flatMap((s) => s.lists);
      const all: Segment = {
        ranges: segments.flatMap((s) => s.ranges),
        lists: lists.length === 0 && top ? [top] : lists,
      };
      this.emit(all, here, from, '', node.head && node.annex === null && !generic ? heading : undefined);
      return;
    }
    // Several lists: each governs the wording since the one before; a heading on its own line stands above them all.
    let count = 0;
    const [first] = segments;
    const pure =
      node.head &&
      first &&
      first.ranges.length > 1 &&
      first.ranges[0]?.passage === node.head &&
      node.bodyFrom >= node.head.compact.length;
    for (const s of segments) {
      const ranges = s === first && pure ? s.ranges.slice(1) : s.ranges;
      if (s.lists.length === 0 && (ranges.reduce((n, r) => n + r.to - r.from, 0) < 20 || !this.works(node))) continue;
      count += 1;
      this.emit(
        { ranges, lists: s.lists },
        here,
        { ...from, path: node.rank < 0 ? from.path : here.path },
        `-${count}`,
      );
    }
  }

  private emit(segment: Segment, here: Inherited, from: Inherited, suffix: string, title?: string): void {
    const lists = segment.lists.map((l) => l.list);
    const named_ = lists.filter((l) => l.lead.length + l.responsible.length > 0);
    const own = unitsOf(lists);
    const ranges = segment.ranges;
    const [first] = ranges;
    if (!first) return;
    // Where a document names units nowhere else, the subjects of its sentences are who must act.
    const subjects =
      named_.length === 0 && !from.units && !this.anyLists ? subjectUnits(first.passage, first.from, first.to) : [];
    const units: Units =
      named_.length > 0
        ? own
        : { ...(from.units ?? { ...nobody, responsible: subjects }), territorial: own.territorial };
    const times = segment.lists.flatMap(({ passage, list }) =>
      list.times.map(([a, b]) => ({ passage, from: a, to: b })),
    );
    const spans = [
      ...ranges.map((r) => r.passage.span(r.from, r.to)),
      ...segment.lists.map(({ passage, list }) => passage.span(list.start, list.end)),
    ];
    for (const l of lists) if (l.territorial.length > 0) this.addRule(l.territorial, l.reach, this.tasks.length);
    const earlier = lists.some((l) => l.reach === 'earlier');
    this.push(
      draftTask({
        number: here.address + suffix || String(this.tasks.length + 1),
        path: from.path,
        ...(title ? { title } : {}),
        ranges,
        units,
        times,
        span: { start: Math.min(...spans.map((s) => s.start)), end: Math.max(...spans.map((s) => s.end)) },
        setting: this.setting,
      }),
    );
    if (earlier)
      for (const l of lists) if (l.reach === 'earlier') this.addRule(l.territorial, 'earlier', this.tasks.length);
  }

  private push(task: TaskDraft): void {
    this.tasks.push(task);
  }
}

const field =
  /^(?:(?:活动|工作|整治|检查|实施|举办|完成|整改|主要|具体|方法)?(?:时间|时限|期限|内容|对象|地点|主题|方式|形式|措施|目标|要求|标准)|(?:牵头|责任|组织|主办|承办|配合|参加|参与|协办|协助)(?:单位|部门|科室|人员|领导)|责任人)$/;

/** "2.活动内容：…": a child that is one field of the item above it, not an item of its own. */
const isField = (node: OutlineNode): boolean =>
  node.head !== null &&
  node.head.compact[node.headTo] === '：' &&
  field.test(node.head.compact.slice(node.headFrom, node.headTo));

const named = (list: UnitList) => list.lead.length + list.responsible.length > 0;

function unitsOf(lists: readonly UnitList[]): Units {
  return {
    lead: lists.flatMap((l) => l.lead),
    responsible: lists.flatMap((l) => l.responsible),
    territorial: lists.flatMap((l) => l.territorial),
  };
}

function sectionOf(node: OutlineNode): OutlineNode {
  let n = node;
  while (n.parent && n.parent.rank >= 0 && n.parent.annex === null) n = n.parent;
  return n;
}

const generic =
  /^(?:重点|主要|工作|攻坚|整治|具体|目标|行动|治理|年度|检查)+(?:目标)?(?:任务|工作|内容|措施|举措|事项)(?:分工|清单|和措施|及措施|及分工|和工作措施|及责任分工)?$|^任务(?:分工|清单|措施)$/;
const isGeneric = (heading: string) => generic.test(heading);

/** Address of an item: 三（二）, 4-3, 2.1.3. */
function compose(above: string, label: string, style: string): string {
  if (style === 'dotted' || style === 'dotted3') return label;
  if (style === 'arabic' && /\d$/.test(above)) return `${above}-${label}`;
  return above + label;
}
