import { day } from './calendar.ts';
import type { DocumentHead } from './extraction.ts';
import { isBareLabel, isFurniture, type PageCard, readCard } from './furniture.ts';
import { markerOf } from './numbering.ts';
import { readNumber } from './numerals.ts';
import type { Passage, Piece } from './passages.ts';
import type { DateSetting } from './points.ts';
import { isBareSectionName } from './sections.ts';
import { pieces as cut, looksLikeUnit } from './units.ts';

export interface Head {
  readonly document: DocumentHead;
  /** Index of the first piece of the plan itself. */
  readonly body: number;
  readonly dates: DateSetting;
  readonly titleAt: Passage | null;
}

const numberLine = /^([\u4e00-\u9fa5]{2,14}[〔（]\d{4}[〕）](?:第)?\d{1,4}号)/;
const fullDate =
  /^(\d{4}|[二〇○零一九][〇○Oo0零一二三四五六七八九]{3})年(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})日$/;
const strong =
  /(?:方案|要点|清单|计划|意见|通知|办法|规划|细则|分工|分解表|任务表|一览表|明细表|工作表|台账|分解|责任书|预案|通报|规定|措施|函|决定|公告)(?:（[^（）]*）)?$/;
const strict = /(?:方案|要点|清单|计划|意见|办法|规划|细则|分工|分解表|任务表|一览表|措施|安排|行动)(?:（[^（）]*）)?$/;
const notTitle =
  /^(?:附件|附表)[\d一二三四五六七八九十]{0,2}[：.、]?$|文件$|^签发人|^(?:特急|加急|急件|平急|机密|秘密|内部)|^〔?(?:主动公开|此件公开)|^目录$|^份号|^密级|日印发$|^(?:前言|引言|序言|目次)$|^[\d二][\d〇○零一二三四五六七八九]{3}年[\d一二三四五六七八九十]{1,3}月$/;

function date(text: string): string | null {
  const m = fullDate.exec(text.replace(/^（|）$/g, ''));
  return m?.[1] && m[2] && m[3]
    ? day(readNumber(/^\d+$/.test(m[1]) ? m[1] : m[1].replace(/[Oo0]/g, '〇')), readNumber(m[2]), readNumber(m[3]))
    : null;
}

/** Organisation and date at the foot of a notice, on one line or on several. */
function signature(line: Passage): { org: string | null; on: string | null } {
  const whole = date(line.compact);
  if (whole) return { org: null, on: whole };
  const m = /^([^，。：；\d]{4,60}?)(\d{4}年\d{1,2}月\d{1,2}日)(?:（此?件.{2,8}）)?$/.exec(line.compact);
  return m?.[1] && m[2] && looksLikeUnit(organisations(line, m[1].length).at(-1) ?? '')
    ? { org: organisations(line, m[1].length).join('、'), on: date(m[2]) }
    : { org: null, on: null };
}

/** The organisations that stand side by side at the front of a line, parted by spaces. */
function organisations(line: Passage, to = line.compact.length): string[] {
  const found: string[] = [];
  let from = 0;
  for (let i = 1; i < to; i++) {
    if (!line.gapBefore(i) || !isOrganisation(line.compact.slice(from, i))) continue;
    if (i - from < 5 || !looksLikeUnit(line.compact.slice(i, to)) || to - i < 5) continue;
    found.push(line.name(from, i));
    from = i;
  }
  found.push(line.name(from, to));
  return found;
}

/** The bodies to which a notice is addressed, where the passage names them up to a colon; null where it does not. */
function addressed(line: Passage): { names: string[]; whole: boolean } | null {
  const text = line.compact;
  const colon = text.slice(0, 320).indexOf('：');
  if (colon < 3 || markerOf(line)) return null;
  const names = text.slice(0, colon);
  const whole = colon === text.length - 1;
  if (!whole && !/^(?:《|现|经|为|根据|按照)/.test(text.slice(colon + 1))) return null;
  if (
    /[。；《》“]|附件|如下|通知|近日|方案|单位$(?<=责任单位|牵头单位|配合单位|主办单位)|部门$(?<=责任部门|牵头部门)/.test(
      names,
    )
  )
    return null;
  const parts = cut(text, 0, colon);
  const units = parts.filter(([a, b]) => looksLikeUnit(text.slice(a, b)) || /^[各有驻]/.test(text.slice(a, b)));
  if (units.length * 2 < parts.length || units.length === 0) return null;
  if (parts.length === 1 && !/^(?:各|有关|相关|[市县区镇局委]直|机关|全[市县区镇])|各|有关|部门|成员单位/.test(names))
    return null;
  return { names: parts.map(([a, b]) => line.name(a, b)), whole };
}

