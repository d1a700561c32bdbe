import { Input, Select } from 'antd';
import { useId } from 'react';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { EnterprisePicker } from '../../enterprises/pages/EnterprisePicker.tsx';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import { problemKinds, problemKindWords } from '../problem.ts';
import type { Correction } from './action-forms.ts';
import { api, type ProblemView } from './problems-client.ts';

/** What may still be corrected; fields that are sealed by now are not offered but named. */
export function CorrectionFields(props: {
  view: ProblemView;
  draft: Correction;
  onChange: (change: Partial<Correction>) => void;
}) {
  const { view, draft, onChange } = props;
  const id = useId();
  const choices = useRead(api.problemChoices);
  const open = (field: string): boolean => view.correctable.includes(field);
  if (view.correctable.length === 0)
    return <p className="g-quiet">登记的内容都已经封存，不能更正；有变化的请写在整改进展里。</p>;
  return (
    <>
      {open('kind') ? (
        <Labelled id={`${id}-kind`} label="类别">
          <Select
            id={`${id}-kind`}
            aria-label="类别"
            style={{ width: '100%' }}
            value={draft.kind}
            options={problemKinds.map((kind) => ({ value: kind, label: problemKindWords[kind] }))}
            onChange={(kind) => onChange({ kind })}
          />
        </Labelled>
      ) : null}
      {open('title') ? (
        <Labelled id={`${id}-title`} label="标题">
          <Input
            id={`${id}-title`}
            maxLength={200}
            value={draft.title}
            onChange={(event) => onChange({ title: event.target.value })}
          />
        </Labelled>
      ) : null}
      {open('text') ? (
        <Labelled id={`${id}-text`} label="问题描述">
          <Input.TextArea
            id={`${id}-text`}
            rows={3}
            maxLength={4000}
            value={draft.text}
            onChange={(event) => onChange({ text: event.target.value })}
          />
        </Labelled>
      ) : null}
      {open('enterpriseId') ? (
        <Labelled id={`${id}-enterprise`} label="企业（场所）">
          <EnterprisePicker
            id={`${id}-enterprise`}
            label="企业（场所）"
            value={draft.enterpriseId}
            onChange={(enterpriseId) => onChange({ enterpriseId })}
          />
        </Labelled>
      ) : null}
      {open('subject') ? (
        <Labelled id={`${id}-subject`} label="对象（不在名录里的）">
          <Input
            id={`${id}-subject`}
            maxLength={120}
            value={draft.subject}
            onChange={(event) => onChange({ subject: event.target.value })}
          />
        </Labelled>
      ) : null}
      {open('place') ? (
        <>
          <Labelled id={`${id}-address`} label="地点">
            <Input
              id={`${id}-address`}
              maxLength={200}
              value={draft.address}
              onChange={(event) => onChange({ address: event.target.value })}
            />
          </Labelled>
          <Labelled id={`${id}-grid`} label="网格">
            <Input
              id={`${id}-grid`}
              maxLength={60}
              value={draft.grid}
              onChange={(event) => onChange({ grid: event.target.value })}
            />
          </Labelled>
        </>
      ) : null}
      {open('sector') ? (
        <Labelled id={`${id}-sector`} label="行业领域">
          <Select
            id={`${id}-sector`}
            aria-label="行业领域"
            style={{ width: '100%' }}
            allowClear
            showSearch
            value={draft.sector}
            options={(choices.data?.sectors ?? []).map((sector) => ({ value: sector, label: sector }))}
            onChange={(sector: string | undefined) => onChange({ sector: sector ?? null })}
          />
        </Labelled>
      ) : null}
      {open('tags') ? (
        <Labelled id={`${id}-tags`} label="标签">
          <Select
            id={`${id}-tags`}
            mode="tags"
            aria-label="标签"
            style={{ width: '100%' }}
            value={[...draft.tags]}
            options={(choices.data?.tags ?? []).map((tag) => ({ value: tag, label: tag }))}
            onChange={(tags: string[]) => onChange({ tags })}
          />
        </Labelled>
      ) : null}
      {open('measures') ? (
        <Labelled id={`${id}-measures`} label="整改要求">
          <Input.TextArea
            id={`${id}-measures`}
            rows={2}
            maxLength={2000}
            value={draft.measures}
            onChange={(event) => onChange({ measures: event.target.value })}
          />
        </Labelled>
      ) : null}
      {open('supervisingUnitId') ? (
        <Labelled id={`${id}-supervising`} label="督办单位">
          <UnitPicker
            id={`${id}-supervising`}
            label="督办单位"
            value={draft.supervisingUnitId}
            onChange={(supervisingUnitId) => onChange({ supervisingUnitId })}
          />
        </Labelled>
      ) : null}
    </>
  );
}
