import { Button, Checkbox, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { BodyOf, ResponseOf } from '../../../kernel/contract.ts';
import { client } from '../../../platform/web/client.ts';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import type { LedgerColumn } from '../../../platform/web/parts/LedgerTable.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { viewsApi } from '../api-views.ts';
import type { ViewFieldKey } from '../view-columns.ts';
import type { ProblemLine, ProblemQuery } from './problems-client.ts';

const api = client(viewsApi);
export type SavedView = ResponseOf<typeof viewsApi.listViews>['rows'][number];

/** Which column of the ledger shows a field of a view; fields that only prints have are left out on the screen. */
const columnOf: Partial<Record<ViewFieldKey, string>> = {
  number: 'number',
  originalNumber: 'original',
  kind: 'kind',
  title: 'title',
  text: 'title',
  grade: 'grade',
  subject: 'subject',
  address: 'address',
  sector: 'sector',
  tags: 'tags',
  source: 'source',
  foundOn: 'found',
  enteredOn: 'entered',
  leadUnit: 'leadUnit',
  supervisingUnit: 'supervising',
  person: 'person',
  dueOn: 'due',
  state: 'state',
  lamp: 'lamp',
  closedOn: 'closed',
};

/** Fields of a view that is saved for the first time; they are changed on the page of views. */
const usualFields: readonly ViewFieldKey[] = [
  'number',
  'text',
  'subject',
  'grade',
  'source',
  'foundOn',
  'leadUnit',
  'person',
  'dueOn',
  'state',
  'closedOn',
];

/** The columns of the ledger in the order and words of a view; those that it does not have can still be chosen. */
export function columnsOf(
  view: SavedView | undefined,
  columns: readonly LedgerColumn<ProblemLine>[],
): readonly LedgerColumn<ProblemLine>[] {
  if (!view) return columns;
  const shown = new Map<string, string | undefined>();
  for (const { field, header } of view.columns) {
    const key = field === 'index' ? undefined : columnOf[field];
    if (key !== undefined && !shown.has(key)) shown.set(key, header);
  }
  if (!shown.has('title')) shown.set('title', undefined);
  const byKey = new Map(columns.map((column) => [column.key, column]));
  return [
    ...[...shown].flatMap(([key, header]) => {
      const column = byKey.get(key);
      return column ? [{ ...column, hidden: false, title: header ?? column.title }] : [];
    }),
    ...columns.filter((column) => !shown.has(column.key)).map((column) => ({ ...column, hidden: true })),
  ];
}

/** The view named in the address, and all that can be chosen. */
export function useSavedViews() {
  const [params, setParams] = useSearchParams();
  const read = useRead(api.listViews);
  const views = read.data?.rows ?? [];
  const view = views.find((one) => one.id === params.get('view'));
  const choose = (next: SavedView | undefined) => {
    const address = new URLSearchParams();
    const asOf = params.get('asOf');
    if (asOf !== null) address.set('asOf', asOf);
    if (next) {
      address.set('view', next.id);
      if (next.sort) address.set('sort', next.sort);
      for (const [key, value] of Object.entries(next.filters))
        for (const each of Array.isArray(value) ? value : [value])
          if (each !== undefined && each !== null) address.append(key, String(each));
    }
    setParams(address);
  };
  return { views, view, choose };
}

/** Chooses a saved view above the ledger, and keeps what is filtered now as a view of its own. */
export function SavedViews(props: {
  views: readonly SavedView[];
  view: SavedView | undefined;
  onChoose: (view: SavedView | undefined) => void;
  filters: Partial<ProblemQuery>;
  sort: string | undefined;
}) {
  const { actor, may } = useSession();
  const [saving, setSaving] = useState(false);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const adding = useAct(api.addView, { onDone: () => setSaving(false) });
  const save = () => {
    const body = {
      name: name.trim(),
      title: name.trim(),
      columns: props.view?.columns ?? [{ field: 'index' as const }, ...usualFields.map((field) => ({ field }))],
      filters: Object.fromEntries(
        Object.entries(props.filters).filter(([key, value]) =>
          key === 'sort' || key === 'asOf'
            ? false
            : Array.isArray(value)
              ? value.length > 0
              : value !== undefined && value !== '',
        ),
      ),
      sort: props.sort ?? null,
      paper: props.view?.paper ?? 'A4',
      planId: props.view?.planId ?? null,
      shared,
    } as BodyOf<typeof viewsApi.addView>;
    void adding.act({ body });
  };
  return (
    <>
      <Select<string>
        aria-label="清单视图"
        placeholder="清单视图"
        style={{ width: 220 }}
        allowClear
        value={props.view?.id ?? null}
        notFoundContent="还没有保存过清单视图"
        options={props.views.map((one) => ({
          value: one.id,
          label: one.planTitle ? `${one.name}（${one.planTitle}）` : one.name,
        }))}
        onChange={(id: string | undefined) => props.onChoose(props.views.find((one) => one.id === id))}
      />
      {may('problem.view.change') ? (
        <Button className="g-wide-only" onClick={() => setSaving(true)}>
          另存为视图
        </Button>
      ) : null}
      <Modal
        open={saving}
        title="把现在的筛选和排序存为清单视图"
        okText="保存"
        cancelText="返回"
        confirmLoading={adding.busy}
        okButtonProps={{ disabled: name.trim() === '' }}
        onOk={save}
        onCancel={() => setSaving(false)}
      >
        <Labelled id="view-name" label="名称" must says="导出的表格也用这个标题；列和标题以后可以在清单视图里改。">
          <Input id="view-name" maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
        </Labelled>
        {actor?.roles.includes('officer') ? (
          <div className="g-field">
            <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
              全区都能看到这个视图
            </Checkbox>
          </div>
        ) : null}
        <RefusalAlert refusal={adding.refusal} onResend={() => void adding.resend()} />
      </Modal>
    </>
  );
}
