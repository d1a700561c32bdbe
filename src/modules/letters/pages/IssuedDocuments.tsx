import { Button } from 'antd';
import { useState } from 'react';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { api, files, type IssuedDocument } from './letters-client.ts';
import './letters.css';

/** Makes the document anew on the server and says whether it is the one that was issued. */
function Check({ id }: { id: string }) {
  const read = useRead(api.remakeDocument, { params: { id } });
  return (
    <span className="g-quiet" role="status">
      {read.error ? read.error.message : (read.data?.says ?? '正在核对…')}
    </span>
  );
}

function Document({ one }: { one: IssuedDocument }) {
  const [checks, setChecks] = useState(false);
  return (
    <li>
      <div>
        <b>{one.word}</b> <span className="g-code">{one.number}</span>
      </div>
      <p className="g-quiet g-figures">
        {one.issuedOn} {one.issuedByName}印发，模板「{one.templateName}」，文件指纹 {one.sha256.slice(0, 12)}
      </p>
      <div className="g-row">
        <DownloadButton call={files.openFile} input={{ params: { id: one.fileId } }} label="下载 Word" />
        <DownloadButton call={api.documentAsPdf} input={{ params: { id: one.id } }} label="下载 PDF" />
        <Button onClick={() => setChecks(true)}>核对</Button>
        {checks ? <Check id={one.id} /> : null}
      </div>
    </li>
  );
}

/** The numbered documents of an item, for its page in any room; `none` says who issues the first. */
export function IssuedDocuments({ documents, none }: { documents: readonly IssuedDocument[]; none: string }) {
  return (
    <Card title={`公文（${documents.length}份）`}>
      {documents.length === 0 ? (
        <p className="g-quiet">{none}</p>
      ) : (
        <ul className="g-documents">
          {documents.map((one) => (
            <Document key={one.id} one={one} />
          ))}
        </ul>
      )}
    </Card>
  );
}
