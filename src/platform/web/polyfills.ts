/**
 * What Chromium 80 lacks and the libraries or pages use. Written by hand because the usual bundle of polyfills is four
 * times the size of the sign-in page. Imported before everything else.
 */
function add(target: object, name: string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

function at(this: ArrayLike<unknown>, index: number): unknown {
  const place = Math.trunc(index) || 0;
  return this[place < 0 ? this.length + place : place];
}
function findLastIndex(
  this: ArrayLike<unknown>,
  test: (value: unknown, index: number, all: unknown) => boolean,
): number {
  for (let index = this.length - 1; index >= 0; index--) if (test(this[index], index, this)) return index;
  return -1;
}
function findLast(this: ArrayLike<unknown>, test: (value: unknown, index: number, all: unknown) => boolean): unknown {
  return this[findLastIndex.call(this, test)];
}
function replaceAll(this: string, what: string | RegExp, by: string | ((...found: string[]) => string)): string {
  const pattern = what instanceof RegExp ? what : new RegExp(what.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'g');
  return this.replace(pattern, by as string);
}

/** Plain data only (lists, records, dates, maps, sets): enough for options and drafts; functions are not copied. */
export function copyOf(value: unknown, seen = new Map<object, unknown>()): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (value instanceof Date) return new Date(value.getTime());
  if (value instanceof Map) {
    const copy = new Map();
    seen.set(value, copy);
    for (const [key, each] of value) copy.set(copyOf(key, seen), copyOf(each, seen));
    return copy;
  }
  if (value instanceof Set) {
    const copy = new Set();
    seen.set(value, copy);
    for (const each of value) copy.add(copyOf(each, seen));
    return copy;
  }
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
  seen.set(value, copy);
  for (const [key, each] of Object.entries(value)) (copy as Record<string, unknown>)[key] = copyOf(each, seen);
  return copy;
}

class NeverCollected<T extends object> {
  readonly #held: T;
  constructor(held: T) {
    this.#held = held;
  }
  deref(): T {
    return this.#held;
  }
}

add(Array.prototype, 'at', at);
add(String.prototype, 'at', at);
add(Array.prototype, 'findLast', findLast);
add(Array.prototype, 'findLastIndex', findLastIndex);
add(String.prototype, 'replaceAll', replaceAll);
add(Object, 'hasOwn', (owner: object, key: PropertyKey) => Object.hasOwn(owner, key));
add(globalThis, 'structuredClone', (value: unknown) => copyOf(value));
add(globalThis, 'WeakRef', NeverCollected);
if (typeof Element !== 'undefined') {
  add(Element.prototype, 'replaceChildren', function (this: Element, ...children: (Node | string)[]) {
    while (this.lastChild !== null) this.removeChild(this.lastChild);
    this.append(...children);
  });
}
