import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { packed, paragraph, pdfFile, wordFile } from './fixtures.ts';
import { readDocument } from './read.ts';
import { DocumentRefused } from './refused.ts';

async function refusal(bytes: Uint8Array, name: string, limits = {}): Promise<DocumentRefused> {
  try {
    await readDocument(bytes, name, { limits });
  } catch (error) {
    if (error instanceof DocumentRefused) return error;
    throw error;
  }
  throw new Error('the file was read');
}

/** An OLE container with one directory sector that names the given streams. */
function ole(...names: string[]): Uint8Array {
  const bytes = new Uint8Array(512 * 4);
  const view = new DataView(bytes.buffer);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  view.setUint16(30, 9, true);
  view.setUint32(48, 1, true);
  view.setUint32(68, 0xfffffffe, true);
  for (let at = 0; at < 109; at += 1) view.setUint32(76 + at * 4, at === 0 ? 0 : 0xffffffff, true);
  view.setUint32(512, 0xfffffffd, true);
  view.setUint32(516, 0xfffffffe, true);
  for (const [index, name] of names.entries()) {
    const at = 1024 + index * 128;
    for (const [place, letter] of [...name].entries()) view.setUint16(at + place * 2, letter.charCodeAt(0), true);
    view.setUint16(at + 64, name.length * 2 + 2, true);
    view.setUint32(at + 116, 2, true);
    view.setUint32(at + 120, 4096, true);
  }
  return bytes;
}

describe('读不了的文件说清原因', () => {
  test('空文件', async () => {
    expect((await refusal(new Uint8Array(0), '方案.docx')).kind).toBe('empty');
    expect((await refusal(wordFile(paragraph('')), '方案.docx')).kind).toBe('empty');
  });

  test('超过大小上限', async () => {
    const refused = await refusal(new Uint8Array(3_000_000), '方案.docx', { fileBytes: 2 * 1024 * 1024 });
    expect(refused.message).toContain('2 MB');
  });

  test('不认识的格式', async () => {
    const noise = Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 256);
    expect((await refusal(noise, '方案.docx')).kind).toBe('unknown');
    expect((await refusal(packed({ 'a.txt': '一' }), '方案.docx')).message).toContain('压缩包');
  });

  test('加密的新版和旧版办公文件', async () => {
    expect((await refusal(ole('EncryptedPackage', 'EncryptionInfo'), '方案.docx')).kind).toBe('encrypted');
    const word = ole('WordDocument');
    word[512 * 3 + 11] = 1;
    expect((await refusal(word, '方案.doc')).kind).toBe('encrypted');
  });

  test('加密的 PDF', async () => {
    const key = '<00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff>';
    const encrypt = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ${key} /U ${key} >> /ID [<00> <00>] `;
    expect((await refusal(pdfFile(['BT /F1 12 Tf (x) Tj ET'], encrypt), '方案.pdf')).kind).toBe('encrypted');
  });

  test('没有文字的扫描件', async () => {
    const refused = await refusal(pdfFile(['0 0 100 100 re f']), '方案.pdf');
    expect(refused.kind).toBe('scan');
    expect(refused.message).toContain('扫描件');
    expect((await refusal(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), '方案.pdf')).kind).toBe('scan');
  });

  test('压缩炸弹在解压途中停下', async () => {
    const zeros = new Uint8Array(40_000_000);
    const bomb = zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': zeros }, { level: 9 });
    expect((await refusal(bomb, '方案.docx')).kind).toBe('bomb');
    // The header claims that the entry is small: only what comes out counts.
    const liar = bomb.slice();
    const view = new DataView(liar.buffer);
    for (let at = 0; at + 30 < liar.length; at += 1) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
      if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 10, true);
    }
    expect((await refusal(liar, '方案.docx')).kind).toBe('bomb');
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`${at}.xml`, 'x']));
    expect((await refusal(packed(many), '方案.docx', { zipEntries: 20 })).kind).toBe('bomb');
  });

  test('XML 实体声明', async () => {
    const body =
      '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document><w:body><w:p/></w:body></w:document>';
    const bytes = wordFile('', { parts: { 'word/document.xml': body } });
    expect((await refusal(bytes, '方案.docx')).kind).toBe('entities');
  });

  test('损坏的压缩内容和被截断的文件', async () => {
    const bytes = wordFile(paragraph('一、总体要求'.repeat(500)));
    expect((await refusal(bytes.slice(0, bytes.length - 40), '方案.docx')).kind).toBe('damaged');
    expect((await refusal(strToU8('%PDF-1.4\nnothing'), '方案.pdf')).kind).toBe('damaged');
  });
});

describe('读得了但要说明的文件', () => {
  test('后缀不对时按内容读取并说明', async () => {
    const document = await readDocument(wordFile(paragraph('正文')), '方案.pdf');
    expect(document.format).toBe('docx');
    expect(document.losses.map((loss) => loss.kind)).toContain('wrong-extension');
  });

  test('带宏的文件只读文字', async () => {
    const bytes = wordFile(paragraph('正文'), { parts: { 'word/vbaProject.bin': 'x' } });
    const document = await readDocument(bytes, '方案.docm');
    expect(document.text).toBe('正文');
    expect(document.losses.map((loss) => loss.kind)).toEqual(['macro']);
  });
});
