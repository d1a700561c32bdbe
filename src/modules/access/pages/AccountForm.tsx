import { Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import type { Role } from '../../../kernel/actor.ts';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { client } from '../../../platform/web/client.ts';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { Field } from '../../units/pages/Field.tsx';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import { rolesRefusal, roleWords } from '../account.ts';
import { accessApi } from '../api.ts';

const api = client(accessApi);
const roleOptions = Object.entries(roleWords).map(([value, label]) => ({ value: value as Role, label }));
export type Account = ResponseOf<typeof accessApi.readAccount>;

/** Opens an account, or changes name, unit, roles and area of the given one. The same rule greys the button that refuses the request. */
export function AccountForm(props: {
  before?: Account;
  onCreated?: (made: { login: string; unitName: string; initialPassword: string }) => void;
  onDone: () => void;
}) {
  const { before } = props;
  const id = useId();
  const [draft, setDraft] = useState({
    login: before?.login ?? '',
    name: before?.name ?? '',
    unitId: before?.unitId ?? null,
    roles: [...(before?.roles ?? [])] as Role[],
    areaCode: before?.areaCode ?? '',
  });
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const create = useAct(api.createAccount, {
    onDone: (made) => {
      props.onCreated?.({ login: made.login, unitName: draft.name, initialPassword: made.initialPassword });
      props.onDone();
    },
  });
  const change = useAct(api.changeAccount, { onDone: props.onDone });
  const wrongRoles = draft.roles.length === 0 ? null : rolesRefusal(draft.roles, draft.unitId);
  const refusal = create.refusal ?? change.refusal;
  const wrong = (field: string): string | undefined =>
    refusal?.places.find((place) => place.where === `body.${field}`)?.says;
  const save = () => {
    const fields = {
      name: draft.name,
      unitId: draft.unitId,
      roles: draft.roles,
      areaCode: draft.areaCode.trim() || null,
      personId: before?.personId ?? null,
    };
    return before
      ? change.act({ params: { id: before.id }, body: { ...fields, version: before.version } })
      : create.act({ body: { ...fields, login: draft.login } });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label="登录名"
        htmlFor={`${id}l`}
        required
        wrong={wrong('login')}
        hint="小写字母、数字，例如 yingji；建立后不能更改。"
      >
        <Input
          id={`${id}l`}
          value={draft.login}
          maxLength={32}
          disabled={before !== undefined}
          autoComplete="off"
          onChange={(event) => set({ login: event.target.value })}
        />
      </Field>
      <Field label="姓名" htmlFor={`${id}n`} required>
        <Input
          id={`${id}n`}
          value={draft.name}
          maxLength={30}
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <Field label="所属单位" htmlFor={`${id}u`} wrong={wrong('unitId')}>
        <UnitPicker id={`${id}u`} label="所属单位" value={draft.unitId} onChange={(unitId) => set({ unitId })} />
      </Field>
      <Field label="角色" htmlFor={`${id}r`} required wrong={wrongRoles?.says ?? wrong('roles')}>
        <Select
          id={`${id}r`}
          mode="multiple"
          aria-label="角色"
          style={{ width: '100%' }}
          value={draft.roles}
          options={roleOptions}
          onChange={(roles) => set({ roles })}
        />
      </Field>
      <Field
        label="限定区域（区划代码）"
        htmlFor={`${id}a`}
        wrong={wrong('areaCode')}
        hint="不填则不限；填写后只能看到区划代码以此开头的单位。"
      >
        <Input
          id={`${id}a`}
          value={draft.areaCode}
          maxLength={12}
          inputMode="numeric"
          onChange={(event) => set({ areaCode: event.target.value })}
        />
      </Field>
      <RefusalAlert refusal={refusal} onResend={before ? change.resend : create.resend} />
      <Button
        type="primary"
        htmlType="submit"
        loading={create.busy || change.busy}
        disabled={
          draft.name.trim() === '' || draft.login.trim().length < 2 || draft.roles.length === 0 || wrongRoles !== null
        }
      >
        {before ? '保存' : '建立账号'}
      </Button>
    </form>
  );
}
