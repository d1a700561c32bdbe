import { Button } from 'antd';
import { sizeText } from './file-trouble.ts';

export interface FileRow {
  readonly id: string;
  readonly name: string;
  readonly size?: number;
  /** Who, when: 「张某 2026-11-22」. */
  readonly note?: string;
  /** Address of the download, from `api.x.address(…)`; without it the name is plain text. */
  readonly href?: string;
}

/** Files of a record; `onRemove` only where they may still be taken away. */
export function FileList(props: { files: readonly FileRow[]; onRemove?: (id: string) => void; empty?: string }) {
  if (props.files.length === 0) return <p className="g-quiet">{props.empty ?? '没有附件。'}</p>;
  return (
    <ul className="g-files">
      {props.files.map((file) => (
        <li key={file.id}>
          {file.href ? (
            <a href={file.href} download={file.name}>
              {file.name}
            </a>
          ) : (
            <span>{file.name}</span>
          )}
          <span className="g-quiet">
            {[file.size === undefined ? '' : sizeText(file.size), file.note ?? ''].filter(Boolean).join(' · ')}
          </span>
          {props.onRemove ? (
            <Button
              size="small"
              type="link"
              aria-label={`移除附件 ${file.name}`}
              onClick={() => props.onRemove?.(file.id)}
            >
              移除
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
