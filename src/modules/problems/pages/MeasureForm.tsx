import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useKeptDraft } from '../../../platform/web/use-kept-draft.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { UnitPicker, UnitsPicker } from '../../units/pages/UnitPicker.tsx';
import { type MeasureKind, measureKindWords } from '../measure.ts';
import { type MeasureView, measures } from './measures-client.ts';
import { api } from './problems-client.ts';

interface Draft {
  readonly kind: MeasureKind;
  readonly title: string;
  readonly text: string;
  readonly proposal: string;
  readonly sector: string;
  readonly leadUnitId: string | null;
  readonly coUnitIds: string[];
  readonly personName: string;
  readonly dueOn: string | null;
  readonly problems: readonly { readonly id: string; readonly label: string }[];
}
const empty: Draft = {
  kind: 'institution',
  title: '',
  text: '',
  proposal: '',
  sector: '',
  leadUnitId: null,
  coUnitIds: [],
  personName: '',
  dueOn: null,
  problems: [],
};
const draftOf = (view: MeasureView): Draft => ({
  kind: view.measure.kind,
  title: view.measure.title,
  text: view.text,
  proposal: view.measure.proposal ?? '',
  sector: view.measure.sector ?? '',
  leadUnitId: view.measure.leadUnitId,
  coUnitIds: [...view.coUnitIds],
  personName: view.measure.personName ?? '',
  dueOn: view.measure.dueOn,
  problems: view.problems.map((one) => ({ id: one.id, label: `${one.number} ${one.title}` })),
});

/** Enters a measure or changes what it is about. */
export function MeasureForm({ view, onDone }: { view: MeasureView | null; onDone: () => void }) {
  const navigate = useNavigate();
  const kept = useKeptDraft<Draft>(`measure.${view?.measure.id ?? 'new'}`, view ? draftOf(view) : empty);
  const draft = { ...empty, ...kept.draft };
  const change = (part: Partial<Draft>): void => kept.setDraft((old) => ({ ...old, ...part }));
  const [q, setQ] = useState('');
  const choices = useRead(api.problemChoices, {});
  const found = useRead(api.listProblems, { query: { q, pageSize: 20 } }, { enabled: q.trim().length >= 2 });
  const sorting = useAct(measures.sortMeasure, {
    onDone: (made) => {
      kept.forget();
      navigate(`/measures/${made.id}`);
    },
  });
  const amending = useAct(measures.amendMeasure, {
    onDone: () => {
      kept.forget();
      onDone();
    },
  });
  const acting = view ? amending : sorting;
  const send = (): void => {
    const { problems, leadUnitId, ...rest } = draft;
    const body = { ...rest, leadUnitId: leadUnitId ?? '', problemIds: problems.map((one) => one.id) };
    if (view) void amending.act({ params: { id: view.measure.id }, body: { ...body, version: view.measure.version } });
    else void sorting.act({ body });
  };
  const options = [
    ...draft.problems.map((one) => ({ value: one.id, label: one.label })),
    ...(found.data?.rows ?? [])
      .filter((row) => !draft.problems.some((one) => one.id === row.id))
      .map((row) => ({ value: row.id, label: `${row.number} ${row.title}` })),
  ];
  return (
    <Card title={view ? '修改事项' : '梳理制度措施'}>
      <Labelled id="measure-title" label="事项" must>
        <Input
          id="measure-title"
          maxLength={200}
          value={draft.title}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Labelled>
      <div className="f-choice">
        <Labelled id="measure-kind" label="类别" must>
          <Select
            id="measure-kind"
            style={{ width: '100%' }}
            value={draft.kind}
            onChange={(kind: MeasureKind) => change({ kind })}
            options={Object.entries(measureKindWords).map(([value, label]) => ({ value, label }))}
          />
        </Labelled>
        <Labelled id="measure-lead" label="牵头单位" must>
          <UnitPicker
            id="measure-lead"
            label="牵头单位"
            value={draft.leadUnitId}
            onChange={(leadUnitId) => change({ leadUnitId })}
          />
        </Labelled>
        <Labelled id="measure-co" label="配合单位">
          <UnitsPicker
            id="measure-co"
            label="配合单位"
            value={draft.coUnitIds}
            onChange={(coUnitIds) => change({ coUnitIds })}
          />
        </Labelled>
        <Labelled id="measure-person" label="责任人">
          <Input
            id="measure-person"
            maxLength={30}
            value={draft.personName}
            onChange={(event) => change({ personName: event.target.value })}
          />
        </Labelled>
        <Labelled id="measure-sector" label="行业领域">
          <Select
            id="measure-sector"
            allowClear
            showSearch
            style={{ width: '100%' }}
            value={draft.sector === '' ? undefined : draft.sector}
            onChange={(sector: string | undefined) => change({ sector: sector ?? '' })}
            options={(choices.data?.sectors ?? []).map((sector) => ({ value: sector, label: sector }))}
          />
        </Labelled>
        <Labelled id="measure-due" label="研究时限">
          <DayPicker id="measure-due" label="研究时限" value={draft.dueOn} onChange={(dueOn) => change({ dueOn })} />
        </Labelled>
      </div>
      <Labelled id="measure-text" label="需要研究的内容" must>
        <Input.TextArea
          id="measure-text"
          maxLength={4000}
          autoSize={{ minRows: 3, maxRows: 10 }}
          value={draft.text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </Labelled>
      <Labelled id="measure-proposal" label="措施建议" says="提请研究之前要写明">
        <Input.TextArea
          id="measure-proposal"
          maxLength={4000}
          autoSize={{ minRows: 3, maxRows: 10 }}
          value={draft.proposal}
          onChange={(event) => change({ proposal: event.target.value })}
        />
      </Labelled>
      <Labelled id="measure-problems" label="由哪些问题引出" says="输入编号或者两个以上的字查找">
        <Select
          id="measure-problems"
          mode="multiple"
          showSearch
          filterOption={false}
          style={{ width: '100%' }}
          onSearch={setQ}
          value={draft.problems.map((one) => one.id)}
          onChange={(ids: string[]) =>
            change({
              problems: ids.map((id) => ({ id, label: options.find((one) => one.value === id)?.label ?? id })),
            })
          }
          options={options}
        />
      </Labelled>
      <RefusalAlert refusal={acting.refusal} onResend={() => void acting.resend()} />
      <div className="g-row">
        <Button type="primary" loading={acting.busy} disabled={draft.leadUnitId === null} onClick={send}>
          保存
        </Button>
        <Button onClick={view ? onDone : () => navigate('/measures')}>返回</Button>
      </div>
    </Card>
  );
}
