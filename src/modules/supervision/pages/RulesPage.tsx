import { Button, Input, InputNumber, Modal } from 'antd';
import { useId, useState } from 'react';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { datedColumns } from '../../../platform/web/parts/dated-columns.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { PlainTable } from '../../../platform/web/parts/PlainTable.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import './supervision.css';
import { api, type ListingRuleLine } from './supervision-client.ts';

const listOf = (text: string): string[] => text.split(/[、，,\s]+/).filter((one) => one !== '');

function RuleDialog({ today, onClose }: { today: string; onClose: () => void }) {
  const id = useId();
  const [name, setName] = useState('');
  const [basis, setBasis] = useState('');
  const [sectors, setSectors] = useState('');
  const [tags, setTags] = useState('');
  const [clauses, setClauses] = useState('');
  const [fromOn, setFromOn] = useState<string | null>(today);
  const [toOn, setToOn] = useState<string | null>(null);
  const [withinDays, setWithinDays] = useState<number | null>(10);
  const making = useAct(api.makeRule, { onDone: onClose });
  const send = () =>
    void making.act({
      body: {
        name,
        basis,
        sectors: listOf(sectors),
        kinds: [],
        tags: listOf(tags),
        clauses: listOf(clauses),
        fromOn: fromOn ?? '',
        toOn,
        withinDays: withinDays ?? 0,
      },
    });
  return (
    <Modal
      open
      title="新增应挂牌规则"
      okText="新增"
      cancelText="返回"
      confirmLoading={making.busy}
      mask={{ closable: false }}
      onOk={send}
      onCancel={onClose}
    >
      <p className="g-quiet">同时满足下面写明的各项条件的重大隐患必须挂牌；留空的条件不限。</p>
      <Labelled id={`${id}-name`} label="名称" must>
        <Input
          id={`${id}-name`}
          maxLength={80}
          placeholder="如：重大火灾隐患全部挂牌"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Labelled>
      <Labelled id={`${id}-basis`} label="依据（哪份文件哪一条）" must>
        <Input id={`${id}-basis`} maxLength={200} value={basis} onChange={(event) => setBasis(event.target.value)} />
      </Labelled>
      <Labelled id={`${id}-sectors`} label="行业领域" says="多个用顿号隔开">
        <Input id={`${id}-sectors`} value={sectors} onChange={(event) => setSectors(event.target.value)} />
      </Labelled>
      <Labelled id={`${id}-clauses`} label="判定标准条款" says="如 3.2；写 3 的，包括 3.1、3.2">
        <Input id={`${id}-clauses`} value={clauses} onChange={(event) => setClauses(event.target.value)} />
      </Labelled>
      <Labelled id={`${id}-tags`} label="标签">
        <Input id={`${id}-tags`} value={tags} onChange={(event) => setTags(event.target.value)} />
      </Labelled>
      <Labelled id={`${id}-from`} label="自何日起" must>
        <DayPicker id={`${id}-from`} label="自何日起" value={fromOn} onChange={setFromOn} />
      </Labelled>
      <Labelled id={`${id}-to`} label="至何日止" says="没有规定就留空">
        <DayPicker id={`${id}-to`} label="至何日止" value={toOn} onChange={setToOn} />
      </Labelled>
      <Labelled id={`${id}-within`} label="定为重大后几日内挂牌" must>
        <InputNumber id={`${id}-within`} min={0} max={3650} value={withinDays} onChange={setWithinDays} />
      </Labelled>
      <RefusalAlert refusal={making.refusal} onResend={() => void making.resend()} />
    </Modal>
  );
}

const conditionsOf = (rule: ListingRuleLine): string =>
  [
    rule.sectors.length > 0 ? `行业：${rule.sectors.join('、')}` : '',
    rule.clauses.length > 0 ? `条款：${rule.clauses.join('、')}` : '',
    rule.tags.length > 0 ? `标签：${rule.tags.join('、')}` : '',
  ]
    .filter((one) => one !== '')
    .join('；') || '所有重大隐患';

/** 应挂牌规则: dated data, each with the document that demands it. */
export function RulesPage() {
  const { may, today } = useSession();
  const [makes, setMakes] = useState(false);
  const read = useRead(api.listRules);
  const ending = useAct(api.endRule);
  const direct = may('listing.rules');
  const dated = datedColumns<ListingRuleLine>({
    today,
    may: direct,
    busy: ending.busy,
    onEnd: (rule) => void ending.act({ params: { id: rule.id }, body: { on: today } }),
  });
  return (
    <>
      <PageHeader
        title="应挂牌规则"
        says="按规则应当挂牌而没有挂牌的重大隐患，在“挂牌督办”页和问题页提示。"
        actions={
          direct ? (
            <Button type="primary" onClick={() => setMakes(true)}>
              新增规则
            </Button>
          ) : null
        }
      />
      <RefusalAlert refusal={read.error ?? ending.refusal} onResend={() => read.refetch()} />
      <Card>
        {read.data && read.data.rows.length === 0 ? (
          <p className="g-empty">还没有规则。上级或本地文件要求哪些重大隐患必须挂牌的，在这里登记。</p>
        ) : (
          <PlainTable<ListingRuleLine>
            label="应挂牌规则"
            columns={[
              { title: '规则', render: (rule) => rule.name },
              { title: '依据', render: (rule) => rule.basis },
              { title: '条件', render: (rule) => conditionsOf(rule) },
              dated.days,
              { title: '期限', nowrap: true, render: (rule) => `${rule.withinDays}日内` },
              dated.state,
            ]}
            rows={read.data?.rows ?? []}
            rowKey={(rule) => rule.id}
          />
        )}
      </Card>
      {makes ? <RuleDialog today={today} onClose={() => setMakes(false)} /> : null}
    </>
  );
}
