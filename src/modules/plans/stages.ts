import { readPeriod } from './dates.ts';
import type { Stage } from './extraction.ts';
import { childrenOf, isNode, type OutlineNode, passagesOf } from './outline.ts';
import type { Passage } from './passages.ts';
import type { DateSetting } from './points.ts';

const datesIn = /[年月日]|即日起|发文之日|印发之日|全会|大会|季度|上半年|下半年|长期|全年|[底末]前/;

/** The bracket of a heading that carries its dates: [from, to) inside the brackets, or null. */
function dateBracket(text: string, from: number, to: number): [number, number] | null {
  for (let open = text.indexOf('（', from); open >= 0 && open < to; open = text.indexOf('（', open + 1)) {
    let depth = 0;
    for (let i = open; i < Math.min(text.length, open + 90); i++) {
      if (text[i] === '（') depth++;
      else if (text[i] === '）' && --depth === 0) {
        if (
          datesIn.test(text.slice(open + 1, i)) &&
          /\d|[一二三四五六七八九十]月|即日|之日|季度|年底|全会|大会/.test(text.slice(open, i))
        )
          return [open + 1, i];
        break;
      }
    }
  }
  return null;
}

function nameOf(text: string): string {
  const named = /[在](.{2,14}?阶段)$/.exec(text);
  return (named?.[1] ?? text).replace(/[：。，；、]+$/, '');
}

/** Reads one stage from compact[from, to) of a passage; `rest` is the wording that follows in later paragraphs. */
function readStage(p: Passage, from: number, headTo: number, to: number, setting: DateSetting, near: number | null) {
  const text = p.compact;
  const bracket = dateBracket(text, from, Math.min(to, headTo + 60));
  const period = bracket
    ? readPeriod(text.slice(bracket[0], bracket[1]), setting, near)
    : readPeriod(
        text
          .slice(from, Math.min(to, headTo + 60))
          .replace(/^第[一二三四五六]阶段[：，、]?/, (s) => '□'.repeat(s.length)),
        setting,
        near,
      );
  const lead = /^(?:\d{4}年)?\d{1,2}月.{0,24}?(?:为|，)(.{2,12}?阶段)/.exec(text.slice(from, to));
  const nameTo = bracket ? bracket[0] - 1 : headTo;
  const after =
    bracket && nameTo - from <= 5 ? /^[：，]?([^。：；，]{2,16})/.exec(text.slice(bracket[1] + 1, to)) : null;
  const name = lead?.[1] ?? nameOf(p.name(from, nameTo)) + (after?.[1] ? `${after[1]}` : '');
  return { name, period, bracketed: bracket !== null };
}

/** Reads the steps of all schedule sections (时间安排, 实施步骤 …) below a node, in document order. */
export function readStages(root: OutlineNode, setting: DateSetting): Stage[] {
  const stages: Stage[] = [];
  const visit = (node: OutlineNode) => {
    if (node.use === 'schedule') section(node, setting, stages);
    else for (const child of childrenOf(node)) visit(child);
  };
  visit(root);
  if (stages.length === 0) loose(root, setting, stages);
  return stages;
}

interface Draft {
  readonly passage: Passage;
  readonly from: number;
  readonly headTo: number;
  readonly to: number;
  readonly more: readonly Passage[];
}

