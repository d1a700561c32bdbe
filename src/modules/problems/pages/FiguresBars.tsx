import { Link } from 'react-router';
import { counted } from './figures-client.ts';
import { ledgerAddress } from './problems-client.ts';

interface Part {
  readonly key: string;
  readonly label: string;
  readonly count: number;
  readonly query: Readonly<Record<string, string | string[]>>;
}

const fills: Readonly<Record<string, string>> = {
  red: 'f-fill-red',
  amber: 'f-fill-amber',
  green: 'f-fill-green',
  grey: 'f-fill-grey',
};

/** Parts of a whole as bars; each count opens exactly its problems. */
export function FiguresBars(props: { parts: readonly Part[]; label: string; most?: number }) {
  const most = Math.max(1, props.most ?? 0, ...props.parts.map((part) => part.count));
  if (props.parts.length === 0) return <p className="g-empty">这样筛选时不分列，请清除单位和行业的筛选再看。</p>;
  return (
    <ul className="f-bars" aria-label={props.label}>
      {props.parts.map((part) => (
        <li key={part.key}>
          <span>{part.label}</span>
          <span className="f-track" aria-hidden="true">
            <span className={`f-fill ${fills[part.key] ?? ''}`} style={{ width: `${(part.count / most) * 100}%` }} />
          </span>
          <span className="f-count">
            {part.count === 0 ? (
              <span className="g-quiet">0</span>
            ) : (
              <Link to={ledgerAddress(part.query)} aria-label={`${part.label} ${counted(part.count)} 件`}>
                {counted(part.count)}
              </Link>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
