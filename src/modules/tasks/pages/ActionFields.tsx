import { Button, Input, InputNumber, Select } from 'antd';
import { useId } from 'react';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { EvidenceField } from '../../../platform/web/parts/EvidenceField.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import type { ActionDraft, ActionForm, FieldName } from './action-forms.ts';
import type { TaskView } from './tasks-client.ts';

interface Props {
  readonly form: ActionForm;
  readonly view: TaskView;
  readonly draft: ActionDraft;
  readonly onChange: (change: Partial<ActionDraft>) => void;
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

function OneField({ name, form, view, draft, onChange }: Props & { name: FieldName }) {
  const id = useId();
  const { today } = useSession();
  const label = form.labels?.[name];
  switch (name) {
    case 'text':
      return (
        <Labelled id={id} label={label ?? '内容'} must>
          <Input.TextArea
            id={id}
            rows={5}
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
        <Labelled id={id} label={label ?? (name === 'reason' ? '原因' : '意见')} must={name === 'reason'}>
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
            {...(label === '开展日期' ? { to: today } : {})}
          />
        </Labelled>
      );
    case 'percent':
      return (
        <Labelled id={id} label={`总体进度（现为${Math.round(view.task.percent)}%，只有主办单位填报的算数）`}>
          <InputNumber
            id={id}
            min={0}
            max={100}
            suffix="%"
            value={draft.percent}
            onChange={(percent) => onChange({ percent })}
          />
        </Labelled>
      );
    case 'person':
      return (
        <Labelled id={id} label="责任人姓名" must>
          <Input
            id={id}
            maxLength={30}
            value={draft.personName}
            onChange={(event) => onChange({ personName: event.target.value })}
          />
        </Labelled>
      );
    case 'unit':
      return (
        <Labelled id={id} label="改由哪个单位主办" must>
          <UnitPicker
            id={id}
            label="主办单位"
            value={draft.unitId}
            without={[view.task.leadUnitId]}
            onChange={(unitId) => onChange({ unitId })}
          />
        </Labelled>
      );
    case 'quota':
      return view.quotas.length < 2 ? null : (
        <Labelled id={id} label="计入哪一项次数要求" must>
          <Select
            id={id}
            style={{ width: '100%' }}
            value={draft.quota}
            options={view.quotas.map((quota) => ({ value: quota.index, label: `${quota.words}（${quota.text}）` }))}
            onChange={(quota: number) => onChange({ quota })}
          />
        </Labelled>
      );
    case 'targets':
      return (
        <>
          {view.targets.map((target, at) => (
            <Labelled
              key={`${target.text}-${target.value}`}
              id={`${id}-${at}`}
              label={`指标“${target.text}”（目标${target.value}${target.unit}）现已达到`}
            >
              <InputNumber
                id={`${id}-${at}`}
                value={draft.targetActuals[at] ?? null}
                suffix={target.unit}
                onChange={(value) =>
                  onChange({
                    targetActuals: view.targets.map((_one, index) =>
                      index === at ? value : (draft.targetActuals[index] ?? null),
                    ),
                  })
                }
              />
            </Labelled>
          ))}
        </>
      );
    case 'figures':
      return <FiguresField draft={draft} onChange={onChange} />;
    case 'files':
      return (
        <EvidenceField
          itemKind="task"
          itemId={view.task.id}
          files={view.files}
          chosen={draft.fileIds}
          onChange={(fileIds) => onChange({ fileIds })}
        />
      );
    case 'milestones':
      return <MilestonesField draft={draft} onChange={onChange} from={view.startedOn} to={view.task.dueOn} />;
    case 'children':
      return <ChildrenField draft={draft} onChange={onChange} view={view} />;
  }
}

type Part = Pick<Props, 'draft' | 'onChange'>;

function FiguresField({ draft, onChange }: Part) {
  const change = (at: number, part: Partial<ActionDraft['figures'][number]>) =>
    onChange({ figures: draft.figures.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  return (
    <fieldset className="g-rows">
      <legend>数字（如：检查企业 12 家）</legend>
      {draft.figures.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end and removed by position
        <div key={at} className="g-row">
          <Input
            aria-label={`第${at + 1}项名称`}
            placeholder="名称"
            style={{ width: 200 }}
            value={one.name}
            onChange={(event) => change(at, { name: event.target.value })}
          />
          <InputNumber
            aria-label={`第${at + 1}项数值`}
            value={one.value}
            onChange={(value) => change(at, { value: value ?? 0 })}
          />
          <Input
            aria-label={`第${at + 1}项单位`}
            placeholder="单位"
            style={{ width: 90 }}
            value={one.unit}
            onChange={(event) => change(at, { unit: event.target.value })}
          />
          <Button onClick={() => onChange({ figures: draft.figures.filter((_one, index) => index !== at) })}>
            删去
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange({ figures: [...draft.figures, { name: '', value: 0, unit: '' }] })}>
        加一项数字
      </Button>
    </fieldset>
  );
}

function MilestonesField({ draft, onChange, from, to }: Part & { from: string; to: string | null }) {
  const change = (at: number, part: Partial<ActionDraft['milestones'][number]>) =>
    onChange({ milestones: draft.milestones.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  return (
    <fieldset className="g-rows">
      <legend>
        时间节点（{from} 至 {to ?? '时限待定'}）
      </legend>
      {draft.milestones.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end and removed by position
        <div key={at} className="g-row">
          <DayPicker
            label={`第${at + 1}个节点日期`}
            value={one.on === '' ? null : one.on}
            from={from}
            {...(to ? { to } : {})}
            onChange={(on) => change(at, { on: on ?? '' })}
          />
          <InputNumber
            aria-label={`第${at + 1}个节点进度`}
            min={0}
            max={100}
            suffix="%"
            value={one.percent}
            onChange={(percent) => change(at, { percent: percent ?? 0 })}
          />
          <Input
            aria-label={`第${at + 1}个节点名称`}
            placeholder="到这一天完成什么"
            style={{ width: 240 }}
            maxLength={60}
            value={one.name}
            onChange={(event) => change(at, { name: event.target.value })}
          />
          <Button onClick={() => onChange({ milestones: draft.milestones.filter((_one, index) => index !== at) })}>
            删去
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange({ milestones: [...draft.milestones, { on: '', percent: 100, name: '' }] })}>
        加一个节点
      </Button>
    </fieldset>
  );
}

function ChildrenField({ draft, onChange, view }: Part & { view: TaskView }) {
  const change = (at: number, part: Partial<ActionDraft['children'][number]>) =>
    onChange({ children: draft.children.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  const add = (unitId: string) =>
    onChange({
      children: [...draft.children, { unitId, title: view.task.title, text: view.text, dueOn: view.task.dueOn }],
    });
  const left = view.splitUnits.filter((unit) => !draft.children.some((child) => child.unitId === unit.unitId));
  return (
    <fieldset className="g-rows">
      <legend>分给哪些单位（本单位的下属单位和这件任务的配合单位）</legend>
      {draft.children.map((child, at) => (
        <div key={child.unitId} className="g-row">
          <b>{view.splitUnits.find((unit) => unit.unitId === child.unitId)?.name ?? '单位'}</b>
          <Input
            aria-label={`第${at + 1}件名称`}
            style={{ width: 260 }}
            maxLength={200}
            value={child.title}
            onChange={(event) => change(at, { title: event.target.value })}
          />
          <DayPicker
            label={`第${at + 1}件时限`}
            value={child.dueOn}
            {...(view.task.dueOn ? { to: view.task.dueOn } : {})}
            onChange={(dueOn) => change(at, { dueOn })}
          />
          <Button onClick={() => onChange({ children: draft.children.filter((_one, index) => index !== at) })}>
            删去
          </Button>
        </div>
      ))}
      <Select
        aria-label="添加分办单位"
        placeholder={left.length === 0 ? '没有可以再分的单位' : '选择单位'}
        style={{ width: 260 }}
        value={null}
        disabled={left.length === 0}
        options={left.map((unit) => ({ value: unit.unitId, label: unit.name }))}
        onChange={(unitId: string | null) => unitId && add(unitId)}
      />
    </fieldset>
  );
}
