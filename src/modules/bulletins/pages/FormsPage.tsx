import { Button, Checkbox, Input, InputNumber, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import '../../../platform/web/case.css';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { rhythmPeriodWords } from '../../filings/rhythm.ts';
import { type SectionKey, sectionKeys, sectionWords, usualWeights } from '../bulletin-form.ts';
import './bulletins.css';
import { api } from './bulletins-client.ts';

const periods = ['day', 'week', 'month', 'quarter', 'year'] as const;
type Period = (typeof periods)[number];
const marks = [
  ['timeliness', '按期了结率'],
  ['age', '逾期时长'],
  ['firstPass', '首次复查通过率'],
  ['lookBack', '回头看合格率'],
] as const;

function FormDialog({ today, onClose }: { today: string; onClose: () => void }) {
  const id = useId();
  const [name, setName] = useState('');
  const [basis, setBasis] = useState('');
  const [period, setPeriod] = useState<Period>('week');
  const [hour, setHour] = useState('07:30');
  const [sections, setSections] = useState<SectionKey[]>([...sectionKeys]);
  const [addressee, setAddressee] = useState('');
  const [called, setCalled] = useState('');
  const [copies, setCopies] = useState('');
  const [weights, setWeights] = useState({ ...usualWeights });
  const [atLeast, setAtLeast] = useState<number | null>(3);
  const [named, setNamed] = useState<number | null>(3);
  const [requests, setRequests] = useState('');
  const [fromOn, setFromOn] = useState<string | null>(today);
  const [toOn, setToOn] = useState<string | null>(null);
  const making = useAct(api.makeBulletinForm, { onDone: onClose });
  const text = (key: string, label: string, value: string, set: (text: string) => void, must = true) => (
    <Labelled id={`${id}-${key}`} label={label} must={must}>
      <Input id={`${id}-${key}`} value={value} onChange={(event) => set(event.target.value)} />
    </Labelled>
  );
  return (
    <Modal
      open
      width={720}
      title="新增通报种类"
      okText="新增"
      cancelText="返回"
      confirmLoading={making.busy}
      mask={{ closable: false }}
      onOk={() =>
        void making.act({
          body: {
            name,
            basis,
            period,
            hour,
            sections,
            addressee,
            called: called.trim() || null,
            copies,
            weights,
            atLeast: atLeast ?? 0,
            named: named ?? 3,
            requests: requests.split('\n').filter((one) => one.trim() !== ''),
            fromOn: fromOn ?? '',
            toOn,
          },
        })
      }
      onCancel={onClose}
    >
      {text('name', '名称', name, setName)}
      {text('basis', '依据（哪份文件哪一条）', basis, setBasis)}
      <div className="g-row">
        <Labelled id={`${id}-period`} label="多久一期" must>
          <Select
            id={`${id}-period`}
            style={{ width: 120 }}
            value={period}
            onChange={setPeriod}
            options={periods.map((one) => ({ value: one, label: rhythmPeriodWords[one] }))}
          />
        </Labelled>
        {text('hour', '几点前备好', hour, setHour)}
      </div>
      <Labelled id={`${id}-sections`} label="包含哪些部分" must>
        <Checkbox.Group
          value={sections}
          onChange={(next) => setSections(sectionKeys.filter((key) => next.includes(key)))}
          options={sectionKeys.map((key) => ({ value: key, label: sectionWords[key] }))}
        />
      </Labelled>
      {text('to', '主送单位', addressee, setAddressee, false)}
      {text('called', '被通报单位的称谓（不填为“各单位”，可写“各镇（街道）”）', called, setCalled, false)}
      {text('copies', '抄送单位', copies, setCopies, false)}
      <div className="g-row">
        {marks.map(([key, label]) => (
          <Labelled key={key} id={`${id}-${key}`} label={`${label}（%）`}>
            <InputNumber
              id={`${id}-${key}`}
              min={0}
              max={100}
              precision={0}
              value={weights[key]}
              onChange={(next) => setWeights({ ...weights, [key]: next ?? 0 })}
            />
          </Labelled>
        ))}
      </div>
      <div className="g-row">
        <Labelled id={`${id}-least`} label="在手问题至少几件才排名">
          <InputNumber id={`${id}-least`} min={0} max={1000} value={atLeast} onChange={setAtLeast} />
        </Labelled>
        <Labelled id={`${id}-named`} label="前后各列几名">
          <InputNumber id={`${id}-named`} min={1} max={20} value={named} onChange={setNamed} />
        </Labelled>
      </div>
      <Labelled id={`${id}-requests`} label="下步工作要求（每段一行，起草时带出）">
        <Input.TextArea
          id={`${id}-requests`}
          rows={3}
          value={requests}
          onChange={(event) => setRequests(event.target.value)}
        />
      </Labelled>
      <div className="g-row">
        <Labelled id={`${id}-from`} label="自何日起" must>
          <DayPicker id={`${id}-from`} label="自何日起" value={fromOn} onChange={setFromOn} />
        </Labelled>
        <Labelled id={`${id}-until`} label="至何日止">
          <DayPicker id={`${id}-until`} label="至何日止" value={toOn} onChange={setToOn} />
        </Labelled>
      </div>
      <RefusalAlert refusal={making.refusal} onResend={() => void making.resend()} />
    </Modal>
  );
}

/** 通报种类: how often, which parts, how units are ranked; dated data. */
export function FormsPage() {
  const { may, today } = useSession();
  const [makes, setMakes] = useState(false);
  const read = useRead(api.listBulletinForms);
  const ending = useAct(api.endBulletinForm);
  const direct = may('bulletin.forms');
  return (
    <>
      <PageHeader
        title="通报种类"
        says="每种通报多久一期、含哪些部分、排名怎么算，自何日至何日；到期自动取数起草。"
        actions={
          direct ? (
            <Button type="primary" onClick={() => setMakes(true)}>
              新增通报种类
            </Button>
          ) : null
        }
      />
      <RefusalAlert refusal={read.error ?? ending.refusal} onResend={() => read.refetch()} />
      {read.data && read.data.rows.length === 0 ? (
        <Card>
          <p className="g-empty">还没有通报种类。文件要求的日报、周通报、月调度，在这里登记。</p>
        </Card>
      ) : null}
      {(read.data?.rows ?? []).map((one) => {
        const inForce = one.fromOn <= today && (one.toOn === null || today <= one.toOn);
        return (
          <Card
            key={one.id}
            title={one.name}
            extra={<StatusTag tone={inForce ? 'active' : 'stopped'}>{inForce ? '有效' : '未生效或已停用'}</StatusTag>}
          >
            <p>
              {rhythmPeriodWords[one.period]}一期，{one.hour}前备好；{one.fromOn}起{one.toOn ? `至${one.toOn}` : ''}。
            </p>
            <p>包含：{one.sections.map((key) => sectionWords[key]).join('、')}。</p>
            {one.sections.includes('ranking') ? <p>{one.rule}</p> : null}
            <p className="g-quiet">依据：{one.basis}</p>
            {direct && inForce ? (
              <Button
                size="small"
                aria-label={`今日起停用：${one.name}`}
                loading={ending.busy}
                onClick={() => void ending.act({ params: { id: one.id }, body: { on: today } })}
              >
                今日起停用
              </Button>
            ) : null}
          </Card>
        );
      })}
      {makes ? <FormDialog today={today} onClose={() => setMakes(false)} /> : null}
    </>
  );
}
