import { Button, Input, Select } from 'antd';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { EvidenceField } from '../../../platform/web/parts/EvidenceField.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { UnitPicker, UnitsPicker } from '../../units/pages/UnitPicker.tsx';
import { type Attendee, type Coming, comings, comingWords } from '../shapes.ts';
import { DayField, Lines, Under, Words } from './fields.tsx';
import {
  blankAttendee,
  blankDecision,
  type MeetingDraft,
  type MeetingField,
  type MeetingForm,
} from './meeting-forms.ts';
import { api, type MeetingView } from './meetings-client.ts';

interface Props {
  readonly draft: MeetingDraft;
  readonly onChange: (change: Partial<MeetingDraft>) => void;
}

/** When, where, under whom, with whom. */
export function PlanFields({ draft, onChange }: Props) {
  return (
    <>
      <Words label="会议名称" must max={80} value={draft.name} onChange={(name) => onChange({ name })} />
      <DayField label="会议日期" must value={draft.on} onChange={(on) => onChange({ on })} />
      <Words label="时间" max={20} placeholder="如：9:00" value={draft.time} onChange={(time) => onChange({ time })} />
      <Words label="地点" max={80} value={draft.place} onChange={(place) => onChange({ place })} />
      <Words label="主持人" max={40} value={draft.chair} onChange={(chair) => onChange({ chair })} />
      <Words label="召集单位" must max={60} value={draft.convener} onChange={(convener) => onChange({ convener })} />
      <Under label="召集单位在系统中的账号单位" says="填了的，这个单位可以自己办理会议。">
        {(id) => (
          <UnitPicker
            id={id}
            label="召集单位在系统中的账号单位"
            value={draft.convenerUnitId}
            onChange={(convenerUnitId) => onChange({ convenerUnitId })}
          />
        )}
      </Under>
      <Lines<Attendee>
        legend="参会单位和人员"
        add="增加一人"
        lines={draft.attendees}
        blank={blankAttendee}
        onChange={(attendees) => onChange({ attendees })}
        one={(line, change, at) => (
          <>
            <UnitPicker label={`第${at + 1}人单位`} value={line.unitId} onChange={(unitId) => change({ unitId })} />
            <Input
              aria-label={`第${at + 1}人姓名`}
              placeholder="姓名"
              maxLength={30}
              value={line.name}
              onChange={(event) => change({ name: event.target.value })}
            />
            <Input
              aria-label={`第${at + 1}人职务`}
              placeholder="职务"
              maxLength={40}
              value={line.post}
              onChange={(event) => change({ post: event.target.value })}
            />
          </>
        )}
      />
    </>
  );
}

/** What the ledgers propose, to be chosen; and the agenda itself. */
function AgendaFields({ view, draft, onChange }: Props & { view: MeetingView }) {
  const read = useRead(api.proposeAgenda, { params: { id: view.id } });
  const chosen = new Set(draft.agenda.map((topic) => topic.item?.number));
  const rows = (read.data?.rows ?? []).filter((row) => !chosen.has(row.item.number));
  return (
    <>
      <p className="g-quiet">
        {rows.length > 0 ? '台账提出的议题，由您选定：' : '台账没有提出别的议题，可以自己填写。'}
      </p>
      <ul className="g-proposals">
        {rows.map((row) => (
          <li key={row.item.number}>
            <Button
              size="small"
              aria-label={`选定：${row.text}`}
              onClick={() =>
                onChange({
                  agenda: [
                    ...draft.agenda.filter((one) => one.text.trim() !== ''),
                    { text: row.text.slice(0, 200), reporter: row.reporter.slice(0, 80), item: row.item },
                  ],
                })
              }
            >
              选定
            </Button>
            <div>
              {row.text}
              <br />
              <span className="g-quiet">
                {row.group} {row.item.number}，{row.why}
              </span>
            </div>
          </li>
        ))}
      </ul>
      <Lines
        legend="会议议题"
        add="另写一项"
        lines={draft.agenda}
        blank={{ text: '', reporter: '', item: null }}
        onChange={(agenda) => onChange({ agenda })}
        one={(line, change, at) => (
          <>
            <Input.TextArea
              aria-label={`第${at + 1}项议题`}
              autoSize
              maxLength={200}
              value={line.text}
              onChange={(event) => change({ text: event.target.value })}
            />
            <Input
              aria-label={`第${at + 1}项汇报单位`}
              placeholder="汇报单位"
              maxLength={80}
              value={line.reporter}
              onChange={(event) => change({ reporter: event.target.value })}
            />
          </>
        )}
      />
    </>
  );
}

