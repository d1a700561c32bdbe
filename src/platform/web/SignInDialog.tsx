import { useEffect, useRef } from 'react';
import { SignInForm } from './SignIn.tsx';
import { knownLogin } from './session.tsx';

/** Signing in again over the open page, in the browser's top layer, so that nothing typed below is lost. */
export function SignInDialog(props: { name: string; onDone: () => void | Promise<void>; onCancel: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="g-dialog"
      aria-labelledby="sign-in-again"
      onCancel={(event) => {
        event.preventDefault();
        props.onCancel();
      }}
    >
      <h2 id="sign-in-again">请重新登录</h2>
      <p>
        您离开的时间较长，登录已经失效。页面和已填写的内容都还在，{props.name ? `请“${props.name}”` : '请'}
        重新登录后继续，刚才的操作会自动完成。
      </p>
      <SignInForm login={knownLogin()} onDone={props.onDone} onCancel={props.onCancel} />
    </dialog>
  );
}
