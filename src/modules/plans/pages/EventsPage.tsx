import { Button, Modal, Spin, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import type { plansApi } from '../api.ts';
import { plans } from './plans-client.ts';

type Event = ResponseOf<typeof plansApi.listEvents>['rows'][number];

/** Events on which deadlines hang; setting the day moves every task that depends on it. */
export function EventsPage() {
  const { may } = useSession();
  const read = useRead(plans.listEvents, {});
  const [dating, setDating] = useState<Event | null>(null);
  const [date, setDate] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const save = useAct(plans.dateEvent, {
    onDone: (result) => {
      setSaid(`日期已定，${result.moved}条任务的完成时限随之调整。`);
      setDating(null);
    },
  });
  if (read.error) return <RefusalAlert refusal={read.error} />;
  if (!read.data) return <Spin />;
  return (
    <>
      <PageHeader title="事件与时限" says="时限系于某件事的，日期定下后，有关任务的时限自动调整，原时限留在记录里。" />
      <p role="status">{said ?? ''}</p>
      <Card>
        {read.data.rows.length === 0 ? (
          <p className="g-empty">没有登记事件。方案中有系于事件的时限时，下达后在这里设定日期。</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
          <section aria-label="事件表，可横向滚动" tabIndex={0} style={{ overflowX: 'auto' }}>
            <Table<Event>
              size="small"
              bordered
              pagination={false}
              rowKey={(row) => row.id}
              dataSource={read.data.rows}
              style={{ minWidth: 640 }}
              columns={[
                { key: 'name', title: '事件', render: (_, row) => row.name },
                {
                  key: 'date',
                  title: '日期',
                  width: 130,
                  render: (_, row) =>
                    row.date ? (
                      <span className="g-figures">{row.date}</span>
                    ) : (
                      <StatusTag tone="waiting">待定</StatusTag>
                    ),
                },
                { key: 'setBy', title: '设定人', width: 120, render: (_, row) => row.setByName ?? '' },
                {
                  key: 'plans',
                  title: '涉及方案',
                  render: (_, row) =>
                    row.plans.map((plan) => (
                      <div key={plan.id}>
                        <Link to={`/plans/${plan.id}`}>{plan.title}</Link>
                      </div>
                    )),
                },
                {
                  key: 'act',
                  title: '办理',
                  width: 120,
                  render: (_, row) =>
                    may('event.date') ? (
                      <Button
                        size="small"
                        onClick={() => {
                          setDating(row);
                          setDate(row.date);
                        }}
                      >
                        {row.date ? '更改日期' : '设定日期'}
                      </Button>
                    ) : null,
                },
              ]}
            />
          </section>
        )}
      </Card>
      <Modal
        open={dating !== null}
        title={`「${dating?.name ?? ''}」的日期`}
        okText="确定"
        cancelText="返回"
        mask={{ closable: false }}
        confirmLoading={save.busy}
        okButtonProps={{ disabled: date === null || date === dating?.date }}
        onCancel={() => setDating(null)}
        onOk={() =>
          dating && date && void save.act({ params: { id: dating.id }, body: { version: dating.version, date } })
        }
      >
        <RefusalAlert refusal={save.refusal} onResend={save.resend} />
        <p>所有系于这件事的任务，完成时限都会改到新的日期。</p>
        <DayPicker label="事件日期" value={date} onChange={setDate} />
      </Modal>
    </>
  );
}
