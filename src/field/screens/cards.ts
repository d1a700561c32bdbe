import type { FieldRow } from '../app.ts';
import { el } from '../el.ts';

const lamps: Readonly<Record<string, readonly [string, string]>> = {
  red: ['◆', '红灯'],
  amber: ['▲', '黄灯'],
  green: ['●', '绿灯'],
  grey: ['■', '暂停计时'],
};

export const stateWords: Readonly<Record<string, string>> = {
  toReceive: '待签收',
  underway: '整改中',
  toRecheck: '待复查',
  toClose: '待销号',
  closed: '已销号',
  disputed: '争议待裁',
  planned: '列入治理计划',
  withdrawn: '已撤回',
  merged: '重复并入',
  unfounded: '查不属实',
};

/** Colour, shape and word: nobody has to see colours. */
export function lamp(code: string, reason: string): HTMLElement | null {
  const known = lamps[code];
  return known
    ? el(
        'span',
        { class: `lamp ${code}`, is: { title: reason } },
        el('span', { is: { 'aria-hidden': 'true' } }, known[0]),
        ` ${known[1]}`,
      )
    : null;
}

type CardRow = Pick<
  FieldRow,
  'id' | 'number' | 'title' | 'subject' | 'address' | 'state' | 'lamp' | 'lampReason' | 'dueOn'
>;

/** One problem as lists show it; the whole card leads to it. */
export function problemCard(row: CardRow, waiting = false): HTMLElement {
  return el(
    'a',
    { class: 'card item', is: { href: `#/p/${row.id}` } },
    el(
      'span',
      { class: 'line' },
      el('span', { class: 'number' }, row.number),
      lamp(row.lamp, row.lampReason),
      el('span', { class: 'state' }, waiting ? '已填，待送出' : (stateWords[row.state] ?? row.state)),
    ),
    el('strong', {}, row.title),
    el('span', { class: 'quiet' }, [row.subject ?? row.address, `期限 ${row.dueOn}`].filter(Boolean).join(' · ')),
  );
}
