import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import '../../../platform/web/case.css';
import { AsOf } from '../../../platform/web/parts/AsOf.tsx';
import { CaseActions } from '../../../platform/web/parts/CaseActions.tsx';
import { CaseRecord } from '../../../platform/web/parts/CaseRecord.tsx';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAsOf } from '../../../platform/web/use-as-of.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { IssuedDocuments } from '../../letters/pages/IssuedDocuments.tsx';
import { openToAll, type SchemeAction, schemeLifecycle } from '../lifecycle.ts';
import { indicatorParts } from '../scheme.ts';
import './assessment.css';
import { api, pageOf, type SchemeView, schemeTone } from './assessment-client.ts';
import { SchemeDialog } from './SchemeDialog.tsx';
import { ScoreTable } from './ScoreTable.tsx';

const leading: readonly SchemeAction[] = [
  'publish',
  'edit',
  'issueVersion',
  'openSelf',
  'collect',
  'finishScoring',
  'show',
  'grade',
  'announce',
  'amend',
  'recollect',
];
const steps: readonly (readonly [string, readonly SchemeView['scheme']['state'][]])[] = [
  ['草拟', ['draft']],
  ['发布', ['published']],
  ['自评', ['selfFiling']],
  ['取数、打分', ['scoring']],
  ['否决核查', ['vetoChecking']],
  ['公示、申诉', ['shown']],
  ['定级', ['graded']],
  ['公布', ['announced']],
];

/** One scheme: where it stands, the scores of all units, what it says, and what was done. */
export function SchemePage() {
  const { id = '' } = useParams();
  const { may } = useSession();
  const navigate = useNavigate();
  const { day, isPast } = useAsOf();
  const read = useRead(api.viewScheme, { params: { id } }, { keepFormer: false });
  const view = read.data;
  const query = isPast ? { asOf: day } : {};
  const table = useRead(api.schemeTable, { params: { id }, query }, { enabled: view !== undefined });
  const [action, setAction] = useState<SchemeAction | null>(null);
  if (!view)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在读取…</p>
    );
  const { scheme } = view;
  const direct = may('assessment.direct');
  const choose = (name: string) =>
    name === 'edit' || name === 'amend' ? navigate(`${pageOf(id)}/edit`) : setAction(name as SchemeAction);
  const standing = direct || openToAll.includes(scheme.state);
  return (
    <>
      <PageHeader
        title={scheme.title}
        tag={<StatusTag tone={schemeTone[scheme.state]}>{schemeLifecycle.states[scheme.state]}</StatusTag>}
        says={
          <>
            <span className="g-code">{scheme.number}</span>　{scheme.objectWord}　考核期 {scheme.from} 至 {scheme.to}
          </>
        }
        actions={
          <>
            <DownloadButton call={api.exportTable} input={{ params: { id }, query }} label="导出得分表" />
            <DownloadButton call={api.exportScheme} input={{ params: { id } }} label="导出方案" />
          </>
        }
      />
      <Card>
        <div className="g-case-head">
          <span>
            下一步：<b>{scheme.nextStep}</b>
          </span>
        </div>
        <Steps state={scheme.state} />
        {direct ? (
          <div className="g-no-print">
            <CaseActions offers={view.offers} leading={leading} grave={['drop']} onChoose={choose} />
          </div>
        ) : null}
        {view.troubles.length > 0 ? (
          <div role="alert" className="a-troubles">
            <b>还有{view.troubles.length}处不能发布：</b>
            <ul>
              {view.troubles.map((one) => (
                <li key={`${one.where}${one.says}`}>{one.says}。</li>
              ))}
            </ul>
          </div>
        ) : null}
      </Card>
      {scheme.state === 'dropped' ? null : (
        <Card title="各单位得分" extra={<AsOf />}>
          <RefusalAlert refusal={table.error} onResend={() => void table.refetch()} />
          {table.data ? (
            <>
              <p className="g-quiet">
                {table.data.sealed
                  ? `取数封存，截至${table.data.day}，指纹 ${table.data.hash?.slice(0, 16)}；得分不再随台账变动。`
                  : `按${table.data.day}的台账实时计算。`}
                {standing
                  ? `　${table.data.rows.some((row) => row.total.waiting > 0) ? '暂列' : ''}${table.data.grades.map((one) => `${one.name}${one.count}个`).join('，')}。`
                  : ''}
              </p>
              <ScoreTable table={table.data} schemeId={id} standing={standing} {...(isPast ? { asOf: day } : {})} />
            </>
          ) : null}
        </Card>
      )}
      <div className="g-case-columns">
        <div>
          <Indicators view={view} />
          <Rules view={view} />
          {view.documents.length > 0 ? <IssuedDocuments documents={view.documents} none="还没有印发公文。" /> : null}
          <Seals view={view} />
        </div>
        <CaseRecord facts={view.facts} />
      </div>
      {action === null ? null : (
        <SchemeDialog
          key={action}
          action={action}
          view={view}
          onClose={() => setAction(null)}
          onRefresh={() => void read.refetch()}
        />
      )}
    </>
  );
}

