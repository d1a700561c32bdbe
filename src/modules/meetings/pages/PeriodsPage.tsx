import { Link } from 'react-router';
import { type CaseForm, caseCall } from '../../../platform/web/case-form.ts';
import type { PlainColumn } from '../../../platform/web/parts/PlainTable.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { UnitsPicker } from '../../units/pages/UnitPicker.tsx';
import { specialPeriodLifecycle } from '../period-lifecycle.ts';
import { behind, CaseList } from './CaseList.tsx';
import { DayField, Under, Words } from './fields.tsx';
import { type PeriodLine, periodsOf, periodTone } from './meetings-client.ts';

interface Draft {
  readonly name: string;
  readonly fromOn: string | null;
  readonly toOn: string | null;
  readonly demands: string;
  readonly basis: string;
  readonly unitIds: readonly string[];
}
const form: CaseForm<'all', Draft, null> = {
  fields: ['all'],
  call: caseCall(periodsOf.makePeriod),
  body: (draft) => ({ ...draft, fromOn: draft.fromOn ?? '', toOn: draft.toOn ?? '' }),
  wide: true,
};

const columns: readonly PlainColumn<PeriodLine>[] = [
  { title: '编号', nowrap: true, render: (row) => <Link to={`/special-periods/${row.id}`}>{row.number}</Link> },
  {
    title: '名称',
    render: (row) => (
      <>
        <Link to={`/special-periods/${row.id}`}>{row.name}</Link>{' '}
        {row.running ? <StatusTag tone="active">正在进行</StatusTag> : null}
      </>
    ),
  },
  { title: '起止', nowrap: true, render: (row) => `${row.fromOn} 至 ${row.toOn}` },
  {
    title: '状态',
    render: (row) => <StatusTag tone={periodTone[row.state]}>{specialPeriodLifecycle.states[row.state]}</StatusTag>,
  },
  { title: '值班单位', number: true, render: (row) => row.units },
  { title: '已排班次', number: true, render: (row) => row.shifts },
  { title: '空班', number: true, render: (row) => behind(row.gaps) },
];

/** 重点时段: 元旦、春节、两会 and others, with how whole each roster is. */
export function PeriodsPage() {
  const { may } = useSession();
  return (
    <CaseList<PeriodLine, Draft>
      title="重点时段和值班"
      says="元旦、春节、两会等时段：谁带班、谁值班、电话多少，空班一眼看到；专项检查下达为任务。"
      read={useRead(periodsOf.listPeriods)}
      columns={columns}
      empty="还没有设定重点时段。"
      make={may('meeting.rules') ? '设定重点时段' : null}
      dialog={{
        form,
        keep: 'period.make',
        subject: '新的重点时段',
        begin: { name: '', fromOn: null, toOn: null, demands: '', basis: '', unitIds: [] },
        fields: (draft, change) => (
          <>
            <Words label="名称" must max={60} value={draft.name} onChange={(name) => change({ name })} />
            <DayField label="自何日起" must value={draft.fromOn} onChange={(fromOn) => change({ fromOn })} />
            <DayField label="至何日止" must value={draft.toOn} onChange={(toOn) => change({ toOn })} />
            <Under label="值班单位" must>
              {(id) => (
                <UnitsPicker
                  id={id}
                  label="值班单位"
                  value={draft.unitIds}
                  onChange={(unitIds) => change({ unitIds })}
                />
              )}
            </Under>
            <Words label="要求" rows={4} max={2000} value={draft.demands} onChange={(demands) => change({ demands })} />
            <Words label="依据" max={200} value={draft.basis} onChange={(basis) => change({ basis })} />
          </>
        ),
      }}
    />
  );
}
