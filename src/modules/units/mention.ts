import type { UnitClass } from './group.ts';
import { nameKey } from './unit.ts';
import { type ClassMention, classOf } from './unit-class.ts';

/** A unit or group as mentions are compared with it. */
export interface Named {
  readonly ref: 'unit' | 'group';
  readonly id: string;
  readonly name: string;
  readonly shortName: string | null;
  readonly aliases: readonly string[];
  /** Groups only: the class for which the group stands. */
  readonly class: UnitClass | null;
}

export interface Candidate {
  readonly ref: 'unit' | 'group';
  readonly id: string;
  readonly name: string;
  /** Why it is proposed, for the person who decides. */
  readonly reason: string;
}

export type Settlement =
  | { readonly kind: 'unit'; readonly id: string }
  | { readonly kind: 'group'; readonly id: string }
  | { readonly kind: 'unresolved'; readonly candidates: readonly Candidate[] };

/** Everything that a mention can mean, prepared once for many mentions. */
export interface NameIndex {
  readonly place: Place;
  readonly entries: readonly { readonly named: Named; readonly key: string; readonly core: string }[];
  readonly byName: ReadonlyMap<string, readonly Named[]>;
  readonly byAlias: ReadonlyMap<string, readonly Named[]>;
  readonly byShort: ReadonlyMap<string, readonly Named[]>;
}

/** The government whose documents are read: its full name, and the character by which they call it (区, 县, 市). */
export interface Place {
  readonly name: string;
  readonly level: string;
}

export const placeOf = (name: string): Place => ({
  name: nameKey(name),
  level: /[区县市旗]$/.exec(name.trim())?.[0] ?? '',
});

/**
 * A mention as it is compared: nameKey, artefacts of word processors and punctuation at the edges removed, 等 and
 * 等部门 at the end dropped, and the place's full name at the head written as documents do (青禾区教育局 → 区教育局).
 */
export function mentionKey(text: string, place: Place): string {
  let key = nameKey(text.replace(/\[bookmark:[^\]]*\]/gi, ''))
    .replace(/^[、,;:.。;：，；]+|[、,;:.。；：，]+$/g, '')
    .replace(/等(?:有关|相关)?(?:部门|单位|部门和单位)?$/, '');
  if (place.level !== '' && place.name.length > 2 && key.startsWith(place.name) && key.length > place.name.length + 1)
    key = place.level + key.slice(place.name.length);
  return key;
}

/** What remains of a name for a comparison of wording: prefix of level, and the usual contractions, taken away. */
function coreOf(key: string, place: Place): string {
  let core = key;
  const stem = place.name.slice(0, -1);
  if (stem.length >= 2 && core.startsWith(stem)) core = core.slice(stem.length);
  core = core
    .replace(/^(?:全|本|我)?(?:[区县旗]|市(?![场政容监]))(?=.{2})/, '')
    .replace(/^(?:人民)(?=政府|检察院|法院)/, '');
  return core
    .replaceAll('安全生产委员会', '安委会')
    .replaceAll('办公室', '办')
    .replaceAll('委员会', '委')
    .replace(/人民(?=检察院|法院|政府)/, '')
    .replace(/分局$/, '局');
}

const gather = (pairs: readonly (readonly [string, Named])[]): Map<string, Named[]> => {
  const map = new Map<string, Named[]>();
  for (const [key, named] of pairs) {
    const list = map.get(key) ?? [];
    if (!list.some((one) => one.ref === named.ref && one.id === named.id)) list.push(named);
    map.set(key, list);
  }
  return map;
};

export function indexNames(named: readonly Named[], place: Place): NameIndex {
  const key = (text: string): string => mentionKey(text, place);
  return {
    place,
    entries: named.map((one) => ({ named: one, key: key(one.name), core: coreOf(key(one.name), place) })),
    byName: gather(named.map((one) => [key(one.name), one] as const)),
    byAlias: gather(named.flatMap((one) => one.aliases.map((alias) => [key(alias), one] as const))),
    byShort: gather(named.flatMap((one) => (one.shortName ? [[key(one.shortName), one] as const] : []))),
  };
}

/**
 * Who is meant. Taken without asking: the exact name, an alias, a short name that only one unit has, and a class that
 * names all of its members and for which the jurisdiction keeps exactly one group. Everything else is only proposed,
 * with the reason, best first, at most eight.
 */
