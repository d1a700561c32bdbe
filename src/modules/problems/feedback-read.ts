import type { Day } from '../../kernel/day.ts';
import type { SourceDocument, Span } from '../../kernel/document.ts';
import { readAnnexes } from '../plans/annexes.ts';
import { findDeadlines } from '../plans/dates.ts';
import { footOf, readHead } from '../plans/header.ts';
import { buildOutline } from '../plans/outline.ts';
import { type Passage, type Piece, readPieces } from '../plans/passages.ts';
import type { Feedback, FeedbackHead, FeedbackLine, SaidDay } from './feedback.ts';
import { readProse } from './feedback-prose.ts';
import { readTables } from './feedback-tables.ts';
import { lastDayIn, type Setting } from './feedback-words.ts';
import type { SourceType } from './problem.ts';

/** What the words of a title or an opening say about where a list comes from, the more particular first. */
const sources: readonly (readonly [RegExp, SourceType])[] = [
  [/举报|投诉|信访/, 'tipoff'],
  [/暗访|四不两直/, 'unannounced'],
  [/巡查/, 'patrol'],
  [/移交|交办|转办|转交/, 'handedOver'],
  [/督导|督查|反馈/, 'guidance'],
  [/双随机/, 'randomCheck'],
  [/专项检查|专项执法/, 'specialCheck'],
  [/媒体|曝光/, 'media'],
];
const sourceIn = (text: string): SourceType | null => sources.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/**
 * Reads a superior's list of problems (反馈意见, 移交清单, 问题隐患清单): tables with any header, numbered prose, or
 * both. Pure and deterministic; every value points into `doc.text`. `today` fills in the year where the document names
 * none. A document without problems gives no lines.
 */
export function readFeedback(doc: SourceDocument, today: Day): Feedback {
  const pieces = readPieces(doc).flatMap(runsApart);
  const plan = readHead(pieces, doc.text);
  const info = tableInfo(doc);
  const issuedOn = plan.document.issuedOn ?? info.on;
  const setting: Setting = {
    dates:
      issuedOn === plan.document.issuedOn
        ? plan.dates
        : { ...plan.dates, issuedOn, year: plan.dates.year ?? (issuedOn ? Number(issuedOn.slice(0, 4)) : null) },
    today,
  };
  const { lines: rows, tables } = readTables(doc, setting);
  const annexes = readAnnexes(pieces);
  const listed = new Set([...annexes.listed, ...footOf(pieces, plan.body)]);
  const root = buildOutline(pieces, plan.body, listed, annexes.heads);
  const prose = readProse(root, doc.text, setting, rows.length > 0);
  const lines = [...prose, ...rows].sort((a, b) => a.source.start - b.source.start);
  const passages = pieces.flatMap((piece) => (piece.kind === 'passage' ? [piece.passage] : []));
  const head = headOf(plan.document, passages, lines, info, setting);
  const shared = head.due;
  return {
    head,
    tables,
    lines:
      shared === null ? lines : lines.map((line) => (line.due ? line : { ...line, due: { ...shared, common: true } })),
  };
}

/** Items that stand in one paragraph (1.……；2.……), as pieces of their own: the numbers must follow one another. */
function runsApart(piece: Piece): Piece[] {
  if (piece.kind !== 'passage') return [piece];
  const { passage } = piece;
  const begin = /^(\d{1,2})[.、](?!\d)/.exec(passage.compact);
  if (!begin) return [piece];
  const cuts = [0];
  let next = Number(begin[1]) + 1;
  for (const m of passage.compact.matchAll(/(?<=[。；）])(\d{1,2})[.、](?=[\u4e00-\u9fa5“《])/g)) {
    if (Number(m[1]) !== next) continue;
    cuts.push(m.index);
    next += 1;
  }
  return cuts.map((from, index) => ({
    kind: 'passage',
    passage: passage.part(from, cuts[index + 1] ?? passage.compact.length),
  }));
}

interface Info {
  readonly sender: string | null;
  readonly on: string | null;
  readonly title: string | null;
}

