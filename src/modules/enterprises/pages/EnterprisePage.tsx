import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { ActionBar } from '../../../platform/web/parts/ActionBar.tsx';
import { Facts } from '../../../platform/web/parts/Facts.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { Timeline } from '../../../platform/web/parts/Timeline.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { Slot } from '../../../platform/web/slot.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { enterpriseKinds, enterpriseSizes, enterpriseStates, riskColours } from '../enterprise.ts';
import { DoubtList } from './DoubtList.tsx';
import { ConfirmDialog, MergeDialog, StateDialog } from './EnterpriseDialogs.tsx';
import './enterprises.css';
import { api, type EnterpriseFile, origin, originOnlyHere, stateOf } from './enterprises-client.ts';
import { enterpriseMap, enterprisePanels } from './slots.ts';

/** One file per enterprise: who it is, who regulates it, where it stands, and what higher rooms know about it. */
export function EnterprisePage() {
  const { id = '' } = useParams();
  const { may } = useSession();
  const { message } = App.useApp();
  const go = useNavigate();
  const [dialog, setDialog] = useState<'state' | 'merge' | 'confirm' | null>(null);
  const read = useRead(api.readEnterprise, { params: { id } }, { keepFormer: false });
  const facts = useRead(api.listEnterpriseFacts, { params: { id } }, { keepFormer: false });
  if (read.error) return <RefusalAlert refusal={read.error} />;
  if (!read.data) return <p className="g-loading">正在打开…</p>;
  const file = read.data;
  const { enterprise } = file;
  const onPage = {
    enterpriseId: enterprise.id,
    jurisdiction: enterprise.jurisdiction,
    number: enterprise.number,
    name: enterprise.name,
  };
  const close = () => setDialog(null);
  const done = (says: string) => {
    void message.success(says);
    close();
  };
  return (
    <>
      <PageHeader
        title={enterprise.name}
        tag={<StatusTag tone={stateOf(enterprise).tone}>{stateOf(enterprise).word}</StatusTag>}
        says={
          <>
            <span className="g-code">{enterprise.number}</span>　{enterpriseKinds[enterprise.kind]}
            {enterprise.sector ? `　${enterprise.sector}` : ''}
          </>
        }
      />
      {file.keptAs ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 12 }}
          title={`这份档案已于 ${enterprise.mergedOn} 并入 ${file.keptAs.number}「${file.keptAs.name}」。`}
          action={<Link to={`/enterprises/${file.keptAs.id}`}>打开保留的档案</Link>}
        />
      ) : null}
      <DoubtList doubts={file.doubts} title="这份档案有几处请核对：" />
      {may('enterprise.change') && enterprise.mergedInto === null ? (
        <ActionBar
          actions={[
            {
              key: 'change',
              label: '修改档案',
              primary: true,
              refusedBecause: file.may.change,
              onClick: () => go(`/enterprises/${id}/change`),
            },
            {
              key: 'confirm',
              label: '核实',
              refusedBecause: file.may.confirm,
              onClick: () => setDialog('confirm'),
            },
            {
              key: 'state',
              label: '停业、恢复、注销',
              refusedBecause: file.may.changeState,
              onClick: () => setDialog('state'),
            },
            {
              key: 'merge',
              label: '并入另一份',
              refusedBecause: file.may.merge,
              onClick: () => setDialog('merge'),
            },
          ]}
        />
      ) : null}
      <div className="enterprise-head">
        <Card title="档案">
          <Facts title="档案" rows={factsOf(file)} />
        </Card>
        <Card title="二维码">
          <div className="enterprise-code">
            <img
              src={api.enterpriseQr.address({ params: { id }, query: { origin: origin() } })}
              alt={`打开 ${enterprise.number} 的二维码`}
              width={168}
              height={168}
            />
            <p className="g-code">{enterprise.number}</p>
            <p className="g-quiet">
              {originOnlyHere()
                ? '现在是在服务器本机打开的，这个码手机打不开；请从单位的网址打开后再打印。'
                : '贴在门口，扫码打开这份档案。'}
            </p>
            <Button
              onClick={() =>
                window.open(
                  api.enterpriseStickers.address({ query: { ids: [id], origin: origin() } }),
                  '_blank',
                  'noopener',
                )
              }
            >
              打印标牌
            </Button>
          </div>
        </Card>
      </div>
      <Slot of={enterprisePanels} with={onPage} />
      {enterprise.longitude !== null && enterprise.latitude !== null ? (
        <Slot of={enterpriseMap} with={{ ...onPage, longitude: enterprise.longitude, latitude: enterprise.latitude }} />
      ) : null}
      <Card title="变更记录">
        <Timeline
          facts={(facts.data?.rows ?? []).map((row) => ({
            id: String(row.seq),
            at: row.at,
            who: row.actorName,
            unit: row.unitName,
            says: row.says,
          }))}
        />
      </Card>
      <StateDialog enterprise={enterprise} open={dialog === 'state'} onClose={close} onDone={done} />
      <MergeDialog enterprise={enterprise} open={dialog === 'merge'} onClose={close} onDone={done} />
      <ConfirmDialog enterprise={enterprise} open={dialog === 'confirm'} onClose={close} onDone={done} />
    </>
  );
}

