import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { AsOf } from '../../../platform/web/parts/AsOf.tsx';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { FilterBar } from '../../../platform/web/parts/FilterBar.tsx';
import { LedgerTable } from '../../../platform/web/parts/LedgerTable.tsx';
import { LinkedNote } from '../../../platform/web/parts/LinkedNote.tsx';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { useListQuery, useOpenFirst } from '../../../platform/web/use-list-query.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { BatchBar } from './BatchBar.tsx';
import {
  ledgerDefaults,
  ledgerFields,
  ledgerLists,
  ledgerOptions,
  linkedFilters,
  shownFirst,
} from './ledger-filters.ts';
import { ProblemCard, problemColumns } from './problem-columns.tsx';
import './problems.css';
import { api, type ProblemLine, type ProblemQuery } from './problems-client.ts';
import { columnsOf, SavedViews, useSavedViews } from './SavedViews.tsx';

const stillOpen = ['red', 'amber', 'green', 'grey'] as const;

/** 问题台账: filters kept in the address, saved views, columns, batch actions, export, any past day. */
export function ProblemListPage() {
  const { actor, may } = useSession();
  const navigate = useNavigate();
  useOpenFirst('lamp', stillOpen);
  const ledger = useLedger<ProblemQuery>(ledgerDefaults, ledgerOptions);
  const { query, filters, isPast } = useListQuery(ledger, ledgerLists);
  const list = useRead(api.listProblems, { query });
  const choices = useRead(api.problemChoices);
  const [chosen, setChosen] = useState<readonly ProblemLine[]>([]);
  const linked = linkedFilters(query);
  const saved = useSavedViews();
  const printed = saved.view ? { view: saved.view.id } : {};
  return (
    <>
      <PageHeader
        title="问题台账"
        says={saved.view ? `清单视图：${saved.view.title}` : undefined}
        actions={
          <>
            <AsOf />
            <SavedViews
              views={saved.views}
              view={saved.view}
              onChoose={saved.choose}
              filters={ledger.filters}
              sort={ledger.sort}
            />
            {may('problem.register') ? (
              <Button type="primary" onClick={() => navigate('/problems/new')}>
                登记问题
              </Button>
            ) : null}
          </>
        }
      />
      <FilterBar
        ledger={ledger}
        fields={ledgerFields(choices.data, Boolean(actor?.unitName))}
        first={shownFirst}
        extra={
          may('problem.export') ? (
            <>
              <DownloadButton
                call={api.exportProblems}
                input={{ query: { ...filters, ...printed } }}
                label="导出表格"
              />
              <DownloadButton call={api.exportProblemsCsv} input={{ query: filters }} label="导出 CSV" />
            </>
          ) : null
        }
      />
      <LinkedNote linked={linked} onClear={ledger.clear} />
      <LedgerTable
        key={saved.view?.id ?? 'usual'}
        name={saved.view ? `problems.${saved.view.id}` : 'problems'}
        label="问题台账"
        ledger={ledger}
        list={list}
        rowKey={(row) => row.id}
        columns={columnsOf(saved.view, problemColumns)}
        empty="没有符合条件的问题。可以放宽筛选条件，或点“登记问题”登记一条。"
        {...(isPast
          ? {}
          : {
              selection: {
                keys: chosen.map((row) => row.id),
                onChange: (_keys: string[], rows: ProblemLine[]) => setChosen(rows.filter(Boolean)),
              },
              toolbar: <BatchBar chosen={chosen} onDone={() => setChosen([])} />,
            })}
        card={(row) => <ProblemCard row={row} />}
      />
    </>
  );
}
