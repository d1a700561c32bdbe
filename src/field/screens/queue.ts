import { countWaiting, onChange, sendNow, state } from '../app.ts';
import { inWords } from '../clock.ts';
import { button, el, fill } from '../el.ts';
import type { Act } from '../outbox.ts';
import { actsOf, dropAct, sendAgain } from '../queue.ts';
import { actToDraft, dropDraft, isBegun, keptDraft } from './draft.ts';
import type { Screen } from './screen.ts';
import { signInAgain } from './sign-in.ts';

export const kindWords: Readonly<Record<Act['kind'], string>> = {
  register: '登记问题',
  receive: '签收',
  report: '整改进展',
  done: '整改完成',
  recheck: '复查',
};

async function again(act: Act): Promise<void> {
  await sendAgain(act);
  await countWaiting();
  await sendNow();
}

async function remove(act: Act): Promise<void> {
  if (!window.confirm('删除后无法恢复，照片也会从手机里删掉。要删除吗？')) return;
  await dropAct(act);
  await countWaiting();
}

async function change(act: Act): Promise<void> {
  const other = await keptDraft();
  if (other && isBegun(other)) {
    if (!window.confirm('另有一份登记正在填写，改这一份会丢掉那一份。要继续吗？')) return;
    await dropDraft(other);
  }
  await actToDraft(act);
  await countWaiting();
  location.hash = '#/new';
}

function line(act: Act): HTMLElement {
  const photos = act.photos.length > 0 ? `，${act.photos.length} 张照片` : '';
  return el(
    'li',
    { class: `card ${act.state}` },
    el(
      'span',
      { class: 'line' },
      el('span', { class: 'state' }, kindWords[act.kind]),
      el(
        'span',
        {},
        act.state === 'sent'
          ? `已送出${act.number && act.title.indexOf(act.number) < 0 ? ` ${act.number}` : ''}`
          : act.state === 'refused'
            ? '未送出'
            : '待送出',
      ),
    ),
    el('strong', {}, act.title),
    el(
      'span',
      { class: 'quiet' },
      `${inWords(act.madeAt)} 填写（手机时间）${act.receivedAt ? `，${inWords(act.receivedAt)} 送达` : ''}${photos}`,
    ),
    act.state !== 'sent' && act.says
      ? el('p', { class: 'bad' }, `${act.state === 'refused' ? '未送出：' : ''}${act.says}`)
      : null,
    act.news.map((news) => el('p', { class: 'note' }, news)),
    act.state === 'refused'
      ? el(
          'div',
          { class: 'row' },
          act.kind === 'register' ? button('修改后再送', () => void change(act)) : null,
          button('原样再送', () => void again(act), 'plain'),
          button('删除', () => void remove(act), 'plain'),
        )
      : null,
    act.state === 'sent' ? el('a', { class: 'button plain', is: { href: `#/p/${act.problemId}` } }, '查看') : null,
  );
}

/** 待送: what is still on the phone, why, and what arrived. */
export const queueScreen = (): Screen => ({
  title: '待送',
  draw(main) {
    const draw = async (): Promise<void> => {
      const acts = state.who ? await actsOf(state.who.account).catch(() => []) : [];
      const open = acts.filter((act) => act.state !== 'sent');
      const sent = acts.filter((act) => act.state === 'sent');
      fill(
        main,
        state.needsSignIn ? signInAgain(() => void sendNow()) : null,
        open.length === 0
          ? el('p', { class: 'card' }, '没有待送的内容，都已送达。')
          : el('ul', { class: 'plain' }, open.map(line)),
        open.some((act) => act.state === 'waiting') && !state.needsSignIn
          ? button('现在就送', () => void sendNow(), 'main')
          : null,
        sent.length > 0
          ? el('section', {}, el('h2', {}, '最近送达'), el('ul', { class: 'plain' }, sent.slice(0, 30).map(line)))
          : null,
      );
    };
    void draw();
    return onChange(() => {
      // a password that is being typed stays
      if (!main.contains(document.activeElement) || document.activeElement?.tagName !== 'INPUT') void draw();
    });
  },
});
