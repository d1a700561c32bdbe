import { Link } from 'react-router';
import { type CaseForm, caseCall } from '../../../platform/web/case-form.ts';
import type { PlainColumn } from '../../../platform/web/parts/PlainTable.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import { dutyListLifecycle } from '../duty-lifecycle.ts';
import type { DutyItem } from '../shapes.ts';
import { behind, CaseList } from './CaseList.tsx';
import { DutyItems } from './DutyItems.tsx';
import { NumberField, Under, Words } from './fields.tsx';
import { type DutyListLine, duties, listTone } from './meetings-client.ts';

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

const columns: readonly PlainColumn<DutyListLine>[] = [
  { title: '编号', nowrap: true, render: (row) => <Link to={`/duty-lists/${row.id}`}>{row.number}</Link> },
  { title: '姓名', nowrap: true, render: (row) => <Link to={`/duty-lists/${row.id}`}>{row.name}</Link> },
  { title: '职务', render: (row) => row.post },
  { title: '单位', render: (row) => row.unitName },
  {
    title: '状态',
    render: (row) => <StatusTag tone={listTone[row.state]}>{dutyListLifecycle.states[row.state]}</StatusTag>,
  },
  { title: '年度工作', number: true, render: (row) => row.annual },
  { title: '已完成', number: true, render: (row) => row.fulfilled },
  { title: '逾期', number: true, render: (row) => behind(row.late) },
];

/** 职责清单: every leader's list of the year and how much of it is done. */
export function DutyListsPage() {
  const { may, actor, today } = useSession();
  return (
    <CaseList<DutyListLine, Draft>
      title="职责清单"
      says="党政领导干部的职责清单和年度工作清单：每人哪些事、做了几件、有没有佐证。"
      read={useRead(duties.listDutyLists, { query: {} })}
      columns={columns}
      empty="还没有清单。"
      make={may('duty.work') ? '拟定清单' : null}
      dialog={{
        form,
        keep: 'dutyList.make',
        subject: '一位领导一个年度',
        begin: { year: Number(today.slice(0, 4)), name: '', post: '', unitId: actor?.unitId ?? null, items: [] },
        fields: (draft, change) => (
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
        ),
      }}
    />
  );
}
