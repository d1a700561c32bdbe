import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CaseLine, documentOf } from './case-document.ts';
import { extractPlan } from './extract.ts';

interface WrittenCase {
  readonly style: string;
  readonly lines: readonly CaseLine[];
  readonly expect: {
    readonly title?: string;
    readonly documentNumber?: string;
    readonly issuedOn?: string;
    readonly issuer?: string;
    readonly addressees?: string;
    readonly stages?: readonly string[];
    readonly tasks: readonly Record<'anchor' | 'lead' | 'responsible', string>[];
    readonly doubts?: string;
  };
}

const folder = new URL('./cases/', import.meta.url);
const squash = (s: string) => s.normalize('NFKC').replace(/\s+/g, '');

describe('各种写法的方案都读成同样的任务', () => {
  for (const file of readdirSync(folder)) {
    const written = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as WrittenCase;
    it(`${written.style}（${file}）`, () => {
      const doc = documentOf(written.lines);
      const read = extractPlan(doc);
      const want = written.expect;
      for (const key of ['title', 'documentNumber', 'issuedOn', 'issuer'] as const)
        if (want[key] !== undefined) expect(read.document[key]).toBe(want[key]);
      if (want.addressees !== undefined) expect(read.document.addressees.join(' ')).toBe(want.addressees);
      if (want.stages) expect(read.stages.map((s) => `${s.from ?? ''}..${s.to ?? ''}`)).toEqual(want.stages);
      const seen = read.tasks.map((t, i) => {
        const w: Record<string, string> = want.tasks[i] ?? { anchor: '?' };
        const full = squash(t.title + t.text);
        const row: Record<string, string> = {
          anchor: full.includes(squash(w.anchor ?? '')) ? (w.anchor ?? '') : full.slice(0, 40),
          lead: t.lead.map((u) => u.text).join(' '),
          responsible: t.responsible.map((u) => u.text).join(' '),
        };
        if (w.territorial !== undefined) row.territorial = t.territorial.map((u) => u.text).join(' ');
        if (w.deadlines !== undefined)
          row.deadlines = t.deadlines
            .filter((d) => d.date || d.kind === 'event')
            .map((d) => d.date ?? `~${d.text}`)
            .join(' ');
        if (w.quotas !== undefined)
          row.quotas = t.quotas.map((q) => `${q.count}/${q.everyYears ? `${q.everyYears}y` : q.per}`).join(' ');
        if (w.targets !== undefined) row.targets = t.targets.map((x) => x.value).join(' ');
        return row;
      });
      expect(seen).toEqual(want.tasks);
      if (want.doubts) {
        const kinds = new Set(read.doubts.map((d) => d.kind));
        for (const kind of want.doubts.split(' ')) expect([...kinds]).toContain(kind);
      }
      for (const t of read.tasks)
        for (const u of [...t.lead, ...t.responsible, ...t.territorial])
          expect(doc.text.slice(u.source.start, u.source.end).replace(/\s+|-\d-/g, '')).toContain(u.text.slice(0, 2));
    });
  }
});
