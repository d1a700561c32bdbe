import type { Annexes } from './annexes.ts';
import type { Doubt, Extraction, Stage, TaskDraft, UnitMention } from './extraction.ts';
import { readNumber } from './numerals.ts';
import type { Passage } from './passages.ts';
import { looksLikeUnit, pieces } from './units.ts';

const short = (t: string, n = 24) => (t.length > n ? `${t.slice(0, n)}…` : t);

/** Names what a careful reader would question; each fact is questioned once, in document order. */
export function findDoubts(read: Omit<Extraction, 'doubts'>, passages: readonly Passage[], annexes: Annexes): Doubt[] {
  const doubts: Doubt[] = [];
  for (const a of annexes.absent) {
    const which = a.number === '' ? '附件' : `附件${a.number}`;
    doubts.push({
      kind: 'absent-annex',
      message: `文中提到${which}${a.name ? `《${a.name.replace(/[《》]/g, '')}》` : ''}，但文件里没有这个附件，请补充导入。`,
      source: a.source,
    });
  }
  for (const p of passages) doubts.push(...countDoubts(p));
  for (const task of read.tasks) doubts.push(...taskDoubts(task, read.stages, read.document.issuedOn));
  doubts.push(...nameDoubts(read.tasks, read.document.issuer ?? read.document.title ?? ''));
  return doubts.sort((a, b) => a.source.start - b.source.start || a.source.end - b.source.end);
}

function taskDoubts(task: TaskDraft, stages: readonly Stage[], issuedOn: string | null): Doubt[] {
  const doubts: Doubt[] = [];
  const name = `“${task.number} ${short(task.title)}”`;
  if (task.lead.length + task.responsible.length === 0)
    doubts.push({ kind: 'no-unit', message: `任务${name}没有写明责任单位，请确定由谁负责。`, source: task.source });
  if (task.deadlines.length + task.quotas.length + stages.length === 0)
    doubts.push({
      kind: 'no-deadline',
      message: `任务${name}没有写明完成时限、频次或所属阶段，请确定办结日期。`,
      source: task.source,
    });
  const ends = stages.flatMap((s) => (s.to ? [s.to] : []));
  const last = stages.length > 0 && ends.length === stages.length ? ends.sort().at(-1) : undefined;
  for (const d of task.deadlines) {
    if (!d.date) continue;
    if (issuedOn && d.date < issuedOn)
      doubts.push({
        kind: 'deadline-before-issue',
        message: `任务${name}的时限“${d.text}”（${d.date}）早于印发日期${issuedOn}，请核对。`,
        source: d.source,
      });
    else if (last && d.date > last)
      doubts.push({
        kind: 'deadline-outside-stage',
        message: `任务${name}的时限“${d.text}”（${d.date}）晚于最后一个阶段的结束日期${last}，请核对。`,
        source: d.source,
      });
  }
  return doubts;
}

const declared =
  /(等)?(?:共|共计|合计|全部)?(\d{1,3}|[三四五六七八九十]{1,3}|[二三四五六七八九]十[一二三四五六七八九]?)(?:个|大|类|项|种|家)(?:重点|主要|高危|突出)?(?:行业领域|行业|领域|方面|部门|单位|行业（领域）|重点行业领域|重点领域|环节|类别|场所|责任|任务|问题|地区|镇街|街道|镇)/g;

/** A declared count that does not match the names before it ("A、B、C32个行业领域"). */
function countDoubts(p: Passage): Doubt[] {
  const text = p.compact;
  const doubts: Doubt[] = [];
  if (!text.includes('、')) return doubts;
  for (const m of text.matchAll(declared)) {
    const count = readNumber(m[2] ?? '');
    if (!(count >= 3)) continue;
    let from = m.index;
    while (from > 0 && m.index - from < 1200 && !/[。；：！？]/.test(text[from - 1] ?? '')) from--;
    const opening =
      /^.*?(?:聚焦|突出|围绕|针对|涉及|包括|涵盖|即|紧盯|聚力|开展|对|在)(?=[^、，]{2,})/.exec(
        text.slice(from, m.index),
      )?.[0].length ?? 0;
    const begin = /^[^、]{0,10}$/.test(text.slice(from, from + opening)) ? from + opening : from;
    const parts = pieces(text, begin, m.index).map(([a, b]) => text.slice(a, b));
    const marks = parts.length;
    const listMarks = pieces(text.slice(0, m.index).replaceAll('，', '·'), begin, m.index).length;
    if (listMarks < 4 || parts.some((x) => x.length > 30)) continue;
    const inList = parts.filter((x) => x.length <= 14).length;
    if (inList < marks * 0.8) continue;
    const tail = parts.at(-1) ?? '';
    const joint = /.(?:和|及|以及|与)./.test(tail) ? 1 : 0;
    const possible = new Set([marks, listMarks, marks + joint, listMarks + joint]);
    if (possible.has(count) || (m[1] && Math.max(...possible) < count)) continue;
    const counts =
      marks === listMarks ? `列出的是${marks}个` : `按顿号和逗号分列为${marks}个，只按顿号分列为${listMarks}个`;
    doubts.push({
      kind: 'count-mismatch',
      message: `文中写明${count}个（“${p.name(m.index + (m[1]?.length ?? 0), m.index + m[0].length)}”），${counts}，请核对名称和数目。`,
      source: p.span(begin, m.index + m[0].length),
    });
  }
  return doubts;
}

