import { Facts } from '../../../../platform/web/parts/Facts.tsx';
import { Card } from '../../../../platform/web/parts/PageHeader.tsx';
import type { PressureView } from './pressures-client.ts';

/** Against whom, what is demanded, who decided, by when to answer. */
export function PressureFacts({ view }: { view: PressureView }) {
  const { pressure, decision, meeting, publication } = view;
  return (
    <Card title="措施内容">
      <Facts
        rows={[
          { name: '被督促单位', value: pressure.unitName },
          { name: '主送', value: pressure.addressee },
          ...(pressure.replyDueOn && pressure.kind !== 'interview'
            ? [
                {
                  name: '回复时限',
                  value: `${pressure.replyDueOn}${pressure.replyLate > 0 ? `（已逾期${pressure.replyLate}天）` : ''}`,
                },
              ]
            : []),
          ...(meeting
            ? [
                { name: '约谈时间', value: `${meeting.on} ${meeting.at}` },
                { name: '约谈地点', value: meeting.place },
                { name: '主持人', value: meeting.host },
              ]
            : []),
          ...(publication
            ? [
                { name: '媒体', value: publication.medium },
                { name: '发布日期', value: publication.on },
                {
                  name: '链接',
                  value: publication.link ? (
                    <a href={publication.link} rel="noreferrer noopener" target="_blank">
                      {publication.link}
                    </a>
                  ) : null,
                },
              ]
            : []),
          ...(view.keepers.length > 0
            ? [{ name: '知悉人员', value: view.keepers.map((one) => one.name).join('、') }]
            : []),
          ...(view.proposedOn
            ? [
                {
                  name: '提请',
                  value: `${view.proposedOn} ${view.proposedUnitName ?? ''}${pressure.proposedByName ?? ''}：${view.reason}`,
                  wide: true,
                },
              ]
            : []),
          ...(decision
            ? [
                {
                  name: '审批',
                  value: `${decision.on} ${decision.byPost ?? ''}${decision.byName}${decision.approved ? '批准' : '不批准'}：${decision.opinion}${decision.recordedByName && decision.recordedByName !== decision.byName ? `（${decision.recordedByName}登记）` : ''}`,
                  wide: true,
                },
              ]
            : []),
          {
            name: view.proposedOn ? '要求' : '拟提要求',
            value: (
              <>
                {view.demands.map((one, at) => (
                  <div key={one}>
                    {at + 1}. {one}
                  </div>
                ))}
              </>
            ),
            wide: true,
          },
        ]}
      />
    </Card>
  );
}
