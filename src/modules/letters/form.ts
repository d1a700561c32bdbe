import type { Blanks, ValuesOf } from '../../kernel/blanks.ts';

/**
 * A kind of official document, declared by the room that issues it. Its built-in template is
 * `src/modules/<room>/templates/<word>.docx`; an office may put its own in its place.
 */
export interface DocumentForm<T extends Blanks = Blanks> {
  /** One word over all rooms: 'notice', 'measure.reminder'. It is kept with every document and never changes. */
  readonly kind: string;
  /** 挂牌督办通知书: the name of the document, of its template and of its file. */
  readonly word: string;
  readonly room: string;
  readonly blanks: T;
  /** Which of the letterhead's series of 机关代字 numbers it; forms of one series share one run of numbers. */
  readonly letters: string;
  /** Documents carry the red head with 文件; letters (信函格式) go out under the name of the issuer alone. */
  readonly layout: 'document' | 'letter';
  /** Sentences about what may not be typed into a template beside its blanks: figures, where all come from a snapshot. */
  readonly typed?: (text: string) => readonly string[];
}

/** Declares a form with the exact types of its blanks kept. */
export const documentForm = <const T extends Blanks>(form: DocumentForm<T>): DocumentForm<T> => form;

/** Head of every document; given by the letterhead. */
export const documentHead = {
  发文机关标志: { kind: 'headline', means: '红头，如“某某区安全生产委员会办公室文件”' },
  发文字号: { kind: 'text', means: '机关代字、六角括号中的年份和序号' },
  发文机关: { kind: 'text', means: '落款的发文机关' },
  成文日期: { kind: 'day', means: '签发的日期' },
} as const;

/** 版记: copies are said by who issues, the rest by the letterhead. */
export const documentFoot = {
  抄送单位: { kind: 'text', means: '抄送哪些单位', optional: true },
  印发机关: { kind: 'text', means: '版记中的印发机关' },
  印发日期: { kind: 'day', means: '版记中的印发日期' },
} as const;

type OfLetterhead = keyof typeof documentHead | '印发机关' | '印发日期';

/** What the document itself says, apart from head and foot, which the letterhead gives. */
export type DocumentSays<T extends Blanks> = Omit<ValuesOf<T>, OfLetterhead>;

/** X安委办〔2026〕3号: letters of the office, the year in hexagonal brackets, a serial without leading zeros. */
export const documentNumber = (letters: string, year: number, serial: number): string =>
  `${letters}〔${year}〕${serial}号`;
