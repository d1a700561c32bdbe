import { Button, Input, Modal, Select } from 'antd';
import { useId, useState } from 'react';
import type { QueryOf, ResponseOf } from '../../../kernel/contract.ts';
import { client } from '../../../platform/web/client.ts';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { FilterBar } from '../../../platform/web/parts/FilterBar.tsx';
import { LedgerTable } from '../../../platform/web/parts/LedgerTable.tsx';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { unitsApi } from '../api.ts';
import { type PostDuty, postDuties } from '../unit.ts';
import { Field } from './Field.tsx';
import { UnitPicker } from './UnitPicker.tsx';

const api = client(unitsApi);
const defaults = { q: '', unitId: '', duty: undefined, former: false };
const duties = Object.entries(postDuties).map(([value, label]) => ({ value, label }));
type Person = ResponseOf<typeof unitsApi.listPeople>['rows'][number];

/** People with their posts; each is limited to what the account may see. */
export function PeoplePage() {
  const { may } = useSession();
  const ledger = useLedger<QueryOf<typeof unitsApi.listPeople>>(defaults);
  const list = useRead(api.listPeople, { query: ledger.query });
  const tree = useRead(api.readUnitTree);
  const [open, setOpen] = useState<Person | 'new' | null>(null);
  const changes = may('person.change');
  const posts = (person: Person) =>
    person.posts.map((post) => (
      <div key={post.id}>
        {post.unitName}　{post.title}（{postDuties[post.duty]}）
        {post.to ? <span className="g-quiet">　至 {post.to}</span> : null}
      </div>
    ));
  const name = (person: Person) =>
    changes ? (
      <Button type="link" size="small" onClick={() => setOpen(person)}>
        {person.name}
      </Button>
    ) : (
      person.name
    );
  return (
    <>
      <PageHeader
        title="人员"
        actions={
          changes ? (
            <Button type="primary" onClick={() => setOpen('new')}>
              新增人员
            </Button>
          ) : null
        }
      />
      <FilterBar
        ledger={ledger}
        fields={[
          { key: 'q', label: '姓名、电话或拼音首字母', kind: 'text' },
          {
            key: 'unitId',
            label: '单位',
            kind: 'choice',
            width: 240,
            options: (tree.data?.units ?? []).map((unit) => ({ value: unit.id, label: unit.name })),
          },
          { key: 'duty', label: '岗位', kind: 'choice', options: duties },
        ]}
      />
      <LedgerTable
        name="people"
        label="人员"
        ledger={ledger}
        list={list}
        rowKey={(person) => person.id}
        columns={[
          { key: 'name', title: '姓名', width: 120, render: name },
          { key: 'phone', title: '电话', width: 150, figures: true, render: (person) => person.phone ?? '—' },
          { key: 'posts', title: '任职', render: posts },
        ]}
        card={(person) => (
          <>
            <strong>{name(person)}</strong>　{person.phone ? <a href={`tel:${person.phone}`}>{person.phone}</a> : null}
            {posts(person)}
          </>
        )}
        empty="没有符合条件的人员，请放宽筛选条件。"
      />
      <Modal
        open={open !== null}
        title={open === 'new' ? '新增人员' : '维护人员'}
        footer={null}
        onCancel={() => setOpen(null)}
        destroyOnHidden
      >
        {open === 'new' ? (
          <NewPerson
            unitId={typeof ledger.filters.unitId === 'string' ? ledger.filters.unitId : null}
            onDone={() => setOpen(null)}
          />
        ) : null}
        {open !== null && open !== 'new' ? (
          <PersonCard person={list.data?.rows.find((row) => row.id === open.id) ?? open} />
        ) : null}
      </Modal>
    </>
  );
}

interface PostDraft {
  unitId: string | null;
  title: string;
  duty: PostDuty;
  from: string | null;
}
const noPost = (unitId: string | null): PostDraft => ({ unitId, title: '', duty: 'liaison', from: null });

