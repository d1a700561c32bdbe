import { day } from './calendar.ts';
import type { DocumentHead } from './extraction.ts';
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
  /^(\d{4}|[二〇○零一九][〇○零一二三四五六七八九]{3})年(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})日$/;
const strong =
  /(?:方案|要点|清单|计划|意见|通知|办法|规划|细则|分工|分解表|任务表|一览表|明细表|工作表|台账|分解|责任书|预案|通报|规定|措施|函|决定|公告)(?:（[^（）]*）)?$/;
const strict = /(?:方案|要点|清单|计划|意见|办法|规划|细则|分工|分解表|任务表|一览表|措施|安排|行动)(?:（[^（）]*）)?$/;
const notTitle =
  /^(?:附件|附表)[\d一二三四五六七八九十]{0,2}[：.、]?$|文件$|^签发人|^(?:特急|加急|急件|平急|机密|秘密|内部)|^〔?(?:主动公开|此件公开)|^目录$|^份号|^密级|日印发$|^(?:前言|引言|序言|目次)$|^[\d二][\d〇○零一二三四五六七八九]{3}年[\d一二三四五六七八九十]{1,3}月$/;

function date(text: string): string | null {
  const m = fullDate.exec(text.replace(/^（|）$/g, ''));
  return m?.[1] && m[2] && m[3] ? day(readNumber(m[1]), readNumber(m[2]), readNumber(m[3])) : null;
}

/** Organisation and date at the foot of a notice, on one line or on several. */
function signature(line: Passage): { org: string | null; on: string | null } {
  const whole = date(line.compact);
  if (whole) return { org: null, on: whole };
  const m = /^([^，。：；\d]{4,40}?)(\d{4}年\d{1,2}月\d{1,2}日)$/.exec(line.compact);
  return m?.[1] && m[2] && looksLikeUnit(m[1])
    ? { org: line.name(0, m[1].length), on: date(m[2]) }
    : { org: null, on: null };
}

function isOrganisation(text: string): boolean {
  return (
    text.length <= 30 &&
    looksLikeUnit(text) &&
    /(?:办公室|委员会|政府|局|办|委|部|会|指挥部|领导小组|组)$/.test(text) &&
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
      /[。；]$/.test(line) ||
      /[，。：；]/.test(plain.replace(/，(?=.*(?:方案|通知)$)/, '')) ||
      date(line) ||
      numberLine.test(line)
    )
      break;
    const marker = markerOf(piece.passage);
    if (marker && !(text && /^\d/.test(line) && !/[.、]/.test(line.slice(0, 4)))) break;
    if (text !== '') {
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
    } else if (/^（.*）$/.test(line) || /^附[件表][\d一二三四五六七八九十]{0,2}[：.、]?$/.test(line)) break;
    first ??= piece.passage;
    text += piece.passage.name();
  }
  return first && text.length >= 4 ? { text, next: i, first } : null;
}