function factsOf({ enterprise, formerNames, states, duplicates }: EnterpriseFile) {
  const position = enterprise.longitude === null ? null : `东经 ${enterprise.longitude}°，北纬 ${enterprise.latitude}°`;
  const history = [...states].reverse().map(({ state, fromOn, reason }) => (
    <li key={`${fromOn}${state}`}>
      {fromOn} {enterpriseStates[state]}
      {reason ? `：${reason}` : ''}
    </li>
  ));
  return [
    {
      name: '统一社会信用代码',
      value: enterprise.creditCode && <span className="g-code">{enterprise.creditCode}</span>,
    },
    { name: '行业领域', value: enterprise.sector },
    { name: '直接监管单位', value: enterprise.regulatorName },
    { name: '属地', value: enterprise.townName },
    { name: '网格', value: [enterprise.grid, enterprise.gridCode].filter(Boolean).join('　') },
    { name: '风险等级', value: enterprise.risk && riskColours[enterprise.risk] },
    { name: '法定代表人', value: enterprise.legalPerson },
    {
      name: '安全负责人',
      value: [enterprise.safetyHead, enterprise.safetyPhone].filter(Boolean).join('　'),
    },
    { name: '规模', value: enterprise.size && enterpriseSizes[enterprise.size] },
    { name: '从业人数', value: enterprise.headcount === null ? null : `${enterprise.headcount} 人` },
    { name: '行业代码', value: enterprise.industry },
    { name: '区划代码', value: enterprise.areaCode },
    { name: '地址', value: enterprise.address, wide: true },
    { name: '坐标', value: position },
    {
      name: '核实',
      value: enterprise.confirmedOn ? `${enterprise.confirmedOn} ${enterprise.confirmedBy ?? ''}` : '待核实',
    },
    { name: '状态', value: <ul className="g-plain-list">{history}</ul>, wide: true },
    ...(formerNames.length > 0
      ? [
          {
            name: '原名',
            value: formerNames.map((former) => `${former.name}（至 ${former.untilOn}）`).join('；'),
            wide: true,
          },
        ]
      : []),
    ...(duplicates.length > 0
      ? [
          {
            name: '并入的重复档案',
            value: (
              <ul className="g-plain-list">
                {duplicates.map((one) => (
                  <li key={one.id}>
                    <Link to={`/enterprises/${one.id}`}>
                      {one.number}「{one.name}」
                    </Link>
                    （{one.mergedOn}）
                  </li>
                ))}
              </ul>
            ),
            wide: true,
          },
        ]
      : []),
    ...(enterprise.note ? [{ name: '备注', value: enterprise.note, wide: true }] : []),
  ];
}
