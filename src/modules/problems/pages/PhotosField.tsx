import { Button, Checkbox, Progress } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { newKey } from '../../../platform/web/key.ts';
import { FileUpload } from '../../../platform/web/parts/FileUpload.tsx';
import { sizeText } from '../../../platform/web/parts/file-trouble.ts';
import { isHeic, readyPhoto } from '../../../platform/web/photo.ts';
import { asRefused } from '../../../platform/web/refused.ts';
import { fileAddress, files, isShown } from './problems-client.ts';
import './problems.css';

export type PhotoRole = 'before' | 'after' | 'document';

/** A photo or file that has been uploaded to the problem and is named in the entry when it is sent. */
export interface ChosenPhoto {
  readonly fileId: string;
  readonly role: PhotoRole;
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

/** What one entry holds unless the setting `problems.photosPerReport` says otherwise; the server has the last word. */
const MOST_PHOTOS = 30;

/** As evidence in the body of a route: time and place are read by the server from the picture itself. */
export const evidenceOf = (photos: readonly ChosenPhoto[]) => photos.map(({ fileId, role }) => ({ fileId, role }));

interface Failed {
  readonly name: string;
  readonly says: string;
}

const tooMany = (given: number, room: number): string[] => {
  if (given <= room) return [];
  const taken = room === 0 ? '已经附满，这次选的都没有接收' : `只接收前 ${room} 个`;
  return [
    `一次填报最多附 ${MOST_PHOTOS} 个文件，这次选了 ${given} 个，${taken}。请挑选最能说明情况的，其余的提交后分次补充。`,
  ];
};

/** One sentence for all of them: a camera set to HEIC gives many at once. */
function heicNote(files: readonly File[]): string[] {
  const [first] = files;
  if (!first) return [];
  const which = files.length === 1 ? `“${first.name}”是` : `“${first.name}”等 ${files.length} 张是`;
  return [
    `${which} HEIC 格式，多数电脑的浏览器不能显示，只作为文件保存。请在手机“相机—格式”里选“兼容性最佳”，或另存为 JPG 后再传。`,
  ];
}

const waitMs = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Sends one file; a network failure or "too many at once" is tried again with the same key, so that it is stored once. */
async function sendFile(itemId: string, file: File, told: (share: number) => void) {
  const key = newKey();
  for (let attempt = 1; ; attempt++) {
    try {
      return await files.addFile({ file, query: { itemKind: 'problem', itemId } }, { key, onProgress: told });
    } catch (thrown) {
      const refused = asRefused(thrown);
      const again = refused.kind === 'unreachable' || refused.kind === 'too-many';
      if (!again || attempt >= 4) throw refused;
      await waitMs(attempt * 1500);
    }
  }
}

/**
 * Photos of one kind (before, after) or documents of an entry: shrunk in the browser, sent one after another, shown
 * small. What cannot be taken is named with its reason; the others go on.
 */
export function PhotosField(props: {
  itemId: string;
  shows: PhotoRole;
  label: string;
  hint?: string;
  chosen: readonly ChosenPhoto[];
  onChange: (change: (old: readonly ChosenPhoto[]) => readonly ChosenPhoto[]) => void;
  /** Tells the form how many files are still on their way. */
  onWaiting?: (count: number) => void;
}) {
  const id = useId();
  const [original, setOriginal] = useState(false);
  const [sending, setSending] = useState<{ at: number; of: number; share: number; name: string } | null>(null);
  const [failed, setFailed] = useState<readonly Failed[]>([]);
  const [notes, setNotes] = useState<readonly string[]>([]);
  const shown = useRef(new Map<string, string>());
  const own = props.chosen.filter((one) => one.role === props.shows);
  const { onWaiting } = props;
  useEffect(() => {
    const map = shown.current;
    return () => {
      for (const address of map.values()) URL.revokeObjectURL(address);
    };
  }, []);
  const take = async (list: readonly File[]) => {
    const room = Math.max(0, MOST_PHOTOS - props.chosen.length);
    const taken = list.slice(0, room);
    setFailed([]);
    setNotes([...tooMany(list.length, room), ...heicNote(taken.filter(isHeic))]);
    let at = 0;
    for (const chosen of taken) {
      at += 1;
      onWaiting?.(taken.length - at + 1);
      setSending({ at, of: taken.length, share: 0, name: chosen.name });
      const ready = await readyPhoto(chosen, { original: original || props.shows === 'document' });
      if (ready.says !== null) setNotes((old) => [...old, ready.says ?? '']);
      try {
        const stored = await sendFile(props.itemId, ready.file, (share) =>
          setSending({ at, of: taken.length, share, name: chosen.name }),
        );
        if (isShown(stored.type)) shown.current.set(stored.id, URL.createObjectURL(ready.file));
        props.onChange((old) => [
          ...old,
          { fileId: stored.id, role: props.shows, name: stored.name, size: stored.size, type: stored.type },
        ]);
      } catch (thrown) {
        setFailed((old) => [...old, { name: chosen.name, says: asRefused(thrown).says }]);
      }
    }
    onWaiting?.(0);
    setSending(null);
  };
  return (
    <div className="g-field">
      <FileUpload
        label={props.label}
        hint={
          props.hint ??
          (props.shows === 'document'
            ? '文件、会议纪要等，可以多选'
            : '可以多选；照片自动缩到 2000 像素以内，拍摄时间和位置保留')
        }
        multiple
        disabled={sending !== null}
        onFiles={(list) => void take(list)}
      />
      {props.shows === 'document' ? null : (
        <Checkbox id={id} checked={original} onChange={(event) => setOriginal(event.target.checked)}>
          上传原图（不缩小）
        </Checkbox>
      )}
      {sending ? (
        <div role="status">
          <span className="g-quiet">
            正在上传第 {sending.at} 个，共 {sending.of} 个：{sending.name}
          </span>
          <Progress
            percent={Math.round(((sending.at - 1 + sending.share) / sending.of) * 100)}
            aria-label="上传进度"
            size="small"
          />
        </div>
      ) : null}
      {notes.map((note) => (
        <p key={note} className="g-quiet" role="status">
          {note}
        </p>
      ))}
      {failed.map((one) => (
        <p key={one.name} className="g-wrong" role="alert">
          “{one.name}”没有传上：{one.says}
        </p>
      ))}
      {own.length > 0 ? (
        <ul className="g-thumbs">
          {own.map((photo) => (
            <li key={photo.fileId}>
              {isShown(photo.type) ? (
                <img
                  src={shown.current.get(photo.fileId) ?? fileAddress(photo.fileId)}
                  alt={photo.name}
                  loading="lazy"
                />
              ) : (
                <span className="g-thumb-file">{photo.name}</span>
              )}
              <span className="g-quiet">{sizeText(photo.size)}</span>
              <Button
                size="small"
                type="link"
                aria-label={`移除 ${photo.name}`}
                onClick={() => props.onChange((old) => old.filter((one) => one.fileId !== photo.fileId))}
              >
                移除
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
