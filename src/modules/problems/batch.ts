import type { Day } from '../../kernel/day.ts';
import { notValid, type Refusal } from '../../kernel/refusal.ts';
import type { Resolution } from '../plans/completeness.ts';
import type { Feedback, FeedbackLine, Said } from './feedback.ts';
import { looksLikeSubject } from './feedback-words.ts';
import type { Grade, ProblemKind, SourceType } from './problem.ts';

/** A list that came in: being read, reviewed beside its text, registered. A workbook import is registered at once. */
export const batchStates = {
  reading: '识读中',
  unreadable: '无法识读',
  reviewing: '校核中',
  registered: '已登记',
  withdrawn: '已作废',
} as const;
export type BatchState = keyof typeof batchStates;

export const lineStates = {
  open: '待登记',
  registered: '已登记',
  merged: '并入已有问题',
  discarded: '不登记',
} as const;
export type LineState = keyof typeof lineStates;

/** Series of the human numbers: 批-2026-0003. */
export const batchSeries = '批';

/** What is going to be registered, as read and then as people set it. Units stay null until a person chooses them. */
export interface BatchDraft {
  readonly kind: ProblemKind;
  readonly title: string;
  readonly text: string;
  readonly subject: string | null;
  readonly enterpriseId: string | null;
  readonly enterpriseName: string | null;
  readonly address: string | null;
  readonly sector: string | null;
  readonly grade: Grade | null;
  readonly leadUnitId: string | null;
  readonly coUnitIds: readonly string[] | null;
  readonly supervisingUnitId: string | null;
  readonly person: string | null;
  readonly measures: string | null;
  readonly dueOn: Day | null;
  readonly foundOn: Day | null;
  readonly finder: string | null;
  /** Points that a person has looked at and accepted, by kind. */
  readonly accepted: readonly string[];
}

/** An open problem, or a line of an earlier list, that says the same. */
export interface Twin {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly state: string;
}

export interface BatchLine {
  readonly id: string;
  readonly position: number;
  readonly said: FeedbackLine;
  readonly draft: BatchDraft;
  readonly state: LineState;
  readonly reason: string | null;
  readonly problemId: string | null;
  readonly problemNumber: string | null;
  /** Problems of the ledger with the same wording. */
  readonly twins: readonly Twin[];
}

/** What wordings of units mean: the organisation's own reading, and over it what was settled for this list. */
export type Meanings = Readonly<Record<string, Resolution>>;

const titleLength = 60;

/** Short name of a problem: its first clause. */
export function titleOf(text: string): string {
  const flat = text.replace(/\s+/g, '');
  const stop = flat.search(/[。；！]/);
  const first = stop > 5 ? flat.slice(0, stop) : flat;
  return first.length <= titleLength ? first : `${first.slice(0, titleLength - 1)}…`;
}

/** The same wording written differently is one wording: widths, white space and punctuation do not count. */
export const wordingKey = (text: string, subject: string | null): string =>
  `${text}|${subject ?? ''}`
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}|]/gu, '');

const asDay = (text: string | null | undefined): Day | null => (text ? (text as Day) : null);

/** The draft as the document says it; nothing is decided that it does not say. */
export function draftOf(
  said: FeedbackLine,
  head: Feedback['head'],
  sectorOf: (text: string) => string | null,
): BatchDraft {
  const text = said.text?.text ?? '';
  const category = said.category?.text ?? null;
  return {
    kind: 'hazard',
    title: titleOf(text),
    text,
    subject: said.subject?.text ?? null,
    enterpriseId: null,
    enterpriseName: null,
    address: said.address?.text ?? null,
    sector: (category && sectorOf(category)) ?? sectorOf(`${text}${said.subject?.text ?? ''}`),
    grade: said.grade ? said.grade.means : 'general',
    leadUnitId: null,
    coUnitIds: null,
    supervisingUnitId: null,
    person: said.person?.text.slice(0, 30) ?? null,
    measures: said.measures?.text.slice(0, 2000) ?? null,
    dueOn: asDay(said.due?.on),
    foundOn: asDay(said.found?.on ?? head.foundOn),
    finder: (said.finder?.text ?? head.finder)?.slice(0, 80) ?? null,
    accepted: [],
  };
}

export interface UnitsOfDraft {
  readonly leadUnitId: string | null;
  readonly coUnitIds: readonly string[];
  readonly supervisingUnitId: string | null;
  /** Wordings that mean nobody yet. */
  readonly unknown: readonly string[];
  /** The wording in the leading place that means a class of units. */
  readonly leadClass: string | null;
}

const meaning = (known: Meanings, text: string): Resolution => known[text] ?? { kind: 'unresolved', candidates: [] };

