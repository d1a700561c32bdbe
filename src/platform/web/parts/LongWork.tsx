import { Alert, Progress } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { workApi } from '../../jobs/api.ts';
import { client } from '../client.ts';
import { useRead } from '../use-read.ts';
import { DownloadButton } from './DownloadButton.tsx';
import { RefusalAlert } from './RefusalAlert.tsx';

const api = client(workApi);
export type LongWorkView = ResponseOf<typeof workApi.readWork>;

const POLL_MS = 700;

/** The person's newest work of a kind, so that a page that was left finds it again; undefined while it is being asked. */
export function useNewestWork(kind: string): LongWorkView | null | undefined {
  const list = useRead(api.listWork, { query: { kind } });
  return list.data ? (list.data.rows[0] ?? null) : undefined;
}

/**
 * Work that takes longer than a request: a bar while it runs, why it was refused, and when it is done whatever
 * `children` make of its result, with the report to fetch. `onEnded` hears the end once.
 */
export function LongWork(props: {
  id: string;
  onEnded?: (work: LongWorkView) => void;
  children?: (work: LongWorkView) => ReactNode;
}) {
  const [over, setOver] = useState<string | null>(null);
  const read = useRead(
    api.readWork,
    { params: { id: props.id } },
    { refreshEvery: over === props.id ? false : POLL_MS, keepFormer: false },
  );
  const work = read.data;
  const ended = work !== undefined && work.state !== 'running';
  const told = useRef<string | null>(null);
  const hear = useRef(props.onEnded);
  useEffect(() => {
    hear.current = props.onEnded;
  });
  useEffect(() => {
    if (!work || !ended || told.current === work.id) return;
    told.current = work.id;
    setOver(work.id);
    hear.current?.(work);
  }, [work, ended]);
  if (read.error) return <RefusalAlert refusal={read.error} onResend={() => void read.refetch()} />;
  if (!work) return <p className="g-loading">正在查看进度…</p>;
  if (!ended) return <Running work={work} />;
  return (
    <>
      {work.state === 'done' ? null : (
        <Alert
          type={work.state === 'refused' ? 'warning' : 'error'}
          showIcon
          title={work.says ?? '没有办成。'}
          description={
            work.places.length > 0 ? (
              <ul>
                {work.places.map((place) => (
                  <li key={`${place.where}${place.says}`}>
                    {place.where}：{place.says}
                  </li>
                ))}
              </ul>
            ) : undefined
          }
        />
      )}
      {work.state === 'done' ? props.children?.(work) : null}
      {work.reportName ? (
        <div className="g-row" style={{ marginTop: 12 }}>
          <DownloadButton call={api.downloadWorkReport} input={{ params: { id: work.id } }} label="下载逐行报告" />
        </div>
      ) : null}
    </>
  );
}

function Running({ work }: { work: LongWorkView }) {
  const percent = work.total ? Math.min(100, Math.floor((work.done / work.total) * 100)) : 0;
  const count = work.total ? `${work.done.toLocaleString('en-US')} / ${work.total.toLocaleString('en-US')}` : '请稍候';
  return (
    <div role="status" aria-live="polite">
      <p>
        {work.word}：{work.step || '正在准备'}（{count}）
      </p>
      <Progress percent={percent} status="active" aria-label={work.word} showInfo={work.total !== null} />
      <p className="g-quiet">可以离开这个页面，处理会继续；回来时能看到结果。</p>
    </div>
  );
}
