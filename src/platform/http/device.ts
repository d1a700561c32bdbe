import type { Device } from '../act.ts';

/** The device's clock at the moment of sending, as ISO time. */
export const DEVICE_NOW = 'x-guatu-now';
/** When the person did it, by the same clock. */
export const DEVICE_MADE = 'x-guatu-made';
/** Whose act it is: a phone may meanwhile be in other hands. */
export const DEVICE_ACCOUNT = 'x-guatu-account';

const timeIn = (header: unknown): number | null => {
  if (typeof header !== 'string' || header.length > 40) return null;
  const time = Date.parse(header);
  return Number.isNaN(time) ? null : time;
};

/**
 * Reads what a device tells about its clock; undefined where it tells nothing. `now` is the server's business time, which
 * a rehearsal shifts; `real` the true one, against which the device's clock is measured.
 */
export function deviceOf(
  headers: Readonly<Record<string, unknown>>,
  now: Date,
  real: Date = new Date(),
): Device | undefined {
  const told = timeIn(headers[DEVICE_NOW]);
  if (told === null) return undefined;
  const made = timeIn(headers[DEVICE_MADE]);
  return {
    aheadMs: told - real.getTime(),
    madeAt: made === null ? null : new Date(now.getTime() - Math.max(0, told - made)),
  };
}
