import { Button } from 'antd';
import { Link } from 'react-router';
import { lineStates } from '../batch.ts';
import { BatchLineForm } from './BatchLineForm.tsx';
import { BatchPoints } from './BatchPoints.tsx';
import type { Line, Review } from './batch-client.ts';
import { Grade } from './problem-columns.tsx';

/** One line of a list: what it says, what is open in it, and its fields when it is unfolded. */
export function BatchLineCard(props: {
  line: Line;
  review: Review;
  open: boolean;
  chosen: boolean;
  onOpen: () => void;
  onShow: () => void;
  onChoose: (on: boolean) => void;
}) {
  const { line, review } = props;
  const name = line.originalNumber ?? `第${line.position}条`;
  return (
    <li className={`b-line${props.open ? ' b-line-on' : ''}${line.state === 'open' ? '' : ' b-line-done'}`}>
      <div className="b-line-top">
        {line.state === 'open' ? (
          <input
            type="checkbox"
            aria-label={`选择${name}`}
            checked={props.chosen}
            onChange={(event) => props.onChoose(event.target.checked)}
          />
        ) : null}
        <button type="button" className="b-line-body" aria-expanded={props.open} onClick={props.onOpen}>
          <b>{name}</b> {line.text || '（没有写问题）'}
          <span className="b-line-facts">
            {line.subject ? <span>{line.subject}</span> : null}
            <span>{line.leadUnitName ?? '责任单位未定'}</span>
            <span className="g-figures">{line.dueOn ?? '时限未定'}</span>
            {line.grade ? <Grade grade={line.grade} /> : null}
            {line.path.length > 0 ? <span>{line.path.join(' · ')}</span> : null}
          </span>
        </button>
      </div>
      {line.state === 'open' ? (
        <BatchPoints line={line} review={review} all={props.open} />
      ) : (
        <p className="g-quiet">
          {lineStates[line.state]}
          {line.problem ? (
            <>
              ：<Link to={`/problems/${line.problem.id}`}>{line.problem.number}</Link>
            </>
          ) : line.reason ? (
            `：${line.reason}`
          ) : null}
          {line.state === 'registered' ? null : (
            <Button
              size="small"
              type="link"
              disabled={review.busy}
              onClick={() => void review.run({ do: 'restore', line: line.id })}
            >
              恢复登记
            </Button>
          )}
        </p>
      )}
      {props.open ? (
        <>
          <div className="g-row">
            <span className="g-quiet">出处：{line.place}</span>
            <Button size="small" onClick={props.onShow}>
              看原文
            </Button>
          </div>
          {line.state === 'open' ? <BatchLineForm key={line.id} line={line} review={review} /> : null}
        </>
      ) : null}
    </li>
  );
}
