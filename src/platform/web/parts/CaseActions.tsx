import { type CaseOffer, offersInOrder } from '../case-form.ts';
import '../case.css';
import { ActionBar, type ActionEntry } from './ActionBar.tsx';

/** What may be done with a case, the most fitting first and blue; what may not be done now, folded, each with its reason. */
export function CaseActions(props: {
  offers: readonly CaseOffer[];
  /** Actions that lead on, in the order of use. */
  leading: readonly string[];
  /** Actions that cannot be undone. */
  grave?: readonly string[];
  onChoose: (action: string) => void;
}) {
  const offers = offersInOrder(props.offers, props.leading);
  const first = offers.find((offer) => offer.may && props.leading.includes(offer.action));
  const actions = offers.map(
    (offer): ActionEntry => ({
      key: offer.action,
      label: offer.label,
      refusedBecause: offer.may ? null : offer.says,
      primary: offer === first,
      danger: props.grave?.includes(offer.action) ?? false,
      onClick: () => props.onChoose(offer.action),
    }),
  );
  const refused = actions.filter((entry) => entry.refusedBecause);
  return (
    <>
      <ActionBar actions={actions.filter((entry) => !entry.refusedBecause)} />
      {refused.length > 0 ? (
        <details className="g-refused">
          <summary>现在不能办理的操作及原因（{refused.length}项）</summary>
          <ActionBar actions={refused} label="现在不能办理的操作" />
        </details>
      ) : null}
    </>
  );
}
