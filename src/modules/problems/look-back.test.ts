import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DrawRules, frozenText, listHashOf, type PoolItem, ranked, sampleOf, seedTrouble } from './look-back.ts';

interface Vector {
  readonly says: string;
  readonly rules: DrawRules;
  readonly pool: readonly PoolItem[];
  readonly frozen: string;
  readonly listHash: string;
  readonly seed: string;
  readonly sample: readonly { number: string; id: string; ticket: string; rank: number; because: string }[];
}
const root = join(import.meta.dirname, '../../..');
const vectors = (
  JSON.parse(readFileSync(join(root, 'docs/look-back-vectors.json'), 'utf8')) as { readonly cases: readonly Vector[] }
).cases;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** The draw once more, as a person with the published text would do it: no code of the product, the long way round. */
function byHand(frozen: string, seed: string): string[] {
  const lines = frozen.split('\n').slice(0, -1);
  const middle = lines.indexOf('--');
  const rule = (beginning: string): number =>
    Number(lines.find((line) => line.startsWith(`${beginning}\t`))?.slice(beginning.length + 1) ?? Number.NaN);
  const items = lines.slice(middle + 1).map((line) => {
    const [, id = '', unit = '', grade = ''] = line.split('\t');
    return { id, unit, grade, ticket: sha256(`${seed}${id}`) };
  });
  const taken: typeof items = [];
  const smallestOf = (from: typeof items): (typeof items)[number] | undefined =>
    from
      .filter((one) => !taken.includes(one))
      .reduce<(typeof items)[number] | undefined>(
        (best, one) => (best && best.ticket < one.ticket ? best : one),
        undefined,
      );
  for (const unit of new Set(items.map((one) => one.unit)))
    for (let n = 0; n < rule('perUnit'); n += 1) {
      const found = smallestOf(items.filter((one) => one.unit === unit));
      if (found) taken.push(found);
    }
  for (const grade of new Set(items.map((one) => one.grade)))
    while (taken.filter((one) => one.grade === grade).length < rule(`perGrade\t${grade}`)) {
      const found = smallestOf(items.filter((one) => one.grade === grade));
      if (!found) break;
      taken.push(found);
    }
  while (taken.length < rule('take')) {
    const found = smallestOf(items);
    if (!found) break;
    taken.push(found);
  }
  return taken.sort((a, b) => (a.ticket < b.ticket ? -1 : 1)).map((one) => one.id);
}

