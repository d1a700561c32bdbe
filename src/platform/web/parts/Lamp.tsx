/** What a lamp can say; the words are the trade's. */
export type LampColour = 'red' | 'amber' | 'green' | 'grey' | 'none';

const words: Readonly<Record<Exclude<LampColour, 'none'>, string>> = {
  red: '红灯',
  amber: '黄灯',
  green: '绿灯',
  grey: '灰灯',
};

const shapes: Readonly<Record<Exclude<LampColour, 'none'>, string>> = {
  red: 'M7 0.5 L13.5 7 L7 13.5 L0.5 7 Z',
  amber: 'M7 1 L13.5 13 L0.5 13 Z',
  green: 'M7 0.8 a6.2 6.2 0 1 1 -0.01 0 Z',
  grey: 'M1.5 1.5 H12.5 V12.5 H1.5 Z',
};

/** Only the sign, for tight places; it carries its word for screen readers. */
export function LampSign({ colour, size = 14 }: { colour: LampColour; size?: number }) {
  if (colour === 'none') return null;
  return (
    <svg className={`g-lamp-sign g-lamp-${colour}`} viewBox="0 0 14 14" width={size} height={size} role="img">
      <title>{words[colour]}</title>
      <path d={shapes[colour]} />
    </svg>
  );
}

/** Colour + shape + word + why. A lamp without a reason is half a lamp: give `reason` wherever there is room. */
export function Lamp({ colour, reason, terse }: { colour: LampColour; reason?: string; terse?: boolean }) {
  if (colour === 'none') return <span className="g-quiet">{reason ?? '—'}</span>;
  return (
    <span className={`g-lamp g-lamp-text-${colour}`}>
      <LampSign colour={colour} />
      {terse ? null : <b>{words[colour]}</b>}
      {reason === undefined || reason === '' ? null : <span className="g-lamp-reason">{reason}</span>}
    </span>
  );
}
