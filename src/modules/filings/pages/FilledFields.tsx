import { Input, InputNumber, Radio, Select } from 'antd';
import { useId } from 'react';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { EvidenceField } from '../../../platform/web/parts/EvidenceField.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import type { FilingView, Filled } from './filings-client.ts';
import { StoryFields } from './Stories.tsx';

type Field = FilingView['rhythm']['fields'][number];
type Value = Filled['values'][string];

function One(props: { id: string; field: Field; value: Value | undefined; onChange: (value: Value) => void }) {
  const { field, value, onChange, id } = props;
  switch (field.type) {
    case 'count':
    case 'amount':
      return (
        <InputNumber
          id={id}
          min={0}
          {...(field.type === 'count' ? { precision: 0 } : {})}
          suffix={field.unit}
          style={{ width: 220 }}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => onChange(next)}
        />
      );
    case 'yesNo':
      return (
        <Radio.Group
          id={id}
          value={typeof value === 'boolean' ? value : null}
          onChange={(event) => onChange(event.target.value)}
          options={[
            { value: true, label: '是' },
            { value: false, label: '否' },
          ]}
        />
      );
    case 'choice':
      return (
        <Select
          id={id}
          style={{ width: 260 }}
          value={typeof value === 'string' ? value : null}
          onChange={(next: string | null) => onChange(next)}
          options={field.options.map((one) => ({ value: one, label: one }))}
        />
      );
    case 'day':
      return (
        <DayPicker id={id} label={field.label} value={typeof value === 'string' ? value : null} onChange={onChange} />
      );
    case 'text':
      return (
        <Input.TextArea
          id={id}
          rows={3}
          maxLength={4000}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

/** The fields that a unit fills in; nothing among them is known to the ledgers. */
export function FilledFields(props: {
  rhythm: FilingView['rhythm'];
  /** The report, for its files. */
  id: string;
  files: FilingView['files'];
  draft: Filled;
  onChange: (draft: Filled) => void;
}) {
  const id = useId();
  const { rhythm, draft, onChange } = props;
  return (
    <>
      {rhythm.fields.map((field) => (
        <Labelled key={field.key} id={`${id}-${field.key}`} label={field.label} must={field.must}>
          <One
            id={`${id}-${field.key}`}
            field={field}
            value={draft.values[field.key]}
            onChange={(value) => onChange({ ...draft, values: { ...draft.values, [field.key]: value } })}
          />
        </Labelled>
      ))}
      {rhythm.narrative === 'none' ? null : (
        <Labelled id={`${id}-narrative`} label="工作开展情况" must={rhythm.narrative === 'must'}>
          <Input.TextArea
            id={`${id}-narrative`}
            rows={6}
            maxLength={8000}
            showCount
            value={draft.narrative}
            onChange={(event) => onChange({ ...draft, narrative: event.target.value })}
          />
        </Labelled>
      )}
      {rhythm.cases === 'none' ? null : (
        <StoryFields
          id={`${id}-cases`}
          word="典型案例"
          must={rhythm.cases === 'must'}
          stories={draft.cases}
          onChange={(cases) => onChange({ ...draft, cases })}
        />
      )}
      {rhythm.practices === 'none' ? null : (
        <StoryFields
          id={`${id}-practices`}
          word="经验做法"
          must={rhythm.practices === 'must'}
          stories={draft.practices}
          onChange={(practices) => onChange({ ...draft, practices })}
        />
      )}
      {rhythm.attachments === 'none' ? null : (
        <EvidenceField
          itemKind="periodicReport"
          itemId={props.id}
          label={rhythm.attachments === 'must' ? '附件（至少一份）' : '附件'}
          hint="案例的文书、照片，点评的材料等，可以多选"
          files={props.files}
          chosen={draft.fileIds ?? []}
          onChange={(fileIds) => onChange({ ...draft, fileIds })}
        />
      )}
    </>
  );
}