const suffix = /(?:管理局|监督局|管理办公室|办公室|委员会|分局|总局|支队|大队|中心|局|委|办|院|会|部|队|所)$/;

/** Unfinished names, short forms beside full ones, and one unit spelt two ways. */
function nameDoubts(tasks: readonly TaskDraft[], issuer: string): Doubt[] {
  const first = new Map<string, UnitMention>();
  for (const t of tasks)
    for (const u of [...t.lead, ...t.responsible, ...t.territorial]) if (!first.has(u.text)) first.set(u.text, u);
  const names = [...first.keys()];
  const doubts: Doubt[] = [];
  const area = /^(.{2,6}?)(?:区|县|市|旗)/.exec(issuer)?.[1] ?? '';
  const broken = new Set<string>();
  const byPrefix = [...names].sort();
  for (const [name, mention] of first) {
    if (looksLikeUnit(name) && !/成员单$|部[^门]$/.test(name)) continue;
    const at = byPrefix.indexOf(name);
    const fuller = byPrefix
      .slice(at + 1, at + 6)
      .find((n) => n.startsWith(name) && n.length - name.length <= 3 && looksLikeUnit(n));
    if (fuller || /(?:成员单|有关单|相关部|责任单)$/.test(name)) {
      broken.add(name);
      doubts.push({
        kind: 'unfinished-unit',
        message: fuller
          ? `单位名称“${name}”似乎没有写完，别处写作“${fuller}”，请确认是否同一单位。`
          : `单位名称“${name}”似乎没有写完，请补全。`,
        source: mention.source,
      });
    } else if (!/^(?:各|所有|全体)|企业|属地|部门|单位/.test(name) && name.length > 1) {
      doubts.push({
        kind: 'odd-unit',
        message: `“${short(name)}”不像单位名称，请确认责任单位。`,
        source: mention.source,
      });
    }
  }
  const plain = (name: string) => {
    const bare = name.replace(/[（(][^（()）]*[）)]$/, '');
    const end = suffix.exec(bare)?.[0] ?? '';
    let core = bare.slice(0, bare.length - end.length).replace(/^(?:区|市|县|省)/, '');
    if (area && core.startsWith(area)) core = core.slice(area.length).replace(/^(?:区|市|县)/, '');
    const level = /^[市省]/.test(name) ? name[0] : '';
    const kind = end === '' ? '' : /局$/.test(end) ? '局' : end.slice(-2);
    return { core: core.replace(/人民|管理$|监督管理$/g, ''), kind, level };
  };
  const cores = names
    .filter((n) => !broken.has(n) && !/^各|有关|相关|部门$|单位$|企业$|街道$|镇$/.test(n))
    .map((n) => ({ name: n, ...plain(n) }));
  const groups = new Map<string, typeof cores>();
  for (const c of cores) {
    if (c.core.length < 2 || c.kind === '') continue;
    const key = `${c.kind}${c.core[0]}${c.level}`;
    groups.set(key, [...(groups.get(key) ?? []), c]);
  }
  for (const group of groups.values()) {
    const told = new Set<string>();
    for (const a of group.slice(0, 60)) {
      for (const b of group.slice(0, 60)) {
        if (a.name === b.name || told.has(b.name) || told.has(a.name) || names.indexOf(a.name) > names.indexOf(b.name))
          continue;
        if (a.core !== b.core && !abbreviates(a.core, b.core) && !abbreviates(b.core, a.core)) continue;
        told.add(b.name);
        const source = first.get(b.name)?.source;
        if (source)
          doubts.push({
            kind: 'two-spellings',
            message: `“${a.name}”和“${b.name}”可能是同一单位的两种写法，请确认。`,
            source,
          });
      }
    }
  }
  return doubts;
}

/** True where every character of the short name stands in the long one in the same order: 住建 in 住房和城乡建设. */
function abbreviates(brief: string, full: string): boolean {
  if (brief.length >= full.length || brief.length < 2 || brief[0] !== full[0]) return false;
  let at = 0;
  for (const c of full) if (c === brief[at]) at++;
  return at === brief.length;
}
