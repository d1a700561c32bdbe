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
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import { dutyListLifecycle } from '../duty-lifecycle.ts';
import type { DutyItem } from '../shapes.ts';
import { DutyItems } from './DutyItems.tsx';
import { NumberField, Under, Words } from './fields.tsx';
import './meetings.css';
import { duties, listTone } from './meetings-client.ts';

interface Draft {
  readonly year: number;
  readonly name: string;
  readonly post: string;
  readonly unitId: string | null;
  readonly items: readonly DutyItem[];
}
const form: CaseForm<'all', Draft, null> = {
  fields: ['all'],
  call: caseCall(duties.makeDutyList),
  body: (draft) => ({ ...draft, personId: null, items: draft.items.filter((one) => one.text.trim() !== '') }),
  wide: true,
  says: '拟定之后由拟定人、本人以外的同志审定。',
};

/** 职责清单: every leader's list of the year and how much of it is done. */
export function DutyListsPage() {
  const { may, actor, today } = useSession();
  const [makes, setMakes] = useState(false);
  const read = useRead(duties.listDutyLists, { query: {} });
  return (
    <>
      <PageHeader
        title="职责清单"
        says="党政领导干部的职责清单和年度工作清单：每人哪些事、做了几件、有没有佐证。"
        actions={
          may('duty.work') ? (
            <Button type="primary" onClick={() => setMakes(true)}>
              拟定清单
            </Button>
          ) : null
        }
      />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      <Card>
        {read.data && read.data.rows.length === 0 ? (
          <p className="g-empty">还没有清单。</p>
        ) : (
          <div className="g-scroll-x">
            <table className="g-plain-table">
              <thead>
                <tr>
                  <th scope="col">编号</th>
                  <th scope="col">姓名</th>
                  <th scope="col">职务</th>
                  <th scope="col">单位</th>
                  <th scope="col">状态</th>
                  <th scope="col" className="g-num">
                    年度工作
                  </th>
                  <th scope="col" className="g-num">
                    已完成
                  </th>
                  <th scope="col" className="g-num">
                    逾期
                  </th>
                </tr>
              </thead>
              <tbody>
                {(read.data?.rows ?? []).map((row) => (
                  <tr key={row.id}>
                    <td className="g-nowrap">
                      <Link to={`/duty-lists/${row.id}`}>{row.number}</Link>
                    </td>
                    <td className="g-nowrap">{row.name}</td>
                    <td>{row.post}</td>
                    <td>{row.unitName}</td>
                    <td>
                      <StatusTag tone={listTone[row.state]}>{dutyListLifecycle.states[row.state]}</StatusTag>
                    </td>
                    <td className="g-num g-figures">{row.annual}</td>
                    <td className="g-num g-figures">{row.fulfilled}</td>
                    <td className="g-num g-figures">
                      {row.late > 0 ? <span className="g-meet-behind">{row.late}</span> : 0}
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
          keep="dutyList.make"
          word="拟定清单"
          subject="一位领导一个年度"
          begin={{ year: Number(today.slice(0, 4)), name: '', post: '', unitId: actor?.unitId ?? null, items: [] }}
          fields={(draft, change) => (
            <>
              <NumberField
                label="年度"
                must
                min={2000}
                max={2100}
                value={draft.year}
                onChange={(year) => change({ year })}
              />
              <Words label="姓名" must max={30} value={draft.name} onChange={(name) => change({ name })} />
              <Words label="职务" must max={40} value={draft.post} onChange={(post) => change({ post })} />
              <Under label="单位">
                {(id) => (
                  <UnitPicker id={id} label="单位" value={draft.unitId} onChange={(unitId) => change({ unitId })} />
                )}
              </Under>
              <DutyItems items={draft.items} onChange={(items) => change({ items })} />
            </>
          )}
          onClose={() => setMakes(false)}
          onRefresh={() => void read.refetch()}
        />
      ) : null}
    </>
  );
}
