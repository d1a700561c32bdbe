import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { PlannedVsActual } from '../../../platform/web/parts/PlannedVsActual.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import type { TaskView } from './tasks-client.ts';

const decisionWords: Readonly<Record<string, string>> = { approved: '已批准', refused: '未批准' };

/** Deadlines as written and as moved (old days stay), counts with their forecast, planned against actual progress. */
export function TaskDeadlines({ view }: { view: TaskView }) {
  const { today } = useSession();
  const point = (one: { on: string; percent: number }) => ({ day: one.on, percent: one.percent });
  return (
    <Card title="时限与进度">
      <ul className="g-places">
        {view.deadlines.map((one) => (
          <li key={`${one.text} ${one.on ?? ''}`}>
            文件写明“{one.text}”{one.on ? `，即 ${one.on}` : '，日期待定'}
          </li>
        ))}
        {view.until ? <li>持续到 {view.until}</li> : null}
        {view.extensions.map((one) => (
          <li key={one.id}>
            {one.askedOn} {one.askedByName}申请由 <s>{one.oldDue ?? '待定'}</s> 延至 {one.newDue}：{one.reason}；
            {one.decision
              ? `${one.decidedOn ?? ''} ${one.decidedByName ?? ''}${decisionWords[one.decision] ?? ''} ${one.opinion ?? ''}`
              : '等待审批'}
          </li>
        ))}
      </ul>
      {view.calendarWarning ? <p className="g-quiet">{view.calendarWarning}</p> : null}
      {view.quotas.map((quota) => (
        <p key={quota.index}>
          <b>
            {quota.words}：本期 {quota.done}/{quota.required} 次
          </b>{' '}
          {quota.forecast}
        </p>
      ))}
      {view.curve.planned.length > 0 ? (
        <PlannedVsActual planned={view.curve.planned.map(point)} actual={view.curve.actual.map(point)} today={today} />
      ) : null}
    </Card>
  );
}
