import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Calendar, calendarOf } from '../../../kernel/calendar.ts';

let known: Calendar | null = null;

/** Working days as `data/calendar` tells them; read once. */
export function workingDays(): Calendar {
  if (known) return known;
  const folder = join(fileURLToPath(import.meta.url), '..', '..', '..', '..', '..', 'data', 'calendar');
  known = calendarOf(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8'))),
  );
  return known;
}
