import { Input, Radio, Select } from 'antd';
import { useId } from 'react';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { EvidenceField } from '../../../platform/web/parts/EvidenceField.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import { type FivePart, fiveParts, fiveWords } from '../problem.ts';
import type { ActionDraft, ActionForm, FieldName } from './action-forms.ts';
import { CorrectionFields } from './CorrectionFields.tsx';
import { JudgementField } from './JudgementField.tsx';
import { PhotosField } from './PhotosField.tsx';
import { ProblemChoice } from './ProblemChoice.tsx';
import type { ProblemView } from './problems-client.ts';

interface Props {
  readonly form: ActionForm;
  readonly view: ProblemView;
  readonly draft: ActionDraft;
  readonly onChange: (change: Partial<ActionDraft>) => void;
  readonly onPhotos: (change: (old: ActionDraft['photos']) => ActionDraft['photos']) => void;
  readonly onWaiting: (count: number) => void;
}

/** The controls that the form of an action asks for, in their order. */
export function ActionFields(props: Props) {
  return (
    <>
      {props.form.fields.map((name) => (
        <OneField key={name} name={name} {...props} />
      ))}
    </>
  );
}

function OneField({ name, form, view, draft, onChange, onPhotos, onWaiting }: Props & { name: FieldName }) {
  const id = useId();
  const { today } = useSession();
  const label = form.labels?.[name];
  switch (name) {
    case 'text':
      return (
        <Labelled id={id} label={label ?? '内容'} must>
          <Input.TextArea
            id={id}
            rows={4}
            maxLength={4000}
            showCount
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
          must={name === 'reason' || Boolean(label)}
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
    case 'on':
      return (
        <Labelled id={id} label={label ?? '日期'} must>
          <DayPicker
            id={id}
            label={label ?? '日期'}
            value={draft.on}
            onChange={(on) => onChange({ on })}
            {...(label === '落实日期' ? { to: today } : { from: today })}
          />
        </Labelled>
      );
    case 'unit':
      return (
        <Labelled id={id} label="改由哪个单位整改" must>
          <UnitPicker
            id={id}
            label="责任单位"
            value={draft.unitId}
            without={[view.problem.leadUnitId]}
            onChange={(unitId) => onChange({ unitId })}
          />
        </Labelled>
      );
    case 'person':
      return (
        <Labelled id={id} label="整改责任人姓名" must>
          <Input
            id={id}
            maxLength={30}
            value={draft.personName}
            onChange={(event) => onChange({ personName: event.target.value })}
          />
        </Labelled>
      );
    case 'target':
      return (
        <Labelled id={id} label="并入哪一条问题" must>
          <ProblemChoice
            id={id}
            label="并入哪一条问题"
            value={draft.targetId}
            without={view.problem.id}
            onChange={(targetId) => onChange({ targetId })}
          />
        </Labelled>
      );
    case 'control':
      return (
        <Labelled id={id} label="治理期间的管控措施" must>
          <Input.TextArea
            id={id}
            rows={3}
            maxLength={2000}
            value={draft.controlMeasures}
            onChange={(event) => onChange({ controlMeasures: event.target.value })}
          />
        </Labelled>
      );
    case 'five':
      return (
        <Labelled id={id} label="填报哪一项" must>
          <Select<FivePart>
            id={id}
            aria-label="填报哪一项"
            style={{ width: '100%' }}
            value={draft.part}
            options={fiveParts.map((part) => ({
              value: part,
              label: `${fiveWords[part]}${view.five[part] ? '（已填，可以更新）' : ''}`,
            }))}
            onChange={(part) =>
              onChange({
                part,
                text: view.five[part]?.text ?? '',
                on: view.five[part]?.on ?? today,
                fileIds: view.five[part]?.fileIds ?? [],
              })
            }
          />
        </Labelled>
      );
    case 'after':
      return (
        <PhotosField
          itemId={view.problem.id}
          shows="after"
          label={label ?? '整改后的照片'}
          chosen={draft.photos}
          onChange={onPhotos}
          onWaiting={onWaiting}
        />
      );
    case 'documents':
      return (
        <EvidenceField
          itemKind="problem"
          itemId={view.problem.id}
          label="附件"
          hint="方案、资金凭证、验收记录等文件，可以多选"
          files={view.photos.map((photo) => ({ id: photo.fileId, name: photo.name, size: photo.size }))}
          chosen={draft.fileIds}
          onChange={(fileIds) => onChange({ fileIds })}
        />
      );
    case 'judgement':
      return (
        <>
          <div className="g-field">
            <Radio.Group
              aria-label="判定等级"
              value={draft.grade}
              options={[
                { value: 'general', label: '一般' },
                { value: 'major', label: '重大' },
              ]}
              onChange={(event) => onChange({ grade: event.target.value as ActionDraft['grade'] })}
            />
          </div>
          {draft.grade === 'major' ? (
            <JudgementField
              sector={view.problem.sector}
              criteriaId={draft.criteriaId}
              clauses={draft.clauses}
              onChange={onChange}
            />
          ) : (
            <p className="g-quiet">判定为一般的，请写明理由；重大改判一般，由原判定人以外的安委办工作人员办理。</p>
          )}
        </>
      );
    case 'correction':
      return (
        <CorrectionFields
          view={view}
          draft={draft.correction}
          onChange={(change) => onChange({ correction: { ...draft.correction, ...change } })}
        />
      );
  }
}
