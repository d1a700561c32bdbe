import { Modal } from 'antd';
import type { ReactNode } from 'react';
import type { CaseForm } from '../case-form.ts';
import '../case.css';
import { useAct } from '../use-act.ts';
import { useKeptDraft } from '../use-kept-draft.ts';
import { RefusalAlert } from './RefusalAlert.tsx';

/**
 * The form of one action of a case. What is typed stays in this browser until the server has acknowledged it: over an
 * ended session, a closed tab, a lost race. A lost race shows what happened meanwhile and lets the person look again.
 */
export function CaseDialog<Field extends string, Draft extends object, View>(props: {
  form: CaseForm<Field, Draft, View>;
  view: View;
  /** Id of the case, and the name under which its draft is kept. */
  id: string;
  keep: string;
  /** The action in its word and what it is done to: 「签收：…」. */
  word: string;
  subject: string;
  begin: Draft;
  /** A change may be given as a rule on the newest draft, for what arrives later (uploads). */
  fields: (draft: Draft, change: (part: Partial<Draft> | ((old: Draft) => Partial<Draft>)) => void) => ReactNode;
  /** Why it cannot be sent yet (files are still on their way). */
  waits?: string | null;
  onClose: () => void;
  onRefresh: () => void;
}) {
  const { form } = props;
  const kept = useKeptDraft<Draft>(props.keep, props.begin);
  const acting = useAct(form.call, {
    onDone: () => {
      kept.forget();
      props.onClose();
    },
  });
  // A draft of an earlier version of the form may lack what was added since.
  const draft = { ...props.begin, ...kept.draft };
  const send = () =>
    void acting.act({ params: { id: props.id }, body: form.body(draft, props.view) } as unknown as Parameters<
      typeof acting.act
    >[0]);
  return (
    <Modal
      open
      title={`${props.word}：${props.subject}`}
      okText={`确认${props.word}`}
      cancelText="返回"
      width={form.wide || form.fields.length > 2 ? 720 : 560}
      okButtonProps={{ danger: form.danger ?? false, disabled: Boolean(props.waits) }}
      confirmLoading={acting.busy}
      mask={{ closable: false }}
      onOk={send}
      onCancel={props.onClose}
    >
      {form.says ? <p className="g-quiet">{form.says}</p> : null}
      {kept.restored ? (
        <p role="status" className="g-quiet">
          已恢复您上次填写、还没有提交的内容。
        </p>
      ) : null}
      {props.fields(draft, (part) =>
        kept.setDraft((old) => {
          const whole = { ...props.begin, ...old };
          return { ...whole, ...(typeof part === 'function' ? part(whole) : part) };
        }),
      )}
      {props.waits ? (
        <p role="status" className="g-quiet">
          {props.waits}
        </p>
      ) : null}
      <RefusalAlert refusal={acting.refusal} onResend={() => void acting.resend()} onRefresh={props.onRefresh} />
    </Modal>
  );
}
