import { documentForms } from '../../src/app/house.ts';
import { assessmentForms } from '../../src/modules/assessment/documents.ts';
import { documentFormOf } from '../../src/modules/bulletins/documents.ts';
import { type DocumentForm, documentNumber } from '../../src/modules/letters/form.ts';
import { builtInTemplate } from '../../src/modules/letters/server/templates.ts';
import { meetingForms } from '../../src/modules/meetings/documents.ts';
import { listingForms } from '../../src/modules/supervision/documents.ts';
import { pressureForms } from '../../src/modules/supervision/pressure-documents.ts';
import { fillTemplate } from '../../src/platform/documents/fill.ts';
import { bulletinPaper } from './bulletins.ts';
import { listingPapers } from './listings.ts';
import { assessmentPaper, meetingPapers } from './meetings.ts';
import { pressurePapers } from './pressure.ts';
import { issuer, today } from './words.ts';

/** A document with realistic words, as it would be issued. */
export interface Paper {
  /** 周通报（内容多）: what it is and how much it has to say. */
  readonly name: string;
  readonly form: DocumentForm;
  readonly says: Readonly<Record<string, unknown>>;
  readonly docx: Uint8Array;
}

const sizes = { usual: '一般', long: '内容多', bare: '内容少' } as const;
type Size = keyof typeof sizes;

function paper(form: DocumentForm, about: string, words: object): Paper {
  const says = {
    发文机关标志: form.layout === 'letter' ? issuer : `${issuer}文件`,
    发文字号: documentNumber('松安委办', 2026, 12),
    发文机关: issuer,
    成文日期: today,
    印发机关: issuer,
    印发日期: today,
    ...words,
  };
  return {
    name: `${form.word}（${about}）`,
    form,
    says,
    docx: fillTemplate(builtInTemplate(form).bytes, form.blanks, says as never),
  };
}

/** Every kind of document that the product issues, each as usual, with much to say and with as little as may be. */
export function allPapers(): readonly Paper[] {
  const papers = (Object.keys(sizes) as Size[]).flatMap((size) => [
    ...Object.entries(listingPapers(size)).map(([key, words]) =>
      paper(listingForms[key as keyof typeof listingForms], sizes[size], words),
    ),
    ...Object.entries(pressurePapers(size)).map(([key, words]) =>
      paper(pressureForms[key as keyof typeof pressureForms], sizes[size], words),
    ),
    paper(assessmentForms.result, sizes[size], assessmentPaper(size)),
    ...Object.entries(meetingPapers(size)).map(([key, words]) =>
      paper(meetingForms[key as keyof typeof meetingForms], sizes[size], words),
    ),
    ...(['day', 'week', 'month', 'quarter', 'year'] as const)
      .filter((period) => size === 'usual' || period === 'day' || period === 'week' || period === 'month')
      .map((period) =>
        paper(
          documentFormOf(period),
          `${period === 'quarter' ? '季度，' : period === 'year' ? '年度，' : ''}${sizes[size]}`,
          bulletinPaper(period, size),
        ),
      ),
  ]);
  const missing = documentForms.filter((form) => !papers.some((one) => one.form.kind === form.kind));
  if (missing.length > 0) throw new Error(`no words for ${missing.map((form) => form.kind).join(', ')}`);
  return papers;
}
