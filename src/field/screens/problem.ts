import { type FieldRow, read, remember, remembered, state } from '../app.ts';
import { inWords } from '../clock.ts';
import { el, fill } from '../el.ts';
import { actsOf } from '../queue.ts';
import type { Answer } from '../routes.ts';
import { Refused, send } from '../send.ts';
import { lamp, stateWords } from './cards.ts';
import { kindWords } from './queue.ts';
import type { Screen } from './screen.ts';

export type View = Answer<'viewProblem'>;
type Photo = View['photos'][number];

/** What this page offers, in the words of somebody who stands there. */
export const works = {
  receive: '签收',
  report: '填报进展',
  reportDone: '整改完成，拍照报告',
  passRecheck: '去复查',
} as const;
export type Work = keyof typeof works;

/** The problem as the server tells it now, else as this phone saw it last, else the line of the list. */
export async function problemOf(
  id: string,
): Promise<{ readonly view: View | null; readonly row: FieldRow | null; readonly says: string }> {
  const { start } = state;
  const row = start
    ? ([start.toFix, start.toRecheck, start.mine].map((list) => list.rows.find((one) => one.id === id)).find(Boolean) ??
      null)
    : null;
  try {
    const view = await read(() => send('viewProblem', { params: { id } }));
    void remember(`problem:${id}`, view);
    return { view, row, says: '' };
  } catch (thrown) {
    const offline = thrown instanceof Refused && thrown.kind !== 'no';
    const view = offline ? await remembered<View>(`problem:${id}`) : null;
    return {
      view,
      row,
      says:
        thrown instanceof Refused ? (offline ? '没有网络，下面是上次看到的内容。' : thrown.says) : '没有读到，请重试。',
    };
  }
}

/** What may be done: by the server's word where there is one, else by the list. */
export function worksOf(view: View | null, row: FieldRow | null): Work[] {
  const rechecks = (state.who?.permissions ?? []).indexOf('problem.recheck') >= 0;
  if (view)
    return (Object.keys(works) as Work[]).filter(
      (work) => (work !== 'passRecheck' || rechecks) && view.offers.some((offer) => offer.action === work && offer.may),
    );
  return (row?.can ?? []).map((can) => (can === 'recheck' ? 'passRecheck' : can));
}

function picture(photo: Photo): HTMLElement {
  const address = `/api/files/${photo.fileId}`;
  const shows = /^image\/(jpeg|png|webp|gif|bmp)$/.test(photo.type);
  const word = photo.role === 'after' ? '整改后' : photo.role === 'before' ? '整改前' : '材料';
  return el(
    'li',
    {},
    shows
      ? el(
          'a',
          { class: 'frame', is: { href: address, target: '_blank', rel: 'noopener' } },
          el('img', { is: { src: address, alt: `${word}：${photo.name}`, loading: 'lazy' } }),
        )
      : el('a', { class: 'frame noview', is: { href: address } }, `下载 ${photo.name}`),
    el(
      'span',
      { class: 'quiet' },
      [
        word,
        photo.takenAt ? `${inWords(photo.takenAt)} 拍摄` : '没有拍摄时间',
        `${inWords(photo.receivedAt)} 收到`,
      ].join(' · '),
    ),
    photo.doubts.map((doubt) => el('span', { class: 'bad' }, doubt)),
  );
}

function details(view: View): HTMLElement {
  const { problem } = view;
  const rows: readonly (readonly [string, string | null])[] = [
    ['企业或地点', problem.subject],
    ['地址', view.place.address],
    ['来源', view.source.word],
    [
      '发现',
      `${problem.foundOn}${view.registeredByName ? `，${view.finderUnitName ?? ''}${view.registeredByName}登记` : ''}`,
    ],
    ['责任单位', problem.leadUnitName],
    [
      '整改期限',
      `${problem.dueOn}${problem.extensions > 0 ? `（延期 ${problem.extensions} 次，原为 ${problem.firstDueOn}）` : ''}`,
    ],
    ['整改要求', view.measures],
  ];
  return el(
    'dl',
    { class: 'card' },
    rows.filter(([, value]) => value).map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
  );
}

/** One problem: what it is, its photos, what happened, and what the person may do here. */
export const problemScreen = (id: string): Screen => ({
  title: '问题',
  back: '#/',
  async draw(main, bottom) {
    fill(main, el('p', { class: 'quiet', is: { role: 'status' } }, '正在读取……'));
    const { view, row, says } = await problemOf(id);
    const acts = state.who
      ? (await actsOf(state.who.account)).filter((act) => act.problemId === id && act.state !== 'sent')
      : [];
    const head = view?.problem ?? row;
    if (!head) {
      fill(
        main,
        el('p', { class: 'card' }, acts.length > 0 ? '这份登记还没有送出。' : says || '没有找到这条问题。'),
        el('a', { class: 'button plain', is: { href: '#/queue' } }, '看待送内容'),
      );
      return undefined;
    }
    const text = view?.text ?? row?.text ?? '';
    fill(
      main,
      says ? el('p', { class: 'note' }, says) : null,
      acts.map((act) =>
        el(
          'p',
          { class: 'note' },
          `${kindWords[act.kind]}已填好，${act.state === 'refused' ? `未送出：${act.says ?? ''}` : '等待送出。'}`,
        ),
      ),
      el(
        'section',
        { class: 'card' },
        el(
          'span',
          { class: 'line' },
          el('span', { class: 'number' }, head.number),
          lamp(head.lamp, head.lampReason),
          el('span', { class: 'state' }, stateWords[head.state] ?? head.state),
        ),
        el('h2', {}, head.title),
        text.trim() === head.title ? null : el('p', {}, text),
        el('p', { class: 'quiet' }, view?.lampSentence ?? head.lampReason),
        view?.nextStep ? el('p', { class: 'note' }, view.nextStep) : null,
      ),
      view ? details(view) : null,
      view && view.photos.length > 0
        ? el('section', {}, el('h2', {}, '照片和材料'), el('ul', { class: 'photos wide' }, view.photos.map(picture)))
        : null,
      view
        ? el(
            'section',
            {},
            el('h2', {}, '办理经过'),
            el(
              'ol',
              { class: 'plain past' },
              view.facts
                .slice(0, 20)
                .map((fact) =>
                  el(
                    'li',
                    {},
                    el('span', { class: 'quiet' }, `${inWords(fact.at)} ${fact.unitName ?? ''}${fact.actorName}`),
                    el('span', {}, fact.says),
                  ),
                ),
            ),
          )
        : null,
    );
    const may = acts.length > 0 ? [] : worksOf(view, row);
    if (may.length > 0)
      fill(
        bottom,
        el(
          'div',
          { class: 'go' },
          may.map((work, at) =>
            el(
              'a',
              { class: `button ${at === may.length - 1 ? 'main' : 'plain'}`, is: { href: `#/p/${id}/${work}` } },
              works[work],
            ),
          ),
        ),
      );
    return undefined;
  },
});
