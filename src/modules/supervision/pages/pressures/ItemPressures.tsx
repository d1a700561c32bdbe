import { Button } from 'antd';
import { useState } from 'react';
import { Card } from '../../../../platform/web/parts/PageHeader.tsx';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead } from '../../../../platform/web/use-read.ts';
import { PressureLines } from './PressureLines.tsx';
import { ProposePressure } from './ProposePressure.tsx';
import { api } from './pressures-client.ts';

/** Lent to the problem's page: measures about it, and the way to propose one. */
export function ProblemPressures({
  problemId,
  view,
}: {
  problemId: string;
  view: { problem: { leadUnitId: string; title: string; number: string; lamp: string } };
}) {
  const { may, actor } = useSession();
  const [proposes, setProposes] = useState(false);
  const { data } = useRead(api.pressuresOf, { params: { kind: 'problem', id: problemId } });
  if (!data) return null;
  const offers = may('pressure.propose') && actor?.unitId !== view.problem.leadUnitId && view.problem.lamp === 'red';
  if (data.rows.length === 0 && !offers) return null;
  return (
    <Card title="督促措施" extra={offers ? <Button onClick={() => setProposes(true)}>提请督促措施</Button> : null}>
      {data.rows.length === 0 ? (
        <p className="g-quiet">这条问题已经逾期，还没有对责任单位采取提示、约谈等措施。</p>
      ) : (
        <PressureLines rows={data.rows} />
      )}
      {proposes ? (
        <ProposePressure
          unitId={view.problem.leadUnitId}
          matter={`${view.problem.title.slice(0, 60)}整改逾期`}
          problemIds={[problemId]}
          onClose={() => setProposes(false)}
        />
      ) : null}
    </Card>
  );
}

/** Lent to the task's page: measures about the task, and the one whose commitment it is. */
export function TaskPressures({ taskId }: { taskId: string }) {
  const { data } = useRead(api.pressuresOf, { params: { kind: 'task', id: taskId } });
  if (!data || data.rows.length === 0) return null;
  return (
    <Card title="督促措施">
      <PressureLines rows={data.rows} />
    </Card>
  );
}

/** Lent to the unit's page: what it was subjected to, the newest first, and the way to propose a measure. */
export function UnitPressures({ unitId, name }: { unitId: string; name: string }) {
  const { may, actor } = useSession();
  const [proposes, setProposes] = useState(false);
  const { data } = useRead(api.pressuresOfUnit, { params: { id: unitId } });
  if (!data) return null;
  const offers = may('pressure.propose') && actor?.unitId !== unitId;
  if (data.rows.length === 0 && !offers) return null;
  return (
    <Card
      title={`督促措施${data.open > 0 ? `（未了结${data.open}件${data.late > 0 ? `，回复逾期${data.late}件` : ''}）` : ''}`}
      extra={offers ? <Button onClick={() => setProposes(true)}>提请督促措施</Button> : null}
    >
      {data.rows.length === 0 ? (
        <p className="g-quiet">没有对这个单位采取过提示、约谈等措施。</p>
      ) : (
        <PressureLines rows={data.rows} />
      )}
      {proposes ? (
        <ProposePressure unitId={unitId} addressee={name} matter="" onClose={() => setProposes(false)} />
      ) : null}
    </Card>
  );
}
