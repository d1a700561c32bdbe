import { Alert, Button } from 'antd';
import type { RefusedError } from '../refused.ts';

interface MeanwhileFact {
  readonly says: string;
  readonly by?: string;
  readonly at?: string;
}

function meanwhile(detail: unknown): readonly MeanwhileFact[] {
  if (typeof detail !== 'object' || detail === null) return [];
  const facts = (detail as Record<string, unknown>).facts;
  if (!Array.isArray(facts)) return [];
  return facts.filter((fact): fact is MeanwhileFact => typeof fact === 'object' && fact !== null && 'says' in fact);
}

/** Names of fields in requests: for programs, not for people. */
const technical = /^(?:body|query|params)\b/;

/**
 * Why something was refused and where to fix it; after a failed network it offers to send again, after a change by
 * somebody else it offers the newest state. Renders nothing without a refusal.
 */
export function RefusalAlert(props: {
  refusal: RefusedError | null | undefined;
  onResend?: () => void;
  onRefresh?: () => void;
  onClose?: () => void;
}) {
  const { refusal } = props;
  if (!refusal) return null;
  const lost = refusal.kind === 'unreachable' || refusal.kind === 'broken';
  const facts = meanwhile(refusal.detail);
  // a place is worth a line where it names something that people know, or says more than the sentence above
  const places = refusal.places.filter((place) => !technical.test(place.where) || !refusal.says.includes(place.says));
  const list = (
    <ul className="g-places">
      {places.map((place) => (
        <li key={`${place.where} ${place.says}`}>
          {technical.test(place.where) ? null : (
            <>
              <b>{place.where}</b>：
            </>
          )}
          {place.says}
        </li>
      ))}
      {facts.map((fact) => (
        <li key={`${fact.at ?? ''} ${fact.says}`}>{fact.says}</li>
      ))}
    </ul>
  );
  return (
    <Alert
      className="g-refusal"
      role="alert"
      type={lost ? 'warning' : 'error'}
      showIcon
      title={refusal.says}
      description={places.length + facts.length > 0 ? list : undefined}
      closable={props.onClose !== undefined}
      onClose={props.onClose}
      action={
        lost && props.onResend ? (
          <Button size="small" onClick={props.onResend}>
            重新发送
          </Button>
        ) : refusal.kind === 'not-now' && props.onRefresh ? (
          <Button size="small" onClick={props.onRefresh}>
            查看最新情况
          </Button>
        ) : undefined
      }
    />
  );
}
