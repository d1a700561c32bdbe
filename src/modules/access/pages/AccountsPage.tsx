import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { QueryOf } from '../../../kernel/contract.ts';
import { client } from '../../../platform/web/client.ts';
import { ConfirmWithReason } from '../../../platform/web/parts/ConfirmWithReason.tsx';
import { FilterBar } from '../../../platform/web/parts/FilterBar.tsx';
import { LedgerTable } from '../../../platform/web/parts/LedgerTable.tsx';
import { PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { momentText, Timeline } from '../../../platform/web/parts/Timeline.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useLedger } from '../../../platform/web/use-ledger.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { Field } from '../../units/pages/Field.tsx';
import { UnitsPicker } from '../../units/pages/UnitPicker.tsx';
import { roleWords } from '../account.ts';
import { accessApi } from '../api.ts';
import { type Account, AccountForm } from './AccountForm.tsx';
import { InitialPasswords, type MadeAccount } from './InitialPasswords.tsx';

const api = client(accessApi);
const defaults = { q: '', role: undefined, state: undefined };
const states = { usable: '使用中', initial: '未改初始密码', locked: '暂停登录', disabled: '已停用' } as const;

function State({ account }: { account: Account }) {
  if (account.disabledAt) return <StatusTag tone="stopped">已停用</StatusTag>;
  if (account.lockedUntil) return <StatusTag tone="waiting">暂停登录</StatusTag>;
  if (account.mustChangePassword) return <StatusTag tone="plain">未改初始密码</StatusTag>;
  return <StatusTag tone="done">使用中</StatusTag>;
}

/** Accounts of the jurisdiction: opened, changed, disabled, unlocked, given a new password. */
export function AccountsPage() {
  const { may } = useSession();
  const ledger = useLedger<QueryOf<typeof accessApi.listAccounts>>(defaults);
  const list = useRead(api.listAccounts, { query: ledger.query });
  const [open, setOpen] = useState<'new' | 'batch' | string | null>(null);
  const [made, setMade] = useState<readonly MadeAccount[]>([]);
  const changes = may('account.change');
  const account = list.data?.rows.find((row) => row.id === open);
  const name = (row: Account) => (
    <Button type="link" size="small" onClick={() => setOpen(row.id)}>
      {row.login}
    </Button>
  );
  return (
    <>
      <PageHeader
        title="账号"
        says="系统管理、审计、业务由不同的人分别负责，同一账号不能兼任。"
        actions={
          changes ? (
            <>
              <Button type="primary" onClick={() => setOpen('new')}>
                建立账号
              </Button>
              <Button onClick={() => setOpen('batch')}>为单位批量建立</Button>
            </>
          ) : null
        }
      />
      <FilterBar
        ledger={ledger}
        fields={[
          { key: 'q', label: '登录名、姓名、单位', kind: 'text' },
          {
            key: 'role',
            label: '角色',
            kind: 'choice',
            options: Object.entries(roleWords).map(([value, label]) => ({ value, label })),
          },
          {
            key: 'state',
            label: '状态',
            kind: 'choice',
            options: Object.entries(states).map(([value, label]) => ({ value, label })),
          },
        ]}
      />
      <LedgerTable
        name="accounts"
        label="账号"
        ledger={ledger}
        list={list}
        rowKey={(row) => row.id}
        columns={[
          { key: 'login', title: '登录名', width: 130, render: name },
          { key: 'name', title: '姓名', width: 130, render: (row) => row.name },
          { key: 'unit', title: '单位', render: (row) => row.unitName ?? '—' },
          {
            key: 'roles',
            title: '角色',
            width: 200,
            render: (row) => row.roles.map((role) => roleWords[role]).join('、'),
          },
          { key: 'state', title: '状态', width: 120, render: (row) => <State account={row} /> },
          {
            key: 'last',
            title: '最近登录',
            width: 160,
            figures: true,
            render: (row) => (row.lastSignedInAt ? momentText(row.lastSignedInAt) : '从未登录'),
          },
        ]}
        card={(row) => (
          <>
            <div>
              <strong>{name(row)}</strong>　{row.name}　<State account={row} />
            </div>
            <div className="g-quiet">
              {row.unitName ?? ''}　{row.roles.map((role) => roleWords[role]).join('、')}
            </div>
          </>
        )}
        empty="没有符合条件的账号，请放宽筛选条件。"
      />
      <Modal open={open === 'new'} title="建立账号" footer={null} onCancel={() => setOpen(null)} destroyOnHidden>
        <AccountForm onCreated={(one) => setMade([one])} onDone={() => setOpen(null)} />
      </Modal>
      <Modal
        open={open === 'batch'}
        title="为单位批量建立经办人账号"
        footer={null}
        onCancel={() => setOpen(null)}
        destroyOnHidden
      >
        <BatchForm
          onMade={(rows) => {
            setMade(rows);
            setOpen(null);
          }}
        />
      </Modal>
      <Modal
        open={account !== undefined}
        title={`账号「${account?.login ?? ''}」`}
        footer={null}
        onCancel={() => setOpen(null)}
        destroyOnHidden
      >
        {account ? (
          <AccountCard
            key={`${account.id}${account.version}`}
            account={account}
            changes={changes}
            onMade={(one) => setMade([one])}
          />
        ) : null}
      </Modal>
      <InitialPasswords made={made} onClose={() => setMade([])} />
    </>
  );
}

function BatchForm({ onMade }: { onMade: (rows: readonly MadeAccount[]) => void }) {
  const [unitIds, setUnitIds] = useState<string[]>([]);
  const make = useAct(api.createClerkAccounts, { onDone: (result) => onMade(result.rows) });
  return (
    <>
      <p>为所选单位中还没有经办人账号的，各建一个，登录名取单位简称的拼音首字母。</p>
      <Field label="单位">
        <UnitsPicker label="单位" value={unitIds} onChange={setUnitIds} />
      </Field>
      <RefusalAlert refusal={make.refusal} onResend={make.resend} />
      <Button
        type="primary"
        loading={make.busy}
        disabled={unitIds.length === 0}
        onClick={() => void make.act({ body: { unitIds } })}
      >
        建立
      </Button>
    </>
  );
}

function AccountCard({
  account,
  changes,
  onMade,
}: {
  account: Account;
  changes: boolean;
  onMade: (made: MadeAccount) => void;
}) {
  const { id, version } = account;
  const [asking, setAsking] = useState<'disable' | 'reset' | null>(null);
  const facts = useRead(api.listAccountFacts, { params: { id } });
  const disable = useAct(api.disableAccount, { onDone: () => setAsking(null) });
  const enable = useAct(api.enableAccount);
  const unlock = useAct(api.unlockAccount);
  const reset = useAct(api.resetPassword, {
    onDone: (made) => {
      setAsking(null);
      onMade({ login: made.login, unitName: account.name, initialPassword: made.initialPassword });
    },
  });
  return (
    <>
      {changes ? (
        <>
          {account.disabledAt ? null : <AccountForm before={account} onDone={() => {}} />}
          <div className="g-row" style={{ margin: '12px 0' }}>
            {account.disabledAt ? (
              <Button loading={enable.busy} onClick={() => void enable.act({ params: { id }, body: { version } })}>
                启用
              </Button>
            ) : (
              <>
                <Button onClick={() => setAsking('reset')}>重置密码</Button>
                <Button onClick={() => setAsking('disable')}>停用</Button>
              </>
            )}
            {account.lockedUntil ? (
              <Button loading={unlock.busy} onClick={() => void unlock.act({ params: { id } })}>
                解除暂停登录（至 {momentText(account.lockedUntil)}）
              </Button>
            ) : null}
          </div>
          <RefusalAlert refusal={enable.refusal ?? unlock.refusal} />
        </>
      ) : (
        <p>
          {account.name}　{account.unitName ?? ''}　{account.roles.map((role) => roleWords[role]).join('、')}
        </p>
      )}
      <h2>变更记录</h2>
      <Timeline
        facts={(facts.data?.rows ?? []).map((row) => ({
          id: String(row.seq),
          at: row.at,
          who: row.actorName,
          unit: row.unitName,
          says: row.says,
        }))}
      />
      <ConfirmWithReason
        open={asking === 'disable'}
        title={`停用账号「${account.login}」`}
        says="停用后立即退出登录，也不能再登录；办理过的记录都保留。"
        reasonLabel="停用原因"
        confirmLabel="停用"
        danger
        busy={disable.busy}
        refusal={disable.refusal}
        onCancel={() => setAsking(null)}
        onConfirm={(reason) => void disable.act({ params: { id }, body: { version, reason } })}
      />
      <ConfirmWithReason
        open={asking === 'reset'}
        title={`重置账号「${account.login}」的密码`}
        says="产生新的初始密码，只显示一次；本人的登录全部终止。"
        confirmLabel="重置"
        busy={reset.busy}
        refusal={reset.refusal}
        onCancel={() => setAsking(null)}
        onConfirm={() => void reset.act({ params: { id }, body: { version } })}
      />
    </>
  );
}
