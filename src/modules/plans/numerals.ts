const digits: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  '○': 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/**
 * Reads a whole number written in Arabic or Chinese numerals: 12, 十二, 二十一, 一百零五, 二〇二六.
 * Returns NaN where the text is no number.
 */
export function readNumber(text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (!/^[〇零○一二两三四五六七八九十百]+$/.test(text)) return Number.NaN;
  if (!/[十百]/.test(text)) return Number([...text].map((c) => digits[c]).join(''));
  let total = 0;
  let pending = 0;
  for (const c of text) {
    if (c === '百') {
      total += (pending || 1) * 100;
      pending = 0;
    } else if (c === '十') {
      total += (pending || 1) * 10;
      pending = 0;
    } else pending = digits[c] ?? 0;
  }
  return total + pending;
}
