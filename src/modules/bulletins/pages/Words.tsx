import { Link } from 'react-router';
import { type BulletinView, listOf } from './bulletins-client.ts';

/** One paragraph with its figures in their places; each opens the list that was counted. */
export function Paragraph({ text, view }: { text: string; view: Pick<BulletinView, 'figures' | 'day' | 'within'> }) {
  const pieces = text.split(/(\{\{[^{}]*\}\})/);
  return (
    <p className="g-bulletin-text">
      {pieces.map((piece, at) => {
        const name = /^\{\{([^{}]*)\}\}$/.exec(piece)?.[1]?.trim();
        const key = `${at}${piece}`;
        if (name === undefined) return <span key={key}>{piece}</span>;
        const figure = view.figures.find((one) => one.name === name);
        if (!figure)
          return (
            <mark key={key} title="快照里没有这个数字">
              {piece}
            </mark>
          );
        const to = listOf(figure, view.within);
        return to ? (
          <Link key={key} to={to} title={`${name}，截至${view.day}：打开清单`}>
            {figure.words}
          </Link>
        ) : (
          <span key={key} title={name}>
            {figure.words}
          </span>
        );
      })}
    </p>
  );
}
