import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import type { SourceDocument } from '../../kernel/document.ts';
import { type ListLine as Line, listFile } from '../../platform/documents/list-fixtures.ts';
import { chromiumPath } from '../../platform/documents/print.ts';
import { readDocument } from '../../platform/documents/read.ts';
import type { FeedbackLine } from './feedback.ts';
import { readFeedback } from './feedback-read.ts';

interface Case {
  readonly says: string;
  readonly files: readonly ('docx' | 'xlsx' | 'pdf')[];
  readonly lines: readonly Line[];
  readonly head: Record<string, string>;
  readonly expect: readonly Record<string, unknown>[];
}

const folder = new URL('./feedback-cases/', import.meta.url);
const cases = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Case);
const today = day('2026-11-20');

/** What the expectation names, out of what was read. */
function seen(line: FeedbackLine | undefined, wanted: Record<string, unknown>): Record<string, unknown> {
  if (!line) return {};
  const all: Record<string, unknown> = {
    number: line.originalNumber,
    place: line.place,
    text: line.text?.text ?? null,
    subject: line.subject?.text ?? null,
    address: line.address?.text ?? null,
    category: line.category?.text ?? null,
    heading: line.path.at(-1) ?? null,
    grade: line.grade?.means ?? null,
    units: line.lead.map((unit) => unit.text),
    unitFrom: line.unitFrom,
    co: line.co.map((unit) => unit.text),
    supervising: line.supervising?.text ?? null,
    person: line.person?.text ?? null,
    measures: line.measures?.text ?? null,
    due: line.due?.on ?? null,
    dueSaid: line.due?.text ?? null,
    found: line.found?.on ?? null,
    finder: line.finder?.text ?? null,
    closed: line.status?.closed ?? false,
    several: line.several.length,
  };
  return Object.fromEntries(Object.keys(wanted).map((key) => [key, all[key]]));
}

const strip = (value: Record<string, unknown>): Record<string, unknown> => {
  const { doubts: _, ...rest } = value;
  return rest;
};

async function read(one: Case, format: 'docx' | 'xlsx' | 'pdf'): Promise<SourceDocument> {
  const doc = await readDocument(await listFile(format, one.lines), `清单.${format}`);
  // The printer's font draws both variants with one glyph, so that the file itself says the other character.
  return format === 'pdf' ? { ...doc, text: doc.text.replaceAll('戶', '户') } : doc;
}

describe('上级反馈问题清单的识读', () => {
  for (const one of cases) {
    for (const format of one.files) {
      it.skipIf(format === 'pdf' && chromiumPath() === null)(
        `${one.says}（.${format}）：逐条读对`,
        { timeout: 60_000 },
        async () => {
          const doc = await read(one, format);
          const feedback = readFeedback(doc, today);
          const wanted = one.expect.map(strip);
          expect(feedback.lines.map((line, index) => seen(line, wanted[index] ?? { text: 1 }))).toEqual(wanted);
          const head: Record<string, unknown> = { ...feedback.head, dueOn: feedback.head.due?.on ?? null };
          expect(Object.fromEntries(Object.keys(one.head).map((key) => [key, head[key]]))).toEqual(one.head);
          for (const line of feedback.lines) {
            for (const said of [line.text, line.measures, line.person, line.due]) {
              if (!said || (said === line.text && /\n|^$/.test(said.text))) continue;
              const there = doc.text.slice(said.source.start, said.source.end).replace(/\s/g, '');
              expect(there).toContain(said.text.replace(/\s/g, '').slice(0, 6));
            }
          }
        },
      );
    }
  }
  it('没有问题的文件读不出任何一条', () => {
    const text = '关于召开全区安全生产工作会议的通知\n各镇、街道：\n定于11月25日召开会议，请准时参加。';
    let at = 0;
    const blocks = text.split('\n').map((line) => {
      const start = at;
      at += line.length + 1;
      return { kind: 'paragraph' as const, start, end: start + line.length };
    });
    expect(readFeedback({ format: 'txt', text, blocks, losses: [] }, today).lines).toEqual([]);
  });
});
