import { useState } from 'react';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { type ProblemAction, problemLifecycle } from '../lifecycle.ts';
import { ActionFields } from './ActionFields.tsx';
import { type ActionDraft, actionForms, beginDraft } from './action-forms.ts';
import type { ProblemView } from './problems-client.ts';

/** The form of one action of a problem; it cannot be sent while photos are still on their way. */
export function ActionDialog(props: {
  action: ProblemAction;
  view: ProblemView;
  onClose: () => void;
  onRefresh: () => void;
}) {
  const { action, view } = props;
  const { today } = useSession();
  const [waiting, setWaiting] = useState(0);
  const form = actionForms[action];
  return (
    <CaseDialog
      form={form}
      view={view}
      id={view.problem.id}
      keep={`problem.${action}.${view.problem.id}`}
      word={problemLifecycle.actions[action]}
      subject={`${view.problem.number} ${view.problem.title}`}
      begin={beginDraft(action, view, today)}
      waits={waiting > 0 ? `还有 ${waiting} 个文件正在上传，传完后才能提交。` : null}
      fields={(draft, change) => (
        <ActionFields
          form={form}
          view={view}
          draft={draft}
          onChange={change}
          onPhotos={(edit) => change((old: ActionDraft) => ({ photos: edit(old.photos) }))}
          onWaiting={setWaiting}
        />
      )}
      onClose={props.onClose}
      onRefresh={props.onRefresh}
    />
  );
}
