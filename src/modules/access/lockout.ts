/** What is counted: failures for one login that was typed, and failures from one address. */
export type GuardKind = 'login' | 'address';

interface Limit {
  /** So many failures are free; from the next one on there is a delay, doubled each `step` failures. */
  readonly free: number;
  readonly step: number;
  readonly forgetMinutes: number;
}

/** Behind one address there may be a whole office, so more is borne from it, and it is forgotten sooner. */
const limits: Readonly<Record<GuardKind, Limit>> = {
  login: { free: 4, step: 1, forgetMinutes: 24 * 60 },
  address: { free: 29, step: 5, forgetMinutes: 60 },
};
const LONGEST_MINUTES = 60;

export const forgetMinutes = (kind: GuardKind): number => limits[kind].forgetMinutes;

/** How long signing in is closed after so many failures in a row, in minutes: 0, then 1, 2, 4 … 60. */
export function delayMinutes(kind: GuardKind, failures: number): number {
  const { free, step } = limits[kind];
  if (failures <= free) return 0;
  return Math.min(LONGEST_MINUTES, 2 ** Math.floor((failures - free - 1) / step));
}

/** How many wrong passwords are left before the account is closed for a while. */
export const attemptsLeft = (failures: number): number => Math.max(0, limits.login.free + 1 - failures);

/** A moment as people in the office read it: 14:05, or 11月23日 00:10 when it is not today. */
export function clockText(moment: Date, now: Date): string {
  const local = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString();
  const text = local(moment);
  const time = text.slice(11, 16);
  return text.slice(0, 10) === local(now).slice(0, 10)
    ? time
    : `${Number(text.slice(5, 7))}月${Number(text.slice(8, 10))}日 ${time}`;
}

/** What somebody is told whose login or address is closed. The minute named is one after which it is open. */
export function lockedSays(kind: GuardKind, until: Date, now: Date): string {
  const when = clockText(new Date(until.getTime() + 59_999), now);
  return kind === 'login'
    ? `这个账号连续输错密码，为防止他人猜测，${when} 之后才能再登录。如果不是您本人在操作，请告诉系统管理员。`
    : `从您这个网络地址登录失败的次数太多，${when} 之后才能再登录。如有急事请联系系统管理员。`;
}
