import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { calendarOf, windowAround } from './calendar.ts';
import { day } from './day.ts';
import { dueAfter, settledBy } from './deadline.ts';

const folder = join(import.meta.dirname, '..', '..', 'data', 'calendar');
const calendar = calendarOf(readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8'))));

test('2026年春节前的周六上班，国庆后第五个工作日是10月13日', () => {
  expect(calendar.works(day('2026-02-14'))).toBe(true);
  expect(calendar.works(day('2026-10-01'))).toBe(false);
  expect(calendar.addWorkingDays(day('2026-09-30'), 5)).toBe('2026-10-13');
});

test('没有放假安排的年份给出提醒，不悄悄当作工作日', () => {
  expect(calendar.warning(day('2026-05-01'))).toBeNull();
  expect(calendar.warning(day('2027-01-01'))).toContain('还没有录入');
});

test('周、月、季、半年、年的起止', () => {
  const around = (per: Parameters<typeof windowAround>[1]) => windowAround(day('2020-08-15'), per);
  expect(around('week')).toEqual({ from: '2020-08-10', to: '2020-08-16' });
  expect(around('month')).toEqual({ from: '2020-08-01', to: '2020-08-31' });
  expect(around('quarter')).toEqual({ from: '2020-07-01', to: '2020-09-30' });
  expect(around('half-year')).toEqual({ from: '2020-07-01', to: '2020-12-31' });
  expect(around('year')).toEqual({ from: '2020-01-01', to: '2020-12-31' });
});

test('事件一年以后：闰日也算得出；别的事件不受影响', () => {
  expect(dueAfter(day('2020-02-29'), { years: 1 })).toBe('2021-02-28');
  const deadline = { kind: 'after' as const, text: '结案一年后', on: null, eventId: 'a', after: { years: 1 } };
  expect(settledBy(deadline, 'a', day('2020-05-01')).on).toBe('2021-05-01');
  expect(settledBy(deadline, 'b', day('2020-05-01')).on).toBeNull();
});
