/** A clock that is wrong by less than this is right enough to be believed, in milliseconds. */
export const clockTolerance = 5 * 60_000;

const two = (value: number): string => String(value).padStart(2, '0');

/** 11-21 10:32 in the one zone of the country. */
export function inShanghai(moment: Date): string {
  const local = new Date(moment.getTime() + 8 * 3_600_000);
  return `${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())} ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
}

/** 快约 24 小时 / 慢约 12 分钟; null where the clock is right enough. `aheadMs`: positive where the device is fast. */
export function clockSays(aheadMs: number): string | null {
  if (Math.abs(aheadMs) < clockTolerance) return null;
  const minutes = Math.round(Math.abs(aheadMs) / 60_000);
  const long =
    minutes < 120
      ? `${minutes} 分钟`
      : minutes < 72 * 60
        ? `${Math.round(minutes / 60)} 小时`
        : `${Math.round(minutes / 1440)} 天`;
  return `${aheadMs > 0 ? '快' : '慢'}约 ${long}`;
}

/**
 * What the record says about a report that came from a phone, to stand behind its sentence: when it was made where that
 * was well before it arrived, and how wrong the phone's clock is. Empty where there is nothing to tell.
 */
export function deviceSays(
  device: { readonly aheadMs: number; readonly madeAt: Date | null } | undefined,
  receivedAt: Date,
): string {
  if (!device) return '';
  const clock = clockSays(device.aheadMs);
  const waited = device.madeAt !== null && receivedAt.getTime() - device.madeAt.getTime() > clockTolerance;
  const parts = [
    waited && device.madeAt ? `手机上做于 ${inShanghai(device.madeAt)}，${inShanghai(receivedAt)} 收到` : '',
    clock ? `手机时钟${clock}，已按服务器时间折算` : '',
  ].filter(Boolean);
  return parts.length === 0 ? '' : `（${parts.join('；')}）`;
}
