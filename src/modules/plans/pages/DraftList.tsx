import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { OpenPoint } from '../completeness.ts';
import { pointKinds } from '../completeness.ts';
import type { Draft, Mention } from '../plan.ts';

const ROW = 84;
const BEYOND = 6;

const names = (mentions: readonly Mention[], most: number): string =>
  mentions.length > most
    ? `${mentions
        .slice(0, most)
        .map((each) => each.text)
        .join('、')}等${mentions.length}家`
    : mentions.map((each) => each.text).join('、');

const due = (draft: Draft): string =>
  [...draft.deadlines.map((each) => each.date ?? each.text), ...draft.quotas.map((each) => each.text)]
    .slice(0, 2)
    .join('；');

/** The drafts as a list that draws only what is in sight: a plan may have thousands. */
export function DraftList(props: {
  readonly drafts: readonly Draft[];
  readonly selected: string | null;
  readonly chosen: ReadonlySet<string>;
  readonly pointsOf: ReadonlyMap<string, readonly OpenPoint[]>;
  readonly onSelect: (id: string) => void;
  readonly onChoose: (id: string, on: boolean) => void;
}) {
  const box = useRef<HTMLElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  const { drafts, selected } = props;
  const at = drafts.findIndex((draft) => draft.id === selected);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void => setView({ top: element.scrollTop, height: element.clientHeight || 800 });
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    window.addEventListener('resize', measure);
    return () => {
      element.removeEventListener('scroll', measure);
      window.removeEventListener('resize', measure);
    };
  }, []);
  useEffect(() => {
    const element = box.current;
    if (!element || at < 0) return;
    const top = at * ROW;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + ROW > element.scrollTop + element.clientHeight) element.scrollTop = top - element.clientHeight + ROW;
  }, [at]);
  const keys = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const next = step === 0 ? undefined : drafts[Math.max(0, Math.min(drafts.length - 1, at + step))];
    if (!next) return;
    event.preventDefault();
    props.onSelect(next.id);
  };
  const first = Math.max(0, Math.floor(view.top / ROW) - BEYOND);
  const last = Math.min(drafts.length, Math.ceil((view.top + view.height) / ROW) + BEYOND);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
    <section ref={box} className="p-list" aria-label="任务草稿，用上下键移动" tabIndex={0} onKeyDown={keys}>
      <div style={{ height: drafts.length * ROW, position: 'relative' }}>
        {drafts.slice(first, last).map((draft, index) => (
          <Row
            key={draft.id}
            draft={draft}
            top={(first + index) * ROW}
            selected={draft.id === selected}
            chosen={props.chosen.has(draft.id)}
            points={props.pointsOf.get(draft.id) ?? []}
            onSelect={props.onSelect}
            onChoose={props.onChoose}
          />
        ))}
      </div>
    </section>
  );
}

function Row(props: {
  draft: Draft;
  top: number;
  selected: boolean;
  chosen: boolean;
  points: readonly OpenPoint[];
  onSelect: (id: string) => void;
  onChoose: (id: string, on: boolean) => void;
}) {
  const { draft, points } = props;
  const blocking = points.filter((point) => point.blocks);
  const other = points.length - blocking.length;
  return (
    <div
      className={`p-row${props.selected ? ' p-row-on' : ''}${draft.discarded === null ? '' : ' p-row-out'}`}
      style={{ top: props.top, height: ROW }}
    >
      <input
        type="checkbox"
        aria-label={`选中${draft.number}${draft.title.slice(0, 20)}`}
        checked={props.chosen}
        onChange={(event) => props.onChoose(draft.id, event.target.checked)}
      />
      <button
        type="button"
        className="p-row-body"
        aria-pressed={props.selected}
        onClick={() => props.onSelect(draft.id)}
      >
        <span className="p-row-title">
          <b>{draft.number}</b> {draft.title}
        </span>
        <span className="p-row-units">
          {draft.lead.length > 0 ? `牵头：${names(draft.lead, 2)}　` : ''}
          {draft.responsible.length > 0 ? `责任：${names(draft.responsible, 3)}` : ''}
        </span>
        <span className="p-row-foot">
          {draft.discarded === null ? (
            <>
              <span>{due(draft) || '无时限'}</span>
              {blocking.length > 0 ? (
                <span className="p-must">
                  须处理：{[...new Set(blocking.map((point) => pointKinds[point.kind].word))].join('、')}
                </span>
              ) : null}
              {other > 0 ? <span className="p-hint">另有{other}处未了</span> : null}
            </>
          ) : (
            <span>已舍去：{draft.discarded}</span>
          )}
        </span>
      </button>
    </div>
  );
}
