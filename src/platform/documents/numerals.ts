/** Numbers as a word processor prints them; the names of the formats are those of WordprocessingML (ST_NumberFormat). */
const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;
const LEGAL_SIMPLIFIED = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const LEGAL_TRADITIONAL = ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'] as const;
const STEMS = '甲乙丙丁戊己庚辛壬癸';
const BRANCHES = '子丑寅卯辰巳午未申酉戌亥';

/** 1 → 一, 14 → 十四, 105 → 一百零五; up to 99,999,999. */
export function chineseNumber(value: number): string {
  return counting(value, DIGITS, ['', '十', '百', '千'], true);
}

function counting(value: number, digits: readonly string[], units: readonly string[], shortTen: boolean): string {
  if (value === 0) return digits[0] ?? '';
  if (value >= 10_000) {
    const head = counting(Math.floor(value / 10_000), digits, units, shortTen);
    const tail = value % 10_000;
    if (tail === 0) return `${head}万`;
    return `${head}万${tail < 1000 ? digits[0] : ''}${counting(tail, digits, units, false)}`;
  }
  let text = '';
  let gap = false;
  const places = String(value);
  for (let at = 0; at < places.length; at += 1) {
    const digit = Number(places[at]);
    if (digit === 0) {
      gap = text !== '';
      continue;
    }
    if (gap) text += digits[0];
    gap = false;
    text += `${digits[digit]}${units[places.length - 1 - at]}`;
  }
  return shortTen && value >= 10 && value < 20 ? text.slice(1) : text;
}

function positional(value: number, digits: string): string {
  return [...String(value)].map((digit) => digits[Number(digit)] ?? '').join('');
}

function letters(value: number, first: number): string {
  const letter = String.fromCharCode(first + ((value - 1) % 26));
  return letter.repeat(Math.floor((value - 1) / 26) + 1);
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

function roman(value: number): string {
  let rest = value;
  let text = '';
  for (const [worth, sign] of ROMAN) {
    while (rest >= worth) {
      text += sign;
      rest -= worth;
    }
  }
  return text;
}

function enclosed(value: number, first: number, last: number): string {
  return value >= 1 && value <= last ? String.fromCodePoint(first + value - 1) : String(value);
}

function circled(value: number): string {
  if (value >= 21 && value <= 35) return String.fromCodePoint(0x3251 + value - 21);
  if (value >= 36 && value <= 50) return String.fromCodePoint(0x32b1 + value - 36);
  return enclosed(value, 0x2460, 20);
}

/** The number as text in the given format. Unknown formats give plain digits, `none` and `bullet` nothing. */
export function formatNumber(value: number, format: string): string {
  if (value < 0 || value > 99_999_999) return String(value);
  switch (format) {
    case 'none':
    case 'bullet':
      return '';
    case 'decimalZero':
      return value < 10 ? `0${value}` : String(value);
    case 'decimalFullWidth':
    case 'decimalFullWidth2':
      return positional(value, '０１２３４５６７８９');
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return circled(value);
    case 'decimalEnclosedFullstop':
      return enclosed(value, 0x2488, 20);
    case 'decimalEnclosedParen':
      return enclosed(value, 0x2474, 20);
    case 'ideographEnclosedCircle':
      return enclosed(value, 0x3280, 10);
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'japaneseCounting':
    case 'taiwaneseCounting':
    case 'taiwaneseCountingThousand':
    case 'koreanCounting':
      return chineseNumber(value);
    case 'ideographDigital':
    case 'japaneseDigitalTenThousand':
    case 'taiwaneseDigital':
    case 'koreanDigital2':
      return value === 10 ? '十' : positional(value, '〇一二三四五六七八九');
    case 'chineseLegalSimplified':
      return counting(value, LEGAL_SIMPLIFIED, ['', '拾', '佰', '仟'], false);
    case 'ideographLegalTraditional':
      return counting(value, LEGAL_TRADITIONAL, ['', '拾', '佰', '仟'], false);
    case 'ideographTraditional':
      return value >= 1 ? (STEMS[(value - 1) % 10] ?? '') : '';
    case 'ideographZodiac':
      return value >= 1 ? (BRANCHES[(value - 1) % 12] ?? '') : '';
    case 'upperLetter':
      return value >= 1 ? letters(value, 65) : '';
    case 'lowerLetter':
      return value >= 1 ? letters(value, 97) : '';
    case 'upperRoman':
      return roman(value);
    case 'lowerRoman':
      return roman(value).toLowerCase();
    default:
      return String(value);
  }
}