/** All wordings of units in a line, each once. */
export const wordingsOf = (line: Pick<BatchLine, 'said'>): string[] => [
  ...new Set(
    [...line.said.lead, ...line.said.co, ...(line.said.supervising ? [line.said.supervising] : [])].map(
      (one) => one.text,
    ),
  ),
];

/** The units of a line: what people chose, else what the wordings mean. The first responsible unit leads. */
export function unitsOfDraft(line: Pick<BatchLine, 'said' | 'draft'>, known: Meanings): UnitsOfDraft {
  const { said, draft } = line;
  const unknown: string[] = [];
  const idsOf = (mention: Said): readonly string[] => {
    const meant = meaning(known, mention.text);
    if (meant.kind === 'unit') return [meant.unitId];
    if (meant.kind === 'group') return meant.unitIds;
    if (meant.kind === 'unresolved') unknown.push(mention.text);
    return [];
  };
  const first = said.lead.find((one) => meaning(known, one.text).kind !== 'nobody');
  const firstMeant = first ? meaning(known, first.text) : null;
  const leadClass =
    draft.leadUnitId === null && firstMeant?.kind === 'group' && firstMeant.unitIds.length !== 1
      ? (first?.text ?? null)
      : null;
  const leads = draft.leadUnitId === null ? said.lead.flatMap(idsOf) : [draft.leadUnitId];
  const leadUnitId = leadClass === null ? (leads[0] ?? null) : null;
  const chosenLead = draft.leadUnitId !== null;
  const co = draft.coUnitIds ?? [...leads.slice(leadClass === null ? 1 : 0), ...said.co.flatMap(idsOf)];
  const supervising = draft.supervisingUnitId ?? (said.supervising ? (idsOf(said.supervising)[0] ?? null) : null);
  return {
    leadUnitId,
    coUnitIds: [...new Set(co)].filter((id) => id !== leadUnitId),
    supervisingUnitId: supervising,
    unknown: chosenLead && draft.coUnitIds !== null ? [] : [...new Set(unknown)],
    leadClass,
  };
}

export const pointKinds = {
  noText: { word: '没有问题描述', blocks: true },
  tooLong: { word: '描述过长', blocks: true },
  noUnit: { word: '没有责任单位', blocks: true },
  unknownUnit: { word: '单位对不上', blocks: true },
  leadIsClass: { word: '责任单位是一类单位', blocks: true },
  leadFromHeading: { word: '责任单位取自小标题', blocks: false },
  noDeadline: { word: '没有整改时限', blocks: true },
  deadlineUnclear: { word: '时限不明', blocks: true },
  deadlinePassed: { word: '时限已过', blocks: true },
  deadlineAssumed: { word: '时限有推算', blocks: false },
  gradeUnclear: { word: '等级不明', blocks: true },
  noFound: { word: '没有发现日期', blocks: false },
  foundUnclear: { word: '发现日期不明', blocks: true },
  foundLater: { word: '发现日期晚于今天', blocks: true },
  saysClosed: { word: '清单称已整改', blocks: true },
  sameInList: { word: '清单内重复', blocks: true },
  sameInLedger: { word: '台账中已有', blocks: true },
  subjectAbove: { word: '企业取自上一行', blocks: false },
  unknownEnterprise: { word: '名录中没有', blocks: false },
  several: { word: '像是几条问题', blocks: false },
} as const satisfies Record<string, { readonly word: string; readonly blocks: boolean }>;
export type PointKind = keyof typeof pointKinds;

/** Something open in a line. Blocking points must be settled before the line is registered. */
export interface Point {
  readonly kind: PointKind;
  readonly blocks: boolean;
  readonly says: string;
  /** The wording, or the twin's id, that it is about. */
  readonly about: string | null;
}

export interface PointContext {
  readonly today: Day;
  readonly known: Meanings;
  /** Other open lines of the list with the same wording, by line id: the place of the first of them. */
  readonly sameAs: ReadonlyMap<string, string>;
}

/** Which lines repeat the wording of an earlier one of the list. */
export function sameWithin(lines: readonly BatchLine[]): Map<string, string> {
  const first = new Map<string, BatchLine>();
  const same = new Map<string, string>();
  for (const line of lines) {
    if (line.state === 'discarded' || line.draft.text === '') continue;
    const key = wordingKey(line.draft.text, line.draft.subject);
    const before = first.get(key);
    if (before) same.set(line.id, numberOf(before));
    else first.set(key, line);
  }
  return same;
}

/** What to call a line of the list in a sentence. */
export const numberOf = (line: Pick<BatchLine, 'said' | 'position'>): string =>
  line.said.originalNumber ? `${line.said.originalNumber}` : `第${line.position}条`;

