type Child = Node | string | number | null | undefined | false;

export interface Look {
  readonly class?: string;
  /** Attributes as they are written; null and false leave one out, true writes it empty. */
  readonly is?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly click?: (event: MouseEvent) => void;
  readonly input?: (value: string) => void;
}

/** Makes one element with its children; text is always text, never markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  look: Look = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (look.class) made.className = look.class;
  for (const [name, value] of Object.entries(look.is ?? {}))
    if (value !== null && value !== undefined && value !== false)
      made.setAttribute(name, value === true ? '' : String(value));
  const { click, input } = look;
  if (click) made.addEventListener('click', click as EventListener);
  if (input) made.addEventListener('input', () => input((made as unknown as HTMLInputElement).value));
  put(made, ...children);
  return made;
}

/** Adds children at the end; empty ones are left out. */
export function put(parent: Node, ...children: readonly (Child | readonly Child[])[]): void {
  for (const child of children) {
    if (Array.isArray(child)) put(parent, ...(child as readonly Child[]));
    else if (child !== null && child !== undefined && child !== false)
      parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** Replaces everything inside. */
export function fill(parent: Node, ...children: readonly (Child | readonly Child[])[]): void {
  while (parent.firstChild) parent.removeChild(parent.firstChild);
  put(parent, ...children);
}

/** A row of large chips of which one is chosen; a radio group for those who cannot see it. */
export function chips<T extends string>(
  label: string,
  choices: readonly (readonly [T, string])[],
  chosen: T | null,
  choose: (value: T) => void,
): HTMLElement {
  const name = `c${Math.random().toString(36).slice(2)}`;
  return el(
    'fieldset',
    { class: 'chips' },
    el('legend', {}, label),
    choices.map(([value, word]) => {
      const input = el('input', { is: { type: 'radio', name, value, checked: value === chosen } });
      input.addEventListener('change', () => choose(value));
      return el('label', {}, input, el('span', {}, word));
    }),
  );
}

export const button = (word: string, click: () => void, look = ''): HTMLButtonElement =>
  el('button', { class: `button ${look}`.trim(), is: { type: 'button' }, click }, word);
