import { useParams } from 'react-router';
import '../../../platform/web/case.css';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { Body } from './Body.tsx';
import './bulletins.css';
import { api } from './bulletins-client.ts';

/** The bulletin alone on the page, as it goes to the printer. The official document is the .docx. */
export function PrintPage() {
  const { id = '' } = useParams();
  const read = useRead(api.viewBulletin, { params: { id } });
  const view = read.data;
  if (!view)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在读取…</p>
    );
  const { bulletin } = view;
  return (
    <main className="g-bulletin-paper">
      <p className="g-bulletin-head">{view.issuer}</p>
      <h1>{bulletin.formName}</h1>
      <p className="g-bulletin-period">
        {bulletin.issue === null ? '（草稿，未编文号）' : `第${bulletin.issue}期　${bulletin.documentNumber}`}
        {'　'}
        {view.periodWords}
      </p>
      {view.addressee ? <p className="g-bulletin-to">{view.addressee}：</p> : null}
      <Body view={view} />
      <p className="g-bulletin-sign">
        {view.issuer}
        <br />
        {bulletin.issuedOn ?? ''}
      </p>
      <p className="g-no-print">
        <button type="button" onClick={() => window.print()}>
          打印
        </button>
      </p>
    </main>
  );
}
