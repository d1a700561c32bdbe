import { type FormEvent, useId, useState } from 'react';
import type { RefusedError } from './refused.ts';
import { changePassword, refusalOf } from './session.tsx';

/** Forced on initial passwords, and offered in the header. The server judges the new password. */
export function ChangePassword(props: { forced: boolean; onDone: () => void | Promise<void>; onCancel: () => void }) {
  const id = useId();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [refused, setRefused] = useState<RefusedError | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const trouble =
      current === ''
        ? '请填写现在的密码。'
        : next === ''
          ? '请填写新密码。'
          : next !== again
            ? '两次填写的新密码不一致。'
            : null;
    setWrong(trouble);
    setRefused(null);
    if (trouble !== null || busy) return;
    setBusy(true);
    const refusal = await refusalOf(() => changePassword(current, next));
    setBusy(false);
    setRefused(refusal);
    if (refusal === null) await props.onDone();
  };
  const field = (key: string, label: string, value: string, set: (text: string) => void, complete: string) => (
    <>
      <label htmlFor={`${id}${key}`}>{label}</label>
      <input
        id={`${id}${key}`}
        type="password"
        autoComplete={complete}
        value={value}
        onChange={(event) => set(event.target.value)}
      />
    </>
  );
  return (
    <section className="g-sign-box">
      <header>
        <h1>修改密码</h1>
        <p>{props.forced ? '您正在使用初始密码，修改后才能继续。' : '修改后，其他电脑上的登录会失效。'}</p>
      </header>
      <form className="g-sign-form" onSubmit={submit} noValidate>
        {field('c', '现在的密码', current, setCurrent, 'current-password')}
        {field('n', '新密码', next, setNext, 'new-password')}
        {field('a', '再填一遍新密码', again, setAgain, 'new-password')}
        {wrong || refused ? (
          <div role="alert" className="g-wrong">
            {wrong ?? refused?.says}
            {(refused?.places ?? []).map((place) => (
              <p key={place.says}>{place.says}</p>
            ))}
          </div>
        ) : null}
        <button type="submit" className="g-button g-button-main g-button-wide" disabled={busy}>
          {busy ? '正在修改…' : '修改密码'}
        </button>
        <button type="button" className="g-button g-button-wide" onClick={props.onCancel}>
          {props.forced ? '退出登录' : '返回'}
        </button>
      </form>
    </section>
  );
}