function Steps({ state }: { state: SchemeView['scheme']['state'] }) {
  const at = steps.findIndex(([, states]) => states.includes(state));
  return (
    <ol className="a-steps" aria-label="考核进程">
      {steps.map(([name], index) => (
        <li
          key={name}
          className={index < at ? 'a-done' : index === at ? 'a-now' : ''}
          aria-current={index === at ? 'step' : undefined}
        >
          {name}
        </li>
      ))}
    </ol>
  );
}

function Indicators({ view }: { view: SchemeView }) {
  const { body, rules } = view;
  return (
    <Card title={`指标（满分${body.total}分）`}>
      <div className="a-scroll">
        <table className="a-table a-stack">
          <thead>
            <tr>
              <th>类别</th>
              <th>指标</th>
              <th className="a-right">分值</th>
              <th>怎样计分</th>
              <th className="a-right">适用单位</th>
            </tr>
          </thead>
          <tbody>
            {body.indicators.map((one) => {
              const rule = rules.find((row) => row.code === one.code);
              return (
                <tr key={one.code}>
                  <td>{indicatorParts[one.part]}</td>
                  <td>
                    <b>{one.name}</b>
                  </td>
                  <td className="a-right g-figures" data-name="分值">
                    {one.weight}
                  </td>
                  <td>{rule?.rule}。</td>
                  <td className="a-right g-figures" data-name="适用单位">
                    {rule?.units ?? '—'}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Rules({ view }: { view: SchemeView }) {
  const { body } = view;
  const nameOf = (code: string): string => body.grades.find((one) => one.code === code)?.name ?? code;
  return (
    <Card title="等次、否决与结果运用">
      <ul className="a-rules">
        <li>依据：{body.basis}</li>
        {body.grades.map((one) => (
          <li key={one.code}>
            <b>{one.name}</b>：{one.from}分及以上{one.quota === null ? '' : `，不超过单位总数的${one.quota}%`}
          </li>
        ))}
        <li>
          加分最多{body.bonusCap}分，扣分最多{body.malusCap}分{body.floor > 0 ? `，保底${body.floor}分` : ''}。
        </li>
        {body.vetoes.map((one) => (
          <li key={one.code}>
            一票否决：{one.name}，{one.effect === 'override' ? '直接定为' : '最高定为'}
            <b>{nameOf(one.grade)}</b>
          </li>
        ))}
        {body.coupling.map((one) => (
          <li key={`${one.grade}${one.says}`}>
            {nameOf(one.grade)}的，{one.says}。
          </li>
        ))}
        {view.vetoFinding === null ? null : <li>否决核查结果：{view.vetoFinding}</li>}
      </ul>
      <p>
        <Link to="/assessment/vetoes">查看一票否决情形</Link>　<Link to="/assessment/appeals">查看申诉</Link>
      </p>
    </Card>
  );
}

function Seals({ view }: { view: SchemeView }) {
  return (
    <Card title="版本与取数">
      <ul className="a-rules">
        {view.versions.map((one) => (
          <li key={one.serial}>
            第{one.serial}版：
            {one.state === 'issued'
              ? `自${one.fromOn}起用，${one.draftedByName}拟订，${one.issuedByName ?? ''}发布`
              : one.state === 'withdrawn'
                ? '已撤回'
                : `${one.draftedByName}拟订，还没有发布`}
            {one.reason ? `（${one.reason}）` : ''}
          </li>
        ))}
        {view.snapshots.map((one) => (
          <li key={one.hash}>
            第{one.serial}次取数：截至{one.day}，{one.byName}，指纹 <code>{one.hash.slice(0, 16)}</code>
            {one.intact ? '，核对无误' : <span className="g-wrong">，内容与指纹不符</span>}
            {one.reason ? `（${one.reason}）` : ''}
          </li>
        ))}
      </ul>
    </Card>
  );
}
