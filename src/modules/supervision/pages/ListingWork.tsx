import { FileList } from '../../../platform/web/parts/FileList.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { files, type ListingView } from './supervision-client.ts';

function Attached({ view, ids }: { view: ListingView; ids: readonly string[] }) {
  const found = view.files.filter((file) => ids.includes(file.id));
  if (found.length === 0) return null;
  return (
    <FileList
      files={found.map((file) => ({
        id: file.id,
        name: file.name,
        size: file.size,
        href: files.openFile.address({ params: { id: file.id } }),
      }))}
    />
  );
}

/** The plan in its six parts, the progress, the acceptances and the escalations. */
export function ListingWork({ view }: { view: ListingView }) {
  return (
    <>
      {view.plan ? (
        <Card title="整改方案">
          <p className="g-quiet">
            {view.planFiledOn ? `${view.planFiledOn}报送` : '已退回，等待重报'}
            {view.planRecordedOn ? `，${view.planRecordedOn}备案` : ''}
          </p>
          <dl className="g-listing-plan">
            {view.plan.map((one) => (
              <div key={one.part}>
                <dt>{one.word}</dt>
                <dd>{one.text}</dd>
              </div>
            ))}
          </dl>
          <Attached view={view} ids={view.planFileIds} />
        </Card>
      ) : null}
      {view.progress.length > 0 ? (
        <Card title="整改进展">
          {view.progress.map((one) => (
            <article key={one.id}>
              <p className="g-quiet g-figures">
                {one.day} {one.unitName}
                {one.byName}
              </p>
              <p>{one.text}</p>
              <Attached view={view} ids={one.fileIds} />
            </article>
          ))}
        </Card>
      ) : null}
      {view.acceptances.map((one) => (
        <Card
          key={one.id}
          title={`第${one.round}次现场验收`}
          extra={<StatusTag tone={one.passed ? 'done' : 'alarm'}>{one.passed ? '通过' : '不通过'}</StatusTag>}
        >
          <p className="g-quiet g-figures">
            {one.appliedOn}申请，{one.heldOn}在{one.place}验收
            {one.lateDays > 0 ? `，超过期限${one.lateDays}天` : ''}，{one.byName}登记
          </p>
          <p>{one.opinion}</p>
          {one.retryOn ? <p>重新整改时限：{one.retryOn}</p> : null}
          <div className="g-scroll-x">
            <table className="g-plain-table">
              <caption>验收人员</caption>
              <thead>
                <tr>
                  <th scope="col">姓名</th>
                  <th scope="col">单位</th>
                  <th scope="col">职务、职称</th>
                  <th scope="col">身份</th>
                </tr>
              </thead>
              <tbody>
                {one.people.map((person) => (
                  <tr key={`${person.name}${person.unitName}`}>
                    <td>{person.name}</td>
                    <td>{person.unitName}</td>
                    <td>{person.post}</td>
                    <td>{person.as === 'expert' ? '专家' : '验收人员'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <table className="g-plain-table">
              <caption>逐条核对</caption>
              <thead>
                <tr>
                  <th scope="col">整改要求</th>
                  <th scope="col">现场核对情况</th>
                </tr>
              </thead>
              <tbody>
                {one.checks.map((check) => (
                  <tr key={check.requirement}>
                    <td>{check.requirement}</td>
                    <td>{check.finding}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      ))}
      {view.escalations.length > 0 ? (
        <Card title="升级督办">
          {view.escalations.map((one) => (
            <article key={one.id}>
              <p>
                <StatusTag tone="alarm">{one.word}</StatusTag> <span className="g-figures">{one.day}</span> {one.byName}
                ：{one.reason}
              </p>
              <p className="g-quiet">情形：{one.grounds.join('')}</p>
              {one.demands.length > 0 ? (
                <div>
                  {one.demands.map((demand, at) => (
                    <p key={demand}>
                      {at + 1}. {demand}
                    </p>
                  ))}
                </div>
              ) : null}
              {one.replyOn ? <p className="g-quiet">回复时限：{one.replyOn}</p> : null}
              {one.measures ? <p>建议：{one.measures}</p> : null}
            </article>
          ))}
        </Card>
      ) : null}
    </>
  );
}
