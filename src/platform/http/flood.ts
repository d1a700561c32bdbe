import { Refusal } from '../../kernel/refusal.ts';

/**
 * Lets each caller make so many requests in a minute, in this process: a bucket that fills evenly and holds ten seconds'
 * worth, so that short bursts pass. What is refused costs nothing but this look.
 */
export class Flood {
  readonly #buckets = new Map<string, { left: number; at: number }>();

  /** Takes one request of `caller`; throws a too-many refusal with the seconds to wait when there is none left. */
  take(caller: string, perMinute: number, now = performance.now()): void {
    const holds = Math.max(1, perMinute / 6);
    const bucket = this.#buckets.get(caller) ?? { left: holds, at: now };
    bucket.left = Math.min(holds, bucket.left + ((now - bucket.at) / 60_000) * perMinute);
    bucket.at = now;
    if (this.#buckets.size > 100_000) this.#buckets.clear();
    this.#buckets.set(caller, bucket);
    if (bucket.left < 1) {
      const wait = Math.max(1, Math.ceil(((1 - bucket.left) / perMinute) * 60));
      throw new Refusal('too-many', `请求太频繁，每分钟最多${perMinute}次，请在${wait}秒后再试。`, [], {
        retryAfter: wait,
      });
    }
    bucket.left -= 1;
  }
}
