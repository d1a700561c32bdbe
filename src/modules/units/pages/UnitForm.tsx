import { Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { client } from '../../../platform/web/client.ts';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { unitsApi } from '../api.ts';
import { type UnitKind, unitKinds } from '../unit.ts';
import { Field } from './Field.tsx';
import { UnitPicker } from './UnitPicker.tsx';

const api = client(unitsApi);
const kindOptions = Object.entries(unitKinds).map(([value, label]) => ({ value, label }));

export interface UnitBefore {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly shortName: string | null;
  readonly kind: UnitKind;
  readonly areaCode: string;
  readonly parentId: string | null;
  readonly phone: string | null;
  readonly address: string | null;
}

/** Registers a unit, or changes the given one. */
export function UnitForm(props: {
  before?: UnitBefore;
  parentId?: string;
  onDone: (id: string) => void;
  onCancel: () => void;
}) {
  const { before } = props;
  const id = useId();
  const [draft, setDraft] = useState({
    name: before?.name ?? '',
    shortName: before?.shortName ?? '',
    kind: before?.kind ?? ('department' as UnitKind),
    areaCode: before?.areaCode ?? '',
    parentId: before?.parentId ?? props.parentId ?? null,
    phone: before?.phone ?? '',
    address: before?.address ?? '',
  });
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const create = useAct(api.createUnit, { onDone: (made) => props.onDone(made.id) });
  const change = useAct(api.changeUnit, { onDone: (made) => props.onDone(made.id) });
  const refusal = create.refusal ?? change.refusal;
  const wrong = (field: string): string | undefined =>
    refusal?.places.find((place) => place.where === `body.${field}`)?.says;
  const save = () => {
    const { areaCode, ...rest } = draft;
    const body = { ...rest, ...(areaCode.trim() ? { areaCode: areaCode.trim() } : {}) };
    return before
      ? change.act({ params: { id: before.id }, body: { ...body, version: before.version } })
      : create.act({ body });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label="单位名称"
        htmlFor={`${id}n`}
        required
        wrong={wrong('name')}
        hint={before ? '更名后，原名会自动记为别名。' : '请填写规范全称。'}
      >
        <Input
          id={`${id}n`}
          value={draft.name}
          maxLength={60}
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <Field label="简称" htmlFor={`${id}s`} hint="文件中常用的规范简称，如“区住建局”。">
        <Input
          id={`${id}s`}
          value={draft.shortName}
          maxLength={30}
          onChange={(event) => set({ shortName: event.target.value })}
        />
      </Field>
      <Field label="类别" htmlFor={`${id}k`} required>
        <Select
          id={`${id}k`}
          aria-label="类别"
          style={{ width: '100%' }}
          value={draft.kind}
          options={kindOptions}
          onChange={(kind) => set({ kind })}
        />
      </Field>
      <Field label="上级单位" htmlFor={`${id}p`} wrong={wrong('parentId')}>
        <UnitPicker
          id={`${id}p`}
          label="上级单位"
          value={draft.parentId}
          without={before ? [before.id] : []}
          onChange={(parentId) => set({ parentId })}
        />
      </Field>
      <Field
        label="区划代码"
        htmlFor={`${id}a`}
        wrong={wrong('areaCode')}
        hint="六至十二位数字；不填则与上级单位相同。"
      >
        <Input
          id={`${id}a`}
          value={draft.areaCode}
          maxLength={12}
          onChange={(event) => set({ areaCode: event.target.value })}
        />
      </Field>
      <Field label="联系电话" htmlFor={`${id}t`}>
        <Input
          id={`${id}t`}
          value={draft.phone}
          maxLength={40}
          onChange={(event) => set({ phone: event.target.value })}
        />
      </Field>
      <Field label="地址" htmlFor={`${id}d`}>
        <Input
          id={`${id}d`}
          value={draft.address}
          maxLength={100}
          onChange={(event) => set({ address: event.target.value })}
        />
      </Field>
      <RefusalAlert refusal={refusal} onResend={before ? change.resend : create.resend} />
      <div className="g-row">
        <Button
          type="primary"
          htmlType="submit"
          loading={create.busy || change.busy}
          disabled={draft.name.trim().length < 2}
        >
          保存
        </Button>
        <Button onClick={props.onCancel}>返回</Button>
      </div>
    </form>
  );
}
