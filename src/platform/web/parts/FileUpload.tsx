import { Button, Progress } from 'antd';
import { type DragEvent, useId, useRef, useState } from 'react';
import { fileTrouble } from './file-trouble.ts';

/**
 * A place to drop files on or choose them from. It only hands the good ones over (`onFiles`); the page sends them with
 * an upload route and gives back `progress` (0–1) while they are on their way.
 */
export function FileUpload(props: {
  onFiles: (files: readonly File[]) => void;
  label: string;
  hint?: string;
  maxBytes?: number;
  extensions?: readonly string[];
  multiple?: boolean;
  progress?: number | null;
  disabled?: boolean;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [troubles, setTroubles] = useState<readonly string[]>([]);
  const sending = props.progress !== undefined && props.progress !== null;
  const take = (list: FileList | null) => {
    const files = Array.from(list ?? []).slice(0, props.multiple ? undefined : 1);
    const found = files.map((file) => fileTrouble(file, props));
    setTroubles(found.filter((each): each is string => each !== null));
    const good = files.filter((_file, index) => found[index] === null);
    if (good.length > 0) props.onFiles(good);
    if (input.current !== null) input.current.value = '';
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!props.disabled && !sending) take(event.dataTransfer.files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an addition to the button inside
    <div
      className={over ? 'g-drop g-drop-over' : 'g-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label htmlFor={id} className="g-drop-label">
        {props.label}
      </label>
      <input
        ref={input}
        id={id}
        type="file"
        className="g-unseen"
        tabIndex={-1}
        multiple={props.multiple ?? false}
        accept={props.extensions?.map((each) => `.${each}`).join(',')}
        disabled={props.disabled || sending}
        onChange={(event) => take(event.target.files)}
      />
      <Button onClick={() => input.current?.click()} disabled={props.disabled} loading={sending}>
        选择文件
      </Button>
      <span className="g-drop-or">或将文件拖到这里</span>
      {props.hint ? <p className="g-quiet">{props.hint}</p> : null}
      {sending ? (
        <Progress
          percent={Math.round((props.progress ?? 0) * 100)}
          aria-label="上传进度"
          format={(percent) => (percent === 100 ? '已送达，正在处理' : `${percent}%`)}
        />
      ) : null}
      {troubles.map((trouble) => (
        <p key={trouble} role="alert" className="g-wrong">
          {trouble}
        </p>
      ))}
    </div>
  );
}
