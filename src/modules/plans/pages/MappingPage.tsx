import './plans.css';
import { Button, Pagination, Select, Spin } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { QueryOf, ResponseOf } from '../../../kernel/contract.ts';
import { ConfirmWithReason } from '../../../platform/web/parts/ConfirmWithReason.tsx';
import { Figure, FigureStrip } from '../../../platform/web/parts/Figure.tsx';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import type { plansApi } from '../api.ts';
import { plans } from './plans-client.ts';

type Mapping = ResponseOf<typeof plansApi.readMapping>;
type Show = 'all' | 'unmapped' | 'mapped' | 'notOurs';
const defaults = { show: 'all' as const };

/** The superior's lines against ours: every one is answered by local tasks, not ours for a reason, or still open. */
export function MappingPage() {
  const { id = '' } = useParams();
  const { may } = useSession();
  const ledger = useLedger<QueryOf<typeof plansApi.readMapping>>(defaults);
  const read = useRead(plans.readMapping, { params: { id }, query: ledger.query });
  const map = useAct(plans.mapLine);
  const [refusing, setRefusing] = useState<string | null>(null);
  if (read.error) return <RefusalAlert refusal={read.error} />;
  if (!read.data) return <Spin />;
  const data = read.data;
  if (!data.higher)
    return (
      <>
        <PageHeader title="上级任务对接" />
        <p className="g-empty">
          这份方案还没有设定上级方案。请在<Link to={`/plans/${id}`}>方案详情</Link>中设定。
        </p>
      </>
    );
  const figure = (show: Show, name: string, value: number) => (
    <Figure
      name={name}
      value={value}
      chosen={(ledger.filters.show ?? 'all') === show}
      onClick={() => ledger.setFilters({ show })}
    />
  );
  return (
    <>
      <PageHeader
        title="上级任务对接"
        says={
          <>
            上级方案：<Link to={`/plans/${data.higher.id}`}>{data.higher.title}</Link>
          </>
        }
        actions={<Link to={`/plans/${id}`}>返回方案</Link>}
      />
      <FigureStrip label="对接情况">
        {figure('all', '上级任务', data.lines)}
        {figure('unmapped', '尚未对接', data.unmapped)}
        {figure('mapped', '已对接', data.mapped)}
        {figure('notOurs', '不涉及本级', data.notOurs)}
      </FigureStrip>
      <RefusalAlert refusal={map.refusal} onResend={map.resend} onClose={map.clear} />
      <section className="g-card" aria-label="上级任务">
        <ul className="p-items">
          {data.rows.map((row) => (
            <LineRow
              key={row.id}
              row={row}
              local={data.local}
              off={!may('plan.map') || map.busy}
              onMap={(drafts) => void map.act({ params: { id, line: row.id }, body: { drafts } })}
              onRefuse={() => setRefusing(row.id)}
            />
          ))}
        </ul>
        {data.rows.length === 0 ? <p className="g-empty">没有符合条件的上级任务。</p> : null}
        <Pagination
          current={data.page}
          pageSize={data.pageSize}
          total={data.total}
          showSizeChanger={false}
          showTotal={(total) => `共${total}条`}
          onChange={(page, size) => ledger.setPage(page, size)}
        />
      </section>
      <ConfirmWithReason
        open={refusing !== null}
        title="不涉及本级"
        reasonLabel="为什么不涉及本级"
        confirmLabel="确定"
        busy={map.busy}
        refusal={map.refusal}
        onCancel={() => setRefusing(null)}
        onConfirm={(reason) => {
          if (refusing === null) return;
          void map
            .act({ params: { id, line: refusing }, body: { drafts: [], notOursBecause: reason } })
            .then((done) => done && setRefusing(null));
        }}
      />
    </>
  );
}

function LineRow(props: {
  row: Mapping['rows'][number];
  local: Mapping['local'];
  off: boolean;
  onMap: (drafts: string[]) => void;
  onRefuse: () => void;
}) {
  const { row, local, off } = props;
  const name = (id: string): string => {
    const draft = local.find((each) => each.id === id);
    return draft ? `${draft.number} ${draft.title}` : '（已不在清单里）';
  };
  const open = row.drafts.length === 0 && row.notOursBecause === null;
  return (
    <li>
      <b>{row.number}</b> {row.title}
      <div className="g-quiet">{row.text.length > 160 ? `${row.text.slice(0, 160)}…` : row.text}</div>
      {row.units ? <div className="g-quiet">上级责任单位：{row.units}</div> : null}
      {row.notOursBecause ? (
        <div>
          不涉及本级：{row.notOursBecause}（{row.decidedByName}）
        </div>
      ) : null}
      <div className="g-row">
        {row.suggestions.map((each) => (
          <Button
            key={each.id}
            size="small"
            type="primary"
            ghost
            disabled={off}
            title={`字面相近 ${Math.round(each.score * 100)}%`}
            onClick={() => props.onMap([each.id])}
          >
            对接「{name(each.id).slice(0, 24)}」
          </Button>
        ))}
        <Select
          aria-label={`${row.number}由本级哪几条落实`}
          mode="multiple"
          size="small"
          style={{ minWidth: 320, maxWidth: '100%' }}
          placeholder="由本级哪几条落实"
          disabled={off}
          value={row.drafts}
          options={local.map((each) => ({ value: each.id, label: `${each.number} ${each.title}` }))}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(value: string[]) => props.onMap(value)}
        />
        {open ? (
          <Button size="small" disabled={off} onClick={props.onRefuse}>
            不涉及本级
          </Button>
        ) : (
          <Button size="small" disabled={off} onClick={() => props.onMap([])}>
            撤销对接
          </Button>
        )}
      </div>
    </li>
  );
}
