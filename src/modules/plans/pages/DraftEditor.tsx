import { Button, Input, InputNumber, Select, Space } from 'antd';
import { useEffect, useId, useState } from 'react';
import type { Span } from '../../../kernel/document.ts';
import { client } from '../../../platform/web/client.ts';
import { ConfirmWithReason } from '../../../platform/web/parts/ConfirmWithReason.tsx';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { unitsApi } from '../../units/api.ts';
import { type OpenPoint, proposedLead, resolutionOf } from '../completeness.ts';
import type { Operation } from '../operation.ts';
import type { Draft, DraftDeadline, DraftQuota } from '../plan.ts';
import type { UnitNames } from './UnitChoice.tsx';
import type { ReviewHandle, ReviewState } from './useReview.ts';

const units = client(unitsApi);
const perWords = {
  day: '每日',
  week: '每周',
  month: '每月',
  quarter: '每季度',
  'half-year': '每半年',
  year: '每年',
} as const;

interface Form {
  title: string;
  text: string;
  lead: readonly string[];
  responsible: readonly string[];
  territorial: readonly string[];
  deadlines: readonly DraftDeadline[];
  quotas: readonly DraftQuota[];
}

const texts = (mentions: readonly { text: string }[]): string[] => mentions.map((each) => each.text);
const formOf = (draft: Draft): Form => ({
  title: draft.title,
  text: draft.text,
  lead: texts(draft.lead),
  responsible: texts(draft.responsible),
  territorial: texts(draft.territorial),
  deadlines: draft.deadlines,
  quotas: draft.quotas,
});
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function operationsFor(draft: Draft, form: Form): Operation[] {
  const before = formOf(draft);
  const list: Operation[] = [];
  if (form.title !== before.title || form.text !== before.text)
    list.push({ do: 'edit', draft: draft.id, title: form.title, text: form.text });
  const { lead, responsible, territorial } = form;
  if (!same([lead, responsible, territorial], [before.lead, before.responsible, before.territorial]))
    list.push({ do: 'setUnits', drafts: [draft.id], lead, responsible, territorial });
  if (!same(form.deadlines, before.deadlines))
    list.push({ do: 'setDeadlines', drafts: [draft.id], deadlines: form.deadlines });
  if (!same(form.quotas, before.quotas)) list.push({ do: 'setQuotas', draft: draft.id, quotas: form.quotas });
  return list;
}

