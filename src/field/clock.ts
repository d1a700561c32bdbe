/** By how much this phone's clock was ahead of the server's when they last spoke, in milliseconds. */
let ahead = 0;

export const setAhead = (milliseconds: number): void => {
  ahead = milliseconds;
};

/** The server's time as far as the phone knows it: for days that are proposed, never for what is recorded. */
export const serverNow = (): Date => new Date(Date.now() - ahead);

const two = (value: number): string => `0${value}`.slice(-2);

/** YYYY-MM-DD in the one zone of the country. */
export const dayOf = (moment: Date): string => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

export const dayFrom = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** 11-21 10:32 for people; empty for what is no time. */
export function inWords(iso: string | null | undefined): string {
  const time = Date.parse(iso ?? '');
  if (Number.isNaN(time)) return '';
  const local = new Date(time + 8 * 3_600_000);
  return `${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())} ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
}
