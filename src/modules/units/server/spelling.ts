import { pinyin } from 'pinyin-pro';

/** How a name is typed without Chinese characters: 应急管理局 → 'yingjiguanliju' and 'yjglj'. Lower case, no tones. */
export function spelling(name: string): { pinyin: string; initials: string } {
  const parts = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive' }).map((part) =>
    part.toLowerCase().replace(/[^a-z0-9]/g, ''),
  );
  const initials = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .map((part) => part.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .join('');
  return { pinyin: parts.join('').slice(0, 300), initials: initials.slice(0, 100) };
}
