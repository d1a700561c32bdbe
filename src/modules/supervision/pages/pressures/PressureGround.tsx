import { Link } from 'react-router';
import { Card } from '../../../../platform/web/parts/PageHeader.tsx';
import { StatusTag } from '../../../../platform/web/parts/StatusTag.tsx';
import type { PressureView } from './pressures-client.ts';

const words = { problem: '问题', task: '任务', filing: '报送', accident: '事故' } as const;
const pageOf = (item: { kind: keyof typeof words; id: string }): string | null =>
  item.kind === 'problem'
    ? `/problems/${item.id}`
    : item.kind === 'task'
      ? `/tasks/${item.id}`
      : item.kind === 'filing'
        ? `/periodic-reports/${item.id}`
        : null;

/** Why it was proposed: figures and records of that day, frozen. */
export function PressureGround({ view }: { view: PressureView }) {
  const { ground } = view;
  if (ground === null) return null;
  const shown = ground.items.slice(0, 50);
  return (
    <Card title="采取措施的依据" extra={<StatusTag>依据已固定</StatusTag>}>
      {ground.rule ? (
        <>
          {ground.says.map((line) => (
            <p key={line}>
              <b>{line}</b>
            </p>
          ))}
          <p className="g-quiet">
            规则「{ground.rule.name}」第{ground.rule.version}版：{ground.rule.words}。依据：{ground.rule.basis}。
          </p>
        </>
      ) : null}
      {shown.length > 0 ? (
        <div className="g-scroll-x">
          <table className="g-plain-table">
            <thead>
              <tr>
                <th scope="col">类别</th>
                <th scope="col">编号</th>
                <th scope="col">名称</th>
                <th scope="col">时限或日期</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((item) => {
                const page = pageOf(item);
                return (
                  <tr key={`${item.kind}${item.id}${item.on}`}>
                    <td>{words[item.kind]}</td>
                    <td className="g-figures">{page ? <Link to={page}>{item.number}</Link> : item.number || '—'}</td>
                    <td>
                      {item.title}
                      {item.count > 1 ? `（${item.count}起）` : ''}
                    </td>
                    <td className="g-figures">{item.on}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      ) : null}
      <p className="g-quiet g-figures">
        {ground.day}的情况{ground.figure > shown.length ? `，共${ground.figure}件，列出${shown.length}件` : ''}，指纹{' '}
        {ground.sha256.slice(0, 12)}
      </p>
    </Card>
  );
}
