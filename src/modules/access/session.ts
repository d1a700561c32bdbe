/** Without any request for so long, the session ends. */
export const IDLE_MINUTES = 30;
/** After so long it ends however busy it was. */
export const LONGEST_HOURS = 12;

/** Routes that stay open while an initial password has not been changed; everything else is refused. */
export const beforePasswordChange: readonly string[] = ['readSession', 'signIn', 'signOut', 'changePassword'];

export interface SessionTimes {
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}

export const idleEndOf = (times: SessionTimes): Date => {
  const idle = times.lastSeenAt.getTime() + IDLE_MINUTES * 60_000;
  return new Date(Math.min(idle, times.expiresAt.getTime()));
};

/** Whether the session still holds at `now`. */
export const isAlive = (times: SessionTimes, now: Date): boolean => times.endedAt === null && now < idleEndOf(times);
