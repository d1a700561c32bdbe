import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { type CaseForm, caseCall } from '../../../platform/web/case-form.ts';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { UnitsPicker } from '../../units/pages/UnitPicker.tsx';
import { specialPeriodLifecycle } from '../period-lifecycle.ts';
import { DayField, Under, Words } from './fields.tsx';
import './meetings.css';
import { periodsOf, periodTone } from './meetings-client.ts';

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

/** 重点时段: 元旦、春节、两会 and others, with how whole each roster is. */
export function PeriodsPage() {
  const { may } = useSession();
  const [makes, setMakes] = useState(false);
  const read = useRead(periodsOf.listPeriods);
  return (
    <>
      <PageHeader
        title="重点时段和值班"
        says="元旦、春节、两会等时段：谁带班、谁值班、电话多少，空班一眼看到；专项检查下达为任务。"
        actions={
          may('meeting.rules') ? (
            <Button type="primary" onClick={() => setMakes(true)}>
              设定重点时段
            </Button>
          ) : null
        }
      />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      <Card>
        {read.data && read.data.rows.length === 0 ? (
          <p className="g-empty">还没有设定重点时段。</p>
        ) : (
          <div className="g-scroll-x">
            <table className="g-plain-table">
              <thead>
                <tr>
                  <th scope="col">编号</th>
                  <th scope="col">名称</th>
                  <th scope="col">起止</th>
                  <th scope="col">状态</th>
                  <th scope="col" className="g-num">
                    值班单位
                  </th>
                  <th scope="col" className="g-num">
                    已排班次
                  </th>
                  <th scope="col" className="g-num">
                    空班
                  </th>
                </tr>
              </thead>
              <tbody>
                {(read.data?.rows ?? []).map((row) => (
                  <tr key={row.id}>
                    <td className="g-nowrap">
                      <Link to={`/special-periods/${row.id}`}>{row.number}</Link>
                    </td>
                    <td>
                      {row.name} {row.running ? <StatusTag tone="active">正在进行</StatusTag> : null}
                    </td>
                    <td className="g-nowrap g-figures">
                      {row.fromOn} 至 {row.toOn}
                    </td>
                    <td>
                      <StatusTag tone={periodTone[row.state]}>{specialPeriodLifecycle.states[row.state]}</StatusTag>
                    </td>
                    <td className="g-num g-figures">{row.units}</td>
                    <td className="g-num g-figures">{row.shifts}</td>
                    <td className="g-num g-figures">
                      {row.gaps > 0 ? <span className="g-meet-behind">{row.gaps}</span> : 0}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
      {makes ? (
        <CaseDialog<'all', Draft, null>
          form={form}
          view={null}
          id=""
          keep="period.make"
          word="设定重点时段"
          subject="新的重点时段"
          begin={{ name: '', fromOn: null, toOn: null, demands: '', basis: '', unitIds: [] }}
          fields={(draft, change) => (
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
              <Words
                label="要求"
                rows={4}
                max={2000}
                value={draft.demands}
                onChange={(demands) => change({ demands })}
              />
              <Words label="依据" max={200} value={draft.basis} onChange={(basis) => change({ basis })} />
            </>
          )}
          onClose={() => setMakes(false)}
          onRefresh={() => void read.refetch()}
        />
      ) : null}
    </>
  );
}
