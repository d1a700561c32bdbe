import { Link } from 'react-router';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';

/** Lent to the problem's page: the way to ask back who answers for a major hazard. */
export function ProblemDutyChain({ problemId, view }: { problemId: string; view: { problem: { grade: string } } }) {
  if (view.problem.grade !== 'major') return null;
  return (
    <Card title="责任倒查" extra={<Link to={`/duty-chains/${problemId}`}>查看责任链</Link>}>
      <p className="g-quiet">主体、整改、监管、属地、检查、复查销号各是谁，台账里各有什么记录，还要问什么。</p>
    </Card>
  );
}