/** One line under review with everything that can be changed in it. */
export function DraftEditor(props: {
  draft: Draft;
  state: ReviewState;
  review: ReviewHandle;
  names: UnitNames;
  points: readonly OpenPoint[];
  selection: Span | null;
  place: number | null;
  neighbours: readonly [Draft | null, Draft | null];
  readOnly: boolean;
  onUnits: () => void;
}) {
  const { draft, state, review } = props;
  const id = useId();
  const [form, setForm] = useState<Form>(() => formOf(draft));
  const [asking, setAsking] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form begins anew when the line or its version changes
  useEffect(() => setForm(formOf(draft)), [draft.id, draft.version]);
  const operations = operationsFor(draft, form);
  const off = props.readOnly || review.busy || draft.discarded !== null;
  const proposed = proposedLead(draft, state.sheet, state.known);
  const [before, after] = props.neighbours;
  const unresolved = props.points.flatMap((point) => (point.kind === 'unresolved' && point.about ? [point.about] : []));
  const others = props.points.filter((point) => point.kind !== 'unresolved');
  const canSplit = props.place !== null && props.place > draft.source.start && props.place < draft.source.end;
  return (
    <section className="p-editor" aria-label={`任务${draft.number}`}>
      {props.points.length > 0 ? (
        <ul className="p-points">
          {unresolved.length > 0 ? (
            <li className="p-must">
              单位名称对不上：{unresolved.map((text) => `「${text}」`).join('')}{' '}
              <button type="button" className="p-link" onClick={props.onUnits}>
                去对应
              </button>
            </li>
          ) : null}
          {others.map((point) => (
            <li key={`${point.kind}${point.about ?? ''}`} className={point.blocks ? 'p-must' : 'p-hint'}>
              {point.says}{' '}
              {point.kind === 'leadProposed' && proposed ? (
                <Button
                  size="small"
                  type="primary"
                  disabled={off}
                  onClick={() => void review.run({ do: 'confirmLeads', leads: [{ draft: draft.id, unit: proposed }] })}
                >
                  确认由{proposed}牵头
                </Button>
              ) : null}
              {point.kind === 'noUnit' && state.officeName ? (
                <Button
                  size="small"
                  disabled={off}
                  onClick={() =>
                    void review.run({ do: 'setUnits', drafts: [draft.id], lead: [state.officeName ?? ''] })
                  }
                >
                  由{state.officeName}牵头
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      <div className="g-field">
        <label htmlFor={`${id}title`}>任务名称</label>
        <Input
          id={`${id}title`}
          value={form.title}
          maxLength={500}
          disabled={off}
          onChange={(event) => setForm({ ...form, title: event.target.value })}
        />
      </div>
      <div className="g-field">
        <label htmlFor={`${id}text`}>具体内容（工作举措）</label>
        <Input.TextArea
          id={`${id}text`}
          value={form.text}
          autoSize={{ minRows: 2, maxRows: 8 }}
          disabled={off}
          onChange={(event) => setForm({ ...form, text: event.target.value })}
        />
      </div>
      {(['lead', 'responsible', 'territorial'] as const).map((role) => (
        <div className="g-field" key={role}>
          <label htmlFor={`${id}${role}`}>
            {{ lead: '牵头单位', responsible: '责任单位', territorial: '属地单位' }[role]}
          </label>
          <Select
            id={`${id}${role}`}
            mode="tags"
            value={[...form[role]]}
            disabled={off}
            tokenSeparators={['、', '，', ',', '；']}
            options={props.names.options.map((option) => {
              const name = props.names.byKey.get(option.value);
              const value = name && name.kind !== 'nobody' ? name.name : option.label;
              return { value, label: value, search: option.search };
            })}
            showSearch={{
              filterOption: (typed, option) => (option?.search ?? '').includes(typed.trim().toLowerCase()),
            }}
            tagRender={(tag) => {
              const meant = resolutionOf(String(tag.value), draft.id, state.sheet, state.known);
              const unknown = meant.kind === 'unresolved' && !props.names.names.includes(String(tag.value));
              return (
                <span
                  className={`p-tag${unknown ? ' p-tag-open' : ''}`}
                  title={unknown ? '单位名册里对不上，请在「单位」页签中对应' : undefined}
                >
                  {tag.label}
                  {meant.kind === 'group' ? `（${meant.unitIds.length}家）` : ''}
                  {unknown ? '（待对应）' : ''}
                  {off ? null : (
                    <button type="button" aria-label={`去掉${String(tag.value)}`} onClick={tag.onClose}>
                      ×
                    </button>
                  )}
                </span>
              );
            }}
            onChange={(value: string[]) => setForm({ ...form, [role]: value })}
          />
        </div>
      ))}
      <Deadlines form={form} setForm={setForm} state={state} off={off} />
      <Quotas form={form} setForm={setForm} off={off} />
      <div className="g-row">
        <Person draft={draft} state={state} off={off} review={review} />
        <div className="g-field">
          <label htmlFor={`${id}stage`}>所属阶段</label>
          <Select
            id={`${id}stage`}
            className="p-unit-choice"
            allowClear
            placeholder="不分阶段"
            value={draft.stage}
            disabled={off || state.sheet.stages.length === 0}
            options={state.sheet.stages.map((stage) => ({ value: stage.key, label: stage.name }))}
            onChange={(stage: string | undefined) =>
              void review.run({ do: 'setStage', drafts: [draft.id], stage: stage ?? null })
            }
          />
        </div>
      </div>
      <Space wrap className="p-editor-foot">
        <Button
          size="small"
          type="primary"
          loading={review.busy}
          disabled={off || operations.length === 0}
          onClick={() => void review.run(...operations)}
        >
          保存修改
        </Button>
        <Button size="small" disabled={off || operations.length === 0} onClick={() => setForm(formOf(draft))}>
          放弃修改
        </Button>
        <Button
          size="small"
          disabled={off || !canSplit}
          title={canSplit ? undefined : '请先在左侧原文中、这条任务的文字里点一下，再拆分'}
          onClick={() => props.place !== null && void review.run({ do: 'split', draft: draft.id, at: props.place })}
        >
          从点击处拆分
        </Button>
        <Button
          size="small"
          disabled={off || props.selection === null}
          title={props.selection ? undefined : '请先在左侧原文中选中文字'}
          onClick={() => props.selection && void review.run({ do: 'append', draft: draft.id, span: props.selection })}
        >
          并入选中文字
        </Button>
        <Button
          size="small"
          disabled={off || !before}
          onClick={() => before && void review.run({ do: 'merge', drafts: [before.id, draft.id] })}
        >
          与上一条合并
        </Button>
        <Button
          size="small"
          disabled={off || !after}
          onClick={() => after && void review.run({ do: 'merge', drafts: [draft.id, after.id] })}
        >
          与下一条合并
        </Button>
        {draft.discarded === null ? (
          <Button size="small" danger disabled={off} onClick={() => setAsking(true)}>
            不作为任务
          </Button>
        ) : (
          <Button
            size="small"
            disabled={props.readOnly || review.busy}
            onClick={() => void review.run({ do: 'restore', drafts: [draft.id] })}
          >
            恢复为任务
          </Button>
        )}
      </Space>
      <ConfirmWithReason
        open={asking}
        title={`任务${draft.number}不作为任务`}
        reasonLabel="原因"
        confirmLabel="确定舍去"
        busy={review.busy}
        refusal={review.refusal}
        onCancel={() => setAsking(false)}
        onConfirm={(reason) =>
          void review.run({ do: 'discard', drafts: [draft.id], reason }).then((done) => done && setAsking(false))
        }
      />
    </section>
  );
}

function Deadlines({
  form,
  setForm,
  state,
  off,
}: {
  form: Form;
  setForm: (form: Form) => void;
  state: ReviewState;
  off: boolean;
}) {
  const change = (index: number, edit: Partial<DraftDeadline>): void =>
    setForm({ ...form, deadlines: form.deadlines.map((each, at) => (at === index ? { ...each, ...edit } : each)) });
  return (
    <fieldset className="p-fields">
      <legend>完成时限</legend>
      {form.deadlines.map((deadline, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: deadlines have no identity but their place
        <div className="g-row" key={index}>
          <Input
            aria-label="时限的原文"
            className="p-short"
            value={deadline.text}
            disabled={off}
            onChange={(event) => change(index, { text: event.target.value })}
          />
          <DayPicker
            label="最后一天"
            value={deadline.date}
            disabled={off}
            onChange={(date) => change(index, { date, kind: date ? 'date' : deadline.kind })}
          />
          {state.sheet.events.length > 0 ? (
            <Select
              aria-label="系于事件"
              className="p-short"
              allowClear
              placeholder="系于事件"
              value={deadline.event ?? null}
              disabled={off}
              options={state.sheet.events.map((event) => ({ value: event.key, label: event.name }))}
              onChange={(event: string | null | undefined) =>
                change(index, { event: event ?? null, kind: event ? 'event' : 'date' })
              }
            />
          ) : null}
          <Button
            size="small"
            disabled={off}
            onClick={() => setForm({ ...form, deadlines: form.deadlines.filter((_, at) => at !== index) })}
          >
            删除
          </Button>
        </div>
      ))}
      <Button
        size="small"
        disabled={off}
        onClick={() =>
          setForm({
            ...form,
            deadlines: [...form.deadlines, { text: '校核时补充', kind: 'date', date: null, source: null }],
          })
        }
      >
        添加时限
      </Button>
    </fieldset>
  );
}

function Quotas({ form, setForm, off }: { form: Form; setForm: (form: Form) => void; off: boolean }) {
  const change = (index: number, edit: Partial<DraftQuota>): void =>
    setForm({ ...form, quotas: form.quotas.map((each, at) => (at === index ? { ...each, ...edit } : each)) });
  return (
    <fieldset className="p-fields">
      <legend>频次要求</legend>
      {form.quotas.map((quota, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: quotas have no identity but their place
        <div className="g-row" key={index}>
          <Select
            aria-label="周期"
            value={quota.per}
            disabled={off}
            options={Object.entries(perWords).map(([value, label]) => ({ value: value as DraftQuota['per'], label }))}
            onChange={(per) => change(index, { per })}
          />
          <InputNumber
            aria-label="不少于几次"
            min={1}
            value={quota.count}
            disabled={off}
            onChange={(count) => change(index, { count: count ?? 1 })}
          />
          <span>次　{quota.text}</span>
          <Button
            size="small"
            disabled={off}
            onClick={() => setForm({ ...form, quotas: form.quotas.filter((_, at) => at !== index) })}
          >
            删除
          </Button>
        </div>
      ))}
      <Button
        size="small"
        disabled={off}
        onClick={() =>
          setForm({ ...form, quotas: [...form.quotas, { text: '校核时补充', count: 1, per: 'quarter', source: null }] })
        }
      >
        添加频次
      </Button>
    </fieldset>
  );
}

function Person({
  draft,
  state,
  off,
  review,
}: {
  draft: Draft;
  state: ReviewState;
  off: boolean;
  review: ReviewHandle;
}) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const first = draft.lead[0] ?? draft.responsible[0];
  const meant = first ? resolutionOf(first.text, draft.id, state.sheet, state.known) : null;
  const unitId = meant?.kind === 'unit' ? meant.unitId : undefined;
  const people = useRead(units.listPeople, {
    query: { pageSize: 50, ...(typed.trim() === '' ? (unitId ? { unitId } : {}) : { q: typed.trim() }) },
  });
  const options = (people.data?.rows ?? []).map((person) => ({
    value: person.id,
    label: `${person.name}${person.posts[0] ? `（${person.posts[0].unitName}${person.posts[0].title}）` : ''}`,
    name: person.name,
  }));
  const chosen = draft.person;
  if (chosen && !options.some((option) => option.value === chosen.id))
    options.unshift({ value: chosen.id, label: chosen.name, name: chosen.name });
  return (
    <div className="g-field">
      <label htmlFor={`${id}person`}>责任人</label>
      <Select
        id={`${id}person`}
        className="p-unit-choice"
        allowClear
        placeholder="按姓名查找"
        showSearch={{ filterOption: false, onSearch: setTyped }}
        value={chosen?.id ?? null}
        disabled={off}
        options={options}
        onChange={(value: string | null | undefined) => {
          const person = options.find((option) => option.value === value);
          void review.run({
            do: 'setPerson',
            drafts: [draft.id],
            person: person ? { id: person.value, name: person.name } : null,
          });
        }}
      />
    </div>
  );
}
