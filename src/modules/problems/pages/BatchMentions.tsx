import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import type { BatchView, Meaning, Review } from './batch-client.ts';

const rank = { unresolved: 0, group: 1, unit: 2, nobody: 3 } as const;

/** Every wording of a unit in the list with what it stands for; what nobody knows stands on top. */
export function BatchMentions({ view, review }: { view: BatchView; review: Review }) {
  const [remember, setRemember] = useState(true);
  const rows = [...view.meanings].sort((a, b) => rank[a.kind] - rank[b.kind]);
  const open = rows.filter((row) => row.kind === 'unresolved').length;
  return (
    <div className="b-scroll">
      <p className="g-row">
        <span>
          共 {rows.length} 种写法，<b className={open > 0 ? 'g-major' : undefined}>{open} 种对不上</b>。
        </span>
        <Checkbox checked={remember} onChange={(event) => setRemember(event.target.checked)}>
          记住对应关系，以后的清单自动认得
        </Checkbox>
      </p>
      <ul className="b-items">
        {rows.map((row) => (
          <Mention key={row.text} row={row} remember={remember} review={review} />
        ))}
      </ul>
      {rows.length === 0 ? <p className="g-quiet">清单里没有写单位，请逐条选择责任单位。</p> : null}
    </div>
  );
}

function Mention({ row, remember, review }: { row: Meaning; remember: boolean; review: Review }) {
  const [changing, setChanging] = useState(false);
  const settle = (unitId: string | null) =>
    void review
      .run({ do: 'settleMention', text: row.text, unitId, ...(remember && unitId !== null ? { remember: true } : {}) })
      .then((done) => done && setChanging(false));
  const asks = row.kind === 'unresolved' || changing;
  return (
    <li>
      <div className="g-row">
        <b>{row.text}</b>
        {row.kind === 'unresolved' ? <StatusTag tone="waiting">待对应</StatusTag> : null}
        {row.kind === 'unit' ? <span>即「{row.name}」</span> : null}
        {row.kind === 'group' ? <span>一类单位，共{row.unitIds.length}家</span> : null}
        {row.kind === 'nobody' ? <span className="g-quiet">不是单位，已略去</span> : null}
        {asks ? null : (
          <Button size="small" disabled={review.busy} onClick={() => setChanging(true)}>
            改为其他
          </Button>
        )}
      </div>
      {asks ? (
        <div className="g-row">
          {row.candidates
            .filter((one) => one.kind === 'unit')
            .slice(0, 4)
            .map((one) => (
              <Button
                key={one.id}
                size="small"
                type="primary"
                ghost
                disabled={review.busy}
                title={one.reason}
                onClick={() => settle(one.id)}
              >
                是「{one.name}」
              </Button>
            ))}
          <span className="b-inline">
            <UnitPicker
              label={`「${row.text}」是`}
              value={null}
              disabled={review.busy}
              onChange={(unit) => unit && settle(unit)}
            />
          </span>
          <Button size="small" disabled={review.busy} onClick={() => settle(null)}>
            不是单位，略去
          </Button>
        </div>
      ) : null}
    </li>
  );
}
