import { codeDoubt, plainCode } from './credit-code.ts';
import { addressKey, enterpriseKey, nameCore } from './enterprise.ts';

/** An enterprise as it is compared with a mention: under one of its names, present or former. */
export interface Known {
  /** Id, number and name of the one that is kept, where a duplicate was merged. */
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly nameKey: string;
  readonly nameCore: string;
  /** False for a former name and for the name of a merged duplicate. */
  readonly current: boolean;
  readonly creditCode: string | null;
  readonly addressKey: string;
  readonly state: string;
}

/** What a list or a person writes about an enterprise. */
export interface Wanted {
  readonly creditCode?: string | null;
  readonly name?: string | null;
  readonly address?: string | null;
}

export interface MatchCandidate {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  /** Why it is proposed, for the person who decides. */
  readonly reason: string;
}

/** Who is meant: exactly one, or those from whom a person may choose. */
export type Match =
  | {
      readonly kind: 'found';
      readonly id: string;
      readonly number: string;
      readonly name: string;
      readonly by: 'code' | 'name';
    }
  | { readonly kind: 'unresolved'; readonly candidates: readonly MatchCandidate[] };

const MOST_PROPOSED = 5;

/** What is needed to ask the register for all of them at once. */
export function keysOf(wanted: readonly Wanted[]): { codes: string[]; keys: string[]; cores: string[] } {
  const codes = new Set<string>();
  const keys = new Set<string>();
  const cores = new Set<string>();
  for (const one of wanted) {
    const code = plainCode(one.creditCode ?? '');
    const name = one.name?.trim() ?? '';
    if (code !== '') codes.add(code);
    if (name === '') continue;
    keys.add(enterpriseKey(name));
    cores.add(nameCore(name));
  }
  return { codes: [...codes], keys: [...keys], cores: [...cores] };
}

/** The register's answer, prepared once for many comparisons. */
export interface KnownIndex {
  readonly byCode: ReadonlyMap<string, readonly Known[]>;
  readonly byName: ReadonlyMap<string, readonly Known[]>;
  readonly byCore: ReadonlyMap<string, readonly Known[]>;
}

export function indexKnown(known: readonly Known[]): KnownIndex {
  const gather = (keyOf: (one: Known) => string | null): Map<string, Known[]> => {
    const map = new Map<string, Known[]>();
    for (const one of known) {
      const key = keyOf(one);
      if (key === null || key === '') continue;
      const list = map.get(key);
      if (list) list.push(one);
      else map.set(key, [one]);
    }
    return map;
  };
  return {
    byCode: gather((one) => one.creditCode),
    byName: gather((one) => one.nameKey),
    byCore: gather((one) => one.nameCore),
  };
}

const distinct = (list: readonly Known[]): Known[] => [...new Map(list.map((one) => [one.id, one])).values()];

const candidates = (list: readonly Known[], reason: (one: Known) => string): MatchCandidate[] =>
  distinct(list)
    .slice(0, MOST_PROPOSED)
    .map((one) => ({ id: one.id, number: one.number, name: one.name, reason: reason(one) }));

/**
 * Who is meant. Taken without asking: the only one with that code, the only one with that name (present, former or of a
 * merged duplicate), of several the one whose name or address agrees too. Everything else is only proposed.
 */
export function matchOne(wanted: Wanted, index: KnownIndex): Match {
  const code = plainCode(wanted.creditCode ?? '');
  const name = wanted.name?.trim() ?? '';
  const key = enterpriseKey(name);
  const place = addressKey(wanted.address);
  const found = (one: Known, by: 'code' | 'name'): Match => ({
    kind: 'found',
    id: one.id,
    number: one.number,
    name: one.name,
    by,
  });
  const one = (list: readonly Known[]): Known | null => {
    const different = distinct(list);
    return different.length === 1 ? (different[0] ?? null) : null;
  };
  const sameCode = code === '' ? [] : (index.byCode.get(code) ?? []);
  if (sameCode.length > 0) {
    const only = one(sameCode) ?? one(sameCode.filter((other) => other.nameKey === key));
    return only
      ? found(only, 'code')
      : { kind: 'unresolved', candidates: candidates(sameCode, () => '统一社会信用代码相同，请选定是哪一家') };
  }
  const sameName = key === '' ? [] : (index.byName.get(key) ?? []);
  if (sameName.length > 0) {
    const only =
      one(sameName) ??
      one(sameName.filter((other) => place !== '' && other.addressKey === place)) ??
      one(sameName.filter((other) => other.current));
    return only
      ? found(only, 'name')
      : { kind: 'unresolved', candidates: candidates(sameName, () => '名称相同，请按地址选定是哪一家') };
  }
  const near = name === '' ? [] : (index.byCore.get(nameCore(name)) ?? []);
  return { kind: 'unresolved', candidates: candidates(near, (other) => `除了组织形式，与「${other.name}」一致`) };
}

/** Something that a person should look at before he goes on; never a refusal by itself. */
export interface Doubt {
  readonly kind: 'code' | 'sameCode' | 'sameName';
  readonly says: string;
  readonly existing: { readonly id: string | null; readonly number: string; readonly name: string } | null;
}

/**
 * What looks wrong with an enterprise that is about to be registered: its code, and others that it may be. `except`: the
 * one that is being changed. One of the same name elsewhere in the district is no duplicate: only the address tells.
 */
export function doubtsAbout(wanted: Wanted, index: KnownIndex, except: string | null = null): Doubt[] {
  const code = plainCode(wanted.creditCode ?? '');
  const place = addressKey(wanted.address);
  const doubts: Doubt[] = [];
  const wrong = codeDoubt(code);
  if (wrong !== null) doubts.push({ kind: 'code', says: wrong, existing: null });
  const same = (list: readonly Known[]): Known[] => distinct(list).filter((one) => one.id !== except);
  const sameCode = code === '' ? [] : same(index.byCode.get(code) ?? []);
  for (const { id, number, name } of sameCode.slice(0, MOST_PROPOSED))
    doubts.push({
      kind: 'sameCode',
      says: `${number}「${name}」登记的是同一个统一社会信用代码。`,
      existing: { id, number, name },
    });
  const sameName = same(index.byName.get(enterpriseKey(wanted.name ?? '')) ?? []).filter(
    (one) =>
      (place === '' || one.addressKey === '' || one.addressKey === place) &&
      !sameCode.some((other) => other.id === one.id),
  );
  for (const { id, number, name, current } of sameName.slice(0, MOST_PROPOSED))
    doubts.push({
      kind: 'sameName',
      says: `${number}「${name}」的名称${current ? '' : '（原名）'}与它相同，地址也没有区别。`,
      existing: { id, number, name },
    });
  return doubts;
}

/** Those doubts that need the word of a person: it may be registered already. */
export const asksForWord = (doubts: readonly Doubt[]): readonly Doubt[] =>
  doubts.filter((doubt) => doubt.kind !== 'code');
