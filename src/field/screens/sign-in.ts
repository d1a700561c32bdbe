import { signIn } from '../app.ts';
import { button, el, fill } from '../el.ts';
import { Refused } from '../send.ts';
import type { Screen } from './screen.ts';

/** The same session as at a desk. `then`: what to do afterwards, where the page does not draw itself anew. */
export function signInForm(then: () => void = () => undefined): HTMLElement {
  const login = el('input', {
    is: { id: 'login', autocomplete: 'username', autocapitalize: 'off', spellcheck: 'false', required: true },
  });
  const password = el('input', {
    is: { id: 'password', type: 'password', autocomplete: 'current-password', required: true },
  });
  const says = el('p', { class: 'bad', is: { role: 'alert' } });
  const go = el('button', { class: 'button main', is: { type: 'submit' } }, '登录');
  const form = el(
    'form',
    { class: 'card form', is: { novalidate: true } },
    el('label', { is: { for: 'login' } }, '登录名'),
    login,
    el('label', { is: { for: 'password' } }, '密码'),
    password,
    says,
    go,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const missing = login.value.trim() === '' ? '请填写登录名。' : password.value === '' ? '请填写密码。' : '';
    fill(says, missing);
    if (missing !== '') return;
    go.disabled = true;
    signIn(login.value.trim(), password.value)
      .then(({ mustChangePassword }) => {
        if (mustChangePassword)
          fill(
            says,
            '这是初始密码，请先',
            el('a', { is: { href: '/' } }, '打开办公页面修改密码'),
            '，再回到这里登录。',
          );
        else then();
      })
      .catch((thrown: unknown) => {
        const offline = thrown instanceof Refused && thrown.kind === 'offline';
        fill(
          says,
          offline
            ? '没有网络，暂时不能登录；连上网络后再试。'
            : thrown instanceof Refused
              ? thrown.says
              : '没有登录成功，请重试。',
        );
        password.select();
      })
      .then(() => {
        go.disabled = false;
      });
  });
  return form;
}

export const signInScreen = (): Screen => ({
  title: '登录',
  draw(main) {
    fill(
      main,
      el('p', { class: 'lead' }, '挂图 · 现场：随手登记、当场整改、到场复查。没有网络也能用。'),
      signInForm(),
      el('p', { class: 'quiet' }, '账号与办公页面相同，忘记密码请联系本单位系统管理员。'),
    );
    return undefined;
  },
});

/** Over an open page whose session has ended: nothing that was filled in is lost. */
export const signInAgain = (then: () => void): HTMLElement =>
  el(
    'section',
    { class: 'again', is: { 'aria-label': '重新登录' } },
    el('h2', {}, '登录已过期，请重新登录'),
    el('p', { class: 'quiet' }, '待送的内容都还在手机里，登录后自动送出。'),
    signInForm(then),
    button('先不登录，继续填写', () => history.back(), 'plain'),
  );
