import { type FormEvent, useState } from 'react';
import type { RefusedError } from './refused.ts';
import { send } from './request.ts';
import { refusalOf } from './session.tsx';

interface FirstAccount {
  readonly login: string;
  readonly role: string;
  readonly password: string;
}

const levels = [
  ['district', '区、县'],
  ['city', '市'],
  ['province', '省'],
  ['town', '乡镇、街道'],
] as const;

/** First page of a real installation: whose it is, proven by the code on the terminal; then the first accounts, once. */
export function SetupPage({ onDone }: { onDone: () => void | Promise<void> }) {
  const [form, setForm] = useState({ code: '', jurisdiction: '', name: '', level: 'district', office: '' });
  const [refused, setRefused] = useState<RefusedError | null>(null);
  const [busy, setBusy] = useState(false);
  const [accounts, setAccounts] = useState<readonly FirstAccount[] | null>(null);
  const change = (key: keyof typeof form) => (event: { target: { value: string } }) =>
    setForm({ ...form, [key]: event.target.value });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const refusal = await refusalOf(async () => {
      const answer = (await send({ method: 'POST', address: '/api/setup', body: form, open: true })) as {
        accounts: FirstAccount[];
      };
      setAccounts(answer.accounts);
    });
    setRefused(refusal);
    setBusy(false);
  };
  if (accounts)
    return (
      <main className="g-sign">
        <section className="g-sign-box">
          <h1>安装已建立</h1>
          <p>请现在抄下这些初始密码，离开本页后不再显示。首次登录时必须修改。</p>
          <div className="g-demo">
            <table>
              <thead>
                <tr>
                  <th scope="col">登录名</th>
                  <th scope="col">角色</th>
                  <th scope="col">初始密码</th>
                </tr>
              </thead>
              <tbody>
                {accounts.map((account) => (
                  <tr key={account.login}>
                    <td>{account.login}</td>
                    <td>{account.role}</td>
                    <td className="g-code">{account.password}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <button type="button" className="g-button g-button-main g-button-wide" onClick={() => void onDone()}>
            已抄下，去登录
          </button>
        </section>
      </main>
    );
  const fields = [
    ['code', '安装码', '启动服务的终端上显示的八位数字'],
    ['jurisdiction', '行政区划代码', '六位数字，例如 320000；乡镇街道为九位'],
    ['name', '地区名称', '显示在页面和打印件上，例如「某某区」'],
    ['office', '安委办名称', '例如「区安委办」，以后可以修改'],
  ] as const;
  return (
    <main className="g-sign">
      <section className="g-sign-box">
        <h1>建立正式安装</h1>
        <form className="g-sign-form" onSubmit={(event) => void submit(event)}>
          {fields.map(([key, label, hint]) => (
            <p key={key}>
              <label htmlFor={`setup-${key}`}>{label}</label>
              <input
                id={`setup-${key}`}
                value={form[key]}
                onChange={change(key)}
                required
                autoComplete="off"
                aria-describedby={`setup-${key}-hint`}
              />
              <span id={`setup-${key}-hint`} className="g-quiet">
                {hint}
              </span>
            </p>
          ))}
          <p>
            <label htmlFor="setup-level">级别</label>
            <select id="setup-level" value={form.level} onChange={change('level')}>
              {levels.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </p>
          {refused ? (
            <div role="alert" className="g-wrong">
              {refused.says}
              {refused.places.map((place) => (
                <p key={place.where}>
                  {fields.find(([key]) => place.where.endsWith(key))?.[1] ?? place.where}：{place.says}
                </p>
              ))}
            </div>
          ) : null}
          <button type="submit" className="g-button g-button-main g-button-wide" disabled={busy}>
            {busy ? '正在建立…' : '建立'}
          </button>
        </form>
      </section>
    </main>
  );
}
