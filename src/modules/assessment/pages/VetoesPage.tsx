import { Button, Input, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import { ActDialog } from '../../../platform/web/parts/ActDialog.tsx';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { FileList } from '../../../platform/web/parts/FileList.tsx';
import { FileUpload } from '../../../platform/web/parts/FileUpload.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { TextField } from '../../../platform/web/parts/TextField.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { type VetoAction, vetoLifecycle } from '../veto-lifecycle.ts';
import './assessment.css';
import { api, files, type VetoLine, vetoTone } from './assessment-client.ts';

/** 一票否决: what was entered with evidence and confirmed by another, and the check before an award or promotion. */
export function VetoesPage() {
  const { may } = useSession();
  const read = useRead(api.listVetoes, { query: {} });
  const [enters, setEnters] = useState(false);
  const [checks, setChecks] = useState(false);
  const [open, setOpen] = useState<{ readonly event: VetoLine; readonly action: VetoAction } | null>(null);
  const kinds = read.data?.kinds ?? [];
  return (
    <>
      <PageHeader
        title="一票否决"
        says="一人凭证据登记，另一人认定；认定后不论得分多少，等次按方案直接定为或不高于规定的等次。"
        actions={
          <>
            {kinds.length > 0 ? <Button onClick={() => setChecks(true)}>评优、晋升核查</Button> : null}
            {may('assessment.veto') && kinds.length > 0 ? (
              <Button type="primary" onClick={() => setEnters(true)}>
                登记否决情形
              </Button>
            ) : null}
          </>
        }
      />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      <Card>
        {read.data === undefined ? (
          <p className="g-loading">正在读取…</p>
        ) : read.data.rows.length === 0 ? (
          <p className="g-empty">没有登记否决情形。</p>
        ) : (
          <ul className="a-lines">
            {read.data.rows.map((event) => (
              <Event key={event.id} event={event} onAct={(action) => setOpen({ event, action })} />
            ))}
          </ul>
        )}
      </Card>
      {enters ? <Enter kinds={kinds} onClose={() => setEnters(false)} /> : null}
      {checks ? <CheckAward kinds={kinds} onClose={() => setChecks(false)} /> : null}
      {open ? <Decide {...open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function Event({ event, onAct }: { event: VetoLine; onAct: (action: VetoAction) => void }) {
  const adding = useAct(files.addFile);
  const mayAdd = event.state === 'entered';
  return (
    <li>
      <div className="a-line-head">
        <span>
          <span className="g-code">{event.number}</span> <b>{event.unitName}</b>：{event.kindName}{' '}
          <StatusTag tone={vetoTone[event.state]}>{vetoLifecycle.states[event.state]}</StatusTag>
        </span>
        <span className="g-figures">{event.happenedOn}</span>
      </div>
      <p className="a-text">{event.grounds}</p>
      <p className="g-quiet">
        {event.enteredByName}于{event.enteredOn}登记
        {event.opinion === null ? '' : `；${event.decidedByName ?? ''}于${event.decidedOn ?? ''}：${event.opinion}`}
      </p>
      <FileList
        empty="还没有证据材料。"
        files={event.files.map((file) => ({
          id: file.id,
          name: file.name,
          size: file.size,
          href: files.openFile.address({ params: { id: file.id } }),
        }))}
      />
      {mayAdd ? (
        <FileUpload
          label="证据材料"
          hint="事故调查报告批复、通报、认定文件等"
          progress={adding.busy ? (adding.progress ?? 0) : null}
          onFiles={(list) => {
            const [file] = list;
            if (file) void adding.act({ file, query: { itemKind: 'vetoEvent', itemId: event.id } });
          }}
        />
      ) : null}
      <RefusalAlert refusal={adding.refusal} onResend={() => void adding.resend()} />
      <div className="g-row g-no-print">
        {event.offers
          .filter((offer) => offer.may)
          .map((offer) => (
            <Button key={offer.action} size="small" onClick={() => onAct(offer.action as VetoAction)}>
              {offer.label}
            </Button>
          ))}
        {event.state === 'entered' && event.offers.every((offer) => !offer.may || offer.action === 'retract') ? (
          <span className="g-quiet">认定：{event.offers.find((offer) => offer.action === 'confirm')?.says}</span>
        ) : null}
      </div>
    </li>
  );
}

type Kinds = readonly {
  readonly code: string;
  readonly name: string;
  readonly units: readonly { readonly id: string; readonly name: string }[];
}[];

function Enter({ kinds, onClose }: { kinds: Kinds; onClose: () => void }) {
  const id = useId();
  const { today } = useSession();
  const [code, setCode] = useState<string | null>(null);
  const [unitId, setUnitId] = useState<string | null>(null);
  const [on, setOn] = useState<string | null>(null);
  const [grounds, setGrounds] = useState('');
  const acting = useAct(api.enterVeto, { onDone: onClose });
  const units = kinds.find((kind) => kind.code === code)?.units ?? [];
  const send = () =>
    void acting.act({
      body: {
        code: code ?? '',
        unitId: unitId ?? '00000000-0000-0000-0000-000000000000',
        happenedOn: on ?? today,
        grounds,
      },
    });
  return (
    <ActDialog
      title="登记否决情形"
      okText="登记"
      disabled={code === null || unitId === null || on === null}
      acting={acting}
      onSend={send}
      onClose={onClose}
    >
      <p className="g-quiet">登记后请上传证据材料，由另一位同志认定。</p>
      <Labelled id={`${id}-code`} label="情形" must>
        <Select
          id={`${id}-code`}
          aria-label="情形"
          className="a-wide"
          value={code}
          options={kinds.map((kind) => ({ value: kind.code, label: kind.name }))}
          onChange={setCode}
        />
      </Labelled>
      <Labelled id={`${id}-unit`} label="单位" must>
        <Select
          id={`${id}-unit`}
          aria-label="单位"
          className="a-wide"
          showSearch={{ optionFilterProp: 'label' }}
          value={unitId}
          options={units.map((unit) => ({ value: unit.id, label: unit.name }))}
          onChange={setUnitId}
        />
      </Labelled>
      <Labelled id={`${id}-on`} label="发生日期" must>
        <DayPicker id={`${id}-on`} label="发生日期" value={on} to={today} onChange={setOn} />
      </Labelled>
      <TextField label="事实和依据" rows={4} maxLength={2000} value={grounds} onChange={setGrounds} />
    </ActDialog>
  );
}

function CheckAward({ kinds, onClose }: { kinds: Kinds; onClose: () => void }) {
  const id = useId();
  const { today } = useSession();
  const [unit, setUnit] = useState<string | null>(null);
  const [from, setFrom] = useState<string>(`${today.slice(0, 4)}-01-01`);
  const units = new Map(kinds.flatMap((kind) => kind.units.map((one) => [one.id, one.name] as const)));
  const read = useRead(
    api.checkAward,
    { query: { unit: unit ?? '00000000-0000-0000-0000-000000000000', from, to: today } },
    { enabled: unit !== null },
  );
  return (
    <Modal open title="评优、晋升前的一票否决核查" footer={null} onCancel={onClose}>
      <Labelled id={`${id}-unit`} label="单位" must>
        <Select
          id={`${id}-unit`}
          aria-label="单位"
          className="a-wide"
          showSearch={{ optionFilterProp: 'label' }}
          value={unit}
          options={[...units].map(([value, label]) => ({ value, label }))}
          onChange={setUnit}
        />
      </Labelled>
      <Labelled id={`${id}-from`} label="自何日起" must>
        <DayPicker
          id={`${id}-from`}
          label="自何日起"
          value={from}
          to={today}
          required
          onChange={(on) => setFrom(on ?? from)}
        />
      </Labelled>
      {unit !== null && read.data ? (
        <p role="status" className={read.data.clear ? '' : 'g-wrong'}>
          {read.data.says}
        </p>
      ) : null}
      <RefusalAlert refusal={unit === null ? null : read.error} />
    </Modal>
  );
}

function Decide(props: { event: VetoLine; action: VetoAction; onClose: () => void }) {
  const { event, action } = props;
  const id = useId();
  const [text, setText] = useState('');
  const deciding = useAct(api.decideVeto, { onDone: props.onClose });
  const retracting = useAct(api.retractVeto, { onDone: props.onClose });
  const lifting = useAct(api.liftVeto, { onDone: props.onClose });
  const params = { id: event.id };
  const { version } = event;
  const send = () => {
    if (action === 'retract') void retracting.act({ params, body: { version, reason: text } });
    else if (action === 'lift') void lifting.act({ params, body: { version, reason: text } });
    else void deciding.act({ params, body: { version, confirm: action === 'confirm', opinion: text } });
  };
  const word = vetoLifecycle.actions[action];
  return (
    <Modal
      open
      title={`${word}：${event.unitName} ${event.kindName}`}
      okText={`确认${word}`}
      cancelText="返回"
      okButtonProps={{ danger: action === 'confirm' }}
      confirmLoading={deciding.busy || retracting.busy || lifting.busy}
      mask={{ closable: false }}
      onOk={send}
      onCancel={props.onClose}
    >
      <Labelled id={`${id}-text`} label={action === 'confirm' ? '认定意见' : '原因'} must>
        <Input.TextArea
          id={`${id}-text`}
          rows={3}
          maxLength={500}
          value={text}
          onChange={(change) => setText(change.target.value)}
        />
      </Labelled>
      <RefusalAlert refusal={deciding.refusal ?? retracting.refusal ?? lifting.refusal} />
    </Modal>
  );
}
