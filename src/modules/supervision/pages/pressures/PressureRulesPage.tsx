import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Card, PageHeader } from '../../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../../platform/web/session.tsx';
import { useAct } from '../../../../platform/web/use-act.ts';
import { useRead } from '../../../../platform/web/use-read.ts';
import '../../../../platform/web/case.css';
import '../supervision.css';
import { PressureRuleDialog } from './PressureRuleDialog.tsx';
import { api, type PressureRuleLine } from './pressures-client.ts';

/** 督促规则: dated data in versions, each with the document that demands it, what it watches, and its ladder. */
export function PressureRulesPage() {
  const { may, today } = useSession();
  const [changes, setChanges] = useState<PressureRuleLine | 'new' | null>(null);
  const read = useRead(api.listPressureRules);
  const ending = useAct(api.endPressureRule);
  const loading = useAct(api.loadPressureRules);
  const rows = read.data?.rows ?? [];
  const direct = may('pressure.rules');
  const newest = (rule: PressureRuleLine) =>
    rows.every((other) => other.code !== rule.code || other.version <= rule.version);
  return (
    <>
      <PageHeader
        title="督促规则"
        says="每天夜里按规则查前一天的情况，符合的提示采取措施；提示由人决定，依据和规则版本固定在措施上。"
        actions={
          direct ? (
            <>
              {read.data?.hasData ? (
                <Button loading={loading.busy} onClick={() => void loading.act({ body: {} })}>
                  载入本地数据
                </Button>
              ) : null}
              <Button type="primary" onClick={() => setChanges('new')}>
                新增规则
              </Button>
            </>
          ) : null
        }
      />
      <RefusalAlert refusal={read.error ?? ending.refusal ?? loading.refusal} onResend={() => read.refetch()} />
      <Card>
        {read.data && rows.length === 0 ? (
          <p className="g-empty">还没有规则。上级或本地文件规定在什么情形下提示、约谈的，在这里登记。</p>
        ) : (
          <div className="g-scroll-x">
            <table className="g-plain-table g-pressure-rules">
              <thead>
                <tr>
                  <th scope="col">规则</th>
                  <th scope="col">情形</th>
                  <th scope="col">措施和递进</th>
                  <th scope="col">起止</th>
                  <th scope="col">已提示</th>
                  <th scope="col">状态</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((rule) => (
                  <tr key={rule.id}>
                    <td>
                      <b>{rule.name}</b>（第{rule.version}版）
                      <br />
                      <span className="g-quiet">{rule.basis}</span>
                    </td>
                    <td>
                      {rule.words}
                      <br />
                      <span className="g-quiet">同一单位{rule.quietDays}天内不重复提示</span>
                    </td>
                    <td>{rule.ladderWords}</td>
                    <td className="g-figures">
                      {rule.fromOn} 至 {rule.toOn ?? '今后'}
                    </td>
                    <td className="g-figures">
                      {rule.proposed > 0 ? <Link to={`/pressures?rule=${rule.code}`}>{rule.proposed}件</Link> : '0件'}
                    </td>
                    <td>
                      <StatusTag tone={rule.inForce ? 'active' : 'stopped'}>
                        {rule.inForce ? '有效' : rule.fromOn > today ? '未生效' : '已停用'}
                      </StatusTag>{' '}
                      {direct && newest(rule) ? (
                        <Button size="small" aria-label={`修订：${rule.name}`} onClick={() => setChanges(rule)}>
                          修订
                        </Button>
                      ) : null}{' '}
                      {direct && rule.inForce ? (
                        <Button
                          size="small"
                          aria-label={`今日起停用：${rule.name}`}
                          loading={ending.busy}
                          onClick={() => void ending.act({ params: { id: rule.id }, body: { on: today } })}
                        >
                          停用
                        </Button>
                      ) : null}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
      {changes === null ? null : (
        <PressureRuleDialog before={changes === 'new' ? null : changes} onClose={() => setChanges(null)} />
      )}
    </>
  );
}
