import { Button, Input } from 'antd';
import { useId } from 'react';
import { DayPicker } from '../../../../platform/web/parts/DayPicker.tsx';
import { EvidenceField } from '../../../../platform/web/parts/EvidenceField.tsx';
import { Labelled } from '../../../../platform/web/parts/Labelled.tsx';
import { useSession } from '../../../../platform/web/session.tsx';
import { type Attendee, asksReply, isOutward, pressureKinds, pressureWords } from '../../pressure.ts';
import { Choice } from '../Choice.tsx';
import { PeopleFields } from '../PeopleFields.tsx';
import { KeeperField } from './KeeperField.tsx';
import type { FieldName, PressureDraft, PressureForm } from './pressure-forms.ts';
import type { PressureView } from './pressures-client.ts';

interface Props {
  readonly form: PressureForm;
  readonly view: PressureView;
  readonly draft: PressureDraft;
  readonly onChange: (change: Partial<PressureDraft>) => void;
}

/** The controls that the form of an action asks for, in their order. */
export function PressureFields(props: Props) {
  return (
    <>
      {props.form.fields.map((name) => (
        <OneField key={name} name={name} {...props} />
      ))}
    </>
  );
}

function Line(props: {
  label: string;
  value: string;
  max: number;
  must?: boolean;
  says?: string;
  onChange: (text: string) => void;
}) {
  const id = useId();
  return (
    <Labelled id={id} label={props.label} must={props.must ?? false} {...(props.says ? { says: props.says } : {})}>
      <Input
        id={id}
        maxLength={props.max}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </Labelled>
  );
}

function Lines(props: {
  label: string;
  value: string;
  max: number;
  rows?: number;
  says?: string;
  onChange: (text: string) => void;
}) {
  const id = useId();
  return (
    <Labelled id={id} label={props.label} must {...(props.says ? { says: props.says } : {})}>
      <Input.TextArea
        id={id}
        rows={props.rows ?? 3}
        maxLength={props.max}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </Labelled>
  );
}

function OneDay(props: {
  label: string;
  value: string | null;
  from?: string;
  to?: string;
  says?: string;
  onChange: (on: string | null) => void;
}) {
  const id = useId();
  return (
    <Labelled id={id} label={props.label} must {...(props.says ? { says: props.says } : {})}>
      <DayPicker
        id={id}
        label={props.label}
        value={props.value}
        {...(props.from ? { from: props.from } : {})}
        {...(props.to ? { to: props.to } : {})}
        onChange={props.onChange}
      />
    </Labelled>
  );
}

function OneField({ name, form, view, draft, onChange }: Props & { name: FieldName }) {
  const { today, actor } = useSession();
  const label = form.labels?.[name];
  switch (name) {
    case 'proposal':
      return <ProposalFields draft={draft} onChange={onChange} without={['transfer']} />;
    case 'text':
    case 'opinion':
      return (
        <Lines
          label={label ?? '内容'}
          max={name === 'opinion' ? 500 : 2000}
          rows={4}
          value={draft.text}
          onChange={(text) => onChange({ text })}
        />
      );
    case 'approver':
      if (actor?.roles.includes('leader')) return null;
      return (
        <>
          <Line
            label="审批领导姓名"
            must
            max={30}
            value={draft.approverName}
            onChange={(approverName) => onChange({ approverName })}
          />
          <Line
            label="职务"
            must
            max={40}
            value={draft.approverPost}
            onChange={(approverPost) => onChange({ approverPost })}
          />
          <OneDay label="审批日期" value={draft.on} to={today} onChange={(on) => onChange({ on })} />
        </>
      );
    case 'service':
      return <ServiceFields view={view} draft={draft} onChange={onChange} />;
    case 'replyDay':
      return (
        <OneDay
          label="重新回复的时限"
          value={draft.replyDueOn}
          from={today}
          onChange={(replyDueOn) => onChange({ replyDueOn })}
        />
      );
    case 'held':
      return (
        <OneDay
          label="约谈日期"
          value={draft.on}
          {...(view.pressure.servedOn ? { from: view.pressure.servedOn } : {})}
          to={today}
          onChange={(on) => onChange({ on })}
        />
      );
    case 'attendees':
      return <AttendeeFields draft={draft} onChange={onChange} />;
    case 'promised':
      return <PromiseFields draft={draft} onChange={onChange} today={today} />;
    case 'copies':
      return (
        <Line
          label="抄送单位"
          says="没有就留空"
          max={300}
          value={draft.copies}
          onChange={(copies) => onChange({ copies })}
        />
      );
    case 'documents':
      return (
        <EvidenceField
          itemKind="pressure"
          itemId={view.pressure.id}
          label="附件"
          hint="回函、照片、签到表、录音等，可以多选"
          files={view.files}
          chosen={draft.fileIds}
          onChange={(fileIds) => onChange({ fileIds })}
        />
      );
  }
}

