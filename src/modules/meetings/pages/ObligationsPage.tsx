import { Button } from 'antd';
import { useState } from 'react';
import { type CaseForm, caseCall } from '../../../platform/web/case-form.ts';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { datedColumns } from '../../../platform/web/parts/dated-columns.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { PlainTable } from '../../../platform/web/parts/PlainTable.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { UnitPicker, UnitsPicker } from '../../units/pages/UnitPicker.tsx';
import { periods } from '../api.ts';
import { Choose, DayField, NumberField, Under, Words } from './fields.tsx';
import { api, type ObligationRow } from './meetings-client.ts';

const periodNames: Readonly<Record<(typeof periods)[number], string>> = {
  week: '每周',
  month: '每月',
  quarter: '每季度',
  'half-year': '每半年',
  year: '每年',
};

interface Draft {
  readonly name: string;
  readonly convenerUnitId: string | null;
  readonly convener: string;
  readonly attends: string;
  readonly attendeeUnitIds: readonly string[];
  readonly count: number;
  readonly per: (typeof periods)[number];
  readonly everyYears: number;
  readonly fromOn: string | null;
  readonly toOn: string | null;
  readonly basis: string;
}
const form: CaseForm<'all', Draft, null> = {
  fields: ['all'],
  call: caseCall(api.makeObligation),
  body: (draft) => ({ ...draft, fromOn: draft.fromOn ?? '' }),
  wide: true,
  says: '从起始日期起算；应开的次数在期间内均匀铺开，由系统算出到哪一天应开几次。',
};

/** 会议要求: dated data, each with the document that demands it. */
export function ObligationsPage() {
  const { may, today } = useSession();
  const [makes, setMakes] = useState(false);
  const read = useRead(api.listObligations);
  const ending = useAct(api.endObligation);
  const direct = may('meeting.rules');
  const dated = datedColumns<ObligationRow>({
    today,
    may: direct,
    busy: ending.busy,
    onEnd: (one) => void ending.act({ params: { id: one.id }, body: { on: today } }),
  });
  return (
    <>
      <PageHeader
        title="会议要求"
        says="文件规定哪种会议多长时间至少开几次、谁召集、谁参加。"
        actions={
          direct ? (
            <Button type="primary" onClick={() => setMakes(true)}>
              新增要求
            </Button>
          ) : null
        }
      />
      <RefusalAlert refusal={read.error ?? ending.refusal} onResend={() => read.refetch()} />
      <Card>
        {read.data && read.data.rows.length === 0 ? (
          <p className="g-empty">还没有会议要求。</p>
        ) : (
          <PlainTable<ObligationRow>
            label="会议要求"
            columns={[
              { title: '会议', render: (one) => one.name },
              { title: '次数', nowrap: true, render: (one) => one.words },
              { title: '召集单位', render: (one) => one.convener },
              { title: '参加', render: (one) => one.attends || '—' },
              { title: '依据', render: (one) => one.basis },
              dated.days,
              dated.state,
            ]}
            rows={read.data?.rows ?? []}
            rowKey={(one) => one.id}
          />
        )}
      </Card>
      {makes ? (
        <CaseDialog<'all', Draft, null>
          form={form}
          view={null}
          id=""
          keep="meeting.obligation"
          word="新增会议要求"
          subject="哪种会议多长时间开几次"
          begin={{
            name: '',
            convenerUnitId: null,
            convener: '',
            attends: '',
            attendeeUnitIds: [],
            count: 1,
            per: 'quarter',
            everyYears: 1,
            fromOn: `${today.slice(0, 4)}-01-01`,
            toOn: null,
            basis: '',
          }}
          fields={(draft, change) => (
            <>
              <Words label="会议名称" must max={80} value={draft.name} onChange={(name) => change({ name })} />
              <Choose
                label="多长时间"
                value={draft.per}
                options={periods.map((value) => ({ value, label: periodNames[value] }))}
                onChange={(per) => change({ per })}
              />
              <NumberField
                label="至少几次"
                must
                min={1}
                max={366}
                value={draft.count}
                onChange={(count) => change({ count })}
              />
              {draft.per === 'year' ? (
                <NumberField
                  label="几年为一期"
                  min={1}
                  max={10}
                  says="每年的填1，每三年一次的填3。"
                  value={draft.everyYears}
                  onChange={(everyYears) => change({ everyYears })}
                />
              ) : null}
              <Words
                label="召集单位"
                must
                max={60}
                value={draft.convener}
                onChange={(convener) => change({ convener })}
              />
              <Under label="召集单位的账号单位" says="填了的，这个单位可以自己计划和办理。">
                {(id) => (
                  <UnitPicker
                    id={id}
                    label="召集单位的账号单位"
                    value={draft.convenerUnitId}
                    onChange={(convenerUnitId) => change({ convenerUnitId })}
                  />
                )}
              </Under>
              <Words label="哪些人参加" max={200} value={draft.attends} onChange={(attends) => change({ attends })} />
              <Under label="每次都参加的单位">
                {(id) => (
                  <UnitsPicker
                    id={id}
                    label="每次都参加的单位"
                    value={draft.attendeeUnitIds}
                    onChange={(attendeeUnitIds) => change({ attendeeUnitIds })}
                  />
                )}
              </Under>
              <Words
                label="依据（哪份文件哪一条）"
                must
                max={200}
                value={draft.basis}
                onChange={(basis) => change({ basis })}
              />
              <DayField label="自何日起" must value={draft.fromOn} onChange={(fromOn) => change({ fromOn })} />
              <DayField
                label="至何日止"
                says="没有规定就留空"
                value={draft.toOn}
                onChange={(toOn) => change({ toOn })}
              />
            </>
          )}
          onClose={() => setMakes(false)}
          onRefresh={() => void read.refetch()}
        />
      ) : null}
    </>
  );
}
