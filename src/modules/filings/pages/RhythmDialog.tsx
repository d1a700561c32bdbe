import { Checkbox, Input, InputNumber, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import { namesInCell } from '../../../kernel/sheet-form.ts';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import {
  dueDayIn,
  fieldsInText,
  fieldTypeWords,
  type KnownKey,
  knownKeys,
  knownWords,
  type RhythmPeriod,
  rhythmPeriods,
  rhythmPeriodWords,
  type Telling,
  tellings,
  tellingWords,
} from '../rhythm.ts';
import { api } from './filings-client.ts';

const choices = tellings.map((value) => ({ value, label: tellingWords[value] }));

/** 新增报送制度. */
export function RhythmDialog({ today, onClose }: { today: string; onClose: () => void }) {
  const id = useId();
  const [name, setName] = useState('');
  const [basis, setBasis] = useState('');
  const [period, setPeriod] = useState<RhythmPeriod>('week');
  const [reporters, setReporters] = useState('');
  const [receiver, setReceiver] = useState('');
  const [hour, setHour] = useState('17:00');
  const [dueAfter, setDueAfter] = useState<number | null>(0);
  const [within, setWithin] = useState('');
  const [opensBefore, setOpensBefore] = useState<number | null>(3);
  const [workdays, setWorkdays] = useState(true);
  const [fields, setFields] = useState('');
  const [known, setKnown] = useState<KnownKey[]>(['registered', 'closed', 'open', 'red']);
  const [narrative, setNarrative] = useState<Telling>('must');
  const [cases, setCases] = useState<Telling>('none');
  const [practices, setPractices] = useState<Telling>('may');
  const [attachments, setAttachments] = useState<Telling>('none');
  const [fromOn, setFromOn] = useState<string | null>(today);
  const [toOn, setToOn] = useState<string | null>(null);
  const dueDay = within === '' ? null : dueDayIn(within, period);
  const read = fieldsInText(fields);
  const making = useAct(api.makeRhythm, { onDone: onClose });
  const send = () =>
    void making.act({
      body: {
        name,
        basis,
        period,
        reporters: namesInCell(reporters),
        receiver,
        hour,
        dueAfter: dueAfter ?? 0,
        dueDay,
        opensBefore: opensBefore ?? 0,
        workdays,
        fields: read.fields.map((field) => ({ ...field, options: [...field.options] })),
        known,
        narrative,
        cases,
        practices,
        attachments,
        fromOn: fromOn ?? '',
        toOn,
      },
    });
  const text = (key: string, label: string, value: string, set: (text: string) => void, says?: string) => (
    <Labelled id={`${id}-${key}`} label={label} must {...(says ? { says } : {})}>
      <Input id={`${id}-${key}`} value={value} onChange={(event) => set(event.target.value)} />
    </Labelled>
  );
  const telling = (key: string, label: string, value: Telling, set: (one: Telling) => void) => (
    <Labelled id={`${id}-${key}`} label={label}>
      <Select id={`${id}-${key}`} style={{ width: 140 }} value={value} onChange={set} options={choices} />
    </Labelled>
  );
  return (
    <Modal
      open
      width={760}
      title="新增报送制度"
      okText="新增"
      cancelText="返回"
      confirmLoading={making.busy}
      okButtonProps={{ disabled: read.flaws.length > 0 || (within !== '' && dueDay === null) }}
      mask={{ closable: false }}
      onOk={send}
      onCancel={onClose}
    >
      {text('name', '名称', name, setName, '如：专项整治工作周报')}
      {text('basis', '依据（哪份文件哪一条）', basis, setBasis)}
      {text(
        'reporters',
        '由谁报送',
        reporters,
        setReporters,
        '单位或单位组的名称，多个用顿号隔开；单位组按布置当天的成员展开',
      )}
      {text('receiver', '报给谁', receiver, setReceiver)}
      <div className="g-row">
        <Labelled id={`${id}-period`} label="多久一次" must>
          <Select
            id={`${id}-period`}
            style={{ width: 140 }}
            value={period}
            onChange={setPeriod}
            options={rhythmPeriods.map((one) => ({ value: one, label: rhythmPeriodWords[one] }))}
          />
        </Labelled>
        <Labelled id={`${id}-after`} label="期末后几天报" must>
          <InputNumber id={`${id}-after`} min={0} max={60} value={dueAfter} onChange={setDueAfter} />
        </Labelled>
        {period === 'day' || period === 'special' ? null : (
          <Labelled id={`${id}-day`} label="或期内哪天报">
            <Input
              id={`${id}-day`}
              style={{ width: 110 }}
              placeholder={period === 'week' ? '周五' : '25日'}
              status={within !== '' && dueDay === null ? 'error' : ''}
              value={within}
              onChange={(event) => setWithin(event.target.value.trim())}
            />
          </Labelled>
        )}
        {text('hour', '几点前', hour, setHour)}
        <Labelled id={`${id}-opens`} label="提前几天可填">
          <InputNumber id={`${id}-opens`} min={0} max={60} value={opensBefore} onChange={setOpensBefore} />
        </Labelled>
      </div>
      <p>
        <Checkbox checked={workdays} onChange={(event) => setWorkdays(event.target.checked)}>
          休息日不报（日报），时限遇休息日顺延
        </Checkbox>
      </p>
      <Labelled id={`${id}-known`} label="系统计算并锁定的数字">
        <Select
          id={`${id}-known`}
          mode="multiple"
          style={{ width: '100%' }}
          value={known}
          onChange={setKnown}
          options={knownKeys.map((one) => ({ value: one, label: knownWords[one] }))}
        />
      </Labelled>
      <Labelled
        id={`${id}-fields`}
        label="单位填报的内容"
        says={`一行一项：名称，类型，计量单位。类型有${Object.values(fieldTypeWords).join('、')}。必填的在前面加星号。`}
      >
        <Input.TextArea
          id={`${id}-fields`}
          rows={4}
          placeholder={'*出动检查人次，个数，人次\n宣传教育情况，文字'}
          value={fields}
          onChange={(event) => setFields(event.target.value)}
        />
        {read.flaws.length > 0 ? <p className="g-filings-missing">{read.flaws.join('；')}</p> : null}
      </Labelled>
      <div className="g-row">
        {telling('narrative', '工作开展情况', narrative, setNarrative)}
        {telling('cases', '典型案例', cases, setCases)}
        {telling('practices', '经验做法', practices, setPractices)}
        {telling('attachments', '附件', attachments, setAttachments)}
      </div>
      <div className="g-row">
        <Labelled id={`${id}-from`} label="自何日起" must>
          <DayPicker id={`${id}-from`} label="自何日起" value={fromOn} onChange={setFromOn} />
        </Labelled>
        <Labelled id={`${id}-to`} label="至何日止">
          <DayPicker id={`${id}-to`} label="至何日止" value={toOn} onChange={setToOn} />
        </Labelled>
      </div>
      <RefusalAlert refusal={making.refusal} onResend={() => void making.resend()} />
    </Modal>
  );
}
