export interface Position {
  readonly longitude: number;
  readonly latitude: number;
  /** Radius in which the receiver believes itself, in metres. */
  readonly metres: number;
}

let last: { readonly at: number; readonly position: Position } | null = null;

/** Where the phone is, or why it does not know, as a sentence. A position of the last minute is used again. */
export function whereAmI(): Promise<Position | string> {
  if (last && Date.now() - last.at < 60_000) return Promise.resolve(last.position);
  if (!('geolocation' in navigator) || !window.isSecureContext)
    return Promise.resolve('当前网址不是 https，浏览器不提供定位，请手工填写地点。');
  return new Promise((done) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const round = (value: number): number => Math.round(value * 1e6) / 1e6;
        const position = {
          longitude: round(coords.longitude),
          latitude: round(coords.latitude),
          metres: Math.round(coords.accuracy),
        };
        last = { at: Date.now(), position };
        done(position);
      },
      (error) =>
        done(
          error.code === error.PERMISSION_DENIED ? '没有允许定位，请手工填写地点。' : '暂时定不了位，请手工填写地点。',
        ),
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 },
    );
  });
}

const METRES_PER_DEGREE = 111_320;

/** Metres between two points, plane geometry. */
export function metresBetween(
  a: { readonly longitude: number; readonly latitude: number },
  b: { readonly longitude: number; readonly latitude: number },
): number {
  const narrowing = Math.cos(((a.latitude + b.latitude) / 2) * (Math.PI / 180));
  const across = (a.longitude - b.longitude) * narrowing;
  return Math.round(Math.sqrt((a.latitude - b.latitude) ** 2 + across ** 2) * METRES_PER_DEGREE);
}