function section(node: OutlineNode, setting: DateSetting, stages: Stage[]): void {
  const children = childrenOf(node);
  const drafts: Draft[] = [];
  if (children.length > 0) {
    for (const child of children) {
      if (!child.head) continue;
      const more: Passage[] = [];
      const gather = (n: OutlineNode) => {
        for (const c of n.content) {
          if (isNode(c)) {
            if (c.head) more.push(c.head);
            gather(c);
          } else if (typeof c === 'object') more.push(c);
        }
      };
      gather(child);
      drafts.push({
        passage: child.head,
        from: child.headFrom,
        headTo: child.headTo,
        to: child.head.compact.length,
        more,
      });
    }
  } else {
    const own: Passage[] = [];
    if (node.head && node.bodyFrom < node.head.compact.length) drafts.push(...phases(node.head, node.bodyFrom, []));
    for (const p of passagesOf(node)) own.push(p);
    for (const p of own) drafts.push(...phases(p, 0, drafts));
  }
  const found: { stage: Stage; dated: boolean }[] = [];
  let near: number | null = null;
  for (const d of drafts) {
    const read = readStage(d.passage, d.from, d.headTo, d.to, setting, near);
    let period = read.period;
    if (!period && d.more[0]) period = readPeriod(d.more[0].compact.slice(0, 60), setting, near);
    if (period?.year) near = period.year;
    const staged = /阶段/.test(d.passage.compact.slice(d.from, d.headTo + 4));
    if (!period && !staged) {
      found.push({ stage: build(d, read.name, null, null), dated: false });
      continue;
    }
    found.push({ stage: build(d, read.name, period?.from ?? null, period?.to ?? null), dated: true });
  }
  if (found.some((f) => f.dated)) stages.push(...found.filter((f) => f.dated).map((f) => f.stage));
}

function build(d: Draft, name: string, from: string | null, to: string | null): Stage {
  const last = d.more.at(-1);
  const own = d.passage.span(d.from, d.to);
  return {
    name,
    from,
    to,
    text: [d.passage.written(d.from, d.to), ...d.more.map((p) => p.written())].join('\n'),
    source: { start: d.passage.span(0, 1).start, end: Math.max(own.end, last ? last.span().end : 0) },
  };
}

const phase =
  /第[一二三四五六七八]阶段[：，（、为]|(?:^|[。；])第[一二三四五]步[：，（、]|(?:^|[。；])(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?(?:至|到|—)[^，。；]{2,14}(?:为|，)[^，。；]{2,12}阶段|(?<=[，。；：])(?:\d{4}年)?\d{1,2}月(?:份|\d{1,2}日)?(?:(?:至|到|—)[^，。；为]{2,14})?为[^，。；]{2,12}阶段|^[^，。；：（]{2,14}(?:阶段)?（[^）]*[月年日][^）]*）/g;

/** Stages written inside unnumbered paragraphs: "第一阶段（…）：…；第二阶段…". */
function phases(p: Passage, from: number, earlier: readonly Draft[]): Draft[] {
  const text = p.compact;
  const starts: number[] = [];
  phase.lastIndex = from;
  for (let m = phase.exec(text); m; m = phase.exec(text)) starts.push(m.index + (/^[。；]/.test(m[0]) ? 1 : 0));
  if (starts.length === 0) {
    const last = earlier.at(-1);
    if (last) (last.more as Passage[]).push(p);
    return [];
  }
  return starts.map((start, i) => {
    const to = starts[i + 1] ?? text.length;
    const stop = /[。：；]/.exec(text.slice(start + 1, to).replace(/（[^（）]*）/g, (t) => '□'.repeat(t.length)));
    return { passage: p, from: start, headTo: stop ? start + 1 + stop.index : to, to, more: [] };
  });
}

/** Items that call themselves stages although no section heading says so. */
function loose(root: OutlineNode, setting: DateSetting, stages: Stage[]): void {
  const groups: OutlineNode[][] = [];
  const visit = (node: OutlineNode) => {
    const kids = childrenOf(node);
    const staged = kids.filter(
      (k) =>
        k.head &&
        /^[^。，；：]{0,16}阶段|^第[一二三四五]阶段/.test(k.head.compact.slice(k.headFrom, k.headTo)) &&
        dateBracket(k.head.compact, k.headFrom, k.headTo + 40),
    );
    if (staged.length >= 2) groups.push(staged);
    for (const k of kids) visit(k);
  };
  visit(root);
  let near: number | null = null;
  for (const k of groups.flat()) {
    if (!k.head) continue;
    const read = readStage(k.head, k.headFrom, k.headTo, k.head.compact.length, setting, near);
    if (read.period?.year) near = read.period.year;
    stages.push(
      build(
        { passage: k.head, from: k.headFrom, headTo: k.headTo, to: k.head.compact.length, more: passagesOf(k) },
        read.name,
        read.period?.from ?? null,
        read.period?.to ?? null,
      ),
    );
  }
}
