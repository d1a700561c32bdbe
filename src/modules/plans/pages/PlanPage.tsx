import './plans.css';
import { Alert, Button, Input, Modal, Select, Spin } from 'antd';
import { useId, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { CaseRecord } from '../../../platform/web/parts/CaseRecord.tsx';
import { ConfirmWithReason } from '../../../platform/web/parts/ConfirmWithReason.tsx';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Facts } from '../../../platform/web/parts/Facts.tsx';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { Slot } from '../../../platform/web/slot.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import type { TaskState } from '../../tasks/lifecycle.ts';
import { taskLifecycle } from '../../tasks/lifecycle.ts';
import { planLifecycle } from '../lifecycle.ts';
import { planKinds } from '../plan.ts';
import { planPanels, plans, planTone } from './plans-client.ts';
import { useUnitNames } from './UnitChoice.tsx';

/** A plan with its stages, tasks, sub-plans, filings and record. */
export function PlanPage() {
  const { id = '' } = useParams();
  const { may, today } = useSession();
  const navigate = useNavigate();
  const read = useRead(plans.readPlan, { params: { id } });
  const [asking, setAsking] = useState<'withdraw' | 'filings' | 'parent' | null>(null);
  const withdraw = useAct(plans.withdrawPlan, { onDone: () => setAsking(null) });
  const reopen = useAct(plans.reopenPlan, { onDone: () => navigate(`/plans/${id}/review`) });
  if (read.error) return <RefusalAlert refusal={read.error} />;
  if (!read.data) return <Spin />;
  const { plan, stages, subPlans, tasks, filings, mapping, facts } = read.data;
  const total = tasks.reduce((sum, each) => sum + each.count, 0);
  return (
    <>
      <PageHeader
        title={plan.title}
        tag={<StatusTag tone={planTone[plan.state]}>{planLifecycle.states[plan.state]}</StatusTag>}
        says={[plan.number, plan.documentNumber, plan.issuer, plan.issuedOn].filter(Boolean).join('　')}
        actions={
          <>
            {may('plan.review') && plan.state !== 'withdrawn' ? (
              <Button
                type={plan.state === 'reviewing' ? 'primary' : 'default'}
                onClick={() => navigate(`/plans/${id}/review`)}
              >
                {plan.state === 'adopted' || plan.state === 'reference' ? '查看校核' : '校核'}
              </Button>
            ) : null}
            <Button
              onClick={() => navigate(`/plans/${id}/text`)}
              disabled={plan.state === 'importing' || plan.state === 'unreadable'}
            >
              查看原文
            </Button>
            {plan.state === 'reference' && may('plan.adopt') ? (
              <Button loading={reopen.busy} onClick={() => void reopen.act({ params: { id } })}>
                恢复校核
              </Button>
            ) : null}
            {plan.state !== 'withdrawn' && may('plan.adopt') ? (
              <Button danger onClick={() => setAsking('withdraw')}>
                撤回
              </Button>
            ) : null}
          </>
        }
      />
      <RefusalAlert refusal={reopen.refusal} />
      {plan.endedBecause ? (
        <Alert
          type="warning"
          showIcon
          title={`已撤回：${plan.endedBecause}。已下达的任务仍由各单位办理，需要停止的请逐件撤回。`}
        />
      ) : null}
      {plan.state === 'adopted' ? (
        <FigureStrip label="任务情况">
          <Figure name="任务总数" value={total} to={`/tasks?plan=${id}`} />
          {tasks.map((each) => (
            <Figure
              key={each.state}
              name={taskLifecycle.states[each.state as TaskState] ?? each.state}
              value={each.count}
              to={`/tasks?plan=${id}&state=${each.state}`}
            />
          ))}
        </FigureStrip>
      ) : null}
      <Card title="基本情况">
        <Facts
          rows={[
            { name: '种类', value: planKinds[plan.kind] },
            { name: '编号', value: plan.number ?? '下达时编号' },
            { name: '文号', value: plan.documentNumber ?? '未写明' },
            { name: '印发单位', value: plan.issuer ?? '未写明' },
            { name: '印发日期', value: plan.issuedOn ?? '未写明' },
            { name: '下达日期', value: plan.adoptedOn ?? '尚未下达' },
            { name: '下达时未了事项', value: `${plan.withDoubts}处` },
            { name: '原文件', value: <a href={plans.openPlanFile.address({ params: { id } })}>{plan.fileName}</a> },
            {
              name: '上级方案',
              wide: true,
              value: (
                <>
                  {plan.parentPlanId ? <Link to={`/plans/${plan.parentPlanId}`}>{plan.parentTitle}</Link> : '未设定'}{' '}
                  {may('plan.map') && plan.state !== 'withdrawn' ? (
                    <Button size="small" onClick={() => setAsking('parent')}>
                      {plan.parentPlanId ? '更改' : '设定上级方案'}
                    </Button>
                  ) : null}{' '}
                  {mapping ? (
                    <Link to={`/plans/${id}/mapping?show=unmapped`}>
                      上级{mapping.lines}条任务，{mapping.unmapped}条尚未对接
                    </Link>
                  ) : null}
                </>
              ),
            },
          ]}
        />
      </Card>
      {stages.length > 0 ? (
        <Card title="阶段">
          <ol className="p-stages">
            {stages.map((stage) => (
              <li
                key={stage.id}
                className={
                  (stage.fromOn ?? '') <= today && today <= (stage.toOn ?? '9999') && stage.fromOn
                    ? 'p-stage-now'
                    : undefined
                }
              >
                <b>{stage.name}</b>
                <div className="g-figures">
                  {stage.fromOn ?? '待定'} 至 {stage.toOn ?? '待定'}
                </div>
                {stage.event ? <div className="p-must">系于「{stage.event}」，日期待定</div> : null}
                <Link to={`/tasks?plan=${id}&stage=${stage.id}`}>{stage.tasks}条任务</Link>
              </li>
            ))}
          </ol>
        </Card>
      ) : null}
      {subPlans.length > 0 ? (
        <Card title={`子方案（${subPlans.length}）`}>
          <ul className="p-items">
            {subPlans.map((sub) => (
              <li key={sub.id}>
                <Link to={`/plans/${sub.id}`}>{sub.title}</Link>{' '}
                <StatusTag tone={planTone[sub.state]}>{planLifecycle.states[sub.state]}</StatusTag> {sub.lines}条任务
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      {plan.state === 'adopted' ? (
        <Card
          title="子方案报送"
          extra={
            may('filing.ask') ? (
              <Button size="small" onClick={() => setAsking('filings')}>
                要求报送子方案
              </Button>
            ) : null
          }
        >
          {filings.asked === 0 ? (
            <p className="g-empty">还没有要求单位报送子方案。</p>
          ) : (
            <Link to={`/filings?planId=${id}`}>
              应报{filings.asked}家，已报{filings.filed}家，通过{filings.accepted}家，迟报或逾期{filings.late}家
            </Link>
          )}
        </Card>
      ) : null}
      <Slot of={planPanels} with={{ planId: id }} />
      {facts.length > 0 ? <CaseRecord facts={facts} /> : null}
      <ConfirmWithReason
        open={asking === 'withdraw'}
        title="撤回方案"
        says="方案撤回后不能恢复。已经下达的任务不随方案撤回，需要停止的请在任务中逐件办理。"
        reasonLabel="撤回的原因"
        confirmLabel="撤回"
        danger
        busy={withdraw.busy}
        refusal={withdraw.refusal}
        onCancel={() => setAsking(null)}
        onConfirm={(reason) => void withdraw.act({ params: { id }, body: { version: plan.version, reason } })}
      />
      {asking === 'filings' ? <AskFilings planId={id} onClose={() => setAsking(null)} /> : null}
      {asking === 'parent' ? (
        <ChooseParent planId={id} version={plan.version} parent={plan.parentPlanId} onClose={() => setAsking(null)} />
      ) : null}
    </>
  );
}

function AskFilings({ planId, onClose }: { planId: string; onClose: () => void }) {
  const id = useId();
  const { today } = useSession();
  const names = useUnitNames();
  const [title, setTitle] = useState('本单位实施方案');
  const [dueOn, setDueOn] = useState<string | null>(null);
  const [keys, setKeys] = useState<string[]>([]);
  const ask = useAct(plans.askFilings, { onDone: onClose });
  const ids = (kind: string): string[] =>
    keys.filter((key) => key.startsWith(`${kind}:`)).map((key) => key.slice(kind.length + 1));
  return (
    <Modal
      open
      title="要求报送子方案"
      okText="发出要求"
      cancelText="返回"
      mask={{ closable: false }}
      confirmLoading={ask.busy}
      okButtonProps={{ disabled: dueOn === null || keys.length === 0 || title.trim() === '' }}
      onCancel={onClose}
      onOk={() =>
        dueOn !== null &&
        void ask.act({ params: { id: planId }, body: { title, dueOn, unitIds: ids('unit'), groupIds: ids('group') } })
      }
    >
      <RefusalAlert refusal={ask.refusal} onResend={ask.resend} />
      <div className="g-field">
        <label htmlFor={`${id}title`}>报送内容</label>
        <Input id={`${id}title`} value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />
      </div>
      <div className="g-field">
        <label htmlFor={`${id}due`}>报送期限</label>
        <DayPicker id={`${id}due`} label="报送期限" value={dueOn} from={today} onChange={setDueOn} />
      </div>
      <div className="g-field">
        <label htmlFor={`${id}units`}>应报单位（可选一类单位，按今天的成员展开）</label>
        <Select
          id={`${id}units`}
          mode="multiple"
          style={{ width: '100%' }}
          value={keys}
          options={[...names.options]}
          showSearch={{ filterOption: (typed, option) => (option?.search ?? '').includes(typed.trim().toLowerCase()) }}
          onChange={(value: string[]) => setKeys(value)}
        />
      </div>
    </Modal>
  );
}

function ChooseParent(props: { planId: string; version: number; parent: string | null; onClose: () => void }) {
  const id = useId();
  const [chosen, setChosen] = useState<string | null>(props.parent);
  const list = useRead(plans.listPlans, { query: { pageSize: 200, state: ['adopted', 'reference', 'reviewing'] } });
  const hang = useAct(plans.hangPlan, { onDone: props.onClose });
  return (
    <Modal
      open
      title="设定上级方案"
      okText="确定"
      cancelText="返回"
      mask={{ closable: false }}
      confirmLoading={hang.busy}
      onCancel={props.onClose}
      onOk={() =>
        void hang.act({ params: { id: props.planId }, body: { version: props.version, parentPlanId: chosen } })
      }
    >
      <RefusalAlert refusal={hang.refusal} onResend={hang.resend} />
      <p>上级印发的方案先导入，在校核页「留作上级方案对照」，再在这里选它；上级的任务就可以逐条对接到本方案。</p>
      <div className="g-field">
        <label htmlFor={id}>上级方案</label>
        <Select
          id={id}
          style={{ width: '100%' }}
          allowClear
          placeholder="不设上级方案"
          value={chosen}
          options={(list.data?.rows ?? [])
            .filter((row) => row.id !== props.planId)
            .map((row) => ({ value: row.id, label: row.title }))}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(value: string | null | undefined) => setChosen(value ?? null)}
        />
      </div>
    </Modal>
  );
}
