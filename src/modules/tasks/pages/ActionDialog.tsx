import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
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

/** The form of one action of a task. */
export function ActionDialog(props: {
  action: TaskAction;
  view: TaskView;
  onClose: () => void;
  onRefresh: () => void;
}) {
  const { action, view } = props;
  const form = actionForms[action];
  return (
    <CaseDialog
      form={form}
      view={view}
      id={view.task.id}
      keep={`task.${action}.${view.task.id}`}
      word={taskLifecycle.actions[action]}
      subject={view.task.title}
      begin={begin(action, view)}
      fields={(draft, change) => <ActionFields form={form} view={view} draft={draft} onChange={change} />}
      onClose={props.onClose}
      onRefresh={props.onRefresh}
    />
  );
}
