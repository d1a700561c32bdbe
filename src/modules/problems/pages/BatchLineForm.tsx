import { Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { EnterprisePicker } from '../../enterprises/pages/EnterprisePicker.tsx';
import { UnitPicker, UnitsPicker } from '../../units/pages/UnitPicker.tsx';
import { gradeWords, problemKindWords } from '../problem.ts';
import type { Line, Operation, Review } from './batch-client.ts';

type Changes = Extract<Operation, { do: 'edit' }>['changes'];
const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** All fields of a line; what was not touched is left as it is. */
export function BatchLineForm({ line, review }: { line: Line; review: Review }) {
  const id = useId();
  const [changes, setChanges] = useState<Changes>({});
  const [reason, setReason] = useState('');
  const [parts, setParts] = useState<string | null>(null);
  const set = (part: Changes) => setChanges((old) => ({ ...old, ...part }));
  const text = changes.text ?? line.text;
  const touched = Object.keys(changes).length > 0;
  const said = (words: string | null | undefined): string | undefined => (words ? `清单写：${words}` : undefined);
  return (
    <div className="b-form">
      <Labelled id={`${id}text`} label="问题描述" must>
        <Input.TextArea
          id={`${id}text`}
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={4000}
          value={text}
          onChange={(event) => set({ text: event.target.value })}
        />
      </Labelled>
      <div className="b-grid">
        <Labelled id={`${id}lead`} label="责任单位" must says={said(line.said.lead.map((one) => one.text).join('、'))}>
          <UnitPicker
            id={`${id}lead`}
            label="责任单位"
            value={changes.leadUnitId === undefined ? line.leadUnitId : changes.leadUnitId}
            onChange={(leadUnitId) => set({ leadUnitId })}
          />
        </Labelled>
        <Labelled id={`${id}co`} label="配合单位" says={said(line.said.co.map((one) => one.text).join('、'))}>
          <UnitsPicker
            id={`${id}co`}
            label="配合单位"
            value={changes.coUnitIds ?? line.coUnits.map((one) => one.id)}
            onChange={(coUnitIds) => set({ coUnitIds })}
          />
        </Labelled>
        <Labelled
          id={`${id}due`}
          label="整改时限"
          must
          says={said(
            line.said.due ? `${line.said.due.text}${line.said.dueIsCommon ? '（全清单共同的时限）' : ''}` : null,
          )}
        >
          <DayPicker
            id={`${id}due`}
            label="整改时限"
            from={review.today}
            value={changes.dueOn === undefined ? line.dueOn : changes.dueOn}
            onChange={(dueOn) => set({ dueOn })}
          />
        </Labelled>
        <Labelled id={`${id}found`} label="发现日期" says={said(line.said.found?.text)}>
          <DayPicker
            id={`${id}found`}
            label="发现日期"
            to={review.today}
            value={changes.foundOn === undefined ? line.foundOn : changes.foundOn}
            onChange={(foundOn) => set({ foundOn })}
          />
        </Labelled>
        <Labelled id={`${id}grade`} label="等级" must says={said(line.said.grade?.text)}>
          <Select
            id={`${id}grade`}
            style={{ width: '100%' }}
            value={changes.grade ?? line.grade}
            options={options(gradeWords)}
            onChange={(grade) => grade && set({ grade })}
          />
        </Labelled>
        <Labelled id={`${id}kind`} label="类别">
          <Select
            id={`${id}kind`}
            style={{ width: '100%' }}
            value={changes.kind ?? line.kind}
            options={options(problemKindWords)}
            onChange={(kind) => set({ kind })}
          />
        </Labelled>
        <Labelled id={`${id}subject`} label="企业（场所）" says={said(line.said.subject?.text)}>
          <Input
            id={`${id}subject`}
            maxLength={120}
            value={(changes.subject === undefined ? line.subject : changes.subject) ?? ''}
            onChange={(event) => set({ subject: event.target.value || null })}
          />
        </Labelled>
        <Labelled id={`${id}enterprise`} label="企业档案">
          <EnterprisePicker
            id={`${id}enterprise`}
            label="企业档案"
            value={changes.enterpriseId === undefined ? (line.enterprise?.id ?? null) : changes.enterpriseId}
            onChange={(enterpriseId) => set({ enterpriseId })}
          />
        </Labelled>
        <Labelled id={`${id}address`} label="地址">
          <Input
            id={`${id}address`}
            maxLength={200}
            value={(changes.address === undefined ? line.address : changes.address) ?? ''}
            onChange={(event) => set({ address: event.target.value || null })}
          />
        </Labelled>
        <Labelled id={`${id}person`} label="责任人">
          <Input
            id={`${id}person`}
            maxLength={30}
            value={(changes.person === undefined ? line.person : changes.person) ?? ''}
            onChange={(event) => set({ person: event.target.value || null })}
          />
        </Labelled>
      </div>
      <Labelled id={`${id}measures`} label="整改措施">
        <Input.TextArea
          id={`${id}measures`}
          autoSize={{ minRows: 1, maxRows: 5 }}
          maxLength={2000}
          value={(changes.measures === undefined ? line.measures : changes.measures) ?? ''}
          onChange={(event) => set({ measures: event.target.value || null })}
        />
      </Labelled>
      <div className="g-row">
        <Button
          type="primary"
          size="small"
          disabled={!touched || review.busy}
          onClick={() =>
            void review.run({ do: 'edit', lines: [line.id], changes }).then((done) => done && setChanges({}))
          }
        >
          保存修改
        </Button>
        <Button size="small" disabled={review.busy} onClick={() => setParts(parts === null ? line.text : null)}>
          拆成几条
        </Button>
        <Input
          size="small"
          className="b-reason"
          aria-label="不登记的原因"
          placeholder="不登记的原因"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button
          size="small"
          danger
          disabled={reason.trim() === '' || review.busy}
          onClick={() => void review.run({ do: 'discard', lines: [line.id], reason })}
        >
          不登记
        </Button>
      </div>
      {parts === null ? null : (
        <div>
          <p className="g-quiet">每行一条，另起一行就是另一条。</p>
          <Input.TextArea
            aria-label="拆成几条"
            autoSize={{ minRows: 3, maxRows: 10 }}
            value={parts}
            onChange={(event) => setParts(event.target.value)}
          />
          <Button
            size="small"
            disabled={review.busy || parts.split('\n').filter((one) => one.trim() !== '').length < 2}
            onClick={() =>
              void review
                .run({
                  do: 'split',
                  line: line.id,
                  parts: parts
                    .split('\n')
                    .map((one) => one.trim())
                    .filter((one) => one !== ''),
                })
                .then((done) => done && setParts(null))
            }
          >
            拆开
          </Button>
        </div>
      )}
    </div>
  );
}
