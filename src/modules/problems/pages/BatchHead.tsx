import { Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { Timeline } from '../../../platform/web/parts/Timeline.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { batchSources } from '../batch.ts';
import { sourceWords } from '../problem.ts';
import type { BatchView, Operation, Review } from './batch-client.ts';
import { api } from './problems-client.ts';

type Changes = Omit<Extract<Operation, { do: 'head' }>, 'do'>;

/** What the list says of itself: holds for every problem that comes of it. */
export function BatchHead({ view, review }: { view: BatchView; review: Review }) {
  const id = useId();
  const { batch } = view;
  const choices = useRead(api.problemChoices);
  const [changes, setChanges] = useState<Changes>({});
  const set = (part: Changes) => setChanges((old) => ({ ...old, ...part }));
  return (
    <div className="b-form">
      <Labelled id={`${id}title`} label="清单名称" must>
        <Input
          id={`${id}title`}
          maxLength={300}
          value={changes.title ?? batch.title}
          onChange={(event) => set({ title: event.target.value })}
        />
      </Labelled>
      <div className="b-grid">
        <Labelled id={`${id}sender`} label="来文单位">
          <Input
            id={`${id}sender`}
            maxLength={120}
            value={(changes.sender === undefined ? batch.sender : changes.sender) ?? ''}
            onChange={(event) => set({ sender: event.target.value || null })}
          />
        </Labelled>
        <Labelled id={`${id}number`} label="文号">
          <Input
            id={`${id}number`}
            maxLength={60}
            value={(changes.documentNumber === undefined ? batch.documentNumber : changes.documentNumber) ?? ''}
            onChange={(event) => set({ documentNumber: event.target.value || null })}
          />
        </Labelled>
        <Labelled id={`${id}source`} label="来源" must says="上级督导反馈和移交的问题，复查通过后还须销号。">
          <Select
            id={`${id}source`}
            style={{ width: '100%' }}
            value={changes.sourceType ?? batch.sourceType}
            options={batchSources.map((value) => ({ value, label: sourceWords[value] }))}
            onChange={(sourceType) => set({ sourceType })}
          />
        </Labelled>
        <Labelled id={`${id}finder`} label="检查组">
          <Input
            id={`${id}finder`}
            maxLength={80}
            value={(changes.finder === undefined ? batch.finder : changes.finder) ?? ''}
            onChange={(event) => set({ finder: event.target.value || null })}
          />
        </Labelled>
        <Labelled id={`${id}received`} label="收到日期" must>
          <DayPicker
            id={`${id}received`}
            label="收到日期"
            required
            to={review.today}
            value={changes.receivedOn ?? batch.receivedOn}
            onChange={(day) => day && set({ receivedOn: day })}
          />
        </Labelled>
        <Labelled id={`${id}plan`} label="列入专项方案">
          <Select
            id={`${id}plan`}
            style={{ width: '100%' }}
            allowClear
            value={changes.planId === undefined ? batch.planId : changes.planId}
            options={(choices.data?.plans ?? []).map((plan) => ({ value: plan.id, label: plan.title }))}
            onChange={(planId: string | undefined) => set({ planId: planId ?? null })}
          />
        </Labelled>
        <Labelled id={`${id}tags`} label="标签">
          <Select
            id={`${id}tags`}
            style={{ width: '100%' }}
            mode="tags"
            value={changes.tags ?? batch.tags}
            options={(choices.data?.tags ?? []).map((tag) => ({ value: tag, label: tag }))}
            onChange={(tags: string[]) => set({ tags })}
          />
        </Labelled>
      </div>
      <Button
        size="small"
        type="primary"
        disabled={Object.keys(changes).length === 0 || review.busy}
        onClick={() => void review.run({ do: 'head', ...changes }).then((done) => done && setChanges({}))}
      >
        保存
      </Button>
    </div>
  );
}

/** Who did what with the list. */
export function BatchHistory({ view }: { view: BatchView }) {
  return (
    <Card title="办理记录">
      <Timeline
        facts={view.facts.map((fact) => ({
          id: String(fact.seq),
          at: fact.at,
          who: fact.actorName,
          unit: fact.unitName,
          says: fact.says,
        }))}
      />
    </Card>
  );
}
