import { Button, Input, Modal, Radio, Select } from 'antd';
import { useId, useMemo, useState } from 'react';
import { FilterBar } from '../../../platform/web/parts/FilterBar.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import type { Ledger } from '../../../platform/web/use-ledger.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { type ViewColumn, type ViewFieldKey, viewFieldKeys, viewFields } from '../view-columns.ts';
import { type View, type ViewBody, views } from './batch-client.ts';
import { ledgerFields } from './ledger-filters.ts';
import { api, type ProblemQuery } from './problems-client.ts';

const sorts = {
  number: '编号，先早后晚',
  '-number': '编号，先晚后早',
  due: '时限，先近后远',
  '-due': '时限，先远后近',
  found: '发现日期，先早后晚',
  '-found': '发现日期，先晚后早',
  '-closed': '销号日期，先晚后早',
} as const;
const beginning: readonly ViewColumn[] = [
  { field: 'index' },
  { field: 'number' },
  { field: 'text' },
  { field: 'leadUnit' },
  { field: 'dueOn' },
  { field: 'state' },
];

const wordOf = (field: ViewColumn['field']): string => (field === 'index' ? '序号' : viewFields[field].word);

/** Name, title, columns in their order with the district's own words, filters, order, paper. */
export function ViewEditor({ view, onClose }: { view: View | null; onClose: () => void }) {
  const id = useId();
  const { actor } = useSession();
  const office = actor?.roles.includes('officer') ?? false;
  const choices = useRead(api.problemChoices);
  const [name, setName] = useState(view?.name ?? '');
  const [title, setTitle] = useState(view?.title ?? '');
  const [columns, setColumns] = useState<readonly ViewColumn[]>(view?.columns ?? beginning);
  const [filters, setFilters] = useState<Partial<ProblemQuery>>(view?.filters ?? {});
  const [sort, setSort] = useState<ViewBody['sort']>(view?.sort ?? 'number');
  const [paper, setPaper] = useState<'A4' | 'A3'>(view?.paper ?? 'A4');
  const [planId, setPlan] = useState<string | null>(view?.planId ?? null);
  const [shared, setShared] = useState(view ? view.unitId === null : office);
  const add = useAct(views.addView, { onDone: onClose });
  const change = useAct(views.changeView, { onDone: onClose });
  const remove = useAct(views.removeView, { onDone: onClose });
  // The filters of a view are the ledger's own, kept here instead of in the address.
  const ledger = useMemo<Ledger<ProblemQuery>>(
    () => ({
      query: filters as ProblemQuery,
      filters,
      setFilters: (part) => setFilters((old) => ({ ...old, ...part })),
      clear: () => setFilters({}),
      filtered: Object.values(filters).some((value) => (Array.isArray(value) ? value.length > 0 : Boolean(value))),
      page: 1,
      pageSize: 50,
      setPage: () => {},
      sort: undefined,
      setSort: () => {},
    }),
    [filters],
  );
  const move = (from: number, by: number): void => {
    const next = [...columns];
    const [one] = next.splice(from, 1);
    if (one) next.splice(from + by, 0, one);
    setColumns(next);
  };
  const set = (at: number, part: Partial<ViewColumn>): void =>
    setColumns(columns.map((column, index) => (index === at ? { ...column, ...part } : column)));
  const unused = viewFieldKeys.filter((key) => !columns.some((column) => column.field === key));
  const body = (): ViewBody => ({
    name,
    title: title || name,
    columns: columns.map(({ field, header, width }) => ({
      field,
      ...(header?.trim() ? { header: header.trim() } : {}),
      ...(width ? { width } : {}),
    })),
    filters: Object.fromEntries(
      Object.entries(filters).filter(([, value]) =>
        Array.isArray(value) ? value.length > 0 : value !== '' && value !== undefined && value !== null,
      ),
    ),
    sort: sort ?? null,
    paper,
    planId,
    shared,
  });
  const save = () =>
    void (view
      ? change.act({ params: { id: view.id }, body: { ...body(), version: view.version } })
      : add.act({ body: body() }));
  return (
    <Modal
      open
      width={860}
      title={view ? `修改视图：${view.name}` : '新建视图'}
      okText="保存"
      cancelText="返回"
      confirmLoading={add.busy || change.busy}
      okButtonProps={{ disabled: name.trim() === '' || columns.length === 0 }}
      mask={{ closable: false }}
      onOk={save}
      onCancel={onClose}
    >
      <div className="b-form">
        <div className="b-grid">
          <Labelled id={`${id}name`} label="视图名称" must>
            <Input id={`${id}name`} maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
          </Labelled>
          <Labelled id={`${id}title`} label="表格标题" says="印在表格最上面；空着用视图名称。">
            <Input id={`${id}title`} maxLength={80} value={title} onChange={(event) => setTitle(event.target.value)} />
          </Labelled>
        </div>
        <div className="g-field">
          <b id={`${id}columns`}>列（{columns.length}）</b>
          <ul className="b-columns" aria-labelledby={`${id}columns`}>
            {columns.map((column, index) => (
              <li key={column.field}>
                <span style={{ width: 110 }}>{wordOf(column.field)}</span>
                <Input
                  size="small"
                  style={{ width: 180 }}
                  aria-label={`「${wordOf(column.field)}」的表头用字`}
                  placeholder={`表头：${wordOf(column.field)}`}
                  maxLength={40}
                  value={column.header ?? ''}
                  onChange={(event) => set(index, { header: event.target.value })}
                />
                <Button
                  size="small"
                  disabled={index === 0}
                  aria-label={`「${wordOf(column.field)}」前移`}
                  onClick={() => move(index, -1)}
                >
                  前移
                </Button>
                <Button
                  size="small"
                  disabled={index === columns.length - 1}
                  aria-label={`「${wordOf(column.field)}」后移`}
                  onClick={() => move(index, 1)}
                >
                  后移
                </Button>
                <Button
                  size="small"
                  aria-label={`去掉「${wordOf(column.field)}」`}
                  onClick={() => setColumns(columns.filter((_, at) => at !== index))}
                >
                  去掉
                </Button>
              </li>
            ))}
          </ul>
          <Select<ViewFieldKey>
            aria-label="添加一列"
            style={{ width: 260, marginTop: 6 }}
            placeholder="添加一列…"
            value={null as unknown as ViewFieldKey}
            showSearch={{ optionFilterProp: 'label' }}
            options={unused.map((key) => ({ value: key, label: viewFields[key].word }))}
            onChange={(field) => field && setColumns([...columns, { field }])}
          />
        </div>
        <div className="g-field">
          <b>筛选</b>
          <FilterBar ledger={ledger} fields={ledgerFields(choices.data, Boolean(actor?.unitName))} first={6} />
        </div>
        <div className="b-grid">
          <Labelled id={`${id}sort`} label="次序">
            <Select
              id={`${id}sort`}
              style={{ width: '100%' }}
              value={sort ?? 'number'}
              options={Object.entries(sorts).map(([value, label]) => ({ value, label }))}
              onChange={(value: string) => setSort(value as ViewBody['sort'])}
            />
          </Labelled>
          <Labelled id={`${id}plan`} label="专项方案" says="只列入这份方案的问题。">
            <Select
              id={`${id}plan`}
              style={{ width: '100%' }}
              allowClear
              value={planId}
              options={(choices.data?.plans ?? []).map((plan) => ({ value: plan.id, label: plan.title }))}
              onChange={(value: string | undefined) => setPlan(value ?? null)}
            />
          </Labelled>
        </div>
        <div className="g-row">
          <Radio.Group
            aria-label="纸张"
            value={paper}
            onChange={(event) => setPaper(event.target.value as 'A4' | 'A3')}
            options={[
              { value: 'A4', label: 'A4 横向' },
              { value: 'A3', label: 'A3 横向' },
            ]}
          />
          <Radio.Group
            aria-label="范围"
            value={shared}
            onChange={(event) => setShared(event.target.value as boolean)}
            options={[
              { value: true, label: '共用', disabled: !office },
              { value: false, label: '本单位', disabled: !actor?.unitName },
            ]}
          />
          {view ? (
            <Button
              danger
              loading={remove.busy}
              onClick={() => void remove.act({ params: { id: view.id }, body: { version: view.version } })}
            >
              删除视图
            </Button>
          ) : null}
        </div>
        <RefusalAlert
          refusal={add.refusal ?? change.refusal ?? remove.refusal}
          onResend={view ? change.resend : add.resend}
        />
      </div>
    </Modal>
  );
}
