import { useCallback, useState } from 'react';
import { type HomeGroup, HomeGroups, HomeStrip } from '../../../platform/web/parts/HomeGroups.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { Slot } from '../../../platform/web/slot.tsx';
import { listAddress } from '../../../platform/web/use-list-query.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { taskLifecycle } from '../lifecycle.ts';
import { api, homeGroups, stateTone, type TaskLine } from './tasks-client.ts';

const red = ['overdue', 'overdueAll'];
const amber = ['near', 'nearAll', 'dueSoon'];

const entryOf = (line: TaskLine): HomeGroup['rows'][number] => ({
  id: line.id,
  to: `/tasks/${line.id}`,
  lamp: line.lamp,
  lampReason: line.lampReason,
  number: line.number,
  title: line.title,
  who: line.leadUnitName,
  tone: stateTone[line.state],
  state: taskLifecycle.states[line.state],
  due: line.dueOn ?? '待定',
});

/** 待我处理: what awaits the person, most urgent group first; groups of higher rooms follow those of tasks. */
export function HomePage() {
  const { actor, may, today } = useSession();
  const read = useRead(api.home, {}, { enabled: may('task.read'), refreshEvery: 60_000 });
  const [lent, setLent] = useState<Readonly<Record<string, readonly HomeGroup[]>>>({});
  const report = useCallback(
    (room: string, groups: readonly HomeGroup[]) => setLent((old) => ({ ...old, [room]: groups })),
    [],
  );
  const groups: readonly HomeGroup[] = [
    ...(read.data?.groups ?? []).map(
      (group): HomeGroup => ({
        key: group.key,
        title: group.title,
        hint: group.hint,
        tone: red.includes(group.key) ? 'red' : amber.includes(group.key) ? 'amber' : 'plain',
        total: group.total,
        totalIsCapped: group.totalIsCapped,
        to: group.query ? listAddress('/tasks', group.query) : null,
        rows: group.rows.map(entryOf),
      }),
    ),
    ...Object.values(lent).flat(),
  ];
  return (
    <>
      <PageHeader
        title="待我处理"
        says={`${actor?.unitName ?? ''} ${actor?.name ?? ''}，${read.data?.today ?? today}`}
      />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      <Slot of={homeGroups} with={{ report }} />
      {groups.length > 0 ? <HomeStrip groups={groups} /> : null}
      {read.isLoading ? <p className="g-loading">正在读取…</p> : null}
      {!read.isLoading && groups.length === 0 ? (
        <Card>
          <p className="g-empty">眼下没有需要您处理的事项。全部任务在“任务清单”里，问题隐患在“问题台账”里。</p>
        </Card>
      ) : null}
      <HomeGroups groups={groups} />
    </>
  );
}
