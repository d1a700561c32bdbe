import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { type CaseForm, caseCall as call } from '../../../platform/web/case-form.ts';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Facts } from '../../../platform/web/parts/Facts.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { type PlainColumn, PlainTable } from '../../../platform/web/parts/PlainTable.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { type SessionContext, useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { IssuedDocuments } from '../../letters/pages/IssuedDocuments.tsx';
import { type PeriodAction, specialPeriodLifecycle } from '../period-lifecycle.ts';
import type { Shift } from '../shapes.ts';
import { CaseFrame, TaskLink } from './CaseFrame.tsx';
import { Choose, DayField, Lines, Words } from './fields.tsx';
import { type PeriodView, periodsOf, periodTone } from './meetings-client.ts';

interface Draft {
  readonly shifts: readonly Shift[];
  readonly unitId: string;
  readonly day: string | null;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly dueOn: string | null;
}
type Field = 'shifts' | 'handover' | 'checks' | 'summary' | 'nothing';
type Form = CaseForm<Field, Draft, PeriodView>;
const version = (view: PeriodView) => ({ version: view.version });

const forms: Readonly<Record<PeriodAction, Form>> = {
  setShifts: {
    fields: ['shifts'],
    call: call(periodsOf.setShifts),
    body: (draft) => ({ shifts: draft.shifts.filter((one) => one.person.trim() !== '' || one.leader.trim() !== '') }),
    wide: true,
    says: '同一单位同一天再填一次的，以后填的为准。没有写带班领导和值班人员的行不提交。',
  },
  issueRoster: { fields: ['nothing'], call: call(periodsOf.issueRoster), body: (_, view) => version(view) },
  handOver: {
    fields: ['handover'],
    call: call(periodsOf.handOver),
    body: ({ unitId, day, from, to, text }) => ({ unitId, day: day ?? '', from, to, text }),
    wide: true,
    says: '交接班记录只能增加，不能修改。',
  },
  orderChecks: {
    fields: ['checks'],
    call: call(periodsOf.orderChecks),
    body: (draft, view) => ({ ...version(view), text: draft.text, dueOn: draft.dueOn ?? '' }),
    says: '给每个值班单位下达一件任务。',
  },
  endPeriod: {
    fields: ['summary'],
    call: call(periodsOf.endPeriod),
    body: (draft, view) => ({ ...version(view), summary: draft.text }),
  },
};

/** Shifts that are missing, so that the form needs no choosing of days; only one's own unit's where one is no officer. */
function missingShifts(view: PeriodView, actor: SessionContext['actor']): Shift[] {
  const office = actor?.roles.includes('officer') ?? false;
  return view.gaps
    .filter((gap) => office || gap.unitId === actor?.unitId)
    .flatMap((gap) =>
      gap.days.map((day) => ({
        day,
        unitId: gap.unitId,
        unitName: gap.unitName,
        leader: '',
        leaderPhone: '',
        person: '',
        phone: '',
      })),
    )
    .slice(0, 60);
}

/** Lines without people get those of the line of the same unit before them. */
function filledDown(shifts: readonly Shift[]): Shift[] {
  const last = new Map<string, Shift>();
  return shifts.map((one) => {
    const before = last.get(one.unitId);
    const blank = one.leader === '' && one.person === '';
    const { leader, leaderPhone, person, phone } = before ?? one;
    const now = blank ? { ...one, leader, leaderPhone, person, phone } : one;
    last.set(one.unitId, now);
    return now;
  });
}

function ShiftFields({
  view,
  draft,
  change,
}: {
  view: PeriodView;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}) {
  const { actor } = useSession();
  const units = view.units.filter((unit) => actor?.roles.includes('officer') || unit.id === actor?.unitId);
  const [first] = units;
  const text = (label: string, value: string, onChange: (value: string) => void) => (
    <Input
      aria-label={label}
      placeholder={label.replace(/^第\d+行/, '')}
      maxLength={30}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
  const filled = draft.shifts.filter((one) => one.leader.trim() !== '' && one.person.trim() !== '');
  const open = draft.shifts.some((one) => one.leader === '' && one.person === '');
  return (
    <>
      <Lines<Shift>
        legend="班次"
        add="增加一班"
        lines={draft.shifts}
        blank={{
          day: view.fromOn,
          unitId: first?.id ?? '',
          unitName: first?.name ?? '',
          leader: '',
          leaderPhone: '',
          person: '',
          phone: '',
        }}
        onChange={(shifts) => change({ shifts })}
        one={(line, edit, at) => (
          <>
            <DayPicker
              label={`第${at + 1}行日期`}
              from={view.fromOn}
              to={view.toOn}
              required
              value={line.day}
              onChange={(day) => edit({ day: day ?? view.fromOn })}
            />
            <Select
              aria-label={`第${at + 1}行单位`}
              value={line.unitId}
              options={units.map((unit) => ({ value: unit.id, label: unit.name }))}
              onChange={(unitId: string) => edit({ unitId })}
            />
            {text(`第${at + 1}行带班领导`, line.leader, (leader) => edit({ leader }))}
            {text(`第${at + 1}行领导电话`, line.leaderPhone, (leaderPhone) => edit({ leaderPhone }))}
            {text(`第${at + 1}行值班人员`, line.person, (person) => edit({ person }))}
            {text(`第${at + 1}行值班电话`, line.phone, (phone) => edit({ phone }))}
          </>
        )}
      />
      {filled.length > 0 && open ? (
        <Button onClick={() => change({ shifts: filledDown(draft.shifts) })}>空行照本单位上一班填写</Button>
      ) : null}
    </>
  );
}

function Roster({ view, today }: { view: PeriodView; today: string }) {
  const past = view.shifts.filter((one) => one.day < today);
  const coming = view.shifts.filter((one) => one.day >= today);
  const call = (phone: string) => (phone ? <a href={`tel:${phone}`}>{phone}</a> : null);
  const columns: readonly PlainColumn<Shift>[] = [
    {
      title: '日期',
      nowrap: true,
      render: (one) => (one.day === today ? <b>{one.day}（今天）</b> : one.day),
    },
    { title: '单位', render: (one) => one.unitName },
    {
      title: '带班领导',
      render: (one) => (
        <>
          {one.leader} {call(one.leaderPhone)}
        </>
      ),
    },
    { title: '值班人员', nowrap: true, render: (one) => one.person },
    { title: '值班电话', nowrap: true, render: (one) => call(one.phone) },
  ];
  return (
    <Card title={`值班表（${view.shifts.length}个班次）`}>
      {view.gaps.length > 0 ? (
        <div role="status">
          {view.gaps.map((gap) => (
            <p key={gap.unitId} className="g-meet-behind">
              {gap.unitName}：
              {gap.days.length > 4 ? `${gap.days.slice(0, 4).join('、')}等${gap.days.length}天` : gap.days.join('、')}
              没有安排值班
            </p>
          ))}
        </div>
      ) : null}
      {coming.length > 0 ? (
        <PlainTable label="值班表" columns={columns} rows={coming} rowKey={(one) => `${one.day}${one.unitId}`} />
      ) : null}
      {past.length > 0 ? (
        <details open={coming.length === 0}>
          <summary>今天以前的{past.length}个班次</summary>
          <PlainTable
            label="今天以前的班次"
            columns={columns}
            rows={past}
            rowKey={(one) => `${one.day}${one.unitId}`}
          />
        </details>
      ) : null}
    </Card>
  );
}

/** One special period: demands, roster with its gaps, hand-overs, extra checks. */
export function PeriodPage() {
  const { id = '' } = useParams();
  const { today, actor } = useSession();
  const read = useRead(periodsOf.viewPeriod, { params: { id } }, { keepFormer: false });
  const [action, setAction] = useState<PeriodAction | null>(null);
  const view = read.data;
  if (!view)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在读取…</p>
    );
  return (
    <>
      <CaseFrame
        title={view.name}
        tone={periodTone[view.state]}
        state={specialPeriodLifecycle.states[view.state]}
        says={
          <>
            <span className="g-code">{view.number}</span>　{view.fromOn} 至 {view.toOn}
          </>
        }
        nextStep={view.nextStep}
        offers={view.offers}
        leading={
          view.gaps.length > 0 ? ['setShifts', 'orderChecks'] : ['issueRoster', 'orderChecks', 'handOver', 'endPeriod']
        }
        onChoose={(name) => setAction(name as PeriodAction)}
        facts={view.facts}
      >
        <Card title="要求">
          <Facts
            rows={[
              { name: '要求', value: view.demands, wide: true },
              { name: '依据', value: view.basis },
              { name: '值班表文号', value: view.rosterNumber },
              { name: '值班单位', value: view.units.map((unit) => unit.name).join('、'), wide: true },
              ...(view.checks
                ? [
                    {
                      name: '专项检查',
                      value: (
                        <>
                          {view.checks.text}（{view.checks.dueOn}前完成）
                          {view.checks.tasks.map((task) => (
                            <div key={task.id}>
                              {task.leadUnitName} <TaskLink task={task} />
                            </div>
                          ))}
                        </>
                      ),
                      wide: true,
                    },
                  ]
                : []),
              ...(view.summary ? [{ name: '安全情况', value: view.summary, wide: true }] : []),
            ]}
          />
        </Card>
        <Roster view={view} today={today} />
        <Card title={`交接班（${view.handovers.length}次）`}>
          {view.handovers.length === 0 ? <p className="g-quiet">还没有登记交接班。</p> : null}
          {view.handovers.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries are only added
            <article key={at}>
              <p className="g-quiet g-figures">
                {one.day} {one.unitName}：{one.from} 交 {one.to}（{one.byName}登记）
              </p>
              <p>{one.text}</p>
            </article>
          ))}
        </Card>
        <IssuedDocuments documents={view.documents} none="值班排满之后印发值班表。" />
      </CaseFrame>
      {action === null ? null : (
        <CaseDialog<Field, Draft, PeriodView>
          key={action}
          form={forms[action]}
          view={view}
          id={view.id}
          keep={`period.${action}.${view.id}`}
          word={specialPeriodLifecycle.actions[action]}
          subject={`${view.number} ${view.name}`}
          begin={{
            shifts: missingShifts(view, actor),
            unitId: view.units.find((unit) => unit.id === actor?.unitId)?.id ?? view.units[0]?.id ?? '',
            day: today,
            from: '',
            to: '',
            text: '',
            dueOn: null,
          }}
          fields={(draft, change) => {
            const [field] = forms[action].fields;
            if (field === 'shifts') return <ShiftFields view={view} draft={draft} change={change} />;
            if (field === 'summary')
              return (
                <Words
                  label="重点时段的安全情况"
                  must
                  rows={4}
                  max={2000}
                  value={draft.text}
                  onChange={(text) => change({ text })}
                />
              );
            if (field === 'checks')
              return (
                <>
                  <Words label="检查要求" must rows={3} value={draft.text} onChange={(text) => change({ text })} />
                  <DayField
                    label="完成时限"
                    must
                    from={today}
                    value={draft.dueOn}
                    onChange={(dueOn) => change({ dueOn })}
                  />
                </>
              );
            if (field === 'handover')
              return (
                <>
                  <Choose
                    label="单位"
                    value={draft.unitId}
                    options={view.units.map((unit) => ({ value: unit.id, label: unit.name }))}
                    onChange={(unitId) => change({ unitId })}
                  />
                  <DayField label="日期" must to={today} value={draft.day} onChange={(day) => change({ day })} />
                  <Words label="交班人" must max={30} value={draft.from} onChange={(from) => change({ from })} />
                  <Words label="接班人" must max={30} value={draft.to} onChange={(to) => change({ to })} />
                  <Words
                    label="交接情况"
                    must
                    rows={3}
                    max={1000}
                    value={draft.text}
                    onChange={(text) => change({ text })}
                  />
                </>
              );
            return null;
          }}
          onClose={() => setAction(null)}
          onRefresh={() => void read.refetch()}
        />
      )}
    </>
  );
}
