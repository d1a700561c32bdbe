import { type Place, read, state } from '../app.ts';
import { el, fill } from '../el.ts';
import type { Answer } from '../routes.ts';
import { send } from '../send.ts';
import { problemCard } from './cards.ts';
import { placeOfNumber } from './place-field.ts';
import type { Screen } from './screen.ts';

const openStates = ['toReceive', 'underway', 'toRecheck', 'toClose', 'disputed', 'planned'] as const;

async function openProblems(place: Place): Promise<Answer<'listProblems'> | null> {
  try {
    return await read(() =>
      send('listProblems', { query: { enterprise: place.id, state: [...openStates], sort: 'due', pageSize: 30 } }),
    );
  } catch {
    return null;
  }
}

/** What the code on a door opens: the enterprise, what is open there, and 登记. */
export const enterpriseScreen = (number: string): Screen => ({
  title: '企业',
  back: '#/',
  async draw(main, bottom) {
    fill(main, el('p', { class: 'quiet', is: { role: 'status' } }, '正在读取……'));
    const place = await placeOfNumber(number);
    if (!place) {
      fill(
        main,
        el(
          'p',
          { class: 'card' },
          state.online
            ? `没有找到编号为 ${number} 的企业，或者它不在您能查看的范围内。`
            : `没有网络，手机里也没有编号为 ${number} 的企业。可以先登记，写明地点。`,
        ),
        el('a', { class: 'button main', is: { href: '#/new' } }, '登记问题'),
      );
      return undefined;
    }
    const list = el('div', {}, el('p', { class: 'quiet', is: { role: 'status' } }, '正在读取未了结的问题……'));
    fill(
      main,
      el(
        'section',
        { class: 'card' },
        el('h2', {}, place.name),
        el('p', { class: 'quiet' }, [place.number, place.address].filter(Boolean).join(' · ')),
        el(
          'p',
          { class: 'quiet' },
          [place.townName ? `属地 ${place.townName}` : null, place.regulatorName ? `监管 ${place.regulatorName}` : null]
            .filter(Boolean)
            .join(' · '),
        ),
      ),
      list,
    );
    fill(
      bottom,
      el(
        'div',
        { class: 'go' },
        el('a', { class: 'button main', is: { href: `#/new/${encodeURIComponent(place.number)}` } }, '登记这里的问题'),
      ),
    );
    void openProblems(place).then((found) => {
      if (!found) return fill(list, el('p', { class: 'card' }, '没有网络，看不到这家企业未了结的问题；可以照常登记。'));
      fill(
        list,
        el('h2', {}, '未了结的问题 ', el('span', { class: 'number' }, String(found.total))),
        found.rows.length === 0
          ? el('p', { class: 'card' }, '没有未了结的问题。')
          : found.rows.map((row) => problemCard(row)),
      );
    });
    return undefined;
  },
});
