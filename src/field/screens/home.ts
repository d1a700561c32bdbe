import { type FieldRow, onChange, refresh, signOut, state } from '../app.ts';
import { inWords } from '../clock.ts';
import { button, el, fill } from '../el.ts';
import { actsOf } from '../queue.ts';
import { problemCard } from './cards.ts';
import type { Screen } from './screen.ts';

function list(
  title: string,
  hint: string,
  found: { readonly rows: readonly FieldRow[]; readonly total: number },
  done: ReadonlySet<string>,
): HTMLElement | null {
  if (found.rows.length === 0) return null;
  return el(
    'section',
    {},
    el('h2', {}, `${title} `, el('span', { class: 'number' }, String(found.total))),
    el('p', { class: 'quiet' }, hint),
    found.rows.map((row) => problemCard(row, done.has(row.id))),
    found.total > found.rows.length
      ? el('p', { class: 'quiet' }, `只显示期限最近的 ${found.rows.length} 条，其余请在办公页面查看。`)
      : null,
  );
}

async function leaveHere(): Promise<void> {
  const waiting = state.waiting + state.refused;
  const sure =
    waiting === 0 ||
    window.confirm(`还有 ${waiting} 份没有送出。退出后它们留在这部手机里，别人看不到，等您下次登录再送。要退出吗？`);
  if (sure) await signOut();
}

/** 首页: what the person can do here and now. */
export const homeScreen = (): Screen => ({
  title: '现场',
  draw(main) {
    const body = el('div');
    const draw = async (): Promise<void> => {
      const { start, who } = state;
      const acts = who ? await actsOf(who.account).catch(() => []) : [];
      const done = new Set(acts.filter((act) => act.state === 'waiting').map((act) => act.problemId));
      const lists = start
        ? [
            list('待整改', '本单位负责整改的，整改后拍照报告', start.toFix, done),
            list('待复查', '已报告整改完成，请到现场看一看', start.toRecheck, done),
            list('我登记的', '还没有了结的', start.mine, done),
          ]
        : [];
      fill(
        body,
        lists,
        start === null
          ? el(
              'p',
              { class: 'quiet', is: { role: 'status' } },
              state.online ? '正在读取……' : '还没有读取过数据，连上网络后显示。现在可以先登记。',
            )
          : lists.every((one) => one === null)
            ? el('p', { class: 'card' }, '眼下没有待办的问题。发现隐患，点下面的「登记问题」。')
            : null,
        state.startAt ? el('p', { class: 'quiet' }, `数据更新于 ${inWords(state.startAt)}`) : null,
      );
    };
    fill(
      main,
      el('p', { class: 'lead' }, `${state.who?.unitName ?? ''} ${state.who?.name ?? ''}`),
      el('a', { class: 'button main', is: { href: '#/new' } }, '拍照登记问题'),
      body,
      el(
        'section',
        { class: 'foot', is: { 'aria-label': '其他' } },
        button('刷新', () => void refresh().catch(() => undefined), 'plain'),
        el('a', { class: 'button plain', is: { href: '/' } }, '办公页面'),
        button('退出登录', () => void leaveHere(), 'plain'),
      ),
    );
    void draw();
    refresh().catch(() => undefined);
    return onChange(() => void draw());
  },
});