const full = /(\d{4})年(\d{1,2})月(\d{1,2})日|(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/;

/** 交办单位：…　日期：… in rows above the header of a table, and a title that stands there. */
function tableInfo(doc: SourceDocument): Info {
  let sender: string | null = null;
  let on: string | null = null;
  let title: string | null = null;
  const look = (words: string): void => {
    const who =
      /(?:填报|移交|交办|反馈|督办|检查|报送|转办|发出|印发|制表)(?:单位|部门|机关)[：:]\s*([^\s：:，。]{3,30}?)(?=\s|$|日期|时间|填报)/.exec(
        words,
      );
    if (who?.[1]) sender ??= who[1];
    const m = /(?:日期|时间|填报|制表)[^：:]{0,4}[：:]/.test(words) ? full.exec(words) : null;
    if (m)
      on ??= [m[1] ?? m[4], (m[2] ?? m[5] ?? '').padStart(2, '0'), (m[3] ?? m[6] ?? '').padStart(2, '0')].join('-');
  };
  for (const block of doc.blocks.slice(0, 40)) {
    if (block.kind === 'paragraph') {
      const words = doc.text.slice(block.start, block.end);
      if (words.length < 120) look(words);
      continue;
    }
    for (const cell of block.cells) {
      if (cell.row > 3) break;
      const words = doc.text.slice(cell.start, cell.end).trim();
      if (
        title === null &&
        cell.columnSpan > 1 &&
        cell.row === 0 &&
        /清单|台账|一览表|汇总表|问题|隐患/.test(words) &&
        words.length <= 60
      )
        title = words;
      look(words);
    }
  }
  return { sender, on, title };
}

const group =
  /(?:^|[，。、；：（]|由|向|据|经)((?:国务院|[\u4e00-\u9fa5]{0,4}[省市县区])?[\u4e00-\u9fa5]{0,12}?(?:第[一二三四五六七八九十\d]+|综合|联合|考核|专家)?(?:督导|检查|巡查|督查|暗访|专家|帮扶)(?:检查|帮扶)?组)/;

function headOf(
  read: { title: string | null; documentNumber: string | null; issuer: string | null; issuedOn: string | null },
  passages: readonly Passage[],
  lines: readonly FeedbackLine[],
  info: Info,
  setting: Setting,
): FeedbackHead {
  const first = lines[0]?.source.start ?? Number.POSITIVE_INFINITY;
  const opening = passages.filter((each) => each.span().end <= first).slice(0, 30);
  const title = read.title ?? info.title ?? opening[0]?.name().slice(0, 200) ?? null;
  const told = opening.find(
    (each) => /检查|督导|巡查|督查|暗访|排查|抽查/.test(each.compact) && each.compact.length > 20,
  );
  let foundOn: string | null = null;
  let finder: string | null = null;
  for (const each of opening) {
    const m = group.exec(each.compact);
    if (m?.[1] && finder === null) finder = m[1].replace(/^.*组织(?=.{2,})/, '').replace(/^(?:由|向|据|经)/, '');
    if (foundOn !== null || each.compact.length < 20) continue;
    const stop = /(?:检查|督导|巡查|督查|暗访|排查|抽查)/.exec(each.compact);
    if (!stop) continue;
    const sentence = each.compact.indexOf('。', stop.index);
    foundOn = lastDayIn(each, 0, sentence < 0 ? each.compact.length : sentence, setting);
  }
  const words = opening.map((each) => each.compact).join('\n');
  return {
    title,
    sender: read.issuer ?? info.sender,
    documentNumber: read.documentNumber,
    issuedOn: read.issuedOn ?? info.on,
    foundOn,
    finder,
    sourceType: sourceIn(title ?? '') ?? sourceIn(words) ?? sourceIn(told?.compact ?? '') ?? 'handedOver',
    due: sharedDue(passages, lines, setting),
  };
}

/** 以上问题请于……前整改完成: the day that holds for lines without one. Null where there is none, or several differ. */
function sharedDue(passages: readonly Passage[], lines: readonly FeedbackLine[], setting: Setting): SaidDay | null {
  const taken = (span: Span): boolean =>
    lines.some((line) => line.source.start <= span.start && span.end <= line.source.end);
  const dates =
    setting.dates.year === null
      ? { ...setting.dates, year: Number(setting.today.slice(0, 4)), issuedOn: setting.today }
      : setting.dates;
  const found = new Map<string, SaidDay>();
  for (const passage of passages) {
    if (!/整改|核查|办结|销号|整治|治理/.test(passage.compact)) continue;
    let from = 0;
    for (const m of passage.compact.matchAll(/[。；，]|$/g)) {
      const to = m.index;
      const clause = passage.compact.slice(from, to);
      const asks =
        /整改|核查|办结|销号|整治|治理/.test(clause) &&
        !/(?:情况|结果|报告|方案|台账|清单)[^，。]{0,12}(?:报|反馈|送)|报送|上报|制定/.test(clause);
      const within = asks && !taken(passage.span(from, to)) ? findDeadlines(passage, from, to, dates, false) : [];
      for (const one of within)
        if (one.date && one.kind !== 'recurring') {
          const yearless = setting.dates.year === null && !/\d{4}/.test(one.text);
          found.set(one.date, {
            text: one.text,
            source: one.source,
            on: one.date,
            doubt: yearless ? { kind: 'assumed', says: `没有写年份，按${one.date.slice(0, 4)}年读取` } : null,
          });
        }
      from = to + 1;
    }
  }
  const [only] = found.values();
  return found.size === 1 && only ? only : null;
}
