import { Link } from 'react-router';
import { Facts } from '../../../platform/web/parts/Facts.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import type { TaskView } from './tasks-client.ts';

const roleWords = { lead: '主办', responsible: '责任', territorial: '属地' } as const;

/** The bordered table of what the task is, and its units with their receipts. */
export function TaskFacts({ view }: { view: TaskView }) {
  const { task } = view;
  return (
    <Card title="基本情况">
      <Facts
        rows={[
          { name: '主办单位', value: task.leadUnitName },
          { name: '责任人', value: task.personName ?? '未明确' },
          { name: '行业领域', value: task.sector },
          { name: '开始日期', value: view.startedOn },
          { name: '完成时限', value: task.dueOn ?? `待定（${task.deadlineText || '文件未写'}）` },
          {
            name: '原时限',
            value:
              task.firstDueOn === task.dueOn
                ? '未调整'
                : `${task.firstDueOn ?? '待定'}，${task.extensions > 0 ? `延期${task.extensions}次` : '已调整'}`,
          },
          { name: '实际进度', value: `${Math.round(task.percent)}%` },
          { name: '序时进度', value: view.planned === null ? '不按百分比推算' : `${view.planned}%` },
          ...(view.parent
            ? [
                {
                  name: '上一级任务',
                  value: (
                    <Link to={`/tasks/${view.parent.id}`}>
                      {view.parent.number} {view.parent.title}
                    </Link>
                  ),
                },
              ]
            : []),
          ...view.targets.map((target) => ({
            name: '指标',
            value: `${target.text}：目标${target.value}${target.unit}，现${target.actual ?? '未填报'}${target.actual === null || target.actual === undefined ? '' : target.unit}`,
          })),
          { name: '具体内容', value: view.text, wide: true },
        ]}
      />
      <table className="g-plain-table">
        <caption>参与单位与签收</caption>
        <thead>
          <tr>
            <th scope="col">单位</th>
            <th scope="col">角色</th>
            <th scope="col">签收</th>
          </tr>
        </thead>
        <tbody>
          {view.units.map((unit) => (
            <tr key={unit.unitId}>
              <td>{unit.name}</td>
              <td>{roleWords[unit.role]}</td>
              <td className="g-figures">
                {unit.receivedOn ? (
                  `${unit.receivedOn} ${unit.receivedByName ?? ''}`
                ) : (
                  <span className="g-quiet">未签收</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
