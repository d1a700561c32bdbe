import { Checkbox, Input } from 'antd';
import { useId } from 'react';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { EvidenceField } from '../../../platform/web/parts/EvidenceField.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { planParts, planWords } from '../listing.ts';
import { AcceptanceFields } from './AcceptanceFields.tsx';
import { EscalationFields } from './EscalationFields.tsx';
import type { FieldName, ListingDraft, ListingForm } from './listing-forms.ts';
import type { ListingView } from './supervision-client.ts';

interface Props {
  readonly form: ListingForm;
  readonly view: ListingView;
  readonly draft: ListingDraft;
  readonly onChange: (change: Partial<ListingDraft>) => void;
}

/** The controls that the form of an action asks for, in their order. */
export function ListingFields(props: Props) {
  return (
    <>
      {props.form.fields.map((name) => (
        <OneField key={name} name={name} {...props} />
      ))}
    </>
  );
}

function OneField({ name, form, view, draft, onChange }: Props & { name: FieldName }) {
  const id = useId();
  const { today, actor } = useSession();
  const label = form.labels?.[name];
  switch (name) {
    case 'text':
      return (
        <Labelled id={id} label={label ?? '内容'} must>
          <Input.TextArea
            id={id}
            rows={4}
            maxLength={4000}
            value={draft.text}
            onChange={(event) => onChange({ text: event.target.value })}
          />
        </Labelled>
      );
    case 'reason':
    case 'opinion':
      return (
        <Labelled
          id={id}
          label={label ?? (name === 'reason' ? '原因' : '意见')}
          must={name === 'reason' || label !== undefined}
        >
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={500}
            value={draft.reason}
            onChange={(event) => onChange({ reason: event.target.value })}
          />
        </Labelled>
      );
    case 'approver':
      if (actor?.roles.includes('leader')) return null;
      return (
        <>
          <Labelled id={`${id}-name`} label="审批领导姓名" must>
            <Input
              id={`${id}-name`}
              maxLength={30}
              value={draft.approverName}
              onChange={(event) => onChange({ approverName: event.target.value })}
            />
          </Labelled>
          <Labelled id={`${id}-post`} label="职务" must>
            <Input
              id={`${id}-post`}
              maxLength={40}
              value={draft.approverPost}
              onChange={(event) => onChange({ approverPost: event.target.value })}
            />
          </Labelled>
          <Labelled id={`${id}-on`} label="审批日期" must>
            <DayPicker
              id={`${id}-on`}
              label="审批日期"
              value={draft.on}
              from={view.listing.proposedOn}
              to={today}
              onChange={(on) => onChange({ on })}
            />
          </Labelled>
        </>
      );
    case 'notice':
      return (
        <>
          <Labelled id={`${id}-to`} label="主送单位" must>
            <Input
              id={`${id}-to`}
              maxLength={120}
              value={draft.addressee}
              onChange={(event) => onChange({ addressee: event.target.value })}
            />
          </Labelled>
          <Labelled id={`${id}-copies`} label="抄送单位" says="没有就留空，版记中不写抄送。">
            <Input
              id={`${id}-copies`}
              maxLength={300}
              value={draft.copies}
              onChange={(event) => onChange({ copies: event.target.value })}
            />
          </Labelled>
          <Checkbox checked={draft.announce} onChange={(event) => onChange({ announce: event.target.checked })}>
            同时发布挂牌公告
          </Checkbox>
        </>
      );
    case 'plan':
      return (
        <>
          {planParts.map((part) => (
            <Labelled key={part} id={`${id}-${part}`} label={planWords[part]} must>
              <Input.TextArea
                id={`${id}-${part}`}
                rows={2}
                maxLength={2000}
                value={draft.plan[part]}
                onChange={(event) => onChange({ plan: { ...draft.plan, [part]: event.target.value } })}
              />
            </Labelled>
          ))}
        </>
      );
    case 'documents':
      return (
        <EvidenceField
          itemKind="listing"
          itemId={view.listing.id}
          label="附件"
          hint="方案、照片、检测报告等，可以多选"
          files={view.files}
          chosen={draft.fileIds}
          onChange={(fileIds) => onChange({ fileIds })}
        />
      );
    case 'acceptance':
      return <AcceptanceFields view={view} draft={draft} onChange={onChange} />;
    case 'retry':
      return (
        <Labelled
          id={id}
          label="重新整改时限"
          must
          says={`挂牌的整改时限是${view.listing.limitOn}；要推后它，请在问题页申请延期。`}
        >
          <DayPicker
            id={id}
            label="重新整改时限"
            value={draft.retryOn}
            from={today}
            onChange={(retryOn) => onChange({ retryOn })}
          />
        </Labelled>
      );
    case 'escalation':
      return <EscalationFields view={view} draft={draft} onChange={onChange} />;
  }
}
