import { Button, Input, InputNumber, Select } from 'antd';
import { useId, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { addDays, day } from '../../../kernel/day.ts';
import { ActDialog } from '../../../platform/web/parts/ActDialog.tsx';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { TextField } from '../../../platform/web/parts/TextField.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { type AwardKind, awardKindCodes, awardKinds } from '../award.ts';
import { awardLifecycle } from '../award-lifecycle.ts';
import './assessment.css';
import { awards, awardTone } from './assessment-client.ts';

/** 评优表彰与平安创建: rounds that run and that are over, and the register of everybody decided on. */
export function AwardsPage() {
  const { may, actor } = useSession();
  const read = useRead(awards.listAwards);
  const [makes, setMakes] = useState(false);
  const office = may('assessment.direct') && (actor?.roles ?? []).includes('officer');
  return (
    <>
      <PageHeader
        title="评优与创建"
        says="表彰奖励、平安创建：单位推荐，安委办审查，公示后决定；所在单位有一票否决情形的不能通过。"
        actions={
          office ? (
            <Button type="primary" onClick={() => setMakes(true)}>
              发起评选
            </Button>
          ) : null
        }
      />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      <Card title="评选">
        {read.data === undefined ? (
          <p className="g-loading">正在读取…</p>
        ) : read.data.rows.length === 0 ? (
          <p className="g-empty">还没有发起评选。{office ? '点“发起评选”开始。' : ''}</p>
        ) : (
          <div className="a-scroll">
            <table className="a-table a-stack">
              <thead>
                <tr>
                  <th>编号</th>
                  <th>评选</th>
                  <th>状态</th>
                  <th className="a-right">推荐</th>
                  <th className="a-right">通过</th>
                  <th>下一步</th>
                </tr>
              </thead>
              <tbody>
                {read.data.rows.map((row) => (
                  <tr key={row.id}>
                    <td className="g-code">{row.number}</td>
                    <td>
                      <Link to={`/awards/${row.id}`}>{row.title}</Link>
                      <div className="g-quiet">{awardKinds[row.kind]}</div>
                    </td>
                    <td>
                      <StatusTag tone={awardTone[row.state]}>{awardLifecycle.states[row.state]}</StatusTag>
                    </td>
                    <td className="a-right g-figures" data-name="推荐">
                      {row.nominees}
                    </td>
                    <td className="a-right g-figures" data-name="通过">
                      {row.passed}
                      {row.quota === null ? '' : `/${row.quota}`}
                    </td>
                    <td data-name="下一步">
                      {row.nextStep}
                      {row.state === 'nominating' ? `（${row.nominateUntil}截止）` : ''}
                      {row.state === 'awardShown' ? `（公示至${row.showUntil}）` : ''}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
      {read.data && read.data.register.length > 0 ? (
        <Card title={`名册（${read.data.register.length}）`}>
          <div className="a-scroll">
            <table className="a-table a-stack">
              <thead>
                <tr>
                  <th>对象</th>
                  <th>所在单位</th>
                  <th>评选</th>
                  <th>决定日期</th>
                </tr>
              </thead>
              <tbody>
                {read.data.register.map((row) => (
                  <tr key={row.key}>
                    <td>
                      <b>{row.name}</b>
                      {row.post === '' ? '' : `　${row.post}`}
                    </td>
                    <td data-name="所在单位">{row.unitName}</td>
                    <td>
                      <Link to={`/awards/${row.awardId}`}>{row.awardTitle}</Link>
                    </td>
                    <td className="g-figures" data-name="决定日期">
                      {row.decidedOn}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      ) : null}
      {makes ? <Make onClose={() => setMakes(false)} /> : null}
    </>
  );
}

function Make({ onClose }: { onClose: () => void }) {
  const id = useId();
  const { today } = useSession();
  const navigate = useNavigate();
  const year = today.slice(0, 4);
  const [draft, setDraft] = useState({
    kind: 'commendation' as AwardKind,
    title: `${year}年度安全生产工作表彰`,
    basis: '',
    criteria: '',
    quota: null as number | null,
    from: `${year}-01-01`,
    to: `${year}-12-31`,
    nominateUntil: addDays(day(today), 15) as string,
    showDays: 5,
  });
  const change = (part: Partial<typeof draft>) => setDraft((old) => ({ ...old, ...part }));
  const acting = useAct(awards.makeAward, { onDone: (done) => navigate(`/awards/${done.id}`) });
  const pick = (key: 'from' | 'to' | 'nominateUntil', label: string) => (
    <Labelled id={`${id}-${key}`} label={label} must>
      <DayPicker
        id={`${id}-${key}`}
        label={label}
        required
        value={draft[key]}
        onChange={(on) => change(on === null ? {} : { [key]: on })}
      />
    </Labelled>
  );
  return (
    <ActDialog
      title="发起评选"
      okText="发起"
      width={680}
      acting={acting}
      onSend={() => void acting.act({ body: draft })}
      onClose={onClose}
    >
      <div className="a-pair">
        <Labelled id={`${id}-kind`} label="类别" must>
          <Select
            id={`${id}-kind`}
            aria-label="类别"
            className="a-wide"
            value={draft.kind}
            options={awardKindCodes.map((value) => ({ value, label: awardKinds[value] }))}
            onChange={(kind) => change({ kind })}
          />
        </Labelled>
        <Labelled id={`${id}-quota`} label="名额" says="不填的不限名额">
          <InputNumber
            id={`${id}-quota`}
            min={1}
            max={1000}
            value={draft.quota}
            onChange={(quota) => change({ quota })}
          />
        </Labelled>
      </div>
      <Labelled id={`${id}-title`} label="名称" must>
        <Input
          id={`${id}-title`}
          maxLength={80}
          value={draft.title}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Labelled>
      <Labelled id={`${id}-basis`} label="依据（哪份文件哪一条）" must>
        <Input
          id={`${id}-basis`}
          maxLength={200}
          value={draft.basis}
          onChange={(event) => change({ basis: event.target.value })}
        />
      </Labelled>
      <TextField
        label="评选条件"
        maxLength={2000}
        value={draft.criteria}
        onChange={(text) => change({ criteria: text })}
      />
      <div className="a-pair">
        {pick('from', '否决核查自')}
        {pick('to', '否决核查至')}
        {pick('nominateUntil', '推荐截止日期')}
        <Labelled id={`${id}-days`} label="公示天数" must>
          <InputNumber
            id={`${id}-days`}
            min={1}
            max={60}
            value={draft.showDays}
            onChange={(showDays) => change({ showDays: showDays ?? 5 })}
          />
        </Labelled>
      </div>
    </ActDialog>
  );
}
