import { useState } from 'react';
import { FileList } from '../../../platform/web/parts/FileList.tsx';
import { FileUpload } from '../../../platform/web/parts/FileUpload.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { files as filesCalls, type TaskView } from './tasks-client.ts';

/** Files of this entry: uploaded to the task at once, and named in the entry when it is sent. */
export function EvidenceField(props: {
  taskId: string;
  files: TaskView['files'];
  chosen: readonly string[];
  onChange: (fileIds: string[]) => void;
}) {
  const [added, setAdded] = useState<TaskView['files']>([]);
  const adding = useAct(filesCalls.addFile);
  const known = [...props.files, ...added];
  const take = async (list: readonly File[]) => {
    let ids = [...props.chosen];
    for (const file of list) {
      const stored = await adding.act({ file, query: { itemKind: 'task', itemId: props.taskId } });
      if (!stored) return;
      setAdded((old) => [...old, stored]);
      ids = [...ids, stored.id];
      props.onChange(ids);
    }
  };
  return (
    <div className="g-field">
      <FileUpload
        label="佐证材料"
        hint="照片、文件、会议纪要等，可以多选"
        multiple
        progress={adding.busy ? (adding.progress ?? 0) : null}
        onFiles={(list) => void take(list)}
      />
      <FileList
        empty="还没有附材料。"
        files={props.chosen.map((id) => {
          const file = known.find((one) => one.id === id);
          return { id, name: file?.name ?? '已上传的附件', ...(file ? { size: file.size } : {}) };
        })}
        onRemove={(id) => props.onChange(props.chosen.filter((one) => one !== id))}
      />
      <RefusalAlert refusal={adding.refusal} onResend={() => void adding.resend()} />
    </div>
  );
}
