/** Built-in date formats of SpreadsheetML, those of Chinese versions included. */
const DATE_IDS = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
const PERCENT_IDS = new Set([9, 10]);

/**
 * A number as the sheet shows it, as far as reading needs it: dates as dates, shares as percentages, the rest plain.
 * `format` is a format code, or "#" and the number of a built-in one.
 */
export function numberText(value: number, format: string, epoch1904 = false): string {
  if (!Number.isFinite(value)) return '';
  const builtIn = format.startsWith('#') ? Number(format.slice(1)) : -1;
  if (PERCENT_IDS.has(builtIn) || (builtIn < 0 && format.includes('%'))) return `${tidy(value * 100)}%`;
  const code = builtIn < 0 ? format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, (part) => part.replace(/[^年月日]/g, '')) : '';
  const isDate = DATE_IDS.has(builtIn) || (/[yd年月日]/i.test(code) && /[ymd]/i.test(code));
  if (!isDate || value < 1 || value > 2_958_465) return tidy(value);
  return dateText(value + (epoch1904 ? 1462 : 0), code.toLowerCase(), builtIn);
}

function dateText(serial: number, code: string, builtIn: number): string {
  // Day 60 of the 1900 system is a 29 February that never was.
  const day = new Date(Date.UTC(1899, 11, serial < 60 ? 31 : 30) + Math.floor(serial) * 86_400_000);
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
  const hasYear = builtIn >= 0 ? ![16, 28, 29, 51, 54, 58].includes(builtIn) : code.includes('y');
  const hasDay = builtIn >= 0 ? ![17, 27, 36, 50, 52, 57].includes(builtIn) : code.includes('d');
  return `${hasYear ? `${year}年` : ''}${month}月${hasDay ? `${date}日` : ''}`;
}

function tidy(value: number): string {
  return String(Number(value.toPrecision(12)));
}
