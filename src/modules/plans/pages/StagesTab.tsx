import { Button, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import type { Operation } from '../operation.ts';
import type { DraftEvent, DraftStage } from '../plan.ts';
import type { ReviewHandle, ReviewState } from './useReview.ts';

const nextKey = (letter: string, keys: readonly string[]): string => {
  const highest = Math.max(0, ...keys.map((key) => Number(key.slice(1)) || 0));
  return `${letter}${highest + 1}`;
};

/** Lines without a stage whose deadline lies in exactly one stage, stage by stage. */
export function stagesByDeadline(state: ReviewState): Operation[] {
  return state.sheet.stages.flatMap((stage): Operation[] => {
    const drafts = state.drafts.filter((draft) => {
      if (draft.discarded !== null || draft.stage !== null) return false;
      const due = draft.deadlines.map((each) => each.date).find((date) => date !== null);
      if (!due) return false;
      const fitting = state.sheet.stages.filter(
        (each) => (each.from ?? '') <= due && each.to !== null && due <= each.to,
      );
      return fitting.length === 1 && fitting[0]?.key === stage.key;
    });
    return drafts.length === 0 ? [] : [{ do: 'setStage', drafts: drafts.map((draft) => draft.id), stage: stage.key }];
  });
}

/** The schedule of the plan and the events on which deadlines hang. */
export function StagesTab({
  state,
  review,
  readOnly,
}: {
  state: ReviewState;
  review: ReviewHandle;
  readOnly: boolean;
}) {
  const [stages, setStages] = useState<readonly DraftStage[]>(state.sheet.stages);
  const [events, setEvents] = useState<readonly DraftEvent[]>(state.sheet.events);
  useEffect(() => {
    setStages(state.sheet.stages);
    setEvents(state.sheet.events);
  }, [state.sheet]);
  const off = readOnly || review.busy;
  const sorted = stagesByDeadline(state);
  const stage = (index: number, edit: Partial<DraftStage>): void =>
    setStages(stages.map((each, at) => (at === index ? { ...each, ...edit } : each)));
  const event = (index: number, edit: Partial<DraftEvent>): void =>
    setEvents(events.map((each, at) => (at === index ? { ...each, ...edit } : each)));
  const eventOptions = events.map((each) => ({ value: each.key, label: each.name }));
  return (
    <div className="p-tab">
      <h2>阶段</h2>
      {stages.length === 0 ? <p className="g-quiet">文件里没有读出阶段安排，可以自行添加。</p> : null}
      {stages.map((each, index) => (
        <div className="g-row p-line-edit" key={each.key}>
          <Input
            aria-label="阶段名称"
            className="p-unit-choice"
            value={each.name}
            disabled={off}
            onChange={(typed) => stage(index, { name: typed.target.value })}
          />
          <DayPicker label="开始日期" value={each.from} disabled={off} onChange={(from) => stage(index, { from })} />
          <span>至</span>
          <DayPicker label="结束日期" value={each.to} disabled={off} onChange={(to) => stage(index, { to })} />
          {events.length > 0 ? (
            <Select
              aria-label="结束系于事件"
              className="p-short"
              allowClear
              placeholder="结束系于事件"
              value={each.toEvent}
              disabled={off}
              options={eventOptions}
              onChange={(toEvent: string | null | undefined) => stage(index, { toEvent: toEvent ?? null })}
            />
          ) : null}
          <Button size="small" disabled={off} onClick={() => setStages(stages.filter((_, at) => at !== index))}>
            删除
          </Button>
        </div>
      ))}
      <div className="g-row">
        <Button
          size="small"
          disabled={off}
          onClick={() =>
            setStages([
              ...stages,
              {
                key: nextKey(
                  's',
                  stages.map((each) => each.key),
                ),
                name: '新阶段',
                text: '',
                from: null,
                to: null,
                fromEvent: null,
                toEvent: null,
                source: null,
              },
            ])
          }
        >
          添加阶段
        </Button>
        <Button
          size="small"
          type="primary"
          disabled={off || stages === state.sheet.stages}
          onClick={() => void review.run({ do: 'setStages', stages })}
        >
          保存阶段
        </Button>
        <Button size="small" disabled={off || sorted.length === 0} onClick={() => void review.run(...sorted)}>
          按时限把任务归入阶段
        </Button>
      </div>
      <h2>事件</h2>
      <p className="g-quiet">
        时限系于某件事（如某次会议）而日期未定的，先登记事件；日期定下后，有关任务的时限自动调整。
      </p>
      {events.map((each, index) => (
        <div className="g-row p-line-edit" key={each.key}>
          <Input
            aria-label="事件名称"
            className="p-unit-choice"
            value={each.name}
            disabled={off}
            onChange={(typed) => event(index, { name: typed.target.value })}
          />
          <DayPicker label="事件日期" value={each.date} disabled={off} onChange={(date) => event(index, { date })} />
          <Button size="small" disabled={off} onClick={() => setEvents(events.filter((_, at) => at !== index))}>
            删除
          </Button>
        </div>
      ))}
      <div className="g-row">
        <Button
          size="small"
          disabled={off}
          onClick={() =>
            setEvents([
              ...events,
              {
                key: nextKey(
                  'e',
                  events.map((each) => each.key),
                ),
                name: '新事件',
                date: null,
              },
            ])
          }
        >
          添加事件
        </Button>
        <Button
          size="small"
          type="primary"
          disabled={off || events === state.sheet.events}
          onClick={() => void review.run({ do: 'setEvents', events })}
        >
          保存事件
        </Button>
      </div>
    </div>
  );
}
