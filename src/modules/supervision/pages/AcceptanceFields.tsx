import { Input } from 'antd';
import { useId } from 'react';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import type { Acceptor } from '../listing.ts';
import type { ListingDraft } from './listing-forms.ts';
import { PeopleFields } from './PeopleFields.tsx';
import type { ListingView } from './supervision-client.ts';

interface Props {
  readonly view: ListingView;
  readonly draft: ListingDraft;
  readonly onChange: (change: Partial<ListingDraft>) => void;
}

/** When and where, who took part, and what was found about each requirement. */
export function AcceptanceFields({ view, draft, onChange }: Props) {
  const id = useId();
  const { today } = useSession();
  return (
    <>
      <Labelled id={`${id}-on`} label="验收日期" must>
        <DayPicker
          id={`${id}-on`}
          label="验收日期"
          value={draft.on}
          {...(view.appliedOn ? { from: view.appliedOn } : {})}
          to={today}
          onChange={(on) => onChange({ on })}
        />
      </Labelled>
      <Labelled id={`${id}-place`} label="验收地点">
        <Input
          id={`${id}-place`}
          maxLength={200}
          value={draft.place}
          onChange={(event) => onChange({ place: event.target.value })}
        />
      </Labelled>
      <PeopleFields<Acceptor['as']>
        legend="验收人员和专家（至少两名验收人员）"
        postWord="职务、职称"
        parts={[
          { value: 'staff', label: '验收人员' },
          { value: 'expert', label: '专家' },
        ]}
        added="expert"
        people={draft.people}
        onChange={(people) => onChange({ people })}
      />
      <fieldset className="g-rows">
        <legend>逐条核对整改要求</legend>
        {draft.checks.map((one, at) => (
          <div key={one.requirement} className="g-listing-check">
            <span>
              {at + 1}. {one.requirement}
            </span>
            <Input.TextArea
              aria-label={`第${at + 1}条核对情况`}
              placeholder="现场核对的情况"
              rows={2}
              maxLength={500}
              value={one.finding}
              onChange={(event) =>
                onChange({
                  checks: draft.checks.map((check, index) =>
                    index === at ? { ...check, finding: event.target.value } : check,
                  ),
                })
              }
            />
          </div>
        ))}
      </fieldset>
    </>
  );
}
