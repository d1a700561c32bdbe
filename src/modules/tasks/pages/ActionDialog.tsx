import { Modal } from 'antd';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useKeptDraft } from '../../../platform/web/use-kept-draft.ts';
import { type TaskAction, taskLifecycle } from '../lifecycle.ts';
import { ActionFields } from './ActionFields.tsx';
import { type ActionDraft, actionForms, emptyDraft } from './action-forms.ts';
import type { TaskView } from './tasks-client.ts';

const begin = (action: TaskAction, view: TaskView): ActionDraft => ({
  ...emptyDraft,
  percent: action === 'report' ? view.task.percent : null,
  personName: view.task.personName ?? '',
  milestones: view.milestones,
  targetActuals: view.targets.map((target) => target.actual ?? null),
});

/**
 * The form of one action. What is typed stays in this browser until the server has acknowledged it: over an ended
 * session, a closed tab, a lost race. A lost race shows what happened meanwhile and lets the person look again.
 */
export function ActionDialog(props: {
  action: TaskAction;
  view: TaskView;
  onClose: () => void;
  onRefresh: () => void;
}) {
  const { action, view } = props;
  const form = actionForms[action];
  const kept = useKeptDraft<ActionDraft>(`task.${action}.${view.task.id}`, begin(action, view));
  const acting = useAct(form.call, {
    onDone: () => {
      kept.forget();
      props.onClose();
    },
  });
  const send = () =>
    void acting.act({ params: { id: view.task.id }, body: form.body(kept.draft, view) } as unknown as Parameters<
      typeof acting.act
    >[0]);
  return (
    <Modal
      open
      title={`${taskLifecycle.actions[action]}：${view.task.title}`}
      okText={`确认${taskLifecycle.actions[action]}`}
      cancelText="返回"
      width={form.fields.length > 2 ? 720 : 560}
      okButtonProps={{ danger: form.danger ?? false }}
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
      <ActionFields
        form={form}
        view={view}
        draft={kept.draft}
        onChange={(change) => kept.setDraft((old) => ({ ...old, ...change }))}
      />
      <RefusalAlert refusal={acting.refusal} onResend={() => void acting.resend()} onRefresh={props.onRefresh} />
    </Modal>
  );
}
