import { App, Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { FilterBar, type FilterField } from '../../../platform/web/parts/FilterBar.tsx';
import { type LedgerColumn, LedgerTable } from '../../../platform/web/parts/LedgerTable.tsx';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { enterpriseKinds, enterpriseStates, riskColours } from '../enterprise.ts';
import {
  api,
  type EnterpriseLine,
  type EnterpriseQuery,
  origin,
  originOnlyHere,
  stateOf,
} from './enterprises-client.ts';

const defaults: Partial<EnterpriseQuery> = {
  q: '',
  kind: undefined,
  sector: [],
  regulator: '',
  town: '',
  grid: '',
  unit: '',
  risk: [],
  state: [],
  lacks: undefined,
};

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

const columns: readonly LedgerColumn<EnterpriseLine>[] = [
  {
    key: 'number',
    title: '编号',
    width: 128,
    sorts: true,
    figures: true,
    render: (row) => <span className="g-code">{row.number}</span>,
  },
  {
    key: 'name',
    title: '名称',
    width: 230,
    sorts: true,
    render: (row) => <Link to={`/enterprises/${row.id}`}>{row.name}</Link>,
  },
  { key: 'kind', title: '类别', width: 84, render: (row) => enterpriseKinds[row.kind] },
  { key: 'sector', title: '行业领域', width: 120, render: (row) => row.sector ?? '—' },
  { key: 'town', title: '属地', width: 128, render: (row) => row.townName ?? '—' },
  { key: 'grid', title: '网格', width: 150, hidden: true, render: (row) => row.grid ?? '—' },
  {
    key: 'regulator',
    title: '直接监管单位',
    width: 140,
    render: (row) => row.regulatorName ?? <span className="g-quiet">未明确</span>,
  },
  { key: 'address', title: '地址', width: 200, hidden: true, render: (row) => row.address ?? '—' },
  {
    key: 'creditCode',
    title: '统一社会信用代码',
    width: 180,
    figures: true,
    hidden: true,
    render: (row) => row.creditCode ?? '—',
  },
  { key: 'risk', title: '风险等级', width: 126, render: (row) => (row.risk ? riskColours[row.risk] : '—') },
  {
    key: 'state',
    title: '状态',
    width: 84,
    render: (row) => <StatusTag tone={stateOf(row).tone}>{stateOf(row).word}</StatusTag>,
  },
  {
    key: 'confirmed',
    title: '核实日期',
    width: 108,
    figures: true,
    render: (row) => row.confirmedOn ?? <span className="g-quiet">待核实</span>,
  },
];

/** 企业名录: the register of enterprises and public places, with filters in the address, stickers and export. */
export function EnterprisesPage() {
  const { may } = useSession();
  const { modal } = App.useApp();
  const go = useNavigate();
  const ledger = useLedger<EnterpriseQuery>(defaults, { sort: '-number' });
  const list = useRead(api.listEnterprises, { query: ledger.query });
  const offered = useRead(api.enterpriseFilters);
  const [chosen, setChosen] = useState<readonly EnterpriseLine[]>([]);
  const units = (as: 'regulator' | 'town') =>
    (offered.data?.units ?? []).filter((unit) => unit.as === as).map((unit) => ({ value: unit.id, label: unit.name }));
  const plain = (values: readonly string[] | undefined) => (values ?? []).map((value) => ({ value, label: value }));
  const fields: readonly FilterField<EnterpriseQuery>[] = [
    { key: 'q', label: '关键词', kind: 'text', placeholder: '名称、编号、代码、拼音首字母' },
    { key: 'kind', label: '类别', kind: 'choice', width: 110, options: options(enterpriseKinds) },
    { key: 'sector', label: '行业领域', kind: 'choices', options: plain(offered.data?.sectors) },
    { key: 'regulator', label: '直接监管单位', kind: 'choice', width: 160, options: units('regulator') },
    { key: 'town', label: '属地', kind: 'choice', width: 130, options: units('town') },
    { key: 'grid', label: '网格', kind: 'choice', width: 160, options: plain(offered.data?.grids) },
    { key: 'risk', label: '风险等级', kind: 'choices', width: 140, options: options(riskColours) },
    {
      key: 'state',
      label: '状态',
      kind: 'choices',
      width: 130,
      options: [...options(enterpriseStates), { value: 'merged', label: '已并入' }],
    },
    {
      key: 'lacks',
      label: '缺什么',
      kind: 'choice',
      width: 140,
      options: [
        { value: 'confirmed', label: '待核实' },
        { value: 'code', label: '没有信用代码' },
        { value: 'position', label: '没有坐标' },
        { value: 'regulator', label: '没有监管单位' },
      ],
    },
  ];
  const { page: _page, pageSize: _size, ...filters } = ledger.query;
  const stickers = (query: object) => {
    const print = () =>
      window.open(api.enterpriseStickers.address({ query: { ...query, origin: origin() } }), '_blank', 'noopener');
    if (!originOnlyHere()) return void print();
    void modal.confirm({
      title: '这样打印的二维码，手机打不开',
      content: `现在是在服务器本机打开的（${origin()}）。请从单位内网或外网的网址打开本系统后再打印标牌。`,
      okText: '仍要打印',
      cancelText: '返回',
      onOk: () => void print(),
    });
  };
  return (
    <>
      <PageHeader
        title="企业名录"
        says="企业和公共场所，一企一档。注销的、重复登记的都留着，编号不重复使用。"
        actions={
          <>
            {may('enterprise.import') ? <Button onClick={() => go('/enterprises/import')}>导入</Button> : null}
            {may('enterprise.register') ? (
              <Button type="primary" onClick={() => go('/enterprises/new')}>
                登记
              </Button>
            ) : null}
          </>
        }
      />
      <FilterBar
        ledger={ledger}
        fields={fields}
        extra={
          <>
            <Button onClick={() => stickers(filters)}>打印二维码标牌</Button>
            <DownloadButton call={api.exportEnterprises} input={{ query: filters }} label="导出表格" />
          </>
        }
      />
      <LedgerTable
        name="enterprises"
        label="企业名录"
        ledger={ledger}
        list={list}
        rowKey={(row) => row.id}
        columns={columns}
        empty="没有符合条件的企业或场所。可以放宽筛选条件；名录还没有建立的，请点“导入”或“登记”。"
        selection={{
          keys: chosen.map((row) => row.id),
          onChange: (_keys: string[], rows: EnterpriseLine[]) => setChosen(rows.filter(Boolean)),
        }}
        toolbar={
          chosen.length > 0 ? (
            <Button onClick={() => stickers({ ids: chosen.map((row) => row.id) })}>
              打印所选 {chosen.length} 张标牌
            </Button>
          ) : null
        }
        card={(row) => (
          <>
            <StatusTag tone={stateOf(row).tone}>{stateOf(row).word}</StatusTag>
            <p>
              <Link to={`/enterprises/${row.id}`}>{row.name}</Link>
            </p>
            <p className="g-quiet">
              {row.number}，{row.sector ?? enterpriseKinds[row.kind]}，{row.townName ?? '属地未明确'}
            </p>
          </>
        )}
      />
    </>
  );
}
