import { Alert, Button, Spin } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { QueryOf } from '../../../kernel/contract.ts';
import { FileUpload } from '../../../platform/web/parts/FileUpload.tsx';
import { FilterBar } from '../../../platform/web/parts/FilterBar.tsx';
import { LedgerTable } from '../../../platform/web/parts/LedgerTable.tsx';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import type { plansApi } from '../api.ts';
import { planLifecycle } from '../lifecycle.ts';
import { planKinds } from '../plan.ts';
import { planExtensions, plans, planTone } from './plans-client.ts';

const defaults = { q: '', state: [] };

/** The register of plans, and the place to which a new plan file is dragged. */
export function PlansPage() {
  const { may } = useSession();
  const ledger = useLedger<QueryOf<typeof plansApi.listPlans>>(defaults, { sort: '-importedAt' });
  const list = useRead(plans.listPlans, { query: ledger.query });
  const states = Object.entries(planLifecycle.states).map(([value, label]) => ({ value, label }));
  return (
    <>
      <PageHeader title="方案台账" says="导入方案、工作要点或目标任务清单，校核后下达任务。" />
      {may('plan.review') ? <ImportPlan /> : null}
      <FilterBar
        ledger={ledger}
        fields={[
          { key: 'q', label: '名称、文号、编号', kind: 'text' },
          { key: 'state', label: '状态', kind: 'choices', options: states },
        ]}
      />
      <LedgerTable
        name="plans"
        label="方案台账"
        ledger={ledger}
        list={list}
        rowKey={(row) => row.id}
        columns={[
          {
            key: 'title',
            title: '方案名称',
            render: (row) => (
              <Link
                to={row.state === 'adopted' || !may('plan.review') ? `/plans/${row.id}` : `/plans/${row.id}/review`}
              >
                {row.title}
              </Link>
            ),
          },
          {
            key: 'number',
            title: '编号',
            width: 130,
            sorts: true,
            figures: true,
            render: (row) => row.number ?? '未编号',
          },
          { key: 'documentNumber', title: '文号', width: 170, render: (row) => row.documentNumber ?? '' },
          { key: 'issuer', title: '印发单位', width: 190, render: (row) => row.issuer ?? '' },
          {
            key: 'issuedOn',
            title: '印发日期',
            width: 110,
            sorts: true,
            figures: true,
            render: (row) => row.issuedOn ?? '',
          },
          { key: 'kind', title: '种类', width: 110, render: (row) => planKinds[row.kind] },
          { key: 'lines', title: '任务数', width: 80, align: 'right', figures: true, render: (row) => row.lines },
          {
            key: 'state',
            title: '状态',
            width: 180,
            render: (row) => <StatusTag tone={planTone[row.state]}>{planLifecycle.states[row.state]}</StatusTag>,
          },
          { key: 'importedByName', title: '导入人', width: 100, render: (row) => row.importedByName },
        ]}
        empty="还没有方案。请把方案文件拖到上面的框里。"
      />
    </>
  );
}

function ImportPlan() {
  const navigate = useNavigate();
  const [known, setKnown] = useState<{ id: string; says: string; file: File } | null>(null);
  const take = useAct(plans.importPlan, {
    onDone: (result, input) => {
      if (!result.known) return navigate(`/plans/${result.id}/review`);
      const says = `这个文件已由${result.importedByName}于${result.importedAt.slice(0, 10)}导入过，即《${result.title}》。`;
      setKnown({ id: result.id, says, file: input.file });
    },
  });
  return (
    <section className="g-card" aria-label="导入方案">
      <FileUpload
        label="把方案文件拖到这里"
        hint="可以导入 Word（.docx .doc）、WPS、PDF（有文字层）、Excel、OFD、文本和网页文件，最大 100 MB。"
        extensions={planExtensions}
        maxBytes={100 * 1024 * 1024}
        progress={take.progress}
        disabled={take.busy}
        onFiles={(files) => {
          setKnown(null);
          const [file] = files;
          if (file) void take.act({ file });
        }}
      />
      {take.busy && take.progress === null ? <Spin size="small" /> : null}
      <RefusalAlert refusal={take.refusal} onResend={take.resend} onClose={take.clear} />
      {known ? (
        <Alert
          type="info"
          showIcon
          title={known.says}
          action={
            <>
              <Button size="small" type="primary" onClick={() => navigate(`/plans/${known.id}`)}>
                打开已有方案
              </Button>{' '}
              <Button size="small" onClick={() => void take.act({ file: known.file, fields: { again: 'true' } })}>
                仍要再导入一份
              </Button>
            </>
          }
        />
      ) : null}
    </section>
  );
}
