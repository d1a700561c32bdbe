import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { type ProblemState, problemLifecycle } from '../lifecycle.ts';
import { checkLifecycle } from '../look-back-lifecycle.ts';
import { gradeWords } from '../problem.ts';
import { LookBackResult } from './LookBackResult.tsx';
import { type CheckLine, checkTone } from './look-back-client.ts';
import { fileAddress, isShown } from './problems-client.ts';

/** Drawn problems with who closed them, who checks them and what he found; the checker records his result here. */
export function LookBackChecks(props: {
  items: readonly CheckLine[];
  chosen?: readonly string[];
  onChoose?: (ids: string[]) => void;
}) {
  const [open, setOpen] = useState<CheckLine | null>(null);
  const { chosen, onChoose } = props;
  return (
    <div>
      {props.items.map((item) => (
        <div key={item.id} className="f-check">
          <div className="g-row">
            {onChoose && (item.state === 'toAssign' || item.state === 'toCheck') ? (
              <Checkbox
                aria-label={`选择 ${item.number}`}
                checked={chosen?.includes(item.id) ?? false}
                onChange={(event) =>
                  onChoose(
                    event.target.checked
                      ? [...(chosen ?? []), item.id]
                      : (chosen ?? []).filter((one) => one !== item.id),
                  )
                }
              />
            ) : null}
            <StatusTag tone={checkTone[item.state]}>{checkLifecycle.states[item.state]}</StatusTag>
            {item.title === null ? (
              <b>{item.number}</b>
            ) : (
              <Link to={`/problems/${item.problemId}`}>
                <b>{item.number}</b> {item.title}
              </Link>
            )}
            {item.grade === 'major' ? <StatusTag tone="alarm">{gradeWords.major}</StatusTag> : null}
            {item.late ? <b className="g-lamp-text-red">核查超期</b> : null}
          </div>
          <div className="g-quiet">
            {item.unitName} · {item.sector ?? '没有写明行业'} · {item.closedOn} 销号
            {item.recheckedByName ? ` · 复查：${item.recheckedUnitName ?? ''}${item.recheckedByName}` : ''}
            {item.closedByName ? ` · 销号：${item.closedByName}` : ''}
            {item.problemState ? ` · 现为「${problemLifecycle.states[item.problemState as ProblemState]}」` : ''}
          </div>
          <div>
            {item.checkerName ? (
              <>
                核查人：{item.checkerUnitName ?? ''} {item.checkerName}，期限 {item.dueOn}
                {item.resultOn ? `，${item.resultOn} 登记结果` : ''}
              </>
            ) : (
              <span className="g-quiet">还没有派发核查人</span>
            )}
            {item.mine && item.state === 'toCheck' ? (
              <>
                {' '}
                <Button size="small" type="primary" onClick={() => setOpen(item)}>
                  登记核查结果
                </Button>
              </>
            ) : null}
          </div>
          {item.text ? (
            <p className="g-source">
              {item.text}
              {item.newDue ? `（新的整改时限 ${item.newDue}）` : ''}
            </p>
          ) : null}
          {item.files.length > 0 ? (
            <ul className="f-thumbs">
              {item.files.map((file) => (
                <li key={file.id}>
                  <a href={fileAddress(file.id)} target="_blank" rel="noreferrer">
                    {isShown(file.type) ? <img src={fileAddress(file.id)} alt={file.name} loading="lazy" /> : file.name}
                  </a>
                </li>
              ))}
            </ul>
          ) : null}
          <details>
            <summary className="g-quiet">
              票号第 {item.rank} 小，{item.because}
            </summary>
            <span className="f-hash">{item.ticket}</span>
          </details>
        </div>
      ))}
      {open ? <LookBackResult item={open} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}
