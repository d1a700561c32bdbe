import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { mentionsOf, type Resolution, resolutionOf } from '../completeness.ts';
import type { MentionTarget } from '../plan.ts';
import { UnitChoice, type UnitNames } from './UnitChoice.tsx';
import type { ReviewHandle, ReviewState } from './useReview.ts';

interface Row {
  readonly text: string;
  readonly drafts: readonly string[];
  readonly meant: Resolution;
  readonly settled: boolean;
}

function rowsOf(state: ReviewState): Row[] {
  const lines = new Map<string, string[]>();
  for (const draft of state.drafts) {
    if (draft.discarded !== null) continue;
    for (const text of new Set(mentionsOf(draft).map((mention) => mention.text)))
      lines.set(text, [...(lines.get(text) ?? []), draft.id]);
  }
  const rank = (row: Row): number => (row.meant.kind === 'unresolved' ? 0 : row.meant.kind === 'group' ? 1 : 2);
  return [...lines]
    .map(([text, drafts]) => ({
      text,
      drafts,
      meant: resolutionOf(text, null, state.sheet, state.known),
      settled: state.sheet.settled.some((each) => each.text === text && each.draft === null),
    }))
    .sort((a, b) => rank(a) - rank(b) || b.drafts.length - a.drafts.length);
}

/** Every wording of a unit in the plan with what it stands for; what nobody knows stands on top. */
export function MentionsTab(props: {
  state: ReviewState;
  review: ReviewHandle;
  names: UnitNames;
  readOnly: boolean;
  onShow: (draft: string) => void;
}) {
  const [remember, setRemember] = useState(true);
  const rows = rowsOf(props.state);
  const open = rows.filter((row) => row.meant.kind === 'unresolved').length;
  return (
    <div className="p-tab">
      <p className="g-row">
        <span>
          共{rows.length}种写法，<b className={open > 0 ? 'p-must' : undefined}>{open}种对不上</b>。
        </span>
        <Checkbox checked={remember} onChange={(event) => setRemember(event.target.checked)}>
          记住对应关系，以后的方案自动认得
        </Checkbox>
      </p>
      <ul className="p-items">
        {rows.map((row) => (
          <MentionRow key={row.text} row={row} remember={remember} {...props} />
        ))}
      </ul>
    </div>
  );
}

function MentionRow(props: {
  row: Row;
  remember: boolean;
  review: ReviewHandle;
  names: UnitNames;
  readOnly: boolean;
  onShow: (draft: string) => void;
}) {
  const { row, review } = props;
  const [changing, setChanging] = useState(false);
  const off = props.readOnly || review.busy;
  const settle = (target: MentionTarget | null): void => {
    const keep = props.remember && target !== null && target.kind !== 'nobody';
    void review
      .run({ do: 'settleMention', text: row.text, draft: null, target, ...(keep ? { remember: true } : {}) })
      .then((done) => done && setChanging(false));
  };
  const unresolved = row.meant.kind === 'unresolved';
  return (
    <li>
      <div className="g-row">
        <b>{row.text}</b>
        <button type="button" className="p-link" onClick={() => row.drafts[0] && props.onShow(row.drafts[0])}>
          {row.drafts.length}条任务
        </button>
        {unresolved ? <StatusTag tone="waiting">待对应</StatusTag> : <span>{meaning(row.meant)}</span>}
        {row.settled ? (
          <Button size="small" disabled={off} onClick={() => settle(null)}>
            撤销对应
          </Button>
        ) : null}
        {unresolved || changing ? null : (
          <Button size="small" disabled={off} onClick={() => setChanging(true)}>
            改为其他
          </Button>
        )}
      </div>
      {unresolved || changing ? (
        <div className="g-row">
          {row.meant.kind === 'unresolved'
            ? row.meant.candidates.slice(0, 4).map((candidate) => (
                <Button
                  key={candidate.id}
                  size="small"
                  type="primary"
                  ghost
                  disabled={off}
                  title={candidate.reason}
                  onClick={() => settle({ kind: candidate.kind, id: candidate.id, name: candidate.name })}
                >
                  是「{candidate.name}」
                </Button>
              ))
            : null}
          <UnitChoice names={props.names} label={`「${row.text}」是`} disabled={off} onChoose={settle} />
          <Button size="small" disabled={off} onClick={() => settle({ kind: 'nobody' })}>
            不是单位，略去
          </Button>
        </div>
      ) : null}
    </li>
  );
}

function meaning(meant: Resolution): string {
  if (meant.kind === 'unit') return `即「${meant.name}」`;
  if (meant.kind === 'group') return `一类单位，共${meant.unitIds.length}家`;
  return meant.kind === 'nobody' ? '不是单位，已略去' : '';
}