function PostFields({ draft, onChange }: { draft: PostDraft; onChange: (draft: PostDraft) => void }) {
  const id = useId();
  return (
    <>
      <Field label="单位" htmlFor={`${id}u`} required>
        <UnitPicker
          id={`${id}u`}
          label="单位"
          value={draft.unitId}
          onChange={(unitId) => onChange({ ...draft, unitId })}
        />
      </Field>
      <Field label="职务" htmlFor={`${id}t`} required>
        <Input
          id={`${id}t`}
          value={draft.title}
          maxLength={40}
          onChange={(event) => onChange({ ...draft, title: event.target.value })}
        />
      </Field>
      <Field label="岗位" htmlFor={`${id}d`} required>
        <Select
          id={`${id}d`}
          aria-label="岗位"
          style={{ width: '100%' }}
          value={draft.duty}
          options={duties}
          onChange={(duty) => onChange({ ...draft, duty: duty as PostDuty })}
        />
      </Field>
      <Field label="任职日期" htmlFor={`${id}f`} hint="不清楚可以不填。">
        <DayPicker
          id={`${id}f`}
          label="任职日期"
          value={draft.from}
          onChange={(from) => onChange({ ...draft, from })}
        />
      </Field>
    </>
  );
}

function NewPerson({ unitId, onDone }: { unitId: string | null; onDone: () => void }) {
  const id = useId();
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [post, setPost] = useState(noPost(unitId));
  const create = useAct(api.createPerson, { onDone });
  const ready = name.trim() !== '' && post.unitId !== null && post.title.trim() !== '';
  return (
    <>
      <Field label="姓名" htmlFor={`${id}n`} required>
        <Input id={`${id}n`} value={name} maxLength={30} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="电话" htmlFor={`${id}p`}>
        <Input id={`${id}p`} value={phone} maxLength={30} onChange={(event) => setPhone(event.target.value)} />
      </Field>
      <PostFields draft={post} onChange={setPost} />
      <RefusalAlert refusal={create.refusal} onResend={create.resend} />
      <Button
        type="primary"
        loading={create.busy}
        disabled={!ready}
        onClick={() => void create.act({ body: { name, phone: phone || null, ...post, unitId: post.unitId ?? '' } })}
      >
        保存
      </Button>
    </>
  );
}

function PersonCard({ person }: { person: Person }) {
  const id = useId();
  const { today } = useSession();
  const [name, setName] = useState(person.name);
  const [phone, setPhone] = useState(person.phone ?? '');
  const [post, setPost] = useState(noPost(null));
  const [on, setOn] = useState<string | null>(today);
  const change = useAct(api.changePerson);
  const begin = useAct(api.beginPost, { onDone: () => setPost(noPost(null)) });
  const end = useAct(api.endPost);
  const { version } = person;
  return (
    <>
      <Field label="姓名" htmlFor={`${id}n`}>
        <Input id={`${id}n`} value={name} maxLength={30} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="电话" htmlFor={`${id}p`}>
        <Input id={`${id}p`} value={phone} maxLength={30} onChange={(event) => setPhone(event.target.value)} />
      </Field>
      <Button
        loading={change.busy}
        disabled={name.trim() === ''}
        onClick={() => void change.act({ params: { id: person.id }, body: { version, name, phone: phone || null } })}
      >
        保存姓名和电话
      </Button>
      <h2>现任职务</h2>
      <Field label="免职日期（最后一天）" htmlFor={`${id}o`}>
        <DayPicker id={`${id}o`} label="免职日期" value={on} required onChange={setOn} />
      </Field>
      {person.posts.map((one) => (
        <p key={one.id}>
          {one.unitName}　{one.title}
          {one.to ? (
            <span className="g-quiet">　至 {one.to}</span>
          ) : (
            <Button
              size="small"
              loading={end.busy}
              style={{ marginLeft: 8 }}
              aria-label={`免职：${one.unitName}${one.title}`}
              onClick={() =>
                void end.act({ params: { id: person.id, postId: one.id }, body: { version, on: on ?? today } })
              }
            >
              免职
            </Button>
          )}
        </p>
      ))}
      <h2>增加任职</h2>
      <PostFields draft={post} onChange={setPost} />
      <RefusalAlert refusal={change.refusal ?? begin.refusal ?? end.refusal} />
      <Button
        type="primary"
        loading={begin.busy}
        disabled={post.unitId === null || post.title.trim() === ''}
        onClick={() =>
          void begin.act({ params: { id: person.id }, body: { version, ...post, unitId: post.unitId ?? '' } })
        }
      >
        任职
      </Button>
    </>
  );
}
