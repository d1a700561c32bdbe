import { Button, Input, Switch } from 'antd';
import { useState } from 'react';
import { isMoot } from '../completeness.ts';
import type { Draft, ReviewDoubt } from '../plan.ts';
import { doubtKinds, offersFor } from '../settle.ts';
import type { ReviewHandle, ReviewState } from './useReview.ts';

const SHOWN = 50;

/** The reader's doubts by kind, each with what one click can decide, for one doubt or for all of its kind. */
export function DoubtsTab(props: {
  state: ReviewState;
  review: ReviewHandle;
  readOnly: boolean;
  onShow: (doubt: ReviewDoubt) => void;
}) {
  const { state, review } = props;
  const [settledToo, setSettledToo] = useState(false);
  const [most, setMost] = useState<Readonly<Record<string, number>>>({});
  const byId = new Map(state.drafts.map((draft) => [draft.id, draft]));
  const alive = (doubt: ReviewDoubt): boolean =>
    doubt.draft === null ||
    (byId.get(doubt.draft)?.discarded === null && !(doubt.settled === null && isMoot(doubt, byId.get(doubt.draft))));
  const shown = state.doubts.filter((doubt) => alive(doubt) && (settledToo || doubt.settled === null));
  const kinds = [...new Set(shown.map((doubt) => doubt.kind))];
  const linesOf = (doubts: readonly ReviewDoubt[]): Draft[] =>
    doubts.flatMap((doubt) => (doubt.draft === null ? [] : (byId.get(doubt.draft) ?? [])));
  const offers = (kind: string, doubts: readonly ReviewDoubt[]) =>
    offersFor(kind, doubts, linesOf(doubts), state.sheet, state.officeName);
  const off = props.readOnly || review.busy;
  return (
    <div className="p-tab">
      <div className="g-row">
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control */}
        <label>
          <Switch size="small" checked={settledToo} onChange={setSettledToo} aria-label="也显示已处理的疑问" />{' '}
          也显示已处理的
        </label>
      </div>
      {kinds.length === 0 ? <p className="g-empty">没有待处理的疑问。</p> : null}
      {kinds.map((kind) => {
        const all = shown.filter((doubt) => doubt.kind === kind);
        const open = all.filter((doubt) => doubt.settled === null);
        const limit = most[kind] ?? SHOWN;
        return (
          <section key={kind} className="p-group">
            <h2>
              {doubtKinds[kind] ?? kind}（{open.length}处待处理）
            </h2>
            {open.length > 1 ? (
              <div className="g-row">
                <span className="g-quiet">{open.length}处一并：</span>
                {offers(kind, open).map((offer) => (
                  <Button
                    key={offer.settlement}
                    size="small"
                    disabled={off}
                    onClick={() => void review.run(...offer.operations)}
                  >
                    {offer.label}
                  </Button>
                ))}
              </div>
            ) : null}
            <ul className="p-items">
              {all.slice(0, limit).map((doubt) => (
                <li key={doubt.id}>
                  <button type="button" className="p-link" onClick={() => props.onShow(doubt)}>
                    {doubt.message}
                  </button>
                  {doubt.settled === null ? (
                    <div className="g-row">
                      {offers(kind, [doubt]).map((offer) => (
                        <Button
                          key={offer.settlement}
                          size="small"
                          disabled={off}
                          onClick={() => void review.run(...offer.operations)}
                        >
                          {offer.label}
                        </Button>
                      ))}
                      <OwnWords
                        disabled={off}
                        onSay={(note) =>
                          review.run({ do: 'settleDoubts', doubts: [doubt.id], settlement: 'other', note })
                        }
                      />
                    </div>
                  ) : (
                    <div className="g-row g-quiet">
                      已处理：{doubt.settled}
                      <Button
                        size="small"
                        disabled={off}
                        onClick={() => void review.run({ do: 'reopenDoubt', doubt: doubt.id })}
                      >
                        重新打开
                      </Button>
                    </div>
                  )}
                </li>
              ))}
            </ul>
            {all.length > limit ? (
              <Button size="small" onClick={() => setMost({ ...most, [kind]: limit + 200 })}>
                再显示200处（共{all.length}处）
              </Button>
            ) : null}
          </section>
        );
      })}
    </div>
  );
}

function OwnWords({ disabled, onSay }: { disabled: boolean; onSay: (note: string) => Promise<boolean> }) {
  const [note, setNote] = useState<string | null>(null);
  if (note === null)
    return (
      <Button size="small" disabled={disabled} onClick={() => setNote('')}>
        另行说明
      </Button>
    );
  return (
    <Input.Search
      size="small"
      className="p-short"
      aria-label="怎样处理"
      placeholder="怎样处理"
      enterButton="记下"
      value={note}
      disabled={disabled}
      onChange={(event) => setNote(event.target.value)}
      onSearch={(words) => {
        if (words.trim() !== '') void onSay(words).then((done) => done && setNote(null));
      }}
    />
  );
}
