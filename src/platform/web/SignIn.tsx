import { type FormEvent, useId, useRef, useState } from 'react';
import type { RefusedError } from './refused.ts';
import { type DemoAccount, refusalOf, type SessionView, signIn } from './session.tsx';

/** Login name and password; used by the page and by the dialog over an open page. */
export function SignInForm(props: {
  onDone: () => void | Promise<void>;
  accounts?: readonly DemoAccount[];
  login?: string;
  onCancel?: () => void;
}) {
  const id = useId();
  const [login, setLogin] = useState(props.login ?? '');
  const [password, setPassword] = useState('');
  const [refused, setRefused] = useState<RefusedError | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);

  const go = async (name: string, secret: string) => {
    if (busy) return;
    setRefused(null);
    setMissing(name.trim() === '' ? '请填写登录名。' : secret === '' ? '请填写密码。' : null);
    if (name.trim() === '' || secret === '') return;
    setBusy(true);
    const refusal = await refusalOf(() => signIn(name.trim(), secret));
    if (refusal === null) await props.onDone();
    setBusy(false);
    setRefused(refusal);
    if (refusal !== null) passwordField.current?.select();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void go(login, password);
  };
  const wrong = missing ?? refused?.says ?? null;
  return (
    <>
      <form className="g-sign-form" onSubmit={submit} noValidate>
        <label htmlFor={`${id}l`}>登录名</label>
        <input
          id={`${id}l`}
          value={login}
          autoComplete="username"
          spellCheck={false}
          required
          onChange={(event) => setLogin(event.target.value)}
        />
        <label htmlFor={`${id}p`}>密码</label>
        <input
          id={`${id}p`}
          ref={passwordField}
          type="password"
          value={password}
          autoComplete="current-password"
          required
          aria-describedby={wrong ? `${id}w` : undefined}
          onChange={(event) => setPassword(event.target.value)}
        />
        {wrong ? (
          <p id={`${id}w`} role="alert" className="g-wrong">
            {wrong}
          </p>
        ) : null}
        <button type="submit" className="g-button g-button-main g-button-wide" disabled={busy}>
          {busy ? '正在登录…' : '登录'}
        </button>
        {props.onCancel ? (
          <button type="button" className="g-button g-button-wide" onClick={props.onCancel}>
            暂不登录
          </button>
        ) : null}
      </form>
      {props.accounts && props.accounts.length > 0 ? (
        <section className="g-demo" aria-label="演示账号">
          <h2>演示账号</h2>
          <p className="g-quiet">这是演示环境，数据都是虚构的。点“进入”即以该身份登录。</p>
          <table>
            <thead>
              <tr>
                <th scope="col">身份</th>
                <th scope="col">单位</th>
                <th scope="col">登录名</th>
                <th scope="col">密码</th>
                <th scope="col">操作</th>
              </tr>
            </thead>
            <tbody>
              {props.accounts.map((account) => (
                <tr key={account.login}>
                  <td>{account.role}</td>
                  <td>{account.unit}</td>
                  <td className="g-code">{account.login}</td>
                  <td className="g-code">{account.password}</td>
                  <td>
                    <button
                      type="button"
                      className="g-button"
                      disabled={busy}
                      aria-label={`以 ${account.login} 的身份进入`}
                      onClick={() => {
                        setLogin(account.login);
                        setPassword(account.password);
                        void go(account.login, account.password);
                      }}
                    >
                      进入
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </>
  );
}

/** The page that somebody sees who is not signed in. */
export function SignInPage({ view, onDone }: { view: SessionView; onDone: () => void | Promise<void> }) {
  const accounts = view.installation === 'demonstration' ? view.demoAccounts : undefined;
  return (
    <main className="g-sign">
      <div className={accounts ? 'g-sign-box g-sign-box-demo' : 'g-sign-box'}>
        <header>
          <h1>
            <span lang="en">Guatu</span> 挂图
          </h1>
          <p>安全生产挂图作战 · 对表推进</p>
        </header>
        <SignInForm onDone={onDone} {...(accounts === undefined ? {} : { accounts })} />
      </div>
    </main>
  );
}