const mostText = 4000;

/** What is open in a line that still waits to be registered, blocking points first. */
export function pointsOf(line: BatchLine, context: PointContext): Point[] {
  if (line.state !== 'open') return [];
  const { said, draft } = line;
  const { today, known } = context;
  const found: Point[] = [];
  const add = (kind: PointKind, says: string, about: string | null = null): void => {
    if (!draft.accepted.includes(kind)) found.push({ kind, blocks: pointKinds[kind].blocks, says, about });
  };
  if (draft.text.trim() === '') add('noText', '这一行没有写问题，请补写，或者不登记。');
  if (draft.text.length > mostText) add('tooLong', `描述有${draft.text.length}字，超过${mostText}字，请拆分或精简。`);
  const units = unitsOfDraft(line, known);
  for (const text of units.unknown) {
    const firm = looksLikeSubject(text);
    add('unknownUnit', firm ? `「${text}」不是已登记的单位，像是企业名称。` : `「${text}」对不上哪个单位。`, text);
  }
  if (units.leadClass !== null)
    add('leadIsClass', `「${units.leadClass}」是一类单位，请选定由哪一个牵头。`, units.leadClass);
  else if (units.leadUnitId === null && !said.lead.some((one) => units.unknown.includes(one.text)))
    add('noUnit', '没有写责任单位，请选择由谁整改。');
  if (said.unitFrom !== null && said.unitFrom !== 'own' && draft.leadUnitId === null && units.leadUnitId !== null)
    add(
      'leadFromHeading',
      `行内没有写责任单位，取自${said.unitFrom === 'area' ? '属地一栏' : '小标题'}「${said.lead[0]?.text ?? ''}」。`,
    );
  if (draft.dueOn === null) {
    if (said.due?.doubt) add('deadlineUnclear', `${said.due.doubt.says}，请定一天。`);
    else add('noDeadline', '没有写整改时限，请定一天。');
  } else if (draft.dueOn < today) add('deadlinePassed', `时限${draft.dueOn}已过，请重新定一天；原时限保留在记录中。`);
  else if (said.due?.doubt?.kind === 'assumed' && said.due.on === draft.dueOn)
    add('deadlineAssumed', `${said.due.doubt.says}。`);
  if (draft.grade === null) add('gradeUnclear', `等级写作「${said.grade?.text ?? ''}」，请选一般或重大。`);
  if (draft.foundOn === null) {
    if (said.found?.doubt) add('foundUnclear', `${said.found.doubt.says}，请填写。`);
    else add('noFound', '没有写发现日期，将按收到清单的日期登记。');
  } else if (draft.foundOn > today) add('foundLater', `发现日期${draft.foundOn}晚于今天，请核对。`);
  if (said.status?.closed)
    add(
      'saysClosed',
      `清单称「${said.status.text}」。台账不导入已销号的问题：请按未整改登记后走复查销号，或者不登记并写明原因。`,
    );
  const before = context.sameAs.get(line.id);
  if (before !== undefined) add('sameInList', `与清单中「${before}」写的是同一个问题。`, before);
  const [twin] = line.twins;
  if (twin) add('sameInLedger', `台账中已有${twin.number}「${twin.title}」，可以并入，也可以另行登记。`, twin.id);
  if (said.subject?.from === 'above') add('subjectAbove', `企业一栏空着，沿用上一行「${said.subject.text}」。`);
  if (draft.subject !== null && draft.enterpriseId === null && looksLikeSubject(draft.subject))
    add('unknownEnterprise', `「${draft.subject}」没有对上企业名录，只按文字登记。`, draft.subject);
  if (said.several.length > 1 && draft.text === said.text?.text)
    add('several', `这一条里像是有${said.several.length}个问题，可以拆开。`);
  return found.sort((a, b) => Number(b.blocks) - Number(a.blocks));
}

/** The parts into which a line with several problems falls, as written. */
export const partsOfLine = (line: Pick<BatchLine, 'said'>, text: string): string[] =>
  line.said.several.map((span) => text.slice(span.start, span.end).trim()).filter((part) => part !== '');

/** Refuses an action in a state of the batch that does not allow it. */
export function refuseUnless(state: BatchState, allowed: readonly BatchState[], doing: string): Refusal | null {
  if (allowed.includes(state)) return null;
  return notValid(`这份清单现为「${batchStates[state]}」，不能${doing}。`);
}

/** Sources that a list may have. */
export const batchSources: readonly SourceType[] = [
  'guidance',
  'handedOver',
  'patrol',
  'unannounced',
  'specialCheck',
  'randomCheck',
  'dailyCheck',
  'tipoff',
  'media',
  'selfCheck',
];
