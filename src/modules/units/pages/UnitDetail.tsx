import { App, Button, Input, Modal, Tag } from 'antd';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { client } from '../../../platform/web/client.ts';
import { ConfirmWithReason } from '../../../platform/web/parts/ConfirmWithReason.tsx';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Facts } from '../../../platform/web/parts/Facts.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { Timeline } from '../../../platform/web/parts/Timeline.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { Slot } from '../../../platform/web/slot.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { unitsApi } from '../api.ts';
import { postDuties, unitKinds } from '../unit.ts';
import { Field } from './Field.tsx';
import { unitPanels } from './slots.ts';
import { UnitForm } from './UnitForm.tsx';
import { UnitPicker } from './UnitPicker.tsx';

const api = client(unitsApi);

/** All about one unit: people, other names, groups, what is below it, and what happened to it. */
export function UnitDetail({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const { may, today } = useSession();
  const { message } = App.useApp();
  const field = useId();
  const read = useRead(api.readUnit, { params: { id } }, { keepFormer: false });
  const facts = useRead(api.listUnitFacts, { params: { id } }, { keepFormer: false });
  const [dialog, setDialog] = useState<'change' | 'add' | 'end' | 'merge' | null>(null);
  const [alias, setAlias] = useState('');
  const [on, setOn] = useState<string | null>(today);
  const [into, setInto] = useState<string | null>(null);
  const close = () => setDialog(null);
  const done = (says: string) => {
    void message.success(says);
    close();
  };
  const remember = useAct(api.rememberAlias, { onDone: () => setAlias('') });
  const drop = useAct(api.dropAlias);
  const end = useAct(api.endUnit, { onDone: () => done('已撤销。') });
  const merge = useAct(api.mergeUnit, { onDone: () => done('已合并。') });
  if (read.error) return <RefusalAlert refusal={read.error} />;
  if (!read.data) return <p className="g-loading">正在打开…</p>;
  const { unit, aliases, posts, groups, children, mergedIntoName } = read.data;
  const open = unit.validTo === null;
  const changes = may('unit.change') && open;
  return (
    <>
      <Card
        title={unit.name}
        extra={
          changes ? (
            <div className="g-row">
              <Button onClick={() => setDialog('change')}>修改</Button>
              <Button onClick={() => setDialog('add')}>新增下级</Button>
              <Button onClick={() => setDialog('merge')}>并入其他单位</Button>
              <Button onClick={() => setDialog('end')}>撤销</Button>
            </div>
          ) : null
        }
      >
        <Facts
          rows={[
            { name: '类别', value: unitKinds[unit.kind] },
            { name: '简称', value: unit.shortName },
            {
              name: '上级单位',
              value: unit.parentId ? (
                <Button type="link" size="small" onClick={() => onOpen(unit.parentId ?? '')}>
                  {unit.parentName}
                </Button>
              ) : null,
            },
            { name: '区划代码', value: unit.areaCode },
            { name: '联系电话', value: unit.phone },
            { name: '地址', value: unit.address },
            ...(open
              ? []
              : [
                  {
                    name: '状态',
                    value: `已于 ${unit.validTo} 撤销${mergedIntoName ? `，并入「${mergedIntoName}」` : ''}`,
                  },
                ]),
          ]}
        />
      </Card>
      <Card
        title="人员"
        extra={may('person.change') && open ? <Link to={`/people?unitId=${unit.id}`}>维护人员</Link> : null}
      >
        {posts.length === 0 ? (
          <p className="g-empty">
            {may('person.change') ? '还没有登记人员。' : '没有登记人员，或者不在您能查看的范围内。'}
          </p>
        ) : (
          <ul className="g-plain-list">
            {posts.map((post) => (
              <li key={post.id}>
                {post.personName}　{post.title}（{postDuties[post.duty]}）　
                <span className="g-figures">{post.phone ?? ''}</span>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card title="别名（文件中的其他写法）">
        <div className="g-row">
          {aliases.length === 0 ? <span className="g-quiet">还没有别名。</span> : null}
          {aliases.map((one) => (
            <Tag key={one}>
              {one}
              {changes ? (
                <Button
                  type="link"
                  size="small"
                  aria-label={`停用别名${one}`}
                  onClick={() => void drop.act({ body: { alias: one } })}
                >
                  停用
                </Button>
              ) : null}
            </Tag>
          ))}
        </div>
        {changes ? (
          <div className="g-row" style={{ marginTop: 8 }}>
            <Input
              id={`${field}alias`}
              aria-label="新的别名"
              placeholder="例如：区应急局"
              style={{ maxWidth: 240 }}
              value={alias}
              maxLength={60}
              onChange={(event) => setAlias(event.target.value)}
            />
            <Button
              loading={remember.busy}
              disabled={alias.trim().length < 2}
              onClick={() => void remember.act({ body: { alias: alias.trim(), unitId: id } })}
            >
              记住别名
            </Button>
          </div>
        ) : null}
        <RefusalAlert refusal={remember.refusal ?? drop.refusal} />
      </Card>
      <Card title="所在分组">
        <div className="g-row">
          {groups.length === 0 ? (
            <span className="g-quiet">不在任何分组中。</span>
          ) : (
            groups.map((one) => (
              <Link key={one.id} to={`/unit-groups?open=${one.id}`}>
                {one.name}
              </Link>
            ))
          )}
        </div>
      </Card>
      {children.length > 0 ? (
        <Card title="下级单位">
          <div className="g-row">
            {children.map((one) => (
              <Button key={one.id} type="link" size="small" onClick={() => onOpen(one.id)}>
                {one.name}
              </Button>
            ))}
          </div>
        </Card>
      ) : null}
      <Slot of={unitPanels} with={{ unitId: unit.id, name: unit.name }} />
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
      <Modal
        open={dialog === 'change' || dialog === 'add'}
        title={dialog === 'add' ? '新增下级单位' : '修改单位'}
        footer={null}
        onCancel={close}
        destroyOnHidden
      >
        {dialog === 'change' ? <UnitForm before={unit} onDone={close} onCancel={close} /> : null}
        {dialog === 'add' ? (
          <UnitForm
            parentId={unit.id}
            onCancel={close}
            onDone={(made) => {
              close();
              onOpen(made);
            }}
          />
        ) : null}
      </Modal>
      <ConfirmWithReason
        open={dialog === 'end'}
        title={`撤销「${unit.name}」`}
        says="撤销后不再出现在选择中，历史记录都保留。"
        reasonLabel="撤销原因"
        confirmLabel="撤销"
        danger
        busy={end.busy}
        refusal={end.refusal}
        onCancel={close}
        onConfirm={(reason) =>
          void end.act({ params: { id }, body: { version: unit.version, on: on ?? today, reason } })
        }
      >
        <Field label="最后一天">
          <DayPicker label="最后一天" value={on} required onChange={setOn} />
        </Field>
      </ConfirmWithReason>
      <ConfirmWithReason
        open={dialog === 'merge'}
        title={`「${unit.name}」并入其他单位`}
        says="它的名称、别名和下级单位都转到并入的单位，之后的文件按旧名也能认出。"
        reasonLabel="合并原因"
        confirmLabel="合并"
        busy={merge.busy}
        refusal={merge.refusal}
        onCancel={close}
        onConfirm={(reason) =>
          into && void merge.act({ params: { id }, body: { version: unit.version, into, on: on ?? today, reason } })
        }
      >
        <Field label="并入" required>
          <UnitPicker label="并入的单位" value={into} without={[id]} onChange={setInto} />
        </Field>
        <Field label="原单位的最后一天">
          <DayPicker label="原单位的最后一天" value={on} required onChange={setOn} />
        </Field>
      </ConfirmWithReason>
    </>
  );
}
