import { Card } from './PageHeader.tsx';
import { Timeline } from './Timeline.tsx';

/** The closed-loop record of a case: every fact that was announced of it. */
export function CaseRecord(props: {
  facts: readonly {
    readonly seq: number;
    readonly at: string;
    readonly actorName: string;
    readonly unitName: string | null;
    readonly says: string;
  }[];
}) {
  return (
    <Card title="办理记录">
      <Timeline
        facts={props.facts.map((fact) => ({
          id: String(fact.seq),
          at: fact.at,
          who: fact.actorName,
          unit: fact.unitName,
          says: fact.says,
        }))}
      />
    </Card>
  );
}
