import './plans.css';
import { Alert, Spin } from 'antd';
import { useMemo } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { SourceText } from '../../../platform/web/parts/SourceText.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { plans } from './plans-client.ts';

/** The plan as it was issued; `?from=…&to=…` marks a sentence and scrolls to it. */
export function PlanTextPage() {
  const { id = '' } = useParams();
  const [query] = useSearchParams();
  const plan = useRead(plans.readPlan, { params: { id } });
  const text = useRead(plans.readPlanText, { params: { id } });
  const from = Number(query.get('from') ?? Number.NaN);
  const to = Number(query.get('to') ?? Number.NaN);
  const focus = useMemo(() => (to > from ? { start: from, end: to } : null), [from, to]);
  const marks = useMemo(() => (focus ? [{ ...focus, kind: 'source' as const }] : []), [focus]);
  const trouble = plan.error ?? text.error;
  if (trouble) return <RefusalAlert refusal={trouble} />;
  if (!plan.data || !text.data) return <Spin />;
  return (
    <>
      <PageHeader
        title={plan.data.plan.title}
        says={[plan.data.plan.documentNumber, plan.data.plan.issuer, plan.data.plan.issuedOn]
          .filter(Boolean)
          .join('　')}
        actions={<Link to={`/plans/${id}`}>方案详情</Link>}
      />
      {text.data.losses.length > 0 ? (
        <Alert type="warning" showIcon title={text.data.losses.map((loss) => loss.message).join('；')} />
      ) : null}
      <section className="g-card" aria-label="方案原文">
        <SourceText text={text.data.text} blocks={text.data.blocks} marks={marks} focus={focus} />
      </section>
    </>
  );
}
