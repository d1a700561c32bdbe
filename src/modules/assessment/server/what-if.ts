import { type Day, day as dayFrom } from '../../../kernel/day.ts';
import type { Reading } from '../../../platform/act.ts';
import type { SchemeBody } from '../scheme.ts';
import { dayWithin, score, troublesOf } from './compute.ts';
import { tableOf } from './lines.ts';
import { confirmedAsOf } from './store-parts.ts';
import { measuredOf } from './values.ts';

/**
 * 试算: all units' scores under a body that nobody has issued, as of a day; nothing is saved. What is scored by hand waits.
 * A period that has not begun is tried on the same days of the year before.
 */
export async function whatIf(reading: Reading, body: SchemeBody, asked: Day | null) {
  const { actor, db, day: today } = reading;
  const { settled, places } = await troublesOf(db, actor.jurisdiction, body, today);
  const period = today < body.from ? { from: yearBefore(body.from), to: yearBefore(body.to) } : body;
  const day = dayWithin(period, asked ?? today, today);
  const { units, scorers } = settled;
  const measured = await measuredOf(
    reading,
    actor.jurisdiction,
    body.indicators,
    units.map((one) => one.unitId),
    { from: dayFrom(period.from), to: dayFrom(period.to) },
    day,
  );
  const events = await confirmedAsOf(db, actor.jurisdiction, period.from, period.to, day);
  const scored = await score(
    body,
    units.map((unit) => ({
      ...unit,
      row: null,
      given: [],
      measured: measured.get(unit.unitId) ?? new Map(),
      vetoes: events.flatMap((event) => {
        const kind = body.vetoes.find((one) => one.code === event.code);
        return event.unitId === unit.unitId && kind ? [{ ...kind, id: event.id, number: event.number }] : [];
      }),
    })),
  );
  return {
    table: tableOf({ body, version: null, day, snapshot: null, scorers, units: scored }),
    troubles: [...places],
  };
}

const yearBefore = (text: string): string =>
  `${Number(text.slice(0, 4)) - 1}${text.slice(4) === '-02-29' ? '-02-28' : text.slice(4)}`;
