import { Link } from 'react-router';
import { Facts } from '../../../platform/web/parts/Facts.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { problemKindWords } from '../problem.ts';
import { Grade } from './problem-columns.tsx';
import type { ProblemView } from './problems-client.ts';

/** What was found, by whom, where; and whose it is. */
export function ProblemFacts({ view }: { view: ProblemView }) {
  const { problem, place, source } = view;
  const where = [place.address, place.grid ? `网格：${place.grid}` : null].filter(Boolean).join('，');
  const position =
    place.longitude === null || place.latitude === null
      ? null
      : `经度 ${place.longitude.toFixed(5)}，纬度 ${place.latitude.toFixed(5)}`;
  const from = [
    source.word,
    source.finder,
    source.originalNumber ? `来文编号 ${source.originalNumber}` : null,
    view.handedDown ? '上级交办' : null,
  ].filter(Boolean);
  return (
    <Card title="发现了什么">
      <Facts
        title="发现了什么"
        rows={[
          { name: '问题描述', value: <span className="g-pre">{view.text}</span>, wide: true },
          {
            name: '企业（对象）',
            value: problem.enterpriseId ? (
              <Link to={`/enterprises/${problem.enterpriseId}`}>{problem.subject ?? '查看企业档案'}</Link>
            ) : (
              problem.subject
            ),
          },
          { name: '地点', value: [where, position].filter(Boolean).join('；') },
          {
            name: '来源',
            value: (
              <>
                {from.join('，')}
                {source.batchId ? (
                  <>
                    {' '}
                    <Link to={`/problem-batches/${source.batchId}`}>{source.batchTitle ?? '所属批次'}</Link>
                  </>
                ) : null}
              </>
            ),
          },
          {
            name: '类别、等级',
            value: (
              <>
                {problemKindWords[problem.kind]}，<Grade grade={problem.grade} />
              </>
            ),
          },
          {
            name: '发现日期',
            value: view.lateEntryDays > 0 ? `${problem.foundOn}（${view.lateEntryDays}天后才登记）` : problem.foundOn,
          },
          {
            name: '登记',
            value: [problem.enteredOn, view.finderUnitName, view.registeredByName].filter(Boolean).join(' '),
          },
          { name: '责任单位', value: `${problem.leadUnitName}，责任人${problem.personName ?? '未明确'}` },
          {
            name: '其他单位',
            value: view.units
              .filter((unit) => unit.unitId !== problem.leadUnitId)
              .map((unit) => `${unit.name}（${unit.role}）`)
              .join('、'),
          },
          {
            name: '整改时限',
            value:
              problem.firstDueOn === problem.dueOn ? (
                problem.dueOn
              ) : (
                <>
                  {problem.dueOn}（原 <s>{problem.firstDueOn}</s>，延期{problem.extensions}次）
                </>
              ),
          },
          { name: '行业领域', value: problem.sector },
          { name: '标签', value: problem.tags.join('、') },
          {
            name: '有关任务',
            value:
              view.task || view.plan ? (
                <>
                  {view.task ? (
                    <Link to={`/tasks/${view.task.id}`}>
                      {view.task.number} {view.task.title}
                    </Link>
                  ) : null}
                  {view.task && view.plan ? '；' : null}
                  {view.plan ? <Link to={`/plans/${view.plan.id}`}>{view.plan.title}</Link> : null}
                </>
              ) : null,
          },
          { name: '整改要求', value: view.measures, wide: true },
          ...(view.controlMeasures ? [{ name: '治理期间的管控措施', value: view.controlMeasures, wide: true }] : []),
          ...(view.mergedInto
            ? [
                {
                  name: '已并入',
                  value: (
                    <Link to={`/problems/${view.mergedInto.id}`}>
                      {view.mergedInto.number} {view.mergedInto.title}
                    </Link>
                  ),
                  wide: true,
                },
              ]
            : []),
          ...(view.mergedHere.length > 0
            ? [
                {
                  name: '并入本条的',
                  value: view.mergedHere.map((one) => (
                    <Link key={one.id} to={`/problems/${one.id}`} className="g-inline-link">
                      {one.number} {one.title}
                    </Link>
                  )),
                  wide: true,
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}
