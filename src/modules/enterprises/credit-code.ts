/** Characters of the code, each worth its place (GB 32100-2015, 4.2): no I, O, S, V, Z. */
const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const LENGTH = 18;

/** A code as it is kept: widths made equal, capitals, without blanks and dashes. '' where nothing was written. */
export const plainCode = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\ufeff\-—–]/g, '')
    .toUpperCase();

/**
 * The check character for the first 17 characters (GB 32100-2015, 5.3: weights 3^(i-1) mod 31, 31 less the remainder),
 * or null where a character is none of the code's.
 */
export function checkSign(body: string): string | null {
  let sum = 0;
  let weight = 1;
  for (const sign of body) {
    const value = SIGNS.indexOf(sign);
    if (value < 0) return null;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return SIGNS[(31 - (sum % 31)) % 31] ?? null;
}

/**
 * What looks wrong with a unified social credit code (统一社会信用代码), in one sentence, or null. Only ever a warning: real
 * codes exist that fail the check, and old registrations have other lengths.
 */
export function codeDoubt(text: string): string | null {
  const code = plainCode(text);
  if (code === '') return null;
  if (/^\d{15}$/.test(code)) return '这是 15 位的旧注册号，不是统一社会信用代码，请核对营业执照。';
  if ([...code].length !== LENGTH) return `统一社会信用代码应为 18 位，现在是 ${[...code].length} 位，请核对营业执照。`;
  const strange = [...new Set([...code].filter((sign) => !SIGNS.includes(sign)))];
  if (strange.length > 0)
    return `统一社会信用代码里不会有「${strange.join('、')}」（字母 I、O、S、V、Z 不使用），请核对是否把数字看成了字母。`;
  const sign = checkSign(code.slice(0, LENGTH - 1));
  return sign === code[LENGTH - 1]
    ? null
    : '统一社会信用代码的校验位对不上，可能有一位写错了；与营业执照核对无误的，可以照此登记。';
}
