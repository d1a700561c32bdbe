import './plans.css';
import { Link } from 'react-router';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { plans } from './plans-client.ts';

/** Lent to the task's page: the words of the plan from which the task came, and what stands around them. */
export function TaskSourcePanel({ taskId }: { taskId: string }) {
  const read = useRead(plans.readTaskSource, { params: { taskId } });
  const source = read.data?.source;
  if (!source) return null;
  const place = source.path.length > 0 ? `${source.path.join(' / ')} / ${source.address}` : source.address;
  return (
    <Card
      title="原文"
      extra={<Link to={`/plans/${source.planId}/text?from=${source.start}&to=${source.end}`}>在原文中查看</Link>}
    >
      <p>
        <Link to={`/plans/${source.planId}`}>{source.planTitle}</Link> {source.documentNumber ?? ''}　{place}
      </p>
      <blockquote className="p-quote">
        <span className="g-quiet">{source.before}</span>
        <mark>{source.sentence}</mark>
        <span className="g-quiet">{source.after}</span>
      </blockquote>
      {source.higher.map((line) => (
        <p key={`${line.planTitle}${line.number}`}>
          落实上级任务：{line.planTitle} {line.number} {line.title}
        </p>
      ))}
    </Card>
  );
}