function isOrganisation(text: string): boolean {
  return (
    text.length <= 30 &&
    looksLikeUnit(text) &&
    /(?:办公室|委员会|政府|局|办|委|部|会|指挥部|领导小组|组|厅|办事处|[支大总]队|管理处|公司|集团)$/.test(text) &&
    !/关于|方案|要点|清单|[，。：；]/.test(text)
  );
}

interface TitleLines {
  readonly text: string;
  readonly next: number;
  readonly first: Passage;
}

/** Reads the lines of one title from pieces[at]; null where no title stands there. */
function titleLines(pieces: readonly Piece[], at: number): TitleLines | null {
  let text = '';
  let first: Passage | null = null;
  let i = at;
  for (; i < pieces.length && i < at + 5; i++) {
    const piece = pieces[i];
    if (piece?.kind !== 'passage') break;
    const line = piece.passage.compact;
    const plain = line.replace(/《[^《》]*》|（[^（）]*）/g, '');
    if (
      line.length > 80 ||
      signature(piece.passage).on ||
      /[。；]$/.test(line) ||
      /[，。：；]/.test(plain.replace(/，(?=.*(?:方案|通知)$)/, '')) ||
      date(line) ||
      numberLine.test(line)
    )
      break;
    const marker = markerOf(piece.passage);
    if (marker && !(text && /^\d/.test(line) && !/[.、]/.test(line.slice(0, 4)))) break;
    if (text !== '') {
      if (/^（(?:截[至止]|.{0,12}(?:更新|整理)）)/.test(line)) break;
      const extends_ = /^（.*(?:\d{4}|试行|版).*）$/.test(line);
      if (strong.test(text) && !/[一-龥]关于$/.test(text) && !extends_ && !/^的/.test(line)) break;
      if (
        isBareSectionName(line) ||
        isOrganisation(line) ||
        /^（.*稿.*）$/.test(line) ||
        notTitle.test(line) ||
        /^附件/.test(line)
      )
        break;
      if (/行动$|安排$/.test(text) && !(line.length <= 30 && strong.test(line))) break;
      if (isFurniture(line) || addressed(piece.passage)) break;
    } else if (/^（.*）$/.test(line) || /^附[件表][\d一二三四五六七八九十]{0,2}[：.、]?$/.test(line)) break;
    first ??= piece.passage;
    text += piece.passage.name(/^[•·]/.test(line) ? 1 : 0);
  }
  return first && text.length >= 4 ? { text, next: i, first } : null;
}

