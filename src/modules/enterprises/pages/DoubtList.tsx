import { Alert } from 'antd';
import { Link } from 'react-router';
import type { EnterpriseDoubt } from './enterprises-client.ts';

/** What a person should look at: nothing of it stops him. */
export function DoubtList({ doubts, title }: { doubts: readonly EnterpriseDoubt[]; title: string }) {
  if (doubts.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={title}
      style={{ marginBottom: 12 }}
      description={
        <ul className="g-plain-list">
          {doubts.map((doubt) => (
            <li key={`${doubt.kind}${doubt.says}`}>
              {doubt.says}
              {doubt.existing?.id ? (
                <>
                  {' '}
                  <Link to={`/enterprises/${doubt.existing.id}`} target="_blank">
                    看这份档案
                  </Link>
                </>
              ) : null}
            </li>
          ))}
        </ul>
      }
    />
  );
}