function AttendanceFields({ draft, onChange }: Props) {
  const { today } = useSession();
  return (
    <>
      <DayField label="召开日期" must to={today} value={draft.heldOn} onChange={(heldOn) => onChange({ heldOn })} />
      <Words label="地点" max={80} value={draft.place} onChange={(place) => onChange({ place })} />
      <Words label="主持人" must max={40} value={draft.chair} onChange={(chair) => onChange({ chair })} />
      <Lines<Attendee>
        legend="逐人登记到会情况"
        add=""
        fixed
        lines={draft.attendees}
        blank={blankAttendee}
        onChange={(attendees) => onChange({ attendees })}
        one={(line, change, at) => (
          <>
            <span>
              {line.unitName} {line.name} {line.post}
            </span>
            <Select<Coming>
              aria-label={`第${at + 1}人到会情况`}
              value={line.came ?? 'present'}
              options={comings.map((value) => ({ value, label: comingWords[value] }))}
              onChange={(came) => change({ came })}
            />
            <Input
              aria-label={`第${at + 1}人说明`}
              placeholder="代会人姓名或请假原因"
              maxLength={80}
              value={line.note}
              onChange={(event) => change({ note: event.target.value })}
            />
          </>
        )}
      />
    </>
  );
}

function DecisionFields({ draft, onChange }: Props) {
  const { today } = useSession();
  return (
    <Lines
      legend="交办事项"
      add="增加一项"
      lines={draft.decisions}
      blank={blankDecision}
      onChange={(decisions) => onChange({ decisions })}
      one={(line, change, at) => (
        <>
          <Input.TextArea
            className="g-entry-wide"
            aria-label={`第${at + 1}项要办的事`}
            placeholder="要办的事"
            autoSize
            maxLength={500}
            value={line.text}
            onChange={(event) => change({ text: event.target.value })}
          />
          <UnitPicker
            label={`第${at + 1}项牵头单位`}
            value={line.leadUnitId}
            onChange={(leadUnitId) => change({ leadUnitId })}
          />
          <UnitsPicker
            label={`第${at + 1}项配合单位`}
            value={line.coUnitIds}
            onChange={(coUnitIds) => change({ coUnitIds })}
          />
          <DayPicker
            label={`第${at + 1}项完成时限`}
            from={today}
            value={line.dueOn}
            onChange={(dueOn) => change({ dueOn })}
          />
        </>
      )}
    />
  );
}

/** The controls that the form of an action asks for, in their order. */
export function MeetingFields(props: Props & { form: MeetingForm; view: MeetingView }) {
  return (
    <>
      {props.form.fields.map((name) => (
        <OneField key={name} name={name} {...props} />
      ))}
    </>
  );
}

function OneField({
  name,
  form,
  view,
  draft,
  onChange,
}: Props & { form: MeetingForm; view: MeetingView; name: MeetingField }) {
  switch (name) {
    case 'plan':
      return <PlanFields draft={draft} onChange={onChange} />;
    case 'agenda':
      return <AgendaFields view={view} draft={draft} onChange={onChange} />;
    case 'copies':
      return (
        <Words
          label="抄送单位"
          max={300}
          says="没有就留空，版记中不写抄送。"
          value={draft.copies}
          onChange={(copies) => onChange({ copies })}
        />
      );
    case 'attendance':
      return <AttendanceFields draft={draft} onChange={onChange} />;
    case 'points':
      return (
        <Words
          label="会议议定的内容"
          must
          rows={6}
          max={20_000}
          says="一段一条，回车分段。"
          value={draft.points}
          onChange={(points) => onChange({ points })}
        />
      );
    case 'decisions':
      return <DecisionFields draft={draft} onChange={onChange} />;
    case 'reason':
      return (
        <Words
          label={form.labels?.reason ?? '原因'}
          must
          rows={3}
          value={draft.reason}
          onChange={(reason) => onChange({ reason })}
        />
      );
    case 'documents':
      return (
        <EvidenceField
          itemKind="meeting"
          itemId={view.id}
          label="附件"
          hint="签到表、照片、会议材料等，可以多选"
          files={view.files}
          chosen={draft.fileIds}
          onChange={(fileIds) => onChange({ fileIds })}
        />
      );
  }
}
