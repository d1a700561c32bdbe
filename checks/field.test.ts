import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = resolve(import.meta.dirname, '../src/field');
const sources = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|css)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
  .map((entry) => ({ name: entry.name, text: readFileSync(join(entry.parentPath, entry.name), 'utf8') }));

/** What came after Chromium 80 and is not translated by the build: name, and how it is written. */
const tooNew: Readonly<Record<string, RegExp>> = {
  'replaceChildren (86)': /\.replaceChildren\(/,
  'replaceAll (85)': /\.replaceAll\(/,
  'Array.at (92)': /\.at\(/,
  'findLast (97)': /\.findLast(Index)?\(/,
  'toSorted, toReversed, with (110)': /\.(toSorted|toReversed|toSpliced)\(/,
  'Object.hasOwn (93)': /Object\.hasOwn\(/,
  'structuredClone (98)': /structuredClone\(/,
  'crypto.randomUUID (92)': /\.randomUUID\(/,
  'Promise.any (85)': /Promise\.any\(/,
  'AbortSignal.timeout (103)': /AbortSignal\.(timeout|any)\(/,
  'Array.fromAsync (121)': /fromAsync\(/,
  'Error cause (93)': /\{ cause[: }]/,
  'checkVisibility (105)': /checkVisibility\(/,
};
const tooNewStyles: Readonly<Record<string, RegExp>> = {
  'gap in flex (84)': /[^-]gap\s*:/,
  'inset (87)': /\binset(-inline|-block)?\s*:/,
  'aspect-ratio (88)': /aspect-ratio/,
  ':is, :where (88), :has (105)': /:(is|where|has)\(/,
  ':focus-visible (86)': /:focus-visible/,
  'dvh, svh (108)': /\d(d|s|l)v[hw]\b/,
  'accent-color (93)': /accent-color/,
  'container queries (105)': /@container/,
  '@layer (99)': /@layer/,
  'logical properties (89)': /(margin|padding)-(inline|block)\b/,
};

describe('手机页面在 Chromium 80 上能用', () => {
  it.each(sources.map(({ name, text }) => [name, text] as const))('%s 没有用更新的写法', (name, text) => {
    const forbidden = name.endsWith('.css') ? tooNewStyles : tooNew;
    const plain = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
    expect(Object.keys(forbidden).filter((what) => forbidden[what]?.test(plain))).toEqual([]);
  });
});
