import { Link } from 'react-router';
import type { QueryOf } from '../../../kernel/contract.ts';
import '../../../platform/web/case.css';
import { FilterBar, type FilterField } from '../../../platform/web/parts/FilterBar.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { useListQuery } from '../../../platform/web/use-list-query.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import type { filingsApi } from '../api.ts';
import './filings.css';
import { api } from './filings-client.ts';

type Query = QueryOf<typeof filingsApi.listStories>;
const defaults: Partial<Query> = { q: undefined, kind: undefined, from: undefined, to: undefined };
const lists = [] as const;
const kindWords = { case: '典型案例', practice: '经验做法' } as const;
const fields: readonly FilterField<Query>[] = [
  { key: 'q', label: '查找', kind: 'text', placeholder: '标题、内容、单位' },
  {
    key: 'kind',
    label: '种类',
    kind: 'choice',
    options: (['case', 'practice'] as const).map((value) => ({ value, label: kindWords[value] })),
  },
  { key: 'from', label: '时限自', kind: 'day' },
  { key: 'to', label: '至', kind: 'day' },
];

/** 案例和做法: every typical case and good practice that units reported, to be read, searched and chosen from. */
export function StoriesPage() {
  const ledger = useLedger<Query>(defaults);
  const { filters } = useListQuery(ledger, lists);
  const read = useRead(api.listStories, { query: filters });
  const { data } = read;
  return (
    <>
      <PageHeader title="案例和做法" says="各单位随报送报来的典型案例和经验做法；起草通报时可以选登。" />
      <FilterBar ledger={ledger} fields={fields} />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      {data ? (
        <Card title={`共${data.all}个${data.all > data.rows.length ? `，列出最近的${data.rows.length}个` : ''}`}>
          {data.rows.length === 0 ? (
            <p className="g-empty">这些天报来的里面没有。报送制度中要求“典型案例”“经验做法”的，报来以后列在这里。</p>
          ) : (
            data.rows.map((one) => (
              <article className="g-story" key={`${one.filingId}/${one.kind}/${one.at}`}>
                <b>{one.title}</b>{' '}
                <StatusTag tone={one.kind === 'case' ? 'active' : 'done'}>{kindWords[one.kind]}</StatusTag>
                <p>{one.text}</p>
                <span className="g-quiet">
                  {one.unitName}，
                  <Link to={`/periodic-reports/${one.filingId}`}>
                    {one.rhythmName}（{one.periodWords}）
                  </Link>
                  {one.files > 0 ? `，附件${one.files}份` : ''}
                </span>
              </article>
            ))
          )}
        </Card>
      ) : null}
    </>
  );
}
