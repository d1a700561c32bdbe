import { useState } from 'react';
import { filesApi } from '../../files/api.ts';
import { client } from '../client.ts';
import { useAct } from '../use-act.ts';
import { FileList } from './FileList.tsx';
import { FileUpload } from './FileUpload.tsx';
import { RefusalAlert } from './RefusalAlert.tsx';

const files = client(filesApi);

interface KnownFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

/** Files of an entry: uploaded to the item at once, and named in the entry when it is sent. */
export function EvidenceField(props: {
  itemKind: string;
  itemId: string;
  label?: string;
  hint?: string;
  /** Files that the item has already, for the names of those chosen. */
  files: readonly KnownFile[];
  chosen: readonly string[];
  onChange: (fileIds: string[]) => void;
}) {
  const [added, setAdded] = useState<readonly KnownFile[]>([]);
  const adding = useAct(files.addFile);
  const known = [...props.files, ...added];
  const take = async (list: readonly File[]) => {
    let ids = [...props.chosen];
    for (const file of list) {
      const stored = await adding.act({ file, query: { itemKind: props.itemKind, itemId: props.itemId } });
      if (!stored) return;
      setAdded((old) => [...old, stored]);
      ids = [...ids, stored.id];
      props.onChange(ids);
    }
  };
  return (
    <div className="g-field">
      <FileUpload
        label={props.label ?? '佐证材料'}
        hint={props.hint ?? '照片、文件、会议纪要等，可以多选'}
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
