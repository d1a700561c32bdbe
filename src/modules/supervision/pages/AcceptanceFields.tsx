import { Button, Input, Select } from 'antd';
import { useId } from 'react';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import type { Acceptor } from '../listing.ts';
import type { ListingDraft } from './listing-forms.ts';
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
  const change = (at: number, part: Partial<Acceptor>) =>
    onChange({ people: draft.people.map((one, index) => (index === at ? { ...one, ...part } : one)) });
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
      <fieldset className="g-rows">
        <legend>验收人员和专家（至少两名验收人员）</legend>
        {draft.people.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: people have no name yet while they are typed in
          <div key={at} className="g-listing-people">
            <Input
              aria-label={`第${at + 1}人姓名`}
              placeholder="姓名"
              maxLength={30}
              value={one.name}
              onChange={(event) => change(at, { name: event.target.value })}
            />
            <Input
              aria-label={`第${at + 1}人单位`}
              placeholder="单位"
              maxLength={60}
              value={one.unitName}
              onChange={(event) => change(at, { unitName: event.target.value })}
            />
            <Input
              aria-label={`第${at + 1}人职务`}
              placeholder="职务、职称"
              maxLength={40}
              value={one.post}
              onChange={(event) => change(at, { post: event.target.value })}
            />
            <Select<Acceptor['as']>
              aria-label={`第${at + 1}人身份`}
              value={one.as}
              options={[
                { value: 'staff', label: '验收人员' },
                { value: 'expert', label: '专家' },
              ]}
              onChange={(as) => change(at, { as })}
            />
            <Button
              aria-label={`删去第${at + 1}人`}
              disabled={draft.people.length <= 2}
              onClick={() => onChange({ people: draft.people.filter((_one, index) => index !== at) })}
            >
              删去
            </Button>
          </div>
        ))}
        <Button
          onClick={() => onChange({ people: [...draft.people, { name: '', unitName: '', post: '', as: 'expert' }] })}
        >
          加一人
        </Button>
      </fieldset>
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