const flat = (s: string) => s.normalize('NFKC').replace(/[\s《》〈〉“”"'‘’<>]/g, '');

interface Preamble {
  readonly number: string | null;
  readonly letterhead: string | null;
  readonly issuedOn: string | null;
  readonly card: PageCard;
  readonly title: TitleLines | null;
  /** Where the reading goes on: behind the title, or at the addressees of a notice that has lost its title. */
  readonly next: number;
}

const namesItself = (text: string): boolean => strong.test(text) || strict.test(text) || /关于/.test(text);

/** Reads everything above the title, and the title. */
function readPreamble(pieces: readonly Piece[], tableText: (index: number) => Passage | null): Preamble {
  let number: string | null = null;
  let letterhead: string | null = null;
  let issuedOn: string | null = null;
  const card: PageCard = { number: null, issuer: null, issuedOn: null };
  let label = '';
  let weak: TitleLines | null = null;
  const end = (title: TitleLines | null, next: number): Preamble => ({
    ...{ number, letterhead, issuedOn, card },
    ...(title || !weak ? { title, next } : { title: weak, next: weak.next }),
  });
  const limit = Math.min(pieces.length, 90);
  for (let at = 0; at < limit; at++) {
    const piece = pieces[at];
    if (!piece) break;
    if (piece.kind === 'table') {
      const words = weak ? null : tableText(piece.index);
      if (!words || !isFurniture(words.compact.slice(0, 300))) return end(null, weak ? at : 0);
      readCard(card, words);
      continue;
    }
    const p = piece.passage;
    const line = p.compact;
    if (label !== '' && !isBareLabel(line)) {
      readCard(card, p, label);
      label = '';
      if (!addressed(p)) continue;
    }
    if (isBareLabel(line)) {
      label = `${line.replace(/[：|]+$/, '')}：`;
      continue;
    }
    const n = isFurniture(line) ? null : numberLine.exec(line);
    if (n?.[1] && (line.length <= 40 || /^《.*》$/.test(line.slice(n[1].length)))) {
      number ??= p.name(0, n[1].length);
      continue;
    }
    if (isFurniture(line)) {
      readCard(card, p);
      continue;
    }
    if (notTitle.test(line)) {
      if (/文件$/.test(line)) letterhead ??= organisations(p, line.length - 2).join('、');
      continue;
    }
    if (isOrganisation(line)) {
      letterhead ??= organisations(p).join('、');
      continue;
    }
    if (date(line)) {
      issuedOn ??= date(line);
      continue;
    }
    if (addressed(p)) return end(null, weak ? weak.next : at);
    const title = titleLines(pieces, at);
    if (title && namesItself(title.text)) return end(title, title.next);
    if (!title || markerOf(p) || weak) {
      const prose = markerOf(p) || /[。；]/.test(line) || line.length > 60;
      if (weak ? prose || title : prose) return end(null, 0);
      continue;
    }
    weak = title;
    at = title.next - 1;
  }
  return end(null, 0);
}

/** Pages print the title of the document a second time above the document itself: that one is meant. */
function repeated(pieces: readonly Piece[], title: TitleLines): TitleLines {
  for (let i = title.next; i < Math.min(pieces.length, title.next + 16); i++) {
    const piece = pieces[i];
    if (piece?.kind !== 'passage' || addressed(piece.passage) || markerOf(piece.passage)) return title;
    const again = titleLines(pieces, i);
    if (again && flat(again.text) === flat(title.text)) return again;
  }
  return title;
}

/** Reads title, number, issuer, date and addressees; finds where the plan itself begins. */
export function readHead(
  pieces: readonly Piece[],
  wholeText: string,
  tableText: (index: number) => Passage | null = () => null,
): Head {
  const above = readPreamble(pieces, tableText);
  const title = above.title ? repeated(pieces, above.title) : null;
  let { number, issuedOn } = above;
  const { letterhead, card } = above;
  let issuer: string | null = null;
  let addressees: string[] = [];
  const from = title ? title.next : above.next;
  // Some offices print the number below the title.
  for (let i = from; i < Math.min(pieces.length, from + 4) && number === null && title; i++) {
    const piece = pieces[i];
    const m = piece?.kind === 'passage' ? numberLine.exec(piece.passage.compact) : null;
    if (m?.[1] && piece?.kind === 'passage' && piece.passage.compact.length <= 24)
      number = piece.passage.name(0, m[1].length);
  }
  for (let i = from; i < Math.min(pieces.length, from + 12); i++) {
    const piece = pieces[i];
    if (piece?.kind !== 'passage' || addressed(piece.passage) || markerOf(piece.passage)) break;
    if (isFurniture(piece.passage.compact)) readCard(card, piece.passage);
  }
  let body = from;
  let planTitle = title?.text ?? null;
  let titleAt = title?.first ?? null;
  const calledNotice =
    planTitle !== null && /关于|印发|转发/.test(planTitle) && /(?:通知|函|意见|通报)(?:（[^（）]*）)?$/.test(planTitle);
  let addressedAt = -1;
  for (let i = from; i < Math.min(pieces.length, from + 12) && addressedAt < 0; i++) {
    const piece = pieces[i];
    if (piece?.kind !== 'passage' || markerOf(piece.passage)) break;
    if (addressed(piece.passage)) addressedAt = i;
  }
  const notice = calledNotice || addressedAt >= 0;
  const forwarded =
    calledNotice && planTitle
      ? /(?:印发|转发|下发|发布)(.+?)的?(?:通知|函)(?:（[^（）]*）)?$/.exec(planTitle)?.[1]
      : undefined;
  let bodyOfNotice = body;
  const standing = forwarded ? standingAs(pieces, from, innermost(forwarded)) : null;
  const plan = standing ?? (notice ? announced(pieces, from, forwarded || !title ? [] : [title.text]) : null);
  if (plan && (standing || !forwarded || plan.lines)) {
    planTitle = plan.lines ? plan.lines.text : (planTitle ?? plan.name);
    if (plan.lines) {
      titleAt = plan.lines.first;
      bodyOfNotice = plan.at;
      body = plan.lines.next;
    } else bodyOfNotice = Math.min(pieces.length, from + 12);
  } else if (forwarded) {
    planTitle = innermost(forwarded);
    bodyOfNotice = Math.min(pieces.length, from + 12);
  } else bodyOfNotice = Math.min(pieces.length, Math.max(body + 4, addressedAt + 4));
  // Addressees, and the foot of the notice.
  const orgs: string[] = [];
  for (let i = from; i < bodyOfNotice; i++) {
    const piece = pieces[i];
    if (piece?.kind !== 'passage') continue;
    const p = piece.passage;
    const to = addressees.length === 0 && notice ? addressed(p) : null;
    if (to) {
      addressees = to.names;
      if (!plan?.lines && !forwarded) body = Math.max(body, to.whole ? i + 1 : i);
      continue;
    }
    const signed = signature(p);
    if (signed.on) {
      issuedOn ??= signed.on;
      if (signed.org) orgs.push(signed.org);
      else
        for (let k = i - 1; k > i - 4 && k >= 0; k--) {
          const before = pieces[k];
          if (before?.kind !== 'passage' || !isOrganisation(organisations(before.passage).at(-1) ?? '')) break;
          orgs.unshift(...organisations(before.passage));
        }
      break;
    }
  }
  if (!issuedOn) {
    for (let i = pieces.length - 1; i >= Math.max(0, pieces.length - 14); i--) {
      const piece = pieces[i];
      if (piece?.kind !== 'passage') continue;
      const signed = signature(piece.passage);
      const printed = /^(.{4,30}?)?(\d{4}年\d{1,2}月\d{1,2}日)印发$/.exec(piece.passage.compact);
      if (printed?.[2]) issuedOn ??= date(printed[2]);
      if (!signed.on) continue;
      issuedOn = signed.on;
      const before = pieces[i - 1];
      if (signed.org) orgs.push(signed.org);
      else if (before?.kind === 'passage' && isOrganisation(organisations(before.passage).at(-1) ?? ''))
        orgs.push(...organisations(before.passage));
      break;
    }
  }
  if (orgs.length > 0) issuer = orgs.join('、');
  else if (notice && title) {
    const line = title.first.compact;
    const to = line.search(/关于|印发|转发/);
    const skip = /^“[^”]*”/.exec(line)?.[0].length ?? 0;
    const heads = to > skip + 3 ? organisations(title.first.part(skip, to)) : [];
    issuer = heads.length > 0 && heads.every(isOrganisation) ? heads.join('、') : letterhead;
  } else issuer = letterhead;
  const document = {
    title: planTitle,
    documentNumber: number ?? card.number,
    issuer: issuer ?? card.issuer,
    issuedOn: issuedOn ?? card.issuedOn,
    addressees,
  };
  return { document, body, titleAt, dates: setting(document, wholeText) };
}

/** Where the plan that a notice forwards stands under its own title; null where the file holds the notice only. */
function standingAs(
  pieces: readonly Piece[],
  from: number,
  inner: string,
): { at: number; lines: TitleLines; name: string } | null {
  for (let i = from; i < Math.min(pieces.length, from + 80); i++) {
    const lines = titleLines(pieces, i);
    if (!lines) continue;
    const same = flat(lines.text) === flat(inner);
    const like =
      same ||
      (strict.test(lines.text) &&
        !isBareSectionName(lines.text) &&
        (flat(inner).endsWith(flat(lines.text)) || flat(lines.text).endsWith(flat(inner))));
    if (like) return { at: i, lines, name: lines.text };
  }
  return null;
}

/** What a chain of notices forwards in the end: 转发《A关于印发〈B〉的通知》 → B. */
function innermost(forwarded: string): string {
  const bare = forwarded
    .replace(/^《([\s\S]*)》$/, '$1')
    .replaceAll('〈', '《')
    .replaceAll('〉', '》');
  const next = /(?:印发|转发|下发|发布)(《.+》|.+?)的?(?:通知|函)(?:（[^（）]*）)?$/.exec(bare)?.[1];
  return next ? innermost(next) : bare;
}

/**
 * The plan that a notice without such a title announces in 《》: where it stands below the notice, or its name alone.
 * Null where the notice gives the work itself.
 */
function announced(
  pieces: readonly Piece[],
  from: number,
  known: readonly string[],
): { at: number; lines: TitleLines | null; name: string } | null {
  const names = new Set(known.map(flat));
  let sent: string | null = null;
  for (let i = from; i < Math.min(pieces.length, from + 30); i++) {
    const piece = pieces[i];
    if (piece?.kind !== 'passage') break;
    const p = piece.passage;
    const lines = names.size > 0 ? titleLines(pieces, i) : null;
    if (lines && (names.has(flat(lines.text)) || shortOf(lines.text, names))) return { at: i, lines, name: lines.text };
    if (markerOf(p)) break;
    for (const m of p.compact.matchAll(/《((?:[^《》]|《[^《》]*》)+)》/g)) {
      const core = m[1]?.replace(/[〉》>”]+$/, '') ?? '';
      if (!m[1] || !(strict.test(core) || strong.test(core))) continue;
      names.add(flat(m[1]));
      const after = p.compact.slice(m.index + m[0].length).replace(/^(?:《[^《》]*》|和|及|、)+/, '');
      if (/^[^。；《》]{0,40}(?:印发|下发|转发|发给)/.test(after)) {
        const name = p.name(m.index + 1, m.index + m[0].length - 1);
        sent ??= name.replaceAll('<', '《').replaceAll('>', '》').replaceAll('〈', '《').replaceAll('〉', '》');
      }
    }
  }
  return sent === null ? null : { at: from, lines: null, name: sent };
}

/** True where a plan's own title is the end of an announced name, or the name the end of the title. */
const shortOf = (title: string, names: ReadonlySet<string>): boolean =>
  strict.test(title) &&
  !isBareSectionName(title) &&
  flat(title).length >= 6 &&
  [...names].some((name) => name.length >= 4 && (name.endsWith(flat(title)) || flat(title).endsWith(name)));

/** A year for a plan whose head gives none: the one that its dates name most often. */
function yearInText(text: string): number | null {
  const seen = new Map<number, number>();
  for (const m of text
    .replace(/《[^《》]*》/g, '')
    .matchAll(/(20\d\d)\s*年(?=\s*(?:\d{1,2}\s*月|[上下]半年|年?[底末中初]|第?[一二三四]季度))/g))
    seen.set(Number(m[1]), (seen.get(Number(m[1])) ?? 0) + 1);
  return [...seen].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? null;
}

/** The year of the plan (title, then issue date, then number) and, for a plan over years, its period. */
function setting(document: DocumentHead, text: string): DateSetting {
  const title = (document.title ?? '').normalize('NFKC');
  const range = /(20\d\d)年?[—–\-~至到―－](20\d\d)年?/.exec(title);
  const inTitle = /(20\d\d)(?=年)/.exec(title);
  const year =
    (range ? Number(range[1]) : inTitle ? Number(inTitle[1]) : null) ??
    (document.issuedOn ? Number(document.issuedOn.slice(0, 4)) : null) ??
    (/20\d\d/.exec(document.documentNumber ?? '') ? Number(/20\d\d/.exec(document.documentNumber ?? '')?.[0]) : null) ??
    yearInText(text);
  if (range) return { year, issuedOn: document.issuedOn, period: [Number(range[1]), Number(range[2])] };
  const several = /([二三四五2345])年(?:行动|攻坚|专项|规划|计划|整治)/.exec(title);
  const said = /[（(]?(20\d\d)年?[—–\-~至到－](20\d\d)年[）)]?/.exec(text.slice(0, 3000));
  if (several?.[1] && !inTitle) {
    const from = said ? Number(said[1]) : year;
    return {
      year: from,
      issuedOn: document.issuedOn,
      period: from === null ? null : [from, said ? Number(said[2]) : from + readNumber(several[1]) - 1],
    };
  }
  return { year, issuedOn: document.issuedOn, titled: inTitle !== null, period: null };
}

/** Pieces that only sign or file the document: organisation and date at the foot, 抄送, 印发. They belong to no item. */
export function footOf(pieces: readonly Piece[], from: number): Set<number> {
  const foot = new Set<number>();
  for (let i = from; i < pieces.length; i++) {
    const piece = pieces[i];
    if (piece?.kind !== 'passage') continue;
    const p = piece.passage;
    const signed = signature(p).on !== null;
    if (
      signed ||
      ((i < from + 6 || i >= pieces.length - 14) && !markerOf(p) && isFurniture(p.compact)) ||
      (i < from + 3 && numberLine.test(p.compact) && p.compact.length <= 24) ||
      /^抄送：|^（?此件(?:公开|主动公开|依申请公开|不公开)|\d{1,2}月\d{1,2}日印发$/.test(p.compact)
    )
      foot.add(i);
    for (let k = i - 1; signed && k >= from && k > i - 4; k--) {
      const before = pieces[k];
      if (before?.kind !== 'passage' || !isOrganisation(before.passage.compact)) break;
      foot.add(k);
    }
  }
  return foot;
}
