import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import '../../../platform/web/case.css';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { dueInWords, knownWords } from '../rhythm.ts';
import './filings.css';
import { api, type RhythmLine } from './filings-client.ts';
import { RhythmDialog } from './RhythmDialog.tsx';

const when = (one: RhythmLine): string => `${dueInWords(one)}${one.workdays ? '，遇休息日顺延' : ''}`;

function contents(one: RhythmLine): string {
  const asked = [
    ...one.fields.map((field) => field.label),
    ...(one.narrative === 'none' ? [] : ['工作开展情况']),
    ...(one.cases === 'none' ? [] : [`典型案例${one.cases === 'must' ? '（必报）' : ''}`]),
    ...(one.practices === 'none' ? [] : ['经验做法']),
    ...(one.attachments === 'none' ? [] : [`附件${one.attachments === 'must' ? '（必报）' : ''}`]),
  ];
  return asked.join('、') || '无';
}

/** 报送制度: who reports what to whom, as dated data. */
export function RhythmsPage() {
  const { may, today } = useSession();
  const [makes, setMakes] = useState(false);
  const read = useRead(api.listRhythms);
  const ending = useAct(api.endRhythm);
  const direct = may('periodicReport.rhythms');
  return (
    <>
      <PageHeader
        title="报送制度"
        says="谁向谁报什么、多久一次、最晚几点。到时自动布置、提醒，迟报缺报自动记录。"
        actions={
          direct ? (
            <>
              <Link to="/rulebook">用表格导入、导出</Link>
              <Button type="primary" onClick={() => setMakes(true)}>
                新增报送制度
              </Button>
            </>
          ) : null
        }
      />
      <RefusalAlert refusal={read.error ?? ending.refusal} onResend={() => read.refetch()} />
      {read.data && read.data.rows.length === 0 ? (
        <Card>
          <p className="g-empty">还没有报送制度。文件要求的日报、周报、月报、季报，在这里登记。</p>
        </Card>
      ) : null}
      {(read.data?.rows ?? []).map((one) => {
        const inForce = one.fromOn <= today && (one.toOn === null || today <= one.toOn);
        return (
          <Card
            key={one.id}
            title={one.name}
            extra={
              <StatusTag tone={inForce ? 'active' : 'stopped'}>
                {inForce ? '有效' : one.fromOn > today ? '未生效' : '已停用'}
              </StatusTag>
            }
          >
            <table className="g-plain-table g-rhythm">
              <tbody>
                <tr>
                  <th scope="row">时间</th>
                  <td>
                    {when(one)}；{one.fromOn}起{one.toOn ? `至${one.toOn}` : ''}
                    {one.nextDue ? `；下一次${one.nextDue}` : ''}
                  </td>
                </tr>
                <tr>
                  <th scope="row">由谁报给谁</th>
                  <td>
                    {one.reporters.join('、')}（现为{one.units.length}个单位）报{one.receiver}
                    {one.unknown.length > 0 ? (
                      <p className="g-filings-missing">单位名册里没有：{one.unknown.join('、')}，请到“组织”中登记。</p>
                    ) : null}
                  </td>
                </tr>
                <tr>
                  <th scope="row">单位填报</th>
                  <td>{contents(one)}</td>
                </tr>
                <tr>
                  <th scope="row">系统计算</th>
                  <td>{one.known.map((key) => knownWords[key]).join('、') || '无'}</td>
                </tr>
                <tr>
                  <th scope="row">依据</th>
                  <td>{one.basis}</td>
                </tr>
              </tbody>
            </table>
            {direct && inForce ? (
              <p className="g-rhythm-end">
                <Button
                  size="small"
                  aria-label={`今日起停用：${one.name}`}
                  loading={ending.busy}
                  onClick={() => void ending.act({ params: { id: one.id }, body: { on: today } })}
                >
                  今日起停用
                </Button>
              </p>
            ) : null}
          </Card>
        );
      })}
      {makes ? <RhythmDialog today={today} onClose={() => setMakes(false)} /> : null}
    </>
  );
}
