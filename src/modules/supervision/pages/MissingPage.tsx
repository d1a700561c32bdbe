import { Link } from 'react-router';
import { AsOf } from '../../../platform/web/parts/AsOf.tsx';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAsOf } from '../../../platform/web/use-as-of.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { MissingLines } from './MissingLines.tsx';
import './supervision.css';
import { api } from './supervision-client.ts';

/** 应挂牌未挂牌: every open major problem that the district's rules demand to be listed and that is not. */
export function MissingPage() {
  const { day, isPast } = useAsOf();
  const read = useRead(api.missingListings, { query: isPast ? { asOf: day } : {} });
  return (
    <>
      <PageHeader
        title="应挂牌未挂牌"
        actions={<AsOf />}
        says={
          <span className="g-listing-says">
            {read.data ? `按规则应挂牌${read.data.demanded}条，已挂牌${read.data.listed}条。` : ''}
            <Link to="/listing-rules">查看应挂牌规则</Link>
          </span>
        }
      />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      {read.data ? (
        read.data.rows.length > 0 ? (
          <MissingLines rows={read.data.rows} total={read.data.missing} all="/listings/missing" />
        ) : (
          <p className="g-empty">应挂牌的都已挂牌。</p>
        )
      ) : (
        <p className="g-loading">正在读取…</p>
      )}
    </>
  );
}