describe('回头看的抽取，任何人都能重算', () => {
  for (const vector of vectors)
    it(`公布的例子：${vector.says}`, () => {
      const text = frozenText(vector.rules, vector.pool);
      expect(text).toBe(vector.frozen);
      expect(listHashOf(text)).toBe(vector.listHash);
      const sample = sampleOf(vector.rules, ranked(vector.seed, vector.pool));
      expect(sample.map(({ number, id, ticket, rank, because }) => ({ number, id, ticket, rank, because }))).toEqual(
        vector.sample,
      );
      expect(byHand(vector.frozen, vector.seed)).toEqual(vector.sample.map((one) => one.id));
    });

  it('独立的小程序读公布的文件，算出同样的结果；名单或结果被改过一个字就看得出来', () => {
    const folder = mkdtempSync(join(tmpdir(), 'guatu-draw-'));
    const run = (published: unknown): { ok: boolean; says: string } => {
      const file = join(folder, 'published.json');
      writeFileSync(file, JSON.stringify(published));
      try {
        const says = execFileSync(process.execPath, [join(root, 'tools/recompute-draw.mjs'), file], {
          encoding: 'utf8',
        });
        return { ok: true, says };
      } catch (failed) {
        return { ok: false, says: String((failed as { stdout?: string }).stdout) };
      }
    };
    for (const vector of vectors) {
      const found = run(vector);
      expect(found.ok, vector.says).toBe(true);
      for (const one of vector.sample) expect(found.says).toContain(`${one.number}\t${one.id}\t${one.ticket}`);
    }
    const [first, second] = vectors;
    if (!first || !second) throw new Error('no vectors');
    expect(run({ ...first, frozen: first.frozen.replace('take\t4', 'take\t5') }).says).toContain('与公布的不一致');
    expect(run({ ...second, seed: `${second.seed}1` }).ok).toBe(false);
    expect(run({ ...second, sample: second.sample.slice(1) }).ok).toBe(false);
  });

  it('任意名单、任意要求：与笨办法抽的一致；分层要求总是满足；与名单的先后无关', () => {
    const item = fc.record({
      id: fc.uuid(),
      serial: fc.integer({ min: 1, max: 20_000 }),
      unitId: fc.constantFrom('a', 'b', 'c').map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`),
      sector: fc.constantFrom('消防安全', '建筑施工', null),
      grade: fc.constantFrom('general' as const, 'major' as const),
    });
    const pools = fc.uniqueArray(item, { selector: (one) => one.id, maxLength: 30 });
    const few = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(pools, few, few, few, fc.string({ minLength: 1 }), (items, take, perUnit, major, seed) => {
        const pool = items.map(({ serial, ...rest }) => ({
          ...rest,
          number: `问-2026-${String(serial).padStart(4, '0')}`,
        }));
        const rules: DrawRules = {
          number: '查-2026-0001',
          from: '2026-01-01',
          to: '2026-06-30',
          take,
          perUnit,
          perGrade: { major },
          seedSource: 'witnessed',
          sealAfter: null,
        };
        const drawn = sampleOf(rules, ranked(seed, pool));
        expect(drawn.map((one) => one.id)).toEqual(byHand(frozenText(rules, pool), seed));
        expect(sampleOf(rules, ranked(seed, [...pool].reverse()))).toEqual(drawn);
        expect(frozenText(rules, [...pool].reverse())).toBe(frozenText(rules, pool));
        for (const unit of new Set(pool.map((one) => one.unitId))) {
          const of = (list: readonly PoolItem[]): number => list.filter((one) => one.unitId === unit).length;
          expect(of(drawn)).toBeGreaterThanOrEqual(Math.min(perUnit, of(pool)));
        }
        expect(drawn.length).toBeGreaterThanOrEqual(Math.min(take, pool.length));
      }),
      { numRuns: 200 },
    );
  });

  it('谁也左右不了抽取：改种子一个字，抽中的就是另一批；每一条被抽中的机会相同', () => {
    const pool = Array.from(
      { length: 20 },
      (_, n): PoolItem => ({
        id: `00000000-0000-4000-8000-0000000000${String(n).padStart(2, '0')}`,
        number: `问-2026-00${String(n + 1).padStart(2, '0')}`,
        unitId: 'u',
        sector: null,
        grade: 'general',
      }),
    );
    const times = new Map<string, number>();
    for (let n = 0; n < 2000; n += 1)
      for (const one of sampleOf({ take: 5, perUnit: 0, perGrade: {} }, ranked(`当众摇号 ${n}`, pool)))
        times.set(one.id, (times.get(one.id) ?? 0) + 1);
    // 2000 draws of 5 out of 20: 500 each; five standard deviations are about 97
    for (const one of pool) expect(Math.abs((times.get(one.id) ?? 0) - 500)).toBeLessThan(97);
  });

  it('种子太短、太单调或者用过的，不能用，并说明怎么办', () => {
    expect(seedTrouble('123456', [])).toContain('至少 12 个字符');
    expect(seedTrouble('111111111111', [])).toContain('不像当众随机产生');
    expect(seedTrouble(' 3 5 1 6 6 2 4 1 ', ['3 5 1 6 6 2 4 1'])).toContain('用过');
    expect(seedTrouble('3 5 1 6 6 2 4 1', [])).toBeNull();
  });
});
