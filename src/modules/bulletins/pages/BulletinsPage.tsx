import { Button, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import '../../../platform/web/case.css';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { FilterBar, type FilterField } from '../../../platform/web/parts/FilterBar.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { useListQuery } from '../../../platform/web/use-list-query.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { bulletinLifecycle, bulletinStates } from '../lifecycle.ts';
import './bulletins.css';
import { api, type BulletinQuery, stateTone } from './bulletins-client.ts';

const defaults: Partial<BulletinQuery> = { form: undefined, state: [], from: undefined, to: undefined };
const lists = ['state'] as const;

function MakeDialog(props: {
  forms: readonly { readonly id: string; readonly name: string }[];
  today: string;
  onClose: () => void;
}) {
  const id = useId();
  const go = useNavigate();
  const [formId, setFormId] = useState<string | null>(props.forms[0]?.id ?? null);
  const [day, setDay] = useState<string | null>(props.today);
  const making = useAct(api.makeBulletin, { onDone: (made) => void go(`/bulletins/${made.id}`) });
  return (
    <Modal
      open
      title="取数起草"
      okText="取数并起草"
      cancelText="返回"
      confirmLoading={making.busy}
      mask={{ closable: false }}
      onOk={() => void making.act({ body: { formId: formId ?? '', day: day ?? '' } })}
      onCancel={props.onClose}
    >
      <p className="g-quiet">到期的通报每天早晨自动起草。这里可以提前取数：当期还没有过完的，数字截至此刻。</p>
      <Labelled id={`${id}-form`} label="哪一种" must>
        <Select
          id={`${id}-form`}
          style={{ width: '100%' }}
          value={formId}
          onChange={setFormId}
          options={props.forms.map((one) => ({ value: one.id, label: one.name }))}
        />
      </Labelled>
      <Labelled id={`${id}-day`} label="哪一天所在的一期" must>
        <DayPicker id={`${id}-day`} label="哪一天所在的一期" value={day} onChange={setDay} />
      </Labelled>
      <RefusalAlert refusal={making.refusal} onResend={() => void making.resend()} />
    </Modal>
  );
}

/** 日报、周通报、月调度: drafts that lie ready, what was sent for approval, what was issued. */
export function BulletinsPage() {
  const { may, today } = useSession();
  const ledger = useLedger<BulletinQuery>(defaults);
  const { filters } = useListQuery(ledger, lists);
  const { page } = ledger;
  const read = useRead(api.listBulletins, { query: { ...filters, page } });
  const [makes, setMakes] = useState(false);
  const forms = read.data?.forms ?? [];
  const fields: readonly FilterField<BulletinQuery>[] = [
    { key: 'form', label: '种类', kind: 'choice', options: forms.map((one) => ({ value: one.id, label: one.name })) },
    {
      key: 'state',
      label: '状态',
      kind: 'choices',
      options: bulletinStates.map((one) => ({ value: one, label: bulletinLifecycle.states[one] })),
    },
    { key: 'from', label: '自', kind: 'day' },
    { key: 'to', label: '至', kind: 'day' },
  ];
  const rows = read.data?.rows ?? [];
  return (
    <>
      <PageHeader
        title="日报、周通报、月调度"
        says="到期的通报每天早晨自动取数起草；数字封存，文字可改，另一位同志批准后印发。"
        actions={
          <span className="g-row">
            <Link to="/bulletin-forms">通报种类</Link>
            {may('bulletin.write') && forms.length > 0 ? (
              <Button type="primary" onClick={() => setMakes(true)}>
                取数起草
              </Button>
            ) : null}
          </span>
        }
      />
      <FilterBar ledger={ledger} fields={fields} />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      <Card>
        {read.data && rows.length === 0 ? (
          <p className="g-empty">没有符合条件的通报。{may('bulletin.write') ? '' : '各单位可以看到已经印发的通报。'}</p>
        ) : (
          <div className="g-scroll-x">
            <table className="g-plain-table g-bulletins-list">
              <thead>
                <tr>
                  {['通报', '状态', '编号', '期次和文号', '送审', '批准', '印发'].map((word) => (
                    <th key={word} scope="col">
                      {word}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    <td className="g-whole">
                      <Link to={`/bulletins/${row.id}`}>{row.title}</Link>
                    </td>
                    <td>
                      <StatusTag tone={stateTone[row.state]}>{bulletinLifecycle.states[row.state]}</StatusTag>
                    </td>
                    <td className="g-code">{row.number}</td>
                    <td>{row.documentNumber ? `第${row.issue}期　${row.documentNumber}` : '—'}</td>
                    <td>{row.submittedByName ?? '—'}</td>
                    <td>{row.approvedByName ?? '—'}</td>
                    <td className="g-figures">{row.issuedOn ?? '—'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {read.data?.more || page > 1 ? (
          <p className="g-row">
            <Button disabled={page <= 1} onClick={() => ledger.setPage(page - 1, ledger.pageSize)}>
              上一页
            </Button>
            <Button disabled={!read.data?.more} onClick={() => ledger.setPage(page + 1, ledger.pageSize)}>
              下一页
            </Button>
          </p>
        ) : null}
      </Card>
      {makes ? <MakeDialog forms={forms} today={today} onClose={() => setMakes(false)} /> : null}
    </>
  );
}
