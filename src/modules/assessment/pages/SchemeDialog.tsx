import { Checkbox } from 'antd';
import { useId, useState } from 'react';
import type { RouteContract } from '../../../kernel/contract.ts';
import { addDays, day } from '../../../kernel/day.ts';
import { caseCall } from '../../../platform/web/case-form.ts';
import type { ApiCall, InputOf } from '../../../platform/web/client.ts';
import { ActDialog } from '../../../platform/web/parts/ActDialog.tsx';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { TextField } from '../../../platform/web/parts/TextField.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { type SchemeAction, schemeLifecycle } from '../lifecycle.ts';
import { api, type SchemeView } from './assessment-client.ts';

interface Form {
  readonly call: ApiCall<RouteContract>;
  /** Name of the day in the body and its label. */
  readonly day?: readonly [string, string];
  /** Name of the text in the body, its label, and whether it must be given. */
  readonly text?: readonly [string, string, boolean];
  readonly letter?: true;
  readonly says: string;
}

const forms: Readonly<Partial<Record<SchemeAction, Form>>> = {
  publish: {
    call: caseCall(api.publishScheme),
    says: '发布后不能再改动这一版；要调整的，拟订新版本，由另一位同志发布。',
  },
  issueVersion: {
    call: caseCall(api.issueSchemeVersion),
    day: ['fromOn', '自何日起用'],
    says: '起用之前各日的得分仍按原来的版本计算。',
  },
  withdrawVersion: { call: caseCall(api.withdrawSchemeVersion), text: ['reason', '原因', true], says: '' },
  drop: { call: caseCall(api.dropScheme), text: ['reason', '原因', true], says: '作废后不能恢复。' },
  openSelf: {
    call: caseCall(api.openSelf),
    day: ['until', '自评截止日期'],
    says: '此时确定被考核的单位，给每个单位建立考核表。',
  },
  collect: {
    call: caseCall(api.collectScores),
    day: ['day', '取数截至'],
    says: '取得的数据封存，得分不再随台账变动。',
  },
  recollect: {
    call: caseCall(api.collectScores),
    day: ['day', '取数截至'],
    text: ['reason', '为什么重新取数', true],
    says: '前一次取数仍然保留。',
  },
  finishScoring: { call: caseCall(api.finishScoring), says: '结束之后不能再打分，转入否决核查。' },
  show: {
    call: caseCall(api.showScores),
    text: ['finding', '否决核查结果', true],
    says: '向被考核单位公示得分，开始申诉期。',
  },
  grade: { call: caseCall(api.gradeScheme), says: '按分数、名额和一票否决确定各单位等次。' },
  announce: {
    call: caseCall(api.announceScheme),
    letter: true,
    says: '公布后考核了结。通报中的数字取自考核表，不能手工改动。',
  },
};

/** The form of one action of a scheme. */
export function SchemeDialog(props: {
  action: SchemeAction;
  view: SchemeView;
  onClose: () => void;
  onRefresh: () => void;
}) {
  const { action, view } = props;
  const { today } = useSession();
  const id = useId();
  const form = forms[action];
  const late = today > view.scheme.to ? view.scheme.to : today;
  const [on, setOn] = useState<string | null>(
    action === 'openSelf' ? addDays(day(today), view.body.selfDays) : action === 'issueVersion' ? today : late,
  );
  const [text, setText] = useState('');
  const [letter, setLetter] = useState(true);
  const acting = useAct(form?.call ?? caseCall(api.publishScheme), { onDone: props.onClose });
  if (!form) return null;
  const send = () =>
    void acting.act({
      params: { id: view.scheme.id },
      body: {
        version: view.scheme.version,
        ...(form.day ? { [form.day[0]]: on ?? '' } : {}),
        ...(form.text ? { [form.text[0]]: text } : {}),
        ...(form.letter ? { letter } : {}),
      },
    } as unknown as InputOf<RouteContract>);
  const word = schemeLifecycle.actions[action];
  return (
    <ActDialog
      title={`${word}：${view.scheme.title}`}
      okText={`确认${word}`}
      danger={action === 'drop'}
      acting={acting}
      onSend={send}
      onClose={props.onClose}
      onRefresh={props.onRefresh}
    >
      {form.says ? <p className="g-quiet">{form.says}</p> : null}
      {form.day ? (
        <Labelled id={`${id}-day`} label={form.day[1]} must>
          <DayPicker id={`${id}-day`} label={form.day[1]} value={on} onChange={setOn} />
        </Labelled>
      ) : null}
      {form.text ? <TextField label={form.text[1]} must={form.text[2]} value={text} onChange={setText} /> : null}
      {form.letter ? (
        <Checkbox checked={letter} onChange={(event) => setLetter(event.target.checked)}>
          同时编号印发《考核结果通报》
        </Checkbox>
      ) : null}
    </ActDialog>
  );
}
