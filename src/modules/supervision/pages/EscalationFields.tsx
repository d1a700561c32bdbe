import { Input, Radio } from 'antd';
import { useId } from 'react';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { escalationKinds, escalationWords } from '../listing.ts';
import { Choice } from './Choice.tsx';
import type { ListingDraft } from './listing-forms.ts';
import type { ListingView } from './supervision-client.ts';

/** On which grounds, in which way, and what that way asks for. */
export function EscalationFields(props: {
  view: ListingView;
  draft: ListingDraft;
  onChange: (change: Partial<ListingDraft>) => void;
}) {
  const { view, draft, onChange } = props;
  const id = useId();
  const { today } = useSession();
  const rank = view.levels.findIndex((level) => level.code === view.listing.level);
  return (
    <>
      <p className="g-quiet">升级的情形（照今天的情况记下）：{view.grounds.join('')}</p>
      <Radio.Group
        aria-label="升级方式"
        value={draft.kind}
        options={escalationKinds.map((kind) => ({ value: kind, label: escalationWords[kind] }))}
        onChange={(event) => onChange({ kind: event.target.value })}
      />
      {draft.kind === 'higherLevel' ? (
        <Labelled id={`${id}-level`} label="提为哪一级" must>
          <Choice
            id={`${id}-level`}
            label="提为哪一级"
            value={draft.level}
            options={view.levels.slice(rank + 1).map((level) => ({ value: level.code, label: level.name }))}
            onChange={(level) => onChange({ level })}
          />
        </Labelled>
      ) : null}
      {draft.kind === 'letter' ? (
        <>
          <Labelled id={`${id}-to`} label="主送单位" must>
            <Input
              id={`${id}-to`}
              maxLength={120}
              value={draft.addressee}
              onChange={(event) => onChange({ addressee: event.target.value })}
            />
          </Labelled>
          <Labelled id={`${id}-demands`} label="督办要求（一行一条）" must>
            <Input.TextArea
              id={`${id}-demands`}
              rows={4}
              maxLength={4000}
              value={draft.demands}
              onChange={(event) => onChange({ demands: event.target.value })}
            />
          </Labelled>
          <Labelled id={`${id}-reply`} label="回复时限" must>
            <DayPicker
              id={`${id}-reply`}
              label="回复时限"
              value={draft.replyOn}
              from={today}
              onChange={(replyOn) => onChange({ replyOn })}
            />
          </Labelled>
          <Labelled id={`${id}-copies`} label="抄送单位">
            <Input
              id={`${id}-copies`}
              maxLength={300}
              value={draft.copies}
              onChange={(event) => onChange({ copies: event.target.value })}
            />
          </Labelled>
        </>
      ) : null}
      {draft.kind === 'measures' ? (
        <Labelled
          id={`${id}-measures`}
          label="建议采取什么措施"
          must
          says="如停产停业、暂扣证照、行政处罚、约谈、问责等，由有权机关决定。"
        >
          <Input.TextArea
            id={`${id}-measures`}
            rows={3}
            maxLength={1000}
            value={draft.measures}
            onChange={(event) => onChange({ measures: event.target.value })}
          />
        </Labelled>
      ) : null}
    </>
  );
}