/** What is proposed: the kind, to whom it goes, what about, why, what is demanded. */
export function ProposalFields({
  draft,
  onChange,
  without = [],
}: {
  draft: Pick<PressureDraft, 'kind' | 'addressee' | 'matter' | 'text' | 'demands' | 'keepers'>;
  onChange: (change: Partial<PressureDraft>) => void;
  without?: readonly string[];
}) {
  const id = useId();
  return (
    <>
      <Labelled id={`${id}-kind`} label="采取什么措施" must>
        <Choice
          id={`${id}-kind`}
          label="采取什么措施"
          value={draft.kind}
          options={pressureKinds
            .filter((kind) => !without.includes(kind))
            .map((kind) => ({ value: kind, label: pressureWords[kind] }))}
          onChange={(kind) => onChange({ kind })}
        />
      </Labelled>
      <Line
        label={isOutward(draft.kind) ? '送给哪个机关' : '主送单位'}
        must
        max={120}
        value={draft.addressee}
        onChange={(addressee) => onChange({ addressee })}
      />
      <Line
        label="针对的事项"
        must
        says="公文标题里用：关于……的警示函。"
        max={80}
        value={draft.matter}
        onChange={(matter) => onChange({ matter })}
      />
      <Lines label="理由" max={1000} value={draft.text} onChange={(text) => onChange({ text })} />
      <Lines
        label="要求（一行一条）"
        max={4000}
        rows={4}
        value={draft.demands}
        onChange={(demands) => onChange({ demands })}
      />
      {draft.kind === 'transfer' ? (
        <KeeperField value={draft.keepers} onChange={(keepers) => onChange({ keepers })} />
      ) : null}
    </>
  );
}

function ServiceFields({ view, draft, onChange }: Omit<Props, 'form'>) {
  const { today } = useSession();
  const { kind } = view.pressure;
  if (kind === 'exposure')
    return (
      <>
        <Line
          label="媒体"
          must
          says="报纸、电视台、网站、公众号等"
          max={60}
          value={draft.medium}
          onChange={(medium) => onChange({ medium })}
        />
        <OneDay label="发布日期" value={draft.on} to={today} onChange={(on) => onChange({ on })} />
        <Line label="链接" says="没有就留空" max={300} value={draft.link} onChange={(link) => onChange({ link })} />
      </>
    );
  return (
    <>
      {kind === 'interview' ? (
        <>
          <OneDay label="约谈日期" value={draft.on} from={today} onChange={(on) => onChange({ on })} />
          <Line
            label="时间"
            must
            says="如：上午9时30分"
            max={20}
            value={draft.meetAt}
            onChange={(meetAt) => onChange({ meetAt })}
          />
          <Line label="地点" must max={120} value={draft.meetPlace} onChange={(meetPlace) => onChange({ meetPlace })} />
          <Line label="主持人" must max={60} value={draft.meetHost} onChange={(meetHost) => onChange({ meetHost })} />
        </>
      ) : asksReply(kind) ? (
        <OneDay
          label={isOutward(kind) ? '反馈时限' : '回复时限'}
          value={draft.replyDueOn}
          from={today}
          onChange={(replyDueOn) => onChange({ replyDueOn })}
        />
      ) : null}
      <Line
        label="抄送单位"
        says="没有就留空"
        max={300}
        value={draft.copies}
        onChange={(copies) => onChange({ copies })}
      />
    </>
  );
}

const AttendeeFields = ({ draft, onChange }: Pick<Props, 'draft' | 'onChange'>) => (
  <PeopleFields<Attendee['as']>
    legend="参加人员（约谈方、被约谈方各至少一人）"
    postWord="职务"
    parts={[
      { value: 'host', label: '约谈方' },
      { value: 'called', label: '被约谈方' },
    ]}
    added="called"
    people={draft.attendees}
    onChange={(attendees) => onChange({ attendees })}
  />
);

function PromiseFields({ draft, onChange, today }: Pick<Props, 'draft' | 'onChange'> & { today: string }) {
  const change = (at: number, part: Partial<PressureDraft['promised'][number]>) =>
    onChange({ promised: draft.promised.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  return (
    <fieldset className="g-rows">
      <legend>整改承诺（内容和完成时限）</legend>
      {draft.promised.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no words yet while they are typed in
        <div key={at} className="g-pressure-promise">
          <Input
            aria-label={`第${at + 1}条承诺`}
            placeholder="做什么"
            maxLength={300}
            value={one.text}
            onChange={(event) => change(at, { text: event.target.value })}
          />
          <DayPicker
            label={`第${at + 1}条完成时限`}
            value={one.dueOn}
            from={today}
            onChange={(dueOn) => change(at, { dueOn })}
          />
          <Button
            aria-label={`删去第${at + 1}条`}
            disabled={draft.promised.length <= 1}
            onClick={() => onChange({ promised: draft.promised.filter((_one, index) => index !== at) })}
          >
            删去
          </Button>
        </div>
      ))}
      <Button onClick={() => onChange({ promised: [...draft.promised, { text: '', dueOn: null }] })}>加一条</Button>
    </fieldset>
  );
}
