import { crc32, deflateSync } from 'node:zlib';
import { type Day, dayInWords } from '../../kernel/day.ts';
import { buildLetter } from './documents/letter.ts';
import { readTemplate } from './documents/template.ts';

export interface EvidenceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const WIDTH = 320;
const HEIGHT = 200;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, check]);
}

/**
 * A picture in place of a photograph: sky, ground and a building whose windows depend on `seed`; `cluttered` puts boxes
 * before it, so that before and after can be told apart.
 */
export function picture(name: string, seed: number, cluttered = false): EvidenceFile {
  const rows: Buffer[] = [];
  const [left, right, top] = [60 + (seed % 40), 230 + (seed % 50), 50 + (seed % 30)];
  for (let y = 0; y < HEIGHT; y++) {
    const row = Buffer.alloc(1 + WIDTH * 3);
    for (let x = 0; x < WIDTH; x++) {
      const wall = x > left && x < right && y > top && y < 165;
      const lit = wall && x % 22 > 6 && y % 26 > 9;
      const shade = ((x >> 4) * 7 + (y >> 4) * 13 + seed) % 23;
      const colour = lit
        ? [236, 224, 170 - shade]
        : wall
          ? [142 + shade, 150, 158]
          : y > 160
            ? [118, 132 + (y % 9), 104]
            : [186 - (y >> 2), 208 - (y >> 3), 228];
      const box =
        cluttered && y > 128 && y < 182 && (x + seed * 3) % 74 < 46 && y > 128 + (((x + seed * 3) / 74) | 0) * 6;
      row.set(box ? [168 - ((x + y) % 9), 92, 58] : colour, 1 + x * 3);
    }
    rows.push(row);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const bytes = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name, bytes };
}

/** Minutes of a meeting as a .docx. */
export async function minutes(occasion: string, unit: string, on: Day): Promise<EvidenceFile> {
  const text = [
    `@title ${occasion}纪要`,
    `${dayInWords(on)}，${unit}组织召开会议，${occasion}。`,
    '会议听取了有关部门工作情况汇报，分析了当前安全生产形势，研究了突出问题。',
    '# 议定事项',
    '## 对未按序时进度完成的任务逐项会商，明确补救措施和完成日期。',
    '## 对跨部门难题由分管负责同志牵头协调，一周内反馈结果。',
    '## 会议议定事项由办公室跟踪督办。',
  ].join('\n');
  return { name: `${occasion}纪要（${on}）.docx`, bytes: await buildLetter(readTemplate(text, on)) };
}
