import type { Reading } from '../../../../platform/act.ts';
import { sha256 } from '../../../../platform/facts/canonical.ts';
import type { Download } from '../../../../platform/http/serve.ts';
import { becauseWords, frozenText, howToRecompute, ranked, sampleOf } from '../../look-back.ts';
import { gradeWords } from '../../problem.ts';
import { unitNames } from './names.ts';
import { type LookBack, lookBackInScope, poolOf, rulesOf } from './store.ts';

const load = async (
  reading: Reading,
  id: string,
): Promise<{ draw: LookBack; pool: Awaited<ReturnType<typeof poolOf>> }> => {
  const draw = await lookBackInScope(reading.db, reading.scope, id);
  return { draw, pool: await poolOf(reading.db, draw) };
};

/** The frozen text, byte by byte what was hashed: `sha256sum` of the file is the published hash. */
export async function frozenList(reading: Reading, id: string): Promise<Download> {
  const { draw, pool } = await load(reading, id);
  return {
    name: `${draw.number}冻结名单.txt`,
    type: 'text/plain; charset=utf-8',
    body: Buffer.from(frozenText(rulesOf(draw), pool)),
  };
}

/** All that is needed to recompute the draw, for `tools/recompute-draw.mjs` and for other programs. */
export async function publishedDraw(reading: Reading, id: string): Promise<Download> {
  const { draw, pool } = await load(reading, id);
  const rules = rulesOf(draw);
  const sample = draw.drawnAt === null || draw.seed === null ? [] : sampleOf(rules, ranked(draw.seed, pool, sha256));
  const published = {
    format: 'guatu-look-back 1',
    number: draw.number,
    title: draw.title,
    frozenAt: draw.frozenAt.toISOString(),
    listHash: draw.listHash,
    seed: draw.seed,
    seedHow: draw.seedHow,
    witnesses: draw.witnesses,
    sealDay: draw.sealDay,
    seededAt: draw.seededAt?.toISOString() ?? null,
    ticket: 'SHA-256(UTF-8(seed + id))',
    howToRecompute,
    sample: sample.map(({ number, id: problemId, ticket, rank, because }) => ({
      number,
      id: problemId,
      ticket,
      rank,
      because,
    })),
    frozen: frozenText(rules, pool),
  };
  return {
    name: `${draw.number}公布文件.json`,
    type: 'application/json; charset=utf-8',
    body: Buffer.from(`${JSON.stringify(published, null, 2)}\n`),
  };
}

/** A cell that no spreadsheet takes for a formula or for two cells. */
const cell = (text: string | number): string => {
  const plain = String(text);
  const safe = /^[=+\-@]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
};

/** Every item of the list with its ticket, smallest first, and what was drawn. */
export async function publishedTable(reading: Reading, id: string): Promise<Download> {
  const { draw, pool } = await load(reading, id);
  const rules = rulesOf(draw);
  const tickets =
    draw.seed === null ? pool.map((one) => ({ ...one, ticket: '', rank: 0 })) : ranked(draw.seed, pool, sha256);
  const drawn = new Map(
    (draw.drawnAt === null ? [] : sampleOf(rules, tickets)).map((one) => [one.id, becauseWords[one.because]]),
  );
  const names = await unitNames(reading.db, [draw.jurisdiction], [...new Set(pool.map((one) => one.unitId))]);
  const lines = [
    ['次序', '编号', '标识', '票号', '是否抽中', '销号单位', '等级', '行业领域'],
    ...tickets.map((one) => [
      one.rank === 0 ? '' : one.rank,
      one.number,
      one.id,
      one.ticket,
      drawn.get(one.id) ?? '',
      names.get(one.unitId) ?? one.unitId,
      gradeWords[one.grade],
      one.sector ?? '',
    ]),
  ];
  return {
    name: `${draw.number}票号表.csv`,
    type: 'text/csv; charset=utf-8',
    // the mark lets spreadsheet programs read it as UTF-8
    body: Buffer.from(`\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`),
  };
}