export function settleMention(text: string, index: NameIndex): Settlement {
  const key = mentionKey(text, index.place);
  if (key === '') return { kind: 'unresolved', candidates: [] };
  for (const map of [index.byName, index.byAlias, index.byShort]) {
    const hits = map.get(key) ?? [];
    const only = hits[0];
    if (hits.length === 1 && only) return { kind: only.ref, id: only.id };
    if (hits.length > 1)
      return { kind: 'unresolved', candidates: hits.map((one) => candidate(one, '名称相同，请选定是哪一个')) };
  }
  const meant = classOf(key);
  const ofClass = meant
    ? index.entries.filter(({ named }) => named.ref === 'group' && named.class === meant.class)
    : [];
  const only = ofClass[0];
  if (meant && !meant.some && ofClass.length === 1 && only) return { kind: 'group', id: only.named.id };
  const proposed = [...ofClass.map(({ named }) => candidate(named, classReason(meant)))];
  for (const one of propose(key, index)) {
    if (!proposed.some((other) => other.ref === one.ref && other.id === one.id)) proposed.push(one);
  }
  return { kind: 'unresolved', candidates: proposed.slice(0, 8) };
}

const candidate = (named: Named, reason: string): Candidate => ({
  ref: named.ref,
  id: named.id,
  name: named.name,
  reason,
});

const classReason = (meant: ClassMention | null): string =>
  meant?.some
    ? '文中写“有关”“相关”或“其他”，没有写明是哪几个单位；选它表示该分组的全部成员'
    : '这是一类单位，选它表示该分组的全部成员';

function propose(key: string, index: NameIndex): Candidate[] {
  const core = coreOf(key, index.place);
  const bare = key.replace(/\([^()]*\)/g, '');
  const inner = /\(([^()]{2,})\)/.exec(key)?.[1] ?? null;
  const scored: { score: number; one: Candidate }[] = [];
  for (const { named, key: name, core: nameCore } of index.entries) {
    const add = (score: number, reason: string): void => void scored.push({ score, one: candidate(named, reason) });
    const names = [name, ...named.aliases.map(nameKey), ...(named.shortName ? [nameKey(named.shortName)] : [])];
    if (bare !== key && names.includes(bare)) add(0.95, `括号前写的就是「${named.name}」`);
    else if (inner !== null && names.includes(inner)) add(0.7, `括号内写的是「${named.name}」`);
    else if (core.length >= 2 && nameCore === core) add(0.94, `除了所在地的写法，与「${named.name}」一致`);
    else if (core.length >= 2 && nameCore.startsWith(core))
      add(0.9 - (nameCore.length - core.length) * 0.02, `像是「${named.name}」没有写完`);
    else if (isShortFor(core, nameCore))
      add(0.85 - (nameCore.length - core.length) * 0.02, `像是「${named.name}」的简称`);
    else if (isShortFor(nameCore, core))
      add(0.8 - (core.length - nameCore.length) * 0.02, `像是「${named.name}」的另一种全称`);
    else {
      const likeness = dice(core, nameCore);
      if (likeness >= 0.5) add(likeness * 0.75, `与「${named.name}」字面相近`);
    }
  }
  return scored.sort((a, b) => b.score - a.score || (a.one.name < b.one.name ? -1 : 1)).map(({ one }) => one);
}

/** 应急局 for 应急管理局, 住建局 for 住房和城乡建设局: same first and last character, the others in the same order. */
function isShortFor(short: string, long: string): boolean {
  if (short.length < 2 || short.length >= long.length) return false;
  if (short[0] !== long[0] || short.at(-1) !== long.at(-1)) return false;
  let at = 0;
  for (const character of long) if (character === short[at]) at += 1;
  return at >= short.length;
}

/** Share of common pairs of neighbouring characters, 0–1. */
function dice(a: string, b: string): number {
  const pairs = (text: string): string[] =>
    Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2));
  const left = pairs(a);
  const right = pairs(b);
  if (left.length === 0 || right.length === 0) return 0;
  const rest = [...right];
  let common = 0;
  for (const pair of left) {
    const found = rest.indexOf(pair);
    if (found >= 0) {
      common += 1;
      rest.splice(found, 1);
    }
  }
  return (2 * common) / (left.length + right.length);
}
