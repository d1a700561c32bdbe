import { Navigate, useParams } from 'react-router';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { api } from './enterprises-client.ts';

/** The short address that a QR code holds: leads to the file of that number. */
export function NumberPage() {
  const { number = '' } = useParams();
  const read = useRead(api.enterpriseByNumber, { params: { number } });
  if (read.data) return <Navigate to={`/enterprises/${read.data.enterprise.id}`} replace />;
  return (
    <>
      <PageHeader title={number} />
      {read.error ? <RefusalAlert refusal={read.error} /> : <p className="g-loading">正在打开…</p>}
    </>
  );
}