const flat = (s: string) => s.normalize('NFKC').replace(/[\s《》〈〉“”"'‘’<>]/g, '');

/** Reads title, number, issuer, date and addressees; finds where the plan itself begins. */
export function readHead(pieces: readonly Piece[], wholeText: string): Head {
  let number: string | null = null;
  let letterhead: string | null = null;
  let issuer: string | null = null;
  let issuedOn: string | null = null;
  let addressees: string[] = [];
  let title: TitleLines | null = null;
  let at = 0;
  const limit = Math.min(pieces.length, 60);
  for (; at < limit && !title; at++) {
    const piece = pieces[at];
    if (piece?.kind !== 'passage') break;
    const line = piece.passage.compact;
    const n = numberLine.exec(line);
    if (n?.[1] && line.length <= 40) {
      number ??= piece.passage.name(0, n[1].length);
      continue;
    }
    if (notTitle.test(line)) {
      if (/文件$/.test(line)) letterhead ??= piece.passage.name().replace(/文件$/, '');
      continue;
    }
    if (isOrganisation(line)) {
      letterhead ??= piece.passage.name();
      continue;
    }
    if (date(line)) {
      issuedOn ??= date(line);
      continue;
    }
    title = titleLines(pieces, at);
    if (title) at = title.next - 1;
    else break;
  }
  // Some offices print the number below the title.
  for (let i = at; i < Math.min(pieces.length, at + 3) && number === null && title; i++) {
    const piece = pieces[i];
    const m = piece?.kind === 'passage' ? numberLine.exec(piece.passage.compact) : null;
    if (m?.[1] && piece?.kind === 'passage' && piece.passage.compact.length <= 24)
      number = piece.passage.name(0, m[1].length);
  }
  let body = title ? title.next : 0;
  let planTitle = title?.text ?? null;
  let titleAt = title?.first ?? null;
  const notice =
    planTitle !== null && /关于|印发|转发/.test(planTitle) && /(?:通知|函|意见|通报)(?:（[^（）]*）)?$/.test(planTitle);
  const forwarded =
    notice && planTitle
      ? /(?:印发|转发|下发|发布)(.+?)的?(?:通知|函)(?:（[^（）]*）)?$/.exec(planTitle)?.[1]
      : undefined;
  let bodyOfNotice = body;
  if (forwarded && title) {
    const inner = innermost(forwarded);
    planTitle = inner;
    for (let i = title.next; i < Math.min(pieces.length, title.next + 80); i++) {
      const lines = titleLines(pieces, i);
      if (!lines) continue;
      const same = flat(lines.text) === flat(inner);
      const like =
        same ||
        (strict.test(lines.text) &&
          !isBareSectionName(lines.text) &&
          (flat(inner).endsWith(flat(lines.text)) || flat(lines.text).endsWith(flat(inner))));
      if (!like) continue;
      planTitle = lines.text;
      titleAt = lines.first;
      bodyOfNotice = i;
      body = lines.next;
      break;
    }
    if (bodyOfNotice === title.next) bodyOfNotice = Math.min(pieces.length, title.next + 12);
  } else {
    const plan = notice && title ? announced(pieces, title.next) : null;
    bodyOfNotice = plan ? plan.at : Math.min(pieces.length, body + 4);
    if (plan) {
      planTitle = plan.lines.text;
      titleAt = plan.lines.first;
      body = plan.lines.next;
    }
  }
  // Addressees, and the foot of the notice.
  let signedAt = -1;
  const orgs: string[] = [];
  for (let i = title?.next ?? 0; i < bodyOfNotice; i++) {
    const piece = pieces[i];
    if (piece?.kind !== 'passage') continue;
    const p = piece.passage;
    if (
      addressees.length === 0 &&
      notice &&
      signedAt < 0 &&
      /：$/.test(p.compact) &&
      !markerOf(p) &&
      p.compact.length <= 300
    ) {
      addressees = cut(p.compact, 0, p.compact.length - 1).map(([a, b]) => p.name(a, b));
      if (!forwarded) body = Math.max(body, i + 1);
      continue;
    }
    const signed = signature(p);
    if (signed.on) {
      issuedOn ??= signed.on;
      if (signed.org) orgs.push(signed.org);
      else
        for (let k = i - 1; k > i - 4 && k >= 0; k--) {
          const before = pieces[k];
          if (before?.kind !== 'passage' || !isOrganisation(before.passage.compact)) break;
          orgs.unshift(before.passage.name());
        }
      signedAt = i;
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
      else if (before?.kind === 'passage' && isOrganisation(before.passage.compact)) orgs.push(before.passage.name());
      break;
    }
  }
  if (orgs.length > 0) issuer = orgs.join('、');
  else if (notice && title) {
    const m = /^(.{4,40}?)关于/.exec(title.text);
    issuer = m?.[1] && isOrganisation(m[1]) ? m[1] : letterhead;
  } else issuer = letterhead;
  const document = { title: planTitle, documentNumber: number, issuer, issuedOn, addressees };
  return { document, body, titleAt, dates: setting(document, wholeText) };
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

/** The plan that a notice with a title of its own announces in 《》 and that follows it; null where it gives the work itself. */
function announced(pieces: readonly Piece[], from: number): { at: number; lines: TitleLines } | null {
  const names = new Set<string>();
  for (let i = from; i < Math.min(pieces.length, from + 30); i++) {
    const piece = pieces[i];
    if (piece?.kind !== 'passage') return null;
    const p = piece.passage;
    const lines = names.size > 0 ? titleLines(pieces, i) : null;
    if (lines && names.has(flat(lines.text))) return { at: i, lines };
    if (markerOf(p)) return null;
    for (const m of p.compact.matchAll(/《((?:[^《》]|《[^《》]*》)+)》/g))
      if (m[1] && strict.test(m[1])) names.add(flat(m[1]));
  }
  return null;
}

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
