import { hash } from 'node:crypto';

/** JSON with sorted keys, dates as ISO text and no undefined: equal values give equal text. */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || value === undefined) return 'null';
  if (typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  // written piece by piece: every registration passes through here several times
  if (Array.isArray(value)) {
    let text = '[';
    for (let at = 0; at < value.length; at++) text += `${at === 0 ? '' : ','}${canonical(value[at])}`;
    return `${text}]`;
  }
  const of = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(of).sort())
    if (of[key] !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(of[key])}`;
  return `{${text}}`;
}

export const sha256 = (text: string | Uint8Array): string => hash('sha256', text);

/** The hash of an item's rows as a RecordLoader gives them. */
export const imageOf = (record: unknown): string => sha256(canonical(record));
